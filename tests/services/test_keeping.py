"""Adding, changing, archiving and restoring an LKS: each checked, scoped, audited and done once."""

from datetime import UTC, datetime

import pytest

from data_access.engine import reading, writing
from data_access.queries import profile as queries
from data_access.queries import state
from data_access.tables import lks_pengurus
from domain.errors import AlreadyDone, InvalidInput, NotFound, NotPermitted, NotUndoable, StaleEdit
from domain.permissions import Actor
from services import keeping, merging, profile
from tests.services.conftest import NEW, TODAY, Make, codes, written


def test_a_new_lks_is_stored_and_audited_without_personal_data(operator: Actor, lks_id: int) -> None:
    entry = written()[-1]
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
        keeping.create(operator, NEW | {"nama": "Lain sekali"}, "t-baru")
    assert len(profile.find(operator, "Lain sekali")) == 0


def test_the_same_name_in_the_same_city_is_refused(operator: Actor, lks_id: int) -> None:
    twin = {"nama": "PANTI ASUHAN  Melati (contoh)", "kode_wilayah": "33.71.02", "kluster": ["lansia"]}
    with pytest.raises(InvalidInput) as refused:
        keeping.create(operator, twin, "t2")
    assert codes(refused) == {("nama", "lks_sudah_ada")}
    assert refused.value.problems[0].facts["kode"] == "LKS-33.71-0001"
    assert keeping.create(operator, twin | {"nama": "Panti Asuhan Mawar"}, "t3") > lks_id


def test_a_namesake_beyond_the_own_kecamatan_is_refused_but_not_named(
    operator: Actor, lks_id: int, actor: Make
) -> None:
    narrow = actor("operator", "33.71.02")
    with pytest.raises(InvalidInput) as refused:
        keeping.create(narrow, {"nama": NEW["nama"], "kode_wilayah": "33.71.02", "kluster": ["anak"]}, "t2")
    assert refused.value.problems[0].facts == {"kode": "-"}


def test_adding_needs_the_permission_and_the_region(operator: Actor, actor: Make) -> None:
    for role in ("kepala_dinas", "pelatih", "lkks"):
        with pytest.raises(NotPermitted):
            keeping.create(actor(role), NEW, "t")
    with pytest.raises(NotFound):
        keeping.create(operator, NEW | {"kode_wilayah": "33.74"}, "t")
    with pytest.raises(InvalidInput) as refused:
        keeping.create(operator, NEW | {"kode_wilayah": "33"}, "t")
    assert codes(refused) == {("kode_wilayah", "wilayah_lks_keliru")}
    assert written() == []


def test_an_edit_stores_and_audits_only_what_differs(operator: Actor, lks_id: int) -> None:
    shown = profile.profile(operator, lks_id).record
    fields = {name: shown[name] for name in ("nama", "ketua", "ketua_telepon", "ketua_nik", "kluster", "binaan_dalam")}
    keeping.edit(operator, lks_id, 1, fields | {"alamat": " Jl. Uji  No. 1 ", "binaan_dalam": None}, None, "t")
    entry = written()[-1]
    assert entry["aksi"] == "ubah"
    assert entry["sebelum"] == {"alamat": None, "binaan_dalam": 0}
    assert entry["sesudah"] == {"alamat": "Jl. Uji No. 1", "binaan_dalam": None}
    assert profile.reveal(operator, lks_id, "ketua_telepon") == "+6281234567890"
    assert profile.reveal(operator, lks_id, "ketua_nik") == "3371011505800001"
    found = profile.profile(operator, lks_id)
    assert (found.record["versi"], found.record["binaan_dalam"]) == (2, None)
    count = len(written())
    keeping.edit(operator, lks_id, 2, {"alamat": "Jl. Uji No. 1", "situs": ""}, None, "t2")
    assert len(written()) == count and profile.profile(operator, lks_id).record["versi"] == 2


def test_a_nik_can_be_changed_and_taken_away_and_never_shows(operator: Actor, lks_id: int) -> None:
    keeping.edit(operator, lks_id, 1, {"ketua_nik": "3371011505800002"}, None, "t")
    assert written()[-1]["sebelum"] == {"ketua_nik": "************0001"}
    assert written()[-1]["sesudah"] == {"ketua_nik": "************0002"}
    keeping.edit(operator, lks_id, 2, {"ketua_nik": None}, None, "t2")
    assert profile.profile(operator, lks_id).record["ketua_nik"] is None
    assert profile.reveal(operator, lks_id, "ketua_nik") is None


