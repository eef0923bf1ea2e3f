"""Reads about users, their sessions and their failed sign-ins."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, func, or_, select

from data_access.frames import table
from data_access.tables import gagal_masuk, pengguna, sesi, wilayah
from domain.permissions import Scope

if TYPE_CHECKING:
    import pandas as pd

_PUBLIC = ("id", "nama_pengguna", "nama", "peran", "wilayah", "aktif", "contoh", "sandi_sekali", "dibuat_pada", "versi")


def by_username(connection: Connection, username: str) -> dict[str, Any] | None:
    """One user with the password hash; None when there is none of that name."""
    row = connection.execute(select(pengguna).where(pengguna.c.nama_pengguna == username)).mappings().first()
    return dict(row) if row else None


def by_id(connection: Connection, user_id: int) -> dict[str, Any] | None:
    """One user without the password hash."""
    columns = [pengguna.c[name] for name in _PUBLIC]
    row = connection.execute(select(*columns).where(pengguna.c.id == user_id)).mappings().first()
    return dict(row) if row else None


# Asked at every rerun of every page: put together once.
_by_session = (
    select(*[pengguna.c[name] for name in _PUBLIC])
    .join(sesi, sesi.c.pengguna_id == pengguna.c.id)
    .where(
        sesi.c.sidik == bindparam("sidik"),
        sesi.c.dicabut_pada.is_(None),
        sesi.c.berakhir_pada > bindparam("kini"),
        pengguna.c.aktif,
    )
)


def by_session(connection: Connection, digest: str, now: datetime) -> dict[str, Any] | None:
    """The active user of a live session; None when it ended, was revoked, or the account is switched off."""
    row = connection.execute(_by_session, {"sidik": digest, "kini": now}).mappings().first()
    return dict(row) if row else None


def users(connection: Connection, scope: Scope) -> pd.DataFrame:
    """Users whose region lies in the scope, one row each, without password hashes, by user name."""
    query = select(*[pengguna.c[name] for name in _PUBLIC], wilayah.c.nama.label("wilayah_nama"), wilayah.c.jenis).join(
        wilayah, wilayah.c.kode == pengguna.c.wilayah, isouter=True
    )
    if scope.root is not None:
        query = query.where(
            or_(pengguna.c.wilayah == scope.root, pengguna.c.wilayah.startswith(scope.root + ".", autoescape=True))
        )
    result = connection.execute(query.order_by(pengguna.c.nama_pengguna))
    frame = table(result)
    return frame.astype({"wilayah": object}).where(frame.notna(), None)  # a national account has None, not NaN


def failures(
    connection: Connection, since: datetime, *, user_digest: str | None = None, address: str | None = None
) -> int:
    """How many sign-ins failed since a moment, for one user, one address, both together, or in all."""
    query = select(func.count()).select_from(gagal_masuk).where(gagal_masuk.c.pada > since)
    if user_digest is not None:
        query = query.where(gagal_masuk.c.sidik_pengguna == user_digest)
    if address is not None:
        query = query.where(gagal_masuk.c.alamat == address)
    return connection.execute(query).scalar_one()


def count_real_users(connection: Connection) -> int:
    """How many accounts are not sample accounts."""
    return connection.execute(select(func.count()).select_from(pengguna).where(~pengguna.c.contoh)).scalar_one()


def count_active_admins(connection: Connection) -> int:
    """How many admins for the whole country can still sign in."""
    where = (pengguna.c.peran == "admin", pengguna.c.aktif, ~pengguna.c.contoh, pengguna.c.wilayah.is_(None))
    return connection.execute(select(func.count()).select_from(pengguna).where(*where)).scalar_one()
