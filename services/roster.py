"""The people of an event: who they are and where they come from, added, mended, struck off, and their personal codes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from data_access import secrets
from data_access.commands import roster as commands
from data_access.commands import trail
from data_access.engine import Connection, reading, writing
from data_access.queries import roster as queries
from data_access.queries import wilayah as wilayah_queries
from domain import personal
from domain import roster as rules
from domain.bimtek import KINDS_OF_PARTICIPANT, shown_code
from domain.errors import InvalidInput, NotFound, NotPermitted, NotUndoable, Problem, StaleEdit
from domain.impor import repair
from domain.impor.repair import Outcome
from domain.names import name_key
from domain.permissions import Actor, Permission, require
from domain.roster import Counts
from domain.wilayah import is_kode, level, short_name
from services import accounts, clock, entries, tabular

Row = dict[str, Any]
TEXTS = {"nama": 200, "instansi": 200, "jabatan": 120, "catatan": 500}
FIELDS = (*TEXTS, "kelamin", "jenis", "kabkota_kode", "telepon", "email")
COLUMNS = (
    *("id", "nama", "jenis", "instansi", "lks_id", "lks_nama", "kode_lks", "kabkota_kode", "kabkota", "jabatan"),
    *("kelamin", "telepon", "email", "di_tempat", "orang_id", "kegiatan_lain", "aktif", "digabung_ke", "catatan"),
    *("contoh", "versi"),
)


@dataclass(frozen=True)
class WalkIn:
    """Somebody who came without being on the roster: the new row, and the personal code to tell them."""

    id: int
    code: str


@dataclass
class Case:
    """A roster inside its transaction, with its event."""

    connection: Connection
    now: datetime
    by: Actor
    event: Row

    def row(self, participant_id: int, version: int) -> Row:
        """A row of this roster as the actor saw it; NotFound for another event's, StaleEdit when it moved on."""
        found = queries.one(self.connection, self.by.scope, participant_id)
        if found is None or found["kegiatan_id"] != self.event["id"]:
            raise NotFound()
        if found["versi"] != version:
            raise StaleEdit()
        return found

    def store(
        self, before: Row, values: Mapping[str, Any], aksi: str, *, told: Any = None, reason: str | None = None
    ) -> None:
        """Changes a row read in this transaction and writes the trail; `told` replaces the values in the trail."""
        if not commands.change(self.connection, before["id"], before["versi"], values):
            raise StaleEdit()
        old = {name: before.get(name) for name in values}
        self.note(aksi, before["id"], before=masked(old), after=told or masked(values), reason=reason)

    def note(
        self, aksi: str, participant_id: int, *, before: Any = None, after: Any = None, reason: str | None = None
    ) -> None:
        """One row of the trail about somebody of this roster, in the event's region."""
        place = self.event["wilayah"]
        row = trail.audit_row(
            *(self.by, self.now, aksi, "peserta", participant_id),
            wilayah=place,
            before=before,
            after=after,
            reason=reason,
        )
        trail.record(self.connection, row)


@contextmanager
def changing(by: Actor, event_id: int, aksi: str, token: str, *more: str) -> Iterator[Case]:
    """A write to a roster: one transaction, one token; NotFound for an event out of sight, NotPermitted when locked.

    `more`: further subjects whose revision the write raises.
    """
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "kegiatan", *more)
        trail.claim(connection, token, aksi, now)
        event = queries.event(connection, by.scope, event_id)
        if event is None:
            raise NotFound()
        if event["status"] == "dikunci":
            raise NotPermitted("peserta_kegiatan_dikunci")
        yield Case(connection, now, by, event)
        if not event["contoh"]:
            accounts.close_sample_sign_in_in(connection)


def masked(values: Mapping[str, Any]) -> Row:
    """Some fields of a row with those that reach the person hidden."""
    return {
        name: personal.mask(name, value) if name in rules.PERSONAL else value
        for name, value in values.items()
        if name not in ("kode_sandi", "kode_sidik", "nama_kunci")
    }


# --- reading ---------------------------------------------------------------------------------------------------------


def event(by: Actor, event_id: int) -> Row:
    """What cards, posters and the roster's page say of an event; NotFound when the actor may not see it."""
    require(by, Permission.VIEW_EVENTS)
    with reading() as connection:
        found = queries.event(connection, by.scope, event_id)
    if found is None:
        raise NotFound()
    return found


def _rows(by: Actor, event_id: int) -> list[Row]:
    with reading() as connection:
        if queries.event(connection, by.scope, event_id) is None:
            raise NotFound()
        return queries.people(connection, by.scope, event_id)


