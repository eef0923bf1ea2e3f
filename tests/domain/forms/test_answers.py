import json
from typing import Any

import pytest

from domain.errors import Problem
from domain.forms import answers as a
from domain.forms.definition import Form, item
from domain.forms.parsing import from_mapping

FULL = {
    "butir.p1": ["b"],
    "butir.p2": ["c", "a"],
    "butir.p3": ["salah"],
    "butir.s1": ["0"],
    "butir.m1.1": ["3"],
    "butir.m1.2": ["1"],
    "butir.n1": ["73,5"],
    "butir.n2": ["1.250"],
    "butir.d1": ["2026-05-22"],
    "butir.x1": ["Andi"],
    "butir.x2": ["baris satu\r\nbaris dua"],
}
CANONICAL = {
    "p1": "b",
    "p2": ["a", "c"],
    "p3": "salah",
    "s1": 0,
    "m1": {"1": 3, "2": 1},
    "n1": 73.5,
    "n2": 1250,
    "d1": "2026-05-22",
    "x1": "Andi",
    "x2": "baris satu\nbaris dua",
}


def one(form: Form, kode: str, *values: str) -> tuple[Any, list[tuple[str, str, str]]]:
    """(value or None, [(item, value, code)]) of one field."""
    answers, problems = a.check(form, {f"butir.{kode}": list(values)}, complete=False)
    return answers.get(kode.partition(".")[0]), [(p.column, p.value, p.code) for p in problems]


def test_every_kind_becomes_its_canonical_value_in_the_order_of_the_form(form: Form) -> None:
    answers, problems = a.check(form, dict(reversed(FULL.items())) | {"kode": ["ABCD"], "kunci": ["x"]})
    assert problems == []
    assert answers == CANONICAL
    assert list(answers) == list(CANONICAL)
    assert [type(answers[kode]) for kode in ("s1", "n1", "n2")] == [int, float, int]
    assert json.loads(json.dumps(answers)) == answers


def test_canonical_values_come_back_unchanged(form: Form) -> None:
    assert a.check_values(form, CANONICAL) == (CANONICAL, [])
    assert a.from_json(form, {"butir": CANONICAL}) == (CANONICAL, [])
    assert a.from_json(form, {f"butir.{kode}": value for kode, value in CANONICAL.items()}) == (CANONICAL, [])


def test_json_may_carry_texts_rows_and_truth_values(form: Form) -> None:
    body: dict[str, Any] = {f"butir.{kode}": value for kode, value in CANONICAL.items()}
    del body["butir.m1"]
    body |= {"butir.p3": False, "butir.m1.1": "3", "butir.m1.2": 1.0, "butir.s1": "0", "butir.p2": ["c", "a", "a"]}
    body |= {"kunci": "x", "kode": "y", "butir.n1": "73,5", "butir.p1": ["b"]}
    assert a.from_json(form, body) == (CANONICAL, [])


def test_zero_is_an_answer_and_blanks_are_absent_ids(form: Form) -> None:
    answers, problems = a.check(form, {"butir.s1": ["0"], "butir.n1": ["0"], "butir.x1": ["  "]}, complete=False)
    assert (answers, problems) == ({"s1": 0, "n1": 0}, [])
    assert a.blanks(form, answers) == ("p1", "p2", "p3", "m1", "n2", "d1", "x1", "x2")


def test_required_items_without_an_answer_are_named_once_complete(form: Form) -> None:
    answers, problems = a.check(form, {"butir.p1": [""], "butir.p2": [], "butir.x1": ["Andi"]})
    assert answers == {"x1": "Andi"}
    assert [(p.column, p.code) for p in problems] == [(kode, "butir_wajib") for kode in ("p1", "p2", "p3", "s1", "m1")]
    assert problems[0].facts["butir"] == "Satu jawaban?"
    assert a.check(form, {}, complete=False) == ({}, [])


def test_only_invisible_characters_are_no_answer(form: Form) -> None:
    assert a.check(form, {"butir.x1": ["\x00\u202e"]}, complete=False) == ({}, [])
    assert a.check_values(form, {"p2": [], "m1": {"1": None}, "n1": None}, complete=False) == ({}, [])


