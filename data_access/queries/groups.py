"""The register grouped: by region for the map, and crosswise by any two of its properties."""

from collections.abc import Collection
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal, select

from data_access.frames import table
from data_access.queries.register import Selection, conditions, measure_parts
from data_access.tables import lks, lks_pilihan
from domain.filters import EMPTY
from domain.lks import AXES, AXIS_VALUES

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


def by_code(connection: Connection, selection: Selection, measure: str | None, level: str) -> pd.DataFrame:
    """region_query as a table: kode (None where the LKS name no kecamatan), total, numerator, denominator."""
    result = connection.execute(region_query(selection, measure, level))
    return table(result)


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


def crosstab(connection: Connection, selection: Selection, rows: str, columns: str | None, level: str) -> pd.DataFrame:
    """How many LKS per pair of values as a table of crosstab_query; what is not filled in reads "kosong"."""
    if columns is not None and (rows == REGION) != (columns == REGION):
        frame = _per_region(connection, selection, columns if rows == REGION else rows, level)
        if columns == REGION:
            frame = frame.rename(columns={"baris": "kolom", "kolom": "baris"})
    else:
        result = connection.execute(crosstab_query(selection, rows, columns, level))
        frame = table(result)
    for name in ("baris", "kolom"):
        if name in frame:
            frame[name] = frame[name].astype(object).where(frame[name].notna(), EMPTY)
    return frame


def _values(connection: Connection, name: str) -> list[str | None]:
    """Every value that a property can have, None for not filled in."""
    if name == KLUSTER:
        query = select(lks_pilihan.c.kode).where(lks_pilihan.c.bidang == "kluster").distinct()
        return [*connection.execute(query.order_by(lks_pilihan.c.kode)).scalars(), None]
    return [*(AXIS_VALUES[name] if name in AXIS_VALUES else ("dalam", "luar", "keduanya")), None]


def per_region_query(selection: Selection, other: str, values: list[str | None], level: str) -> Select[Any]:
    """Per code of a level a column for each value of another property: in index order, nothing is sorted."""
    code, column = lks.c[level + "_kode"], _dimension(other, level)
    counts = [func.count().filter(column.is_(None) if v is None else column == v).label(v or EMPTY) for v in values]
    query: Select[Any] = select(code.label("baris"), *counts)
    if other == KLUSTER:
        mine = and_(lks_pilihan.c.bidang == "kluster", lks_pilihan.c.lks_id == lks.c.id)
        query = query.select_from(lks.outerjoin(lks_pilihan, mine))
    return query.where(*conditions(selection)).group_by(*_path(level))


def _per_region(connection: Connection, selection: Selection, other: str, level: str) -> pd.DataFrame:
    values = _values(connection, other)
    result = connection.execute(per_region_query(selection, other, values, level))
    wide = table(result)
    long = wide.melt(id_vars="baris", var_name="kolom", value_name="jumlah").astype({"jumlah": "int64"})
    return long[long["jumlah"] > 0].reset_index(drop=True)


def total(connection: Connection, selection: Selection) -> int:
    """How many LKS are in the selection."""
    return connection.execute(
        select(func.count(literal(1))).select_from(lks).where(*conditions(selection))
    ).scalar_one()
