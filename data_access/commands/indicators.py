"""Writes of the indicators: the dictionary's versions, values, targets, and imports with what undoes them."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from data_access.commands.trail import set_state
from data_access.queries.indicators import definitions
from data_access.queries.state import state
from data_access.tables_indikator import indikator_impor, indikator_nilai, indikator_target, indikator_versi
from domain.indikator import MEANING, Definition

PUBLISHED = "sidik_nilai_indikator"
Row = Mapping[str, Any]
_COLUMNS = tuple(column.name for column in indikator_versi.columns if column.name != "id")


def _row(definition: Definition) -> dict[str, Any]:
    values = {name: getattr(definition, name) for name in _COLUMNS}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def load_dictionary(connection: Connection, shipped: Sequence[Definition], on: date) -> int:
    """Brings the shipped definitions into the store and returns how many versions came or went; idempotent.

    A definition whose meaning changed becomes the next version from `on`, and the one before ends then; where it only
    stands elsewhere among the others, its row is moved. One that is shipped no longer ends.
    """
    known = {found.kode: found for found in definitions(connection, None) if found.berlaku_sampai is None}
    written = 0
    v = indikator_versi
    for made in shipped:
        before = known.pop(made.kode, None)
        if before is not None and all(getattr(before, name) == getattr(made, name) for name in MEANING):
            if (before.kelompok, before.urutan) != (made.kelompok, made.urutan):
                where = (v.c.kode == made.kode, v.c.nomor == before.nomor)
                moved = {"kelompok": made.kelompok, "urutan": made.urutan}
                connection.execute(update(v).where(*where).values(**moved))
            continue
        values = _row(made) | {"berlaku_sampai": None}
        last = connection.execute(
            select(v.c.nomor).where(v.c.kode == made.kode).order_by(v.c.nomor.desc()).limit(1)
        ).scalar()
        if last is not None:
            values |= {"nomor": last + 1, "berlaku_mulai": on}
        if before is not None:
            _end(connection, before, on)
        connection.execute(insert(v), [values])
        written += 1
    for gone in known.values():
        _end(connection, gone, on)
        written += 1
    return written


def _end(connection: Connection, definition: Definition, on: date) -> None:
    where = (indikator_versi.c.kode == definition.kode, indikator_versi.c.nomor == definition.nomor)
    connection.execute(update(indikator_versi).where(*where).values(berlaku_sampai=on))


def load_published(connection: Connection, rows: Sequence[Row], at: datetime) -> int:
    """Adds published values that the store does not have and returns how many; an office's own values stay.

    Looked at only when what is shipped changed: a value that an office took out stays out.
    """
    digest = hashlib.sha256(repr(list(rows)).encode()).hexdigest()
    if state(connection, PUBLISHED) == digest:
        return 0
    set_state(connection, PUBLISHED, digest)
    n = indikator_nilai
    key = (n.c.kode, n.c.wilayah, n.c.periode, n.c.seri)
    known = {tuple(row) for row in connection.execute(select(*key))}
    newest = {found.kode: found.nomor for found in definitions(connection, None)}
    fresh = [
        {**row, "versi": newest[row["kode"]], "terbitan": True, "diubah_pada": at}
        for row in rows
        if (row["kode"], row["wilayah"], row["periode"], row["seri"]) not in known
    ]
    if fresh:
        connection.execute(insert(n), fresh)
    return len(fresh)


def add_value(connection: Connection, values: Row) -> int:
    """Stores a new value and returns its id."""
    found = connection.execute(insert(indikator_nilai).values(**values).returning(indikator_nilai.c.id))
    return int(found.scalar_one())


def change_value(connection: Connection, value_id: int, before: int, values: Row) -> bool:
    """Changes a value that still stands at its change number `before`; False when somebody else was quicker."""
    where = (indikator_nilai.c.id == value_id, indikator_nilai.c.perubahan == before)
    done = connection.execute(update(indikator_nilai).where(*where).values(**values, perubahan=before + 1))
    return done.rowcount == 1


def remove_value(connection: Connection, value_id: int, before: int) -> bool:
    """Deletes a value that still stands at its change number `before`; False when it does not."""
    where = (indikator_nilai.c.id == value_id, indikator_nilai.c.perubahan == before)
    return connection.execute(delete(indikator_nilai).where(*where)).rowcount == 1


def put_target(connection: Connection, values: Row) -> int:
    """Stores or replaces the target of an indicator, region and year, and returns its id."""
    t = indikator_target
    where = (t.c.kode == values["kode"], t.c.wilayah == values["wilayah"], t.c.tahun == values["tahun"])
    found = connection.execute(select(t.c.id).where(*where)).scalar()
    if found is None:
        return int(connection.execute(insert(t).values(**values).returning(t.c.id)).scalar_one())
    connection.execute(update(t).where(t.c.id == found).values(**values, perubahan=t.c.perubahan + 1))
    return int(found)


def add_batch(connection: Connection, values: Row) -> int:
    """Stores what is known of an import before its rows and returns its id."""
    found = connection.execute(insert(indikator_impor).values(**values).returning(indikator_impor.c.id))
    return int(found.scalar_one())


def keep_before(connection: Connection, batch_id: int, before: Sequence[Row]) -> None:
    """Keeps with an import what each value that it stored was before."""
    where = indikator_impor.c.id == batch_id
    connection.execute(update(indikator_impor).where(where).values(sebelum=list(before)))


def close_batch(connection: Connection, batch_id: int, at: datetime) -> bool:
    """Marks an import as taken back; False when it was already."""
    where = (indikator_impor.c.id == batch_id, indikator_impor.c.dibatalkan_pada.is_(None))
    return connection.execute(update(indikator_impor).where(*where).values(dibatalkan_pada=at)).rowcount == 1
