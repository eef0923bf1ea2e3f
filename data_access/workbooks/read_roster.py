"""Reads a list of participants in a child process with limits; run as a module, this file is that child.

One JSON request on stdin ({"path", "wilayah", "mapping", "sheet"}), JSON lines on stdout: "refused", or "head", rows
and "end". A crash there is a refusal here, not a dead server.
"""

import json
import logging
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from data_access.workbooks import child
from data_access.workbooks import grid as grids
from data_access.workbooks.inspection import inspect
from data_access.workbooks.read_lks import ROOT, ParsedFile, decode_cell
from domain.errors import FileRefused, Problem
from domain.impor.columns import Header, Proposal
from domain.impor.places import WilayahIndex
from domain.impor.repair import Cell, Repair, shown
from domain.impor.roster import BY_ID, RosterReader, find_header, mapping_problems, match_header, propose_mapping
from domain.impor.rows import ParsedRow

SECONDS = 30
MAX_ROWS = 5_000
_WILAYAH_KEYS = ("kode", "nama", "jenis", "induk", "kode_bps", "pendahulu", "nama_lain")
log = logging.getLogger(__name__)


def read_roster(
    path: Path,
    *,
    wilayah: Sequence[Mapping[str, Any]],
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
    seconds: float = SECONDS,
) -> ParsedFile:
    """The file's rows, clean or with their problems; FileRefused for a file that cannot or must not be read.

    `wilayah`: rows as for read_lks, of which provinces, kabupaten and kota are used. The child may use `seconds` of
    time, as much CPU, and 600 MiB beyond its start; at most MAX_ROWS rows.
    """
    request = {
        "path": str(path.resolve()),
        "wilayah": [_slim(row) for row in wilayah if row["jenis"] in ("provinsi", "kabupaten", "kota")],
        "mapping": None if mapping is None else dict(mapping),
        "sheet": sheet,
        "seconds": seconds,
    }
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "data_access.workbooks.read_roster"],
            input=json.dumps(request).encode("ascii"),
            capture_output=True,
            cwd=ROOT,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise FileRefused("waktu_habis", detik=round(seconds)) from error
    return _parsed(ended, seconds)


def _slim(row: Mapping[str, Any]) -> dict[str, Any]:
    slim = {name: row[name] for name in _WILAYAH_KEYS if row.get(name)}
    return slim | ({"berlaku_sampai": True} if row.get("berlaku_sampai") else {})


def _parsed(ended: subprocess.CompletedProcess[bytes], seconds: float) -> ParsedFile:
    parsed: ParsedFile | None = None
    for line in ended.stdout.splitlines():
        try:
            message = json.loads(line)
        except ValueError:
            break  # cut off in the middle of a line
        if message["t"] == "refused":
            raise FileRefused(message["code"], **message["facts"])
        if message["t"] == "head":
            proposals = [Proposal(*items) for items in message["proposals"]]
            parsed = ParsedFile(
                *(message["sheet"], message["sheets"], message["header_row"], proposals, message["mapping"]),
                headers=message["headers"],
                warnings=_problems(message["warnings"]),
            )
        elif message["t"] == "row" and parsed is not None:
            parsed.rows.append(_row(message))
        elif message["t"] == "end" and parsed is not None:
            return parsed
    raise _failure(ended, seconds)


def _problems(items: list[list[Any]]) -> list[Problem]:
    return [Problem(column, value, code, facts) for column, value, code, facts in items]


def _row(message: dict[str, Any]) -> ParsedRow:
    raw: dict[str, Cell] = {name: decode_cell(cell) for name, cell in message["raw"].items()}
    repairs = [Repair(*items) for items in message["repairs"]]
    problems, doubts = _problems(message["problems"]), _problems(message["doubts"])
    return ParsedRow(message["row"], message["values"], problems, repairs, doubts, raw)


def _failure(ended: subprocess.CompletedProcess[bytes], seconds: float) -> FileRefused:
    if ended.returncode in (-24, -9):  # SIGXCPU, and SIGKILL by the hard limit
        return FileRefused("waktu_habis", detik=round(seconds))
    last = (ended.stderr.splitlines() or [b""])[-1].decode("utf-8", "replace")
    if ended.returncode == 3 or b"memory allocation" in ended.stderr or last.startswith("MemoryError"):
        return FileRefused("memori_habis")
    # Only the kind of error: the rest of the line may quote the workbook.
    log.error("roster child ended with %s: %s", ended.returncode, last.partition(":")[0].strip()[:80])
    return FileRefused("pembaca_berhenti")


# --- inside the child --------------------------------------------------------------------------------------------------


