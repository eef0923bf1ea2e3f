"""What earlier meetings left open, overdue first: the first thing on a meeting's screen."""

import streamlit as st

from domain.permissions import Actor
from services.meeting_store import Meeting
from services.meetings import minutes
from ui import feedback
from ui.rapat import action_lines
from ui.text import rapat as t


def section(by: Actor, found: Meeting) -> None:
    """The open actions from before with their buttons; of a closed meeting as they stood when it was closed."""
    if found.closed:
        _as_they_stood(by, found)
        return
    if not found.bawaan and not found.selesai_di_sini:
        st.info(t.LALU_KOSONG, title=t.LALU_KOSONG_JUDUL, icon=":material/task_alt:")
        return
    st.caption(t.LALU_URAIAN)
    for row in found.bawaan:
        action_lines.line(by, row, f"lalu_{row['id']}")
    if found.selesai_di_sini:
        st.subheader(t.SELESAI_DI_SINI, anchor=False)
        for row in found.selesai_di_sini:
            action_lines.line(by, row, f"usai_{row['id']}")


def _as_they_stood(by: Actor, found: Meeting) -> None:
    kept = minutes(by, found.record["id"])["bawaan"]
    if not kept:
        st.info(t.LALU_KOSONG, title=t.LALU_KOSONG_JUDUL, icon=":material/task_alt:")
    for row in kept:
        who = ", ".join(part for part in (row["pic"], row["pic_instansi"]) if part)
        parts = [row["status_kata"], who, row["tenggat_kata"], row["topik"], row["asal"]]
        with st.container(border=True):
            st.markdown(f"**{feedback.escape(row['apa'])}**")
            st.caption(feedback.escape(" · ".join(part for part in parts if part)))
