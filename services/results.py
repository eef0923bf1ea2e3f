"""The evaluation of one Bimtek: each person's pre and post joined, groups, items, scales, comments, attendance."""

import hmac
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz

from data_access import secrets
from data_access.engine import Connection, reading
from data_access.queries import live as live_queries
from data_access.queries import results as queries
from data_access.queries import wilayah as wilayah_queries
from domain import pairing, scoring
from domain.bimtek import PAIRS, ZONES
from domain.errors import NotFound
from domain.forms import definition, parsing
from domain.names import name_key
from domain.pairing import Submission
from domain.permissions import Actor, Permission, Scope, require
from domain.statistics import attendance, likert, satisfaction, summary
from domain.statistics.small import FROM
from domain.wilayah import short_name
from services import clock
from services.memory import Memory

COUNTED, WAITING, REVISION = "terhitung", "menunggu", "revisi"
NEAR_SCORE = 85  # token_sort_ratio from which two names may be one person's
LEAST_SHOWN = FROM["group"]  # groups of fewer people say too much about each of them to those who may see no names
GROUPINGS = ("asal", "kluster", "kabkota", "instansi")
_KNOWLEDGE, _COMPETENCE = "pre", "kompetensi_pre"
_kept = Memory(64)


@dataclass(frozen=True)
class Person:
    """One participant: the name (or "Peserta 7" for those who may see no names), where from, and of which kluster."""

    id: int
    name: str
    kind: str
    institution: str
    lks_id: int | None
    kabkota: str | None
    kluster: tuple[str, ...]


@dataclass(frozen=True)
class OneSided:
    """A person without a pair: the side that is there ("pre", "post" or "" for neither) and why the other is not.

    reason: belum_mengisi, menunggu (late, not yet accepted), dibatalkan, ditolak, dicoret (struck from the roster).
    """

    person: Person
    side: str
    reason: str
    waiting_id: int | None = None


@dataclass(frozen=True)
class ScaleForm:
    """A form of scale questions on its own scale: what it is about, its index, each question's figures."""

    form_id: int
    title: str
    phase: str
    about: str | None
    anonymous: bool
    n: int
    index: satisfaction.Satisfaction | None
    items: tuple[tuple[str, definition.Scale, likert.LikertItem], ...]  # (question, scale, figures)
    scale: likert.LikertScale | None


@dataclass(frozen=True)
class Comment:
    """One free answer, without its writer."""

    form: str
    about: str | None
    question: str
    text: str


@dataclass(frozen=True)
class Competence:
    """Self-assessed competence of the same people before and after."""

    questions: Mapping[str, str]
    scale: definition.Scale
    n_pre: int
    n_post: int
    n_paired: int
    change: likert.LikertChange
    alpha_pre: likert.LikertScale
    alpha_post: likert.LikertScale


@dataclass(frozen=True)
class Counts:
    """People and institutions, always apart."""

    people: int
    institutions: int
    lks: int
    by_kind: Mapping[str, int]


