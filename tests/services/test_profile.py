"""The profile of an LKS: what it shows, and that every change is checked, scoped, audited and done once."""

import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data_access.assets import ASSETS
from data_access.engine import reading, writing
from data_access.queries import profile as queries
from data_access.queries import state
from data_access.tables import audit, lks_pengurus
from domain.errors import AlreadyDone, InvalidInput, NotFound, NotPermitted, NotUndoable, StaleEdit
from domain.permissions import Actor
from services import clock, profile

Make = Callable[..., Actor]
TODAY = date(2026, 11, 20)
NEW = {
    "nama": "Panti Asuhan Melati (contoh)",
    "kode_wilayah": "33.71.01",
    "kluster": ["anak"],
    "ketua": "Ketua Uji",
    "ketua_telepon": "0812 3456 7890",
    "ketua_nik": "3371011505800001",
    "binaan_dalam": 0,
    "daftar": "terdaftar",
    "daftar_tanggal": date(2024, 1, 2),
    "daftar_sampai": date(2026, 12, 10),
}


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def operator(fresh_db: Path, actor: Make) -> Actor:
    return actor("operator", "33.71")


@pytest.fixture
def lks_id(operator: Actor, actor: Make) -> int:
    """A new LKS in Kota Magelang, beside one of another city that must never show."""
    other = NEW | {"nama": "Panti Asuhan Melati (contoh)", "kode_wilayah": "33.74", "ketua_telepon": None}
    profile.create(actor("admin"), other, "t-lain")
    return profile.create(operator, NEW, "t-baru")


def entries(objek: str = "lks") -> list[dict[str, Any]]:
    with reading() as connection:
        query = audit.select().where(audit.c.objek == objek).order_by(audit.c.id)
        return [dict(row) for row in connection.execute(query).mappings()]


def codes(caught: pytest.ExceptionInfo[InvalidInput]) -> set[tuple[str, str]]:
    return {(problem.column, problem.code) for problem in caught.value.problems}


# --- reading ----------------------------------------------------------------------------------------------------------


def test_a_profile_shows_the_record_masked(operator: Actor, lks_id: int) -> None:
    found = profile.profile(operator, "LKS-33.71-0001")
    assert found.record["id"] == lks_id
    assert found.path == [("33", "Jawa Tengah"), ("33.71", "Kota Magelang"), ("33.71.01", "Kec. Magelang Selatan")]
    assert found.record["ketua_nik"] == "************0001"
    assert found.record["ketua_telepon"] == "**********7890"
    assert [(o["jabatan"], o["telepon"], o["nik"]) for o in found.officers] == [
        ("ketua", "**********7890", "************0001")
    ]
    assert "3371011505800001" not in repr(found) and "81234567890" not in repr(found)
    daftar = next(axis for axis in found.axes if axis.id == "daftar")
    assert (daftar.value, daftar.days_left, daftar.urgency) == ("terdaftar", 20, "30")
    assert [row["nilai"] for row in daftar.history] == ["terdaftar"]
    assert [axis.urgency for axis in found.axes] == ["tanpa_batas"] * 3 + ["30", "tanpa_batas"]
    assert found.state == "aktif"
    assert [event["aksi"] for event in found.history] == ["tambah"]
    assert found.service_time is not None
    assert (found.service_time.length, found.service_time.working_days, found.service_time.source) == (
        14,
        True,
        "SUMUT",
    )


def test_the_sample_is_marked_and_its_documents_are_counted_by_the_city_list(seeded_db: Path, actor: Make) -> None:
    found = profile.profile(actor("kepala_dinas"), "LKS-33.71-0001")
    assert found.record["contoh"] is True
    assert found.checklist_region == "33.71"
    assert found.wanted == 11
    assert found.have == sum(d.ada and not d.expired for d in found.documents)


