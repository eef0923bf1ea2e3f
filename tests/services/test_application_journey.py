"""Line 6 of the issue with both sides of the counter: the public services hand in and complete, the office reviews.

Applied from a phone, sent back for one document, completed, accepted, checked, verified, and issued with an expiry.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from data_access.engine import reading
from data_access.tables import audit
from domain.permissions import Actor
from services import application_applying as applying
from services import application_doors as doors
from services import application_review as review
from services import application_standing as standing
from services import applications, clock, profile, registration
from services.application_review import Verdict
from tests.application_rows import hand_in, jpeg, upload
from tests.review_rows import PAPERS, stored
from tests.services.test_application_applying import decide_all, record_of, version

Make = Callable[..., Actor]
YES = Verdict("diterima")


def told(number: int | str, *objek: str) -> list[tuple[str, str]]:
    """(who, what) of the audit rows about things of these kinds with this number, in order."""
    with reading() as connection:
        query = audit.select().where(audit.c.objek.in_(objek), audit.c.objek_id == str(number)).order_by(audit.c.id)
        return [(row["pelaku"], row["aksi"]) for row in connection.execute(query).mappings()]


def test_from_the_phone_to_the_paper_and_back_to_the_phone(fresh_db: Path, actor: Make) -> None:
    operator = actor("operator", "33.71")
    hand_in(kode_wilayah="33.74.01", nama="LKS Asing")
    ack = hand_in()
    for syarat in PAPERS:
        upload(ack.kunci, jpeg(40, 30), syarat)
    today = clock.today()
    [row] = applications.queue(operator).to_dict("records")
    assert (row["id"], row["berkas"], row["lengkap_pada"], row["hari_ke"]) == (ack.id, 11, today, 0)
    assert review.check(operator, ack.id, version(ack.id), "t1") == []
    decide_all(operator, ack.id, {"domisili": Verdict("ditolak", "foto buram")})
    review.send_back(operator, ack.id, version(ack.id), ["berkas:domisili"], "foto domisili buram", "t2")
    seen = standing.standing(ack.id)
    assert [(one.code, one.reason, one.have) for one in seen.asked] == [("domisili", "foto buram", False)]
    upload(ack.kunci, jpeg(50, 30), "domisili")
    standing.complete(ack.id, version(ack.id), {}, frozenset(), "t3")
    assert review.check(operator, ack.id, version(ack.id), "t4") == []
    paper = next(paper for paper in applications.get(operator, ack.id).papers if paper.syarat == "domisili")
    assert paper.file is not None and (paper.earlier, paper.file["keadaan"]) == (1, "menunggu")
    name, mime, content = applications.file(operator, ack.id, paper.file["id"])
    assert (name, mime, content[:2]) == (f"pengajuan_{ack.id}_domisili.jpg", "image/jpeg", b"\xff\xd8")
    review.decide_file(operator, ack.id, version(ack.id), paper.file["id"], YES, "t5")
    done = applying.apply(operator, ack.id, version(ack.id), "t6")
    assert done.request_id is not None
    made = record_of(done.lks_id)
    assert (made["nama"], made["kapasitas"], made["pengisi_telepon"]) == (
        "Panti Asuhan Kasih Uji",
        40,
        "+6281234567890",
    )
    assert registration.check(operator, done.request_id, 1, "t7") == []
    registration.complete(operator, done.request_id, 2, today, "t8")
    registration.verify(operator, done.request_id, 3, today, "Bangunan baik.", "t9")
    until = today + timedelta(days=5 * 365)
    registration.issue(operator, done.request_id, 4, "460/7", "Dinas Sosial", today, until, "t10")
    axis = next(axis for axis in profile.profile(operator, done.lks_id).axes if axis.id == "daftar")
    assert (axis.value, axis.number, axis.until) == ("terdaftar", "460/7", until)
    seen = standing.standing(ack.id)
    assert seen.request is not None and (seen.request["status"], seen.request["nomor"]) == ("terbit", "460/7")
    door, office = "pendaftaran-daring", operator.username
    steps = [pair for pair in told(ack.id, "pengajuan") if pair[1] not in ("unggah_daring", "putuskan_berkas")]
    assert steps == [
        *((door, "ajukan_daring"), (office, "periksa"), (office, "kembalikan"), (door, "lengkapi_daring")),
        *((office, "periksa"), (office, "buka_berkas"), (office, "terapkan")),
    ]
    assert [pair for pair in told(done.lks_id, "lks", "permohonan")] == [
        (office, aksi)
        for aksi in (
            *("tambah", "ajukan", "periksa", "lengkap", "verifikasi", "verifikasi"),
            *("terbit_tanda_daftar", "terbitkan"),
        )
    ]


def test_corrections_by_a_personal_link_are_seen_before_they_count(fresh_db: Path, actor: Make) -> None:
    operator = actor("operator", "33.71")
    ack = hand_in()
    review.check(operator, ack.id, 1, "t1")
    decide_all(operator, ack.id)
    lks_id = applying.apply(operator, ack.id, version(ack.id), "t2").lks_id
    address = doors.make_link(operator, lks_id, "Sekretaris", "t3")
    assert address.startswith("/daftar/") and [row["berlaku"] for row in doors.links(operator, lks_id)] == [True]
    change = hand_in(lks_id=lks_id, alamat="Jalan Baru 2", ketua="Ketua Baru")
    assert record_of(lks_id)["alamat"] == "Jalan Uji 1"
    fields: dict[str, Any] = {field.bidang: field for field in applications.get(operator, change.id).fields}
    assert {name: (field.sekarang, field.nilai) for name, field in fields.items()} == {
        "alamat": ("Jalan Uji 1", "Jalan Baru 2"),
        "ketua": ("Siti Uji", "Ketua Baru"),
    }
    review.check(operator, change.id, 1, "t4")
    decide_all(operator, change.id, {"ketua": Verdict("ditolak", "belum ada surat keputusan")})
    applying.apply(operator, change.id, version(change.id), "t5")
    assert (record_of(lks_id)["alamat"], record_of(lks_id)["ketua"]) == ("Jalan Baru 2", "Siti Uji")
    assert standing.standing(change.id).refused == [("ketua", "belum ada surat keputusan")]


def test_a_field_that_was_asked_for_is_undecided_and_no_conflict(fresh_db: Path, actor: Make) -> None:
    """It was held against nothing when it came; the screen must not say that the register changed."""
    operator = actor("operator", "33.71")
    first = hand_in()
    review.check(operator, first.id, 1, "t1")
    decide_all(operator, first.id)
    lks_id = applying.apply(operator, first.id, version(first.id), "t2").lks_id
    change = hand_in(lks_id=lks_id, alamat="Jalan Baru 2")
    review.send_back(operator, change.id, 1, ["isian:kapasitas"], "mohon tulis kapasitas", "t3")
    standing.complete(change.id, stored(change.id)["versi"], {"kapasitas": "55"}, frozenset(), "t4")
    field = next(field for field in applications.get(operator, change.id).fields if field.bidang == "kapasitas")
    assert (field.sekarang, field.nilai, field.keadaan, field.conflict) == (40, 55, "menunggu", False)
