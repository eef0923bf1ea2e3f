"""The register then and now, from the history of the axes; the answers are worked out by hand."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from domain.errors import NotFound
from domain.filters import Filters
from domain.permissions import Actor
from services.changes import changes_since
from tests.register_rows import LEGAL, archive, edit, lks_row, store

SINCE, ON = date(2026, 4, 1), date(2026, 6, 1)
BEFORE, AFTER = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 5, 2, tzinfo=UTC)
HERE = Filters(wilayah="33.71")
pytestmark = pytest.mark.usefixtures("fresh_db")


@pytest.fixture
def anybody(actor: Callable[..., Actor]) -> Actor:
    return actor("kepala_dinas")


def test_each_kind_of_change_is_told_apart(anybody: Actor) -> None:
    registered = {"daftar": "terdaftar"}
    got, lost, ended, gone, same = store(
        lks_row("Baru terdaftar", "33.71", **LEGAL, daftar="belum_terdaftar"),
        lks_row("Dicabut", "33.71", **LEGAL, **registered),
        lks_row("Habis", "33.71", **LEGAL, **registered, daftar_sampai=date(2026, 5, 1)),
        lks_row("Diarsipkan", "33.71", **LEGAL, **registered),
        lks_row("Tetap", "33.71", **LEGAL, akreditasi="B"),
        at=BEFORE,
    )
    edit(got, AFTER, daftar="terdaftar", akreditasi="A")
    edit(lost, AFTER, daftar="dicabut")
    edit(same, AFTER, catatan="bukan sumbu")
    archive(gone, AFTER)
    store(lks_row("Baru", "33.71", **registered, aktif="aktif"), at=AFTER)
    other = store(lks_row("Jauh", "52.72", **registered), at=BEFORE)[0]
    edit(other, AFTER, daftar="dicabut")

    found = changes_since(anybody, HERE, SINCE, ON)
    assert (found.new, found.archived) == (1, 1)
    assert found.then and found.reaches
    assert found.then["total"] == (5, 5) and found.now["total"] == (5, 5)
    assert found.then["terdaftar"] == (3, 5) and found.now["terdaftar"] == (2, 5)
    assert found.then["terakreditasi"] == (1, 5) and found.now["terakreditasi"] == (2, 4)
    assert found.gained == {"daftar": 2, "akreditasi": 1}
    assert found.lost == {"daftar": 2, "akreditasi": 0}
    assert ended


def test_history_that_begins_later_says_so_instead_of_guessing(anybody: Actor) -> None:
    store(lks_row("Baru", "33.71", daftar="terdaftar"), at=AFTER)
    store(lks_row("Jauh dan lama", "52.72"), at=BEFORE)
    found = changes_since(anybody, HERE, SINCE, ON)
    assert not found.reaches and found.then is None and found.gained is None
    assert found.history_from == AFTER.date() and found.new == 1


def test_an_empty_register_has_no_history(anybody: Actor) -> None:
    found = changes_since(anybody, HERE, SINCE, ON)
    assert found.history_from is None and not found.reaches and found.new == 0


def test_the_day_begins_at_midnight_in_jakarta(anybody: Actor) -> None:
    store(lks_row("Lama", "33.71"), at=BEFORE)
    store(lks_row("Malam", "33.71"), at=datetime(2026, 3, 31, 16, 59, tzinfo=UTC))
    store(lks_row("Dini hari", "33.71"), at=datetime(2026, 3, 31, 17, 0, tzinfo=UTC))
    assert changes_since(anybody, HERE, SINCE, ON).new == 1


def test_another_region_is_refused(actor: Callable[..., Actor]) -> None:
    with pytest.raises(NotFound):
        changes_since(actor("operator", "52.72"), HERE, SINCE, ON)
