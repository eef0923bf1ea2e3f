"""Reads a workbook of answers collected elsewhere: `kunci`, `pre`, `post` and, if present, `skala`.

The untrusted file is opened only in a child process with limits (this module run as `-m`), which hands the cells over as JSON;
what the cells mean is decided here, cell by cell: a value that cannot be taken is a Problem that names sheet, row and column, and
is never turned into 0 or left out.

Sheets (names, headers and ids: spaces at the ends and case do not count):
  kunci  butir, kunci, tujuan, poin (1 when empty); optional opsi ("a;b;c;d"). Several right options: "a;c". An item
         without a key but with points is a column of points that somebody else scored.
  pre, post  peserta, then one column per butir.
  skala  either the Likert answers (peserta, optional fase, one column per butir; rows "min", "maks", "terbalik", "unsur" in
         the column peserta declare the scale, 1 to 4 when absent), or their declaration (butir, min, maks, terbalik, unsur)
         for columns of `pre` and `post`.
"""

import gc
import json
import math
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from data_access.workbooks import grid as grids
from data_access.workbooks.child import SECONDS, encode_cell, limit_resources
from data_access.workbooks.inspection import column_letters, inspect
from data_access.workbooks.read_lks import decode_cell
from domain.errors import FileRefused, Problem
from domain.impor.repair import ERRORS, FORMULA_WITHOUT_VALUE, Cell, fold, shown

ROOT = Path(__file__).resolve().parents[2]
SHEETS: Mapping[str, frozenset[str]] = {
    "kunci": frozenset({"kunci", "kunci jawaban", "key"}),
    "pre": frozenset({"pre", "pretest", "pre test"}),
    "post": frozenset({"post", "posttest", "post test", "pasca"}),
    "skala": frozenset({"skala", "likert", "skala likert"}),
}
HEADERS: Mapping[str, frozenset[str]] = {
    "butir": frozenset({"butir", "soal", "no soal", "nomor soal", "id butir", "item"}),
    "kunci": frozenset({"kunci", "kunci jawaban", "jawaban benar"}),
    "tujuan": frozenset({"tujuan", "aspek", "materi"}),
    "poin": frozenset({"poin", "skor", "bobot", "nilai maksimum"}),
    "opsi": frozenset({"opsi", "pilihan", "pilihan jawaban"}),
    "peserta": frozenset({"peserta", "id peserta", "kode peserta", "responden"}),
    "fase": frozenset({"fase", "tahap"}),
    "min": frozenset({"min", "minimum", "nilai minimum", "terendah"}),
    "maks": frozenset({"maks", "max", "maksimum", "maximum", "nilai maksimum", "tertinggi"}),
    "terbalik": frozenset({"terbalik", "balik", "reverse"}),
    "unsur": frozenset({"unsur", "aspek"}),
}
BESIDES = frozenset(
    {"no", "nomor", "nama", "nama peserta", "lks", "asal", "lembaga", "waktu", "timestamp", "cap waktu"}
)
SCORED = "skor"  # an item whose points come ready made
_NOT_NUMBERS = frozenset({"nan", "inf", "+inf", "-inf", "infinity", "-infinity"})
_SEVERAL = re.compile(r"\s*[;|]\s*")
_LETTERS = re.compile(r"[A-Za-z](?:\s*,\s*[A-Za-z])+")


@dataclass(frozen=True)
class KeyItem:
    """One row of `kunci`: what domain/scoring needs of an item, with its aim and its options as far as they are known."""

    id: str
    jenis: str
    poin: float
    kunci: Any
    tujuan: str = ""
    opsi: tuple[str, ...] = ()


@dataclass(frozen=True)
class AnswerRow:
    """One row of answers: the person as written, the row in the sheet (from 1), the answers by item id."""

    person: str | None
    row: int
    answers: Mapping[str, Any]


@dataclass(frozen=True)
class ScaleItem:
    """One Likert item: its scale, whether it is worded the other way round, the unsur that it belongs to."""

    id: str
    minimum: int = 1
    maximum: int = 4
    reverse: bool = False
    unsur: str = ""


