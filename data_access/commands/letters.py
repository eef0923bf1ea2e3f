"""Writes of recommendation letters; the commit is the caller's."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, update

from data_access.tables_lkks import surat_rekomendasi as _s


def add(connection: Connection, values: Mapping[str, Any]) -> int:
    """Stores a letter and returns its id."""
    return int(connection.execute(insert(_s).values(**values).returning(_s.c.id)).scalar_one())


def change(connection: Connection, letter_id: int, version: int, values: Mapping[str, Any]) -> bool:
    """Changes a letter that is still at `version`; False when somebody was quicker."""
    where = (_s.c.id == letter_id, _s.c.versi == version)
    return connection.execute(update(_s).where(*where).values(**values, versi=version + 1)).rowcount == 1
