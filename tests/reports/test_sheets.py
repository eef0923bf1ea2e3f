"""Typed rows: the same cells for the workbook and, in Indonesian figures, for paper; also after they were frozen."""

import json
from datetime import date

from reports.model import Column
from reports.sheets import DAY, NUMBER, TEXT, Field, Sheet, from_data, printed

SHEET = Sheet(
    "Uji",
    (Field("Nama", TEXT, 3), Field("Jumlah", NUMBER), Field("Sampai", DAY), Field("Kode", TEXT, 0)),
    (("=1+1", 1234, date(2027, 1, 5), "33.71"), (None, 63.6, None, None)),
)


def test_paper_prints_figures_and_days_and_leaves_columns_without_width() -> None:
    table = printed(SHEET)
    assert table.kolom == (Column("Nama", 3, "kiri"), Column("Jumlah", 1.0, "kanan"), Column("Sampai", 1.0, "kiri"))
    assert table.baris == (("=1+1", "1.234", "05/01/2027"), ("-", "63,6", "-"))


def test_a_frozen_sheet_has_its_types_again() -> None:
    assert from_data(json.loads(json.dumps(SHEET.as_data()))) == SHEET
