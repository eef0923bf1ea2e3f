"""A request for a tanda daftar from application to paper, with its clock, refusals and audit."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from data_access.engine import reading
from data_access.tables import audit
from domain.errors import AlreadyDone, InvalidInput, NotFound, NotPermitted, StaleEdit
from domain.permissions import Actor
from services import attachments, clock, keeping, profile, registration

Make = Callable[..., Actor]
TODAY = date(2025, 6, 13)  # a Friday
FRIDAY = date(2025, 5, 23)
REQUIRED = ("akta", "struktur_pengurus", "ktp_pengurus", "domisili", "program", "rekap_klien", "rekap_sdm")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def operator(fresh_db: Path, actor: Make) -> Actor:
    return actor("operator", "33")


@pytest.fixture
def lks_id(operator: Actor) -> int:
    """An LKS of Kab. Magelang, where the general list of papers and the general service time hold."""
    return keeping.create(operator, {"nama": "Panti Uji", "kode_wilayah": "33.08", "kluster": ["anak"]}, "t-lks")


@pytest.fixture
def request_id(operator: Actor, lks_id: int) -> int:
    return registration.request(operator, lks_id, "baru", FRIDAY, "t-ajukan")


def papers(operator: Actor, lks_id: int, *but: str) -> None:
    for kode in REQUIRED:
        if kode not in but:
            attachments.set_document(operator, lks_id, kode, {"ada": True}, None, f"t-{kode}")


def row(by: Actor, lks_id: int) -> profile.Request:
    return profile.profile(by, lks_id).requests[0]


def codes(caught: pytest.ExceptionInfo[InvalidInput]) -> set[tuple[str, str]]:
    return {(problem.column, problem.code) for problem in caught.value.problems}


def test_from_application_to_tanda_daftar(operator: Actor, lks_id: int, request_id: int) -> None:
    papers(operator, lks_id)
    assert registration.check(operator, request_id, 1, "t1") == []
    due = registration.complete(operator, request_id, 2, FRIDAY, "t2")
    assert due == date(2025, 6, 12)
    ticking = row(operator, lks_id)
    assert ticking.clock is not None
    assert (ticking.clock.day, ticking.clock.length, ticking.clock.late, ticking.clock.running) == (15, 14, True, True)
    assert ticking.next_steps == ["kembalikan", "verifikasi", "tolak"]
    registration.verify(operator, request_id, 3, date(2025, 6, 2), "Bangunan baik.", "t3")
    found = profile.profile(operator, lks_id)
    assert (found.record["diverifikasi_pada"], found.record["hasil_observasi"]) == (date(2025, 6, 2), "Bangunan baik.")
    issued = date(2025, 6, 10)
    registration.issue(operator, request_id, 4, " 460/1 ", "Dinas Sosial", issued, date(2030, 6, 9), "t4")
    found = profile.profile(operator, lks_id)
    axis = next(axis for axis in found.axes if axis.id == "daftar")
    assert (axis.value, axis.number, axis.issuer, axis.on, axis.until) == (
        *("terdaftar", "460/1", "Dinas Sosial", issued, date(2030, 6, 9)),
    )
    assert axis.history[0]["alasan"] == f"permohonan {request_id}"
    done = found.requests[0]
    assert done.clock is not None
    assert (done.row["status"], done.row["selesai_pada"], done.next_steps) == ("terbit", issued, [])
    assert (done.clock.day, done.clock.running, done.clock.late) == (12, False, False)
    assert [step["status"] for step in done.row["langkah"]] == [
        *("diajukan", "diperiksa", "diperiksa", "diverifikasi", "terbit"),
    ]
    with reading() as connection:
        query = audit.select().where(audit.c.objek == "permohonan").order_by(audit.c.id)
        rows = [dict(r) for r in connection.execute(query).mappings()]
    assert [r["aksi"] for r in rows] == ["ajukan", "periksa", "lengkap", "verifikasi", "terbitkan"]
    assert {(r["objek_id"], r["wilayah"], r["pelaku"]) for r in rows} == {(str(lks_id), "33.08", "uji.operator")}
    assert rows[-1]["sebelum"]["status"] == "diverifikasi" and rows[-1]["sesudah"]["nomor"] == "460/1"


def test_missing_and_outdated_papers_are_named_and_stop_completion(
    operator: Actor, lks_id: int, request_id: int
) -> None:
    papers(operator, lks_id, "domisili", "akta")
    old = {"ada": True, "berlaku_sampai": TODAY - timedelta(days=1)}
    attachments.set_document(operator, lks_id, "domisili", old, None, "t-lama")
    missing = registration.check(operator, request_id, 1, "t1")
    assert {document.kode for document in missing} == {"akta", "domisili"}
    with pytest.raises(InvalidInput) as refused:
        registration.complete(operator, request_id, 2, TODAY, "t2")
    assert codes(refused) == {("akta", "berkas_kurang"), ("domisili", "berkas_kedaluwarsa")}
    with pytest.raises(InvalidInput) as refused:
        registration.send_back(operator, request_id, 2, "", "t2")
    assert codes(refused) == {("alasan", "alasan_belum_ditulis")}
    registration.send_back(operator, request_id, 2, "akta belum ada", "t2")
    found = row(operator, lks_id)
    assert (found.row["status"], found.row["catatan"], found.clock) == ("dikembalikan", "akta belum ada", None)
    assert found.next_steps == ["periksa", "tolak"]


def test_a_return_after_completion_stops_the_clock(operator: Actor, lks_id: int, request_id: int) -> None:
    papers(operator, lks_id)
    registration.check(operator, request_id, 1, "t1")
    registration.complete(operator, request_id, 2, FRIDAY, "t2")
    registration.send_back(operator, request_id, 3, "denah keliru", "t3")
    found = row(operator, lks_id).row
    assert (found["lengkap_pada"], found["tenggat"]) == (None, None)


@pytest.mark.parametrize(
    ("wilayah", "due", "length", "source"),
    [("12.71", date(2025, 6, 12), 14, "SUMUT"), ("63.71", date(2025, 5, 30), 7, "KALSEL")],
)
def test_the_region_sets_the_service_time(
    fresh_db: Path, actor: Make, wilayah: str, due: date, length: int, source: str
) -> None:
    admin = actor("admin")
    lks_id = keeping.create(admin, {"nama": "Panti Uji", "kode_wilayah": wilayah, "kluster": ["anak"]}, "t")
    request_id = registration.request(admin, lks_id, "baru", FRIDAY, "t0")
    papers(admin, lks_id)
    registration.check(admin, request_id, 1, "t1")
    assert registration.complete(admin, request_id, 2, FRIDAY, "t2") == due
    found = profile.profile(admin, lks_id)
    assert found.service_time is not None and found.requests[0].clock is not None
    assert (found.service_time.wilayah, found.service_time.source) == (wilayah[:2], source)
    assert found.requests[0].clock.length == length


def test_a_refusal_has_its_reason_and_leaves_the_lks(operator: Actor, lks_id: int, request_id: int) -> None:
    registration.refuse(operator, request_id, 1, "bukan kegiatan kesejahteraan sosial", "t1")
    found = profile.profile(operator, lks_id)
    assert (found.requests[0].row["status"], found.record["daftar"]) == ("ditolak", None)
    registration.request(operator, lks_id, "baru", TODAY, "t2")  # a closed one does not stand in the way
    assert len(profile.profile(operator, lks_id).requests) == 2


def test_one_open_request_at_a_time(operator: Actor, lks_id: int, request_id: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        registration.request(operator, lks_id, "perpanjangan", TODAY, "t1")
    assert codes(refused) == {("jenis", "permohonan_masih_berjalan")}
    with pytest.raises(InvalidInput) as refused:
        registration.request(operator, lks_id, "ulang", TODAY + timedelta(days=1), "t1")
    assert codes(refused) == {("jenis", "pilihan_di_luar_daftar"), ("diajukan_pada", "tanggal_di_depan")}


def test_a_step_out_of_turn_is_refused(operator: Actor, lks_id: int, request_id: int) -> None:
    for call in (
        lambda: registration.complete(operator, request_id, 1, TODAY, "t"),
        lambda: registration.verify(operator, request_id, 1, TODAY, None, "t"),
        lambda: registration.issue(operator, request_id, 1, "1", "D", TODAY, TODAY, "t"),
        lambda: registration.send_back(operator, request_id, 1, "alasan", "t"),
    ):
        with pytest.raises(NotPermitted) as refused:
            call()
        assert refused.value.code == "langkah_tidak_boleh"
    assert row(operator, lks_id).row["versi"] == 1


def test_the_paper_must_be_whole(operator: Actor, lks_id: int, request_id: int) -> None:
    papers(operator, lks_id)
    registration.check(operator, request_id, 1, "t1")
    with pytest.raises(InvalidInput) as refused:
        registration.complete(operator, request_id, 2, FRIDAY - timedelta(days=1), "t2")
    assert codes(refused) == {("lengkap_pada", "lengkap_sebelum_diajukan")}
    registration.complete(operator, request_id, 2, FRIDAY, "t2")
    with pytest.raises(InvalidInput) as refused:
        registration.verify(operator, request_id, 3, TODAY + timedelta(days=1), "x" * 5001, "t3")
    assert codes(refused) == {("diverifikasi_pada", "tanggal_di_depan"), ("hasil_observasi", "terlalu_panjang")}
    registration.verify(operator, request_id, 3, TODAY, None, "t3")
    with pytest.raises(InvalidInput) as refused:
        registration.issue(operator, request_id, 4, " ", "x" * 201, None, None, "t4")
    assert codes(refused) == {
        *(("nomor", "wajib_diisi"), ("penerbit", "terlalu_panjang")),
        *(("tanggal", "wajib_diisi"), ("berlaku_sampai", "wajib_diisi")),
    }
    with pytest.raises(InvalidInput) as refused:
        early = FRIDAY - timedelta(days=1)
        registration.issue(operator, request_id, 4, "1", "D", early, early, "t4")
    assert codes(refused) == {("tanggal", "terbit_sebelum_lengkap"), ("berlaku_sampai", "berakhir_sebelum_mulai")}
    assert profile.profile(operator, lks_id).record["daftar"] is None


STEPS: list[tuple[str, Callable[[Actor, int, int], Any]]] = [
    ("check", lambda who, rid, v: registration.check(who, rid, v, "x")),
    ("send_back", lambda who, rid, v: registration.send_back(who, rid, v, "alasan", "x")),
    ("complete", lambda who, rid, v: registration.complete(who, rid, v, TODAY, "x")),
    ("verify", lambda who, rid, v: registration.verify(who, rid, v, TODAY, None, "x")),
    ("issue", lambda who, rid, v: registration.issue(who, rid, v, "1", "D", TODAY, date(2030, 1, 1), "x")),
    ("refuse", lambda who, rid, v: registration.refuse(who, rid, v, "alasan", "x")),
]


@pytest.mark.parametrize(("name", "call"), STEPS, ids=[name for name, _ in STEPS])
def test_each_step_needs_permission_region_version_and_a_fresh_token(
    operator: Actor, lks_id: int, request_id: int, actor: Make, name: str, call: Callable[[Actor, int, int], Any]
) -> None:
    for role in ("kepala_dinas", "pelatih", "lkks"):
        with pytest.raises(NotPermitted) as refused:
            call(actor(role), request_id, 1)
        assert refused.value.code == "tidak_berhak"
    with pytest.raises(NotFound):
        call(actor("operator", "33.71"), request_id, 1)
    with pytest.raises(NotFound):
        call(operator, request_id + 1, 1)
    with pytest.raises(StaleEdit) as stale:
        call(operator, request_id, 7)
    assert stale.value.facts["siapa"] == "uji.operator"
    with pytest.raises(AlreadyDone):
        if name == "check":
            registration.check(operator, request_id, 1, "t-ajukan")
        else:
            attachments.set_document(operator, lks_id, "akta", {"ada": True}, None, "x")
            call(operator, request_id, 1)


def test_requesting_needs_permission_region_and_a_fresh_token(operator: Actor, lks_id: int, actor: Make) -> None:
    with pytest.raises(NotPermitted):
        registration.request(actor("kepala_dinas"), lks_id, "baru", TODAY, "t")
    with pytest.raises(NotFound):
        registration.request(actor("operator", "33.71"), lks_id, "baru", TODAY, "t")
    with pytest.raises(AlreadyDone):
        registration.request(operator, lks_id, "baru", TODAY, "t-lks")
    keeping.archive(operator, lks_id, 1, "tutup", "t")
    with pytest.raises(NotPermitted):
        registration.request(operator, lks_id, "baru", TODAY, "t2")


def test_open_requests_are_listed_in_the_region_by_urgency(
    operator: Actor, lks_id: int, request_id: int, actor: Make
) -> None:
    second = keeping.create(operator, {"nama": "Panti Dua", "kode_wilayah": "33.71", "kluster": ["anak"]}, "t2")
    for syarat in (*REQUIRED, "ad_art", "npwp", "rekening", "rekomendasi"):
        attachments.set_document(operator, second, syarat, {"ada": True}, None, f"d-{syarat}")
    urgent = registration.request(operator, second, "baru", FRIDAY, "t3")
    registration.check(operator, urgent, 1, "t4")
    registration.complete(operator, urgent, 2, FRIDAY, "t5")
    found = registration.open_requests(operator)
    assert list(found["id"]) == [urgent, request_id]
    # 14 working days from Monday 26 May end on Thursday 12 June; today is Friday the 13th.
    columns = ["kode_wilayah", "hari_ke", "lama", "sisa", "hari_kerja", "keadaan"]
    assert found[columns].iloc[0].tolist() == ["33.71", 15, 14, -1, True, "lewat"]
    assert found[["hari_ke", "lama", "sisa"]].iloc[1].isna().all() and found["keadaan"].iloc[1] == "belum"
    assert list(registration.open_requests(actor("kepala_dinas", "33.08"))["id"]) == [request_id]
    registration.refuse(operator, request_id, 1, "ditarik pemohon", "t6")
    assert list(registration.open_requests(operator)["id"]) == [urgent]


def test_the_proposed_validity_says_where_it_comes_from(operator: Actor) -> None:
    found = registration.validity(operator, "33.08", date(2025, 6, 10))
    assert found is not None and found.note is not None
    assert (found.until, found.years, found.wilayah) == (date(2030, 6, 9), 5, "")
    assert "3 atau 5 tahun" in found.note
