"""A running event as the trainer and the room see it: counters, who is missing, distributions; and what to do about it.

Whatever many viewers ask every two seconds is worked out once per revision of events and answers, and shared.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data_access.commands import live as commands
from data_access.commands import trail
from data_access.engine import Connection, reading, writing
from data_access.queries import attendance as attendance_queries
from data_access.queries import events as event_queries
from data_access.queries import live as queries
from domain import bimtek, roster
from domain.errors import InvalidInput, NotFound, Problem
from domain.forms import parsing
from domain.forms.definition import KEYED, MATRIX, MULTIPLE, SCALE, Form, Item, choices, items
from domain.permissions import Actor, Permission, Scope, require
from services import clock, entries
from services.attendance import LOCKED, local_day, roster_of
from services.memory import kept

Row = dict[str, Any]
SHOWN_FROM = 5  # answers from which the room, or an anonymous form, shows a distribution
_OF_PERSON = (
    *("id", "nama", "jenis", "instansi", "lks_id", "lks_nama", "lks_kabkota", "kabkota_kode", "kelamin", "di_tempat"),
    "aktif",
)
_RULE = {"pre": "aturan_pre", "post": "aturan_post"}  # in every other phase the last answer counts


@dataclass(frozen=True)
class Count:
    """One bar of a distribution: kode (option or step), teks, how many chose it, whether it is right (None: no key)."""

    kode: str
    teks: str
    jumlah: int
    benar: bool | None = None


@dataclass(frozen=True)
class ItemLive:
    """One item so far. n answered, kosong did not; benar of n are right (None without a key); bars in the form's order.

    salah_terbanyak: the wrong options chosen most, all of them at a tie, none while nobody is wrong. baris: for a
    matrix, the row. disembunyikan: too few answers to show.
    """

    kode: str
    label: str
    jenis: str
    n: int
    kosong: int
    batang: tuple[Count, ...] = ()
    benar: int | None = None
    salah_terbanyak: tuple[Count, ...] = ()
    baris: str | None = None
    disembunyikan: bool = False


@dataclass(frozen=True)
class FormLive:
    """One form so far: state now, answers counted, expected (people on the roster), waiting, set aside, conflicts.

    luar_daftar: counted answers of people struck from the roster since, part of diterima for a named form.
    belum: ids of those on the roster who have sent nothing that counts or waits.
    """

    id: int
    fase: str
    judul: str
    tautan: str
    anonim: bool
    keadaan: str
    versi: int
    buka_pada: datetime | None
    tutup_pada: datetime | None
    instrumen_versi_id: int
    diterima: int
    diharapkan: int
    menunggu: int
    ditolak: int
    dibatalkan: int
    revisi: int
    konflik: int
    luar_daftar: int
    belum: frozenset[int]


@dataclass(frozen=True)
class Group:
    """An institution, and who of it is missing; nama is empty for those who may not see names."""

    instansi: str
    jumlah: int
    nama: tuple[str, ...] = ()


@dataclass(frozen=True)
class Overview:
    """The event at this moment. hadir_hari_ini: people marked in any of today's sessions; hadir: people by session id."""

    event: Row
    terdaftar: int
    lembaga: int
    hadir_hari_ini: int
    hadir: dict[int, int]
    sesi: tuple[Row, ...]
    formulir: tuple[FormLive, ...]
    pada: datetime
    revisi: str

    def form(self, form_id: int | None) -> FormLive:
        """The form of that id; NotFound when the event has none."""
        for found in self.formulir:
            if found.id == form_id:
                return found
        raise NotFound()


@dataclass(frozen=True)
class ProjectorForm:
    """An open form as the room sees it: its address and how many answers have come, nothing about anybody."""

    judul: str
    fase: str
    tautan: str
    diterima: int
    diharapkan: int
    butir: tuple[ItemLive, ...]


@dataclass(frozen=True)
class Projector:
    """What the wall shows: anonymous aggregates only."""

    judul: str
    tautan: str
    zona: str
    hadir_hari_ini: int
    terdaftar: int
    formulir: tuple[ProjectorForm, ...]
    pada: datetime


