"""The filters that screens share: widgets bound to the URL that give back one domain.filters.Filters."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from domain.filters import EMPTY, EXPIRED, Filters
from domain.lks import AXES, AXIS_VALUES, EXPIRY_DAYS
from domain.permissions import Actor
from domain.wilayah import level, parent
from ui import readings
from ui.text import nilai, umum
from ui.text import pantau as t

# The keys are the names in the URL; none of them may ever hold a person's data.
REGION, KECAMATAN, KLUSTER, SETTING, SEARCH = "wilayah", "kecamatan", "kluster", "tempat", "cari"
ENDING, UNVERIFIED, COORDINATES, ARCHIVE = "berakhir", "belum_verifikasi", "koordinat", "arsip"
_MANY = (KLUSTER, SETTING, *AXES)
_SOON, AXES_OPEN = "_saring_nanti", "_status_lain"
KEYS = (REGION, KECAMATAN, *_MANY, SEARCH, ENDING, UNVERIFIED, COORDINATES, ARCHIVE)


def clear() -> None:
    """Takes every filter off; a callback of the button."""
    for key in KEYS:
        st.session_state[key] = [] if key in _MANY else "" if key == SEARCH else None
    for key in (UNVERIFIED, COORDINATES, ARCHIVE):
        st.session_state[key] = False


def go_to(by: Actor, kode: str | None) -> None:
    """Sets the region filter to a code, or to everything the actor may see; a callback of paths, maps and charts."""
    kecamatan = kode if level(kode) == "kecamatan" else None
    top = parent(kode) if kode and kecamatan else kode
    labels = readings.regions(by)
    st.session_state[REGION] = top if top in labels else None
    st.session_state[KECAMATAN] = kecamatan


def go_soon(kode: str) -> None:
    """go_to() from the middle of a page, where the widgets already stand: at the start of the rerun it asks for."""
    st.session_state[_SOON] = (REGION, kode)
    st.rerun()


def pick_kluster(kode: str) -> None:
    """Narrows to one kluster from the middle of a page."""
    st.session_state[_SOON] = (KLUSTER, kode)
    st.rerun()


def _carry_out(by: Actor) -> None:
    what, kode = st.session_state.pop(_SOON, (None, None))
    if what == REGION:
        go_to(by, kode)
    elif what == KLUSTER:
        st.session_state[KLUSTER] = [kode]


def _region(by: Actor) -> str | None:
    labels = readings.regions(by)
    chosen = st.selectbox(
        t.WILAYAH,
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        key=REGION,
        bind="query-params",
        placeholder=labels.get(by.scope.root or "", t.SEMUA_WILAYAH),
    )
    place = chosen or by.scope.root
    if level(place) != "kabkota":
        return chosen
    below = readings.children(place)
    kecamatan = st.selectbox(
        t.KECAMATAN,
        list(below),
        index=None,
        format_func=below.__getitem__,
        key=KECAMATAN,
        bind="query-params",
        placeholder=t.SEMUA_KECAMATAN,
    )
    return kecamatan or chosen


def _many(label: str, options: dict[str, str], key: str) -> tuple[str, ...]:
    """Several values of one property; the URL carries the words."""
    words = options | {EMPTY: nilai.EMPTY}
    chosen: Sequence[Any] = st.multiselect(
        label,
        list(words),
        format_func=words.__getitem__,
        key=key,
        bind="query-params",
        placeholder=t.SEMUA,
        select_all=False,
    )
    return tuple(chosen)


def bar(by: Actor) -> Filters:
    """The filters of a monitoring screen in one row: region, kluster, and the rest folded away behind a button."""
    return _bar(by, detailed=False)


def detailed_bar(by: Actor) -> Filters:
    """bar() with search, expiry and the check marks of the list."""
    return _bar(by, detailed=True)


def _bar(by: Actor, *, detailed: bool) -> Filters:
    _carry_out(by)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        wilayah = _region(by)
        kluster = _many(t.KLUSTER, readings.kluster_names(), KLUSTER)
        more = _folded(detailed)
        st.button(umum.HAPUS_SARINGAN, icon=":material/filter_alt_off:", on_click=clear, help=t.TAUTAN)
    return Filters(wilayah=wilayah, kluster=kluster, **more)


def region_only(by: Actor) -> Filters:
    """The region alone, for screens that nothing else narrows."""
    _carry_out(by)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        wilayah = _region(by)
    return Filters(wilayah=wilayah)


def _folded(detailed: bool) -> dict[str, Any]:
    """The filters of the axes and the place of service, folded away until one of them narrows or somebody looks.

    Closed they are not sent: six lists of words that nobody sees cost as much as a chart. The button says how many narrow.
    """
    keys = (*AXES, SETTING, *((ENDING, UNVERIFIED, COORDINATES, ARCHIVE) if detailed else ()))
    narrowing = sum(bool(st.session_state.get(key)) or key in st.query_params for key in keys)
    label = t.STATUS_LAIN if not narrowing else t.STATUS_LAIN_N.format(jumlah=narrowing)
    folded = st.popover(label, icon=":material/tune:", key=AXES_OPEN, on_change="rerun")
    if not folded.open and not narrowing:
        return {}
    with folded:
        found: dict[str, Any] = {
            axis: _many(nilai.AXIS_TITLES[axis], {v: nilai.axis_value(axis, v) for v in AXIS_VALUES[axis]}, axis)
            for axis in AXES
        }
        found["setting"] = _many(t.SETTING, nilai.SETTINGS, SETTING)
        return found | (_detailed() if detailed else {})


def _detailed() -> dict[str, Any]:
    windows: list[Any] = [EXPIRED, *EXPIRY_DAYS]
    ending = st.selectbox(
        t.BERAKHIR,
        windows,
        index=None,
        format_func=lambda value: t.BERAKHIR_PILIHAN[value],
        key=ENDING,
        bind="query-params",
        placeholder=t.SEMUA,
    )
    unverified = st.toggle(t.BELUM_VERIFIKASI, key=UNVERIFIED, bind="query-params")
    doubtful = st.toggle(t.KOORDINAT, key=COORDINATES, bind="query-params")
    archived = st.toggle(t.ARSIP, key=ARCHIVE, bind="query-params")
    return {
        "berakhir": ending,
        "belum_verifikasi": unverified,
        "koordinat": "bermasalah" if doubtful else None,
        "arsip": archived,
    }
