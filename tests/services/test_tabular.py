"""Any table as a workbook: typed cells, text that stays text, and the sheet that says what it is."""

import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pandas as pd
import pytest

from domain.errors import NotPermitted
from domain.permissions import Actor, Role, Scope
from services import tabular


def test_workbook_keeps_types_and_says_what_it_is(actor: Callable[..., Actor]) -> None:
    frame = pd.DataFrame(
        {
            "LKS": ["=1+1", "Panti A"],
            "Jumlah": [11, None],
            "Tanggal": [date(2025, 5, 22), None],
            "Kode": ["33.71", "0812"],
        }
    )
    book = openpyxl.load_workbook(io.BytesIO(tabular.workbook(actor("lkks"), "Uji", frame, {"Sumber": "register"})))
    rows = list(book["Uji"].iter_rows(values_only=True))
    assert rows[0] == ("LKS", "Jumlah", "Tanggal", "Kode")
    assert (*rows[1][:2], rows[1][2].date(), rows[1][3]) == ("=1+1", 11, date(2025, 5, 22), "33.71")
    assert book["Uji"]["A2"].data_type == "s", "a text that looks like a formula is text"
    assert rows[2] == ("Panti A", None, None, "0812")
    assert ("Sumber", "register") in [row[:2] for row in book["Keterangan"].iter_rows(values_only=True)]


def test_who_may_not_export_gets_no_workbook() -> None:
    nobody = Actor(None, "x", "x", Role("kosong", frozenset()), Scope(None))
    with pytest.raises(NotPermitted):
        tabular.workbook(nobody, "Uji", pd.DataFrame({"a": [1]}), {})
