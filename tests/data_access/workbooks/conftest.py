"""A way to write a workbook in a test and to read it as the product does."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from data_access.assets import references, wilayah_rows
from data_access.workbooks.read_lks import ParsedFile, read_lks

WILAYAH = wilayah_rows()
REFS = references()
TODAY = date(2026, 11, 21)

Write = Callable[..., Path]
Read = Callable[..., ParsedFile]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """write(rows, name="data.xlsx", title="Data", change=None): the path of a workbook holding the rows from A1."""

    def made(
        rows: Sequence[Sequence[Any]],
        name: str = "data.xlsx",
        title: str = "Data",
        change: Callable[[openpyxl.Workbook], None] | None = None,
    ) -> Path:
        book = openpyxl.Workbook()
        book.active.title = title
        for row in rows:
            book.active.append(list(row))
        if change is not None:
            change(book)
        path = tmp_path / name
        book.save(path)
        return path

    return made


@pytest.fixture
def read() -> Read:
    """read(path, **options): the file parsed against the whole country, today being 21 November 2026."""

    def parsed(path: Path, **options: Any) -> ParsedFile:
        return read_lks(path, wilayah=WILAYAH, refs=REFS, today=TODAY, **options)

    return parsed
