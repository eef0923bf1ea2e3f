"""Reads of programs with their partners, cut down to the reader's region."""

from typing import Any

from sqlalchemy import Connection, select

from data_access.queries.lkks import covered
from data_access.tables_lkks import program, program_mitra
from domain.permissions import Scope

Row = dict[str, Any]


def listed(connection: Connection, scope: Scope) -> list[Row]:
    """The programs that work in the scope, newest year first, each with `mitra`: its partners in their order."""
    query = select(program).where(covered(scope, program.c.wilayah))
    ordered = query.order_by(program.c.tahun.desc(), program.c.wilayah, program.c.nama, program.c.id)
    found = [dict(row) | {"mitra": []} for row in connection.execute(ordered).mappings()]
    by_id = {row["id"]: row for row in found}
    partners = select(program_mitra).join(program, program.c.id == program_mitra.c.program_id)
    inside = partners.where(covered(scope, program.c.wilayah)).order_by(program_mitra.c.id)
    for row in connection.execute(inside).mappings():
        by_id[row["program_id"]]["mitra"].append(dict(row))
    return found


def one(connection: Connection, scope: Scope, program_id: int) -> Row | None:
    """One program with its partners; None when it does not lie in the scope."""
    query = select(program).where(program.c.id == program_id, covered(scope, program.c.wilayah))
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    partners = select(program_mitra).where(program_mitra.c.program_id == program_id).order_by(program_mitra.c.id)
    return dict(row) | {"mitra": [dict(one) for one in connection.execute(partners).mappings()]}
