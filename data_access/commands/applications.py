"""Writes of the door of online applications; each takes a connection in a transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, update
from sqlalchemy.exc import IntegrityError

from data_access.commands import bulk
from data_access.tables_pengajuan import (
    gagal_pintu,
    pengajuan,
    pengajuan_berkas,
    pengajuan_isian,
    pengajuan_konflik,
    pengajuan_langkah,
    tautan_lks,
)
from domain.errors import StoreUnavailable

Values = Mapping[str, Any]


def add(connection: Connection, values: Values, fields: Sequence[Values]) -> int:
    """Stores an application with its fields and returns its id; files that came before it become its own."""
    made = connection.execute(insert(pengajuan).values(**values).returning(pengajuan.c.id))
    application_id: int = made.scalar_one()
    bulk.add_rows(connection, pengajuan_isian, [{"pengajuan_id": application_id, **field} for field in fields])
    mine = (pengajuan_berkas.c.pengajuan_kunci == values["kunci"], pengajuan_berkas.c.pengajuan_id.is_(None))
    connection.execute(update(pengajuan_berkas).where(*mine).values(pengajuan_id=application_id))
    return application_id


def change(connection: Connection, application_id: int, version: int, values: Values) -> bool:
    """Changes an application as read at `version`; False when somebody was faster."""
    where = (pengajuan.c.id == application_id, pengajuan.c.versi == version)
    return connection.execute(update(pengajuan).where(*where).values(**values, versi=version + 1)).rowcount == 1


def start_clock(connection: Connection, application_id: int, values: Values) -> None:
    """Stores since when an application is complete and its deadline, unless that is known already."""
    where = (pengajuan.c.id == application_id, pengajuan.c.lengkap_pada.is_(None))
    connection.execute(update(pengajuan).where(*where).values(**values))


def add_step(connection: Connection, application_id: int, status: str, at: datetime, by: str, note: str | None) -> None:
    """Notes a step on the way of an application."""
    values = {"pengajuan_id": application_id, "status": status, "pada": at, "oleh": by, "catatan": note}
    connection.execute(insert(pengajuan_langkah).values(**values))


def set_field(connection: Connection, application_id: int, name: str, values: Values) -> None:
    """Stores a field that was asked for again, in place of what stood there."""
    where = (pengajuan_isian.c.pengajuan_id == application_id, pengajuan_isian.c.bidang == name)
    if connection.execute(update(pengajuan_isian).where(*where).values(**values)).rowcount == 0:
        connection.execute(insert(pengajuan_isian).values(pengajuan_id=application_id, bidang=name, **values))


def set_aside(connection: Connection, application_id: int, mark: str, content: Any, at: datetime) -> None:
    """Keeps another content that came under the key of an application."""
    values = {"pengajuan_id": application_id, "sidik_isi": mark, "isi": content, "pada": at}
    connection.execute(insert(pengajuan_konflik).values(**values))


def add_file(connection: Connection, values: Values) -> None:
    """Notes an upload that begins; StoreUnavailable when its first piece came twice at the same instant."""
    try:
        connection.execute(insert(pengajuan_berkas).values(**values))
    except IntegrityError as error:  # PostgreSQL; the phone asks again and hears where to go on
        raise StoreUnavailable() from error


def forget_addresses(connection: Connection, before: datetime) -> None:
    """Forgets where uploads came from that began before a moment: it only serves the limit of a day."""
    where = (pengajuan_berkas.c.dibuat_pada < before, pengajuan_berkas.c.alamat.is_not(None))
    connection.execute(update(pengajuan_berkas).where(*where).values(alamat=None))


def advance_file(connection: Connection, kunci: str, start: int, end: int) -> bool:
    """Moves an upload on from `start` to `end`; False when it does not stand at `start`."""
    where = (pengajuan_berkas.c.kunci == kunci, pengajuan_berkas.c.diterima == start)
    return connection.execute(update(pengajuan_berkas).where(*where).values(diterima=end)).rowcount == 1


def finish_file(connection: Connection, kunci: str) -> bool:
    """Marks an upload as whole and proved; False when it was."""
    where = (pengajuan_berkas.c.kunci == kunci, pengajuan_berkas.c.selesai.is_(False))
    return connection.execute(update(pengajuan_berkas).where(*where).values(selesai=True)).rowcount == 1


def drop_files(connection: Connection, keys: Sequence[str]) -> None:
    """Forgets uploads; their bytes are removed after the commit."""
    for start in range(0, len(keys), 500):
        piece = list(keys[start : start + 500])
        connection.execute(delete(pengajuan_berkas).where(pengajuan_berkas.c.kunci.in_(piece)))


def note(connection: Connection, what: str, address: str, at: datetime, keep_since: datetime) -> None:
    """Notes something that is counted at the door, and forgets what was noted before `keep_since`."""
    connection.execute(delete(gagal_pintu).where(gagal_pintu.c.pada < keep_since))
    connection.execute(insert(gagal_pintu).values(alamat=address, untuk=what, pada=at))


def add_link(connection: Connection, values: Values) -> int:
    """Stores a personal link and returns its id."""
    return int(connection.execute(insert(tautan_lks).values(**values).returning(tautan_lks.c.id)).scalar_one())


def revoke_link(connection: Connection, lks_id: int, link_id: int, at: datetime) -> bool:
    """Ends a personal link of an LKS; False when there is none that still holds."""
    where = (tautan_lks.c.id == link_id, tautan_lks.c.lks_id == lks_id, tautan_lks.c.dicabut_pada.is_(None))
    return connection.execute(update(tautan_lks).where(*where).values(dicabut_pada=at)).rowcount == 1
