"""Answers collected in Google Forms or Excel into a form of an event: read apart, matched, previewed, stored in one act.

Keys are made from what a row says about whom, so that the same file brought again adds nothing.
"""

import hashlib
import json
import tempfile
import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

import settings
from data_access import secrets
from data_access.commands import trail
from data_access.engine import reading, writing
from data_access.queries import events as event_queries
from data_access.queries import live as queries
from data_access.queries import submissions as submission_queries
from data_access.workbooks.read_sheets import SheetCells, read_sheets
from domain import bimtek
from domain.errors import FileRefused, InvalidInput, NotFound, Problem
from domain.forms import entered
from domain.forms.definition import Form
from domain.impor import responses
from domain.impor.repair import ERRORS, FORMULA_WITHOUT_VALUE, Cell
from domain.names import name_key
from domain.permissions import Actor, Permission, require
from domain.roster import person_key
from services import clock, kiosk, live
from services.attendance import roster_of
from services.kiosk import Saved

Row = dict[str, Any]
MAX_BYTES = 10 * 2**20
NEAR = 85  # similarity from which a name of the roster is proposed
MOST_NEAR = 3
KINDS = ("baru", "sama", "ragu", "ditolak")
_ROWS = uuid.UUID("0b6f3f5c-0f54-5c0e-8a39-71e9f2d5d0c4")  # our own name space for keys of imported rows


@dataclass(frozen=True)
class Read:
    """An uploaded file as cells; nothing in it has been given a meaning yet."""

    file_name: str
    digest: str
    sheets: tuple[SheetCells, ...] = field(repr=False)
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What would become of one row: baru, sama (stored before), ragu (whose is it?) or ditolak.

    near: people of the roster whose name is nearly the row's, best first, as (id, name); one of them is taken only when
    a person says so.
    """

    row: int
    kind: str
    nama: str
    participant_id: int | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    doubts: tuple[Problem, ...] = ()
    near: tuple[tuple[int, str], ...] = ()
    kunci: str = ""


@dataclass(frozen=True)
class Preview:
    """A file held against an event's form and roster; nothing of it is stored yet."""

    event_id: int
    form_id: int
    file_name: str
    digest: str
    sheet: str
    sheets: tuple[str, ...]
    header_row: int
    proposals: tuple[responses.Proposal, ...]
    mapping: Mapping[int, str]
    targets: Mapping[str, str]  # what a column may be taken for: kode, nama, butir.<key> -> words
    verdicts: tuple[Verdict, ...]
    warnings: tuple[Problem, ...]

    def counts(self) -> dict[str, int]:
        """How many rows are baru, sama, ragu, ditolak."""
        found = Counter(verdict.kind for verdict in self.verdicts)
        return {kind: found[kind] for kind in KINDS}


