"""Likert items and scales: what is missing is left out, what is turned round is recoded."""

import tomllib
from pathlib import Path

import pytest

from domain.statistics.likert import change, item, recode, respondent_mean, scale
from domain.statistics.withheld import Withheld

GOLDEN = tomllib.loads((Path(__file__).resolve().parents[2] / "golden" / "kepuasan.toml").read_text(encoding="utf-8"))[
    "persen_butir"
]


def test_a_published_item() -> None:
    values = [float(mark) for mark, times in GOLDEN["jumlah"].items() for _ in range(times)]
    found = item("narasumber", values, 1, 4)
    assert found.of_maximum == pytest.approx(100 * 182 / 256)
    assert found.of_maximum == pytest.approx(GOLDEN["persen"], abs=0.005)
    assert found.counts == {1: 1, 2: 10, 3: 51, 4: 2}
    assert (found.top.count, found.top.n, found.figures.median) == (53, 64, 3.0)


def test_missing_answers_are_left_out_and_counted() -> None:
    found = item("a", [4, None, 2, None, 3, 3, 4], 1, 4)
    assert (found.figures.n, found.missing, found.figures.mean) == (5, 2, 3.2)
    assert item("b", [None], 1, 4).of_maximum == Withheld("tanpa_data")


def test_a_respondents_mean_needs_half_of_the_items() -> None:
    assert respondent_mean([4, None, 2, None]) == 3.0
    assert respondent_mean([4, None, None, 1, None]) is None
    assert respondent_mean([None]) is None


def test_reverse_worded_items() -> None:
    assert [recode(value, 1, 4, True) for value in (1, 2, None, 4)] == [4, 3, None, 1]
    assert recode(2, 1, 4, False) == 2
    with pytest.raises(ValueError, match="outside"):
        recode(5, 1, 4, False)


def test_a_scale_keeps_alpha_to_complete_rows() -> None:
    rows = [[1, 2, 1], [2, 2, 3], [3, 3, 3], [4, 4, 4], [4, 3, 4]] * 2
    found = scale([*rows, [4, None, 4], [None, None, 1]])
    assert found.alpha.n == 10
    assert found.left_out == 1
    assert not isinstance(found.figures, Withheld) and found.figures.n == 11
    assert isinstance(scale([[1, 2]] * 12).figures, Withheld)
    assert scale([]).alpha.n == 0


def test_the_change_of_a_self_assessment() -> None:
    pre: list[list[float | None]] = [[1, 2, 2], [2, 2, 1], [2, 3, 2], [1, 1, 1], [2, 2, None], [3, 2, 2], [1, 1, 2]]
    post: list[list[float | None]] = [[3, 3, 3], [3, 4, 2], [3, 3, 3], [2, 2, 3], [3, 3, 4], [3, 4, 3], [2, 3, 3]]
    found = change(["a", "b", "c"], pre, post)
    # a: differences 2 1 1 1 1 0 1, six of them, all up: p = 2/64
    assert (found.items["a"].nonzero, found.items["a"].p) == (6, 2 / 64)
    assert found.items["c"].nonzero == 6  # the pair with a missing answer is out
    assert found.medians["a"] == (2.0, 3.0)
    assert not isinstance(found.scale, Withheld) and found.scale.n == 7
    assert isinstance(change(["a"], [[1]] * 7, [[2]] * 7).scale, Withheld)
