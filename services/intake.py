"""The participant's door: giving a code, opening a form, handing in answers; the kiosk and staff entry go through it too.

A submission is acknowledged only after its commit, and the same key with the same content gets the same answer for
ever. `hash` is content_hash() of the canonical answers. See intake_store for what counts and what is kept.
"""

import re
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from data_access import secrets
from data_access.engine import Connection, engine, reading
from data_access.queries import submissions as queries
from domain import bimtek
from domain.errors import InvalidInput, NotFound, Problem, SignInRequired, StoreUnavailable, TooManyAttempts
from domain.permissions import Actor, Permission, require
from services import clock, intake_forms, intake_marks
from services.intake_forms import Place
from services.intake_store import Job, Person, Receipt, active, carry_out, clock_text, content_hash
from services.intake_writer import GroupWriter

__all__ = ["Door", "Job", "Person", "Receipt", "content_hash", "identify", "open_door", "receive", "submit"]

WAIT_SECONDS = 60
_KEY = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_HELD = timedelta(seconds=2)
_MOST_HELD = 5_000
_writer: GroupWriter[Job] = GroupWriter(carry_out, "pintu-peserta")


# --- the gate before the queue ---------------------------------------------------------------------------------------


@dataclass
class _Held:
    """Addresses that met their limit a moment ago: wrong codes from there need not queue to be refused."""

    engine: object = None
    until: dict[str, datetime] = field(default_factory=dict)


_held = _Held()


def _gate(job: Job) -> None:
    """Refuses what can be refused without asking the store: a code that cannot be ours, from where too many came."""
    if job.code is None:
        return
    if bimtek.well_formed(bimtek.clean_code(job.code[:64]), secrets.derived("kode-peserta")):
        return
    if _held.engine is not engine():
        _held.engine, _held.until = engine(), {}
    now = clock.now()
    if _held.until.get(job.address, now) > now:
        raise TooManyAttempts(60)


def _hold(job: Job) -> None:
    if len(_held.until) > _MOST_HELD:
        _held.until.clear()
    _held.until[job.address] = clock.now() + _HELD


def receive(job: Job) -> "Future[Any]":
    """The future outcome of a job (a Receipt, or a Person when it has no key); never waits.

    Raises at once what needs no store: NotFound for no link, TooManyAttempts, StoreUnavailable when too many wait.
    """
    _gate(job)
    waiting = _writer.put(job)
    if job.code is not None:
        waiting.add_done_callback(lambda done: _note(job, done))
    return waiting


def _note(job: Job, done: "Future[Any]") -> None:
    if not done.cancelled() and isinstance(done.exception(), TooManyAttempts):
        _hold(job)


# --- for the kiosk, staff and other services -------------------------------------------------------------------------


def submit(
    form_link: str,
    code: str | None,
    kunci: str,
    raw_or_values: Mapping[str, Any],
    *,
    cara: str,
    by: Actor | None,
    address: str,
    started: str | None = None,
    participant_id: int | None = None,
    consent: str | None = None,
    shape: str = "nilai",
) -> Receipt:
    """The receipt of answers that are now stored; waits for the commit. Never call it inside a transaction.

    `raw_or_values`: by item id (shape "nilai"), form-encoded fields (shape "medan"), or a JSON body (shape "json").
    `cara` is one of domain.bimtek.WAYS. `by` needs ENTER_ANSWERS, may name a participant by id instead of a code, and
    may leave items blank and enter after the closing when cara is "petugas", "kertas" or "impor".
    Raises NotFound, SignInRefused, SignInRequired, NotPermitted("formulir_belum_dibuka"), InvalidInput, AlreadyDone
    ("kunci_sudah_dipakai", "sudah_mengisi"), TooManyAttempts, StoreUnavailable.
    """
    if by is not None:
        require(by, Permission.ENTER_ANSWERS)
    job = Job(
        link_of(form_link), address, code=code, started=started, by=by,
        participant_id=participant_id if by is not None else None, kunci=key_of(kunci), values=raw_or_values,
        shape=shape, cara=cara, consent=consent,
    )  # fmt: skip
    return _wait(job)


def identify(link: str, code: str, address: str) -> Person:
    """The participant with this code, at the link of an event or of one of its forms; wrong codes are counted.

    Raises NotFound, SignInRefused("kode_salah") and TooManyAttempts; the same for an unknown code and for one of
    another event.
    """
    return _wait(Job(link_of(link), address, code=code))


def _wait(job: Job) -> Any:
    try:
        return receive(job).result(WAIT_SECONDS)
    except TimeoutError as error:
        raise StoreUnavailable() from error  # what happens to it is told when it is sent again


def link_of(text: str) -> str:
    """The link as stored; NotFound when it can be none."""
    link = intake_forms.clean_link(text)
    if link is None:
        raise NotFound("tautan_tidak_dikenal")
    return link


def key_of(text: object) -> str:
    """The submission key as it was sent; InvalidInput when it is no UUID."""
    if not isinstance(text, str) or not _KEY.fullmatch(text):
        raise InvalidInput([Problem("kunci", "", "kunci_keliru")])
    return text


