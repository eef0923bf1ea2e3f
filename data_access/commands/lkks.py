"""Writes of the LKKS: profiles, what hangs on them, and partnerships; the commit is the caller's."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from data_access.tables_lkks import kemitraan, lkks, lkks_bidang, lkks_pengurus

_CHILDREN = {"lkks_bidang": lkks_bidang, "lkks_pengurus": lkks_pengurus}
Row = Mapping[str, Any]


def add(connection: Connection, values: Row) -> int:
    """Stores a new LKKS and returns its id."""
    return int(connection.execute(insert(lkks).values(**values).returning(lkks.c.id)).scalar_one())


def change(connection: Connection, lkks_id: int, version: int, values: Row, at: datetime) -> bool:
    """Changes an LKKS that is still at `version` (no values: only its version moves on); False when somebody was quicker."""
    where = (lkks.c.id == lkks_id, lkks.c.versi == version)
    new = {**values, "versi": version + 1, "diubah_pada": at}
    return connection.execute(update(lkks).where(*where).values(**new)).rowcount == 1


def put_child(connection: Connection, table: str, lkks_id: int, child_id: int | None, values: Row) -> int:
    """Stores a bidang or an officer, a new one last; gives its id, 0 when the LKKS has none with `child_id`."""
    of = _CHILDREN[table]
    if child_id is None:
        last = connection.execute(select(func.max(of.c.urutan)).where(of.c.lkks_id == lkks_id)).scalar()
        place = 0 if last is None else last + 1
        made = insert(of).values(**{"urutan": place, **values, "lkks_id": lkks_id}).returning(of.c.id)
        return int(connection.execute(made).scalar_one())
    where = (of.c.id == child_id, of.c.lkks_id == lkks_id)
    return child_id if connection.execute(update(of).where(*where).values(**values)).rowcount else 0


def remove_child(connection: Connection, table: str, lkks_id: int, child_id: int) -> bool:
    """Deletes a bidang or an officer of an LKKS; False when it has no such one."""
    of = _CHILDREN[table]
    return connection.execute(delete(of).where(of.c.id == child_id, of.c.lkks_id == lkks_id)).rowcount == 1


def add_partnership(connection: Connection, values: Row) -> int:
    """Stores a partnership and returns its id."""
    return int(connection.execute(insert(kemitraan).values(**values).returning(kemitraan.c.id)).scalar_one())


def change_partnership(connection: Connection, partnership_id: int, version: int, values: Row) -> bool:
    """Changes a partnership that is still at `version`; False when it is not."""
    where = (kemitraan.c.id == partnership_id, kemitraan.c.versi == version)
    return connection.execute(update(kemitraan).where(*where).values(**values, versi=version + 1)).rowcount == 1


def remove_partnership(connection: Connection, partnership_id: int, version: int) -> bool:
    """Deletes a partnership that is still at `version`; False when it is not."""
    where = (kemitraan.c.id == partnership_id, kemitraan.c.versi == version)
    return connection.execute(delete(kemitraan).where(*where)).rowcount == 1
