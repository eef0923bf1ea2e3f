"""What follows an event: forms after three and six months, reminders, plans, and what the register shows afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from data_access import secrets
from data_access.commands import followup as commands
from data_access.commands import trail
from data_access.engine import Connection, reading, writing
from data_access.queries import followup as queries
from data_access.queries import results as result_queries
from domain import bimtek
from domain.errors import InvalidInput, NotFound, NotPermitted, Problem, StaleEdit
from domain.forms import definition, parsing
from domain.impor import repair
from domain.permissions import Actor, Permission, require
from services import accounts, clock, events, instruments

LATER = {"pasca3": 3, "pasca6": 6}  # months after the last day
OPENS_AT, STAYS_OPEN_DAYS = time(8), 30
STATES = ("direncanakan", "berjalan", "selesai", "batal")
MEASURES = ("terdaftar", "diperpanjang", "terakreditasi")
_GRADES = {"A": 3, "B": 2, "C": 1}
_WHAT, _UNTIL = "_apa", "_selesai"  # how items of a plan end: r1_apa, r1_selesai


@dataclass(frozen=True)
class Reminder:
    """One line to send: whom, where, and what it is made of; the code is for this person alone."""

    name: str
    phone: str | None
    form: str
    link: str
    code: str


@dataclass(frozen=True)
class Afterwards:
    """How many of `n` LKS did something after the event."""

    count: int
    n: int


def reminders(by: Actor, event_id: int) -> list[Reminder]:
    """Everybody who still owes an answer to an open form of the event, with the own code; the look is in the audit."""
    require(by, Permission.MANAGE_EVENTS)
    event = events.get(by, event_id)
    owing: list[tuple[Mapping[str, Any], Mapping[str, Any]]] = []
    with writing() as connection:
        for form in event.forms:
            if form["keadaan"] == "dibuka":
                rows = queries.owing(connection, by.scope, event_id, form["id"])
                owing += [(form, row) for row in rows]
        after = {"peserta": len({row["id"] for _, row in owing})}
        wilayah = event.record["wilayah"]
        trail.record(
            connection,
            trail.audit_row(by, clock.now(), "buka_kode", "kegiatan", event_id, wilayah=wilayah, after=after),
        )
    return [
        Reminder(
            row["nama"],
            row["telepon"],
            form["judul"],
            form["tautan"],
            bimtek.shown_code(secrets.unseal(row["kode_sandi"])),
        )
        for form, row in owing
    ]


def move(by: Actor, event_id: int, version: int, to: str, reason: str | None, token: str) -> None:
    """Takes an event to its next state (events.move); one that ends gets its forms for three and six months."""
    ends = to == "selesai" and events.get(by, event_id).record["status"] == "berjalan"
    events.move(by, event_id, version, to, reason, token)
    if ends:
        later_forms(by, event_id, f"{token}:pasca")


def later_forms(by: Actor, event_id: int, token: str) -> list[int]:
    """Makes the forms for three and six months after an event that is over, each opening by itself; ids of the new ones.

    They use the ready-made instrument. Those that exist are left alone, so that the same call after an interruption makes
    what is missing.
    """
    require(by, Permission.MANAGE_EVENTS)
    event = events.get(by, event_id)
    if event.record["status"] != "selesai":
        raise NotPermitted("tindak_lanjut_belum_selesai")
    zone = ZoneInfo(bimtek.ZONES[event.record["zona"]])
    present = {form["fase"] for form in event.forms}
    version_id = next(row["id"] for row in instruments.usable(by) if row["bawaan"] and row["jenis"] == "pascapelatihan")
    made: list[int] = []
    for phase, months in LATER.items():
        if phase in present:
            continue
        made += events.add_forms(by, event_id, version_id, phase, f"{token}:{phase}")
        opens = datetime.combine(bimtek.months_after(event.record["selesai"], months), OPENS_AT, zone)
        form = next(form for form in events.get(by, event_id).forms if form["id"] == made[-1])
        if opens > clock.now():  # of an event long ago the trainer opens it by hand
            events.schedule_form(by, form["id"], form["versi"], opens, None, f"{token}:{phase}:jadwal")
    return made


# --- plans -----------------------------------------------------------------------------------------------------------


def plans(by: Actor, event_id: int) -> list[dict[str, Any]]:
    """The plans of an event's participants with status and evidence."""
    require(by, Permission.VIEW_PERSON_RESULTS)
    with reading() as connection:
        _event(connection, by, event_id)
        return queries.plans(connection, by.scope, event_id)


def collect(by: Actor, event_id: int, token: str) -> int:
    """Takes the plans out of the answers to the event's RTL forms; an answer taken before is left alone. Count of new ones."""
    require(by, Permission.MANAGE_EVENTS)
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "kegiatan")
        trail.claim(connection, token, "ambil_rtl", now)
        event = _event(connection, by, event_id)
        taken = {row["kiriman_id"] for row in queries.plans(connection, by.scope, event_id)}
        forms = {
            form["id"]: parsing.from_mapping(form["definisi"])
            for form in result_queries.forms(connection, by.scope, event_id)
            if form["fase"] == "rtl"
        }
        rows = []
        for answer in result_queries.answers(connection, by.scope, event_id):
            if answer["formulir_id"] not in forms or answer["keadaan"] != "terhitung" or answer["id"] in taken:
                continue
            if answer["peserta_id"] is None:
                continue
            for what, until in _plans_in(forms[answer["formulir_id"]], answer["jawaban"]):
                rows.append(
                    {
                        "kegiatan_id": event_id,
                        "peserta_id": answer["peserta_id"],
                        "kiriman_id": answer["id"],
                        "rencana": what,
                        "tenggat": until,
                        "diubah_pada": now,
                    }
                )
        commands.add_plans(connection, rows)
        after = {"rencana": len(rows)}
        trail.record(
            connection,
            trail.audit_row(by, now, "ambil_rtl", "kegiatan", event_id, wilayah=event["wilayah"], after=after),
        )
    return len(rows)


