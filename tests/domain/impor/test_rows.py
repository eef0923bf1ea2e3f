"""Whole rows: places brought together, words of the lists, checks between columns, doubles inside one file."""

from datetime import date
from typing import Any

import pytest

from data_access.assets import references, wilayah_rows
from domain.impor.places import WilayahIndex
from domain.impor.repair import Cell
from domain.impor.rows import ParsedRow, RowReader, mark_duplicates, parse_row

TODAY = date(2026, 11, 21)
INDEX = WilayahIndex(wilayah_rows())
REFS = references()
READER = RowReader(INDEX, REFS, TODAY)
BASE: dict[str, Cell] = {"nama": "Panti Contoh", "kluster": "Anak", "kabkota": "Kota Magelang"}


def read(**cells: Cell) -> ParsedRow:
    return READER.parse(BASE | cells, 7)


def refusals(parsed: ParsedRow) -> list[tuple[str, str]]:
    return [(problem.column, problem.code) for problem in parsed.problems]


def doubts(parsed: ParsedRow) -> list[tuple[str, str]]:
    return [(problem.column, problem.code) for problem in parsed.doubts]


def test_a_clean_row_changes_nothing() -> None:
    parsed = parse_row(BASE, INDEX, REFS, TODAY, 7)
    assert parsed.row == 7
    assert parsed.values == {
        "nama": "Panti Contoh",
        "kluster": ["anak"],
        "kode_wilayah": "33.71",
        "provinsi": "Jawa Tengah",
        "kabkota": "Kota Magelang",
    }
    assert (parsed.problems, parsed.repairs, parsed.doubts) == ([], [], [])


def test_kecamatan_gives_the_deepest_code() -> None:
    parsed = read(kecamatan="Kec. Magelang Utara")
    assert parsed.values["kode_wilayah"] == "33.71.02"
    assert parsed.values["kecamatan"] == "Magelang Utara"
    assert refusals(read(kecamatan="Raba")) == [("kecamatan", "kecamatan_di_kabkota_lain")]


def test_the_code_column_alone_or_with_the_name() -> None:
    alone = READER.parse({"nama": "A", "kluster": "Anak", "kode_wilayah": 33.71}, 1)
    assert (alone.values["kabkota"], alone.problems) == ("Kota Magelang", [])
    deep = read(kode_wilayah="33.71.02.1001")
    assert (deep.values["kode_wilayah"], deep.values["kecamatan"]) == ("33.71.02.1001", "Magelang Utara")
    assert refusals(read(kode_wilayah="33.08")) == [("kode_wilayah", "kode_nama_beda")]
    namesake = read(kabkota="Magelang", kode_wilayah="33.08")
    assert (namesake.values["kabkota"], namesake.problems) == ("Kab. Magelang", [])
    assert [repair.code for repair in namesake.repairs] == ["nama_dari_kode"]


def test_a_province_that_does_not_fit() -> None:
    assert refusals(read(provinsi="Jawa Timur")) == [("kabkota", "kabkota_beda_provinsi")]
    by_code = READER.parse({"nama": "A", "kluster": "Anak", "provinsi": "Bali", "kode_wilayah": "33.71"}, 1)
    assert ("provinsi", "kabkota_beda_provinsi") in refusals(by_code)


def test_required_fields() -> None:
    parsed = READER.parse({"alamat": "Jl. Contoh"}, 3)
    assert refusals(parsed) == [
        ("nama", "wajib_kosong"),
        ("kluster", "wajib_kosong"),
        ("kabkota", "wajib_kosong"),
    ]
    assert refusals(read(nama="-")) == [("nama", "wajib_kosong")]
    # The ambiguous name is the problem; it is not called missing as well.
    assert refusals(read(kabkota="Magelang")) == [("kabkota", "kabkota_ambigu")]