def test_an_unfinished_matrix_is_kept_while_filling_and_refused_when_complete(form: Form) -> None:
    half = {"butir.m1.2": ["2"]}
    assert a.check(form, half, complete=False) == ({"m1": {"2": 2}}, [])
    problems = [p for p in a.check(form, half)[1] if p.column == "m1"]
    assert problems == [Problem("m1", "", "butir_matriks_belum_lengkap", {"butir": "Nilai tiap hal", "baris": "Ruang"})]


@pytest.mark.parametrize(
    ("kode", "values", "shown", "code"),
    [
        ("p1", ["e"], "e", "butir_di_luar_pilihan"),
        ("p1", ["B"], "B", "butir_di_luar_pilihan"),
        ("p1", ["a", "b"], "a, b", "butir_lebih_dari_satu"),
        ("p2", ["a", "z"], "a, z", "butir_di_luar_pilihan"),
        ("p3", ["ya"], "ya", "butir_di_luar_pilihan"),
        ("s1", ["5"], "5", "butir_di_luar_skala"),
        ("s1", ["-1"], "-1", "butir_di_luar_skala"),
        ("s1", ["2.5"], "2.5", "butir_di_luar_skala"),
        ("s1", ["\u0663"], "\u0663", "butir_di_luar_skala"),
        ("m1.1", ["4"], "4", "butir_di_luar_skala"),
        ("m1.3", ["1"], "1", "butir_baris_tidak_dikenal"),
        ("n1", ["seratus"], "seratus", "butir_bukan_angka"),
        ("n1", ["nan"], "nan", "butir_bukan_angka"),
        ("n1", ["1e5"], "1e5", "butir_bukan_angka"),
        ("n1", ["9" * 40], "9" * 40, "butir_bukan_angka"),
        ("n1", ["100,6"], "100,6", "butir_di_luar_batas"),
        ("n1", ["-0,1"], "-0,1", "butir_di_luar_batas"),
        ("n2", ["2,5"], "2,5", "butir_bukan_bulat"),
        ("n2", ["9999999999999"], "9999999999999", "butir_di_luar_batas"),
        ("d1", ["31/02/2026"], "31/02/2026", "butir_tanggal_keliru"),
        ("d1", ["0001-01-01"], "0001-01-01", "butir_tanggal_keliru"),
        ("d1", ["besok"], "besok", "butir_tanggal_keliru"),
        ("x1", ["x" * 11], "x" * 11, "butir_terlalu_panjang"),
        ("x2", ["y" * 2001], "y" * 80, "butir_terlalu_panjang"),
        ("q9", ["1"], "", "butir_tidak_dikenal"),
        ("m1", ["1"], "", "butir_tidak_dikenal"),
    ],
)
def test_a_value_that_is_no_answer_is_refused_with_its_item(
    form: Form, kode: str, values: list[str], shown: str, code: str
) -> None:
    value, problems = one(form, kode, *values)
    assert value is None
    assert problems == [(kode.partition(".")[0] if code != "butir_tidak_dikenal" else kode, shown, code)]


def test_a_row_on_an_item_without_rows_is_unknown(form: Form) -> None:
    assert one(form, "p1.1", "a") == (None, [("p1.1", "", "butir_tidak_dikenal")])


def test_the_facts_say_what_was_allowed(form: Form) -> None:
    facts = {
        p.column: p.facts
        for p in a.check(form, {"butir.s1": ["9"], "butir.n1": ["101"], "butir.x1": ["x" * 12], "butir.p1": ["e"]})[1]
        if p.code != "butir_wajib"
    }
    assert facts["s1"] == {"butir": "Puas?", "min": "0", "max": "4"}
    assert facts["n1"] == {"butir": "Berapa?", "min": "0", "max": "100,5"}
    assert facts["x1"] == {"butir": "Siapa?", "batas": "10", "panjang": "12"}
    assert facts["p1"] == {"butir": "Satu jawaban?", "daftar": "a, b, c, d"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("007", 7),
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("0.125", 0.125),
        ("1,0", 1),
        ("1.000,0", 1000),
        ("1.000", 1000),
        ("-3", -3),
        ("\u22123", -3),
        ("1 000", 1000),
        ("1.466.741", 1466741),
    ],
)
def test_numbers_are_read_the_indonesian_way_and_as_browsers_send_them(
    form: Form, mapping: dict[str, Any], text: str, number: float
) -> None:
    free = mapping
    free["bagian"][1]["butir"][2].pop("min")
    free["bagian"][1]["butir"][2].pop("max")
    value, problems = one(from_mapping(free), "n1", text)
    assert problems == []
    assert value == number and type(value) is type(number)


