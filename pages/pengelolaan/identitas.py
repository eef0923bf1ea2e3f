"""Identitas kantor: the letterhead, signatories and number formats of an office, from a day on, with a picture of it."""

import streamlit as st

from domain.permissions import Permission, require
from services import identity
from ui import feedback, state
from ui.identitas import adding, office
from ui.profile.saving import notice
from ui.text import identitas as t
from ui.text import umum

by = state.actor()
require(by, Permission.EXPORT_REGISTER)
st.title(umum.IDENTITAS, anchor=False)
notice()
st.caption(t.URAIAN)

with feedback.shown():
    wilayah, pemilik = office.chosen(by)
    found, kept = identity.shown(by, wilayah, pemilik)
    if identity.may_keep(by, wilayah, pemilik) and st.button(t.TAMBAH, type="primary", icon=":material/add:"):
        adding.add(by, wilayah, pemilik, kept[0] if kept else None)
    office.now(by, wilayah, pemilik, found)
    office.history(by, wilayah, kept)
