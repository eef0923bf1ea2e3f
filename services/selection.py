"""From a person and their filters to the LKS that are meant; every reading of the register starts here."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from data_access.engine import Connection
from data_access.queries import find
from data_access.queries import register as queries
from data_access.queries import wilayah as wilayah_queries
from domain.filters import DOUBTFUL, Filters
from domain.permissions import Actor
from domain.wilayah import short_name
from domain.wilayah_history import Moves, moves, names_on
from services import coordinates, search
from services.memory import Memory

T = TypeVar("T")
Named = dict[str, tuple[str, str, str]]
_kept = Memory(64)


def of_lists(connection: Connection, name: str, *key: object, make: Callable[[], T]) -> T:
    """What `make` reads from the reference lists alone, kept until those change: a write of the register leaves it."""
    # Asked first: whoever waits for another's result holds a view of the store already.
    lists = find.lists_part(find.stamp_seen(connection))
    if find.writes(connection):
        return make()
    return _kept.get((name, lists, *key), make)


def history(connection: Connection, on: date) -> Moves:
    """The codes that were another code on a date."""
    return of_lists(connection, "moves", on, make=lambda: moves(queries.region_changes(connection), on))


def selection(connection: Connection, by: Actor, filters: Filters, on: date) -> queries.Selection:
    """The LKS that `filters` leave of what the actor may see; NotFound when their region lies outside."""
    by.scope.narrow(filters.wilayah)
    made = queries.Selection(by.scope, filters, on)
    if filters.wilayah is not None:
        then = history(connection, on)
        made = replace(made, came_in=then.came_in(filters.wilayah), went_out=then.went_out(filters.wilayah))
    ids: set[int] | None = None
    if filters.cari.strip():
        ids = set(search.find(connection, by.scope, filters.cari))
    if filters.koordinat == DOUBTFUL:
        doubtful = coordinates.doubtful(connection, by.scope, filters.wilayah)
        ids = doubtful if ids is None else ids & doubtful
    return made if ids is None else replace(made, ids=tuple(sorted(ids)))


def labels(connection: Connection, codes: Iterable[str], on: date) -> Named:
    """(nama, jenis, label) of each code, under the name it bore on the date."""
    known = of_lists(connection, "labels", on, make=lambda: _labels(connection, on))
    return {kode: known[kode] for kode in codes if kode in known}


def _labels(connection: Connection, on: date) -> Named:
    earlier = names_on(wilayah_queries.former_names(connection), on)
    told = {
        row["kode"]: (row["jenis"], earlier.get(row["kode"], row["nama"]))
        for row in wilayah_queries.all_rows(connection)
    }
    return {kode: (nama, jenis, short_name(jenis, nama)) for kode, (jenis, nama) in told.items()}
