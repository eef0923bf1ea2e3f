"""The fields of an online application: read from what a phone sent, checked by the register's own rules, compared."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from data_access.commands import trail
from data_access.engine import Connection
from data_access.queries.records import Record
from domain.errors import InvalidInput, Problem
from domain.impor import repair
from domain.lks import MULTI
from domain.pengajuan import FIELDS
from domain.permissions import Actor, Role, Scope
from domain.personal import PERSONAL
from services import clock, entries

PREFIX = "isian."
# What a Dinas needs to find and call the institution; everything else may come later.
REQUIRED = ("nama", "kode_wilayah", "alamat", "ketua", "kluster", "pengisi_nama", "pengisi_telepon")
# Names the trail and may do nothing: the door asks no permission, it knows who holds a key, a ticket or a link.
DOOR = Actor(None, "pendaftaran-daring", "-", Role("pendaftaran_daring", frozenset()), Scope(None))


def sent(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a body as they count for its hash: texts as they came, lists sorted without blanks.

    Takes form-encoded fields ("isian.nama": [text]), and JSON, flat or with one object "isian".
    """
    given = {name.removeprefix(PREFIX): value for name, value in values.items() if name.startswith(PREFIX)}
    nested = values.get("isian")
    if isinstance(nested, Mapping):
        given |= {str(name): value for name, value in nested.items()}
    return {name: _canonical(name, value) for name, value in given.items()}


def _canonical(name: str, value: Any) -> Any:
    listed = value if isinstance(value, list) else [value]
    if any(not isinstance(one, str | int | float | None) or isinstance(one, bool) for one in listed):
        raise InvalidInput([Problem(name[:60], "", "isian_rusak")])
    if name in MULTI:
        return sorted({str(one) for one in listed if one not in (None, "")})
    first = listed[0] if listed else None
    return "" if first is None else first


def content_hash(fields: Mapping[str, Any]) -> str:
    """SHA-256, in hex, of sent() as JSON: keys sorted, no spaces, UTF-8 characters as they are."""
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def checked(
    connection: Connection, fields: Mapping[str, Any], before: Record | None, needed: tuple[str, ...] = ()
) -> Record:
    """The fields as the register would store them; InvalidInput names each one that it would refuse.

    `before` is the record that they correct; None for a new one. `needed` must not be empty.
    """
    today = clock.today()
    unknown = [name for name in fields if name not in FIELDS]
    if unknown:
        raise InvalidInput([Problem(name[:60], "", "bidang_tidak_dikenal") for name in unknown])
    typed, problems = {}, []
    for name, value in fields.items():
        try:
            typed[name] = _typed(name, value, today)
        except InvalidInput as error:
            problems += error.problems
    if before is None:
        typed = {name: value for name, value in typed.items() if value not in (None, "", [])}
    found = entries.check(connection, DOOR, typed, before)
    problems += found.problems
    told = {problem.column for problem in problems}
    for name in needed:
        empty = name in typed and found.fields.get(name) in (None, "", [])
        if name not in told and (name not in typed or empty) and (before is None or name in fields):
            problems.append(Problem(name, "", "wajib_diisi"))
    if problems:
        raise InvalidInput([problem for problem in problems if _first(problem, problems)])
    return found.fields


def _first(problem: Problem, among: list[Problem]) -> bool:
    """True for the first problem of its field: people mend one thing at a time."""
    return next(one for one in among if one.column == problem.column) is problem


def _typed(name: str, value: Any, today: date) -> Any:
    kind = entries.kind(name)
    if kind == "multi" or value in ("", None):
        return value or ([] if kind == "multi" else None)
    if kind == "date":
        outcome = repair.read_date(value, today)
    elif kind == "degrees":
        outcome = repair.read_degrees(value)
    elif kind == "count":
        outcome = repair.read_count(value)
    else:
        return str(value)
    if outcome.refused:
        raise InvalidInput([Problem(name, repair.shown(value), outcome.refused.code, outcome.refused.facts)])
    return outcome.value


def differing(before: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that change something; an empty personal field changes nothing, because it is not shown in full."""

    def same(name: str, value: Any) -> bool:
        if name in PERSONAL and value in (None, ""):
            return True
        old = before.get(name)
        return (None if old in ("", []) else old) == (None if value in ("", []) else value)

    return {name: value for name, value in fields.items() if not same(name, value)}


def rows(fields: Mapping[str, Any], before: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """The fields as rows of pengajuan_isian, in the order of domain.pengajuan.FIELDS."""
    return [
        {
            "bidang": name,
            "nilai": trail.plain(fields[name]),
            "sebelum": trail.plain(before.get(name)) if before is not None else None,
            "keadaan": "menunggu",
        }
        for name in FIELDS
        if name in fields
    ]
