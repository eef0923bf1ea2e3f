"""Rows for tests of the register: stored the one way rows are stored, at a moment of the test's choosing."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from data_access.commands import lks, trail
from data_access.engine import reading, writing
from data_access.queries import records
from domain.permissions import COMMAND_LINE, Scope

STORED = datetime(2026, 1, 5, 3, tzinfo=UTC)
LEGAL = {"hukum": "berbadan_hukum", "aktif": "aktif"}


def lks_row(nama: str, kode_wilayah: str, **fields: Any) -> dict[str, Any]:
    """A flat record with the two things every LKS has."""
    return {"nama": nama, "kode_wilayah": kode_wilayah, **fields}


def store(*rows: Mapping[str, Any], at: datetime = STORED, contoh: bool = False) -> list[int]:
    """Stores records, raises the revision, and returns the ids."""
    with writing() as connection:
        trail.bump(connection, "register")
        return lks.add(connection, [dict(row) for row in rows], at=at, by=COMMAND_LINE, contoh=contoh)


def edit(lks_id: int, at: datetime, **fields: Any) -> None:
    """Changes one LKS at a moment."""
    with writing() as connection:
        trail.bump(connection, "register")
        before = records.by_ids(connection, Scope(None), [lks_id])[lks_id]
        assert lks.change(connection, [lks.Change(before, fields)], at=at, by=COMMAND_LINE) == []


def archive(lks_id: int, at: datetime = STORED) -> None:
    """Archives one LKS."""
    with reading() as connection:
        version = records.by_ids(connection, Scope(None), [lks_id])[lks_id]["versi"]
    with writing() as connection:
        trail.bump(connection, "register")
        assert lks.archive(connection, lks_id, version, at=at, reason="uji", into=None)
