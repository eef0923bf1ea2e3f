"""The wall as a page: the item of the address, moving on, user text harmless, the last figures while the store is silent."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data_access.queries import panels as queries
from domain.errors import StoreUnavailable
from domain.panel import Bar, Panel
from domain.rapat import PanelSpec
from services import panels
from tests.panel_rows import add_action, add_decision, add_meeting
from tests.ui.conftest import open_page as open_page
from ui.rapat import layar, layar_panel
from ui.text import layar as t

Opener = Callable[..., AppTest]
AGENDA = [
    ("Tindak lanjut", [PanelSpec("tindak_lanjut")]),
    ("Keadaan *LKS* https://jahat.example", [PanelSpec("kluster"), PanelSpec("wilayah")]),
    (
        "Empat",
        [PanelSpec("berakhir"), PanelSpec("belum_dikunjungi"), PanelSpec("hasil_bimtek"), PanelSpec("prioritas")],
    ),
    ("Penutup", []),
]


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.is_embedded", property(lambda self: True))
    yield


def shown(app: AppTest) -> str:
    assert not app.exception
    parts: list[Any] = [*app.title, *app.header, *app.markdown, *app.caption, *app.info, *app.warning, *app.metric]
    return "\n".join(str(part.value) for part in parts)


def test_the_item_of_the_address_with_its_place_and_panels(seeded_db: Path, embedded: None, open_page: Opener) -> None:
    rapat_id, ids = add_meeting("33.71", AGENDA, contoh=True)
    add_decision(rapat_id, ids[1], "Tiga LKS didampingi [klik](http://jahat.example)")
    add_action("33.71", "Mendampingi", rapat_id=rapat_id, butir_id=ids[1], pic="Nama Rahasia", pic_instansi="LKKS Kota")
    app = open_page("rapat", role="lkks", region="33.71", rapat=str(rapat_id), butir="2")
    told = shown(app)
    assert "**Butir 2 dari 4** · pukul" in told and "Kota Magelang" in told and t.CONTOH in told
    assert "tercatat 11 LKS: 8 Anak, 2 Penyandang disabilitas, 1 Lanjut usia" in told.replace("\\", "")
    assert "**1 keputusan** · **1 tindak lanjut**" in told and "Mendampingi (LKKS Kota)" in told
    assert "Rahasia" not in told and "https://jahat" not in told and "[klik](http" not in told
    assert "Sumber: Register LKS Pilar · per" in told.replace("\\", "")


def test_moving_on_by_button_and_key_keeps_the_address(seeded_db: Path, embedded: None, open_page: Opener) -> None:
    rapat_id, _ = add_meeting("33.71", AGENDA)
    app = open_page("rapat", role="lkks", region="33.71", rapat=str(rapat_id))
    assert app.title[0].value == "Tindak lanjut"
    by_key = {button.key: button for button in app.button}
    assert by_key["layar_Left"].disabled and by_key["layar_PageUp"].disabled
    seen = []
    for key in ("layar_Right", "layar_PageDown", "layar_Space", "layar_Left"):
        app = next(button for button in app.button if button.key == key).click().run()
        seen.append((app.query_params["butir"], app.title[0].value.replace("\\", "")))
    assert [number for number, _ in seen] == ["2", "3", "4", "3"]
    assert seen[2][1] == "Penutup" and seen[3][1] == "Empat"
    assert t.TANPA_PANEL not in shown(app)


@pytest.mark.parametrize(("role", "region"), [("lkks", "52.72"), ("lkks", "33"), ("operator", "52.72")])
def test_a_meeting_that_is_not_theirs_is_not_there(
    role: str, region: str, seeded_db: Path, embedded: None, open_page: Opener
) -> None:
    rapat_id, _ = add_meeting("33.71", AGENDA, judul="Rakor Magelang Rahasia")
    for asked in (str(rapat_id), "999", "1 OR 1", ""):
        told = shown(open_page("rapat", role=role, region=region, rapat=asked))
        assert t.TANPA_RAPAT in told and "Rahasia" not in told


def test_an_empty_agenda_says_what_to_do(fresh_db: Path, embedded: None, open_page: Opener) -> None:
    rapat_id, _ = add_meeting("33.71", [])
    assert t.TANPA_AGENDA_URAIAN in shown(open_page("rapat", role="admin", rapat=str(rapat_id)))


def test_the_last_figures_stay_while_the_store_is_silent(
    seeded_db: Path, embedded: None, open_page: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page itself still opens here: what fails is the look that every screen shares, first asked for who is signed in."""
    rapat_id, _ = add_meeting("33.71", AGENDA)
    app = open_page("rapat", role="lkks", region="33.71", rapat=str(rapat_id), butir="2")
    assert "Server belum menjawab" not in shown(app)

    def silent(connection: object) -> tuple[str, int]:
        raise StoreUnavailable()

    with monkeypatch.context() as broken:
        broken.setattr(queries, "look", silent)
        broken.setattr(panels, "ticks", lambda: 1e12)
        told = shown(app.run())
        assert "Data terakhir pukul" in told and "Server belum menjawab" in told
        assert "tercatat 11 LKS\\: 8 Anak" in told
        fresh = open_page("rapat", role="lkks", region="33.71", rapat=str(rapat_id), butir="2")
        assert "11 LKS" not in "\n".join(str(part.value) for part in fresh.markdown)  # nothing was shown here before
    monkeypatch.setattr(panels, "ticks", lambda: 2e12)
    assert "Server belum menjawab" not in shown(app.run())


def test_only_numbers_are_items(monkeypatch: pytest.MonkeyPatch) -> None:
    for text, number in (("3", 3), ("", 0), ("-1", 0), ("tiga", 0), ("99999", 0), ("²", 0)):
        monkeypatch.setattr(layar.st, "query_params", {"butir": text})
        assert layar.asked() == number


def test_what_fits_and_what_is_said_of_the_rest() -> None:
    assert layar_panel.fitting(4, 160, 40) == 4
    assert layar_panel.fitting(5, 160, 40) == 2  # the line that says "dan 3 lagi" needs its place
    assert layar_panel.fitting(9, 20, 40) == 1


def test_cells_are_read_the_indonesian_way() -> None:
    cells = [layar_panel._cell(value) for value in (1234, 73.67, 40.0, "2026-12-31", None, "a|b", "Kec. Raba")]
    assert cells == ["1.234", "73,67", "40", "31/12/2026", "\\-", "a\\|b", "Kec\\. Raba"]


def test_every_kind_of_panel_can_be_drawn_alone_and_beside(seeded_db: Path, embedded: None, open_page: Opener) -> None:
    from domain.rapat import PANELS

    specs = [PanelSpec(jenis, kode="terdaftar") for jenis in PANELS]
    agenda = [("Tindak lanjut", [PanelSpec("tindak_lanjut")]), *[(spec.jenis, [spec]) for spec in specs]]
    agenda += [("Berempat", specs[start : start + 4]) for start in range(0, len(specs), 4)]
    rapat_id, _ = add_meeting("33.71", agenda)
    for number in range(1, len(agenda) + 1):
        app = open_page("rapat", role="lkks", region="33.71", rapat=str(rapat_id), butir=str(number))
        assert f"Butir {number} dari {len(agenda)}" in shown(app) and not app.error


def test_bars_that_find_no_room_are_counted() -> None:
    panel = Panel("wilayah", "Uji", "Uji", date(2026, 1, 1), "", batang=tuple(Bar(f"{n}", n, str(n)) for n in range(9)))
    spec = layar_panel._spec(panel, 3, 200)
    assert len(next(iter(spec["datasets"].values()))) == 3 and spec["height"] == 200
