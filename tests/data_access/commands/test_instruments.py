"""Writes of instruments: a draft at its version, a published one never."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from data_access.commands import instruments as commands
from data_access.engine import reading, writing
from data_access.queries import instruments as queries
from domain.permissions import Scope

NOW = datetime(2026, 5, 22, tzinfo=UTC)
EVERYWHERE = Scope(None)


@pytest.fixture
def draft(fresh_db: Path) -> tuple[int, int]:
    """(instrument, version) of a new draft."""
    with writing() as connection:
        head = {"kode": "uji", "judul": "Uji", "jenis": "rtl", "wilayah": "33.71", "dibuat_pada": NOW}
        number = commands.add(connection, head)
        body = {"instrumen_id": number, "nomor": 1, "definisi": {"kode": "uji"}, "sidik": "satu", "terbit_pada": None}
        return number, commands.add_version(connection, body)


def test_a_draft_changes_at_the_version_that_was_seen(draft: tuple[int, int]) -> None:
    _, version_id = draft
    with writing() as connection:
        assert commands.change_draft(connection, version_id, 1, {"kode": "dua"}, "dua")
        assert not commands.change_draft(connection, version_id, 1, {"kode": "tiga"}, "tiga")
    with reading() as connection:
        row = queries.version(connection, EVERYWHERE, version_id)
    assert row is not None and (row["definisi"], row["sidik"], row["versi"]) == ({"kode": "dua"}, "dua", 2)


def test_publishing_is_for_good(draft: tuple[int, int]) -> None:
    number, version_id = draft
    with writing() as connection:
        assert commands.publish(connection, version_id, 1, "sidik", NOW)
    with writing() as connection:
        for version in (1, 2):
            assert not commands.publish(connection, version_id, version, "lain", NOW)
            assert not commands.change_draft(connection, version_id, version, {}, "lain")
            assert not commands.remove_draft(connection, version_id, version)
        commands.remove(connection, number)
    with reading() as connection:
        row = queries.version(connection, EVERYWHERE, version_id)
    assert row is not None and (row["sidik"], row["terbit_pada"]) == ("sidik", NOW)


def test_a_draft_goes_and_its_instrument_after_it(draft: tuple[int, int]) -> None:
    number, version_id = draft
    with writing() as connection:
        assert not commands.remove_draft(connection, version_id, 7)
        assert commands.remove_draft(connection, version_id, 1)
        commands.remove(connection, number)
    with reading() as connection:
        assert queries.instrument(connection, EVERYWHERE, number) is None


def test_the_head_changes_at_its_version(draft: tuple[int, int]) -> None:
    number, _ = draft
    with writing() as connection:
        assert commands.change(connection, number, 1, {"judul": "Baru"})
        assert not commands.change(connection, number, 1, {"judul": "Lain"})
    with reading() as connection:
        row = queries.instrument(connection, EVERYWHERE, number)
    assert row is not None and (row["judul"], row["versi"]) == ("Baru", 2)
