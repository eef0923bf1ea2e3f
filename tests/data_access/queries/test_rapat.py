"""Reads of meetings are narrowed: to a region and below for an office, to exactly its own for an LKKS."""

from collections.abc import Callable
from pathlib import Path

import pytest

from data_access.engine import reading
from data_access.queries import rapat as queries
from domain.permissions import Actor, Scope
from services import actions, meetings
from tests.rapat_rows import RAKOR, TODAY

Make = Callable[..., Actor]


@pytest.fixture
def ids(fresh_db: Path, actor: Make) -> dict[str, int]:
    """A meeting and an action each of the province, of one of its cities, of a look-alike code and of the nation."""
    by, found = actor("admin"), {}
    for place in ("33", "33.71", "33.74", ""):
        found[place] = meetings.create(by, RAKOR | {"wilayah": place}, f"r{place}")
        actions.add(by, {"jenis": "tugas", "apa": place or "nasional", "wilayah_rapat": place}, f"a{place}")
    return found


@pytest.mark.parametrize(
    ("root", "own", "seen"),
    [
        ("33", False, {"33", "33.71", "33.74"}),
        ("33", True, {"33"}),
        ("33.71", False, {"33.71"}),
        (None, False, {"33", "33.71", "33.74", ""}),
        (None, True, {""}),
        ("52", False, set()),
    ],
)
def test_who_sees_what(root: str | None, own: bool, seen: set[str], ids: dict[str, int]) -> None:
    scope = Scope(root)
    with reading() as connection:
        assert set(queries.listed(connection, scope, own)["wilayah"]) == seen
        assert {row["wilayah_rapat"] for row in queries.actions(connection, scope, own)} == seen
        for place, rapat_id in ids.items():
            asked = (connection, scope, own, rapat_id)
            assert (queries.meeting(*asked) is not None) == (place in seen)
            assert len(queries.items(*asked)) == (8 if place in seen else 0)
        assert queries.counts(connection, scope, own, TODAY)["semua"] == len(seen)


def test_the_latest_meeting_is_of_exactly_the_region(ids: dict[str, int]) -> None:
    with reading() as connection:
        found = queries.last_before(connection, Scope("33"), False, "33", TODAY)
        assert found is not None and found["id"] == ids["33"]
        assert queries.last_before(connection, Scope("33.71"), False, "33", TODAY) is None


def test_what_stands_on_the_table_is_the_regions_own(ids: dict[str, int]) -> None:
    with reading() as connection:
        record = queries.meeting(connection, Scope(None), False, ids["33.71"])
        assert record is not None
        assert [row["apa"] for row in queries.carried(connection, Scope(None), False, record)] == ["33.71"]
