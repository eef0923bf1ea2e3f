"""Right and wrong before and after, by hand."""

import tomllib
from pathlib import Path

import pytest

from domain.statistics.mcnemar import exact_p, holm, transition, transitions
from domain.statistics.withheld import Withheld

GOLDEN = tomllib.loads(
    (Path(__file__).resolve().parents[2] / "golden" / "butir_10_peserta.toml").read_text(encoding="utf-8")
)["peralihan"]


def sides(n: int, b: int, c: int) -> tuple[list[bool], list[bool]]:
    """(before, after) of n people, b of them from right to wrong, c from wrong to right, the others right twice."""
    rest = n - b - c
    return [True] * b + [False] * c + [True] * rest, [False] * b + [True] * c + [True] * rest


def test_the_hand_worked_item() -> None:
    found = transition("S7", *sides(GOLDEN["n"], GOLDEN["b"], GOLDEN["c"]))
    assert (found.n, found.b, found.c, found.both_right, found.both_wrong) == (25, 2, 9, 14, 0)
    figures = (found.p, found.change, found.low, found.high)
    assert figures == pytest.approx([GOLDEN[name] for name in ("p", "perubahan", "sk_bawah", "sk_atas")], abs=1e-6)


def test_few_changes_are_counts_only() -> None:
    assert transition("S", *sides(25, 0, 0)).p == Withheld("tanpa_peralihan")
    five = transition("S", *sides(25, 0, 5))
    assert five.p == five.change == five.low == Withheld("peralihan_kurang", {"n": 5, "minimum": 6})
    assert (five.b, five.c) == (0, 5)
    assert transition("S", *sides(25, 0, 6)).p == 2 / 64
    assert transition("S", [], []).p == Withheld("tanpa_pasangan")


def test_equal_changes_have_p_one() -> None:
    assert exact_p(4, 4) == 1.0


def test_holm_by_hand() -> None:
    # ordered 0.005 0.01 0.03 0.04: x4 0.02, x3 0.03, x2 0.06, x1 0.04 -> not below 0.06
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([]) == []


def test_only_testable_items_are_corrected_for() -> None:
    found = transitions([("A", *sides(25, 0, 8)), ("B", *sides(25, 1, 2)), ("C", *sides(25, 1, 9))])
    # A: 2/256 = 0.0078125, C: 2 x 11/1024 = 0.021484; two tests: 0.015625 and 0.021484
    assert [one.tested for one in found] == [2, 2, 2]
    assert (found[0].p_holm, found[2].p_holm) == pytest.approx((0.015625, 0.021484375))
    assert [one.changed for one in found] == [True, False, True]
    assert isinstance(found[1].p_holm, Withheld)
