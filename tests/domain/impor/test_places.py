"""Kab. or Kota, Kemendagri or BPS: what is certain is read, what has two answers is refused with both of them."""

from collections import defaultdict
from collections.abc import Iterator

import pytest

from data_access.assets import wilayah_names, wilayah_rows
from domain.impor.places import WilayahIndex, place_key
from domain.impor.repair import Cell
from domain.wilayah import short_name

INDEX = WilayahIndex(wilayah_rows())


def rows_with_names() -> Iterator[dict[str, object]]:
    """The regions as the import hands them to the reader: every name in wilayah_nama beside the row, present ones too."""
    names: dict[str, list[str]] = defaultdict(list)
    for row in wilayah_names():
        names[row["kode"]].append(row["nama"])
    for row in wilayah_rows():
        yield row | {"nama_lain": names.get(row["kode"])}


RENAMED = WilayahIndex(rows_with_names())


@pytest.mark.parametrize(
    ("cell", "kode"),
    [
        ("Kab. Magelang", "33.08"),
        ("Kabupaten Magelang", "33.08"),
        ("KAB.MAGELANG", "33.08"),
        ("KOTA MAGELANG", "33.71"),
        ("Kotamadya Magelang", "33.71"),
        ("33.71", "33.71"),
        ("3371", "33.71"),
        (3371.0, "33.71"),
        (33.71, "33.71"),
        ("Kota Magelang (33.71)", "33.71"),
        ("3371 - Kota Magelang", "33.71"),
        ("Magelang 33.71", "33.71"),
        ("Sleman", "34.04"),
        ("Palangka Raya", "62.71"),
        ("Kota Waringin Barat", "62.01"),
        ("Kab. Kota Baru", "63.02"),
        ("Kab. 50 Kota", "13.07"),
        ("Kep. Mentawai", "13.09"),
        ("Kota Adm. Jakarta Selatan", "31.74"),
        ("76.02 Mamuju", "76.02"),
    ],
)
def test_kabkota(cell: Cell, kode: str) -> None:
    found = INDEX.kabkota(cell)
    assert (found.value, found.refused) == (kode, None)


@pytest.mark.parametrize(
    ("cell", "code", "named"),
    [
        ("Magelang", "kabkota_ambigu", ["Kab. Magelang (33.08)", "Kota Magelang (33.71)"]),
        ("Bima", "kabkota_ambigu", ["Kab. Bima (52.06)", "Kota Bima (52.72)"]),
        ("Kota Sleman", "kabkota_tidak_dikenal", ["Kab. Sleman (34.04)"]),
        ("Kab. Slemann", "kabkota_tidak_dikenal", ["Kab. Sleman (34.04)"]),
        (33.7, "kode_nol_hilang", ["33.70"]),
        (33.1, "kode_nol_hilang", ["Kab. Klaten (33.10)"]),
        ("33.1", "kode_nol_hilang", ["Kab. Klaten (33.10)"]),
        ("7604", "kode_bps_atau_kemendagri", ["Kab. Polewali Mandar (76.04)", "Kab. Mamuju (76.02)"]),
        (7604.0, "kode_bps_atau_kemendagri", ["Kab. Polewali Mandar (76.04)", "Kab. Mamuju (76.02)"]),
        ("33.71 Kab. Magelang", "kode_nama_beda", ["Kota Magelang", "Kab. Magelang (33.08)"]),
        ("Mamuju 7604", "kode_nama_beda", ["Kab. Polewali Mandar", "Kab. Mamuju (76.02)"]),
        ("33", "kode_bukan_kabkota", ["Jawa Tengah"]),
        ("33.99", "kode_tidak_dikenal", ["33.99"]),
        ("Kota Magelng Baru", "kabkota_tidak_dikenal", ["Kota Magelang (33.71)"]),
        ("Kab. Kebumenn Raya", "kabkota_tidak_dikenal", ["Kab. Kebumen (33.05)"]),
        ("99.99 Kab. Kebumen", "kode_tidak_dikenal", ["99.99"]),  # it said: the code means "?"
        ("Atlantis", "kabkota_asing", []),
        ("Kabupaten Antah Berantah", "kabkota_asing", []),
        (True, "kabkota_asing", []),
    ],
)
def test_kabkota_refused_with_the_candidates(cell: Cell, code: str, named: list[str]) -> None:
    found = INDEX.kabkota(cell)
    assert found.value is None
    assert found.refused is not None
    assert found.refused.code == code
    said = " ".join(found.refused.facts.values())
    assert [name for name in named if name not in said] == []


def test_bps_codes_that_agree_are_taken() -> None:
    assert INDEX.kabkota("76.04").value == "76.04"
    assert INDEX.kabkota("5272").value == "52.72"


def test_the_province_narrows_but_never_overrules() -> None:
    assert INDEX.kabkota("Kab. Sleman", "34").value == "34.04"
    wrong = INDEX.kabkota("Kab. Sleman", "33").refused
    assert wrong is not None
    assert wrong.code == "kabkota_beda_provinsi"


@pytest.mark.parametrize(
    ("cell", "kode"),
    [("Jateng", "33"), ("PROV. JAWA TENGAH", "33"), ("33", "33"), (33.0, "33"), ("D.I. Yogyakarta", "34")],
)
def test_provinsi(cell: Cell, kode: str) -> None:
    assert INDEX.provinsi(cell).value == kode


def test_kecamatan_inside_its_kabkota() -> None:
    assert INDEX.kecamatan("Kec. Magelang Utara", "33.71").value == "33.71.02"
    assert INDEX.kecamatan("33.71.01", "33.71").value == "33.71.01"


