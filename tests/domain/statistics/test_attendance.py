"""Attendance and completion: the mandated example, rebuilt."""

import pytest

from domain.statistics.attendance import Presence, attendance, share_of
from domain.statistics.withheld import Withheld


def example() -> list[Presence]:
    """25 people, ten sessions: 23 reach 80%, 21 of them took the post-test, and one more did who did not reach it."""
    people = [Presence(10, True, True)] * 14 + [Presence(9, True, True)] * 7 + [Presence(8, True, False)] * 2
    return [*people, Presence(7, False, True), Presence(4, True, False)]


def test_the_example() -> None:
    found = attendance(example(), 10)
    assert (found.registered, found.present_once, found.took_pre, found.took_post, found.pairs) == (25, 25, 24, 22, 21)
    assert (found.met.count, found.completed.count) == (23, 21)
    assert found.mean == pytest.approx((140 + 63 + 16 + 7 + 4) / 250)  # 0.92
    assert found.completed.share == 0.84


def test_the_threshold_is_reached_exactly() -> None:
    assert attendance([Presence(4, True, True)] * 5, 5).met.count == 5
    assert attendance([Presence(4, True, True)] * 5, 5, threshold=80.1).met.count == 0


def test_no_session_and_nobody() -> None:
    assert share_of(0, 0) == attendance([Presence(0, True, True)], 0).mean == Withheld("tanpa_sesi")
    assert attendance([], 3).mean == Withheld("tanpa_data")
    assert attendance([Presence(0, True, True)], 0).met.count == 0
    with pytest.raises(ValueError, match="more sessions"):
        share_of(4, 3)
