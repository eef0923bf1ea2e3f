"""Answers without the participant's own phone: a shared device, staff who enter for somebody, a grid of paper forms.

Everything goes through services.intake like any phone's answer, with its receipt, its rule of what counts and its trail.
"""

import tomllib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from data_access.assets import ASSETS
from data_access.engine import Connection, reading
from data_access.queries import events as event_queries
from data_access.queries import live as queries
from domain import bimtek
from domain.errors import InvalidInput, NotFound, PilarError, Problem
from domain.forms import definition, entered
from domain.forms.definition import Form
from domain.permissions import Actor, Permission, require
from services import clock, intake, intake_marks, live
from services.attendance import LOCKED, roster_of
from services.intake import Job, Receipt

Row = dict[str, Any]
Cells = Mapping[int, Mapping[str, Any]]  # participant id -> column key -> what was typed
MOST_AT_ONCE = 100  # submissions that wait for their commit together
_GRID = uuid.UUID("5b0d6a0e-6c2f-5d1b-9f3e-2f6f6d1c7a10")  # our own name space for keys of paper answers


@dataclass(frozen=True)
class KioskForm:
    """One form as it stands for one person; sudah: an answer of theirs counts or waits."""

    id: int
    link: str
    judul: str
    fase: str
    anonim: bool
    keadaan: str
    sudah: bool


@dataclass(frozen=True)
class Visit:
    """Somebody at the shared device: who they are, and the event's forms that are open or already answered."""

    participant_id: int
    nama: str
    instansi: str
    forms: tuple[KioskForm, ...]


@dataclass(frozen=True)
class Line:
    """One person to enter for; sudah: an answer of theirs to the form counts or waits."""

    id: int
    nama: str
    instansi: str
    sudah: bool


@dataclass(frozen=True)
class Begun:
    """A form laid out for one person, without its key; `kunci` names this very submission however often it is sent."""

    form: Form
    kunci: str
    started: str


@dataclass(frozen=True)
class Difference:
    """One cell in which the second entry says something else than the first."""

    participant_id: int
    nama: str
    key: str
    label: str
    first: str
    second: str


@dataclass(frozen=True)
class Saved:
    """What became of many submissions: newly stored, stored before, and refused ones by their place in the list."""

    stored: int
    already: int
    refused: dict[int, PilarError]


def _event(connection: Connection, by: Actor, event_id: int) -> Row:
    event = event_queries.event(connection, by.scope, event_id)
    if event is None:
        raise NotFound()
    if event["status"] == LOCKED:
        raise InvalidInput([Problem("kegiatan", "", "kegiatan_dikunci")])
    return event


def _form(connection: Connection, by: Actor, event_id: int, form_id: int) -> Row:
    _event(connection, by, event_id)
    form = event_queries.form(connection, by.scope, form_id)
    if form is None or form["kegiatan_id"] != event_id:
        raise NotFound()
    return form


# --- one person at a shared device -----------------------------------------------------------------------------------


def enter(by: Actor, event_id: int, code: str) -> Visit:
    """The person with this code; wrong codes are refused and counted as anywhere else, here per staff account."""
    require(by, Permission.ENTER_ANSWERS)
    with reading() as connection:
        event = _event(connection, by, event_id)
    person = intake.identify(event["tautan"], code, f"kios {by.username}")
    return visit(by, event_id, person.id)


def visit(by: Actor, event_id: int, participant_id: int) -> Visit:
    """The person of the roster as they stand now; NotFound when not on it."""
    require(by, Permission.ENTER_ANSWERS)
    now = clock.now()
    with reading() as connection:
        _event(connection, by, event_id)
        person = next((p for p in roster_of(connection, by.scope, event_id) if p["id"] == participant_id), None)
        if person is None:
            raise NotFound()
        answered = queries.answered(connection, event_id)
        forms = [
            KioskForm(
                form["id"],
                form["tautan"],
                form["judul"],
                form["fase"],
                form["anonim"],
                bimtek.form_state(form, now),
                participant_id in answered.get(form["id"], ()),
            )
            for form in queries.forms(connection, event_id)
        ]
    shown = tuple(form for form in forms if form.keadaan == "dibuka" or form.sudah)
    return Visit(participant_id, person["nama"], person["lks_nama"] or person["instansi"] or "", shown)


@cache
def consent() -> dict[str, Any]:
    """What a person agrees to before the first item (assets/teks/persetujuan.toml): versi, judul, paragraf, setuju."""
    return tomllib.loads((ASSETS / "teks" / "persetujuan.toml").read_text(encoding="utf-8"))


def begin(by: Actor, event_id: int, form_id: int, participant_id: int) -> Begun:
    """The form in this person's order, without answer key, and a fresh key for what they will send."""
    require(by, Permission.ENTER_ANSWERS)
    whole = live.definition(by, event_id, form_id)
    bare = replace(
        whole,
        bagian=tuple(
            replace(section, butir=tuple(replace(item, kunci=(), poin=0.0) for item in section.butir))
            for section in whole.bagian
        ),
    )
    started = intake_marks.start(form_id, participant_id, clock.now())
    return Begun(definition.ordered(bare, str(participant_id)), str(uuid.uuid4()), started)


