"""The screen of events: the list, one event with its tabs, the dialogs that write, and who sees which button."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from domain.permissions import Actor
from services import accounts, events, instruments
from tests.bimtek_rows import store_event
from tests.ui.conftest import Opener, sign_in
from tests.ui.conftest import open_page as open_page
from ui.bimtek import choosing, events_forms, events_grids, events_list
from ui.text import bimtek as t
from ui.text import umum


def label(by: Actor, event_id: int) -> str:
    return choosing.label(events.get(by, event_id).record)


def buttons(app: AppTest) -> set[str]:
    return {button.key for button in app.button if button.key}


def words(app: AppTest) -> str:
    kinds = (app.title, app.header, app.subheader, app.caption, app.markdown, app.text, app.info, app.code)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def test_an_empty_list_names_the_next_step(fresh_db: Path, open_page: Opener) -> None:
    app = open_page("kegiatan", role="pelatih", region="33.71")
    assert [box.value for box in app.info] == [t.KOSONG_URAIAN] and "kegiatan_baru" in buttons(app)
    reader = open_page("kegiatan", role="kepala_dinas", region="33.71")
    assert [box.value for box in reader.info] == [t.KOSONG_PEMBACA] and "kegiatan_baru" not in buttons(reader)


def test_the_list_shows_the_own_region_and_its_filters_come_from_the_address(fresh_db: Path, open_page: Opener) -> None:
    store_event(judul="Bimtek Magelang")
    store_event(judul="Bimtek Bima", wilayah="52.72", status="selesai")
    app = open_page("kegiatan", role="pelatih", region="33.71")
    assert list(app.dataframe[0].value[t.KOLOM_KEGIATAN["judul"]]) == ["Bimtek Magelang"]
    everywhere = open_page("kegiatan", role="admin", keadaan=t.STATUS_KEGIATAN["selesai"])
    table = everywhere.dataframe[0].value
    assert list(table[t.KOLOM_KEGIATAN["wilayah_nama"]]) == ["Kota Bima"]
    assert list(table[t.KOLOM_KEGIATAN["peserta"]]) == [4]
    nothing = open_page("kegiatan", role="admin", cari_kegiatan="rapat")
    assert [box.value for box in nothing.info] == [t.TIDAK_COCOK_URAIAN] and not nothing.dataframe
    next(button for button in nothing.button if button.label == umum.HAPUS_SARINGAN).click().run()
    assert len(nothing.dataframe[0].value) == 2


def test_a_row_opens_its_event_and_the_way_back_closes_it(
    fresh_db: Path, open_page: Opener, actor: Callable[..., Actor]
) -> None:
    stored = store_event(judul="Bimtek *Magelang*")
    app = open_page("kegiatan", role="pelatih", region="33.71", kegiatan=label(actor(), stored.event_id))
    assert not app.exception and not app.error
    assert app.header[0].value == "Bimtek \\*Magelang\\*"
    assert [metric.value for metric in app.metric] == ["4", "2", "3", "0"]
    assert {"ubah_kegiatan", "salin_kegiatan", "ubah_tujuan"} <= buttons(app)
    assert "hapus_kegiatan" not in buttons(app), "it is under way"
    next(button for button in app.button if button.label == t.SEMUA_KEGIATAN).click().run()
    assert not app.metric and len(app.dataframe[0].value) == 1
    unknown = open_page("kegiatan", role="pelatih", region="52.72", kegiatan=label(actor(), stored.event_id))
    assert not unknown.exception and not unknown.metric and [b.value for b in unknown.info] == [t.KOSONG_URAIAN]


TABS = (t.RINGKASAN, t.JADWAL, t.FORMULIR, t.KEADAAN)


@pytest.mark.parametrize("status", ["disiapkan", "berjalan", "selesai", "dikunci"])
@pytest.mark.parametrize("role", ["pelatih", "kepala_dinas"])
def test_every_tab_in_every_state_shows_only_what_may_be_done(
    role: str, status: str, fresh_db: Path, open_page: Opener, actor: Callable[..., Actor]
) -> None:
    stored = store_event(status=status)
    by = actor("admin")
    if status != "dikunci":
        events.set_speakers(by, stored.event_id, 1, [{"nama": "Narasumber Contoh", "instansi": "Contoh"}], "t")
    seen: set[str] = set()
    app = open_page("kegiatan", role=role, region="33.71", kegiatan=label(by, stored.event_id))
    for tab in TABS:
        app.session_state["bagian_kegiatan"] = tab
        app.run()
        assert not app.exception and not app.error, (tab, [box.value for box in app.error])
        seen |= buttons(app)
    changing = {"ubah_kegiatan", "ubah_tujuan", "ubah_sesi", "ubah_narasumber", "tambah_formulir"}
    if role == "kepala_dinas":
        assert not seen & (changing | {"salin_kegiatan", "siapkan_kode", "hapus_kegiatan"})
        assert not any(key.startswith("ke_") for key in seen)
        return
    assert seen & changing == (set() if status == "dikunci" else changing)
    assert ("hapus_kegiatan" in seen) == (status == "disiapkan")
    steps = {"disiapkan": {"ke_berjalan"}, "berjalan": {"ke_selesai", "ke_disiapkan"}}
    steps |= {"selesai": {"ke_dikunci", "ke_berjalan"}, "dikunci": {"ke_selesai"}}
    assert {key for key in seen if key.startswith("ke_")} == steps[status]


def opened_tab(open_page: Opener, by: Actor, event_id: int, tab: str, role: str = "pelatih") -> AppTest:
    app = open_page("kegiatan", role=role, region="33.71", kegiatan=label(by, event_id))
    app.session_state["bagian_kegiatan"] = tab
    return app.run()


def test_a_picked_form_is_closed_and_opened_with_one_click_each(
    fresh_db: Path, open_page: Opener, actor: Callable[..., Actor]
) -> None:
    stored = store_event()
    by = actor("admin")
    app = opened_tab(open_page, by, stored.event_id, t.FORMULIR)
    table = app.dataframe[0].value
    assert list(table[t.KOLOM_FORMULIR["keadaan"]]) == [t.STATUS_FORMULIR["dibuka"]] * 3
    assert list(table[t.KOLOM_FORMULIR["alamat"]]) == [f"/isi/{link}" for link in stored.links.values()]
    assert not any(code in words(app) for code in stored.codes)
    app.session_state[events_forms.TABLE] = {"selection": {"rows": [1], "columns": [], "cells": []}}
    app.run()
    assert {"tutup", "jadwal", "ubah_formulir", "qr_formulir"} <= buttons(app) and "buka" not in buttons(app)
    next(button for button in app.button if button.key == "tutup").click().run()
    assert not app.exception
    assert [form["keadaan"] for form in events.get(by, stored.event_id).forms] == ["dibuka", "ditutup", "dibuka"]
    app.session_state[events_forms.TABLE] = {"selection": {"rows": [1], "columns": [], "cells": []}}
    app.run()
    next(button for button in app.button if button.key == "buka").click().run()
    assert events.get(by, stored.event_id).forms[1]["keadaan"] == "dibuka"


# AppTest reruns the whole script where a browser reruns only the open dialog, so the dialogs are called directly.
DIALOG = """
from services import events
from ui import state
from ui.bimtek import events_dialogs, events_forms, events_grids
by = state.actor()
found = events.get(by, {event}) if {event} else None
{call}
"""


@pytest.fixture
def dialog(monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    def make(call: str, event: int = 0) -> AppTest:
        token = sign_in("pelatih", "33.71")
        cookies = {accounts.cookie_name(): token}
        monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", property(lambda self: cookies))
        at = AppTest.from_string(DIALOG.format(call=call, event=event), default_timeout=30)
        at.session_state["_pilar_actor"] = accounts.actor_of(token)
        return at.run()

    return make


def press(at: AppTest, label: str) -> AppTest:
    return next(button for button in at.button if button.label == label).click().run()


def errors(at: AppTest) -> str:
    return "\n".join(str(box.value) for box in at.error)


def test_the_quick_start_sets_up_days_and_forms(
    fresh_db: Path, dialog: Callable[..., AppTest], actor: Callable[..., Actor]
) -> None:
    at = dialog("events_dialogs.create(by)")
    press(at, t.BUAT)
    assert t.ISIAN["judul"] in errors(at) and events.listed(actor()).empty
    at.text_input(key="kegiatan_baru_judul").set_value("Bimtek uji cepat")
    at.text_input(key="kegiatan_baru_penyelenggara").set_value("Dinas Sosial Contoh")
    at.date_input(key="kegiatan_baru_mulai").set_value(date(2026, 5, 22))
    at.date_input(key="kegiatan_baru_selesai").set_value(date(2026, 5, 23))
    press(at, t.BUAT)
    assert not at.exception and not at.error
    [row] = events.listed(actor()).to_dict("records")
    found = events.get(actor(), row["id"])
    assert (row["wilayah"], row["maksud"], len(found.sessions)) == ("33.71", "bimtek", 2)
    assert [form["fase"] for form in found.forms] == ["pre", "post", "penyelenggaraan"]
    assert [form["judul"] for form in found.forms[:2]] == ["Pre-test", "Post-test"]
    press(at, t.BUAT)
    assert len(events.listed(actor())) == 2, "the next click is a new event: its token was renewed"


def test_the_dialogs_of_an_event_write_what_was_typed(
    fresh_db: Path, dialog: Callable[..., AppTest], actor: Callable[..., Actor]
) -> None:
    by = actor("admin")
    event_id = store_event(status="disiapkan", form_status="disiapkan").event_id
    at = dialog("events_dialogs.edit(by, found)", event_id)
    at.text_input(key=f"kegiatan_{event_id}_1_tempat").set_value("Aula Contoh")
    at.selectbox(key=f"kegiatan_{event_id}_1_dasar_hukum").set_value("uu_11_2009")
    press(at, t.SIMPAN)
    record = events.get(by, event_id).record
    assert (record["tempat"], record["dasar_hukum"], record["versi"]) == ("Aula Contoh", "uu_11_2009", 2)

    at = dialog("events_dialogs.copy(by, found)", event_id)
    at.date_input(key=f"salin_{event_id}_mulai").set_value(date(2027, 5, 21))
    press(at, t.SALIN)
    assert [str(day) for day in events.listed(by)["mulai"]] == ["2027-05-21", "2026-05-22"]

    version = events.get(by, event_id).record["versi"]
    at = dialog("events_dialogs.remove(by, found)", event_id)
    press(at, t.HAPUS_KEGIATAN)
    assert t.ISIAN["alasan"] in errors(at)
    at.text_input(key=f"hapus_kegiatan_{event_id}_{version}_alasan").set_value("dibuat dua kali")
    press(at, t.HAPUS_KEGIATAN)
    assert len(events.listed(by)) == 1

    event_id = store_event().event_id
    at = dialog("events_dialogs.move(by, found, 'selesai')", event_id)
    press(at, t.LANGKAH["selesai"])
    assert events.get(by, event_id).record["status"] == "selesai"


def test_the_dialogs_of_forms_write_what_was_chosen(
    fresh_db: Path, dialog: Callable[..., AppTest], actor: Callable[..., Actor]
) -> None:
    by = actor("admin")
    stored = store_event(phases={})
    events.set_speakers(by, stored.event_id, 1, [{"nama": "Satu"}, {"nama": "Dua"}], "t")
    kinds = {row["jenis"]: row["id"] for row in instruments.usable(by)}
    at = dialog("events_forms.add(by, found)", stored.event_id)
    at.selectbox(key=f"tambah_formulir_{stored.event_id}_instrumen").set_value(kinds["narasumber"]).run()
    press(at, t.TAMBAH_FORMULIR)
    forms = events.get(by, stored.event_id).forms
    assert [form["narasumber_nama"] for form in forms] == ["Satu", "Dua"] and forms[0]["judul"].endswith(": Satu")

    at = dialog("events_forms.edit(by, found.forms[0])", stored.event_id)
    prefix = f"formulir_{forms[0]['id']}_1"
    at.text_input(key=f"{prefix}_judul").set_value("Penilaian narasumber")
    press(at, t.SIMPAN)
    assert events.get(by, stored.event_id).forms[0]["judul"] == "Penilaian narasumber"

    at = dialog("events_forms.schedule(by, found, found.forms[1])", stored.event_id)
    prefix = f"jadwal_{forms[1]['id']}_1"
    at.date_input(key=f"{prefix}_buka_pada_hari").set_value(date(2099, 5, 24))
    press(at, t.SIMPAN)
    opens = events.get(by, stored.event_id).forms[1]["buka_pada"]
    assert opens == datetime(2099, 5, 24, 1, tzinfo=UTC), "eight o'clock in Western Indonesia"

    at = dialog("events_forms.remove(by, found.forms[1])", stored.event_id)
    press(at, t.HAPUS_FORMULIR)
    assert len(events.get(by, stored.event_id).forms) == 1


def test_a_qr_code_says_the_address_and_warns_of_one_that_no_phone_opens(
    fresh_db: Path, dialog: Callable[..., AppTest]
) -> None:
    stored = store_event()
    at = dialog("events_forms.qr(by, found, found.forms[0])", stored.event_id)
    at.text_input(key=events_forms.SERVER).set_value("192.168.1.10:8501").run()
    assert not at.exception and not at.error and not at.warning
    assert at.code[0].value == f"http://192.168.1.10:8501/isi/{stored.links['pre']}"
    at.text_input(key=events_forms.SERVER).set_value("http://localhost:8501").run()
    assert [box.value for box in at.warning] == [t.ALAMAT_LOKAL]
    at.text_input(key=events_forms.SERVER).set_value("bukan alamat").run()
    assert at.error and not at.exception


def test_the_list_of_codes_is_written_down_and_holds_them(fresh_db: Path, actor: Callable[..., Actor]) -> None:
    import io

    stored = store_event()
    content = events_forms.code_list(actor("pelatih", "33.71"), stored.event_id, "http://10.0.0.2")
    cells = {
        str(cell) for cell in pd.read_excel(io.BytesIO(content), header=None, engine="openpyxl").to_numpy().ravel()
    }
    assert {f"{code[:4]}-{code[4:]}" for code in stored.codes} <= cells
    assert f"http://10.0.0.2/isi/{stored.link}" in cells


def test_typed_grids_become_plain_rows() -> None:
    frame = pd.DataFrame(
        [
            {"id": 3, "tanggal": pd.Timestamp("2026-05-22"), "materi": "Materi", "narasumber": ["Dua"], "jp": 2},
            {"id": None, "tanggal": date(2026, 5, 23), "materi": "Lain", "narasumber": None, "jp": float("nan")},
            {"id": None, "tanggal": None, "materi": None, "narasumber": [], "jp": None},
        ],
        dtype=object,
    )
    speakers: list[dict[str, Any]] = [{"id": 1, "nama": "Satu"}, {"id": 2, "nama": "Dua"}]
    first, second = events_grids.session_rows(frame, speakers)
    assert first == {"id": 3, "tanggal": date(2026, 5, 22), "materi": "Materi", "narasumber": [2], "jp": 2.0}
    assert second == {"id": None, "tanggal": date(2026, 5, 23), "materi": "Lain", "narasumber": [], "jp": None}


@pytest.mark.parametrize("grid", ["aims", "speakers", "sessions"])
def test_a_grid_opens_and_saves_what_stands_unchanged(
    grid: str, fresh_db: Path, dialog: Callable[..., AppTest], actor: Callable[..., Actor]
) -> None:
    by = actor("admin")
    stored = store_event()
    events.set_speakers(by, stored.event_id, 1, [{"nama": "Satu"}], "t")
    before = events.get(by, stored.event_id)
    at = dialog(f"events_grids.{grid}(by, found)", stored.event_id)
    press(at, t.SIMPAN)
    assert not at.exception and not at.error, errors(at)
    after = events.get(by, stored.event_id)
    assert (after.aims, after.speakers, after.sessions) == (before.aims, before.speakers, before.sessions)
    assert after.record["versi"] == before.record["versi"]


def test_moments_are_of_the_events_own_zone() -> None:
    found = events_forms.moment(date(2026, 5, 22), time(9, 30), "WIT", time(8))
    assert found is not None and found.astimezone(UTC) == datetime(2026, 5, 22, 0, 30, tzinfo=UTC)
    assert events_forms.moment(None, time(9), "WIB", time(8)) is None
    assert t.saat(found, "WIT") == "22/05/2026 09.30 WIT" and t.saat(None, "WIB") == ""


def test_the_workbook_has_all_columns(fresh_db: Path, actor: Callable[..., Actor]) -> None:
    store_event(nomor="460/01/V/2026")
    found = events_list.worded(events.listed(actor()), numbers=True)
    assert list(found.columns) == [*t.KOLOM_KEGIATAN.values(), *t.EXCEL_KEGIATAN.values()]
    assert found[t.EXCEL_KEGIATAN["nomor"]].tolist() == ["460/01/V/2026"]
