"""Writes of office identities; a version is added, never changed. The commit is the caller's."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert

from data_access.tables_dokumen import identitas_kantor


def add(connection: Connection, values: Mapping[str, Any]) -> int:
    """Stores a version and returns its id."""
    statement = insert(identitas_kantor).values(**values).returning(identitas_kantor.c.id)
    return int(connection.execute(statement).scalar_one())