def _choose(names: Sequence[str], load: Any, wanted: str | None) -> tuple[grids.Grid, Header, list[Problem]]:
    """The wanted sheet with its header, else the one whose header says most; the others are named."""
    if wanted is not None and wanted not in names:
        raise FileRefused("lembar_tidak_ada", lembar=wanted, pilihan=", ".join(names))
    found = []
    for name in names if wanted is None else [wanted]:
        grid = load(name)
        header = find_header(grid.rows)
        if header is not None:
            found.append((sum(match_header(text)[0] is not None for text in header.headers), grid, header))
    if not found:
        raise FileRefused("judul_peserta_tidak_ditemukan", lembar=wanted or ", ".join(names))
    best = max(found, key=lambda item: item[0])
    others = [grid.sheet for _, grid, _ in found if grid is not best[1]]
    return (
        best[1],
        best[2],
        [Problem("", name, "lembar_lain_tidak_dibaca", {"dibaca": best[1].sheet}) for name in others],
    )


def _apply(
    header: Header, mapping: Mapping[str, str] | None
) -> tuple[list[Proposal], dict[int, str], dict[str, str], list[Problem]]:
    """(proposals, field id by column place, mapping by header, warnings); a given mapping is obeyed or refused."""
    proposals = propose_mapping(header.headers)
    if mapping is None:
        taken = [proposal for proposal in proposals if proposal.field]
        by_place = {proposal.index: str(proposal.field) for proposal in taken}
        return proposals, by_place, {p.header: str(p.field) for p in taken}, mapping_problems(proposals)
    places = {text: place for place, text in enumerate(header.headers) if text}
    wanted = {text: field_id for text, field_id in mapping.items() if field_id}
    for text, field_id in wanted.items():
        if text not in places or field_id not in BY_ID:
            raise FileRefused("pemetaan_tidak_cocok", kolom=text, tujuan=field_id)
    fields = list(wanted.values())
    for field_id in fields:
        if fields.count(field_id) > 1:
            raise FileRefused("pemetaan_ganda", kolom=BY_ID[field_id].label)
    unused = [Problem("", p.header, "kolom_tidak_dipakai") for p in proposals if p.header not in wanted]
    if "nama" not in fields:
        unused.append(Problem("nama", "", "kolom_wajib_tidak_ada", {"kolom": BY_ID["nama"].label}))
    return proposals, {places[text]: field_id for text, field_id in wanted.items()}, wanted, unused


def run(request: Mapping[str, Any], out: TextIO) -> None:
    """Answers one request on `out`."""

    def say(message: dict[str, Any]) -> None:
        out.write(json.dumps(message, default=child.encode_cell) + "\n")

    path = Path(request["path"])
    inspection = inspect(path)
    names = grids.sheet_names(inspection)
    grid, header, others = _choose(names, grids.open_grids(path, inspection), request.get("sheet"))
    proposals, by_place, mapping, about_columns = _apply(header, request.get("mapping"))
    warnings = [*inspection.warnings, *grid.warnings, *others, *about_columns]
    rows = list(child.data_rows(grid, header, by_place, warnings))
    if not rows:
        raise FileRefused("tidak_ada_baris", lembar=grid.sheet)
    if len(rows) > MAX_ROWS:
        raise FileRefused("terlalu_banyak_baris", batas=f"{MAX_ROWS}", lembar=grid.sheet)
    say(
        {
            "t": "head",
            "sheet": grid.sheet,
            "sheets": names,
            "header_row": header.row + header.depth,
            "proposals": [[item.index, item.header, item.field, item.how, item.score] for item in proposals],
            "mapping": mapping,
            "headers": list(header.headers),
            "warnings": _listed(warnings),
        }
    )
    reader = RosterReader(WilayahIndex(request["wilayah"]))
    column_of = {field_id: place for place, field_id in by_place.items()}
    for place, raw in rows:
        parsed = reader.parse(raw, place + 1)
        for field_id in raw:
            if (place, column_of[field_id]) in grid.merged:
                parsed.repairs.append(Repair(field_id, "", shown(raw[field_id]), "sel_gabung"))
        say(
            {
                "t": "row",
                "row": parsed.row,
                "values": parsed.values,
                "problems": _listed(parsed.problems),
                "repairs": [[item.column, item.before, item.after, item.code] for item in parsed.repairs],
                "doubts": _listed(parsed.doubts),
                # All of them: a row may also be refused later, when it is held against the roster.
                "raw": parsed.raw,
            }
        )
    say({"t": "end"})


def _listed(problems: Sequence[Problem]) -> list[list[Any]]:
    return [[item.column, item.value, item.code, item.facts] for item in problems]


def main() -> int:
    """Reads the request, answers it, and returns the exit code: 0 answered or refused, 3 out of memory."""
    request = json.loads(sys.stdin.buffer.read())
    child.limit_resources(request["seconds"])
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
