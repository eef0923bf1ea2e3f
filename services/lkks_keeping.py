"""Keeping the profile of an LKKS, its fields of work and its officers: only by whoever runs that LKKS, all in the trail."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from data_access.commands import lkks as commands
from data_access.commands import trail
from data_access.engine import Connection, writing
from data_access.queries import lkks as queries
from data_access.queries import wilayah as wilayah_queries
from domain.errors import InvalidInput, NotFound, Problem, StaleEdit
from domain.lkks import require_run
from domain.permissions import Actor, Permission
from domain.personal import mask
from domain.typed_values import Field, check
from domain.wilayah import level
from services import accounts, clock
from services.lkks import LEVELS

Row = dict[str, Any]
PROFILE = {
    "nama": Field(required=True),
    "sebutan": Field(limit=60),
    "sk_nomor": Field(),
    "sk_tanggal": Field("past"),
    "masa_mulai": Field("day"),
    "masa_sampai": Field("day"),
    "alamat": Field(limit=500),
    "telepon": Field("phone"),
    "email": Field("email"),
    "pengantar": Field("long", 5000),
}
BIDANG = {"nama": Field(limit=120, required=True), "uraian": Field("long", 500)}
OFFICER = {
    "nama": Field(limit=120, required=True),
    "jabatan": Field(limit=120, required=True),
    "bidang": Field("choice"),
    "telepon": Field("phone"),
    "mulai": Field("day"),
    "sampai": Field("day"),
}
_CHILD, _OFFICERS = "lkks_bidang", "lkks_pengurus"


@dataclass(frozen=True)
class _Case:
    connection: Connection
    now: datetime
    record: Row


@contextmanager
def _writing(by: Actor, wilayah: str, version: int, aksi: str, token: str) -> Iterator[_Case]:
    """One write to an LKKS that the actor runs, still at the version that was seen; its version moves on."""
    require_run(by, Permission.MANAGE_LKKS, wilayah)
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "lkks")
        trail.claim(connection, token, aksi, now)
        record = queries.one(connection, by.scope, wilayah)
        if record is None:
            raise NotFound()
        if record["versi"] != version:
            raise StaleEdit()
        yield _Case(connection, now, record)
        if not record["contoh"]:
            accounts.close_sample_sign_in_in(connection)


def _moved_on(case: _Case, values: Row) -> None:
    if not commands.change(case.connection, case.record["id"], case.record["versi"], values, case.now):
        raise StaleEdit()


def _audit(case: _Case, by: Actor, aksi: str, objek: str, objek_id: int, before: Any, after: Any) -> None:
    place = case.record["wilayah"] or None
    row = trail.audit_row(by, case.now, aksi, objek, objek_id, wilayah=place, before=_told(before), after=_told(after))
    trail.record(case.connection, row)


def _told(values: Row | None) -> Row | None:
    """Values as the trail keeps them: phones and addresses of mail masked."""
    hidden = ("telepon", "email")
    return values and {name: mask(name, value) if name in hidden else value for name, value in values.items()}


def _ordered(start: str, end: str, values: Mapping[str, Any]) -> list[Problem]:
    first, last = values.get(start), values.get(end)
    if isinstance(first, date) and isinstance(last, date) and last < first:
        return [Problem(end, last.isoformat(), "berakhir_sebelum_mulai")]
    return []


def create(by: Actor, wilayah: str, values: Mapping[str, Any], token: str) -> int:
    """Stores the profile of a region's LKKS and returns its id; InvalidInput when the region has one already."""
    require_run(by, Permission.MANAGE_LKKS, wilayah)
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "lkks")
        trail.claim(connection, token, "lkks_tambah", now)
        if level(wilayah or None) not in LEVELS or (wilayah and not wilayah_queries.exists(connection, wilayah)):
            raise NotFound("wilayah_tidak_dikenal", kode=wilayah)
        stored, problems = check(PROFILE, values, clock.today(), whole=True)
        problems += _ordered("masa_mulai", "masa_sampai", stored)
        if queries.one(connection, by.scope, wilayah) is not None:
            problems.append(Problem("wilayah", wilayah, "lkks_sudah_ada"))
        if problems:
            raise InvalidInput(problems)
        row = {"wilayah": wilayah, **stored, "contoh": False, "dibuat_pada": now, "diubah_pada": now}
        lkks_id = commands.add(connection, row)
        told = {name: value for name, value in stored.items() if value is not None}
        entry = trail.audit_row(by, now, "tambah", "lkks", lkks_id, wilayah=wilayah or None, after=_told(told))
        trail.record(connection, entry)
        accounts.close_sample_sign_in_in(connection)
    return lkks_id


