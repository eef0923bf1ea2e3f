"""Values of indicators from a workbook: template, preview with a reason for every refused row, saving, taking back."""

import hashlib
import os
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import settings
from data_access.commands import indicators as commands
from data_access.commands import trail
from data_access.engine import Connection, reading, writing
from data_access.queries import indicators as queries
from data_access.queries import state as state_queries
from data_access.queries import wilayah as wilayah_queries
from data_access.workbooks import write_indicators
from data_access.workbooks.read_sheets import read_sheets
from domain.errors import FileRefused, InvalidInput, NotFound, NotUndoable, Problem, StaleEdit
from domain.indikator_isian import Line, check, read, region
from domain.permissions import Actor, Permission, require
from services import accounts, clock, wording
from services.indicator_entry import TOLD, put
from services.indicator_values import definitions

MAX_BYTES = 5 * 2**20
KINDS = ("baru", "berubah", "sama", "ditolak")
_KEY = ("kode", "wilayah", "periode", "seri")

Row = dict[str, Any]


@dataclass(frozen=True)
class Verdict:
    """What would become of one row: kind is one of KINDS; values as they would be stored."""

    row: int
    kind: str
    raw: Mapping[str, str]
    values: Row
    before: Row | None = None
    problems: Sequence[Problem] = ()


@dataclass(frozen=True)
class Preview:
    """A file read and held against the stored values; nothing of it is stored yet."""

    file_name: str
    digest: str
    codes: str  # whose region codes the file declared: bps or kemendagri
    lines: Sequence[Line]
    verdicts: list[Verdict]
    warnings: Sequence[Problem]
    revision: int

    def counts(self) -> dict[str, int]:
        """How many rows are baru, berubah, sama, ditolak."""
        found = Counter(verdict.kind for verdict in self.verdicts)
        return {kind: found[kind] for kind in KINDS}


@dataclass(frozen=True)
class Undone:
    """What taking an import back did: values removed, put back as they were, and left because they changed since."""

    removed: int
    restored: int
    kept: int


def template(by: Actor) -> bytes:
    """The workbook to fill in, with the dictionary and one marked example."""
    require(by, Permission.EDIT_REGISTER)
    with reading() as connection:
        return write_indicators.template(definitions(connection, clock.today()))


