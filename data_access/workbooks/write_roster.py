"""Roster workbooks out: the template to fill in, and an upload's refused rows with marked cells."""

import io
import tomllib
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data_access.workbooks.read_lks import ParsedFile
from data_access.workbooks.table import clean
from data_access.workbooks.words import PATH as WORDS
from domain.errors import Problem
from domain.impor.repair import FORMULA_STARTS, FORMULA_WITHOUT_VALUE, Cell
from domain.impor.roster import BY_ID, KINDS, PRINTED

TEMPLATE_ROWS = 500  # rows of the template that carry formats and lists
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_HEAD = {"bold": True, "bg_color": "#124C82", "font_color": "#FFFFFF", "text_wrap": True, "valign": "top"}
_BAD = {"bg_color": "#F9D5D0", "border": 1, "border_color": "#B3261E"}
_NUMBER = "No"


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return tomllib.loads(WORDS.with_name("lembar_peserta.toml").read_text(encoding="utf-8"))


def template() -> bytes:
    """An empty .xlsx to fill: sheet Peserta with lists and one example row, sheet Petunjuk."""
    text, target = _words(), io.BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        head, plain = book.add_format(_HEAD), book.add_format({"num_format": "@"})
        sheet, guide = (book.add_worksheet(text["lembar"][name]) for name in ("data", "petunjuk"))
        sheet.write_string(0, 0, _NUMBER, head)
        sheet.write_string(1, 0, text["contoh"]["nomor"])
        for column, field in enumerate(PRINTED, start=1):
            sheet.set_column(column, column, 26 if field.id in ("nama", "instansi") else 16, plain)
            sheet.write_string(0, column, f"{field.label} *" if field.required else field.label, head)
            sheet.write_string(1, column, text["contoh"].get(field.id, ""), plain)
            choices = {"kelamin": ["L", "P"], "jenis": list(KINDS.values())}.get(field.id)
            if choices:
                sheet.data_validation(1, column, TEMPLATE_ROWS, column, {"validate": "list", "source": choices})
        sheet.freeze_panes(1, 0)
        guide.set_column(0, 0, 110, book.add_format({"text_wrap": True, "valign": "top"}))
        guide.write_string(0, 0, text["petunjuk"]["judul"], book.add_format({"bold": True, "font_size": 14}))
        for row, line in enumerate(text["petunjuk"]["baris"], start=2):
            guide.write_string(row, 0, line)
    return target.getvalue()


def refused_workbook(parsed: ParsedFile, sentences: Callable[[Problem], tuple[str, str]]) -> bytes:
    """Only the refused rows under their own headers, bad cells coloured, so that they can be mended and imported again.

    `sentences` gives (reason, remedy) for a problem.
    """
    text, target = _words(), io.BytesIO()
    columns = [(header, parsed.mapping[header]) for header in parsed.headers if parsed.mapping.get(header)]
    if "nama" not in {field_id for _, field_id in columns}:
        columns.insert(0, (BY_ID["nama"].label, "nama"))
    width = len(columns)
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        head = book.add_format(_HEAD)
        styles = {
            bad: {
                "text": book.add_format({"num_format": "@"} | mark),
                "quoted": book.add_format({"num_format": "@", "quote_prefix": True} | mark),
                "plain": book.add_format(mark),
                "date": book.add_format({"num_format": "dd/mm/yyyy"} | mark),
            }
            for bad, mark in ((False, {}), (True, _BAD))
        }
        wrapped = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        sheet = book.add_worksheet(text["lembar"]["ditolak"])
        extra = [text["kolom"][name] for name in ("masalah", "perbaikan", "baris_asal")]
        for column, label in enumerate([*(header for header, _ in columns), *extra]):
            sheet.write_string(0, column, clean(label), head)
        sheet.set_column(0, max(0, width - 1), 20)
        sheet.set_column(width, width + 1, 60)
        for number, row in enumerate(parsed.refused, start=1):
            said = [sentences(problem) for problem in row.problems]
            refused = {problem.column for problem in row.problems}
            for column, (_, field_id) in enumerate(columns):
                _put(sheet, number, column, row.raw.get(field_id), styles[field_id in refused])
            sheet.write_string(number, width, clean("\n".join(reason for reason, _ in said)), wrapped)
            sheet.write_string(number, width + 1, clean("\n".join(remedy for _, remedy in said)), wrapped)
            sheet.write_number(number, width + 2, row.row)
        sheet.freeze_panes(1, 0)
    return target.getvalue()


def _put(sheet: Worksheet, row: int, column: int, value: Cell, styles: dict[str, Format]) -> None:
    """Writes one cell by its type; text is always text, whatever it starts with."""
    if value is None or value == "" or value == FORMULA_WITHOUT_VALUE:
        sheet.write_blank(row, column, None, styles["plain"])
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, styles["plain"])
    elif isinstance(value, int | float) and value == value and abs(value) != float("inf"):
        sheet.write_number(row, column, value, styles["plain"])
    elif isinstance(value, date) and value.year >= 1900:
        sheet.write_datetime(
            row, column, value.replace(tzinfo=None) if isinstance(value, datetime) else value, styles["date"]
        )
    else:
        text = clean(str(value))
        sheet.write_string(row, column, text, styles["quoted" if text.startswith(FORMULA_STARTS) else "text"])