def _plans_in(form: definition.Form, answers: Mapping[str, Any]) -> list[tuple[str, date | None]]:
    """(what, until when) of each plan: items that end in _apa with their _selesai, else every long text by itself."""
    texts = [item for item in definition.items(form) if item.jenis in (definition.TEXT, definition.PARAGRAPH)]
    chosen = [item for item in texts if item.kode.endswith(_WHAT)] or [
        item for item in texts if item.jenis == definition.PARAGRAPH
    ]
    found = []
    for item in chosen:
        what = str(answers.get(item.kode) or "").strip()
        until = answers.get(item.kode.removesuffix(_WHAT) + _UNTIL) if item.kode.endswith(_WHAT) else None
        if what:
            found.append((what[:2000], date.fromisoformat(str(until)) if until else None))
    return found


def change_plan(
    by: Actor, plan_id: int, version: int, status: str, tenggat: date | None, bukti: str | None, token: str
) -> None:
    """Stores a plan's status, due date and evidence; StaleEdit when somebody else changed it in between."""
    require(by, Permission.MANAGE_EVENTS)
    read = repair.read_text(bukti, 1000, lines=True)
    problems = [] if status in STATES else [Problem("status", status, "pilihan_di_luar_daftar")]
    if read.refused:
        problems.append(Problem("bukti", repair.shown(bukti), read.refused.code, read.refused.facts))
    if status == "selesai" and not read.value:
        problems.append(Problem("bukti", "", "wajib_diisi"))
    if problems:
        raise InvalidInput(problems)
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "kegiatan")
        trail.claim(connection, token, "ubah_rtl", now)
        row = queries.plan(connection, by.scope, plan_id)
        if row is None:
            raise NotFound(id=plan_id)
        values = {"status": status, "tenggat": tenggat, "bukti": read.value}
        changed = {name: value for name, value in values.items() if row[name] != value}
        if row["versi"] != version:
            raise StaleEdit()
        if not changed:
            return
        if not commands.change_plan(connection, plan_id, version, changed | {"diubah_pada": now}):
            raise StaleEdit()
        before = {name: row[name] for name in changed}
        trail.record(
            connection,
            trail.audit_row(by, now, "ubah", "rtl", plan_id, wilayah=row["wilayah"], before=before, after=changed),
        )
        if not row["contoh"]:
            accounts.close_sample_sign_in_in(connection)


# --- what the register shows afterwards ------------------------------------------------------------------------------


def afterwards(by: Actor, event_id: int) -> dict[str, tuple[Afterwards, Afterwards]]:
    """Per measure: of the LKS that sent people, and of the others within reach, how many did it after the last day.

    terdaftar: of those not registered on the last day, registered since. diperpanjang: of those registered then, with a
    newer registration. terakreditasi: of those without the best grade then, with a better one since. No causal claim.
    """
    require(by, Permission.VIEW_RESULTS)
    with reading() as connection:
        event = _event(connection, by, event_id)
        people = result_queries.people(connection, by.scope, event_id)
        trained = sorted({row["lks_id"] for row in people if row["lks_id"] and row["aktif"]})
        others = result_queries.untrained(connection, by.scope, event_id) if trained else []
        history = result_queries.axis_events(connection, [*trained, *others], ("daftar", "akreditasi"))
    by_lks: dict[int, list[Mapping[str, Any]]] = {}
    for row in history:
        by_lks.setdefault(row["lks_id"], []).append(row)
    end = event["selesai"]
    return {
        measure: (_since(measure, trained, by_lks, end), _since(measure, others, by_lks, end)) for measure in MEASURES
    }


def _since(
    measure: str, ids: Sequence[int], by_lks: Mapping[int, Sequence[Mapping[str, Any]]], end: date
) -> Afterwards:
    count = n = 0
    axis = "akreditasi" if measure == "terakreditasi" else "daftar"
    for lks_id in ids:
        rows = [(_day(row), row["nilai"]) for row in by_lks.get(lks_id, ()) if row["sumbu"] == axis]
        before = [value for day, value in rows if day <= end]
        after = [value for day, value in rows if day > end]
        then = before[-1] if before else None
        if measure == "terakreditasi":
            if _GRADES.get(then or "", 0) == 3:
                continue
            done = any(_GRADES.get(value or "", 0) > _GRADES.get(then or "", 0) for value in after)
        else:
            if (then == "terdaftar") == (measure == "terdaftar"):
                continue
            done = "terdaftar" in after
        n += 1
        count += done
    return Afterwards(count, n)


def _day(row: Mapping[str, Any]) -> date:
    """The date of the decision where it is known, else the day it was recorded."""
    found: date = row["tanggal"] or row["dicatat_pada"].date()
    return found


def _event(connection: Connection, by: Actor, event_id: int) -> Mapping[str, Any]:
    row = result_queries.event(connection, by.scope, event_id)
    if row is None:
        raise NotFound("kegiatan_tidak_ada")
    return row
