"""Answers as people write them down: a letter, a number, the words of an option; from paper grids and other tools' files.

A matrix has one column per row, "<item>.<row>"; every other item one column under its id.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.errors import Problem
from domain.forms.answers import Answers, check_values
from domain.forms.definition import (
    DATE,
    MATRIX,
    MULTIPLE,
    NUMBER,
    PARAGRAPH,
    SCALE,
    SINGLE,
    TEXT,
    TRUE_FALSE,
    Form,
    Item,
    Option,
    choices,
    items,
)

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_TRUE = frozenset({"benar", "b", "1", "true", "ya", "betul", "v"})
_FALSE = frozenset({"salah", "s", "2", "0", "false", "tidak", "x"})
_BLANK = frozenset({"", "-", "--", "kosong"})
_LEADING = re.compile(r"\s*(-?\d{1,3})(?:\s*(?:[-=:.)]|\s)\s*\D.*)?\s*")
_LETTERED = re.compile(r"\s*([A-Za-z])\s*[.):]\s+(.+)", re.DOTALL)
_PARTS = re.compile(r"\s*[,;/|\n]\s*|\s+")


class _Unknown(ValueError):
    """What was written is none of the answers."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a grid: an item, or one row of a matrix."""

    key: str
    item: Item
    row: Option | None = None

    @property
    def label(self) -> str:
        """The item's short name, with the row's words."""
        return f"{self.item.label} [{self.row.teks}]" if self.row else self.item.label


def columns(form: Form) -> tuple[Column, ...]:
    """The columns of a form in its order."""
    found: list[Column] = []
    for item in items(form):
        if item.jenis == MATRIX:
            found += [Column(f"{item.kode}.{row.kode}", item, row) for row in item.baris]
        else:
            found.append(Column(item.kode, item))
    return tuple(found)


def folded(text: object) -> str:
    """Text made comparable: one blank between words, without case."""
    return " ".join(str(text).casefold().split())


def hint(item: Item) -> str:
    """What may be typed for an item, in short: "a-d", "1-4", "b/s", or "" for free answers."""
    if item.jenis == TRUE_FALSE:
        return "b/s"
    if item.skala is not None:
        return f"{item.skala.min}-{item.skala.max}"
    if item.jenis in (SINGLE, MULTIPLE):
        return f"{item.pilihan[0].kode}-{item.pilihan[-1].kode}"
    return ""


def read(form: Form, cells: Mapping[str, Any]) -> tuple[Answers, list[Problem]]:
    """(canonical answers, problems) of the cells of one person by column key; blank cells are no answers.

    A cell that fits no option is a Problem under its column's key and never an answer; required items may be blank.
    """
    given: dict[str, Any] = {}
    problems: list[Problem] = []
    for column in columns(form):
        cell = cells.get(column.key)
        if is_blank(cell, column.item):
            continue
        try:
            value = _value(column.item, cell)
        except _Unknown:
            facts = {"butir": column.label[:200], "daftar": ", ".join(option.kode for option in choices(column.item))}
            problems.append(Problem(column.key, str(cell)[:80], "jawaban_tidak_dikenal", facts))
            continue
        if column.row is not None:
            given.setdefault(column.item.kode, {})[column.row.kode] = value
        else:
            given[column.item.kode] = value
    answers, more = check_values(form, given, complete=False)
    return answers, problems + more


def is_blank(cell: Any, item: Item) -> bool:
    """True when nothing was written; a dash counts as nothing except where free text is asked."""
    if cell is None or cell != cell:  # NaN is unequal to itself
        return True
    text = str(cell).strip()
    return not text if item.jenis in (TEXT, PARAGRAPH) else folded(text) in _BLANK


def _value(item: Item, cell: Any) -> Any:
    """The value for check_values(); raises _Unknown."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if item.jenis in (SCALE, MATRIX):
        return _step(item, cell)
    if item.jenis == TRUE_FALSE:
        return _true_or_false(cell)
    if item.jenis == SINGLE:
        return _option(item, str(cell))
    if item.jenis == MULTIPLE:
        return _options(item, str(cell))
    if item.jenis in (NUMBER, DATE):
        return cell if isinstance(cell, int | float | date) else str(cell).strip()
    return str(cell)


def _step(item: Item, cell: Any) -> Any:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return cell
    text = str(cell)
    for option in choices(item):
        if folded(text) == folded(option.teks):
            return int(option.kode)
    found = _LEADING.fullmatch(text)
    if found is None:
        raise _Unknown
    return int(found[1])


def _true_or_false(cell: Any) -> str:
    if isinstance(cell, bool):
        return "benar" if cell else "salah"
    text = folded(cell)
    if text in _TRUE:
        return "benar"
    if text in _FALSE:
        return "salah"
    raise _Unknown


def _option(item: Item, text: str) -> str:
    """The option meant: by its id, its words, its letter or number in the list, or "b. words"."""
    wanted = folded(text)
    for option in item.pilihan:
        if wanted == option.kode.casefold():
            return option.kode
    for option in item.pilihan:
        if wanted == folded(option.teks):
            return option.kode
    place = _place(wanted)
    if place is not None and 0 <= place < len(item.pilihan):
        return item.pilihan[place].kode
    lettered = _LETTERED.fullmatch(text)
    if lettered:
        letter, words = _place(lettered[1].casefold()), folded(lettered[2])
        if letter is not None and letter < len(item.pilihan) and folded(item.pilihan[letter].teks) == words:
            return item.pilihan[letter].kode
    raise _Unknown


def _place(text: str) -> int | None:
    if len(text) == 1 and text in _LETTERS:
        return _LETTERS.index(text)
    return int(text) - 1 if text.isascii() and text.isdigit() and len(text) <= 2 else None


def _options(item: Item, text: str) -> list[str]:
    """Several options: "a, c", "ac", "1 3", or the words of options with commas between them."""
    by_words = _words_in_turn(item, text)
    if by_words is not None:
        return by_words
    parts = [part for part in _PARTS.split(text.strip()) if part]
    if len(parts) == 1 and len(parts[0]) > 1 and all(_known(item, letter) for letter in parts[0]):
        parts = list(parts[0])
    return [_option(item, part) for part in parts]


def _known(item: Item, text: str) -> bool:
    try:
        _option(item, text)
    except _Unknown:
        return False
    return True


def _words_in_turn(item: Item, text: str) -> list[str] | None:
    """The options whose words stand one after the other with a comma or semicolon between; None when they do not.

    Longer words first: an option's own words may hold a comma.
    """
    by_length = sorted(item.pilihan, key=lambda option: -len(folded(option.teks)))
    rest, found = folded(text), []
    while rest:
        for option in by_length:
            words = folded(option.teks)
            after = rest.removeprefix(words)
            if rest.startswith(words) and (not after or after.lstrip()[:1] in (",", ";")):
                found.append(option.kode)
                rest = after.lstrip(" ,;")
                break
        else:
            return None
    return found
