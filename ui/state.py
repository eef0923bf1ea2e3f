"""Typed session state: who is signed in on this rerun, and one-time tokens that make a second click harmless."""

import secrets
from typing import Any
from urllib.parse import quote, urlencode

import streamlit as st

from domain.errors import SignInRequired
from domain.permissions import Actor
from services import accounts, wording
from ui import feedback
from ui.text import umum

_ACTOR, _PAGES = "_pilar_actor", "_pilar_pages"


def sign_in_of_this_run() -> Actor | None:
    """The actor of the cookie that this very connection sent, read from the database at every rerun.

    The session id alone opens a running session to whoever has it (RELIABILITY finding 6); the cookie does not travel
    with it, so a thief is nobody here.
    """
    return keep_signed_in(accounts.actor_of(st.context.cookies.get(accounts.cookie_name())))


def keep_signed_in(actor: Actor | None) -> Actor | None:
    """Remembers for this run who the cookie signs in, and forgets all of the session when that is somebody else."""
    before = st.session_state.get(_ACTOR)
    if before is not None and (actor is None or actor.user_id != before.user_id):
        st.session_state.clear()  # another person, or nobody: nothing of the one before is kept
    st.session_state[_ACTOR] = actor
    return actor


def actor() -> Actor:
    """Whoever is signed in on this rerun; SignInRequired when nobody."""
    found = st.session_state.get(_ACTOR)
    if not isinstance(found, Actor):
        raise SignInRequired()
    return found


def sign_in_address() -> str:
    """The sign-in route, with this page and its filters to come back to."""
    path = "/" + (st.context.url or "").partition("://")[2].partition("/")[2].partition("?")[0]
    query = urlencode(st.query_params.to_dict())
    return "/masuk?lanjut=" + quote(path + ("?" + query if query else ""), safe="")


def signed_in_as(who: Actor) -> None:
    """The lines of the sidebar that say who is signed in, with the way out."""
    st.caption(feedback.escape(f"{who.name} · {wording.role(who.role.id)['judul']}"))
    st.link_button(umum.KELUAR, "/keluar", icon=":material/logout:", type="tertiary")


def one_time_token(key: str) -> str:
    """The token of the write that `key` stands for, the same at every rerun until renew_token()."""
    name = f"_token_{key}"
    if name not in st.session_state:
        st.session_state[name] = secrets.token_urlsafe(18)
    return str(st.session_state[name])


def renew_token(key: str) -> None:
    """Makes the next one_time_token() a new one; called after the write was carried out."""
    st.session_state.pop(f"_token_{key}", None)


def remember_pages(pages: dict[str, Any]) -> None:
    """Keeps this rerun's pages by address, for links between them; called by the router."""
    st.session_state[_PAGES] = pages


def page(url: str) -> Any:
    """The page of an address, to link or switch to."""
    return st.session_state[_PAGES][url]
