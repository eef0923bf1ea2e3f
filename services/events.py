"""Events (kegiatan): set up, copied, moved through their states, with aims, speakers, sessions and forms, all audited."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from data_access import secrets
from data_access.commands import events as commands
from data_access.commands import trail
from data_access.engine import Connection, reading, writing
from data_access.queries import certificates
from data_access.queries import events as queries
from data_access.queries import instruments as instrument_queries
from domain import bimtek
from domain.errors import InvalidInput, NotFound, NotPermitted, Problem, StaleEdit
from domain.forms import parsing
from domain.impor import repair
from domain.permissions import Actor, Permission, require
from services import accounts, clock, entries, event_entries

Row = dict[str, Any]
# The phases that an instrument of a kind may be used for; of a pair both are made in one action.
PHASES_OF: dict[str, tuple[str, ...]] = {
    "prepost": ("pre", "post"),
    "kompetensi": ("kompetensi_pre", "kompetensi_post"),
    "narasumber": ("narasumber",),
    "penyelenggaraan": ("penyelenggaraan",),
    "kepuasan": ("kepuasan",),
    "rtl": ("rtl",),
    "pascapelatihan": ("pasca3", "pasca6"),
    "lain": ("penyelenggaraan", "kepuasan", "rtl"),
}
ANONYMOUS = ("narasumber", "penyelenggaraan", "kepuasan")  # the others belong to a person: pairs, plans, follow-up
MONTHS_LATER = ("pasca3", "pasca6")  # made when the event is over, with their own schedule
AFTER_THE_EVENT = ("rtl", *MONTHS_LATER)  # stay open when the event is over
_COPIED = (
    *("judul", "maksud", "penyelenggara_jenis", "penyelenggara", "wilayah", "jangkauan", "tempat", "tempat_wilayah"),
    *("zona", "pemandu", "dibuka_oleh", "laporan_oleh", "dasar_hukum", "sumber_anggaran", "seri", "catatan"),
    *("batas_hadir", "batas_lulus", "aturan_pre", "aturan_post"),
)
_SESSION = ("tanggal", "mulai", "selesai", "materi", "jp", "urutan", "dihitung")
_TITLE = 300


@dataclass(frozen=True)
class Event:
    """One event with everything but its people; forms carry `keadaan`, their state at this moment."""

    record: Row
    aims: list[Row]
    speakers: list[Row]
    sessions: list[Row]
    forms: list[Row]
    answers: int

    @property
    def locked(self) -> bool:
        """True when nothing of it may be changed any more but decisions about late answers."""
        return bool(self.record["status"] == "dikunci")


@dataclass
class _Case:
    """An event inside its transaction."""

    connection: Connection
    now: datetime
    row: Row

    @property
    def id(self) -> int:
        return int(self.row["id"])


# --- reads -----------------------------------------------------------------------------------------------------------


def listed(
    by: Actor,
    wilayah: str | None = None,
    tahun: int | None = None,
    status: str | None = None,
    cari: str | None = None,
) -> pd.DataFrame:
    """The events that the actor may see, the latest first; the columns are those of queries.events.listed."""
    require(by, Permission.VIEW_EVENTS)
    scope = by.scope.narrow(wilayah)
    with reading() as connection:
        return queries.listed(connection, scope, {"tahun": tahun, "status": status, "cari": cari})


def years(by: Actor) -> list[int]:
    """The years in which events of the actor's region began, the latest first."""
    require(by, Permission.VIEW_EVENTS)
    with reading() as connection:
        return queries.years(connection, by.scope)


def get(by: Actor, event_id: int) -> Event:
    """One event; NotFound when there is none in the actor's region."""
    require(by, Permission.VIEW_EVENTS)
    now = clock.now()
    with reading() as connection:
        row = _found(connection, by, event_id)
        forms = queries.forms(connection, by.scope, event_id)
        return Event(
            row,
            queries.aims(connection, by.scope, event_id),
            queries.speakers(connection, by.scope, event_id),
            queries.sessions(connection, by.scope, event_id),
            [form | {"keadaan": bimtek.form_state(form, now)} for form in forms],
            queries.answers(connection, by.scope, event_id),
        )


