"""Typed values read by a specification: what is not in it is refused, what is stored is tidy, limited and of its kind."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.errors import Problem
from domain.impor import repair
from domain.personal import mask

MOST_RUPIAH = 10**15
_BLANK: tuple[Any, ...] = (None, "", [], ())


@dataclass(frozen=True)
class Field:
    """One entry: its kind (line, long, phone, email, day, past, year, rupiah, choice, many), limit, and whether it must be."""

    kind: str = "line"
    limit: int = 200
    required: bool = False
    options: Collection[str] = ()


Spec = Mapping[str, Field]


def check(spec: Spec, values: Mapping[str, Any], today: date, whole: bool) -> tuple[dict[str, Any], list[Problem]]:
    """The values as they would be stored, and those refused; with `whole`, entries that were left out count as empty.

    Only names of the specification are ever given back: a name that is not in it is itself refused.
    """
    stored: dict[str, Any] = {}
    problems = [Problem(str(name)[:60], "", "bidang_tidak_dikenal") for name in values if name not in spec]
    for name, field in spec.items():
        if name not in values and not whole:
            continue
        value = values.get(name)
        if isinstance(value, str):
            value = value.strip()
        if value in _BLANK:
            stored[name] = [] if field.kind == "many" else None
            if field.required:
                problems.append(Problem(name, "", "wajib_diisi"))
            continue
        found = _READERS[field.kind](field, value, today)
        if isinstance(found, repair.Note):
            reaches = field.kind in ("phone", "email")  # a refused number must not stand in clear on the screen
            seen = mask("telepon", value) or "" if reaches else repair.shown(str(value))
            problems.append(Problem(name, seen, found.code, found.facts))
        else:
            stored[name] = found
    return stored, problems


def _note(outcome: repair.Outcome) -> Any:
    return outcome.refused or outcome.value


def _text(field: Field, value: Any, today: date) -> Any:
    if not isinstance(value, str):
        return repair.Note("bukan_teks")
    return _note(repair.read_text(value, field.limit, lines=field.kind == "long"))


def _phone(field: Field, value: Any, today: date) -> Any:
    return _note(repair.read_phone(value)) if isinstance(value, str) else repair.Note("bukan_teks")


def _email(field: Field, value: Any, today: date) -> Any:
    return _note(repair.read_email(value)) if isinstance(value, str) else repair.Note("bukan_teks")


def _day(field: Field, value: Any, today: date) -> Any:
    if not isinstance(value, date) or isinstance(value, datetime):
        return repair.Note("tanggal_bukan_tanggal")
    if field.kind == "past" and value > today:
        return repair.Note("tanggal_di_depan")
    return value


def _whole(least: int, most: int) -> Callable[[Field, Any, date], Any]:
    def read(field: Field, value: Any, today: date) -> Any:
        fits = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        return value if fits else repair.Note("jumlah_keliru")

    return read


def _choice(field: Field, value: Any, today: date) -> Any:
    return value if isinstance(value, str) and value in field.options else repair.Note("pilihan_di_luar_daftar")


def _many(field: Field, value: Any, today: date) -> Any:
    known = isinstance(value, list | tuple) and all(isinstance(one, str) and one in field.options for one in value)
    return [one for one in field.options if one in value] if known else repair.Note("pilihan_di_luar_daftar")


_READERS: dict[str, Callable[[Field, Any, date], Any]] = {
    "line": _text,
    "long": _text,
    "phone": _phone,
    "email": _email,
    "day": _day,
    "past": _day,
    "year": _whole(1945, 2200),
    "rupiah": _whole(0, MOST_RUPIAH),
    "choice": _choice,
    "many": _many,
}
