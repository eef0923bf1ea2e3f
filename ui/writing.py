"""One write from a screen: its one-time token, refusals under the words of their entries, a fresh page with a notice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st

from domain.errors import AlreadyDone, InvalidInput, PilarError
from services import wording
from ui import feedback, state
from ui.profile.saving import say


class Writing:
    """Writes of one group of screens, which calls its entries by its own words."""

    def __init__(self, name_of: Callable[[str], str], stored: str) -> None:
        """`name_of` gives the word of an entry by its field; `stored` is what is said after a write."""
        self._name_of, self._stored = name_of, stored

    def attempt(
        self,
        key: str,
        write: Callable[[str], Any],
        done: str | Callable[[Any], str] | None = None,
        then: Callable[[Any], None] | None = None,
    ) -> None:
        """Carries out `write` with the one-time token of `key`; the page runs anew when it went well, else says why not."""
        try:
            result = write(state.one_time_token(key))
        except PilarError as error:
            if isinstance(error, AlreadyDone):
                state.renew_token(key)
            self.show(error)
            return
        state.renew_token(key)
        told = self._stored if done is None else done
        say(told if isinstance(told, str) else told(result))
        if then is not None:
            then(result)
        st.rerun()

    def show(self, error: PilarError) -> None:
        """The error as a box; refused values each under the word of their entry."""
        if not isinstance(error, InvalidInput):
            feedback.show(error)
            return
        lines = [
            f"- **{feedback.escape(self._name_of(p.column))}**: {feedback.escape(str(wording.of_problem(p)))}"
            for p in error.problems
        ]
        st.error("\n".join(lines), title=wording.of_error(error).reason, icon=":material/error:")

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Shows a named error that the block raises, refused values under the words of their entries."""
        try:
            yield
        except PilarError as error:
            self.show(error)