def series(by: Actor, event_id: int) -> list[Row]:
    """The events of the yearly series of an event, the oldest first, itself among them; alone when it has no series."""
    require(by, Permission.VIEW_EVENTS)
    with reading() as connection:
        _found(connection, by, event_id)
        return queries.series(connection, by.scope, event_id)


def legal_bases(by: Actor) -> list[Row]:
    """The legal bases that an event may name: kode, judul, status."""
    require(by, Permission.VIEW_EVENTS)
    with reading() as connection:
        return queries.legal_bases(connection)


def links(by: Actor, event_id: int) -> Row:
    """Every form's link and state and every participant's personal code, for a message list; the look is audited."""
    require(by, Permission.MANAGE_EVENTS)
    now = clock.now()
    with writing() as connection:
        row = _found(connection, by, event_id)
        forms = queries.forms(connection, by.scope, event_id)
        people = queries.participants_with_codes(connection, by.scope, event_id)
        entry = trail.audit_row(
            by, now, "buka_kode", "kegiatan", event_id, wilayah=row["wilayah"], after={"peserta": len(people)}
        )
        trail.record(connection, entry)
    shown = ("id", "nomor", "judul", "tempat", "mulai", "selesai", "zona", "status", "tautan")
    return {
        "kegiatan": {name: row[name] for name in shown} | {"alamat": address(row["tautan"])},
        "formulir": [
            {
                "id": form["id"],
                "fase": form["fase"],
                "judul": form["judul"],
                "tautan": form["tautan"],
                "alamat": address(form["tautan"]),
                "status": bimtek.form_state(form, now),
            }
            for form in forms
        ],
        "peserta": [
            {name: person[name] for name in ("id", "nama", "jenis", "instansi")}
            | {"kode": bimtek.shown_code(secrets.unseal(person["kode_sandi"]))}
            for person in people
        ],
    }


def address(link: str) -> str:
    """The path of a participant's page below the server's address."""
    return f"/isi/{link}"


# --- one write -------------------------------------------------------------------------------------------------------


@contextmanager
def _saving(token: str, aksi: str) -> Iterator[tuple[Connection, datetime]]:
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "kegiatan")
        trail.claim(connection, token, aksi, now)
        yield connection, now


def _found(connection: Connection, by: Actor, event_id: int) -> Row:
    row = queries.event(connection, by.scope, event_id)
    if row is None:
        raise NotFound("kegiatan_tidak_ada")
    return row


@contextmanager
def _changing(by: Actor, event_id: int, version: int | None, token: str, aksi: str) -> Iterator[_Case]:
    """A write to an event: permission, region, lock and version were looked at before the block runs."""
    require(by, Permission.MANAGE_EVENTS)
    with _saving(token, aksi) as (connection, now):
        row = _found(connection, by, event_id)
        if aksi != "kegiatan_status":
            _unlocked(row)
        if version is not None and row["versi"] != version:
            raise _stale(connection, by, "kegiatan", row, row["versi"] - version)
        yield _Case(connection, now, row)


def _unlocked(row: Row) -> None:
    if row["status"] == "dikunci":
        raise NotPermitted("kegiatan_terkunci")


def _stale(connection: Connection, by: Actor, objek: str, row: Row, behind: int) -> StaleEdit:
    found = queries.newest_changes(connection, by.scope, (objek,), row["id"], max(1, behind))
    if not found:
        return StaleEdit()
    names = sorted({name for entry in found for name in [*(entry["sesudah"] or {}), *(entry["sebelum"] or {})]})
    zone = row.get("zona") or "WIB"
    when = found[0]["pada"].astimezone(ZoneInfo(bimtek.ZONES[zone]))
    listed_names = ", ".join(name.replace("_", " ") for name in names) or found[0]["aksi"].replace("_", " ")
    return StaleEdit(
        "kegiatan_sudah_diubah", siapa=found[0]["pelaku"], kapan=f"{when:%d/%m/%Y %H.%M} {zone}", bidang=listed_names
    )


