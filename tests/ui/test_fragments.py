"""Dialogs, fragments and downloads run without the router; each must ask again who is signed in."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

import settings
from domain.errors import SignInRequired, StoreUnavailable
from domain.permissions import Actor
from services import accounts
from ui import fragments, state


class Rerun(BaseException):
    """Stands for Streamlit's own."""


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Actor]]:
    """Runs a dialog's body, drawn for whoever is given, while somebody else (or nobody) sends the click."""

    def rerun() -> None:
        raise Rerun

    monkeypatch.setattr(fragments.st, "rerun", rerun)
    monkeypatch.setattr(fragments.st, "dialog", lambda title, **more: lambda body: body)

    def run(by: Actor, now: Actor | None) -> list[Actor]:
        seen: list[Actor] = []
        monkeypatch.setattr(state, "sign_in_of_this_run", lambda: now)
        fragments.dialog("Ubah")(lambda who: seen.append(who))(by)
        return seen

    return run


def test_an_open_dialog_of_the_same_person_goes_on(
    drawn: Callable[..., list[Actor]], actor: Callable[..., Actor]
) -> None:
    by, now = actor("operator", "33.71", 1), actor("operator", "33.71", 1)
    assert drawn(by, now)[0] is now


@pytest.mark.parametrize(
    "change",
    [None, ("operator", "33.71", 2), ("operator", "33.72", 1), ("lkks", "33.71", 1)],
    ids=["signed out", "another person", "another region", "another role"],
)
def test_a_dialog_left_open_does_nothing_after_its_rights_ended(
    change: tuple[str, str, int] | None, drawn: Callable[..., list[Actor]], actor: Callable[..., Actor]
) -> None:
    """Signed out in one tab, an operator pressed Simpan in a dialog of another: the change was stored.

    Streamlit reruns a dialog alone, with the actor it was drawn with; the router, which asks for the cookie, is not run.
    """
    with pytest.raises(Rerun):
        drawn(actor("operator", "33.71", 1), actor(*change) if change else None)


def test_a_download_button_exports_nothing_after_the_session_ended(
    actor: Callable[..., Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is made when its button is pressed, by a function that kept the actor of the page's last run."""
    by = actor("operator", "33.71", 1)
    cookies = {accounts.cookie_name(): "t"}
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", property(lambda self: cookies))
    now: dict[str, Actor | None] = {"t": by}
    monkeypatch.setattr(accounts, "actor_of", lambda token: now.get(token))
    make = fragments.later(by, lambda: b"isi")
    assert make() == b"isi"
    for changed in (None, actor("operator", "33.72", 1), actor("operator", "33.71", 2)):
        now["t"] = changed
        with pytest.raises(SignInRequired):
            make()


def _bare(source: str) -> list[int]:
    """Lines that use st.dialog or st.fragment directly, or give a download button a function that asks nobody."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("st.dialog", "st.fragment"):
            found.append(node.lineno)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("download_button"):
            data = [word.value for word in node.keywords if word.arg == "data"]
            if not data or not ast.unparse(data[0]).startswith("fragments.later("):
                found.append(node.lineno)
    return sorted(found)


def test_the_rule_finds_what_it_forbids() -> None:
    assert _bare("@st.dialog('x')\ndef f(by): ...\nst.download_button('x', data=lambda: export(by))") == [1, 3]
    assert _bare("@fragments.dialog('x')\ndef f(by): ...\nst.download_button('x', data=fragments.later(by, f))") == []


@pytest.mark.parametrize(
    "path",
    sorted([*(settings.ROOT / "ui").rglob("*.py"), *(settings.ROOT / "pages").rglob("*.py")]),
    ids=lambda p: p.name,
)
def test_no_part_of_a_page_runs_without_asking(path: Path) -> None:
    if path != settings.ROOT / "ui" / "fragments.py":
        assert _bare(path.read_text(encoding="utf-8")) == [], path


def test_a_silent_store_draws_what_was_there_and_asks_nothing_else(
    actor: Callable[..., Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a wall the check of who is signed in failed first, and an error box stood where the figures had been."""

    def silent() -> Actor:
        raise StoreUnavailable()

    drawn: list[object] = []
    monkeypatch.setattr(fragments.st, "fragment", lambda body, **more: body)
    made = fragments.fragment(who=silent, silent=lambda number: drawn.append(number), run_every=1.0)
    made(lambda by, number: drawn.append("body"))(actor("lkks", "33.71"), 7)
    assert drawn == [7]
    with pytest.raises(StoreUnavailable):
        fragments.fragment(who=silent)(lambda by: drawn.append("body"))(actor("lkks", "33.71"))
    assert drawn == [7]
