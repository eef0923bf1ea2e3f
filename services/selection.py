"""From a person and their filters to the LKS that are meant; every reading of the register starts here."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from data_access.engine import Connection
from data_access.queries import register as queries
from data_access.queries import wilayah as wilayah_queries
from domain.filters import DOUBTFUL, Filters
from domain.permissions import Actor
from domain.wilayah import short_name
from domain.wilayah_history import moves, names_on
from services import coordinates, search


def selection(connection: Connection, by: Actor, filters: Filters, on: date) -> queries.Selection:
    """The LKS that `filters` leave of what the actor may see; NotFound when their region lies outside."""
    by.scope.narrow(filters.wilayah)
    made = queries.Selection(by.scope, filters, on)
    if filters.wilayah is not None:
        history = moves(queries.region_changes(connection), on)
        made = replace(made, came_in=history.came_in(filters.wilayah), went_out=history.went_out(filters.wilayah))
    ids: set[int] | None = None
    if filters.cari.strip():
        ids = set(search.find(connection, by.scope, filters.cari))
    if filters.koordinat == DOUBTFUL:
        doubtful = coordinates.doubtful(connection, by.scope, filters.wilayah)
        ids = doubtful if ids is None else ids & doubtful
    return made if ids is None else replace(made, ids=tuple(sorted(ids)))


def labels(connection: Connection, codes: Iterable[str], on: date) -> dict[str, tuple[str, str, str]]:
    """(nama, jenis, label) of each code, under the name it bore on the date."""
    earlier = names_on(wilayah_queries.former_names(connection), on)
    known = wilayah_queries.names(connection, set(codes))
    told = {kode: (jenis, earlier.get(kode, nama)) for kode, (jenis, nama) in known.items()}
    return {kode: (nama, jenis, short_name(jenis, nama)) for kode, (jenis, nama) in told.items()}
