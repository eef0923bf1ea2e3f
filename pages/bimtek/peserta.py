"""Peserta: the roster of one event, with people and institutions counted apart, and all that is done to it."""

import streamlit as st

from domain.permissions import Permission
from services import roster as rosters
from ui import feedback, state
from ui.bimtek import certificates, choosing, roster, roster_cards, roster_import, roster_links
from ui.profile import saving
from ui.text import peserta as t
from ui.text.sertifikat import SERTIFIKAT

by = state.actor()
saving.notice()
st.title(t.PESERTA)
event_id = choosing.event(by)
if event_id is None:
    st.stop()
manages = by.may(Permission.MANAGE_EVENTS)
event = rosters.event(by, event_id)
frame, counts = rosters.people(by, event_id)
everybody = roster.rows_of(frame)
if roster.SHOW_ONCE in st.session_state:
    roster.show_once(by)

st.caption(feedback.escape(roster.when_and_where(event)))
st.header(t.jumlah(counts))
if details := t.rincian(counts):
    st.caption(details)
if manages and roster_import.is_open():
    roster_import.panel(by, event)
    st.stop()
if manages and certificates.is_open():
    certificates.panel(by, event_id)
    st.stop()

with st.container(horizontal=True):
    if manages and st.button(t.TAMBAH, icon=":material/person_add:"):
        roster.add(by, event)
    if by.may(Permission.ENTER_ANSWERS) and st.button(t.WALK_IN, icon=":material/bolt:"):
        roster.walk_in(by, event)
    if manages:
        st.button(t.IMPOR, icon=":material/upload_file:", on_click=roster_import.begin)
    if manages and everybody:
        if st.button(t.USUL_LKS, icon=":material/link:"):
            roster_links.lks(by, event)
        if st.button(t.USUL_ORANG, icon=":material/history:"):
            roster_links.persons(by, event)
        if st.button(t.USUL_KEMBAR, icon=":material/difference:"):
            roster_links.near(by, event)

if not everybody:
    st.info(t.KOSONG_URAIAN, title=t.KOSONG_JUDUL, icon=":material/group_add:")
    st.stop()

struck = any(not row["aktif"] for row in everybody) and st.toggle(
    t.TAMPILKAN_DICORET, key="dicoret", bind="query-params"
)
shown = [row for row in everybody if row["aktif"] or struck]
if not shown:
    st.info(t.SEMUA_DICORET, icon=":material/group_off:")
    st.stop()
actions = st.container(horizontal=True)
picked = roster.table(shown)
with actions:
    roster.excel(by, event, picked or shown)
    if manages:
        st.button(SERTIFIKAT, icon=":material/workspace_premium:", on_click=certificates.begin)
    if st.button(t.KARTU, icon=":material/qr_code_2:"):
        roster_cards.make(by, event, [row for row in picked or shown if row["aktif"]])
    if manages and len(picked) == 1:
        roster.for_one(by, event, picked[0])
        roster_links.for_one(by, event, picked[0])
if manages:
    st.caption(t.PILIH_BARIS)
