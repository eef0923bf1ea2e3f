"""Reads about regions; the table is public, so these take no scope."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, or_, select

from data_access.frames import table
from data_access.tables import wilayah, wilayah_nama

if TYPE_CHECKING:
    import pandas as pd


def _in_force(query: Select[Any], on: date) -> Select[Any]:
    return query.where(
        or_(wilayah.c.berlaku_mulai.is_(None), wilayah.c.berlaku_mulai <= on),
        or_(wilayah.c.berlaku_sampai.is_(None), wilayah.c.berlaku_sampai > on),
    )


def exists(connection: Connection, kode: str) -> bool:
    """True when the register knows the code, in force or not."""
    return connection.execute(select(wilayah.c.kode).where(wilayah.c.kode == kode)).first() is not None


def one(connection: Connection, kode: str) -> dict[str, Any] | None:
    """One region as a dict; None when unknown."""
    row = connection.execute(select(wilayah).where(wilayah.c.kode == kode)).mappings().first()
    return dict(row) if row else None


def children(connection: Connection, kode: str | None, on: date) -> pd.DataFrame:
    """The regions right below `kode` (provinces for None) in force on a date: kode, nama, jenis, lat, lon, by code."""
    where = wilayah.c.induk.is_(None) if kode is None else wilayah.c.induk == kode
    query = select(wilayah.c.kode, wilayah.c.nama, wilayah.c.jenis, wilayah.c.lat, wilayah.c.lon).where(where)
    result = connection.execute(_in_force(query, on).order_by(wilayah.c.kode))
    return table(result)


def all_rows(connection: Connection) -> list[dict[str, Any]]:
    """Every region, in force or not, by code."""
    return [dict(row) for row in connection.execute(select(wilayah).order_by(wilayah.c.kode)).mappings()]


def names(connection: Connection, codes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """(jenis, nama) of each code that is known."""
    query = select(wilayah.c.kode, wilayah.c.jenis, wilayah.c.nama).where(wilayah.c.kode.in_(list(codes)))
    return {kode: (jenis, nama) for kode, jenis, nama in connection.execute(query)}


def former_names(connection: Connection) -> list[dict[str, Any]]:
    """Names that regions bore earlier, with the dates."""
    return [dict(row) for row in connection.execute(select(wilayah_nama)).mappings()]
