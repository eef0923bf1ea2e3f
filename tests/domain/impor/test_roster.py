"""The header of a list of participants, and its rows: what is understood, repaired, doubted and refused."""

from typing import Any

import pytest

from data_access.assets import wilayah_rows
from domain.impor.columns import ALIAS, EXACT, SIMILAR, TWICE
from domain.impor.places import WilayahIndex
from domain.impor.roster import (
    FIELDS,
    FROM_INSTITUTION,
    FROM_NOTHING,
    KIND_FROM,
    RosterReader,
    find_header,
    mapping_problems,
    match_header,
    propose_mapping,
)
from domain.impor.rows import ParsedRow


@pytest.fixture(scope="module")
def reader() -> RosterReader:
    return RosterReader(WilayahIndex(wilayah_rows()))


def problems(row: ParsedRow) -> list[tuple[str, str]]:
    return [(problem.column, problem.code) for problem in row.problems]


def doubts(row: ParsedRow) -> list[tuple[str, str]]:
    return [(doubt.column, doubt.code) for doubt in row.doubts]


@pytest.mark.parametrize(
    ("header", "field", "how"),
    [
        ("Nama", "nama", EXACT),
        ("NAMA LENGKAP *", "nama", ALIAS),
        ("L / P", "kelamin", EXACT),
        ("Asal LKS", "instansi", ALIAS),
        ("Utusan", "instansi", ALIAS),
        ("Lembaga/Instansi", "instansi", ALIAS),
        ("No. HP/WA", "telepon", ALIAS),
        ("Nomor Whatsap", "telepon", SIMILAR),
        ("Kab/Kota", "kabkota", EXACT),
        ("No", None, ""),
        ("Tanda Tangan", None, ""),
        ("Ukuran kaos", None, ""),
    ],
)
def test_headers_by_their_many_names(header: str, field: str | None, how: str) -> None:
    found = match_header(header)
    assert found[0] == field
    assert field is None or found[1] == how


def test_no_two_fields_share_a_name() -> None:
    names = [name.casefold() for field in FIELDS for name in (field.label, *field.aliases)]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_the_header_is_found_under_a_letterhead() -> None:
    grid: list[list[Any]] = [
        ["PEMERINTAH KOTA CONTOH", None, None],
        ["Daftar Nama Peserta Bimtek", None, None],
        [],
        ["No", "Nama", "Asal LKS"],
        ["(1)", "(2)", "(3)"],
        [1, "Contoh", "LKS A"],
    ]
    header = find_header(grid)
    assert header is not None
    assert (header.row, header.depth, header.first_data_row) == (3, 1, 5)


def test_a_two_row_header_with_ticks_for_the_sex() -> None:
    grid: list[list[Any]] = [
        ["No", "Nama", "Jenis Kelamin", None, "Jabatan"],
        [None, None, "L", "P", None],
        [1, "Contoh", None, "v", "Ketua"],
    ]
    header = find_header(grid)
    assert header is not None
    assert (header.depth, header.first_data_row) == (2, 2)
    assert [proposal.field for proposal in propose_mapping(header.headers)] == [
        None,
        "nama",
        "kelamin_l",
        "kelamin_p",
        "jabatan",
    ]


@pytest.mark.parametrize("grid", [[], [["Nama"]], [["Kegiatan", "Tempat"]], [["No", "Jabatan", "Instansi"]]])
def test_without_a_name_and_something_more_there_is_no_header(grid: list[list[Any]]) -> None:
    assert find_header(grid) is None


def test_the_better_of_two_columns_is_taken_and_the_rest_is_named() -> None:
    proposals = propose_mapping(["Nama Lengkap", "Nama", "Ukuran kaos", "Nomor Whatsap"])
    assert [(p.field, p.how) for p in proposals][:2] == [(None, TWICE), ("nama", EXACT)]
    codes = [(problem.column, problem.code) for problem in mapping_problems(proposals)]
    assert codes == [("nama", "kolom_ganda"), ("", "kolom_tidak_dipakai"), ("telepon", "kolom_mirip")]
    assert [p.code for p in mapping_problems(propose_mapping(["Jabatan"]))] == ["kolom_wajib_tidak_ada"]