# --- readings, kept by revision --------------------------------------------------------------------------------------


@kept(256)
def _definition(store: str, version_id: int) -> Form:
    """A published definition; it never changes, so it is parsed once per store."""
    with reading() as connection:
        found = queries.definition(connection, version_id)
    if found is None:
        raise NotFound()
    return parsing.from_mapping(found)


@dataclass(frozen=True)
class _Roster:
    """The people of an event, which answers do not change; how many institutions they come from."""

    people: tuple[Row, ...]
    ids: frozenset[int]
    institutions: int


# The names of LKS are those that the region may see, so the region is part of the key.
@kept(32)
def _roster(stamp: str, root: str | None, event_id: int) -> _Roster:
    with reading() as connection:
        people = tuple({name: row[name] for name in _OF_PERSON} for row in roster_of(connection, Scope(root), event_id))
    return _Roster(people, frozenset(row["id"] for row in people), roster.count(people).institutions)


@dataclass(frozen=True)
class _Facts:
    """Everything counted about an event at one revision, without the clock."""

    roster: _Roster
    sessions: tuple[Row, ...]
    marks: tuple[tuple[int, int], ...]  # (session, person)
    forms: tuple[Row, ...]
    counted: dict[int, dict[str, int]]
    answered: dict[int, set[int]]
    outside: dict[int, int]
    conflicts: Counter[int]


@kept(32)
def _facts(stamp: str, root: str | None, event_id: int) -> _Facts:
    # Read in one view; a revision that moved on meanwhile only makes the next question find newer facts.
    with reading() as connection:
        return _Facts(
            _roster(queries.without_answers(stamp), root, event_id),
            tuple(attendance_queries.sessions(connection, event_id)),
            tuple((row["sesi_id"], row["peserta_id"]) for row in attendance_queries.marks(connection, event_id)),
            tuple(queries.forms(connection, event_id)),
            queries.counted(connection, event_id),
            queries.answered(connection, event_id),
            queries.outside(connection, event_id),
            Counter(row["formulir_id"] for row in queries.conflicts(connection, event_id)),
        )


@kept(128)
def _items(stamp: str, form_id: int, version_id: int) -> tuple[ItemLive, ...]:
    with reading() as connection:
        answers = tuple(queries.answers(connection, form_id))
    form = _definition(_store(stamp), version_id)
    return tuple(found for item in items(form) for found in _of_item(item, answers))


def _store(stamp: str) -> str:
    return stamp.rsplit(" ", 3)[0]


def _admit(by: Actor, event_id: int, permission: Permission) -> tuple[Row, str]:
    """(event, stamp) for somebody who may look: revision first, data second; NotFound for another region's event."""
    require(by, permission)
    with reading() as connection:
        stamp = queries.stamp(connection)
        event = event_queries.event(connection, by.scope, event_id)
    if event is None:
        raise NotFound()
    return event, stamp


def overview(by: Actor, event_id: int) -> Overview:
    """How the event stands at this moment; every number is a recount of the rows of its revision."""
    event, stamp = _admit(by, event_id, Permission.VIEW_EVENTS)
    return _overview(event, stamp, _facts(stamp, by.scope.root, event_id))


def _overview(event: Row, stamp: str, facts: _Facts) -> Overview:
    """The facts held against the clock: which forms are open, which sessions are today's."""
    now = clock.now()
    on_roster = facts.roster.ids
    today = {row["id"] for row in facts.sessions if row["tanggal"] == local_day(event, now)}
    here = {person for session, person in facts.marks if session in today}
    per_session = Counter(session for session, person in facts.marks if person in on_roster)
    return Overview(
        event,
        len(on_roster),
        facts.roster.institutions,
        len(here & on_roster),
        {row["id"]: per_session[row["id"]] for row in facts.sessions},
        facts.sessions,
        tuple(_form_live(form, bimtek.form_state(form, now), facts, on_roster) for form in facts.forms),
        now,
        stamp,
    )


