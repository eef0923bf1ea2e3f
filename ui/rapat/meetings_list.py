"""The list of meetings: running, coming and closed ones, their workbook, and the way to a new one."""

import pandas as pd
import streamlit as st

from domain.permissions import Actor, Permission
from services import meetings, wilayah
from services.meeting_words import word
from ui import draw
from ui.rapat import choosing, meeting_dialogs, workbook
from ui.text import rapat as t

TABLE = "tabel_rapat"


def worded(frame: pd.DataFrame) -> pd.DataFrame:
    """The meetings as their table shows them."""
    places = wilayah.names(sorted({place for place in frame["wilayah"] if place}))
    shown = frame.assign(
        wilayah_nama=[places.get(place, place) or t.WILAYAH_NASIONAL for place in frame["wilayah"]],
        jenis=[word("jenis", code) for code in frame["jenis"]],
        status=[word("status_rapat", code) for code in frame["status"]],
        contoh=[t.CONTOH if marked else "" for marked in frame["contoh"]],
    )
    return shown[list(t.KOLOM_RAPAT)].rename(columns=t.KOLOM_RAPAT)


def page(by: Actor) -> None:
    """Everything of the screen while no meeting is open."""
    manages = by.may(Permission.MANAGE_MEETINGS)
    st.write(t.URAIAN)
    if manages and st.button(t.RAPAT_BARU, type="primary", icon=":material/add:", key="rapat_baru"):
        meeting_dialogs.create(by)
    found = meetings.listed(by)
    if found.empty:
        st.info(t.KOSONG_URAIAN if manages else t.KOSONG_PEMBACA, title=t.KOSONG_JUDUL, icon=":material/forum:")
        return
    for state, title in t.KELOMPOK.items():
        group = found[found["status"] == state]
        if len(group):
            # What comes next stands first; what is over, the latest first.
            _group(group if state == "ditutup" else group.iloc[::-1], state, title)
    workbook.button(by, lambda: worded(meetings.listed(by)), "rapat", t.RAPAT)


def _group(group: pd.DataFrame, state: str, title: str) -> None:
    with st.container(border=True):
        st.header(f"{title} · {t.jumlah_rapat(len(group))}", anchor=False)
        key, ids = f"{TABLE}_{state}", [int(number) for number in group["id"]]
        draw.table(
            worded(group),
            alt=t.TABEL_RAPAT.format(kelompok=title.lower()),
            key=key,
            on_select=lambda: _open(key, ids),
            selection_mode="single-row",
            column_config={
                t.KOLOM_RAPAT["judul"]: st.column_config.TextColumn(width=560),
                t.KOLOM_RAPAT["tanggal"]: st.column_config.DateColumn(format="DD/MM/YYYY"),
            },
        )
        st.caption(t.PILIH_BARIS)


def _open(key: str, ids: list[int]) -> None:
    picked = st.session_state[key]["selection"]["rows"]
    if picked and picked[0] < len(ids):
        choosing.go_to(ids[picked[0]])
