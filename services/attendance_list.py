"""Who attends a meeting: by hand, from pasted lines, or from the list of the meeting before."""

import re
from collections.abc import Mapping
from typing import Any

from data_access.commands import rapat as commands
from data_access.queries import rapat as queries
from domain.errors import InvalidInput, NotFound, Problem
from domain.names import name_key
from domain.permissions import Actor, Permission, require
from services import meeting_entries as entries
from services.meeting_store import Case, changing, own

Row = dict[str, Any]
MOST_PEOPLE = 1000
_COLUMNS = ("nama", "jabatan", "instansi", "keterangan")
_SEPARATOR = re.compile(r"\t|;")  # not the comma: titles have it ("S.Sos, M.Si")
_COPIED = ("nama", "jabatan", "instansi", "jenis")


def add(by: Actor, rapat_id: int, values: Mapping[str, Any], token: str) -> int:
    """Adds somebody (nama, jabatan, instansi, jenis, hadir, keterangan) and returns the id of the line."""
    require(by, Permission.MANAGE_MEETINGS)
    with changing(by, rapat_id, None, token, "hadir_tambah") as case:
        row: Row = {"hadir": True} | entries.attendee(values, new=True)
        present = _listed(case, by)
        _room(len(present) + 1)
        if name_of(row) in {name_of(one) for one in present}:
            raise InvalidInput([Problem("nama", row["nama"], "hadir_sudah_ada")])
        row |= {"rapat_id": rapat_id, "urutan": _last(present) + 1}
        attendee_id = commands.add(case.connection, "rapat_hadir", row)
        case.note(by, "tambah", "rapat_hadir", attendee_id, after={name: row.get(name) for name in entries.ATTENDEE})
    return attendee_id


def paste(by: Actor, rapat_id: int, lines: str, jenis: str | None, token: str) -> int:
    """Adds one person per line, "nama; jabatan; instansi; keterangan" apart by tab or semicolon; how many were new.

    Whoever is listed already under the same name and institution is left alone. InvalidInput names each refused line.
    """
    require(by, Permission.MANAGE_MEETINGS)
    with changing(by, rapat_id, None, token, "hadir_tempel") as case:
        problems: list[Problem] = []
        rows: list[Row] = []
        for number, line in enumerate(lines.splitlines(), 1):
            cells = [cell.strip() for cell in _SEPARATOR.split(line)]
            if not any(cells):
                continue
            if len(cells) > len(_COLUMNS):
                problems.append(Problem(f"baris {number}", line[:80], "hadir_terlalu_banyak_kolom"))
                continue
            try:
                rows.append(entries.attendee(dict(zip(_COLUMNS, cells, strict=False)) | {"jenis": jenis}, new=True))
            except InvalidInput as refused:
                problems += [
                    Problem(f"baris {number} / {p.column}", p.value, p.code, p.facts) for p in refused.problems
                ]
        if not rows and not problems:
            problems.append(Problem("nama", "", "wajib_diisi"))
        if problems:
            raise InvalidInput(problems)
        return _add_new(case, by, rows, "tempel_hadir")


def copy_before(by: Actor, rapat_id: int, token: str) -> int:
    """Adds everybody from the list of the meeting before as not yet present; how many were new."""
    require(by, Permission.MANAGE_MEETINGS)
    with changing(by, rapat_id, None, token, "hadir_salin") as case:
        before = case.row["sebelumnya_id"]
        known = queries.attendees(case.connection, by.scope, own(by), before) if before else []
        return _add_new(
            case, by, [{name: row[name] for name in _COPIED} | {"hadir": False} for row in known], "salin_hadir"
        )


def _add_new(case: Case, by: Actor, rows: list[Row], aksi: str) -> int:
    present = _listed(case, by)
    seen, place = {name_of(row) for row in present}, _last(present)
    new: list[Row] = []
    for row in rows:
        if name_of(row) not in seen:
            seen.add(name_of(row))
            place += 1
            new.append({"hadir": True} | row | {"rapat_id": case.id, "urutan": place})
    _room(len(present) + len(new))
    commands.add_many(case.connection, "rapat_hadir", new)
    if new:
        case.note(by, aksi, "rapat", case.id, after={"jumlah": len(new)})
    return len(new)


def edit(by: Actor, rapat_id: int, attendee_id: int, values: Mapping[str, Any], token: str) -> None:
    """Changes facts of a line of the list, such as whether somebody came."""
    require(by, Permission.MANAGE_MEETINGS)
    with changing(by, rapat_id, None, token, "hadir_ubah") as case:
        _change(case, by, attendee_id, values)


def mark(by: Actor, rapat_id: int, changed: Mapping[int, Mapping[str, Any]], token: str) -> int:
    """Changes several lines at once (id -> facts), all or none; how many differ now."""
    require(by, Permission.MANAGE_MEETINGS)
    with changing(by, rapat_id, None, token, "hadir_tandai") as case:
        return sum(_change(case, by, attendee_id, values) for attendee_id, values in changed.items())


def _change(case: Case, by: Actor, attendee_id: int, values: Mapping[str, Any]) -> bool:
    before = next((row for row in _listed(case, by) if row["id"] == attendee_id), None)
    if before is None:
        raise NotFound("hadir_tidak_ada")
    row = entries.attendee(values, new=False)
    changed = {name: value for name, value in row.items() if before[name] != value}
    if changed:
        commands.change_attendee(case.connection, case.id, attendee_id, changed)
        case.note(by, "ubah", "rapat_hadir", attendee_id, {name: before[name] for name in changed}, changed)
    return bool(changed)


def remove(by: Actor, rapat_id: int, attendee_id: int, token: str) -> None:
    """Takes somebody off the list."""
    require(by, Permission.MANAGE_MEETINGS)
    with changing(by, rapat_id, None, token, "hadir_hapus") as case:
        before = next((row for row in _listed(case, by) if row["id"] == attendee_id), None)
        if before is None:
            raise NotFound("hadir_tidak_ada")
        commands.remove(case.connection, "rapat_hadir", attendee_id)
        case.note(by, "hapus", "rapat_hadir", attendee_id, {name: before[name] for name in ("nama", "instansi")})


def _listed(case: Case, by: Actor) -> list[Row]:
    return queries.attendees(case.connection, by.scope, own(by), case.id)


def _last(rows: list[Row]) -> int:
    return max((row["urutan"] for row in rows), default=0)


def name_of(row: Mapping[str, Any]) -> tuple[str, str]:
    """What tells people on a list apart: name and institution, however they are written."""
    return name_key(row["nama"]), name_key(row.get("instansi") or "")


def _room(count: int) -> None:
    if count > MOST_PEOPLE:
        raise InvalidInput([Problem("nama", str(count), "hadir_terlalu_banyak", {"batas": str(MOST_PEOPLE)})])
