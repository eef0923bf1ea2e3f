"""Closing a meeting: what every panel showed and the minutes are kept for ever, in one transaction with the state."""

from datetime import datetime
from zoneinfo import ZoneInfo

from data_access.commands import rapat as commands
from data_access.engine import Connection, reading
from data_access.queries import state
from domain.errors import InvalidInput, NotPermitted, PilarError, Problem, StoreUnavailable
from domain.panel import Panel, digest, panel_from
from domain.permissions import Actor, Permission, require
from services import clock, minutes, snapshots
from services.meeting_store import Row, changing, found, read
from services.snapshots import MINUTES, Place

TRIES = 5
# Everything that a panel may show; a write to any of them between computing and keeping means to compute again.
SUBJECTS = ("register", "kegiatan", "jawaban", "indikator", "referensi", "lkks", "rapat")
_WIB = ZoneInfo("Asia/Jakarta")


class _Moved(PilarError):
    """The data changed between computing the panels and keeping them."""


def close(by: Actor, rapat_id: int, version: int, token: str) -> None:
    """Closes a running meeting as seen at `version` and freezes its panels, minutes, attendance and actions.

    The panels are those of the very revision that stands when they are kept; StoreUnavailable when the data never stood
    still in several tries.
    """
    require(by, Permission.MANAGE_MEETINGS)
    freeze(by, rapat_id, version, token, clock.now())


def freeze(by: Actor, rapat_id: int, version: int, token: str, at: datetime) -> None:
    """close() as of a moment: panels and states of actions are those of its day."""
    require(by, Permission.MANAGE_MEETINGS)
    on = at.astimezone(_WIB).date()
    for _ in range(TRIES):
        with reading() as connection:
            stamp = _stamp(connection)
            whole = read(connection, by, rapat_id)
        ready = whole.record["status"] == "berjalan" and whole.record["versi"] == version
        shown = snapshots.computed(by, whole, on) if ready else {}
        try:
            _keep(by, rapat_id, version, token, at, stamp, shown)
        except _Moved:
            continue
        return
    raise StoreUnavailable("rapat_data_bergerak")


def _stamp(connection: Connection) -> tuple[int, ...]:
    return tuple(state.revision(connection, subject) for subject in SUBJECTS)


def _keep(
    by: Actor, rapat_id: int, version: int, token: str, at: datetime, stamp: tuple[int, ...], shown: dict[Place, Panel]
) -> None:
    with changing(by, rapat_id, version, token, "rapat_tutup") as case:
        if case.row["status"] != "berjalan":
            facts = {"status": case.row["status"]}
            raise InvalidInput([Problem("status", "ditutup", "rapat_langkah_keliru", facts)])
        if _stamp(case.connection) != (*stamp[:-1], stamp[-1] + 1):  # this very write has raised "rapat" by one
            raise _Moved()
        whole = read(case.connection, by, rapat_id)
        on = at.astimezone(_WIB).date()
        data = minutes.build(case.connection, whole, shown, on, at, at)
        rows: list[Row] = [_row(rapat_id, MINUTES, "notulen", data, at)]
        rows += [_row(rapat_id, place, panel.jenis, panel.as_data(), at) for place, panel in shown.items()]
        commands.add_many(case.connection, "rapat_potret", rows)
        case.store({"status": "ditutup", "ditutup_pada": at, "ditutup_oleh": by.name})
        counted = {"panel": len(shown)} | {
            name: sum(row["dibatalkan_pada"] is None for row in made)
            for name, made in (("keputusan", whole.keputusan), ("tindak_lanjut", whole.tindak_lanjut))
        }
        after = {"status": "ditutup", "sidik": snapshots.seal(rows)} | counted
        case.note(by, "tutup_rapat", "rapat", rapat_id, {"status": "berjalan"}, after)


def _row(rapat_id: int, place: Place, jenis: str, data: Row, at: datetime) -> Row:
    row: Row = {"rapat_id": rapat_id, "butir": place[0], "panel": place[1], "jenis": jenis}
    return row | {"isi": data, "sidik": digest(data), "dibuat_pada": at}


def snapshot(by: Actor, rapat_id: int) -> dict[Place, Panel]:
    """The panels of a closed meeting as they were shown, by (place of the item, place in it), from 1.

    NotPermitted while it is not closed; StoreRefused when what is kept is not what was kept at closing.
    """
    require(by, Permission.VIEW_MEETINGS)
    with reading() as connection:
        if found(connection, by, rapat_id)["status"] != "ditutup":
            raise NotPermitted("rapat_belum_ditutup")
        kept = snapshots.kept(connection, by, rapat_id)
    return {place: panel_from(data) for place, data in kept.items() if place != MINUTES}
