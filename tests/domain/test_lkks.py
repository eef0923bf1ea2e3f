"""Whose LKKS an actor may run: none stands above another."""

from collections.abc import Callable
from datetime import date

import pytest

from domain import lkks
from domain.errors import NotFound, NotPermitted
from domain.permissions import Actor, Permission

Make = Callable[..., Actor]


def test_a_provincial_lkks_does_not_run_that_of_a_city(actor: Make) -> None:
    """The provincial LKKS coordinates; the one of Kota Magelang is autonomous (DOMAIN F)."""
    assert lkks.runs(actor("lkks", "33"), "33")
    assert not lkks.runs(actor("lkks", "33"), "33.71")
    assert not lkks.runs(actor("lkks", "33.71"), "33")
    assert lkks.runs(actor("lkks"), "") and not lkks.runs(actor("lkks"), "33")


def test_an_admin_keeps_those_of_the_own_region(actor: Make) -> None:
    assert lkks.runs(actor("admin", "33"), "33.71")
    assert not lkks.runs(actor("admin", "33"), "52.72") and not lkks.runs(actor("admin", "33"), "")


def test_one_that_is_not_the_actors_looks_like_none(actor: Make) -> None:
    lkks.require_run(actor("lkks", "33.71"), Permission.MANAGE_LKKS, "33.71")
    with pytest.raises(NotFound):
        lkks.require_run(actor("lkks", "33"), Permission.MANAGE_LKKS, "33.71")
    with pytest.raises(NotPermitted):
        lkks.require_run(actor("operator", "33"), Permission.MANAGE_LKKS, "33.71")


def test_a_letter_ends_where_it_ends() -> None:
    assert set(lkks.LETTER_STEPS) == set(lkks.LETTER_STATES)
    assert lkks.LETTER_STEPS["ditolak"] == lkks.LETTER_STEPS["dicabut"] == ()


@pytest.mark.parametrize(
    ("until", "state"),
    [
        (None, "kosong"),
        (date(2026, 11, 20), "lewat"),
        (date(2026, 11, 21), "segera"),
        (date(2027, 2, 19), "segera"),
        (date(2027, 2, 20), "berjalan"),
    ],
)
def test_a_term_is_flagged_ninety_days_before_it_ends(until: date | None, state: str) -> None:
    assert lkks.term_state(until, date(2026, 11, 21)) == state


def test_a_letter_stands_while_issued_and_valid() -> None:
    today = date(2026, 11, 21)
    issued = {"status": "diterbitkan", "berlaku_sampai": today}
    assert lkks.stands(issued, today) and lkks.letter_state(issued, today) == "diterbitkan"
    ended = issued | {"berlaku_sampai": date(2026, 11, 20)}
    assert not lkks.stands(ended, today) and lkks.letter_state(ended, today) == "kedaluwarsa"
    assert lkks.stands({"status": "diterbitkan", "berlaku_sampai": None}, today)
    withdrawn = {"status": "dicabut", "berlaku_sampai": None}
    assert not lkks.stands(withdrawn, today) and lkks.letter_state(withdrawn, today) == "dicabut"
