"""Certificates: entitlement from the marks, numbers without gaps, all or none, withdrawal, the paper, other regions."""

import io
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select, update

from data_access import tables_bimtek as t
from data_access.engine import reading, writing
from data_access.queries import state
from domain.errors import AlreadyDone, InvalidInput, NotFound, NotPermitted, StaleEdit
from domain.permissions import Actor
from services import audit, certificates, clock, events, identity, samples
from tests.certificate_rows import LAST, SERVER, an_event, code_of, stored
from tests.lkks_rows import tokens, trail_of
from tests.services.test_identity import VALUES

Make = Callable[..., Actor]
NOW = datetime(2026, 6, 1, 3, tzinfo=UTC)
FORMAT = {"format_nomor": {"sertifikat": "460/{nomor}/{bulan_romawi}/{tahun}"}}


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", NOW.date)


@pytest.fixture
def by(fresh_db: Path, actor: Make) -> Actor:
    return actor("pelatih", "33.71")


def codes(refused: pytest.ExceptionInfo[InvalidInput]) -> list[tuple[str, str]]:
    return [(problem.column, problem.code) for problem in refused.value.problems]


def text_of(content: bytes) -> list[str]:
    return [
        " ".join(page.extract_text().replace("\u200b", "").split()) for page in PdfReader(io.BytesIO(content)).pages
    ]


def test_who_attended_enough_is_entitled_and_who_is_struck_is_not_listed(by: Actor) -> None:
    an_event(2, wilayah="34.71", judul="Kegiatan lain")
    event = an_event(5, {0: [0, 1], 1: [0], 3: [0, 1], 4: [0, 1]})
    with writing() as connection:
        connection.execute(update(t.peserta).where(t.peserta.c.id == event.people[3]).values(aktif=False))
        into = {"digabung_ke": event.people[0], "aktif": False}
        connection.execute(update(t.peserta).where(t.peserta.c.id == event.people[4]).values(**into))
    found = certificates.entitled(by, event.event_id)
    told = [
        (one.nama, one.instansi, one.earned.hadir, one.earned.dari, one.earned.jp, one.earned.alasan)
        for one in found.people
    ]
    assert told == [
        ("Peserta Uji 001", "LKS Uji 001", 2, 2, 4.0, ()),
        ("Peserta Uji 002", "LKS Uji 002", 1, 2, 2.0, ("kurang_hadir",)),
        ("Peserta Uji 003", "LKS Uji 003", 0, 2, None, ("kurang_hadir",)),
    ]
    assert (found.batas, found.issued, found.office) == (80, [], None)