def people(by: Actor, event_id: int) -> tuple[pd.DataFrame, Counts]:
    """The roster (COLUMNS, by name, struck and merged rows too) and its counts, both of one moment.

    kabkota is the short name of the region, kegiatan_lain the number of other events the person was at. Telephone and
    e-mail are masked without the permission to open personal data; an LKS outside the actor's region has no name.
    """
    require(by, Permission.VIEW_PERSON_RESULTS)
    rows = _rows(by, event_id)
    open_ = by.may(Permission.REVEAL_PERSONAL)
    shown = []
    for row in rows:
        place = short_name(row["kabkota_jenis"], row["kabkota"]) if row["kabkota"] else None
        shown.append((row if open_ else masked(row)) | {"kabkota": place})
    frame = pd.DataFrame(shown, columns=list(COLUMNS), dtype=object)
    return frame, rules.count(rows)


def roster(by: Actor, event_id: int) -> pd.DataFrame:
    """The table of people()."""
    return people(by, event_id)[0]


def counts(by: Actor, event_id: int) -> Counts:
    """The counts of people(), without anybody's name: people and institutions always apart."""
    require(by, Permission.VIEW_EVENTS)
    return rules.count(_rows(by, event_id))


def export(by: Actor, event_id: int, title: str, frame: pd.DataFrame, about: dict[str, str]) -> bytes:
    """A table of this roster as a workbook with a sheet about it; names and telephones leave, so the trail says so."""
    require(by, Permission.VIEW_PERSON_RESULTS)
    content = tabular.workbook(by, title, frame, about)
    with writing() as connection:
        found = queries.event(connection, by.scope, event_id)
        if found is None:
            raise NotFound()
        after = {"berkas": "peserta", "baris": len(frame)}
        row = trail.audit_row(by, clock.now(), "ekspor", "kegiatan", event_id, wilayah=found["wilayah"], after=after)
        trail.record(connection, row)
    return content


# --- what was typed --------------------------------------------------------------------------------------------------


def _reader(name: str, value: Any) -> Outcome:
    if name == "telepon":
        return repair.read_phone(value)
    if name == "email":
        return repair.read_email(value)
    return repair.read_text(value, TEXTS[name])


def check(connection: Connection, fields: Mapping[str, Any], before: Row | None = None) -> Row:
    """The fields as they are stored; InvalidInput with a problem per refused one. `before`: the row they change.

    A masked value that came back as it was shown changes nothing.
    """
    problems, found = [], dict[str, Any]()
    hidden = masked(before or {})
    for name, value in fields.items():
        if name not in FIELDS:
            problems.append(Problem(name, "", "bidang_tidak_dikenal"))
        elif name in rules.PERSONAL and value and before and before.get(name) and value == hidden.get(name):
            continue
        elif value in (None, ""):
            found[name] = None
        elif name in ("kelamin", "jenis"):
            if value not in (("L", "P") if name == "kelamin" else KINDS_OF_PARTICIPANT):
                problems.append(Problem(name, str(value), "pilihan_di_luar_daftar"))
            found[name] = value
        elif name == "kabkota_kode":
            place = str(value)
            known = is_kode(place) and level(place) == "kabkota" and wilayah_queries.exists(connection, place)
            if not known:
                problems.append(Problem(name, place, "peserta_wilayah_keliru"))
            found[name] = place
        else:
            read = _reader(name, value)
            if read.refused:
                problems.append(Problem(name, repair.shown(value), read.refused.code, dict(read.refused.facts)))
            found[name] = read.value
    for name in ("nama", "jenis"):
        if (before is None or name in found) and not found.get(name):
            if name not in {problem.column for problem in problems}:
                problems.append(Problem(name, "", "wajib_diisi"))
    if problems:
        raise InvalidInput(problems)
    return found


def same_person(rows: list[Row], values: Mapping[str, Any]) -> Row | None:
    """The row of this very name and institution (a row without one is the same person), active ones first; or None."""
    key, body = name_key(values["nama"]), name_key(values.get("instansi") or "")
    found = [
        row
        for row in rows
        if row["digabung_ke"] is None
        and row["nama_kunci"] == key
        and name_key(row["instansi"] or "") in ("", body)
        and row["id"] != values.get("id")
    ]
    return next((row for row in found if row["aktif"]), found[0] if found else None)


def _refuse_twin(twin: Row | None, nama: str) -> None:
    if twin is not None:
        code = "peserta_sudah_ada" if twin["aktif"] else "peserta_ada_dicoret"
        raise InvalidInput([Problem("nama", nama, code, {"instansi": twin["instansi"] or "-"})])


def _add(case: Case, fields: Mapping[str, Any], *, on_the_spot: bool) -> tuple[int, str]:
    values = check(case.connection, fields)
    _refuse_twin(same_person(queries.people(case.connection, case.by.scope, case.event["id"]), values), values["nama"])
    row = {"kegiatan_id": case.event["id"], "di_tempat": on_the_spot, "contoh": case.event["contoh"]}
    [(participant_id, code)] = commands.add(case.connection, [row | values | {"dibuat_pada": case.now}])
    told = {name: value for name, value in values.items() if value is not None}
    case.note("tambah_peserta", participant_id, after=masked(told) | ({"di_tempat": True} if on_the_spot else {}))
    return participant_id, code


