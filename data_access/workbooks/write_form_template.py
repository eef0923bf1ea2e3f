"""The Excel template to build a form: empty with examples, or filled with a form that shall be changed."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from data_access.workbooks.form_words import words
from data_access.workbooks.table import clean
from domain.forms.definition import FORM_KINDS, ITEM_KINDS, Form, Item, Option, Section

FORM_SHEET, AIM_SHEET, SECTION_SHEET, ITEM_SHEET, GUIDE_SHEET = "formulir", "tujuan", "bagian", "butir", "petunjuk"
FORM_FIELDS = ("kode", "versi", "judul", "jenis", "pengantar", "acak", "anonim", "sumber", "catatan")
BEFORE = ("bagian", "kode", "jenis", "teks", "petunjuk", "wajib", "tujuan", "poin", "kunci")
AFTER = (
    *("skala_min", "skala_max", "skala_label", "balik", "baris"),
    *("min", "max", "bulat", "panjang", "unsur", "ringkas", "pasangan"),
)
LETTERS = "abcdefghijklmnopqrstuvwxyzABCD"  # the ids that options get by their column
OPTION = "pilihan_"
FEWEST_OPTIONS = 6
TEMPLATE_ROWS = 300  # rows that carry formats and lists
SEPARATOR = "; "
_YES_NO = ("wajib", "balik", "bulat", "acak", "anonim")
_NUMBERS = ("poin", "skala_min", "skala_max", "min", "max", "panjang", "versi")
_WIDE = ("teks", "petunjuk", "skala_label", "baris")
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def option_column(place: int) -> str:
    """The column of the option at that place, from 0: pilihan_a ... pilihan_z, then pilihan_27 and on."""
    return f"{OPTION}{LETTERS[place]}" if place < 26 else f"{OPTION}{place + 1}"


def columns(options: int = FEWEST_OPTIONS) -> tuple[str, ...]:
    """The headers of sheet butir with so many columns for options."""
    return (*BEFORE, *(option_column(place) for place in range(options)), *AFTER)


def form_template(form: Form | None = None) -> bytes:
    """An .xlsx to build a form, read by read_form_template: sheets butir, formulir, tujuan, bagian, petunjuk.

    With a form it is filled (key included: for staff only) and reads back to an equal form; else with example rows,
    which are not read."""
    target = io.BytesIO()
    text = words()["templat"]
    rows: list[dict[str, Any]]
    if form is None:
        rows = [{"bagian": text["contoh"]} | example for example in words()["contoh"]]
    else:
        rows = [_item(section, item) for section in form.bagian for item in section.butir]
    most = max(
        [FEWEST_OPTIONS, *(len(item.pilihan) for section in form.bagian for item in section.butir)] if form else [8]
    )
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        styles = _styles(book)
        names = columns(most)
        sheet = _table(book, ITEM_SHEET, names, rows, styles)
        _lists(sheet, names)
        about = _table(book, FORM_SHEET, ("isian", "nilai"), _about(form), styles)
        for row, name in enumerate(FORM_FIELDS, 1):
            if name == "jenis" or name in _YES_NO:
                source = list(FORM_KINDS) if name == "jenis" else [text["ya"], text["tidak"]]
                about.data_validation(row, 1, row, 1, {"validate": "list", "source": source})
        aims = [{"kode": aim.kode, "nama": aim.nama} for aim in form.tujuan] if form else []
        _table(book, AIM_SHEET, ("kode", "nama"), aims, styles)
        sections = (
            [{"kode": part.kode, "judul": part.judul, "petunjuk": part.petunjuk} for part in form.bagian]
            if form
            else []
        )
        _table(book, SECTION_SHEET, ("kode", "judul", "petunjuk"), sections, styles)
        _guide(book, names, styles)
        sheet.activate()
    return target.getvalue()


def _styles(book: Workbook) -> dict[str, Format]:
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format(
            {"bold": True, "bg_color": "#124C82", "font_color": "#FFFFFF", "valign": "top", "text_wrap": True}
        ),
        "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        # a text that begins like a formula stays text when the cell is edited
        "quoted": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "quote_prefix": True}),
        "number": book.add_format({"num_format": "General", "valign": "top"}),
    }


def _table(
    book: Workbook, title: str, names: Sequence[str], rows: Sequence[Mapping[str, Any]], styles: Mapping[str, Format]
) -> Worksheet:
    sheet = book.add_worksheet(title)
    for column, name in enumerate(names):
        width = 48 if name in _WIDE or name in ("nilai", "nama", "judul") else 26 if name.startswith(OPTION) else 13
        sheet.set_column(column, column, width, styles["number"] if name in _NUMBERS else styles["text"])
        sheet.write_string(0, column, name, styles["head"])
    for number, row in enumerate(rows, 1):
        for column, name in enumerate(names):
            value = row.get(name)
            if value is None or value == "":
                continue
            if isinstance(value, int | float):
                sheet.write_number(number, column, value, styles["number"])
            else:
                live = str(value).startswith(("=", "+", "-", "@"))
                sheet.write_string(number, column, clean(str(value)), styles["quoted" if live else "text"])
    sheet.freeze_panes(1, 0)
    return sheet


def _lists(sheet: Worksheet, names: Sequence[str]) -> None:
    text = words()["templat"]
    for column, name in enumerate(names):
        source: list[str] = []
        if name == "jenis":
            source = list(ITEM_KINDS)
        elif name in _YES_NO:
            source = [text["ya"], text["tidak"]]
        if source:
            sheet.data_validation(1, column, TEMPLATE_ROWS, column, {"validate": "list", "source": source})


def _about(form: Form | None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for name in FORM_FIELDS:
        value = getattr(form, name) if form else 1 if name == "versi" else ""
        found.append({"isian": name, "nilai": _shown(value)})
    return found


def _shown(value: Any) -> Any:
    text = words()["templat"]
    return (text["ya"] if value else text["tidak"]) if isinstance(value, bool) else value


def _labelled(options: Sequence[Option], usual: Sequence[str]) -> list[str]:
    """Each option's text, behind its id in brackets where that is not the usual one or the text could be misread."""
    found = []
    for option, expected in zip(options, usual, strict=True):
        plain = option.kode == expected and not option.teks.startswith("[")
        found.append(option.teks if plain else f"[{option.kode}] {option.teks}")
    return found


