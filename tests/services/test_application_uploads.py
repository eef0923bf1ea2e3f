"""Files come in pieces, in any order of mishaps, once; and a stranger cannot fill the disk with them."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import update

from data_access import submitted_files
from data_access.engine import reading, writing
from data_access.tables import audit
from data_access.tables_pengajuan import pengajuan, pengajuan_berkas
from domain.errors import AlreadyDone, FileRefused, NotFound, NotPermitted, StoreUnavailable, TooManyAttempts
from services import application_clock, clock
from services import application_uploads as uploads
from services.application_uploads import Progress, WrongOffset
from tests.application_rows import (
    ADDRESS,
    REQUIRED_33_71,
    announce,
    hand_in,
    jpeg,
    kept_files,
    new_key,
    rows,
    upload,
)

STEP = 48_000


def test_a_file_goes_on_where_it_stopped(fresh_db: Path) -> None:
    application, key, content = new_key(), new_key(), jpeg(600, 400)
    assert len(content) > 2 * STEP
    told = announce(application, content)
    assert uploads.state(key) == Progress(0, False)
    assert uploads.put(key, 0, content[:STEP], told, ADDRESS) == Progress(STEP, False)
    assert uploads.state(key) == Progress(STEP, False)
    for offset in (0, 10, 2 * STEP):  # the answer was lost, or a piece was skipped
        with pytest.raises(WrongOffset) as refused:
            uploads.put(key, offset, content[offset : offset + STEP], told, ADDRESS)
        assert refused.value.progress == Progress(STEP, False)
    for start in range(STEP, len(content), STEP):
        found = uploads.put(key, start, content[start : start + STEP], None, ADDRESS)
    assert found == uploads.state(key) == Progress(len(content), True)
    assert uploads.put(key, 0, content[:STEP], told, ADDRESS) == found  # sent again in full
    assert submitted_files.read(key) == content
    ack = hand_in(application)
    (row,) = rows(pengajuan_berkas)
    assert (row["pengajuan_id"], row["syarat"], row["selesai"], row["keadaan"]) == (ack.id, "akta", True, "menunggu")
    (entry,) = [row for row in rows(audit) if row["aksi"] == "unggah_daring"]
    assert entry["sesudah"]["sidik"] == told.sha256 and entry["sesudah"]["disimpan"] == len(content)
    assert application not in str(entry), "whoever has the key may add papers: no reader of the trail gets it"


def test_bytes_that_were_written_but_never_acknowledged_are_cut_off(fresh_db: Path) -> None:
    """A kill between the disk and the commit leaves more bytes than the store knows of."""
    key, content = new_key(), jpeg(600, 400)
    told = announce(new_key(), content)
    uploads.put(key, 0, content[:1000], told, ADDRESS)
    submitted_files.append(key, 1000, b"x" * 5000)
    uploads.put(key, 1000, content[1000:STEP], told, ADDRESS)
    for start in range(STEP, len(content), STEP):
        found = uploads.put(key, start, content[start : start + STEP], told, ADDRESS)
    assert found.done and submitted_files.read(key) == content


def test_bytes_that_were_lost_behind_our_back_are_asked_for_again(fresh_db: Path) -> None:
    key, content = new_key(), jpeg()
    uploads.put(key, 0, content[:4000], announce(new_key(), content), ADDRESS)
    submitted_files.remove(key)
    with pytest.raises(WrongOffset) as refused:
        uploads.put(key, 4000, content[4000:5000], None, ADDRESS)
    assert refused.value.progress == Progress(0, False) and uploads.state(key) == Progress(0, False)


def test_a_whole_file_that_was_not_proved_is_proved_by_an_empty_piece(fresh_db: Path) -> None:
    """A kill between the last piece and the proof."""
    key, content = new_key(), jpeg()
    uploads.put(key, 0, content[:-1], announce(new_key(), content), ADDRESS)
    submitted_files.append(key, len(content) - 1, content[-1:])
    with writing() as connection:
        connection.execute(update(pengajuan_berkas).values(diterima=len(content)))
    assert uploads.state(key) == Progress(len(content), False)
    assert uploads.put(key, len(content), b"", None, ADDRESS) == Progress(len(content), True)


def test_what_proves_to_be_something_else_is_forgotten(fresh_db: Path) -> None:
    content = jpeg()
    for sent, changes, code in (
        (content, {"sha256": "0" * 64}, "berkas_sidik_berbeda"),
        (content, {"mime": "image/png"}, "berkas_bukan_jenisnya"),
        (content[:2000], {}, "gambar_rusak"),
    ):
        key = new_key()
        with pytest.raises(FileRefused) as refused:
            uploads.put(key, 0, sent, announce(new_key(), sent, **changes), ADDRESS)
        assert refused.value.code == code
        assert uploads.state(key) == Progress(0, False)
    assert rows(pengajuan_berkas) == [] and kept_files(fresh_db) == []


def test_the_place_of_taking_is_not_kept(fresh_db: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Ponsel Uji"
    content, key = jpeg(exif=exif), new_key()
    assert upload(new_key(), content, kunci=key).done
    assert b"Ponsel Uji" in content and b"Ponsel Uji" not in submitted_files.read(key)


def test_announcements_are_limited_in_kind_size_and_number(fresh_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    application, content = new_key(), jpeg(20, 20)
    for changes, code in (
        ({"mime": "text/html"}, "berkas_jenis_tidak_diterima"),
        ({"size": 4_000_001}, "berkas_daring_terlalu_besar"),
        ({"size": 0}, "berkas_daring_terlalu_besar"),
        ({"sha256": "xyz"}, "berkas_keterangan_keliru"),
        ({"syarat": "../akta"}, "berkas_keterangan_keliru"),
        ({"syarat": "foto_ketua"}, "berkas_keterangan_keliru"),
    ):
        with pytest.raises(FileRefused) as refused:
            uploads.put(new_key(), 0, content, announce(application, content, **changes), ADDRESS)
        assert refused.value.code == code
    with pytest.raises(FileRefused) as refused:
        uploads.put(new_key(), 0, b"x" * (STEP + 1), announce(application, content), ADDRESS)
    assert refused.value.code == "potongan_terlalu_besar"
    with pytest.raises(FileRefused) as refused:
        uploads.put(new_key(), 0, content + b"x", announce(application, content), ADDRESS)
    assert refused.value.code == "berkas_melebihi_ukuran"
    with pytest.raises(NotFound):
        uploads.put(new_key(), 0, content, None, ADDRESS)
    monkeypatch.setattr(uploads, "MOST_FILES", 2)
    for _ in range(2):
        uploads.put(new_key(), 0, content, announce(application, content), ADDRESS)
    with pytest.raises(FileRefused) as refused:
        uploads.put(new_key(), 0, content, announce(application, content), ADDRESS)
    assert refused.value.code == "berkas_terlalu_banyak"
    assert len(rows(pengajuan_berkas)) == 2


def test_one_key_is_one_file(fresh_db: Path) -> None:
    key, content = new_key(), jpeg()
    uploads.put(key, 0, content[:100], announce(new_key(), content), ADDRESS)
    with pytest.raises(AlreadyDone) as refused:
        uploads.put(key, 100, content[100:], announce(new_key(), content), ADDRESS)
    assert refused.value.code == "kunci_berkas_sudah_dipakai"


def test_strangers_cannot_fill_the_disk(fresh_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = jpeg(20, 20)
    size = len(content)
    monkeypatch.setattr(uploads, "ADDRESS_BYTES", 2 * size)
    for _ in range(2):  # what is announced counts, whether it comes or not
        uploads.put(new_key(), 0, content[:10], announce(new_key(), content), ADDRESS)
    with pytest.raises(TooManyAttempts):
        uploads.put(new_key(), 0, content[:10], announce(new_key(), content), ADDRESS)
    application = new_key()
    uploads.put(new_key(), 0, content, announce(application, content), "10.0.0.8")
    monkeypatch.setattr(uploads, "UNSEEN_BYTES", 3 * size)
    with pytest.raises(StoreUnavailable):
        uploads.put(new_key(), 0, content, announce(new_key(), content), "10.0.0.9")
    hand_in(application)
    with writing() as connection:  # an operator looked: what lies there is no stranger's any more
        connection.execute(update(pengajuan).values(status="diperiksa"))
    uploads.put(new_key(), 0, content, announce(new_key(), content), "10.0.0.9")
    monkeypatch.setattr(uploads, "UNSEEN_BYTES", 10**12)
    monkeypatch.setattr(submitted_files, "free_bytes", lambda: uploads.FREE_BYTES + size - 1)
    with pytest.raises(StoreUnavailable):
        uploads.put(new_key(), 0, content, announce(new_key(), content), "10.0.0.10")


def test_small_pieces_of_large_announcements_do_not_keep_the_door_shut(
    fresh_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten addresses that announced 200 MB each and sent ten bytes of it refused everybody's files for a week."""
    content = jpeg(600, 400)
    monkeypatch.setattr(uploads, "UNSEEN_BYTES", 3 * len(content))
    for number in range(3):
        uploads.put(new_key(), 0, content[:10], announce(new_key(), content), f"10.0.1.{number}")
    with pytest.raises(StoreUnavailable):
        uploads.put(new_key(), 0, content[:STEP], announce(new_key(), content), ADDRESS)
    later = clock.now() + uploads.ANNOUNCED + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert uploads.put(new_key(), 0, content[:STEP], announce(new_key(), content), ADDRESS) == Progress(STEP, False)