def test_nobody_is_entitled_before_the_last_day_at_the_events_own_place(
    by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = an_event(1, zona="WIT")
    for moment, reasons in (
        (datetime(2026, 5, 23, 14, 59, tzinfo=UTC), ("kegiatan_belum_selesai",)),  # 23.59 WIT the day before
        (datetime(2026, 5, 23, 15, tzinfo=UTC), ()),  # 00.00 WIT on the last day, still the 23rd in Jakarta
    ):
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        assert certificates.entitled(by, event.event_id).people[0].earned.alasan == reasons


def test_issuing_numbers_go_on_over_events_and_begin_anew_each_year(by: Actor, actor: Make) -> None:
    identity.add(actor("operator", "33.71"), "33.71", "dinas", VALUES | FORMAT, "identitas")
    first, second = an_event(2), an_event(2)
    other = an_event(1, wilayah="33.72")
    certificates.issue(by, first.event_id, [first.people[1], first.people[0]], LAST, "a")
    certificates.issue(by, second.event_id, second.people[:1], date(2026, 6, 1), "b")
    certificates.issue(actor("pelatih", "33.72"), other.event_id, other.people, LAST, "c")
    old = an_event(1, days=(date(2025, 3, 1), date(2025, 3, 2)))
    certificates.issue(by, old.event_id, old.people, date(2025, 12, 31), "d")
    assert [(row["wilayah"], row["nomor"], row["nomor_urut"], row["nama"]) for row in stored()] == [
        ("33.71", "460/1/V/2026", 1, "Peserta Uji 002"),
        ("33.71", "460/2/V/2026", 2, "Peserta Uji 001"),
        ("33.71", "460/3/VI/2026", 3, "Peserta Uji 001"),
        ("33.72", "1/V/2026", 1, "Peserta Uji 001"),
        ("33.71", "460/1/XII/2025", 1, "Peserta Uji 001"),
    ]


def test_what_is_frozen_on_issue(by: Actor) -> None:
    event = an_event(2, tempat="Gedung A")
    [made] = certificates.issue(by, event.event_id, event.people[:1], LAST, "a", named=event.people)
    with writing() as connection:
        connection.execute(update(t.peserta).values(nama="Nama Baru"))
        connection.execute(update(t.kegiatan).values(judul="Judul baru", tempat="Gedung B"))
    [row] = stored()
    assert row["id"] == made and row["nama"] == "Peserta Uji 001"
    assert (row["judul"], row["tempat"], row["jp"], row["tampil_nama"]) == ("Bimtek uji", "Gedung A", 4.0, True)
    assert row["materi"] == [{"materi": "Materi hari 1", "jp": 2.0}, {"materi": "Materi hari 2", "jp": 2.0}]
    code = code_of(made)
    assert code not in row["kode_sandi"] and code != row["sidik_kode"]


def test_all_or_none_and_each_refusal_names_the_person(by: Actor) -> None:
    event = an_event(3, {0: [0, 1], 1: [0]})
    with pytest.raises(InvalidInput) as refused:
        certificates.issue(by, event.event_id, event.people, date(2026, 5, 23), "a")
    assert codes(refused) == [
        ("tanggal", "sertifikat_tanggal"),
        ("Peserta Uji 002", "sertifikat_kurang_hadir"),
        ("Peserta Uji 003", "sertifikat_kurang_hadir"),
    ]
    for day in (date(2026, 6, 2), date(2026, 5, 23)):  # tomorrow; before the last day
        with pytest.raises(InvalidInput) as refused:
            certificates.issue(by, event.event_id, event.people[:1], day, "a")
        assert codes(refused) == [("tanggal", "sertifikat_tanggal")]
    with pytest.raises(InvalidInput) as refused:
        certificates.issue(by, event.event_id, [], LAST, "a")
    assert codes(refused) == [("peserta", "sertifikat_jumlah")]
    assert (stored(), tokens(), trail_of("sertifikat")) == ([], 0, [])


def test_a_second_click_and_a_second_issue_store_nothing(by: Actor) -> None:
    event = an_event(2)
    certificates.issue(by, event.event_id, event.people[:1] * 2, LAST, "a")
    with pytest.raises(AlreadyDone):
        certificates.issue(by, event.event_id, event.people[1:], LAST, "a")
    with pytest.raises(InvalidInput) as refused:
        certificates.issue(by, event.event_id, event.people, LAST, "b")
    assert codes(refused) == [("Peserta Uji 001", "sertifikat_sudah_terbit")]
    assert len(stored()) == 1
    with reading() as connection:
        assert state.revision(connection, "sertifikat") == 1


def test_somebody_listed_twice_gets_one(by: Actor) -> None:
    event = an_event(2)
    certificates.issue(by, event.event_id, event.people[:1], LAST, "a")
    into = {"digabung_ke": event.people[1], "aktif": False}
    with writing() as connection:
        connection.execute(update(t.peserta).where(t.peserta.c.id == event.people[0]).values(**into))
    [person] = certificates.entitled(by, event.event_id).people
    assert person.id == event.people[1] and person.earned.alasan == ("sudah_terbit",)


def test_a_withdrawn_one_keeps_its_number_and_a_new_one_may_follow(by: Actor) -> None:
    event = an_event(1)
    [made] = certificates.issue(by, event.event_id, event.people, LAST, "a")
    with pytest.raises(InvalidInput):
        certificates.withdraw(by, made, 1, " ", "b")
    with pytest.raises(StaleEdit):
        certificates.withdraw(by, made, 2, "Nama keliru", "b")
    certificates.withdraw(by, made, 1, "Nama keliru", "b")
    with pytest.raises(AlreadyDone):
        certificates.withdraw(by, made, 2, "Nama keliru", "b")
    with pytest.raises(NotPermitted):
        certificates.withdraw(by, made, 2, "Nama keliru", "c")
    certificates.issue(by, event.event_id, event.people, LAST, "d")
    assert [(row["nomor_urut"], row["alasan_cabut"]) for row in stored()] == [(1, "Nama keliru"), (2, None)]
    with pytest.raises(NotFound):
        certificates.pdf(by, event.event_id, SERVER, [made])
    assert certificates.pdf(by, event.event_id, SERVER)[1] == 1


def test_the_trail_tells_of_each_and_hides_names(by: Actor) -> None:
    event = an_event(2)
    made = certificates.issue(by, event.event_id, event.people, LAST, "a")
    certificates.withdraw(by, made[0], 1, "Nama keliru", "b")
    certificates.pdf(by, event.event_id, SERVER)
    rows = trail_of("sertifikat")
    assert [(row["aksi"], row["objek_id"], row["wilayah"], row["alasan"]) for row in rows] == [
        ("terbitkan_sertifikat", str(made[0]), "33.71", None),
        ("terbitkan_sertifikat", str(made[1]), "33.71", None),
        ("cabut_sertifikat", str(made[0]), "33.71", "Nama keliru"),
    ]
    assert audit.shown("sertifikat", rows[0]["sesudah"], reveal=False)["nama"] == audit.HIDDEN
    assert not any(code_of(one) in str(rows) for one in made)
    [export] = trail_of("kegiatan")
    assert (export["aksi"], export["sesudah"]) == ("ekspor", {"berkas": "sertifikat", "jumlah": 1})


def test_another_region_and_those_without_the_permission_see_and_issue_nothing(by: Actor, actor: Make) -> None:
    event, other = an_event(1), an_event(1)
    [made] = certificates.issue(by, event.event_id, event.people, LAST, "a")
    for stranger in (actor("pelatih", "33.72"), actor("operator", "34"), actor("operator", "33.71.01")):
        for call in (
            lambda who: certificates.entitled(who, event.event_id),
            lambda who: certificates.issue(who, event.event_id, event.people, LAST, "x"),
            lambda who: certificates.withdraw(who, made, 1, "alasan", "x"),
            lambda who: certificates.pdf(who, event.event_id, SERVER, [made]),
        ):
            with pytest.raises(NotFound):
                call(stranger)
    for role in ("lkks", "kepala_dinas"):
        with pytest.raises(NotPermitted):
            certificates.entitled(actor(role, "33.71"), event.event_id)
    with pytest.raises(NotFound):
        certificates.pdf(by, other.event_id, SERVER, [made])
    with pytest.raises(NotFound):
        certificates.issue(by, event.event_id, other.people, LAST, "y")
    assert tokens() == 1 and len(stored()) == 1


def test_samples_count_apart_and_an_event_with_certificates_stays(by: Actor, actor: Make) -> None:
    """Numbers of invented events would leave gaps among the real ones once the sample data are removed."""
    sample, real = an_event(1, contoh=True), an_event(1, {}, status="disiapkan")
    certificates.issue(by, sample.event_id, sample.people, LAST, "a")
    with writing() as connection:
        marks = [{"sesi_id": one, "peserta_id": real.people[0]} for one in real.sessions]
        connection.execute(t.kehadiran.insert(), [row | {"cara": "petugas", "pada": NOW} for row in marks])
    certificates.issue(by, real.event_id, real.people, LAST, "b")
    assert [(row["nomor_urut"], row["contoh"]) for row in stored()] == [(90_001, True), (1, False)]
    with writing() as connection:
        connection.execute(t.kehadiran.delete())
    with pytest.raises(NotPermitted) as refused:
        events.remove(by, real.event_id, 1, "salah buat", "c")
    assert refused.value.code == "kegiatan_bersertifikat"


def test_certificates_of_sample_events_go_with_the_sample(seeded_db: Path, actor: Make) -> None:
    by, real = actor("admin"), an_event(1, wilayah="34.71")
    certificates.issue(by, real.event_id, real.people, LAST, "b")
    with reading() as connection:
        query = select(t.kegiatan.c.id).where(t.kegiatan.c.contoh, t.kegiatan.c.wilayah == "33.71")
        sample = connection.execute(query.order_by(t.kegiatan.c.id)).scalars().first()
    assert sample is not None
    waiting = [one.id for one in certificates.entitled(by, sample).people if one.entitled]
    certificates.issue(by, sample, waiting, NOW.date(), "a")
    assert len(stored()) == len(waiting) + 1 > 1
    samples.remove(by)
    assert [(row["wilayah"], row["contoh"]) for row in stored()] == [("34.71", False)]


def test_two_threads_never_share_a_number(by: Actor) -> None:
    """Both read the same last number and both store the next one, unless taking numbers queues."""
    crowd = [an_event(8) for _ in range(2)]
    gate = threading.Barrier(2)

    def issue(event_id: int, people: list[int]) -> None:
        gate.wait()
        for one in people:
            certificates.issue(by, event_id, [one], LAST, f"{event_id}-{one}")

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(issue, event.event_id, event.people) for event in crowd]:
            done.result()
    assert sorted(row["nomor_urut"] for row in stored()) == list(range(1, 17))