@pytest.mark.parametrize("role", ["kepala_dinas", "operator", "pelatih", "lkks", "admin"])
def test_not_yours_and_not_there_are_one_answer(fresh_db: Path, lks_id: int, actor: Make, role: str) -> None:
    for who, what in ((actor(role, "33.74"), lks_id), (actor(role), "LKS-99.99-0001"), (actor(role), 999_999)):
        with pytest.raises(NotFound) as refused:
            profile.profile(who, what)
        assert (refused.value.code, refused.value.facts) == ("tidak_ditemukan", {})


def test_urgency_has_its_limits_on_the_day() -> None:
    def axis(days: int | None) -> str:
        return profile.Axis("daftar", "terdaftar", None, None, None, None, None, days, []).urgency

    assert [axis(d) for d in (None, -1, 0, 30, 31, 90, 180, 181)] == [
        *("tanpa_batas", "lewat", "30", "30", "90", "90", "180", "aman")
    ]


def test_revealing_a_field_is_written_down(operator: Actor, lks_id: int, actor: Make) -> None:
    assert profile.reveal(operator, lks_id, "ketua_nik") == "3371011505800001"
    assert profile.reveal(operator, lks_id, "ketua_telepon") == "+6281234567890"
    assert profile.reveal(operator, lks_id, "bank_rekening") is None
    looked = [row for row in entries() if row["aksi"] == "buka_data_pribadi"]
    assert [(row["sesudah"], row["wilayah"]) for row in looked][:1] == [({"bidang": "ketua_nik"}, "33.71")]
    assert len(looked) == 3
    with pytest.raises(NotPermitted):
        profile.reveal(actor("kepala_dinas"), lks_id, "ketua_nik")
    with pytest.raises(NotFound):
        profile.reveal(actor("operator", "33.74"), lks_id, "ketua_nik")
    with pytest.raises(NotFound):
        profile.reveal(operator, lks_id, "nama")
    assert [event["aksi"] for event in profile.profile(operator, lks_id).history] == ["tambah"]


def test_finding_and_choices_stay_in_the_region(operator: Actor, lks_id: int, actor: Make) -> None:
    assert [row["kode_lks"] for row in profile.find(operator, "MELLATI")] == ["LKS-33.71-0001"]
    assert [row["kode_lks"] for row in profile.find(actor("admin"), "melati")] == ["LKS-33.71-0001", "LKS-33.74-0001"]
    assert profile.find(operator, "  ") == []
    assert list(profile.regions(operator, None)) == ["33"]
    assert list(profile.regions(operator, "33")) == ["33.71"]
    assert len(profile.regions(operator, "33.71")) == 3
    offered = profile.choices(operator, "33.71")
    assert offered["kluster"]["anak"] == "Anak" and len(offered["masalah"]) == 26
    assert list(profile.choices(operator, "76.02")["tumbuh"]) == ["tumbuh", "berkembang", "mandiri"]


# --- adding -----------------------------------------------------------------------------------------------------------


def test_a_new_lks_is_stored_and_audited_without_personal_data(operator: Actor, lks_id: int) -> None:
    entry = entries()[-1]
    assert (entry["aksi"], entry["objek_id"], entry["wilayah"], entry["pelaku"]) == (
        *("tambah", str(lks_id), "33.71", "uji.operator"),
    )
    assert entry["sesudah"]["ketua_nik"] == "************0001"
    assert entry["sesudah"]["ketua_telepon"] == "**********7890"
    assert entry["sesudah"]["binaan_dalam"] == 0
    with reading() as connection:
        assert state.revision(connection, "register") >= 2
        assert state.state(connection, "masuk_contoh_ditutup") is not None
        stored = connection.execute(lks_pengurus.select().where(lks_pengurus.c.lks_id == lks_id)).mappings().one()
    assert "3371011505800001" not in repr(dict(stored))


def test_the_same_token_adds_once(operator: Actor, lks_id: int) -> None:
    with pytest.raises(AlreadyDone):
        profile.create(operator, NEW | {"nama": "Lain sekali"}, "t-baru")
    assert len(profile.find(operator, "Lain sekali")) == 0


