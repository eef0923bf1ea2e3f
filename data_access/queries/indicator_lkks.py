"""What the indicators of the LKKS's affairs rest on: which regions have one, actions, programs."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, or_, select, true
from sqlalchemy.sql.elements import ColumnElement

from data_access.tables_lkks import lkks, program
from data_access.tables_rapat import tindak_lanjut
from domain.permissions import Scope

Row = dict[str, Any]


def _within(column: ColumnElement[str], scope: Scope) -> ColumnElement[bool]:
    """The region of a row ("" = national) lies in the scope."""
    if scope.root is None:
        return true()
    return or_(column == scope.root, column.startswith(scope.root + ".", autoescape=True))


def lkks_of(connection: Connection, scope: Scope) -> dict[str, Row]:
    """nama and contoh of each LKKS of the scope, by its region."""
    query = select(lkks.c.wilayah, lkks.c.nama, lkks.c.contoh).where(_within(lkks.c.wilayah, scope))
    return {row["wilayah"]: dict(row) for row in connection.execute(query).mappings()}


def actions(connection: Connection, scope: Scope, on: date, alone: bool) -> list[Row]:
    """The actions followed in a scope (`alone`: by exactly its region) that were made by a date and not withdrawn, by id.

    Columns: id, apa, wilayah_rapat, tenggat, status, selesai_pada, contoh.
    """
    t = tindak_lanjut
    mine = t.c.wilayah_rapat == (scope.root or "") if alone else _within(t.c.wilayah_rapat, scope)
    columns = [t.c[name] for name in ("id", "apa", "wilayah_rapat", "tenggat", "status", "selesai_pada", "contoh")]
    query = select(*columns, t.c.dibuat_pada).where(mine, t.c.dibatalkan_pada.is_(None)).order_by(t.c.id)
    found = [dict(row) for row in connection.execute(query).mappings()]
    return [row for row in found if row.pop("dibuat_pada").date() <= on]


def programs(connection: Connection, scope: Scope, year: int) -> list[Row]:
    """The programs of a scope in a year that were not given up: id, nama, wilayah, pemilik, anggaran, contoh; by id."""
    p = program
    columns = [p.c[name] for name in ("id", "nama", "wilayah", "pemilik", "anggaran", "contoh")]
    where = (_within(p.c.wilayah, scope), p.c.tahun == year, p.c.status != "batal")
    return [dict(row) for row in connection.execute(select(*columns).where(*where).order_by(p.c.id)).mappings()]
