"""Reads of the audit trail; rows without a region are seen by a national scope only."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Text, cast, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from data_access.tables import audit
from domain.permissions import Scope

COLUMNS = ("id", "pada", "pelaku", "aksi", "objek", "objek_id", "wilayah", "sebelum", "sesudah", "alasan")
FILTERS = ("pelaku", "aksi", "objek", "objek_id", "mulai", "sebelum_pada", "teks")


def _within(scope: Scope) -> list[ColumnElement[bool]]:
    if scope.root is None:
        return []
    return [or_(audit.c.wilayah == scope.root, audit.c.wilayah.startswith(scope.root + ".", autoescape=True))]


def _where(scope: Scope, filters: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    found = _within(scope)
    for name, value in filters.items():
        if value in (None, ""):
            continue
        if name in ("pelaku", "aksi", "objek", "objek_id"):
            found.append(audit.c[name] == value)
        elif name == "mulai":
            found.append(audit.c.pada >= value)
        elif name == "sebelum_pada":
            found.append(audit.c.pada < value)
        elif name == "teks":
            found.append(_holds(str(value).lower()))
        else:
            raise ValueError(name)
    return found


def _holds(text: str) -> ColumnElement[bool]:
    values = (cast(audit.c.sebelum, Text), cast(audit.c.sesudah, Text))
    searched = (audit.c.pelaku, audit.c.objek_id, audit.c.alasan, *values)
    return or_(*(func.lower(column).contains(text, autoescape=True) for column in searched))


def count(connection: Connection, scope: Scope, filters: Mapping[str, Any]) -> int:
    """How many rows of the scope fit the filters (see FILTERS; empty ones do not narrow)."""
    return connection.execute(select(func.count()).select_from(audit).where(*_where(scope, filters))).scalar_one()


def rows(connection: Connection, scope: Scope, filters: Mapping[str, Any], *, offset: int, limit: int) -> pd.DataFrame:
    """Rows of the scope that fit the filters, newest first, as COLUMNS; `pada` aware UTC, before and after dicts."""
    query = select(*[audit.c[name] for name in COLUMNS]).where(*_where(scope, filters))
    found = connection.execute(query.order_by(audit.c.pada.desc(), audit.c.id.desc()).offset(offset).limit(limit)).all()
    return pd.DataFrame([tuple(row) for row in found], columns=list(COLUMNS), dtype=object)


def vocabulary(connection: Connection, scope: Scope, column: str) -> list[str]:
    """The values that "pelaku", "aksi" or "objek" has in the scope, in order."""
    if column not in ("pelaku", "aksi", "objek"):
        raise ValueError(column)
    query = select(audit.c[column]).where(*_within(scope)).distinct().order_by(audit.c[column])
    return list(connection.execute(query).scalars())
