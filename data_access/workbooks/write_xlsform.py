"""A form as an XLSForm workbook, for ODK, Kobo and other collectors; the key, points and aims stay here."""

import io
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

import xlsxwriter

from data_access.workbooks.form_words import words
from data_access.workbooks.table import clean
from domain.forms.definition import (
    DATE,
    MATRIX,
    MULTIPLE,
    NUMBER,
    PARAGRAPH,
    Form,
    Item,
    choices,
    items,
)

PARTICIPANT = "kode_peserta"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
Row = dict[str, str]


def item_names(form: Form) -> dict[str, str]:
    """The XLSForm name of every item: its id, unless that is no valid or no free name. A matrix is the group of rows
    called <name>_<row>."""
    taken = {"meta", "instanceid", "instancename", PARTICIPANT}
    names: dict[str, str] = {}
    for item in items(form):
        name = _free(item.kode, taken)
        while item.jenis == MATRIX and taken & _row_names(item, name):
            name = _free(name, taken)
        taken |= _row_names(item, name)
        names[item.kode] = name
    return names


def _row_names(item: Item, name: str) -> set[str]:
    return {f"{name}_{row.kode}".casefold() for row in item.baris}


def _free(kode: str, taken: set[str]) -> str:
    """`kode` as a name that nobody has yet, also not in other letters; it is taken from now on."""
    name = kode if _NAME.fullmatch(kode) else f"b_{kode}"
    while name.casefold() in taken:
        name += "_"
    taken.add(name.casefold())
    return name


def xlsform(form: Form) -> bytes:
    """The form as .xlsx with the sheets survey, choices and settings, labels in Indonesian.

    Without what must not leave: no key, points, pair ids or aims. Unless the form is anonymous it asks for the
    participant's code first."""
    text = words()["xlsform"]
    label, hint = f"label::{text['bahasa']}", f"hint::{text['bahasa']}"
    names = item_names(form)
    lists: dict[tuple[tuple[str, str], ...], str] = {}
    survey: list[Row] = []
    if form.pengantar:
        survey.append({"type": "note", "name": _free("pengantar", _taken(names)), label: form.pengantar})
    if not form.anonim:
        row = {"type": "text", "name": PARTICIPANT, label: text["kode_peserta"], hint: text["kode_peserta_petunjuk"]}
        survey.append(row | _required(True))
    groups = _taken(names) | {"pengantar"}
    for section in form.bagian:
        survey.append({"type": "begin_group", "name": _free(f"bagian_{section.kode}", groups), label: section.judul})
        if section.petunjuk:
            name = _free(f"petunjuk_{section.kode}", groups)
            survey.append({"type": "note", "name": name, label: section.petunjuk})
        for item in section.butir:
            survey += _questions(item, names[item.kode], lists, label, hint)
        survey.append({"type": "end_group"})
    found = [
        {"list_name": name, "name": value, label: words_of or value}
        for options, name in lists.items()
        for value, words_of in options
    ]
    settings = {
        "form_title": form.judul,
        "form_id": form.kode,
        "version": str(form.versi),
        "default_language": text["bahasa"],
    }
    message = f"constraint_message::{text['bahasa']}"
    asked = f"required_message::{text['bahasa']}"
    columns = ("type", "name", label, hint, "required", asked, "constraint", message, "appearance")
    return _workbook(
        {
            "survey": (columns, survey),
            "choices": (("list_name", "name", label), found),
            "settings": (tuple(settings), [settings]),
        }
    )


def _taken(names: Mapping[str, str]) -> set[str]:
    return {name.casefold() for name in names.values()} | {"meta", PARTICIPANT}


def _required(wajib: bool) -> Row:
    text = words()["xlsform"]
    return {"required": "yes", f"required_message::{text['bahasa']}": text["wajib"]} if wajib else {}


def _questions(
    item: Item, name: str, lists: dict[tuple[tuple[str, str], ...], str], label: str, hint: str
) -> list[Row]:
    """The rows of one item: one, or a group with one per row of a matrix."""
    row = {"name": name, label: item.teks, hint: item.petunjuk}
    options = tuple((option.kode, option.teks) for option in choices(item))
    if item.jenis == MATRIX:
        listed = lists.setdefault(options, f"daftar_{len(lists) + 1}")
        rows = [
            {"type": f"select_one {listed}", "name": f"{name}_{part.kode}", label: part.teks} | _required(item.wajib)
            for part in item.baris
        ]
        # a hint on a group is shown by no collector, so it goes into the label
        words_of = f"{item.teks}\n{item.petunjuk}" if item.petunjuk else item.teks
        start = {"type": "begin_group", "name": name, label: words_of, "appearance": "table-list"}
        return [start, *rows, {"type": "end_group"}]
    if options:
        listed = lists.setdefault(options, f"daftar_{len(lists) + 1}")
        return [
            {"type": f"{'select_multiple' if item.jenis == MULTIPLE else 'select_one'} {listed}"} | _with(row, item)
        ]
    if item.jenis == NUMBER:
        return [{"type": "integer" if item.bulat else "decimal"} | _with(row | _limits(item), item)]
    if item.jenis == DATE:
        return [{"type": "date"} | _with(row, item)]
    text = words()["xlsform"]
    limit = {
        "constraint": f"string-length(.) <= {item.longest}",
        f"constraint_message::{text['bahasa']}": text["panjang"].format(panjang=item.longest),
    }
    look = {"appearance": "multiline"} if item.jenis == PARAGRAPH else {}
    return [{"type": "text"} | _with(row | limit | look, item)]


def _with(row: Row, item: Item) -> Row:
    return row | _required(item.wajib)


def _limits(item: Item) -> Row:
    text = words()["xlsform"]
    parts = [f". >= {_digits(item.min)}"] if item.min is not None else []
    parts += [f". <= {_digits(item.max)}"] if item.max is not None else []
    if not parts:
        return {}
    shown = {
        name: _digits(value).replace(".", ",")
        for name, value in (("min", item.min), ("max", item.max))
        if value is not None
    }
    kind = "batas" if len(parts) == 2 else "batas_bawah" if item.min is not None else "batas_atas"
    return {
        "constraint": " and ".join(parts),
        f"constraint_message::{text['bahasa']}": text[kind].format(**shown),
    }


def _digits(value: float) -> str:
    """A number without an exponent."""
    return str(int(value)) if value.is_integer() else f"{Decimal(str(value)):f}"


def _workbook(sheets: Mapping[str, tuple[Sequence[str], Sequence[Row]]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        head = book.add_format({"bold": True})
        as_text = book.add_format({"num_format": "@"})
        quoted = book.add_format({"num_format": "@", "quote_prefix": True})
        for title, (columns, rows) in sheets.items():
            sheet = book.add_worksheet(title)
            for column, name in enumerate(columns):
                sheet.write_string(0, column, name, head)
                sheet.set_column(column, column, 40 if name.startswith(("label", "hint")) else 18, as_text)
            for number, row in enumerate(rows, 1):
                for column, name in enumerate(columns):
                    if value := row.get(name, ""):
                        shown = _plain(value)
                        live = shown.startswith(("=", "+", "-", "@"))
                        sheet.write_string(number, column, shown, quoted if live else as_text)
            sheet.freeze_panes(1, 0)
    return target.getvalue()


def _plain(text: str) -> str:
    """A text in which a collector finds no reference to another question."""
    return clean(text).replace("${", "$ {")
