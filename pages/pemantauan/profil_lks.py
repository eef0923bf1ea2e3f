"""One LKS on one page: identity, five axes, papers, clients, officers, aid, registration, map, and every change."""

import streamlit as st

from ui import feedback, readings, state
from ui.profile import choose, links, registering, saving, sections
from ui.text import profil as t

by = state.actor()
saving.notice()
kode = str(st.query_params.get("lks", "")).strip()[:40]
if not kode:
    choose.choose(by)
    st.stop()

st.button(t.CARI_LAIN, icon=":material/search:", type="tertiary", on_click=sections.go_to, args=(None,))
with feedback.shown():
    found = readings.profile(by, kode)
    sections.header(by, found)
    sections.axes(by, found)
    left, right = st.columns([3, 2], gap="large")
    with left:
        sections.facts(by, found, t.IDENTITAS)
        sections.facts(by, found, t.LAYANAN)
        sections.clients(by, found)
        sections.documents(by, found)
    with right:
        sections.place(by, found)
        st.header(t.PERMOHONAN, anchor=False)
        registering.panel(by, found)
        links.panel(by, found)
    sections.facts(by, found, t.PENGURUS)
    sections.officers(found)
    sections.aid(by, found)
    for title in (t.PENDIRIAN, t.JATI_DIRI, t.PEMERIKSAAN):
        sections.facts(by, found, title)
    sections.history(found)
