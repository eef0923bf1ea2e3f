"""Cached reads, the only ones in the product: each asks for the data revision first and keeps what belongs to it.

A kept result is shared by everybody who may see the same region, so the region is part of its key and roles are not:
whoever calls is checked before. A write raises the revision, and what was kept under the old one falls out in time.
"""

import json
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from domain.errors import PilarError
from domain.filters import Filters
from domain.monitoring import WITH_HISTORY
from domain.permissions import ROLES, Actor, Permission, Scope, require
from services import changes as change_services
from services import clock, counting, register, search, wilayah
from services import profile as profiles
from services.memory import Memory, kept

if TYPE_CHECKING:
    from domain.priority import Priorities
    from services.indicators import Compared, Figure

_REVISION, _STATED = "_pilar_revisi", "_pilar_revisi_kamus"
_MANY, _SOME = 256, 64
_MAX_SPECS = 128


def _reader(root: str | None) -> Actor:
    """Somebody who may look at one region and nothing else: results do not depend on who asked first."""
    return Actor(None, "pembacaan", "", ROLES["pelatih"], Scope(root))


def _admit(by: Actor, filters: Filters) -> tuple[str, str | None]:
    """(revision, region root) for a person who may look; NotPermitted or NotFound otherwise."""
    require(by, Permission.VIEW_REGISTER)
    by.scope.narrow(filters.wilayah)
    return revision(), by.scope.root


def regions(by: Actor) -> dict[str, str]:
    """Short name by code of the provinces and kab/kota in force that a person may look at, by code."""
    return _regions(register.lists_revision(revision()), by.scope.root, clock.today())


# `on` is only part of the key: which regions are in force is asked anew each day.
@kept(_MANY)
def _regions(revision: str, root: str | None, on: date) -> dict[str, str]:
    return register.regions(_reader(root))


@kept(_MANY)
def _children(revision: str, kode: str | None, on: date) -> dict[str, str]:
    return wilayah.children(kode)


def children(kode: str | None) -> dict[str, str]:
    """services.wilayah.children, kept; the list of regions is public."""
    return _children(register.lists_revision(revision()), kode, clock.today())


@kept(_MANY)
def _path(revision: str, kode: str | None, on: date) -> list[str]:
    return wilayah.path(kode)


def path(kode: str | None) -> list[str]:
    """services.wilayah.path, kept."""
    return _path(register.lists_revision(revision()), kode, clock.today())


@kept(_MANY)
def _kluster_names(revision: str, on: date) -> dict[str, str]:
    return register.kluster_names(on)


def kluster_names() -> dict[str, str]:
    """The name of each kluster by its code, in the order of the list; public."""
    return _kluster_names(register.lists_revision(revision()), clock.today())


def begin() -> None:
    """Forgets the revision of the rerun before; the router calls it first."""
    st.session_state.pop(_REVISION, None)
    st.session_state.pop(_STATED, None)


def revision() -> str:
    """The data revision of this rerun, asked of the store once; specs made from these readings belong to it."""
    if get_script_run_ctx(suppress_warning=True) is None:  # the warm-up at start is no rerun
        return register.revision()
    if _REVISION not in st.session_state:
        st.session_state[_REVISION] = register.revision()
    return str(st.session_state[_REVISION])


@kept(_MANY)
def _summary(revision: str, root: str | None, filters: Filters, on: date) -> register.Summary:
    return register.summary(_reader(root), filters, on)


def summary(by: Actor, filters: Filters, on: date) -> register.Summary:
    """services.register.summary, kept."""
    return _summary(*_admit(by, filters), filters, on)


@kept(_MANY)
def _sample_count(revision: str, root: str | None, filters: Filters, on: date) -> int:
    return register.sample_count(_reader(root), filters, on)


def sample_count(by: Actor, filters: Filters, on: date) -> int:
    """services.register.sample_count, kept."""
    return _sample_count(*_admit(by, filters), filters, on)


@kept(_MANY)
def _changes(revision: str, root: str | None, filters: Filters, since: date, on: date) -> change_services.Changes:
    found = _summary(revision, root, filters, on)
    known = {name: found.measures[name] for name in WITH_HISTORY} | {"total": (found.total, found.total)}
    return change_services.changes_since(_reader(root), filters, since, on, None if filters.arsip else known)


def changes(by: Actor, filters: Filters, since: date, on: date) -> change_services.Changes:
    """services.changes.changes_since, kept."""
    return _changes(*_admit(by, filters), filters, since, on)


@kept(_MANY)
def _by_region(revision: str, root: str | None, filters: Filters, on: date, measure: str | None) -> pd.DataFrame:
    return register.by_region(_reader(root), filters, on, measure)


def by_region(by: Actor, filters: Filters, on: date, measure: str | None = None) -> pd.DataFrame:
    """services.register.by_region, kept."""
    return _by_region(*_admit(by, filters), filters, on, measure).copy(deep=False)


