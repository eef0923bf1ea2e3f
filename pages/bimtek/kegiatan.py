"""Kegiatan: the events of a region, and one of them with its facts, timetable, forms and state."""

import streamlit as st

from domain.permissions import Permission, require
from services import events
from ui import feedback, state
from ui.bimtek import events_detail, events_dialogs, events_forms, events_list
from ui.profile import saving
from ui.text import bimtek as t

by = state.actor()
require(by, Permission.VIEW_EVENTS)
saving.notice()
events_dialogs.open_soon()
st.title(t.KEGIATAN, anchor=False)
chosen = events_list.chosen(by)
if chosen is None:
    events_list.page(by)
    st.stop()

st.button(t.SEMUA_KEGIATAN, icon=":material/arrow_back:", type="tertiary", on_click=events_list.go_to, args=(None,))
with feedback.shown():
    found = events.get(by, chosen)
    events_detail.header(by, found)
    summary, timetable, forms, condition = st.tabs(
        [t.RINGKASAN, t.JADWAL, t.FORMULIR, t.KEADAAN], key="bagian_kegiatan", on_change="rerun"
    )
    # Only the open tab is drawn: the others cost nothing until somebody looks at them.
    for part, content in (
        (summary, events_detail.summary),
        (timetable, events_detail.timetable),
        (forms, events_forms.tab),
        (condition, events_detail.condition),
    ):
        if part.open:
            with part:
                content(by, found)
