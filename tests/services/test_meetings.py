"""Meetings: prepared from the template of their kind, in their own region only, and never changed once closed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from domain.errors import AlreadyDone, InvalidInput, NotFound, NotPermitted, StaleEdit
from domain.permissions import Actor
from domain.rapat import PanelSpec
from services import decisions, meetings
from tests.rapat_rows import RAKOR, TODAY, close, count_for_real, running
from tests.services.conftest import codes, written

Make = Callable[..., Actor]


@pytest.fixture
def by(fresh_db: Path, today: None, actor: Make) -> Actor:
    """The LKKS of Kota Magelang, beside a meeting of another city that must never show."""
    meetings.create(actor("admin"), RAKOR | {"wilayah": "33.74", "judul": "Rapat lain"}, "t-lain")
    return actor("lkks", "33.71")


def test_a_rakor_gets_eight_items_and_the_open_actions_stand_first(by: Actor) -> None:
    rapat_id = meetings.create(by, RAKOR, "t1")
    found = meetings.get(by, rapat_id)
    assert [row["judul"] for row in found.butir][0] == "Tindak lanjut rapat lalu" and len(found.butir) == 8
    assert found.butir[0]["panel"] == [PanelSpec("tindak_lanjut")]
    assert found.butir[1]["panel"] == [PanelSpec("kluster"), PanelSpec("wilayah")]
    # "every kab/kota has an LKKS" says nothing about one city, so only the other panel of that item is there
    assert found.butir[6]["panel"] == [PanelSpec("indikator", kode="terdaftar")]
    record = found.record
    assert (record["wilayah"], record["status"], record["mulai"], record["contoh"]) == (
        "33.71",
        "disiapkan",
        "09.00",
        False,
    )


def test_a_province_is_asked_which_kabkota_have_an_lkks_by_the_end_of_the_year(by: Actor, actor: Make) -> None:
    province = actor("lkks", "33")
    found = meetings.get(province, meetings.create(province, RAKOR, "t1"))
    assert found.butir[6]["panel"][0] == PanelSpec("lkks_wilayah", sampai=date(2026, 12, 31))


@pytest.mark.parametrize("kind", ["pengurus", "rakor", "raker", "musda", "monev"])
@pytest.mark.parametrize("region", [None, "33", "33.71", "33.71.01"])
def test_every_template_begins_with_the_open_actions_and_binds_panels_everywhere(
    kind: str, region: str | None, fresh_db: Path, actor: Make
) -> None:
    who = actor("lkks", region)
    found = meetings.get(who, meetings.create(who, RAKOR | {"jenis": kind}, "t1"))
    assert found.butir[0]["panel"][0].jenis == "tindak_lanjut"
    assert all(1 <= len(row["panel"]) <= 4 for row in found.butir)


def test_an_lkks_sees_its_own_meetings_and_an_office_those_of_its_region(by: Actor, actor: Make) -> None:
    """None stands above another: the LKKS of the province sees no city's meeting, the Dinas of the province does."""
    meetings.create(by, RAKOR, "t1")
    assert list(meetings.listed(by)["judul"]) == ["Rakor LKKS uji"]
    assert list(meetings.listed(actor("lkks", "33"))["judul"]) == []
    assert sorted(meetings.listed(actor("kepala_dinas", "33"))["judul"]) == ["Rakor LKKS uji", "Rapat lain"]
    assert list(meetings.listed(actor("operator", "52.72"))["judul"]) == []


def test_not_yours_and_not_there_are_one_answer(by: Actor, actor: Make) -> None:
    rapat_id = meetings.create(by, RAKOR, "t1")
    for who in (actor("lkks", "33"), actor("lkks", "52.72"), actor("kepala_dinas", "52.72")):
        for number in (rapat_id, 9999):
            with pytest.raises(NotFound) as refused:
                meetings.get(who, number)
            assert refused.value.code == "rapat_tidak_ada" and refused.value.facts == {}
    with pytest.raises(NotFound):
        meetings.create(by, RAKOR | {"wilayah": "33.74"}, "t2")
    with pytest.raises(NotPermitted):
        meetings.create(actor("kepala_dinas", "33.71"), RAKOR, "t3")


