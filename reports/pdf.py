"""A report as PDF: A4, tagged, in Indonesian, headings of tables repeated, pages counted; typst lays it out.

The layout (layout.typ) reads the report as JSON: no text ever becomes part of the source.
"""

import json
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from reports.model import Report, breakable

_HERE = Path(__file__).resolve().parent
_FONTS = _HERE.parent / "assets" / "tema"
_LINE = 78  # characters of the body's size that surely fit a line
_CELLS = 92  # the same at the size of tables, over all columns
_TURNED = 1.5  # how much more a line holds when the page is turned


@cache
def _fonts() -> typst.Fonts:
    # Only ours and those inside typst: a document looks the same on every computer.
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(_FONTS)])


@cache
def _layout() -> bytes:
    return (_HERE / "layout.typ").read_bytes()


def render(report: Report, made: datetime) -> bytes:
    """The PDF; the same report and moment give the same bytes.

    It keeps the rules of PDF/UA-1. Only a character that no font here can draw makes that impossible: the document is
    then tagged all the same, without the claim.
    """
    data, moment = json.dumps(_broken(report.as_data())), int(made.timestamp())
    try:
        return _compiled(data, moment, ["ua-1"])
    except typst.TypstError:
        return _compiled(data, moment, [])


def _compiled(data: str, moment: int, standards: list[Any]) -> bytes:
    # A compiler each time: after a refusal it no longer knows the source that it was given.
    compiler = typst.Compiler(input=_layout(), font_paths=_fonts(), sys_inputs={"laporan": data})
    found = compiler.compile(format="pdf", pdf_standards=standards, timestamp=moment)
    assert isinstance(found, bytes)  # one document, not a picture a page
    return found


def _broken(data: dict[str, Any]) -> dict[str, Any]:
    """The report's data with long words made breakable for the width where each stands."""
    room = _CELLS * (_TURNED if data["mendatar"] else 1)
    tables = [block for block in data["isi"] if block["jenis"] == "Table"]
    found: dict[str, Any] = _walk(data, lambda text: breakable(text, _LINE // 3))
    for block in [block for block in found["isi"] if block["jenis"] == "Table"]:
        source = tables.pop(0)
        total = sum(column["lebar"] for column in source["kolom"])
        most = [max(2, int(room * column["lebar"] / total) - 2) for column in source["kolom"]]
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
