"""Attendance per day and session: by the participant's own code, by a staff scanner, by a tick; and the sheet of it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from data_access import secrets
from data_access.commands import attendance as commands
from data_access.commands import trail
from data_access.engine import Connection, reading, writing
from data_access.queries import attendance as queries
from data_access.queries import events as event_queries
from data_access.queries import roster as roster_queries
from data_access.workbooks.write_attendance import attendance_workbook
from domain import bimtek, personal
from domain.errors import InvalidInput, NotFound, Problem, SignInRefused
from domain.permissions import Actor, Permission, Scope, require
from services import accounts, clock, entries, intake

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
LOCKED = "dikunci"


@dataclass(frozen=True)
class AttendanceReceipt:
    """What a participant is told: who was marked, in which session, when; already: it was so before this request."""

    nama: str
    materi: str
    pada: datetime
    already: bool
    instansi: str = ""


@dataclass(frozen=True)
class Session:
    """One session of an event, its hours in the event's own zone."""

    id: int
    tanggal: date
    mulai: str | None
    selesai: str | None
    materi: str


def local_day(event: Mapping[str, Any], now: datetime) -> date:
    """The calendar date at the event's own place."""
    return now.astimezone(ZoneInfo(bimtek.ZONES[event["zona"]])).date()


# --- the participant's own way ---------------------------------------------------------------------------------------


def by_code(link: str, code: str, session_id: int, address: str) -> AttendanceReceipt:
    """Marks the holder of a code as present in one of today's sessions of the event of that short address.

    Asking again gives the time of the first mark. Wrong codes are refused and counted as those of the form
    (intake.identify). NotFound: no session of today; InvalidInput "kegiatan_dikunci". The row itself is the trail.
    """
    now = clock.now()
    with reading() as connection:
        event = queries.event_by_link(connection, intake.link_of(link))
        if event is None:
            raise NotFound("tautan_tidak_dikenal")
    who = intake.identify(link, code, address)
    with reading() as connection:
        person = queries.person(connection, event["id"], who.id)
        found = next((row for row in queries.sessions(connection, event["id"]) if row["id"] == session_id), None)
        if person is None or found is None or found["tanggal"] != local_day(event, now):
            raise NotFound("sesi_bukan_hari_ini")
        before = queries.mark(connection, session_id, person["id"])
    if before is not None:
        return _receipt(person, found, before["pada"], True)
    _open_for_marks(event)
    with writing() as connection:
        trail.bump(connection, "jawaban")
        before = queries.mark(connection, session_id, person["id"])  # somebody may have been faster
        if before is not None:
            return _receipt(person, found, before["pada"], True)
        commands.add(connection, session_id, person["id"], "ponsel", now, None)
        _real(connection, event)
    return _receipt(person, found, now, False)


def _by_code(connection: Connection, event_id: int, cleaned: str) -> Row | None:
    if not bimtek.well_formed(cleaned, secrets.derived("kode-peserta")):
        return None
    person = queries.by_code(connection, event_id, secrets.fingerprint(cleaned))
    # The old card of somebody listed twice goes on opening the row that was kept.
    if person is not None and person["digabung_ke"] is not None:
        person = queries.person(connection, event_id, person["digabung_ke"])
    return person if person is not None and person["aktif"] else None


def _receipt(person: Mapping[str, Any], session: Mapping[str, Any], at: datetime, already: bool) -> AttendanceReceipt:
    return AttendanceReceipt(person["nama"], session["materi"], at, already, person["instansi"] or "")


def _open_for_marks(event: Mapping[str, Any]) -> None:
    if event["status"] == LOCKED:
        raise InvalidInput([Problem("kegiatan", "", "kegiatan_dikunci")])


def _real(connection: Connection, event: Mapping[str, Any]) -> None:
    if not event["contoh"]:
        accounts.close_sample_sign_in_in(connection)


# --- by staff --------------------------------------------------------------------------------------------------------


@contextmanager
def _session(by: Actor, session_id: int) -> Iterator[tuple[Connection, Row, datetime]]:
    """A write to one session's marks: permission, region and lock were looked at, the revision raised."""
    require(by, Permission.ENTER_ANSWERS)
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "jawaban")
        found = queries.session(connection, by.scope, session_id)
        if found is None:
            raise NotFound()
        _open_for_marks(found)
        yield connection, found, now


def _mark(
    connection: Connection, by: Actor, now: datetime, session: Row, person: Mapping[str, Any], cara: str
) -> AttendanceReceipt:
    before = queries.mark(connection, session["id"], person["id"])
    if before is not None:
        return _receipt(person, session, before["pada"], True)
    commands.add(connection, session["id"], person["id"], cara, now, by.username)
    after = {"sesi": session["id"], "materi": session["materi"], "cara": cara}
    row = trail.audit_row(by, now, "catat_hadir", "peserta", person["id"], wilayah=session["wilayah"], after=after)
    trail.record(connection, row)
    _real(connection, session)
    return _receipt(person, session, now, False)


def mark(by: Actor, participant_id: int, session_id: int, cara: str = "petugas") -> AttendanceReceipt:
    """Marks a participant as present by a tick of staff (cara "petugas", or "kertas" from a signed list)."""
    with _session(by, session_id) as (connection, session, now):
        if cara not in ("petugas", "kertas"):
            raise InvalidInput([Problem("cara", cara, "pilihan_di_luar_daftar")])
        person = queries.person(connection, session["kegiatan_id"], participant_id)
        if person is None or not person["aktif"]:
            raise NotFound()
        return _mark(connection, by, now, session, person, cara)


