"""A table of answers from another tool (Google Forms, Excel): which row is the header, which column is which item."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from domain.forms.definition import Form
from domain.forms.entered import columns, folded
from domain.impor.repair import Cell

CODE, NAME = "kode", "nama"  # what a column may be besides an item; item columns are "butir.<key>"
ITEM = "butir."
NEAR = 88  # similarity from which a header is proposed for an item, never taken by itself
_LOOKED_AT = 25  # rows at the top among which the header is sought
_CODES = frozenset({"kode", "kode peserta", "kode unik", "kode pribadi", "id peserta", "token"})
_NAMES = frozenset(
    {"nama", "nama lengkap", "nama peserta", "nama lengkap peserta", "peserta", "nama anda", "responden"}
)
_OTHER = frozenset(
    {"timestamp", "cap waktu", "stempel waktu", "waktu", "email address", "alamat email", "email", "skor", "score",
     "nilai", "no", "no.", "nomor", "jenis kelamin", "l/p", "instansi", "lks", "asal", "asal lks", "jabatan"}
)  # fmt: skip
_NUMBERED = re.compile(r"^\s*(?:no\.?\s*)?\d{1,3}\s*[.)]\s*")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a column was taken for: kode, nama or butir.<key>; how: "kode" (an id), "teks", "mirip" (only proposed)."""

    index: int
    header: str
    target: str | None
    how: str | None
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with its header found: headers by place, and (row number in the sheet, cells) of the rows that hold data."""

    sheet: str
    header_row: int
    headers: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


def _plain(header: object) -> str:
    """A header as it is compared: without numbering, the star of required questions, and a final colon."""
    text = _NUMBERED.sub("", str(header))
    return folded(text).rstrip(" *:?.")


def labels(form: Form) -> dict[str, set[str]]:
    """Comparable text -> keys of the item columns that are called so; more than one key when it is ambiguous."""
    found: dict[str, set[str]] = {}
    for column in columns(form):
        names = [column.item.teks, column.item.ringkas]
        if column.row is not None:
            names = [f"{name} [{column.row.teks}]" for name in names if name]
        for name in names:
            if name:
                found.setdefault(_plain(name), set()).add(column.key)
    return found


def _by_id(form: Form) -> dict[str, str]:
    return {column.key.casefold(): column.key for column in columns(form)}


def propose(headers: Sequence[str], form: Form) -> tuple[Proposal, ...]:
    """What each column is; only what is certain has a how other than "mirip", and no item is taken twice."""
    named, ids = labels(form), _by_id(form)
    certain: dict[int, tuple[str, str]] = {}
    for index, header in enumerate(headers):
        text, taken = _plain(header), {target for target, _ in certain.values()}
        bare = folded(header).removeprefix(ITEM)
        if not text:
            continue
        if bare in ids:
            found = (ITEM + ids[bare], "kode")
        elif text in named and len(named[text]) == 1:
            found = (ITEM + next(iter(named[text])), "teks")
        elif text in _CODES:
            found = (CODE, "teks")
        elif text in _NAMES:
            found = (NAME, "teks")
        else:
            continue
        if found[0] not in taken:
            certain[index] = found
    rest = {text: next(iter(keys)) for text, keys in named.items() if len(keys) == 1}
    used = {target for target, _ in certain.values()}
    made = []
    for index, header in enumerate(headers):
        target, how = certain.get(index, (None, None))
        if target is not None:
            made.append(Proposal(index, str(header), target, how, 100.0))
            continue
        text = _plain(header)
        near = process.extractOne(text, list(rest), scorer=fuzz.token_sort_ratio, score_cutoff=NEAR) if text else None
        if near is not None and text not in _OTHER and ITEM + rest[near[0]] not in used:
            made.append(Proposal(index, str(header), ITEM + rest[near[0]], "mirip", near[1]))
        else:
            made.append(Proposal(index, str(header), None, None))
    return tuple(made)


def find_table(sheet: str, rows: Sequence[Sequence[Cell]], form: Form) -> Table | None:
    """The sheet under its header: the row near the top in which most columns are known; None when none is."""
    best, place = 0, -1
    for number, row in enumerate(rows[:_LOOKED_AT]):
        headers = ["" if cell is None else str(cell) for cell in row]
        known = Counter(p.how for p in propose(headers, form) if p.target)
        score = 3 * (known["kode"] + known["teks"]) + known["mirip"]
        if score > best:
            best, place = score, number
    if place < 0:
        return None
    width = max(len(row) for row in rows[place:])
    headers = ["" if cell is None else " ".join(str(cell).split()) for cell in rows[place]]
    headers += [""] * (width - len(headers))
    data = tuple(
        (number, tuple(row) + (None,) * (width - len(row)))
        for number, row in enumerate(rows[place + 1 :], place + 2)
        if any(cell is not None and str(cell).strip() for cell in row)
    )
    return Table(sheet, place + 1, tuple(headers), data)


def pick(table: Table, cells: Sequence[Cell], mapping: Mapping[int, str]) -> tuple[str, str, dict[str, Any]]:
    """(code, name, cells by item column key) of one row under a mapping of column places to targets."""
    code = name = ""
    answers: dict[str, Any] = {}
    for index, target in mapping.items():
        cell = cells[index] if index < len(cells) else None
        if target.startswith(ITEM):
            answers[target.removeprefix(ITEM)] = cell
        elif cell is not None and target == CODE:
            code = str(cell).strip()
        elif cell is not None and target == NAME:
            name = " ".join(str(cell).split())
    return code, name, answers
