"""Isi formulir: the kiosk leaves nothing for the next person, staff enter for somebody, paper twice, files once."""

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from data_access import tables_bimtek as t
from data_access.engine import reading
from domain.permissions import Actor
from services import answer_import, clock, kiosk
from tests.bimtek_rows import Stored, store_event
from tests.ui.conftest import Opener
from tests.ui.conftest import open_page as open_page
from ui.text import pelaksanaan as words
from ui.text.bimtek import FASE

NOW = datetime(2026, 5, 22, 2, 31, tzinfo=UTC)
PAGE = "isi_formulir"


@pytest.fixture
def event(fresh_db: Path, monkeypatch: pytest.MonkeyPatch) -> Stored:
    ticks = count()
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(microseconds=100 * next(ticks)))
    return store_event(wilayah="33.71")


def button(app: AppTest, label: str) -> AppTest:
    app = next(one for one in app.button if one.label == label).click().run()
    assert not app.exception
    return app


def answers(event: Stored, phase: str = "pre") -> list[tuple[int, dict[str, object], str]]:
    with reading() as c:
        k = t.kiriman.c
        query = select(k.peserta_id, k.jawaban, k.cara).where(k.formulir_id == event.forms[phase]).order_by(k.id)
        return [(row.peserta_id, row.jawaban, row.cara) for row in c.execute(query)]


def at_the_form(app: AppTest, code: str) -> AppTest:
    app.text_input(key="_kios_kode").input(code)
    app.checkbox(key="_kios_setuju").check()
    app = button(app, words.LANJUT)
    assert not app.error, [box.value for box in app.error]
    return button(app, f"{FASE['pre']} · Tes uji".replace("-", "\\-"))


def test_the_kiosk_from_code_to_receipt_to_the_next_person(event: Stored, open_page: Opener) -> None:
    app = open_page(PAGE, role="pelatih", region="33.71")
    app.text_input(key="_kios_kode").input(event.codes[0])
    app = button(app, words.LANJUT)
    assert [box.value for box in app.error] == [words.HARUS_SETUJU]
    app = at_the_form(app, event.codes[0])
    assert len(app.radio) == 4 and all(group.value is None for group in app.radio)  # nothing chosen beforehand
    app.radio[0].set_value("b")
    app = button(app, words.KIRIM)
    assert len(app.error) == 1 and all(f"**{n}.**" in app.error[0].value for n in (2, 3, 4))
    assert app.radio[0].value == "b" and answers(event) == []
    for group in app.radio:
        group.set_value("b")
    app = button(app, words.KIRIM)
    assert words.TANDA_TERIMA.format(pukul="09.31 WIB") in app.success[0].value
    assert answers(event) == [(event.people[0], {f"P{n}": "b" for n in range(1, 5)}, "kios")]
    app = button(app, words.BERIKUTNYA)
    said = str([node.proto for node in app.main if hasattr(node, "proto")])
    assert "Peserta Contoh" not in said and event.codes[0] not in said
    assert app.text_input(key="_kios_kode").value == "" and not app.checkbox(key="_kios_setuju").value
    assert app.session_state["_kios"].visit is None and not app.radio
    with reading() as c:
        assert c.execute(select(t.kiriman.c.persetujuan)).scalar() == kiosk.consent()["versi"]


def test_a_wrong_code_at_the_kiosk_says_so(event: Stored, open_page: Opener) -> None:
    app = open_page(PAGE, role="pelatih", region="33.71")
    app.text_input(key="_kios_kode").input("ABCD2345")
    app.checkbox(key="_kios_setuju").check()
    app = button(app, words.LANJUT)
    assert len(app.error) == 1 and not app.radio


def test_what_was_answered_is_not_offered_again(event: Stored, open_page: Opener) -> None:
    app = at_the_form(open_page(PAGE, role="pelatih", region="33.71"), event.codes[0])
    for group in app.radio:
        group.set_value("a")
    app = button(button(app, words.KIRIM), words.FORMULIR_LAIN)
    said = " ".join(str(box.value) for box in app.markdown)
    assert "sudah diterima" in said
    offered = [one.label.replace("\\", "") for one in app.button if "uji" in one.label]
    assert offered == [f"{FASE['post']} · Tes uji", f"{FASE['penyelenggaraan']} · Evaluasi uji"]


