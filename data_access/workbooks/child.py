"""The child process that reads one uploaded workbook: a JSON request on stdin, JSON lines on stdout, then it is gone.

Request: {"path", "wilayah": [...], "refs": {...}, "today": "YYYY-MM-DD", "mapping": {...}|null, "sheet": str|null,
"seconds": number|null}; without seconds the limit grows with the rows, and the head says what it is.
Answers: {"t": "head"}, {"t": "progress"}, {"t": "row"}, {"t": "end"}, or {"t": "refused"}.
"""

import gc
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

from data_access.workbooks import grid as grids
from data_access.workbooks.inspection import MAX_ROWS, inspect
from domain.errors import FileRefused, Problem
from domain.impor.columns import (
    BY_ID,
    Header,
    Proposal,
    find_header,
    header_text,
    mapping_problems,
    match_header,
    missing_columns,
    propose_mapping,
)
from domain.impor.places import WilayahIndex
from domain.impor.repair import Cell, Repair, fold, shown
from domain.impor.rows import DuplicateWatch, ParsedRow, RowReader

EXTRA_MEMORY = 600 * 1024 * 1024
SECONDS, MANY_ROWS = 60, 10_000
PROGRESS_EVERY = 500
EXAMPLE_MARK = "CONTOH"  # as the template writes it; an LKS may well be called "Contoh"
_TOTALS = frozenset({"jumlah", "total", "jumlah total", "grand total", "jumlah keseluruhan", "total keseluruhan"})


def time_limit(rows: int) -> float:
    """The seconds that a sheet of so many rows may take: 60, above 10,000 rows 120, from 25,000 rows on in proportion."""
    return SECONDS if rows <= MANY_ROWS else max(120.0, rows * 120 / 25_000)


def limit_resources(seconds: float, most: float | None = None) -> None:
    """Caps memory and CPU time of this process where the system can; elsewhere the parent's clock is the only limit.

    `most`: to how many seconds more_time() may raise the cap later."""
    if sys.platform == "win32":
        return
    import resource  # POSIX only

    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        used = pages * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + EXTRA_MEMORY, used + EXTRA_MEMORY))
    except (OSError, ValueError):
        pass  # no /proc, or a lower limit stands already
    try:
        whole = max(1, int(seconds) + 1)
        resource.setrlimit(resource.RLIMIT_CPU, (whole, max(whole, int(most or 0)) + 5))
    except (OSError, ValueError):
        pass


def more_time(seconds: float) -> None:
    """Raises the cap on CPU time, within what limit_resources() left open."""
    if sys.platform == "win32":
        return
    import resource  # POSIX only

    try:
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        if hard != resource.RLIM_INFINITY:
            resource.setrlimit(resource.RLIMIT_CPU, (min(int(seconds) + 1, hard), hard))
    except (OSError, ValueError):
        pass


def encode_cell(cell: Cell) -> Any:
    """A cell as JSON; days and times are wrapped so that they come back as what they were."""
    if isinstance(cell, datetime):
        return {"dt": cell.isoformat()}
    if isinstance(cell, date):
        return {"d": cell.isoformat()}
    return cell


def _problem(problem: Problem) -> list[Any]:
    return [problem.column, problem.value, problem.code, problem.facts]


def _repair(repair: Repair) -> list[str]:
    return [repair.column, repair.before, repair.after, repair.code]


def _row_message(parsed: ParsedRow) -> dict[str, Any]:
    message: dict[str, Any] = {
        "t": "row",
        "row": parsed.row,
        "values": parsed.values,
        "problems": [_problem(problem) for problem in parsed.problems],
        "repairs": [_repair(repair) for repair in parsed.repairs],
        "doubts": [_problem(problem) for problem in parsed.doubts],
    }
    if parsed.problems:  # the cells go along only where they will be written back
        message["raw"] = parsed.raw
    return message


def choose(
    names: Sequence[str], load: Any, wanted: str | None, hidden: Sequence[str]
) -> tuple[grids.Grid, Header, list[Problem]]:
    """The sheet to read with its header: the wanted one, else one called LKS, else the one whose header says most."""
    if wanted is not None:
        if wanted not in names:
            raise FileRefused("lembar_tidak_ada", lembar=wanted, pilihan=", ".join(names))
        grid = load(wanted)
        header = find_header(grid.rows) or find_header(grid.rows, need_name=False)
        if header is None:
            raise FileRefused("judul_kolom_tidak_ditemukan", lembar=wanted)
        return grid, header, []
    grid_of = {name: load(name) for name in names}
    # A sheet without any column for the name is read only when no other will do: the person can then map it by hand.
    found = _with_header(grid_of, True) or _with_header(grid_of, False)
    if not found:
        raise FileRefused("judul_kolom_tidak_ditemukan", lembar=", ".join([*names, *hidden]))
    best = max(found, key=lambda item: item[0])
    others = [grid.sheet for _, grid, _ in found if grid is not best[1]]
    warnings = [Problem("", name, "lembar_lain_tidak_dibaca", {"dibaca": best[1].sheet}) for name in others]
    return best[1], best[2], warnings


def _with_header(grid_of: dict[str, grids.Grid], need_name: bool) -> list[tuple[int, grids.Grid, Header]]:
    """(score, grid, header) of the sheets that have a header."""
    found = []
    for name, grid in grid_of.items():
        header = find_header(grid.rows, need_name)
        if header is not None:
            known = sum(match_header(text)[0] is not None for text in header.headers)
            score = known + (1000 if fold(name) in ("lks", "data lks") else 0)
            found.append((score, grid, header))
    return found


