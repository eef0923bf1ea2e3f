"""A table as a workbook: types kept, texts never live, a sheet that says what it is."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from data_access.workbooks.table import clean, sheet_name, table_workbook


def opened(*rows: tuple[Any, ...], columns: tuple[str, ...] = ("A",), **about: str) -> Workbook:
    return load_workbook(io.BytesIO(table_workbook("Uji", columns, rows, about)))


@pytest.mark.parametrize(
    ("value", "kept", "kind"),
    [
        (0, 0, "n"),
        (12.5, 12.5, "n"),
        (Decimal("1.25"), 1.25, "n"),
        (True, True, "b"),
        (False, False, "b"),
        (date(2025, 5, 22), datetime(2025, 5, 22), "d"),  # noqa: DTZ001 - a workbook has no zones
        (datetime(2025, 5, 22, 17, 30, tzinfo=UTC), datetime(2025, 5, 23, 0, 30), "d"),  # noqa: DTZ001 - WIB, as above
        (None, None, "n"),
        (float("nan"), None, "n"),
        ("33.71", "33.71", "s"),
        ("00731", "00731", "s"),
        ("3371012304850001", "3371012304850001", "s"),
        (3371012304850001, "3371012304850001", "s"),  # as a number Excel would end it in 0000
        ("+62293310000", "+62293310000", "s"),
        ("=1+1", "=1+1", "s"),
        ('=HYPERLINK("http://a.example")', '=HYPERLINK("http://a.example")', "s"),
        ("-7.02", "-7.02", "s"),
        ("@SUM(A1)", "@SUM(A1)", "s"),
        ("{=1}", "{=1}", "s"),
        ("https://a.example", "https://a.example", "s"),
        ("a\x00b\x0bc\ufffe", "abc", "s"),
    ],
)
def test_every_value_keeps_its_kind(value: Any, kept: Any, kind: str) -> None:
    cell = opened((value,))["Uji"]["A2"]
    assert (cell.value, cell.data_type) == (kept, kind)
    assert cell.hyperlink is None


def test_text_that_could_run_is_marked_as_text() -> None:
    sheet = opened(("=1+1",), ("biasa",))["Uji"]
    assert sheet["A2"].quotePrefix and not sheet["A3"].quotePrefix


def test_the_header_stays_and_the_second_sheet_explains() -> None:
    book = opened((1, "x"), columns=("Nomor", "Nama"), Sumber="Pilar", Saringan="=semua")
    sheet = book["Uji"]
    assert book.sheetnames == ["Uji", "Keterangan"]
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == "A1:B2"
    assert [cell.value for cell in sheet[1]] == ["Nomor", "Nama"]
    about = {row[0]: row[1] for row in book["Keterangan"].iter_rows(min_row=3, values_only=True)}
    assert about == {"Sumber": "Pilar", "Saringan": "=semua"}


def test_an_empty_table_is_a_sound_workbook() -> None:
    assert [cell.value for cell in opened(columns=("A", "B"))["Uji"][1]] == ["A", "B"]
    assert opened(columns=())["Uji"].max_row == 1


@pytest.mark.parametrize(
    ("title", "name"), [("a/b[c]:d*e?f\\g", "a b c  d e f g"), ("x" * 40, "x" * 31), ("''", "Tabel"), ("", "Tabel")]
)
def test_sheet_names_are_allowed_ones(title: str, name: str) -> None:
    assert sheet_name(title) == name


def test_a_very_long_text_is_cut_to_what_a_cell_holds() -> None:
    assert len(clean("x" * 40_000)) == 32_000