@dataclass
class AnswerBook:
    """A workbook of answers: nothing in it may be used while `problems` holds anything."""

    items: list[KeyItem] = field(default_factory=list)
    asked: dict[str, list[str]] = field(default_factory=dict)  # phase -> item ids with a column
    rows: dict[str, list[AnswerRow]] = field(default_factory=dict)
    scale: list[ScaleItem] = field(default_factory=list)
    scale_rows: dict[str, list[AnswerRow]] = field(default_factory=dict)  # phase ("" when none is named) -> rows
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def read_answers(path: Path, seconds: float = SECONDS) -> AnswerBook:
    """The workbook's answers; raises FileRefused for a file that cannot or must not be read, or lacks its sheets."""
    request = json.dumps({"path": str(path.resolve()), "seconds": seconds}).encode("ascii")
    try:
        child = subprocess.run(
            [sys.executable, "-m", "data_access.workbooks.read_answers"],
            input=request,
            capture_output=True,
            cwd=ROOT,
            timeout=seconds + 30,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise FileRefused("waktu_habis", detik=round(seconds)) from error
    if child.returncode in (-24, -9):  # SIGXCPU, and SIGKILL by the hard limit
        raise FileRefused("waktu_habis", detik=round(seconds))
    if child.returncode == 3 or b"memory allocation" in child.stderr or b"MemoryError" in child.stderr:
        raise FileRefused("memori_habis")
    try:
        answer = json.loads(child.stdout)
    except ValueError as error:
        raise FileRefused("pembaca_berhenti") from error
    if "refused" in answer:
        raise FileRefused(answer["refused"], **answer["facts"])
    sheets = {
        name: (title, [[decode_cell(cell) for cell in row] for row in rows])
        for name, (title, rows) in answer["sheets"].items()
    }
    book = parse(sheets)
    book.warnings[:0] = [Problem(*items) for items in answer["warnings"]]
    return book


# --- what the cells mean ---------------------------------------------------------------------------------------------

Rows = Sequence[Sequence[Cell]]


@dataclass
class _Sheet:
    """One sheet with its header found: cells by column name, problems with their place."""

    name: str
    rows: Rows
    problems: list[Problem]
    header_row: int = 0
    columns: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for place, row in enumerate(self.rows):
            if any(not _blank(cell) for cell in row):
                self.header_row = place
                self.columns = [_label(cell) for cell in row]
                break
        seen: dict[str, int] = {}
        for place, label in enumerate(self.columns):
            if label and label.casefold() in seen:
                self.refuse("analisis_kolom_ganda", self.header_row, place, label)
            seen.setdefault(label.casefold(), place)

    def find(self, name: str) -> int | None:
        """The place of a known column."""
        return next((place for place, label in enumerate(self.columns) if fold(label) in HEADERS[name]), None)

    def data(self) -> list[tuple[int, list[Cell]]]:
        """(place of the row, cells to the header's width) of the rows that hold anything."""
        width = len(self.columns)
        return [
            (place, [*row, *([None] * (width - len(row)))])
            for place, row in enumerate(self.rows)
            if place > self.header_row and any(not _blank(cell) for cell in row)
        ]

    def refuse(self, code: str, row: int, column: int, value: Cell, **facts: str) -> None:
        """Notes a value that cannot be taken, by its cell."""
        label = self.columns[column] if column < len(self.columns) else ""
        where = {"lembar": self.name, "baris": str(row + 1), "sel": f"{column_letters(column + 1)}{row + 1}"}
        self.problems.append(Problem(label, shown(value), code, where | facts))


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _label(cell: Cell) -> str:
    return "" if _blank(cell) else " ".join(shown(cell).split())


def _not_a_value(cell: Cell) -> bool:
    """True for what a spreadsheet puts where there is no value: an error, an uncalculated formula, NaN, infinity."""
    if isinstance(cell, float):
        return not math.isfinite(cell)
    if isinstance(cell, str):
        text = cell.strip()
        return cell == FORMULA_WITHOUT_VALUE or text.upper() in ERRORS or text.casefold() in _NOT_NUMBERS
    return False


def _answer(cell: Cell) -> str:
    """The comparison form of an answer to an item with a key."""
    if isinstance(cell, bool):
        return "benar" if cell else "salah"
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    return _label(cell).casefold()


def _split(text: str) -> list[str]:
    """The options that a cell names."""
    if _LETTERS.fullmatch(text.strip()):
        return [part.strip() for part in text.split(",")]
    return [part for part in _SEVERAL.split(text.strip()) if part]


def parse(sheets: Mapping[str, tuple[str, Rows]]) -> AnswerBook:
    """The answers of `sheets` (kunci, pre, post, skala: the sheet's own name and its rows); problems instead of guesses."""
    book = AnswerBook()
    tests = [phase for phase in ("pre", "post") if phase in sheets]
    if "skala" not in sheets and not (tests and "kunci" in sheets):
        missing = [name for name in ("kunci", "pre", "post") if name not in sheets]
        raise FileRefused("analisis_lembar_tidak_ada", lembar=", ".join(missing))
    if "kunci" in sheets:
        _read_key(book, _Sheet(*sheets["kunci"], book.problems))
    opened = {phase: _Sheet(*sheets[phase], book.problems) for phase in tests}
    if "skala" in sheets:
        scale = _Sheet(*sheets["skala"], book.problems)
        if scale.find("butir") is not None and scale.find("peserta") is None:
            _read_declaration(book, scale)
        else:
            _read_scale_answers(book, scale)
    for phase, sheet in opened.items():
        _read_answers(book, phase, sheet)
    for phase in ("pre", "post"):
        book.asked.setdefault(phase, [])
        book.rows.setdefault(phase, [])
    return book


def _read_key(book: AnswerBook, sheet: _Sheet) -> None:
    place = {name: sheet.find(name) for name in ("butir", "kunci", "tujuan", "poin", "opsi")}
    for name in ("butir", "kunci"):
        if place[name] is None:
            sheet.refuse("analisis_kolom_tidak_ada", sheet.header_row, 0, None, dicari=name)
    if place["butir"] is None or place["kunci"] is None:
        return
    seen: set[str] = set()
    for row, cells in sheet.data():
        get = {name: None if at is None else cells[at] for name, at in place.items()}
        item = _label(get["butir"])
        if not item or _not_a_value(get["butir"]):
            sheet.refuse("analisis_butir_kosong", row, place["butir"], get["butir"])
            continue
        if item.casefold() in seen:
            sheet.refuse("analisis_butir_ganda", row, place["butir"], item)
            continue
        seen.add(item.casefold())
        weight = get["poin"]
        given_points = not _blank(weight)
        if given_points and not _is_number(weight, 0.0, math.inf):
            sheet.refuse("analisis_poin_keliru", row, place["poin"] or 0, weight)
            continue
        if _not_a_value(get["kunci"]):
            sheet.refuse("analisis_sel_galat", row, place["kunci"], get["kunci"])
            continue
        points = float(weight) if isinstance(weight, int | float) else 1.0
        aim = _label(get["tujuan"])
        options = tuple(part.casefold() for part in _split(_label(get["opsi"])))
        if _blank(get["kunci"]):
            book.items.append(KeyItem(item, SCORED, points if given_points else 0.0, None, aim))
            continue
        parts = [part.casefold() for part in _split(_answer(get["kunci"]))]
        if len(parts) > 1:
            book.items.append(KeyItem(item, "pilihan_ganda", points, tuple(sorted(set(parts))), aim, options))
        else:
            kind = "benar_salah" if parts[0] in ("benar", "salah") else "pilihan"
            book.items.append(KeyItem(item, kind, points, parts[0], aim, options))


def _is_number(cell: Cell, least: float, most: float) -> bool:
    return (
        isinstance(cell, int | float) and not isinstance(cell, bool) and math.isfinite(cell) and least <= cell <= most
    )


def _person(sheet: _Sheet, row: int, column: int, cell: Cell) -> str | None:
    if _not_a_value(cell):
        sheet.refuse("analisis_sel_galat", row, column, cell)
    return _label(cell) or None


def _read_answers(book: AnswerBook, phase: str, sheet: _Sheet) -> None:
    person = sheet.find("peserta")
    rows: list[AnswerRow] = []
    likert: list[AnswerRow] = []
    absent: list[str] = []  # listed, but without a single answer: they did not take the test, and 0 would be invented
    if person is None:
        sheet.refuse("analisis_kolom_tidak_ada", sheet.header_row, 0, None, dicari="peserta")
        return
    by_label = {label.casefold(): place for place, label in enumerate(sheet.columns) if label and place != person}
    asked = [item for item in book.items if item.id.casefold() in by_label]
    scaled = [item for item in book.scale if item.id.casefold() in by_label]
    known = {item.id.casefold() for item in asked} | {item.id.casefold() for item in scaled}
    for label, place in by_label.items():
        if label not in known and fold(label) not in BESIDES:
            book.warnings.append(
                Problem(sheet.columns[place], "", "analisis_kolom_tanpa_kunci", {"lembar": sheet.name})
            )
    for row, cells in sheet.data():
        who = _person(sheet, row, person, cells[person])
        answers: dict[str, Any] = {}
        marks: dict[str, Any] = {}
        for item in asked:
            at = by_label[item.id.casefold()]
            value = _scored_cell(sheet, item, row, at, cells[at])
            if value is not None:
                answers[item.id] = value
        for one in scaled:
            at = by_label[one.id.casefold()]
            mark = _scale_cell(sheet, one, row, at, cells[at])
            if mark is not None:
                marks[one.id] = mark
        if answers:
            rows.append(AnswerRow(who, row + 1, answers))
        if marks:
            likert.append(AnswerRow(who, row + 1, marks))
        if who is not None and not answers and not marks:
            absent.append(who)
    if absent:
        facts = {"lembar": sheet.name, "jumlah": str(len(absent)), "peserta": ", ".join(absent[:10])}
        book.warnings.append(Problem("", "", "analisis_baris_tanpa_jawaban", facts))
    book.asked[phase] = [item.id for item in asked]
    book.rows[phase] = rows
    if scaled:
        book.scale_rows.setdefault(phase, []).extend(likert)


def _scored_cell(sheet: _Sheet, item: KeyItem, row: int, column: int, cell: Cell) -> Any:
    """The canonical answer, None for an empty cell; a cell that is no answer is refused."""
    if _blank(cell) and cell != FORMULA_WITHOUT_VALUE:
        return None
    if _not_a_value(cell):
        sheet.refuse("analisis_sel_galat", row, column, cell)
        return None
    if item.jenis == SCORED:
        if item.poin <= 0:
            return None
        if not _is_number(cell, 0.0, item.poin):
            number = isinstance(cell, int | float) and not isinstance(cell, bool)
            code = "analisis_poin_di_luar" if number else "analisis_bukan_angka"
            sheet.refuse(code, row, column, cell, batas=shown(item.poin))
            return None
        return float(cell)  # type: ignore[arg-type]  # _is_number has seen that it is one
    text = _answer(cell)
    if item.jenis == "pilihan_ganda":
        return sorted(set(_split(text)))
    return text


def _scale_cell(sheet: _Sheet, item: ScaleItem, row: int, column: int, cell: Cell) -> int | None:
    if _blank(cell) and cell != FORMULA_WITHOUT_VALUE:
        return None
    facts = {"min": str(item.minimum), "maks": str(item.maximum)}
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not math.isfinite(cell):
        sheet.refuse("analisis_sel_galat" if _not_a_value(cell) else "analisis_bukan_angka", row, column, cell)
        return None
    if cell != int(cell) or not item.minimum <= cell <= item.maximum:
        sheet.refuse("analisis_di_luar_skala", row, column, cell, **facts)
        return None
    return int(cell)


def _flag(cell: Cell) -> bool:
    return cell is True or fold(_label(cell)) in {"ya", "y", "benar", "terbalik", "1", "x", "true"}


def _bound(sheet: _Sheet, row: int, column: int, cell: Cell, default: int) -> int:
    if _blank(cell):
        return default
    if not _is_number(cell, -100, 100) or cell != int(cell):  # type: ignore[arg-type]  # a number by then
        sheet.refuse("analisis_bukan_angka", row, column, cell)
        return default
    return int(cell)  # type: ignore[arg-type]  # a number by then


def _add_scale(book: AnswerBook, sheet: _Sheet, row: int, column: int, item: ScaleItem) -> None:
    if item.minimum >= item.maximum:
        sheet.refuse("analisis_skala_keliru", row, column, f"{item.minimum}-{item.maximum}")
        return
    book.scale.append(item)


def _read_declaration(book: AnswerBook, sheet: _Sheet) -> None:
    place = {name: sheet.find(name) for name in ("butir", "min", "maks", "terbalik", "unsur")}
    seen: set[str] = set()
    for row, cells in sheet.data():
        get = {name: None if at is None else cells[at] for name, at in place.items()}
        item, at = _label(get["butir"]), place["butir"] or 0
        if not item or item.casefold() in seen:
            sheet.refuse("analisis_butir_ganda" if item else "analisis_butir_kosong", row, at, get["butir"])
            continue
        seen.add(item.casefold())
        low = _bound(sheet, row, place["min"] or 0, get["min"], 1)
        high = _bound(sheet, row, place["maks"] or 0, get["maks"], 4)
        made = ScaleItem(item, low, high, _flag(get["terbalik"]), _label(get["unsur"]))
        _add_scale(book, sheet, row, at, made)


def _read_scale_answers(book: AnswerBook, sheet: _Sheet) -> None:
    person, phase = sheet.find("peserta"), sheet.find("fase")
    if person is None:
        sheet.refuse("analisis_kolom_tidak_ada", sheet.header_row, 0, None, dicari="peserta")
        return
    labels = [
        (place, label)
        for place, label in enumerate(sheet.columns)
        if label and place not in (person, phase) and fold(label) not in BESIDES
    ]
    declared: dict[str, tuple[int, list[Cell]]] = {}
    answers: list[tuple[int, list[Cell]]] = []
    for row, cells in sheet.data():
        word = fold(_label(cells[person]))
        name = next((name for name in ("min", "maks", "terbalik", "unsur") if word in HEADERS[name]), None)
        if name and not (phase is not None and not _blank(cells[phase])):
            declared[name] = (row, cells)
        else:
            answers.append((row, cells))
    empty: tuple[int, list[Cell]] = (sheet.header_row, [None] * len(sheet.columns))
    (low_row, low), (high_row, high) = declared.get("min", empty), declared.get("maks", empty)
    (_, turned), (_, unsur) = declared.get("terbalik", empty), declared.get("unsur", empty)
    for place, label in labels:
        least, most = _bound(sheet, low_row, place, low[place], 1), _bound(sheet, high_row, place, high[place], 4)
        made = ScaleItem(label, least, most, _flag(turned[place]), _label(unsur[place]))
        _add_scale(book, sheet, high_row, place, made)
    column_of = {label: place for place, label in labels}
    for row, cells in answers:
        who = _person(sheet, row, person, cells[person])
        word = "" if phase is None else fold(_label(cells[phase]))
        side = next((name for name in ("pre", "post") if word in SHEETS[name]), None if word else "")
        if side is None:
            sheet.refuse("analisis_fase_keliru", row, phase or 0, cells[phase or 0])
            continue
        marks = {}
        for item in book.scale:
            at = column_of[item.id]
            mark = _scale_cell(sheet, item, row, at, cells[at])
            if mark is not None:
                marks[item.id] = mark
        book.scale_rows.setdefault(side, []).append(AnswerRow(who, row + 1, marks))


# --- the child -------------------------------------------------------------------------------------------------------


def _look(path: Path) -> dict[str, Any]:
    """The cells of the sheets that are looked for; raises FileRefused."""
    inspection = inspect(path)
    if inspection.kind != "xlsx":
        raise FileRefused("bukan_lembar_kerja")
    load = grids.open_grids(path, inspection)
    found: dict[str, tuple[str, list[list[Cell]]]] = {}
    warnings = list(inspection.warnings)
    for title in grids.sheet_names(inspection):
        name = next((name for name, words in SHEETS.items() if fold(title) in words), None)
        if name is None:
            continue
        if name in found:
            raise FileRefused("analisis_lembar_ganda", lembar=title, lain=found[name][0])
        grid = load(title)
        for row, column in grid.merged:  # one answer never counts for two people
            grid.rows[row][column] = None
        found[name] = (title, grid.rows)
        warnings += grid.warnings
    return {
        "sheets": found,
        "warnings": [[one.column, one.value, one.code, one.facts] for one in warnings],
    }  # fmt: skip


def main() -> int:
    """Reads the request on stdin and answers on stdout; returns 0, or 3 out of memory."""
    gc.disable()
    request = json.loads(sys.stdin.buffer.read())
    limit_resources(request["seconds"])
    try:
        try:
            answer = _look(Path(request["path"]))
        except FileRefused as refused:
            answer = {"refused": refused.code, "facts": refused.facts}
        sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=True, default=encode_cell).encode("ascii"))
    except MemoryError:
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