def _audit(
    case: _Case, by: Actor, aksi: str, before: Any, after: Any, reason: str | None = None, form: int | None = None
) -> None:
    objek, number = ("kegiatan", case.id) if form is None else ("formulir", form)
    row = trail.audit_row(
        by, case.now, aksi, objek, number, wilayah=case.row["wilayah"], before=before, after=after, reason=reason
    )
    trail.record(case.connection, row)
    if not case.row["contoh"]:
        accounts.close_sample_sign_in_in(case.connection)


def _store(case: _Case, values: Mapping[str, Any]) -> None:
    """Stores changes of the event row; the case keeps the values before, for the audit, at the new version."""
    if not commands.change(case.connection, case.id, case.row["versi"], dict(values) | {"diubah_pada": case.now}):
        raise StaleEdit()
    case.row["versi"] += 1


def _new_link(connection: Connection) -> str:
    while queries.link_taken(connection, link := bimtek.new_link()):
        pass  # 729 million addresses: one turn, practically always
    return link


# --- the event itself ------------------------------------------------------------------------------------------------


def create(by: Actor, fields: Mapping[str, Any], token: str) -> int:
    """Adds an event and returns its id; InvalidInput names each refused fact."""
    require(by, Permission.MANAGE_EVENTS)
    with _saving(token, "kegiatan_tambah") as (connection, now):
        return _create(connection, now, by, fields).id


def _create(connection: Connection, now: datetime, by: Actor, fields: Mapping[str, Any], **more: Any) -> _Case:
    values = event_entries.facts(connection, by, fields, None)
    # What somebody tries out with a sample account is a sample itself, and takes nothing away from the next newcomer.
    kept = {name: value for name, value in values.items() if value is not None} | more | {"contoh": by.contoh}
    stored = kept | {"tautan": _new_link(connection), "dibuat_pada": now, "diubah_pada": now}
    event_id = commands.add(connection, stored)
    case = _Case(connection, now, _found(connection, by, event_id))
    _audit(case, by, "tambah", None, kept)
    return case


def start(
    by: Actor,
    fields: Mapping[str, Any],
    versions: Sequence[int],
    token: str,
    *,
    session: str,
    titles: Mapping[str, str] | None = None,
) -> int:
    """Sets up a whole event in one transaction and returns its id.

    One session per day (`session` is its topic, "{hari}" stands for the number of the day) and one form per phase of each
    published instrument version in `versions`; `titles` gives the form's title by phase, "{judul}" is the instrument's.
    The forms of the months after are made when the event is over (services.followup).
    """
    require(by, Permission.MANAGE_EVENTS)
    with _saving(token, "kegiatan_mulai_cepat") as (connection, now):
        case = _create(connection, now, by, fields)
        first, last = case.row["mulai"], case.row["selesai"]
        for number in range((last - first).days + 1):
            day = {"tanggal": first + timedelta(days=number), "materi": session.replace("{hari}", str(number + 1))}
            commands.add_session(connection, case.id, day | {"urutan": number, "jp": 0.0}, [])
        for version_id in dict.fromkeys(versions):
            version = _version(connection, by, version_id)
            if version["jenis"] == "pascapelatihan":
                raise InvalidInput([Problem("fase", version["judul"], "formulir_pasca_kemudian")])
            _add_forms(case, by, version, PHASES_OF[version["jenis"]][0], titles or {}, None, [None])
    return case.id


