"""A workbook of answers: what each cell becomes, and each refusal by sheet, row and column."""

import math
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from data_access.workbooks.read_answers import SCORED, AnswerBook, KeyItem, ScaleItem, parse, read_answers
from domain.errors import FileRefused

KEY: list[list[Any]] = [["Butir", "Kunci", "Tujuan", "Poin"], ["S1", "B", "T1", None], ["S2", "a;c", "T2", 2]]
PRE: list[list[Any]] = [["Peserta", "S1", "S2"], ["P01", "b ", "C; a"], [" P02", None, "b"]]


def write(path: Path, **sheets: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def parsed(**sheets: list[list[Any]]) -> AnswerBook:
    return parse({name: (name, rows) for name, rows in sheets.items()})


def refusals(book: AnswerBook) -> list[tuple[str, str, str]]:
    return [(one.facts["sel"], one.value, one.code) for one in book.problems]


def test_a_workbook_through_the_child(tmp_path: Path) -> None:
    path = write(tmp_path / "jawaban.xlsx", Kunci=KEY, PRE=PRE, **{"Post-Test": PRE, "lain": [["S1"], ["x"]]})
    book = read_answers(path)
    assert book.problems == []
    assert book.items == [
        KeyItem("S1", "pilihan", 1.0, "b", "T1"),
        KeyItem("S2", "pilihan_ganda", 2.0, ("a", "c"), "T2"),
    ]
    assert [(row.person, row.row, dict(row.answers)) for row in book.rows["pre"]] == [
        ("P01", 2, {"S1": "b", "S2": ["a", "c"]}),
        ("P02", 3, {"S2": ["b"]}),
    ]
    assert len(book.rows["post"]) == 2
    assert book.asked == {"pre": ["S1", "S2"], "post": ["S1", "S2"]}


def test_numbers_truth_values_and_ids_that_excel_changed() -> None:
    book = parsed(
        kunci=[["butir", "kunci"], [1.0, 2], ["2", "BENAR"], ["3", "Dinas  Sosial"]],
        pre=[["peserta", 1.0, 2.0, "3"], [7.0, "2", True, "dinas sosial"], [8, 2.0, False, 3.5]],
    )
    assert [(item.id, item.jenis, item.kunci) for item in book.items] == [
        ("1", "pilihan", "2"), ("2", "benar_salah", "benar"), ("3", "pilihan", "dinas sosial"),
    ]  # fmt: skip
    assert [dict(row.answers) for row in book.rows["pre"]] == [
        {"1": "2", "2": "benar", "3": "dinas sosial"},
        {"1": "2", "2": "salah", "3": "3.5"},
    ]
    assert [row.person for row in book.rows["pre"]] == ["7", "8"]


def test_blank_cells_are_no_answers_and_zero_is() -> None:
    book = parsed(kunci=[["butir", "kunci"], ["S1", 0]], pre=[["peserta", "S1"], ["A", 0], ["B", "  "], ["C", None]])
    assert [dict(row.answers) for row in book.rows["pre"]] == [{"S1": "0"}]


def test_who_is_listed_without_any_answer_did_not_take_the_test() -> None:
    book = parsed(kunci=KEY, pre=[*PRE, ["P03", None, " "], ["P04", "", None]])
    assert [row.person for row in book.rows["pre"]] == ["P01", "P02"]
    assert [(one.code, one.facts["jumlah"], one.facts["peserta"]) for one in book.warnings] == [
        ("analisis_baris_tanpa_jawaban", "2", "P03, P04")
    ]


def test_columns_of_points() -> None:
    key: list[list[Any]] = [["butir", "kunci", "poin"], ["N", None, 20], ["Uraian", None, None]]
    book = parsed(kunci=key, pre=[["peserta", "N", "Uraian"], ["A", 0, "teks"], ["B", 17.5, None], ["C", None, None]])
    assert [item.jenis for item in book.items] == [SCORED, SCORED]
    assert [dict(row.answers) for row in book.rows["pre"]] == [{"N": 0.0}, {"N": 17.5}]
    wrong = parsed(
        kunci=key,
        pre=[
            ["peserta", "N"],
            ["A", 20.5],
            ["B", -1],
            ["C", "12"],
            ["D", True],
            ["E", math.nan],
            ["F", "inf"],
            ["G", "#REF!"],
        ],
    )
    assert refusals(wrong) == [
        ("B2", "20.5", "analisis_poin_di_luar"),
        ("B3", "-1", "analisis_poin_di_luar"),
        ("B4", "12", "analisis_bukan_angka"),
        ("B5", "TRUE", "analisis_bukan_angka"),
        ("B6", "nan", "analisis_sel_galat"),
        ("B7", "inf", "analisis_sel_galat"),
        ("B8", "#REF!", "analisis_sel_galat"),
    ]


def test_the_key_is_checked() -> None:
    book = parsed(
        kunci=[
            ["butir", "kunci", "poin"], ["S1", "a", "satu"], ["S2", "a", -1], ["S3", "a", math.inf], ["S4", "a", 1],
            ["s4 ", "b", 1], [None, "c", 1], ["S5", "#N/A", 1],
        ],
        pre=[["peserta", "S4"], ["A", "a"]],
    )  # fmt: skip
    assert refusals(book) == [
        ("C2", "satu", "analisis_poin_keliru"),
        ("C3", "-1", "analisis_poin_keliru"),
        ("C4", "inf", "analisis_poin_keliru"),
        ("A6", "s4", "analisis_butir_ganda"),
        ("A7", "", "analisis_butir_kosong"),
        ("B8", "#N/A", "analisis_sel_galat"),
    ]


def test_missing_and_double_columns() -> None:
    assert [one.code for one in parsed(kunci=[["butir"], ["S1"]], pre=PRE).problems] == ["analisis_kolom_tidak_ada"]
    assert [one.facts["dicari"] for one in parsed(kunci=KEY, pre=[["S1"], ["a"]]).problems] == ["peserta"]
    double = parsed(kunci=KEY, pre=[["peserta", "S1", "s1"], ["A", "a", "b"]])
    assert refusals(double) == [("C1", "s1", "analisis_kolom_ganda")]


def test_a_column_without_a_key_is_named_and_usual_ones_are_not() -> None:
    book = parsed(kunci=KEY, pre=[["Nama", "peserta", "S1", "S9", "LKS"], ["Contoh", "A", "b", "c", "Panti"]])
    assert [(one.column, one.code) for one in book.warnings] == [("S9", "analisis_kolom_tanpa_kunci")]
    assert dict(book.rows["pre"][0].answers) == {"S1": "b"}


def test_rows_above_the_header_and_blank_rows_do_not_count() -> None:
    book = parsed(kunci=KEY, pre=[[None], PRE[0], [], PRE[1], [None, " "], PRE[2]])
    assert [row.row for row in book.rows["pre"]] == [4, 6]


def test_likert_answers_with_declared_scale() -> None:
    rows: list[list[Any]] = [
        ["peserta", "fase", "K1", "K2"], ["maks", None, 5, None], ["terbalik", None, None, "ya"], ["unsur", None, "Waktu", "Waktu"],
        ["A", "pre", 5, 1], ["A", "Post-test", 4, None], ["B", "pre", 6, 2.5], ["C", "nanti", 1, 1],
    ]  # fmt: skip
    book = parsed(skala=rows)
    assert book.scale == [ScaleItem("K1", 1, 5, False, "Waktu"), ScaleItem("K2", 1, 4, True, "Waktu")]
    assert refusals(book) == [
        ("C7", "6", "analisis_di_luar_skala"),
        ("D7", "2.5", "analisis_di_luar_skala"),
        ("B8", "nanti", "analisis_fase_keliru"),
    ]
    assert [dict(row.answers) for row in book.scale_rows["post"]] == [{"K1": 4}]


def test_likert_columns_declared_for_pre_and_post() -> None:
    declared: list[list[Any]] = [
        ["butir", "min", "maks", "terbalik", "unsur"],
        ["K1", 1, 5, None, "X"],
        ["K2", 4, 1, "", ""],
    ]
    both: list[list[Any]] = [["peserta", "S1", "K1"], ["A", "b", 5], ["B", "a", "tinggi"]]
    book = parsed(kunci=KEY, skala=declared, pre=both, post=both)
    assert book.scale == [ScaleItem("K1", 1, 5, False, "X")]
    assert [one.code for one in book.problems] == [
        "analisis_skala_keliru",
        "analisis_bukan_angka",
        "analisis_bukan_angka",
    ]
    assert [dict(row.answers) for row in book.scale_rows["pre"]] == [{"K1": 5}]
    assert len(book.rows["post"]) == 2


def refused(path: Path) -> str:
    with pytest.raises(FileRefused) as caught:
        read_answers(path)
    return caught.value.code


def test_files_that_are_refused(tmp_path: Path) -> None:
    text = tmp_path / "a.csv"
    text.write_text("peserta;S1\nA;b\n", encoding="utf-8")
    assert refused(text) == "bukan_lembar_kerja"
    assert refused(tmp_path / "tiada.xlsx") == "berkas_tidak_terbaca"
    assert refused(write(tmp_path / "b.xlsx", kunci=KEY)) == "analisis_lembar_tidak_ada"
    assert refused(write(tmp_path / "c.xlsx", pre=PRE, post=PRE)) == "analisis_lembar_tidak_ada"
    assert refused(write(tmp_path / "d.xlsx", kunci=KEY, pre=PRE, pretest=PRE)) == "analisis_lembar_ganda"


def test_a_hostile_workbook_never_reaches_the_parser(tmp_path: Path) -> None:
    good = write(tmp_path / "a.xlsx", kunci=KEY, pre=PRE)
    bad = tmp_path / "b.xlsx"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(bad, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                data = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y "z">]>' + data.partition(b"?>")[2]
            new.writestr(name, data)
    assert refused(bad) == "xml_berbahaya"


def test_a_formula_that_was_never_calculated_is_refused(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.xlsx", kunci=[*KEY, ["N", None, "T1", 10]], pre=[["peserta", "S1", "N"], ["A", "=B9", "=1+1"]]
    )
    assert [(one.facts["sel"], one.code) for one in read_answers(path).problems] == [
        ("B2", "analisis_sel_galat"),
        ("C2", "analisis_sel_galat"),
    ]
