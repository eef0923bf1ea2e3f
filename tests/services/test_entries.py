"""What is typed for an LKS: refused or doubted value by value, with a sentence for each code."""

import tomllib
from datetime import date, timedelta
from typing import Any

import pytest

from data_access.assets import ASSETS
from domain.errors import InvalidInput
from domain.permissions import Actor
from services import entries, keeping, profile
from tests.services.conftest import NEW, TODAY, Make, codes

BAD: list[tuple[dict[str, Any], tuple[str, str]]] = [
    ({"nama": "  "}, ("nama", "wajib_diisi")),
    ({"nama": "x" * 201}, ("nama", "terlalu_panjang")),
    ({"kluster": []}, ("kluster", "wajib_diisi")),
    ({"kluster": ["anak", "kucing"]}, ("kluster", "pilihan_di_luar_daftar")),
    ({"masalah": ["ppks27"]}, ("masalah", "pilihan_di_luar_daftar")),
    ({"hukum": "mungkin"}, ("hukum", "pilihan_di_luar_daftar")),
    ({"bentuk_hukum": "cv"}, ("bentuk_hukum", "pilihan_di_luar_daftar")),
    ({"akreditasi_aturan": "permensos_0"}, ("akreditasi_aturan", "pilihan_di_luar_daftar")),
    ({"telepon": "12"}, ("telepon", "telepon_tanpa_kode_area")),
    ({"ketua_telepon": "abc"}, ("ketua_telepon", "telepon_tidak_dikenal")),
    ({"ketua_nik": "337101150580001"}, ("ketua_nik", "nik_bukan_16")),
    ({"email": "bukan surel"}, ("email", "surel_tidak_sah")),
    ({"aktif_tanggal": TODAY + timedelta(days=1)}, ("aktif_tanggal", "tanggal_di_depan")),
    ({"tanggal_berdiri": "1990-01-01"}, ("tanggal_berdiri", "tanggal_bukan_tanggal")),
    ({"daftar_sampai": date(2024, 1, 1)}, ("daftar_sampai", "berakhir_sebelum_mulai")),
    ({"kapasitas": -1}, ("kapasitas", "jumlah_keliru")),
    ({"sdm_lain": 1.5}, ("sdm_lain", "jumlah_keliru")),
    ({"binaan_luar": True}, ("binaan_luar", "jumlah_keliru")),
    ({"lat": -7.5}, ("lon", "koordinat_separuh")),
    ({"lat": 52.5, "lon": 13.4}, ("lat", "koordinat_di_luar_indonesia")),
    ({"lat": float("nan"), "lon": 110.2}, ("lat", "koordinat_keliru")),
    ({"alamat": 5}, ("alamat", "bukan_teks")),
    ({"kode_lks": "LKS-1"}, ("kode_lks", "bidang_tidak_dikenal")),
]


@pytest.mark.parametrize(("wrong", "expected"), BAD, ids=[f"{c}-{k}" for _, (c, k) in BAD])
def test_a_bad_value_is_refused_and_nothing_is_stored(
    operator: Actor, lks_id: int, wrong: dict[str, Any], expected: tuple[str, str]
) -> None:
    before = profile.profile(operator, lks_id)
    with pytest.raises(InvalidInput) as refused:
        keeping.edit(operator, lks_id, 1, wrong, "uji", "t")
    assert codes(refused) == {expected}
    with pytest.raises(InvalidInput) as refused:
        keeping.create(operator, NEW | {"nama": "Panti Lain"} | wrong, "t")
    assert expected in codes(refused)
    assert profile.profile(operator, lks_id) == before


def test_a_doubtful_value_is_stored_and_said(operator: Actor, lks_id: int) -> None:
    fields = {"lat": -6.99, "lon": 110.42, "ketua_nik": "9971014513800001"}
    found = keeping.edit(operator, lks_id, 1, fields, None, "t")
    expected = {("lat", "koordinat_di_luar_wilayah"), ("ketua_nik", "nik_tanggal_lahir")}
    assert {(p.column, p.code) for p in found} == expected
    assert "9971014513800001" not in repr(found)
    assert keeping.doubts(operator, {"lat": -7.4797, "lon": 110.2177}, lks_id) == []
    assert profile.profile(operator, lks_id).record["lat"] == -6.99


def test_the_end_of_an_accreditation_follows_its_rule_where_nobody_gave_one(operator: Actor, lks_id: int) -> None:
    def until(version: int, **fields: Any) -> date | None:
        blank = {"akreditasi_sampai": None}
        keeping.edit(operator, lks_id, version, blank | fields, "sertifikat", f"t{version}")
        return profile.profile(operator, lks_id).record["akreditasi_sampai"]

    old = {"akreditasi": "B", "akreditasi_tanggal": date(2023, 3, 1), "akreditasi_aturan": "permensos_17_2012"}
    assert until(1, **old) == date(2026, 2, 28)
    assert until(2, **(old | {"akreditasi": "A"})) == date(2028, 2, 29)
    assert until(3, **(old | {"akreditasi_sampai": date(2025, 1, 1)})) == date(2025, 1, 1)
    assert until(4, **(old | {"akreditasi_aturan": "permensos_8_2025"})) is None
    # After the date until which the old rule is safely known to hold, nothing is worked out.
    assert until(5, **(old | {"akreditasi_tanggal": date(2025, 8, 1)})) is None


def test_a_like_name_of_the_same_city_is_shown_to_whom_it_belongs(operator: Actor, lks_id: int, actor: Make) -> None:
    like = entries.near(operator, {"nama": "Yayasan Melatti (contoh)", "kode_wilayah": "33.71"})
    assert [(row["kode_lks"], row["sama"]) for row in like] == [("LKS-33.71-0001", False)]
    assert like[0]["skor"] >= 90
    assert entries.near(operator, {"nama": "Wisma Kamboja", "kode_wilayah": "33.71"}) == []
    assert entries.near(operator, {"nama": "Melati (contoh)", "kode_wilayah": "33"}) == []
    assert entries.near(operator, {"id": lks_id, "nama": NEW["nama"], "kode_wilayah": "33.71"}) == []
    narrow = actor("operator", "33.71.02")
    assert entries.near(narrow, {"nama": NEW["nama"], "kode_wilayah": "33.71.02"}) == []


def test_every_code_of_this_area_has_its_sentence() -> None:
    sentences: dict[str, Any] = {}
    for path in (ASSETS / "teks").glob("pesan*.toml"):
        sentences |= tomllib.loads(path.read_text(encoding="utf-8"))
    used = {code for _, (_, code) in BAD} | {
        *("lks_sudah_diubah", "lks_diarsipkan", "lks_sudah_ada", "pulihkan_lewat_gabung", "alasan_belum_ditulis"),
        *("wilayah_lks_keliru", "wilayah_tidak_berlaku", "koordinat_di_laut", "koordinat_tertukar", "periode_keliru"),
    }
    assert used <= sentences.keys()
    own = tomllib.loads((ASSETS / "teks" / "pesan_profil.toml").read_text(encoding="utf-8"))
    assert all(set(entry) == {"reason", "remedy"} for entry in own.values())
