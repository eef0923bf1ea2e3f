"""Getting a workbook into the register: read apart from us, previewed, stored at once, taken back."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd
from rapidfuzz import fuzz, process

from data_access import secrets
from data_access.commands import importing as commands
from data_access.commands import lks as lks_commands
from data_access.commands import trail
from data_access.engine import Connection, reading, writing
from data_access.queries import importing as queries
from data_access.queries import records as record_queries
from data_access.queries import references as reference_queries
from data_access.queries import state as state_queries
from data_access.queries import wilayah as wilayah_queries
from data_access.workbooks import read_lks, write_lks
from domain import personal
from domain.errors import FileRefused, NotFound, NotUndoable, Problem, StaleEdit
from domain.impor.rows import ParsedRow
from domain.lks import FIELDS, MULTI
from domain.names import name_key, search_key
from domain.permissions import Actor, Permission, Scope, require
from services import accounts, clock, wording

Progress = Callable[[int, int], None]
LISTS = ("kluster", "bentuk_pelayanan", "ppks", "badan_hukum")
NEAR_SCORE = 90  # token_sort_ratio from which two names in one kab/kota are shown as perhaps the same
_FIELDS = frozenset(FIELDS)


@dataclass(frozen=True)
class Verdict:
    """What would become of one row: kind is baru, berubah, sama or ditolak."""

    row: int
    kind: str
    values: Mapping[str, Any]
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)  # field -> (before, after)
    record: Mapping[str, Any] | None = None
    problems: Sequence[Problem] = ()
    doubts: Sequence[Problem] = ()


@dataclass(frozen=True)
class Preview:
    """A file read and held against the register; nothing of it is stored yet."""

    file_name: str
    digest: str
    parsed: read_lks.ParsedFile
    verdicts: list[Verdict]
    wilayah: str | None
    revision: int  # of the register that the verdicts were made from

    def counts(self) -> dict[str, int]:
        """How many rows are baru, berubah, sama, ditolak."""
        found = Counter(verdict.kind for verdict in self.verdicts)
        return {kind: found[kind] for kind in ("baru", "berubah", "sama", "ditolak")}


def template(by: Actor) -> bytes:
    """The workbook to fill in, with today's lists and one marked example."""
    require(by, Permission.IMPORT_REGISTER)
    with reading() as connection:
        refs = _references(connection)
        names = [row["nama"] for row in wilayah_queries.all_rows(connection) if row["jenis"] in ("kabupaten", "kota")]
    return write_lks.template(refs, names)


