"""Prioritas wilayah as its readers meet it: numbers beside references, nothing decided beforehand, one click to an action."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data_access.engine import reading
from data_access.tables import audit
from data_access.tables_rapat import tindak_lanjut
from domain.permissions import ROLES, Actor, Permission, Scope
from services import clock, priorities
from tests.register_rows import lks_row, store
from tests.services.test_indicators import put
from tests.ui.conftest import Opener, sign_in
from tests.ui.conftest import open_page as open_page
from ui.prioritas import area, ordering
from ui.text import indikator as words
from ui.text import prioritas as t

Make = Callable[..., Actor]
ON = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: ON)


def shown(app: AppTest) -> str:
    parts = [str(one.value) for one in (*app.caption, *app.markdown, *app.info, *app.subheader)]
    return "\n".join(parts).replace("\\", "")


def test_the_areas_of_ntb_stand_by_what_they_miss(fresh_db: Path, open_page: Opener) -> None:
    """Mataram below the province, Kota Bima above it as in 2016; nobody else states a value of that year."""
    put("ipm", "52.71", "2016", 60.0, "lama")
    app = open_page(
        "prioritas", role="kepala_dinas", region="52", kriteria_provinsi=["Indeks Pembangunan Manusia (IPM)"]
    )
    assert not app.exception and not app.error
    table = app.dataframe[0].value
    assert list(table.columns) == ["Urutan", "Wilayah", "Tertinggal pada", "LKS", "Indeks Pembangunan Manusia (IPM)"]
    cells = dict(zip(table["Wilayah"], table["Indeks Pembangunan Manusia (IPM)"], strict=True))
    assert cells["Kota Mataram"] == "● 60,00 indeks (data lama)"
    assert cells["Kota Bima"] == "○ 73,67 indeks (data lama)"
    assert cells["Kab. Sumbawa"] == "-"
    assert list(table["Wilayah"])[0] == "Kota Mataram" and list(table["Urutan"])[:2] == [1, 2]
    assert "1 dari 10 kab/kota tertinggal pada sedikitnya satu dari 1 kriteria." in shown(app)
    assert "8 kab/kota belum dapat dinilai" in shown(app)


@pytest.mark.parametrize("role", ROLES)
def test_a_city_sees_its_kecamatan(seeded_db: Path, open_page: Opener, role: str) -> None:
    app = open_page("prioritas", role=role, region="33.71")
    assert not app.exception and not app.error
    assert set(app.dataframe[0].value["Wilayah"]) == {
        "Kec. Magelang Selatan",
        "Kec. Magelang Tengah",
        "Kec. Magelang Utara",
    }
    assert t.RINCIAN_KOSONG in shown(app)


def test_below_a_kecamatan_and_without_criteria_it_says_what_to_do(seeded_db: Path, open_page: Opener) -> None:
    app = open_page("prioritas", role="kepala_dinas", region="33.71.01")
    assert t.TANPA_BAWAH in shown(app) and not app.dataframe
    app = open_page("prioritas", role="kepala_dinas", region="33.71")
    app = app.multiselect(key="kriteria_kabkota").set_value([]).run()
    assert t.TANPA_KRITERIA in shown(app) and not app.dataframe


@pytest.fixture
def solo(fresh_db: Path) -> None:
    """Kota Magelang has fewer children's homes than its siblings, and states 200 children in need."""
    places = ["33.72", "33.73", "33.74"] * 2 + [f"33.{n:02}" for n in range(1, 30)] * 2 + ["33.75", "33.76"] * 2
    store(
        *[lks_row(f"LKS {n} {place}", place, kluster=["anak"]) for n, place in enumerate(places)],
        lks_row("Anak Magelang", "33.71.01", kluster=["anak"], setting="dalam", binaan_dalam=30),
    )
    put("ppks_terdata_ppks02", "33.71", "2025", 200)


def test_one_area_in_detail(solo: None, open_page: Opener) -> None:
    app = open_page("prioritas", role="kepala_dinas", region="33", kriteria_provinsi=["LKS kluster Anak"])
    app = app.selectbox(key="daerah_33").set_value("33.71").run()
    assert not app.exception and not app.error
    detail, needs = app.dataframe[1].value, app.dataframe[2].value
    assert detail.to_dict("records") == [
        {
            "Kriteria": "LKS kluster Anak",
            "Nilai": "1 LKS",
            "Acuan": "2",
            "Asal acuan": "median 35 wilayah setingkat",
            "Hasil": "Tertinggal",
            "Periode": "-",
            "Aturan": detail["Aturan"][0],
        }
    ]
    anak = needs[needs["Kluster"] == "Anak"].iloc[0]
    assert (anak["PPKS terdata"], anak["Jenis terdata"], anak["LKS"]) == ("200", "1 dari 7", "1")
    assert (anak["Klien dalam panti"], anak["Klien luar panti"], anak["Terdata - dilayani"]) == ("30", "-", "170")
    old = needs[needs["Kluster"] == "Lanjut usia"].iloc[0]
    assert (old["PPKS terdata"], old["Terdata - dilayani"]) == ("-", "-")
    assert old["Catatan"] == f"{t.BELUM_TERDATA}, {t.TANPA_LKS}"
    app = app.button_group(key="asal_prioritas").set_value("lks_kluster_anak").run()
    assert f"**{words.DEFINISI}**" in shown(app) and "1 baris; dihitung ulang: 1" in shown(app)


