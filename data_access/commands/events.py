"""Writes of events and of what they are made of; the commit and the audit row are the caller's."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from data_access.tables_bimtek import (
    formulir,
    kegiatan,
    kegiatan_sesi,
    kegiatan_tujuan,
    narasumber,
    peserta,
    rtl,
    sesi_narasumber,
)


def add(connection: Connection, values: Mapping[str, Any]) -> int:
    """Stores an event and returns its id."""
    return connection.execute(insert(kegiatan).values(**values).returning(kegiatan.c.id)).scalar_one()


def change(connection: Connection, event_id: int, version: int, values: Mapping[str, Any]) -> bool:
    """Changes an event that is still at `version`; False when it moved on."""
    where = (kegiatan.c.id == event_id, kegiatan.c.versi == version)
    return connection.execute(update(kegiatan).where(*where).values(**values, versi=version + 1)).rowcount == 1


def remove(connection: Connection, event_id: int) -> None:
    """Deletes an event with everything that belongs to it; events copied from it stand alone from then on."""
    connection.execute(update(kegiatan).where(kegiatan.c.disalin_dari == event_id).values(disalin_dari=None))
    connection.execute(delete(rtl).where(rtl.c.kegiatan_id == event_id))
    connection.execute(delete(formulir).where(formulir.c.kegiatan_id == event_id))
    connection.execute(update(peserta).where(peserta.c.kegiatan_id == event_id).values(digabung_ke=None, batch_id=None))
    connection.execute(delete(kegiatan).where(kegiatan.c.id == event_id))


def set_aims(connection: Connection, event_id: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """Replaces the aims of an event: kode, nama, in the order given."""
    connection.execute(delete(kegiatan_tujuan).where(kegiatan_tujuan.c.kegiatan_id == event_id))
    values = [
        {"kegiatan_id": event_id, "kode": row["kode"], "nama": row["nama"], "urutan": number}
        for number, row in enumerate(rows)
    ]
    if values:
        connection.execute(insert(kegiatan_tujuan), values)


def add_speaker(connection: Connection, event_id: int, values: Mapping[str, Any]) -> int:
    """Stores a speaker and returns the id."""
    statement = insert(narasumber).values(kegiatan_id=event_id, **values).returning(narasumber.c.id)
    return connection.execute(statement).scalar_one()


def change_speaker(connection: Connection, event_id: int, speaker_id: int, values: Mapping[str, Any]) -> None:
    """Changes a speaker of an event."""
    where = (narasumber.c.id == speaker_id, narasumber.c.kegiatan_id == event_id)
    connection.execute(update(narasumber).where(*where).values(**values))


def remove_speaker(connection: Connection, event_id: int, speaker_id: int) -> None:
    """Deletes a speaker of an event, who also leaves its sessions."""
    where = (narasumber.c.id == speaker_id, narasumber.c.kegiatan_id == event_id)
    connection.execute(delete(narasumber).where(*where))


def add_session(connection: Connection, event_id: int, values: Mapping[str, Any], speakers: Sequence[int]) -> int:
    """Stores a session with its speakers and returns its id."""
    statement = insert(kegiatan_sesi).values(kegiatan_id=event_id, **values).returning(kegiatan_sesi.c.id)
    session_id = connection.execute(statement).scalar_one()
    _set_speakers(connection, session_id, speakers)
    return session_id


def change_session(
    connection: Connection, event_id: int, session_id: int, values: Mapping[str, Any], speakers: Sequence[int]
) -> None:
    """Changes a session of an event and its speakers; attendance stays with it."""
    where = (kegiatan_sesi.c.id == session_id, kegiatan_sesi.c.kegiatan_id == event_id)
    connection.execute(update(kegiatan_sesi).where(*where).values(**values))
    _set_speakers(connection, session_id, speakers)


def _set_speakers(connection: Connection, session_id: int, speakers: Sequence[int]) -> None:
    connection.execute(delete(sesi_narasumber).where(sesi_narasumber.c.sesi_id == session_id))
    values = [{"sesi_id": session_id, "narasumber_id": speaker} for speaker in dict.fromkeys(speakers)]
    if values:
        connection.execute(insert(sesi_narasumber), values)


def remove_session(connection: Connection, event_id: int, session_id: int) -> None:
    """Deletes a session of an event; the caller has made sure that nobody attended it."""
    where = (kegiatan_sesi.c.id == session_id, kegiatan_sesi.c.kegiatan_id == event_id)
    connection.execute(delete(kegiatan_sesi).where(*where))


def add_form(connection: Connection, values: Mapping[str, Any]) -> int:
    """Stores a form of an event and returns its id."""
    return connection.execute(insert(formulir).values(**values).returning(formulir.c.id)).scalar_one()


def next_place(connection: Connection, event_id: int) -> int:
    """The place after the last form of an event."""
    places = connection.execute(select(formulir.c.urutan).where(formulir.c.kegiatan_id == event_id)).scalars()
    return max(places, default=-1) + 1


def change_form(connection: Connection, form_id: int, version: int, values: Mapping[str, Any]) -> bool:
    """Changes a form that is still at `version`; False when it moved on."""
    where = (formulir.c.id == form_id, formulir.c.versi == version)
    return connection.execute(update(formulir).where(*where).values(**values, versi=version + 1)).rowcount == 1


def remove_form(connection: Connection, form_id: int) -> None:
    """Deletes a form; the caller has made sure that nobody answered it."""
    connection.execute(delete(formulir).where(formulir.c.id == form_id))
