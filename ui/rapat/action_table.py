"""The table of actions: narrowed in the address, worded, as a workbook, and the way to one of them."""

from collections.abc import Iterable
from typing import Any

import pandas as pd
import streamlit as st

from domain.lkks import DUTIES
from domain.permissions import Actor
from domain.rapat import ACTION_STATES, LATE
from services.meeting_words import word
from ui import draw
from ui.text import rapat as t

STATE, BODY, DUTY, ORIGIN, TABLE = "status_tl", "instansi_tl", "tugas_tl", "asal_tl", "tabel_tl"
_ON_SCREEN = (
    *("status_kata", "tenggat", "apa", "pic", "pic_instansi", "tugas_kata", "topik", "asal", "wilayah_kata", "contoh"),
)


def _choose(label: str, key: str, options: Iterable[str], words: Any = str) -> str | None:
    chosen: str | None = st.selectbox(
        label, list(options), None, words, key=key, bind="query-params", placeholder=t.TL_SEMUA
    )
    return chosen


def narrowed(found: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The actions that the filters of the address leave, and what these are in words."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        states = (LATE, *ACTION_STATES)
        chosen = {
            "keadaan": _choose(t.TL_SARING_STATUS, STATE, states, lambda code: word("status", code)),
            "pic_instansi": _choose(t.TL_SARING_INSTANSI, BODY, sorted(set(found["pic_instansi"].dropna()))),
            "tugas": _choose(t.TL_SARING_TUGAS, DUTY, DUTIES, lambda code: word("tugas", code)),
            "asal": _choose(t.TL_SARING_RAPAT, ORIGIN, list(dict.fromkeys(found["asal"]))),
        }
    for column, value in chosen.items():
        if value is not None:
            found = found[found[column] == value]
    return found, ", ".join(f"{name}: {value}" for name, value in chosen.items() if value is not None)


def clear() -> None:
    """Takes every filter off; a callback of the button."""
    for key in (STATE, BODY, DUTY, ORIGIN):
        st.session_state[key] = None


def worded(found: pd.DataFrame, names: Iterable[str] = tuple(t.KOLOM_TINDAK)) -> pd.DataFrame:
    """The actions as their table or workbook shows them."""
    shown = found.assign(contoh=[t.CONTOH if marked else "" for marked in found["contoh"]])
    wanted = list(names)
    return shown[wanted].rename(columns={name: t.KOLOM_TINDAK[name] for name in wanted})


def table(by: Actor, found: pd.DataFrame) -> int | None:
    """Draws the actions and gives back the id of the one that was picked."""
    picked = draw.table(
        worded(found, _ON_SCREEN),
        alt=t.TL_TABEL,
        key=TABLE,
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            t.KOLOM_TINDAK["apa"]: st.column_config.TextColumn(width=420),
            t.KOLOM_TINDAK["tenggat"]: st.column_config.DateColumn(format="DD/MM/YYYY"),
        },
    )
    rows = picked["selection"]["rows"]
    return int(found["id"].iloc[rows[0]]) if rows and rows[0] < len(found) else None
