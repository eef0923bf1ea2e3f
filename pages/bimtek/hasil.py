"""Hasil: what changed in each participant and in the room, in sentences a trainer can read aloud."""

import streamlit as st

from domain import figures
from services import clock, events, results
from ui import feedback, state
from ui.bimtek import afterwards, choosing, documents
from ui.bimtek import results as sections
from ui.text import hasil as t

by = state.actor()
st.title(t.JUDUL)
event_id = choosing.event(by)
if event_id is None:
    st.stop()

with feedback.shown():
    found = results.results(by, event_id)
    if found.event["contoh"]:
        st.info(feedback.escape(t.CONTOH.format(sumber=found.event["sumber"] or "")), icon=":material/science:")
    if found.waiting:
        st.warning(t.TERLAMBAT.format(jumlah=found.waiting), icon=":material/schedule:")
    section = st.segmented_control(
        t.BAGIAN, t.BAGIAN_BAGIAN, default=t.RINGKAS, required=True, key="bagian", bind="query-params"
    )
    if section == t.LANJUT:
        afterwards.section(by, found)
    elif section == t.LINTAS:
        sections.across(by, found)
    elif found.empty:
        st.info(t.BELUM_ADA_JAWABAN_URAIAN, title=t.BELUM_ADA_JAWABAN, icon=":material/hourglass_empty:")
    else:
        sections.SECTIONS[section](by, found)
    documents.reports(by, event_id, events.get(by, event_id).speakers)
    st.caption(t.SUMBER.format(waktu=figures.moment(clock.now(), found.event["wilayah"])))
