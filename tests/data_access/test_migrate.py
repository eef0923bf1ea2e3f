"""Bringing a store up to date, and leaving alone what is not ours, too new or damaged: bytes equal, never replaced."""

import ast
import gzip
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import inspect, text, update
from sqlalchemy.sql import column, table

from data_access import engine as engine_module
from data_access import migrate
from data_access.engine import engine, reading, writing
from data_access.tables import metadata
from domain.errors import StoreRefused
from services import installation

VERSIONS = Path(migrate.__file__).parent / "migrations" / "versions"


def only_sqlite() -> None:
    if engine().dialect.name != "sqlite":
        pytest.skip("about the SQLite file; this run is on PostgreSQL")


def found() -> str:
    with reading() as connection:
        return migrate.state(connection)


def call_it(version: str) -> None:
    with writing() as connection:
        connection.execute(update(table("alembic_version", column("version_num"))).values(version_num=version))


def file_of(data_dir: Path) -> Path:
    """The database file, everything in it."""
    if engine_module.journal_mode() == "wal":
        with engine().connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine().dispose()
    return data_dir / "pilar.db"


def test_head_is_the_newest_revision_and_the_chain_has_one_end() -> None:
    chain: dict[str, str | None] = {}
    for path in VERSIONS.glob("*.py"):
        facts = {
            node.targets[0].id: ast.literal_eval(node.value)
            for node in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        chain[facts["revision"]] = facts["down_revision"]
    assert set(chain) - set(chain.values()) == {migrate.HEAD}
    # state() tells older from newer by comparing the names
    assert all(before is None or before < name for name, before in chain.items())


def test_the_revisions_make_exactly_the_tables_of_the_program(fresh_db: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_check_constraints_arrive_in_the_store(fresh_db: Path) -> None:
    """Autogenerate does not compare these, so they are counted by name."""
    from sqlalchemy import CheckConstraint

    for made in metadata.tables.values():
        wanted = {str(c.name) for c in made.constraints if isinstance(c, CheckConstraint)}
        stored = {str(c["name"]) for c in inspect(engine()).get_check_constraints(made.name)}
        assert stored == wanted, made.name


def test_upgrading_twice_changes_nothing(fresh_db: Path) -> None:
    assert found() == "current"
    assert migrate.upgrade() == "current"
    migrate.check()


@pytest.mark.parametrize(("version", "state"), [("0000", "older"), ("9999", "newer")])
def test_an_older_and_a_newer_store_are_told_apart(fresh_db: Path, version: str, state: str) -> None:
    call_it(version)
    assert found() == state
    with pytest.raises(StoreRefused) as refused:
        migrate.check()
    assert refused.value.code == "skema_" + state


def test_a_newer_store_is_left_alone(seeded_db: Path) -> None:
    only_sqlite()
    call_it("9999")
    file = file_of(seeded_db)
    before = file.read_bytes()
    for attempt in (migrate.upgrade, installation.prepare, installation.ready):
        with pytest.raises(StoreRefused) as refused:
            attempt()
        assert refused.value.code == "skema_newer"
    engine().dispose()
    assert file.read_bytes() == before


def test_a_foreign_store_is_left_alone(tmp_path: Path) -> None:
    import sqlite3

    file = tmp_path / "lain.db"
    other = sqlite3.connect(file)
    other.execute("CREATE TABLE pelanggan (id INTEGER)")
    other.commit()
    other.close()
    before = file.read_bytes()
    engine_module.configure(f"sqlite:///{file.as_posix()}")
    assert found() == "foreign"
    for attempt in (migrate.upgrade, migrate.check):
        with pytest.raises(StoreRefused) as refused:
            attempt()
        assert refused.value.code == "skema_foreign"
    engine().dispose()
    assert file.read_bytes() == before


def _header(content: bytes) -> bytes:
    return b"SQLyte" + content[6:]


def _page_size(content: bytes) -> bytes:
    return content[:16] + b"\x00\x07" + content[18:]


def _first_page(content: bytes) -> bytes:
    return content[:100] + b"\xff" * 500 + content[600:]


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 3]


def _stub(content: bytes) -> bytes:
    return content[:60]


def _words(content: bytes) -> bytes:
    return b"kode;nama\n33.71;Kota Magelang\n" * 400


def _zip(content: bytes) -> bytes:
    return b"PK\x03\x04" + content[4:]


@pytest.mark.parametrize("damage", [_header, _page_size, _first_page, _cut, _stub, _words, _zip])
def test_a_damaged_file_is_refused_and_not_touched(seeded_db: Path, damage: Callable[[bytes], bytes]) -> None:
    """The driver's own error, not ours, came out of check() and upgrade(): a traceback instead of a sentence."""
    only_sqlite()
    file = file_of(seeded_db)
    bad = damage(file.read_bytes())
    file.write_bytes(bad)
    for attempt in (migrate.check, migrate.upgrade, installation.ready, installation.prepare):
        with pytest.raises(StoreRefused) as refused:
            attempt()
        assert refused.value.code == "simpanan_rusak"
        engine().dispose()
        assert file.read_bytes() == bad


def test_a_file_that_is_gone_is_said_to_be_empty_and_not_made(fresh_db: Path) -> None:
    only_sqlite()
    file = file_of(fresh_db)
    file.unlink()
    for attempt in (migrate.check, installation.ready):
        with pytest.raises(StoreRefused) as refused:
            attempt()
        assert refused.value.code == "skema_empty"
    assert not file.exists()


@pytest.mark.parametrize("left", [None, b""])
def test_a_store_that_was_lost_is_not_replaced_by_an_empty_one(fresh_db: Path, left: bytes | None) -> None:
    """`manage.py run` prepared a fresh database, sample data and all, over a file that had been moved away."""
    only_sqlite()
    file = file_of(fresh_db)
    file.unlink()
    if left is not None:
        file.write_bytes(left)
    with pytest.raises(StoreRefused) as refused:
        installation.prepare()
    assert refused.value.code == "simpanan_hilang"
    assert refused.value.facts == {"berkas": file.as_posix()}
    assert (file.read_bytes() if file.exists() else None) == left


def test_a_failed_upgrade_leaves_the_store_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from alembic import command

    engine_module.configure(f"sqlite:///{(tmp_path / 'setengah.db').as_posix()}")
    real = command.upgrade

    def half(config: object, revision: str) -> None:
        real(config, revision)  # type: ignore[arg-type]  # alembic's Config, untyped here
        raise RuntimeError("power cut")

    monkeypatch.setattr(command, "upgrade", half)
    with pytest.raises(RuntimeError, match="power cut"):
        migrate.upgrade()
    assert found() == "empty"
    monkeypatch.undo()
    engine_module.configure(f"sqlite:///{(tmp_path / 'setengah.db').as_posix()}")
    assert migrate.upgrade() == "empty"
    assert found() == "current"
    with reading() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [migrate.HEAD]


# --- stores of earlier programs: each filled by the program that landed with that schema ------------------------------

LANDED = sorted(path.name.partition(".")[0] for path in (Path(__file__).parent / "simpanan").glob("*.db.gz"))


def _earlier(version: str, tmp_path: Path) -> Path:
    file = tmp_path / "lama.db"
    file.write_bytes(gzip.decompress((Path(__file__).parent / "simpanan" / f"{version}.db.gz").read_bytes()))
    engine_module.configure(f"sqlite:///{file.as_posix()}")
    return file


def _contents(columns: dict[str, list[str]]) -> dict[str, tuple[int, str]]:
    """Rows and a hash over them, per table, in the given columns only."""
    found = {}
    with engine().connect() as connection:
        for name, names in columns.items():
            rows = connection.execute(table(name, *map(column, names)).select()).all()
            lines = sorted(repr(tuple(row)) for row in rows)
            found[name] = (len(rows), hashlib.sha256("\n".join(lines).encode()).hexdigest())
    return found


@pytest.mark.parametrize("version", LANDED)
def test_a_filled_store_of_an_earlier_program_keeps_every_row(version: str, tmp_path: Path) -> None:
    """What an office typed under an earlier schema is what it finds after the upgrade, cell by cell."""
    assert "0003" in LANDED
    _earlier(version, tmp_path)
    columns = {
        name: [found["name"] for found in inspect(engine()).get_columns(name)]
        for name in inspect(engine()).get_table_names()
        if name != "alembic_version"
    }
    before = _contents(columns)
    assert before["lks"][0] == 130 and before["kiriman"][0] > 100
    assert migrate.upgrade() == "older"
    assert found() == "current"
    assert _contents(columns) == before


@pytest.mark.parametrize("version", LANDED)
def test_an_upgrade_that_breaks_off_leaves_the_earlier_store(
    version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alembic import command

    file = _earlier(version, tmp_path)
    before = file.read_bytes()
    real = command.upgrade

    def half(config: object, revision: str) -> None:
        real(config, revision)  # type: ignore[arg-type]  # alembic's Config, untyped here
        raise RuntimeError("power cut")

    monkeypatch.setattr(command, "upgrade", half)
    with pytest.raises(RuntimeError, match="power cut"):
        migrate.upgrade()
    assert found() == "older"
    engine().dispose()
    assert file.read_bytes() == before
