"""Writes of the participant's door; each takes a connection in a transaction and only adds, save for the demotion."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, update
from sqlalchemy.exc import IntegrityError

from data_access.commands import bulk
from data_access.tables_bimtek import gagal_kode, kiriman, kiriman_konflik, pengisian
from domain.errors import AlreadyDone

Rows = Sequence[Mapping[str, Any]]


@contextmanager
def clashes() -> Iterator[None]:
    """AlreadyDone when a constraint refuses what is written inside: another process stored it a moment before."""
    try:
        yield
    except IntegrityError as error:
        raise AlreadyDone("kiriman_bertabrakan") from error


def add(connection: Connection, rows: Rows) -> None:
    """Stores submissions; at most one of a person and form may be counted, so demote() comes first."""
    bulk.add_rows(connection, kiriman, rows)


def demote(connection: Connection, ids: Sequence[int]) -> None:
    """Counted submissions that a later one of the same person replaces become kept revisions."""
    if ids:
        statement = update(kiriman).where(kiriman.c.id.in_(ids), kiriman.c.keadaan == "terhitung")
        connection.execute(statement.values(keadaan="revisi"))


def set_aside(connection: Connection, rows: Rows) -> None:
    """Keeps bodies that came under a key already used for another content."""
    bulk.add_rows(connection, kiriman_konflik, rows)


def note_filled(connection: Connection, rows: Rows) -> None:
    """Remembers who has answered an anonymous form."""
    bulk.add_rows(connection, pengisian, rows)


def note_failures(connection: Connection, rows: Rows, keep_since: datetime) -> None:
    """Stores wrong codes and forgets those from before `keep_since`."""
    if rows:
        connection.execute(delete(gagal_kode).where(gagal_kode.c.pada < keep_since))
        bulk.add_rows(connection, gagal_kode, rows)
