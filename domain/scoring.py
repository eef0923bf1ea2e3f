"""Scores of one submission: points per item, percent of the maximum, blanks counted apart."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from domain.forms import definition

KINDS_WITH_OPTIONS = frozenset({"pilihan", "pilihan_ganda", "benar_salah"})


class ScoredItem(Protocol):
    """What scoring needs to know of an item; `kunci` None: the item is not scored."""

    @property
    def id(self) -> str: ...
    @property
    def jenis(self) -> str: ...
    @property
    def poin(self) -> float: ...
    @property
    def kunci(self) -> Any: ...


@dataclass(frozen=True)
class FormItem:
    """An item of a form as scoring takes it."""

    id: str
    jenis: str
    poin: float
    kunci: Any


def items_of(form: definition.Form) -> tuple[FormItem, ...]:
    """The items of a form that have a key and points, in order."""
    return tuple(
        FormItem(item.kode, item.jenis, item.poin, item.kunci)
        for item in definition.items(form)
        if item.kunci and item.poin > 0
    )


@dataclass(frozen=True)
class ItemScore:
    """The points of one item; a blank one has none."""

    item: str
    points: float
    maximum: float
    blank: bool

    @property
    def right(self) -> bool:
        """True for full points."""
        return not self.blank and self.points >= self.maximum - 1e-9


@dataclass(frozen=True)
class Score:
    """One submission: points of `maximum`, percent (None when no item carries points), blanks, and each scored item."""

    points: float
    maximum: float
    percent: float | None
    blanks: int
    items: tuple[ItemScore, ...]

    @property
    def complete(self) -> bool:
        """True when no scored item was left blank."""
        return self.blanks == 0


def is_blank(answers: Mapping[str, Any], item: str) -> bool:
    """True for an item without an answer; 0 and False are answers."""
    value = answers.get(item)
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], {}, ())


def chosen(jenis: str, answer: Any) -> tuple[str, ...]:
    """The options that an answer names, none for a blank one."""
    if answer is None or answer == "":
        return ()
    if jenis == "pilihan_ganda" or isinstance(answer, list | tuple | set | frozenset):
        several = [answer] if isinstance(answer, str) else list(answer)
        return tuple(sorted({str(option).strip() for option in several}))
    return (str(answer).strip(),)


def _words(text: Any) -> str:
    return " ".join(str(text).split()).casefold()


def _number(value: Any) -> float | None:
    try:
        number = float(value.replace(",", ".") if isinstance(value, str) else value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def is_right(jenis: str, key: Any, answer: Any) -> bool:
    """Does the answer match the key? Several options must be named exactly; texts count by their words alone.

    A key of several values for an item that takes one (a list) accepts any of them; a matrix must match row by row.
    """
    if jenis == "pilihan_ganda":
        return set(chosen(jenis, answer)) == set(chosen(jenis, key))
    if jenis == "matriks":
        rows = key if isinstance(key, Mapping) else {}
        given = answer if isinstance(answer, Mapping) else {}
        return bool(rows) and all(str(given.get(row)) == str(value) for row, value in rows.items())
    if isinstance(key, list | tuple | set | frozenset):
        return any(is_right(jenis, one, answer) for one in key)
    if jenis in ("angka", "skala"):
        wanted, met = _number(key), _number(answer)
        return wanted is not None and met is not None and math.isclose(wanted, met, rel_tol=1e-9, abs_tol=1e-12)
    return _words(answer) == _words(key)


def score(items: Sequence[ScoredItem], answers: Mapping[str, Any]) -> Score:
    """The score of canonical answers; items without a key or without points are left out, blanks get 0 points."""
    found = []
    for item in items:
        if item.kunci is None or not item.poin > 0:
            continue
        blank = is_blank(answers, item.id)
        right = not blank and is_right(item.jenis, item.kunci, answers[item.id])
        found.append(ItemScore(item.id, float(item.poin) if right else 0.0, float(item.poin), blank))
    return total(found)


def total(items: Sequence[ItemScore]) -> Score:
    """The sum of scored items: percent = 100 * points / maximum."""
    points, maximum = math.fsum(item.points for item in items), math.fsum(item.maximum for item in items)
    percent = 100 * points / maximum if maximum > 0 else None
    return Score(points, maximum, percent, sum(item.blank for item in items), tuple(items))