def preview(by: Actor, content: bytes, file_name: str) -> Preview:
    """The file's rows with a verdict each; FileRefused when the file as a whole cannot be read or names no kind of code."""
    require(by, Permission.EDIT_REGISTER)
    if len(content) > MAX_BYTES:
        raise FileRefused("berkas_terlalu_besar", mb=-(-len(content) // 2**20), batas=MAX_BYTES // 2**20)
    cells, warnings = _cells(content, file_name)
    found = read(cells, clock.today())
    with reading() as connection:
        revision = state_queries.revision(connection, "indikator")
        verdicts = _classify(connection, by, found.codes, found.lines)
    digest = hashlib.sha256(content).hexdigest()
    return Preview(file_name, digest, found.codes, found.lines, verdicts, warnings, revision)


def _cells(content: bytes, file_name: str) -> tuple[list[Any], list[Problem]]:
    """The cells of the upload, read by the child from a private file that is gone afterwards."""
    folder = settings.load().data_dir / "unggahan"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    ending = ".csv" if file_name.lower().endswith(".csv") else ".xlsx"
    path: Path = folder / (secrets.token_hex(16) + ending)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        sheets, warnings = read_sheets(path)
    finally:
        path.unlink(missing_ok=True)
    return [sheet.rows for sheet in sheets], warnings


def _classify(connection: Connection, by: Actor, codes: str, lines: Sequence[Line]) -> list[Verdict]:
    """A verdict for every row against the dictionary, the regions, the actor's region and the stored values."""
    today = clock.today()
    known: dict[str, bool] = {}
    by_bps: dict[str, str] = {}
    for row in wilayah_queries.all_rows(connection):
        ends = row["berlaku_sampai"]
        known[row["kode"]] = ends is None or ends > today
        if row["kode_bps"]:
            # A code that a successor took over stands twice: the one in force is meant.
            if known[row["kode"]] or row["kode_bps"] not in by_bps:
                by_bps[row["kode_bps"]] = row["kode"]
    defined = {one.kode: one for one in definitions(connection, today)}
    first: dict[tuple[Any, ...], int] = {}
    verdicts = []
    for line in lines:
        verdict = _judge(connection, by, line, codes, known, by_bps, defined)
        if verdict.kind != "ditolak":
            seen = first.setdefault(tuple(verdict.values[name] for name in _KEY), line.row)
            if seen != line.row:
                twice = Problem("kode", verdict.values["kode"], "indikator_ganda_di_berkas", {"baris": str(seen)})
                verdict = Verdict(line.row, "ditolak", line.raw, verdict.values, problems=[twice])
        verdicts.append(verdict)
    return verdicts


def _judge(
    connection: Connection,
    by: Actor,
    line: Line,
    codes: str,
    known: Mapping[str, bool],
    by_bps: Mapping[str, str],
    defined: Mapping[str, Any],
) -> Verdict:
    problems = list(line.problems)
    values = dict(line.values)
    definition = defined.get(values.get("kode", ""))
    if "kode" in values and definition is None:
        problems.append(Problem("kode", values["kode"], "indikator_tidak_dikenal", {"kode": values["kode"]}))
    if "wilayah" in values:
        place = region(values["wilayah"], codes, by_bps, known)
        if isinstance(place, Problem):
            problems.append(place)
        elif not by.scope.covers(place or None):
            problems.append(Problem("wilayah", values["wilayah"], "indikator_di_luar_lingkup"))
        else:
            values["wilayah"] = place
    if problems or definition is None:
        return Verdict(line.row, "ditolak", line.raw, values, problems=problems)
    checked, problems = check(definition, values, clock.today())
    if problems:
        return Verdict(line.row, "ditolak", line.raw, checked, problems=problems)
    before = queries.value(connection, *[checked[name] for name in _KEY])
    if before is None:
        return Verdict(line.row, "baru", line.raw, checked)
    kind = "sama" if all(before[name] == checked[name] for name in TOLD) else "berubah"
    return Verdict(line.row, kind, line.raw, checked, before)


def store(by: Actor, prepared: Preview, token: str) -> int:
    """Stores the new and changed rows of a preview in one transaction and returns the import's id.

    StaleEdit when values changed so that the preview no longer says what would happen; then nothing is stored.
    """
    require(by, Permission.EDIT_REGISTER)
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "indikator")
        trail.claim(connection, token, "impor_indikator", now)
        verdicts = prepared.verdicts
        # The revision was raised by one just now: any other number means that somebody else wrote since the preview.
        if state_queries.revision(connection, "indikator") != prepared.revision + 1:
            verdicts = _classify(connection, by, prepared.codes, prepared.lines)
            if [_gist(one) for one in verdicts] != [_gist(one) for one in prepared.verdicts]:
                raise StaleEdit("indikator_impor_usang")
        wanted = [one for one in verdicts if one.kind in ("baru", "berubah")]
        if not wanted:
            raise InvalidInput([Problem("berkas", prepared.file_name, "indikator_impor_kosong")])
        counts = prepared.counts()
        head = {"berkas": prepared.file_name, "sidik_berkas": prepared.digest, "jenis_kode": prepared.codes}
        batch_id = commands.add_batch(
            connection,
            head
            | {"wilayah": by.scope.root or "", "token": token, "pada": now, "oleh": by.username, "sebelum": []}
            | counts,
        )
        reason = wording.sentence("indikator_alasan_impor", batch=batch_id).reason
        defined = {one.kode: one for one in definitions(connection, clock.today())}
        rows, kept = [], []
        for one in wanted:
            value_id, row = put(connection, by, defined[one.values["kode"]], one.values, one.before, batch_id)
            rows.append(row | {"alasan": reason})
            number = one.before["perubahan"] + 1 if one.before else 1
            before = None
            if one.before:
                before = {name: trail.plain(one.before[name]) for name in (*TOLD, "versi", "batch_id", "terbitan")}
            kept.append({"id": value_id, "perubahan": number, "sebelum": before})
        commands.keep_before(connection, batch_id, kept)
        told = {"berkas": prepared.file_name, "jenis_kode": prepared.codes, **counts}
        entry = trail.audit_row(
            by, now, "impor_indikator", "indikator_impor", batch_id, wilayah=by.scope.root, after=told
        )
        trail.record(connection, [*rows, entry])
        accounts.close_sample_sign_in_in(connection)
    return batch_id


def _gist(verdict: Verdict) -> tuple[Any, ...]:
    before = verdict.before or {}
    return verdict.row, verdict.kind, before.get("id"), before.get("perubahan")


def batches(by: Actor) -> list[Row]:
    """The imports of the actor's region, newest first."""
    require(by, Permission.EDIT_REGISTER)
    with reading() as connection:
        return queries.batches(connection, by.scope)


def undo(by: Actor, batch_id: int, token: str) -> Undone:
    """Takes an import back: what it added goes, what it changed is as before; what was changed since stays."""
    require(by, Permission.EDIT_REGISTER)
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "indikator")
        trail.claim(connection, token, "batal_impor_indikator", now)
        batch = next((row for row in queries.batches(connection, by.scope) if row["id"] == batch_id), None)
        if batch is None:
            raise NotFound()
        if not commands.close_batch(connection, batch_id, now):
            raise NotUndoable("indikator_impor_dibatalkan")
        done: Counter[str] = Counter()
        for told in batch["sebelum"]:
            before = told["sebelum"]
            if before is None:
                gone = commands.remove_value(connection, told["id"], told["perubahan"])
                done["removed" if gone else "kept"] += 1
                continue
            values = before | {"tanggal": _day(before["tanggal"]), "diubah_pada": now}
            back = commands.change_value(connection, told["id"], told["perubahan"], values)
            done["restored" if back else "kept"] += 1
        found = Undone(done["removed"], done["restored"], done["kept"])
        after = {"nomor": batch_id, "dihapus": found.removed, "dikembalikan": found.restored, "dibiarkan": found.kept}
        entry = trail.audit_row(
            by, now, "batal_impor_indikator", "indikator_impor", batch_id, wilayah=by.scope.root, after=after
        )
        trail.record(connection, entry)
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