def mark_many(by: Actor, participant_ids: Sequence[int], session_id: int, cara: str = "petugas") -> int:
    """Marks several participants in one transaction and returns how many were not marked before."""
    with _session(by, session_id) as (connection, session, now):
        if cara not in ("petugas", "kertas"):
            raise InvalidInput([Problem("cara", cara, "pilihan_di_luar_daftar")])
        known = {row["id"]: row for row in roster_of(connection, by.scope, session["kegiatan_id"])}
        if not set(participant_ids) <= known.keys():
            raise NotFound()
        done = [_mark(connection, by, now, session, known[one], cara) for one in dict.fromkeys(participant_ids)]
    return sum(not receipt.already for receipt in done)


def unmark(by: Actor, participant_id: int, session_id: int, reason: str | None) -> None:
    """Takes a mark back with a reason; NotFound when there is none."""
    with _session(by, session_id) as (connection, session, now):
        why = entries.given_reason(reason)
        before = queries.mark(connection, session_id, participant_id)
        if before is None or not commands.remove(connection, session_id, participant_id):
            raise NotFound()
        told = {"sesi": session_id, "materi": session["materi"], "cara": before["cara"], "pada": before["pada"]}
        row = trail.audit_row(
            by, now, "batal_hadir", "peserta", participant_id, wilayah=session["wilayah"], before=told, reason=why
        )
        trail.record(connection, row)


def scan(by: Actor, session_id: int, text: str) -> AttendanceReceipt:
    """Marks whoever a scanner read: a code, or the address of a card with #k=<code>; SignInRefused "kode_salah" else."""
    with _session(by, session_id) as (connection, session, now):
        person = _by_code(connection, session["kegiatan_id"], code_in(text))
        if person is None:
            raise SignInRefused("kode_salah")
        return _mark(connection, by, now, session, person, "pindai")


def code_in(text: str) -> str:
    """The cleaned code in what was typed or scanned: alone, or behind #k= in the address of a card."""
    typed = text.strip()
    if "#" in typed:
        typed = next(iter(parse_qs(urlsplit(typed).fragment).get("k", [])), "")
    return bimtek.clean_code(typed)


# --- the sheet of it -------------------------------------------------------------------------------------------------


def sessions(by: Actor, event_id: int) -> list[Session]:
    """The sessions of an event in their order."""
    require(by, Permission.VIEW_EVENTS)
    with reading() as connection:
        _event(connection, by, event_id)
        rows = queries.sessions(connection, event_id)
    return [Session(row["id"], row["tanggal"], row["mulai"], row["selesai"], row["materi"]) for row in rows]


def _event(connection: Connection, by: Actor, event_id: int) -> Row:
    found = event_queries.event(connection, by.scope, event_id)
    if found is None:
        raise NotFound()
    return found


def roster_of(connection: Connection, scope: Scope, event_id: int) -> list[Row]:
    """Those on the roster now, by name: neither struck nor merged into another row."""
    rows = roster_queries.people(connection, scope, event_id)
    return [row for row in rows if row["aktif"] and row["digabung_ke"] is None]


def sheet(by: Actor, event_id: int) -> "pd.DataFrame":
    """Person by session: peserta_id, nama, jenis, instansi, then one column per session id with the moment or None.

    Last column: hadir, the number of sessions that count (dihitung) in which the person was marked.
    """
    require(by, Permission.ENTER_ANSWERS)
    import pandas as pd

    with reading() as connection:
        _event(connection, by, event_id)
        held = queries.sessions(connection, event_id)
        people = roster_of(connection, by.scope, event_id)
        marks = {(row["peserta_id"], row["sesi_id"]): row["pada"] for row in queries.marks(connection, event_id)}
    counted = [row["id"] for row in held if row["dihitung"]]
    rows = [
        [person["id"], person["nama"], person["jenis"], person["lks_nama"] or person["instansi"]]
        + [marks.get((person["id"], row["id"])) for row in held]
        + [sum((person["id"], one) in marks for one in counted)]
        for person in people
    ]
    columns: list[Any] = ["peserta_id", "nama", "jenis", "instansi", *[row["id"] for row in held], "hadir"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def workbook(by: Actor, event_id: int, session_ids: Sequence[int] | None = None) -> bytes:
    """The attendance list to print and sign, one sheet per session, as .xlsx; audited because it holds names.

    Telephone numbers are whole only for those who may reveal personal data.
    """
    require(by, Permission.ENTER_ANSWERS)
    now = clock.now()
    with writing() as connection:
        event = _event(connection, by, event_id)
        held = [row for row in queries.sessions(connection, event_id) if not session_ids or row["id"] in session_ids]
        if not held:
            raise NotFound("kegiatan_tanpa_sesi")
        people = roster_of(connection, by.scope, event_id)
        speaking = queries.speakers(connection, event_id)
        marks = {(row["peserta_id"], row["sesi_id"]): row["pada"] for row in queries.marks(connection, event_id)}
        after = {"kegiatan": event_id, "sesi": [row["id"] for row in held], "orang": len(people)}
        row = trail.audit_row(by, now, "ekspor", "kegiatan", event_id, wilayah=event["wilayah"], after=after)
        trail.record(connection, row)
    whole = by.may(Permission.REVEAL_PERSONAL)
    zone = ZoneInfo(bimtek.ZONES[event["zona"]])
    sheets = []
    for held_session in held:
        listed = [
            {
                "nama": person["nama"],
                "kelamin": person["kelamin"],
                "jabatan": person["jabatan"],
                "instansi": person["lks_nama"] or person["instansi"],
                "telepon": person["telepon"] if whole else personal.mask("telepon", person["telepon"]),
                "hadir": f"{at.astimezone(zone):%H.%M}"
                if (at := marks.get((person["id"], held_session["id"])))
                else "",
            }
            for person in people
        ]
        sheets.append(held_session | {"narasumber": speaking.get(held_session["id"], []), "orang": listed})
    return attendance_workbook(event, sheets)
