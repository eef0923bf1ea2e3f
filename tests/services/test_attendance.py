"""Attendance: by the own code on the day itself, by scanner and tick of staff, never twice, never of another region."""

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import func, select, update

from data_access import tables_bimtek as t
from data_access.engine import reading, writing
from data_access.tables import audit
from domain import bimtek
from domain.errors import InvalidInput, NotFound, SignInRefused, TooManyAttempts
from domain.permissions import Actor
from services import attendance, clock
from tests.bimtek_rows import Stored, store_event

DAY_ONE = datetime(2026, 5, 22, 2, 31, tzinfo=UTC)  # 09.31 WIB


def test_wrong_codes_count_against_the_limits_of_the_form(event: Stored) -> None:
    """A guesser must not find a second door beside the form's, and right holders behind the same address still pass."""
    for _ in range(20):
        with pytest.raises(SignInRefused):
            attendance.by_code(event.link, "ABCD2345", event.sessions[0], "10.0.0.1")
    with pytest.raises(TooManyAttempts):
        attendance.by_code(event.link, "ABCD2345", event.sessions[0], "10.0.0.1")
    assert not attendance.by_code(event.link, event.codes[0], event.sessions[0], "10.0.0.1").already


@pytest.fixture
def event(fresh_db: Path, monkeypatch: pytest.MonkeyPatch) -> Stored:
    """An event on its first day, and another one in another city whose people must not count."""
    monkeypatch.setattr(clock, "now", lambda: DAY_ONE)
    store_event(wilayah="52.72")
    return store_event(wilayah="33.71")


def rows() -> list[tuple[int, int, str, str | None]]:
    with reading() as c:
        h = t.kehadiran.c
        return [tuple(row) for row in c.execute(select(h.sesi_id, h.peserta_id, h.cara, h.oleh).order_by(h.peserta_id))]


def test_a_code_marks_its_holder_once_and_says_when(event: Stored, monkeypatch: pytest.MonkeyPatch) -> None:
    code = event.codes[0]
    first = attendance.by_code(event.link, f"{code[:4].lower()} - {code[4:]}", event.sessions[0], "10.0.0.1")
    assert (first.nama, first.materi, first.pada, first.already) == (
        "Peserta Contoh Satu", "Materi hari 1", DAY_ONE, False,
    )  # fmt: skip
    monkeypatch.setattr(clock, "now", lambda: DAY_ONE + timedelta(minutes=5))
    again = attendance.by_code(event.link, code, event.sessions[0], "10.0.0.1")
    assert (again.pada, again.already) == (DAY_ONE, True)
    assert rows() == [(event.sessions[0], event.people[0], "ponsel", None)]


def test_only_todays_sessions_by_the_clock_of_the_event(event: Stored, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotFound):
        attendance.by_code(event.link, event.codes[0], event.sessions[1], "10.0.0.1")
    # 16.30 UTC on the 22nd is still the 22nd in WIB (23.30) and already the 23rd in WIT (01.30)
    late = datetime(2026, 5, 22, 16, 30, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: late)
    attendance.by_code(event.link, event.codes[0], event.sessions[0], "10.0.0.1")
    east = store_event(wilayah="91.71", zona="WIT")
    with pytest.raises(NotFound):
        attendance.by_code(east.link, east.codes[0], east.sessions[0], "10.0.0.1")
    assert len(rows()) == 1


def test_wrong_codes_of_every_kind_are_refused_alike(event: Stored) -> None:
    other = store_event(wilayah="33.71")
    with writing() as c:
        c.execute(update(t.peserta).where(t.peserta.c.id == event.people[3]).values(aktif=False))
    wrong_pair = event.codes[0][:-1] + ("2" if event.codes[0][-1] != "2" else "3")
    for code in (other.codes[0], wrong_pair, "", "ABCD", event.codes[3], "'; --"):
        with pytest.raises(SignInRefused) as refused:
            attendance.by_code(event.link, code, event.sessions[0], "10.0.0.1")
        assert refused.value.code == "kode_salah" and not refused.value.facts
    for link, session in (("TIDAKA", event.sessions[0]), (event.link, other.sessions[0])):
        with pytest.raises(NotFound):
            attendance.by_code(link, event.codes[0], session, "10.0.0.1")
    assert rows() == []


def test_a_locked_event_takes_no_marks(event: Stored, actor: Callable[..., Actor]) -> None:
    with writing() as c:
        c.execute(update(t.kegiatan).where(t.kegiatan.c.id == event.event_id).values(status="dikunci"))
    with pytest.raises(InvalidInput):
        attendance.by_code(event.link, event.codes[0], event.sessions[0], "10.0.0.1")
    with pytest.raises(InvalidInput):
        attendance.mark(actor("pelatih", "33.71"), event.people[0], event.sessions[0])
    assert rows() == []


