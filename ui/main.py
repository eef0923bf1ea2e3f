"""The router: page settings, who is signed in, the menu of their role, then the page."""

import streamlit as st

import settings
from domain.errors import NotPermitted
from ui import feedback, navigation, readings, state
from ui.text import umum

# By address: of a file Streamlit would open the picture anew at every rerun.
origin = "/".join((st.context.url or "").split("/")[:3])
look = f"{origin}/aset" if origin.startswith("http") else str(settings.ROOT / "assets/tema")
st.set_page_config(page_title="Pilar", page_icon=f"{look}/icon.png", layout="wide")
# Streamlit says lang="en" whatever the page speaks; screen readers go by it.
st.html("<script>document.documentElement.lang='id'</script>", unsafe_allow_javascript=True)

actor = state.sign_in_of_this_run()
readings.begin()
sections, pages = navigation.menu(actor)
state.remember_pages(pages)
embedded = bool(st.context.is_embedded)
page = st.navigation(sections, position="hidden" if actor is None or embedded else "sidebar", expanded=True)

if actor is None:
    st.title(umum.PERLU_MASUK)
    st.write(umum.PERLU_MASUK_URAIAN)
    st.link_button(umum.MASUK, state.sign_in_address(), type="primary")
    st.stop()

if not embedded:
    st.logo(f"{look}/logo.svg", icon_image=f"{look}/icon.png", size="large")
    with st.sidebar:
        state.signed_in_as(actor)

if actor.must_change_password:
    st.title(umum.GANTI_SANDI)
    st.write(umum.GANTI_SANDI_URAIAN)
    st.link_button(umum.GANTI_SANDI, "/sandi", type="primary")
    st.stop()

with feedback.shown():
    if not navigation.by_url(page.url_path).allowed(actor):
        raise NotPermitted()
    page.run()
