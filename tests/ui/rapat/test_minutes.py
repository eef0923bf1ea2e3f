"""The section that makes the minutes: a link to the file, a sentence when it cannot be made, the template for some."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from domain.errors import FileRefused
from domain.permissions import Actor
from services import minutes_files
from ui import fragments, state

Shown = Callable[..., AppTest]


def _script(by, status):  # without types: it runs alone, as a page does
    from ui.rapat import minutes

    minutes.section(by, {"id": 7, "status": status})


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch, fresh_db: Path, actor: Callable[..., Actor]) -> Shown:
    """The section for a role, with documents that are made at once."""
    monkeypatch.setattr(minutes_files, "minutes_pdf", lambda by, rapat_id: f"/unduh/pdf-{rapat_id}")
    monkeypatch.setattr(minutes_files, "minutes_docx", lambda by, rapat_id: f"/unduh/docx-{rapat_id}")

    def run(role: str = "lkks", status: str = "ditutup") -> AppTest:
        by = actor(role, "33.71", 1)
        monkeypatch.setattr(state, "sign_in_of_this_run", lambda: by)
        monkeypatch.setattr(fragments, "later", lambda who, make: make)
        return AppTest.from_function(_script, args=(by, status), default_timeout=20).run()

    return run


def _links(app: AppTest) -> list[str]:
    return [element.proto.url for element in app.get("link_button")]


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_a_click_makes_the_file_and_offers_its_link(ending: str, shown: Shown) -> None:
    app = shown()
    assert _links(app) == []
    app.button(key=f"notulen_{ending}").click().run()
    assert not app.exception
    assert _links(app) == [f"/unduh/{ending}-7"]


def test_what_cannot_be_made_is_told_in_a_sentence(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(by: Actor, rapat_id: int) -> str:
        raise FileRefused("templat_rusak_saat_dipakai")

    app = shown()
    monkeypatch.setattr(minutes_files, "minutes_docx", refuse)
    app.button(key="notulen_docx").click().run()
    assert "tidak dapat diisi lagi" in app.error[0].value and _links(app) == []


def test_a_meeting_that_is_not_closed_gives_a_draft(shown: Shown) -> None:
    assert any("bertanda draf" in caption.value for caption in shown(status="berjalan").caption)
    assert not any("bertanda draf" in caption.value for caption in shown().caption)


@pytest.mark.parametrize(
    ("role", "may"), [("lkks", True), ("admin", True), ("kepala_dinas", False), ("operator", False)]
)
def test_only_who_runs_meetings_sees_the_template(role: str, may: bool, shown: Shown) -> None:
    app = shown(role)
    assert not app.exception
    assert len(app.expander) == may


def test_an_own_template_can_be_given_back(shown: Shown, actor: Callable[..., Actor]) -> None:
    by = actor("lkks", "33.71", 1)
    minutes_files.keep_template(by, minutes_files.template(by), "t1")
    app = shown()
    assert any("templat Kota Magelang" in caption.value for caption in app.caption), [c.value for c in app.caption]
    app.button(key="templat_kembali").click().run()
    assert not app.exception and not app.error
    assert minutes_files.template_state(by).kept is None
