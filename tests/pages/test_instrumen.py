"""The screen of instruments: lists, preview, key, the grid a draft is built in, uploads, publishing, and who sees what."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data_access import assets
from domain.errors import InvalidInput
from domain.forms import parsing
from domain.forms.definition import FORM_KINDS, items
from domain.permissions import Actor
from services import accounts, instruments
from tests.bimtek_rows import TEST
from tests.domain.forms.conftest import example
from tests.ui.conftest import Opener, sign_in
from tests.ui.conftest import open_page as open_page
from ui.bimtek import instruments_builder, instruments_detail, instruments_list
from ui.bimtek.events_grids import rows_of
from ui.text import bimtek as t

Row = dict[str, Any]


@pytest.fixture
def trainer(fresh_db: Path, actor: Callable[..., Actor]) -> Actor:
    return actor("pelatih", "33.71")


@pytest.fixture
def own(trainer: Actor) -> int:
    return instruments.add(trainer, parsing.from_mapping(TEST), None, "t-baru")


def label(by: Actor, number: int) -> str:
    return instruments_list.label(instruments.get(by, number).record)


def buttons(app: AppTest) -> set[str]:
    return {button.key for button in app.button if button.key}


def said(app: AppTest) -> str:
    kinds = (app.title, app.header, app.subheader, app.caption, app.markdown, app.text, app.info, app.success)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def opened(open_page: Opener, by: Actor, number: int, tab: str, role: str = "pelatih") -> AppTest:
    app = open_page("instrumen", role=role, region="33.71", instrumen=label(by, number))
    app.session_state[instruments_detail.TAB] = tab
    return app.run()


def test_the_list_has_the_ready_made_and_the_own(own: int, trainer: Actor, open_page: Opener) -> None:
    app = open_page("instrumen", role="pelatih", region="33.71")
    assert not app.exception and not app.error
    table = app.dataframe[0].value
    assert list(table[t.KOLOM_INSTRUMEN["asal"]]) == [t.BAWAAN] * len(assets.ready_made_forms()) + ["Kota Magelang"]
    assert list(table[t.KOLOM_INSTRUMEN["draf"]])[-1] == t.ADA_DRAF
    assert {"instrumen_baru", "unggah_instrumen"} <= buttons(app)
    reader = open_page("instrumen", role="kepala_dinas", region="33.71")
    assert not reader.exception and not {"instrumen_baru", "unggah_instrumen"} & buttons(reader)
    archive = open_page("instrumen", role="pelatih", region="33.71", arsip_instrumen="true")
    assert [box.value for box in archive.info] == [t.INSTRUMEN_KOSONG]


@pytest.mark.parametrize("role", ["pelatih", "kepala_dinas"])
def test_the_preview_is_what_participants_see_and_the_key_is_for_trainers(
    role: str, own: int, trainer: Actor, open_page: Opener
) -> None:
    app = opened(open_page, trainer, own, t.PRATINJAU, role)
    assert not app.exception and not app.error
    words = said(app)
    assert "Pertanyaan 1?" in words and "Jawaban b1" in words and "Kemampuan teknis" not in words
    assert not app.dataframe
    app = opened(open_page, trainer, own, t.KUNCI, role)
    assert not app.exception and not app.error
    if role == "kepala_dinas":
        assert not app.dataframe and not {"terbitkan", "gandakan", "versi_baru"} & buttons(app)
    else:
        assert list(app.dataframe[0].value[t.KOLOM_KUNCI["kunci"]]) == ["b"] * 4
        assert {"terbitkan", "buang_draf", "gandakan", "arsipkan", "unggah_versi"} <= buttons(app)


@pytest.mark.parametrize("kode", list(assets.ready_made_forms()))
def test_every_ready_made_instrument_opens_in_every_tab(kode: str, trainer: Actor, open_page: Opener) -> None:
    [row] = [row for row in instruments.listed(trainer) if row["kode"] == kode]
    app = open_page("instrumen", role="pelatih", region="33.71", instrumen=label(trainer, row["id"]))
    for tab in (t.KUNCI, t.BERKAS, t.PRATINJAU):
        app.session_state[instruments_detail.TAB] = tab
        app.run()
        assert not app.exception and not app.error
        assert "gandakan" in buttons(app) and not {"terbitkan", "versi_baru", "arsipkan"} & buttons(app)


def test_a_draft_opens_its_grid_and_saves_what_was_typed(own: int, trainer: Actor, open_page: Opener) -> None:
    app = opened(open_page, trainer, own, t.SUSUN)
    assert not app.exception and not app.error
    version = instruments.get(trainer, own).draft
    assert version is not None
    prefix = f"susun_{version['id']}_1"
    app.text_input(key=f"{prefix}_judul").set_value("Tes kota kami")
    next(button for button in app.button if button.label == t.SUSUN_SIMPAN).click().run()
    assert not app.exception and not app.error
    stored = instruments.form(trainer, version["id"])
    assert stored == replace(parsing.from_mapping(TEST), judul="Tes kota kami")
    app.session_state[instruments_detail.TAB] = t.SUSUN
    app.run()
    prefix = f"susun_{version['id']}_2"
    app.text_area(key=f"{prefix}_tujuan").set_value("teknis Kemampuan teknis")
    next(button for button in app.button if button.label == t.SUSUN_SIMPAN).click().run()
    assert len(app.error) == 1 and "Butir P2" in app.error[0].value and t.KOLOM_SUSUN["tujuan"] in app.error[0].value
    assert instruments.form(trainer, version["id"]) == stored


# --- the grid itself -------------------------------------------------------------------------------------------------


def through_the_grid(form: Any, **head: Any) -> Row:
    names = ("judul", "jenis", "pengantar", "acak", "anonim")
    given = {name: getattr(form, name) for name in names} | head
    given.setdefault("tujuan", [{"kode": aim.kode, "nama": aim.nama} for aim in form.tujuan])
    return instruments_builder.mapping_of(given, rows_of(instruments_builder.grid_of(form)), form)


@pytest.mark.parametrize("form", [*assets.ready_made_forms().values(), parsing.from_mapping(example())], ids=str)
def test_a_form_that_went_through_the_grid_unchanged_is_the_same(form: Any) -> None:
    again = parsing.from_mapping(through_the_grid(form))
    assert again == form


def test_a_changed_row_keeps_what_the_grid_does_not_show() -> None:
    form = parsing.from_mapping(example())
    frame = instruments_builder.grid_of(form)
    rows = rows_of(frame)
    rows[1] |= {"kunci": "b", "pilihan_d": "Keempat"}
    rows[4]["teks"] = "Nilai tiap hal, sekali lagi"
    rows.append(
        {"kode": "baru", "jenis": "skala", "teks": "Puas?", "skala": "1 - 4", "label": "Kurang;Cukup;Baik;Sangat"}
    )
    rows[-1]["bagian"] = "Bagian ketiga"
    head = {"judul": form.judul, "jenis": form.jenis, "acak": form.acak, "anonim": form.anonim}
    head |= {"pengantar": form.pengantar, "tujuan": instruments_builder.aims_of("t1 Satu\n\nt2: Dua dua")}
    found = parsing.from_mapping(instruments_builder.mapping_of(head, rows, form))
    by_code = {item.kode: item for item in items(found)}
    assert by_code["p2"].kunci == ("b",) and by_code["p2"].pasangan == "pas2" and len(by_code["p2"].pilihan) == 4
    assert by_code["m1"].baris == {i.kode: i for i in items(form)}["m1"].baris
    assert by_code["m1"].skala is not None and by_code["m1"].skala.balik
    assert by_code["baru"].skala is not None and by_code["baru"].skala.labels == ("Kurang", "Cukup", "Baik", "Sangat")
    assert [section.judul for section in found.bagian][-1] == "Bagian ketiga" and found.bagian[-1].kode == "bagian_3"
    assert [aim.nama for aim in found.tujuan] == ["Satu", "Dua dua"]


def test_mistakes_in_the_grid_are_named_by_item_and_column() -> None:
    form = parsing.from_mapping(TEST)
    rows = rows_of(instruments_builder.grid_of(form))
    rows[1]["kunci"] = "z"
    rows[2]["jenis"] = "skala"
    data = instruments_builder.mapping_of({"judul": "", "jenis": "prepost", "tujuan": []}, rows, form)
    with pytest.raises(InvalidInput) as refused:
        parsing.from_mapping(data)
    places = {instruments_builder.where(problem, data) for problem in refused.value.problems}
    assert {"Butir P2 / Kunci", "Butir P3 / Skala", t.ISIAN["judul"]} <= places


@pytest.mark.parametrize("jenis", FORM_KINDS)
def test_a_new_instrument_starts_from_something_that_can_be_stored(jenis: str) -> None:
    found = parsing.from_mapping(instruments_builder.skeleton("Judul", jenis))
    assert found.jenis == jenis and len(items(found)) == 1


# --- dialogs ---------------------------------------------------------------------------------------------------------

DIALOG = """
from services import instruments
from ui import state
from ui.bimtek import instruments_detail, instruments_list
by = state.actor()
found = instruments.get(by, {number}) if {number} else None
{call}
"""


@pytest.fixture
def dialog(monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    def make(call: str, number: int = 0) -> AppTest:
        token = sign_in("pelatih", "33.71")
        cookies = {accounts.cookie_name(): token}
        monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", property(lambda self: cookies))
        at = AppTest.from_string(DIALOG.format(call=call, number=number), default_timeout=30)
        at.session_state["_pilar_actor"] = accounts.actor_of(token)
        return at.run()

    return make


def press(at: AppTest, label: str) -> AppTest:
    return next(button for button in at.button if button.label == label).click().run()


def newest(by: Actor) -> Row:
    return max((row for row in instruments.listed(by) if not row["bawaan"]), key=lambda row: row["id"])


def test_a_new_instrument_is_made_with_title_and_kind(trainer: Actor, dialog: Callable[..., AppTest]) -> None:
    at = dialog("instruments_list.create(by)")
    at.text_input(key="instrumen_baru_judul").set_value("Tes kota kami")
    at.selectbox(key="instrumen_baru_jenis").set_value("prepost")
    press(at, t.BUAT_SENDIRI)
    assert not at.exception and not at.error
    row = newest(trainer)
    assert (row["judul"], row["jenis"], row["wilayah"], row["draf_id"] is not None) == (
        *("Tes kota kami", "prepost", "33.71", True),
    )


def test_an_upload_says_what_is_wrong_or_becomes_a_draft(
    trainer: Actor, own: int, dialog: Callable[..., AppTest]
) -> None:
    good = instruments.toml(trainer, instruments.get(trainer, own).versions[0]["id"])
    at = dialog("instruments_list.upload(by, None)")
    at.file_uploader(key="berkas_instrumen").set_value(("tes.toml", b"kode = ", "application/toml")).run()
    assert len(at.error) == 1 and not at.exception
    at.file_uploader(key="berkas_instrumen").set_value(("tes.toml", good.encode(), "application/toml")).run()
    assert "4 butir" in said(at) and not at.error
    press(at, t.SIMPAN_DRAF)
    assert not at.exception and not at.error
    assert newest(trainer)["kode"] == "uji_prepost_2"

    at = dialog("instruments_list.upload(by, found)", own)
    changed = good.replace("Pertanyaan 1?", "Pertanyaan pertama?")
    at.file_uploader(key="berkas_instrumen").set_value(("tes.toml", changed.encode(), "application/toml")).run()
    press(at, t.SIMPAN_DRAF)
    version = instruments.get(trainer, own).versions[0]
    assert (version["nomor"], version["versi"]) == (1, 2), "the draft that was there has been replaced"
    assert "Pertanyaan pertama?" in instruments.toml(trainer, version["id"])


def test_publishing_copying_and_throwing_away(trainer: Actor, own: int, dialog: Callable[..., AppTest]) -> None:
    at = dialog("instruments_detail.publish(by, found.versions[0])", own)
    press(at, t.TERBITKAN)
    assert not at.error and instruments.get(trainer, own).published is not None
    at = dialog("instruments_detail.duplicate(by, found.record, found.versions[0])", own)
    press(at, t.GANDAKAN)
    copied = newest(trainer)
    assert copied["judul"] == t.SALINAN.format(judul="Tes uji") and copied["draf_id"] is not None
    at = dialog("instruments_detail.drop(by, found.versions[0], True)", copied["id"])
    press(at, t.BUANG)
    assert not at.error and newest(trainer)["id"] == own
