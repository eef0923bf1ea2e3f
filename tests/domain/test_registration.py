"""The steps of a registration request and its clock, against answers worked out by hand on a calendar."""

from datetime import date, timedelta

import pytest

from domain import registration
from domain.errors import NotPermitted
from domain.lks import working_days_after

FRIDAY = date(2025, 5, 23)


@pytest.mark.parametrize(
    ("status", "complete", "steps"),
    [
        ("diajukan", False, ["periksa", "tolak"]),
        ("diperiksa", False, ["kembalikan", "lengkap", "tolak"]),
        ("diperiksa", True, ["kembalikan", "verifikasi", "tolak"]),
        ("dikembalikan", False, ["periksa", "tolak"]),
        ("diverifikasi", True, ["kembalikan", "terbitkan", "tolak"]),
        ("terbit", True, []),
        ("ditolak", False, []),
    ],
)
def test_each_state_offers_its_steps_and_no_other(status: str, complete: bool, steps: list[str]) -> None:
    assert registration.allowed(status, complete) == steps
    for step in registration.STEPS:
        if step in steps:
            assert registration.advance(status, complete, step) == registration.STEPS[step][1]
        else:
            with pytest.raises(NotPermitted) as refused:
                registration.advance(status, complete, step)
            assert refused.value.code == "langkah_tidak_boleh"


def test_an_unknown_step_is_refused() -> None:
    with pytest.raises(NotPermitted):
        registration.advance("diajukan", False, "hapus")


def test_the_service_time_counts_working_days_from_the_day_after() -> None:
    # Friday 23 May: Monday 26 is day 1, Friday 30 day 5, Monday 2 June day 6; 14 days end on Thursday 12 June.
    assert registration.deadline(FRIDAY, 14, True) == date(2025, 6, 12)
    assert registration.deadline(FRIDAY, 7, False) == date(2025, 5, 30)
    assert registration.days_between(FRIDAY, date(2025, 5, 25), True) == 0
    assert registration.days_between(FRIDAY, date(2025, 5, 26), True) == 1
    assert registration.days_between(FRIDAY, date(2025, 6, 2), True) == 6
    assert registration.days_between(FRIDAY, date(2025, 6, 2), False) == 10
    assert registration.days_between(FRIDAY, date(2025, 5, 1), True) == 0


@pytest.mark.parametrize("offset", range(7))
@pytest.mark.parametrize("length", [1, 5, 8, 14, 23])
def test_the_deadline_is_the_last_day_of_the_clock_from_any_weekday(offset: int, length: int) -> None:
    start = FRIDAY + timedelta(days=offset)
    assert registration.days_between(start, working_days_after(start, length), True) == length


def test_the_clock_runs_only_between_complete_papers_and_decision() -> None:
    due = date(2025, 6, 12)
    assert registration.clock(None, None, None, FRIDAY, True) is None
    running = registration.clock(FRIDAY, due, None, date(2025, 6, 13), True)
    assert running == registration.Clock(15, 14, due, True, True)
    assert running.late and running.left == -1
    stopped = registration.clock(FRIDAY, due, date(2025, 6, 12), date(2026, 1, 1), True)
    assert stopped == registration.Clock(14, 14, due, True, False)
    assert not stopped.late and stopped.left == 0


def test_urgency_has_its_limits_on_the_day() -> None:
    found = [registration.urgency(left) for left in (None, -1, 0, 3, 4)]
    assert found == ["belum", "lewat", "segera", "segera", "berjalan"]
    assert set(found) == set(registration.URGENCIES)