def _item(section: Section, item: Item) -> dict[str, Any]:
    row: dict[str, Any] = {"bagian": section.kode}
    for name in ("kode", "jenis", "teks", "petunjuk", "tujuan", "min", "max", "panjang", "unsur", "ringkas"):
        row[name] = getattr(item, name)
    row["wajib"] = _shown(item.wajib)
    if item.bulat:
        row["bulat"] = _shown(True)
    if item.pasangan != item.kode:
        row["pasangan"] = item.pasangan
    if item.kunci:
        row |= {"kunci": SEPARATOR.join(item.kunci), "poin": item.poin}
    for place, text in enumerate(_labelled(item.pilihan, LETTERS[: len(item.pilihan)])):
        row[option_column(place)] = text
    if item.baris:
        usual = [str(number) for number in range(1, len(item.baris) + 1)]
        # a row that holds the separator itself keeps it by standing on a line of its own
        apart = "\n" if any(";" in part.teks for part in item.baris) else SEPARATOR
        row["baris"] = apart.join(_labelled(item.baris, usual))
    if item.skala is not None:
        apart = "\n" if any(";" in label for label in item.skala.labels) else SEPARATOR
        row |= {"skala_min": item.skala.min, "skala_max": item.skala.max}
        row["skala_label"] = apart.join(item.skala.labels)
        if item.skala.balik:
            row["balik"] = _shown(True)
    return row


def _guide(book: Workbook, names: Sequence[str], styles: Mapping[str, Format]) -> None:
    text = words()["templat"]
    sheet = book.add_worksheet(GUIDE_SHEET)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, text["judul"], styles["title"])
    row = 2
    for number, line in enumerate(text["baris"], 1):
        sheet.write_string(row, 0, f"{number}. {line}")
        row += 1
    told = words()["kolom"]
    options = [name for name in names if name.startswith(OPTION)]
    ways = [(f"{options[0]} ... {options[-1]}" if name == options[0] else name, told.get(name, told["pilihan"]))
            for name in names if name not in options[1:]]  # fmt: skip
    for title, lines in ((ITEM_SHEET, ways), (FORM_SHEET, list(words()["formulir"].items()))):
        row += 1
        sheet.write_string(row, 0, f"{text['kolom_tabel'][0]} ({title})", styles["head"])
        sheet.write_string(row, 1, text["kolom_tabel"][1], styles["head"])
        for name, way in lines:
            row += 1
            sheet.write_string(row, 0, name)
            shown = f"{way}: {', '.join(ITEM_KINDS if title == ITEM_SHEET else FORM_KINDS)}" if name == "jenis" else way
            sheet.write_string(row, 1, way if title == FORM_SHEET else shown)
        row += 1