@pytest.mark.parametrize(
    ("cell", "kodes", "listed"),
    [
        ("Anak", ["anak"], []),
        ("anak", ["anak"], []),
        ("Anak; Lanjut usia", ["anak", "lansia"], []),
        ("LKSA", ["anak"], ["padanan"]),
        ("Panti Asuhan", ["anak"], ["padanan"]),
        ("LKS PD", ["disabilitas"], ["padanan"]),
        ("LKS LU, LKSA", ["anak", "lansia"], ["padanan"]),
        ("LKSA dan LKS LU", ["anak", "lansia"], ["padanan"]),
        ("IPWL", ["napza"], ["padanan"]),
        ("Tuna sosial dan korban perdagangan orang", ["tuna_sosial"], []),
        ("1. Anak\n2. Lansia", ["anak", "lansia"], ["padanan"]),
    ],
)
def test_kluster(cell: str, kodes: list[str], listed: list[str]) -> None:
    parsed = read(kluster=cell)
    assert parsed.values["kluster"] == kodes
    assert [repair.code for repair in parsed.repairs] == listed


def test_an_unknown_word_is_refused_with_hints() -> None:
    [problem] = read(kluster="Anak; Lanjut usai").problems
    assert (problem.column, problem.code) == ("kluster", "pilihan_tidak_dikenal")
    assert (problem.facts["kata"], problem.facts["mungkin"]) == ("Lanjut usai", "Lanjut usia")


def test_a_word_like_no_other_is_refused_without_a_hint() -> None:
    """The sentence read "Yang mirip: -." when nothing in the list was like the word."""
    [problem] = read(kluster="Xyzzy").problems
    assert (problem.code, sorted(problem.facts)) == ("pilihan_asing", ["kata", "pilihan"])
    assert "Lanjut usia" in problem.facts["pilihan"]


def test_the_old_term_pmks() -> None:
    parsed = read(masalah="PMKS Anak Terlantar; Penyandang Disabilitas; WRSE")
    assert parsed.values["masalah"] == ["ppks02", "ppks09", "ppks23"]
    assert [repair.code for repair in parsed.repairs] == ["padanan"]


@pytest.mark.parametrize(
    ("column", "cell", "value", "listed"),
    [
        ("hukum", "Berbadan hukum", "berbadan_hukum", []),
        ("hukum", "berbadan_hukum", "berbadan_hukum", []),
        ("hukum", "Yayasan", "berbadan_hukum", ["padanan"]),
        ("hukum", "✓", "berbadan_hukum", ["padanan"]),
        ("hukum", "v", "berbadan_hukum", ["padanan"]),
        ("hukum", True, "berbadan_hukum", ["padanan"]),
        ("hukum", 1, "berbadan_hukum", ["padanan"]),
        ("hukum", "belum", "tidak_berbadan_hukum", ["padanan"]),
        ("hukum", "-", None, ["dianggap_kosong"]),
        ("aktif", "Tidak Aktif", "tidak_aktif", []),
        ("aktif", "non aktif", "tidak_aktif", ["padanan"]),
        ("daftar", "sudah", "terdaftar", ["padanan"]),
        ("daftar", "ada", "terdaftar", ["padanan"]),
        ("daftar", "belum", "belum_terdaftar", ["padanan"]),
        ("akreditasi", "A", "A", []),
        ("akreditasi", "Terakreditasi B", "B", ["padanan"]),
        ("akreditasi", "belum", "belum", []),
        ("tumbuh", "EMBRIO", "embrio", []),
        ("setting", "dalam panti", "dalam", []),
        ("lingkup_kerja", "Kab/Kota", "kabkota", ["padanan"]),
    ],
)
def test_closed_lists(column: str, cell: Cell, value: Any, listed: list[str]) -> None:
    parsed = read(**{column: cell})
    assert parsed.problems == []
    assert parsed.values.get(column) == value
    assert [repair.code for repair in parsed.repairs] == listed


def test_accredited_without_a_grade() -> None:
    for cell in ("Terakreditasi", "sudah", "ya", True):
        assert refusals(read(akreditasi=cell)) == [("akreditasi", "akreditasi_tanpa_nilai")]


def test_contradictions_between_columns() -> None:
    assert refusals(read(akreditasi="belum", akreditasi_nomor="12/2024")) == [("akreditasi", "akreditasi_bertentangan")]
    assert refusals(read(daftar="belum", daftar_nomor="460/1")) == [("daftar", "daftar_bertentangan")]
    backwards = read(daftar="terdaftar", daftar_tanggal="2/1/2024", daftar_sampai="1/1/2024")
    assert refusals(backwards) == [("daftar_sampai", "sampai_sebelum_mulai")]
    assert refusals(read(lat=-7.4)) == [("lon", "koordinat_separuh")]
    assert refusals(read(lat=0, lon=0)) == [("lat", "koordinat_nol")]