def apply_mapping(
    header: Header, mapping: dict[str, str] | None
) -> tuple[list[Proposal], dict[int, str], dict[str, str], list[Problem]]:
    """(proposals, field id by column place, mapping by header, warnings); a given mapping is obeyed or refused."""
    proposals = propose_mapping(header.headers)
    if mapping is None:
        by_place = {proposal.index: proposal.field for proposal in proposals if proposal.field}
        used = {proposal.header: proposal.field for proposal in proposals if proposal.field}
        return proposals, by_place, used, mapping_problems(proposals)
    places = {text: place for place, text in enumerate(header.headers) if text}
    wanted = {text: field_id for text, field_id in mapping.items() if field_id}
    for text, field_id in wanted.items():
        if text not in places or field_id not in BY_ID:
            raise FileRefused("pemetaan_tidak_cocok", kolom=text, tujuan=field_id)
    if len(set(wanted.values())) < len(wanted):
        twice = next(name for name in wanted.values() if list(wanted.values()).count(name) > 1)
        raise FileRefused("pemetaan_ganda", kolom=BY_ID[twice].label)
    unused = [
        Problem("", proposal.header, "kolom_tidak_dipakai") for proposal in proposals if proposal.header not in wanted
    ]
    by_place = {places[text]: field_id for text, field_id in wanted.items()}
    return proposals, by_place, wanted, unused + missing_columns(wanted.values())


def _is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def data_rows(
    grid: grids.Grid, header: Header, by_place: dict[int, str], warnings: list[Problem]
) -> Iterator[tuple[int, dict[str, Cell]]]:
    """(place of the row from 0, its cells by field) of the rows that hold data; example and total rows are named."""
    name_place = next((place for place, field_id in by_place.items() if field_id == "nama"), -1)
    columns = list(by_place.items())
    for place in range(header.first_data_row, len(grid.rows)):
        row = grid.rows[place]
        first = next(
            (cell for at, cell in enumerate(row) if not _is_blank(cell) and (place, at) not in grid.merged), None
        )
        if first is None:
            continue
        word = fold(header_text(first))
        if header_text(first) == EXAMPLE_MARK:
            warnings.append(Problem("", shown(first), "baris_contoh_dilewati", {"baris": str(place + 1)}))
            continue
        nama = fold(header_text(row[name_place])) if 0 <= name_place < len(row) else ""
        if nama in _TOTALS or (word in _TOTALS and not nama):
            warnings.append(Problem("", shown(first), "baris_jumlah_dilewati", {"baris": str(place + 1)}))
            continue
        raw = {field_id: row[at] for at, field_id in columns if at < len(row) and row[at] is not None}
        if not raw:
            continue
        yield place, raw


def run(request: dict[str, Any], out: TextIO) -> None:
    """Answers one request on `out`."""

    encode = json.JSONEncoder(
        ensure_ascii=True, separators=(",", ":"), check_circular=False, default=encode_cell
    ).encode

    def say(message: dict[str, Any]) -> None:
        out.write(encode(message) + "\n")

    path = Path(request["path"])
    inspection = inspect(path)
    names = grids.sheet_names(inspection)
    load = grids.open_grids(path, inspection)
    grid, header, sheet_warnings = choose(names, load, request.get("sheet"), inspection.hidden)
    proposals, by_place, mapping, column_warnings = apply_mapping(header, request.get("mapping"))
    warnings = [*inspection.warnings, *grid.warnings, *sheet_warnings, *column_warnings]
    rows = list(data_rows(grid, header, by_place, warnings))
    if not rows:
        raise FileRefused("tidak_ada_baris", lembar=grid.sheet)
    if len(rows) > MAX_ROWS:
        raise FileRefused("terlalu_banyak_baris", batas=f"{MAX_ROWS}", lembar=grid.sheet)
    seconds = request.get("seconds") or time_limit(len(rows))
    if not request.get("seconds") and seconds > SECONDS:
        more_time(seconds)
    say(
        {
            "t": "head",
            "seconds": seconds,
            "sheet": grid.sheet,
            "sheets": names,
            "header_row": header.row + header.depth,
            "proposals": [[item.index, item.header, item.field, item.how, item.score] for item in proposals],
            "mapping": mapping,
            "headers": list(header.headers),
            "warnings": [_problem(problem) for problem in warnings],
        }
    )
    reader = RowReader(
        WilayahIndex(request["wilayah"]), request["refs"], date.fromisoformat(request["today"]), inspection.date1904
    )
    watch = DuplicateWatch()
    column_of = {field_id: place for place, field_id in by_place.items()}
    for done, (place, raw) in enumerate(rows):
        if done % PROGRESS_EVERY == 0:
            say({"t": "progress", "done": done, "total": len(rows)})
            out.flush()
        parsed = watch.check(reader.parse(raw, place + 1))
        for field_id in raw if grid.merged else ():
            if (place, column_of[field_id]) in grid.merged:
                text = shown(raw[field_id])
                parsed.repairs.append(Repair(field_id, "", text, "sel_gabung"))
        say(_row_message(parsed))
    say({"t": "progress", "done": len(rows), "total": len(rows)})
    say({"t": "end"})


def main() -> int:
    """Reads the request, answers it, and returns the exit code: 0 answered or refused, 3 out of memory."""
    gc.disable()  # it lives for seconds and builds no cycles worth collecting
    request = json.loads(sys.stdin.buffer.read())
    fixed = request.get("seconds")
    limit_resources(fixed or SECONDS, None if fixed else time_limit(MAX_ROWS))
    out = open(sys.stdout.fileno(), "w", encoding="ascii", newline="\n", closefd=False)
    try:
        with out:
            try:
                run(request, out)
            except FileRefused as refused:
                out.write(json.dumps({"t": "refused", "code": refused.code, "facts": refused.facts}) + "\n")
    except MemoryError:
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
