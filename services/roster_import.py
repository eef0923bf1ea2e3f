"""Getting a list of participants into a roster: read apart from us, previewed, stored at once, taken back."""

import hashlib
import os
import secrets
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

import settings
from data_access.commands import roster as commands
from data_access.commands import trail
from data_access.engine import reading
from data_access.queries import roster as queries
from data_access.queries import state as state_queries
from data_access.queries import wilayah as wilayah_queries
from data_access.workbooks import read_roster, write_roster
from domain.errors import FileRefused, NotFound, NotUndoable, Problem, StaleEdit
from domain.impor.roster import FROM_INSTITUTION, KIND_FROM, KINDS
from domain.impor.rows import ParsedRow
from domain.names import name_key
from domain.permissions import Actor, Permission, require
from domain.roster import PERSONAL, person_key
from services import clock, wording
from services.roster import Row, changing, masked
from services.roster_links import NEAR

MAX_BYTES = 5 * 2**20  # five thousand people take less than one
FIELDS = ("nama", "kelamin", "jabatan", "jenis", "instansi", "kabkota_kode", "telepon", "email", "catatan")


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
    """A file read and held against the roster of one event; nothing of it is stored yet."""

    event_id: int
    file_name: str
    digest: str
    parsed: read_roster.ParsedFile
    verdicts: list[Verdict]
    revision: int  # of the events that the verdicts were made from

    def counts(self) -> dict[str, int]:
        """How many rows are baru, berubah, sama, ditolak."""
        found = Counter(verdict.kind for verdict in self.verdicts)
        return {kind: found[kind] for kind in ("baru", "berubah", "sama", "ditolak")}


def template(by: Actor) -> bytes:
    """The workbook to fill in, with one marked example."""
    require(by, Permission.MANAGE_EVENTS)
    return write_roster.template()


