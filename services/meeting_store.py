"""A meeting as it is read and written: who sees it, who runs it, one transaction per change, never after it was closed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data_access.commands import rapat as commands
from data_access.commands import trail
from data_access.engine import Connection, writing
from data_access.queries import rapat as queries
from domain.errors import NotFound, NotPermitted, StaleEdit
from domain.lkks import require_run, runs
from domain.permissions import Actor, Permission
from domain.rapat import LATE, action_state, panel_of, urgency
from services import accounts, clock

Row = dict[str, Any]


@dataclass(frozen=True)
class Meeting:
    """One meeting with everything in it.

    butir: agenda items in order, `panel` a list of PanelSpec; keputusan and tindak_lanjut: what it made, withdrawn ones
    too (`dibatalkan_pada`); bawaan: unfinished actions of the region from before, overdue first; selesai_di_sini: those
    from before that were finished on its day. Actions carry `keadaan`, their state today.
    """

    record: Row
    butir: list[Row]
    hadir: list[Row]
    keputusan: list[Row]
    tindak_lanjut: list[Row]
    bawaan: list[Row]
    selesai_di_sini: list[Row]

    @property
    def closed(self) -> bool:
        """True when nothing of it changes any more."""
        return bool(self.record["status"] == "ditutup")


def own(by: Actor) -> bool:
    """True for an LKKS, which sees the affairs of exactly its own region; none stands above another."""
    return by.role.id == "lkks"


def found(connection: Connection, by: Actor, rapat_id: int) -> Row:
    """The record of a meeting that the actor sees; NotFound otherwise."""
    row = queries.meeting(connection, by.scope, own(by), rapat_id)
    if row is None:
        raise NotFound("rapat_tidak_ada")
    return row


def with_state(rows: list[Row], today: date) -> list[Row]:
    """Actions with `keadaan`: belum, proses, selesai, or terlambat."""
    return [row | {"keadaan": action_state(row["status"], row["tenggat"], today)} for row in rows]


def overdue_first(rows: list[Row], today: date) -> list[Row]:
    """Actions in the order in which they are read out, with `keadaan`."""
    return sorted(with_state(rows, today), key=lambda row: urgency(row, today))


def read(connection: Connection, by: Actor, rapat_id: int) -> Meeting:
    """One meeting whole; NotFound when the actor does not see it."""
    record, today = found(connection, by, rapat_id), clock.today()
    asked = (connection, by.scope, own(by), rapat_id)
    before = queries.carried(connection, by.scope, own(by), record)
    return Meeting(
        record,
        [row | {"panel": [panel_of(one) for one in row["panel"]]} for row in queries.items(*asked)],
        queries.attendees(*asked),
        queries.decisions(*asked),
        with_state(queries.actions_of(*asked), today),
        overdue_first([row for row in before if row["status"] != "selesai"], today),
        with_state([row for row in before if row["status"] == "selesai"], today),
    )


@dataclass
class Case:
    """A meeting inside its transaction."""

    connection: Connection
    now: datetime
    row: Row

    @property
    def id(self) -> int:
        """The meeting's id."""
        return int(self.row["id"])

    @property
    def wilayah(self) -> str | None:
        """The region for the trail: None for the whole country."""
        return self.row["wilayah"] or None

    def store(self, values: Mapping[str, Any]) -> None:
        """Changes the meeting's own row; StaleEdit when somebody else was faster."""
        changed = dict(values) | {"diubah_pada": self.now}
        if not commands.change(self.connection, "rapat", self.id, self.row["versi"], changed):
            raise StaleEdit("rapat_sudah_diubah")
        self.row["versi"] += 1

    def note(
        self,
        by: Actor,
        aksi: str,
        objek: str,
        number: int,
        before: Any = None,
        after: Any = None,
        reason: str | None = None,
    ) -> None:
        """Writes the row of the trail; what a real meeting writes closes the one-click sample roles."""
        row = trail.audit_row(
            by, self.now, aksi, objek, number, wilayah=self.wilayah, before=before, after=after, reason=reason
        )
        trail.record(self.connection, row)
        if not self.row["contoh"]:
            accounts.close_sample_sign_in_in(self.connection)


@contextmanager
def saving(token: str, aksi: str) -> Iterator[tuple[Connection, datetime]]:
    """A write to meetings or actions: one transaction, the revision raised first, the one-time token taken."""
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "rapat")
        trail.claim(connection, token, aksi, now)
        yield connection, now


@contextmanager
def changing(by: Actor, rapat_id: int, version: int | None, token: str, aksi: str) -> Iterator[Case]:
    """A write to a meeting that the actor runs; refused when it is closed or somebody else has changed it meanwhile."""
    require_permission(by)
    with saving(token, aksi) as (connection, now):
        row = found(connection, by, rapat_id)
        if not runs(by, row["wilayah"]):
            raise NotFound("rapat_tidak_ada")
        if row["status"] == "ditutup":
            raise NotPermitted("rapat_sudah_ditutup")
        if version is not None and row["versi"] != version:
            raise StaleEdit("rapat_sudah_diubah")
        yield Case(connection, now, row)


def require_permission(by: Actor, wilayah: str | None = None) -> None:
    """Raises NotPermitted unless the actor may run meetings, NotFound for those of a region that is not theirs."""
    require_run(by, Permission.MANAGE_MEETINGS, (by.scope.root or "") if wilayah is None else wilayah)


def is_late(row: Mapping[str, Any]) -> bool:
    """True for an action whose `keadaan` is overdue."""
    return bool(row["keadaan"] == LATE)
