"""What the profile of an LKS shows: masked, in the own region only, and every look at personal data written down."""

from pathlib import Path

import pytest

from domain.errors import NotFound, NotPermitted
from domain.permissions import Actor
from services import profile
from tests.services.conftest import Make, written


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
    beside = [(d.nama, d.surat) for d in found.documents if not d.asked]
    assert beside == [("Rekomendasi LKKS", True)], "the sample LKKS gave it a letter that this city does not ask for"
    assert found.have == sum(d.asked and d.ada and not d.expired for d in found.documents)


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
    looked = [row for row in written() if row["aksi"] == "buka_data_pribadi"]
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
