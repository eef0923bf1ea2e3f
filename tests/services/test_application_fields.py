"""Fields of an online application: one content for each way of sending them, and the register's own refusals."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data_access.engine import reading
from domain.errors import InvalidInput
from domain.permissions import Permission
from services import application_fields
from tests.application_rows import FIELDS


def problems(fields: dict[str, Any], before: dict[str, Any] | None = None) -> set[tuple[str, str]]:
    with reading() as connection, pytest.raises(InvalidInput) as refused:
        application_fields.checked(connection, fields, before, application_fields.REQUIRED)
    return {(problem.column, problem.code) for problem in refused.value.problems}


def test_a_form_and_two_shapes_of_json_are_one_content() -> None:
    nested = application_fields.sent({"kunci": "x", "isian": {"nama": "Panti", "kluster": ["lansia", "anak"]}})
    flat = application_fields.sent({"isian.nama": "Panti", "isian.kluster": ["anak", "lansia"]})
    form = application_fields.sent({"isian.nama": ["Panti"], "isian.kluster": ["", "anak", "lansia"], "kunci": ["x"]})
    assert nested == flat == form == {"nama": "Panti", "kluster": ["anak", "lansia"]}
    text = '{"kluster":["anak","lansia"],"nama":"Panti"}'
    assert application_fields.content_hash(form) == hashlib.sha256(text.encode()).hexdigest()
    with pytest.raises(InvalidInput):
        application_fields.sent({"isian": {"nama": {"a": 1}}})


def test_fields_are_read_as_the_register_reads_them(fresh_db: Path) -> None:
    given = FIELDS | {"lat": "-7,4797", "lon": "110,2177", "binaan_dalam": "0", "hukum": "berbadan_hukum"}
    with reading() as connection:
        found = application_fields.checked(connection, given, None, application_fields.REQUIRED)
    assert found["pengisi_telepon"] == "+6281234567890"
    assert (found["kapasitas"], found["binaan_dalam"]) == (40, 0)
    assert found["tanggal_berdiri"] == date(2001, 3, 4)
    assert (found["lat"], found["lon"], found["kluster"]) == (-7.4797, 110.2177, ["anak"])


def test_each_refusal_is_told_once_and_by_its_field(fresh_db: Path) -> None:
    wrong = FIELDS | {
        "nama": "",
        "kluster": ["tidak_ada"],
        "pengisi_telepon": "satu dua",
        "kapasitas": "-3",
        "tanggal_berdiri": "2999-01-01",
        "email": "bukan surel",
        "hukum": "entah",
        "kode_wilayah": "33",
    }
    found = problems(wrong)
    assert found >= {
        ("nama", "wajib_diisi"),
        ("kluster", "pilihan_di_luar_daftar"),
        ("pengisi_telepon", "telepon_tidak_dikenal"),
        ("kapasitas", "angka_negatif"),
        ("email", "surel_tidak_sah"),
        ("hukum", "pilihan_di_luar_daftar"),
        ("kode_wilayah", "wilayah_lks_keliru"),
    }
    assert "tanggal_berdiri" in {name for name, _ in found}
    assert len({name for name, _ in found}) == len(found)


@pytest.mark.parametrize("name", ["ketua_nik", "akreditasi", "daftar", "aktif", "diverifikasi_pada", "contoh", "id"])
def test_what_the_dinas_decides_cannot_be_handed_in(fresh_db: Path, name: str) -> None:
    assert problems(FIELDS | {name: "A"}) == {(name, "bidang_tidak_dikenal")}


def test_only_what_differs_is_a_correction() -> None:
    before = {
        "nama": "Panti",
        "desa": None,
        "kluster": ["anak"],
        "ketua_telepon": "+62811",
        "kapasitas": 0,
        "situs": "a.id",
    }
    given = {"nama": "Panti", "desa": "", "kluster": ["anak"], "ketua_telepon": None, "kapasitas": None, "situs": ""}
    assert application_fields.differing(before, given) == {"kapasitas": None, "situs": ""}
    assert application_fields.differing(before, {"ketua_telepon": "+62812"}) == {"ketua_telepon": "+62812"}


def test_the_door_may_do_nothing() -> None:
    assert not any(application_fields.DOOR.may(permission) for permission in Permission)
    assert application_fields.rows({"nama": "B", "tanggal_berdiri": date(2020, 1, 2)}, {"nama": "A"}) == [
        {"bidang": "nama", "nilai": "B", "sebelum": "A", "keadaan": "menunggu"},
        {"bidang": "tanggal_berdiri", "nilai": "2020-01-02", "sebelum": None, "keadaan": "menunggu"},
    ]
