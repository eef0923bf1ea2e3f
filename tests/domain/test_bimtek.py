"""Codes nobody can guess or mistake, links, the states of an event, and when a form is open."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain import bimtek

KEY, OTHER_KEY = b"k" * 32, b"x" * 32
NOW = datetime(2026, 5, 22, 2, tzinfo=UTC)


def test_a_code_has_eight_of_thirty_unambiguous_characters() -> None:
    assert len(set(bimtek.ALPHABET)) == 30
    assert set(bimtek.ALPHABET) & set("01OILS") == set()
    codes = {bimtek.new_code(KEY) for _ in range(500)}
    assert len(codes) == 500
    assert {len(code) for code in codes} == {8}
    assert all(bimtek.well_formed(code, KEY) for code in codes)


def test_a_code_of_another_installation_or_with_one_wrong_letter_is_not_well_formed() -> None:
    codes = [bimtek.new_code(OTHER_KEY) for _ in range(3000)]
    # three check characters of thirty: one in 27,000 passes by chance
    assert sum(bimtek.well_formed(code, KEY) for code in codes) < 5
    code = bimtek.new_code(KEY)
    wrong = [code[:7] + c for c in bimtek.ALPHABET if c != code[7]]
    assert [w for w in wrong if bimtek.well_formed(w, KEY)] == []


@pytest.mark.parametrize("typed", ["", "K7MP", "K7MP4QXWA", "K7MP-4QX0", "I" * 8])
def test_what_cannot_be_a_code_is_refused_without_a_look_up(typed: str) -> None:
    assert not bimtek.well_formed(bimtek.clean_code(typed), KEY)


def test_a_code_may_be_typed_small_with_spaces_and_dashes() -> None:
    code = bimtek.new_code(KEY)
    assert bimtek.clean_code(f" {code[:4].lower()} - {code[4:].lower()} ") == code
    assert bimtek.shown_code("K7MP4QXW") == "K7MP-4QXW"


def test_links_are_six_characters_of_the_same_letters() -> None:
    links = {bimtek.new_link() for _ in range(200)}
    assert len(links) == 200
    assert all(len(link) == 6 and set(link) <= set(bimtek.ALPHABET) for link in links)


@pytest.mark.parametrize(
    ("state", "following"),
    [
        ("disiapkan", ("berjalan",)),
        ("berjalan", ("selesai", "disiapkan")),
        ("selesai", ("dikunci", "berjalan")),
        ("dikunci", ("selesai",)),
    ],
)
def test_an_event_goes_one_step_on_or_back(state: str, following: tuple[str, ...]) -> None:
    assert bimtek.next_states(state) == following


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("status", "opens", "closes", "expected"),
    [
        ("disiapkan", None, None, "disiapkan"),
        ("disiapkan", NOW + HOUR, None, "disiapkan"),
        ("disiapkan", NOW, None, "dibuka"),
        ("disiapkan", NOW - HOUR, NOW, "ditutup"),
        ("disiapkan", None, NOW - HOUR, "disiapkan"),
        ("dibuka", None, NOW + HOUR, "dibuka"),
        ("dibuka", None, NOW, "ditutup"),
        ("ditutup", NOW - HOUR, None, "ditutup"),
    ],
)
def test_a_form_opens_and_closes_by_hand_or_by_its_clock(
    status: str, opens: datetime | None, closes: datetime | None, expected: str
) -> None:
    assert bimtek.form_state({"status": status, "buka_pada": opens, "tutup_pada": closes}, NOW) == expected


def test_every_phase_of_a_pair_is_a_phase() -> None:
    assert set(bimtek.PAIRS) | set(bimtek.PAIRS.values()) <= set(bimtek.PHASES)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 5, 23), 3, date(2026, 8, 23)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 12, 1), 6, date(2027, 6, 1)),
        (date(2026, 9, 30), 3, date(2026, 12, 30)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_a_short_month(day: date, months: int, expected: date) -> None:
    assert bimtek.months_after(day, months) == expected
