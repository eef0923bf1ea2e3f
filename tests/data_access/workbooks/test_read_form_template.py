import csv
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data_access.assets import ready_made_forms
from data_access.workbooks.read_form_template import TemplateForm, parse, read_form_template
from data_access.workbooks.read_sheets import SheetCells
from data_access.workbooks.write_form_template import form_template
from domain.errors import FileRefused, InvalidInput, Problem
from domain.forms.definition import Form, Option, Scale, digest, item, items
from domain.forms.parsing import from_mapping
from domain.impor.repair import Cell
from services import wording
from tests.form_rows import example

HEAD = ("bagian", "kode", "jenis", "teks", "tujuan", "poin", "kunci", "pilihan_a", "pilihan_b", "pilihan_c")
SCALE_HEAD = ("skala_min", "skala_max", "skala_label", "balik", "baris", "min", "max", "bulat", "panjang", "wajib")
DEFAULTS = {"kode": "coba", "judul": "Coba", "jenis": "lain"}


def sheet(*rows: dict[str, Cell], head: tuple[str, ...] = HEAD + SCALE_HEAD) -> SheetCells:
    return SheetCells("butir", (head, *(tuple(row.get(name) for name in head) for row in rows)))


def question(**more: Cell) -> dict[str, Cell]:
    return {
        "bagian": "Soal",
        "kode": "s1",
        "jenis": "pilihan",
        "teks": "Apa?",
        "kunci": "b",
        "pilihan_a": "Satu",
        "pilihan_b": "Dua",
        **more,
    }


def read(*sheets: SheetCells, **defaults: Any) -> TemplateForm:
    return parse(sheets, (), DEFAULTS | defaults)


def refused(*sheets: SheetCells, **defaults: Any) -> list[Problem]:
    with pytest.raises(InvalidInput) as caught:
        read(*sheets, **defaults)
    return caught.value.problems


def save(tmp_path: Path, form: Form | None) -> Path:
    path = tmp_path / "templat.xlsx"
    path.write_bytes(form_template(form))
    return path


@pytest.mark.parametrize("form", [*ready_made_forms().values(), from_mapping(example())], ids=lambda form: form.kode)
def test_a_filled_template_reads_back_to_the_same_form(tmp_path: Path, form: Form) -> None:
    found = read_form_template(save(tmp_path, form))
    assert found.warnings == ()
    assert found.form == form
    assert digest(found.form) == digest(form)


