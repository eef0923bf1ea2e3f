"""Values from a workbook: the file must say whose region codes it uses, and every refusal has its reason."""

import ast
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data_access.indicator_assets import definitions
from domain import indikator_isian
from domain.errors import FileRefused, Problem
from domain.impor.repair import FORMULA_WITHOUT_VALUE, Cell
from domain.indikator_isian import BPS, KEMENDAGRI, Read, check, entered, read, region
from services import wording

TODAY = date(2026, 11, 20)
BY_CODE = {one.kode: one for one in definitions()}
HEAD: list[Cell] = ["Kode indikator *", "Kode wilayah *", "Periode *", "Seri", "Nilai", "Pembilang", "Penyebut"]
HEAD += ["Sekitar", "Sumber *", "Tanggal terbit", "Catatan"]
IPM = {"wilayah": "52.72", "periode": "2025", "seri": "baru", "nilai": 79.1, "sumber": "BPS"}


def of(*rows: list[Cell], declared: Cell = "Kemendagri") -> Read:
    return read([[["Jenis kode wilayah", declared], [], HEAD, *rows]], TODAY)


def refused(kode: str, **values: Any) -> set[tuple[str, str]]:
    _, problems = check(BY_CODE[kode], values, TODAY)
    return {(problem.column, problem.code) for problem in problems}


def test_a_row_is_read_with_indonesian_numbers_and_dates() -> None:
    found = of(["IPM", "52.72", 2025, "Baru", "79,1", None, None, "ya", "BPS", "05/12/2025", " catatan "])
    [line] = found.lines
    assert found.codes == KEMENDAGRI
    assert (line.row, line.problems) == (4, ())
    assert line.values == {
        **{"kode": "ipm", "wilayah": "52.72", "periode": "2025", "seri": "baru", "nilai": 79.1, "sekitar": True},
        **{"sumber": "BPS", "tanggal": date(2025, 12, 5), "catatan": "catatan"},
    }


@pytest.mark.parametrize(("declared", "codes"), [("BPS", BPS), ("bps", BPS), ("Kemendagri", KEMENDAGRI)])
def test_the_file_says_whose_codes_it_uses(declared: str, codes: str) -> None:
    assert of(["ipm", "7604", 2025, "baru", 70, None, None, None, "BPS"], declared=declared).codes == codes


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([HEAD, ["ipm", "7604", 2025, "baru", 70]], "indikator_jenis_kode_tidak_disebut"),
        ([["Jenis kode wilayah", None], HEAD, ["ipm"]], "indikator_jenis_kode_keliru"),
        ([["Jenis kode wilayah", "76"], HEAD, ["ipm"]], "indikator_jenis_kode_keliru"),
        ([["Jenis kode wilayah", "BPS"], HEAD], "indikator_tanpa_baris"),
        ([["Jenis kode wilayah", "BPS"], ["Nama", "Nilai"]], "indikator_tanpa_kolom"),
        ([], "indikator_tanpa_kolom"),
    ],
)
def test_a_file_without_what_it_needs_is_refused_whole(rows: list[list[Cell]], code: str) -> None:
    with pytest.raises(FileRefused) as caught:
        read([rows], TODAY)
    assert caught.value.code == code


def test_the_marked_example_and_empty_rows_are_not_read() -> None:
    example: list[Cell] = ["ipm", "33.71", "2025", "baru", "80,5", "", "", "", "BPS", "", "", "CONTOH"]
    found = of(example, [None, " "], ["ipm", "52.72", 2025, "baru", 70, None, None, None, "BPS"])
    assert [line.row for line in found.lines] == [6]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (["ipm", "52.72", 2025, "baru", "tinggi", None, None, None, "BPS"], ("nilai", "indikator_bukan_angka")),
        (["ipm", "52.72", 2025, "baru", "1,234", None, None, None, "BPS"], ("nilai", "indikator_angka_ambigu")),
        (["ipm", "52.72", 2025, "baru", True, None, None, None, "BPS"], ("nilai", "indikator_bukan_angka")),
        (["ipm", "52.72", 2025, "baru", 70, None, None, None, None], ("sumber", "indikator_wajib_diisi")),
        (["ipm", date(2072, 5, 2), 2025, "baru", 70, None, None, None, "B"], ("wilayah", "indikator_jadi_tanggal")),
        (["ipm", "52.72", 2025, "baru", 70, None, None, None, "x" * 501], ("sumber", "indikator_terlalu_panjang")),
        (["ipm", "52.72", 2025, "baru", 70, None, None, None, "B", "kemarin"], ("tanggal", "indikator_tanggal_keliru")),
        (
            ["ipm", "52.72", 2025, "baru", FORMULA_WITHOUT_VALUE, None, None, None, "B"],
            ("nilai", "indikator_rumus_tanpa_hasil"),
        ),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(cells: list[Cell], problem: tuple[str, str]) -> None:
    [line] = of(cells).lines
    assert [(one.column, one.code) for one in line.problems] == [problem]


BPS_CODES = {"7604": "76.02", "7602": "76.04", "9401": "91.01"}
KNOWN = {"76.02": True, "76.04": True, "91.01": False, "33": True}


