"""A batch is closed once."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from data_access.commands import importing as commands
from data_access.engine import reading, writing
from data_access.queries.importing import batch

NOW = datetime(2026, 11, 21, tzinfo=UTC)
VALUES: dict[str, Any] = {
    "berkas": "uji.xlsx", "sidik_berkas": "x", "token": "t", "wilayah": None, "baru": 0, "berubah": 0, "sama": 0,
    "ditolak": 0, "pada": NOW, "oleh": "uji",
}  # fmt: skip


def test_a_batch_is_taken_back_once(fresh_db: Path) -> None:
    with writing() as connection:
        one = commands.add_batch(connection, VALUES)
        other = commands.add_batch(connection, VALUES | {"token": "u"})
        commands.add_rows(connection, [])
    with writing() as connection:
        assert commands.close_batch(connection, one, NOW, "penutup") is True
        assert commands.close_batch(connection, one, NOW, "lain") is False
        assert commands.close_batch(connection, 999, NOW, "lain") is False
    with reading() as connection:
        closed, open_ = batch(connection, one), batch(connection, other)
    assert closed is not None and open_ is not None
    assert (closed["dibatalkan_pada"], closed["dibatalkan_oleh"]) == (NOW, "penutup")
    assert open_["dibatalkan_pada"] is None


def test_a_token_makes_one_batch(fresh_db: Path) -> None:
    with writing() as connection:
        commands.add_batch(connection, VALUES)
    with pytest.raises(IntegrityError), writing() as connection:
        commands.add_batch(connection, VALUES)
