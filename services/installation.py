"""Making the store ready: schema, reference facts, the first admin, and on a first start the sample data."""

import uuid
from dataclasses import dataclass

import settings
from data_access import indicator_assets, migrate, secrets
from data_access.commands import accounts as account_commands
from data_access.commands import indicators as indicator_commands
from data_access.commands import references, trail
from data_access.engine import Connection, engine, reading, writing
from data_access.queries import accounts as account_queries
from data_access.queries import find
from data_access.queries import state as state_queries
from domain.errors import StoreRefused
from domain.permissions import COMMAND_LINE
from services import accounts, clock, ready_made


@dataclass(frozen=True)
class Prepared:
    """What preparing did: the state found, the first admin's one-time password, and how many sample LKS were loaded."""

    found: str
    admin: str | None
    admin_password: str | None
    sample_lks: int


def prepare(sample: bool = True) -> Prepared:
    """Brings the store to the program's schema and facts; on an empty one makes the admin and loads the sample data."""
    settings.load().data_dir.mkdir(parents=True, exist_ok=True)
    if secrets.exist() and migrate.missing(engine()):
        raise StoreRefused("simpanan_hilang", berkas=engine().url.database)
    found = migrate.upgrade()
    secrets.fingerprint("")  # makes the keys: from now on a store that is gone is told from one that never was
    with writing() as connection:
        if state_queries.state(connection, find.IDENTITY) is None:
            trail.set_state(connection, find.IDENTITY, uuid.uuid4().hex)
        if references.load(connection):
            trail.bump(connection, "referensi")
        if _load_indicators(connection):
            trail.bump(connection, "indikator")
        first = account_queries.count_real_users(connection) == 0
    ready_made.load()
    password = _first_admin() if first else None
    loaded = 0
    if sample and found == "empty":
        from services import samples  # needed once in the life of a store; every start would pay for importing it

        loaded = samples.load(COMMAND_LINE)
    return Prepared(found, "admin" if password else None, password, loaded)


def _load_indicators(connection: Connection) -> int:
    """Brings the shipped dictionary and published values into the store; returns how many rows that changed."""
    written = indicator_commands.load_dictionary(connection, indicator_assets.definitions(), clock.today())
    return written + indicator_commands.load_published(connection, indicator_assets.published_values(), clock.now())


def _first_admin() -> str:
    password, now = accounts.one_time_password(), clock.now()
    hashed = accounts.hash_password(password)
    with writing() as connection:
        trail.bump(connection, "pengguna")
        values = {"nama_pengguna": "admin", "nama": "Admin", "sandi": hashed, "sandi_sekali": True, "peran": "admin"}
        user_id = account_commands.add_user(connection, values | {"dibuat_pada": now})
        trail.record(connection, trail.audit_row(COMMAND_LINE, now, "tambah", "pengguna", user_id))
    return password


def ready() -> None:
    """Raises StoreRefused unless the store holds the program's schema; asked once when the server starts."""
    migrate.check()
    with reading():
        pass
