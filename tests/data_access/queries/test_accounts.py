"""Reads about users, sessions and failures."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data_access.commands import accounts as commands
from data_access.engine import reading, writing
from data_access.queries import accounts as queries
from domain.permissions import Scope

NOW = datetime(2025, 5, 22, 3, 0, tzinfo=UTC)
PAGI = {"nama": "Uji", "peran": "operator", "dibuat_pada": NOW}


@pytest.fixture
def ids(fresh_db: Path) -> dict[str, int]:
    where = {"nasional": None, "jateng": "33", "magelang": "33.71", "kec": "33.71.01", "sleman": "34.04"}
    with writing() as connection:
        return {
            name: commands.add_user(connection, PAGI | {"nama_pengguna": name, "wilayah": kode})
            for name, kode in where.items()
        }


@pytest.mark.parametrize(
    ("root", "seen"),
    [
        (None, ["admin", "jateng", "kec", "magelang", "nasional", "sleman"]),
        ("33", ["jateng", "kec", "magelang"]),
        ("33.71", ["kec", "magelang"]),
        ("34", ["sleman"]),
    ],
)
def test_users_end_at_the_scope(ids: dict[str, int], root: str | None, seen: list[str]) -> None:
    with reading() as connection:
        frame = queries.users(connection, Scope(root))
    assert list(frame["nama_pengguna"]) == seen
    assert "sandi" not in frame.columns


def test_a_session_is_live_until_it_ends_is_revoked_or_the_account_is_off(ids: dict[str, int]) -> None:
    def live(at: datetime = NOW) -> bool:
        with reading() as connection:
            return queries.by_session(connection, "sidik", at) is not None

    with writing() as connection:
        commands.open_session(connection, "sidik", ids["magelang"], NOW, 12)
    assert live() and live(NOW + timedelta(hours=12, seconds=-1))
    assert not live(NOW + timedelta(hours=12))
    with writing() as connection:
        commands.change_user(connection, ids["magelang"], None, {"aktif": False})
    assert not live()
    with writing() as connection:
        commands.change_user(connection, ids["magelang"], None, {"aktif": True})
    assert live()
    with writing() as connection:
        commands.revoke_session(connection, "sidik", NOW)
    assert not live()


def test_failures_are_counted_by_user_address_and_time(fresh_db: Path) -> None:
    with writing() as connection:
        for user, address, minutes in (("a", "1", 0), ("a", "2", 1), ("b", "1", 2), ("b", "1", 30)):
            commands.note_failure(connection, user, address, NOW - timedelta(minutes=minutes))
    since = NOW - timedelta(minutes=15)
    with reading() as connection:
        assert queries.failures(connection, since) == 3
        assert queries.failures(connection, since, user_digest="a") == 2
        assert queries.failures(connection, since, address="1") == 2
        assert queries.failures(connection, since, user_digest="a", address="1") == 1


def test_sample_and_regional_admins_do_not_count_as_the_last_one(ids: dict[str, int]) -> None:
    with writing() as connection:
        admin = {"peran": "admin", "nama": "Uji", "dibuat_pada": NOW}
        commands.add_user(connection, admin | {"nama_pengguna": "contoh.admin", "contoh": True})
        commands.add_user(connection, admin | {"nama_pengguna": "admin.jateng", "wilayah": "33"})
        commands.add_user(connection, admin | {"nama_pengguna": "admin.mati", "aktif": False})
        assert queries.count_active_admins(connection) == 1
        assert queries.count_real_users(connection) == 8


def test_one_user_comes_without_the_password_hash(ids: dict[str, int]) -> None:
    with reading() as connection:
        found = queries.by_id(connection, ids["sleman"])
        assert found is not None and found["nama_pengguna"] == "sleman" and "sandi" not in found
        assert queries.by_id(connection, 10**6) is None and queries.by_username(connection, "SLEMAN") is None