def test_a_picked_row_shows_its_area(solo: None, actor: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    found = priorities.areas(actor("kepala_dinas", "33"), None, ["lks_kluster_anak"])
    kept: dict[str, Any] = {"tabel": {"selection": {"rows": [2]}}}
    monkeypatch.setattr("streamlit.session_state", kept)
    ordering._look_at(found, "tabel")
    assert kept["daerah_33"] == found.daerah[2].kode


def test_the_workbook_holds_every_criterion_with_its_reference_and_rule(solo: None, actor: Make) -> None:
    found = priorities.areas(actor("kepala_dinas", "33"), None, ["lks_kluster_anak", "celah_anak"])
    frame = ordering.every(found)
    assert len(frame) == 70 and frame["Aturan"].astype(bool).all()
    mine = frame[frame["Wilayah"] == "Kota Magelang"]
    assert list(mine["Nilai"]) == [1.0, 15.0] and list(mine["Acuan"]) == [2.0, None]
    assert list(mine["Hasil"]) == ["Tertinggal", "Belum diketahui"]
    every_need = area.needs(found.daerah[0])
    assert len(every_need) == 9 and every_need["Wilayah"].nunique() == 1


ACTION = """
from domain.priority import Area
from services import priorities
from ui import state
from ui.prioritas import action
by = state.actor()
found = priorities.areas(by, "33", ["lks_kluster_anak"])
one = next(area for area in found.daerah if area.kode == "33.71")
action.show(by, one, one.kriteria[0], "33")
"""


def test_one_click_makes_an_action_and_decides_nothing(solo: None, monkeypatch: pytest.MonkeyPatch) -> None:
    cookies = {"pilar_sesi": sign_in("operator", "33")}
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", property(lambda self: cookies))
    script = "from ui import state as signed\nsigned.sign_in_of_this_run()\n" + ACTION
    app = AppTest.from_string(script, default_timeout=30).run()
    assert not app.exception
    key = "tindak_33.71_lks_kluster_anak"
    assert (app.text_area[0].value or "").startswith("Kota Magelang: LKS kluster Anak 1 LKS, acuan 2 (median 35")
    assert app.button_group(key=f"{key}_jenis").value in (None, [])
    assert app.date_input(key=f"{key}_tenggat").value is None
    assert all(box.value is None for box in app.selectbox)
    save = next(button for button in app.button if button.key == f"{key}_simpan")
    app = save.click().run()
    assert app.error, "without a kind nothing is stored"
    app.button_group(key=f"{key}_jenis").set_value("advokasi_anggaran")
    app.selectbox(key=f"{key}_dana").set_value("kemensos")
    app.date_input(key=f"{key}_tenggat").set_value(date(2026, 12, 31))
    save = next(button for button in app.button if button.key == f"{key}_simpan")
    save.click().run()
    with reading() as connection:
        [stored] = [dict(row) for row in connection.execute(tindak_lanjut.select()).mappings()]
        kinds = [row["objek"] for row in connection.execute(audit.select()).mappings()]
    names = ("wilayah_rapat", "wilayah", "indikator", "jenis", "sumber_dana", "tenggat", "status")
    assert [stored[name] for name in names] == [
        *("33", "33.71", "lks_kluster_anak", "advokasi_anggaran", "kemensos"),
        *(date(2026, 12, 31), "belum"),
    ]
    assert "tindak_lanjut" in kinds


def test_who_may_not_record_actions_is_not_offered_any(solo: None, open_page: Opener) -> None:
    for role in ROLES:
        app = open_page("prioritas", role=role, region="33", kriteria_provinsi=["LKS kluster Anak"])
        app = app.selectbox(key="daerah_33").set_value("33.71").run()
        offered = [group for group in app.button_group if group.key == "buat_tindak"]
        may = Actor(None, "u", "U", ROLES[role], Scope("33")).may(Permission.RECORD_ACTIONS)
        assert bool(offered) is may, role
