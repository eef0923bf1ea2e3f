"""Writes of meetings and actions; the commit and the audit row are the caller's."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, update

from data_access import tables_rapat
from data_access.commands import bulk


def _table(name: str) -> Table:
    found = getattr(tables_rapat, name)
    assert isinstance(found, Table)
    return found


def add(connection: Connection, table: str, values: Mapping[str, Any]) -> int:
    """Stores one row of a table of meetings and returns its id."""
    key = connection.execute(insert(_table(table)).values(**values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def add_many(connection: Connection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Stores many rows."""
    bulk.add_rows(connection, _table(table), rows)


def change(connection: Connection, table: str, row_id: int, version: int, values: Mapping[str, Any]) -> bool:
    """Changes a row that is still at `version`; False when it moved on."""
    of = _table(table)
    where = (of.c.id == row_id, of.c.versi == version)
    return connection.execute(update(of).where(*where).values(**values, versi=version + 1)).rowcount == 1


def change_attendee(connection: Connection, rapat_id: int, row_id: int, values: Mapping[str, Any]) -> bool:
    """Changes a line of a meeting's attendance list; False when it is not there."""
    of = tables_rapat.rapat_hadir
    where = (of.c.id == row_id, of.c.rapat_id == rapat_id)
    return connection.execute(update(of).where(*where).values(**values)).rowcount == 1


def place(connection: Connection, rapat_id: int, order: Sequence[int]) -> None:
    """Puts the agenda items of a meeting into an order of ids."""
    of = tables_rapat.rapat_butir
    for number, item_id in enumerate(order, 1):
        where = (of.c.id == item_id, of.c.rapat_id == rapat_id)
        connection.execute(update(of).where(*where).values(urutan=number))


def remove(connection: Connection, table: str, row_id: int) -> None:
    """Deletes a row; what belongs to it goes with it."""
    of = _table(table)
    connection.execute(delete(of).where(of.c.id == row_id))


def remove_many(connection: Connection, table: str, ids: Sequence[int]) -> None:
    """Deletes rows by id."""
    for row_id in ids:
        remove(connection, table, row_id)
