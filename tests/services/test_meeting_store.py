"""One write to a meeting: the revision is raised, the token taken once, and a real meeting closes the sample roles."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from data_access.engine import reading
from data_access.queries import state
from domain.errors import NotFound, NotPermitted
from domain.permissions import Actor
from services import meetings, samples
from services.accounts import SAMPLE_CLOSED
from services.meeting_store import changing, overdue_first
from tests.rapat_rows import RAKOR

Make = Callable[..., Actor]


def revision() -> int:
    with reading() as connection:
        return state.revision(connection, "rapat")


def test_a_write_raises_the_revision_and_a_refused_one_does_not(fresh_db: Path, actor: Make) -> None:
    by, before = actor("lkks", "33.71"), revision()
    rapat_id = meetings.create(by, RAKOR, "t1")
    assert revision() == before + 1
    with pytest.raises(NotFound), changing(actor("lkks", "33"), rapat_id, None, "t2", "uji"):
        raise AssertionError("the block of a meeting of somebody else runs")
    with pytest.raises(NotPermitted), changing(actor("operator", "33.71"), rapat_id, None, "t3", "uji"):
        raise AssertionError("an operator runs no meeting")
    assert revision() == before + 1


def test_a_real_meeting_closes_the_sample_roles_and_a_tried_one_does_not(seeded_db: Path, actor: Make) -> None:
    def closed() -> bool:
        with reading() as connection:
            return state.state(connection, SAMPLE_CLOSED) is not None

    assert samples.loaded()
    trying = Actor(None, "contoh.lkks", "Contoh", actor("lkks").role, actor("lkks", "33.71").scope, contoh=True)
    meetings.create(trying, RAKOR, "t1")
    assert not closed()
    meetings.create(actor("lkks", "33.71"), RAKOR, "t2")
    assert closed()


def test_open_actions_are_read_out_overdue_first() -> None:
    today = date(2026, 11, 20)
    rows = [
        {"id": 1, "status": "belum", "tenggat": None},
        {"id": 2, "status": "belum", "tenggat": date(2026, 12, 1)},
        {"id": 3, "status": "proses", "tenggat": date(2026, 11, 1)},
    ]
    assert [(row["id"], row["keadaan"]) for row in overdue_first(rows, today)] == [
        (3, "terlambat"),
        (2, "belum"),
        (1, "belum"),
    ]
