"""Reads about events: their facts, aims, sessions, speakers and forms; each is narrowed to a scope."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, or_, select

from data_access.frames import table
from data_access.tables import audit, dasar_hukum
from data_access.tables_bimtek import (
    formulir,
    instrumen,
    instrumen_versi,
    kegiatan,
    kegiatan_sesi,
    kegiatan_tujuan,
    kehadiran,
    kiriman,
    kiriman_konflik,
    narasumber,
    pengisian,
    peserta,
    sesi_narasumber,
)
from domain.permissions import Scope

if TYPE_CHECKING:  # the participant's door and every start come by here, and neither draws a table
    import pandas as pd

Row = dict[str, Any]
_LONGEST_SERIES = 100


def in_scope(scope: Scope, column: Any = kegiatan.c.wilayah) -> ColumnElement[bool]:
    """The condition that an event belongs to a region of the scope; every query of events has it."""
    if scope.root is None:
        return and_(True)
    return or_(column == scope.root, column.startswith(scope.root + ".", autoescape=True))


def _rows(connection: Connection, query: Select[Any]) -> list[Row]:
    return [dict(row) for row in connection.execute(query).mappings()]


def _of(part: Any, scope: Scope, event_id: int) -> Select[Any]:
    """The rows of a part of an event, which must lie in the scope."""
    return (
        select(part)
        .join(kegiatan, kegiatan.c.id == part.c.kegiatan_id)
        .where(part.c.kegiatan_id == event_id, in_scope(scope))
    )


def _people() -> Any:
    """How many people of an event's roster count: neither struck off nor merged into another row."""
    counted = (peserta.c.kegiatan_id == kegiatan.c.id, peserta.c.aktif, peserta.c.digabung_ke.is_(None))
    return select(func.count()).select_from(peserta).where(*counted).scalar_subquery()


def _forms() -> Any:
    return select(func.count()).select_from(formulir).where(formulir.c.kegiatan_id == kegiatan.c.id).scalar_subquery()


def listed(connection: Connection, scope: Scope, filters: Mapping[str, Any] | None = None) -> pd.DataFrame:
    """The events of a scope, the latest first.

    Columns: id, nomor, judul, maksud, penyelenggara_jenis, penyelenggara, wilayah, jangkauan, tempat, tempat_wilayah,
    zona, mulai, selesai, status, seri, contoh, peserta (people on the roster), formulir. Filters: wilayah (an event of
    it or below), tahun, status, seri, cari (words of title, number and organiser).
    """
    given = dict(filters or {})
    names = (
        *("id", "nomor", "judul", "maksud", "penyelenggara_jenis", "penyelenggara", "wilayah", "jangkauan", "tempat"),
        *("tempat_wilayah", "zona", "mulai", "selesai", "status", "seri", "contoh"),
    )
    where = [in_scope(scope)]
    if given.get("wilayah"):
        where.append(in_scope(Scope(given["wilayah"])))
    if given.get("tahun"):
        where.append(func.extract("year", kegiatan.c.mulai) == int(given["tahun"]))
    where += [kegiatan.c[name] == given[name] for name in ("status", "seri") if given.get(name)]
    text = kegiatan.c.judul + " " + func.coalesce(kegiatan.c.nomor, "") + " " + kegiatan.c.penyelenggara
    where += [func.lower(text).contains(word, autoescape=True) for word in str(given.get("cari") or "").lower().split()]
    query = select(*[kegiatan.c[n] for n in names], _people().label("peserta"), _forms().label("formulir"))
    result = connection.execute(query.where(*where).order_by(kegiatan.c.mulai.desc(), kegiatan.c.id.desc()))
    return table(result)


def years(connection: Connection, scope: Scope) -> list[int]:
    """The years in which events of the scope began, the latest first."""
    year = func.extract("year", kegiatan.c.mulai)
    return sorted({int(found) for found in connection.execute(select(year).where(in_scope(scope))).scalars()})[::-1]


