"""The workbook to fill in with values of indicators: the kind of region code declared in a cell, one row per value."""

import io
import tomllib
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from data_access.workbooks.table import clean
from data_access.workbooks.words import PATH as WORDS
from domain.indikator import Definition
from domain.indikator_isian import COLUMNS, EXAMPLE

TEMPLATE_ROWS = 2_000
HEAD_ROW = 2  # from 0: the declaration stands above
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_HEAD = {"bold": True, "bg_color": "#124C82", "font_color": "#FFFFFF", "text_wrap": True, "valign": "top"}


def _words() -> dict[str, Any]:
    return tomllib.loads(WORDS.with_name("lembar_indikator.toml").read_text(encoding="utf-8"))


def template(definitions: Sequence[Definition]) -> bytes:
    """An empty .xlsx: sheet Nilai with the declaration and one marked example, sheet Kamus, sheet Petunjuk."""
    text, target = _words(), io.BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        head, plain = book.add_format(_HEAD), book.add_format({"num_format": "@"})
        bold = book.add_format({"bold": True})
        sheet, words, guide = (book.add_worksheet(text["lembar"][name]) for name in ("nilai", "kamus", "petunjuk"))
        sheet.write_string(0, 0, text["pernyataan"]["label"], bold)
        sheet.write_string(0, 1, text["pernyataan"]["bawaan"], plain)
        sheet.data_validation(0, 1, 0, 1, {"validate": "list", "source": text["pernyataan"]["pilihan"]})
        for column, (name, (title, needed)) in enumerate(COLUMNS.items()):
            sheet.set_column(column, column, 40 if name == "sumber" else 20, plain)
            sheet.write_string(HEAD_ROW, column, f"{title} *" if needed else title, head)
            sheet.write_string(HEAD_ROW + 1, column, text["contoh"].get(name, ""), plain)
        sheet.write_string(HEAD_ROW + 1, len(COLUMNS), EXAMPLE)
        sheet.freeze_panes(HEAD_ROW + 1, 0)
        for column, (name, title) in enumerate(text["kamus"].items()):
            words.set_column(column, column, 60 if name in ("nama", "definisi") else 22)
            words.write_string(0, column, title, head)
        for row, one in enumerate((one for one in definitions if one.jenis == "isian"), start=1):
            told = {
                "kode": one.kode,
                "nama": one.nama,
                "satuan": one.satuan,
                "seri": ", ".join(one.seri),
                "tingkat": ", ".join(one.tingkat),
                "definisi": one.definisi,
            }
            for column, name in enumerate(text["kamus"]):
                words.write_string(row, column, clean(told[name]))
        words.freeze_panes(1, 0)
        guide.set_column(0, 0, 110, book.add_format({"text_wrap": True, "valign": "top"}))
        for row, line in enumerate(text["petunjuk"]["baris"]):
            guide.write_string(row, 0, line)
    return target.getvalue()