@kept(_MANY)
def _region_labels(revision: str, root: str | None, filters: Filters, on: date) -> dict[str, str]:
    frame = _by_region(revision, root, filters, on, None)
    return dict(zip(frame["kode"].tolist(), frame["label"].tolist(), strict=True))


def region_labels(by: Actor, filters: Filters, on: date) -> dict[str, str]:
    """The label of each region of by_region() by its code, kept; nobody may change it."""
    return _region_labels(*_admit(by, filters), filters, on)


@kept(_MANY)
def _crosstab(
    revision: str, root: str | None, filters: Filters, rows: str, columns: str, on: date
) -> register.Crosstab:
    return register.crosstab(_reader(root), filters, rows, columns, on)


def crosstab(by: Actor, filters: Filters, rows: str, columns: str, on: date) -> register.Crosstab:
    """services.register.crosstab, kept."""
    return _crosstab(*_admit(by, filters), filters, rows, columns, on)


@kept(_SOME)
def _listing(
    revision: str,
    root: str | None,
    filters: Filters,
    on: date,
    page: int,
    size: int,
    sort: str | None,
    descending: bool,
) -> tuple[pd.DataFrame, int]:
    frame, total = register.listing(_reader(root), filters, on, page, size, sort, descending)
    frame["kluster"] = [tuple(codes) for codes in frame["kluster"]]  # kept for everybody: nothing in it may change
    return frame, total


def listing(
    by: Actor,
    filters: Filters,
    on: date,
    page: int = 0,
    size: int = 50,
    sort: str | None = None,
    descending: bool = False,
) -> tuple[pd.DataFrame, int]:
    """services.register.listing, kept: (one page of the list, how many LKS in all)."""
    frame, total = _listing(*_admit(by, filters), filters, on, page, size, sort, descending)
    return frame.copy(deep=False), total


@kept(_SOME)
def _expiring_list(
    revision: str, root: str | None, filters: Filters, on: date, days: int | str, limit: int | None
) -> pd.DataFrame:
    return register.expiring_list(_reader(root), filters, on, days, limit)


def expiring_list(by: Actor, filters: Filters, on: date, days: int | str, limit: int | None = None) -> pd.DataFrame:
    """services.register.expiring_list, kept."""
    return _expiring_list(*_admit(by, filters), filters, on, days, limit).copy(deep=False)


@kept(_SOME)
def _map_points(revision: str, root: str | None, filters: Filters, on: date) -> pd.DataFrame:
    return register.map_points(_reader(root), filters, on)


def map_points(by: Actor, filters: Filters, on: date) -> pd.DataFrame:
    """services.register.map_points, kept."""
    return _map_points(*_admit(by, filters), filters, on).copy(deep=False)


@kept(_SOME)
def _coordinate_issues(revision: str, root: str | None, filters: Filters, on: date) -> pd.DataFrame:
    return register.coordinate_issues(_reader(root), filters, on)


def coordinate_issues(by: Actor, filters: Filters, on: date) -> pd.DataFrame:
    """services.register.coordinate_issues, kept."""
    return _coordinate_issues(*_admit(by, filters), filters, on).copy(deep=False)


@kept(_SOME)
def _profile(revision: str, root: str | None, kode: str, on: date) -> profiles.Profile:
    return profiles.profile(_reader(root), kode)


def profile(by: Actor, kode: str) -> profiles.Profile:
    """services.profile.profile, kept; the record is the caller's own."""
    found = _profile(*_admit(by, Filters()), kode, clock.today())
    return replace(found, record=dict(found.record))


@kept(_SOME)
def _indicators(
    revision: str, root: str | None, role: str, place: str, on: date
) -> tuple[list["Figure"], dict[str, list["Compared"]]]:
    from services import indicators as service

    # The role is part of the key: small counts of persons and small trainings are not shown to everybody.
    reader = replace(_reader(root), role=ROLES[role])
    found = service.figures(reader, place, on)
    return found, service.comparisons(reader, found, on)


def indicators(by: Actor, place: str, on: date) -> tuple[list["Figure"], dict[str, list["Compared"]]]:
    """The figures of a region and what published statistics stand beside, kept; nobody may change them."""
    from services import (
        indicators as service,  # the evaluation of trainings comes with it: only this screen waits for it
    )

    require(by, Permission.VIEW_REGISTER)
    return _indicators(service.revision(), by.scope.root, by.role.id, place, on)


@kept(_MANY)
def _figures(
    revision: str, stated: int, root: str | None, reveal: bool, filters: Filters, on: date, kodes: tuple[str, ...]
) -> dict[str, "Figure"]:
    from services import indicators as service

    # Only whether small counts of persons are shown depends on the role.
    reader = replace(_reader(root), role=ROLES["operator"] if reveal else ROLES["pelatih"])
    found = service.figures(reader, filters.wilayah, on, kodes, filters)
    return {figure.kode: figure for figure in found}


