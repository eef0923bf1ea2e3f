"""Writes that only the sample events need: rows of the Bimtek tables as they are."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert

from data_access import tables_bimtek
from data_access.commands import bulk


def _table(name: str) -> Table:
    found = getattr(tables_bimtek, name)
    assert isinstance(found, Table)
    return found


def add(connection: Connection, table: str, values: Mapping[str, Any]) -> int:
    """Stores one row and returns the first part of its key."""
    key = connection.execute(insert(_table(table)).values(**values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def add_many(connection: Connection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Stores many rows."""
    bulk.add_rows(connection, _table(table), rows)
