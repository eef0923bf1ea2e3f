"""Falling short is told criterion by criterion; what is not known counts on neither side."""

from typing import Any

import pytest

from domain.priority import Area, Criterion, Need, falls_short, middle, ordered


def criterion(met: bool | None) -> Criterion:
    return Criterion("ipm", "indikator", "IPM", "aturan", terpenuhi=met)


def need(**more: Any) -> Need:
    told: dict[str, Any] = {"terdata": 100.0, "jenis_terdata": 1, "jenis": 7, "periode": "2025", "lks": 2}
    told |= {"lks_dalam": 1, "lks_luar": 1, "melapor": 1, "dalam": 30, "luar": None}
    return Need("anak", "Anak", **(told | more))


@pytest.mark.parametrize(
    ("value", "reference", "direction", "short"),
    [
        (65.81, 70.18, "naik", True),
        (70.18, 70.18, "naik", False),
        (73.67, 70.18, "naik", False),
        (9.0, 8.5, "turun", True),
        (8.5, 8.5, "turun", False),
        (None, 8.5, "turun", None),
        (9.0, None, "naik", None),
        (0.0, 1.0, "naik", True),
    ],
)
def test_the_worse_side_of_a_reference(
    value: float | None, reference: float | None, direction: str, short: bool | None
) -> None:
    assert falls_short(value, reference, direction) is short


def test_a_median_of_too_few_is_none() -> None:
    assert middle([4, 1], 3) is None
    assert middle([4, 1, 2], 3) == 2.0
    assert middle([4, 1, 2, 9], 3) == 3.0
    assert middle([0, 0, 0], 3) == 0.0


def test_areas_stand_by_how_many_criteria_are_met_and_share_a_place() -> None:
    areas = [
        Area("33.72", "B", 1, (criterion(True), criterion(None))),
        Area("33.71", "A", 1, (criterion(True), criterion(False))),
        Area("33.73", "C", 1, (criterion(True), criterion(True))),
        Area("33.74", "D", 1, (criterion(None), criterion(None))),
    ]
    told = [(one.kode, one.peringkat, one.terpenuhi, one.diketahui) for one in ordered(areas)]
    assert told == [("33.73", 1, 2, 2), ("33.71", 2, 1, 2), ("33.72", 2, 1, 1), ("33.74", 4, 0, 0)]


def test_served_is_zero_only_where_no_lks_is_registered() -> None:
    assert (need().dilayani, need().celah) == (30, 70)
    assert (need(dalam=None).dilayani, need(dalam=None).celah) == (None, None)
    assert (need(lks=0, dalam=None).dilayani, need(lks=0, dalam=None).celah) == (0, 100)
    assert need(terdata=None).celah is None
    assert need(luar=12).celah == 58
    assert need(terlindung=True, terdata=None, dalam=None, lks=0).dilayani is None
