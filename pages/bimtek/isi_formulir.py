"""Isi formulir: answers without the participant's own phone, on a shared device, by staff, from paper, from a file."""

import streamlit as st

from ui import feedback, state
from ui.bimtek import choosing, kiosk, kiosk_import, kiosk_paper
from ui.profile import saving
from ui.text import pelaksanaan as t

by = state.actor()
saving.notice()
st.title(t.ISI_FORMULIR)
event_id = choosing.event(by)
if event_id is None:
    st.stop()
way = st.segmented_control(t.CARA, t.CARA_CARA, default=t.KIOS, required=True, key="cara", bind="query-params")
with feedback.shown():
    if way == t.KIOS:
        kiosk.section(by, event_id)
    elif way == t.PETUGAS:
        kiosk.for_somebody(by, event_id)
    elif way == t.KERTAS:
        kiosk_paper.section(by, event_id)
    else:
        kiosk_import.section(by, event_id)
