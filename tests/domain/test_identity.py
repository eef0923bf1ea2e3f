"""Number formats that number, and whose identity stands for whom on which day."""

from datetime import date
from typing import Any

import pytest

from domain import identity as rules
from domain.identity import EVERY, Identity, Signatory

DAY = date(2024, 8, 5)


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("460/{nomor}/{bulan_romawi}/{tahun}", "460/7/VIII/2024"),
        ("{nomor3}/SERT/{bulan}/{tahun}", "007/SERT/08/2024"),
        ("{tahun}.{nomor}.{wilayah}", "2024.7.33.71"),
    ],
)
def test_a_pattern_is_filled(pattern: str, number: str) -> None:
    assert rules.check_format("sertifikat", pattern) == []
    assert rules.fill(pattern, 7, DAY, "33.71") == number


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("460/{nomor}/{bulan}", "format_nomor_tanpa_tahun"),
        ("460/{tahun}", "format_nomor_tanpa_nomor"),
        ("{nomor}{nomor3}/{tahun}", "format_nomor_tanpa_nomor"),
        ("{nomor}/{tahun}/{hari}", "format_nomor_nama"),
        ("{nomor}/{tahun}/{}", "format_nomor_nama"),
        ("{nomor!r}/{tahun}", "format_nomor_nama"),
        ("{nomor.__class__}/{tahun}", "format_nomor_nama"),
        ("{nomor}/{tahun}/{", "format_nomor_kurung"),
        ("{{nomor}}/{tahun}", "format_nomor_kurung"),
        ("{nomor}/{tahun}" + "x" * 80, "terlalu_panjang"),
    ],
)
def test_a_pattern_that_cannot_number_says_why(pattern: str, code: str) -> None:
    assert [problem.code for problem in rules.check_format("sertifikat", pattern)] == [code]


def test_every_month_has_its_roman_number() -> None:
    found = [rules.fill("{bulan_romawi}", 1, date(2024, month, 1)) for month in range(1, 13)]
    assert found == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]


def kept(wilayah: str, pemilik: str, begins: date, nama: str) -> dict[str, Any]:
    return {"wilayah": wilayah, "pemilik": pemilik, "berlaku_mulai": begins, "nama": nama}


ROWS = [
    kept("33", "dinas", date(2020, 1, 1), "provinsi"),
    kept("33.71", "dinas", date(2023, 1, 1), "kota lama"),
    kept("33.71", "dinas", date(2024, 1, 1), "kota baru"),
    kept("33", "lkks", date(2020, 1, 1), "lkks provinsi"),
    kept("33.7", "dinas", date(2020, 1, 1), "bukan induk"),
]


@pytest.mark.parametrize(
    ("wilayah", "pemilik", "on", "nama"),
    [
        ("33.71", "dinas", date(2024, 1, 1), "kota baru"),
        ("33.71", "dinas", date(2023, 12, 31), "kota lama"),
        ("33.71", "dinas", date(2022, 12, 31), "provinsi"),
        ("33.71.01", "dinas", DAY, "kota baru"),
        ("33.72", "dinas", DAY, "provinsi"),
        ("34.71", "dinas", DAY, None),
        ("33.71", "dinas", date(2019, 12, 31), None),
        ("33", "lkks", DAY, "lkks provinsi"),
        ("33.71", "lkks", DAY, None),  # no LKKS stands above another
    ],
)
def test_the_nearest_office_upwards_stands_for_a_dinas_and_nobody_for_an_lkks(
    wilayah: str, pemilik: str, on: date, nama: str | None
) -> None:
    found = rules.nearest(ROWS, wilayah, pemilik, on)
    assert (found and found["nama"]) == nama


def test_a_national_identity_is_the_last_to_stand_for_a_dinas() -> None:
    assert rules.places("33.71", "dinas") == ["33.71", "33", ""]
    assert rules.places("", "dinas") == [""]
    assert rules.places("33.71", "lkks") == ["33.71"]


def test_an_own_signatory_comes_before_that_of_every_document() -> None:
    head, clerk = Signatory(EVERY, "Kepala Dinas", "A"), Signatory("sertifikat", "Kepala Bidang", "B")
    office = Identity("33.71", "dinas", "Dinas Sosial", induk="Pemerintah Kota", penandatangan=(head, clerk))
    assert office.signatory("sertifikat") == clerk
    assert office.signatory("notulen") == head
    assert Identity("33.71", "dinas", "Dinas Sosial").signatory("notulen") is None
    assert office.lines == ("Pemerintah Kota", "Dinas Sosial")
    assert office.number("sertifikat", 3, DAY) == "3/VIII/2024"