def add(by: Actor, event_id: int, fields: Mapping[str, Any], token: str) -> int:
    """Puts somebody on the roster and returns the id; `fields` of FIELDS, nama and jenis are required.

    InvalidInput for refused values and for a name that its institution already has on this roster.
    """
    require(by, Permission.MANAGE_EVENTS)
    with changing(by, event_id, "tambah_peserta", token) as case:
        return _add(case, fields, on_the_spot=False)[0]


def walk_in(by: Actor, event_id: int, nama: str, jenis: str, instansi: str, token: str) -> WalkIn:
    """Puts somebody who just came on the roster; the code is for them alone and shown once."""
    require(by, Permission.ENTER_ANSWERS)
    with changing(by, event_id, "tambah_peserta", token) as case:
        made = _add(case, {"nama": nama, "jenis": jenis, "instansi": instansi}, on_the_spot=True)
    return WalkIn(made[0], shown_code(made[1]))


def edit(
    by: Actor, event_id: int, participant_id: int, version: int, fields: Mapping[str, Any], token: str
) -> list[str]:
    """Changes a row as seen at `version` and returns the fields that changed; nothing happens when nothing differs."""
    require(by, Permission.MANAGE_EVENTS)
    with changing(by, event_id, "ubah_peserta", token) as case:
        before = case.row(participant_id, version)
        found = check(case.connection, fields, before)
        changed = {name: value for name, value in found.items() if value != before[name]}
        if {"nama", "instansi"} & changed.keys():
            after = before | changed
            twin = same_person(queries.people(case.connection, by.scope, event_id), after)
            if twin is not None and twin["aktif"] and twin["instansi"] and after["instansi"]:
                _refuse_twin(twin, after["nama"])
        if changed:
            case.store(before, changed, "ubah_peserta")
    return sorted(changed)


def strike(by: Actor, event_id: int, participant_id: int, version: int, reason: str | None, token: str) -> None:
    """Takes somebody off the roster; answers and attendance stay stored, the code opens nothing any more."""
    _set_active(by, event_id, participant_id, version, reason, token, False)


def restore(by: Actor, event_id: int, participant_id: int, version: int, reason: str | None, token: str) -> None:
    """Puts somebody who was struck off back; NotUndoable for a row that was merged into another."""
    _set_active(by, event_id, participant_id, version, reason, token, True)


def _set_active(
    by: Actor, event_id: int, participant_id: int, version: int, reason: str | None, token: str, active: bool
) -> None:
    require(by, Permission.MANAGE_EVENTS)
    aksi = "pulihkan_peserta" if active else "coret_peserta"
    why = entries.given_reason(reason)
    with changing(by, event_id, aksi, token) as case:
        before = case.row(participant_id, version)
        if before["digabung_ke"] is not None:
            raise NotUndoable("peserta_sudah_digabung")
        if active and not before["aktif"]:
            twin = same_person(queries.people(case.connection, by.scope, event_id), before)
            if twin is not None and twin["aktif"]:
                _refuse_twin(twin, before["nama"])
        if before["aktif"] != active:
            case.store(before, {"aktif": active}, aksi, reason=why)


# --- personal codes --------------------------------------------------------------------------------------------------


def codes(by: Actor, event_id: int, ids: list[int] | None = None) -> list[Row]:
    """id, nama, jenis, instansi and kode (in two groups) of the active people, by name; `ids`: of these only.

    Whoever looks is written down in the trail.
    """
    require(by, Permission.MANAGE_EVENTS)
    with writing() as connection:
        event = queries.event(connection, by.scope, event_id)
        if event is None:
            raise NotFound()
        rows = queries.sealed_codes(connection, by.scope, event_id)
        chosen = [row for row in rows if ids is None or row["id"] in set(ids)]
        if chosen:
            after = {"jumlah": len(chosen)}
            entry = trail.audit_row(
                by, clock.now(), "buka_kode", "kegiatan", event_id, wilayah=event["wilayah"], after=after
            )
            trail.record(connection, entry)
    names = ("id", "nama", "jenis", "instansi", "lks_nama")
    return [
        {name: row[name] for name in names} | {"kode": shown_code(secrets.unseal(row["kode_sandi"]))} for row in chosen
    ]


def reset_code(by: Actor, event_id: int, participant_id: int, version: int, reason: str | None, token: str) -> str:
    """A new personal code for somebody who lost theirs, in two groups; the old one opens nothing from now on."""
    require(by, Permission.MANAGE_EVENTS)
    why = entries.given_reason(reason)
    with changing(by, event_id, "ganti_kode", token) as case:
        before = case.row(participant_id, version)
        if not before["aktif"]:
            raise NotFound("peserta_dicoret")
        code = commands.new_code(case.connection, participant_id, version)
        if code is None:
            raise StaleEdit()
        case.note("ganti_kode", participant_id, reason=why)
    return shown_code(code)
