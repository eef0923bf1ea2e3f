"""LKS workbooks out: the template, the register as it is shown, and an upload's refused rows with marked cells."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from data_access.workbooks.read_lks import ParsedFile
from data_access.workbooks.words import words
from domain.errors import Problem
from domain.impor.columns import ENUMS, EXPORTED, Field
from domain.impor.repair import FORMULA_STARTS, FORMULA_WITHOUT_VALUE, Cell
from domain.impor.rows import SEPARATOR

Refs = Mapping[str, Sequence[Mapping[str, Any]]]
TEMPLATE_ROWS = 2_000  # rows of the template that carry formats and lists
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
    "default_date_format": "dd/mm/yyyy",
}
_AS_TEXT = ("phone", "nik", "npwp", "kode_lks", "kode_wilayah")
_WIDTHS = {"text": 24, "long": 40, "multi": 30, "count": 12, "lat": 12, "lon": 12, "event": 14, "expiry": 14}


class _Styles:
    def __init__(self, book: Workbook) -> None:
        self.title: Format = book.add_format({"bold": True, "font_size": 14})
        self.head: Format = book.add_format(
            {"bold": True, "bg_color": "#124C82", "font_color": "#FFFFFF", "text_wrap": True, "valign": "top"}
        )
        self.text: Format = book.add_format({"num_format": "@"})
        # A leading apostrophe that Excel keeps hidden: the text can never turn into a formula when it is edited.
        self.quoted: Format = book.add_format({"num_format": "@", "quote_prefix": True})
        self.date: Format = book.add_format({"num_format": "dd/mm/yyyy"})
        self.number: Format = book.add_format({"num_format": "0"})
        self.degrees: Format = book.add_format({"num_format": "0.000000"})
        self.wrapped: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self.bad: Format = book.add_format({"bg_color": "#F9D5D0", "border": 1, "border_color": "#B3261E"})
        self.bad_date: Format = book.add_format(
            {"bg_color": "#F9D5D0", "border": 1, "border_color": "#B3261E", "num_format": "dd/mm/yyyy"}
        )
        self.bad_quoted: Format = book.add_format(
            {"bg_color": "#F9D5D0", "border": 1, "border_color": "#B3261E", "num_format": "@", "quote_prefix": True}
        )


def _open(constant_memory: bool) -> tuple[io.BytesIO, Workbook]:
    target = io.BytesIO()
    options = _OPTIONS | ({"constant_memory": True, "in_memory": False} if constant_memory else {})
    return target, xlsxwriter.Workbook(target, options)


def _labels(refs: Refs | None, name: str) -> dict[str, str]:
    return {str(ref["kode"]): str(ref["nama"]) for ref in (refs or {}).get(name, ())}


def header_labels() -> list[str]:
    """The headers of template and export, in order; required ones end in " *"."""
    return [f"{field.label} *" if field.required else field.label for field in EXPORTED]


def _column_format(styles: _Styles, field: Field) -> Format | None:
    if field.kind in _AS_TEXT:
        return styles.text
    if field.kind in ("event", "expiry"):
        return styles.date
    if field.kind == "count":
        return styles.number
    return styles.degrees if field.kind in ("lat", "lon") else None


def _put(
    sheet: Worksheet, row: int, column: int, value: Any, styles: _Styles, plain: Format | None, bad: bool = False
) -> None:
    """Writes one value by its type; text is always text, whatever it starts with."""
    if value is None or value == "" or value == FORMULA_WITHOUT_VALUE:
        if bad:
            sheet.write_blank(row, column, None, styles.bad)
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, styles.bad if bad else None)
    elif isinstance(value, int | float) and value == value and abs(value) != float("inf"):
        sheet.write_number(row, column, value, styles.bad if bad else plain)
    elif isinstance(value, date) and value.year >= 1900:
        plain_day = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        sheet.write_datetime(row, column, plain_day, styles.bad_date if bad else styles.date)
    else:
        text = value.isoformat() if isinstance(value, date) else str(value)  # Excel has no days before 1900
        risky = text.startswith(FORMULA_STARTS)
        style = styles.bad_quoted if bad else styles.quoted if risky else plain
        sheet.write_string(row, column, text, style)


def _shown(field: Field, value: Any, refs: Refs | None) -> Any:
    """The value as the workbook prints it: labels instead of codes."""
    if value is None:
        return None
    if field.kind == "enum":
        return ENUMS[field.list_name].get(value, value)
    if field.kind in ("ref", "multi"):
        labels = _labels(refs, field.list_name)
        kodes = [value] if isinstance(value, str) else list(value)
        return SEPARATOR.join(labels.get(kode, kode) for kode in kodes)
    return value


def _headers(sheet: Worksheet, styles: _Styles) -> None:
    for column, field in enumerate(EXPORTED):
        sheet.set_column(column, column, _WIDTHS.get(field.kind, 20), _column_format(styles, field))
    for column, label in enumerate(header_labels()):
        sheet.write_string(0, column, label, styles.head)
    sheet.freeze_panes(1, 0)


def template(refs: Refs, kabkota_names: Sequence[str]) -> bytes:
    """An empty .xlsx to fill: sheet LKS with lists and one example row, Petunjuk, Daftar pilihan.

    `refs` as for read_lks; `kabkota_names` are offered for kabupaten/kota, as the register prints them.
    """
    text = words()
    target, book = _open(False)
    styles = _Styles(book)
    sheet = book.add_worksheet(text["lembar"]["data"])
    guide = book.add_worksheet(text["lembar"]["petunjuk"])
    lists = book.add_worksheet(text["lembar"]["pilihan"])
    _headers(sheet, styles)
    for column, field in enumerate(EXPORTED):
        value = _shown(field, text["contoh"].get(field.id), refs)
        _put(sheet, 1, column, value, styles, _column_format(styles, field))
    at = 0
    for column, field in enumerate(EXPORTED):
        choices = _choices(field, refs, kabkota_names)
        rule: dict[str, Any] = {}
        if choices:
            lists.set_column(at, at, 36)
            lists.write_string(0, at, field.label, styles.head)
            for row, choice in enumerate(choices, start=1):
                lists.write_string(row, at, choice)
            # Several values may stand in one cell, and a place may be written in other ways: those lists only suggest.
            strict = field.kind in ("enum", "ref")
            place = xlsxwriter.utility.xl_range_abs(1, at, len(choices), at)
            rule = {"validate": "list", "source": f"='{text['lembar']['pilihan']}'!{place}", "show_error": strict}
            at += 1
        elif field.kind == "count":
            rule = {"validate": "integer", "criteria": ">=", "value": 0}
        if rule:
            sheet.data_validation(1, column, TEMPLATE_ROWS, column, rule)
    lists.freeze_panes(1, 0)
    _guide(guide, styles, text)
    sheet.activate()
    book.close()
    return target.getvalue()


def _choices(field: Field, refs: Refs, kabkota_names: Sequence[str]) -> list[str]:
    if field.kind == "enum":
        return list(ENUMS[field.list_name].values())
    if field.kind in ("ref", "multi"):
        return list(_labels(refs, field.list_name).values())
    return list(kabkota_names) if field.kind == "kabkota" else []


def _guide(sheet: Worksheet, styles: _Styles, text: Mapping[str, Any]) -> None:
    guide = text["petunjuk"]
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 2, 80)
    sheet.write_string(0, 0, guide["judul"], styles.title)
    row = 2
    for number, line in enumerate(guide["baris"], start=1):
        sheet.write_string(row, 0, f"{number}. {line}")
        row += 1
    row += 1
    for column, label in enumerate(guide["kolom_tabel"]):
        sheet.write_string(row, column, label, styles.head)
    for field in EXPORTED:
        row += 1
        sheet.write_string(row, 0, field.label)
        sheet.write_string(row, 1, text["kolom"]["wajib"] if field.required else "")
        sheet.write_string(row, 2, text["cara"][field.kind])


def export_lks(rows: Iterable[Mapping[str, Any]], about: Mapping[str, str], refs: Refs | None = None) -> bytes:
    """The rows (dicts by field id) as .xlsx with the template's headers, so that importing it again changes nothing.

    Days and numbers are real ones; codes and telephones are text. `about` (label -> text) fills sheet Keterangan.
    With `refs` the listed values carry their names, without it their codes; both are read back alike.
    """
    text = words()
    target, book = _open(True)
    styles = _Styles(book)
    sheet = book.add_worksheet(text["lembar"]["data"])
    _headers(sheet, styles)
    formats = [_column_format(styles, field) for field in EXPORTED]
    number = 0
    for number, row in enumerate(rows, start=1):
        for column, field in enumerate(EXPORTED):
            value = row.get(field.id)
            if value is not None:
                _put(sheet, number, column, _shown(field, value, refs), styles, formats[column])
    sheet.autofilter(0, 0, number, len(EXPORTED) - 1)
    notes = book.add_worksheet(text["lembar"]["keterangan"])
    notes.set_column(0, 0, 28)
    notes.set_column(1, 1, 90)
    for place, (label, value) in enumerate(about.items()):
        _put(notes, place, 0, label, styles, None)
        _put(notes, place, 1, str(value), styles, None)
    book.close()
    return target.getvalue()


def refused_workbook(parsed: ParsedFile, sentences: Callable[[Problem], tuple[str, str]]) -> bytes:
    """Only the refused rows, with their own headers, bad cells coloured and commented, so that they can be mended and
    imported again. `sentences` gives (reason, remedy) for a problem."""
    text = words()
    target, book = _open(False)
    styles = _Styles(book)
    sheet = book.add_worksheet(text["lembar"]["ditolak"])
    columns = [(header, parsed.mapping[header]) for header in parsed.headers if parsed.mapping.get(header)]
    # A required column that the upload lacked gets its place here, else the row could not be mended.
    present = {field_id for _, field_id in columns}
    columns += [(field.label, field.id) for field in EXPORTED if field.required and field.id not in present]
    for column, (header, _) in enumerate(columns):
        sheet.write_string(0, column, header, styles.head)
    width = len(columns)
    extra = (text["kolom"]["masalah"], text["kolom"]["perbaikan"], text["kolom"]["baris_asal"])
    for place, label in enumerate(extra):
        sheet.write_string(0, width + place, label, styles.head)
    sheet.set_column(0, max(0, width - 1), 20)
    sheet.set_column(width, width + 1, 60)
    number = 0
    for number, row in enumerate(parsed.refused, start=1):
        said: dict[str, list[tuple[str, str]]] = {}
        for problem in row.problems:
            said.setdefault(problem.column, []).append(sentences(problem))
        for column, (_, field_id) in enumerate(columns):
            cell: Cell = row.raw.get(field_id)
            _put(sheet, number, column, cell, styles, None, bad=field_id in said)
            if field_id in said:
                note = "\n".join(f"{reason} {remedy}" for reason, remedy in said[field_id])
                sheet.write_comment(number, column, note[:2000], {"x_scale": 2, "y_scale": 1.5})
        labels = {field_id: header for header, field_id in columns}
        lines = [(labels.get(field_id, field_id), *pair) for field_id, pairs in said.items() for pair in pairs]
        reasons = "\n".join(f"{label}: {reason}" if label else reason for label, reason, _ in lines)
        remedies = "\n".join(f"{label}: {remedy}" if label else remedy for label, _, remedy in lines)
        sheet.write_string(number, width, reasons[:32_000], styles.wrapped)
        sheet.write_string(number, width + 1, remedies[:32_000], styles.wrapped)
        sheet.write_number(number, width + 2, row.row)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, number, width + 2)
    book.close()
    return target.getvalue()
