"""Writes of pilar lists: only whole new versions; what stands is never changed."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert

from data_access.queries.pilar import LIST
from data_access.tables import referensi


def add(connection: Connection, wilayah: str, versi: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Stores the entries of a new version of a region's list, in their order."""
    fixed = {"daftar": LIST, "wilayah": wilayah, "versi": versi}
    connection.execute(insert(referensi), [{**row, **fixed, "urutan": n} for n, row in enumerate(rows, 1)])