def edit(by: Actor, event_id: int, version: int, fields: Mapping[str, Any], token: str) -> None:
    """Changes facts of an event as seen at `version`; nothing happens when nothing differs.

    Sessions must stay within the dates, and the rule of which answer counts may not change once there are answers.
    """
    with _changing(by, event_id, version, token, "kegiatan_ubah") as case:
        found = event_entries.facts(case.connection, by, fields, case.row)
        changed = {name: value for name, value in found.items() if case.row[name] != value}
        if not changed:
            return
        problems: list[Problem] = []
        after = case.row | changed
        if {"mulai", "selesai"} & changed.keys():
            for session in queries.sessions(case.connection, by.scope, event_id):
                if not after["mulai"] <= session["tanggal"] <= after["selesai"]:
                    facts = {"tanggal": f"{session['tanggal']:%d/%m/%Y}", "materi": session["materi"]}
                    problems.append(Problem("mulai", session["tanggal"].isoformat(), "kegiatan_sesi_tertinggal", facts))
        rules = [name for name in ("aturan_pre", "aturan_post") if name in changed]
        if rules and queries.answers(case.connection, by.scope, event_id):
            problems += [Problem(name, str(changed[name]), "kegiatan_aturan_sudah_dipakai") for name in rules]
        if problems:
            raise InvalidInput(problems)
        _store(case, changed)
        _audit(case, by, "ubah", {name: case.row[name] for name in changed}, changed)


def move(by: Actor, event_id: int, version: int, to: str, reason: str | None, token: str) -> None:
    """Takes an event to its next state, or one back with a reason.

    When it is over, open forms close but those meant for afterwards; when it is locked, every form closes. Back to
    disiapkan only while nobody has answered.
    """
    with _changing(by, event_id, version, token, "kegiatan_status") as case:
        now_in = case.row["status"]
        if to not in bimtek.next_states(now_in):
            raise InvalidInput([Problem("status", to, "kegiatan_langkah_keliru", {"status": now_in})])
        back = to != bimtek.next_states(now_in)[0] or now_in == "dikunci"
        why = entries.given_reason(reason) if back or reason else None
        if to == "disiapkan" and queries.answers(case.connection, by.scope, event_id):
            raise InvalidInput([Problem("status", to, "kegiatan_sudah_dijawab")])
        _store(case, {"status": to})
        if to in ("selesai", "dikunci") and not back:
            for form in queries.forms(case.connection, by.scope, event_id):
                if to == "dikunci" or form["fase"] not in AFTER_THE_EVENT:
                    _shut(case, by, form)
        _audit(case, by, "ubah_status", {"status": now_in}, {"status": to}, why)


def _shut(case: _Case, by: Actor, form: Row) -> None:
    """Closes a form that is open, or that would still open by its clock."""
    state = bimtek.form_state(form, case.now)
    if state == "dibuka":
        values: Row = {"status": "ditutup", "tutup_pada": case.now}
    elif state == "disiapkan" and form["buka_pada"] is not None:
        values = {"buka_pada": None, "tutup_pada": None}
    else:
        return
    if not commands.change_form(case.connection, form["id"], form["versi"], values):
        raise StaleEdit()
    _audit(case, by, "tutup_formulir", {"status": state}, values, form=form["id"])


def remove(by: Actor, event_id: int, version: int, reason: str | None, token: str) -> None:
    """Deletes an event that is still being prepared and that nobody has answered; its roster goes with it."""
    with _changing(by, event_id, version, token, "kegiatan_hapus") as case:
        why = entries.given_reason(reason)
        if case.row["status"] != "disiapkan" or queries.answers(case.connection, by.scope, event_id):
            raise NotPermitted("kegiatan_tidak_bisa_dihapus")
        if any(session["hadir"] for session in queries.sessions(case.connection, by.scope, event_id)):
            raise NotPermitted("kegiatan_tidak_bisa_dihapus")
        if certificates.of_event(case.connection, by.scope, event_id):
            raise NotPermitted("kegiatan_bersertifikat")
        before = {name: case.row[name] for name in ("judul", "nomor", "mulai", "selesai", "penyelenggara", "status")}
        before["peserta"] = len(queries.participants_with_codes(case.connection, by.scope, event_id))
        commands.remove(case.connection, event_id)
        _audit(case, by, "hapus", before, None, why)


