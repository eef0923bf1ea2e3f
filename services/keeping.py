"""The record of an LKS: adding, changing, archiving and restoring it, checked, audited and done once."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from data_access.commands import lks as lks_commands
from data_access.commands import trail
from data_access.commands.lks import Change
from data_access.engine import Connection, reading, writing
from data_access.queries import profile as queries
from data_access.queries.records import Record
from domain.errors import InvalidInput, NotPermitted, NotUndoable, Problem, StaleEdit
from domain.lks import AXIS_FIELDS
from domain.names import name_key
from domain.permissions import Actor, Permission, Scope, require
from domain.personal import PERSONAL, masked
from domain.wilayah import lineage
from services import accounts, clock, entries, profile

_WIB = ZoneInfo("Asia/Jakarta")


@contextmanager
def saving(token: str, aksi: str) -> Iterator[tuple[Connection, datetime]]:
    """A write to the register: one transaction, the data revision raised first, the one-time token taken."""
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "register")
        trail.claim(connection, token, aksi, now)
        yield connection, now


def touch(connection: Connection, record: Record) -> None:
    """What every write to a real LKS entails: the one-click sample roles are closed for good."""
    if not record["contoh"]:
        accounts.close_sample_sign_in_in(connection)


def expect(connection: Connection, by: Actor, record: Record, version: int) -> None:
    """Raises StaleEdit, naming who changed what and when, unless the record still has the version the actor saw."""
    if record["versi"] != version:
        rows = queries.newest_changes(connection, by.scope, record["id"], max(1, record["versi"] - version))
        raise stale(rows)


def stale(rows: list[Record]) -> StaleEdit:
    """The refusal of an edit that others were faster than, from their audit rows (newest first)."""
    if not rows:
        return StaleEdit()
    fields = sorted({name for row in rows for name in [*(row["sesudah"] or {}), *(row["sebelum"] or {})]})
    listed = ", ".join(name.replace("_", " ") for name in fields) or rows[0]["aksi"].replace("_", " ")
    when = rows[0]["pada"].astimezone(_WIB).strftime("%d/%m/%Y %H.%M WIB")
    return StaleEdit("lks_sudah_diubah", siapa=rows[0]["pelaku"], kapan=when, bidang=listed)


def kept(record: Record) -> None:
    """Raises NotPermitted for an archived LKS: it is restored before it is changed."""
    if record["diarsipkan_pada"] is not None:
        raise NotPermitted("lks_diarsipkan")


def _no_twin(connection: Connection, by: Actor, record: Record) -> None:
    """Raises InvalidInput when the kab/kota keeps another LKS of this name; one out of the actor's sight stays unnamed."""
    kabkota = lineage(record["kode_wilayah"])[1]
    # Twins are looked for in the whole kab/kota, also beyond an actor's kecamatan: a register holds a body once.
    rows = queries.same_name(connection, Scope(kabkota), kabkota, name_key(record["nama"]))
    others = [row for row in rows if row["id"] != record.get("id")]
    if others:
        seen = queries.kode_of(connection, by.scope, others[0]["id"])
        raise InvalidInput([Problem("nama", record["nama"], "lks_sudah_ada", {"kode": seen[0] if seen else "-"})])


def doubts(by: Actor, fields: Mapping[str, Any], lks_id: int | None = None) -> list[Problem]:
    """What is doubtful about typed fields though it may be saved, such as a point outside its region."""
    require(by, Permission.EDIT_REGISTER)
    with reading() as connection:
        before = profile.locate(connection, by.scope, lks_id) if lks_id is not None else None
        return entries.check(connection, by, fields, before).doubts


def create(by: Actor, record: Mapping[str, Any], token: str) -> int:
    """Adds an LKS and returns its id; InvalidInput for refused values and for a name its kab/kota already has."""
    require(by, Permission.EDIT_REGISTER)
    with saving(token, "lks_tambah") as (connection, now):
        return create_in(connection, by, now, record)


def create_in(
    connection: Connection,
    by: Actor,
    now: datetime,
    record: Mapping[str, Any],
    *,
    contoh: bool = False,
    reason: str | None = None,
) -> int:
    """create() within a write that is under way, whose caller was asked for EDIT_REGISTER."""
    found = entries.check(connection, by, record, None)
    if found.problems:
        raise InvalidInput(found.problems)
    new = {name: value for name, value in found.fields.items() if value not in (None, [])}
    _no_twin(connection, by, new)
    _complete_accreditation(connection, new, new)
    lks_id = lks_commands.add(connection, [new], at=now, by=by, contoh=contoh)[0]
    kabkota = lineage(new["kode_wilayah"])[1]
    row = trail.audit_row(by, now, "tambah", "lks", lks_id, wilayah=kabkota, after=masked(new), reason=reason)
    trail.record(connection, row)
    touch(connection, {"contoh": contoh})
    return lks_id