def preview(
    by: Actor,
    event_id: int,
    content: bytes,
    file_name: str,
    *,
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
) -> Preview:
    """The file's rows with a verdict each; FileRefused when the file as a whole cannot be read."""
    require(by, Permission.MANAGE_EVENTS)
    if len(content) > MAX_BYTES:
        raise FileRefused("berkas_terlalu_besar", mb=-(-len(content) // 2**20), batas=MAX_BYTES // 2**20)
    with reading() as connection:
        if queries.event(connection, by.scope, event_id) is None:
            raise NotFound()
        on = clock.today()
        former: dict[str, list[str]] = defaultdict(list)
        for name in wilayah_queries.former_names(connection):
            former[name["kode"]].append(name["nama"])
        places = [
            row
            | {"nama_lain": former.get(row["kode"])}
            | {"berlaku_sampai": row["berlaku_sampai"] is not None and row["berlaku_sampai"] <= on}
            for row in wilayah_queries.all_rows(connection)
        ]
    parsed = _read(content, file_name, places, mapping, sheet)
    with reading() as connection:
        revision = state_queries.revision(connection, "kegiatan")
        verdicts = classify(queries.people(connection, by.scope, event_id), parsed.rows)
    return Preview(event_id, file_name, hashlib.sha256(content).hexdigest(), parsed, verdicts, revision)


def _read(
    content: bytes,
    file_name: str,
    places: Sequence[Mapping[str, Any]],
    mapping: Mapping[str, str] | None,
    sheet: str | None,
) -> read_roster.ParsedFile:
    """Hands the upload to the child as a private file that is gone as soon as it was read: it names people."""
    folder = settings.load().data_dir / "unggahan"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    ending = ".csv" if file_name.lower().endswith(".csv") else ".xlsx"
    path: Path = folder / (secrets.token_hex(16) + ending)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        return read_roster.read_roster(path, wilayah=places, mapping=mapping, sheet=sheet)
    finally:
        path.unlink(missing_ok=True)


# --- held against the roster -----------------------------------------------------------------------------------------


def classify(people: Sequence[Row], rows: Sequence[ParsedRow]) -> list[Verdict]:
    """A verdict for every parsed row, held against the roster: the same name and institution are the same person.

    A row without an institution means the only one of that name; a row merged away means the row it was merged into.
    """
    by_id = {row["id"]: row for row in people}
    by_name: dict[str, list[Row]] = defaultdict(list)
    for row in people:
        by_name[row["nama_kunci"]].append(row)
    active = [row for row in people if row["aktif"]]
    keys = [person_key(row["nama"]) for row in active]
    first_new: dict[tuple[str, str], int] = {}
    first_known: dict[int, int] = {}
    verdicts = []
    for parsed in rows:
        verdict = _judge(parsed, by_name, by_id)
        if verdict.kind != "ditolak":
            seen: int | None
            if verdict.record is not None:
                seen = first_known.setdefault(verdict.record["id"], parsed.row)
            else:
                body = name_key(verdict.values.get("instansi") or "")
                seen = first_new.setdefault((name_key(verdict.values["nama"]), body), parsed.row)
            if seen != parsed.row:
                double = Problem("nama", verdict.values["nama"], "peserta_ganda_di_berkas", {"baris": str(seen)})
                verdict = replace(verdict, kind="ditolak", problems=[double], changes={}, record=None)
        if verdict.kind == "baru":
            verdict = replace(verdict, doubts=[*verdict.doubts, *_near(verdict, by_name, active, keys)])
        verdicts.append(verdict)
    return verdicts


def _judge(parsed: ParsedRow, by_name: Mapping[str, list[Row]], by_id: Mapping[int, Row]) -> Verdict:
    values, doubts = parsed.values, [*parsed.doubts, *_about_kind(parsed.values)]
    if parsed.problems:
        return Verdict(parsed.row, "ditolak", values, problems=parsed.problems, doubts=doubts)
    body = name_key(values.get("instansi") or "")
    namesakes = by_name.get(name_key(values["nama"]), [])
    found = [row for row in namesakes if not body or name_key(row["instansi"] or "") in ("", body)]
    if len(found) > 1:  # the one that names the institution, then those that still take part
        found = [row for row in found if body and name_key(row["instansi"] or "") == body] or found
        found = [row for row in found if row["aktif"]] or found[:1]
    if len(found) > 1:
        problem = Problem("nama", values["nama"], "peserta_ganda_di_daftar", {"jumlah": str(len(found))})
        return Verdict(parsed.row, "ditolak", values, problems=[problem], doubts=doubts)
    if not found:
        return Verdict(parsed.row, "baru", values, doubts=doubts)
    record = found[0]
    while record["digabung_ke"] in by_id:
        record = by_id[record["digabung_ke"]]
    if not record["aktif"]:
        struck = Problem("nama", values["nama"], "peserta_sama_dicoret")
        return Verdict(parsed.row, "sama", values, record=record, doubts=[*doubts, struck])
    merged = record is not found[0]  # its own spelling and institution were decided by hand
    changes = {} if merged else differences(record, values)
    return Verdict(parsed.row, "berubah" if changes else "sama", values, changes, record, doubts=doubts)


def _about_kind(values: Mapping[str, Any]) -> list[Problem]:
    source, body = values.get(KIND_FROM), values.get("instansi") or ""
    if source is None:
        return []
    if source == FROM_INSTITUTION:
        return [Problem("jenis", body, "peserta_jenis_ditafsirkan", {"jenis": KINDS[values["jenis"]]})]
    return [Problem("jenis", body, "peserta_jenis_ditebak", {"asal": body or "-"})]


def differences(record: Row, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The fields that `values` state otherwise than the row: field -> (before, after).

    Unstated fields stay, and so do the spelling of the name and a kind that was only taken from the institution.
    """
    changes = {}
    for name in FIELDS:
        after = values.get(name)
        if after is None or name == "nama" or (name == "jenis" and KIND_FROM in values):
            continue
        before = record[name]
        same = name_key(before or "") == name_key(after) if name == "instansi" else before == after
        if not same:
            changes[name] = (before, after)
    return changes


def _near(
    verdict: Verdict, by_name: Mapping[str, list[Row]], active: Sequence[Row], keys: Sequence[str]
) -> list[Problem]:
    """What a new row should be looked at for: the same name from elsewhere, or nearly the same name."""
    nama = str(verdict.values["nama"])
    others = [row for row in by_name.get(name_key(nama), []) if row["aktif"]]
    if others:
        return [Problem("nama", nama, "peserta_nama_sama", {"instansi": others[0]["instansi"] or "-"})]
    best = process.extractOne(person_key(nama), keys, scorer=fuzz.token_sort_ratio, score_cutoff=NEAR)
    if best is None:
        return []
    facts = {"mirip": active[best[2]]["nama"], "skor": f"{best[1]:.0f}"}
    return [Problem("nama", nama, "peserta_nama_mirip", facts)]


# --- storing and taking back -----------------------------------------------------------------------------------------


def store(by: Actor, prepared: Preview, token: str) -> int:
    """Stores the accepted rows of a preview in one transaction, each new one with a code, and returns the import's id.

    StaleEdit when the roster has moved on so far that the preview no longer says what would happen; then nothing is
    stored.
    """
    require(by, Permission.MANAGE_EVENTS)
    with changing(by, prepared.event_id, "impor_peserta", token) as case:
        verdicts = prepared.verdicts
        # changing() has raised the revision by one: any other number means that somebody else wrote since the preview.
        if state_queries.revision(case.connection, "kegiatan") != prepared.revision + 1:
            verdicts = classify(queries.people(case.connection, by.scope, prepared.event_id), prepared.parsed.rows)
            if [_gist(verdict) for verdict in verdicts] != [_gist(verdict) for verdict in prepared.verdicts]:
                raise StaleEdit("impor_peserta_usang")
        counts = prepared.counts()
        values = {"kegiatan_id": prepared.event_id, "berkas": prepared.file_name, "sidik_berkas": prepared.digest}
        values |= {"token": token, "pada": case.now, "oleh": by.username, **counts}
        batch_id = commands.add_batch(case.connection, values)
        reason = wording.sentence("impor_peserta_alasan", batch=batch_id).reason
        new = [_stored(verdict.values) for verdict in verdicts if verdict.kind == "baru"]
        head = {"kegiatan_id": prepared.event_id, "batch_id": batch_id, "contoh": case.event["contoh"]}
        rows = [head | person | {"dibuat_pada": case.now} for person in new]
        for person, (participant_id, _) in zip(new, commands.add(case.connection, rows), strict=True):
            case.note("tambah_peserta", participant_id, after=masked(person), reason=reason)
        for verdict in verdicts:
            if verdict.kind == "berubah":
                after = {name: new for name, (_, new) in verdict.changes.items()}
                case.store(dict(verdict.record or {}), after, "ubah_peserta", reason=reason)
        told = {"berkas": prepared.file_name, **counts}
        place = case.event["wilayah"]
        entry = trail.audit_row(by, case.now, "impor_peserta", "kegiatan", prepared.event_id, wilayah=place, after=told)
        trail.record(case.connection, entry)
    return batch_id


def _gist(verdict: Verdict) -> tuple[Any, ...]:
    record = verdict.record or {}
    return verdict.row, verdict.kind, verdict.changes, record.get("id"), record.get("versi")


def _stored(values: Mapping[str, Any]) -> Row:
    return {name: values[name] for name in FIELDS if values.get(name) is not None}


@dataclass(frozen=True)
class Undone:
    """What taking an import back did: rows removed, and those left because something hangs on them."""

    removed: int
    kept: list[Row]  # nama, instansi, karena: what hangs on the row


def batches(by: Actor, event_id: int) -> list[Row]:
    """The imports into an event's roster, newest first."""
    require(by, Permission.MANAGE_EVENTS)
    with reading() as connection:
        return queries.batches(connection, by.scope, event_id)


def undo(by: Actor, event_id: int, batch_id: int, token: str) -> Undone:
    """Takes an import back: the people it added go, but those with answers, attendance, plans or a merge stay.

    Changes it made to people who were there before stay too; their old values are in the trail.
    """
    require(by, Permission.MANAGE_EVENTS)
    with changing(by, event_id, "batal_impor_peserta", token) as case:
        batch = queries.batch(case.connection, by.scope, batch_id)
        if batch is None or batch["kegiatan_id"] != event_id:
            raise NotFound()
        if not commands.close_batch(case.connection, batch_id, case.now):
            raise NotUndoable("impor_peserta_dibatalkan")
        rows = queries.batch_people(case.connection, batch_id)
        busy = queries.work_of(case.connection, [row["id"] for row in rows])
        for row in rows:
            if row["digabung_ke"] is not None:
                busy.setdefault(row["id"], set()).add("gabungan")
        gone = [row for row in rows if row["id"] not in busy]
        reason = wording.sentence("impor_peserta_alasan", batch=batch_id).reason
        for row in gone:
            before = {name: row[name] for name in ("nama", "instansi")}
            case.note("hapus_peserta", row["id"], before=before, reason=reason)
        commands.remove(case.connection, [row["id"] for row in gone])
        after = {"nomor": batch_id, "dihapus": len(gone), "dibiarkan": len(busy)}
        entry = trail.audit_row(
            *(by, case.now, "batal_impor_peserta", "kegiatan", event_id), wilayah=case.event["wilayah"], after=after
        )
        trail.record(case.connection, entry)
    kept = [
        {"nama": row["nama"], "instansi": row["instansi"], "karena": sorted(busy[row["id"]])}
        for row in rows
        if row["id"] in busy
    ]
    return Undone(len(gone), kept)


def refused_workbook(by: Actor, prepared: Preview) -> bytes:
    """A workbook of the refused rows with the bad cells marked, ready to be mended and uploaded again."""
    require(by, Permission.MANAGE_EVENTS)
    judged = {verdict.row: verdict for verdict in prepared.verdicts}
    rows = [replace(row, problems=list(judged[row.row].problems)) for row in prepared.parsed.rows]
    return write_roster.refused_workbook(replace(prepared.parsed, rows=rows), wording.of_problem)


def shown(name: str, value: Any) -> Any:
    """A field's value as the preview may show it: telephone and e-mail masked."""
    return masked({name: value})[name] if name in PERSONAL else value
