"""Reads of office identities: the versions of one office, and all that may stand for it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from data_access.queries.lkks import covered
from data_access.tables_dokumen import identitas_kantor
from domain.permissions import Scope

Row = dict[str, Any]


def versions(connection: Connection, scope: Scope, wilayah: str, pemilik: str) -> list[Row]:
    """The versions that a region's own office kept, the newest first; none outside the scope."""
    i = identitas_kantor.c
    query = select(identitas_kantor).where(i.wilayah == wilayah, i.pemilik == pemilik, covered(scope, i.wilayah))
    return [dict(row) for row in connection.execute(query.order_by(i.berlaku_mulai.desc())).mappings()]


def standing(connection: Connection, places: Sequence[str], pemilik: str) -> list[Row]:
    """Every version kept in some regions by one kind of office; a letterhead is printed for anybody to read."""
    i = identitas_kantor.c
    query = select(identitas_kantor).where(i.wilayah.in_(places), i.pemilik == pemilik)
    return [dict(row) for row in connection.execute(query).mappings()]
