"""Writes of an import batch: what it did to which LKS, so that it can be taken back later."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, update

from data_access.commands import bulk
from data_access.tables import impor_baris, impor_batch


def add_batch(connection: Connection, values: Mapping[str, Any]) -> int:
    """Stores a batch and returns its id."""
    return connection.execute(insert(impor_batch).values(**values).returning(impor_batch.c.id)).scalar_one()


def add_rows(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Stores what a batch did, one row per LKS."""
    bulk.add_rows(connection, impor_baris, rows)


def close_batch(connection: Connection, batch_id: int, at: datetime, by: str) -> bool:
    """Marks a batch as taken back; False when it was already."""
    where = (impor_batch.c.id == batch_id, impor_batch.c.dibatalkan_pada.is_(None))
    return (
        connection.execute(update(impor_batch).where(*where).values(dibatalkan_pada=at, dibatalkan_oleh=by)).rowcount
        == 1
    )