@dataclass(frozen=True)
class Results:
    """Everything that the results page, the reports and the command line say about one event."""

    event: Mapping[str, Any]
    counts: Counts
    people: Mapping[int, Person]
    knowledge: summary.Evaluation | None
    questions: Mapping[str, str]
    numbers: Mapping[str, int]  # item id -> its number in the form
    aims: Mapping[str, str]
    groups: Mapping[str, Mapping[str, summary.PairSummary]]  # grouping -> group -> figures
    hidden: Mapping[str, int]  # grouping -> how many groups are too small to be shown to this reader
    unpaired: tuple[OneSided, ...]
    competence: Competence | None
    scales: tuple[ScaleForm, ...]
    comments: tuple[Comment, ...]
    attendance: attendance.Attendance
    waiting: int
    named: bool
    aim_of: Mapping[str, str] = field(default_factory=dict)  # item id -> aim
    option_texts: Mapping[tuple[str, str], str] = field(default_factory=dict)  # (item id, option) -> its words

    @property
    def empty(self) -> bool:
        """True when nobody has answered anything yet."""
        nobody = self.knowledge is None or not (self.knowledge.pairing.pre or self.knowledge.pairing.post)
        return nobody and self.competence is None and not any(form.n for form in self.scales) and not self.comments

    def aim_names(self) -> dict[str, str]:
        """The name of each item's aim."""
        return {item: self.aims.get(aim, aim) for item, aim in self.aim_of.items()}

    def unsur_names(self, form: ScaleForm) -> dict[str, str]:
        """What each unsur of a form is called: its own name, or the words of its question."""
        return {one.item: words for words, _, one in form.items}

    def numbers_of_people(self) -> dict[int, int]:
        """A number for each participant, in an order that nobody without this installation's key can work out."""
        key = secrets.derived("nomor-peserta")
        order = sorted(self.people, key=lambda id: hmac.digest(key, f"{self.event['id']}:{id}".encode(), "sha256"))
        return {id: number for number, id in enumerate(order, start=1)}


@dataclass(frozen=True)
class EventLine:
    """One event among others: people, institutions, and the figures of its pairs (None: hidden from this reader)."""

    id: int
    title: str
    begins: date
    series: str | None
    people: int
    institutions: int
    sample: bool
    pairs: summary.PairSummary | None


def revision() -> str:
    """What kept results belong to: it changes with every event, answer and register write."""
    with reading() as connection:
        return live_queries.stamp(connection)


def results(by: Actor, event_id: int) -> Results:
    """The evaluation of an event of the actor's region; without the right to see persons, names and small groups go."""
    require(by, Permission.VIEW_RESULTS)
    now = revision()
    with reading() as connection:
        if queries.event(connection, by.scope, event_id) is None:
            raise NotFound(id=event_id)
    # Worked out once per revision for everybody; what this reader may not see is taken out afterwards.
    found: Results = _kept.get((event_id, now, clock.today()), lambda: _evaluated(event_id))
    return found if by.may(Permission.VIEW_PERSON_RESULTS) else _without_persons(found)


def across(by: Actor) -> list[EventLine]:
    """Every event of the actor's region with the figures of its pairs, from stored totals alone, the oldest first."""
    require(by, Permission.VIEW_RESULTS)
    with reading() as connection:
        events = queries.events(connection, by.scope)
        rows = queries.scores_by_event(connection, by.scope)
    percents: dict[int, dict[str, dict[int, float]]] = defaultdict(lambda: {"pre": {}, "post": {}})
    for row in rows:
        percents[row["kegiatan_id"]][row["fase"]][row["peserta_id"]] = 100 * row["poin"] / row["poin_maks"]
    found = []
    for event in reversed(events):
        pre, post = percents[event["id"]]["pre"], percents[event["id"]]["post"]
        both = [person for person in pre if person in post]
        pairs = None
        if by.may(Permission.VIEW_PERSON_RESULTS) or not 0 < len(both) < LEAST_SHOWN:
            pairs = summary.summarize_pairs([pre[p] for p in both], [post[p] for p in both])
        found.append(
            EventLine(
                id=event["id"],
                title=event["judul"],
                begins=event["mulai"],
                series=event["seri"],
                people=event["orang"],
                institutions=event["instansi"],
                sample=event["contoh"],
                pairs=pairs,
            )
        )
    return found


def lookalikes(found: Results) -> list[tuple[Person, Person]]:
    """People with only a pre beside people with only a post whose names differ by a slip: proposed, never merged."""
    sides: dict[str, list[Person]] = {"pre": [], "post": []}
    for one in found.unpaired:
        if one.side in sides and found.named:
            sides[one.side].append(one.person)
    return [
        (before, after)
        for before in sides["pre"]
        for after in sides["post"]
        if fuzz.token_sort_ratio(name_key(before.name), name_key(after.name)) >= NEAR_SCORE
    ]


