"""Reads of the versioned reference lists; they are public, so these take no scope."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, or_, select

from data_access.tables import pengaturan, referensi
from domain.wilayah import lineage


def options(connection: Connection, daftar: str, on: date, wilayah: str | None = None) -> list[dict[str, Any]]:
    """The entries of a list in force on a date, in their order: the most specific region that has its own list wins."""
    for place in [*reversed(lineage(wilayah)), ""]:
        query = (
            select(referensi)
            .where(
                referensi.c.daftar == daftar,
                referensi.c.wilayah == place,
                or_(referensi.c.berlaku_mulai.is_(None), referensi.c.berlaku_mulai <= on),
                or_(referensi.c.berlaku_sampai.is_(None), referensi.c.berlaku_sampai > on),
            )
            .order_by(referensi.c.urutan)
        )
        rows = [dict(row) for row in connection.execute(query).mappings()]
        if rows:
            return rows
    return []


def setting(connection: Connection, key: str, wilayah: str | None) -> dict[str, Any] | None:
    """A region's number with its source: the most specific region that set one wins; None when nobody did."""
    return settings(connection, key, [wilayah])[wilayah]


def settings(
    connection: Connection, key: str, wilayah: Iterable[str | None]
) -> dict[str | None, dict[str, Any] | None]:
    """setting() of many regions at once, by region."""
    query = select(pengaturan).where(pengaturan.c.kunci == key)
    rows = {row["wilayah"]: dict(row) for row in connection.execute(query).mappings()}
    return {kode: next((rows[p] for p in [*reversed(lineage(kode)), ""] if p in rows), None) for kode in wilayah}
