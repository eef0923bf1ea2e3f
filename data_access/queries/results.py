"""What the evaluation of a Bimtek is made from: its answers, people, attendance; and totals over many events."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Text, and_, cast, exists, func, or_, select

from data_access.queries import records
from data_access.queries.events import in_scope
from data_access.queries.records import chunks
from data_access.tables import lks, lks_pilihan, lks_sumbu
from data_access.tables_bimtek import (
    formulir,
    instrumen_versi,
    kegiatan,
    kegiatan_sesi,
    kehadiran,
    kiriman,
    narasumber,
    peserta,
)
from domain.permissions import Scope

Row = dict[str, Any]


def _rows(connection: Connection, query: Select[Any]) -> list[Row]:
    return [dict(row) for row in connection.execute(query).mappings()]


def _of_event(scope: Scope, event_id: int) -> ColumnElement[bool]:
    return and_(kegiatan.c.id == event_id, in_scope(scope))


def event(connection: Connection, scope: Scope, event_id: int) -> Row | None:
    """The event's own row; None when it is unknown or lies outside the scope."""
    row = connection.execute(select(kegiatan).where(_of_event(scope, event_id))).mappings().first()
    return None if row is None else dict(row)


def forms(connection: Connection, scope: Scope, event_id: int) -> list[Row]:
    """The event's forms in order, each with its definition (which holds the key) and whom it is about."""
    query = (
        select(
            formulir,
            instrumen_versi.c.definisi,
            instrumen_versi.c.sidik,
            narasumber.c.nama.label("narasumber"),
            narasumber.c.instansi.label("narasumber_instansi"),
        )
        .join(kegiatan, kegiatan.c.id == formulir.c.kegiatan_id)
        .join(instrumen_versi, instrumen_versi.c.id == formulir.c.instrumen_versi_id)
        .join(narasumber, narasumber.c.id == formulir.c.narasumber_id, isouter=True)
        .where(_of_event(scope, event_id))
        .order_by(formulir.c.urutan, formulir.c.id)
    )
    return _rows(connection, query)


def answers(connection: Connection, scope: Scope, event_id: int) -> list[Row]:
    """Every submission to the event's forms, whatever became of it, in the order in which the server received them."""
    columns = (
        *("id", "formulir_id", "peserta_id", "jawaban", "asal", "poin", "poin_maks", "kosong", "lengkap", "keadaan"),
        *("terlambat", "mulai_pada", "diterima_pada", "cara"),
    )
    query = (
        select(*[kiriman.c[name] for name in columns], formulir.c.fase)
        .join(formulir, formulir.c.id == kiriman.c.formulir_id)
        .join(kegiatan, kegiatan.c.id == formulir.c.kegiatan_id)
        .where(_of_event(scope, event_id))
        .order_by(kiriman.c.diterima_pada, kiriman.c.id)
    )
    return _rows(connection, query)


def people(connection: Connection, scope: Scope, event_id: int) -> list[Row]:
    """The roster, the struck ones included, each with the region of the LKS it is linked to."""
    query = (
        select(
            *[peserta.c[n] for n in ("id", "nama", "jenis", "instansi", "lks_id", "kabkota_kode", "aktif")],
            *[peserta.c[n] for n in ("digabung_ke", "orang_id", "di_tempat", "jabatan")],
            lks.c.kabkota_kode.label("lks_kabkota"),
        )
        .join(kegiatan, kegiatan.c.id == peserta.c.kegiatan_id)
        .join(lks, lks.c.id == peserta.c.lks_id, isouter=True)
        .where(_of_event(scope, event_id))
        .order_by(peserta.c.nama_kunci, peserta.c.id)
    )
    return _rows(connection, query)


def kluster(connection: Connection, ids: Sequence[int]) -> dict[int, list[str]]:
    """The kluster codes of LKS by id."""
    found: dict[int, list[str]] = {}
    for piece in chunks(list(ids)):
        query = (
            select(lks_pilihan.c.lks_id, lks_pilihan.c.kode)
            .where(lks_pilihan.c.bidang == "kluster", lks_pilihan.c.lks_id.in_(piece))
            .order_by(lks_pilihan.c.lks_id, lks_pilihan.c.kode)
        )
        for lks_id, kode in connection.execute(query):
            found.setdefault(lks_id, []).append(kode)
    return found


