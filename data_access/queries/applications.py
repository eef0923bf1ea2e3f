"""Reads for the door of online applications: by key, ticket or link, their files, and what the limits are counted from.

Nobody is signed in there with a region, so only links(), which staff ask for, takes a scope: each other function answers
for one key, one ticket or one link, and never lists applications.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, case, func, or_, select

from data_access.queries.records import in_scope
from data_access.tables import lks, permohonan, persyaratan_berkas
from data_access.tables_pengajuan import (
    gagal_pintu,
    pengajuan,
    pengajuan_berkas,
    pengajuan_isian,
    pengajuan_konflik,
    pengajuan_langkah,
    tautan_lks,
)
from domain.permissions import Scope

Row = dict[str, Any]
UNSEEN = ("diterima", "dilengkapi")  # states in which no operator has looked at what lies there


def _one(connection: Connection, query: Select[Any]) -> Row | None:
    row = connection.execute(query).mappings().first()
    return dict(row) if row else None


def _rows(connection: Connection, query: Select[Any]) -> list[Row]:
    return [dict(row) for row in connection.execute(query).mappings()]


# --- applications ----------------------------------------------------------------------------------------------------


def by_key(connection: Connection, kunci: str) -> Row | None:
    """The application that was sent with this key."""
    return _one(connection, select(pengajuan).where(pengajuan.c.kunci == kunci))


def by_ticket(connection: Connection, mark: str) -> Row | None:
    """The application whose ticket has this keyed hash."""
    return _one(connection, select(pengajuan).where(pengajuan.c.sidik_tiket == mark))


def by_id(connection: Connection, application_id: int) -> Row | None:
    """The application with this id, for whoever proved to be the one that handed it in."""
    return _one(connection, select(pengajuan).where(pengajuan.c.id == application_id))


def of_lks(connection: Connection, lks_id: int) -> list[Row]:
    """The corrections that an LKS handed in by its link, newest first."""
    query = select(pengajuan).where(pengajuan.c.lks_id == lks_id, pengajuan.c.jenis == "pemutakhiran")
    return _rows(connection, query.order_by(pengajuan.c.id.desc()))


def fields(connection: Connection, application_id: int) -> dict[str, Row]:
    """The fields of an application by name."""
    query = select(pengajuan_isian).where(pengajuan_isian.c.pengajuan_id == application_id)
    return {row["bidang"]: row for row in _rows(connection, query)}


def steps(connection: Connection, application_id: int) -> list[Row]:
    """The steps of an application in order."""
    query = select(pengajuan_langkah).where(pengajuan_langkah.c.pengajuan_id == application_id)
    return _rows(connection, query.order_by(pengajuan_langkah.c.id))


def request(connection: Connection, request_id: int | None) -> Row | None:
    """What became of an application: the state, dates, number and validity of its registration request."""
    names = ("status", "lengkap_pada", "tenggat", "selesai_pada", "nomor", "berlaku_sampai", "catatan")
    query = select(*[permohonan.c[name] for name in names]).where(permohonan.c.id == request_id)
    return _one(connection, query) if request_id is not None else None


def conflicts(connection: Connection, application_id: int) -> set[str]:
    """The hashes of other contents that came under the key of an application."""
    query = select(pengajuan_konflik.c.sidik_isi).where(pengajuan_konflik.c.pengajuan_id == application_id)
    return set(connection.execute(query).scalars())


# --- files -----------------------------------------------------------------------------------------------------------


def file(connection: Connection, kunci: str) -> Row | None:
    """One upload by its key."""
    return _one(connection, select(pengajuan_berkas).where(pengajuan_berkas.c.kunci == kunci))


def files(connection: Connection, application_key: str) -> list[Row]:
    """The uploads that belong to an application's key, in the order in which they began."""
    query = select(pengajuan_berkas).where(pengajuan_berkas.c.pengajuan_kunci == application_key)
    return _rows(connection, query.order_by(pengajuan_berkas.c.id))


def known_paper(connection: Connection, syarat: str) -> bool:
    """True when some region's checklist has this paper."""
    query = select(persyaratan_berkas.c.id).where(persyaratan_berkas.c.kode == syarat).limit(1)
    return connection.execute(query).first() is not None


def bytes_from(connection: Connection, address: str, since: datetime) -> int:
    """How many bytes an address announced since a moment."""
    where = (pengajuan_berkas.c.alamat == address, pengajuan_berkas.c.dibuat_pada > since)
    return int(connection.execute(select(func.sum(pengajuan_berkas.c.ukuran)).where(*where)).scalar() or 0)


def bytes_unseen(connection: Connection, announced_since: datetime) -> int:
    """How many bytes that no operator has looked at lie there, and of uploads that began lately also what is to come.

    A size that was only announced holds its place for a while and not for ever: else a few small pieces could keep
    the store full without filling it.
    """
    f = pengajuan_berkas.c
    query = (
        select(func.sum(case((f.dibuat_pada >= announced_since, f.ukuran), else_=f.diterima)))
        .join(pengajuan, pengajuan.c.id == pengajuan_berkas.c.pengajuan_id, isouter=True)
        .where(or_(pengajuan.c.id.is_(None), pengajuan.c.status.in_(UNSEEN)))
    )
    return int(connection.execute(query).scalar() or 0)


def orphans(connection: Connection, before: datetime) -> list[str]:
    """The keys of uploads that began before a moment and whose application never came."""
    where = (pengajuan_berkas.c.pengajuan_id.is_(None), pengajuan_berkas.c.dibuat_pada < before)
    return list(connection.execute(select(pengajuan_berkas.c.kunci).where(*where)).scalars())


def file_keys(connection: Connection) -> Iterable[str]:
    """The keys of all uploads."""
    return list(connection.execute(select(pengajuan_berkas.c.kunci)).scalars())


# --- doors -----------------------------------------------------------------------------------------------------------


def noted(connection: Connection, what: str, address: str, since: datetime) -> tuple[int, int]:
    """(from the address, in all): how often something was noted at the door since a moment."""
    own = func.count().filter(gagal_pintu.c.alamat == address)
    query = select(own, func.count()).where(gagal_pintu.c.untuk == what, gagal_pintu.c.pada > since)
    row = connection.execute(query).one()
    return int(row[0]), int(row[1])


def link_by_mark(connection: Connection, mark: str) -> Row | None:
    """The personal link with this keyed hash."""
    return _one(connection, select(tautan_lks).where(tautan_lks.c.sidik == mark))


def link(connection: Connection, link_id: int) -> Row | None:
    """A personal link by its id."""
    return _one(connection, select(tautan_lks).where(tautan_lks.c.id == link_id))


def links(connection: Connection, scope: Scope, lks_id: int) -> list[Row]:
    """The personal links of an LKS in the scope, newest first, without their hashes."""
    shown: Table = tautan_lks
    columns = [column for column in shown.c if column.name != "sidik"]
    query = select(*columns).join(lks, lks.c.id == tautan_lks.c.lks_id)
    return _rows(connection, query.where(tautan_lks.c.lks_id == lks_id, in_scope(scope)).order_by(shown.c.id.desc()))
