"""Writes about users and sessions: versions, revocation, and what is forgotten in passing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from data_access import tables
from data_access.commands import accounts as commands
from data_access.engine import reading, writing
from data_access.queries import accounts as queries
from domain.errors import StoreRefused

NOW = datetime(2025, 5, 22, 3, 0, tzinfo=UTC)
VALUES = {"nama_pengguna": "sari", "nama": "Uji", "peran": "operator", "dibuat_pada": NOW}


def count(table: str) -> int:
    with reading() as connection:
        return connection.execute(select(func.count()).select_from(tables.metadata.tables[table])).scalar_one()


def test_a_change_needs_the_version_that_was_read(fresh_db: Path) -> None:
    with writing() as connection:
        user_id = commands.add_user(connection, VALUES)
        assert commands.change_user(connection, user_id, 1, {"nama": "Satu"})
        assert not commands.change_user(connection, user_id, 1, {"nama": "Dua"})
        assert commands.change_user(connection, user_id, None, {"nama": "Tiga"})
        found = queries.by_id(connection, user_id)
    assert found is not None and (found["nama"], found["versi"]) == ("Tiga", 3)


@pytest.mark.parametrize("wrong", [{"peran": "raja"}, {"nama": None}, {"wilayah": "99"}])
def test_the_schema_refuses_nonsense(fresh_db: Path, wrong: dict[str, str | None]) -> None:
    before = count("pengguna")
    with pytest.raises((IntegrityError, StoreRefused)), writing() as connection:
        commands.add_user(connection, VALUES | wrong)
    assert count("pengguna") == before


def test_a_name_is_given_once(fresh_db: Path) -> None:
    with writing() as connection:
        commands.add_user(connection, VALUES)
    with pytest.raises((IntegrityError, StoreRefused)), writing() as connection:
        commands.add_user(connection, VALUES)


def test_revoking_a_user_leaves_the_others_signed_in(fresh_db: Path) -> None:
    with writing() as connection:
        sari = commands.add_user(connection, VALUES)
        tono = commands.add_user(connection, VALUES | {"nama_pengguna": "tono"})
        for digest, user_id in (("s1", sari), ("s2", sari), ("t1", tono)):
            commands.open_session(connection, digest, user_id, NOW, 12)
        commands.revoke_user(connection, sari, NOW)
    with reading() as connection:
        live = [digest for digest in ("s1", "s2", "t1") if queries.by_session(connection, digest, NOW)]
    assert live == ["t1"]


def test_old_sessions_and_failures_are_forgotten(fresh_db: Path) -> None:
    with writing() as connection:
        sari = commands.add_user(connection, VALUES)
        commands.open_session(connection, "lama", sari, NOW - timedelta(days=40), 12)
        commands.open_session(connection, "baru", sari, NOW, 12)
        commands.note_failure(connection, "u", "a", NOW - timedelta(days=2))
        commands.note_failure(connection, "u", "a", NOW)
    assert (count("sesi"), count("gagal_masuk")) == (1, 1)


def test_removing_the_sample_takes_sessions_along_and_nobody_else(fresh_db: Path) -> None:
    with writing() as connection:
        real = commands.add_user(connection, VALUES)
        sample = commands.add_user(connection, VALUES | {"nama_pengguna": "contoh", "contoh": True})
        commands.open_session(connection, "contoh", sample, NOW, 12)
        commands.open_session(connection, "nyata", real, NOW, 12)
        assert commands.remove_sample_users(connection) == 1
    assert (count("pengguna"), count("sesi")) == (2, 1)
