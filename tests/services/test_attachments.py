"""Papers, aid and clients of an LKS: each change checked, scoped, audited and done once."""

from datetime import date, timedelta

import pytest

from domain.errors import AlreadyDone, InvalidInput, NotFound, NotPermitted, StaleEdit
from domain.permissions import Actor
from services import attachments, profile
from tests.services.conftest import TODAY, Make, codes, written


def test_documents(operator: Actor, lks_id: int, actor: Make) -> None:
    paper = {"ada": True, "nomor": "12", "tanggal": date(2025, 1, 1), "berlaku_sampai": date(2026, 1, 1)}
    attachments.set_document(operator, lks_id, "domisili", paper, None, "t1")
    attachments.set_document(operator, lks_id, "akta", {"ada": True}, None, "t2")
    found = profile.profile(operator, lks_id)
    assert (found.have, found.wanted) == (1, 11)
    domisili = next(d for d in found.documents if d.kode == "domisili")
    assert (domisili.ada, domisili.expired, domisili.valid) == (True, True, False)
    assert written("lks_berkas")[0]["sesudah"] == {
        **{"syarat": "domisili", "ada": True, "nomor": "12"},
        **{"tanggal": "2025-01-01", "berlaku_sampai": "2026-01-01"},
    }
    with pytest.raises(StaleEdit):
        attachments.set_document(operator, lks_id, "domisili", {"ada": False}, None, "t3")
    with pytest.raises(AlreadyDone):
        attachments.set_document(operator, lks_id, "domisili", {"ada": False}, paper, "t2")
    with pytest.raises(NotFound):
        attachments.set_document(operator, lks_id, "foto", {"ada": True}, None, "t4")
    with pytest.raises(NotFound):
        attachments.set_document(actor("operator", "33.74"), lks_id, "akta", {"ada": False}, {"ada": True}, "t4")
    with pytest.raises(NotPermitted):
        attachments.set_document(actor("lkks"), lks_id, "akta", {"ada": False}, {"ada": True}, "t4")
    with pytest.raises(InvalidInput) as refused:
        late = {"ada": True, "tanggal": TODAY + timedelta(days=1), "berlaku_sampai": TODAY}
        attachments.set_document(operator, lks_id, "npwp", late, None, "t4")
    assert codes(refused) == {("tanggal", "tanggal_di_depan"), ("berlaku_sampai", "berakhir_sebelum_mulai")}
    attachments.set_document(operator, lks_id, "akta", {"ada": False}, {"ada": True}, "t5")
    assert profile.profile(operator, lks_id).have == 0


AID = {"tahun": 2025, "jenis": "Bantuan sarana", "sumber": "donatur", "nilai_rupiah": 5_000_000, "penerima": 20}


def test_aid(operator: Actor, lks_id: int, actor: Make) -> None:
    aid_id = attachments.add_aid(operator, lks_id, AID, "t1")
    with pytest.raises(AlreadyDone):
        attachments.add_aid(operator, lks_id, AID, "t1")
    attachments.change_aid(operator, lks_id, aid_id, AID | {"penerima": 25}, AID, "t2")
    assert [row["penerima"] for row in profile.profile(operator, lks_id).aid] == [25]
    assert written("lks_bantuan")[-1]["sesudah"] == {"id": aid_id, "penerima": 25}
    with pytest.raises(StaleEdit):
        attachments.change_aid(operator, lks_id, aid_id, None, AID, "t3")
    with pytest.raises(NotFound):
        attachments.change_aid(operator, lks_id, aid_id + 1, None, AID, "t3")
    with pytest.raises(NotFound):
        attachments.change_aid(actor("operator", "33.74"), lks_id, aid_id, None, AID | {"penerima": 25}, "t3")
    for call in (lambda who: attachments.add_aid(who, lks_id, AID, "t4"),
                 lambda who: attachments.change_aid(who, lks_id, aid_id, None, AID, "t4")):  # fmt: skip
        with pytest.raises(NotPermitted):
            call(actor("kepala_dinas"))
    with pytest.raises(NotFound):
        attachments.add_aid(actor("operator", "33.74"), lks_id, AID, "t4")
    with pytest.raises(InvalidInput) as refused:
        attachments.add_aid(operator, lks_id, {"tahun": 2030, "sumber": "saya", "nilai_rupiah": -1}, "t4")
    assert codes(refused) == {
        *(("jenis", "wajib_diisi"), ("tahun", "tahun_keliru")),
        *(("sumber", "pilihan_di_luar_daftar"), ("nilai_rupiah", "jumlah_keliru")),
    }
    attachments.change_aid(operator, lks_id, aid_id, None, AID | {"penerima": 25}, "t5")
    assert profile.profile(operator, lks_id).aid == []
    assert [row["aksi"] for row in written("lks_bantuan")] == ["tambah", "ubah", "hapus"]


def test_clients_by_group_setting_and_period(operator: Actor, lks_id: int, actor: Make) -> None:
    attachments.set_clients(operator, lks_id, "anak", "dalam", "2025-06", 30, None, "t1")
    attachments.set_clients(operator, lks_id, "anak", "dalam", "2025", 0, None, "t2")
    rows = profile.profile(operator, lks_id).clients
    assert [(r["kelompok"], r["setting"], r["periode"], r["jumlah"]) for r in rows] == [
        *(("anak", "dalam", "2025-06", 30), ("anak", "dalam", "2025", 0), ("semua", "dalam", "", 0)),
    ]
    with pytest.raises(StaleEdit):
        attachments.set_clients(operator, lks_id, "anak", "dalam", "2025", 5, None, "t3")
    assert len(profile.profile(operator, lks_id).clients) == 3
    with pytest.raises(AlreadyDone):
        attachments.set_clients(operator, lks_id, "anak", "dalam", "2025", 5, 0, "t1")
    with pytest.raises(NotPermitted):
        attachments.set_clients(actor("pelatih"), lks_id, "anak", "dalam", "2025", 5, 0, "t3")
    with pytest.raises(NotFound):
        attachments.set_clients(actor("operator", "33.74"), lks_id, "anak", "dalam", "2025", 5, 0, "t3")
    for periode in ("", "2027", "2026-12", "25", "2025-13"):
        with pytest.raises(InvalidInput) as refused:
            attachments.set_clients(operator, lks_id, "kucing", "keduanya", periode, -1, None, "t3")
        assert codes(refused) == {
            *(("periode", "periode_keliru"), ("setting", "pilihan_di_luar_daftar")),
            *(("jumlah", "jumlah_keliru"), ("kelompok", "pilihan_di_luar_daftar")),
        }
    attachments.set_clients(operator, lks_id, "anak", "dalam", "2025", None, 0, "t4")
    assert len(profile.profile(operator, lks_id).clients) == 2
    assert written("lks_binaan")[-1]["sesudah"] is None
