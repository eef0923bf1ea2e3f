"""Finding the LKS whose profile is to be opened."""

import streamlit as st

from domain.permissions import Actor
from services import profile as profiles
from ui import readings
from ui.profile.sections import go_to
from ui.text import profil as t
from ui.text import umum


def choose(by: Actor) -> None:
    """A search box with its hits; each opens its profile."""
    st.title(umum.PROFIL_LKS, anchor=False)
    st.write(t.PILIH_URAIAN)
    words = st.text_input(t.CARI, key="profil_cari", placeholder=t.CARI_CONTOH, type="search", autocomplete="off")
    if not words or not words.strip():
        st.info(t.BELUM_MENCARI_URAIAN, title=t.BELUM_MENCARI_JUDUL, icon=":material/home_work:")
        return
    found = profiles.find(by, words)
    if not found:
        st.info(t.TAK_KETEMU_URAIAN, title=t.TAK_KETEMU_JUDUL, icon=":material/search_off:")
        return
    for row in found:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            with st.container(gap="xxsmall", width="stretch"):
                st.text(row["nama"])
                marks = [row["kode_lks"], readings.path(row["kabkota_kode"])[-1]]
                marks += [t.CONTOH] if row["contoh"] else []
                marks += [t.ARSIP] if row["diarsipkan_pada"] else []
                st.caption(" · ".join(marks))
            st.button(t.BUKA, key=f"buka_{row['kode_lks']}", on_click=go_to, args=(row["kode_lks"],))
