"""Reads an LKS workbook in a child process with limits; a crash there is a refusal here, not a dead server."""

import json
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from domain.errors import FileRefused, Problem
from domain.impor.columns import Proposal
from domain.impor.repair import Cell, Repair
from domain.impor.rows import ParsedRow

ROOT = Path(__file__).resolve().parents[2]
FIRST_SECONDS = 60  # until the child has seen how many rows there are
REF_LISTS = ("kluster", "bentuk_pelayanan", "ppks", "badan_hukum")
_WILAYAH_KEYS = ("kode", "nama", "jenis", "induk", "kode_bps", "pendahulu", "nama_lain")
log = logging.getLogger(__name__)


@dataclass(slots=True)
class ParsedFile:
    """A workbook read: the sheet, all sheets that can be read, the header's row in the sheet (from 1), what each header
    was taken for, header -> field id as used, the data rows in order, and what concerns the whole file."""

    sheet: str
    sheets: list[str]
    header_row: int
    proposals: list[Proposal]
    mapping: dict[str, str]
    headers: list[str] = field(default_factory=list)
    rows: list[ParsedRow] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    @property
    def refused(self) -> list[ParsedRow]:
        """The rows that must not be stored."""
        return [row for row in self.rows if row.problems]


def read_lks(
    path: Path,
    *,
    wilayah: Sequence[Mapping[str, Any]],
    refs: Mapping[str, Sequence[Mapping[str, Any]]],
    today: date,
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
    on_progress: Callable[[int, int], None] | None = None,
    seconds: float | None = None,
) -> ParsedFile:
    """The workbook's rows, clean or with their problems; raises FileRefused for a file that cannot or must not be read.

    `wilayah`: rows kode, nama, jenis, induk (and kode_bps, berlaku_sampai, pendahulu, nama_lain when known); `refs`:
    kluster, bentuk_pelayanan, ppks, badan_hukum, each a list of kode and nama. on_progress(rows done, rows in all).
    The child may use `seconds` of time, as much CPU, and 600 MiB beyond its start; without `seconds` it is 60, above
    10,000 rows 120 and more (child.time_limit).
    """
    request = {
        "path": str(path.resolve()),
        "wilayah": [_slim(row) for row in wilayah],
        "refs": {name: [{"kode": ref["kode"], "nama": ref["nama"]} for ref in refs[name]] for name in REF_LISTS},
        "today": today.isoformat(),
        "mapping": None if mapping is None else dict(mapping),
        "sheet": sheet,
        "seconds": seconds,
    }
    return _ask(json.dumps(request).encode("ascii"), on_progress, seconds)


def _slim(row: Mapping[str, Any]) -> dict[str, Any]:
    slim = {name: row[name] for name in _WILAYAH_KEYS if row.get(name)}
    if row.get("berlaku_sampai"):
        slim["berlaku_sampai"] = True
    return slim


class _Clock:
    """Kills the child when its time is over; extend() gives it until so many seconds after its start."""

    def __init__(self, child: subprocess.Popen[bytes], seconds: float) -> None:
        self._child, self._began = child, time.monotonic()
        self.seconds = seconds
        self.late = threading.Event()
        self._timer = self._start()

    def _start(self) -> threading.Timer:
        timer = threading.Timer(max(0.0, self._began + self.seconds - time.monotonic()), self._stop)
        timer.daemon = True
        timer.start()
        return timer

    def _stop(self) -> None:
        self.late.set()
        self._child.kill()

    def extend(self, seconds: float) -> None:
        """Moves the end."""
        if seconds != self.seconds:
            self._timer.cancel()
            self.seconds = seconds
            self._timer = self._start()

    def cancel(self) -> None:
        """Lets the child be."""
        self._timer.cancel()


def _ask(request: bytes, on_progress: Callable[[int, int], None] | None, seconds: float | None) -> ParsedFile:
    child = subprocess.Popen(
        [sys.executable, "-m", "data_access.workbooks.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert child.stdin and child.stdout and child.stderr
    clock = _Clock(child, seconds or FIRST_SECONDS)
    complaints: list[bytes] = []
    drain = threading.Thread(target=lambda pipe: complaints.extend(pipe), args=(child.stderr,), daemon=True)
    drain.start()
    parsed: ParsedFile | None = None
    finished = False
    refused: FileRefused | None = None
    try:
        try:
            child.stdin.write(request)
            child.stdin.close()
        except OSError:
            pass  # it died while being asked; its exit code says why
        for line in child.stdout:
            try:
                message = json.loads(line)
            except ValueError:
                break  # cut off in the middle of a line
            kind = message["t"]
            if kind == "row" and parsed is not None:
                parsed.rows.append(_row(message))
            elif kind == "progress":
                if on_progress is not None:
                    on_progress(message["done"], message["total"])
            elif kind == "head":
                parsed = _head(message)
                clock.extend(message["seconds"])
            elif kind == "refused":
                refused = FileRefused(message["code"], **message["facts"])
            elif kind == "end":
                finished = True
        child.wait()
    finally:
        # Also when the person's script run is cut off in the middle of on_progress.
        clock.cancel()
        child.kill()
        child.wait()
        drain.join(5)
        for pipe in (child.stdin, child.stdout, child.stderr):
            try:
                pipe.close()
            except OSError:
                pass
    if refused is not None:
        raise refused
    if parsed is not None and finished:
        return parsed
    raise _failure(child.returncode, clock.late.is_set(), complaints, clock.seconds)


def _failure(code: int, late: bool, complaints: list[bytes], seconds: float) -> FileRefused:
    if late or code in (-24, -9):  # SIGXCPU, and SIGKILL by the hard limit
        return FileRefused("waktu_habis", detik=round(seconds))
    last = complaints[-1].decode("utf-8", "replace") if complaints else ""
    memory = b"memory allocation" in b"".join(complaints)
    if code == 3 or memory or last.startswith("MemoryError"):
        return FileRefused("memori_habis")
    # Only the kind of error: the rest of the line may quote the workbook.
    log.error("workbook child ended with %s: %s", code, last.partition(":")[0].strip()[:80])
    return FileRefused("pembaca_berhenti")


def decode_cell(cell: Any) -> Any:
    """The cell that encode_cell of the child wrote."""
    if isinstance(cell, dict):
        return date.fromisoformat(cell["d"]) if "d" in cell else datetime.fromisoformat(cell["dt"])
    return cell


def _problems(items: list[list[Any]]) -> list[Problem]:
    return [Problem(column, value, code, facts) for column, value, code, facts in items]


def _row(message: dict[str, Any]) -> ParsedRow:
    # Only days and times arrive wrapped.
    raw: dict[str, Cell] = message.get("raw", {})
    values: dict[str, Any] = message["values"]
    for cells in (raw, values):
        for name, cell in cells.items():
            if type(cell) is dict:
                cells[name] = decode_cell(cell)
    return ParsedRow(
        message["row"],
        values,
        _problems(message["problems"]),
        [Repair(*items) for items in message["repairs"]],
        _problems(message["doubts"]),
        raw,
    )


def _head(message: dict[str, Any]) -> ParsedFile:
    return ParsedFile(
        message["sheet"],
        message["sheets"],
        message["header_row"],
        [Proposal(*items) for items in message["proposals"]],
        message["mapping"],
        message["headers"],
        warnings=_problems(message["warnings"]),
    )
