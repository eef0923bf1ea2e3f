"""Typed values: only what the specification names, each of its kind, every refusal told."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.typed_values import Field, check

TODAY = date(2026, 11, 21)
SPEC = {
    "nama": Field(limit=10, required=True),
    "uraian": Field("long", 20),
    "telepon": Field("phone"),
    "email": Field("email"),
    "sk": Field("past"),
    "sampai": Field("day"),
    "tahun": Field("year"),
    "uang": Field("rupiah"),
    "jenis": Field("choice", options=("a", "b")),
    "bentuk": Field("many", options=("x", "y", "z")),
}


def test_good_values_are_kept_tidy() -> None:
    typed: dict[str, Any] = {"nama": "  LKKS   A ", "uraian": "satu\ndua", "telepon": "0812 3456 7890"}
    typed |= {"sk": TODAY, "sampai": date(2030, 1, 1), "tahun": 2026, "uang": 0, "jenis": "b", "bentuk": ["z", "x"]}
    stored, problems = check(SPEC, typed | {"email": "a@contoh.id"}, TODAY, whole=True)
    assert problems == []
    assert stored["nama"] == "LKKS A" and stored["uraian"] == "satu\ndua" and stored["uang"] == 0
    assert stored["bentuk"] == ["x", "z"], "in the order of the list"
    assert stored["email"] == "a@contoh.id" and stored["sk"] == TODAY


def test_a_name_outside_the_specification_is_refused_and_never_given_back() -> None:
    """A forged diff of a table once could have written any column."""
    stored, problems = check(SPEC, {"nama": "A", "contoh": True, "versi": 9}, TODAY, whole=False)
    assert stored == {"nama": "A"}
    assert [(one.column, one.code) for one in problems] == [
        ("contoh", "bidang_tidak_dikenal"),
        ("versi", "bidang_tidak_dikenal"),
    ]


def test_what_is_left_out_is_empty_for_a_whole_and_untouched_for_a_part() -> None:
    stored, problems = check(SPEC, {}, TODAY, whole=True)
    assert stored == dict.fromkeys(SPEC) | {"bentuk": []}
    assert [(one.column, one.code) for one in problems] == [("nama", "wajib_diisi")]
    assert check(SPEC, {}, TODAY, whole=False) == ({}, [])
    assert check(SPEC, {"nama": "  "}, TODAY, whole=False)[1][0].code == "wajib_diisi"


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("nama", "lebih dari sepuluh", "terlalu_panjang"),
        ("nama", 7, "bukan_teks"),
        ("telepon", 812, "bukan_teks"),
        ("sk", date(2026, 11, 22), "tanggal_di_depan"),
        ("sampai", datetime(2026, 1, 1, tzinfo=UTC), "tanggal_bukan_tanggal"),
        ("sampai", "2026-01-01", "tanggal_bukan_tanggal"),
        ("tahun", 1944, "jumlah_keliru"),
        ("tahun", True, "jumlah_keliru"),
        ("uang", -1, "jumlah_keliru"),
        ("uang", 1.5, "jumlah_keliru"),
        ("uang", 10**15 + 1, "jumlah_keliru"),
        ("jenis", "c", "pilihan_di_luar_daftar"),
        ("jenis", ["a"], "pilihan_di_luar_daftar"),
        ("bentuk", ["x", "q"], "pilihan_di_luar_daftar"),
        ("bentuk", "x", "pilihan_di_luar_daftar"),
    ],
)
def test_what_is_not_of_its_kind_is_refused(name: str, value: Any, code: str) -> None:
    stored, problems = check(SPEC, {name: value}, TODAY, whole=False)
    assert name not in stored
    assert [(one.column, one.code) for one in problems] == [(name, code)]


def test_a_refused_number_is_not_shown_in_clear() -> None:
    _, problems = check(SPEC, {"telepon": "0812345678901234567890"}, TODAY, whole=False)
    assert problems and "0812" not in problems[0].value and problems[0].value.endswith("7890")
