"""The card "Tindak lanjut terbuka" for other screens: how many, how many late, the most urgent ones, and the way to all."""

import streamlit as st

from domain import figures
from domain.permissions import Actor, Permission
from services import actions
from services.meeting_words import word
from ui import feedback, state
from ui.rapat.action_lines import about
from ui.text import rapat as t


def block(by: Actor, limit: int = 5) -> None:
    """The open actions that the actor sees, the most overdue first; nothing for a role that looks at no meetings."""
    if not by.may(Permission.VIEW_MEETINGS):
        return
    found = actions.open_actions(by)
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.header(t.KARTU_JUDUL, anchor=False, width="stretch")
            late = int((found["keadaan"] == "terlambat").sum())
            st.badge(t.kartu(len(found), late), color="red" if late else "gray")
        if found.empty:
            st.caption(t.KARTU_KOSONG)
        for row in found.head(limit).to_dict("records"):
            mark = word("status", row["keadaan"])
            colour = t.WARNA_STATUS[row["keadaan"]]
            st.markdown(f":{colour}-badge[{mark}] {feedback.escape(row['apa'])}")
            st.caption(feedback.escape(" · ".join(about(row))))
        if len(found) > limit:
            st.caption(t.jumlah_tindak(limit, len(found)))
        st.page_link(state.page("tindak_lanjut"), label=t.KARTU_SEMUA, icon=":material/arrow_forward:")


def figures_row(by: Actor) -> None:
    """Open, late, and finished in time of how many, each with its rule."""
    counts = actions.counts(by)
    told = (
        (t.TL_TERBUKA, figures.integer(counts["terbuka"]), t.TL_TERBUKA_ATURAN, counts["terbuka"], counts["semua"]),
        (t.TL_TERLAMBAT, figures.integer(counts["terlambat"]), t.TL_TERLAMBAT_ATURAN, counts["terlambat"], counts["terbuka"]),
        (t.TL_TEPAT, figures.percent(counts["tepat"], counts["jatuh"]), t.TL_TEPAT_ATURAN, counts["tepat"], counts["jatuh"]),
    )  # fmt: skip
    for column, (label, value, rule, part, whole) in zip(st.columns(3), told, strict=True):
        with column:
            line = figures.out_of(part, whole)
            st.metric(label, value, delta=line, delta_color="off", delta_arrow="off", border=True, help=rule)
