"""IKM and index of satisfaction by hand, at the borders of the bands, and with holes."""

import tomllib
from pathlib import Path

import pytest

from domain.statistics.satisfaction import band_of, satisfaction
from domain.statistics.withheld import Withheld

GOLDEN = tomllib.loads((Path(__file__).resolve().parents[2] / "golden" / "kepuasan.toml").read_text(encoding="utf-8"))[
    "ikm"
]


def column(total: int, n: int) -> list[list[float | None]]:
    """n answers of 3 and 4 that sum up to `total`."""
    fours = total - 3 * n
    assert 0 <= fours <= n
    return [[4.0 if place < fours else 3.0] for place in range(n)]


def golden_answers() -> dict[str, list[list[float | None]]]:
    return {name: column(total, GOLDEN["n"]) for name, total in zip(GOLDEN["unsur"], GOLDEN["jumlah"], strict=True)}


def test_the_hand_worked_ikm() -> None:
    found = satisfaction(golden_answers())
    assert found.value == pytest.approx(GOLDEN["nilai"], abs=1e-6)
    assert (found.kind, found.n, found.u, found.band) == ("ikm", 29, 9, "A")
    assert found.lowest == "Waktu Penyelesaian"
    assert found.nrr["Waktu Penyelesaian"] == pytest.approx(100 / 29)
    assert found.top["Persyaratan"].share == 1.0
    assert not found.rounded_weight


@pytest.mark.parametrize(
    ("value", "band"),
    [
        (100, "A"), (88.31, "A"), (88.305, "A"), (88.3049, "B"), (88.30, "B"), (76.61, "B"), (76.605, "B"), (76.6049, "C"),
        (65.0, "C"), (64.995, "C"), (64.9949, "D"), (25, "D"), (25 * 3.5324, "A"), (25 * 3.0644, "B"), (25 * 2.6, "C"),
    ],
)  # fmt: skip
def test_bands(value: float, band: str) -> None:
    assert band_of(value) == band


@pytest.mark.parametrize(("weight", "best"), [("1/U", 100.0), ("0,111", 99.9), ("0,11", 99.0)])
def test_a_rounded_weight_lowers_the_best(weight: str, best: float) -> None:
    found = satisfaction({f"U{i}": [[4.0]] for i in range(9)}, weight=weight)
    assert found.value == pytest.approx(best)
    assert found.reachable == pytest.approx(best)
    assert found.rounded_weight is (weight != "1/U")


def test_a_rounded_weight_may_drop_the_band() -> None:
    answers = {f"U{i}": column(357 if i else 356, 100) for i in range(9)}  # 3212/9/100 x 25 = 89.22; x 0.99 = 88.33
    assert satisfaction(answers).band == satisfaction(answers, weight="0,11").band == "A"
    answers["U0"] = column(350, 100)  # 3206: 89.06 and 88.165
    assert (satisfaction(answers).band, satisfaction(answers, weight="0,11").band) == ("A", "B")


def test_a_rounded_weight_is_for_nine_unsur_only() -> None:
    found = satisfaction({"A": [[4.0]], "B": [[4.0]]}, weight="0,11")
    assert (found.value, found.weight, found.u) == (100.0, "1/U", 2)


def test_unanswered_questions_are_left_out_of_their_unsur() -> None:
    # two questions for one unsur, averaged per respondent first: 3.5, 2 (one answer), none
    found = satisfaction({"A": [[4.0, 3.0], [2.0, None], [None, None]], "B": [[4.0], [4.0], [4.0]]})
    assert found.nrr["A"] == 2.75
    assert (found.answered["A"], found.n) == (2, 3)
    assert found.value == pytest.approx(25 * (2.75 + 4) / 2)


def test_an_unsur_nobody_answered() -> None:
    found = satisfaction({"A": [[4.0], [3.0]], "Biaya": [[None], [None]]})
    assert found.value == found.band == Withheld("unsur_kosong", {"unsur": "Biaya"})
    assert found.empty == ("Biaya",)


def test_one_respondent_has_value_and_band() -> None:
    found = satisfaction({f"U{i}": [[3.0]] for i in range(9)})
    assert found.value == pytest.approx(75.0)
    assert (found.band, found.n) == ("C", 1)


def test_other_scales_have_no_band() -> None:
    found = satisfaction({"A": [[5.0], [4.0]]}, 1, 5)
    assert (found.kind, found.value, found.band) == ("indeks", 87.5, Withheld("bukan_skala_4"))


def test_nobody_and_nonsense() -> None:
    assert satisfaction({}).value == Withheld("tanpa_data")
    with pytest.raises(ValueError, match="outside"):
        satisfaction({"A": [[5.0]]})
