from datetime import date
from pathlib import Path

import openpyxl
import pytest

from data_access.workbooks.read_sheets import SheetCells, read_sheets
from domain.errors import FileRefused


def test_cells_come_as_they_are_from_every_visible_sheet(write) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book.create_sheet("Kedua").append(["x"])
        book.create_sheet("Rahasia").append(["y"])
        book["Rahasia"].sheet_state = "hidden"

    path = write([["a", 1, 2.5, True, None], [], [date(2026, 1, 2), "=1+1"]], change=change)
    sheets, warnings = read_sheets(path)
    assert [sheet.name for sheet in sheets] == ["Data", "Kedua"]
    assert sheets[0].rows[0] == ("a", 1.0, 2.5, True)
    assert sheets[0].rows[1] == ()
    assert str(sheets[0].rows[2][0]).startswith("2026-01-02")
    assert sheets[1] == SheetCells("Kedua", (("x",),))
    assert {problem.code for problem in warnings} >= {"ada_rumus"}


def test_a_merged_cell_counts_once(write) -> None:
    path = write([["a"], ["b"], ["c"]], change=lambda book: book.active.merge_cells("A1:A2"))
    sheets, _ = read_sheets(path)
    assert sheets[0].rows == (("a",), (), ("c",))


def test_a_csv_is_one_sheet(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a;b\n1;2\n", encoding="utf-8")
    assert read_sheets(path)[0] == [SheetCells("CSV", (("a", "b"), ("1", "2")))]


def test_too_many_rows_and_files_that_are_no_workbooks_are_refused(write, tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as caught:
        read_sheets(write([["x"]] * 11), most_rows=10)
    assert (caught.value.code, caught.value.facts) == ("terlalu_banyak_baris", {"batas": "10", "lembar": "Data"})
    bad = tmp_path / "x.xlsx"
    bad.write_bytes(b"%PDF-1.7")
    with pytest.raises(FileRefused) as caught:
        read_sheets(bad)
    assert caught.value.code == "bukan_lembar_kerja"


def test_a_child_that_takes_too_long_is_stopped(write, monkeypatch: pytest.MonkeyPatch) -> None:
    import subprocess

    def late(*args: object, **options: object) -> None:
        raise subprocess.TimeoutExpired("child", 1)

    monkeypatch.setattr(subprocess, "run", late)
    with pytest.raises(FileRefused) as caught:
        read_sheets(write([["x"]]), seconds=5)
    assert (caught.value.code, caught.value.facts) == ("waktu_habis", {"detik": "5"})