def _complete_accreditation(connection: Connection, fields: Record, after: Record) -> None:
    """Fills the end of an accreditation from its rule where nobody gave one."""
    if {"akreditasi", "akreditasi_tanggal", "akreditasi_aturan"} & fields.keys() and after.get(
        "akreditasi_sampai"
    ) is None:
        asked = (after.get("akreditasi"), after.get("akreditasi_aturan"), after.get("akreditasi_tanggal"))
        end = entries.suggested_end(connection, *asked)
        if end:
            fields["akreditasi_sampai"] = end


def _differing(before: Record, fields: Mapping[str, Any]) -> Record:
    """The typed fields that change something; a masked value that came back as it was shown changes nothing."""
    shown = profile.shown(before)
    return {
        name: value
        for name, value in fields.items()
        if not (name in PERSONAL and value not in (None, "") and value == shown.get(name))
    }


def edit(
    by: Actor, lks_id: int, version: int, fields: Mapping[str, Any], reason: str | None, token: str
) -> list[Problem]:
    """Changes fields of an LKS as seen at `version` and returns the doubts; nothing happens when nothing differs.

    A change of a status axis needs a reason. StaleEdit names who saved what in between.
    """
    require(by, Permission.EDIT_REGISTER)
    with saving(token, "lks_ubah") as (connection, now):
        before = profile.locate(connection, by.scope, lks_id)
        kept(before)
        expect(connection, by, before, version)
        return edit_in(connection, by, now, before, fields, reason)


def edit_in(
    connection: Connection, by: Actor, now: datetime, before: Record, fields: Mapping[str, Any], reason: str | None
) -> list[Problem]:
    """edit() of a record read in a write that is under way, whose caller was asked for EDIT_REGISTER."""
    kept(before)
    found = entries.check(connection, by, _differing(before, fields), before)
    if found.problems:
        raise InvalidInput(found.problems)
    _complete_accreditation(connection, found.fields, before | found.fields)
    changed = {name: value for name, value in found.fields.items() if _moves(before, name, value)}
    if not changed:
        return found.doubts
    if {"nama", "kode_wilayah"} & changed.keys():
        _no_twin(connection, by, before | changed)
    if reason or set(changed) & set(AXIS_FIELDS):
        reason = entries.given_reason(reason)
    apply(connection, by, now, before, changed, reason, "ubah")
    return found.doubts


def _moves(before: Record, name: str, value: Any) -> bool:
    """True when storing the value would change the record; empty text, empty list and None are one, 0 is an answer."""
    if name == "ketua_nik":
        return value is not None or bool(before.get("ketua_nik_sidik"))
    return (None if before.get(name) in ("", []) else before.get(name)) != (None if value in ("", []) else value)


def apply(
    connection: Connection,
    by: Actor,
    now: datetime,
    before: Record,
    fields: Record,
    reason: str | None,
    aksi: str,
) -> None:
    """Stores checked fields of a record read in this very transaction, with its audit row."""
    if lks_commands.change(connection, [Change(before, fields, reason)], at=now, by=by):
        raise StaleEdit()
    old = {name: before.get(name) for name in fields}
    if "ketua_nik" in fields and before.get("ketua_nik_akhir"):
        old["ketua_nik"] = "*" * 12 + before["ketua_nik_akhir"]
    row = trail.audit_row(
        by,
        now,
        aksi,
        "lks",
        before["id"],
        wilayah=before["kabkota_kode"],
        before=masked(old),
        after=masked(fields),
        reason=reason,
    )
    trail.record(connection, row)
    touch(connection, before)


def archive(by: Actor, lks_id: int, version: int, reason: str | None, token: str) -> None:
    """Takes an LKS out of the register's counts; it stays readable and can be restored."""
    _archive(by, lks_id, version, entries.given_reason(reason), token, True)


def restore(by: Actor, lks_id: int, version: int, reason: str | None, token: str) -> None:
    """Puts an archived LKS back; NotUndoable for one that was merged, which is taken back as a merge."""
    _archive(by, lks_id, version, entries.given_reason(reason), token, False)


def _archive(by: Actor, lks_id: int, version: int, reason: str, token: str, away: bool) -> None:
    require(by, Permission.ARCHIVE_LKS)
    aksi = "arsip" if away else "pulihkan"
    with saving(token, "lks_" + aksi) as (connection, now):
        record = profile.locate(connection, by.scope, lks_id)
        expect(connection, by, record, version)
        if record["digabung_ke"] is not None:
            raise NotUndoable("pulihkan_lewat_gabung")
        if away == (record["diarsipkan_pada"] is not None):
            return
        if not away:
            _no_twin(connection, by, record)
        at, why = (now, reason) if away else (None, None)
        if not lks_commands.archive(connection, lks_id, version, at=at, reason=why, into=None):
            raise StaleEdit()
        before, after = {"diarsipkan_pada": record["diarsipkan_pada"]}, {"diarsipkan_pada": at}
        row = trail.audit_row(
            by, now, aksi, "lks", lks_id, wilayah=record["kabkota_kode"], before=before, after=after, reason=reason
        )
        trail.record(connection, row)
        touch(connection, record)
