"""The register grouped: by region for the map, and crosswise by any two of its properties."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal, select

from data_access.queries.register import Selection, conditions, measure_parts
from data_access.tables import lks, lks_pilihan
from domain.lks import AXES

KLUSTER, REGION = "kluster", "wilayah"
DIMENSIONS = (KLUSTER, REGION, *AXES, "setting")


def _path(level: str) -> list[ColumnElement[Any]]:
    """The codes from the province down to a level: the order of the covering index, so that nothing is sorted."""
    levels = ("provinsi", "kabkota", "kecamatan")
    return [lks.c[name + "_kode"] for name in levels[: levels.index(level) + 1]]


def any_under(connection: Connection, kabkota: Collection[str]) -> bool:
    """True when an LKS is stored under one of these kab/kota."""
    query = select(lks.c.id).where(lks.c.kabkota_kode.in_(sorted(kabkota))).limit(1)
    return connection.execute(query).first() is not None


def region_query(selection: Selection, measure: str | None, level: str) -> Select[Any]:
    """Per code of a level (provinsi, kabkota, kecamatan): how many LKS, and both parts of a measure (None: the count alone)."""
    code = lks.c[level + "_kode"]
    above, below = measure_parts(measure, selection.on) if measure else (func.count(), func.count())
    columns = [code.label("kode"), func.count().label("total"), above.label("numerator"), below.label("denominator")]
    return select(*columns).where(*conditions(selection)).group_by(*_path(level))


def by_code(
    connection: Connection, selection: Selection, measure: str | None, level: str
) -> list[tuple[str | None, int, int, int]]:
    """region_query as (kode, None where the LKS name no kecamatan, total, numerator, denominator)."""
    return [tuple(row) for row in connection.execute(region_query(selection, measure, level))]


def _dimension(name: str, level: str) -> ColumnElement[Any]:
    if name == KLUSTER:
        return lks_pilihan.c.kode
    return lks.c[level + "_kode"] if name == REGION else lks.c[name]


def crosstab_query(selection: Selection, rows: str, columns: str | None, level: str) -> Select[Any]:
    """How many LKS per pair of values: baris, kolom, jumlah; without `columns` per row value alone."""
    names = [rows] if columns is None else [rows, columns]
    keys = [_dimension(name, level).label(label) for name, label in zip(names, ("baris", "kolom"), strict=False)]
    query = select(*keys, func.count().label("jumlah")).where(*conditions(selection))
    if KLUSTER in names:
        mine = and_(lks_pilihan.c.bidang == "kluster", lks_pilihan.c.lks_id == lks.c.id)
        query = query.select_from(lks.outerjoin(lks_pilihan, mine))
    return query.group_by(*[_dimension(name, level) for name in names])


def crosstab(
    connection: Connection, selection: Selection, rows: str, columns: str | None, level: str
) -> list[tuple[str | None, str | None, int]]:
    """crosstab_query as (row value, column value, LKS), None for what is not filled in; without `columns` that is None."""
    found = connection.execute(crosstab_query(selection, rows, columns, level))
    return [(row[0], None if columns is None else row[1], row[-1]) for row in found]


def total(connection: Connection, selection: Selection) -> int:
    """How many LKS are in the selection."""
    return connection.execute(
        select(func.count(literal(1))).select_from(lks).where(*conditions(selection))
    ).scalar_one()
