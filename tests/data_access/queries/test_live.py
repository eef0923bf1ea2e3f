"""The stamp moves with answers, events and names of LKS; nothing else is counted into an event."""

from pathlib import Path

import pytest

from data_access.commands import trail
from data_access.engine import reading, writing
from data_access.queries import live as queries
from tests.bimtek_rows import store_event

_MOVES = [("jawaban", True), ("kegiatan", True), ("register", True), ("pengguna", False)]


@pytest.mark.parametrize(("subject", "moves"), _MOVES)
def test_the_stamp_moves_with_what_the_screens_show(fresh_db: Path, subject: str, moves: bool) -> None:
    with reading() as c:
        before = queries.stamp(c)
    with writing() as c:
        trail.bump(c, subject)
    with reading() as c:
        assert (queries.stamp(c) != before) is moves


def test_answers_leave_the_part_of_the_stamp_that_rosters_hang_on(fresh_db: Path) -> None:
    with reading() as c:
        before = queries.stamp(c)
    with writing() as c:
        trail.bump(c, "jawaban")
    with reading() as c:
        answered = queries.stamp(c)
    with writing() as c:
        trail.bump(c, "kegiatan")
    with reading() as c:
        moved = queries.stamp(c)
    assert queries.without_answers(before) == queries.without_answers(answered) != queries.without_answers(moved)
    assert len({before, answered, moved}) == 3


def test_an_event_without_answers_has_none(fresh_db: Path) -> None:
    event = store_event()
    with reading() as c:
        assert queries.counted(c, event.event_id) == {} == queries.answered(c, event.event_id)
        assert queries.waiting(c, event.event_id) == [] == queries.conflicts(c, event.event_id)
        assert [row["fase"] for row in queries.forms(c, event.event_id)] == ["pre", "post", "penyelenggaraan"]
        assert queries.definition(c, 0) is None and queries.known_keys(c, ["x"]) == set()
