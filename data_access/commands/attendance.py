"""Writing and taking back marks of attendance; each takes a connection of an open transaction."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert

from data_access.tables_bimtek import kehadiran


def add(
    connection: Connection, session_id: int, participant_id: int, cara: str, pada: datetime, oleh: str | None
) -> None:
    """Stores one mark; the caller has looked whether there is one, behind the revision that makes writers queue."""
    values = {"sesi_id": session_id, "peserta_id": participant_id, "cara": cara, "pada": pada, "oleh": oleh}
    connection.execute(insert(kehadiran).values(**values))


def remove(connection: Connection, session_id: int, participant_id: int) -> bool:
    """Takes one mark back; False when there was none."""
    h = kehadiran.c
    done = connection.execute(delete(kehadiran).where(h.sesi_id == session_id, h.peserta_id == participant_id))
    return done.rowcount > 0
