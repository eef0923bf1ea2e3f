"""The review of what an LKS handed in online: when it is complete, what is still undecided, what only looks different."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from domain.names import name_key

PAPER, FIELD = "berkas:", "isian:"  # what is asked for again: a paper by its code, a field by its name
VERDICTS = ("diterima", "ditolak", "menunggu")  # accepted, sent back, or taken back to undecided

Row = Mapping[str, Any]


def same(one: Any, other: Any) -> bool:
    """True when two values say the same as they are kept; empty text, empty list and None are one, 0 is an answer."""
    return _plain(one) == _plain(other)


def _plain(value: Any) -> Any:
    if value in ("", []) or value is None:
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return sorted(str(part) for part in value)
    return value


def same_meaning(one: Any, other: Any) -> bool:
    """True when two values differ at most in case, signs, spaces or a spelt-out abbreviation."""
    if isinstance(one, str) and isinstance(other, str):
        return name_key(one) == name_key(other)
    return same(one, other)


def newest(files: Iterable[Row]) -> dict[str, Row]:
    """The file that counts for each paper: the last one that arrived whole; `files` come in the order of arrival."""
    return {row["syarat"]: row for row in files if row["selesai"]}


def complete_on(
    jenis: str, required: Iterable[str], files: Sequence[tuple[Row, date]], received: date, completed: date | None
) -> date | None:
    """The day on which nothing was missing any more; None while a required paper has not come or was sent back.

    Corrections of a registered LKS need no papers. `completed` is the day on which the LKS last brought what was asked.
    """
    start = max(received, completed) if completed else received
    if jenis != "baru":
        return start
    days = {row["syarat"]: day for row, day in files if row["selesai"]}
    refused = {syarat for syarat, row in newest(row for row, _ in files).items() if row["keadaan"] == "ditolak"}
    needed = set(required)
    if needed - days.keys() or needed & refused:
        return None
    return max([start, *(days[syarat] for syarat in needed)])
