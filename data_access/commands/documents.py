"""Writes of issued documents; the commit is the caller's."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert

from data_access.tables_dokumen import dokumen


def add(connection: Connection, values: Mapping[str, Any]) -> int:
    """Stores an issued document and returns its id."""
    return int(connection.execute(insert(dokumen).values(**values).returning(dokumen.c.id)).scalar_one())
