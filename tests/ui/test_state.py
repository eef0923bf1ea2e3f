"""Session state: tokens that stay until used, and nobody without a cookie of their own."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from domain.errors import SignInRequired
from domain.permissions import Actor
from services import accounts
from ui import state


def test_a_token_stays_until_it_is_renewed() -> None:
    def page() -> None:
        import streamlit as st

        from ui import state

        st.text(state.one_time_token("simpan"))
        st.text(state.one_time_token("lain"))
        if st.button("pakai"):
            state.renew_token("simpan")

    app = AppTest.from_function(page).run()
    first = [text.value for text in app.text]
    assert len(set(first)) == 2
    assert min(map(len, first)) >= 24
    assert [text.value for text in app.run().text] == first
    app.button[0].click().run()
    after = [text.value for text in app.run().text]
    assert after[0] != first[0]
    assert after[1] == first[1]


@pytest.mark.parametrize("kept", [{}, {"_pilar_actor": None}, {"_pilar_actor": "admin"}, {"_pilar_actor": {"id": 1}}])
def test_nobody_is_signed_in_without_an_actor(kept: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state.st, "session_state", kept)
    with pytest.raises(SignInRequired):
        state.actor()


def _run(monkeypatch: pytest.MonkeyPatch, kept: dict[str, object], who: Actor | None) -> Actor | None:
    asked: list[str | None] = []

    def actor_of(token: str | None) -> Actor | None:
        asked.append(token)
        return who

    cookies = {"pilar_sesi": "t"}
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", property(lambda self: cookies))
    monkeypatch.setattr(state.st, "session_state", kept)
    monkeypatch.setattr(accounts, "actor_of", actor_of)
    found = state.sign_in_of_this_run()
    assert asked == ["t"], "the cookie of this very connection is asked about"
    return found


def test_the_same_person_keeps_their_state(monkeypatch: pytest.MonkeyPatch, actor: Callable[..., Actor]) -> None:
    one = actor("operator", "33.71", 1)
    kept: dict[str, object] = {"_pilar_actor": one, "isian": "x"}
    narrowed = actor("operator", "33.72", 1)
    assert _run(monkeypatch, kept, narrowed) is narrowed
    assert kept == {"_pilar_actor": narrowed, "isian": "x"}, "role and region are the fresh ones"


@pytest.mark.parametrize("somebody", [True, False])
def test_another_person_or_nobody_finds_nothing(
    monkeypatch: pytest.MonkeyPatch, actor: Callable[..., Actor], somebody: bool
) -> None:
    kept: dict[str, object] = {"_pilar_actor": actor("operator", "33.71", 1), "isian": "rahasia", "_token_x": "t"}
    other = actor("operator", "33.71", 2) if somebody else None
    assert _run(monkeypatch, kept, other) is other
    assert kept == {"_pilar_actor": other}


def test_the_cookie_has_the_name_that_the_sign_in_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    for secure, name in (("0", "pilar_sesi"), ("1", "__Host-pilar_sesi")):
        monkeypatch.setenv("PILAR_SECURE_COOKIE", secure)
        assert accounts.cookie_name() == name