def _references(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    today = clock.today()
    return {
        name: [{"kode": row["kode"], "nama": row["nama"]} for row in reference_queries.options(connection, name, today)]
        for name in LISTS
    }


def preview(
    by: Actor,
    path: Path,
    file_name: str,
    *,
    mapping: dict[str, str] | None = None,
    sheet: str | None = None,
    on_progress: Progress | None = None,
) -> Preview:
    """The file's rows with a verdict each; FileRefused when the file as a whole cannot be read."""
    require(by, Permission.IMPORT_REGISTER)
    with reading() as connection:
        refs = _references(connection)
        on = clock.today()
        former: dict[str, list[str]] = defaultdict(list)
        for name in wilayah_queries.former_names(connection):
            former[name["kode"]].append(name["nama"])
        keys = ("kode", "nama", "jenis", "induk", "kode_bps", "pendahulu")
        places = [
            {name: row[name] for name in keys}
            | {"nama_lain": former.get(row["kode"])}
            | {"berlaku_sampai": row["berlaku_sampai"] is not None and row["berlaku_sampai"] <= on}
            for row in wilayah_queries.all_rows(connection)
        ]
    parsed = read_lks.read_lks(
        path, wilayah=places, refs=refs, today=on, mapping=mapping, sheet=sheet, on_progress=on_progress
    )
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with reading() as connection:
        revision = state_queries.revision(connection, "register")
        verdicts = classify(connection, by.scope, parsed.rows)
    return Preview(file_name, digest, parsed, verdicts, by.scope.root, revision)


def classify(connection: Connection, scope: Scope, rows: Sequence[ParsedRow]) -> list[Verdict]:
    """A verdict for every parsed row, held against the register as this connection sees it."""
    known = record_queries.by_kabkota(
        connection, scope, {_kabkota(row) for row in rows if "kode_wilayah" in row.values}
    )
    by_name: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    by_code = {}
    for record in known.values():
        by_name[record["kabkota_kode"], record["nama_kunci"]].append(record)
        by_code[record["kode_lks"]] = record
    near = _near(known.values(), rows)
    verdicts = [_judge(scope, row, by_name, by_code, near.get(row.row, ())) for row in rows]
    return _once_each(verdicts)


def _once_each(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts, where a later row that means an LKS which an earlier one meant (by code, by name) is refused."""
    first: dict[int, int] = {}
    found = []
    for verdict in verdicts:
        if verdict.record is not None:
            row = first.setdefault(verdict.record["id"], verdict.row)
            if row != verdict.row:
                facts = {"baris": str(row), "kode": verdict.record["kode_lks"]}
                double = Problem("nama", str(verdict.values.get("nama", "")), "impor_ganda_di_berkas", facts)
                verdict = Verdict(verdict.row, "ditolak", verdict.values, problems=[double], doubts=verdict.doubts)
        found.append(verdict)
    return found


def _kabkota(row: ParsedRow) -> str:
    return ".".join(str(row.values["kode_wilayah"]).split(".")[:2])


def _judge(
    scope: Scope,
    row: ParsedRow,
    by_name: Mapping[tuple[str, str], list[dict[str, Any]]],
    by_code: Mapping[str, dict[str, Any]],
    near: Sequence[Problem],
) -> Verdict:
    values, problems = row.values, list(row.problems)
    if not problems and not scope.covers(values["kode_wilayah"]):
        problems.append(Problem("kabkota", str(values.get("kabkota", "")), "impor_di_luar_lingkup"))
    found: list[dict[str, Any]] = []
    if not problems and values.get("kode_lks"):
        found = [by_code[values["kode_lks"]]] if values["kode_lks"] in by_code else []
        if not found:
            problems.append(Problem("kode_lks", values["kode_lks"], "impor_kode_tidak_ada"))
    elif not problems:
        found = by_name.get((_kabkota(row), name_key(values["nama"])), [])
        if len(found) > 1:
            codes = ", ".join(record["kode_lks"] for record in found)
            problems.append(Problem("nama", values["nama"], "impor_ganda_di_register", {"daftar": codes}))
    if problems:
        return Verdict(row.row, "ditolak", values, problems=problems, doubts=row.doubts)
    if not found:
        return Verdict(row.row, "baru", values, doubts=[*row.doubts, *near])
    changes = differences(found[0], values)
    return Verdict(row.row, "berubah" if changes else "sama", values, changes, found[0], doubts=row.doubts)


def differences(record: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The fields that `values` states otherwise than the record: field -> (before, after). Unstated fields stay."""
    changes: dict[str, tuple[Any, Any]] = {}
    for name in FIELDS:
        after = values.get(name)
        if after is None or after == []:
            continue
        before = record.get(name)
        if name in MULTI:
            same = set(before or ()) == set(after)
        elif name == "ketua_nik":
            same = record.get("ketua_nik_sidik") == secrets.fingerprint(after)
        elif name == "kode_wilayah":
            same = before == after or str(before).startswith(after + ".")
        else:
            same = before == after
        if not same:
            changes[name] = (before, after)
    return changes


def _near(known: Iterable[Mapping[str, Any]], rows: Sequence[ParsedRow]) -> dict[int, list[Problem]]:
    """For each row, the registered names in its kab/kota that are nearly but not quite its own."""
    registered: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for record in known:
        registered[record["kabkota_kode"]].append((record["nama_cari"], record["nama_kunci"], record["nama"]))
    asked: dict[str, list[ParsedRow]] = defaultdict(list)
    for row in rows:
        if not row.problems and registered.get(_kabkota(row)):
            asked[_kabkota(row)].append(row)
    found: dict[int, list[Problem]] = {}
    for kabkota, group in asked.items():
        keys = {key for _, key, _ in registered[kabkota]}
        fresh = [row for row in group if name_key(row.values["nama"]) not in keys]
        choices = [cari for cari, _, _ in registered[kabkota]]
        wanted = [search_key(row.values["nama"]) for row in fresh]
        if not wanted:
            continue
        for row, scores in zip(fresh, process.cdist(wanted, choices, scorer=fuzz.token_sort_ratio), strict=True):
            best = int(scores.argmax())
            if scores[best] >= NEAR_SCORE:
                facts = {"mirip": registered[kabkota][best][2], "skor": f"{scores[best]:.0f}"}
                found[row.row] = [Problem("nama", row.values["nama"], "impor_mirip", facts)]
    return found


def store(by: Actor, prepared: Preview, token: str) -> int:
    """Stores the accepted rows of a preview in one transaction and returns the batch's id.

    Raises AlreadyDone for a token used before, and StaleEdit when the register has moved on so far that the preview no
    longer says what would happen; then nothing is stored.
    """
    require(by, Permission.IMPORT_REGISTER)
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "register")
        trail.claim(connection, token, "impor", now)
        verdicts = prepared.verdicts
        # bump() has added one: any other number means that somebody else wrote since the preview.
        unmoved = state_queries.revision(connection, "register") == prepared.revision + 1
        if not unmoved or prepared.wilayah != by.scope.root:
            verdicts = classify(connection, by.scope, prepared.parsed.rows)
            if [(v.row, v.kind, v.changes) for v in verdicts] != [
                (v.row, v.kind, v.changes) for v in prepared.verdicts
            ]:
                raise StaleEdit("impor_pratinjau_usang")
        new = [verdict for verdict in verdicts if verdict.kind == "baru"]
        changed = [verdict for verdict in verdicts if verdict.kind == "berubah"]
        counts = prepared.counts()
        batch = {
            "berkas": prepared.file_name,
            "sidik_berkas": prepared.digest,
            "token": token,
            "wilayah": by.scope.root,
        }
        batch_id = commands.add_batch(connection, {**batch, **counts, "pada": now, "oleh": by.username})
        records = [_record(verdict.values) for verdict in new]
        ids = lks_commands.add(connection, records, at=now, by=by)
        reason = wording.sentence("impor_alasan", batch=batch_id).reason
        steps = [
            lks_commands.Change(dict(v.record or {}), {n: after for n, (_, after) in v.changes.items()}, reason)
            for v in changed
        ]
        if lks_commands.change(connection, steps, at=now, by=by):
            raise StaleEdit("impor_pratinjau_usang")
        commands.add_rows(connection, [_batch_row(batch_id, v, lks_id) for v, lks_id in zip(new, ids, strict=True)])
        commands.add_rows(connection, [_batch_row(batch_id, v, (v.record or {})["id"]) for v in changed])
        trail.record(connection, _audit_rows(by, now, records, ids, changed, reason))
        after = {"berkas": prepared.file_name, **counts}
        trail.record(
            connection, trail.audit_row(by, now, "impor", "batch", batch_id, wilayah=by.scope.root, after=after)
        )
        if new or changed:
            accounts.close_sample_sign_in_in(connection)
    return batch_id


def _record(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None and name in _FIELDS}


def _batch_row(batch_id: int, verdict: Verdict, lks_id: int) -> dict[str, Any]:
    before = None
    if verdict.kind == "berubah":
        before = {name: trail.plain(old) for name, (old, _) in verdict.changes.items() if name != "ketua_nik"}
        if "ketua_nik" in verdict.changes:
            before["ketua_nik_sandi"] = (verdict.record or {}).get("ketua_nik_sandi")
    version = 1 if verdict.record is None else verdict.record["versi"] + 1
    row = {"batch_id": batch_id, "lks_id": lks_id, "baris": verdict.row, "jenis": verdict.kind}
    return row | {"versi": version, "sebelum": before}


def masked(name: str, value: Any) -> Any:
    """The value of one field as lists may show it."""
    return personal.mask(name, value) if name in personal.PERSONAL else value


def _audit_rows(
    by: Actor,
    now: Any,
    new: Sequence[Mapping[str, Any]],
    ids: Sequence[int],
    changed: Sequence[Verdict],
    reason: str,
) -> list[dict[str, Any]]:
    rows = []
    for stored, lks_id in zip(new, ids, strict=True):
        kabkota = ".".join(str(stored["kode_wilayah"]).split(".")[:2])
        after = personal.masked(stored)
        rows.append(trail.audit_row(by, now, "tambah", "lks", lks_id, wilayah=kabkota, after=after, reason=reason))
    for verdict in changed:
        record = verdict.record or {}
        before = personal.masked({name: old for name, (old, _) in verdict.changes.items()})
        after = personal.masked({name: new for name, (_, new) in verdict.changes.items()})
        place = record["kabkota_kode"]
        rows.append(
            trail.audit_row(
                by, now, "ubah", "lks", record["id"], wilayah=place, before=before, after=after, reason=reason
            )
        )
    return rows


@dataclass(frozen=True)
class Undone:
    """What taking a batch back did: rows removed, rows set back, and those left alone because edited since."""

    removed: int
    restored: int
    kept: list[dict[str, Any]]


def batches(by: Actor) -> pd.DataFrame:
    """The newest import batches of the actor's region."""
    require(by, Permission.IMPORT_REGISTER)
    with reading() as connection:
        return queries.batches(connection, by.scope)


def undo(by: Actor, batch_id: int) -> Undone:
    """Takes a batch back: new rows go, changed fields get their old values; rows edited since stay and are listed."""
    require(by, Permission.IMPORT_REGISTER)
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "register")
        batch = queries.batch(connection, batch_id)
        if batch is None or not by.scope.covers(batch["wilayah"]):
            raise NotFound()
        if not commands.close_batch(connection, batch_id, now, by.username):
            raise NotUndoable("impor_sudah_dibatalkan")
        rows = queries.rows(connection, batch_id)
        new_ids = [row["lks_id"] for row in rows if row["jenis"] == "baru"]
        busy = queries.with_later_work(connection, new_ids)
        kept = [row for row in rows if row["versi_kini"] != row["versi"] or row["lks_id"] in busy]
        kept_ids = {row["lks_id"] for row in kept}
        gone = [row for row in rows if row["jenis"] == "baru" and row["lks_id"] not in kept_ids]
        back = [row for row in rows if row["jenis"] == "berubah" and row["lks_id"] not in kept_ids]
        reason = wording.sentence("impor_alasan_batal", batch=batch_id).reason
        records = record_queries.by_ids(connection, by.scope, [row["lks_id"] for row in back])
        steps = [
            lks_commands.Change(records[row["lks_id"]], _restored(row["sebelum"], records[row["lks_id"]]), reason)
            for row in back
        ]
        if lks_commands.change(connection, steps, at=now, by=by):
            raise StaleEdit()
        entries = []
        for row in gone:
            place = row["kabkota_kode"]
            before = {"nama": row["nama"], "kode_lks": row["kode_lks"]}
            entries.append(
                trail.audit_row(by, now, "hapus", "lks", row["lks_id"], wilayah=place, before=before, reason=reason)
            )
        for step, row in zip(steps, back, strict=True):
            before = personal.masked({name: step.before.get(name) for name in step.fields})
            after = personal.masked(step.fields)
            place = step.before["kabkota_kode"]
            entries.append(
                trail.audit_row(
                    by, now, "ubah", "lks", row["lks_id"], wilayah=place, before=before, after=after, reason=reason
                )
            )
        lks_commands.remove(connection, [row["lks_id"] for row in gone])
        trail.record(connection, entries)
        after = {"dihapus": len(gone), "dikembalikan": len(back), "dibiarkan": len(kept)}
        trail.record(
            connection,
            trail.audit_row(by, now, "batal_impor", "batch", batch_id, wilayah=batch["wilayah"], after=after),
        )
        mine = record_queries.by_ids(connection, by.scope, list(kept_ids))  # a row may have moved elsewhere since
        listed = [row for row in kept if row["lks_id"] in mine]
    return Undone(len(gone), len(back), listed)


