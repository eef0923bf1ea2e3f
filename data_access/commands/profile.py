"""Writes of an LKS's children (documents, aid, clients, requests) and of merges; the commit is the caller's."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, select, update

from data_access.queries.records import chunks
from data_access.tables import (
    bukan_kembar,
    lks_bantuan,
    lks_berkas,
    lks_binaan,
    lks_pengurus,
    penggabungan,
    permohonan,
    permohonan_langkah,
)

Row = dict[str, Any]
_MOVABLE = {
    "lks_berkas": lks_berkas,
    "lks_bantuan": lks_bantuan,
    "lks_binaan": lks_binaan,
    "lks_pengurus": lks_pengurus,
    "permohonan": permohonan,
}


def set_document(connection: Connection, lks_id: int, syarat: str, values: Mapping[str, Any]) -> None:
    """Stores what is known of one document of an LKS, replacing what was known before."""
    where = (lks_berkas.c.lks_id == lks_id, lks_berkas.c.syarat == syarat)
    if connection.execute(update(lks_berkas).where(*where).values(**values)).rowcount == 0:
        connection.execute(insert(lks_berkas).values(lks_id=lks_id, syarat=syarat, **values))


def add_aid(connection: Connection, lks_id: int, values: Mapping[str, Any]) -> int:
    """Stores one aid row and returns its id."""
    return connection.execute(
        insert(lks_bantuan).values(lks_id=lks_id, **values).returning(lks_bantuan.c.id)
    ).scalar_one()


def change_aid(connection: Connection, lks_id: int, aid_id: int, values: Mapping[str, Any]) -> None:
    """Changes one aid row of an LKS."""
    where = (lks_bantuan.c.id == aid_id, lks_bantuan.c.lks_id == lks_id)
    connection.execute(update(lks_bantuan).where(*where).values(**values))


def remove_aid(connection: Connection, lks_id: int, aid_id: int) -> None:
    """Deletes one aid row of an LKS."""
    connection.execute(delete(lks_bantuan).where(lks_bantuan.c.id == aid_id, lks_bantuan.c.lks_id == lks_id))


def set_clients(
    connection: Connection, lks_id: int, kelompok: str, setting: str, periode: str, jumlah: int | None
) -> int | None:
    """Stores a count of clients (None takes it away) and returns what it was before; never the undated totals."""
    if kelompok == "semua" and not periode:
        raise ValueError("undated totals are written through commands.lks")
    where = and_(
        lks_binaan.c.lks_id == lks_id,
        lks_binaan.c.kelompok == kelompok,
        lks_binaan.c.setting == setting,
        lks_binaan.c.periode == periode,
    )
    before = connection.execute(select(lks_binaan.c.jumlah).where(where)).scalar()
    connection.execute(delete(lks_binaan).where(where))
    if jumlah is not None:
        values = {"lks_id": lks_id, "kelompok": kelompok, "setting": setting, "periode": periode, "jumlah": jumlah}
        connection.execute(insert(lks_binaan).values(**values))
    return before


def add_request(connection: Connection, values: Mapping[str, Any]) -> int:
    """Stores a registration request and returns its id."""
    return connection.execute(insert(permohonan).values(**values).returning(permohonan.c.id)).scalar_one()


def change_request(connection: Connection, request_id: int, version: int, values: Mapping[str, Any]) -> bool:
    """Changes a request that is still at `version`; False when it moved on."""
    where = (permohonan.c.id == request_id, permohonan.c.versi == version)
    return connection.execute(update(permohonan).where(*where).values(**values, versi=version + 1)).rowcount == 1


def add_step(connection: Connection, request_id: int, status: str, at: datetime, by: str, note: str | None) -> None:
    """Writes down that a request came into a state."""
    values = {"permohonan_id": request_id, "status": status, "pada": at, "oleh": by, "catatan": note}
    connection.execute(insert(permohonan_langkah).values(**values))


def move(connection: Connection, table: str, ids: Sequence[int], lks_id: int) -> None:
    """Gives child rows of one table to another LKS."""
    of = _MOVABLE[table]
    for piece in chunks(list(ids)):
        connection.execute(update(of).where(of.c.id.in_(piece)).values(lks_id=lks_id))


def drop_documents(connection: Connection, ids: Sequence[int]) -> None:
    """Deletes document rows that a merge replaces."""
    for piece in chunks(list(ids)):
        connection.execute(delete(lks_berkas).where(lks_berkas.c.id.in_(piece)))


def put_back_documents(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Stores document rows that a merge had replaced."""
    listed = list(rows)
    if listed:
        connection.execute(insert(lks_berkas), listed)


def add_merge(
    connection: Connection, from_id: int, into_id: int, before: Mapping[str, Any], version: int, at: datetime, by: str
) -> int:
    """Stores a merge with what it takes to take it back and returns its id; `version` is the kept row's new one."""
    values = {
        "dari_id": from_id,
        "ke_id": into_id,
        "sebelum": dict(before),
        "versi_ke": version,
        "pada": at,
        "oleh": by,
    }
    return connection.execute(insert(penggabungan).values(**values).returning(penggabungan.c.id)).scalar_one()


def end_merge(connection: Connection, merge_id: int, at: datetime) -> bool:
    """Marks a merge as taken back; False when it already was."""
    where = (penggabungan.c.id == merge_id, penggabungan.c.dibatalkan_pada.is_(None))
    return connection.execute(update(penggabungan).where(*where).values(dibatalkan_pada=at)).rowcount == 1


def add_not_twins(connection: Connection, a: int, b: int) -> bool:
    """Writes down that two LKS are not the same; False when that was known."""
    low, high = sorted((a, b))
    where = (bukan_kembar.c.lks_a == low, bukan_kembar.c.lks_b == high)
    if connection.execute(select(bukan_kembar.c.lks_a).where(*where)).first():
        return False
    connection.execute(insert(bukan_kembar).values(lks_a=low, lks_b=high))
    return True