@pytest.mark.parametrize(
    ("cell", "code", "facts"),
    [
        ("Raba", "kecamatan_di_kabkota_lain", {"ada_di": "Kota Bima"}),
        ("Magelang Utar", "kecamatan_tidak_dikenal", {"mungkin": "Magelang Utara, Magelang Tengah, Magelang Selatan"}),
        ("Atlantis", "kecamatan_asing", {}),
    ],
)
def test_a_kecamatan_that_is_not_there_is_refused_with_what_is_known(
    cell: str, code: str, facts: dict[str, str]
) -> None:
    """What is not known (a like name, the same name elsewhere) is no dash in the sentence but another sentence."""
    refused = INDEX.kecamatan(cell, "33.71").refused
    assert refused is not None
    assert (refused.code, refused.facts) == (code, {"kabkota": "Kota Magelang"} | facts)


@pytest.mark.parametrize(
    ("cell", "code", "hint"),
    [
        ("Jawa Tengh", "provinsi_tidak_dikenal", "Jawa Tengah"),
        ("Atlantis", "provinsi_asing", None),
        (33.71, "provinsi_asing", None),
    ],
)
def test_an_unknown_province_is_refused_with_a_like_name_or_without(cell: Cell, code: str, hint: str | None) -> None:
    """The sentence read "Yang mirip: -." for a name like no province."""
    refused = INDEX.provinsi(cell).refused
    assert refused is not None and refused.code == code
    assert (hint or "") in refused.facts.get("mungkin", "") and ("mungkin" in refused.facts) == (hint is not None)


def test_codes_replaced_by_a_split_name_their_successors() -> None:
    rows: list[dict[str, object]] = [
        {"kode": "91", "nama": "Papua", "jenis": "provinsi", "induk": None},
        {"kode": "93", "nama": "Papua Selatan", "jenis": "provinsi", "induk": None},
        {"kode": "91.01", "nama": "Kabupaten Merauke", "jenis": "kabupaten", "induk": "91", "berlaku_sampai": "x"},
        {"kode": "93.01", "nama": "Kabupaten Merauke", "jenis": "kabupaten", "induk": "93", "pendahulu": "91.01"},
    ]
    index = WilayahIndex(rows)
    old = index.kabkota("91.01").refused
    assert old is not None
    assert (old.code, old.facts["pengganti"]) == ("kode_wilayah_lama", "Kab. Merauke (93.01)")
    assert index.kabkota("Merauke").value == "93.01"


def test_an_undotted_code_without_bps_knowledge_is_doubted() -> None:
    index = WilayahIndex([{"kode": "33.71", "nama": "Kota Magelang", "jenis": "kota", "induk": "33"}])
    assert [doubt.code for doubt in index.kabkota("3371").doubts] == ["kode_tanpa_titik"]
    assert index.kabkota("33.71").doubts == ()


def test_place_key_ignores_spaces_and_marks() -> None:
    assert place_key("Palangka Raya") == place_key("PALANGKARAYA") == "palangkaraya"


def test_every_kabkota_is_known_by_its_short_name() -> None:
    """Every row of Kab. Pasangkayu was refused: its present name stands in wilayah_nama beside the old one, and two
    entries of one region under one name were taken for two regions."""
    kabkota = [row for row in wilayah_rows() if row["jenis"] in ("kabupaten", "kota") and not row["berlaku_sampai"]]
    assert len(kabkota) == 514
    for index in (INDEX, RENAMED):
        found = {row["kode"]: index.kabkota(short_name(row["jenis"], row["nama"])) for row in kabkota}
        assert {kode: outcome.refused for kode, outcome in found.items() if outcome.value != kode} == {}


@pytest.mark.parametrize(
    ("cell", "kode"),
    [
        ("Kab. Pasangkayu", "76.01"),
        ("Pasangkayu", "76.01"),
        ("Kab. Mamuju Utara", "76.01"),
        ("KABUPATEN MAMUJU UTARA", "76.01"),
        ("Kota Palangkaraya", "62.71"),
        ("Kota Palangka Raya", "62.71"),
        ("Palangka Raya", "62.71"),
    ],
)
def test_old_and_new_names_mean_one_region(cell: Cell, kode: str) -> None:
    assert (RENAMED.kabkota(cell).value, RENAMED.kabkota(cell, kode[:2]).value) == (kode, kode)


def test_a_row_that_stands_twice_is_one_region() -> None:
    row = {"kode": "76.01", "nama": "Kabupaten Pasangkayu", "jenis": "kabupaten", "induk": "76"}
    index = WilayahIndex([row, row | {"nama_lain": ["Kabupaten Pasangkayu", "Kabupaten Mamuju Utara"]}])
    assert index.kabkota("Kab. Pasangkayu").value == "76.01"
    assert index.kabkota("Kab. Mamuju Utara").value == "76.01"


def test_the_written_kind_comes_first_among_the_suggestions() -> None:
    for cell, first in (("Kota Magelng Baru", "Kota Magelang (33.71)"), ("Kab. Magelng Baru", "Kab. Magelang (33.08)")):
        refused = INDEX.kabkota(cell).refused
        assert refused is not None
        assert refused.facts["mungkin"].split(" / ")[0] == first


def test_suggestions_stay_inside_the_written_province() -> None:
    refused = INDEX.kabkota("Kab. Slemann", "34").refused
    assert refused is not None
    assert refused.facts["mungkin"] == "Kab. Sleman (34.04)"
    elsewhere = INDEX.kabkota("Kab. Slemann", "91").refused
    assert elsewhere is not None
    assert "Sleman" not in elsewhere.facts.get("mungkin", "")
