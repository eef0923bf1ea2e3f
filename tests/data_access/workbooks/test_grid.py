"""Cells as they stand: separators and encodings of CSV, and the copy that ends a sheet before its stray rows."""

from pathlib import Path

import pytest

from data_access.workbooks import grid
from data_access.workbooks.inspection import inspect
from domain.errors import FileRefused


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_dialects(tmp_path: Path, mark: str, encoding: str) -> None:
    path = tmp_path / "data.csv"
    lines = [["Nama LKS", "Kluster", "Kab/Kota"], [f'"André{mark} Contoh"', "Anak", "Sleman"]]
    path.write_bytes("\r\n".join(mark.join(line) for line in lines).encode(encoding))
    rows = grid.open_grids(path, inspect(path))("CSV").rows
    assert rows == [["Nama LKS", "Kluster", "Kab/Kota"], [f"André{mark} Contoh", "Anak", "Sleman"]]


def test_the_separator_of_most_lines_wins() -> None:
    assert grid.delimiter_of("a;b;c\n1,5;2;3\n1,5;2;3\n") == ";"
    assert grid.delimiter_of('a,b\n"x;y;z",2\n') == ","
    assert grid.delimiter_of("sep=|\na;b|c\n") == "|"


def test_a_line_in_another_encoding_is_read_by_itself() -> None:
    text, warnings = grid.decode("André\n".encode() + "René\n".encode("cp1252") + b"\x81\n")
    assert text == "André\nRené\n\x81\n"
    assert [(warning.code, warning.facts) for warning in warnings] == [("sandi_cp1252", {"jumlah": "2"})]


def test_a_field_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rusak.csv"
    path.write_text('Nama LKS;Kluster\n"' + "x" * 1_100_000, encoding="utf-8")
    with pytest.raises(FileRefused) as caught:
        grid.open_grids(path, inspect(path))("CSV")
    assert (caught.value.code, caught.value.facts) == ("csv_rusak", {"baris": "2"})
