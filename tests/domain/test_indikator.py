"""The rules of indicators on answers worked out by hand: achievement, gap, rank, class, age, protection, recount."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from data_access.indicator_assets import definitions, thresholds
from domain.indikator import (
    Definition,
    achievement,
    gap,
    is_period,
    is_stale,
    merged_small,
    named_class,
    period_end,
    protected,
    rank,
    recount,
    rounded,
    status,
    year_of,
)

LIMITS = thresholds()
BY_CODE = {one.kode: one for one in definitions()}


def of(kode: str, **changes: Any) -> Definition:
    return replace(BY_CODE[kode], **changes)


@pytest.mark.parametrize(
    ("value", "target", "direction", "found"),
    [
        (80, 100, "naik", 80.0),
        (110, 100, "naik", 110.0),
        (8, 10, "turun", 120.0),  # (10 - (8 - 10)) / 10
        (12, 10, "turun", 80.0),
        (25, 10, "turun", -50.0),
        (0, 10, "turun", 200.0),
        (None, 10, "naik", None),
        (5, None, "naik", None),
        (5, 0, "naik", None),
        (5, 10, "netral", None),
    ],
)
def test_achievement_of_either_direction(
    value: float | None, target: float | None, direction: str, found: float | None
) -> None:
    assert achievement(value, target, direction) == pytest.approx(found)


@pytest.mark.parametrize(
    ("reached", "word"),
    [(100, "tercapai"), (99.99, "mendekati"), (80, "mendekati"), (79.99, "belum"), (-5, "belum"), (None, None)],
)
def test_the_word_for_an_achievement(reached: float | None, word: str | None) -> None:
    assert status(reached, LIMITS) == word


@pytest.mark.parametrize(
    ("value", "name"),
    [(0, "rendah"), (59.99, "rendah"), (60, "sedang"), (65.81, "sedang"), (69.99, "sedang"), (70, "tinggi")]
    + [(70.18, "tinggi"), (73.67, "tinggi"), (79.99, "tinggi"), (80, "sangat tinggi"), (None, None)],
)
def test_classes_of_ipm_are_those_of_bps(value: float | None, name: str | None) -> None:
    assert named_class(value, "ipm", LIMITS) == name


def test_no_class_is_praise() -> None:
    assert {name for _, name in LIMITS.kelas["ipm"]} == {"rendah", "sedang", "tinggi", "sangat tinggi"}
    assert named_class(73.67, None, LIMITS) is None
    assert named_class(95, "spm", LIMITS) == "tuntas utama"


def test_gaps_carry_no_dust() -> None:
    assert gap(73.67, 65.81) == 7.86
    assert gap(73.67, 70.18) == 3.49
    assert gap(65.81, 73.67) == -7.86
    assert gap(None, 1.0) is None and gap(1.0, None) is None


def test_ranks_share_a_place_and_follow_the_direction() -> None:
    assert [rank(value, [3, 5, 5, 1], "naik") for value in (5, 3, 1)] == [1, 3, 4]
    assert [rank(value, [3, 5, 5, 1], "turun") for value in (1, 3, 5)] == [1, 2, 3]
    assert rank(3, [1, 3], "netral") is None and rank(None, [1], "naik") is None


def test_periods() -> None:
    assert [is_period(text) for text in ("2016", "2025-06", "2025-13", "25", "2025/06", "١٢٣٤")] == [True, True] + 4 * [
        False
    ]
    assert (year_of("2016"), year_of("2025-07")) == (2016.0, 2025.5)
    assert (period_end("2016"), period_end("2024-02")) == (date(2016, 12, 31), date(2024, 2, 29))


@pytest.mark.parametrize(
    ("on", "stale"), [(date(2018, 12, 30), False), (date(2018, 12, 31), True), (date(2026, 1, 1), True)]
)
def test_a_value_grows_old_after_its_months(on: date, stale: bool) -> None:
    assert is_stale("2016", 24, on) is stale
    assert is_stale("2016", None, on) is False


def test_small_counts_of_persons_are_protected_and_nobody_is_in_a_zero() -> None:
    assert [protected(count, LIMITS) for count in (0, 1, 4, 5, None)] == [False, True, True, False, False]


@pytest.mark.parametrize(
    ("counts", "told", "rest", "others"),
    [
        ([("a", 10), ("b", 3), ("c", 2)], ["a"], 5, 2),
        ([("a", 10), ("b", 30), ("c", 2)], ["b"], 12, 2),  # one small alone would be worked out from the whole
        ([("a", 10), ("b", 1), ("c", 1)], [], 12, 3),  # together still below the limit
        ([("a", 10), ("b", 0)], ["a", "b"], 0, 0),
        ([("a", 3)], [], 3, 1),
    ],
)
def test_small_counts_are_told_together(
    counts: list[tuple[str, float]], told: list[str], rest: float, others: int
) -> None:
    kept, total, many = merged_small(counts, LIMITS)
    assert ([name for name, _ in kept], total, many) == (told, rest, others)
    assert sum(count for _, count in kept) + total == sum(count for _, count in counts)


def test_half_up() -> None:
    assert (rounded(2.345, 2), rounded(72.365, 2), rounded(None, 1)) == (2.35, 72.37, None)


@pytest.mark.parametrize(
    ("kode", "rows", "found"),
    [
        ("total_lks", [{"pembilang": 1}, {"pembilang": 1}], 2),
        ("total_lks", [], 0),
        ("aktif", [{"pembilang": 1, "penyebut": 1}, {"pembilang": 0, "penyebut": 1}], 50.0),
        ("aktif", [], None),
        ("bimtek_gain", [{"pembilang": 60, "penyebut": 3}, {"pembilang": 20, "penyebut": 1}], 20.0),
        ("ipm", [{"nilai": 73.67}], 73.67),
        ("spm_kk_anak", [{"pembilang": 30, "penyebut": 40}], 75.0),
        ("ppks_tertangani", [{"peran": "pembilang", "nilai": 50}, {"peran": "penyebut", "nilai": 200}], 25.0),
        ("ppks_tertangani", [{"peran": "pembilang", "nilai": 50}], None),
        ("ipm_selisih_provinsi", [{"peran": "wilayah", "nilai": 73.67}, {"peran": "pembanding", "nilai": 65.81}], 7.86),
        ("ipm_peringkat", [{"peran": "pembanding", "nilai": 80}, {"peran": "wilayah", "nilai": 73.67}], 2.0),
        ("p0_capaian", [{"peran": "realisasi", "nilai": 12}, {"peran": "target", "nilai": 10}], 80.0),
    ],
)
def test_recount(kode: str, rows: list[dict[str, Any]], found: float | None) -> None:
    assert recount(of(kode), rows) == found


def test_an_unknown_rule_is_no_figure() -> None:
    with pytest.raises(ValueError, match="ramalan"):
        recount(of("ipm", hitung="ramalan:2030"), [])


def test_a_rule_and_what_it_is_applied_to() -> None:
    one = of("tumbuh_mandiri")
    assert (one.rule, one.of) == ("sumbu", "tumbuh:mandiri")
    assert of("terakreditasi").is_share and of("ppks_tertangani").is_share and not of("ipm").is_share
