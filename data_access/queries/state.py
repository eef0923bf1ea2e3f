"""Revisions and facts about the installation."""

from sqlalchemy import Connection, select

from data_access.tables import keadaan, revisi_data


def revision(connection: Connection, subject: str) -> int:
    """The data revision of a subject: 0 before its first write. Read it first, the data second."""
    return connection.execute(select(revisi_data.c.nomor).where(revisi_data.c.subjek == subject)).scalar() or 0


def state(connection: Connection, key: str) -> str | None:
    """A fact about this installation; None when it was never set."""
    return connection.execute(select(keadaan.c.nilai).where(keadaan.c.kunci == key)).scalar()
