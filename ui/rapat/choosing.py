"""The meeting that the screen is about, kept in the URL."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from domain.permissions import Actor
from services import meetings
from ui.text import rapat as t

MEETING = "rapat"  # in the URL: the label on the page, the bare number on the wall
_SOON = "_buka_rapat"


def label(row: Mapping[Any, Any]) -> str:
    """The meeting as the picker and the address name it."""
    return t.pilihan_rapat(row["tanggal"], row["judul"], row["id"])


def chosen(by: Actor) -> int | None:
    """The id of the meeting of the address, with the picker that leads to others; None for the list."""
    rows = {int(row["id"]): row for row in meetings.listed(by).to_dict("records")}
    if not rows:
        return None
    picked: int | None = st.selectbox(
        t.PILIH_RAPAT,
        list(rows),
        index=None,
        format_func=lambda number: label(rows[number]),
        key=MEETING,
        bind="query-params",
        persist_state="session",
        placeholder=t.SEMUA_RAPAT,
    )
    return picked


def on_the_wall() -> int:
    """The number of the meeting that the address of a wall names; 0, which no meeting has, when it names none."""
    text = st.query_params.get(MEETING, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def go_to(rapat_id: int | None) -> None:
    """Opens a meeting, or the list for None; a callback."""
    st.session_state[MEETING] = rapat_id


def open_later(rapat_id: int | None) -> None:
    """Opens a meeting at the next run, because the picker stands already in this one."""
    st.session_state[_SOON] = rapat_id


def open_soon() -> None:
    """Opens what open_later() named; called before the picker stands."""
    if _SOON in st.session_state:
        st.session_state[MEETING] = st.session_state.pop(_SOON)