def test_the_same_name_in_the_same_city_is_refused_and_a_like_one_is_shown(operator: Actor, lks_id: int) -> None:
    twin = {"nama": "PANTI ASUHAN  Melati (contoh)", "kode_wilayah": "33.71.02", "kluster": ["lansia"]}
    with pytest.raises(InvalidInput) as refused:
        profile.create(operator, twin, "t2")
    assert codes(refused) == {("nama", "lks_sudah_ada")}
    assert refused.value.problems[0].facts["kode"] == "LKS-33.71-0001"
    like = profile.near(operator, {"nama": "Yayasan Melatti (contoh)", "kode_wilayah": "33.71"})
    assert [(row["kode_lks"], row["sama"]) for row in like] == [("LKS-33.71-0001", False)]
    assert like[0]["skor"] >= 90
    assert profile.near(operator, {"nama": "Wisma Kamboja", "kode_wilayah": "33.71"}) == []
    assert profile.create(operator, twin | {"nama": "Panti Asuhan Mawar"}, "t3") > lks_id


def test_a_namesake_beyond_the_own_kecamatan_is_refused_but_not_named(
    operator: Actor, lks_id: int, actor: Make
) -> None:
    narrow = actor("operator", "33.71.02")
    with pytest.raises(InvalidInput) as refused:
        profile.create(narrow, {"nama": NEW["nama"], "kode_wilayah": "33.71.02", "kluster": ["anak"]}, "t2")
    assert refused.value.problems[0].facts == {"kode": "-"}
    assert profile.near(narrow, {"nama": NEW["nama"], "kode_wilayah": "33.71.02"}) == []


def test_adding_needs_the_permission_and_the_region(operator: Actor, actor: Make) -> None:
    for role in ("kepala_dinas", "pelatih", "lkks"):
        with pytest.raises(NotPermitted):
            profile.create(actor(role), NEW, "t")
    with pytest.raises(NotFound):
        profile.create(operator, NEW | {"kode_wilayah": "33.74"}, "t")
    with pytest.raises(InvalidInput) as refused:
        profile.create(operator, NEW | {"kode_wilayah": "33"}, "t")
    assert codes(refused) == {("kode_wilayah", "wilayah_lks_keliru")}
    assert entries() == []


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
        profile.edit(operator, lks_id, 1, wrong, "uji", "t")
    assert codes(refused) == {expected}
    with pytest.raises(InvalidInput) as refused:
        profile.create(operator, NEW | {"nama": "Panti Lain"} | wrong, "t")
    assert expected in codes(refused)
    assert profile.profile(operator, lks_id) == before


def test_a_doubtful_value_is_stored_and_said(operator: Actor, lks_id: int) -> None:
    fields = {"lat": -6.99, "lon": 110.42, "ketua_nik": "9971014513800001"}
    found = profile.edit(operator, lks_id, 1, fields, None, "t")
    expected = {("lat", "koordinat_di_luar_wilayah"), ("ketua_nik", "nik_tanggal_lahir")}
    assert {(p.column, p.code) for p in found} == expected
    assert "9971014513800001" not in repr(found)
    assert profile.doubts(operator, {"lat": -7.4797, "lon": 110.2177}, lks_id) == []
    assert profile.profile(operator, lks_id).record["lat"] == -6.99


# --- changing ---------------------------------------------------------------------------------------------------------