@pytest.mark.parametrize("text", ["2026-05-22", "22/05/2026", "22-5-2026", "22.05.2026"])
def test_days_become_iso_days(form: Form, text: str) -> None:
    assert one(form, "d1", text) == ("2026-05-22", [])


def test_the_same_choice_sent_twice_is_one_choice(form: Form) -> None:
    assert one(form, "p1", "b", "b", "") == ("b", [])
    assert one(form, "p2", "c", "c") == (["c"], [])


def test_texts_lose_what_cannot_be_stored_or_seen(form: Form) -> None:
    assert one(form, "x1", " a\x00\x07\tb\n\nc \u202e") == ("a b c", [])
    assert one(form, "x2", "a\x00\r\nb\u202ec\n\n\n\n\nd") == ("a\nbc\n\nd", [])
    assert one(form, "x2", "\ud800x") == ("x", [])
    assert one(form, "x2", "keluarga 👨\u200d👩\u200d👧") == ("keluarga 👨\u200d👩\u200d👧", [])
    assert one(form, "x1", "e\u0301" * 10)[0] == "\u00e9" * 10, "the limit counts letters as they are stored"


@pytest.mark.parametrize(
    ("kode", "value", "code"),
    [
        ("p1", {"a": 1}, "butir_bentuk_keliru"),
        ("p1", True, "butir_di_luar_pilihan"),
        ("p2", {"a": 1}, "butir_bentuk_keliru"),
        ("p2", [["a"]], "butir_bentuk_keliru"),
        ("p3", 1, "butir_di_luar_pilihan"),
        ("s1", True, "butir_di_luar_skala"),
        ("s1", 2.5, "butir_di_luar_skala"),
        ("s1", float("nan"), "butir_di_luar_skala"),
        ("m1", [1, 2], "butir_bentuk_keliru"),
        ("m1", {"1": True}, "butir_di_luar_skala"),
        ("n1", True, "butir_bukan_angka"),
        ("n1", float("inf"), "butir_bukan_angka"),
        ("n1", 10**400, "butir_di_luar_batas"),
        ("d1", 20260522, "butir_tanggal_keliru"),
        ("x1", 5, "butir_bentuk_keliru"),
        ("x1", ["a", "b"], "butir_lebih_dari_satu"),
    ],
)
def test_json_of_the_wrong_shape_is_refused(form: Form, kode: str, value: Any, code: str) -> None:
    answers, problems = a.check_values(form, {kode: value}, complete=False)
    assert answers == {}
    assert [(p.column, p.code) for p in problems] == [(kode, code)]


def test_deeply_nested_json_is_refused_like_any_other(form: Form) -> None:
    deep: Any = []
    for _ in range(50_000):
        deep = [deep]
    for kode in ("p1", "p2", "x1"):
        _, problems = a.check_values(form, {kode: deep}, complete=False)
        assert [p.column for p in problems] == [kode]
    while deep:  # taken apart by hand: the interpreter would recurse as deep
        deep = deep[0]


def test_unknown_ids_are_named_but_not_thousands_of_them(form: Form) -> None:
    answers, problems = a.check(form, {f"butir.zz{n}": ["1"] for n in range(5000)}, complete=False)
    assert answers == {}
    assert [p.column for p in problems] == [f"zz{n}" for n in range(a.MOST_UNKNOWN)]
    assert {p.code for p in problems} == {"butir_tidak_dikenal"}


def test_a_good_answer_survives_beside_a_bad_one(form: Form) -> None:
    answers, problems = a.check(form, {"butir.p1": ["a"], "butir.s1": ["77"]}, complete=False)
    assert answers == {"p1": "a"}
    assert [p.column for p in problems] == ["s1"]


@pytest.mark.parametrize(
    ("kode", "text"),
    [
        ("p1", "Pilihan b"),
        ("p2", "Pertama; Ketiga"),
        ("p3", "Salah"),
        ("s1", "0"),
        ("m1", "Ruang: Baik; Konsumsi: Kurang"),
        ("n1", "73,5"),
        ("d1", "22/05/2026"),
        ("x1", "Andi"),
    ],
)
def test_values_are_told_in_the_words_of_the_form(form: Form, kode: str, text: str) -> None:
    assert a.as_text(item(form, kode), CANONICAL[kode]) == text
    assert a.as_text(item(form, kode), None) == ""
