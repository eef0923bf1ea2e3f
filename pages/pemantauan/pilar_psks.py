"""Pilar dan PSKS: a region's pilar lists version by version, and PSKS per kind in its own unit."""

import streamlit as st

from domain.permissions import Permission, require
from services import clock
from ui import feedback, filters, frame, state
from ui.lkks import pilar
from ui.profile.saving import notice
from ui.text import pilar as t
from ui.text import umum

by = state.actor()
require(by, Permission.VIEW_REGISTER)
chosen = frame.opening(by, umum.PILAR_PSKS, clock.today(), filters.region_only)
place = chosen.wilayah or by.scope.root or ""
notice()
st.caption(t.URAIAN)

with feedback.shown():
    if pilar.section() == t.PSKS:
        pilar.kinds(by, place, clock.today())
    else:
        pilar.lists(by, place)
