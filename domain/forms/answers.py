"""Answers to a form: raw fields or JSON values become canonical values, each refused one with its problem.

Canonical, by the item's kind: pilihan "b", pilihan_ganda ["a", "c"] in the order of the options, benar_salah "benar" or
"salah", skala int, matriks {row: int}, angka int or float, tanggal "YYYY-MM-DD", teks and paragraf str. 0 is an answer;
only an absent id is a blank.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from domain.errors import Problem
from domain.forms.definition import (
    DATE,
    MATRIX,
    MULTIPLE,
    NUMBER,
    PARAGRAPH,
    SCALE,
    TEXT,
    Form,
    Item,
    choices,
    items,
)

PREFIX = "butir."
MOST_UNKNOWN = 20  # problems about fields that the form does not have
_SHOWN = 80
_SCALARS = (str, int, float, date)
_LARGEST = 10**12
_EARLIEST, _LATEST = date(1900, 1, 1), date(2100, 12, 31)
_WHOLE = re.compile(r"-?\d{1,6}")
_PLAIN = re.compile(r"[+-]?\d{1,13}")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+")
_DECIMAL = re.compile(r"[+-]?(\d{1,13}|[1-9]\d{0,2}(?:\.\d{3})+),(\d{1,10})")
_POINT = re.compile(r"[+-]?\d{1,13}\.\d{1,17}")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
# invisible characters that turn the direction of the text around them
_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff")
Answers = dict[str, Any]


class _Refused(ValueError):
    """A value that is no answer to its item."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = {name: str(fact) for name, fact in facts.items()}


def check(form: Form, raw: Mapping[str, Sequence[str]], complete: bool = True) -> tuple[Answers, list[Problem]]:
    """(canonical values by item id in the form's order, problems) of form-encoded fields.

    Fields are "butir.<id>", repeated for several choices, and "butir.<id>.<row>" for a matrix; other fields are left
    alone. `complete`: required items without an answer are problems. A refused value is not among the values.
    """
    known = {item.kode: item for item in items(form)}
    given: dict[str, Any] = {}
    unknown: list[str] = []
    for name, values in raw.items():
        if not name.startswith(PREFIX):
            continue
        kode, dot, row = name.removeprefix(PREFIX).partition(".")
        item = known.get(kode)
        if item is None or bool(dot) != (item.jenis == MATRIX):
            unknown.append(name.removeprefix(PREFIX))
        elif item.jenis == MATRIX:
            given.setdefault(kode, {})[row] = _only(values)
        else:
            given[kode] = list(values) if item.jenis == MULTIPLE else _only(values)
    return _check(form, given, unknown, complete)


def from_json(form: Form, body: Mapping[str, Any], complete: bool = True) -> tuple[Answers, list[Problem]]:
    """As check(), for a JSON body: "butir.<id>" beside other names, or one object "butir" by item id.

    Values may be texts, numbers, lists, objects by row, and true or false for benar_salah; null is no answer.
    """
    given: dict[str, Any] = {}
    nested = body.get("butir")
    if isinstance(nested, Mapping):
        given |= {str(name): value for name, value in nested.items()}
    for name, value in body.items():
        if not name.startswith(PREFIX):
            continue
        kode, dot, row = name.removeprefix(PREFIX).partition(".")
        if not dot:
            given[kode] = value
        elif isinstance(given.setdefault(kode, {}), dict):
            given[kode][row] = value
    return check_values(form, given, complete)


def check_values(form: Form, values: Mapping[str, Any], complete: bool = True) -> tuple[Answers, list[Problem]]:
    """As check(), for values by item id: from JSON, a workbook, or a screen; canonical values come back unchanged."""
    known = {item.kode for item in items(form)}
    unknown = [str(name) for name in values if name not in known]
    return _check(form, {name: value for name, value in values.items() if name in known}, unknown, complete)


