"""One table as a workbook: typed cells, a header that stays, texts that never become formulas, a sheet about it."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

ZONE = ZoneInfo("Asia/Jakarta")
LONGEST = 32_000  # Excel holds 32,767 characters in a cell
# Spreadsheets that import text may run what starts like this; the quote prefix tells Excel that it is text.
_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """`text` without what a workbook cannot hold, cut to what fits into a cell."""
    return _NOT_XML.sub("", text)[:LONGEST]


def sheet_name(title: str) -> str:
    """`title` as Excel allows it for a sheet: 31 characters, without []:*?/ and backslash."""
    return re.sub(r"[\[\]:*?/\\]", " ", clean(title)).strip(" '")[:31] or "Tabel"


def table_workbook(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], about: Mapping[str, str]
) -> bytes:
    """An .xlsx with one sheet of `rows` under `columns`, and the sheet "Keterangan" with `about` as two columns.

    Numbers, dates and truth values keep their type, moments are printed in WIB, None is an empty cell, the rest text.
    """
    return tables_workbook(title, [(title, columns, rows)], about)


def tables_workbook(
    title: str, sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Any]]]], about: Mapping[str, str]
) -> bytes:
    """The same with several sheets, each (name, columns, rows); the names differ in their first 31 characters."""
    output = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(output, options) as book:
        formats = {
            "kepala": book.add_format(
                {"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "text_wrap": True, "valign": "top"}
            ),
            "tanggal": book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
            "waktu": book.add_format({"num_format": "dd/mm/yyyy hh.mm.ss", "align": "left"}),
            "teks": book.add_format({"quote_prefix": True}),
            "tebal": book.add_format({"bold": True, "valign": "top"}),
            "lipat": book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
        }
        for name, columns, rows in sheets:
            _table(book.add_worksheet(sheet_name(name)), columns, rows, formats)
        _about(book.add_worksheet("Keterangan"), title, about, formats)
    return output.getvalue()


def _table(sheet: Worksheet, columns: Sequence[str], rows: Iterable[Sequence[Any]], formats: Mapping[str, Any]) -> None:
    widths = [len(name) for name in columns]
    for column, name in enumerate(columns):
        sheet.write_string(0, column, clean(name), formats["kepala"])
    last = 0
    for last, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            widths[column] = max(widths[column], _write(sheet, last, column, value, formats))
    sheet.freeze_panes(1, 0)
    if columns:
        sheet.autofilter(0, 0, last, len(columns) - 1)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(max(width + 2, 8), 60))


def _write(sheet: Worksheet, row: int, column: int, value: Any, formats: Mapping[str, Any]) -> int:
    """Writes one cell and returns how many characters it shows."""
    if value is None or value != value:  # NaN and NaT are not equal to themselves
        return 0
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
        return 5
    if isinstance(value, int | float | Decimal):
        # Excel keeps 15 digits: a longer number is a code, and a code must not lose its end.
        if isinstance(value, int) and abs(value) >= 10**15:
            return _write(sheet, row, column, str(value), formats)
        sheet.write_number(row, column, float(value))
        return len(str(value))
    if isinstance(value, datetime):
        moment = value.astimezone(ZONE).replace(tzinfo=None) if value.tzinfo else value
        sheet.write_datetime(row, column, moment, formats["waktu"])
        return 19
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, formats["tanggal"])
        return 10
    text = str(value)
    shown = clean(text)
    if text.startswith(_LIVE):
        sheet.write_string(row, column, shown, formats["teks"])
    else:
        sheet.write_string(row, column, shown)
    return max((len(line) for line in shown.splitlines()), default=0)


def _about(sheet: Worksheet, title: str, about: Mapping[str, str], formats: Mapping[str, Any]) -> None:
    sheet.write_string(0, 0, clean(title), formats["tebal"])
    for row, (name, text) in enumerate(about.items(), 2):
        sheet.write_string(row, 0, clean(name), formats["tebal"])
        sheet.write_string(row, 1, clean(text), formats["lipat"])
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
