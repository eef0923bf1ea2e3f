"""Cached reads, the only ones in the product: each asks for the data revision first and keeps what belongs to it.

A kept result is shared by everybody who may see the same region, so the region is part of its key and roles are not:
whoever calls is checked before. A write raises the revision, and what was kept under the old one falls out in time.
"""

import json
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from datetime import date
from threading import Lock
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from domain.errors import PilarError
from domain.filters import Filters
from domain.permissions import ROLES, Actor, Permission, Scope, require
from services import changes as change_services
from services import clock, register, search, wilayah

_REVISION = "_pilar_revisi"
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
    return _regions(revision(), by.scope.root)


@st.cache_data(max_entries=_MANY, show_spinner=False)
def _regions(revision: str, root: str | None) -> dict[str, str]:
    return register.regions(_reader(root))


@st.cache_data(max_entries=_MANY, show_spinner=False)
def _children(revision: str, kode: str | None) -> dict[str, str]:
    return wilayah.children(kode)


def children(kode: str | None) -> dict[str, str]:
    """services.wilayah.children, kept; the list of regions is public."""
    return _children(revision(), kode)


@st.cache_data(max_entries=_MANY, show_spinner=False)
def _path(revision: str, kode: str | None) -> list[str]:
    return wilayah.path(kode)


def path(kode: str | None) -> list[str]:
    """services.wilayah.path, kept."""
    return _path(revision(), kode)


@st.cache_data(max_entries=_MANY, show_spinner=False)
def _kluster_names(revision: str, on: date) -> dict[str, str]:
    return register.kluster_names(on)


def kluster_names() -> dict[str, str]:
    """The name of each kluster by its code, in the order of the list; public."""
    return _kluster_names(revision(), clock.today())


def begin() -> None:
    """Forgets the revision of the rerun before; the router calls it first."""
    st.session_state.pop(_REVISION, None)


def revision() -> str:
    """The data revision of this rerun, asked of the store once; specs made from these readings belong to it."""
    if get_script_run_ctx(suppress_warning=True) is None:  # the warm-up at start is no rerun
        return register.revision()
    if _REVISION not in st.session_state:
        st.session_state[_REVISION] = register.revision()
    return str(st.session_state[_REVISION])


@st.cache_data(max_entries=_MANY, show_spinner=False)
def _summary(revision: str, root: str | None, filters: Filters, on: date) -> register.Summary:
    return register.summary(_reader(root), filters, on)


def summary(by: Actor, filters: Filters, on: date) -> register.Summary:
    """services.register.summary, kept."""
    return _summary(*_admit(by, filters), filters, on)


@st.cache_data(max_entries=_MANY, show_spinner=False)
def _changes(revision: str, root: str | None, filters: Filters, since: date, on: date) -> change_services.Changes:
    return change_services.changes_since(_reader(root), filters, since, on)


def changes(by: Actor, filters: Filters, since: date, on: date) -> change_services.Changes:
    """services.changes.changes_since, kept."""
    return _changes(*_admit(by, filters), filters, since, on)


@st.cache_data(max_entries=_MANY, show_spinner=False)
def _by_region(revision: str, root: str | None, filters: Filters, on: date, measure: str | None) -> pd.DataFrame:
    return register.by_region(_reader(root), filters, on, measure)


def by_region(by: Actor, filters: Filters, on: date, measure: str | None = None) -> pd.DataFrame:
    """services.register.by_region, kept."""
    return _by_region(*_admit(by, filters), filters, on, measure)


@st.cache_data(max_entries=_MANY, show_spinner=False)
def _crosstab(
    revision: str, root: str | None, filters: Filters, rows: str, columns: str, on: date
) -> register.Crosstab:
    return register.crosstab(_reader(root), filters, rows, columns, on)


def crosstab(by: Actor, filters: Filters, rows: str, columns: str, on: date) -> register.Crosstab:
    """services.register.crosstab, kept."""
    return _crosstab(*_admit(by, filters), filters, rows, columns, on)


@st.cache_data(max_entries=_SOME, show_spinner=False)
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
    return register.listing(_reader(root), filters, on, page, size, sort, descending)


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
    return _listing(*_admit(by, filters), filters, on, page, size, sort, descending)


@st.cache_data(max_entries=_SOME, show_spinner=False)
def _expiring_list(
    revision: str, root: str | None, filters: Filters, on: date, days: int | str, limit: int | None
) -> pd.DataFrame:
    return register.expiring_list(_reader(root), filters, on, days, limit)


def expiring_list(by: Actor, filters: Filters, on: date, days: int | str, limit: int | None = None) -> pd.DataFrame:
    """services.register.expiring_list, kept."""
    return _expiring_list(*_admit(by, filters), filters, on, days, limit)


@st.cache_data(max_entries=_SOME, show_spinner=False)
def _map_points(revision: str, root: str | None, filters: Filters, on: date) -> pd.DataFrame:
    return register.map_points(_reader(root), filters, on)


def map_points(by: Actor, filters: Filters, on: date) -> pd.DataFrame:
    """services.register.map_points, kept."""
    return _map_points(*_admit(by, filters), filters, on)


@st.cache_data(max_entries=_SOME, show_spinner=False)
def _coordinate_issues(revision: str, root: str | None, filters: Filters, on: date) -> pd.DataFrame:
    return register.coordinate_issues(_reader(root), filters, on)


def coordinate_issues(by: Actor, filters: Filters, on: date) -> pd.DataFrame:
    """services.register.coordinate_issues, kept."""
    return _coordinate_issues(*_admit(by, filters), filters, on)


_specs: "OrderedDict[tuple[Hashable, ...], str]" = OrderedDict()
_specs_lock = Lock()


def spec(name: str, revision: str, *key: Hashable, builder: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The chart specification that `builder` makes, kept under its name, revision and key; each caller gets a copy.

    The key must hold whatever the chart depends on: the region root, the filters, the date, the measure.
    """
    full = (name, revision, *key)
    with _specs_lock:
        kept = _specs.get(full)
        if kept is not None:
            _specs.move_to_end(full)
    if kept is None:
        # Built outside the lock: two at once may build the same, nobody waits for another's chart.
        kept = json.dumps(builder(), separators=(",", ":"))
        with _specs_lock:
            _specs[full] = kept
            while len(_specs) > _MAX_SPECS:
                _specs.popitem(last=False)
    return json.loads(kept)


def warm() -> None:
    """Reads once what the first visitor to the front page would wait for; a silent store is left alone."""
    everybody, on = _reader(None), clock.today()
    with suppress(PilarError):  # the first page then says what is wrong, in words
        summary(everybody, Filters(), on)
        by_region(everybody, Filters(), on)
        kluster_names()
        regions(everybody)
        search.warm()
