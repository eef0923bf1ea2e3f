"""The parts of a page that run without it (dialogs, fragments, downloads); each asks again who is signed in.

Streamlit runs them alone, with what they were given when the page was drawn: the router, which asks at every rerun, is
not run. Without this a dialog left open would still store after signing out, and a download button would still export.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import streamlit as st

from domain.errors import SignInRequired, StoreUnavailable
from domain.permissions import Actor
from services import accounts
from ui import state

P = ParamSpec("P")
T = TypeVar("T")
Part = Callable[Concatenate[Actor, P], None]


def _unchanged(by: Actor, now: Actor | None) -> bool:
    """True when the page was drawn for this very person with these very rights."""
    return now is not None and (by.user_id, by.role, by.scope, by.must_change_password) == (
        now.user_id,
        now.role,
        now.scope,
        now.must_change_password,
    )


def _asking(
    body: Part[P], who: Callable[[], Actor | None] | None = None, silent: Callable[..., None] | None = None
) -> Part[P]:
    @wraps(body)
    def asked(by: Actor, *given: P.args, **named: P.kwargs) -> None:
        try:
            now = who() if who is not None else state.sign_in_of_this_run()
        except StoreUnavailable:
            if silent is None:
                raise
            silent(*given, **named)
            return
        if now is None or not _unchanged(by, now):
            st.rerun()  # of the whole page: the router shows what this person may see, or the way to sign in
        body(now, *given, **named)

    return asked


def dialog(title: str, **more: Any) -> Callable[[Part[P]], Part[P]]:
    """st.dialog for a function whose first argument is the actor, who is read afresh at each of its runs."""

    def make(body: Part[P]) -> Part[P]:
        return st.dialog(title, **more)(_asking(body))

    return make


def fragment(
    who: Callable[[], Actor | None] | None = None, silent: Callable[..., None] | None = None, **more: Any
) -> Callable[[Part[P]], Part[P]]:
    """st.fragment for a function whose first argument is the actor, who is asked for at each of its runs.

    who: asks instead of state.sign_in_of_this_run(). silent: what is drawn, from what this very session was shown
    before and nothing else, while the store does not answer who is signed in.
    """

    def make(body: Part[P]) -> Part[P]:
        made: Part[P] = st.fragment(_asking(body, who, silent), **more)
        return made

    return make


def later(by: Actor, make: Callable[[], T]) -> Callable[[], T]:
    """`make` for a download button, which calls it when pressed; SignInRequired when the session ended meanwhile."""
    token = st.context.cookies.get(accounts.cookie_name())

    def asked() -> T:
        if not _unchanged(by, accounts.actor_of(token)):
            raise SignInRequired()
        return make()

    return asked
