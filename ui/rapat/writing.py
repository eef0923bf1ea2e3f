"""One write from a meeting screen: its token, refusals under the words of their entries, a fresh page with a notice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st

from domain.errors import AlreadyDone, InvalidInput, PilarError
from services import wording
from ui import feedback, state
from ui.profile.saving import say
from ui.text import rapat as t


def attempt(
    key: str,
    write: Callable[[str], Any],
    done: str | Callable[[Any], str] = t.TERSIMPAN,
    then: Callable[[Any], None] | None = None,
) -> None:
    """Carries out `write` with the one-time token of `key`; the page runs anew when it went well, else says why not."""
    try:
        result = write(state.one_time_token(key))
    except PilarError as error:
        if isinstance(error, AlreadyDone):
            state.renew_token(key)
        show(error)
        return
    state.renew_token(key)
    say(done if isinstance(done, str) else done(result))
    if then is not None:
        then(result)
    st.rerun()


def show(error: PilarError) -> None:
    """The error as a box; refused values each under the word of their entry."""
    if not isinstance(error, InvalidInput):
        feedback.show(error)
        return
    lines = [
        f"- **{feedback.escape(t.isian(p.column))}**: {feedback.escape(str(wording.of_problem(p)))}"
        for p in error.problems
    ]
    st.error("\n".join(lines), title=wording.of_error(error).reason, icon=":material/error:")


@contextmanager
def shown() -> Iterator[None]:
    """Shows a named error that the block raises, refused values under the words of their entries."""
    try:
        yield
    except PilarError as error:
        show(error)


def fresh(key: str) -> str:
    """A key for entries that are empty again once what they hold was stored."""
    return f"{key}_{state.one_time_token(key)[:8]}"