def _form_live(form: Row, state: str, facts: _Facts, on_roster: frozenset[int]) -> FormLive:
    counted = facts.counted.get(form["id"], {})
    return FormLive(
        id=form["id"],
        fase=form["fase"],
        judul=form["judul"],
        tautan=form["tautan"],
        anonim=form["anonim"],
        keadaan=state,
        versi=form["versi"],
        buka_pada=form["buka_pada"],
        tutup_pada=form["tutup_pada"],
        instrumen_versi_id=form["instrumen_versi_id"],
        diterima=counted.get("terhitung", 0),
        diharapkan=len(on_roster),
        menunggu=counted.get("menunggu", 0),
        ditolak=counted.get("ditolak", 0),
        dibatalkan=counted.get("dibatalkan", 0),
        revisi=counted.get("revisi", 0),
        konflik=facts.conflicts[form["id"]],
        luar_daftar=facts.outside.get(form["id"], 0),
        belum=on_roster - facts.answered.get(form["id"], set()),
    )


def missing(by: Actor, event_id: int, form_id: int) -> list[Group]:
    """Who on the roster has sent nothing to a form, by institution, the largest group first.

    Names only for those who may see results of persons or manage events; others get the numbers.
    """
    event, stamp = _admit(by, event_id, Permission.VIEW_EVENTS)
    facts = _facts(stamp, by.scope.root, event_id)
    form = _overview(event, stamp, facts).form(form_id)
    named = by.may(Permission.VIEW_PERSON_RESULTS) or by.may(Permission.MANAGE_EVENTS)
    groups: dict[str, list[str]] = {}
    for person in facts.roster.people:
        if person["id"] in form.belum:
            groups.setdefault(person["lks_nama"] or person["instansi"] or "", []).append(person["nama"])
    found = [Group(place, len(names), tuple(names) if named else ()) for place, names in groups.items()]
    return sorted(found, key=lambda group: (-group.jumlah, group.instansi.casefold()))


def item_counts(by: Actor, event_id: int, form_id: int) -> list[ItemLive]:
    """Each item's distribution so far with the wrong options chosen most; it shows the key, so for trainers only.

    An anonymous form shows nothing before SHOWN_FROM answers.
    """
    _, stamp = _admit(by, event_id, Permission.VIEW_PERSON_RESULTS)
    facts = _facts(stamp, by.scope.root, event_id)
    form = _row(facts, form_id)
    found = _items(stamp, form_id, form["instrumen_versi_id"])
    hidden = form["anonim"] and facts.counted.get(form_id, {}).get("terhitung", 0) < SHOWN_FROM
    return [_hidden(item) if hidden else item for item in found]


def definition(by: Actor, event_id: int, form_id: int) -> Form:
    """The definition of a form of the event, key included: for drawing it to staff, never to be sent whole."""
    _, stamp = _admit(by, event_id, Permission.ENTER_ANSWERS)
    return _definition(_store(stamp), _row(_facts(stamp, by.scope.root, event_id), form_id)["instrumen_versi_id"])


def _row(facts: _Facts, form_id: int) -> Row:
    for form in facts.forms:
        if form["id"] == form_id:
            return form
    raise NotFound()


def _hidden(item: ItemLive) -> ItemLive:
    return ItemLive(item.kode, item.label, item.jenis, item.n, item.kosong, baris=item.baris, disembunyikan=True)


def projector(by: Actor, event_id: int) -> Projector:
    """What may stand on the wall: counters, and distributions of scales without a key once five have answered.

    Never a name of a participant, a score, a right or wrong answer, or what was said about one speaker.
    """
    event, stamp = _admit(by, event_id, Permission.VIEW_EVENTS)
    seen = _overview(event, stamp, _facts(stamp, by.scope.root, event_id))
    shown = []
    for form in seen.formulir:
        if form.keadaan != "dibuka":
            continue
        drawn: tuple[ItemLive, ...] = ()
        if form.fase != "narasumber":
            drawn = tuple(
                item
                for item in _items(stamp, form.id, form.instrumen_versi_id)
                if item.jenis in (SCALE, MATRIX) and item.n >= SHOWN_FROM
            )
        shown.append(ProjectorForm(form.judul, form.fase, form.tautan, form.diterima, form.diharapkan, drawn))
    return Projector(
        event["judul"], event["tautan"], event["zona"], seen.hadir_hari_ini, seen.terdaftar, tuple(shown), seen.pada
    )


