"""What the child says, line by line, and that days survive the way through JSON."""

import io
import json
import subprocess
import sys
from datetime import date, datetime

import pytest

from data_access.assets import references, wilayah_rows
from data_access.workbooks import child, read_lks
from data_access.workbooks.grid import Grid
from data_access.workbooks.read_lks import decode_cell
from domain.errors import Problem
from domain.impor.columns import Header


@pytest.mark.parametrize(
    "cell", [None, "x", 1, 1.5, True, date(2024, 5, 12), datetime.fromisoformat("2024-05-12T03:00:00")]
)
def test_cells_survive_json(cell: object) -> None:
    again = decode_cell(json.loads(json.dumps(child.encode_cell(cell))))  # type: ignore[arg-type] # any cell
    assert again == cell
    assert type(again) is type(cell)


def test_the_lines_of_an_answer(write) -> None:
    path = write(
        [["Nama LKS", "Kluster", "Kab/Kota"], ["Contoh", "Anak", "Sleman"], ["Contoh Dua", "Anak", "Magelang"]]
    )
    out = io.StringIO()
    request = {"path": str(path), "wilayah": wilayah_rows(), "refs": references(), "today": "2026-11-21"}
    child.run(request, out)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["t"] for line in lines] == ["head", "progress", "row", "row", "progress", "end"]
    assert "raw" not in lines[2]
    assert lines[3]["raw"] == {"nama": "Contoh Dua", "kluster": "Anak", "kabkota": "Magelang"}
    assert lines[4] == {"t": "progress", "done": 2, "total": 2}


def test_example_total_and_blank_rows_are_passed_over() -> None:
    rows: list[list[child.Cell]] = [
        ["Kode LKS", "Nama LKS"],
        ["CONTOH", "Panti Contoh"],
        [None, "  "],
        ["Jumlah", None],
        [None, "Total"],
        [None, "Panti Jumlah Kasih"],
    ]
    warnings: list[Problem] = []
    header = Header(0, 1, ("Kode LKS", "Nama LKS"), 1)
    kept = list(child.data_rows(Grid("Data", rows), header, {0: "kode_lks", 1: "nama"}, warnings))
    assert kept == [(5, {"nama": "Panti Jumlah Kasih"})]
    assert [(warning.code, warning.facts["baris"]) for warning in warnings] == [
        ("baris_contoh_dilewati", "2"),
        ("baris_jumlah_dilewati", "4"),
        ("baris_jumlah_dilewati", "5"),
    ]


def test_the_time_limit_grows_with_the_rows() -> None:
    assert [child.time_limit(rows) for rows in (1, 10_000, 10_001, 25_000, 100_000)] == [60, 60, 120, 120, 480]


@pytest.mark.parametrize(("seconds", "told"), [(None, 60), (7, 7)])
def test_the_head_tells_the_limit(write, seconds: float | None, told: float) -> None:
    path = write([["Nama LKS", "Kluster", "Kab/Kota"], ["Contoh", "Anak", "Sleman"]])
    out = io.StringIO()
    request = {"path": str(path), "wilayah": wilayah_rows(), "refs": references(), "today": "2026-11-21"}
    child.run(request | {"seconds": seconds}, out)
    assert json.loads(out.getvalue().splitlines()[0])["seconds"] == told


def test_the_cap_on_cpu_time_can_be_raised_once_the_rows_are_known() -> None:
    if sys.platform == "win32":
        pytest.skip("no such limits there")
    code = (
        "import resource; from data_access.workbooks import child\n"
        "child.limit_resources(5, 300); child.more_time(200); a = resource.getrlimit(resource.RLIMIT_CPU)\n"
        "child.more_time(900); print(*a, *resource.getrlimit(resource.RLIMIT_CPU))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=read_lks.ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["201", "305", "305", "305"]
