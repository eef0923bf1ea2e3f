"""Decisions: written down under an agenda item, reworded, withdrawn and restored until the meeting is closed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from domain.errors import AlreadyDone, InvalidInput, NotFound, StaleEdit
from domain.permissions import Actor
from services import decisions, meetings
from tests.rapat_rows import RAKOR, running
from tests.services.conftest import codes, written

Make = Callable[..., Actor]


@pytest.fixture
def by(fresh_db: Path, today: None, actor: Make) -> Actor:
    return actor("lkks", "33.71")


def test_a_decision_is_written_once_reworded_withdrawn_and_restored(by: Actor) -> None:
    rapat_id = running(by)
    item = meetings.get(by, rapat_id).butir[2]["id"]
    number = decisions.add(by, rapat_id, item, "  Menyetujui rencana kunjungan. ", "t1")
    with pytest.raises(AlreadyDone):
        decisions.add(by, rapat_id, item, "Menyetujui rencana kunjungan.", "t1")
    [row] = meetings.get(by, rapat_id).keputusan
    assert (row["isi"], row["butir_id"], row["versi"]) == ("Menyetujui rencana kunjungan.", item, 1)
    decisions.edit(by, rapat_id, number, 1, "Menyetujui kunjungan.", "t2")
    with pytest.raises(StaleEdit):
        decisions.edit(by, rapat_id, number, 1, "Menolak.", "t3")
    decisions.withdraw(by, rapat_id, number, 2, "t4")
    assert meetings.get(by, rapat_id).keputusan[0]["dibatalkan_pada"] is not None
    decisions.restore(by, rapat_id, number, 3, "t5")
    assert meetings.get(by, rapat_id).keputusan[0]["dibatalkan_pada"] is None
    assert [entry["aksi"] for entry in written("rapat_keputusan")] == ["tambah", "ubah", "batalkan", "pulihkan"]


def test_an_empty_one_and_a_foreign_item_are_refused(by: Actor, actor: Make) -> None:
    rapat_id = running(by)
    other = meetings.create(actor("admin"), RAKOR | {"wilayah": "33.74"}, "t-lain")
    foreign = meetings.get(actor("admin"), other).butir[0]["id"]
    with pytest.raises(InvalidInput) as caught:
        decisions.add(by, rapat_id, None, "  ", "t1")
    assert codes(caught) == {("isi", "wajib_diisi")}
    with pytest.raises(InvalidInput) as caught:
        decisions.add(by, rapat_id, foreign, "Setuju", "t2")
    assert codes(caught) == {("butir", "butir_tidak_ada")}
    with pytest.raises(NotFound):
        decisions.add(by, other, foreign, "Setuju", "t3")
    with pytest.raises(NotFound):
        decisions.withdraw(by, rapat_id, 999, 1, "t4")
