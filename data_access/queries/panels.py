"""What the panels of a meeting and its wall read: the revision, open actions, who has an LKKS, the meeting; no person."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from data_access.queries.find import IDENTITY
from data_access.queries.register import Selection, conditions
from data_access.tables import audit, keadaan, lks, pengaturan, revisi_data
from data_access.tables_lkks import lkks
from data_access.tables_rapat import rapat, rapat_butir, rapat_keputusan, tindak_lanjut
from domain.permissions import Scope

Row = dict[str, Any]
# Whatever a panel may show belongs to one of these.
SUBJECTS = ("register", "referensi", "kegiatan", "jawaban", "indikator", "rapat", "lkks")
_IDENTITY = select(keadaan.c.nilai).where(keadaan.c.kunci == IDENTITY).scalar_subquery()
_LOOK = select(
    select(func.coalesce(func.max(audit.c.id), 0)).scalar_subquery(),
    _IDENTITY,
    *[
        func.coalesce(select(revisi_data.c.nomor).where(revisi_data.c.subjek == name).scalar_subquery(), 0)
        for name in SUBJECTS
    ],
)


def _rows(connection: Connection, query: Select[Any]) -> list[Row]:
    return [dict(row) for row in connection.execute(query).mappings()]


def look(connection: Connection) -> tuple[str, int]:
    """(stamp, newest row of the trail), in one statement.

    The stamp says which store this is and how far everything is that a panel may show. Whatever changes who somebody is
    (signing out, a role, an account closed) leaves a row in the trail.
    """
    newest, *parts = connection.execute(_LOOK).one()
    return " ".join([str(connection.engine.url), *[str(part) for part in parts]]), int(newest)


def stamp(connection: Connection) -> str:
    """The stamp alone."""
    return look(connection)[0]


def _under(column: ColumnElement[Any], root: str | None) -> list[ColumnElement[bool]]:
    if not root:
        return []
    return [or_(column == root, column.startswith(root + ".", autoescape=True))]


def actions(connection: Connection, wilayah: str, within: str | None) -> list[Row]:
    """The actions that the LKKS of one region follows, withdrawn ones left out, without the name of whoever is in charge.

    within: only those about this region or one below it.
    """
    a = tindak_lanjut.c
    names = ("id", "apa", "jenis", "pic_instansi", "pic_jenis", "tenggat", "status", "wilayah", "contoh")
    query = select(*[a[name] for name in names]).where(
        a.wilayah_rapat == wilayah, a.dibatalkan_pada.is_(None), *_under(a.wilayah, within)
    )
    return _rows(connection, query.order_by(a.id))


def with_lkks(connection: Connection, scope: Scope) -> list[Row]:
    """The LKKS of a region and of those below it: wilayah, masa_sampai, contoh."""
    c = lkks.c
    query = select(c.wilayah, c.masa_sampai, c.contoh).where(*_under(c.wilayah, scope.root))
    return _rows(connection, query.order_by(c.wilayah))


def unvisited(connection: Connection, selection: Selection, level: str, since: date) -> dict[str | None, int]:
    """How many LKS of the selection nobody checked in the field since a day, by their code of a level."""
    code = lks.c[level + "_kode"]
    never = or_(lks.c.diverifikasi_pada.is_(None), lks.c.diverifikasi_pada < since)
    query = select(code, func.count()).where(*conditions(selection), never).group_by(code)
    return {kode: count for kode, count in connection.execute(query)}


def setting(connection: Connection, key: str, steps: Sequence[str], on: date) -> str | None:
    """A region's own number in force on a date: that of the last of `steps` that has one, else everybody's."""
    c = pengaturan.c
    query = select(c.wilayah, c.nilai).where(
        c.kunci == key, c.wilayah.in_(["", *steps]), or_(c.berlaku_mulai.is_(None), c.berlaku_mulai <= on)
    )
    found = {wilayah: nilai for wilayah, nilai in connection.execute(query)}
    return next((found[step] for step in [*reversed(steps), ""] if step in found), None)


# --- the meeting that stands on a wall --------------------------------------------------------------------------------


def meeting(connection: Connection, rapat_id: int) -> Row | None:
    """A meeting without its people; whoever asks holds its region against the actor."""
    c = rapat.c
    names = ("id", "wilayah", "jenis", "judul", "tanggal", "status", "ditutup_pada", "contoh")
    row = connection.execute(select(*[c[name] for name in names]).where(c.id == rapat_id)).mappings().first()
    return None if row is None else dict(row)


def agenda(connection: Connection, rapat_id: int) -> list[Row]:
    """The agenda items of a meeting in their order: id, judul, uraian, panel."""
    c = rapat_butir.c
    query = select(c.id, c.judul, c.uraian, c.panel).where(c.rapat_id == rapat_id)
    return _rows(connection, query.order_by(c.urutan, c.id))


def decided(connection: Connection, rapat_id: int) -> list[Row]:
    """The decisions of a meeting that stand, in order: butir_id, isi."""
    c = rapat_keputusan.c
    query = select(c.butir_id, c.isi).where(c.rapat_id == rapat_id, c.dibatalkan_pada.is_(None))
    return _rows(connection, query.order_by(c.id))


def agreed(connection: Connection, rapat_id: int) -> list[Row]:
    """The actions of a meeting that stand, in order: butir_id, apa, pic_instansi, pic_jenis, tenggat, status."""
    c = tindak_lanjut.c
    query = select(c.butir_id, c.apa, c.pic_instansi, c.pic_jenis, c.tenggat, c.status)
    return _rows(connection, query.where(c.rapat_id == rapat_id, c.dibatalkan_pada.is_(None)).order_by(c.id))