def _without_persons(found: Results) -> Results:
    numbers = found.numbers_of_people()
    # The one person from the Dinas would be known by that alone.
    kinds = {kind for kind, count in found.counts.by_kind.items() if count >= LEAST_SHOWN}
    people = {
        id: Person(id, f"#{numbers[id]}", old.kind if old.kind in kinds else "", "", None, None, ())
        for id, old in found.people.items()
    }
    groups: dict[str, Mapping[str, summary.PairSummary]] = {}
    hidden: dict[str, int] = {}
    for grouping, figures in found.groups.items():
        # an institution sends two people on average: its mean is nearly a person's own score
        shown = {} if grouping == "instansi" else {g: f for g, f in figures.items() if f.n >= LEAST_SHOWN}
        groups[grouping], hidden[grouping] = shown, len(figures) - len(shown)
    unpaired = tuple(replace(one, person=people[one.person.id]) for one in found.unpaired)
    return replace(found, people=people, groups=groups, hidden=hidden, unpaired=unpaired, named=False)


def _evaluated(event_id: int) -> Results:
    everywhere = Scope(None)  # the reader's own scope has been asked before
    with reading() as connection:
        event = queries.event(connection, everywhere, event_id)
        if event is None:
            raise NotFound(id=event_id)
        forms = queries.forms(connection, everywhere, event_id)
        answers = queries.answers(connection, everywhere, event_id)
        roster = queries.people(connection, everywhere, event_id)
        today = clock.now().astimezone(ZoneInfo(ZONES[event["zona"]])).date()
        held, present = _presence(connection, event_id, today)
        kluster = queries.kluster(connection, [row["lks_id"] for row in roster if row["lks_id"]])
        codes = {_kabkota(row) for row in roster}
        names = _names(connection, {kode for kode in codes if kode})
    called = _called(roster)
    people = {row["id"]: _person(row, kluster, called) for row in roster if row["digabung_ke"] is None}
    active = {row["id"] for row in roster if row["aktif"] and row["digabung_ke"] is None}
    by_form = defaultdict(list)
    for row in answers:
        by_form[row["formulir_id"]].append(row)
    definitions = {form["id"]: parsing.from_mapping(form["definisi"]) for form in forms}
    of_phase = {form["fase"]: form for form in forms}
    knowledge, paired = None, None
    items: dict[str, definition.Item] = {}
    questions: dict[str, str] = {}
    numbers: dict[str, int] = {}
    aims: dict[str, str] = {}
    unpaired: tuple[OneSided, ...] = ()
    groups: dict[str, dict[str, summary.PairSummary]] = {}
    if _KNOWLEDGE in of_phase or PAIRS[_KNOWLEDGE] in of_phase:
        before, after = of_phase.get(_KNOWLEDGE), of_phase.get(PAIRS[_KNOWLEDGE])
        forms_of_test = [definitions[form["id"]] for form in (before, after) if form]
        items = {item.kode: item for form in forms_of_test for item in definition.items(form)}
        scored = list({one.id: one for form in forms_of_test for one in scoring.items_of(form)}.values())
        rows = [row for form in (before, after) if form for row in by_form[form["id"]]]
        paired = pairing.pair(_submissions(rows, scored), event["aturan_pre"], event["aturan_post"])
        # The door has already chosen one of each person's submissions by the event's rule; the others are revisions.
        left_out = [row["fase"] for row in rows if row["keadaan"] == REVISION]
        paired = replace(paired, ignored_pre=left_out.count("pre"), ignored_post=left_out.count("post"))
        aims = {aim.kode: aim.nama for form in forms_of_test for aim in form.tujuan}
        knowledge = summary.evaluate(
            paired,
            scored,
            aims={code: item.tujuan for code, item in items.items() if item.tujuan},
            options={i.kode: tuple(option.kode for option in _choices(i)) for i in items.values()},
            cutoff=float(event["batas_lulus"]),
        )
        questions = {code: item.label for code, item in items.items()}
        numbers = {code: number for number, code in enumerate(items, start=1)}
        unpaired = _unpaired(paired, people, active, rows)
        groups = _groups(paired, people, names, float(event["batas_lulus"]))
    took = _took(answers)
    attended = attendance.attendance(
        [attendance.Presence(present.get(id, 0), id in took["pre"], id in took["post"]) for id in sorted(active)],
        len(held),
        float(event["batas_hadir"]),
    )
    return Results(
        event=event,
        counts=_counts([row for row in roster if row["id"] in active]),
        people=people,
        knowledge=knowledge,
        questions=questions,
        numbers=numbers,
        aims=aims,
        groups=groups,
        hidden={},
        unpaired=unpaired,
        competence=_competence(of_phase, definitions, by_form),
        scales=tuple(_scales(forms, definitions, by_form)),
        comments=tuple(_comments(forms, definitions, by_form)),
        attendance=attended,
        waiting=sum(row["keadaan"] == WAITING for row in answers),
        named=True,
        aim_of={code: item.tujuan for code, item in items.items() if item.tujuan},
        option_texts={(code, option.kode): option.teks for code, item in items.items() for option in _choices(item)},
    )