def _restored(before: Mapping[str, Any], record: Mapping[str, Any]) -> dict[str, Any]:
    """The stored old values as typed values again."""
    fields = {}
    for name, value in before.items():
        if name == "ketua_nik_sandi":
            fields["ketua_nik"] = secrets.unseal(value) if value else None
        else:
            fields[name] = lks_commands.typed(name, value)
    return fields


def refused_workbook(by: Actor, prepared: Preview) -> bytes:
    """A workbook of the refused rows with the bad cells marked, ready to be mended and uploaded again."""
    require(by, Permission.IMPORT_REGISTER)
    judged = {verdict.row: verdict for verdict in prepared.verdicts}
    rows = [
        ParsedRow(row.row, row.values, list(judged[row.row].problems), row.repairs, row.doubts, row.raw)
        for row in prepared.parsed.rows
    ]
    return write_lks.refused_workbook(replace(prepared.parsed, rows=rows), wording.of_problem)


def command(by: Actor, path: Path, *, apply: bool) -> dict[str, Any]:
    """The report that `import-lks --json` prints; with `apply` the accepted rows are stored."""
    require(by, Permission.IMPORT_REGISTER)  # before the path is looked at
    empty = {"baru": 0, "berubah": 0, "sama": 0, "ditolak": 0}
    report: dict[str, Any] = {
        "file_error": None,
        "applied": False,
        "batch": None,
        "counts": empty,
        "rows": [],
        "warnings": [],
    }
    try:
        if not path.is_file():
            raise FileRefused("berkas_tidak_ada", nama=path.name)
        prepared = preview(by, path, path.name)
    except FileRefused as error:
        return report | {"file_error": str(wording.of_error(error))}
    words = {"baru": "accept", "berubah": "accept", "sama": "same", "ditolak": "reject"}
    rows = []
    repairs = {row.row: row.repairs for row in prepared.parsed.rows}
    for verdict in prepared.verdicts:
        messages = [_message(problem) for problem in [*verdict.problems, *verdict.doubts]]
        messages += [_repair_message(repair) for repair in repairs[verdict.row]]
        rows.append(
            {
                "row": verdict.row,
                "verdict": words[verdict.kind],
                "messages": messages,
                "values": trail.plain(verdict.values),
            }
        )
    report |= {"counts": prepared.counts(), "rows": rows, "warnings": [_message(w) for w in prepared.parsed.warnings]}
    if apply and (report["counts"]["baru"] or report["counts"]["berubah"]):
        batch = store(by, prepared, f"cli-{prepared.digest[:16]}-{clock.now().isoformat()}")
        report |= {"applied": True, "batch": batch}
    return report


def _message(problem: Problem) -> dict[str, str]:
    sentence = wording.of_problem(problem)
    return {"column": problem.column, "value": problem.value, "reason": sentence.reason, "remedy": sentence.remedy}


def _repair_message(repair: Any) -> dict[str, str]:
    sentence = wording.sentence(repair.code, sebelum=repair.before, sesudah=repair.after, kolom=repair.column)
    return {"column": repair.column, "value": repair.before, "reason": sentence.reason, "remedy": sentence.remedy}


def readable(report: Mapping[str, Any]) -> str:
    """The report as lines for a terminal."""
    if report["file_error"]:
        return str(report["file_error"])
    lines = [", ".join(f"{name} {count}" for name, count in report["counts"].items())]
    for row in report["rows"]:
        if row["verdict"] == "reject":
            lines += [
                f"{row['row']}: {m['column']} = {m['value']!r}: {m['reason']} {m['remedy']}" for m in row["messages"]
            ]
    if report["applied"]:
        lines.append(wording.sentence("impor_tersimpan", batch=report["batch"]).reason)
    return "\n".join(lines)
