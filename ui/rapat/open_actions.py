"""The card "Tindak lanjut terbuka" for other screens: how many, how many late, the most urgent ones, and the way to all."""

import streamlit as st

from domain import figures
from domain.filters import Filters
from domain.permissions import Actor, Scope
from domain.rapat import LATE
from services import actions, clock
from services.meeting_words import word
from ui import feedback, readings, state
from ui.indikator import origins
from ui.rapat.action_lines import about
from ui.text import rapat as t


def block(by: Actor, place: str | None, limit: int = 4) -> None:
    """The open actions that the actor sees in a region, the most overdue first, and the way to all of them."""
    found = [
        row for row in readings.open_actions(by, clock.today()) if Scope(place).covers(row["wilayah_rapat"] or None)
    ]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(t.KARTU_JUDUL, anchor=False, width="stretch")
        late = sum(row["keadaan"] == LATE for row in found)
        st.badge(t.kartu(len(found), late), color="red" if late else "gray")
    # One element for all of them: the front page counts each.
    lines = []
    for row in found[:limit]:
        mark = f":{t.WARNA_STATUS[row['keadaan']]}-badge[{word('status', row['keadaan'])}]"
        lines.append(f"{mark} {feedback.escape(row['apa'])}  \n:small[{feedback.escape(' · '.join(about(row)))}]")
    if len(found) > limit:
        lines.append(f":small[{t.jumlah_tindak(limit, len(found))}]")
    st.markdown("\n\n".join(lines) or t.KARTU_KOSONG)
    st.page_link(state.page("tindak_lanjut"), label=t.KARTU_SEMUA, icon=":material/arrow_forward:")


def figures_row(by: Actor) -> None:
    """Open, late, and finished in time of how many, each with its rule; one click shows the actions behind it."""
    counts = actions.counts(by)
    told = (
        (t.TL_TERBUKA, figures.integer(counts["terbuka"]), t.TL_TERBUKA_ATURAN, counts["terbuka"], counts["semua"]),
        (t.TL_TERLAMBAT, figures.integer(counts["terlambat"]), t.TL_TERLAMBAT_ATURAN, counts["terlambat"], counts["terbuka"]),
        (t.TL_TEPAT, figures.percent(counts["tepat"], counts["jatuh"]), t.TL_TEPAT_ATURAN, counts["tepat"], counts["jatuh"]),
    )  # fmt: skip
    with st.grid(3, min_column_width=150):
        for label, value, rule, part, whole in told:
            line = figures.out_of(part, whole)
            st.metric(label, value, delta=line, delta_color="off", delta_arrow="off", border=True, help=rule)
    names = {
        "tindak_lanjut_terbuka": t.TL_TERBUKA,
        "tindak_lanjut_terlambat": t.TL_TERLAMBAT,
        "tindak_lanjut_tepat": t.TL_TEPAT,
    }
    origins.row(by, names, Filters(), clock.today(), "asal_tindak")
