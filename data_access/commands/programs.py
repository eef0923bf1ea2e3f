"""Writes of programs and their partners; the commit is the caller's."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, update

from data_access.tables_lkks import program, program_mitra

Row = Mapping[str, Any]


def add(connection: Connection, values: Row) -> int:
    """Stores a new program and returns its id."""
    return int(connection.execute(insert(program).values(**values).returning(program.c.id)).scalar_one())


def change(connection: Connection, program_id: int, version: int, values: Row) -> bool:
    """Changes a program that is still at `version`; False when somebody was quicker."""
    where = (program.c.id == program_id, program.c.versi == version)
    return connection.execute(update(program).where(*where).values(**values, versi=version + 1)).rowcount == 1


def set_partners(connection: Connection, program_id: int, rows: Sequence[Row]) -> None:
    """Stores the partners of a program in place of those before."""
    connection.execute(delete(program_mitra).where(program_mitra.c.program_id == program_id))
    if rows:
        connection.execute(insert(program_mitra), [{**row, "program_id": program_id} for row in rows])


def remove(connection: Connection, program_id: int, version: int) -> bool:
    """Deletes a program that is still at `version`, with its partners; False when it is not."""
    where = (program.c.id == program_id, program.c.versi == version)
    return connection.execute(delete(program).where(*where)).rowcount == 1