def event(connection: Connection, scope: Scope, event_id: int) -> Row | None:
    """One event as stored; None when there is none in the scope."""
    found = connection.execute(select(kegiatan).where(kegiatan.c.id == event_id, in_scope(scope))).mappings().first()
    return dict(found) if found else None


def aims(connection: Connection, scope: Scope, event_id: int) -> list[Row]:
    """The aims of an event in their order: kode, nama."""
    query = _of(kegiatan_tujuan, scope, event_id).order_by(kegiatan_tujuan.c.urutan, kegiatan_tujuan.c.kode)
    return [{"kode": row["kode"], "nama": row["nama"]} for row in _rows(connection, query)]


def speakers(connection: Connection, scope: Scope, event_id: int) -> list[Row]:
    """The speakers of an event in the order in which they were entered: id, nama, instansi, jabatan."""
    rows = _rows(connection, _of(narasumber, scope, event_id).order_by(narasumber.c.id))
    return [{name: row[name] for name in ("id", "nama", "instansi", "jabatan")} for row in rows]


def sessions(connection: Connection, scope: Scope, event_id: int) -> list[Row]:
    """The sessions of an event by day, each with `narasumber` (ids) and `hadir` (how many attended)."""
    order = (kegiatan_sesi.c.tanggal, kegiatan_sesi.c.urutan, kegiatan_sesi.c.id)
    rows = _rows(connection, _of(kegiatan_sesi, scope, event_id).order_by(*order))
    inside = select(kegiatan_sesi.c.id).where(kegiatan_sesi.c.kegiatan_id == event_id)
    linked = select(sesi_narasumber).where(sesi_narasumber.c.sesi_id.in_(inside))
    by_session: dict[int, list[int]] = {}
    for link in connection.execute(linked.order_by(sesi_narasumber.c.narasumber_id)).mappings():
        by_session.setdefault(link["sesi_id"], []).append(link["narasumber_id"])
    present = select(kehadiran.c.sesi_id, func.count()).where(kehadiran.c.sesi_id.in_(inside))
    counts = {sesi: count for sesi, count in connection.execute(present.group_by(kehadiran.c.sesi_id))}
    return [row | {"narasumber": by_session.get(row["id"], []), "hadir": counts.get(row["id"], 0)} for row in rows]


def _form_query(scope: Scope) -> Select[Any]:
    answers = select(func.count()).select_from(kiriman).where(kiriman.c.formulir_id == formulir.c.id)
    return (
        select(
            formulir,
            instrumen.c.id.label("instrumen_id"),
            instrumen.c.judul.label("instrumen_judul"),
            instrumen.c.jenis,
            instrumen_versi.c.nomor.label("instrumen_nomor"),
            narasumber.c.nama.label("narasumber_nama"),
            answers.scalar_subquery().label("kiriman"),
        )
        .join(kegiatan, kegiatan.c.id == formulir.c.kegiatan_id)
        .join(instrumen_versi, instrumen_versi.c.id == formulir.c.instrumen_versi_id)
        .join(instrumen, instrumen.c.id == instrumen_versi.c.instrumen_id)
        .outerjoin(narasumber, narasumber.c.id == formulir.c.narasumber_id)
        .where(in_scope(scope))
    )


def forms(connection: Connection, scope: Scope, event_id: int) -> list[Row]:
    """The forms of an event in their order.

    Beside the columns of formulir: instrumen_id, instrumen_judul, jenis, instrumen_nomor, narasumber_nama and kiriman
    (submissions of every state).
    """
    query = _form_query(scope).where(formulir.c.kegiatan_id == event_id)
    return _rows(connection, query.order_by(formulir.c.urutan, formulir.c.id))


def form(connection: Connection, scope: Scope, form_id: int) -> Row | None:
    """One form as in forms(); None when its event does not lie in the scope."""
    found = _rows(connection, _form_query(scope).where(formulir.c.id == form_id))
    return found[0] if found else None