def test_the_paper_says_what_was_issued_front_and_back(by: Actor, actor: Make) -> None:
    identity.add(actor("operator", "33.71"), "33.71", "dinas", VALUES | FORMAT, "identitas")
    event = an_event(2, tempat="Gedung A")
    made = certificates.issue(by, event.event_id, event.people, LAST, "a")
    content, count = certificates.pdf(by, event.event_id, SERVER, made[1:])
    assert count == 1
    front, back = text_of(content)
    for said in (
        *("Pemerintah Kota Magelang", "Dinas Sosial", "SERTIFIKAT", "460/2/V/2026", "Peserta Uji 002", "LKS Uji 002"),
        *(
            "Bimtek uji",
            "Gedung A",
            "22 Mei 2026 sampai 24 Mei 2026",
            "Jumlah: 4 jam pelajaran",
            "Magelang, 24 Mei 2026",
        ),
        *("Kepala Dinas", "Sri Wahyuni", "NIP 197001011990032001", "192.168.1.10:8501/sertifikat"),
    ):
        assert said in front, said
    code = code_of(made[1])
    assert "-".join(code[at : at + 4] for at in range(0, 16, 4)) in front
    for said in ("MATERI YANG DIIKUTI", "Peserta Uji 002", "Materi hari 1", "Materi hari 2", "Jumlah 4"):
        assert said in back, said
    box = PdfReader(io.BytesIO(content)).pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (842, 595)
    assert certificates.pdf(by, event.event_id, SERVER, made[1:])[0] == content, "the same again"


def test_an_event_of_an_lkks_is_signed_by_it_and_not_by_the_dinas(by: Actor, actor: Make) -> None:
    identity.add(actor("operator", "33.71"), "33.71", "dinas", VALUES | FORMAT, "identitas")
    event = an_event(1, penyelenggara_jenis="lkks", penyelenggara="LKKS Kota Magelang")
    [made] = certificates.issue(by, event.event_id, event.people, LAST, "a")
    front = text_of(certificates.pdf(by, event.event_id, SERVER, [made])[0])[0]
    assert front.startswith("LKKS Kota Magelang") and "Sri Wahyuni" not in front
    assert "Nomor: 1/V/2026" in front


def test_two_hundred_in_one_file_take_at_most_ten_seconds(by: Actor) -> None:
    event = an_event(200)
    begun = time.process_time()  # of all threads: what else runs on the machine does not count
    made = certificates.issue(by, event.event_id, event.people, LAST, "a")
    content, count = certificates.pdf(by, event.event_id, SERVER, made)
    taken = time.process_time() - begun
    assert count == 200 and len(PdfReader(io.BytesIO(content)).pages) == 400
    assert taken <= 10, f"{taken:.1f} s"