def copy(by: Actor, event_id: int, begins: date, token: str, *, title: str | None = None) -> int:
    """Makes next year's event of this one and returns its id: shifted sessions, aims, speakers and forms; no people.

    Both become one series. A form uses the newest published version of its instrument; schedules are left out.
    """
    require(by, Permission.MANAGE_EVENTS)
    with _saving(token, "kegiatan_salin") as (connection, now):
        old = _found(connection, by, event_id)
        shift = begins - old["mulai"] if isinstance(begins, date) else timedelta()
        fields = {name: old[name] for name in _COPIED if old[name] is not None}
        fields |= {"judul": title or old["judul"], "mulai": begins, "selesai": old["selesai"] + shift}
        fields["seri"] = old["seri"] or re.sub(r"\s*\b(19|20)\d\d\b", "", old["judul"])[:200].strip() or old["judul"]
        if old["seri"] is None and old["status"] != "dikunci":
            source = _Case(connection, now, old)
            _store(source, {"seri": fields["seri"]})
            _audit(source, by, "ubah", {"seri": None}, {"seri": fields["seri"]})
        case = _create(connection, now, by, fields, disalin_dari=event_id)
        commands.set_aims(connection, case.id, queries.aims(connection, by.scope, event_id))
        people = {
            row["id"]: commands.add_speaker(connection, case.id, {n: row[n] for n in ("nama", "instansi", "jabatan")})
            for row in queries.speakers(connection, by.scope, event_id)
        }
        for row in queries.sessions(connection, by.scope, event_id):
            values = {name: row[name] for name in _SESSION} | {"tanggal": row["tanggal"] + shift}
            commands.add_session(connection, case.id, values, [people[number] for number in row["narasumber"]])
        for form in queries.forms(connection, by.scope, event_id):
            if form["fase"] in MONTHS_LATER:
                continue
            newest = instrument_queries.newest_published(connection, form["instrumen_id"])
            values = {name: form[name] for name in ("fase", "judul", "anonim", "urutan")}
            values |= {"kegiatan_id": case.id, "tautan": _new_link(connection)}
            values["instrumen_versi_id"] = newest or form["instrumen_versi_id"]
            values["narasumber_id"] = people.get(form["narasumber_id"])
            commands.add_form(connection, values)
        _audit(case, by, "salin", {"id": event_id}, {"id": case.id, "mulai": begins})
    return case.id


# --- aims, speakers, sessions: whole lists ---------------------------------------------------------------------------


def set_aims(by: Actor, event_id: int, version: int, rows: Sequence[Mapping[str, Any]], token: str) -> None:
    """Replaces the aims of an event (kode, nama) in the order given."""
    with _changing(by, event_id, version, token, "kegiatan_tujuan") as case:
        new = event_entries.aims(rows)
        old = queries.aims(case.connection, by.scope, event_id)
        if new != old:
            commands.set_aims(case.connection, event_id, new)
            _store(case, {})
            _audit(case, by, "ubah", {"tujuan": old}, {"tujuan": new})


def set_speakers(by: Actor, event_id: int, version: int, rows: Sequence[Mapping[str, Any]], token: str) -> None:
    """Makes the list of speakers what `rows` say (id or None, nama, instansi, jabatan).

    A speaker whom a form is about cannot be left out.
    """
    with _changing(by, event_id, version, token, "kegiatan_narasumber") as case:
        old = {row["id"]: row for row in queries.speakers(case.connection, by.scope, event_id)}
        new = event_entries.speakers(rows, list(old))
        gone = set(old) - {row["id"] for row in new}
        rated = {form["narasumber_id"] for form in queries.forms(case.connection, by.scope, event_id)}
        if kept := gone & rated:
            raise InvalidInput([Problem("narasumber", old[n]["nama"], "kegiatan_narasumber_dinilai") for n in kept])
        if [old.get(row["id"]) for row in new] == new and not gone:
            return
        for number in gone:
            commands.remove_speaker(case.connection, event_id, number)
        # Two may have changed names with each other: names are unique, so the old ones make room first.
        for row in new:
            if row["id"] is not None and old[row["id"]]["nama"] != row["nama"]:
                commands.change_speaker(case.connection, event_id, row["id"], {"nama": f"~{row['id']}~{token}"})
        for row in new:
            values = {name: row[name] for name in ("nama", "instansi", "jabatan")}
            if row["id"] is None:
                commands.add_speaker(case.connection, event_id, values)
            elif old[row["id"]] != row:
                commands.change_speaker(case.connection, event_id, row["id"], values)
        _store(case, {})
        after = queries.speakers(case.connection, by.scope, event_id)
        _audit(case, by, "ubah", {"narasumber": list(old.values())}, {"narasumber": after})


