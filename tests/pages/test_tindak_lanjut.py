"""Tindak lanjut on the screen: overdue first, narrowed in the address, moved on with evidence; the card for other screens."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from domain.permissions import Actor
from services import accounts, actions, clock, meetings
from tests.rapat_rows import running
from tests.ui.conftest import Opener, sign_in
from tests.ui.conftest import open_page as open_page
from ui.rapat import action_table
from ui.text import rapat as t

Make = Callable[..., Actor]
DIALOG = """
from services import actions
from ui import state
from ui.rapat import action_dialogs, open_actions
by = state.actor()
{call}
"""


@pytest.fixture
def by(fresh_db: Path, actor: Make) -> Actor:
    """Three actions of Kota Magelang (late, open, done in time), beside one of another city that must never show."""
    who, today = actor("lkks", "33.71"), clock.today()
    late, soon = today - timedelta(days=3), today + timedelta(days=9)
    body = {"pic_instansi": "Dinas Sosial", "tugas": "advokasi"}
    actions.add(who, {"jenis": "tugas", "apa": "Yang masih lama", "tenggat": soon}, "a1")
    actions.add(who, {"jenis": "tugas", "apa": "Yang *terlambat*", "tenggat": late} | body, "a2")
    done = actions.add(who, {"jenis": "tugas", "apa": "Yang selesai", "tenggat": soon}, "a3")
    actions.set_status(who, done, 1, "selesai", "Berita acara", "s3")
    actions.add(actor("admin"), {"jenis": "tugas", "apa": "Urusan Bima", "wilayah_rapat": "52.72"}, "a4")
    return who


def shown(app: AppTest) -> list[str]:
    return list(app.dataframe[0].value[t.KOLOM_TINDAK["apa"]])


@pytest.mark.parametrize("role", ["lkks", "kepala_dinas", "operator"])
def test_overdue_stands_first_and_other_regions_nowhere(role: str, by: Actor, open_page: Opener) -> None:
    app = open_page("tindak_lanjut", role=role, region="33.71")
    assert not app.exception and not app.error
    assert shown(app) == ["Yang *terlambat*", "Yang masih lama", "Yang selesai"]
    assert [(metric.value, metric.delta) for metric in app.metric] == [
        ("2", "2 dari 3"),
        ("1", "1 dari 2"),
        ("50,0%", "1 dari 2"),
    ]


@pytest.mark.parametrize("role", ["lkks", "kepala_dinas", "operator"])
def test_a_click_on_a_figure_opens_the_same_figure_with_its_actions(role: str, by: Actor, open_page: Opener) -> None:
    """The figures of this screen said no more than their rule, while the dictionary could show the rows of each."""
    app = open_page("tindak_lanjut", role=role, region="33.71")
    told = {"tindak_lanjut_terbuka": "**2 ", "tindak_lanjut_terlambat": "**1 ", "tindak_lanjut_tepat": "**50,0%"}
    for kode, value in told.items():
        app.pills(key="asal_tindak").set_value(kode).run()
        assert not app.exception and not app.error
        lines = [one.value for one in app.markdown]
        assert any(line.startswith(value) for line in lines), (kode, lines)
        names = {name for one in app.dataframe for name in one.value.astype(str).to_numpy().ravel()}
        assert "Yang *terlambat*" in names and "Urusan Bima" not in names


def test_an_empty_page_names_the_next_step(fresh_db: Path, open_page: Opener) -> None:
    app = open_page("tindak_lanjut", role="kepala_dinas", region="33.71")
    assert [box.value for box in app.info] == [t.TL_KOSONG] and not app.dataframe and not app.metric


def test_filters_come_from_the_address_and_lead_out_again(by: Actor, open_page: Opener) -> None:
    for asked, left in (
        ({"status_tl": "Terlambat"}, ["Yang *terlambat*"]),
        ({"instansi_tl": "Dinas Sosial"}, ["Yang *terlambat*"]),
        ({"tugas_tl": "Advokasi sosial dan anggaran"}, ["Yang *terlambat*"]),
        ({"status_tl": "Selesai"}, ["Yang selesai"]),
    ):
        assert shown(open_page("tindak_lanjut", role="operator", region="33.71", **asked)) == left
    app = open_page("tindak_lanjut", role="operator", region="33.71", status_tl="Proses")
    assert [box.value for box in app.info] == [t.TL_TIDAK_COCOK]
    next(button for button in app.button if button.key == "hapus_kosong").click().run()
    assert len(shown(app)) == 3


def test_a_picked_row_offers_its_next_steps(by: Actor, open_page: Opener) -> None:
    app = open_page("tindak_lanjut", role="operator", region="33.71")
    app.session_state[action_table.TABLE] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()
    assert {t.UBAH_STATUS, t.LENGKAPI, t.RIWAYAT} <= {button.label for button in app.button}
    assert any("Yang \\*terlambat\\*" in str(one.value) for one in app.markdown)


@pytest.fixture
def dialog(monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """A part of the screen on its own: AppTest reruns the whole script where a browser reruns only the open dialog."""

    def make(call: str, role: str = "operator") -> AppTest:
        token = sign_in(role, "33.71")
        cookies = {accounts.cookie_name(): token}
        monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", property(lambda self: cookies))
        at = AppTest.from_string(DIALOG.format(call=call), default_timeout=30)
        at.session_state["_pilar_actor"] = accounts.actor_of(token)
        return at.run()

    return make


def late_one(by: Actor) -> int:
    return int(actions.open_actions(by)["id"].iloc[0])


def press(at: AppTest, label: str) -> AppTest:
    return next(button for button in at.button if button.label == label).click().run()


def test_done_needs_evidence_on_the_screen_too(by: Actor, dialog: Callable[..., AppTest]) -> None:
    number = late_one(by)
    at = dialog(f"action_dialogs.status(by, {number})")
    at.button_group[0].select("selesai").run()
    press(at, t.SIMPAN)
    assert t.ISIAN["bukti"] in at.error[0].value and actions.get(by, number)["status"] == "belum"
    at.text_area[0].input("Surat 12/2026").run()
    press(at, t.SIMPAN)
    row = actions.get(by, number)
    assert (row["status"], row["bukti"], row["selesai_pada"]) == ("selesai", "Surat 12/2026", clock.today())
    again = dialog(f"action_dialogs.status(by, {number})")
    again.button_group[0].select("proses").run()
    assert t.ALASAN_BUKA + t.WAJIB in [line.label for line in again.text_input]
    told = dialog(f"action_dialogs.history(by, {number})")
    assert any("Status diubah" in str(one.value) for one in told.markdown)


def test_facts_are_completed_and_a_closed_meetings_stay(by: Actor, dialog: Callable[..., AppTest]) -> None:
    number = late_one(by)
    at = dialog(f"action_dialogs.edit(by, {number})")
    next(line for line in at.text_input if line.label == t.ISIAN["pic"]).input("Sekretaris")
    next(box for box in at.selectbox if box.label == t.ISIAN["sumber_dana"]).select("pemda").run()
    press(at, t.SIMPAN)
    row = actions.get(by, number)
    assert (row["pic"], row["sumber_dana"], row["apa"]) == ("Sekretaris", "pemda", "Yang *terlambat*")


def test_a_new_action_is_made_here(by: Actor, dialog: Callable[..., AppTest]) -> None:
    at = dialog("action_dialogs.create(by)", "kepala_dinas")
    press(at, t.SIMPAN)
    assert {t.ISIAN["apa"], t.ISIAN["jenis"]} <= set(at.error[0].value.split("**"))
    at.text_area[0].input("Menemui donatur").run()
    next(box for box in at.selectbox if box.label == t.ISIAN["jenis"] + t.WAJIB).select("advokasi_sosial").run()
    press(at, t.SIMPAN)
    assert "Menemui donatur" in list(actions.open_actions(by)["apa"])
    assert "Menemui donatur" in [row["apa"] for row in meetings.get(by, running(by)).bawaan]


def test_the_card_shows_the_most_urgent_and_the_rest_as_a_number(
    by: Actor, monkeypatch: pytest.MonkeyPatch, dialog: Callable[..., AppTest]
) -> None:
    monkeypatch.setattr("ui.state.page", lambda url: f"https://contoh.invalid/{url}")
    at = dialog("open_actions.block(by, '33.71', 1)", "kepala_dinas")
    assert not at.exception
    text = "\n".join(str(one.value) for kind in (at.markdown, at.caption) for one in kind)
    assert "Yang \\*terlambat\\*" in text and "Yang masih lama" not in text and "Urusan Bima" not in text
    assert t.kartu(2, 1) in text and t.jumlah_tindak(1, 2) in text


def test_the_workbook_holds_what_the_table_shows(by: Actor, actor: Make) -> None:
    from services import tabular

    frame = action_table.worded(actions.listed(by))
    book = openpyxl.load_workbook(BytesIO(tabular.workbook(by, "Tindak lanjut", frame, {"Sumber": "uji"})))
    cells = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert {"Yang *terlambat*", "Yang masih lama", "Yang selesai", "Terlambat"} <= set(cells)
    assert "Urusan Bima" not in cells
