"""Profil LKKS: one LKKS with its officers, programs, partnerships and letters, and which regions have one."""

import streamlit as st

from domain.permissions import Permission, require
from services import lkks
from ui import feedback, state
from ui.lkks import choose, coverage, partnerships, profile
from ui.profile.saving import notice
from ui.text import lkks as t
from ui.text import umum

by = state.actor()
require(by, Permission.VIEW_LKKS)
st.title(umum.PROFIL_LKKS, anchor=False)
notice()
st.caption(t.URAIAN)

with feedback.shown():
    place = choose.region(by)
    found = lkks.profile(by, place)
    sections = [t.PROFIL] if found is None else [t.PROFIL, t.PENGURUS, t.PROGRAM, t.KEMITRAAN, t.SURAT]
    section = choose.section(sections + [t.CAKUPAN] * coverage.possible(place))
    if section == t.CAKUPAN:
        coverage.section(by, place)
    elif found is None:
        profile.nothing(by, place)
    else:
        profile.head(found)
        if section == t.PENGURUS:
            profile.officers(by, place, found)
        elif section == t.PROGRAM:
            profile.programs(by, place, found)
        elif section == t.KEMITRAAN:
            partnerships.section(by, place, found)
        elif section == t.SURAT:
            profile.letters(by, place, found)
        else:
            profile.about(by, place, found)
