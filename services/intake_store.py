"""Carries out a group of requests at the participant's door in one transaction: who it is, what counts, what is kept.

The submission row is itself the trail of the ordinary case: it says who, what, when and how, and is never edited. An
audit row is added only where somebody may ask later: a late submission, a key used for two contents, a second
submission of a person, and whatever staff enter for somebody. One for each would double the writes of the door.
"""

import hashlib
import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from data_access import secrets
from data_access.commands import submissions as commands
from data_access.commands import trail
from data_access.engine import Connection, engine, writing
from data_access.queries import submissions as queries
from domain import bimtek, scoring
from domain.errors import (
    AlreadyDone,
    InvalidInput,
    NotFound,
    NotPermitted,
    PilarError,
    Problem,
    SignInRefused,
    SignInRequired,
    StoreUnavailable,
    TooManyAttempts,
)
from domain.forms import answers as reading_answers
from domain.permissions import ROLES, Actor, Scope
from services import clock, intake_forms, intake_marks
from services.intake_forms import Place

# Wrong codes (RELIABILITY R24), counted in the database. Codes whose check characters are wrong are told apart without
# looking anything up; those that fit are looked up, so that a right code passes behind the address of a guesser.
ADDRESS_LIMIT, ALL_LIMIT, MINUTE = 20, 300, timedelta(minutes=1)
MOST_REFUSED = 20_000
KEEP_FAILURES = timedelta(hours=1)
MOST_PER_PERSON, MOST_ASIDE = 100, 5  # submissions of one person to one form; contents kept aside under one key
STAFF_WAYS = ("petugas", "kertas", "impor")
_BLANK = ("butir_wajib", "butir_matriks_belum_lengkap")
_DOOR = Actor(None, "peserta", "-", ROLES["pelatih"], Scope(None))  # whose role is never asked: it only names the trail


@dataclass(frozen=True)
class Person:
    """A participant of an event, active at this moment; `ids` has those that were merged into this one, too."""

    id: int
    event_id: int
    name: str
    kind: str
    ids: frozenset[int]
    mark: str = ""  # of the code they have now: what was signed for an earlier code is nobody's


@dataclass(frozen=True)
class Receipt:
    """What a phone may forget its draft for: given only after the commit, and always the same for the same key."""

    kunci: str
    hash: str
    diterima_pada: datetime
    kode_terima: str
    pukul: str
    terlambat: bool = False
    revisi: bool = False  # the person had sent this form before; the event's rule says which one counts

    def body(self) -> dict[str, Any]:
        """The answer as JSON values."""
        said: dict[str, Any] = {
            "status": "diterima, terlambat" if self.terlambat else "diterima",
            "kunci": self.kunci,
            "hash": self.hash,
            "diterima_pada": self.diterima_pada.isoformat(timespec="milliseconds"),
            "kode_terima": self.kode_terima,
            "pukul": self.pukul,
        }
        return said | ({"revisi": True} if self.revisi else {})


@dataclass(frozen=True)
class Job:
    """One request: who says so (a code, a mark of an opened form, a session, or an officer), and perhaps answers."""

    link: str
    address: str
    code: str | None = field(default=None, repr=False)
    started: str | None = field(default=None, repr=False)
    session: intake_marks.Session | None = None
    by: Actor | None = None
    participant_id: int | None = None  # chosen by an officer
    kunci: str | None = None  # None: only who it is was asked
    values: Mapping[str, Any] = field(default_factory=dict, repr=False)
    shape: str = "nilai"  # nilai: by item id; medan: form-encoded fields; json: a JSON body
    cara: str = "ponsel"
    consent: str | None = None


@dataclass
class _Ready:
    place: Place
    job: Job
    person: Person
    answers: dict[str, Any]
    problems: list[Problem]
    complete: bool
    late: bool
    begun: datetime | None
    hash: str

    @property
    def owner(self) -> tuple[int, int]:
        return int(self.place.row["id"]), self.person.id


