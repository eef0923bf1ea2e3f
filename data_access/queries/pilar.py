"""Reads of the pilar lists; a list is public and says nothing of anybody, so these take no scope."""

from typing import Any

from sqlalchemy import Connection, select

from data_access.tables import referensi

LIST = "pilar"


def rows(connection: Connection, wilayah: str) -> list[dict[str, Any]]:
    """Every entry of every version of the lists that a region made itself."""
    query = select(referensi).where(referensi.c.daftar == LIST, referensi.c.wilayah == wilayah)
    return [dict(row) for row in connection.execute(query.order_by(referensi.c.versi, referensi.c.urutan)).mappings()]


def regions(connection: Connection) -> list[str]:
    """The regions that made a list of their own, by code."""
    query = select(referensi.c.wilayah).where(referensi.c.daftar == LIST).distinct().order_by(referensi.c.wilayah)
    return list(connection.execute(query).scalars())


def names(connection: Connection) -> dict[str, str]:
    """The name of each pilar or PSKS that any list knows, by its code."""
    query = select(referensi.c.kode, referensi.c.nama).where(referensi.c.daftar.in_((LIST, "psks")))
    return {kode: nama for kode, nama in connection.execute(query.order_by(referensi.c.daftar.desc(), referensi.c.id))}
