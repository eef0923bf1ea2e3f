"""What a figure must be read with, by shape and word as well as colour."""

import streamlit as st

from services.indicators import Figure
from ui.indikator import words
from ui.text import indikator as t


def marks(figure: Figure) -> None:
    """What a figure must be read with: class, status by shape and word, flags."""
    category = words.category(figure)
    if category:
        st.badge(category, icon=":material/label:", color="blue")
    if figure.status is not None:
        name, icon, colour = t.STATUS[figure.status]
        st.badge(name, icon=icon, color=colour)
    if figure.basi:
        st.badge(t.BASI, icon=":material/history:", color="orange", help=t.BASI_URAIAN)
    if figure.kurang_lengkap:
        st.badge(t.KURANG, icon=":material/incomplete_circle:", color="orange", help=t.KURANG_URAIAN)
