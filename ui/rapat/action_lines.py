"""An action as a line: its state in shape and word, what, who and until when, and the buttons that move it on."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from domain import figures
from domain.permissions import Actor, Permission
from services import clock
from services.meeting_words import word
from ui import feedback
from ui.rapat import action_dialogs
from ui.text import rapat as t


def line(by: Actor, row: Mapping[Any, Any], key: str, buttons: bool = True) -> None:
    """One action; `row` is as services.meetings or services.actions read it, `key` unique on the page."""
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            colour: Any = t.WARNA_STATUS[row["keadaan"]]
            st.badge(word("status", row["keadaan"]), color=colour, icon=f":material/{t.IKON_STATUS[row['keadaan']]}:")
            if row["contoh"]:
                st.badge(t.CONTOH, color="orange")
        st.markdown(f"**{feedback.escape(row['apa'])}**")
        st.caption(feedback.escape(" · ".join(about(row))))
        if row["bukti"]:
            st.caption(feedback.escape(f"{t.ISIAN['bukti']}: {row['bukti']}"))
        if buttons and by.may(Permission.RECORD_ACTIONS):
            with st.container(horizontal=True):
                if st.button(t.UBAH_STATUS, key=f"{key}_status", icon=":material/task_alt:"):
                    action_dialogs.status(by, int(row["id"]))
                if st.button(t.LENGKAPI, key=f"{key}_lengkapi", icon=":material/edit_note:"):
                    action_dialogs.edit(by, int(row["id"]))
                if st.button(t.RIWAYAT, key=f"{key}_riwayat", icon=":material/history:"):
                    action_dialogs.history(by, int(row["id"]))


def about(row: Mapping[Any, Any]) -> list[str]:
    """Who does it, until when, under which topic and duty, as short texts."""
    due = t.TANPA_TENGGAT
    if row["tenggat"]:
        due = figures.date_long(row["tenggat"])
        due += "" if row["keadaan"] == "selesai" else f" ({figures.until(row['tenggat'], clock.today())})"
    who = ", ".join(part for part in (row["pic"], row["pic_instansi"]) if part)
    parts = [who, due, word("tugas", row["tugas"]), row["topik"], row["lks_nama"]]
    return [part for part in parts if part]
