"""Scores of one submission: every kind of item, blanks, and what is not scored."""

from dataclasses import dataclass
from typing import Any

import pytest

from domain.scoring import ItemScore, chosen, is_blank, is_right, score, total


@dataclass
class Item:
    id: str
    jenis: str = "pilihan"
    poin: float = 1.0
    kunci: Any = "a"


@pytest.mark.parametrize(
    ("jenis", "kunci", "answer", "right"),
    [
        ("pilihan", "b", "b", True),
        ("pilihan", "b", "B ", True),
        ("pilihan", "b", "c", False),
        ("pilihan", ["b", "c"], "c", True),
        ("pilihan_ganda", ["a", "c"], ["c", "a"], True),
        ("pilihan_ganda", ["a", "c"], ["a"], False),
        ("pilihan_ganda", ["a", "c"], ["a", "b", "c"], False),
        ("benar_salah", "salah", "salah", True),
        ("angka", 2.5, 2.5, True),
        ("angka", 0, 0, True),
        ("angka", 0.3, 0.1 + 0.2, True),
        ("angka", 2.5, "2,5", True),
        ("angka", 2, "dua", False),
        ("angka", 2, float("nan"), False),
        ("skala", 4, 4, True),
        ("matriks", {"r1": 1, "r2": 2}, {"r2": 2, "r1": 1}, True),
        ("matriks", {"r1": 1, "r2": 2}, {"r1": 1}, False),
        ("matriks", {}, {}, False),
        ("tanggal", "2026-05-22", "2026-05-22", True),
        ("teks", "Dinas Sosial", "dinas  sosial", True),
        ("teks", "Dinas Sosial", "dinas", False),
    ],
)
def test_right_and_wrong(jenis: str, kunci: Any, answer: Any, right: bool) -> None:
    assert is_right(jenis, kunci, answer) is right


def test_a_submission() -> None:
    items = [
        Item("S1"),
        Item("S2", poin=3, kunci="b"),
        Item("S3", "angka", 1, 0),
        Item("S4", kunci="d"),
        Item("tanpa_kunci", kunci=None),
        Item("tanpa_poin", poin=0),
    ]
    found = score(items, {"S1": "a", "S2": "c", "S3": 0, "tanpa_kunci": "x", "tanpa_poin": "a", "asing": "a"})
    assert [one.item for one in found.items] == ["S1", "S2", "S3", "S4"]
    assert [one.points for one in found.items] == [1, 0, 1, 0]
    assert (found.points, found.maximum, found.blanks, found.complete) == (2, 6, 1, False)
    assert found.percent == pytest.approx(100 / 3)
    assert [one.right for one in found.items] == [True, False, True, False]
    assert [one.blank for one in found.items] == [False, False, False, True]


def test_nothing_to_score() -> None:
    assert score([Item("S1", kunci=None)], {"S1": "a"}).percent is None
    assert total([]).percent is None


def test_zero_and_false_are_answers() -> None:
    answers = {"nol": 0, "tidak": False, "kosong": "", "spasi": "  ", "daftar": [], "tiada": None}
    assert [is_blank(answers, name) for name in [*answers, "lain"]] == [False, False, True, True, True, True, True]


def test_the_options_that_an_answer_names() -> None:
    assert chosen("pilihan", "b") == ("b",)
    assert chosen("pilihan_ganda", ["c", "a", "a"]) == ("a", "c")
    assert chosen("pilihan_ganda", "a") == ("a",)
    assert chosen("pilihan", None) == chosen("pilihan_ganda", []) == ()


def test_part_points_are_not_right() -> None:
    assert not ItemScore("S", 0.5, 1, False).right
    assert ItemScore("S", 1.0, 1, False).right
