"""The template says whose region codes it uses, and what it marks as an example is never read."""

import io
from datetime import date

import openpyxl

from data_access.indicator_assets import definitions
from data_access.workbooks import write_indicators
from domain.errors import FileRefused
from domain.indikator_isian import COLUMNS, KEMENDAGRI, read


def rows(content: bytes, sheet: str) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [list(row) for row in book[sheet].iter_rows(values_only=True)]


def test_the_empty_template_has_no_values_and_a_filled_one_is_read() -> None:
    content = write_indicators.template(definitions())
    cells = rows(content, "Nilai")
    assert cells[0][:2] == ["Jenis kode wilayah", "Kemendagri"]
    assert [str(title).rstrip(" *") for title in cells[2][: len(COLUMNS)]] == [title for title, _ in COLUMNS.values()]
    try:
        read([cells], date(2026, 11, 20))  # type: ignore[list-item]  # what openpyxl gives are cells
    except FileRefused as refused:
        assert refused.code == "indikator_tanpa_baris"
    else:
        raise AssertionError("the example was read as a value")
    cells.append(["ipm", "52.72", "2025", "baru", "79,1", None, None, None, "BPS", None, None])
    found = read([cells], date(2026, 11, 20))  # type: ignore[list-item]  # the same
    assert (found.codes, [line.values["nilai"] for line in found.lines]) == (KEMENDAGRI, [79.1])


def test_the_dictionary_sheet_lists_what_may_be_entered() -> None:
    stated = [one.kode for one in definitions() if one.jenis == "isian"]
    cells = rows(write_indicators.template(definitions()), "Kamus")
    assert [row[0] for row in cells[1:]] == stated
    assert next(row for row in cells if row[0] == "ipm")[3] == "lama, baru"
