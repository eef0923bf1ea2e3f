"""What every write leaves behind in its own transaction: an audit row, a new data revision, its one-time token."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from data_access.commands import bulk
from data_access.tables import audit, keadaan, permintaan, revisi_data
from domain.errors import AlreadyDone
from domain.permissions import Actor

_PLAIN = frozenset({str, int, float, bool, type(None)})


def plain(value: Any) -> Any:
    """`value` with dates and moments as ISO text, so that it can be kept as JSON."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict | Mapping):
        return {str(k): v if type(v) in _PLAIN else plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(v) for v in (sorted(value) if isinstance(value, set | frozenset) else value)]
    return value


def bump(connection: Connection, *subjects: str) -> None:
    """Raises the revision of each subject by one; called first in a write, it also makes writers of a subject queue."""
    for subject in sorted(subjects):
        changed = connection.execute(
            update(revisi_data).where(revisi_data.c.subjek == subject).values(nomor=revisi_data.c.nomor + 1)
        )
        if changed.rowcount == 0:
            connection.execute(insert(revisi_data).values(subjek=subject, nomor=1))


def audit_row(
    by: Actor,
    at: datetime,
    aksi: str,
    objek: str,
    objek_id: object = None,
    *,
    wilayah: str | None = None,
    before: Any = None,
    after: Any = None,
    reason: str | None = None,
) -> dict[str, Any]:
    """One row of the audit table: who, when, what, on which thing, in which region, before and after, and why."""
    return {
        "pada": at,
        "pelaku_id": by.user_id,
        "pelaku": by.username,
        "aksi": aksi,
        "objek": objek,
        "objek_id": None if objek_id is None else str(objek_id),
        "wilayah": wilayah,
        "sebelum": plain(before),
        "sesudah": plain(after),
        "alasan": reason,
    }


def record(connection: Connection, rows: Sequence[Mapping[str, Any]] | Mapping[str, Any]) -> None:
    """Stores one or many audit rows made by audit_row()."""
    listed = [rows] if isinstance(rows, Mapping) else list(rows)
    bulk.add_rows(connection, audit, listed)


def claim(connection: Connection, token: str, aksi: str, at: datetime) -> None:
    """Takes a one-time token for this write; AlreadyDone when an earlier write took it."""
    found = connection.execute(select(permintaan.c.token).where(permintaan.c.token == token)).first()
    if found:
        raise AlreadyDone()
    try:
        connection.execute(insert(permintaan).values(token=token, aksi=aksi, pada=at))
    except IntegrityError as error:  # PostgreSQL: two at the same instant
        raise AlreadyDone() from error


def set_state(connection: Connection, key: str, value: str) -> None:
    """Stores a fact about this installation, replacing the one before."""
    connection.execute(delete(keadaan).where(keadaan.c.kunci == key))
    connection.execute(insert(keadaan).values(kunci=key, nilai=value))
