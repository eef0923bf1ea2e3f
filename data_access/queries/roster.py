"""Reads about the people of events; an event is seen when the scope covers its region, and its people with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, case, func, or_, select

from data_access.queries.events import in_scope as event_in_scope
from data_access.queries.records import chunks, in_scope
from data_access.tables import lks, wilayah
from data_access.tables_bimtek import (
    formulir,
    impor_peserta,
    kegiatan,
    kehadiran,
    kiriman,
    kiriman_konflik,
    pengisian,
    peserta,
    rtl,
)
from domain.permissions import Scope

Row = dict[str, Any]
_OPEN = tuple(column for column in peserta.c if column.name not in ("kode_sandi", "kode_sidik"))
_EVENT = (
    *("id", "nomor", "judul", "penyelenggara", "wilayah", "jangkauan", "tempat", "zona", "mulai", "selesai", "tautan"),
    *("status", "contoh"),
)


def event(connection: Connection, scope: Scope, event_id: int) -> Row | None:
    """What a roster needs to know of its event; None when there is none in the scope."""
    query = select(*[kegiatan.c[name] for name in _EVENT]).where(kegiatan.c.id == event_id, event_in_scope(scope))
    row = connection.execute(query).mappings().first()
    return dict(row) if row else None


def people(connection: Connection, scope: Scope, event_id: int) -> list[Row]:
    """Every row of an event's roster by name, struck ones too, without codes.

    With lks_nama, kode_lks, lks_kabkota of the linked LKS (the name only inside the scope), kabkota and kabkota_jenis of
    the region, and kegiatan_lain: how many other events the same person was at.
    """
    mine, others = peserta, peserta.alias("lain")
    shown = in_scope(scope)
    before = (
        select(func.count(others.c.kegiatan_id.distinct()))
        .where(others.c.orang_id == mine.c.orang_id, others.c.kegiatan_id != mine.c.kegiatan_id, others.c.aktif)
        .scalar_subquery()
    )
    query = (
        select(
            *_OPEN,
            case((shown, lks.c.nama)).label("lks_nama"),
            case((shown, lks.c.kode_lks)).label("kode_lks"),
            lks.c.kabkota_kode.label("lks_kabkota"),
            wilayah.c.nama.label("kabkota"),
            wilayah.c.jenis.label("kabkota_jenis"),
            before.label("kegiatan_lain"),
        )
        .join(kegiatan, kegiatan.c.id == mine.c.kegiatan_id)
        .join(lks, lks.c.id == mine.c.lks_id, isouter=True)
        .join(wilayah, wilayah.c.kode == mine.c.kabkota_kode, isouter=True)
        .where(mine.c.kegiatan_id == event_id, event_in_scope(scope))
        .order_by(mine.c.nama_kunci, mine.c.id)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def one(connection: Connection, scope: Scope, participant_id: int) -> Row | None:
    """One row of a roster without its code; None when there is none in the scope."""
    query = select(*_OPEN).join(kegiatan, kegiatan.c.id == peserta.c.kegiatan_id)
    row = connection.execute(query.where(peserta.c.id == participant_id, event_in_scope(scope))).mappings().first()
    return dict(row) if row else None


def sealed_codes(connection: Connection, scope: Scope, event_id: int) -> list[Row]:
    """id, nama, nama_kunci, jenis, instansi, lks_nama and the sealed code of the active people, by name."""
    columns = [peserta.c[name] for name in ("id", "nama", "nama_kunci", "jenis", "instansi", "kode_sandi")]
    query = (
        select(*columns, case((in_scope(scope), lks.c.nama)).label("lks_nama"))
        .join(kegiatan, kegiatan.c.id == peserta.c.kegiatan_id)
        .join(lks, lks.c.id == peserta.c.lks_id, isouter=True)
        .where(peserta.c.kegiatan_id == event_id, peserta.c.aktif, event_in_scope(scope))
        .order_by(peserta.c.nama_kunci, peserta.c.id)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def codes_in_use(connection: Connection, fingerprints: Sequence[str]) -> set[str]:
    """Those fingerprints that some participant's code already has, whatever the event; a code is one person's."""
    found: set[str] = set()
    for piece in chunks(list(fingerprints)):
        found |= set(connection.execute(select(peserta.c.kode_sidik).where(peserta.c.kode_sidik.in_(piece))).scalars())
    return found


def elsewhere(connection: Connection, scope: Scope, event_id: int) -> list[Row]:
    """The active people of the scope's other events, newest event first, with its judul and mulai."""
    names = ("id", "kegiatan_id", "orang_id", "nama", "nama_kunci", "instansi", "lks_id", "kabkota_kode", "contoh")
    query = (
        select(*[peserta.c[name] for name in names], kegiatan.c.judul, kegiatan.c.mulai)
        .join(kegiatan, kegiatan.c.id == peserta.c.kegiatan_id)
        .where(peserta.c.kegiatan_id != event_id, peserta.c.aktif, event_in_scope(scope))
        .order_by(kegiatan.c.mulai.desc(), peserta.c.id.desc())
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def lks_in(connection: Connection, scope: Scope, ids: Collection[int]) -> dict[int, Row]:
    """id, nama, kode_lks, kabkota_kode, contoh of those kept LKS that lie in the scope, by id."""
    found: dict[int, Row] = {}
    columns = [lks.c[name] for name in ("id", "nama", "kode_lks", "kabkota_kode", "contoh")]
    for piece in chunks(sorted(ids)):
        query = select(*columns).where(lks.c.id.in_(piece), lks.c.diarsipkan_pada.is_(None), in_scope(scope))
        found |= {row["id"]: dict(row) for row in connection.execute(query).mappings()}
    return found


def work_of(connection: Connection, ids: Sequence[int]) -> dict[int, set[str]]:
    """What hangs on roster rows, by id: "jawaban", "hadir", "rtl", "gabungan"; rows without any are left out."""
    kinds = (
        ("jawaban", kiriman.c.peserta_id),
        ("jawaban", kiriman_konflik.c.peserta_id),
        ("jawaban", pengisian.c.peserta_id),
        ("hadir", kehadiran.c.peserta_id),
        ("rtl", rtl.c.peserta_id),
        ("gabungan", peserta.c.digabung_ke),
    )
    found: dict[int, set[str]] = defaultdict(set)
    for piece in chunks(list(ids)):
        for kind, column in kinds:
            for participant_id in connection.execute(select(column).where(column.in_(piece)).distinct()).scalars():
                found[participant_id].add(kind)
    return dict(found)


def forms_answered(connection: Connection, participant_id: int) -> dict[int, tuple[str, bool]]:
    """The forms for which a roster row has an answer that counts: id -> (title, whether it is anonymous)."""
    counted = select(kiriman.c.formulir_id).where(
        kiriman.c.peserta_id == participant_id, kiriman.c.keadaan == "terhitung"
    )
    anonymous = select(pengisian.c.formulir_id).where(pengisian.c.peserta_id == participant_id)
    query = select(formulir.c.id, formulir.c.judul, formulir.c.anonim).where(
        or_(formulir.c.id.in_(counted), formulir.c.id.in_(anonymous))
    )
    return {form_id: (judul, anonim) for form_id, judul, anonim in connection.execute(query)}


def batches(connection: Connection, scope: Scope, event_id: int) -> list[Row]:
    """The imports into an event's roster, newest first."""
    query = (
        select(impor_peserta)
        .join(kegiatan, kegiatan.c.id == impor_peserta.c.kegiatan_id)
        .where(impor_peserta.c.kegiatan_id == event_id, event_in_scope(scope))
        .order_by(impor_peserta.c.id.desc())
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def batch(connection: Connection, scope: Scope, batch_id: int) -> Row | None:
    """One import; None when there is none in the scope."""
    query = select(impor_peserta).join(kegiatan, kegiatan.c.id == impor_peserta.c.kegiatan_id)
    row = connection.execute(query.where(impor_peserta.c.id == batch_id, event_in_scope(scope))).mappings().first()
    return dict(row) if row else None


def batch_people(connection: Connection, batch_id: int) -> list[Row]:
    """The roster rows that an import added, by name."""
    query = select(*_OPEN).where(peserta.c.batch_id == batch_id).order_by(peserta.c.nama_kunci, peserta.c.id)
    return [dict(row) for row in connection.execute(query).mappings()]


def form(connection: Connection, scope: Scope, form_id: int) -> Row | None:
    """id, kegiatan_id, judul, fase and tautan of a form; None when there is none in the scope."""
    columns = [formulir.c[name] for name in ("id", "kegiatan_id", "judul", "fase", "tautan")]
    query = select(*columns).join(kegiatan, kegiatan.c.id == formulir.c.kegiatan_id)
    row = connection.execute(query.where(formulir.c.id == form_id, event_in_scope(scope))).mappings().first()
    return dict(row) if row else None


def forms(connection: Connection, scope: Scope, event_id: int) -> list[Row]:
    """id, judul, fase and tautan of an event's forms in their order."""
    columns = [formulir.c[name] for name in ("id", "judul", "fase", "tautan")]
    query = (
        select(*columns)
        .join(kegiatan, kegiatan.c.id == formulir.c.kegiatan_id)
        .where(formulir.c.kegiatan_id == event_id, event_in_scope(scope))
        .order_by(formulir.c.urutan, formulir.c.id)
    )
    return [dict(row) for row in connection.execute(query).mappings()]