# --- one item --------------------------------------------------------------------------------------------------------


def _of_item(item: Item, answers: tuple[dict[str, Any], ...]) -> Iterator[ItemLive]:
    """The item's distribution; a matrix gives one per row."""
    if item.jenis == MATRIX:
        for row in item.baris:
            values = [a[item.kode][row.kode] for a in answers if row.kode in a.get(item.kode, {})]
            bars = _bars(item, Counter(str(value) for value in values))
            yield ItemLive(
                item.kode, item.label, item.jenis, len(values), len(answers) - len(values), bars, baris=row.teks
            )
        return
    values = [a[item.kode] for a in answers if item.kode in a]
    blank = len(answers) - len(values)
    if item.jenis == MULTIPLE:
        bars = _bars(item, Counter(kode for value in values for kode in value))
    else:
        bars = _bars(item, Counter(str(value) for value in values))
    right: int | None = None
    worst: tuple[Count, ...] = ()
    if item.jenis in KEYED and item.kunci:
        right = sum(_is_right(item, value) for value in values)
        wrong = [bar for bar in bars if bar.benar is False and bar.jumlah]
        most = max((bar.jumlah for bar in wrong), default=0)
        worst = tuple(bar for bar in wrong if bar.jumlah == most)
    yield ItemLive(item.kode, item.label, item.jenis, len(values), blank, bars, right, worst)


def _is_right(item: Item, value: Any) -> bool:
    return set(value) == set(item.kunci) if item.jenis == MULTIPLE else value in item.kunci


def _bars(item: Item, counted: Counter[str]) -> tuple[Count, ...]:
    keyed = item.jenis in KEYED and bool(item.kunci)
    return tuple(
        Count(option.kode, option.teks, counted[option.kode], option.kode in item.kunci if keyed else None)
        for option in choices(item)
    )


# --- what the trainer does about it ----------------------------------------------------------------------------------


@contextmanager
def _changing(by: Actor, event_id: int, aksi: str, token: str) -> Iterator[tuple[Connection, Row, datetime]]:
    require(by, Permission.MANAGE_EVENTS)
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "jawaban")
        trail.claim(connection, token, aksi, now)
        event = event_queries.event(connection, by.scope, event_id)
        if event is None:
            raise NotFound()
        yield connection, event, now


def late(by: Actor, event_id: int) -> list[Row]:
    """Late answers that wait for a decision, oldest first.

    Keys: id, formulir_id, judul, fase, peserta_id, nama and instansi (None for an anonymous form), mulai_pada (proven
    by the server's own mark), diterima_pada, tutup_pada, cara, lengkap, sudah_ada (another answer of theirs counts).
    """
    require(by, Permission.VIEW_PERSON_RESULTS)
    with reading() as connection:
        if event_queries.event(connection, by.scope, event_id) is None:
            raise NotFound()
        return queries.waiting(connection, event_id)


def conflicts(by: Actor, event_id: int) -> list[Row]:
    """Submissions kept aside because their key came with other content: formulir_id, nama, diterima_pada."""
    require(by, Permission.VIEW_PERSON_RESULTS)
    with reading() as connection:
        if event_queries.event(connection, by.scope, event_id) is None:
            raise NotFound()
        return queries.conflicts(connection, event_id)


def accept_late(by: Actor, event_id: int, submission_ids: list[int], token: str) -> int:
    """Lets late answers count, each by the event's rule, and returns how many now do; the others become revisions."""
    with _changing(by, event_id, "terima_terlambat", token) as (connection, event, now):
        rows = [_waiting(connection, event_id, one) for one in dict.fromkeys(submission_ids)]
        return sum(_accept(connection, by, event, now, row) for row in rows)