def edit(by: Actor, wilayah: str, version: int, values: Mapping[str, Any], token: str) -> None:
    """Changes the given fields of a profile; what is left out stays, StaleEdit when somebody was faster."""
    with _writing(by, wilayah, version, "lkks_ubah", token) as case:
        stored, problems = check(PROFILE, values, clock.today(), whole=False)
        problems += _ordered("masa_mulai", "masa_sampai", case.record | stored)
        if problems:
            raise InvalidInput(problems)
        changed = {name: value for name, value in stored.items() if case.record[name] != value}
        if not changed:
            return
        _moved_on(case, changed)
        before = {name: case.record[name] for name in changed}
        _audit(case, by, "ubah", "lkks", case.record["id"], before, changed)


def put_bidang(
    by: Actor, wilayah: str, version: int, bidang_id: int | None, values: Mapping[str, Any], token: str
) -> int:
    """Adds (None) or changes a field of work and returns its id; a name stands once in an LKKS."""
    with _writing(by, wilayah, version, "lkks_bidang", token) as case:
        known = queries.fields_of_work(case.connection, by.scope, case.record["id"])
        stored, problems = check(BIDANG, values, clock.today(), whole=True)
        name = str(stored.get("nama") or "").casefold()
        if any(row["nama"].casefold() == name and row["id"] != bidang_id for row in known):
            problems.append(Problem("nama", stored["nama"], "lkks_bidang_sudah_ada"))
        if problems:
            raise InvalidInput(problems)
        return _put(case, by, _CHILD, known, bidang_id, stored)


def remove_bidang(by: Actor, wilayah: str, version: int, bidang_id: int, token: str) -> None:
    """Takes a field of work out; its officers stay, without one."""
    with _writing(by, wilayah, version, "lkks_bidang_hapus", token) as case:
        known = queries.fields_of_work(case.connection, by.scope, case.record["id"])
        _remove(case, by, _CHILD, known, bidang_id)


def put_officer(
    by: Actor, wilayah: str, version: int, officer_id: int | None, values: Mapping[str, Any], token: str
) -> int:
    """Adds (None) or changes an officer and returns the id; `bidang` is the name of a field of work of this LKKS.

    A phone that is left out of `values` stays as it is; None takes it away.
    """
    with _writing(by, wilayah, version, "lkks_pengurus", token) as case:
        fields = {
            row["nama"]: row["id"] for row in queries.fields_of_work(case.connection, by.scope, case.record["id"])
        }
        known = queries.officers(case.connection, by.scope, case.record["id"])
        spec = OFFICER | {"bidang": replace(OFFICER["bidang"], options=tuple(fields))}
        stored, problems = check(spec, values, clock.today(), whole=officer_id is None)
        before = next((row for row in known if row["id"] == officer_id), {})
        problems += _ordered("mulai", "sampai", before | stored)
        if problems:
            raise InvalidInput(problems)
        if "bidang" in stored:
            stored["bidang_id"] = fields.get(stored.pop("bidang"))
        return _put(case, by, _OFFICERS, known, officer_id, stored)


def remove_officer(by: Actor, wilayah: str, version: int, officer_id: int, token: str) -> None:
    """Takes an officer out; the trail keeps who it was."""
    with _writing(by, wilayah, version, "lkks_pengurus_hapus", token) as case:
        known = queries.officers(case.connection, by.scope, case.record["id"])
        _remove(case, by, _OFFICERS, known, officer_id)


def _put(case: _Case, by: Actor, table: str, known: list[Row], child_id: int | None, stored: Row) -> int:
    before = next((row for row in known if row["id"] == child_id), None)
    if child_id is not None and before is None:
        raise NotFound()
    made = commands.put_child(case.connection, table, case.record["id"], child_id, stored)
    _moved_on(case, {})
    was = None if before is None else {name: before[name] for name in stored}
    _audit(case, by, "tambah" if before is None else "ubah", table, made, was, stored)
    return made


def _remove(case: _Case, by: Actor, table: str, known: list[Row], child_id: int) -> None:
    before = next((row for row in known if row["id"] == child_id), None)
    if before is None or not commands.remove_child(case.connection, table, case.record["id"], child_id):
        raise NotFound()
    _moved_on(case, {})
    was = {name: value for name, value in before.items() if name not in ("id", "lkks_id", "urutan") and value}
    _audit(case, by, "hapus", table, child_id, was, None)