def set_sessions(by: Actor, event_id: int, version: int, rows: Sequence[Mapping[str, Any]], token: str) -> None:
    """Makes the timetable what `rows` say.

    Each row: id or None, tanggal, mulai, selesai ("08.00"), materi, jp (None: by the clock times), dihitung, narasumber
    (ids). A session that somebody attended stays and keeps its day.
    """
    with _changing(by, event_id, version, token, "kegiatan_sesi") as case:
        old = {row["id"]: row for row in queries.sessions(case.connection, by.scope, event_id)}
        people = [row["id"] for row in queries.speakers(case.connection, by.scope, event_id)]
        new = event_entries.sessions(rows, case.row, list(old), people)
        by_id = {row["id"]: row for row in new if row["id"] is not None}
        problems = []
        for number, row in old.items():
            moved = number not in by_id or by_id[number]["tanggal"] != row["tanggal"]
            if row["hadir"] and moved:
                facts = {"materi": row["materi"], "hadir": str(row["hadir"])}
                problems.append(Problem("sesi", row["materi"], "kegiatan_sesi_dihadiri", facts))
        if problems:
            raise InvalidInput(problems)
        shown = ("id", *_SESSION, "narasumber")
        before = [{name: row[name] for name in shown} for row in old.values()]
        if sorted(before, key=lambda row: row["id"]) == sorted(
            ({name: row[name] for name in shown} for row in new), key=lambda row: row["id"] or 0
        ):
            return
        for number in set(old) - set(by_id):
            commands.remove_session(case.connection, event_id, number)
        for row in new:
            values = {name: row[name] for name in _SESSION}
            if row["id"] is None:
                commands.add_session(case.connection, event_id, values, row["narasumber"])
            else:
                commands.change_session(case.connection, event_id, row["id"], values, row["narasumber"])
        _store(case, {})
        after = [{n: row[n] for n in shown} for row in queries.sessions(case.connection, by.scope, event_id)]
        _audit(case, by, "ubah", {"sesi": before}, {"sesi": after})


# --- forms -----------------------------------------------------------------------------------------------------------


def _version(connection: Connection, by: Actor, version_id: int) -> Row:
    """A published version of an instrument that the actor may use."""
    row = instrument_queries.version(connection, by.scope, version_id)
    if row is None or row["diarsipkan_pada"] is not None:
        raise NotFound("instrumen_tidak_ada")
    if row["terbit_pada"] is None:
        raise NotPermitted("instrumen_belum_terbit")
    return row


def add_forms(
    by: Actor,
    event_id: int,
    version_id: int,
    phase: str,
    token: str,
    *,
    titles: Mapping[str, str] | None = None,
    anonim: bool | None = None,
    narasumber: Sequence[int] = (),
) -> list[int]:
    """Uses a published instrument in an event and returns the ids of the new forms.

    One form; of a pair (pre and post) both, of one definition; with `narasumber` one for each of those speakers. `titles`
    by phase, "{judul}" stands for the instrument's title and "{nama}" for the speaker's name. anonim None is as the
    instrument says.
    """
    with _changing(by, event_id, None, token, "formulir_tambah") as case:
        version = _version(case.connection, by, version_id)
        return _add_forms(case, by, version, phase, titles or {}, anonim, list(narasumber) or [None])