def hand_in(
    by: Actor,
    event_id: int,
    form_id: int,
    participant_id: int,
    values: Mapping[str, Any],
    *,
    kunci: str,
    cara: str,
    started: str | None = None,
    consent: str | None = None,
) -> Receipt:
    """The receipt of one person's answers by item id; cara "kios" (by themselves), "petugas" or "kertas" (for them).

    Raises what intake.submit raises; InvalidInput names the required items that a person at the kiosk left blank.
    """
    require(by, Permission.ENTER_ANSWERS)
    with reading() as connection:
        form = _form(connection, by, event_id, form_id)
    return intake.submit(
        form["tautan"], None, kunci, values,
        cara=cara, by=by, address=f"kios {by.username}", started=started, participant_id=participant_id, consent=consent,
    )  # fmt: skip


# --- many at once: paper and files -----------------------------------------------------------------------------------


def people(by: Actor, event_id: int, form_id: int) -> list[Line]:
    """Those on the roster by name, with whether they have answered the form."""
    require(by, Permission.ENTER_ANSWERS)
    with reading() as connection:
        form = _form(connection, by, event_id, form_id)
        answered = queries.answered(connection, event_id).get(form["id"], set())
        rows = roster_of(connection, by.scope, event_id)
    return [
        Line(row["id"], row["nama"], row["lks_nama"] or row["instansi"] or "", row["id"] in answered) for row in rows
    ]


def grid_problems(by: Actor, event_id: int, form_id: int, cells: Cells) -> dict[int, list[Problem]]:
    """What cannot be an answer, by participant; a problem's column is the grid's column key."""
    require(by, Permission.ENTER_ANSWERS)
    form = live.definition(by, event_id, form_id)
    found = {participant: entered.read(form, typed)[1] for participant, typed in cells.items()}
    return {participant: problems for participant, problems in found.items() if problems}


def differences(by: Actor, event_id: int, form_id: int, first: Cells, second: Cells) -> list[Difference]:
    """The cells in which two entries of the same papers disagree; "B" and "2" for the same option do agree."""
    require(by, Permission.ENTER_ANSWERS)
    form = live.definition(by, event_id, form_id)
    names = {line.id: line.nama for line in people(by, event_id, form_id)}
    found = []
    for participant in dict.fromkeys([*first, *second]):
        if participant not in names:
            raise NotFound()
        one, two = first.get(participant, {}), second.get(participant, {})
        for column in entered.columns(form):
            if _meaning(form, column, one.get(column.key)) != _meaning(form, column, two.get(column.key)):
                told = [str(typed.get(column.key) or "") for typed in (one, two)]
                found.append(Difference(participant, names[participant], column.key, column.label, *told))
    return found


def _meaning(form: Form, column: entered.Column, cell: Any) -> Any:
    if entered.is_blank(cell, column.item):
        return None
    answers, problems = entered.read(form, {column.key: cell})
    return answers if not problems else entered.folded(cell)


def save_grid(by: Actor, event_id: int, form_id: int, cells: Cells, token: str) -> Saved:
    """Stores one submission per person with anything typed (cara "kertas"); pressing twice stores nothing twice.

    InvalidInput, and nothing is stored, when any cell is no answer. `token` names this grid; a new one after saving.
    """
    require(by, Permission.ENTER_ANSWERS)
    form = live.definition(by, event_id, form_id)
    rows: list[tuple[int, str, dict[str, Any]]] = []
    problems: list[Problem] = []
    names = {line.id: line.nama for line in people(by, event_id, form_id)}
    for participant, typed in cells.items():
        if participant not in names:
            raise NotFound()
        answers, wrong = entered.read(form, typed)
        problems += [replace(one, facts=one.facts | {"nama": names[participant]}) for one in wrong]
        if answers:
            rows.append((participant, str(uuid.uuid5(_GRID, f"{token}\t{form_id}\t{participant}")), answers))
    if problems:
        raise InvalidInput(problems)
    return hand_in_many(by, event_id, form_id, rows, "kertas")


def hand_in_many(
    by: Actor, event_id: int, form_id: int, rows: Sequence[tuple[int, str, Mapping[str, Any]]], cara: str
) -> Saved:
    """Stores (participant id, key, answers) of many people, many in one commit; what is refused does not stop the rest."""
    require(by, Permission.ENTER_ANSWERS)
    with reading() as connection:
        form = _form(connection, by, event_id, form_id)
        before = queries.known_keys(connection, [key for _, key, _ in rows])
    link, refused, done = intake.link_of(form["tautan"]), {}, 0
    for start in range(0, len(rows), MOST_AT_ONCE):
        piece = rows[start : start + MOST_AT_ONCE]
        waiting = [
            intake.receive(
                Job(link, f"{cara} {by.username}", by=by, participant_id=participant, kunci=key, values=answers,
                    shape="nilai", cara=cara)
            )
            for participant, key, answers in piece
        ]  # fmt: skip
        for place, future in enumerate(waiting, start):
            try:
                future.result(intake.WAIT_SECONDS)
                done += 1
            except PilarError as error:
                refused[place] = error
    again = sum(key in before for place, (_, key, _) in enumerate(rows) if place not in refused)
    return Saved(done - again, again, refused)
