"""Header rows are found under titles, read in one or two lines, and never matched by wishful thinking."""

import pytest
from rapidfuzz import fuzz

from domain.impor import columns
from domain.impor.columns import find_header, mapping_problems, match_header, propose_mapping


def fields(headers: list[str]) -> dict[str, str | None]:
    return {proposal.header: proposal.field for proposal in propose_mapping(headers)}


def test_every_label_and_alias_means_its_own_field() -> None:
    for field in columns.FIELDS:
        assert match_header(field.label)[:2] == (field.id, "sama")
        assert match_header(f"{field.label} *")[0] == field.id
        for alias in field.aliases:
            assert match_header(alias)[0] == field.id, alias


def test_aliases_of_different_fields_do_not_collide() -> None:
    owner: dict[str, str] = {}
    for field in columns.FIELDS:
        for name in (field.label, *field.aliases):
            key = columns.fold(name)
            assert owner.setdefault(key, field.id) == field.id, name


def test_common_dinas_headers() -> None:
    assert fields(["No", "Nama Panti/LKS", "Kab/Kota", "No. HP", "Jenis PMKS", "Tgl. Berdiri", "Status"]) == {
        "No": None,
        "Nama Panti/LKS": "nama",
        "Kab/Kota": "kabkota",
        "No. HP": "telepon",
        "Jenis PMKS": "masalah",
        "Tgl. Berdiri": "tanggal_berdiri",
        "Status": None,
    }


def test_bps_codes_are_never_taken_for_kemendagri_codes() -> None:
    assert match_header("Kode BPS") == (None, "tidak_dikenal", 0)
    assert match_header("Kode Kab/Kota (BPS)") == (None, "tidak_dikenal", 0)


def test_a_misspelt_header_is_only_similar() -> None:
    assert match_header("Kecamatann")[:2] == ("kecamatan", "mirip")
    found = mapping_problems(propose_mapping(["Nama LKS", "Kluster", "Kab/Kota", "Kecamatann"]))
    assert [problem.code for problem in found] == ["kolom_mirip"]


def test_two_headers_for_one_field_take_the_better_and_say_so() -> None:
    proposals = propose_mapping(["No HP", "Telepon", "Nama LKS", "Kluster", "Kab/Kota"])
    assert [(proposal.header, proposal.field, proposal.how) for proposal in proposals[:2]] == [
        ("No HP", None, "ganda"),
        ("Telepon", "telepon", "sama"),
    ]
    [problem] = mapping_problems(proposals)
    assert (problem.code, problem.facts) == ("kolom_ganda", {"kolom": "Telepon", "dipakai": "Telepon"})


def test_missing_required_columns_are_named() -> None:
    found = mapping_problems(propose_mapping(["Nama LKS", "Alamat"]))
    assert [(problem.code, problem.column) for problem in found] == [
        ("kolom_wajib_tidak_ada", "kluster"),
        ("kolom_wajib_tidak_ada", "kabkota"),
    ]


def test_header_under_title_rows_and_above_a_numbering_row() -> None:
    grid: list[list[columns.Cell]] = [
        ["DATA LEMBAGA KESEJAHTERAAN SOSIAL"],
        ["KOTA CONTOH TAHUN 2024"],
        [],
        ["No", "Nama LKS", "Alamat", "Kecamatan", "Kluster"],
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        [1, "Panti Contoh", "Jl. Contoh", "Raba", "LKSA"],
    ]
    found = find_header(grid)
    assert found is not None
    assert (found.row, found.depth, found.first_data_row) == (3, 1, 5)


def test_two_row_header_with_groups() -> None:
    grid: list[list[columns.Cell]] = [
        ["DATA LKS"],
        ["No", "Nama LKS", "Alamat", None, "Ketua", None, "Akreditasi", None, "Kluster"],
        [None, None, "Jalan", "Kecamatan", "Nama", "No HP", "Nilai", "Berlaku s/d", None],
        [1, "Panti Contoh", "Jl. Contoh", "Raba", "Contoh", "0812", "B", None, "LKSA"],
    ]
    found = find_header(grid)
    assert found is not None
    assert (found.row, found.depth, found.first_data_row) == (1, 2, 3)
    assert [match_header(text)[0] for text in found.headers] == [
        None, "nama", "alamat", "kecamatan", "ketua", "ketua_telepon", "akreditasi", "akreditasi_sampai", "kluster",
    ]  # fmt: skip


def test_no_header_is_none() -> None:
    assert find_header([["a", "b"], [1, 2]]) is None
    assert find_header([]) is None


def test_repeated_headers_get_numbers() -> None:
    found = find_header([["Nama LKS", "Alamat", "Kluster", "Alamat"]])
    assert found is not None
    assert found.headers == ("Nama LKS", "Alamat", "Kluster", "Alamat (2)")


def test_a_header_without_a_name_column_only_when_asked() -> None:
    grid: list[list[columns.Cell]] = [["Lembaga Binaan Kami", "Kluster", "Kab/Kota", "Alamat", "Telepon"]]
    assert find_header(grid) is None
    assert find_header(grid, need_name=False) is not None


def test_likeness_is_that_of_the_best_name_and_only_without_a_rival() -> None:
    names = [(name, field) for known in (columns._LABELS, columns._ALIASES) for name, field in known.items()]
    for header in (
        "Nama Lembagaa",
        "Tanggal Akreditasy",
        "Nomer Telpon Kantor",
        "Jumlah Siswa",
        "Kecamatann",
        "Penerbid",
    ):
        field, how, score = match_header(header)
        key = columns._named(header)[2]
        best = max(fuzz.ratio(key, name) for name, _ in names)
        near = {owner for name, owner in names if fuzz.ratio(key, name) >= best - 3}
        clear = best >= 88 and len(near) == 1
        assert (field, how) == ((near.pop(), "mirip") if clear else (None, "tidak_dikenal")), header
        assert score == int(best)


def test_a_clear_header_ends_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty rows of data were tried as headers too, which made every small preview slow."""
    tried: list[int] = []
    real = columns._score

    def score(headers: list[str], need_name: bool) -> int:
        tried.append(1)
        return real(headers, need_name)

    monkeypatch.setattr(columns, "_score", score)
    labels = [field.label for field in columns.FIELDS if field.exported]
    found = find_header([["Rekap", "LKS"], labels, *[["Panti Contoh", "Anak", "Kota Magelang"]] * 60])
    assert found is not None
    assert (found.row, found.depth, found.headers, len(tried)) == (1, 1, tuple(labels), 6)