def test_an_axis_needs_a_reason_and_keeps_its_history(operator: Actor, lks_id: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        keeping.edit(operator, lks_id, 1, {"aktif": "aktif"}, " ", "t")
    assert codes(refused) == {("alasan", "alasan_belum_ditulis")}
    keeping.edit(operator, lks_id, 1, {"aktif": "aktif", "aktif_tanggal": TODAY}, "kunjungan", "t")
    keeping.edit(operator, lks_id, 2, {"aktif": "tidak_aktif"}, "tutup", "t2")
    axis = next(a for a in profile.profile(operator, lks_id).axes if a.id == "aktif")
    assert (axis.value, axis.on) == ("tidak_aktif", TODAY)
    assert [(row["nilai"], row["alasan"], row["dicatat_oleh"]) for row in axis.history] == [
        ("tidak_aktif", "tutup", "uji.operator"),
        ("aktif", "kunjungan", "uji.operator"),
    ]


def test_the_second_of_two_editors_is_told_who_changed_what(operator: Actor, lks_id: int, actor: Make) -> None:
    keeping.edit(actor("admin"), lks_id, 1, {"alamat": "Jl. Satu", "desa": "Rejowinangun"}, None, "t1")
    with pytest.raises(StaleEdit) as refused:
        keeping.edit(operator, lks_id, 1, {"alamat": "Jl. Dua"}, None, "t2")
    assert refused.value.code == "lks_sudah_diubah"
    assert (refused.value.facts["siapa"], refused.value.facts["bidang"]) == ("uji.admin", "alamat, desa")
    assert profile.profile(operator, lks_id).record["alamat"] == "Jl. Satu"
    keeping.edit(operator, lks_id, 2, {"alamat": "Jl. Dua"}, None, "t2")  # the refused token was not spent
    with pytest.raises(AlreadyDone):
        keeping.edit(operator, lks_id, 3, {"alamat": "Jl. Tiga"}, None, "t2")


def test_changing_needs_the_permission_and_the_region(operator: Actor, lks_id: int, actor: Make) -> None:
    for role in ("kepala_dinas", "pelatih", "lkks"):
        with pytest.raises(NotPermitted):
            keeping.edit(actor(role), lks_id, 1, {"desa": "X"}, None, "t")
        with pytest.raises(NotPermitted):
            keeping.doubts(actor(role), {"desa": "X"}, lks_id)
    with pytest.raises(NotFound):
        keeping.edit(actor("operator", "33.74"), lks_id, 1, {"desa": "X"}, None, "t")
    with pytest.raises(NotFound):
        keeping.edit(operator, lks_id, 1, {"kode_wilayah": "33.74"}, None, "t")
    with pytest.raises(InvalidInput) as refused:
        keeping.edit(actor("admin"), lks_id, 1, {"kode_wilayah": "33.74"}, None, "t")
    assert codes(refused) == {("nama", "lks_sudah_ada")}


def test_archiving_and_restoring(operator: Actor, lks_id: int, actor: Make) -> None:
    with pytest.raises(NotPermitted):
        keeping.archive(actor("kepala_dinas"), lks_id, 1, "tutup", "t")
    with pytest.raises(NotFound):
        keeping.archive(actor("operator", "33.74"), lks_id, 1, "tutup", "t")
    with pytest.raises(InvalidInput):
        keeping.archive(operator, lks_id, 1, "", "t")
    keeping.archive(operator, lks_id, 1, "sudah tutup", "t")
    found = profile.profile(operator, lks_id)
    assert (found.state, found.record["arsip_alasan"]) == ("arsip", "sudah tutup")
    assert profile.find(operator, "melati")[0]["diarsipkan_pada"] is not None
    with pytest.raises(NotPermitted) as refused:
        keeping.edit(operator, lks_id, 2, {"desa": "X"}, None, "t2")
    assert refused.value.code == "lks_diarsipkan"
    with pytest.raises(StaleEdit):
        keeping.restore(operator, lks_id, 1, "dibuka lagi", "t3")
    with pytest.raises(AlreadyDone):
        keeping.restore(operator, lks_id, 2, "dibuka lagi", "t")
    keeping.restore(operator, lks_id, 2, "dibuka lagi", "t3")
    assert profile.profile(operator, lks_id).state == "aktif"
    assert [(e["aksi"], e["alasan"]) for e in written()[-2:]] == [("arsip", "sudah tutup"), ("pulihkan", "dibuka lagi")]


def test_an_archived_lks_does_not_return_beside_its_namesake(operator: Actor, lks_id: int) -> None:
    keeping.archive(operator, lks_id, 1, "keliru", "t")
    keeping.create(operator, NEW, "t2")
    with pytest.raises(InvalidInput) as refused:
        keeping.restore(operator, lks_id, 2, "dibuka lagi", "t3")
    assert codes(refused) == {("nama", "lks_sudah_ada")}


def test_a_merged_lks_is_not_restored_by_itself(operator: Actor, lks_id: int) -> None:
    second = keeping.create(operator, NEW | {"nama": "Panti Melati (contoh)"}, "t2")
    merging.merge(operator, lks_id, 1, second, 1, {}, "t3")
    with pytest.raises(NotUndoable) as refused:
        keeping.restore(operator, lks_id, 2, "dibuka lagi", "t4")
    assert refused.value.code == "pulihkan_lewat_gabung"
    shown = profile.profile(operator, lks_id)
    assert (shown.state, shown.merged_into) == ("digabung", ("LKS-33.71-0002", "Panti Melati (contoh)"))


def test_nothing_of_a_failed_write_remains(operator: Actor, lks_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with reading() as connection:
        revision = state.revision(connection, "register")
    monkeypatch.setattr(keeping.trail, "record", lambda *_: (_ for _ in ()).throw(StaleEdit()))
    with pytest.raises(StaleEdit):
        keeping.edit(operator, lks_id, 1, {"desa": "X"}, None, "t")
    monkeypatch.undo()
    with reading() as connection:
        assert state.revision(connection, "register") == revision
    assert profile.profile(operator, lks_id).record["desa"] is None


def test_changes_since_a_moment_name_what_was_touched(operator: Actor, lks_id: int) -> None:
    start = datetime.now(UTC)
    keeping.edit(operator, lks_id, 1, {"desa": "X"}, None, "t")
    with writing() as connection:
        assert [row["sesudah"] for row in queries.changed_since(connection, operator.scope, lks_id, start)] == [
            {"desa": "X"}
        ]
