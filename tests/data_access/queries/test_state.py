"""Revisions start at 0, and facts that were never set are None."""

from pathlib import Path

from data_access.commands import trail
from data_access.engine import reading, writing
from data_access.queries.state import revision, state


def test_nothing_written_yet(fresh_db: Path) -> None:
    with reading() as connection:
        assert revision(connection, "belum") == 0
        assert state(connection, "belum") is None


def test_each_subject_counts_for_itself(fresh_db: Path) -> None:
    with writing() as connection:
        trail.bump(connection, "a", "b")
        trail.bump(connection, "a")
        trail.set_state(connection, "kunci", "nilai")
    with reading() as connection:
        assert (revision(connection, "a"), revision(connection, "b")) == (2, 1)
        assert state(connection, "kunci") == "nilai"
