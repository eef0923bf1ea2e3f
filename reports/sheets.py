"""A table as typed rows: what a workbook holds as numbers and dates, and the same printed for every other writer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain import figures
from reports.model import LEFT, RIGHT, Column, Table, plain

TEXT, NUMBER, DAY = "teks", "angka", "tanggal"


@dataclass(frozen=True)
class Field:
    """A column: its heading, what its cells are (teks, angka, tanggal), its share of a page's width (0: not printed)."""

    judul: str
    jenis: str = TEXT
    lebar: float = 1.0


@dataclass(frozen=True)
class Sheet:
    """A table of typed cells; None is an empty one."""

    nama: str
    kolom: tuple[Field, ...]
    baris: tuple[tuple[Any, ...], ...]

    def as_data(self) -> dict[str, Any]:
        """The sheet as plain JSON data, dates as ISO text."""
        rows = [[cell.isoformat() if isinstance(cell, date) else cell for cell in row] for row in self.baris]
        columns = [{"judul": one.judul, "jenis": one.jenis, "lebar": one.lebar} for one in self.kolom]
        return {"nama": self.nama, "kolom": columns, "baris": rows}


def from_data(data: Mapping[str, Any]) -> Sheet:
    """The sheet that as_data() gave."""
    fields = tuple(Field(**column) for column in data["kolom"])
    return Sheet(data["nama"], fields, tuple(_row(row, fields) for row in data["baris"]))


def _row(row: Sequence[Any], fields: Sequence[Field]) -> tuple[Any, ...]:
    return tuple(
        date.fromisoformat(cell) if field.jenis == DAY and cell is not None else cell
        for cell, field in zip(row, fields, strict=True)
    )


def printed(sheet: Sheet) -> Table:
    """The sheet as a table of texts in Indonesian figures; columns of no width are left to the workbook."""
    places = [at for at, field in enumerate(sheet.kolom) if field.lebar > 0]
    columns = [sheet.kolom[at] for at in places]
    return Table(
        sheet.nama,
        tuple(Column(one.judul, one.lebar, RIGHT if one.jenis == NUMBER else LEFT) for one in columns),
        tuple(tuple(_text(row[at]) for at in places) for row in sheet.baris),
    )


def _text(value: Any) -> str:
    if value is None or value == "":
        return figures.MISSING
    if isinstance(value, date):
        return figures.date_short(value)
    if isinstance(value, int):
        return figures.integer(value)
    if isinstance(value, float):
        return figures.decimal(value, 1)
    return plain(value)
