"""Who counts the register: its columns kept in memory for today, the store itself for any other date.

Reading the columns takes a few tenths of a second, so nobody waits for it who may never need them again: a command is
answered by the store, and so is a server's first page, while the warm-up reads them. The first write ends that.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import Protocol

from data_access.engine import Connection, reading
from data_access.queries import changes, find, groups
from data_access.queries import register as queries
from data_access.queries.columns import Columns, load
from data_access.queries.register import Selection
from domain.lks import quarter_start
from services import clock

Cell = tuple[str | None, str | None, int]
Place = tuple[str | None, int, int, int]


class Counter(Protocol):
    """The counts of a selection; both ways give the same numbers (tests/services/test_counting.py)."""

    def total(self, selection: Selection) -> int:
        """How many LKS."""
        ...

    def shares(self, selection: Selection, measures: Iterable[str]) -> dict[str, int]:
        """data_access.queries.register.shares."""
        ...

    def kluster_counts(self, selection: Selection) -> tuple[dict[str, int], int, int]:
        """data_access.queries.register.kluster_counts."""
        ...

    def expiring(self, selection: Selection) -> dict[int | str, dict[str, int]]:
        """data_access.queries.register.expiring."""
        ...

    def by_code(self, selection: Selection, measure: str | None, level: str) -> list[Place]:
        """(kode, total, numerator, denominator) per code of a level that has LKS."""
        ...

    def crosstab(self, selection: Selection, rows: str, columns: str | None, level: str) -> list[Cell]:
        """(row value, column value, LKS) per pair that occurs, None for not filled in; without `columns` that is None."""
        ...

    def any_under(self, kabkota: Collection[str]) -> bool:
        """data_access.queries.groups.any_under."""
        ...

    def reach(self, selection: Selection) -> datetime | None:
        """data_access.queries.changes.reach."""
        ...

    def came_and_went(self, selection: Selection, moment: datetime) -> tuple[int, int]:
        """data_access.queries.changes.came_and_went."""
        ...

    def newcomers(self, selection: Selection, moment: datetime) -> dict[str, int]:
        """data_access.queries.changes.newcomers."""
        ...

    def untouched(self, selection: Selection, moment: datetime, since: date, touched: Sequence[int]) -> dict[str, int]:
        """data_access.queries.changes.untouched."""
        ...


@dataclass(frozen=True)
class Statements:
    """A Counter that asks the store each time."""

    connection: Connection

    def total(self, selection: Selection) -> int:
        """How many LKS."""
        return groups.total(self.connection, selection)

    def shares(self, selection: Selection, measures: Iterable[str]) -> dict[str, int]:
        """data_access.queries.register.shares."""
        return queries.shares(self.connection, selection, measures)

    def kluster_counts(self, selection: Selection) -> tuple[dict[str, int], int, int]:
        """data_access.queries.register.kluster_counts."""
        return queries.kluster_counts(self.connection, selection)

    def expiring(self, selection: Selection) -> dict[int | str, dict[str, int]]:
        """data_access.queries.register.expiring."""
        return queries.expiring(self.connection, selection)

    def by_code(self, selection: Selection, measure: str | None, level: str) -> list[Place]:
        """data_access.queries.groups.by_code."""
        return groups.by_code(self.connection, selection, measure, level)

    def crosstab(self, selection: Selection, rows: str, columns: str | None, level: str) -> list[Cell]:
        """data_access.queries.groups.crosstab."""
        return groups.crosstab(self.connection, selection, rows, columns, level)

    def any_under(self, kabkota: Collection[str]) -> bool:
        """data_access.queries.groups.any_under."""
        return groups.any_under(self.connection, kabkota)

    def reach(self, selection: Selection) -> datetime | None:
        """data_access.queries.changes.reach."""
        return changes.reach(self.connection, selection)

    def came_and_went(self, selection: Selection, moment: datetime) -> tuple[int, int]:
        """data_access.queries.changes.came_and_went."""
        return changes.came_and_went(self.connection, selection, moment)

    def newcomers(self, selection: Selection, moment: datetime) -> dict[str, int]:
        """data_access.queries.changes.newcomers."""
        return changes.newcomers(self.connection, selection, moment)

    def untouched(self, selection: Selection, moment: datetime, since: date, touched: Sequence[int]) -> dict[str, int]:
        """data_access.queries.changes.untouched, which finds the touched ones itself."""
        return changes.untouched(self.connection, selection, moment, since)


_lock = Lock()
_kept: tuple[str, str, Columns] | None = None  # which store, the stamp of its state, its columns
_first: tuple[str, str] | None = None  # which store, and the stamp of the state in which it was met


def _states(connection: Connection) -> tuple[str, str]:
    stamp = find.stamp_seen(connection)
    return find.lists_part(find.lists_part(stamp)), stamp


def columns(connection: Connection) -> Columns:
    """Today's columns of the state that the connection sees; after a write only what changed is read."""
    global _kept
    # Asked before the lock is taken: whoever waits for it holds a view of the store already and needs nobody else.
    (store, stamp), today = _states(connection), clock.today()
    if find.writes(connection):
        return load(connection, today, None)
    with _lock:
        known = _kept if _kept is not None and _kept[0] == store else None
        if known is not None and known[1] == stamp and known[2].on == today:
            return known[2]
        made = load(connection, today, known[2] if known else None)
        _kept = store, stamp, made
        return made


def counter(connection: Connection, on: date, since: date | None = None) -> Counter:
    """Whoever counts a selection held against a date, and against what it was at the start of `since`."""
    global _first
    if on != clock.today() or since not in (None, quarter_start(on)) or find.writes(connection):
        return Statements(connection)
    met = _states(connection)
    if _kept is None or _kept[0] != met[0]:
        if _first is None or _first[0] != met[0]:
            _first = met
        if _first == met:
            return Statements(connection)
    return columns(connection)


def warm() -> None:
    """Reads the columns, so that the first page after a write does not wait for it."""
    with reading() as connection:
        columns(connection)
