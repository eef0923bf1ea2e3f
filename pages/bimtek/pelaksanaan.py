"""Pelaksanaan: the event as it runs, for the trainer; with ?embed=true the wall, for the room."""

import streamlit as st

from domain.permissions import Permission
from services import live as running
from ui import feedback, state
from ui.bimtek import choosing, documents, live, live_attendance, live_wall
from ui.profile import saving
from ui.text import pelaksanaan as t

by = state.actor()
if st.context.is_embedded:
    live_wall.show(by)
    st.stop()

saving.notice()
st.title(t.PELAKSANAAN)
event_id = choosing.event(by)
if event_id is None:
    st.stop()

with feedback.shown():
    seen = running.overview(by, event_id)
    if seen.event["contoh"]:
        st.badge(t.CONTOH, color="gray")
    if seen.event["status"] == "dikunci":
        st.info(t.DIKUNCI, icon=":material/lock:")
    live.counters(by, event_id)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        trains = by.may(Permission.VIEW_PERSON_RESULTS)
        section = st.segmented_control(
            t.LAYAR,
            t.UNTUK_PELATIH if trains else t.UNTUK_SEMUA,
            default=t.HADIR,
            required=True,
            key="layar",
            bind="query-params",
        )
        if st.button(t.PROYEKTOR, icon=":material/cast:"):
            live.projector_link(by, event_id)

    if section == t.HADIR:
        live_attendance.section(by, seen)
    elif section == t.TERLAMBAT:
        live.late(by, seen)
    elif not seen.formulir:
        st.info(t.TANPA_FORMULIR_URAIAN, title=t.TANPA_FORMULIR, icon=":material/post_add:")
    elif section == t.FORMULIR:
        live.forms(by, event_id)
    elif section == t.BELUM:
        form = live.choose_form(seen, "belum")
        live.missing(by, event_id, form.id)
        live.reset_button(by, seen, form)
    elif section == t.BUTIR:
        live.item_counts(by, event_id, live.choose_form(seen, "butir").id)
    documents.papers(by, event_id, seen.sesi, [{"id": one.id, "judul": one.judul} for one in seen.formulir])