def test_staff_tick_scan_and_take_back_with_a_trail(event: Stored, actor: Callable[..., Actor]) -> None:
    by = actor("pelatih", "33.71", 1)
    one, two = event.people[:2]
    session = event.sessions[1]  # staff may also fill in another day's list
    assert not attendance.mark(by, one, session, "kertas").already
    assert attendance.mark(by, one, session).already
    url = f"http://192.168.1.10:8501/isi/{event.link}#k={event.codes[1]}"
    assert attendance.scan(by, session, url).nama == "Peserta Contoh Dua"
    assert attendance.scan(by, session, bimtek.shown_code(event.codes[1])).already
    assert rows() == [(session, one, "kertas", by.username), (session, two, "pindai", by.username)]
    with pytest.raises(InvalidInput):
        attendance.unmark(by, one, session, "  ")
    attendance.unmark(by, one, session, "salah orang")
    with pytest.raises(NotFound):
        attendance.unmark(by, one, session, "salah orang")
    assert [row[1] for row in rows()] == [two]
    with reading() as c:
        a = audit.c
        found = select(a.aksi, a.objek_id, a.alasan).where(a.objek == "peserta").order_by(a.id)
        trail = [tuple(row) for row in c.execute(found)]
        said = str(c.execute(select(audit.c.sesudah)).scalars().all())
    assert trail == [
        ("catat_hadir", str(one), None), ("catat_hadir", str(two), None), ("batal_hadir", str(one), "salah orang"),
    ]  # fmt: skip
    assert not any(code in said for code in event.codes)


def test_several_at_once_and_strangers_never(event: Stored, actor: Callable[..., Actor]) -> None:
    by = actor("operator", "33.71", 1)
    attendance.mark(by, event.people[0], event.sessions[0])
    assert attendance.mark_many(by, [event.people[0], event.people[1], event.people[1]], event.sessions[0]) == 1
    other = store_event(wilayah="33.71")
    with pytest.raises(NotFound):
        attendance.mark_many(by, [event.people[2], other.people[0]], event.sessions[0])
    assert len(rows()) == 2
    abroad = actor("pelatih", "52.72", 1)
    for wrong in (
        lambda: attendance.mark(abroad, event.people[0], event.sessions[0]),
        lambda: attendance.scan(abroad, event.sessions[0], event.codes[2]),
        lambda: attendance.sheet(abroad, event.event_id),
        lambda: attendance.workbook(abroad, event.event_id),
        lambda: attendance.sessions(abroad, event.event_id),
        lambda: attendance.mark(by, other.people[0], event.sessions[0]),
    ):
        with pytest.raises(NotFound):
            wrong()


def test_the_sheet_equals_the_rows(event: Stored, actor: Callable[..., Actor]) -> None:
    by = actor("operator", "33.71", 1)
    attendance.mark_many(by, event.people[:3], event.sessions[0])
    attendance.mark(by, event.people[0], event.sessions[1])
    with writing() as c:  # a coffee break does not count
        c.execute(update(t.kegiatan_sesi).where(t.kegiatan_sesi.c.id == event.sessions[1]).values(dihitung=False))
    frame = attendance.sheet(by, event.event_id)
    assert list(frame.columns) == ["peserta_id", "nama", "jenis", "instansi", *event.sessions, "hadir"]
    assert dict(zip(frame["peserta_id"], frame["hadir"], strict=True)) == dict(zip(event.people, [1, 1, 1, 0], strict=True))  # fmt: skip
    assert int(frame[event.sessions[0]].notna().sum()) == 3 and int(frame[event.sessions[1]].notna().sum()) == 1


def test_the_list_to_sign_has_the_columns_offices_use(event: Stored, actor: Callable[..., Actor]) -> None:
    with writing() as c:
        p = t.peserta
        c.execute(update(p).where(p.c.id == event.people[0]).values(telepon="+6281234567890", nama="=1+1 Contoh"))
    attendance.mark(actor("pelatih", "33.71", 1), event.people[0], event.sessions[0])
    for role, number in (("operator", "+6281234567890"), ("pelatih", "**********7890")):
        book = openpyxl.load_workbook(io.BytesIO(attendance.workbook(actor(role, "33.71", 1), event.event_id)))
        assert len(book.worksheets) == 2
        cells = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
        head = next(n for n, row in enumerate(cells) if row[0] == "No.")
        assert cells[head] == [
            *("No.", "Nama", "L/P", "Jabatan", "Asal LKS/instansi", "No. HP", "Tanda tangan", "Tercatat hadir"),
        ]
        mine = next(row for row in cells if row[1] == "=1+1 Contoh")
        assert mine[5] == number and mine[6] is None and mine[7] == "09.31"
        assert book.worksheets[0].cell(head + 2, 2).data_type == "s"
        said = " ".join(str(value) for row in cells for value in row if value)
        assert "Jumat, 22 Mei 2026" in said and "Materi hari 1" in said and "08.00 - 09.30 WIB" in said
    with reading() as c:
        exported = select(func.count()).select_from(audit).where(audit.c.aksi == "ekspor", audit.c.objek == "kegiatan")
        assert c.execute(exported).scalar() == 2


def test_the_code_is_found_in_what_a_scanner_types() -> None:
    assert attendance.code_in(" http://x/isi/ABCDEF#k=abcd-2345\n") == "ABCD2345"
    assert attendance.code_in("abcd 2345") == "ABCD2345"
    assert attendance.code_in("http://x/isi/ABCDEF#lain=1") == ""
