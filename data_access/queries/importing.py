"""Reads about import batches."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Connection, or_, select

from data_access.frames import table
from data_access.queries.records import chunks
from data_access.tables import impor_baris, impor_batch, lks, lks_bantuan, lks_berkas, penggabungan, permohonan
from domain.permissions import Scope


def batches(connection: Connection, scope: Scope, limit: int = 50) -> pd.DataFrame:
    """The newest batches made from within the scope, one row each."""
    query = select(impor_batch).order_by(impor_batch.c.id.desc()).limit(limit)
    if scope.root is not None:
        below = impor_batch.c.wilayah.startswith(scope.root + ".", autoescape=True)
        query = query.where(or_(impor_batch.c.wilayah == scope.root, below))
    result = connection.execute(query)
    return table(result)


def batch(connection: Connection, batch_id: int) -> dict[str, Any] | None:
    """One batch; None when there is none."""
    row = connection.execute(select(impor_batch).where(impor_batch.c.id == batch_id)).mappings().first()
    return dict(row) if row else None


def rows(connection: Connection, batch_id: int) -> list[dict[str, Any]]:
    """What a batch did to each LKS, with the LKS's present version, name and kab/kota."""
    query = (
        select(
            *(impor_baris, lks.c.versi.label("versi_kini"), lks.c.nama, lks.c.kode_lks, lks.c.diarsipkan_pada),
            lks.c.kabkota_kode,
        )
        .join(lks, lks.c.id == impor_baris.c.lks_id)
        .where(impor_baris.c.batch_id == batch_id)
        .order_by(impor_baris.c.baris)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def with_later_work(connection: Connection, ids: Sequence[int]) -> set[int]:
    """Those LKS that something was hung on since: papers, aid, a request, a merge; deleting them would lose it."""
    found: set[int] = set()
    for piece in chunks(list(ids)):
        for column in (
            lks_berkas.c.lks_id,
            lks_bantuan.c.lks_id,
            permohonan.c.lks_id,
            penggabungan.c.dari_id,
            penggabungan.c.ke_id,
        ):
            found |= set(connection.execute(select(column).where(column.in_(piece))).scalars())
        found |= set(connection.execute(select(lks.c.digabung_ke).where(lks.c.digabung_ke.in_(piece))).scalars())
    return found
