"""The register row by row: one page of the list, the ids behind it, what ends next, and points for the map."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal, select, union_all

from data_access.frames import table
from data_access.queries.records import chunks, in_scope
from data_access.queries.register import PAPERS, Selection, conditions, holds_paper
from data_access.tables import lks, lks_binaan, lks_pilihan
from domain.lks import AXES, CORE
from domain.permissions import Scope

# What the list can be ordered by; "wilayah" (region, then name) is its own order and follows an index.
_SORTS: dict[str, ColumnElement[Any]] = {
    name: lks.c[name]
    for name in ("kode_lks", "setting", *AXES, "daftar_sampai", "akreditasi_sampai", "diverifikasi_pada", "terisi")
} | {"nama": lks.c.nama_kunci, "kabkota": lks.c.kabkota_kode, "kecamatan": lks.c.kecamatan_kode}
_SORTS["kelengkapan"] = _SORTS["terisi"]
SORTS = ("wilayah", *_SORTS)
_OWN = (
    *("id", "kode_lks", "nama", "provinsi_kode", "kabkota_kode", "kecamatan_kode", "setting", *AXES),
    *("daftar_sampai", "akreditasi_sampai", "diverifikasi_pada", "terisi", "contoh", "versi"),
)


def _ordered(query: Select[Any], sort: str, descending: bool) -> Select[Any]:
    last = (lks.c.kabkota_kode, lks.c.nama_kunci, lks.c.id)
    if sort == "wilayah":
        return query.order_by(*[column.desc() if descending else column for column in last])
    column = _SORTS[sort]
    # What is not filled in stands last in either direction, on every store alike.
    empty_last = [column.is_(None)] if lks.c[column.name].nullable else []
    return query.order_by(*empty_last, column.desc() if descending else column, *last)


def ids(connection: Connection, selection: Selection, sort: str = "wilayah", descending: bool = False) -> list[int]:
    """The ids of the selection in the order of the list."""
    query = _ordered(select(lks.c.id).where(*conditions(selection)), sort, descending)
    return list(connection.execute(query).scalars())


def page_ids(
    connection: Connection, selection: Selection, sort: str, descending: bool, size: int, offset: int
) -> list[int]:
    """The ids of one page of the list."""
    query = _ordered(select(lks.c.id).where(*conditions(selection)), sort, descending)
    return list(connection.execute(query.limit(size).offset(offset)).scalars())


def rows(connection: Connection, scope: Scope, wanted: Sequence[int]) -> pd.DataFrame:
    """The list's columns of those ids that lie in the scope, in the given order; kluster as a list of codes."""
    found: dict[int, dict[str, Any]] = {}
    for piece in chunks(list(wanted)):
        query = select(*[lks.c[name] for name in _OWN]).where(lks.c.id.in_(piece), in_scope(scope))
        for row in connection.execute(query).mappings():
            found[row["id"]] = {**row, "kluster": [], "binaan": None, "kelengkapan": row["terisi"] / len(CORE)}
    for piece in chunks(list(found)):
        chosen = (lks_pilihan.c.bidang == "kluster", lks_pilihan.c.lks_id.in_(piece))
        for lks_id, kode in connection.execute(
            select(lks_pilihan.c.lks_id, lks_pilihan.c.kode).where(*chosen).order_by(lks_pilihan.c.kode)
        ):
            found[lks_id]["kluster"].append(kode)
        b = lks_binaan
        undated = (b.c.lks_id.in_(piece), b.c.kelompok == "semua", b.c.periode == "")
        for lks_id, jumlah in connection.execute(
            select(b.c.lks_id, func.sum(b.c.jumlah)).where(*undated).group_by(b.c.lks_id)
        ):
            found[lks_id]["binaan"] = jumlah
    columns = [*_OWN, "kluster", "binaan", "kelengkapan"]
    frame = pd.DataFrame([found[lks_id] for lks_id in wanted if lks_id in found], columns=columns)
    for name in ("daftar_sampai", "akreditasi_sampai", "diverifikasi_pada"):
        frame[name] = pd.to_datetime(frame[name])
    return frame.astype({"binaan": "Int64"})


def ending(
    connection: Connection, selection: Selection, until: date, since: date | None, limit: int | None = None
) -> pd.DataFrame:
    """Papers that end up to a date (from `since`, None: those that ended already), nearest first, at most `limit`.

    One row per paper: id, kode_lks, nama, kabkota_kode, berkas (daftar, akreditasi), nomor, sampai, contoh.
    """
    parts = []
    for paper in PAPERS:
        end = lks.c[paper + "_sampai"]
        names = ("id", "kode_lks", "nama", "kabkota_kode", "contoh")
        told = (literal(paper).label("berkas"), lks.c[paper + "_nomor"].label("nomor"), end.label("sampai"))
        window = end <= until if since is None else and_(end >= since, end <= until)
        where = (holds_paper(paper), window, *conditions(selection))
        parts.append(select(*[lks.c[name] for name in names], *told).where(*where))
    both = union_all(*parts).subquery()
    query = select(both).order_by(both.c.sampai, both.c.kabkota_kode, both.c.nama, both.c.berkas).limit(limit)
    return table(connection.execute(query))


def points(connection: Connection, selection: Selection, limit: int) -> pd.DataFrame:
    """LKS with a coordinate: id, kode_lks, nama, lat, lon, kecamatan_kode, kabkota_kode, contoh; at most `limit`."""
    names = ("id", "kode_lks", "nama", "lat", "lon", "kecamatan_kode", "kabkota_kode", "contoh")
    query = select(*[lks.c[name] for name in names]).where(lks.c.lat.is_not(None), *conditions(selection))
    result = connection.execute(query.order_by(lks.c.kode_lks).limit(limit))
    return table(result)


def kluster_of(connection: Connection, selection: Selection) -> dict[int, list[str]]:
    """The kluster of each LKS of the selection, by id."""
    chosen = select(lks.c.id).where(*conditions(selection))
    query = select(lks_pilihan.c.lks_id, lks_pilihan.c.kode).where(
        lks_pilihan.c.bidang == "kluster", lks_pilihan.c.lks_id.in_(chosen)
    )
    found: dict[int, list[str]] = {}
    for lks_id, kode in connection.execute(query.order_by(lks_pilihan.c.lks_id, lks_pilihan.c.kode)):
        found.setdefault(lks_id, []).append(kode)
    return found
