"""One engine per process, made safe for SQLite and PostgreSQL alike; reading() and writing() are the only doors."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError

import settings
from domain.errors import StoreRefused, StoreUnavailable

BUSY_TIMEOUT_MS = 15_000
# Releases without the WAL-reset bug (two connections that write and checkpoint at once may lose a commit).
_WAL_SAFE = ((3, 51, 3), (3, 52, 0)), ((3, 50, 7), (3, 51, 0)), ((3, 44, 6), (3, 45, 0))

_lock = Lock()
_engine: Engine | None = None


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """True when this SQLite release may use WAL: 3.51.3 and later, or the backports 3.50.7+ and 3.44.6+."""
    return version >= (3, 52, 0) or any(low <= version < high for low, high in _WAL_SAFE)


def journal_mode() -> str:
    """The journal mode this process uses on SQLite."""
    return "wal" if wal_is_safe(sqlite3.sqlite_version_info) else "truncate"


def configure(url: str) -> Engine:
    """The engine for `url`, replacing (and closing) the one before; tests and commands call it, pages never do."""
    global _engine
    with _lock:
        if _engine is not None:
            _engine.dispose()
        _engine = _make(url)
        return _engine


def engine() -> Engine:
    """The process's engine, made from the settings on first use."""
    if _engine is None:
        configure(settings.load().database_url)
    assert _engine is not None
    return _engine


def _make(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        # UTC so that a bare date in SQL means the same everywhere; pre-ping so that a restart costs one retry.
        return create_engine(
            parsed,
            hide_parameters=True,
            pool_pre_ping=True,
            pool_size=10,
            max_overflow=20,
            connect_args={"options": "-c timezone=UTC", "connect_timeout": 5},
        )
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    made = create_engine(parsed, hide_parameters=True, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    event.listen(made, "connect", _prepare_sqlite)
    event.listen(made, "begin", _begin_sqlite)
    return made


def _prepare_sqlite(dbapi: sqlite3.Connection, _record: Any) -> None:
    dbapi.isolation_level = None  # we send BEGIN ourselves: the driver's own comes too late for IMMEDIATE
    cursor = dbapi.cursor()
    try:
        for pragma in (
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            f"journal_mode={journal_mode()}",
            "synchronous=FULL",
            "foreign_keys=ON",
            "mmap_size=0",
            "secure_delete=ON",
            "cache_size=-32768",
        ):
            cursor.execute("PRAGMA " + pragma)
    finally:
        cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A deferred BEGIN that later writes fails at once with "database is locked" under load; IMMEDIATE waits its turn.
    writing_now = connection.get_execution_options().get("pilar_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing_now else "BEGIN")


@contextmanager
def named_errors() -> Iterator[None]:
    """Gives the database's failures our names: StoreUnavailable, and StoreRefused for a damaged or foreign file."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise StoreUnavailable() from error
    except DatabaseError as error:
        # the driver's own base class, not one of its kinds, says "malformed" or "not a database"
        if type(error.orig) is sqlite3.DatabaseError:
            raise StoreRefused("simpanan_rusak") from error
        raise


@contextmanager
def reading() -> Iterator[Connection]:
    """A connection with one consistent view; nothing written through it is kept."""
    with named_errors(), engine().connect() as connection:
        yield connection


@contextmanager
def writing() -> Iterator[Connection]:
    """A connection in one transaction: committed when the block ends, rolled back when it raises."""
    with (
        named_errors(),
        engine().connect().execution_options(pilar_writing=True) as connection,
        connection.begin(),
    ):
        yield connection