def test_uploads_without_an_application_are_swept_after_a_week(fresh_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    application, kept, orphan = new_key(), new_key(), new_key()
    hand_in(application)
    for key, of in ((kept, application), (orphan, new_key())):
        uploads.put(key, 0, jpeg(20, 20)[:50], announce(of, jpeg(20, 20)), ADDRESS)
    stray = new_key()
    submitted_files.append(stray, 0, b"sisa")
    now = clock.now()
    os.utime(submitted_files.path_of(stray), (now.timestamp() - 200_000,) * 2)
    assert uploads.sweep(now) == 1 and {row["alamat"] for row in rows(pengajuan_berkas)} == {ADDRESS}
    assert uploads.sweep(now + timedelta(days=6)) == 0 and kept_files(fresh_db) == sorted([kept, orphan])
    later = now + timedelta(days=8)
    monkeypatch.setattr(clock, "now", lambda: later)
    upload(application, jpeg(20, 20))  # whoever begins a file sweeps at most once an hour
    assert orphan not in kept_files(fresh_db) and kept in kept_files(fresh_db)
    assert [(row["kunci"] == kept, row["alamat"]) for row in rows(pengajuan_berkas)] == [(True, None), (False, ADDRESS)]


def test_the_last_required_paper_starts_the_service_time(fresh_db: Path) -> None:
    application, content = new_key(), jpeg(20, 20)
    hand_in(application)
    with reading() as connection:
        wanted = [row["kode"] for row in application_clock.checklist(connection, "33.71.01") if row["wajib"]]
    assert set(REQUIRED_33_71) <= set(wanted)
    for syarat in wanted[:-1]:
        upload(application, content, syarat)
    assert rows(pengajuan)[0]["lengkap_pada"] is None
    upload(application, content, wanted[-1])
    (row,) = rows(pengajuan)
    assert row["lengkap_pada"] == clock.today() and row["tenggat"] > clock.today() and row["versi"] == 1


def test_a_closed_application_takes_no_more_files(fresh_db: Path) -> None:
    ack = hand_in()
    with writing() as connection:
        connection.execute(update(pengajuan).values(status="ditolak"))
    with pytest.raises(NotPermitted):
        upload(ack.kunci, jpeg(20, 20))


def test_the_same_piece_sent_eight_times_at_once_is_one(fresh_db: Path) -> None:
    key, content = new_key(), jpeg(100, 80)
    told = announce(new_key(), content)

    def send(_: int) -> str:
        try:
            return str(uploads.put(key, 0, content, told, ADDRESS).done)
        except WrongOffset as refused:
            return f"409 {refused.progress.until}"

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(send, range(8)))
    assert "True" in found and set(found) <= {"True", f"409 {len(content)}"}
    assert submitted_files.read(key) == content and len(rows(pengajuan_berkas)) == 1
    assert len([row for row in rows(audit) if row["aksi"] == "unggah_daring"]) == 1
