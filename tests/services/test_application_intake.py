"""An application arrives once: replayed, changed under its key, at the limit, and for an LKS that is in the register."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from data_access.tables import audit, keadaan, lks
from data_access.tables_pengajuan import gagal_pintu, pengajuan, pengajuan_isian, pengajuan_konflik, pengajuan_langkah
from domain.errors import AlreadyDone, InvalidInput, NotFound, NotPermitted, TooManyAttempts
from domain.permissions import Actor
from services import application_fields, application_intake, clock, keeping, profile
from tests.application_rows import VERSION, application, hand_in, new_key, rows

NEW = {"nama": "Panti Lama", "kode_wilayah": "33.71.01", "kluster": ["anak"], "ketua": "Ani", "alamat": "Jl. 1"}


@pytest.fixture
def lks_id(fresh_db: Path, actor: Callable[..., Actor]) -> int:
    keeping.create(actor("admin"), NEW | {"nama": "Panti Lain", "kode_wilayah": "33.74"}, "t-lain")
    return keeping.create(actor("admin"), NEW | {"ketua_telepon": "081234567890"}, "t-lks")


def test_the_same_key_and_content_get_the_same_answer_for_ever(fresh_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = new_key()
    first = hand_in(key)
    later = clock.now() + timedelta(days=400)
    monkeypatch.setattr(clock, "now", lambda: later)
    for again in (hand_in(key), hand_in(key.upper())):
        assert again.body() == first.body()
    (row,) = rows(pengajuan)
    assert (row["jenis"], row["status"], row["nama"], row["kode_wilayah"]) == (
        *("baru", "diterima", "Panti Asuhan Kasih Uji", "33.71.01"),
    )
    assert (row["pengaju"], row["pengaju_telepon"], row["persetujuan"]) == ("Budi Uji", "+6281234567890", VERSION)
    assert row["sidik_isi"] == first.hash == application_fields.content_hash(application().fields)
    assert first.ticket not in str(row) and row["lengkap_pada"] is None and not row["contoh"]
    fields = {one["bidang"]: (one["nilai"], one["sebelum"], one["keadaan"]) for one in rows(pengajuan_isian)}
    assert fields["kapasitas"] == (40, None, "menunggu") and fields["kluster"] == (["anak"], None, "menunggu")
    assert fields["tanggal_berdiri"][0] == "2001-03-04" and "lat" not in fields
    assert [(step["status"], step["oleh"]) for step in rows(pengajuan_langkah)] == [("diterima", "pendaftaran-daring")]


def test_it_is_audited_without_persons_and_ends_the_sample_sign_in(fresh_db: Path) -> None:
    hand_in()
    (entry,) = [row for row in rows(audit) if row["objek"] == "pengajuan"]
    assert (entry["aksi"], entry["pelaku"], entry["wilayah"]) == ("ajukan_daring", "pendaftaran-daring", "33.71")
    assert "Budi" not in str(entry) and "+62812" not in str(entry) and "pengisi_nama" in entry["sesudah"]["bidang"]
    assert any("contoh" in row["kunci"] for row in rows(keadaan))
    assert rows(lks) == []  # nothing enters the register unseen


def test_another_content_under_the_key_is_refused_and_kept_aside(fresh_db: Path) -> None:
    key = new_key()
    first = hand_in(key)
    for name in ("Panti B", "Panti B", "Panti C"):
        with pytest.raises(AlreadyDone):
            hand_in(key, nama=name)
    assert [row["isi"]["nama"] for row in rows(pengajuan_konflik)] == ["Panti B", "Panti C"]
    for number in range(10):
        with pytest.raises(AlreadyDone):
            hand_in(key, nama=f"Panti {number}")
    assert len(rows(pengajuan_konflik)) == application_intake.MOST_ASIDE
    assert hand_in(key).body() == first.body() and len(rows(pengajuan)) == 1


def test_consent_is_asked_before_anything_is_stored(fresh_db: Path) -> None:
    for consent in (None, "2020-1"):
        with pytest.raises(InvalidInput) as refused:
            application_intake.receive(replace(application(), consent=consent), VERSION)
        assert [problem.column for problem in refused.value.problems] == ["persetujuan"]
    with pytest.raises(InvalidInput):
        hand_in(nama="")
    assert rows(pengajuan) == [] and rows(gagal_pintu) == []


def test_a_flood_meets_its_limit_and_a_replay_does_not(fresh_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application_intake, "ADDRESS_LIMIT", 3)
    monkeypatch.setattr(application_intake, "ALL_LIMIT", 5)
    key = new_key()
    first = hand_in(key)
    hand_in()
    hand_in()
    with pytest.raises(TooManyAttempts) as refused:
        hand_in()
    assert refused.value.retry_after == 3600
    assert hand_in(key).body() == first.body()
    for _ in range(2):
        application_intake.receive(replace(application(), address="10.0.0.8"), VERSION)
    with pytest.raises(TooManyAttempts):
        application_intake.receive(replace(application(), address="10.0.0.9"), VERSION)
    later = clock.now() + timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    hand_in()
    assert len(rows(pengajuan)) == 6


def test_corrections_hold_only_what_changes_and_change_nothing_yet(lks_id: int) -> None:
    got = hand_in(None, lks_id, nama="Panti Baru", alamat="Jl. 1", kapasitas="25", ketua_telepon="")
    (row,) = rows(pengajuan)
    assert (row["jenis"], row["lks_id"], row["nama"], row["kode_wilayah"]) == (
        *("pemutakhiran", lks_id, "Panti Lama", "33.71.01"),
    )
    assert row["lengkap_pada"] == clock.today() and row["tenggat"] is not None  # corrections need no papers
    fields = {one["bidang"]: (one["nilai"], one["sebelum"]) for one in rows(pengajuan_isian)}
    assert fields == {"nama": ("Panti Baru", "Panti Lama"), "kapasitas": (25, None)}
    assert {one["nama"] for one in rows(lks)} == {"Panti Lama", "Panti Lain"}
    with pytest.raises(NotPermitted):
        hand_in(None, lks_id, kapasitas="30")
    with pytest.raises(AlreadyDone):  # the key of corrections is no key of a new application
        hand_in(got.kunci)


def test_corrections_that_say_nothing_or_move_away_are_refused(lks_id: int) -> None:
    for changes, code in (
        ({"nama": "Panti Lama", "ketua": "Ani"}, "tidak_ada_perubahan"),
        ({"kode_wilayah": "33.74.01"}, "pindah_kabkota_lewat_dinas"),
        ({"nama": ""}, "wajib_diisi"),
        ({"kluster": []}, "wajib_diisi"),
    ):
        with pytest.raises(InvalidInput) as refused:
            hand_in(None, lks_id, **changes)
        assert refused.value.problems[0].code == code
    assert rows(pengajuan) == []


def test_corrections_of_an_archived_lks_are_not_taken(lks_id: int, actor: Callable[..., Actor]) -> None:
    by = actor("admin")
    keeping.archive(by, lks_id, profile.profile(by, lks_id).record["versi"], "tutup", "t-arsip")
    with pytest.raises(NotFound):
        hand_in(None, lks_id, kapasitas="25")
