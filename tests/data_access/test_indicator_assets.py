"""The shipped dictionary is complete and consistent: every rule is known, every part exists, nothing is said twice."""

from collections import Counter

import pytest

from data_access import assets
from data_access.indicator_assets import definitions, priorities, published_values, thresholds
from domain.indikator import DIRECTIONS, KINDS, LEVELS, PERIODS, Definition
from ui.text.indikator import NAMA_KELOMPOK

ALL = definitions()
RULES = {
    "register": {
        "jumlah",
        "ukuran",
        "sumbu",
        "kluster",
        "berakhir",
        "klien",
        "berkas",
        "bimtek_cakupan",
        "bimtek_gain",
        "belum_verifikasi",
        "kluster_ganda",
        "kluster_kosong",
        "lkks_cakupan",
        "tindak_lanjut",
        "tindak_lanjut_tepat",
        "program",
        "program_anggaran",
    },
    "isian": {"nilai", "persen"},
    "turunan": {"rasio", "selisih_provinsi", "selisih_nasional", "peringkat", "capaian"},
}


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.kode)
def test_a_definition_says_everything(one: Definition) -> None:
    assert one.jenis in KINDS and one.arah in DIRECTIONS and one.periode in PERIODS
    assert one.tingkat and set(one.tingkat) <= set(LEVELS)
    assert one.rule in RULES[one.jenis]
    assert all([one.nama, one.definisi.endswith("."), one.rumus, one.satuan, one.sumber, one.pemilik])
    assert "{" not in one.nama + one.definisi + one.hitung
    assert one.kelompok in NAMA_KELOMPOK
    assert set(one.dari) <= {other.kode for other in ALL} and bool(one.dari) == (one.jenis == "turunan")
    if one.is_share:
        assert one.pembilang and one.penyebut, "a share without its parts would be a bare per cent"
    if one.jenis == "isian":
        assert one.umur_bulan
    assert one.kelas in (None, *thresholds().kelas)


def test_codes_are_unique_and_in_order() -> None:
    assert [kode for kode, count in Counter(one.kode for one in ALL).items() if count > 1] == []
    assert [one.urutan for one in ALL] == list(range(1, len(ALL) + 1))


def test_every_kind_that_is_asked_for_is_there() -> None:
    codes = {one.kode: one for one in ALL}
    lists = assets.references()
    assert {f"psks_{row['kode']}": row["satuan"] for row in lists["psks"]} == {
        kode: one.satuan for kode, one in codes.items() if kode.startswith("psks_")
    }
    for row in lists["ppks"]:
        assert {f"ppks_terdata_{row['kode']}", f"ppks_terlayani_{row['kode']}"} <= set(codes)
    assert len(lists["ppks"]) == 26 and len(lists["psks"]) == 12
    levels = {kode: one.tingkat for kode, one in codes.items() if kode.startswith("spm_")}
    assert Counter(levels.values()) == {("kabkota",): 5, ("provinsi",): 5}
    outside = [one for kode, one in codes.items() if kode.startswith("spm_kk_") and "bencana" not in kode]
    inside = [one for kode, one in codes.items() if kode.startswith("spm_pr_") and "bencana" not in kode]
    assert all("di luar panti" in one.nama for one in outside) and all("di dalam panti" in one.nama for one in inside)
    assert codes["ipm"].seri == codes["uhh"].seri == ("lama", "baru") and codes["p0"].arah == "turun"


def test_the_two_shares_of_accreditation_have_names_and_rules_of_their_own() -> None:
    eligible, every = (
        next(one for one in ALL if one.kode == kode) for kode in ("terakreditasi", "terakreditasi_semua")
    )
    for part in ("nama", "rumus", "penyebut", "definisi"):
        assert getattr(eligible, part) != getattr(every, part)


def test_published_values_are_those_of_the_articles() -> None:
    found = {(row["wilayah"], row["periode"], row["seri"]): row for row in published_values()}
    assert {key[0]: row["nilai"] for key, row in found.items() if key[1:] == ("2016", "lama")} == {
        "52.72": 73.67,
        "52": 65.81,
        "": 70.18,
    }
    known = {row["kode"] for row in assets.wilayah_rows()} | {""}
    for row in found.values():
        assert row["wilayah"] in known and row["kode"] in {one.kode for one in ALL}
        assert row["sumber"] and row["sekitar"] is False


def test_thresholds_are_data() -> None:
    found = thresholds()
    assert (found.tercapai, found.mendekati, found.lengkap, found.lindung) == (100.0, 80.0, 0.8, 5)
    assert found.kelas["ipm"] == ((0.0, "rendah"), (60.0, "sedang"), (70.0, "tinggi"), (80.0, "sangat tinggi"))


def test_the_usual_criteria_of_priority_areas_are_data_that_exists() -> None:
    usual, least = priorities()
    known = {one.kode for one in definitions()}
    assert usual and least == 3
    assert {kode for kode in usual if not kode.startswith("celah_")} <= known