def figures(by: Actor, filters: Filters, on: date, kodes: tuple[str, ...]) -> dict[str, "Figure"]:
    """The figures of indicators that count LKS, by code, of what the filters leave, kept; nobody may change them."""
    from services import indicators as service

    told, root = _admit(by, filters)
    return _figures(
        told, _stated(service.stated_revision), root, by.may(Permission.REVEAL_PERSONAL), filters, on, kodes
    )


@kept(_SOME)
def _priorities(
    revision: str, root: str | None, reveal: bool, place: str, kodes: tuple[str, ...], on: date
) -> "Priorities":
    from services import priorities as service

    reader = replace(_reader(root), role=ROLES["operator"] if reveal else ROLES["pelatih"])
    return service.areas(reader, place, kodes, on)


def priorities(by: Actor, place: str, kodes: tuple[str, ...], on: date) -> "Priorities":
    """services.priorities.areas, kept; nobody may change it."""
    from services import indicators as service

    require(by, Permission.VIEW_REGISTER)
    reveal = by.may(Permission.REVEAL_PERSONAL)
    return _priorities(service.revision(), by.scope.root, reveal, place, kodes, on)


def priorities_key(by: Actor, found: "Priorities") -> tuple[str, tuple[Hashable, ...]]:
    """(revision, rest of the key) that whatever is made of priorities() is kept under."""
    from services import indicators as service

    rest = (by.scope.root, by.may(Permission.REVEAL_PERSONAL), found.wilayah, found.kodes, found.on)
    return service.revision(), rest


def _stated(ask: Callable[[], int]) -> int:
    """The revision of definitions and targets of this rerun, asked of the store once."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return ask()
    if _STATED not in st.session_state:
        st.session_state[_STATED] = ask()
    return int(st.session_state[_STATED])


@kept(_MANY)
def _open_actions(revision: str, root: str | None, role: str, on: date) -> tuple[dict[str, Any], ...]:
    from services import actions

    rows = actions.open_actions(replace(_reader(root), role=ROLES[role])).to_dict("records")
    return tuple({str(name): value for name, value in row.items()} for row in rows)


def open_actions(by: Actor, on: date) -> tuple[dict[str, Any], ...]:
    """The unfinished actions that a person sees, the most overdue first, kept; nobody may change them."""
    from services import panels

    require(by, Permission.VIEW_MEETINGS)
    # The role is part of the key: an LKKS follows its own meetings, the others those of their whole region.
    return _open_actions(panels.revision(), by.scope.root, by.role.id, on)


DATA = "isi"  # what a specification calls its rows
_shapes, _specs, _tables = Memory(_MAX_SPECS), Memory(_MAX_SPECS), Memory(_MAX_SPECS)


@dataclass(frozen=True)
class Picture:
    """A chart to be: its rows, everything else that it depends on, and how it is drawn when that was never met before."""

    rows: pa.Table
    shape: Hashable
    draw: Callable[[], dict[str, Any]]


def _arrow(table: pa.Table) -> bytes:
    """The rows of a data set as Arrow's stream format, which charts take as it is."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def _shape(made: dict[str, Any]) -> dict[str, Any]:
    """A specification without its rows, which it calls DATA instead of a name made from them."""
    sets = made.pop("datasets", {})
    text = json.dumps(made)
    for label in sets:
        text = text.replace(label, DATA)
    return dict(json.loads(text))


def spec(name: str, revision: str, *key: Hashable, builder: Callable[[], Picture]) -> dict[str, Any]:
    """The specification of a chart, kept under its name, revision and key; nobody may change it.

    The key must hold whatever the rows depend on: the region root, the filters, the date, the measure. Making a chart costs
    tens of milliseconds and its shape seldom changes with the data, so shapes are kept apart and outlive revisions.
    """

    def make() -> dict[str, Any]:
        picture = builder()
        shape = _shapes.get((name, picture.shape), lambda: _shape(picture.draw()))
        return shape | ({} if len(picture.rows) == 0 else {"datasets": {DATA: _arrow(picture.rows)}})

    return _specs.get((name, revision, *key), make)


def drawn(name: str, revision: str, *key: Hashable, builder: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """A whole specification with its few rows inside, kept under its name, revision and key; nobody may change it."""
    return _specs.get((name, revision, *key), builder)


def words(name: str, revision: str, *key: Hashable, builder: Callable[[], pa.Table]) -> pa.Table:
    """The worded table that `builder` makes, kept like a chart and drawn as it is."""
    return _tables.get((name, revision, *key), builder)


def warm() -> None:
    """Reads once what the first visitor to the front page would wait for; a silent store is left alone."""
    everybody, on = _reader(None), clock.today()
    with suppress(PilarError):  # the first page then says what is wrong, in words
        summary(everybody, Filters(), on)
        by_region(everybody, Filters(), on)
        kluster_names()
        regions(everybody)
        search.warm()
        counting.warm()
