"""Reads for the participant's door: forms and events by link, people by code, and what has been received.

Nobody is signed in here with a region, so nothing takes a scope: each function answers for one link, one code or one
person, and never lists people.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, and_, func, or_, select
from sqlalchemy.orm import aliased

from data_access.tables_bimtek import (
    formulir,
    gagal_kode,
    instrumen_versi,
    kegiatan,
    kegiatan_sesi,
    kehadiran,
    kiriman,
    kiriman_konflik,
    narasumber,
    pengisian,
    peserta,
)

Row = dict[str, Any]
_FORM = ("id", "kegiatan_id", "instrumen_versi_id", "fase", "judul", "tautan", "status", "buka_pada", "tutup_pada")
_EVENT = ("wilayah", "zona", "aturan_pre", "aturan_post", "contoh")
_PERSON = ("id", "kegiatan_id", "nama", "jenis", "aktif", "digabung_ke", "kode_sidik")


def _columns(table: Table, *names: str) -> list[Any]:
    return [table.c[name] for name in names]


_FORMS = (
    select(
        *_columns(formulir, *_FORM, "anonim", "urutan"),
        *_columns(kegiatan, *_EVENT),
        kegiatan.c.judul.label("kegiatan_judul"),
        kegiatan.c.tautan.label("kegiatan_tautan"),
        kegiatan.c.status.label("kegiatan_status"),
        narasumber.c.nama.label("narasumber"),
        instrumen_versi.c.sidik.label("sidik_definisi"),
    )
    .join(instrumen_versi, instrumen_versi.c.id == formulir.c.instrumen_versi_id)
    .join(kegiatan, kegiatan.c.id == formulir.c.kegiatan_id)
    .join(narasumber, narasumber.c.id == formulir.c.narasumber_id, isouter=True)
)


def forms(connection: Connection, links: Iterable[str]) -> dict[str, Row]:
    """The form behind each link, with its event's rules; links that lead to none are absent."""
    found = connection.execute(_FORMS.where(formulir.c.tautan.in_(list(links)))).mappings()
    return {row["tautan"]: dict(row) for row in found}


def forms_of(connection: Connection, event_id: int) -> list[Row]:
    """Every form of an event, in its order."""
    query = _FORMS.where(formulir.c.kegiatan_id == event_id).order_by(formulir.c.urutan, formulir.c.id)
    return [dict(row) for row in connection.execute(query).mappings()]


def events(connection: Connection, links: Iterable[str]) -> dict[str, Row]:
    """The event behind each link; links that lead to none are absent."""
    names = ("id", "judul", "tempat", "tautan", "mulai", "selesai", "status", "penyelenggara")
    query = select(*_columns(kegiatan, *names, *_EVENT)).where(kegiatan.c.tautan.in_(list(links)))
    return {row["tautan"]: dict(row) for row in connection.execute(query).mappings()}


def definitions(connection: Connection, version_ids: Iterable[int]) -> dict[int, Any]:
    """The stored definition of each version, answer key included."""
    query = select(instrumen_versi.c.id, instrumen_versi.c.definisi).where(instrumen_versi.c.id.in_(list(version_ids)))
    return {row.id: row.definisi for row in connection.execute(query)}


def people(connection: Connection, fingerprints: Iterable[str], ids: Iterable[int]) -> list[Row]:
    """Rows of rosters found by fingerprint of the code or by id, in one query."""
    marks, numbers = list(fingerprints), list(ids)
    wanted = []
    if marks:
        wanted.append(peserta.c.kode_sidik.in_(marks))
    if numbers:
        wanted.append(peserta.c.id.in_(numbers))
    if not wanted:
        return []
    query = select(*_columns(peserta, *_PERSON)).where(or_(*wanted))
    return [dict(row) for row in connection.execute(query).mappings()]


def sealed_code(connection: Connection, participant_id: int) -> str | None:
    """The encrypted code of a person; None when there is no such person."""
    return connection.execute(select(peserta.c.kode_sandi).where(peserta.c.id == participant_id)).scalar()


def by_key(connection: Connection, keys: Iterable[str]) -> dict[str, Row]:
    """What is stored under each submission key, and whether the person had sent something before (`revisi`)."""
    earlier = aliased(kiriman)
    before = (
        select(earlier.c.id)
        .where(
            earlier.c.formulir_id == kiriman.c.formulir_id,
            earlier.c.peserta_id == kiriman.c.peserta_id,
            earlier.c.id < kiriman.c.id,
        )
        .exists()
    )
    names = ("kunci", "formulir_id", "peserta_id", "sidik_isi", "terlambat", "diterima_pada")
    query = select(*_columns(kiriman, *names), before.label("revisi")).where(kiriman.c.kunci.in_(list(keys)))
    return {row["kunci"]: dict(row) for row in connection.execute(query).mappings()}


