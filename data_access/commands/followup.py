"""Writes of what follows an event: plans of its participants; the commit and the audit row are the caller's."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert, update

from data_access.tables_bimtek import rtl


def add_plans(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Stores plans: kegiatan_id, peserta_id, rencana, tenggat, kiriman_id, diubah_pada."""
    if rows:
        connection.execute(insert(rtl), [dict(row) for row in rows])


def change_plan(connection: Connection, plan_id: int, version: int, values: Mapping[str, Any]) -> bool:
    """Changes a plan that is still at `version`; False when it moved on."""
    where = (rtl.c.id == plan_id, rtl.c.versi == version)
    return connection.execute(update(rtl).where(*where).values(**values, versi=version + 1)).rowcount == 1
