import io
from typing import Any

import openpyxl

from data_access.assets import ready_made_forms
from data_access.workbooks import write_form_template as w
from data_access.workbooks.form_words import words
from domain.forms.definition import FORM_KINDS, ITEM_KINDS
from domain.forms.parsing import from_mapping
from tests.form_rows import example


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def rows(book: openpyxl.Workbook, title: str) -> list[dict[str, Any]]:
    head, *cells = book[title].iter_rows(values_only=True)
    return [{name: value for name, value in zip(head, row, strict=True) if value is not None} for row in cells]


def test_the_empty_template_opens_on_the_items_with_marked_examples() -> None:
    book = opened(w.form_template())
    assert book.sheetnames == ["butir", "formulir", "tujuan", "bagian", "petunjuk"]
    assert book.active.title == "butir"
    found = rows(book, "butir")
    assert len(found) == 4
    assert {row["bagian"] for row in found} == {"CONTOH"}
    assert [row["isian"] for row in rows(book, "formulir")] == list(w.FORM_FIELDS)


def test_the_columns_are_those_that_the_guide_explains() -> None:
    assert w.columns(2)[9:11] == ("pilihan_a", "pilihan_b")
    assert w.option_column(25) == "pilihan_z" and w.option_column(26) == "pilihan_27"
    told = words()["kolom"]
    assert {name for name in w.columns() if not name.startswith(w.OPTION)} | {"pilihan"} == set(told)
    assert set(words()["formulir"]) == set(w.FORM_FIELDS)
    assert all(kind in words()["formulir"]["jenis"] for kind in FORM_KINDS)
    guide = [str(row[0].value) for row in opened(w.form_template())["petunjuk"].iter_rows() if row[0].value]
    assert guide[0] == words()["templat"]["judul"]
    assert "pilihan_a ... pilihan_h" in guide


def test_kinds_and_yes_or_no_are_chosen_from_lists() -> None:
    sheet = opened(w.form_template())["butir"]
    names = [cell.value for cell in sheet[1]]
    lists = {}
    for rule in sheet.data_validations.dataValidation:
        column = next(iter(rule.sqref.ranges)).min_col
        lists[names[column - 1]] = rule.formula1.strip('"').split(",")
    assert lists["jenis"] == list(ITEM_KINDS)
    assert lists["wajib"] == lists["balik"] == lists["bulat"] == ["ya", "tidak"]


def test_the_kind_of_form_is_chosen_from_a_list() -> None:
    sheet = opened(w.form_template())["formulir"]
    lists = {
        sheet.cell(next(iter(rule.sqref.ranges)).min_row, 1).value: rule.formula1.strip('"').split(",")
        for rule in sheet.data_validations.dataValidation
    }
    assert lists == {"jenis": list(FORM_KINDS), "acak": ["ya", "tidak"], "anonim": ["ya", "tidak"]}


def test_a_filled_template_holds_the_form_with_its_key() -> None:
    book = opened(w.form_template(from_mapping(example())))
    found = {row["kode"]: row for row in rows(book, "butir")}
    assert found["p1"] == {
        "bagian": "satu",
        "kode": "p1",
        "jenis": "pilihan",
        "teks": "Satu jawaban?",
        "wajib": "ya",
        "tujuan": "t1",
        "poin": 2.5,
        "kunci": "b",
        **{f"pilihan_{letter}": f"Pilihan {letter}" for letter in "abcd"},
    }
    assert (found["p2"]["kunci"], found["p2"]["pasangan"]) == ("a; c", "pas2")
    assert (found["m1"]["baris"], found["m1"]["skala_label"]) == ("Ruang; Konsumsi", "Kurang; Cukup; Baik")
    assert (found["m1"]["balik"], found["n2"]["bulat"], found["n1"]["wajib"]) == ("ya", "ya", "tidak")
    assert (found["n1"]["min"], found["n1"]["max"]) == (0, 100.5)
    assert rows(book, "tujuan")[1] == {"kode": "t2", "nama": "Tujuan kedua"}


def test_options_with_ids_of_their_own_show_them_and_there_are_columns_enough() -> None:
    book = opened(w.form_template(ready_made_forms()["pascapelatihan"]))
    found = {row["kode"]: row for row in rows(book, "butir")}
    assert found["rtl_status"]["pilihan_a"] == "[selesai] Sudah selesai seluruhnya"
    assert found["kendala"]["pilihan_i"] == "[lain] Kendala lain"


def test_no_text_becomes_a_formula() -> None:
    data = example()
    data["bagian"][0]["butir"][0]["teks"] = '=HYPERLINK("x")'
    data["bagian"][0]["butir"][0]["pilihan"][0]["teks"] = "@SUM(A1)"
    book = opened(w.form_template(from_mapping(data)))
    assert not any(cell.data_type == "f" for sheet in book for row in sheet for cell in row)