# --- what a page shows -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FormLine:
    """One form on the event's page, as it stands for this person."""

    link: str
    title: str
    state: str
    received: bool
    code: str | None  # receipt code; None for anonymous forms


@dataclass(frozen=True)
class Door:
    """What is behind a link for whoever holds `person`'s session; person None: nobody gave a code yet."""

    place: Place
    state: str  # of a form; "" for an event
    now: datetime
    person: Person | None = None
    started: str = ""
    draft: str = ""
    check: int = 0  # the sum of the person's own code
    received: dict[str, Any] | None = None  # kode, pukul, terlambat, keadaan of what this person sent
    again: bool = False  # the person may send once more, and that one will count
    forms: tuple[FormLine, ...] = ()
    sessions: tuple[dict[str, Any], ...] = ()

    @property
    def opens(self) -> str | None:
        """When the form opens by its clock, as people write it; None when that is not set."""
        at = self.place.row.get("buka_pada")
        if at is None:
            return None
        zone = self.place.row["zona"]
        return f"{at.astimezone(ZoneInfo(bimtek.ZONES[zone])):%d/%m/%Y} pukul {clock_text(at, zone)}"


def open_door(link: str, token: str | None) -> Door:
    """What the page of a link shows to whoever brings this cookie; NotFound for a link that leads nowhere."""
    now = clock.now()
    session = intake_marks.read_session(token, now)
    with reading() as connection:
        place = intake_forms.find(connection, [link])[link]
        if place is None:
            raise NotFound("tautan_tidak_dikenal")
        state = place.state(now) if place.form else ""
        person = _person(connection, session, place)
        if person is None:
            return Door(place, state, now)
        check = _card_check(connection, person.id)
        if place.form is None:
            return _event_door(connection, Door(place, state, now, person, check=check))
        found = _received(connection, person, [place]).get(place.row["id"])
    form_id = place.row["id"]
    return Door(
        place, state, now, person,
        started=intake_marks.start(form_id, person.id, now, person.mark),
        draft=intake_marks.draft_name(link, person.id),
        check=check,
        received=found,
        again=state == "dibuka" and not place.anonymous and place.last_counts(),
    )  # fmt: skip


def _person(connection: Connection, session: intake_marks.Session | None, place: Place) -> Person | None:
    if session is None or session.event_id != place.event_id:
        return None

    def look(wanted: int) -> Mapping[str, Any] | None:
        return next(iter(queries.people(connection, (), (wanted,))), None)

    return active(look, session.participant_id, place.event_id, session.mark)


def own_code(link: str, token: str | None) -> str:
    """The personal code of whoever holds this cookie of the link's event; SignInRequired when nobody does."""
    with reading() as connection:
        place = intake_forms.find(connection, [link])[link]
        if place is None:
            raise NotFound("tautan_tidak_dikenal")
        person = _person(connection, intake_marks.read_session(token, clock.now()), place)
        sealed = queries.sealed_code(connection, person.id) if person else None
    if sealed is None:
        raise SignInRequired("kode_belum_ada")
    return secrets.unseal(sealed)


def _card_check(connection: Connection, participant_id: int) -> int:
    sealed = queries.sealed_code(connection, participant_id)
    return intake_marks.card_check(secrets.unseal(sealed)) if sealed else 0


def _received(connection: Connection, person: Person, places: list[Place]) -> dict[int, dict[str, Any]]:
    """form id -> what this person sent there; of an anonymous form only that there is something."""
    ids = {int(place.row["id"]): place for place in places}
    found: dict[int, dict[str, Any]] = {}
    for form_id, row in queries.receipts(connection, person.id, ids).items():
        found[form_id] = {
            "kode": intake_marks.receipt_code(row["kunci"]),
            "pukul": clock_text(row["diterima_pada"], ids[form_id].row["zona"]),
            "terlambat": row["terlambat"],
        }
    for form_id, _ in queries.filled(connection, ids, [person.id]):
        found[form_id] = {"kode": None, "pukul": None, "terlambat": False}
    return found


def _event_door(connection: Connection, door: Door) -> Door:
    assert door.person is not None
    row = door.place.row
    places = intake_forms.of_event(connection, door.place.event_id)
    received = _received(connection, door.person, places)
    lines = []
    for place in places:
        state, found = place.state(door.now), received.get(place.row["id"])
        if state != "disiapkan" or found:
            title = place.row["judul"] + (f" · {place.row['narasumber']}" if place.row["narasumber"] else "")
            lines.append(
                FormLine(place.row["tautan"], title, state, found is not None, found["kode"] if found else None)
            )
    day = door.now.astimezone(ZoneInfo(bimtek.ZONES[row["zona"]])).date()
    sessions = queries.sessions_on(connection, door.place.event_id, day, door.person.id)
    for session in sessions:
        session["hadir_pukul"] = clock_text(session["hadir"], row["zona"]) if session["hadir"] else None
    return Door(
        door.place, door.state, door.now, door.person, check=door.check, forms=tuple(lines), sessions=tuple(sessions)
    )