def test_doubts_between_columns_do_not_refuse() -> None:
    assert doubts(read(hukum="tidak", akta_nomor="12")) == [("hukum", "tidak_berbadan_hukum_tetapi_akta")]
    assert doubts(read(binaan_dalam=31, kapasitas=30)) == [("binaan_dalam", "binaan_melebihi_kapasitas")]
    assert doubts(read(setting="luar panti", binaan_dalam=3)) == [("binaan_dalam", "binaan_tidak_sesuai_setting")]
    early = read(tanggal_berdiri="1/1/2010", daftar_tanggal="1/1/2009")
    assert (early.problems, doubts(early)) == ([], [("daftar_tanggal", "sebelum_berdiri")])


def test_coordinates_in_two_cells_and_in_one() -> None:
    parsed = read(lat="110,2201", lon="-7,4765")
    assert (parsed.values["lat"], parsed.values["lon"]) == (-7.4765, 110.2201)
    assert [repair.code for repair in parsed.repairs] == ["koma_desimal", "koma_desimal", "koordinat_terbalik"]
    assert (parsed.repairs[-1].before, parsed.repairs[-1].after) == ("110.2201, -7.4765", "-7.4765, 110.2201")
    pair = read(koordinat="-7.4765,110.2201")
    assert (pair.values["lat"], pair.values["lon"], pair.repairs) == (-7.4765, 110.2201, [])
    decimal_commas = read(koordinat="-7,4765, 110,2201")
    assert (decimal_commas.values["lat"], decimal_commas.values["lon"]) == (-7.4765, 110.2201)
    assert refusals(read(lat=48.8, lon=2.3)) == [("lat", "koordinat_di_luar_indonesia")]


def test_the_nik_never_stands_in_a_list_in_full() -> None:
    parsed = read(ketua_nik="33710101 01900001")
    assert parsed.values["ketua_nik"] == "3371010101900001"
    assert "3371010101900001" not in repr([parsed.repairs, parsed.problems, parsed.doubts]).replace(" ", "")
    wrong = read(ketua_nik=3371010101900000.0)
    assert [problem.value for problem in wrong.problems] == ["3371********0000"]


def test_hostile_text_stays_text() -> None:
    for text in ("=cmd|' /C calc'!A0", "<img src=x onerror=alert(1)>", "'; DROP TABLE lks; --", "Panti 🏠"):
        assert read(nama=text).values["nama"] == text
        assert read(nama=text).problems == []
    assert refusals(read(nama="x" * 201)) == [("nama", "terlalu_panjang")]
    assert refusals(read(alamat="x" * 501)) == [("alamat", "terlalu_panjang")]
    assert refusals(read(catatan="x" * 5001)) == [("catatan", "terlalu_panjang")]
    assert read(catatan="baris 1\r\nbaris 2").values["catatan"] == "baris 1\nbaris 2"


def test_doubles_name_the_other_row() -> None:
    rows = [
        READER.parse(BASE | {"nama": "PA. Al-Amin"}, 2),
        READER.parse(BASE | {"nama": "Panti Asuhan AL AMIN"}, 3),
        READER.parse(BASE | {"nama": "PA Al Amin", "kabkota": "Kab. Magelang"}, 4),
        READER.parse(BASE | {"nama": "Lain", "kode_lks": "LKS-33.71-0001"}, 5),
        READER.parse(BASE | {"nama": "Lain lagi", "kode_lks": "lks-33.71-0001"}, 6),
    ]
    marked = mark_duplicates(rows)
    assert [refusals(row) for row in marked] == [[], [("nama", "nama_ganda")], [], [], [("kode_lks", "kode_ganda")]]
    assert marked[1].problems[0].facts == {"baris": "2", "kabkota": "Kota Magelang"}
    assert marked[4].problems[0].facts == {"baris": "5"}
