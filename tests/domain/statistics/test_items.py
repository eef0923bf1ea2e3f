"""Item analysis against a table worked out by hand, and its empty places."""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from domain.statistics.items import ItemResult, analyse, ease_of, outer_groups, reading_of
from domain.statistics.withheld import Withheld

GOLDEN = tomllib.loads(
    (Path(__file__).resolve().parents[2] / "golden" / "butir_10_peserta.toml").read_text(encoding="utf-8")
)
TABLE = np.array(GOLDEN["skor"], dtype=float)
NO_BLANKS = np.zeros(TABLE.shape, dtype=bool)


def test_the_hand_worked_table() -> None:
    found = analyse(["A", "B", "C"], TABLE, [1, 1, 1], NO_BLANKS)
    for item, wanted in zip(found, GOLDEN["butir"], strict=True):
        assert (item.item, item.right, item.ease) == (wanted["id"], wanted["benar"], wanted["kata"])
        figures = (item.facility, item.r, item.d)
        assert figures == pytest.approx([wanted[name] for name in ("kemudahan", "r", "d")], abs=1e-7)
        assert (item.upper_n, item.lower_n) == (3, 4)  # ties at the cut are all in


def test_the_spurious_item_without_points_is_left_out() -> None:
    extra = np.column_stack([TABLE, np.ones(10)])
    found = analyse(["A", "B", "C", "X"], extra, [1, 1, 1, 0], np.zeros(extra.shape, dtype=bool))
    assert [item.item for item in found] == ["A", "B", "C"]
    assert found[0].r == pytest.approx(0.5634362, abs=1e-7)


def test_weights_change_totals_and_facility_is_of_the_maximum() -> None:
    found = analyse(["A", "B", "C"], TABLE * [1, 2, 5], [1, 2, 5], NO_BLANKS)
    assert [item.facility for item in found] == [0.7, 0.5, 0.5]
    assert found[0].right == 7


def test_an_item_that_all_answer_alike() -> None:
    table = TABLE.copy()
    table[:, 1] = 1
    item = analyse(["A", "B", "C"], table, [1, 1, 1], NO_BLANKS)[1]
    assert item.facility == 1.0
    assert item.r == item.d == item.reading == Withheld("butir_seragam")


def test_overlapping_groups_have_no_d() -> None:
    table = np.zeros((10, 2))
    table[0, 0], table[1, 1] = 1, 1  # totals 1 1 0 0 0 ...: the third highest is 0, so everybody is in the upper group
    item = analyse(["A", "B"], table, [1, 1], np.zeros(table.shape, dtype=bool))[0]
    assert item.d == Withheld("kelompok_tumpang_tindih")
    assert isinstance(item.r, float)


def test_the_groups_take_everybody_tied_at_the_cut() -> None:
    groups = outer_groups(np.array([0, 1, 1, 1, 5, 8, 9, 9, 9, 9], dtype=float))
    assert groups is not None
    assert (groups[0].sum(), groups[1].sum()) == (4, 4)
    assert outer_groups(np.array([3.0, 3.0])) is None
    assert outer_groups(np.array([])) is None


@pytest.mark.parametrize(("n", "given"), [(4, False), (9, False), (10, True)])
def test_discrimination_needs_ten(n: int, given: bool) -> None:
    item = analyse(["A", "B", "C"], TABLE[:n], [1, 1, 1], NO_BLANKS[:n])[2]
    assert isinstance(item.r, float) is given
    assert isinstance(item.facility, float) is (n >= 5)
    assert item.right == int(TABLE[:n, 2].sum())


@pytest.mark.parametrize(("p", "word"), [(0.2999, "sukar"), (0.3, "sedang"), (0.7, "sedang"), (0.7001, "mudah")])
def test_ease(p: float, word: str) -> None:
    assert ease_of(p) == word


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (-0.005, "periksa_kunci"),
        (-0.004, "lemah"),
        (0.1949, "lemah"),
        (0.195, "cukup"),
        (0.2949, "cukup"),
        (0.3, "baik"),
    ],
)
def test_reading(value: float, word: str) -> None:
    assert reading_of(value) == word


def _options(n: int) -> list[list[tuple[str, ...]]]:
    """One item whose key "a" loses to "b" among the strong, and whose "d" nobody takes."""
    half = n // 2
    first: list[tuple[str, ...]] = [("b",) if place < half else ("a",) for place in range(n)]
    first[-1] = ()
    others: list[tuple[str, ...]] = [("x",) if place < half else ("y",) for place in range(n)]
    return [first, others, others]


def _with_options(n: int) -> tuple[ItemResult, ...]:
    answers = _options(n)
    table = np.array([[a == ("a",), b == ("x",), c == ("x",)] for a, b, c in zip(*answers, strict=True)], dtype=float)
    blank = np.array([[not a, False, False] for a in answers[0]])
    keys = [frozenset({"a"}), frozenset({"x"}), frozenset({"x"})]
    declared = [("a", "b", "c", "d"), (), ()]
    return analyse(["S1", "S2", "S3"], table, [1, 1, 1], blank, chosen=answers, keys=keys, declared=declared)


def test_options_of_thirty_people() -> None:
    item = _with_options(30)[0]
    by_name = {option.option: option for option in item.options}
    assert list(by_name) == ["a", "b", "c", "d", ""]
    assert {name: option.n for name, option in by_name.items()} == {"a": 14, "b": 15, "c": 0, "d": 0, "": 1}
    assert item.blank == 1
    assert by_name["b"].upper == 1.0 and by_name["b"].lower == 0.0
    assert "menarik_peserta_kuat" in by_name["b"].flags
    assert by_name["d"].flags == ("tidak_berfungsi",)
    assert by_name["a"].flags == by_name[""].flags == ()
    assert item.flags == ("periksa_kunci",)


def test_options_of_fewer_people_are_counts_only() -> None:
    item = _with_options(20)[0]
    by_name = {option.option: option for option in item.options}
    assert by_name["b"].n == 10 and by_name["b"].share == 0.5
    assert isinstance(by_name["b"].upper, Withheld) and isinstance(by_name["b"].r, Withheld)
    assert by_name["d"].flags == ("tidak_berfungsi",)
    assert by_name["b"].flags == ()
    assert _with_options(18)[0].options[3].flags == ()
    assert isinstance(_with_options(8)[0].options[0].n, Withheld)


def test_no_items_and_no_people() -> None:
    assert analyse([], [], [], []) == ()
    assert analyse(["A"], [], [1], [])[0].facility == Withheld("tanpa_data")