def test_a_sound_row(reader: RosterReader) -> None:
    raw: dict[str, Any] = {
        "nama": " Contoh  Satu, S.Sos ",
        "kelamin": "Perempuan",
        "jabatan": "Ketua",
        "instansi": "LKS Melati",
        "jenis": "LKS",
        "kabkota": "Kota Magelang",
        "telepon": 81234567890.0,
        "email": "contoh@example.org",
    }
    row = reader.parse(raw, 7)
    assert row.values == {
        "nama": "Contoh Satu, S.Sos",
        "kelamin": "P",
        "jabatan": "Ketua",
        "instansi": "LKS Melati",
        "jenis": "lks",
        "kabkota_kode": "33.71",
        "telepon": "+6281234567890",
        "email": "contoh@example.org",
    }
    assert (row.row, row.problems, row.doubts) == (7, [], [])
    assert {(repair.column, repair.code) for repair in row.repairs} == {("nama", "spasi"), ("telepon", "nol_depan")}


def test_a_kind_that_nobody_wrote_is_taken_from_the_institution_and_marked(reader: RosterReader) -> None:
    told = reader.parse({"nama": "Contoh", "instansi": "Dinas Sosial"}, 1).values
    assert (told["jenis"], told[KIND_FROM]) == ("dinas", FROM_INSTITUTION)
    guessed = reader.parse({"nama": "Contoh", "instansi": "Puskesmas"}, 1).values
    assert (guessed["jenis"], guessed[KIND_FROM]) == ("lain", FROM_NOTHING)
    assert KIND_FROM not in reader.parse({"nama": "Contoh", "jenis": "Pengurus LKS"}, 1).values


def test_what_cannot_be_read_beside_the_name_is_left_out_and_doubted(reader: RosterReader) -> None:
    raw = {
        "nama": "Contoh AndrÃ©",
        "kelamin": "?x",
        "kabkota": "Magelang",
        "telepon": "8,12E+10",
        "email": "bukan surel",
        "jenis": "Entah",
        "instansi": "LKS A",
    }
    row = reader.parse(raw, 1)
    assert row.values == {"nama": "Contoh André", "instansi": "LKS A", "jenis": "lks", KIND_FROM: FROM_INSTITUTION}
    assert row.problems == []
    assert doubts(row) == [
        ("kelamin", "pilihan_asing"),
        ("kabkota", "kabkota_ambigu"),
        ("telepon", "angka_ilmiah"),
        ("email", "surel_tidak_sah"),
        ("jenis", "pilihan_asing"),
    ]


@pytest.mark.parametrize("nama", [None, "", "-", "   "])
def test_nobody_without_a_name(nama: str | None, reader: RosterReader) -> None:
    row = reader.parse({"nama": nama, "instansi": "LKS A"}, 1)
    assert problems(row) == [("nama", "wajib_kosong")]


def test_a_name_longer_than_any_is_refused(reader: RosterReader) -> None:
    assert problems(reader.parse({"nama": "x" * 201}, 1)) == [("nama", "terlalu_panjang")]


@pytest.mark.parametrize(
    ("left", "right", "sex"), [("v", None, "L"), (None, "√", "P"), (1, None, "L"), ("v", "v", None), (0, None, None)]
)
def test_ticks_in_two_columns(left: Any, right: Any, sex: str | None, reader: RosterReader) -> None:
    row = reader.parse({"nama": "Contoh", "kelamin_l": left, "kelamin_p": right}, 1)
    assert row.values.get("kelamin") == sex


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("NAMA LENGKAP & GELAR", "nama"),
        ("Unit Kerja / Asal LKS", "instansi"),
        ("No HP/WA", "telepon"),
        ("Instansi (Lembaga)", "instansi"),
        ("Jabatan / Instansi", None),  # two things in one column: somebody has to say which
        ("Gelar", None),
    ],
)
def test_two_names_of_one_column_are_one(header: str, field: str | None) -> None:
    assert match_header(header)[0] == field
