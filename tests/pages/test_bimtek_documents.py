"""The papers of an event on its screens: made when a button is pressed, offered only to those who may have them."""

from pathlib import Path
from typing import Any

import pytest

from domain.permissions import COMMAND_LINE
from services import downloads, events
from tests.bimtek_rows import store_event
from tests.ui.conftest import Opener, open_page
from ui.text import dokumen_bimtek as t

__all__ = ["open_page"]  # the fixture of the pages, used here by name


def _press(app: Any, key: str) -> Any:
    app.button(key=f"dokumen_{key}").click().run()
    assert not app.exception and not app.error, [box.value for box in app.error]
    return app


def _links(app: Any) -> list[str]:
    return [one.proto.url for one in app.get("link_button") if one.proto.url.startswith("/unduh/")]


@pytest.mark.parametrize("role", ["kepala_dinas", "pelatih"])
@pytest.mark.parametrize("kind", ["laporan_pdf", "laporan_docx", "nilai_pdf", "nilai_xlsx"])
def test_each_report_is_made_when_asked_for(kind: str, role: str, seeded_db: Path, open_page: Opener) -> None:
    app = open_page("hasil", role=role, region="33.71")
    assert not _links(app)
    assert any(t.TANPA_NAMA in one.value for one in app.caption) == (role == "kepala_dinas")
    _press(app, kind)
    assert len(_links(app)) == 1


def test_a_speaker_is_chosen_first(seeded_db: Path, open_page: Opener) -> None:
    app = open_page("hasil", role="pelatih", region="33.71")
    assert app.button(key="dokumen_narasumber_pdf").disabled
    box = next(one for one in app.selectbox if one.label == t.NARASUMBER)
    assert box.value is None
    box.select_index(0).run()
    assert len(_links(_press(app, "narasumber_pdf"))) == 1


@pytest.mark.parametrize("kind", ["hadir_kosong", "hadir_terisi"])
def test_attendance_lists_of_all_sessions_or_of_one(kind: str, seeded_db: Path, open_page: Opener) -> None:
    app = open_page("pelaksanaan", role="pelatih", region="33.71")
    assert len(_links(_press(app, kind))) == 1


def test_a_test_on_paper(seeded_db: Path, open_page: Opener) -> None:
    app = open_page("pelaksanaan", role="pelatih", region="33.71")
    assert app.button(key="dokumen_soal_pdf").disabled and app.button(key="dokumen_jawaban_pdf").disabled
    next(one for one in app.selectbox if one.label == t.FORMULIR and one.value is None).select_index(0).run()
    for kind in ("soal_pdf", "jawaban_pdf"):
        assert len(_links(_press(app, kind))) == 1


def test_who_enters_no_answers_is_offered_no_lists(seeded_db: Path, open_page: Opener) -> None:
    app = open_page("pelaksanaan", role="kepala_dinas", region="33.71")
    assert not [one for one in app.button if str(one.key).startswith("dokumen_")]


def test_without_sessions_or_forms_the_screen_says_what_to_do(fresh_db: Path, open_page: Opener) -> None:
    made = store_event(phases={})
    from data_access import tables_bimtek as tables
    from data_access.engine import writing

    with writing() as connection:
        connection.execute(tables.kegiatan_sesi.delete())
    assert not events.get(COMMAND_LINE, made.event_id).sessions
    app = open_page("pelaksanaan", role="pelatih", region="33.71")
    told = [one.value for one in app.caption]
    assert t.TANPA_SESI in told and t.TANPA_FORMULIR in told
    assert downloads.LIFETIME.total_seconds() == 15 * 60  # what the caption beside a file promises