def _add_forms(
    case: _Case,
    by: Actor,
    version: Row,
    phase: str,
    titles: Mapping[str, str],
    anonim: bool | None,
    about: Sequence[int | None],
) -> list[int]:
    form = parsing.from_mapping(version["definisi"])
    present = queries.forms(case.connection, by.scope, case.id)
    speakers = {row["id"]: row["nama"] for row in queries.speakers(case.connection, by.scope, case.id)}
    problems: list[Problem] = []
    if phase not in PHASES_OF[form.jenis]:
        problems.append(Problem("fase", phase, "formulir_fase_tidak_cocok", {"jenis": form.jenis}))
    pair = next((both for both in bimtek.PAIRS.items() if phase in both), None)
    phases = pair or (phase,)
    for taken in {row["fase"] for row in present} & set(phases) if pair else ():
        problems.append(Problem("fase", taken, "formulir_fase_sudah_ada"))
    nameless = form.anonim if anonim is None else anonim
    if nameless and phase not in ANONYMOUS:
        if anonim:
            problems.append(Problem("anonim", phase, "formulir_tidak_boleh_anonim"))
        nameless = False
    for number in about:
        if number is not None and (phase != "narasumber" or number not in speakers):
            problems.append(Problem("narasumber", str(number), "kegiatan_baris_tidak_dikenal"))
    for number in {row["narasumber_id"] for row in present if row["fase"] == "narasumber"} & set(about) - {None}:
        problems.append(Problem("narasumber", speakers[number], "formulir_narasumber_sudah_ada"))
    if problems:
        raise InvalidInput(problems)
    made: list[int] = []
    place = commands.next_place(case.connection, case.id)
    for number in about:
        for one in phases:
            name = speakers.get(number, "") if number is not None else ""
            wanted = titles.get(one, "{judul}").replace("{judul}", form.judul).replace("{nama}", name)
            title = _form_title(wanted.strip(" :"))
            values = {
                "kegiatan_id": case.id,
                "instrumen_versi_id": version["id"],
                "fase": one,
                "narasumber_id": number,
                "judul": title,
                "tautan": _new_link(case.connection),
                "anonim": nameless,
                "urutan": place + len(made),
            }
            made.append(commands.add_form(case.connection, values))
            told = {"fase": one, "judul": title, "instrumen_versi_id": version["id"], "anonim": nameless}
            _audit(case, by, "tambah", None, told | {"narasumber_id": number}, form=made[-1])
    _take_over_aims(case, by, [{"kode": aim.kode, "nama": aim.nama} for aim in form.tujuan])
    return made


def _take_over_aims(case: _Case, by: Actor, aims: list[Row]) -> None:
    """Adds the aims that the items of a form are tagged with and that the event does not name yet."""
    old = queries.aims(case.connection, by.scope, case.id)
    missing = [aim for aim in aims if aim["kode"] not in {row["kode"] for row in old}]
    if missing:
        commands.set_aims(case.connection, case.id, old + missing)
        _store(case, {})
        _audit(case, by, "ubah", {"tujuan": old}, {"tujuan": old + missing})


def _form_title(text: str) -> str:
    read = repair.read_text(text, _TITLE)
    if read.refused or not read.text:
        code = read.refused.code if read.refused else "wajib_diisi"
        raise InvalidInput([Problem("judul", text[:80], code, read.refused.facts if read.refused else {})])
    return read.text


@contextmanager
def _form(by: Actor, form_id: int, version: int, token: str, aksi: str) -> Iterator[tuple[_Case, Row]]:
    require(by, Permission.MANAGE_EVENTS)
    with _saving(token, aksi) as (connection, now):
        form = queries.form(connection, by.scope, form_id)
        if form is None:
            raise NotFound("formulir_tidak_ada")
        row = _found(connection, by, form["kegiatan_id"])
        _unlocked(row)
        if form["versi"] != version:
            raise _stale(connection, by, "formulir", form | {"zona": row["zona"]}, form["versi"] - version)
        yield _Case(connection, now, row), form


def _change_form(case: _Case, by: Actor, form: Row, aksi: str, values: Row) -> None:
    if not commands.change_form(case.connection, form["id"], form["versi"], values):
        raise StaleEdit()
    _audit(case, by, aksi, {name: form[name] for name in values}, values, form=form["id"])


