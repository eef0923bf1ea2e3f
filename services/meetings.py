"""Meetings of an LKKS: listed, prepared from a template, moved through their states; what closes one is in freezing."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from data_access.commands import rapat as commands
from data_access.engine import reading
from data_access.queries import rapat as queries
from domain.errors import InvalidInput, NotPermitted, Problem
from domain.lkks import runs
from domain.permissions import Actor, Permission, require
from domain.rapat import NEXT
from services import meeting_entries as entries
from services.freezing import close as close
from services.freezing import snapshot as snapshot
from services.meeting_store import Case, Meeting, changing, found, own, read, require_permission, saving
from services.minutes import minutes as minutes

Row = dict[str, Any]


def listed(by: Actor) -> pd.DataFrame:
    """The meetings that the actor sees, the latest first; the columns are those of queries.rapat.listed."""
    require(by, Permission.VIEW_MEETINGS)
    with reading() as connection:
        return queries.listed(connection, by.scope, own(by))


def get(by: Actor, rapat_id: int) -> Meeting:
    """One meeting whole; NotFound when there is none that the actor sees."""
    require(by, Permission.VIEW_MEETINGS)
    with reading() as connection:
        return read(connection, by, rapat_id)


def manages(by: Actor, found: Meeting) -> bool:
    """True when the actor may change this meeting now."""
    require(by, Permission.VIEW_MEETINGS)
    return by.may(Permission.MANAGE_MEETINGS) and runs(by, found.record["wilayah"]) and not found.closed


def create(by: Actor, values: Mapping[str, Any], token: str) -> int:
    """Adds a meeting with the agenda of its kind and returns its id.

    Without `wilayah` it is of the actor's own region. It follows the region's latest meeting up to its day.
    """
    require(by, Permission.MANAGE_MEETINGS)
    typed = {"wilayah": by.scope.root or ""} | dict(values)
    require_permission(by, str(typed["wilayah"] or ""))
    with saving(token, "rapat_tambah") as (connection, now):
        row = entries.meeting(connection, typed, None)
        before = queries.last_before(connection, by.scope, own(by), row["wilayah"], row["tanggal"])
        kept = row | {"sebelumnya_id": before["id"] if before else None, "contoh": by.contoh, "status": "disiapkan"}
        rapat_id = commands.add(connection, "rapat", kept | {"dibuat_pada": now, "diubah_pada": now})
        items = entries.template(row["jenis"], row["wilayah"], row["tanggal"])
        commands.add_many(connection, "rapat_butir", [one | {"rapat_id": rapat_id} for one in items])
        case = Case(connection, now, found(connection, by, rapat_id))
        told = {name: value for name, value in kept.items() if value is not None}
        case.note(by, "tambah", "rapat", rapat_id, after=told | {"butir": len(items)})
    return rapat_id


def edit(by: Actor, rapat_id: int, version: int, values: Mapping[str, Any], token: str) -> None:
    """Changes facts of a meeting as seen at `version`; its region and kind stay. Nothing happens when nothing differs."""
    require(by, Permission.MANAGE_MEETINGS)
    with changing(by, rapat_id, version, token, "rapat_ubah") as case:
        row = entries.meeting(case.connection, values, case.row)
        fixed = [name for name in ("wilayah", "jenis") if name in row and row[name] != case.row[name]]
        if fixed:
            raise InvalidInput([Problem(name, str(row[name]), "rapat_tetap") for name in fixed])
        changed = {name: value for name, value in row.items() if case.row[name] != value}
        if changed:
            before = {name: case.row[name] for name in changed}
            case.store(changed)
            case.note(by, "ubah", "rapat", rapat_id, before, changed)


def move(by: Actor, rapat_id: int, version: int, to: str, token: str) -> None:
    """Starts a prepared meeting, or takes a running one back to preparation; closing is close()."""
    require(by, Permission.MANAGE_MEETINGS)
    with changing(by, rapat_id, version, token, "rapat_status") as case:
        state = case.row["status"]
        if to == "ditutup" or to not in NEXT[state]:
            raise InvalidInput([Problem("status", to, "rapat_langkah_keliru", {"status": state})])
        case.store({"status": to})
        case.note(by, "ubah_status_rapat", "rapat", rapat_id, {"status": state}, {"status": to})


def remove(by: Actor, rapat_id: int, version: int, token: str) -> None:
    """Deletes a meeting that is only prepared and has made nothing yet."""
    require(by, Permission.MANAGE_MEETINGS)
    with changing(by, rapat_id, version, token, "rapat_hapus") as case:
        whole = read(case.connection, by, rapat_id)
        if case.row["status"] != "disiapkan" or whole.keputusan or whole.tindak_lanjut:
            raise NotPermitted("rapat_sudah_berisi")
        told = {name: case.row[name] for name in ("judul", "jenis", "tanggal")}
        case.note(by, "hapus", "rapat", rapat_id, told)
        commands.remove(case.connection, "rapat", rapat_id)
