"""Decisions of a meeting: written down while it runs, changed or withdrawn until it is closed."""

from typing import Any

from data_access.commands import rapat as commands
from data_access.queries import rapat as queries
from domain.errors import InvalidInput, NotFound, Problem, StaleEdit
from domain.permissions import Actor, Permission, require
from services import meeting_entries as entries
from services.meeting_store import Case, changing, own

Row = dict[str, Any]


def add(by: Actor, rapat_id: int, butir_id: int | None, isi: str, token: str) -> int:
    """Writes down a decision under an agenda item (None: under none) and returns its id."""
    require(by, Permission.MANAGE_MEETINGS)
    with changing(by, rapat_id, None, token, "keputusan_tambah") as case:
        values: Row = {"isi": entries.text("isi", isi), "butir_id": item_of(case, by, butir_id)}
        stored = values | {"rapat_id": rapat_id, "dibuat_pada": case.now, "dibuat_oleh": by.name}
        number = commands.add(case.connection, "rapat_keputusan", stored)
        case.note(by, "tambah", "rapat_keputusan", number, after=values)
    return number


def item_of(case: Case, by: Actor, butir_id: int | None) -> int | None:
    """The agenda item, which must be one of this meeting."""
    known = {row["id"] for row in queries.items(case.connection, by.scope, own(by), case.id)}
    if butir_id is not None and butir_id not in known:
        raise InvalidInput([Problem("butir", str(butir_id), "butir_tidak_ada")])
    return butir_id


def edit(by: Actor, rapat_id: int, decision_id: int, version: int, isi: str, token: str) -> None:
    """Changes the wording of a decision as seen at `version`."""
    require(by, Permission.MANAGE_MEETINGS)
    with changing(by, rapat_id, None, token, "keputusan_ubah") as case:
        before = _decision(case, by, decision_id, version)
        text = entries.text("isi", isi)
        if text != before["isi"]:
            _store(case, decision_id, version, {"isi": text})
            case.note(by, "ubah", "rapat_keputusan", decision_id, {"isi": before["isi"]}, {"isi": text})


def withdraw(by: Actor, rapat_id: int, decision_id: int, version: int, token: str) -> None:
    """Takes a decision back; it can be restored until the meeting is closed."""
    require(by, Permission.MANAGE_MEETINGS)
    _withdraw(by, rapat_id, decision_id, version, token, True)


def restore(by: Actor, rapat_id: int, decision_id: int, version: int, token: str) -> None:
    """Puts a withdrawn decision back."""
    require(by, Permission.MANAGE_MEETINGS)
    _withdraw(by, rapat_id, decision_id, version, token, False)


def _withdraw(by: Actor, rapat_id: int, decision_id: int, version: int, token: str, away: bool) -> None:
    aksi = "batalkan" if away else "pulihkan"
    with changing(by, rapat_id, None, token, f"keputusan_{aksi}") as case:
        before = _decision(case, by, decision_id, version)
        if away == (before["dibatalkan_pada"] is not None):
            return
        at = case.now if away else None
        _store(case, decision_id, version, {"dibatalkan_pada": at})
        case.note(by, aksi, "rapat_keputusan", decision_id, {"isi": before["isi"]}, {"dibatalkan_pada": at})


def _store(case: Case, decision_id: int, version: int, values: Row) -> None:
    if not commands.change(case.connection, "rapat_keputusan", decision_id, version, values):
        raise StaleEdit("keputusan_sudah_diubah")


def _decision(case: Case, by: Actor, decision_id: int, version: int) -> Row:
    for row in queries.decisions(case.connection, by.scope, own(by), case.id):
        if row["id"] == decision_id:
            if row["versi"] != version:
                raise StaleEdit("keputusan_sudah_diubah")
            return row
    raise NotFound("keputusan_tidak_ada")