def _presence(connection: Connection, event_id: int, today: date) -> tuple[list[int], dict[int, int]]:
    held = queries.sessions(connection, Scope(None), event_id, today)
    return held, queries.present(connection, held)


def _names(connection: Connection, codes: set[str]) -> dict[str, str]:
    found = wilayah_queries.names(connection, codes)
    return {kode: short_name(jenis, nama) for kode, (jenis, nama) in found.items()}


def _kabkota(row: Mapping[str, Any]) -> str | None:
    return row["kabkota_kode"] or row["lks_kabkota"]


def _called(roster: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    """One spelling per linked LKS, as the roster wrote it first: its register name may be of another's region."""
    found: dict[int, str] = {}
    for row in roster:
        if row["lks_id"] and row["instansi"]:
            found.setdefault(row["lks_id"], row["instansi"])
    return found


def _person(row: Mapping[str, Any], kluster: Mapping[int, Sequence[str]], called: Mapping[int, str]) -> Person:
    return Person(
        id=row["id"],
        name=row["nama"],
        kind=row["jenis"],
        institution=called.get(row["lks_id"]) or row["instansi"] or "",
        lks_id=row["lks_id"],
        kabkota=_kabkota(row),
        kluster=tuple(kluster.get(row["lks_id"], ())),
    )


def _choices(item: definition.Item) -> tuple[definition.Option, ...]:
    return definition.TRUE_FALSE_OPTIONS if item.jenis == definition.TRUE_FALSE else item.pilihan


def _counts(roster: Sequence[Mapping[str, Any]]) -> Counts:
    institutions = {row["lks_id"] or " ".join((row["instansi"] or "").split()).casefold() or None for row in roster}
    kinds: dict[str, int] = defaultdict(int)
    for row in roster:
        kinds[row["jenis"]] += 1
    of_lks = {
        row["lks_id"] or " ".join((row["instansi"] or "").split()).casefold() or None
        for row in roster
        if row["jenis"] == "lks"
    }
    return Counts(len(roster), len(institutions - {None}), len(of_lks - {None}), dict(kinds))


def _submissions(rows: Sequence[Mapping[str, Any]], scored: Sequence[scoring.FormItem]) -> list[Submission]:
    """Counted submissions and their kept revisions, so that the pairing says how many were left out."""
    found = []
    for order, row in enumerate(rows):
        if row["keadaan"] != COUNTED:
            continue
        score = scoring.score(scored, row["jawaban"])
        found.append(
            Submission(
                person=None if row["peserta_id"] is None else str(row["peserta_id"]),
                phase=row["fase"],
                order=order,
                percent=score.percent if score.percent is not None else 0.0,
                complete=score.complete,
                items={one.item: one for one in score.items},
                answers=row["jawaban"],
            )
        )
    return found


def _took(answers: Sequence[Mapping[str, Any]]) -> dict[str, set[int]]:
    took: dict[str, set[int]] = {"pre": set(), "post": set()}
    for row in answers:
        if row["keadaan"] == COUNTED and row["fase"] in took and row["peserta_id"] is not None:
            took[row["fase"]].add(row["peserta_id"])
    return took


def _unpaired(
    paired: pairing.Pairing,
    people: Mapping[int, Person],
    active: set[int],
    rows: Sequence[Mapping[str, Any]],
) -> tuple[OneSided, ...]:
    """Everybody of the roster without a pair, those with one side first, each with the reason."""
    last: dict[tuple[int, str], Mapping[str, Any]] = {}
    for row in rows:
        if row["peserta_id"] is not None and row["keadaan"] not in (COUNTED, REVISION):
            last[row["peserta_id"], row["fase"]] = row

    def reason(person: int, missing: str) -> tuple[str, int | None]:
        other = last.get((person, missing))
        if other is None:
            return ("belum_mengisi" if person in active else "dicoret"), None
        return other["keadaan"], other["id"] if other["keadaan"] == WAITING else None

    found = []
    for side, ones, missing in (("pre", paired.only_pre, "post"), ("post", paired.only_post, "pre")):
        for one in ones:
            id = int(one.person or 0)
            if id in people:
                found.append(OneSided(people[id], side, *reason(id, missing)))
    seen = {int(one.person) for one in paired.pairs} | {one.person.id for one in found}
    neither = [id for id in people if id in active and id not in seen]
    return (*found, *(OneSided(people[id], "", *reason(id, "pre")) for id in neither))


def _groups(
    paired: pairing.Pairing, people: Mapping[int, Person], names: Mapping[str, str], cutoff: float
) -> dict[str, dict[str, summary.PairSummary]]:
    """The pairs' figures per group; a person of an LKS with two kluster counts in each of them."""
    single = {
        "asal": {str(id): person.kind for id, person in people.items()},
        "kabkota": {str(id): names.get(person.kabkota or "", "") for id, person in people.items()},
        "instansi": {str(id): person.institution for id, person in people.items()},
    }
    found = {name: summary.group_summaries(paired, of, cutoff) for name, of in single.items()}
    scores: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for pair in paired.pairs:
        person = people.get(int(pair.person))
        for code in (person.kluster if person else ()) or ("",):
            scores[code].append((pair.pre.percent, pair.post.percent))
    found["kluster"] = {
        code: summary.summarize_pairs([a for a, _ in both], [b for _, b in both], cutoff=cutoff)
        for code, both in scores.items()
    }
    return found


def _columns(form: definition.Form) -> list[tuple[str, str | None, str, definition.Scale, str]]:
    """Every scale question: (item id, matrix row or None, its words, its scale, its unsur)."""
    found: list[tuple[str, str | None, str, definition.Scale, str]] = []
    for item in definition.items(form):
        if item.skala is None:
            continue
        if item.jenis == definition.MATRIX:
            for row in item.baris:
                found.append((item.kode, row.kode, row.teks, item.skala, item.unsur or f"{item.kode}.{row.kode}"))
        else:
            found.append((item.kode, None, item.label, item.skala, item.unsur or item.kode))
    return found


def _value(answers: Mapping[str, Any], item: str, row: str | None, scale: definition.Scale) -> float | None:
    value = answers.get(item)
    if row is not None and value is not None:
        value = value.get(row)
    return None if value is None else likert.recode(float(value), scale.min, scale.max, scale.balik)


def _scales(
    forms: Sequence[Mapping[str, Any]],
    definitions: Mapping[int, definition.Form],
    by_form: Mapping[int, Sequence[Mapping[str, Any]]],
) -> list[ScaleForm]:
    """Every form with scale questions except the paired ones, each on its own scale: scales are never averaged together."""
    found = []
    for form in forms:
        columns = _columns(definitions[form["id"]])
        if not columns or form["fase"] in (_COMPETENCE, PAIRS[_COMPETENCE], _KNOWLEDGE, PAIRS[_KNOWLEDGE]):
            continue
        counted = [row["jawaban"] for row in by_form.get(form["id"], ()) if row["keadaan"] == COUNTED]
        values = [[_value(row, item, line, scale) for item, line, _, scale, _ in columns] for row in counted]
        items = tuple(
            (words, scale, likert.item(code, [row[place] for row in values], scale.min, scale.max))
            for place, (code, _, words, scale, _) in enumerate(columns)
        )
        ends = {(scale.min, scale.max) for _, _, _, scale, _ in columns}
        index = None
        if len(ends) == 1:  # questions on different scales have no common index
            (low, high) = next(iter(ends))
            of_unsur: dict[str, list[int]] = defaultdict(list)
            for place, (*_, unsur) in enumerate(columns):
                of_unsur[unsur].append(place)
            asked = {name: [[row[p] for p in places] for row in values] for name, places in of_unsur.items()}
            index = satisfaction.satisfaction(asked, low, high)
        found.append(
            ScaleForm(
                form_id=form["id"],
                title=form["judul"],
                phase=form["fase"],
                about=form["narasumber"],
                anonymous=bool(form["anonim"]),
                n=len(counted),
                index=index,
                items=items,
                scale=likert.scale(values) if values else None,
            )
        )
    return found


def _comments(
    forms: Sequence[Mapping[str, Any]],
    definitions: Mapping[int, definition.Form],
    by_form: Mapping[int, Sequence[Mapping[str, Any]]],
) -> list[Comment]:
    """Free answers in the order of their words, which tells nobody who wrote them; plans (RTL) are listed elsewhere."""
    found = []
    for form in forms:
        if form["fase"] == "rtl":
            continue
        for item in definition.items(definitions[form["id"]]):
            if item.jenis not in (definition.TEXT, definition.PARAGRAPH):
                continue
            for row in by_form.get(form["id"], ()):
                text = str(row["jawaban"].get(item.kode) or "").strip()
                if row["keadaan"] == COUNTED and text:
                    found.append(Comment(form["judul"], form["narasumber"], item.label, text))
    return sorted(found, key=lambda one: (one.form, one.about or "", one.question, one.text.casefold()))


def _competence(
    of_phase: Mapping[str, Mapping[str, Any]],
    definitions: Mapping[int, definition.Form],
    by_form: Mapping[int, Sequence[Mapping[str, Any]]],
) -> Competence | None:
    before, after = of_phase.get(_COMPETENCE), of_phase.get(PAIRS[_COMPETENCE])
    if before is None or after is None:
        return None
    columns = _columns(definitions[before["id"]])
    later = {(item, row) for item, row, *_ in _columns(definitions[after["id"]])}
    columns = [column for column in columns if (column[0], column[1]) in later]
    if not columns:
        return None

    def table(form: Mapping[str, Any]) -> dict[int, list[float | None]]:
        return {
            row["peserta_id"] if row["peserta_id"] is not None else -row["id"]: [
                _value(row["jawaban"], item, line, scale) for item, line, _, scale, _ in columns
            ]
            for row in by_form.get(form["id"], ())
            if row["keadaan"] == COUNTED
        }

    pre, post = table(before), table(after)
    if not pre and not post:
        return None
    both = [person for person in pre if person in post and person > 0]
    names = [item if line is None else f"{item}.{line}" for item, line, *_ in columns]
    return Competence(
        questions={name: column[2] for name, column in zip(names, columns, strict=True)},
        scale=columns[0][3],
        n_pre=len(pre),
        n_post=len(post),
        n_paired=len(both),
        change=likert.change(names, [pre[id] for id in both], [post[id] for id in both]),
        alpha_pre=likert.scale(list(pre.values())),
        alpha_post=likert.scale(list(post.values())),
    )
