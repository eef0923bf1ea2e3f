"""The agenda of a meeting: items added, changed, moved and removed, each with one to four live panels."""

from collections.abc import Mapping, Sequence
from typing import Any

from data_access.commands import rapat as commands
from data_access.queries import rapat as queries
from domain.errors import InvalidInput, NotFound, NotPermitted, Problem, StaleEdit
from domain.permissions import Actor, Permission, require
from domain.rapat import PANELS
from services import meeting_entries as entries
from services.meeting_store import Case, changing, own

Row = dict[str, Any]
MOST_ITEMS = 40


def offered(by: Actor, wilayah: str) -> tuple[str, ...]:
    """The kinds of panel that say something about a region of this level, in their order."""
    require(by, Permission.VIEW_MEETINGS)
    return tuple(kind for kind in PANELS if entries.fits(kind, wilayah))


def add(by: Actor, rapat_id: int, values: Mapping[str, Any], token: str) -> int:
    """Adds an item (judul, uraian, menit, panel: sequence of PanelSpec) at the end and returns its id."""
    require(by, Permission.MANAGE_MEETINGS)
    with changing(by, rapat_id, None, token, "butir_tambah") as case:
        known = queries.items(case.connection, by.scope, own(by), rapat_id)
        place = max((row["urutan"] for row in known), default=0) + 1
        if len(known) >= MOST_ITEMS:
            raise InvalidInput(
                [Problem("judul", str(len(known)), "rapat_terlalu_banyak_butir", {"batas": str(MOST_ITEMS)})]
            )
        row = entries.item(case.connection, case.row["wilayah"], values, new=True)
        item_id = commands.add(case.connection, "rapat_butir", row | {"rapat_id": rapat_id, "urutan": place})
        case.note(by, "tambah", "rapat_butir", item_id, after=row)
    return item_id


def edit(by: Actor, rapat_id: int, item_id: int, version: int, values: Mapping[str, Any], token: str) -> None:
    """Changes facts of an item as seen at `version`, its notes among them; nothing happens when nothing differs."""
    require(by, Permission.MANAGE_MEETINGS)
    with changing(by, rapat_id, None, token, "butir_ubah") as case:
        before = _item(case, by, item_id, version)
        row = entries.item(case.connection, case.row["wilayah"], values, new=False)
        changed = {name: value for name, value in row.items() if before[name] != value}
        if not changed:
            return
        if not commands.change(case.connection, "rapat_butir", item_id, version, changed):
            raise StaleEdit("butir_sudah_diubah")
        case.note(by, "ubah", "rapat_butir", item_id, {name: before[name] for name in changed}, changed)


def remove(by: Actor, rapat_id: int, item_id: int, version: int, token: str) -> None:
    """Takes an item off the agenda; one under which something was decided stays."""
    require(by, Permission.MANAGE_MEETINGS)
    with changing(by, rapat_id, None, token, "butir_hapus") as case:
        before = _item(case, by, item_id, version)
        made = queries.decisions(case.connection, by.scope, own(by), rapat_id)
        made += queries.actions_of(case.connection, by.scope, own(by), rapat_id)
        if any(row["butir_id"] == item_id and row["dibatalkan_pada"] is None for row in made):
            raise NotPermitted("butir_sudah_berisi")
        commands.remove(case.connection, "rapat_butir", item_id)
        case.note(by, "hapus", "rapat_butir", item_id, {name: before[name] for name in ("judul", "uraian", "panel")})


def reorder(by: Actor, rapat_id: int, version: int, order: Sequence[int], token: str) -> None:
    """Puts the items into an order of their ids; StaleEdit when the agenda has other items by now."""
    require(by, Permission.MANAGE_MEETINGS)
    with changing(by, rapat_id, version, token, "butir_urut") as case:
        now = [row["id"] for row in queries.items(case.connection, by.scope, own(by), rapat_id)]
        if sorted(now) != sorted(order):
            raise StaleEdit("rapat_sudah_diubah")
        if now == list(order):
            return
        commands.place(case.connection, rapat_id, order)
        case.store({})
        case.note(by, "urutkan_agenda", "rapat", rapat_id, {"butir": now}, {"butir": list(order)})


def _item(case: Case, by: Actor, item_id: int, version: int) -> Row:
    for row in queries.items(case.connection, by.scope, own(by), case.id):
        if row["id"] == item_id:
            if row["versi"] != version:
                raise StaleEdit("butir_sudah_diubah")
            return row
    raise NotFound("butir_tidak_ada")
