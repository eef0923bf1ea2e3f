"""A report as PDF: A4, tagged, in Indonesian, headings of tables repeated, pages counted; typst lays it out.

The layout (layout.typ) reads the report as JSON: no text ever becomes part of the source.
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from reports.model import Report, breakable
from reports.typeset import typeset

_LINE = 78  # characters of the body's size that surely fit a line
_CELLS = 92  # the same at the size of tables, over all columns
_SMALL, _MANY = 8.5 / 7, 7  # and how much more in a table of more than so many columns, which layout.typ sets smaller
_TURNED = 1.5  # how much more a line holds when the page is turned


def render(report: Report, made: datetime) -> bytes:
    """The PDF; the same report and moment give the same bytes. Its rules are those of typeset.typeset()."""
    return typeset("layout.typ", json.dumps(_broken(report.as_data())), int(made.timestamp()))


def _broken(data: dict[str, Any]) -> dict[str, Any]:
    """The report's data with long words made breakable for the width where each stands."""
    room = _CELLS * (_TURNED if data["mendatar"] else 1)
    tables = [block for block in data["isi"] if block["jenis"] == "Table"]
    found: dict[str, Any] = _walk(data, lambda text: breakable(text, _LINE // 3))
    for block in [block for block in found["isi"] if block["jenis"] == "Table"]:
        source = tables.pop(0)
        total = sum(column["lebar"] for column in source["kolom"])
        small = _SMALL if len(source["kolom"]) > _MANY else 1
        most = [max(2, int(room * small * column["lebar"] / total) - 2) for column in source["kolom"]]
        for column, own, width in zip(block["kolom"], source["kolom"], most, strict=True):
            column["judul"] = breakable(own["judul"], width)
        block["baris"] = [
            [breakable(cell, width) for cell, width in zip(row, most, strict=True)] for row in source["baris"]
        ]
    return found


def _walk(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: part if name == "jenis" else _walk(part, change) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_walk(part, change) for part in value]
    return value
