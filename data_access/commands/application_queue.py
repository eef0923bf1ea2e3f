"""Writes of those who review online applications; the commit is the caller's."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, update

from data_access.tables_pengajuan import pengajuan, pengajuan_berkas, pengajuan_isian, pengajuan_langkah


def change(connection: Connection, application_id: int, version: int, values: Mapping[str, Any]) -> bool:
    """Changes an application that is still at `version`; False when it moved on."""
    where = (pengajuan.c.id == application_id, pengajuan.c.versi == version)
    return connection.execute(update(pengajuan).where(*where).values(**values, versi=version + 1)).rowcount == 1


def add_step(connection: Connection, application_id: int, status: str, at: datetime, by: str, note: str | None) -> None:
    """Writes down that an application came into a state."""
    values = {"pengajuan_id": application_id, "status": status, "pada": at, "oleh": by, "catatan": note}
    connection.execute(insert(pengajuan_langkah).values(**values))


def set_field(connection: Connection, application_id: int, bidang: str, values: Mapping[str, Any]) -> None:
    """Changes one field of an application (keadaan, alasan, sebelum)."""
    where = (pengajuan_isian.c.pengajuan_id == application_id, pengajuan_isian.c.bidang == bidang)
    connection.execute(update(pengajuan_isian).where(*where).values(**values))


def set_file(connection: Connection, file_id: int, values: Mapping[str, Any]) -> None:
    """Changes what was decided of one file (keadaan, alasan)."""
    connection.execute(update(pengajuan_berkas).where(pengajuan_berkas.c.id == file_id).values(**values))


def add(connection: Connection, values: Mapping[str, Any], fields: Sequence[Mapping[str, Any]]) -> int:
    """Stores an application with its fields and returns its id; only for sample data, the public side has its own."""
    made = insert(pengajuan).values(**values).returning(pengajuan.c.id)
    application_id: int = connection.execute(made).scalar_one()
    if fields:
        connection.execute(insert(pengajuan_isian), [{"pengajuan_id": application_id, **row} for row in fields])
    return application_id


def add_files(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Stores rows of files; only for sample data."""
    if rows:
        connection.execute(insert(pengajuan_berkas), list(rows))


def remove_samples(connection: Connection) -> tuple[int, list[str]]:
    """Deletes the sample applications with all that hangs on them: (how many, the keys of their files)."""
    of_samples = pengajuan.c.contoh
    keys = [row.kunci for row in connection.execute(pengajuan.select().where(of_samples))]
    files = pengajuan_berkas.c.pengajuan_kunci.in_(keys)
    gone = list(connection.execute(pengajuan_berkas.select().where(files)).mappings())
    connection.execute(delete(pengajuan_berkas).where(files))
    connection.execute(delete(pengajuan).where(of_samples))
    return len(keys), [row["kunci"] for row in gone]
