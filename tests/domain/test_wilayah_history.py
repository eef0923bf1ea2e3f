from datetime import date
from typing import Any

import pytest

from data_access import assets
from domain.wilayah_history import moves, names_on

ROWS = assets.wilayah_rows()
BEFORE, AFTER = date(2021, 12, 31), date(2026, 6, 1)


def test_merauke_lay_in_papua_before_the_split_and_lies_in_papua_selatan_since() -> None:
    assert moves(ROWS, BEFORE).place("93.01") == "91.01"
    assert moves(ROWS, BEFORE).province("93.01") == "91"
    assert moves(ROWS, AFTER).place("93.01") == "93.01"
    assert moves(ROWS, AFTER).province("93.01") == "93"


@pytest.mark.parametrize(("on", "province"), [(date(2022, 7, 24), "91"), (date(2022, 7, 25), "93")])
def test_the_day_of_the_split_is_the_first_of_the_new_code(on: date, province: str) -> None:
    assert moves(ROWS, on).province("93.01") == province


def test_a_row_kept_under_the_given_up_code_counts_under_its_heir_today() -> None:
    assert moves(ROWS, AFTER).place("91.01") == "93.01"
    assert moves(ROWS, BEFORE).place("91.01") == "91.01"


def test_a_region_never_touched_stays_itself() -> None:
    history = moves(ROWS, BEFORE)
    assert history.place("33.71") == "33.71"
    assert history.came_in("33") == () and history.went_out("33") == ()


def test_what_came_in_and_went_out_of_a_province() -> None:
    then, now = moves(ROWS, BEFORE), moves(ROWS, AFTER)
    assert "93.01" in then.came_in("91") and "96.71" not in then.came_in("91")
    assert "93.01" in then.went_out("93")
    assert now.came_in("93") == ("91.01", "91.16", "91.17", "91.18")
    assert then.came_in("91.01") == ("93.01",)


def test_a_region_cut_into_two_has_no_single_heir() -> None:
    split = date(2024, 1, 1)
    rows: list[dict[str, Any]] = [
        {"kode": "10.01", "berlaku_mulai": None, "berlaku_sampai": split, "pendahulu": None},
        {"kode": "10.02", "berlaku_mulai": split, "berlaku_sampai": None, "pendahulu": "10.01"},
        {"kode": "10.03", "berlaku_mulai": split, "berlaku_sampai": None, "pendahulu": "10.01"},
    ]
    assert moves(rows, date(2025, 1, 1)).place("10.01") == "10.01"
    assert moves(rows, date(2023, 1, 1)).place("10.03") == "10.01"


def test_a_circle_in_the_data_ends() -> None:
    day = date(2024, 1, 1)
    rows: list[dict[str, Any]] = [
        {"kode": "10.01", "berlaku_mulai": day, "berlaku_sampai": None, "pendahulu": "10.02"},
        {"kode": "10.02", "berlaku_mulai": day, "berlaku_sampai": None, "pendahulu": "10.01"},
    ]
    assert moves(rows, date(2020, 1, 1)).place("10.01") in ("10.01", "10.02")


def test_76_01_bore_its_old_name_until_the_rename() -> None:
    names = assets.wilayah_names()
    assert names_on(names, date(2017, 12, 27)) == {"76.01": "Kabupaten Mamuju Utara"}
    assert names_on(names, date(2017, 12, 28)) == {"76.01": "Kabupaten Pasangkayu"}
