"""Entering values and targets: checked, once, in one's own region, with the old value in the trail."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from data_access.engine import reading
from data_access.tables_indikator import indikator_nilai
from domain.errors import AlreadyDone, InvalidInput, NotFound, StaleEdit
from domain.indikator import VALUE, VALUE_OF_PERSONS
from domain.permissions import Actor
from services import accounts, audit, clock, indicator_entry, indicators
from tests.services.conftest import codes, written

Make = Callable[..., Actor]
P0 = {"kode": "p0", "wilayah": "33.71", "periode": "2025", "nilai": 5.5, "sumber": "BPS Kota Magelang"}


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 20))


@pytest.fixture
def by(fresh_db: Path, actor: Make) -> Actor:
    return actor("operator", "33.71")


def mend(by: Actor, token: str, **changes: Any) -> int:
    found = indicator_entry.stored(by, "p0", "33.71", "2025", "")
    assert found is not None
    return indicator_entry.set_value(by, P0 | {"perubahan": found["perubahan"]} | changes, token)


def how_many() -> int:
    with reading() as connection:
        query = select(func.count()).select_from(indikator_nilai).where(indikator_nilai.c.terbitan.is_(False))
        return int(connection.execute(query).scalar_one())


def test_a_value_is_stored_with_its_definition_and_told_in_the_trail(by: Actor) -> None:
    value_id = indicator_entry.set_value(by, P0, "t-1")
    found = indicators.value(by, "p0")
    assert (found.nilai, found.periode, found.sumber, found.versi) == (5.5, "2025", "BPS Kota Magelang", 1)
    [row] = written("indikator_nilai")
    assert (row["aksi"], row["objek_id"], row["wilayah"]) == ("catat_nilai_indikator", str(value_id), "33.71")
    assert row["sesudah"]["nilai"] == 5.5 and row["sebelum"] is None


def test_a_second_click_stores_nothing(by: Actor) -> None:
    indicator_entry.set_value(by, P0, "t-1")
    with pytest.raises(AlreadyDone):
        indicator_entry.set_value(by, P0 | {"periode": "2024"}, "t-1")
    assert how_many() == 1


def test_a_mended_value_keeps_the_old_one_in_the_trail(by: Actor) -> None:
    indicator_entry.set_value(by, P0, "t-1")
    mend(by, "t-2", nilai=5.7)
    assert indicators.value(by, "p0").nilai == 5.7
    row = written("indikator_nilai")[-1]
    assert (row["aksi"], row["sebelum"], row["sesudah"]["nilai"]) == ("ubah_nilai_indikator", {"nilai": 5.5}, 5.7)


@pytest.mark.parametrize("number", [None, 2])
def test_what_somebody_else_stated_in_between_is_not_lost(by: Actor, number: int | None) -> None:
    indicator_entry.set_value(by, P0, "t-1")
    with pytest.raises(StaleEdit):
        indicator_entry.set_value(by, P0 | {"nilai": 9.9, "perubahan": number}, "t-2")
    assert indicators.value(by, "p0").nilai == 5.5


@pytest.mark.parametrize("place", ["52.72", "33", "", "33.72"])
def test_only_ones_own_region(by: Actor, place: str) -> None:
    with pytest.raises(NotFound):
        indicator_entry.set_value(by, P0 | {"wilayah": place}, "t-1")
    with pytest.raises(NotFound):
        indicator_entry.set_target(by, "p0", place, 2026, 5.0, "RPJMD", "t-2")
    with pytest.raises(NotFound):
        indicator_entry.stored(by, "p0", place, "2025", "")
    assert how_many() == 0


def test_a_region_that_nobody_bears_is_not_found(fresh_db: Path, actor: Make) -> None:
    with pytest.raises(NotFound):
        indicator_entry.set_value(actor("admin"), P0 | {"wilayah": "33.99"}, "t-1")


def test_refused_values_are_all_named_and_nothing_is_stored(by: Actor) -> None:
    with pytest.raises(InvalidInput) as caught:
        indicator_entry.set_value(by, P0 | {"periode": "besok", "sumber": "", "nilai": -1}, "t-1")
    assert codes(caught) == {
        ("periode", "indikator_periode_keliru"),
        ("sumber", "indikator_wajib_diisi"),
        ("nilai", "indikator_negatif"),
    }
    assert how_many() == 0 and written("indikator_nilai") == []


def test_a_removed_value_is_in_the_trail_with_its_reason(by: Actor) -> None:
    indicator_entry.set_value(by, P0, "t-1")
    remove = ("p0", "33.71", "2025", "")
    with pytest.raises(InvalidInput):
        indicator_entry.remove_value(by, *remove, 1, " ", "t-2")
    with pytest.raises(StaleEdit):
        indicator_entry.remove_value(by, *remove, 7, "salah periode", "t-2")
    indicator_entry.remove_value(by, *remove, 1, "salah periode", "t-2")
    assert indicators.value(by, "p0").nilai is None
    row = written("indikator_nilai")[-1]
    assert (row["aksi"], row["alasan"], row["sebelum"]["nilai"]) == ("hapus_nilai_indikator", "salah periode", 5.5)
    with pytest.raises(NotFound):
        indicator_entry.remove_value(by, *remove, 1, "lagi", "t-3")


def test_a_target_is_set_and_replaced(by: Actor) -> None:
    indicator_entry.set_value(by, P0, "t-1")
    indicator_entry.set_target(by, "p0", "33.71", 2025, 5.0, "RPJMD", "t-2")
    assert indicators.value(by, "p0").status == "mendekati"
    indicator_entry.set_target(by, "p0", "33.71", 2025, 6.0, "RPJMD perubahan", "t-3")
    found = indicators.value(by, "p0")
    assert (found.target, found.target_dasar, found.status) == (6.0, "RPJMD perubahan", "tercapai")
    assert written("indikator_target")[-1]["sebelum"] == {"nilai": 5.0, "dasar": "RPJMD"}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"nilai": 0.0}, ("nilai", "indikator_target_keliru")),
        ({"dasar": " "}, ("dasar", "indikator_wajib_diisi")),
        ({"dasar": "x" * 501}, ("dasar", "indikator_terlalu_panjang")),
        ({"tahun": 1900}, ("tahun", "indikator_tahun_keliru")),
        ({"kode": "spm_pr_anak"}, ("wilayah", "indikator_bukan_tingkat")),
    ],
)
def test_a_target_that_is_none(by: Actor, changes: dict[str, Any], problem: tuple[str, str]) -> None:
    values: dict[str, Any] = {"kode": "p0", "wilayah": "33.71", "tahun": 2026, "nilai": 5.0, "dasar": "RPJMD"} | changes
    with pytest.raises(InvalidInput) as caught:
        indicator_entry.set_target(by, **values, token="t-1")
    assert problem in codes(caught)


def test_the_first_real_value_closes_the_sample_sign_in(seeded_db: Path, actor: Make) -> None:
    assert accounts.sample_sign_in_open()
    indicator_entry.set_value(actor("operator", "33.71"), P0, "t-1")
    assert not accounts.sample_sign_in_open()


def test_a_small_count_is_not_read_in_the_trail_either(by: Actor, actor: Make) -> None:
    counted = {"kode": "ppks_terlayani", "wilayah": "33.71", "periode": "2025", "nilai": 3, "sumber": "Dinas"}
    indicator_entry.set_value(by, counted, "t-1")
    indicator_entry.set_value(by, P0, "t-2")
    for role, told in (("kepala_dinas", audit.HIDDEN), ("admin", 3)):
        frame, _ = audit.trail(actor(role, "33.71"), audit.Filters(objek=VALUE_OF_PERSONS))
        assert [row["nilai"] for row in frame["sesudah"]] == [told]
        assert frame["sesudah"][0]["sumber"] == "Dinas"
    frame, _ = audit.trail(actor("kepala_dinas", "33.71"), audit.Filters(objek=VALUE))
    assert [row["nilai"] for row in frame["sesudah"]] == [5.5], "a published statistic is no secret"
    assert indicators.value(actor("kepala_dinas", "33.71"), "ppks_terlayani").siapa_terakhir is not None
