"""Reads about meetings: agenda, attendance, decisions, frozen panels, and the actions that meetings and offices follow.

`scope` narrows every read; with `own` only affairs of exactly its root are seen, as befits an LKKS, which has none below.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from data_access.frames import table
from data_access.queries.events import in_scope
from data_access.tables import audit, lks
from data_access.tables_lkks import lkks
from data_access.tables_rapat import rapat, rapat_butir, rapat_hadir, rapat_keputusan, rapat_potret, tindak_lanjut
from domain.permissions import Scope

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]


def seen(scope: Scope, own: bool, column: Any = rapat.c.wilayah) -> ColumnElement[bool]:
    """The condition that a meeting (or action) belongs to a region that is seen; every query here has it."""
    return column == (scope.root or "") if own else in_scope(scope, column)


def _rows(connection: Connection, query: Select[Any]) -> list[Row]:
    return [dict(row) for row in connection.execute(query).mappings()]


def listed(connection: Connection, scope: Scope, own: bool) -> pd.DataFrame:
    """The meetings that are seen, the latest first.

    Columns: id, wilayah, jenis, judul, tanggal, mulai, tempat, status, contoh, butir, hadir, keputusan, tindak_lanjut
    (counts; what was withdrawn or stayed away is not counted).
    """

    def count(of: Any, *where: Any) -> Any:
        return select(func.count()).select_from(of).where(of.c.rapat_id == rapat.c.id, *where).scalar_subquery()

    names = ("id", "wilayah", "jenis", "judul", "tanggal", "mulai", "tempat", "status", "contoh")
    query = select(
        *[rapat.c[name] for name in names],
        count(rapat_butir).label("butir"),
        count(rapat_hadir, rapat_hadir.c.hadir).label("hadir"),
        count(rapat_keputusan, rapat_keputusan.c.dibatalkan_pada.is_(None)).label("keputusan"),
        count(tindak_lanjut, tindak_lanjut.c.dibatalkan_pada.is_(None)).label("tindak_lanjut"),
    ).where(seen(scope, own))
    return table(connection.execute(query.order_by(rapat.c.tanggal.desc(), rapat.c.id.desc())))


def meeting(connection: Connection, scope: Scope, own: bool, rapat_id: int) -> Row | None:
    """One meeting; None when it is unknown or not seen."""
    row = connection.execute(select(rapat).where(rapat.c.id == rapat_id, seen(scope, own))).mappings().first()
    return None if row is None else dict(row)


def last_before(connection: Connection, scope: Scope, own: bool, wilayah: str, day: date) -> Row | None:
    """The latest meeting of exactly one region on or before a day; None for its first."""
    where = (rapat.c.wilayah == wilayah, rapat.c.tanggal <= day, seen(scope, own))
    query = select(rapat).where(*where).order_by(rapat.c.tanggal.desc(), rapat.c.id.desc())
    row = connection.execute(query.limit(1)).mappings().first()
    return None if row is None else dict(row)


def _of(part: Any, scope: Scope, own: bool, rapat_id: int) -> Select[Any]:
    return select(part).join(rapat, rapat.c.id == part.c.rapat_id).where(part.c.rapat_id == rapat_id, seen(scope, own))


def items(connection: Connection, scope: Scope, own: bool, rapat_id: int) -> list[Row]:
    """The agenda of a meeting in its order; `panel` as it is stored."""
    query = _of(rapat_butir, scope, own, rapat_id).order_by(rapat_butir.c.urutan, rapat_butir.c.id)
    return _rows(connection, query)


def attendees(connection: Connection, scope: Scope, own: bool, rapat_id: int) -> list[Row]:
    """Who is on the attendance list, in its order."""
    query = _of(rapat_hadir, scope, own, rapat_id).order_by(rapat_hadir.c.urutan, rapat_hadir.c.id)
    return _rows(connection, query)


def decisions(connection: Connection, scope: Scope, own: bool, rapat_id: int) -> list[Row]:
    """The decisions of a meeting as they were made, withdrawn ones among them."""
    return _rows(connection, _of(rapat_keputusan, scope, own, rapat_id).order_by(rapat_keputusan.c.id))


def _actions(scope: Scope, own: bool) -> Select[Any]:
    # The name of an LKS is shown only to those who may see it in the register.
    in_sight = or_(*[in_scope(scope, column) for column in (lks.c.kabkota_kode, lks.c.kecamatan_kode)])
    return (
        select(
            tindak_lanjut,
            lks.c.nama.label("lks_nama"),
            lks.c.kode_lks,
            rapat.c.judul.label("rapat_judul"),
            rapat.c.tanggal.label("rapat_tanggal"),
            rapat.c.status.label("rapat_status"),
        )
        .outerjoin(lks, and_(lks.c.id == tindak_lanjut.c.lks_id, in_sight))
        .outerjoin(rapat, rapat.c.id == tindak_lanjut.c.rapat_id)
        .where(seen(scope, own, tindak_lanjut.c.wilayah_rapat))
    )


def actions_of(connection: Connection, scope: Scope, own: bool, rapat_id: int) -> list[Row]:
    """The actions that a meeting made as they were made, withdrawn ones among them."""
    return _rows(
        connection, _actions(scope, own).where(tindak_lanjut.c.rapat_id == rapat_id).order_by(tindak_lanjut.c.id)
    )


def carried(connection: Connection, scope: Scope, own: bool, meeting_row: Mapping[str, Any]) -> list[Row]:
    """What stands on the table of a meeting from before: the region's unfinished actions made elsewhere.

    Those that were finished on its very day are among them, because a meeting hears of them.
    """
    where = (
        tindak_lanjut.c.wilayah_rapat == meeting_row["wilayah"],
        or_(tindak_lanjut.c.rapat_id.is_(None), tindak_lanjut.c.rapat_id != meeting_row["id"]),
        or_(tindak_lanjut.c.status != "selesai", tindak_lanjut.c.selesai_pada == meeting_row["tanggal"]),
        tindak_lanjut.c.dibatalkan_pada.is_(None),
    )
    return _rows(connection, _actions(scope, own).where(*where).order_by(tindak_lanjut.c.id))


def actions(connection: Connection, scope: Scope, own: bool, *, unfinished: bool = False) -> list[Row]:
    """Every action that is seen and stands, as they were made; `unfinished` leaves the finished ones out."""
    query = _actions(scope, own).where(tindak_lanjut.c.dibatalkan_pada.is_(None))
    if unfinished:
        query = query.where(tindak_lanjut.c.status != "selesai")
    return _rows(connection, query.order_by(tindak_lanjut.c.id))


def action(connection: Connection, scope: Scope, own: bool, action_id: int) -> Row | None:
    """One action with its meeting and LKS; None when it is unknown or not seen."""
    row = connection.execute(_actions(scope, own).where(tindak_lanjut.c.id == action_id)).mappings().first()
    return None if row is None else dict(row)


def counts(connection: Connection, scope: Scope, own: bool, today: date) -> Row:
    """semua, terbuka, terlambat, jatuh (due by today, or finished with a due date) and tepat (of those: in time)."""
    a = tindak_lanjut.c
    finished = a.status == "selesai"
    in_time = and_(finished, a.selesai_pada <= a.tenggat)
    due = and_(a.tenggat.is_not(None), or_(a.tenggat <= today, finished))

    def total(condition: Any) -> Any:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    query = select(
        func.count().label("semua"),
        total(~finished).label("terbuka"),
        total(and_(~finished, a.tenggat < today)).label("terlambat"),
        total(due).label("jatuh"),
        total(and_(due, in_time)).label("tepat"),
    ).where(seen(scope, own, a.wilayah_rapat), a.dibatalkan_pada.is_(None))
    return {name: int(value) for name, value in connection.execute(query).mappings().one().items()}


def history(connection: Connection, scope: Scope, own: bool, action_id: int) -> list[Row]:
    """The rows of the trail about one action that is seen, oldest first: pada, pelaku, aksi, sebelum, sesudah, alasan."""
    if action(connection, scope, own, action_id) is None:
        return []
    names = ("pada", "pelaku", "aksi", "sebelum", "sesudah", "alasan")
    where = (audit.c.objek == "tindak_lanjut", audit.c.objek_id == str(action_id))
    return _rows(connection, select(*[audit.c[name] for name in names]).where(*where).order_by(audit.c.id))


def snapshot(connection: Connection, scope: Scope, own: bool, rapat_id: int) -> list[Row]:
    """What a closed meeting showed: butir, panel, jenis, isi, sidik, dibuat_pada, the minutes first."""
    query = _of(rapat_potret, scope, own, rapat_id).order_by(rapat_potret.c.butir, rapat_potret.c.panel)
    return _rows(connection, query)


def sealed(connection: Connection, scope: Scope, own: bool, rapat_id: int) -> str | None:
    """The digest of the whole snapshot that the trail noted at closing; None when the trail does not say."""
    if meeting(connection, scope, own, rapat_id) is None:
        return None
    where = (audit.c.objek == "rapat", audit.c.objek_id == str(rapat_id), audit.c.aksi == "tutup_rapat")
    found = connection.execute(select(audit.c.sesudah).where(*where).order_by(audit.c.id.desc())).scalars().first()
    return str(found["sidik"]) if isinstance(found, Mapping) and found.get("sidik") else None


def sample_meetings(connection: Connection) -> list[int]:
    """The ids of the invented meetings."""
    return list(connection.execute(select(rapat.c.id).where(rapat.c.contoh)).scalars())


def sample_actions(connection: Connection) -> list[int]:
    """The ids of the invented actions."""
    return list(connection.execute(select(tindak_lanjut.c.id).where(tindak_lanjut.c.contoh)).scalars())


def lkks_name(connection: Connection, wilayah: str) -> str | None:
    """What the LKKS of a region calls itself; None when its profile is not there. Public: no person is in it."""
    return connection.execute(select(lkks.c.nama).where(lkks.c.wilayah == wilayah)).scalar()
