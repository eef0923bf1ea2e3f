"""The LKKS of a region: seen within the reader's region, phones masked and opened on the record, coverage counted."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from domain.errors import NotFound, NotPermitted
from domain.permissions import Actor
from services import clock, lkks, lkks_keeping
from tests.lkks_rows import a_letter, a_program, an_lkks, an_lks, trail_of

Make = Callable[..., Actor]
TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


def test_the_profile_holds_its_own_things_only(fresh_db: Path, actor: Make) -> None:
    mine = an_lkks("33.71", "LKKS Magelang", masa_sampai=date(2027, 1, 20), telepon="+62293123456")
    other = an_lkks("33", "LKKS Jateng")
    a_program("33.71", "Program LKKS", pemilik="lkks", kegiatan=["koordinasi"])
    a_program("33.71", "Program Dinas")
    a_program("33", "Program provinsi", pemilik="lkks", kegiatan=["koordinasi"])
    home = an_lks("33.71", "LKS A")
    letter = a_letter(mine, home)
    a_letter(other, home)
    found = lkks.profile(actor("kepala_dinas", "33"), "33.71")
    assert found is not None
    assert (found.record["nama"], found.term, found.days_left) == ("LKKS Magelang", "segera", 60)
    assert found.record["telepon"].endswith("3456") and "62293" not in found.record["telepon"]
    assert [row["nama"] for row in found.program] == ["Program LKKS"]
    assert [row["id"] for row in found.surat] == [letter]


def test_a_region_without_an_lkks_says_so_and_another_region_is_not_there(fresh_db: Path, actor: Make) -> None:
    an_lkks("33")
    an_lkks("52.72")
    by = actor("lkks", "33.71")
    assert lkks.own_region(by) == "33.71" and lkks.own_region(actor("lkks")) == ""
    assert lkks.profile(by, "33.71") is None
    for place in ("33", "52.72", ""):
        with pytest.raises(NotFound):
            lkks.profile(by, place)
        with pytest.raises(NotFound):
            lkks.coverage(by, place)
    assert lkks.listed(by) == []
    assert [row["wilayah"] for row in lkks.listed(actor("kepala_dinas"))] == ["33", "52.72"]


def test_coverage_counts_the_regions_below(fresh_db: Path, actor: Make) -> None:
    """Jawa Tengah counts how many of its 35 kab/kota have an LKKS; one of another province must not be counted."""
    an_lkks("33.71", masa_sampai=date(2027, 1, 1), contoh=True)
    an_lkks("33.08")
    an_lkks("33")
    an_lkks("34.71")
    found = lkks.coverage(actor("kepala_dinas", "33"), "33")
    assert list(found.columns) == list(lkks.COVERAGE)
    assert (len(found), int(found["ada"].sum())) == (35, 2)
    [city] = found[found["kode"] == "33.71"].to_dict("records")
    assert city == {
        "kode": "33.71",
        "nama": "Kota Magelang",
        "ada": True,
        "masa_sampai": date(2027, 1, 1),
        "contoh": True,
    }
    country = lkks.coverage(actor("admin"), "")
    assert (len(country), list(country[country["ada"]]["kode"])) == (38, ["33"])
    assert lkks.coverage(actor("admin"), "33.71").empty


def test_a_phone_is_opened_by_the_lkks_itself_or_who_may_reveal_and_is_written_down(
    fresh_db: Path, actor: Make
) -> None:
    an_lkks("33.71", telepon="+62293123456")
    own = actor("lkks", "33.71", 1)
    officer = lkks_keeping.put_officer(
        own, "33.71", 1, None, {"nama": "N", "jabatan": "Ketua", "telepon": "081234567890"}, "t1"
    )
    shown = lkks.profile(own, "33.71")
    assert shown is not None and shown.pengurus[0]["telepon"].startswith("*")
    assert lkks.reveal(own, "33.71", "telepon") == "+62293123456"
    assert lkks.reveal(actor("operator", "33"), "33.71", "telepon", officer) == "+6281234567890"
    with pytest.raises(NotPermitted):
        lkks.reveal(actor("kepala_dinas", "33.71"), "33.71", "telepon")
    with pytest.raises(NotPermitted):
        lkks.reveal(actor("lkks", "33"), "33.71", "telepon")
    for by, place, field in ((actor("operator", "52.72"), "33.71", "telepon"), (own, "33.71", "nama")):
        with pytest.raises(NotFound):
            lkks.reveal(by, place, field)
    looks = [row for row in trail_of("lkks") if row["aksi"] == "buka_data_pribadi"]
    assert [(row["pelaku"], row["wilayah"], row["sesudah"]) for row in looks] == [
        ("uji.lkks", "33.71", {"bidang": "telepon"}),
        ("uji.operator", "33.71", {"bidang": "telepon", "pengurus": officer}),
    ]


def test_the_kinds_of_psks_are_the_twelve(fresh_db: Path, actor: Make) -> None:
    found = lkks.psks_kinds(actor("lkks", "33.71"), "33.71")
    assert len(found) == 12 and found["wksbm"].startswith("Wahana")
