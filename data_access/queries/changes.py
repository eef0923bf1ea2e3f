"""The register then and now: who came and went since a moment, and the state of the axes as it was."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from data_access.queries.records import chunks
from data_access.queries.register import PAPERS, Selection, conditions, measure_parts, valid
from data_access.tables import lks, lks_sumbu
from domain.lks import AXES, AXIS_COLUMNS
from domain.monitoring import WITH_HISTORY

_STATE = ("id", "diarsipkan_pada", *AXES, *[paper + "_sampai" for paper in PAPERS])


def _there(moment: datetime) -> ColumnElement[bool]:
    """The LKS was in the register, not archived, just before a moment."""
    kept = or_(lks.c.diarsipkan_pada.is_(None), lks.c.diarsipkan_pada >= moment)
    return and_(lks.c.dibuat_pada < moment, kept)


def ended(paper: str, since: date, on: date) -> ColumnElement[bool]:
    """A kept LKS whose paper was valid on `since` and no longer is on `on`."""
    return and_(valid(paper, since), ~valid(paper, on), lks.c.diarsipkan_pada.is_(None))


def touched_ids(connection: Connection, moment: datetime) -> list[int]:
    """The ids of all LKS that had an axis changed since a moment; whoever counts them applies the scope."""
    query = select(lks_sumbu.c.lks_id).where(lks_sumbu.c.dicatat_pada >= moment).distinct()
    return list(connection.execute(query).scalars())


def _touched(moment: datetime) -> ColumnElement[bool]:
    return lks.c.id.in_(select(lks_sumbu.c.lks_id).where(lks_sumbu.c.dicatat_pada >= moment))


def reach(connection: Connection, selection: Selection) -> datetime | None:
    """When the oldest record of the selection was stored: nothing is known of the time before; None without records."""
    return connection.execute(select(func.min(lks.c.dibuat_pada)).where(*conditions(selection, archived=None))).scalar()


def came_and_went(connection: Connection, selection: Selection, moment: datetime) -> tuple[int, int]:
    """How many LKS of the selection are new since a moment, and how many were archived since."""
    new = and_(lks.c.dibuat_pada >= moment, lks.c.diarsipkan_pada.is_(None))
    gone = and_(lks.c.dibuat_pada < moment, lks.c.diarsipkan_pada >= moment)
    query = select(func.count().filter(new), func.count().filter(gone)).where(*conditions(selection, archived=None))
    came, went = connection.execute(query).one()
    return came, went


def untouched(connection: Connection, selection: Selection, moment: datetime, since: date) -> dict[str, int]:
    """What the LKS whose axes nobody changed since add to the state of then.

    Keys: <measure>_pembilang, <measure>_penyebut (held against `since`), and hilang_<paper>: kept LKS whose paper was
    valid then and has ended by selection.on.
    """
    then = replace(selection, on=since)
    columns = []
    for measure in WITH_HISTORY:
        above, below = measure_parts(measure, then.on)
        columns += [above.label(measure + "_pembilang"), below.label(measure + "_penyebut")]
    for paper in PAPERS:
        columns.append(func.count().filter(ended(paper, since, selection.on)).label("hilang_" + paper))
    where = (_there(moment), ~_touched(moment), *conditions(selection, archived=None))
    return dict(connection.execute(select(*columns).where(*where)).mappings().one())


def touched(connection: Connection, selection: Selection, moment: datetime) -> list[dict[str, Any]]:
    """The present state of the LKS that were there then and had an axis changed since."""
    where = (_there(moment), _touched(moment), *conditions(selection, archived=None))
    query = select(*[lks.c[name] for name in _STATE]).where(*where)
    return [dict(row) for row in connection.execute(query).mappings()]


def newcomers(connection: Connection, selection: Selection, moment: datetime) -> dict[str, int]:
    """How many of the LKS that are new since a moment hold each paper on selection.on."""
    columns = [func.count().filter(valid(paper, selection.on)).label(paper) for paper in PAPERS]
    where = (lks.c.dibuat_pada >= moment, lks.c.diarsipkan_pada.is_(None), *conditions(selection, archived=None))
    return dict(connection.execute(select(*columns).where(*where)).mappings().one())


def states_before(connection: Connection, ids: Sequence[int], moment: datetime) -> dict[int, dict[str, Any]]:
    """The axes of each LKS just before a moment, as recorded by then; an axis without a record was not filled in."""
    empty: dict[str, Any] = {column: None for columns in AXIS_COLUMNS.values() for column in columns}
    found = {lks_id: dict(empty) for lks_id in ids}
    h = lks_sumbu
    for piece in chunks(list(ids)):
        query = select(h).where(h.c.lks_id.in_(piece), h.c.dicatat_pada < moment)
        # Oldest first: a later record of the axis overwrites the earlier one.
        for row in connection.execute(query.order_by(h.c.dicatat_pada, h.c.id)).mappings():
            for column, history in AXIS_COLUMNS[row["sumbu"]].items():
                found[row["lks_id"]][column] = row[history]
    return found
