"""What a write leaves behind: revisions, audit rows as plain JSON, and tokens that work once."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from data_access.commands import trail
from data_access.engine import reading, writing
from data_access.queries.state import revision, state
from data_access.tables import audit, keadaan, permintaan
from domain.errors import AlreadyDone
from domain.permissions import Actor

NOW = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)


def test_plain_makes_json_of_what_services_hand_over() -> None:
    value = {"tanggal": date(2026, 1, 2), "pada": NOW, 3: ("b", "a"), "himpunan": {"b", "a"}, "nol": 0, "kosong": None}
    assert trail.plain(value) == {
        "tanggal": "2026-01-02",
        "pada": "2026-11-21T08:30:00+00:00",
        "3": ["b", "a"],
        "himpunan": ["a", "b"],
        "nol": 0,
        "kosong": None,
    }


def test_a_bump_raises_each_subject_by_one_and_no_other(fresh_db: Path) -> None:
    with reading() as connection:
        before = {subject: revision(connection, subject) for subject in ("register", "pengguna", "baru")}
    with writing() as connection:
        trail.bump(connection, "register", "baru")
    with writing() as connection:
        trail.bump(connection, "baru")
    with reading() as connection:
        assert revision(connection, "register") == before["register"] + 1
        assert revision(connection, "pengguna") == before["pengguna"]
        assert revision(connection, "baru") == 2


def test_a_bump_of_a_failed_write_does_not_count(fresh_db: Path) -> None:
    with pytest.raises(ZeroDivisionError), writing() as connection:
        trail.bump(connection, "baru")
        raise ZeroDivisionError
    with reading() as connection:
        assert revision(connection, "baru") == 0


def test_an_audit_row_tells_who_what_where_and_why(fresh_db: Path, actor: Callable[..., Actor]) -> None:
    by = actor("operator", "33.71", 7)
    row = trail.audit_row(
        by, NOW, "ubah", "lks", 12, wilayah="33.71", before={"a": date(2020, 1, 1)}, after={"a": None}, reason="Uji"
    )
    with writing() as connection:
        trail.record(connection, row)
        trail.record(connection, [])
        trail.record(connection, [trail.audit_row(by, NOW, "lihat", "lks"), trail.audit_row(by, NOW, "lihat", "lks")])
    with reading() as connection:
        stored = connection.execute(select(audit).where(audit.c.aksi == "ubah")).mappings().one()
        others = connection.execute(select(audit).where(audit.c.aksi == "lihat")).mappings().all()
    assert {name: stored[name] for name in row} == {
        "pada": NOW,
        "pelaku_id": 7,
        "pelaku": "uji.operator",
        "aksi": "ubah",
        "objek": "lks",
        "objek_id": "12",
        "wilayah": "33.71",
        "sebelum": {"a": "2020-01-01"},
        "sesudah": {"a": None},
        "alasan": "Uji",
    }
    assert [(row["objek_id"], row["sebelum"], row["alasan"]) for row in others] == [(None, None, None)] * 2


def test_a_token_works_once(fresh_db: Path) -> None:
    with writing() as connection:
        trail.claim(connection, "t-1", "impor", NOW)
    with pytest.raises(AlreadyDone), writing() as connection:
        trail.claim(connection, "t-1", "lain", NOW)
    with writing() as connection:
        trail.claim(connection, "t-2", "impor", NOW)
    with reading() as connection:
        assert connection.execute(select(permintaan.c.token, permintaan.c.aksi).order_by("token")).all() == [
            ("t-1", "impor"),
            ("t-2", "impor"),
        ]


def test_a_token_of_a_failed_write_may_be_used_again(fresh_db: Path) -> None:
    with pytest.raises(ZeroDivisionError), writing() as connection:
        trail.claim(connection, "t-1", "impor", NOW)
        raise ZeroDivisionError
    with writing() as connection:
        trail.claim(connection, "t-1", "impor", NOW)


def test_a_fact_replaces_the_one_before(fresh_db: Path) -> None:
    with writing() as connection:
        trail.set_state(connection, "uji", "1")
        trail.set_state(connection, "uji", "2")
    with reading() as connection:
        assert state(connection, "uji") == "2"
        assert state(connection, "lain") is None
        rows = select(func.count()).select_from(keadaan).where(keadaan.c.kunci == "uji")
        assert connection.execute(rows).scalar_one() == 1