def test_the_examples_of_an_empty_template_are_not_read(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as caught:
        read_form_template(save(tmp_path, None))
    assert caught.value.code == "templat_kosong"


def test_the_examples_themselves_are_a_form(tmp_path: Path) -> None:
    """Somebody overwrites the word CONTOH and uploads the rest as it is."""
    import openpyxl

    path = save(tmp_path, None)
    book = openpyxl.load_workbook(path)
    for row in book["butir"].iter_rows(min_row=2):
        row[0].value = "Bagian pertama"
    book.save(path)
    form = read_form_template(path, DEFAULTS).form
    assert [found.kode for found in items(form)] == ["soal1", "soal2", "nilai1", "saran"]
    assert [aim.nama for aim in form.tujuan] == ["layanan"]
    assert [section.judul for section in form.bagian] == ["Bagian pertama"]


def test_a_csv_with_the_same_columns_will_do(tmp_path: Path) -> None:
    path = tmp_path / "soal.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, HEAD)
        writer.writeheader()
        writer.writerow(question(poin="2,5"))
    form = read_form_template(path, DEFAULTS).form
    assert (item(form, "s1").poin, item(form, "s1").kunci) == (2.5, ("b",))


def test_headers_may_be_written_freely_and_need_not_stand_on_top() -> None:
    rows = (
        ("Soal Bimtek",),
        (),
        ("Bagian", "KODE", "Jenis ", "Teks", "Pilihan A", "pilihan b", "Kunci"),
        ("Soal", "s1", "Pilihan", "Apa?", "Satu", "Dua", "B"),
    )
    form = read(SheetCells("Lembar1", rows)).form
    assert item(form, "s1").kunci == ("b",)


def test_an_empty_section_means_the_one_above_and_sections_may_alternate() -> None:
    found = read(
        sheet(
            question(),
            question(kode="s2", bagian=None),
            question(kode="s3", bagian="Lain"),
            question(kode="s4", bagian="soal"),
        )
    ).form
    assert [(part.kode, part.judul, [one.kode for one in part.butir]) for part in found.bagian] == [
        ("bagian1", "Soal", ["s1", "s2", "s4"]),
        ("bagian2", "Lain", ["s3"]),
    ]


def test_aims_may_be_told_by_id_by_name_or_without_a_list() -> None:
    aims = SheetCells("tujuan", (("kode", "nama"), ("t1", "Layanan"), ("t2", "t1")))
    found = read(sheet(question(tujuan="layanan"), question(kode="s2", tujuan="t1")), aims).form
    assert [one.tujuan for one in items(found)] == ["t1", "t1"]
    found = read(sheet(question(tujuan="Layanan"), question(kode="s2", tujuan="layanan"))).form
    assert [(aim.kode, aim.nama) for aim in found.tujuan] == [("t1", "Layanan")]
    assert [one.tujuan for one in items(found)] == ["t1", "t1"]


@pytest.mark.parametrize(
    ("jenis", "kunci", "found"),
    [
        ("pilihan", "B", ("b",)),
        ("pilihan", "dua", ("b",)),
        ("pilihan", "b.", ("b",)),
        ("pilihan_ganda", "a; B", ("a", "b")),
        ("pilihan_ganda", "b,a", ("a", "b")),
        ("benar_salah", "Benar", ("benar",)),
        ("benar_salah", "S", ("salah",)),
        ("benar_salah", True, ("benar",)),
        ("benar_salah", False, ("salah",)),
    ],
)
def test_a_key_is_taken_as_people_write_it(jenis: str, kunci: Cell, found: tuple[str, ...]) -> None:
    assert item(read(sheet(question(jenis=jenis, kunci=kunci))).form, "s1").kunci == found


def test_words_for_true_and_false_in_the_option_columns_do_no_harm() -> None:
    row = question(jenis="benar_salah", kunci="benar", pilihan_a="Benar", pilihan_b="Salah")
    assert item(read(sheet(row)).form, "s1").pilihan == ()


def test_numbers_in_text_cells_stay_as_they_were_typed() -> None:
    found = item(read(sheet(question(pilihan_a=45.0, pilihan_b=4.5, pilihan_c=30))).form, "s1")
    assert [option.teks for option in found.pilihan] == ["45", "4,5", "30"]


def test_scales_rows_and_ids_of_their_own() -> None:
    rows: list[dict[str, Cell]] = [
        {"kode": "m", "jenis": "matriks", "teks": "?", "baris": "[rg] Ruang; Konsumsi", "skala_min": 1.0,
         "skala_max": "4", "skala_label": "Kurang; Cukup; Baik; Sangat Baik", "balik": "Ya"},
        {"kode": "l", "jenis": "skala", "teks": "?", "skala_min": 1, "skala_max": 2, "skala_label": "a; b\nc",
         "balik": "tidak"},
        {"kode": "p", "jenis": "pilihan", "teks": "?", "pilihan_a": "[dana] Kurang dana", "pilihan_c": "Lain"},
    ]  # fmt: skip
    form = read(sheet(*rows)).form
    assert item(form, "m").baris == (Option("rg", "Ruang"), Option("2", "Konsumsi"))
    assert item(form, "m").skala == Scale(1, 4, ("Kurang", "Cukup", "Baik", "Sangat Baik"), balik=True)
    assert item(form, "l").skala == Scale(1, 2, ("a; b", "c"))
    assert item(form, "p").pilihan == (Option("dana", "Kurang dana"), Option("c", "Lain"))


def test_the_sheet_of_the_form_wins_over_what_the_screen_proposed() -> None:
    about = SheetCells("formulir", (("isian", "nilai"), ("judul", "Tes: LKS 2026"), ("acak", "ya"), ("versi", 3.0)))
    form = read(sheet(question()), about, kode="").form
    assert (form.kode, form.judul, form.acak, form.versi) == ("tes_lks_2026", "Tes: LKS 2026", True, 3)


def test_items_without_an_id_get_a_free_one_in_order() -> None:
    rows = [question(kode=None), question(kode="S02"), question(kode=None), question(kode=None, bagian="Lain")]
    assert [one.kode for one in items(read(sheet(*rows)).form)] == ["s01", "S02", "s03", "s04"]
    problems = refused(sheet(question(kode=date(2026, 4, 1))))
    assert [problem.code for problem in problems] == ["templat_sel_tanggal", "formulir_isian_wajib"]


MISTAKES: list[tuple[str, Callable[[], list[SheetCells]], str, str, str, str]] = [
    # name, sheets, column, value, code, cell
    (
        "key",
        lambda: [sheet(question(), question(kode="s2", kunci="e"))],
        "butir / baris 3 / kunci",
        "e",
        "formulir_kunci_bukan_pilihan",
        "G3",
    ),
    (
        "item twice",
        lambda: [sheet(question(), question(bagian="Lain"))],
        "butir / baris 3 / kode",
        "s1",
        "formulir_kode_ganda",
        "B3",
    ),
    ("no text", lambda: [sheet(question(teks=None))], "butir / baris 2 / teks", "", "formulir_isian_wajib", "D2"),
    (
        "no kind",
        lambda: [sheet({"bagian": "S", "kode": "a", "teks": "?"})],
        "butir / baris 2 / jenis",
        "",
        "formulir_isian_wajib",
        "C2",
    ),
    (
        "kind in two words",
        lambda: [sheet(question(jenis="Pilihan  Ganda"))],
        "butir / baris 2 / jenis",
        "Pilihan  Ganda",
        "templat_pilihan_ganda",
        "C2",
    ),
    (
        "options alike with a gap before",
        lambda: [sheet(question(pilihan_b=None, pilihan_c="satu", kunci="a"))],
        "butir / baris 2 / pilihan_c",
        "satu",
        "formulir_pilihan_sama",
        "J2",
    ),
    (
        "one option",
        lambda: [sheet(question(pilihan_b=None, kunci="a"))],
        "butir / baris 2 / pilihan_a",
        "1",
        "formulir_pilihan_kurang",
        "H2",
    ),
    (
        "day instead of text",
        lambda: [sheet(question(pilihan_c=date(2026, 4, 1)))],
        "butir / baris 2 / pilihan_c",
        "2026-04-01",
        "templat_sel_tanggal",
        "J2",
    ),
    (
        "formula error",
        lambda: [sheet(question(pilihan_c="#REF!"))],
        "butir / baris 2 / pilihan_c",
        "#REF!",
        "templat_sel_rusak",
        "J2",
    ),
    (
        "points in words",
        lambda: [sheet(question(poin="dua"))],
        "butir / baris 2 / poin",
        "dua",
        "templat_bukan_bilangan",
        "F2",
    ),
    (
        "neither yes nor no",
        lambda: [sheet(question(wajib="mungkin"))],
        "butir / baris 2 / wajib",
        "mungkin",
        "templat_ya_tidak",
        "T2",
    ),
    (
        "scale",
        lambda: [sheet({"kode": "a", "jenis": "skala", "teks": "?", "skala_min": 4, "skala_max": 1})],
        "butir / baris 2 / skala_min",
        "4-1",
        "formulir_skala_terbalik",
        "K2",
    ),
    (
        "labels",
        lambda: [
            sheet({"kode": "a", "jenis": "skala", "teks": "?", "skala_min": 1, "skala_max": 4, "skala_label": "a;b;c"})
        ],
        "butir / baris 2 / skala_label",
        "a, b, c",
        "formulir_skala_label",
        "M2",
    ),
    (
        "half a step",
        lambda: [sheet({"kode": "a", "jenis": "skala", "teks": "?", "skala_min": 1, "skala_max": 4.5})],
        "butir / baris 2 / skala_min",
        "4.5",
        "formulir_bentuk_isian",
        "K2",
    ),
    (
        "rows alike",
        lambda: [
            sheet({"kode": "a", "jenis": "matriks", "teks": "?", "skala_min": 1, "skala_max": 4, "baris": "x; X"})
        ],
        "butir / baris 2 / baris",
        "X",
        "formulir_pilihan_sama",
        "O2",
    ),
    (
        "aim",
        lambda: [sheet(question(tujuan="t9")), SheetCells("tujuan", (("kode", "nama"), ("t1", "Satu")))],
        "butir / baris 2 / tujuan",
        "t9",
        "formulir_tujuan_tidak_ada",
        "E2",
    ),
    (
        "aim without name",
        lambda: [sheet(question()), SheetCells("tujuan", (("kode", "nama"), ("t1", None)))],
        "tujuan / baris 2 / nama",
        "",
        "formulir_isian_wajib",
        "B2",
    ),
    (
        "section id",
        lambda: [
            sheet(question(bagian="a b")),
            SheetCells("bagian", (("kode", "judul"), (), ("a b", "Judul"))),
        ],
        "bagian / baris 3 / kode",
        "a b",
        "formulir_kode_keliru",
        "A3",
    ),
    (
        "form kind",
        lambda: [sheet(question()), SheetCells("formulir", (("isian", "nilai"), ("jenis", "ujian")))],
        "formulir / baris 2 / nilai",
        "ujian",
        "formulir_jenis_tidak_dikenal",
        "B2",
    ),
    (
        "unknown field of the form",
        lambda: [sheet(question()), SheetCells("formulir", (("isian", "nilai"), ("warna", "merah")))],
        "formulir / baris 2 / isian",
        "warna",
        "templat_isian_tidak_dikenal",
        "A2",
    ),
    (
        "column twice",
        lambda: [sheet(question(), head=(*HEAD, "kode"))],
        "butir / baris 1 / kode",
        "kode",
        "templat_kolom_ganda",
        "B1",
    ),
]


@pytest.mark.parametrize("row", MISTAKES, ids=[row[0] for row in MISTAKES])
def test_each_mistake_is_named_by_sheet_row_and_column(row: tuple[Any, ...]) -> None:
    _, sheets, column, value, code, cell = row
    (problem,) = refused(*sheets())
    assert (problem.column, problem.value, problem.code) == (column, value, code)
    place = re.fullmatch(r"(\w+) / baris (\d+) / (\w+)", column)
    assert place
    assert (problem.facts["lembar"], problem.facts["baris"], problem.facts["sel"]) == (place[1], place[2], cell)
    assert "{" not in str(wording.of_problem(problem)) and "-" != str(wording.of_problem(problem))


def test_all_mistakes_come_at_once() -> None:
    problems = refused(sheet(question(kunci="z", wajib="?"), question(kode="s1", teks=None)), judul="")
    assert {problem.code for problem in problems} == {
        "formulir_kunci_bukan_pilihan",
        "templat_ya_tidak",
        "formulir_isian_wajib",
        "formulir_kode_ganda",
    }
    assert "formulir / judul" in {problem.column for problem in problems}


def test_unknown_columns_are_told_and_left_out() -> None:
    found = read(sheet(question() | {"warna": "x"}, head=(*HEAD, "warna")))
    assert [(problem.column, problem.code) for problem in found.warnings] == [
        ("butir / baris 1 / warna", "templat_kolom_tidak_dikenal")
    ]


@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ([SheetCells("butir", (("nama", "nilai"), ("a", "b")))], "templat_bukan_formulir"),
        ([], "templat_bukan_formulir"),
        ([sheet()], "templat_kosong"),
        ([sheet(*(question(kode=f"s{n}") for n in range(201)))], "templat_terlalu_banyak_baris"),
    ],
    ids=["other columns", "nothing", "no rows", "too many"],
)
def test_a_workbook_that_is_no_template_is_refused_as_a_whole(sheets: list[SheetCells], code: str) -> None:
    with pytest.raises(FileRefused) as caught:
        read(*sheets)
    assert caught.value.code == code
    assert "{" not in str(wording.of_error(caught.value))