def open_form(by: Actor, form_id: int, version: int, token: str) -> None:
    """Opens a form now, until it is closed; the first one opened also takes its event from disiapkan to berjalan."""
    with _form(by, form_id, version, token, "formulir_buka") as (case, form):
        if bimtek.form_state(form, case.now) == "dibuka":
            return
        values = {"status": "dibuka", "buka_pada": case.now, "tutup_pada": None}
        _change_form(case, by, form, "buka_formulir", values)
        if case.row["status"] == "disiapkan":
            _store(case, {"status": "berjalan"})
            _audit(case, by, "ubah_status", {"status": "disiapkan"}, {"status": "berjalan"})


def close_form(by: Actor, form_id: int, version: int, token: str) -> None:
    """Closes a form now; answers begun before that arrive late and wait for the trainer's decision."""
    with _form(by, form_id, version, token, "formulir_tutup") as (case, form):
        if bimtek.form_state(form, case.now) != "ditutup":
            _change_form(case, by, form, "tutup_formulir", {"status": "ditutup", "tutup_pada": case.now})


def schedule_form(
    by: Actor, form_id: int, version: int, opens: datetime | None, closes: datetime | None, token: str
) -> None:
    """Lets a form open and close by itself at aware moments; None leaves that to the trainer.

    A form that is open stays open, and only its closing is set; a closed one opens again at `opens`.
    """
    with _form(by, form_id, version, token, "formulir_jadwal") as (case, form):
        state = bimtek.form_state(form, case.now)
        problems = [
            Problem(name, moment.isoformat(), "formulir_waktu_lewat")
            for name, moment in (("buka_pada", opens), ("tutup_pada", closes))
            if moment is not None and moment <= case.now and not (name == "buka_pada" and state == "dibuka")
        ]
        if opens and closes and closes <= opens:
            problems.append(Problem("tutup_pada", closes.isoformat(), "formulir_tutup_sebelum_buka"))
        if state == "ditutup" and opens is None:
            problems.append(Problem("buka_pada", "", "wajib_diisi"))
        if problems:
            raise InvalidInput(problems)
        values: Row = {"status": "disiapkan", "buka_pada": opens, "tutup_pada": closes}
        if state == "dibuka":
            values = {"status": "dibuka", "buka_pada": form["buka_pada"], "tutup_pada": closes}
        _change_form(case, by, form, "jadwalkan_formulir", values)


def edit_form(by: Actor, form_id: int, version: int, title: str, anonim: bool, token: str) -> None:
    """Changes the title of a form, and whether it is anonymous as long as nobody has answered."""
    with _form(by, form_id, version, token, "formulir_ubah") as (case, form):
        values = {"judul": _form_title(title), "anonim": bool(anonim)}
        changed = {name: value for name, value in values.items() if form[name] != value}
        if "anonim" in changed and anonim and form["fase"] not in ANONYMOUS:
            raise InvalidInput([Problem("anonim", form["fase"], "formulir_tidak_boleh_anonim")])
        if "anonim" in changed and queries.answered(case.connection, by.scope, form_id):
            raise NotPermitted("formulir_sudah_dijawab")
        if changed:
            _change_form(case, by, form, "ubah", changed)


def remove_form(by: Actor, form_id: int, version: int, token: str) -> None:
    """Takes a form out of its event as long as nobody has answered it; of a pair both go."""
    with _form(by, form_id, version, token, "formulir_hapus") as (case, form):
        pair: tuple[str, ...] = next((both for both in bimtek.PAIRS.items() if form["fase"] in both), ())
        going = [form]
        if pair:
            going = [f for f in queries.forms(case.connection, by.scope, case.id) if f["fase"] in pair]
        for one in going:
            if queries.answered(case.connection, by.scope, one["id"]):
                raise NotPermitted("formulir_sudah_dijawab")
        for one in going:
            commands.remove_form(case.connection, one["id"])
            told = {name: one[name] for name in ("fase", "judul", "instrumen_versi_id", "anonim")}
            _audit(case, by, "hapus", told, None, form=one["id"])
