"""The log of an LKKS's partnerships with PSKS: added, mended and taken out by whoever runs that LKKS."""

from collections.abc import Mapping
from typing import Any

from data_access.commands import lkks as commands
from data_access.commands import trail
from data_access.engine import Connection, writing
from data_access.queries import lkks as queries
from data_access.queries import references
from domain.errors import InvalidInput, NotFound, StaleEdit
from domain.lkks import require_run
from domain.permissions import Actor, Permission, require
from domain.typed_values import Field, check
from services import accounts, clock, entries

Row = dict[str, Any]
_TOLD = ("tanggal", "psks", "mitra", "kegiatan", "hasil")


def _checked(connection: Connection, wilayah: str, values: Mapping[str, Any], whole: bool) -> Row:
    today = clock.today()
    kinds = tuple(row["kode"] for row in references.options(connection, "psks", today, wilayah or None))
    spec = {
        "tanggal": Field("past", required=True),
        "psks": Field("choice", required=True, options=kinds),
        "mitra": Field(required=True),
        "kegiatan": Field(limit=300, required=True),
        "hasil": Field("long", 1000),
    }
    stored, problems = check(spec, values, today, whole)
    if problems:
        raise InvalidInput(problems)
    return stored


def add(by: Actor, wilayah: str, values: Mapping[str, Any], token: str) -> int:
    """Stores a partnership of the LKKS of a region and returns its id."""
    require_run(by, Permission.MANAGE_LKKS, wilayah)
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "lkks")
        trail.claim(connection, token, "kemitraan_tambah", now)
        record = queries.one(connection, by.scope, wilayah)
        if record is None:
            raise NotFound()
        stored = _checked(connection, wilayah, values, whole=True)
        made = commands.add_partnership(
            connection, stored | {"lkks_id": record["id"], "contoh": record["contoh"], "versi": 1}
        )
        row = trail.audit_row(by, now, "tambah", "kemitraan", made, wilayah=wilayah or None, after=stored)
        trail.record(connection, row)
        if not record["contoh"]:
            accounts.close_sample_sign_in_in(connection)
    return made


def edit(by: Actor, partnership_id: int, version: int, values: Mapping[str, Any], token: str) -> None:
    """Changes the given fields of a partnership; StaleEdit when somebody was faster."""
    require(by, Permission.MANAGE_LKKS)
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "lkks")
        trail.claim(connection, token, "kemitraan_ubah", now)
        before = _mine(connection, by, partnership_id)
        if before["versi"] != version:
            raise StaleEdit()
        stored = _checked(connection, before["wilayah"], values, whole=False)
        changed = {name: value for name, value in stored.items() if before[name] != value}
        if not changed:
            return
        if not commands.change_partnership(connection, partnership_id, version, changed):
            raise StaleEdit()
        was = {name: before[name] for name in changed}
        place = before["wilayah"] or None
        entry = trail.audit_row(by, now, "ubah", "kemitraan", partnership_id, wilayah=place, before=was, after=changed)
        trail.record(connection, entry)


def remove(by: Actor, partnership_id: int, version: int, reason: str | None, token: str) -> None:
    """Takes a partnership out of the log with a reason; the trail keeps it."""
    require(by, Permission.MANAGE_LKKS)
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "lkks")
        trail.claim(connection, token, "kemitraan_hapus", now)
        before = _mine(connection, by, partnership_id)
        why = entries.given_reason(reason)
        if not commands.remove_partnership(connection, partnership_id, version):
            raise StaleEdit()
        was = {name: before[name] for name in _TOLD}
        place = before["wilayah"] or None
        entry = trail.audit_row(by, now, "hapus", "kemitraan", partnership_id, wilayah=place, before=was, reason=why)
        trail.record(connection, entry)


def _mine(connection: Connection, by: Actor, partnership_id: int) -> Row:
    found = queries.partnership(connection, by.scope, partnership_id)
    if found is None:
        raise NotFound()
    require_run(by, Permission.MANAGE_LKKS, found["wilayah"])
    return found