def test_an_edit_stores_and_audits_only_what_differs(operator: Actor, lks_id: int) -> None:
    shown = profile.profile(operator, lks_id).record
    fields = {name: shown[name] for name in ("nama", "ketua", "ketua_telepon", "ketua_nik", "kluster", "binaan_dalam")}
    profile.edit(operator, lks_id, 1, fields | {"alamat": " Jl. Uji  No. 1 ", "binaan_dalam": None}, None, "t")
    entry = entries()[-1]
    assert entry["aksi"] == "ubah"
    assert entry["sebelum"] == {"alamat": None, "binaan_dalam": 0}
    assert entry["sesudah"] == {"alamat": "Jl. Uji No. 1", "binaan_dalam": None}
    assert profile.reveal(operator, lks_id, "ketua_telepon") == "+6281234567890"
    assert profile.reveal(operator, lks_id, "ketua_nik") == "3371011505800001"
    found = profile.profile(operator, lks_id)
    assert (found.record["versi"], found.record["binaan_dalam"]) == (2, None)
    count = len(entries())
    profile.edit(operator, lks_id, 2, {"alamat": "Jl. Uji No. 1", "situs": ""}, None, "t2")
    assert len(entries()) == count and profile.profile(operator, lks_id).record["versi"] == 2


def test_a_nik_can_be_changed_and_taken_away_and_never_shows(operator: Actor, lks_id: int) -> None:
    profile.edit(operator, lks_id, 1, {"ketua_nik": "3371011505800002"}, None, "t")
    assert entries()[-1]["sebelum"] == {"ketua_nik": "************0001"}
    assert entries()[-1]["sesudah"] == {"ketua_nik": "************0002"}
    profile.edit(operator, lks_id, 2, {"ketua_nik": None}, None, "t2")
    assert profile.profile(operator, lks_id).record["ketua_nik"] is None
    assert profile.reveal(operator, lks_id, "ketua_nik") is None


