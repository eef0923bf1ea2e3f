"""Indikator: figures that explain themselves, held against targets, over time, and beside other regions."""

import streamlit as st

from domain.permissions import Permission
from services import clock
from ui import feedback, filters, frame, readings, state
from ui.indikator import cards, compare, entry, showcase
from ui.profile.saving import notice
from ui.text import indikator as t

by = state.actor()
on = clock.today()
chosen = frame.opening(by, t.JUDUL, on, filters.region_only)
place = chosen.wilayah or by.scope.root or ""
notice()
st.caption(t.URAIAN)

with feedback.shown():
    found, beside = readings.indicators(by, place, on)
    place_name = readings.path(place or None)[-1]
    sample = readings.sample_count(by, chosen, on)
    sections = [t.ANGKA, t.BANDING] + [t.ISIAN] * by.may(Permission.EDIT_REGISTER)
    section = st.segmented_control(
        t.BAGIAN, sections, default=t.ANGKA, required=True, key="bagian_indikator", bind="query-params"
    )
    if section == t.BANDING:
        compare.section(by, place, found, on)
    elif section == t.ISIAN:
        entry.section(by, place, place_name)
    else:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            mine = cards.picker(found)
            cards.download(by, place, place_name, found, beside)
            showcase.download(by, place_name, found, beside, on, sample > 0)
        cards.section(by, place, mine, beside, on)

frame.source(on, readings.sample_count(by, chosen, on))
