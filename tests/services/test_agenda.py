"""The agenda: items added, changed, moved and removed, each with one to four panels that its region can show."""

from collections.abc import Callable
from pathlib import Path

import pytest

from domain.errors import InvalidInput, NotFound, NotPermitted, StaleEdit
from domain.permissions import Actor
from domain.rapat import PanelSpec
from services import agenda, decisions, meetings
from tests.bimtek_rows import store_event
from tests.rapat_rows import RAKOR
from tests.services.conftest import codes, written

Make = Callable[..., Actor]
KLUSTER = PanelSpec("kluster")


@pytest.fixture
def by(fresh_db: Path, today: None, actor: Make) -> Actor:
    return actor("lkks", "33.71")


@pytest.fixture
def rapat_id(by: Actor) -> int:
    return meetings.create(by, RAKOR, "t-buat")


def titles(by: Actor, rapat_id: int) -> list[str]:
    return [row["judul"] for row in meetings.get(by, rapat_id).butir]


def test_an_item_is_added_at_the_end_with_its_panels(by: Actor, rapat_id: int) -> None:
    panels = [KLUSTER, PanelSpec("berakhir", hari=30)]
    item_id = agenda.add(by, rapat_id, {"judul": "Lain-lain", "menit": 5, "panel": panels}, "t1")
    last = meetings.get(by, rapat_id).butir[-1]
    assert (last["id"], last["judul"], last["menit"], last["panel"], last["urutan"]) == (
        item_id, "Lain-lain", 5, panels, 9,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("panels", "code"),
    [
        ([], "rapat_jumlah_panel"),
        ([KLUSTER, PanelSpec("wilayah"), PanelSpec("prioritas"), PanelSpec("berakhir"), PanelSpec("tindak_lanjut")],
         "rapat_jumlah_panel"),
        ([KLUSTER, KLUSTER], "rapat_panel_ganda"),
        ([PanelSpec("rahasia")], "rapat_panel_tidak_dikenal"),
        ([PanelSpec("kluster", wilayah="52.72")], "rapat_panel_di_luar_wilayah"),
        ([PanelSpec("kluster", wilayah="33")], "rapat_panel_di_luar_wilayah"),
        ([PanelSpec("kluster", wilayah="33.71.99")], "rapat_panel_di_luar_wilayah"),
        ([PanelSpec("lkks_wilayah")], "rapat_panel_tidak_berlaku"),
        ([PanelSpec("indikator")], "rapat_panel_indikator"),
        ([PanelSpec("indikator", kode="tidak_ada")], "rapat_panel_indikator"),
        ([PanelSpec("kluster", kode="ipm")], "rapat_panel_indikator"),
        ([PanelSpec("berakhir", hari=31)], "rapat_panel_hari"),
        ([PanelSpec("kluster", hari=30)], "rapat_panel_hari"),
        ([PanelSpec("hasil_bimtek", kegiatan=999)], "rapat_panel_kegiatan"),
    ],
)  # fmt: skip
def test_a_panel_that_the_region_cannot_show_is_refused(
    panels: list[PanelSpec], code: str, by: Actor, rapat_id: int
) -> None:
    with pytest.raises(InvalidInput) as caught:
        agenda.add(by, rapat_id, {"judul": "Butir", "panel": panels}, "t1")
    assert {found for _, found in codes(caught)} == {code}
    assert len(titles(by, rapat_id)) == 8


def test_a_training_of_another_region_is_not_there(by: Actor, rapat_id: int) -> None:
    own, other = store_event(), store_event(wilayah="52.72")
    agenda.add(by, rapat_id, {"judul": "A", "panel": [PanelSpec("hasil_bimtek", kegiatan=own.event_id)]}, "t1")
    with pytest.raises(InvalidInput) as caught:
        agenda.add(by, rapat_id, {"judul": "B", "panel": [PanelSpec("hasil_bimtek", kegiatan=other.event_id)]}, "t2")
    assert codes(caught) == {("panel", "rapat_panel_kegiatan")}


def test_notes_are_kept_and_an_edit_that_others_were_faster_than_is_refused(by: Actor, rapat_id: int) -> None:
    first = meetings.get(by, rapat_id).butir[0]
    agenda.edit(by, rapat_id, first["id"], 1, {"catatan": "Dibahas.\nSetuju."}, "t1")
    now = meetings.get(by, rapat_id).butir[0]
    assert (now["catatan"], now["versi"], now["judul"]) == ("Dibahas.\nSetuju.", 2, first["judul"])
    with pytest.raises(StaleEdit):
        agenda.edit(by, rapat_id, first["id"], 1, {"catatan": "Lain"}, "t2")
    assert written("rapat_butir")[-1]["sesudah"] == {"catatan": "Dibahas.\nSetuju."}


def test_items_change_places(by: Actor, rapat_id: int) -> None:
    found = meetings.get(by, rapat_id)
    order = [row["id"] for row in found.butir]
    before = titles(by, rapat_id)
    agenda.reorder(by, rapat_id, found.record["versi"], [order[1], order[0], *order[2:]], "t1")
    assert titles(by, rapat_id) == [before[1], before[0], *before[2:]]
    with pytest.raises(StaleEdit):
        agenda.reorder(by, rapat_id, found.record["versi"], order, "t2")
    with pytest.raises(StaleEdit):
        agenda.reorder(by, rapat_id, found.record["versi"] + 1, order[:-1], "t3")


def test_an_item_with_a_decision_stays(by: Actor, rapat_id: int) -> None:
    first, second = meetings.get(by, rapat_id).butir[:2]
    decisions.add(by, rapat_id, first["id"], "Setuju", "t1")
    with pytest.raises(NotPermitted) as refused:
        agenda.remove(by, rapat_id, first["id"], 1, "t2")
    assert refused.value.code == "butir_sudah_berisi"
    agenda.remove(by, rapat_id, second["id"], 1, "t3")
    assert len(titles(by, rapat_id)) == 7


def test_an_item_of_another_meeting_is_not_there(by: Actor, rapat_id: int, actor: Make) -> None:
    other = meetings.create(actor("admin"), RAKOR | {"wilayah": "33.74"}, "t-lain")
    item = meetings.get(actor("admin"), other).butir[0]
    with pytest.raises(NotFound):
        agenda.edit(by, rapat_id, item["id"], 1, {"catatan": "x"}, "t1")
    with pytest.raises(NotFound):
        agenda.edit(by, other, item["id"], 1, {"catatan": "x"}, "t2")


def test_what_is_offered_depends_on_the_level(by: Actor) -> None:
    assert {"lkks_wilayah", "target_wilayah"} <= set(agenda.offered(by, "33"))
    assert not {"lkks_wilayah", "target_wilayah"} & set(agenda.offered(by, "33.71"))
    assert "wilayah" in agenda.offered(by, "33.71") and "wilayah" not in agenda.offered(by, "33.71.01")