def test_an_axis_needs_a_reason_and_keeps_its_history(operator: Actor, lks_id: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        profile.edit(operator, lks_id, 1, {"aktif": "aktif"}, " ", "t")
    assert codes(refused) == {("alasan", "alasan_belum_ditulis")}
    profile.edit(operator, lks_id, 1, {"aktif": "aktif", "aktif_tanggal": TODAY}, "kunjungan", "t")
    profile.edit(operator, lks_id, 2, {"aktif": "tidak_aktif"}, "tutup", "t2")
    axis = next(a for a in profile.profile(operator, lks_id).axes if a.id == "aktif")
    assert (axis.value, axis.on) == ("tidak_aktif", TODAY)
    assert [(row["nilai"], row["alasan"], row["dicatat_oleh"]) for row in axis.history] == [
        ("tidak_aktif", "tutup", "uji.operator"),
        ("aktif", "kunjungan", "uji.operator"),
    ]


def test_the_end_of_an_accreditation_follows_its_rule_where_nobody_gave_one(operator: Actor, lks_id: int) -> None:
    def until(version: int, **fields: Any) -> date | None:
        blank = {"akreditasi_sampai": None}
        profile.edit(operator, lks_id, version, blank | fields, "sertifikat", f"t{version}")
        return profile.profile(operator, lks_id).record["akreditasi_sampai"]

    old = {"akreditasi": "B", "akreditasi_tanggal": date(2023, 3, 1), "akreditasi_aturan": "permensos_17_2012"}
    assert until(1, **old) == date(2026, 2, 28)
    assert until(2, **(old | {"akreditasi": "A"})) == date(2028, 2, 29)
    assert until(3, **(old | {"akreditasi_sampai": date(2025, 1, 1)})) == date(2025, 1, 1)
    assert until(4, **(old | {"akreditasi_aturan": "permensos_8_2025"})) is None
    # After the date until which the old rule is safely known to hold, nothing is worked out.
    assert until(5, **(old | {"akreditasi_tanggal": date(2025, 8, 1)})) is None


def test_the_second_of_two_editors_is_told_who_changed_what(operator: Actor, lks_id: int, actor: Make) -> None:
    profile.edit(actor("admin"), lks_id, 1, {"alamat": "Jl. Satu", "desa": "Rejowinangun"}, None, "t1")
    with pytest.raises(StaleEdit) as refused:
        profile.edit(operator, lks_id, 1, {"alamat": "Jl. Dua"}, None, "t2")
    assert refused.value.code == "lks_sudah_diubah"
    assert (refused.value.facts["siapa"], refused.value.facts["bidang"]) == ("uji.admin", "alamat, desa")
    assert profile.profile(operator, lks_id).record["alamat"] == "Jl. Satu"
    profile.edit(operator, lks_id, 2, {"alamat": "Jl. Dua"}, None, "t2")  # the refused token was not spent
    with pytest.raises(AlreadyDone):
        profile.edit(operator, lks_id, 3, {"alamat": "Jl. Tiga"}, None, "t2")


def test_changing_needs_the_permission_and_the_region(operator: Actor, lks_id: int, actor: Make) -> None:
    for role in ("kepala_dinas", "pelatih", "lkks"):
        with pytest.raises(NotPermitted):
            profile.edit(actor(role), lks_id, 1, {"desa": "X"}, None, "t")
        with pytest.raises(NotPermitted):
            profile.doubts(actor(role), {"desa": "X"}, lks_id)
    with pytest.raises(NotFound):
        profile.edit(actor("operator", "33.74"), lks_id, 1, {"desa": "X"}, None, "t")
    with pytest.raises(NotFound):
        profile.edit(operator, lks_id, 1, {"kode_wilayah": "33.74"}, None, "t")
    with pytest.raises(InvalidInput) as refused:
        profile.edit(actor("admin"), lks_id, 1, {"kode_wilayah": "33.74"}, None, "t")
    assert codes(refused) == {("nama", "lks_sudah_ada")}


def test_archiving_and_restoring(operator: Actor, lks_id: int, actor: Make) -> None:
    with pytest.raises(NotPermitted):
        profile.archive(actor("kepala_dinas"), lks_id, 1, "tutup", "t")
    with pytest.raises(NotFound):
        profile.archive(actor("operator", "33.74"), lks_id, 1, "tutup", "t")
    with pytest.raises(InvalidInput):
        profile.archive(operator, lks_id, 1, "", "t")
    profile.archive(operator, lks_id, 1, "sudah tutup", "t")
    found = profile.profile(operator, lks_id)
    assert (found.state, found.record["arsip_alasan"]) == ("arsip", "sudah tutup")
    assert profile.find(operator, "melati")[0]["diarsipkan_pada"] is not None
    with pytest.raises(NotPermitted) as refused:
        profile.edit(operator, lks_id, 2, {"desa": "X"}, None, "t2")
    assert refused.value.code == "lks_diarsipkan"
    with pytest.raises(StaleEdit):
        profile.restore(operator, lks_id, 1, "dibuka lagi", "t3")
    with pytest.raises(AlreadyDone):
        profile.restore(operator, lks_id, 2, "dibuka lagi", "t")
    profile.restore(operator, lks_id, 2, "dibuka lagi", "t3")
    assert profile.profile(operator, lks_id).state == "aktif"
    assert [(e["aksi"], e["alasan"]) for e in entries()[-2:]] == [("arsip", "sudah tutup"), ("pulihkan", "dibuka lagi")]


def test_an_archived_lks_does_not_return_beside_its_namesake(operator: Actor, lks_id: int) -> None:
    profile.archive(operator, lks_id, 1, "keliru", "t")
    profile.create(operator, NEW, "t2")
    with pytest.raises(InvalidInput) as refused:
        profile.restore(operator, lks_id, 2, "dibuka lagi", "t3")
    assert codes(refused) == {("nama", "lks_sudah_ada")}


def test_a_merged_lks_is_not_restored_by_itself(operator: Actor, lks_id: int) -> None:
    from services import merging

    second = profile.create(operator, NEW | {"nama": "Panti Melati (contoh)"}, "t2")
    merging.merge(operator, lks_id, 1, second, 1, {}, "t3")
    with pytest.raises(NotUndoable) as refused:
        profile.restore(operator, lks_id, 2, "dibuka lagi", "t4")
    assert refused.value.code == "pulihkan_lewat_gabung"
    shown = profile.profile(operator, lks_id)
    assert (shown.state, shown.merged_into) == ("digabung", ("LKS-33.71-0002", "Panti Melati (contoh)"))


# --- documents, aid, clients -----------------------------------------------------------------------------------------


def test_documents(operator: Actor, lks_id: int, actor: Make) -> None:
    paper = {"ada": True, "nomor": "12", "tanggal": date(2025, 1, 1), "berlaku_sampai": date(2026, 1, 1)}
    profile.set_document(operator, lks_id, "domisili", paper, None, "t1")
    profile.set_document(operator, lks_id, "akta", {"ada": True}, None, "t2")
    found = profile.profile(operator, lks_id)
    assert (found.have, found.wanted) == (1, 11)
    domisili = next(d for d in found.documents if d.kode == "domisili")
    assert (domisili.ada, domisili.expired, domisili.valid) == (True, True, False)
    assert entries("lks_berkas")[0]["sesudah"] == {
        **{"syarat": "domisili", "ada": True, "nomor": "12"},
        **{"tanggal": "2025-01-01", "berlaku_sampai": "2026-01-01"},
    }
    with pytest.raises(StaleEdit):
        profile.set_document(operator, lks_id, "domisili", {"ada": False}, None, "t3")
    with pytest.raises(AlreadyDone):
        profile.set_document(operator, lks_id, "domisili", {"ada": False}, paper, "t2")
    with pytest.raises(NotFound):
        profile.set_document(operator, lks_id, "foto", {"ada": True}, None, "t4")
    with pytest.raises(NotFound):
        profile.set_document(actor("operator", "33.74"), lks_id, "akta", {"ada": False}, {"ada": True}, "t4")
    with pytest.raises(NotPermitted):
        profile.set_document(actor("lkks"), lks_id, "akta", {"ada": False}, {"ada": True}, "t4")
    with pytest.raises(InvalidInput) as refused:
        late = {"ada": True, "tanggal": TODAY + timedelta(days=1), "berlaku_sampai": TODAY}
        profile.set_document(operator, lks_id, "npwp", late, None, "t4")
    assert codes(refused) == {("tanggal", "tanggal_di_depan"), ("berlaku_sampai", "berakhir_sebelum_mulai")}
    profile.set_document(operator, lks_id, "akta", {"ada": False}, {"ada": True}, "t5")
    assert profile.profile(operator, lks_id).have == 0


AID = {"tahun": 2025, "jenis": "Bantuan sarana", "sumber": "donatur", "nilai_rupiah": 5_000_000, "penerima": 20}


def test_aid(operator: Actor, lks_id: int, actor: Make) -> None:
    aid_id = profile.add_aid(operator, lks_id, AID, "t1")
    with pytest.raises(AlreadyDone):
        profile.add_aid(operator, lks_id, AID, "t1")
    profile.change_aid(operator, lks_id, aid_id, AID | {"penerima": 25}, AID, "t2")
    assert [row["penerima"] for row in profile.profile(operator, lks_id).aid] == [25]
    assert entries("lks_bantuan")[-1]["sesudah"] == {"id": aid_id, "penerima": 25}
    with pytest.raises(StaleEdit):
        profile.change_aid(operator, lks_id, aid_id, None, AID, "t3")
    with pytest.raises(NotFound):
        profile.change_aid(operator, lks_id, aid_id + 1, None, AID, "t3")
    with pytest.raises(NotFound):
        profile.change_aid(actor("operator", "33.74"), lks_id, aid_id, None, AID | {"penerima": 25}, "t3")
    for call in (lambda who: profile.add_aid(who, lks_id, AID, "t4"),
                 lambda who: profile.change_aid(who, lks_id, aid_id, None, AID, "t4")):  # fmt: skip
        with pytest.raises(NotPermitted):
            call(actor("kepala_dinas"))
    with pytest.raises(NotFound):
        profile.add_aid(actor("operator", "33.74"), lks_id, AID, "t4")
    with pytest.raises(InvalidInput) as refused:
        profile.add_aid(operator, lks_id, {"tahun": 2030, "sumber": "saya", "nilai_rupiah": -1}, "t4")
    assert codes(refused) == {
        *(("jenis", "wajib_diisi"), ("tahun", "tahun_keliru")),
        *(("sumber", "pilihan_di_luar_daftar"), ("nilai_rupiah", "jumlah_keliru")),
    }
    profile.change_aid(operator, lks_id, aid_id, None, AID | {"penerima": 25}, "t5")
    assert profile.profile(operator, lks_id).aid == []
    assert [row["aksi"] for row in entries("lks_bantuan")] == ["tambah", "ubah", "hapus"]


def test_clients_by_group_setting_and_period(operator: Actor, lks_id: int, actor: Make) -> None:
    profile.set_clients(operator, lks_id, "anak", "dalam", "2025-06", 30, None, "t1")
    profile.set_clients(operator, lks_id, "anak", "dalam", "2025", 0, None, "t2")
    rows = profile.profile(operator, lks_id).clients
    assert [(r["kelompok"], r["setting"], r["periode"], r["jumlah"]) for r in rows] == [
        *(("anak", "dalam", "2025-06", 30), ("anak", "dalam", "2025", 0), ("semua", "dalam", "", 0)),
    ]
    with pytest.raises(StaleEdit):
        profile.set_clients(operator, lks_id, "anak", "dalam", "2025", 5, None, "t3")
    assert len(profile.profile(operator, lks_id).clients) == 3
    with pytest.raises(AlreadyDone):
        profile.set_clients(operator, lks_id, "anak", "dalam", "2025", 5, 0, "t1")
    with pytest.raises(NotPermitted):
        profile.set_clients(actor("pelatih"), lks_id, "anak", "dalam", "2025", 5, 0, "t3")
    with pytest.raises(NotFound):
        profile.set_clients(actor("operator", "33.74"), lks_id, "anak", "dalam", "2025", 5, 0, "t3")
    for periode in ("", "2027", "2026-12", "25", "2025-13"):
        with pytest.raises(InvalidInput) as refused:
            profile.set_clients(operator, lks_id, "kucing", "keduanya", periode, -1, None, "t3")
        assert codes(refused) == {
            *(("periode", "periode_keliru"), ("setting", "pilihan_di_luar_daftar")),
            *(("jumlah", "jumlah_keliru"), ("kelompok", "pilihan_di_luar_daftar")),
        }
    profile.set_clients(operator, lks_id, "anak", "dalam", "2025", None, 0, "t4")
    assert len(profile.profile(operator, lks_id).clients) == 2
    assert entries("lks_binaan")[-1]["sesudah"] is None


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


def test_nothing_of_a_failed_write_remains(operator: Actor, lks_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with reading() as connection:
        revision = state.revision(connection, "register")
    monkeypatch.setattr(profile.trail, "record", lambda *_: (_ for _ in ()).throw(StaleEdit()))
    with pytest.raises(StaleEdit):
        profile.edit(operator, lks_id, 1, {"desa": "X"}, None, "t")
    monkeypatch.undo()
    with reading() as connection:
        assert state.revision(connection, "register") == revision
    assert profile.profile(operator, lks_id).record["desa"] is None


def test_changes_since_a_moment_name_what_was_touched(operator: Actor, lks_id: int) -> None:
    start = datetime.now(UTC)
    profile.edit(operator, lks_id, 1, {"desa": "X"}, None, "t")
    with writing() as connection:
        assert [row["sesudah"] for row in queries.changed_since(connection, operator.scope, lks_id, start)] == [
            {"desa": "X"}
        ]
