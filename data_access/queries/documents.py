"""Reads of issued documents: each is seen from the region it is about and from above."""

from typing import Any

from sqlalchemy import Connection, or_, select, true

from data_access.tables_dokumen import dokumen
from domain.permissions import Scope


def one(connection: Connection, scope: Scope, dokumen_id: int) -> dict[str, Any] | None:
    """An issued document with its frozen content; None when there is none or it is about a region outside the scope."""
    place, root = dokumen.c.wilayah, scope.root
    here = true() if root is None else or_(place == root, place.startswith(root + ".", autoescape=True))
    row = connection.execute(select(dokumen).where(dokumen.c.id == dokumen_id, here)).mappings().first()
    return dict(row) if row else None