def answers(connection: Connection, scope: Scope, event_id: int) -> int:
    """How many submissions an event has, whatever became of them; those kept aside count as well."""
    total = 0
    for part in (kiriman, kiriman_konflik, pengisian):
        query = (
            select(func.count())
            .select_from(part)
            .join(formulir, formulir.c.id == part.c.formulir_id)
            .join(kegiatan, kegiatan.c.id == formulir.c.kegiatan_id)
            .where(kegiatan.c.id == event_id, in_scope(scope))
        )
        total += connection.execute(query).scalar_one()
    return total


def answered(connection: Connection, scope: Scope, form_id: int) -> bool:
    """True when anything was sent to a form."""
    of = select(formulir.c.id).join(kegiatan).where(formulir.c.id == form_id, in_scope(scope))
    sent = [exists(select(part.c.formulir_id).where(part.c.formulir_id.in_(of))) for part in (kiriman, kiriman_konflik)]
    sent.append(exists(select(pengisian.c.formulir_id).where(pengisian.c.formulir_id.in_(of))))
    return bool(connection.execute(select(or_(*sent))).scalar())


def series(connection: Connection, scope: Scope, event_id: int) -> list[Row]:
    """The events of the series that an event belongs to, the oldest first: id, judul, mulai, selesai, status, peserta.

    A series is told by its name and the region it belongs to; what an event was copied from belongs to it in any case.
    """
    own = event(connection, scope, event_id)
    if own is None:
        return []
    ids, before = [event_id], own["disalin_dari"]
    while before is not None and before not in ids and len(ids) < _LONGEST_SERIES:
        ids.append(before)
        origin = select(kegiatan.c.disalin_dari).where(kegiatan.c.id == before, in_scope(scope))
        before = connection.execute(origin).scalar()
    names = ("id", "judul", "mulai", "selesai", "status", "seri", "contoh")
    query = select(*[kegiatan.c[name] for name in names], _people().label("peserta")).where(in_scope(scope))
    named = and_(kegiatan.c.seri == own["seri"], kegiatan.c.wilayah == own["wilayah"])
    query = query.where(or_(kegiatan.c.id.in_(ids), named) if own["seri"] else kegiatan.c.id.in_(ids))
    return _rows(connection, query.order_by(kegiatan.c.mulai, kegiatan.c.id))


def participants_with_codes(connection: Connection, scope: Scope, event_id: int) -> list[Row]:
    """Who may answer, by name: id, nama, jenis, instansi, kode_sandi (sealed)."""
    columns = [peserta.c[name] for name in ("id", "nama", "jenis", "instansi", "kode_sandi")]
    query = (
        select(*columns)
        .join(kegiatan, kegiatan.c.id == peserta.c.kegiatan_id)
        .where(kegiatan.c.id == event_id, in_scope(scope), peserta.c.aktif, peserta.c.digabung_ke.is_(None))
    )
    return _rows(connection, query.order_by(peserta.c.nama, peserta.c.id))


def link_taken(connection: Connection, link: str) -> bool:
    """True when an event or a form has this short address; addresses are public, so without a scope."""
    of_event = select(kegiatan.c.id).where(kegiatan.c.tautan == link)
    of_form = select(formulir.c.id).where(formulir.c.tautan == link)
    return connection.execute(of_event).first() is not None or connection.execute(of_form).first() is not None


def legal_bases(connection: Connection) -> list[Row]:
    """Legal bases that may be named, by code: kode, judul, status; public, so without a scope."""
    query = select(dasar_hukum.c.kode, dasar_hukum.c.judul, dasar_hukum.c.status).order_by(dasar_hukum.c.judul)
    return _rows(connection, query)


def newest_changes(connection: Connection, scope: Scope, kinds: tuple[str, ...], number: int, count: int) -> list[Row]:
    """The audit rows of the last `count` changes of one thing ("kegiatan", "formulir"...), newest first."""
    where = (audit.c.objek.in_(kinds), audit.c.objek_id == str(number), in_scope(scope, audit.c.wilayah))
    query = select(audit).where(*where, audit.c.aksi != "buka_kode").order_by(audit.c.id.desc()).limit(count)
    return _rows(connection, query)
