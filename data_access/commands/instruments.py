"""Writes of instruments and their versions; a published version is never touched again, whoever asks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, exists, insert, select, update

from data_access.tables_bimtek import formulir, instrumen, instrumen_versi


def add(connection: Connection, values: Mapping[str, Any]) -> int:
    """Stores an instrument and returns its id."""
    return connection.execute(insert(instrumen).values(**values).returning(instrumen.c.id)).scalar_one()


def change(connection: Connection, instrument_id: int, version: int, values: Mapping[str, Any]) -> bool:
    """Changes an instrument that is still at `version`; False when it moved on."""
    where = (instrumen.c.id == instrument_id, instrumen.c.versi == version)
    return connection.execute(update(instrumen).where(*where).values(**values, versi=version + 1)).rowcount == 1


def remove(connection: Connection, instrument_id: int) -> None:
    """Deletes an instrument none of whose versions was ever published."""
    published = exists(
        select(instrumen_versi.c.id).where(
            instrumen_versi.c.instrumen_id == instrument_id, instrumen_versi.c.terbit_pada.is_not(None)
        )
    )
    connection.execute(delete(instrumen).where(instrumen.c.id == instrument_id, ~published))


def add_version(connection: Connection, values: Mapping[str, Any]) -> int:
    """Stores a version and returns its id."""
    return connection.execute(insert(instrumen_versi).values(**values).returning(instrumen_versi.c.id)).scalar_one()


def _draft(version_id: int, version: int) -> tuple[Any, ...]:
    """A version that nobody published, that no form uses, and that is still as it was seen."""
    used = exists(select(formulir.c.id).where(formulir.c.instrumen_versi_id == version_id))
    v = instrumen_versi
    return (v.c.id == version_id, v.c.versi == version, v.c.terbit_pada.is_(None), ~used)


def change_draft(
    connection: Connection, version_id: int, version: int, definition: Mapping[str, Any], digest: str
) -> bool:
    """Replaces the definition of a draft; False when it was published, used or changed meanwhile."""
    values = {"definisi": dict(definition), "sidik": digest, "versi": version + 1}
    return (
        connection.execute(update(instrumen_versi).where(*_draft(version_id, version)).values(**values)).rowcount == 1
    )


def publish(connection: Connection, version_id: int, version: int, digest: str, at: datetime) -> bool:
    """Publishes a draft for good; False when it was published or changed meanwhile."""
    values = {"terbit_pada": at, "sidik": digest, "versi": version + 1}
    return (
        connection.execute(update(instrumen_versi).where(*_draft(version_id, version)).values(**values)).rowcount == 1
    )


def remove_draft(connection: Connection, version_id: int, version: int) -> bool:
    """Deletes a draft; False when it was published, used or changed meanwhile."""
    return connection.execute(delete(instrumen_versi).where(*_draft(version_id, version))).rowcount == 1
