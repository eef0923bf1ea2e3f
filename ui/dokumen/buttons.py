"""A button that issues a document of what its screen shows, then the links to its files."""

import streamlit as st

from domain.filters import Filters
from domain.permissions import Actor, Permission
from services import documents
from ui import feedback, fragments, state
from ui.text import dokumen as t


@fragments.fragment()
def issue(by: Actor, jenis: str, chosen: Filters) -> None:
    """The button for one kind of document over the chosen LKS; nothing for those who may not export."""
    if not by.may(Permission.EXPORT_REGISTER):
        return
    key = f"dokumen_{jenis}"
    if not st.button(t.BUAT[jenis], key=key, icon=":material/description:"):
        return
    with feedback.shown():
        with st.spinner(t.MENYUSUN):
            number = documents.issue(by, jenis, chosen, state.one_time_token(key))
            state.renew_token(key)
            links = {ending: documents.deliver(by, number, ending) for ending in documents.FORMATS}
        with st.container(horizontal=True):
            for ending, address in links.items():
                st.link_button(t.UNDUH[ending], address, icon=":material/download:", type="primary")
        st.caption(t.NOMOR.format(nomor=number))