def read(by: Actor, content: bytes, file_name: str) -> Read:
    """The cells of an uploaded .xlsx or .csv; FileRefused when it cannot or must not be read."""
    require(by, Permission.ENTER_ANSWERS)
    if len(content) > MAX_BYTES:
        raise FileRefused("berkas_terlalu_besar", mb=len(content) // 2**20, batas=MAX_BYTES // 2**20)
    ending = ".csv" if file_name.lower().endswith(".csv") else ".xlsx"
    folder = settings.load().data_dir / "unggahan"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        path = Path(place) / f"jawaban{ending}"
        path.write_bytes(content)
        sheets, warnings = read_sheets(path)
    return Read(file_name, hashlib.sha256(content).hexdigest(), tuple(sheets), tuple(warnings))


def preview(
    by: Actor,
    event_id: int,
    form_id: int,
    file: Read,
    *,
    sheet: str | None = None,
    mapping: Mapping[int, str] | None = None,
    people: Mapping[int, int] | None = None,
) -> Preview:
    """The file's rows with a verdict each.

    `mapping`: column place -> kode, nama or butir.<key>, instead of what was recognised; `people`: row -> participant,
    for rows whose name is only nearly somebody's. FileRefused when no sheet has a column of this form.
    """
    require(by, Permission.ENTER_ANSWERS)
    form = live.definition(by, event_id, form_id)
    table = _table(file, form, sheet)
    proposals = responses.propose(table.headers, form)
    targets = {responses.CODE: "", responses.NAME: ""}
    targets |= {responses.ITEM + column.key: column.label for column in entered.columns(form)}
    if mapping is None:
        used = {p.index: p.target for p in proposals if p.target and p.how != "mirip"}
    else:
        used = {index: target for index, target in mapping.items() if target}
        if not set(used.values()) <= targets.keys() or len(set(used.values())) < len(used):
            raise InvalidInput([Problem("kolom", "", "pemetaan_jawaban_keliru")])
    warnings = [*file.warnings, *_unused(form, table, used)]
    verdicts = _verdicts(by, event_id, form_id, form, table, used, people or {})
    names = tuple(one.name for one in file.sheets)
    return Preview(
        event_id, form_id, file.file_name, file.digest, table.sheet, names, table.header_row, proposals, used, targets,
        verdicts, tuple(warnings),
    )  # fmt: skip


def _table(file: Read, form: Form, wanted: str | None) -> responses.Table:
    found = [responses.find_table(one.name, one.rows, form) for one in file.sheets if wanted in (None, one.name)]
    tables = [table for table in found if table is not None and table.rows]
    if not tables:
        raise FileRefused("kolom_butir_tidak_ditemukan")
    certain = [sum(p.how in ("kode", "teks") for p in responses.propose(table.headers, form)) for table in tables]
    return tables[certain.index(max(certain))]


def _unused(form: Form, table: responses.Table, used: Mapping[int, str]) -> list[Problem]:
    taken = set(used.values())
    missing = [column for column in entered.columns(form) if responses.ITEM + column.key not in taken]
    found = [Problem(column.key, column.label[:200], "butir_tanpa_kolom") for column in missing]
    found += [
        Problem("", header, "kolom_tidak_dipakai")
        for index, header in enumerate(table.headers)
        if header and index not in used
    ]
    return found


# --- whose row it is, and what it says -------------------------------------------------------------------------------


@dataclass
class _Roster:
    """The people of the event by code and by name."""

    rows: dict[int, Row]
    by_name: dict[str, list[int]]
    by_person: dict[str, list[int]]
    codes: dict[str, int]  # fingerprint -> participant

    def near(self, name: str) -> tuple[tuple[int, str], ...]:
        """People whose name is nearly this one, the nearest first."""
        same = self.by_person.get(person_key(name), [])
        keys = {one: row["nama_kunci"] for one, row in self.rows.items()}
        alike = process.extract(name_key(name), keys, scorer=fuzz.token_sort_ratio, score_cutoff=NEAR, limit=MOST_NEAR)
        found = dict.fromkeys([*same, *[one for _, _, one in alike]])
        return tuple((one, str(self.rows[one]["nama"])) for one in list(found)[:MOST_NEAR])


def _roster(by: Actor, event_id: int, codes: set[str]) -> _Roster:
    key = secrets.derived("kode-peserta")
    marks = {secrets.fingerprint(code) for code in codes if bimtek.well_formed(code, key)}
    with reading() as connection:
        rows = {row["id"]: row for row in roster_of(connection, by.scope, event_id)}
        held = submission_queries.people(connection, marks, ())
    by_name: dict[str, list[int]] = defaultdict(list)
    by_person: dict[str, list[int]] = defaultdict(list)
    for one, row in rows.items():
        by_name[row["nama_kunci"]].append(one)
        by_person[person_key(row["nama"])].append(one)
    owners = {row["kode_sidik"]: row["digabung_ke"] or row["id"] for row in held if row["kegiatan_id"] == event_id}
    return _Roster(rows, by_name, by_person, {mark: one for mark, one in owners.items() if one in rows})


def _verdicts(
    by: Actor,
    event_id: int,
    form_id: int,
    form: Form,
    table: responses.Table,
    mapping: Mapping[int, str],
    people: Mapping[int, int],
) -> tuple[Verdict, ...]:
    picked = [(number, *responses.pick(table, cells, mapping)) for number, cells in table.rows]
    roster = _roster(by, event_id, {bimtek.clean_code(code) for _, code, _, _ in picked if code})
    judged = [
        _judge(form_id, form, roster, number, code, name, cells, people.get(number))
        for number, code, name, cells in picked
    ]
    with reading() as connection:
        stored = queries.known_keys(connection, [one.kunci for one in judged if one.kunci])
        answered = queries.answered(connection, event_id).get(form_id, set())
    seen: set[str] = set()
    found = []
    for one in judged:
        if one.kind == "baru" and (one.kunci in stored or one.kunci in seen):
            one = replace(one, kind="sama")
        elif one.kind == "baru" and one.participant_id in answered:
            one = replace(one, doubts=(*one.doubts, Problem("", one.nama, "impor_sudah_menjawab")))
        seen.add(one.kunci)
        found.append(one)
    return tuple(found)


def _judge(
    form_id: int,
    form: Form,
    roster: _Roster,
    number: int,
    code: str,
    name: str,
    cells: Mapping[str, Cell],
    chosen: int | None,
) -> Verdict:
    problems = [
        Problem(key, "", "jawaban_sel_galat")
        for key, cell in cells.items()
        if isinstance(cell, str) and (cell == FORMULA_WITHOUT_VALUE or cell.strip().upper() in ERRORS)
    ]
    broken = {problem.column for problem in problems}
    answers, wrong = entered.read(form, {key: cell for key, cell in cells.items() if key not in broken})
    problems += wrong
    participant, whose, doubts, near = _whose(roster, code, name, chosen)
    problems += whose
    if not answers and not problems:
        problems.append(Problem("", "", "baris_tanpa_jawaban"))
    told = roster.rows[participant]["nama"] if participant is not None else name
    if problems:
        return Verdict(number, "ditolak", told, participant, answers, tuple(problems), tuple(doubts))
    if participant is None:
        return Verdict(number, "ragu", told, None, answers, doubts=tuple(doubts), near=near)
    content = json.dumps(answers, ensure_ascii=False, sort_keys=True)
    key = str(uuid.uuid5(_ROWS, f"{form_id}\t{participant}\t{content}"))
    return Verdict(number, "baru", told, participant, answers, doubts=tuple(doubts), kunci=key)


def _whose(
    roster: _Roster, code: str, name: str, chosen: int | None
) -> tuple[int | None, list[Problem], list[Problem], tuple[tuple[int, str], ...]]:
    """(participant, problems, doubts, near names): by the person's choice, by code, by the exact name."""
    if chosen is not None:
        if chosen not in roster.rows:
            raise NotFound()
        return chosen, [], [], ()
    if code:
        owner = roster.codes.get(secrets.fingerprint(bimtek.clean_code(code)))
        if owner is None:
            return None, [Problem("kode", "", "kode_bukan_kegiatan_ini")], [], ()
        holder = roster.rows[owner]
        differs = bool(name) and person_key(name) != person_key(holder["nama"])
        return owner, [], [Problem("nama", name, "nama_beda_dari_kode", {"nama": holder["nama"]})] * differs, ()
    if not name:
        return None, [Problem("nama", "", "baris_tanpa_orang")], [], ()
    exact = roster.by_name.get(name_key(name), [])
    if len(exact) == 1:
        return exact[0], [], [], ()
    near = tuple((one, str(roster.rows[one]["nama"])) for one in exact) or roster.near(name)
    if near:
        code_of = "nama_ganda_di_daftar" if exact else "nama_hampir_sama"
        return None, [], [Problem("nama", name, code_of, {"mirip": ", ".join(n for _, n in near)})], near
    return None, [Problem("nama", name, "nama_tidak_di_daftar")], [], ()


# --- storing ---------------------------------------------------------------------------------------------------------


def save(by: Actor, prepared: Preview) -> Saved:
    """Stores the new rows of a preview; the same rows again are found stored and change nothing.

    Rows in doubt and refused ones are left out. `refused` of the result counts places among the new rows.
    """
    require(by, Permission.ENTER_ANSWERS)
    new = [verdict for verdict in prepared.verdicts if verdict.kind == "baru" and verdict.participant_id is not None]
    rows: Sequence[tuple[int, str, Mapping[str, Any]]] = [
        (verdict.participant_id or 0, verdict.kunci, verdict.answers) for verdict in new
    ]
    saved = kiosk.hand_in_many(by, prepared.event_id, prepared.form_id, rows, "impor")
    after = {
        "berkas": prepared.file_name,
        "sidik": prepared.digest,
        **prepared.counts(),
        "tersimpan": saved.stored,
        "gagal": len(saved.refused),
    }
    with writing() as connection:
        event = event_queries.event(connection, by.scope, prepared.event_id)
        assert event is not None  # hand_in_many() has found it
        row = trail.audit_row(
            by, clock.now(), "impor_jawaban", "formulir", prepared.form_id, wilayah=event["wilayah"], after=after
        )
        trail.record(connection, row)
    return saved
