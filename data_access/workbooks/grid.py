"""The cells of one sheet as plain Python values, exactly as they stand; nothing is interpreted here."""

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import python_calamine

from data_access.workbooks.inspection import BLANK_STOP, MAX_COLUMNS, MAX_ROWS, Inspection, SheetFacts
from domain.errors import FileRefused, Problem
from domain.impor.repair import Cell

CSV_SHEET = "CSV"
_KEPT = frozenset({int, float, bool, datetime.date, datetime.datetime})  # as they are, like text; the rest by _plain
csv.field_size_limit(1_000_000)


@dataclass(slots=True)
class Grid:
    """One sheet: its rows from the top, and the cells (row, column; from 0) that only repeat a merged cell's value."""

    sheet: str
    rows: list[list[Cell]]
    merged: set[tuple[int, int]] = field(default_factory=set)
    warnings: list[Problem] = field(default_factory=list)


def sheet_names(inspection: Inspection) -> list[str]:
    """The sheets that may be read, in order."""
    return [CSV_SHEET] if inspection.kind == "csv" else list(inspection.sheets)


def open_grids(path: Path, inspection: Inspection) -> Callable[[str], Grid]:
    """A function from a sheet's name to its Grid; raises FileRefused when the file cannot be read after all."""
    if inspection.kind == "csv":
        return lambda _: _read_csv(path)
    return lambda name: _read_sheet(path, inspection.sheets[name])


def _read_sheet(path: Path, facts: SheetFacts) -> Grid:
    try:
        source: str | io.BytesIO = str(path) if facts.cut_at is None else _cut_copy(path, facts)
        workbook = python_calamine.load_workbook(source)
        sheet = workbook.get_sheet_by_name(facts.name)
        rows: list[list[Any]] = [
            [(cell or None) if type(cell) is str else cell if type(cell) in _KEPT else _plain(cell) for cell in row]
            for row in sheet.iter_rows()
        ]
        ranges = sheet.merged_cell_ranges or []
    except (python_calamine.CalamineError, python_calamine.WorksheetNotFound, zipfile.BadZipFile, OSError) as error:
        raise FileRefused("berkas_rusak") from error
    # iter_rows starts at the first row that holds a value in some versions and at the first row in others.
    start = sheet.start
    missing = start[0] - _leading_blank(rows) if start else 0
    if missing > 0:
        rows = [[] for _ in range(missing)] + rows
    for (row, column), text in facts.special.items():
        while len(rows) <= row:
            rows.append([])
        rows[row].extend([None] * (column + 1 - len(rows[row])))
        if rows[row][column] is None:
            rows[row][column] = text
    grid = Grid(facts.name, rows)
    if facts.cut_at is not None:
        facts_far = {"baris": str(facts.cut_row), "terakhir": str(facts.last_row)}
        grid.warnings.append(Problem("", facts.name, "baris_jauh_diabaikan", facts_far))
    if facts.formulas:
        grid.warnings.append(Problem("", facts.name, "ada_rumus", {"jumlah": str(facts.formulas)}))
    _fill_merged(grid, ranges)
    return grid


def _leading_blank(rows: list[list[Cell]]) -> int:
    for index, row in enumerate(rows):
        if any(cell is not None for cell in row):
            return index
    return 0


def _cut_copy(path: Path, facts: SheetFacts) -> io.BytesIO:
    """The workbook with the sheet's XML ended after its last row that counts; other sheets are left out."""
    copy = io.BytesIO()
    prefix = f"{facts.prefix}:" if facts.prefix else ""
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as target:
        for entry in archive.infolist():
            if entry.filename == facts.part:
                with archive.open(entry) as file:
                    data = file.read(facts.cut_at or 0)
                target.writestr(entry.filename, data + f"</{prefix}sheetData></{prefix}worksheet>".encode())
            elif "worksheets/" not in entry.filename:
                target.writestr(entry.filename, archive.read(entry))
    copy.seek(0)
    return copy


def _plain(cell: object) -> Cell:
    if cell == "" or cell is None:
        return None
    if isinstance(cell, str | bool | int | float | datetime.date):  # a datetime is a date
        return cell
    return str(cell)  # times and durations


def _fill_merged(grid: Grid, ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Repeats the value of a vertically merged cell in the rows it covers, as the sheet shows it."""
    for (top, left), (bottom, right) in ranges:
        bottom = min(bottom, len(grid.rows) - 1)
        if bottom <= top or right != left or top >= len(grid.rows) or left >= len(grid.rows[top]):
            continue
        value = grid.rows[top][left]
        if value is None:
            continue
        for row in range(top + 1, bottom + 1):
            cells = grid.rows[row]
            cells.extend([None] * (left + 1 - len(cells)))
            if cells[left] is None:
                cells[left] = value
                grid.merged.add((row, left))
    if ranges:
        grid.warnings.append(Problem("", grid.sheet, "sel_gabung_ada", {"jumlah": str(len(ranges))}))


# --- CSV -------------------------------------------------------------------------------------------------------------


def decode(data: bytes) -> tuple[str, list[Problem]]:
    """The text of a CSV file; a line that is not UTF-8 is read as cp1252 by itself, so that mixed files survive."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), []
        except UnicodeDecodeError as error:
            raise FileRefused("berkas_rusak") from error
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    lines, foreign = [], 0
    for line in data.split(b"\n"):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            foreign += 1
            lines.append(_cp1252(line))
    return "\n".join(lines), [Problem("", CSV_SHEET, "sandi_cp1252", {"jumlah": str(foreign)})]


def _cp1252(line: bytes) -> str:
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def delimiter_of(text: str) -> str:
    """The separator: as "sep=" says, else the one of ; tab , | that splits most of the first lines alike."""
    first, _, _ = text.partition("\n")
    if match := re.fullmatch(r"sep=(.)\s*", first):
        return match[1]
    sample = re.sub(r'"[^"]*"', "", text[:20_000]).split("\n")[:40]
    lines = [line for line in sample if line.strip()]
    best, best_score = ",", 0
    for mark in (";", "\t", ",", "|"):
        counts = [line.count(mark) for line in lines]
        usual = max(set(counts), key=lambda count: (counts.count(count) if count else 0, count)) if counts else 0
        score = counts.count(usual) * usual if usual else 0
        if score > best_score:
            best, best_score = mark, score
    return best


def _read_csv(path: Path) -> Grid:
    text, warnings = decode(path.read_bytes())
    mark = delimiter_of(text)
    first, _, rest = text.partition("\n")
    skipped = bool(re.fullmatch(r"sep=.\s*", first))
    rows: list[list[Cell]] = [[]] if skipped else []
    blank = 0
    try:
        for record in _records(rest if skipped else text, mark):
            row: list[Cell] = [cell if cell.strip() else None for cell in record]
            blank = 0 if any(cell is not None for cell in row) else blank + 1
            if blank > BLANK_STOP:
                break
            while row and row[-1] is None:
                row.pop()
            if len(row) > MAX_COLUMNS:
                raise FileRefused("terlalu_banyak_kolom", batas=MAX_COLUMNS, sel=str(len(rows) + 1), lembar=CSV_SHEET)
            rows.append(row)
            if len(rows) > MAX_ROWS + 100:
                raise FileRefused("terlalu_banyak_baris", batas=f"{MAX_ROWS}", lembar=CSV_SHEET)
    except csv.Error as error:
        raise FileRefused("csv_rusak", baris=len(rows) + 1) from error
    return Grid(CSV_SHEET, rows, warnings=warnings)


def _records(text: str, mark: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=mark)