@pytest.mark.parametrize(
    ("text", "codes", "found"),
    [
        ("7604", BPS, "76.02"),  # Mamuju
        ("7604", KEMENDAGRI, "76.04"),  # Polewali Mandar: the same digits, another regency
        ("76.04", KEMENDAGRI, "76.04"),
        ("33", KEMENDAGRI, "33"),
        ("Indonesia", BPS, ""),
        ("nasional", KEMENDAGRI, ""),
        ("76.04", BPS, "indikator_kode_bps_tidak_dikenal"),
        ("7699", BPS, "indikator_kode_bps_tidak_dikenal"),
        ("76.99", KEMENDAGRI, "indikator_kode_tidak_dikenal"),
        ("52.7", KEMENDAGRI, "indikator_kode_tidak_dikenal"),  # what a numeric cell leaves of 52.70
        ("Mamuju", KEMENDAGRI, "indikator_kode_tidak_dikenal"),
        ("9401", BPS, "indikator_wilayah_tidak_berlaku"),
    ],
)
def test_a_code_means_what_the_file_declared(text: str, codes: str, found: str) -> None:
    told = region(text, codes, BPS_CODES, KNOWN)
    assert (told.code if isinstance(told, Problem) else told) == found


def test_a_good_value_passes_and_keeps_its_series() -> None:
    checked, problems = check(BY_CODE["ipm"], IPM, TODAY)
    assert problems == []
    assert (checked["nilai"], checked["seri"], checked["pembilang"], checked["sekitar"]) == (79.1, "baru", None, False)


@pytest.mark.parametrize(
    ("kode", "changes", "problem"),
    [
        ("ipm", {"seri": ""}, ("seri", "indikator_seri_wajib")),
        ("ipm", {"seri": "tengah"}, ("seri", "indikator_seri_wajib")),
        ("hls", {"seri": "baru"}, ("seri", "indikator_tanpa_seri")),
        ("ipm", {"nilai": 7910}, ("nilai", "indikator_di_luar_batas")),
        ("ipm", {"nilai": None}, ("nilai", "indikator_wajib_diisi")),
        ("ipm", {"nilai": -1}, ("nilai", "indikator_negatif")),
        ("ipm", {"periode": "2027"}, ("periode", "indikator_periode_depan")),
        ("ipm", {"periode": "2025/26"}, ("periode", "indikator_periode_keliru")),
        ("ipm", {"sumber": " "}, ("sumber", "indikator_wajib_diisi")),
        ("ipm", {"wilayah": "52.72.01"}, ("wilayah", "indikator_bukan_tingkat")),
        ("ipm", {"tanggal": date(2027, 1, 1)}, ("tanggal", "indikator_tanggal_depan")),
        ("terdaftar", {"seri": ""}, ("kode", "indikator_dihitung")),
        ("ipm_capaian", {"seri": ""}, ("kode", "indikator_dihitung")),
        ("p0", {"seri": "", "nilai": 120}, ("nilai", "indikator_di_luar_batas")),
        ("ppks_terdata", {"seri": "", "nilai": 10.5}, ("nilai", "indikator_bukan_bulat")),
        ("spm_pr_anak", {"seri": "", "pembilang": 1, "penyebut": 2}, ("wilayah", "indikator_bukan_tingkat")),
        ("spm_kk_anak", {"seri": "", "nilai": 75}, ("pembilang", "indikator_butuh_pembagi")),
        ("spm_kk_anak", {"seri": "", "pembilang": 3, "penyebut": 0}, ("penyebut", "indikator_butuh_pembagi")),
        ("spm_kk_anak", {"seri": "", "pembilang": 9, "penyebut": 8}, ("pembilang", "indikator_pembilang_lebih")),
        ("spm_kk_anak", {"seri": "", "pembilang": 3, "penyebut": 4}, ("nilai", "indikator_nilai_beda")),
    ],
)
def test_what_is_refused(kode: str, changes: dict[str, Any], problem: tuple[str, str]) -> None:
    assert problem in refused(kode, **IPM | changes)


def test_a_share_is_worked_out_from_its_parts() -> None:
    values = {"wilayah": "52.72", "periode": "2025", "pembilang": 30, "penyebut": 40, "sumber": "Laporan SPM"}
    checked, problems = check(BY_CODE["spm_kk_anak"], values, TODAY)
    assert (problems, checked["nilai"]) == ([], 75.0)


def test_a_typed_number() -> None:
    assert (entered("nilai", "73,67"), entered("nilai", "1.466.741"), entered("nilai", " ")) == (73.67, 1466741.0, None)
    found = entered("nilai", "banyak")
    assert isinstance(found, Problem) and (found.column, found.code) == ("nilai", "indikator_bukan_angka")


def test_every_code_in_the_source_has_a_sentence() -> None:
    tree = ast.parse(Path(indikator_isian.__file__).read_text(encoding="utf-8"))
    codes = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    emitted = {code for code in codes if code.startswith("indikator_")}
    assert len(emitted) >= 20
    assert sorted(emitted - set(wording.messages())) == []