def blanks(form: Form, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of the items without an answer, in the form's order."""
    return tuple(item.kode for item in items(form) if item.kode not in answers)


def as_text(item: Item, value: Any) -> str:
    """A canonical value in the words of the form, as a person reads it; "" for None."""
    if value is None:
        return ""
    words = {option.kode: option.teks for option in choices(item)}
    if item.jenis == MATRIX:
        return "; ".join(
            f"{row.teks}: {words.get(str(value[row.kode]), value[row.kode])}" for row in item.baris if row.kode in value
        )
    if item.jenis == MULTIPLE:
        return "; ".join(words.get(kode, kode) for kode in value)
    if item.jenis == NUMBER:
        return str(value).replace(".", ",")
    if item.jenis == DATE:
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    return words.get(str(value), str(value))


def clean_text(text: str, lines: bool) -> str:
    """The text without control characters, NUL, lone surrogates and direction marks, in NFC; one line unless `lines`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(
        char
        for char in text
        if char == "\n" or (unicodedata.category(char) not in ("Cc", "Cs") and char not in _TURNING)
    )
    kept = unicodedata.normalize("NFC", kept)
    return re.sub(r"\n{3,}", "\n\n", kept).strip() if lines else " ".join(kept.split())


# --- one form --------------------------------------------------------------------------------------------------------


def _only(values: Sequence[str]) -> Any:
    """The one value of a field; several different ones stay a list and are refused later."""
    if isinstance(values, str):
        return values
    if len(values) == 1:
        return values[0]
    filled = list(dict.fromkeys(value for value in values if value.strip()))
    return (filled[0] if filled else "") if len(filled) <= 1 else filled


def _check(
    form: Form, given: Mapping[str, Any], unknown: Iterable[str], complete: bool
) -> tuple[Answers, list[Problem]]:
    answers: Answers = {}
    problems: list[Problem] = []
    for item in items(form):
        value = given.get(item.kode)
        if _is_empty(value):
            if complete and item.wajib:
                problems.append(Problem(item.kode, "", "butir_wajib", _about(item)))
            continue
        try:
            answer = _read(item, value)
        except _Refused as refused:
            problems.append(Problem(item.kode, _short(value), refused.code, _about(item) | refused.facts))
            continue
        if _is_empty(answer):  # only invisible characters, or no row of the matrix
            if complete and item.wajib:
                problems.append(Problem(item.kode, "", "butir_wajib", _about(item)))
            continue
        if complete and item.wajib and item.jenis == MATRIX and len(answer) < len(item.baris):
            missing = ", ".join(row.teks for row in item.baris if row.kode not in answer)[:200]
            problems.append(Problem(item.kode, "", "butir_matriks_belum_lengkap", _about(item) | {"baris": missing}))
        answers[item.kode] = answer
    for name in list(unknown)[:MOST_UNKNOWN]:
        problems.append(Problem(clean_text(name, False)[:_SHOWN], "", "butir_tidak_dikenal"))
    return answers, problems


def _about(item: Item) -> dict[str, str]:
    return {"butir": item.label[:200]}


def _short(value: Any) -> str:
    parts = list(value.values()) if isinstance(value, Mapping) else value
    parts = parts if isinstance(parts, list | tuple) else [parts]
    text = ", ".join(str(part)[:_SHOWN] if isinstance(part, _SCALARS) else "..." for part in parts[:10])
    return clean_text(text, False)[:_SHOWN]


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _is_empty(value: Any) -> bool:
    if isinstance(value, str) or value is None:  # most values, and looking for a Mapping takes longest
        return _is_blank(value)
    if isinstance(value, Mapping):
        return all(_is_blank(part) for part in value.values())
    if isinstance(value, list | tuple):
        return all(_is_blank(part) for part in value)
    return False


def _read(item: Item, value: Any) -> Any:
    """The canonical value; raises _Refused."""
    if item.jenis == MULTIPLE:
        return _several(item, value)
    if item.jenis == MATRIX:
        return _matrix(item, value)
    if isinstance(value, list | tuple) and len(value) == 1:
        value = value[0]
    if not isinstance(value, str) and isinstance(value, list | tuple | Mapping):
        raise _Refused("butir_lebih_dari_satu" if isinstance(value, list | tuple) else "butir_bentuk_keliru")
    if item.jenis == SCALE:
        return _step(item, value)
    if item.jenis == NUMBER:
        return _number(item, value)
    if item.jenis == DATE:
        return _date(value)
    if item.jenis in (TEXT, PARAGRAPH):
        return _text(item, value)
    return _choice(item, value)


def _choice(item: Item, value: Any) -> str:
    known = [option.kode for option in choices(item)]
    if isinstance(value, bool):
        value = ("benar" if value else "salah") if known == ["benar", "salah"] else str(value)
    text = str(value).strip()
    if text not in known:
        raise _Refused("butir_di_luar_pilihan", daftar=", ".join(known))
    return text


def _several(item: Item, value: Any) -> list[str]:
    listed = [value] if isinstance(value, str | int) else value
    if not isinstance(listed, list | tuple) or not all(
        entry is None or isinstance(entry, str | int) for entry in listed
    ):
        raise _Refused("butir_bentuk_keliru")
    known = [option.kode for option in item.pilihan]
    chosen = {str(entry).strip() for entry in listed if not _is_blank(entry)}
    if not chosen <= set(known):
        raise _Refused("butir_di_luar_pilihan", daftar=", ".join(known))
    return [kode for kode in known if kode in chosen]


def _step(item: Item, value: Any) -> int:
    assert item.skala is not None
    facts = {"min": item.skala.min, "max": item.skala.max}
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str) and _WHOLE.fullmatch(text := value.strip()) and text.isascii():
        value = int(text)
    if not isinstance(value, int) or isinstance(value, bool) or not item.skala.min <= value <= item.skala.max:
        raise _Refused("butir_di_luar_skala", **facts)
    return value


def _matrix(item: Item, value: Any) -> dict[str, int]:
    if not isinstance(value, Mapping):
        raise _Refused("butir_bentuk_keliru")
    rows = [row.kode for row in item.baris]
    strange = [str(name) for name in value if name not in rows]
    if strange:
        raise _Refused("butir_baris_tidak_dikenal", baris=clean_text(strange[0], False)[:_SHOWN])
    return {row: _step(item, value[row]) for row in rows if not _is_empty(value.get(row))}


def _number(item: Item, value: Any) -> int | float:
    if isinstance(value, str):
        value = _number_text(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _Refused("butir_bukan_angka")
    if isinstance(value, float) and not math.isfinite(value):
        raise _Refused("butir_bukan_angka")
    number = int(value) if isinstance(value, float) and value.is_integer() else value
    if item.bulat and not isinstance(number, int):
        raise _Refused("butir_bukan_bulat")
    least = -_LARGEST if item.min is None else item.min
    most = _LARGEST if item.max is None else item.max
    if not least <= number <= most:
        raise _Refused("butir_di_luar_batas", min=_shown_number(least), max=_shown_number(most))
    return number


def _shown_number(number: float) -> str:
    return (str(int(number)) if float(number).is_integer() else repr(number)).replace(".", ",")


def _number_text(text: str) -> int | float:
    """A number as people in Indonesia write it (1.250 and 73,67), or as a browser sends it (73.67)."""
    text = text.strip().replace("\u2212", "-").replace("\u00a0", "").replace(" ", "")
    if text.isascii():
        if _PLAIN.fullmatch(text):
            return int(text)
        if _GROUPED.fullmatch(text) and len(text) <= 20:
            return int(text.replace(".", ""))
        if _DECIMAL.fullmatch(text) and len(text) <= 30:
            return float(text.replace(".", "").replace(",", "."))
        if _POINT.fullmatch(text):
            return float(text)
    raise _Refused("butir_bukan_angka")


def _date(value: Any) -> str:
    text = value.strip() if isinstance(value, str) else ""
    if isinstance(value, date):
        text = value.isoformat()[:10]
    found = None
    try:
        if text.isascii() and (parts := _ISO.fullmatch(text)):
            found = date(int(parts[1]), int(parts[2]), int(parts[3]))
        elif text.isascii() and (parts := _DAY_FIRST.fullmatch(text)):
            found = date(int(parts[3]), int(parts[2]), int(parts[1]))
    except ValueError:
        pass  # the 31st of February
    if found is None or not _EARLIEST <= found <= _LATEST:
        raise _Refused("butir_tanggal_keliru")
    return found.isoformat()


def _text(item: Item, value: Any) -> str:
    if not isinstance(value, str):
        raise _Refused("butir_bentuk_keliru")
    text = clean_text(value, item.jenis == PARAGRAPH)
    if len(text) > item.longest:
        raise _Refused("butir_terlalu_panjang", batas=item.longest, panjang=len(text))
    return text
