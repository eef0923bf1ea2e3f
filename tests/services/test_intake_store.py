"""Groups of requests in one transaction: what is decided when several of them concern the same person or key."""

import random
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from data_access import engine
from data_access.tables_bimtek import kiriman, kiriman_konflik, pengisian
from domain.errors import PilarError, SignInRefused
from services import intake, intake_store
from tests import bimtek_rows
from tests.bimtek_rows import Stored

RIGHT = {f"P{number}": "b" for number in range(1, 5)}


@pytest.fixture
def event(fresh_db: Path) -> Stored:
    return bimtek_rows.store_event()


def rows(table: Any = kiriman) -> list[dict[str, Any]]:
    with engine.reading() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]


def key() -> str:
    return str(uuid.uuid4())


def jobs(event: Stored, sent: Sequence[tuple[int, str, dict[str, str]]], phase: str = "pre") -> list[intake.Job]:
    return [
        intake.Job(event.links[phase], "10.0.0.1", code=event.codes[person], kunci=kunci, values=values)
        for person, kunci, values in sent
    ]


def test_a_group_decides_one_after_the_other(event: Stored) -> None:
    """One transaction with everything in it: a repetition, a second key, a changed body, a wrong code, a wrong item."""
    one, two, three = key(), key(), key()
    group = jobs(
        event,
        [
            (0, one, RIGHT),
            (0, one, RIGHT),
            (0, two, RIGHT | {"P1": "a"}),
            (1, one, RIGHT),
            (1, three, RIGHT | {"P2": "z"}),
            (2, key(), RIGHT),
        ],
        "post",
    )
    wrong = intake.Job(event.links["post"], "10.0.0.9", code="ABCDEFGH", kunci=key(), values=RIGHT)
    found = intake_store.carry_out([*group, wrong])
    assert found[0] == found[1] and isinstance(found[0], intake.Receipt) and not found[0].revisi
    assert isinstance(found[2], intake.Receipt) and found[2].revisi
    assert [getattr(outcome, "code", None) for outcome in found[3:5]] == ["kunci_sudah_dipakai", "isian_ditolak"]
    assert isinstance(found[5], intake.Receipt) and isinstance(found[6], SignInRefused)
    assert [(row["kunci"], row["keadaan"]) for row in rows()][:2] == [(one, "revisi"), (two, "terhitung")]
    assert len(rows()) == 3 and len(rows(kiriman_konflik)) == 1


def test_an_anonymous_group_leaves_no_order_to_read(fresh_db: Path) -> None:
    crowd = bimtek_rows.store_event(people=[(f"Peserta Contoh {n}", "lks", "LKS Contoh") for n in range(40)])
    arrival = random.Random(7).sample(range(40), 40)
    group = jobs(crowd, [(n, key(), {"S1": 1 + n % 4}) for n in arrival], "penyelenggaraan")  # type: ignore[dict-item]  # a scale
    for alone in group[:20]:  # phones mostly commit alone
        assert isinstance(intake_store.carry_out([alone])[0], intake.Receipt)
    assert all(isinstance(outcome, intake.Receipt) for outcome in intake_store.carry_out(group[20:]))
    with engine.reading() as connection:
        order = [row.peserta_id for row in connection.exec_driver_sql("SELECT * FROM pengisian")]
        if connection.dialect.name == "sqlite":
            columns = (
                connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'pengisian'").scalar() or ""
            )
            assert order == crowd.people and "WITHOUT ROWID" in columns, "kept by key, whoever came first"
    assert sorted(order) == crowd.people and order != [crowd.people[n] for n in arrival]
    again = intake_store.carry_out(jobs(crowd, [(0, key(), {"S1": "2"})], "penyelenggaraan"))
    assert [outcome.code for outcome in again] == ["sudah_mengisi"] and len(rows(pengisian)) == 40


def test_a_constraint_met_at_the_same_instant_makes_each_try_alone(
    event: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when another process stores the same key between our look and our insert (PostgreSQL)."""
    known = key()
    intake_store.carry_out(jobs(event, [(0, known, RIGHT)]))
    real, calls = intake_store.queries.by_key, []

    def blind(connection: Any, keys: Any) -> Any:
        calls.append(len(list(keys)))
        return {} if len(calls) <= 2 else real(connection, keys)

    monkeypatch.setattr(intake_store.queries, "by_key", blind)
    found = intake_store.carry_out(jobs(event, [(0, known, RIGHT), (1, key(), RIGHT), (2, key(), RIGHT)]))
    assert [type(outcome).__name__ for outcome in found] == ["Receipt"] * 3
    assert calls[0] == 3 and len(rows()) == 3


def test_one_persons_submissions_have_an_end(event: Stored, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake_store, "MOST_PER_PERSON", 3)
    found = intake_store.carry_out(jobs(event, [(0, key(), RIGHT) for _ in range(5)]))
    assert [isinstance(outcome, PilarError) for outcome in found] == [False] * 3 + [True] * 2
    assert len(rows()) == 3


@pytest.mark.parametrize(("zone", "text"), [("WIB", "23.31 WIB"), ("WITA", "00.31 WITA"), ("WIT", "01.31 WIT")])
def test_times_are_told_in_the_events_zone(zone: str, text: str) -> None:
    assert intake_store.clock_text(datetime(2026, 5, 22, 16, 31, tzinfo=UTC), zone) == text


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"aktif": True}, 1),
        ({"aktif": False}, None),
        ({"kegiatan_id": 9}, None),
        ({"aktif": False, "digabung_ke": 2}, 2),
    ],
)
def test_a_merged_row_leads_on_and_a_circle_ends(row: dict[str, Any], found: int | None) -> None:
    one = {"id": 1, "kegiatan_id": 5, "nama": "A", "jenis": "lks", "aktif": True, "digabung_ke": None}
    one |= {"kode_sidik": "abcdef012345ff"}
    people = {1: one | row, 2: one | {"id": 2}, 3: one | {"id": 3, "aktif": False, "digabung_ke": 3}}
    person = intake_store.active(people.get, 1, 5)
    assert (person.id if person else None) == found
    assert intake_store.active(people.get, 3, 5) is None and intake_store.active(people.get, 4, 5) is None
    marked = intake_store.active(people.get, 2, 5, "abcdef012345")
    assert marked is not None and marked.mark == "abcdef012345"
    assert intake_store.active(people.get, 2, 5, "kode-lama") is None, "signed for a code that was replaced"
