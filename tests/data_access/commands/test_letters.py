"""Writes of letters: once at a version; the store refuses an issued letter without number."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from data_access.commands import letters as commands
from data_access.engine import reading, writing
from data_access.queries import letters as queries
from domain.permissions import Scope
from tests.lkks_rows import a_letter, an_lkks, an_lks


def test_a_letter_changes_once_at_its_version(fresh_db: Path) -> None:
    letter = a_letter(an_lkks("33.71"), an_lks("33.71", "LKS A"))
    issued = {"status": "diterbitkan", "nomor": "1", "tanggal": date(2026, 10, 5)}
    with writing() as connection:
        assert commands.change(connection, letter, 1, issued)
        assert not commands.change(connection, letter, 1, {"nomor": "2"})
    with reading() as connection:
        found = queries.one(connection, Scope(None), letter)
        assert found is not None and (found["nomor"], found["versi"]) == ("1", 2)


def test_an_issued_letter_without_a_number_is_refused_by_the_store(fresh_db: Path) -> None:
    letter = a_letter(an_lkks("33.71"), an_lks("33.71", "LKS A"))
    with pytest.raises(IntegrityError), writing() as connection:
        commands.change(connection, letter, 1, {"status": "diterbitkan"})
