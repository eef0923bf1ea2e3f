"""Writes about users and their sessions; each takes an open connection and leaves the commit to its caller."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, update

from data_access.tables import gagal_masuk, pengguna, sesi


def add_user(connection: Connection, values: dict[str, Any]) -> int:
    """Stores a new user and returns the id."""
    return connection.execute(insert(pengguna).values(**values).returning(pengguna.c.id)).scalar_one()


def change_user(connection: Connection, user_id: int, version: int | None, values: dict[str, Any]) -> bool:
    """Changes a user when its version is still `version` (None: whatever it is); False when it moved on."""
    where = [pengguna.c.id == user_id] + ([pengguna.c.versi == version] if version is not None else [])
    changed = connection.execute(update(pengguna).where(*where).values(**values, versi=pengguna.c.versi + 1))
    return changed.rowcount == 1


def open_session(connection: Connection, digest: str, user_id: int, now: datetime, hours: int) -> None:
    """Opens a session for a token's digest, and forgets sessions that ended long ago."""
    connection.execute(delete(sesi).where(sesi.c.berakhir_pada < now - timedelta(days=30)))
    values = {
        "sidik": digest,
        "pengguna_id": user_id,
        "dibuat_pada": now,
        "berakhir_pada": now + timedelta(hours=hours),
    }
    connection.execute(insert(sesi).values(**values))


def revoke_session(connection: Connection, digest: str, now: datetime) -> None:
    """Ends one session."""
    connection.execute(
        update(sesi).where(sesi.c.sidik == digest, sesi.c.dicabut_pada.is_(None)).values(dicabut_pada=now)
    )


def revoke_user(connection: Connection, user_id: int, now: datetime) -> None:
    """Ends every session of a user."""
    where = (sesi.c.pengguna_id == user_id, sesi.c.dicabut_pada.is_(None))
    connection.execute(update(sesi).where(*where).values(dicabut_pada=now))


def note_failure(connection: Connection, user_digest: str, address: str, now: datetime) -> None:
    """Counts a failed sign-in, and forgets failures older than a day."""
    connection.execute(delete(gagal_masuk).where(gagal_masuk.c.pada < now - timedelta(days=1)))
    connection.execute(insert(gagal_masuk).values(sidik_pengguna=user_digest, alamat=address, pada=now))


def remove_sample_users(connection: Connection) -> int:
    """Deletes the sample accounts with their sessions and returns how many there were."""
    return connection.execute(delete(pengguna).where(pengguna.c.contoh)).rowcount
