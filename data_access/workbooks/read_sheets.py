"""The cells of a small untrusted workbook, read in a child process with limits (this module run as `-m`).

What the cells mean is decided by the caller; the child only hands them over as JSON."""

import gc
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data_access.workbooks import grid as grids
from data_access.workbooks.child import SECONDS, encode_cell, limit_resources
from data_access.workbooks.inspection import inspect
from data_access.workbooks.read_lks import decode_cell
from domain.errors import FileRefused, Problem
from domain.impor.repair import Cell

ROOT = Path(__file__).resolve().parents[2]
MOST_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class SheetCells:
    """One visible sheet: its rows from the top, each only as long as its last value."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def read_sheets(
    path: Path, seconds: float = SECONDS, most_rows: int = MOST_ROWS
) -> tuple[list[SheetCells], list[Problem]]:
    """(the visible sheets in order, what the person should know about the file).

    A merged cell counts once, at its top. Raises FileRefused for a file that cannot or must not be read, and for a
    sheet of more than `most_rows` rows.
    """
    request = json.dumps({"path": str(path.resolve()), "seconds": seconds, "rows": most_rows}).encode("ascii")
    try:
        child = subprocess.run(
            [sys.executable, "-m", "data_access.workbooks.read_sheets"],
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
    sheets = [
        SheetCells(name, tuple(tuple(decode_cell(cell) for cell in row) for row in rows))
        for name, rows in answer["sheets"]
    ]
    return sheets, [Problem(*items) for items in answer["warnings"]]


# --- the child -------------------------------------------------------------------------------------------------------


def _look(path: Path, most_rows: int) -> dict[str, Any]:
    inspection = inspect(path)
    load = grids.open_grids(path, inspection)
    sheets: list[tuple[str, list[list[Cell]]]] = []
    warnings = list(inspection.warnings)
    for title in grids.sheet_names(inspection):
        grid = load(title)
        for row, column in grid.merged:
            grid.rows[row][column] = None
        for cells in grid.rows:
            while cells and cells[-1] is None:
                cells.pop()
        while grid.rows and not grid.rows[-1]:
            grid.rows.pop()
        if len(grid.rows) > most_rows:
            raise FileRefused("terlalu_banyak_baris", batas=most_rows, lembar=title)
        sheets.append((title, grid.rows))
        warnings += grid.warnings
    told = [[one.column, one.value, one.code, one.facts] for one in warnings]
    return {"sheets": sheets, "warnings": told}


def main() -> int:
    """Reads the request on stdin and answers on stdout; returns 0, or 3 out of memory."""
    gc.disable()
    request = json.loads(sys.stdin.buffer.read())
    limit_resources(request["seconds"])
    try:
        try:
            answer = _look(Path(request["path"]), request["rows"])
        except FileRefused as refused:
            answer = {"refused": refused.code, "facts": refused.facts}
        sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=True, default=encode_cell).encode("ascii"))
    except MemoryError:
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