def _waiting(connection: Connection, event_id: int, submission_id: int) -> Row:
    row = queries.submission(connection, event_id, submission_id)
    if row is None:
        raise NotFound()
    if row["keadaan"] != "menunggu":
        raise InvalidInput([Problem("kiriman", str(submission_id), "bukan_menunggu", {"keadaan": row["keadaan"]})])
    return row


def _accept(connection: Connection, by: Actor, event: Row, now: datetime, row: Row) -> bool:
    counted = None
    if row["peserta_id"] is not None:
        of_person = queries.of_person(connection, row["formulir_id"], row["peserta_id"])
        counted = next((other for other in of_person if other["keadaan"] == "terhitung"), None)
    wins = counted is None or _later_wins(event, row["fase"]) == (row["diterima_pada"] >= counted["diterima_pada"])
    if counted is not None and wins:
        commands.set_state(connection, counted["id"], "terhitung", "revisi")
    state = "terhitung" if wins else "revisi"
    commands.set_state(connection, row["id"], "menunggu", state)
    before, after = {"keadaan": "menunggu"}, {"keadaan": state, "formulir": row["judul"]}
    trail.record(
        connection,
        trail.audit_row(
            by, now, "terima_terlambat", "kiriman", row["id"], wilayah=event["wilayah"], before=before, after=after
        ),
    )
    return wins


def _later_wins(event: Mapping[str, Any], phase: str) -> bool:
    return event[_RULE[phase]] == "terakhir" if phase in _RULE else True


def reject_late(by: Actor, event_id: int, submission_id: int, reason: str | None, token: str) -> None:
    """Leaves a late answer out of the results with a reason; the answer itself is kept."""
    with _changing(by, event_id, "tolak_terlambat", token) as (connection, event, now):
        why = entries.given_reason(reason)
        row = _waiting(connection, event_id, submission_id)
        commands.set_state(connection, row["id"], "menunggu", "ditolak")
        before, after = {"keadaan": "menunggu"}, {"keadaan": "ditolak", "formulir": row["judul"]}
        trail.record(
            connection,
            trail.audit_row(
                *(by, now, "tolak_terlambat", "kiriman", row["id"]),
                wilayah=event["wilayah"], before=before, after=after, reason=why,
            ),
        )  # fmt: skip


def _form_row(connection: Connection, by: Actor, event_id: int, form_id: int) -> Row:
    form = event_queries.form(connection, by.scope, form_id)
    if form is None or form["kegiatan_id"] != event_id:
        raise NotFound()
    return form


def reset(by: Actor, event_id: int, form_id: int, participant_id: int, reason: str | None, token: str) -> int:
    """Takes one person's answers to a form out of the results, so that they can answer anew; returns how many.

    InvalidInput for an anonymous form (nobody knows which answer is whose) and for a locked event; NotFound when there
    is nothing to take out. The answers are kept, the reason is in the audit.
    """
    with _changing(by, event_id, "atur_ulang_jawaban", token) as (connection, event, now):
        why = entries.given_reason(reason)
        form = _form_row(connection, by, event_id, form_id)
        if event["status"] == LOCKED:
            raise InvalidInput([Problem("kegiatan", "", "kegiatan_dikunci")])
        if form["anonim"]:
            raise InvalidInput([Problem("formulir", form["judul"], "formulir_anonim")])
        rows = [
            row
            for row in queries.of_person(connection, form_id, participant_id)
            if row["keadaan"] in ("terhitung", "menunggu")
        ]
        if not rows:
            raise NotFound("tidak_ada_jawaban")
        for row in rows:
            commands.set_state(connection, row["id"], row["keadaan"], "dibatalkan")
            before, after = {"keadaan": row["keadaan"]}, {"keadaan": "dibatalkan", "formulir": form["judul"]}
            trail.record(
                connection,
                trail.audit_row(
                    *(by, now, "atur_ulang_jawaban", "kiriman", row["id"]),
                    wilayah=event["wilayah"], before=before, after=after, reason=why,
                ),
            )  # fmt: skip
    return len(rows)