def ids_by_key(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    """The id of the submission stored under each key."""
    query = select(kiriman.c.kunci, kiriman.c.id).where(kiriman.c.kunci.in_(list(keys)))
    return {row.kunci: row.id for row in connection.execute(query)}


def sent(
    connection: Connection, form_ids: Iterable[int], participant_ids: Iterable[int]
) -> dict[tuple[int, int], tuple[int, int | None]]:
    """(form, person) -> (how many submissions, id of the counted one or None), for those who sent any."""
    counted = func.max(kiriman.c.id).filter(kiriman.c.keadaan == "terhitung")
    query = (
        select(kiriman.c.formulir_id, kiriman.c.peserta_id, func.count().label("banyak"), counted.label("terhitung"))
        .where(kiriman.c.formulir_id.in_(list(form_ids)), kiriman.c.peserta_id.in_(list(participant_ids)))
        .group_by(kiriman.c.formulir_id, kiriman.c.peserta_id)
    )
    return {(row.formulir_id, row.peserta_id): (row.banyak, row.terhitung) for row in connection.execute(query)}


def filled(connection: Connection, form_ids: Iterable[int], participant_ids: Iterable[int]) -> set[tuple[int, int]]:
    """(form, person) of those who have answered an anonymous form; which answer is theirs is not known."""
    query = select(pengisian.c.formulir_id, pengisian.c.peserta_id).where(
        pengisian.c.formulir_id.in_(list(form_ids)), pengisian.c.peserta_id.in_(list(participant_ids))
    )
    return {(row.formulir_id, row.peserta_id) for row in connection.execute(query)}


def conflicts(connection: Connection, keys: Iterable[str]) -> set[tuple[str, str]]:
    """(key, content hash) of the bodies kept aside under these keys."""
    query = select(kiriman_konflik.c.kunci, kiriman_konflik.c.sidik_isi).where(kiriman_konflik.c.kunci.in_(list(keys)))
    return {(row.kunci, row.sidik_isi) for row in connection.execute(query)}


def failures(connection: Connection, since: datetime) -> dict[tuple[str, bool], int]:
    """(address, whether a list was asked) -> wrong codes since then."""
    query = (
        select(gagal_kode.c.alamat, gagal_kode.c.dicoba, func.count().label("banyak"))
        .where(gagal_kode.c.pada > since)
        .group_by(gagal_kode.c.alamat, gagal_kode.c.dicoba)
    )
    return {(row.alamat, bool(row.dicoba)): row.banyak for row in connection.execute(query)}


def receipts(connection: Connection, participant_id: int, form_ids: Iterable[int]) -> dict[int, Row]:
    """form -> the person's latest submission that stands (`kunci`, `diterima_pada`, `terlambat`, `keadaan`)."""
    names = ("formulir_id", "kunci", "diterima_pada", "terlambat", "keadaan")
    query = (
        select(*_columns(kiriman, *names))
        .where(
            kiriman.c.peserta_id == participant_id,
            kiriman.c.formulir_id.in_(list(form_ids)),
            kiriman.c.keadaan != "dibatalkan",
        )
        .order_by(kiriman.c.id)
    )
    return {row["formulir_id"]: dict(row) for row in connection.execute(query).mappings()}


def sessions_on(connection: Connection, event_id: int, day: date, participant_id: int) -> list[Row]:
    """The event's sessions of one day in their order, with when this person was noted as present (`hadir`)."""
    query = (
        select(*_columns(kegiatan_sesi, "id", "materi", "mulai", "selesai"), kehadiran.c.pada.label("hadir"))
        .join(
            kehadiran,
            and_(kehadiran.c.sesi_id == kegiatan_sesi.c.id, kehadiran.c.peserta_id == participant_id),
            isouter=True,
        )
        .where(kegiatan_sesi.c.kegiatan_id == event_id, kegiatan_sesi.c.tanggal == day, kegiatan_sesi.c.dihitung)
        .order_by(kegiatan_sesi.c.urutan, kegiatan_sesi.c.id)
    )
    return [dict(row) for row in connection.execute(query).mappings()]
