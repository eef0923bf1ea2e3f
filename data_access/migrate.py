"""Bringing the store to the program's schema; alembic is imported here only, never by the running app."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from data_access.engine import engine, named_errors
from domain.errors import StoreRefused

_SCRIPTS = Path(__file__).resolve().parent / "migrations"
HEAD = "0005"  # the schema this program works with; tests check that it is the newest revision


def state(connection: Connection) -> str:
    """What the store holds: "empty", "current", "older", "newer" (than this program) or "foreign"."""
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" not in tables:
        return "foreign" if tables else "empty"
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found == HEAD:
        return "current"
    return "older" if found is not None and found < HEAD else "newer"


def missing(on: Engine) -> bool:
    """True when the store is a SQLite file that is not there or holds nothing at all."""
    if on.dialect.name != "sqlite" or not on.url.database:
        return False
    place = Path(on.url.database)
    return not place.exists() or (place.stat().st_size == 0 and not Path(f"{place}-wal").exists())


def check() -> None:
    """Raises StoreRefused unless the store holds exactly the program's schema."""
    if missing(engine()):  # connecting would leave an empty file behind
        raise StoreRefused("skema_empty")
    with named_errors(), engine().connect() as connection:
        found = state(connection)
    if found != "current":
        raise StoreRefused("skema_" + found)


def config(connection: Connection | None = None) -> Any:
    """Alembic's configuration, without any file of its own."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(_SCRIPTS))
    made.attributes["connection"] = connection
    return made


def upgrade(on: Engine | None = None) -> str:
    """Brings the store to the program's schema in one transaction; returns what it held before.

    Raises StoreRefused for a foreign store and for one that a newer program has already changed.
    """
    with (
        named_errors(),
        (on or engine()).connect().execution_options(pilar_writing=True) as connection,
        connection.begin(),
    ):
        found = state(connection)
        if found in ("foreign", "newer"):
            raise StoreRefused("skema_" + found)
        if found != "current":
            from alembic import command  # most starts have nothing to do, and this import costs most of such a start

            command.upgrade(config(connection), "head")
        return found