def test_refused_facts_are_named(by: Actor) -> None:
    wrong = {"jenis": "pesta", "judul": "", "tanggal": None, "mulai": "25.00"}
    with pytest.raises(InvalidInput) as caught:
        meetings.create(by, wrong, "t1")
    assert codes(caught) == {
        ("jenis", "pilihan_di_luar_daftar"),
        ("judul", "wajib_diisi"),
        ("tanggal", "wajib_diisi"),
        ("mulai", "rapat_jam_keliru"),
    }


def test_a_second_click_makes_no_second_meeting(by: Actor) -> None:
    meetings.create(by, RAKOR, "t1")
    with pytest.raises(AlreadyDone):
        meetings.create(by, RAKOR, "t1")
    assert len(meetings.listed(by)) == 1


def test_an_edit_is_told_in_the_trail_and_a_stale_one_is_refused(by: Actor) -> None:
    rapat_id = meetings.create(by, RAKOR, "t1")
    meetings.edit(by, rapat_id, 1, {"tempat": "Pendopo", "judul": RAKOR["judul"]}, "t2")
    row = written("rapat")[-1]
    assert (row["aksi"], row["wilayah"], row["sebelum"], row["sesudah"]) == (
        "ubah",
        "33.71",
        {"tempat": "Aula uji"},
        {"tempat": "Pendopo"},
    )
    with pytest.raises(StaleEdit):
        meetings.edit(by, rapat_id, 1, {"tempat": "Aula"}, "t3")
    with pytest.raises(InvalidInput) as caught:
        meetings.edit(by, rapat_id, 2, {"jenis": "musda"}, "t4")
    assert codes(caught) == {("jenis", "rapat_tetap")}


def test_a_meeting_goes_forward_and_back_and_only_close_closes(by: Actor) -> None:
    rapat_id = meetings.create(by, RAKOR, "t1")
    with pytest.raises(InvalidInput):
        meetings.move(by, rapat_id, 1, "ditutup", "t2")
    meetings.move(by, rapat_id, 1, "berjalan", "t3")
    with pytest.raises(InvalidInput):
        meetings.move(by, rapat_id, 2, "ditutup", "t4")
    meetings.move(by, rapat_id, 2, "disiapkan", "t5")
    assert meetings.get(by, rapat_id).record["status"] == "disiapkan"


def test_a_closed_meeting_changes_no_more(by: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    count_for_real(monkeypatch)
    rapat_id = running(by)
    assert meetings.manages(by, meetings.get(by, rapat_id))
    close(by, rapat_id)
    version = meetings.get(by, rapat_id).record["versi"]
    for write in (
        lambda: meetings.edit(by, rapat_id, version, {"judul": "Lain"}, "a"),
        lambda: meetings.move(by, rapat_id, version, "berjalan", "b"),
        lambda: meetings.close(by, rapat_id, version, "c"),
        lambda: meetings.remove(by, rapat_id, version, "d"),
        lambda: decisions.add(by, rapat_id, None, "Terlambat", "e"),
    ):
        with pytest.raises(NotPermitted) as refused:
            write()
        assert refused.value.code == "rapat_sudah_ditutup"
    assert not meetings.manages(by, meetings.get(by, rapat_id))


def test_a_meeting_follows_the_latest_one_of_its_own_region(by: Actor) -> None:
    first = meetings.create(by, RAKOR | {"tanggal": date(2026, 1, 5)}, "t1")
    second = meetings.create(by, RAKOR, "t2")
    between = meetings.create(by, RAKOR | {"tanggal": date(2026, 3, 5)}, "t3")
    before = [meetings.get(by, number).record["sebelumnya_id"] for number in (first, second, between)]
    assert before == [None, first, first]


def test_only_an_empty_prepared_meeting_is_deleted(by: Actor) -> None:
    rapat_id = meetings.create(by, RAKOR, "t1")
    decisions.add(by, rapat_id, None, "Setuju", "t2")
    with pytest.raises(NotPermitted) as refused:
        meetings.remove(by, rapat_id, 1, "t3")
    assert refused.value.code == "rapat_sudah_berisi"
    empty = meetings.create(by, RAKOR, "t4")
    meetings.remove(by, empty, 1, "t5")
    assert list(meetings.listed(by)["id"]) == [rapat_id]
    assert TODAY == meetings.get(by, rapat_id).record["tanggal"]