def test_staff_enter_for_a_person_and_may_leave_blanks(event: Stored, open_page: Opener) -> None:
    app = open_page(PAGE, role="operator", region="33.71", cara=words.PETUGAS)
    assert not app.exception and not app.error
    who = next(box for box in app.selectbox if box.label == words.PILIH_ORANG)
    assert who.value is None
    app = who.set_value(event.people[1]).run()
    app.radio[0].set_value("c")
    app = button(app, words.KIRIM)
    assert answers(event) == [(event.people[1], {"P1": "c"}, "petugas")] and app.success


def test_paper_once_and_twice(event: Stored, open_page: Opener) -> None:
    app = open_page(PAGE, role="operator", region="33.71", cara=words.KERTAS)
    assert not app.exception and not app.error
    grid = app.get("arrow_data_frame") or app.get("data_editor") or app.dataframe
    assert grid, "the grid is drawn"
    app = button(app, words.LANJUT_KEDUA)
    assert [box.value for box in app.info] == [words.KERTAS_KOSONG]
    entry = app.session_state["_kertas"]
    assert sorted(entry.people) == event.people
    # what two people typed; AppTest cannot type into a grid
    entry.first = {event.people[0]: {"P1": "a", "P2": "b"}, event.people[1]: {"P1": "1"}}
    entry.second = {event.people[0]: {"P1": "A", "P2": "c"}, event.people[1]: {"P1": "a"}}
    entry.step = 3
    app = app.run()
    assert not app.exception and words.ADA_BEDA.format(jumlah="1") in app.warning[0].value
    saving = next(one for one in app.button if one.label == words.SIMPAN_KERTAS.format(jumlah="2"))
    assert saving.disabled  # not before the difference is decided
    entry.second[event.people[0]]["P2"] = "b"
    app = button(app.run(), words.SIMPAN_KERTAS.format(jumlah="2"))
    assert answers(event) == [
        (event.people[0], {"P1": "a", "P2": "b"}, "kertas"), (event.people[1], {"P1": "a"}, "kertas"),
    ]  # fmt: skip
    assert words.KERTAS_TERSIMPAN.format(tersimpan="2", sudah="0") in app.success[0].value
    assert sorted(app.session_state["_kertas"].people) == event.people[2:]  # only who is still missing


def test_a_file_is_previewed_and_saved(event: Stored, open_page: Opener, actor: Callable[..., Actor]) -> None:
    made = openpyxl.Workbook()
    assert made.active is not None
    for row in (["Nama", "P1"], ["Peserta Contoh Satu", "b"], ["Peserta Contoh Duaa", "a"], ["Siapa", "a"]):
        made.active.append(row)
    output = io.BytesIO()
    made.save(output)
    app = open_page(PAGE, role="operator", region="33.71", cara=words.IMPOR)
    assert not app.exception and not app.error and app.get("file_uploader")
    file = answer_import.read(actor("operator", "33.71"), output.getvalue(), "jawaban.xlsx")
    app.session_state["_impor_jawaban_berkas"] = file
    app = app.run()
    assert not app.exception and not app.error
    assert [metric.value for metric in app.metric] == ["1", "0", "1", "1"] and answers(event) == []
    who = next(box for box in app.selectbox if box.label.startswith("Baris 3"))
    assert who.value is None
    who.set_value(event.people[1])
    app = button(app, words.TERAPKAN_PILIHAN)
    assert [metric.value for metric in app.metric] == ["2", "0", "0", "1"]
    app = button(app, words.SIMPAN_IMPOR.format(jumlah="2"))
    assert [(person, given, way) for person, given, way in answers(event)] == [
        (event.people[0], {"P1": "b"}, "impor"), (event.people[1], {"P1": "a"}, "impor"),
    ]  # fmt: skip


@pytest.mark.parametrize("way", words.CARA_CARA)
def test_every_way_is_a_designed_state_without_forms_and_people(way: str, fresh_db: Path, open_page: Opener) -> None:
    app = open_page(PAGE, role="pelatih", region="33.71", cara=way)
    assert not app.exception and not app.error and len(app.info) == 1
    store_event(wilayah="33.71", phases={}, people=[])
    app = open_page(PAGE, role="pelatih", region="33.71", cara=way)
    assert not app.exception and not app.error and (app.info or way == words.KIOS)


def test_whoever_may_not_enter_sees_nothing(event: Stored, open_page: Opener) -> None:
    app = open_page(PAGE, role="kepala_dinas", region="33.71")
    assert len(app.error) == 1 and not app.text_input and not app.selectbox
