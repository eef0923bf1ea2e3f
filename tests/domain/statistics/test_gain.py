"""N-gain against published and hand-worked values."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from domain.statistics.gain import category, gain
from domain.statistics.withheld import Withheld

FOLDER = Path(__file__).resolve().parents[2] / "golden"
TABLE: dict[str, Any] = tomllib.loads((FOLDER / "evaluasi_10_pasangan.toml").read_text(encoding="utf-8"))
PUBLISHED = tomllib.loads((FOLDER / "kepuasan.toml").read_text(encoding="utf-8"))["n_gain"]


def test_the_hand_worked_table() -> None:
    found, wanted = gain(TABLE["pre"], TABLE["post"]), TABLE["n_gain"]
    assert found.class_gain == pytest.approx(wanted["kelas"])
    assert found.individual == pytest.approx(wanted["perorangan"], abs=1e-7)
    assert found.change == pytest.approx(wanted["perubahan"], abs=1e-7)
    assert found.category == wanted["kategori"]
    assert (found.individual_n, found.excluded, found.change_n, found.change_dropped) == (10, 0, 10, 0)


@pytest.mark.parametrize("case", PUBLISHED)
def test_published_class_gains(case: dict[str, Any]) -> None:
    found = gain([case["pre"]] * 25, [case["post"]] * 25)
    assert found.class_gain == pytest.approx(case["g"], abs=5e-4)
    assert found.category == case["kategori"]


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (1.0, "tinggi"), (0.70, "tinggi"), (0.695, "tinggi"), (0.6949, "sedang"), (0.30, "sedang"), (0.295, "sedang"),
        (0.2949, "rendah"), (0.01, "rendah"), (0.005, "rendah"), (0.0049, "tetap"), (0.0, "tetap"), (-0.0049, "tetap"),
        (-0.005, "menurun"), (-0.4, "menurun"), (41.7 / 60, "tinggi"),
    ],
)  # fmt: skip
def test_the_category_of_the_rounded_value(value: float, word: str) -> None:
    assert category(value) == word


def test_who_begins_at_the_maximum() -> None:
    # pre 100 100 50, post 100 80 75: g_i only of the third, 0.5; c: dropped, (80-100)/100 = -0.2, 0.5
    found = gain([100, 100, 50], [100, 80, 75])
    assert (found.excluded, found.individual, found.individual_n) == (2, 0.5, 1)
    assert found.change == pytest.approx(0.15)
    assert (found.change_n, found.change_dropped) == (2, 1)
    assert found.class_gain == pytest.approx((85 - 250 / 3) / (100 - 250 / 3))  # 0.1
    assert found.apart  # 0.1 against 0.5
    assert found.each[0] == Withheld("awal_maksimum")


def test_everybody_begins_at_the_maximum() -> None:
    found = gain([100] * 6, [100, 100, 90, 100, 100, 100])
    assert found.class_gain == found.category == found.individual == Withheld("awal_maksimum")


def test_both_zero_is_dropped_from_the_change() -> None:
    found = gain([0, 40], [0, 40])
    assert (found.change, found.change_n, found.change_dropped) == (0.0, 1, 1)
    assert gain([0, 100], [0, 100]).change == Withheld("tanpa_perubahan_terhitung")


def test_a_loss_stays_negative() -> None:
    assert gain([50] * 5, [40] * 5).class_gain == pytest.approx(-0.2)
    assert gain([50] * 5, [40] * 5).category == "menurun"


def test_few_pairs_have_no_category_and_none_no_gain() -> None:
    assert gain([50] * 4, [75] * 4).class_gain == 0.5
    assert gain([50] * 4, [75] * 4).category == Withheld("terlalu_sedikit", {"n": 4, "minimum": 5})
    assert gain([], []).class_gain == Withheld("tanpa_pasangan")


def test_another_maximum_and_scores_outside() -> None:
    assert gain([10] * 5, [15] * 5, maximum=20).class_gain == 0.5
    with pytest.raises(ValueError, match="outside"):
        gain([101], [50])


def test_apart_only_beyond_a_twentieth() -> None:
    assert not gain([0, 50], [50, 75]).apart  # 37.5/75 = 0.5, and 0.5 each
    assert gain([0, 90], [0, 100]).apart  # 5/55 = 0.09 against 0.5
