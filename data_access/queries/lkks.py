"""Reads of the LKKS: profiles, fields of work, officers and partnerships, each cut down to the reader's region."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, or_, select

from data_access.tables_lkks import kemitraan, lkks, lkks_bidang, lkks_pengurus
from domain.permissions import Scope

Row = dict[str, Any]


def covered(scope: Scope, column: ColumnElement[str]) -> ColumnElement[bool]:
    """The condition that a region's code lies in the scope; "" (national) only in the whole country."""
    if scope.root is None:
        return and_(True)
    return or_(column == scope.root, column.startswith(scope.root + ".", autoescape=True))


def _rows(connection: Connection, query: Select[Any]) -> list[Row]:
    return [dict(row) for row in connection.execute(query).mappings()]


def listed(connection: Connection, scope: Scope) -> list[Row]:
    """Every LKKS of the scope, by the code of its region."""
    return _rows(connection, select(lkks).where(covered(scope, lkks.c.wilayah)).order_by(lkks.c.wilayah))


def one(connection: Connection, scope: Scope, wilayah: str) -> Row | None:
    """The LKKS of a region; None when there is none in the scope."""
    query = select(lkks).where(lkks.c.wilayah == wilayah, covered(scope, lkks.c.wilayah))
    row = connection.execute(query).mappings().first()
    return dict(row) if row else None


def _of(table: Table, scope: Scope, lkks_id: int) -> Select[Any]:
    joined = select(table).join(lkks, lkks.c.id == table.c.lkks_id)
    return joined.where(table.c.lkks_id == lkks_id, covered(scope, lkks.c.wilayah))


def fields_of_work(connection: Connection, scope: Scope, lkks_id: int) -> list[Row]:
    """The bidang of an LKKS in their order."""
    return _rows(connection, _of(lkks_bidang, scope, lkks_id).order_by(lkks_bidang.c.urutan, lkks_bidang.c.id))


def officers(connection: Connection, scope: Scope, lkks_id: int) -> list[Row]:
    """The officers of an LKKS in their order, each with the name of its bidang."""
    query = _of(lkks_pengurus, scope, lkks_id).add_columns(lkks_bidang.c.nama.label("bidang"))
    query = query.outerjoin(lkks_bidang, lkks_bidang.c.id == lkks_pengurus.c.bidang_id)
    return _rows(connection, query.order_by(lkks_pengurus.c.urutan, lkks_pengurus.c.id))


def partnerships(connection: Connection, scope: Scope, lkks_id: int) -> list[Row]:
    """The partnerships of an LKKS, newest first."""
    return _rows(connection, _of(kemitraan, scope, lkks_id).order_by(kemitraan.c.tanggal.desc(), kemitraan.c.id.desc()))


def partnership(connection: Connection, scope: Scope, partnership_id: int) -> Row | None:
    """One partnership with `wilayah`, the region of its LKKS; None when it does not lie in the scope."""
    query = select(kemitraan, lkks.c.wilayah).join(lkks, lkks.c.id == kemitraan.c.lkks_id)
    found = query.where(kemitraan.c.id == partnership_id, covered(scope, lkks.c.wilayah))
    row = connection.execute(found).mappings().first()
    return dict(row) if row else None