def sessions(connection: Connection, scope: Scope, event_id: int, until: date) -> list[int]:
    """Ids of the sessions that count for attendance and have been held by `until`."""
    query = (
        select(kegiatan_sesi.c.id)
        .join(kegiatan, kegiatan.c.id == kegiatan_sesi.c.kegiatan_id)
        .where(_of_event(scope, event_id), kegiatan_sesi.c.dihitung, kegiatan_sesi.c.tanggal <= until)
        .order_by(kegiatan_sesi.c.tanggal, kegiatan_sesi.c.urutan)
    )
    return list(connection.execute(query).scalars())


def present(connection: Connection, session_ids: Sequence[int]) -> dict[int, int]:
    """In how many of the sessions each participant was present."""
    query = (
        select(kehadiran.c.peserta_id, func.count())
        .where(kehadiran.c.sesi_id.in_(list(session_ids)))
        .group_by(kehadiran.c.peserta_id)
    )
    return {int(person): int(count) for person, count in connection.execute(query)}


def scores_by_event(connection: Connection, scope: Scope) -> list[Row]:
    """Counted knowledge scores of every event that a scope covers, from the stored totals; no answer is read.

    Columns: kegiatan_id, peserta_id, fase, poin, poin_maks.
    """
    query = (
        select(formulir.c.kegiatan_id, kiriman.c.peserta_id, formulir.c.fase, kiriman.c.poin, kiriman.c.poin_maks)
        .join(formulir, formulir.c.id == kiriman.c.formulir_id)
        .join(kegiatan, kegiatan.c.id == formulir.c.kegiatan_id)
        .where(
            in_scope(scope),
            kiriman.c.keadaan == "terhitung",
            kiriman.c.peserta_id.is_not(None),
            kiriman.c.poin_maks > 0,
            formulir.c.fase.in_(("pre", "post")),
        )
        .order_by(formulir.c.kegiatan_id, kiriman.c.peserta_id)
    )
    return _rows(connection, query)


def events(connection: Connection, scope: Scope) -> list[Row]:
    """Events of a scope with how many people and institutions they have, newest first."""
    # An institution is the LKS it is linked to, else its name as written.
    institution = func.coalesce(cast(peserta.c.lks_id, Text), func.lower(func.trim(peserta.c.instansi)))
    query = (
        select(
            *[kegiatan.c[n] for n in ("id", "nomor", "judul", "mulai", "selesai", "wilayah", "seri", "status")],
            *[kegiatan.c[n] for n in ("penyelenggara", "contoh")],
            func.count(peserta.c.id).label("orang"),
            func.count(func.distinct(institution)).label("instansi"),
        )
        .join(
            peserta,
            and_(peserta.c.kegiatan_id == kegiatan.c.id, peserta.c.aktif, peserta.c.digabung_ke.is_(None)),
            isouter=True,
        )
        .where(in_scope(scope))
        .group_by(kegiatan.c.id)
        .order_by(kegiatan.c.mulai.desc(), kegiatan.c.id.desc())
    )
    return _rows(connection, query)


def axis_events(connection: Connection, lks_ids: Sequence[int], axes: Sequence[str]) -> list[Row]:
    """Recorded states of some axes for some LKS, oldest first: lks_id, sumbu, nilai, tanggal, dicatat_pada."""
    found: list[Row] = []
    for piece in chunks(list(lks_ids)):
        query = (
            select(*[lks_sumbu.c[n] for n in ("lks_id", "sumbu", "nilai", "tanggal", "dicatat_pada")])
            .where(lks_sumbu.c.lks_id.in_(piece), lks_sumbu.c.sumbu.in_(list(axes)))
            .order_by(lks_sumbu.c.id)
        )
        found += _rows(connection, query)
    return found


def untrained(connection: Connection, scope: Scope, event_id: int) -> list[int]:
    """Ids of LKS inside both the scope and the event's reach that sent nobody to the event."""
    reach = select(kegiatan.c.jangkauan).where(kegiatan.c.id == event_id).scalar_subquery()
    sent = exists().where(peserta.c.kegiatan_id == event_id, peserta.c.lks_id == lks.c.id, peserta.c.aktif)
    in_reach = or_(lks.c.kabkota_kode == reach, lks.c.provinsi_kode == reach, lks.c.kecamatan_kode == reach)
    query = select(lks.c.id).where(in_reach, ~sent, lks.c.diarsipkan_pada.is_(None), records.in_scope(scope))
    return list(connection.execute(query).scalars())
