"""One write from a dialog: its one-time token, named errors as sentences, then a fresh page with a short notice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st

from domain.errors import AlreadyDone, InvalidInput, PilarError, Problem
from services import wording
from ui import feedback, state
from ui.text import profil as t

_NOTICE = "_profil_pesan"


def save(key: str, write: Callable[[str], Any], done: str = t.TERSIMPAN, label: Callable[[str], str] = t.label) -> None:
    """Carries out `write` with the one-time token of `key`; the page runs anew when it went well, else says why not.

    `label` gives the screen's name of an entry that was refused.
    """
    try:
        result = write(state.one_time_token(key))
    except PilarError as error:
        if isinstance(error, AlreadyDone):
            state.renew_token(key)
        show(error, label)
        return
    state.renew_token(key)
    say(doubtful(result) or done)
    st.rerun()


def show(error: PilarError, label: Callable[[str], str] = t.label) -> None:
    """The error as a box; refused values each under the label of their entry."""
    if not isinstance(error, InvalidInput):
        feedback.show(error)
        return
    lines = [
        f"**{feedback.escape(label(p.column))}**: {feedback.escape(str(wording.of_problem(p)))}" for p in error.problems
    ]
    st.error("\n".join(f"- {line}" for line in lines), title=wording.of_error(error).reason, icon=":material/error:")


@contextmanager
def shown() -> Iterator[None]:
    """Shows a named error that the block raises, refused values under the labels of their entries."""
    try:
        yield
    except PilarError as error:
        show(error)


def doubtful(result: Any) -> str:
    """What to say of a write that gave back doubts; empty when it gave none."""
    doubts = [found for found in result if isinstance(found, Problem)] if isinstance(result, list) else []
    words = " ".join(wording.of_problem(found).reason for found in doubts)
    return t.TERSIMPAN_RAGU.format(rincian=words) if words else ""


def say(words: str) -> None:
    """Keeps a notice for the next run of the page."""
    st.session_state[_NOTICE] = words


def notice() -> None:
    """Shows, once, what the write before this rerun has to say."""
    said = st.session_state.pop(_NOTICE, None)
    if said:
        st.toast(feedback.escape(said), icon=":material/check:", duration="long")
