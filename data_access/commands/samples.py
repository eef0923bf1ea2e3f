"""Writes that only the sample data needs."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, update

from data_access.queries.records import chunks
from data_access.tables import lks, lks_bantuan, lks_berkas, penggabungan


def set_codes(connection: Connection, by_code: Mapping[str, int]) -> None:
    """Gives the sample rows the codes that their documents and aid rows refer to."""
    for kode, lks_id in by_code.items():  # two passes: a code may still be held by another sample row
        connection.execute(update(lks).where(lks.c.id == lks_id).values(kode_lks=f"TMP-{kode}"))
    for kode, lks_id in by_code.items():
        connection.execute(update(lks).where(lks.c.id == lks_id).values(kode_lks=kode))


def add_children(
    connection: Connection,
    by_code: Mapping[str, int],
    documents: Sequence[Mapping[str, Any]],
    aid: Sequence[Mapping[str, Any]],
) -> None:
    """Stores the sample documents and aid rows."""
    papers = [
        {
            "lks_id": by_code[row["kode_lks"]],
            **{n: row.get(n) for n in ("syarat", "nomor", "tanggal", "berlaku_sampai")},
        }
        | {"ada": str(row["ada"]) in ("1", "True"), "catatan": row.get("catatan")}
        for row in documents
    ]
    gifts = [
        {"lks_id": by_code[row["kode_lks"]]}
        | {n: row.get(n) for n in ("tahun", "jenis", "sumber", "nilai_rupiah", "catatan")}
        | {"penerima": None if row.get("penerima") is None else int(row["penerima"])}
        for row in aid
    ]
    for table, rows in ((lks_berkas, papers), (lks_bantuan, gifts)):
        if rows:
            connection.execute(insert(table), rows)


def remove_links(connection: Connection, ids: Sequence[int]) -> None:
    """Unties merges among rows that are about to be deleted."""
    for piece in chunks(list(ids)):
        connection.execute(
            delete(penggabungan).where(or_(penggabungan.c.dari_id.in_(piece), penggabungan.c.ke_id.in_(piece)))
        )
        connection.execute(update(lks).where(lks.c.digabung_ke.in_(piece)).values(digabung_ke=None))