def content_hash(answers: Mapping[str, Any]) -> str:
    """SHA-256, in hex, of the canonical answers as JSON: keys sorted, no spaces, UTF-8 characters as they are."""
    text = json.dumps(answers, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def clock_text(at: datetime, zone: str) -> str:
    """The time of day in an event's zone, as people write it: "09.31 WIB"."""
    return f"{at.astimezone(ZoneInfo(bimtek.ZONES[zone])):%H.%M} {zone}"


def moment() -> datetime:
    """Now, in whole milliseconds: what is stored is exactly what was answered."""
    now = clock.now()
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def carry_out(jobs: Sequence[Job]) -> list[Any]:
    """An outcome for each job, after the commit: a Receipt, a Person, or the error to raise.

    A constraint that refuses the group (another process stored the same at the same instant) makes each job try alone.
    """
    try:
        return _together(jobs)
    except AlreadyDone:
        if len(jobs) == 1:
            return _alone(jobs[0])
    return [outcome for job in jobs for outcome in _alone(job)]


def _alone(job: Job) -> list[Any]:
    try:
        return _together([job])
    except AlreadyDone:
        return [StoreUnavailable()]  # twice in a row: the phone asks again in a moment
    except PilarError as error:
        return [error]


def _together(jobs: Sequence[Job]) -> list[Any]:
    with commands.clashes(), writing() as connection:
        now = moment()
        places = intake_forms.find(connection, {job.link for job in jobs})
        register = _Admission(connection, jobs, now)
        outcomes: list[Any] = []
        for job in jobs:
            try:
                outcomes.append(_prepare(job, places[job.link], register, now))
            except PilarError as error:
                outcomes.append(error)
        ready = [outcome for outcome in outcomes if isinstance(outcome, _Ready)]
        stored = iter(_store(connection, ready, now) if ready else ())
        outcomes = [next(stored) if isinstance(outcome, _Ready) else outcome for outcome in outcomes]
        commands.note_failures(connection, register.failed, now - KEEP_FAILURES)
    return outcomes


# --- who it is -------------------------------------------------------------------------------------------------------


def active(
    look: Callable[[int], Mapping[str, Any] | None], participant_id: int, event_id: int, mark: str | None = None
) -> Person | None:
    """The active participant of the event with this id, or whom that row was merged into; None when there is none.

    With `mark`, only as long as the row still has the code that the mark was made from.
    """
    followed: set[int] = set()
    wanted: int | None = participant_id
    while wanted is not None and wanted not in followed:
        followed.add(wanted)
        row = look(wanted)
        if row is None or row["kegiatan_id"] != event_id:
            return None
        if mark is not None and len(followed) == 1 and mark != _mark(row):
            return None
        if row["aktif"]:
            return Person(row["id"], event_id, row["nama"], row["jenis"], frozenset(followed), _mark(row))
        wanted = row["digabung_ke"]
    return None


def _mark(row: Mapping[str, Any]) -> str:
    return str(row["kode_sidik"])[:12]


@dataclass
class _Refused:
    """Marks of codes that could be ours and are nobody's, remembered so that replaying one is no further guess."""

    store: object = None
    marks: dict[str, None] = field(default_factory=dict)

    def seen(self, mark: str) -> bool:
        """True when this store refused the mark before; from now on it has."""
        if self.store is not engine():
            self.store, self.marks = engine(), {}
        before = mark in self.marks
        if not before and len(self.marks) >= MOST_REFUSED:
            self.marks.pop(next(iter(self.marks)))
        self.marks[mark] = None
        return before


_refused = _Refused()


class _Admission:
    """The people behind the codes and ids of a group, and the count of wrong codes of the last minute."""

    def __init__(self, connection: Connection, jobs: Sequence[Job], now: datetime) -> None:
        self.connection, self.now = connection, now
        self.failed: list[dict[str, Any]] = []
        key = secrets.derived("kode-peserta")
        codes = {job.code: bimtek.clean_code(job.code[:64]) for job in jobs if job.code is not None}
        self.marks = {
            typed: secrets.fingerprint(code) for typed, code in codes.items() if bimtek.well_formed(code, key)
        }
        ids = {n for job in jobs for n in (job.participant_id, job.session and job.session.participant_id) if n}
        rows = queries.people(connection, self.marks.values(), ids)
        self.rows = {row["id"]: row for row in rows}
        self.by_mark = {row["kode_sidik"]: row["id"] for row in rows}
        # Nobody's failures matter unless somebody brings a code.
        self.counts = queries.failures(connection, now - MINUTE) if codes else {}

    def person(self, participant_id: int, event_id: int, mark: str | None = None) -> Person | None:
        """As active(), with the rows of this group at hand."""

        def look(wanted: int) -> Mapping[str, Any] | None:
            if wanted not in self.rows:
                self.rows |= {row["id"]: row for row in queries.people(self.connection, (), (wanted,))}
            return self.rows.get(wanted)

        return active(look, participant_id, event_id, mark)

    def by_code(self, job: Job, event_id: int) -> Person:
        """The person with this code; SignInRefused for a wrong one, TooManyAttempts beyond the limits."""
        assert job.code is not None
        mark = self.marks.get(job.code)
        found = self.by_mark.get(mark) if mark else None
        if mark is not None and found is None and _refused.seen(mark):
            # The same guess once more: no new look-up, so it must not use up the limit that right ones share.
            raise SignInRefused("kode_salah")
        if mark is not None and self._over(job.address, tried=True):
            raise TooManyAttempts(int(MINUTE.total_seconds()))
        person = self.person(found, event_id) if found else None
        if person is not None:
            return person
        # A code that is somebody's, of another event or struck off, is a mistake and no guess.
        guessed = mark is not None and found is None
        over = self._over(job.address, tried=False)
        # Beyond the limit only look-ups are still noted, and those end at their own limit: rows under attack are few.
        if not over or guessed:
            counted = (job.address, guessed)
            self.counts[counted] = self.counts.get(counted, 0) + 1
            self.failed.append({"alamat": job.address, "tautan": job.link, "dicoba": guessed, "pada": self.now})
        if over:
            raise TooManyAttempts(int(MINUTE.total_seconds()))
        raise SignInRefused("kode_salah")

    def _over(self, address: str, *, tried: bool) -> bool:
        """True beyond the limit of the address or of all: of look-ups, or of failures of either kind."""
        kinds = (True,) if tried else (True, False)
        own = sum(self.counts.get((address, kind), 0) for kind in kinds)
        return own >= ADDRESS_LIMIT or sum(n for (_, kind), n in self.counts.items() if kind in kinds) >= ALL_LIMIT


def _who(job: Job, place: Place, register: _Admission, now: datetime) -> tuple[Person, datetime | None]:
    """The person, and when the form was opened as its mark proves.

    A code comes first; then the mark of the opened form, which holds for whom the page was made even when another
    person has taken the phone since; then the session.
    """
    start = intake_marks.read_start(job.started, place.row["id"], now) if place.form else None
    if job.code is not None:
        person = register.by_code(job, place.event_id)
    else:
        found = None
        if job.by is not None and job.participant_id is not None:
            found = register.person(job.participant_id, place.event_id)
        elif start is not None:
            found = register.person(start.participant_id, place.event_id, start.mark)
        elif job.session is not None:
            found = register.person(job.session.participant_id, place.event_id, job.session.mark)
        if found is None:
            raise SignInRequired("kode_belum_ada")
        person = found
    return person, start.at if start and start.participant_id in person.ids else None


# --- what is sent ----------------------------------------------------------------------------------------------------


def _prepare(job: Job, place: Place | None, register: _Admission, now: datetime) -> "_Ready | Person":
    if place is None or (job.kunci is not None and place.form is None):
        raise NotFound("tautan_tidak_dikenal")
    if job.by is not None and not job.by.scope.covers(place.row["wilayah"]):
        raise NotFound("tautan_tidak_dikenal")
    person, begun = _who(job, place, register, now)
    if job.kunci is None or place.form is None:
        return person
    staff = job.by is not None and job.cara in STAFF_WAYS
    state = place.state(now)
    if state == "disiapkan" and not staff:
        raise NotPermitted("formulir_belum_dibuka")
    if staff and place.row["kegiatan_status"] == "dikunci":
        raise NotPermitted("kegiatan_terkunci")
    answers, problems = _checked(job, place)
    left_blank = [problem for problem in problems if problem.code in _BLANK]
    if staff:  # paper and old files have blanks, and nobody can be asked again
        problems = [problem for problem in problems if problem.code not in _BLANK]
    # An officer who enters for somebody is the one who would accept a late submission.
    late = state == "ditutup" and not staff
    closed = place.row["tutup_pada"]
    if late and begun is not None and closed is not None and begun > closed:
        begun = None
    return _Ready(place, job, person, answers, problems, not left_blank, late, begun, content_hash(answers))


def _checked(job: Job, place: Place) -> tuple[dict[str, Any], list[Problem]]:
    assert place.form is not None
    if job.shape == "medan":
        return reading_answers.check(place.form, job.values)
    if job.shape == "json":
        return reading_answers.from_json(place.form, job.values)
    return reading_answers.check_values(place.form, job.values)


def _store(connection: Connection, ready: Sequence[_Ready], now: datetime) -> list[Any]:
    """The outcome of each submission, in order."""
    keys = {one.job.kunci.lower() for one in ready if one.job.kunci}
    stored = queries.by_key(connection, keys)
    if any(not _same(one, stored.get(_key(one))) and not (one.problems and _key(one) not in stored) for one in ready):
        # Something is going to be written. Raising the revision also makes a second process wait here (PostgreSQL),
        # so what is read from now on stays true until the commit.
        trail.bump(connection, "jawaban")
        stored = queries.by_key(connection, keys)
    writer = _Writer(connection, ready, stored, now)
    outcomes: list[Any] = []
    for one in ready:
        try:
            outcomes.append(writer.take(one))
        except PilarError as error:
            outcomes.append(error)
    writer.write()
    return outcomes


def _key(one: _Ready) -> str:
    assert one.job.kunci is not None
    return one.job.kunci.lower()


def _same(one: _Ready, known: Mapping[str, Any] | None) -> bool:
    """True when exactly this is stored under its key."""
    if known is None or one.problems or known["formulir_id"] != one.place.row["id"]:
        return False
    owner = known["peserta_id"]
    return known["sidik_isi"] == one.hash and (owner is None if one.place.anonymous else owner in one.person.ids)


def _agreed(one: _Ready) -> str | None:
    """The version of the consent text that this very person agreed to when entering."""
    session = one.job.session
    return session.consent if session and session.participant_id in one.person.ids else None


def _receipt(one: _Ready, known: Mapping[str, Any]) -> Receipt:
    assert one.job.kunci is not None
    at = known["diterima_pada"]
    return Receipt(
        one.job.kunci,
        known["sidik_isi"],
        at,
        intake_marks.receipt_code(_key(one)),
        clock_text(at, one.place.row["zona"]),
        bool(known["terlambat"]),
        bool(known["revisi"]),
    )


class _Writer:
    """Decides one submission after the other, knowing those before it in the group, then writes all at once."""

    def __init__(
        self, connection: Connection, ready: Sequence[_Ready], stored: dict[str, dict[str, Any]], now: datetime
    ) -> None:
        self.connection, self.now, self.stored = connection, now, stored
        named = [one.owner for one in ready if not one.place.anonymous]
        unnamed = [one.owner for one in ready if one.place.anonymous]
        self.sent = queries.sent(connection, {f for f, _ in named}, {p for _, p in named}) if named else {}
        self.filled = queries.filled(connection, {f for f, _ in unnamed}, {p for _, p in unnamed}) if unnamed else set()
        self.aside: set[tuple[str, str]] | None = None
        self.rows: list[dict[str, Any]] = []
        self.counted: dict[tuple[int, int], dict[str, Any]] = {}  # the counted row of a person among self.rows
        self.demoted: list[int] = []
        self.conflicts: list[dict[str, Any]] = []
        self.fillings: list[dict[str, Any]] = []
        self.audited: list[tuple[_Ready, str, dict[str, Any]]] = []

    def take(self, one: _Ready) -> Receipt:
        """What the submission is answered with once write() has ended and the transaction is committed."""
        known = self.stored.get(_key(one))
        if known is not None:
            if _same(one, known):
                return _receipt(one, known)
            self._keep_aside(one)
            raise AlreadyDone("kunci_sudah_dipakai")
        if one.problems:
            raise InvalidInput(one.problems)
        row = self._row(one)
        if one.place.anonymous:
            if one.owner in self.filled:
                raise AlreadyDone("sudah_mengisi")
            self.filled.add(one.owner)
            self.fillings.append({"formulir_id": one.owner[0], "peserta_id": one.owner[1]})
            earlier = 0
        else:
            earlier = self._rank(one, row)
        self.rows.append(row)
        self.stored[_key(one)] = row | {"revisi": earlier > 0}
        for aksi, applies in (
            ("kirim_terlambat", one.late),
            ("kirim_ulang", earlier > 0),
            ("isi_untuk_peserta", one.job.by is not None),
        ):
            if applies:
                self.audited.append((one, aksi, row))
        return _receipt(one, self.stored[_key(one)])

    def _rank(self, one: _Ready, row: dict[str, Any]) -> int:
        """Says which submission of the person counts; gives how many there were before this one."""
        many, counted = self.sent.get(one.owner, (0, None))
        if many >= MOST_PER_PERSON:
            raise TooManyAttempts(3600)
        self.sent[one.owner] = (many + 1, counted)
        if row["keadaan"] != "terhitung":
            return many
        before = self.counted.get(one.owner)
        if (counted is not None or before is not None) and not one.place.last_counts():
            row["keadaan"] = "revisi"
            return many
        if before is not None:
            before["keadaan"] = "revisi"
        elif counted is not None:
            self.demoted.append(counted)
        self.counted[one.owner] = row
        return many

    def _row(self, one: _Ready) -> dict[str, Any]:
        score = scoring.score(one.place.scored, one.answers)
        assert one.place.form is not None
        return {
            "formulir_id": one.place.row["id"],
            "peserta_id": None if one.place.anonymous else one.person.id,
            "kunci": _key(one),
            "sidik_isi": one.hash,
            "jawaban": one.answers,
            "asal": one.person.kind if one.place.anonymous else None,
            "poin": score.points if score.maximum else None,
            "poin_maks": score.maximum or None,
            "kosong": len(reading_answers.blanks(one.place.form, one.answers)),
            "lengkap": one.complete,
            "keadaan": "menunggu" if one.late else "terhitung",
            "terlambat": one.late,
            "mulai_pada": one.begun,
            "diterima_pada": self.now,
            "cara": one.job.cara,
            "oleh": one.job.by.username if one.job.by else None,
            "persetujuan": one.job.consent or _agreed(one),
        }

    def _keep_aside(self, one: _Ready) -> None:
        if self.aside is None:
            self.aside = queries.conflicts(self.connection, self.stored)
        # What was refused item by item has no canonical form: it is kept as it came, under the hash of that.
        content = one.answers if not one.problems else _as_it_came(one.job)
        mark = (_key(one), one.hash if not one.problems else content_hash(content))
        if mark in self.aside or sum(key == mark[0] for key, _ in self.aside) >= MOST_ASIDE:
            return
        self.aside.add(mark)
        row = {
            "formulir_id": one.place.row["id"],
            "peserta_id": None if one.place.anonymous else one.person.id,
            "kunci": mark[0],
            "sidik_isi": mark[1],
            "jawaban": content,
            "diterima_pada": self.now,
        }
        self.conflicts.append(row)
        self.audited.append((one, "kirim_konflik", row))

    def write(self) -> None:
        """Everything that was decided, in bulk."""
        commands.demote(self.connection, self.demoted)
        commands.add(self.connection, self.rows)
        # In another order than the answers, which carry no name: the place in the table must not tell whose is whose.
        random.shuffle(self.fillings)
        commands.note_filled(self.connection, self.fillings)
        commands.set_aside(self.connection, self.conflicts)
        if self.audited:
            ids = queries.ids_by_key(self.connection, {row["kunci"] for _, _, row in self.audited})
            trail.record(self.connection, [self._entry(*found, ids) for found in self.audited])

    def _entry(self, one: _Ready, aksi: str, row: Mapping[str, Any], ids: Mapping[str, int]) -> dict[str, Any]:
        told = {name: row[name] for name in ("formulir_id", "keadaan", "terlambat", "cara") if name in row}
        if not one.place.anonymous:
            told["peserta_id"] = one.person.id
        return trail.audit_row(
            one.job.by or _DOOR, self.now, aksi, "kiriman", ids.get(row["kunci"]),
            wilayah=one.place.row["wilayah"], after=told,
        )  # fmt: skip


def _as_it_came(job: Job) -> dict[str, Any]:
    """The answers of a body as they were sent, without the code and the other fields around them."""
    if job.shape == "nilai":
        return dict(job.values)
    names = [name for name in job.values if name == "butir" or name.startswith(reading_answers.PREFIX)]
    return {name: job.values[name] for name in names}
