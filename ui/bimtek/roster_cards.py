"""The dialog that makes cards and posters to print, for the address that the participants' phones can open."""

from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from domain.errors import PilarError
from domain.permissions import Actor, Permission
from services import cards, clock, downloads
from ui import feedback, fragments
from ui.bimtek.labels import apart
from ui.bimtek.roster import Row, show
from ui.text import peserta as t

ADDRESS = "_alamat_server"  # kept while somebody is signed in: the same for cards, posters and projector


def guessed_address() -> str:
    """The address that this browser opened, unless another one was typed before."""
    parts = urlsplit(st.context.url or "")
    own = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return str(st.session_state.get(ADDRESS) or own)


def address() -> str:
    """A field for the server's address, with a warning when no phone could open it; empty when it is no address."""
    typed = st.text_input(t.ALAMAT, guessed_address(), key="alamat_server", autocomplete="off")
    st.caption(t.ALAMAT_BANTUAN)
    try:
        found = cards.server_address(typed or "")
    except PilarError as error:
        show(error)
        return ""
    st.session_state[ADDRESS] = found
    if cards.is_loopback(found):
        st.warning(t.LOOPBACK, icon=":material/phonelink_off:")
    return found


def _offer(by: Actor, label: str, name: str, content: bytes) -> None:
    st.link_button(
        label, downloads.put(by, name, content, cards.HTML), icon=":material/download:", type="primary", width="stretch"
    )


@fragments.dialog(t.KARTU, icon=":material/qr_code_2:")
def make(by: Actor, event: Row, people: list[Row]) -> None:
    """Cards of these people, and a poster of the event or of one form; each is a file to print."""
    st.caption(t.KARTU_URAIAN)
    found = address()
    if not found:
        return
    day = clock.today().isoformat()
    with feedback.shown():
        if by.may(Permission.MANAGE_EVENTS) and people:
            if st.button(t.BUAT_KARTU.format(jumlah=len(people)), key="buat_kartu", icon=":material/badge:"):
                content, _ = cards.card_sheet(by, event["id"], found, [int(row["id"]) for row in people])
                _offer(by, t.UNDUH_KARTU, f"kartu_peserta_{event['id']}_{day}.html", content)
            st.caption(t.KARTU_RAHASIA)
        titles: dict[Any, str] = {None: t.POSTER_KEGIATAN}
        titles |= {form["id"]: form["judul"] for form in cards.forms(by, event["id"])}
        form_id = st.selectbox(t.POSTER_UNTUK, list(titles), 0, apart(titles).__getitem__, "poster_untuk")
        if st.button(t.BUAT_POSTER, key="buat_poster", icon=":material/qr_code_2:"):
            name = f"poster_{event['id']}_{form_id or 'kegiatan'}_{day}.html"
            _offer(by, t.UNDUH_POSTER, name, cards.poster(by, event["id"], found, form_id))
