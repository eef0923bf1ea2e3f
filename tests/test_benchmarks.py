"""The measuring itself: the same register for the same seed, right ratios and verdicts, and every bench runs once, small."""

import json
import random
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import manage
import settings
from benchmarks import generate, measure, report
from benchmarks.report import Line, Page, Report
from data_access.engine import reading
from data_access.queries import register as register_queries
from domain.filters import Filters
from domain.permissions import COMMAND_LINE
from services import importing, search
from services.register import summary

ON = date(2026, 6, 1)


def test_the_same_seed_makes_the_same_register_and_another_another() -> None:
    made = generate.records(700, ON)
    assert made == generate.records(700, ON)
    assert made != generate.records(700, ON, seed=generate.SEED + 1)
    assert generate.workbook_rows(700, ON) == generate.workbook_rows(700, ON)
    assert generate.queries(made, 5) == generate.queries(made, 5)


def test_every_kabkota_is_in_it_and_no_name_stands_twice_in_one() -> None:
    made = generate.records(2_000, ON)
    kabkota = [".".join(record["kode_wilayah"].split(".")[:2]) for record in made]
    assert len(set(kabkota)) == 514
    assert max(Counter(zip(kabkota, (record["nama"] for record in made), strict=True)).values()) == 1
    two = sum(len(record["kluster"]) == 2 for record in made)
    assert 0.02 < two / len(made) < 0.15
    assert all(record["ketua"].startswith("Ketua Contoh") for record in made)


def test_the_store_holds_what_was_generated(fresh_db: Path) -> None:
    made = generate.fill_store(600, ON)
    found = summary(COMMAND_LINE, Filters(), ON)
    assert found.total == 600
    assert found.kluster["anak"] == sum("anak" in record["kluster"] for record in made)
    assert found.measures["aktif"][0] == sum(record.get("aktif") == "aktif" for record in made)
    with reading() as connection:
        assert register_queries.kluster_codes(connection)[0] == "anak"
    text, meant = generate.queries(made, 1)[0]
    assert text != meant
    assert search.search(COMMAND_LINE, meant)


def test_the_workbook_refuses_its_bad_rows_and_no_other(fresh_db: Path, tmp_path: Path) -> None:
    """It once named "Kab. Pasangkayu" as ambiguous with itself: each of the 514 places stands in this file."""
    content, bad = generate.workbook(600, ON)
    path = tmp_path / "impor.xlsx"
    path.write_bytes(content)
    found = importing.preview(COMMAND_LINE, path, path.name)
    assert bad > 5
    assert found.counts() == {"baru": 600 - bad, "berubah": 0, "sama": 0, "ditolak": bad}
    assert sum(len(row.repairs) for row in found.parsed.rows) > 300


def test_a_misspelled_name_is_another_text() -> None:
    chance = random.Random(1)
    assert {generate.misspelled(chance, "Yayasan Kasih Sejahtera") for _ in range(20)} - {"Yayasan Kasih Sejahtera"}


@pytest.mark.parametrize(
    ("value", "floor", "goal", "ratio", "reached"),
    [
        (30.0, 10.0, 3.0, 3.0, True),  # the bound itself is kept
        (30.1, 10.0, 3.0, 3.01, False),
        (5.0, None, 30.0, None, True),
        (31.0, None, 30.0, None, False),
        (5.0, 2.0, None, 2.5, None),
    ],
)
def test_a_line_is_held_against_its_goal(
    value: float, floor: float | None, goal: float | None, ratio: float | None, reached: bool | None
) -> None:
    line = Line("angka", value, "ms", "lantai", floor, goal)
    assert line.ratio == (None if ratio is None else pytest.approx(ratio))
    assert line.reached is reached


def test_a_floor_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="positive"):
        report.ratio(5.0, 0.0)


def test_the_report_says_ratios_goals_and_what_failed() -> None:
    made = Report(25_000)
    made.stock, made.own = Page("empty page, stock", 30.0, 25.0), Page("empty page, own configuration", 6.0, 3.0)
    made.pages = [Page("ringkasan", 24.0, 20.0, 150.0, 120.0, 2048), Page("jejak_audit", 20.0, 15.0, None, None, 1024)]
    made.lines = [Line("search, median", 12.0, "ms", goal=1_000)]
    made.failures = ["peta: page not found"]
    text = report.markdown(made)
    assert "| ringkasan | 24.0 | 20.0 | 0.80x | 4.00x | 150 | 120 | 5.00x | 2.00 | **no** |" in text
    assert "| jejak_audit | 20.0 | 15.0 | 0.67x | 3.33x |  |  |  | 1.00 | yes |" in text
    assert "| search, median | 12.0 ms |  |  |  | <= 1000 ms | yes |" in text
    assert "- peta: page not found" in text
    assert "Goals reached: 5 of 6." in text


def test_every_bench_runs_in_its_tiny_size(tmp_path: Path) -> None:
    """Nothing is timed here: the figures only have to be there, and what was measured has to be right."""
    out = tmp_path / "angka.json"
    names = [name for name in measure.BENCHES if name != "bytes" or manage.find_chromium() is not None]
    only = [part for name in names for part in ("--only", name)]
    command = [sys.executable, "benchmarks/run.py", "--tiny", *only, "--json", str(out)]
    done = subprocess.run(command, cwd=settings.ROOT, capture_output=True, text=True, timeout=600, check=False)
    found = json.loads(out.read_text(encoding="utf-8"))
    assert found["failures"] == []
    assert done.returncode == 0, done.stderr[-3_000:]
    assert "# Measured speed" in done.stdout
    assert len(found["pages"]) == 12 and len(found["floors"]) == 2
    assert all(page["warm"] > 0 for page in found["pages"] + found["floors"])
    named = {line["name"].partition(":")[0].partition(",")[0] for line in found["lines"]}
    assert {"search", "import", "start"} <= named
    # what must never happen is counted, and counts to nought
    assert all(line["value"] > 0 or line["goal"] == 0 for line in found["lines"])
    assert {"acknowledged and lost", "rows beyond the distinct keys", "guessed codes that entered"} <= named
