"""The list of events: its filters in the address, its table and workbook, and the way into one event."""

from typing import Any

import pandas as pd
import streamlit as st

from domain import figures
from domain.bimtek import STATES
from domain.permissions import Actor, Permission
from services import clock, events, tabular, wilayah
from ui import draw, fragments, readings
from ui.bimtek import choosing, events_dialogs
from ui.text import bimtek as t
from ui.text import umum

SEARCH, YEAR, STATUS, REGION, TABLE = "cari_kegiatan", "tahun", "keadaan", "wilayah_kegiatan", "tabel_kegiatan"
_FORMATS = {"mulai": "DD/MM/YYYY", "selesai": "DD/MM/YYYY"}


def chosen(by: Actor) -> int | None:
    """The id of the event of the address, with the picker that leads to others; None for the whole list."""
    rows = {int(row["id"]): row for row in events.listed(by).to_dict("records")}
    if not rows:
        return None
    picked: int | None = st.selectbox(
        t.PILIH_KEGIATAN,
        list(rows),
        index=None,
        format_func=lambda number: choosing.label(rows[number]),
        key=choosing.EVENT,
        bind="query-params",
        persist_state="session",
        placeholder=t.SEMUA_KEGIATAN,
    )
    return picked


def go_to(event_id: int | None) -> None:
    """Opens an event, or the list for None; a callback."""
    st.session_state[choosing.EVENT] = event_id


def clear() -> None:
    """Takes every filter off; a callback of the button."""
    st.session_state[SEARCH] = ""
    for key in (YEAR, STATUS, REGION):
        st.session_state[key] = None


def _filters(by: Actor) -> dict[str, Any]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(
            t.CARI, key=SEARCH, placeholder=t.CARI_CONTOH, type="search", autocomplete="off", bind="query-params"
        )
        regions = readings.regions(by)
        wilayah_kode = st.selectbox(
            t.WILAYAH,
            list(regions),
            None,
            lambda kode: regions[kode],
            key=REGION,
            bind="query-params",
            placeholder=t.SEMUA_WILAYAH,
        )
        tahun = st.selectbox(t.TAHUN, events.years(by), None, key=YEAR, bind="query-params", placeholder=t.SEMUA)
        status = st.selectbox(
            t.STATUS,
            list(STATES),
            None,
            lambda code: t.STATUS_KEGIATAN[code],
            key=STATUS,
            bind="query-params",
            placeholder=t.SEMUA,
        )
    return {"wilayah": wilayah_kode, "tahun": tahun, "status": status, "cari": words}


def worded(frame: pd.DataFrame, *, numbers: bool = False) -> pd.DataFrame:
    """The events as their table shows them; with `numbers` also the columns that only the workbook has."""
    places = wilayah.names(sorted(set(frame["wilayah"])))
    shown = frame.assign(
        wilayah_nama=frame["wilayah"].map(places),
        status=frame["status"].map(t.STATUS_KEGIATAN),
        maksud=frame["maksud"].map(t.MAKSUD),
        contoh=[t.CONTOH if marked else "" for marked in frame["contoh"]],
    )
    names = t.KOLOM_KEGIATAN | (t.EXCEL_KEGIATAN if numbers else {})
    return shown[list(names)].rename(columns=names)


def page(by: Actor) -> None:
    """Everything of the screen while no event is open."""
    manages = by.may(Permission.MANAGE_EVENTS)
    st.write(t.KEGIATAN_URAIAN)
    if manages and st.button(t.KEGIATAN_BARU, type="primary", icon=":material/add:", key="kegiatan_baru"):
        events_dialogs.create(by)
    if events.listed(by).empty:
        st.info(t.KOSONG_URAIAN if manages else t.KOSONG_PEMBACA, title=t.KOSONG_JUDUL, icon=":material/event:")
        return
    narrowed = _filters(by)
    found = events.listed(by, **narrowed)
    if found.empty:
        st.info(t.TIDAK_COCOK_URAIAN, title=t.TIDAK_COCOK_JUDUL, icon=":material/search_off:")
        st.button(umum.HAPUS_SARINGAN, key="hapus_kosong", on_click=clear)
        return
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.header(t.jumlah_kegiatan(figures.integer(len(found))), anchor=False, width="stretch")
            _excel(by, found, narrowed)
        draw.table(
            worded(found),
            alt=t.TABEL_KEGIATAN,
            key=TABLE,
            on_select=lambda: _open(list(found["id"])),
            selection_mode="single-row",
            column_config={
                t.KOLOM_KEGIATAN["judul"]: st.column_config.TextColumn(width=320),
                **{t.KOLOM_KEGIATAN[n]: st.column_config.DateColumn(format=f) for n, f in _FORMATS.items()},
            },
        )
        st.caption(t.PILIH_BARIS)


def _open(ids: list[int]) -> None:
    """Opens the event of the row that was picked."""
    picked = st.session_state[TABLE]["selection"]["rows"]
    if picked and picked[0] < len(ids):
        go_to(int(ids[picked[0]]))


def _excel(by: Actor, found: pd.DataFrame, narrowed: dict[str, Any]) -> None:
    if not by.may(Permission.EXPORT_REGISTER):
        return
    place = readings.path(narrowed["wilayah"] or by.scope.root)[-1]
    told = {name: str(value) for name, value in narrowed.items() if value}
    about = {"Sumber": t.SUMBER_EXCEL, "Wilayah": place, "Keadaan per": clock.today().isoformat()}
    about |= {umum.SARINGAN: ", ".join(f"{name}: {value}" for name, value in told.items())} if told else {}
    st.download_button(
        umum.UNDUH_EXCEL,
        data=fragments.later(by, lambda: tabular.workbook(by, t.KEGIATAN, worded(found, numbers=True), about)),
        file_name=draw.file_name("kegiatan", place, clock.now(), by.scope.root, tuple(told.items())),
        mime=draw.XLSX,
        key="unduh_kegiatan",
        icon=":material/download:",
        on_click="ignore",
    )
