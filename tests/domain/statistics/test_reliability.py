"""Alpha against a table worked out by hand."""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from domain.statistics.reliability import cronbach, reliability, word_for
from domain.statistics.withheld import Withheld

GOLDEN = tomllib.loads(
    (Path(__file__).resolve().parents[2] / "golden" / "butir_10_peserta.toml").read_text(encoding="utf-8")
)
TABLE = np.array(GOLDEN["skor"], dtype=float)


def test_the_hand_worked_table() -> None:
    found = reliability(TABLE)
    assert found.alpha == pytest.approx(GOLDEN["alpha"], abs=1e-7)
    assert (found.n, found.k, found.word, found.constant) == (10, 3, "terbatas", ())
    assert found.without == (Withheld("butir_kurang", {"k": 2, "minimum": 3}),) * 3


def test_kr20_is_alpha() -> None:
    p = TABLE.mean(axis=0)
    kr20 = 3 / 2 * (1 - (p * (1 - p)).sum() / TABLE.sum(axis=1).var())
    assert reliability(TABLE).alpha == pytest.approx(kr20)


def test_alpha_without_an_item() -> None:
    table = np.column_stack([TABLE, TABLE[:, 0][::-1]])
    found = reliability(table)
    assert found.without[3] == pytest.approx(GOLDEN["alpha"], abs=1e-7)
    assert found.alpha == pytest.approx(cronbach(table))


def test_an_item_of_one_value_stays_in_and_is_named() -> None:
    found = reliability(np.column_stack([TABLE, np.ones(10)]))
    assert found.constant == (3,)
    assert found.alpha == pytest.approx(4 / 3 * (1 - 7.1 / 12.1))


def test_negative_alpha_is_given() -> None:
    table = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 1], [0, 1, 1]] * 2, dtype=float)
    found = reliability(table)
    assert isinstance(found.alpha, float) and found.alpha < 0
    assert found.word == "rendah"
    assert isinstance(found.low, float) and found.low < found.alpha


@pytest.mark.parametrize(
    ("rows", "columns", "code"), [(9, 3, "terlalu_sedikit"), (10, 2, "butir_kurang"), (10, 1, "butir_kurang")]
)
def test_no_alpha(rows: int, columns: int, code: str) -> None:
    found = reliability(TABLE[:rows, :columns])
    assert isinstance(found.alpha, Withheld) and found.alpha.code == code
    assert found.low == found.alpha == found.word


def test_equal_totals_have_no_alpha() -> None:
    assert reliability(np.ones((10, 4))).alpha == Withheld("skor_seragam")


@pytest.mark.parametrize(
    ("alpha", "word"),
    [(0.5949, "rendah"), (0.595, "terbatas"), (0.6949, "terbatas"), (0.7, "cukup"), (0.7949, "cukup"), (0.8, "baik")],
)
def test_the_word_of_two_decimals(alpha: float, word: str) -> None:
    assert word_for(alpha) == word
