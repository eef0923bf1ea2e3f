"""Named states every test starts from: fresh_db (schema and reference facts), seeded_db (with the sample data)."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data_access import engine as engine_module
from domain.permissions import ROLES, Actor, Scope
from services import clock, installation

# As they are before any test puts its own day in their place: the stores of a session are made once, whoever asks first.
_TODAY, _NOW = clock.today, clock.now

# A second store may be given to run the same suite on: PILAR_TEST_DATABASE_URL=postgresql://... (its tables are dropped).
OTHER_STORE = os.environ.get("PILAR_TEST_DATABASE_URL", "")


def _settle(monkeypatch: pytest.MonkeyPatch, data_dir: Path) -> None:
    monkeypatch.setenv("PILAR_DATA", str(data_dir))
    monkeypatch.setenv("PILAR_HOST", "127.0.0.1")
    monkeypatch.delenv("PILAR_DATABASE_URL", raising=False)
    if OTHER_STORE:
        monkeypatch.setenv("PILAR_DATABASE_URL", OTHER_STORE)


@pytest.fixture(scope="session")
def _prepared(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bool], Path]:
    """Makes each kind of store once per session; tests get a copy."""
    made: dict[bool, Path] = {}

    def prepare(sample: bool) -> Path:
        if sample not in made:
            made[sample] = tmp_path_factory.mktemp("simpanan")
            with pytest.MonkeyPatch.context() as patch:
                _settle(patch, made[sample])
                patch.setattr(clock, "today", _TODAY)
                patch.setattr(clock, "now", _NOW)
                engine_module.configure(engine_module.settings.load().database_url)
                installation.prepare(sample=sample)
                engine_module.engine().dispose()
        return made[sample]

    return prepare


def _store(
    sample: bool, prepared: Callable[[bool], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    data_dir = tmp_path / "data"
    _settle(monkeypatch, data_dir)
    if OTHER_STORE:
        made = engine_module.configure(engine_module.settings.load().database_url)
        with made.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
        installation.prepare(sample=sample)
    else:
        shutil.copytree(prepared(sample), data_dir)
        engine_module.configure(engine_module.settings.load().database_url)
    yield data_dir
    engine_module.engine().dispose()


@pytest.fixture
def fresh_db(_prepared: Callable[[bool], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A store with schema, reference facts and one admin, no LKS; gives its data directory."""
    yield from _store(False, _prepared, tmp_path, monkeypatch)


@pytest.fixture
def seeded_db(_prepared: Callable[[bool], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A store with the sample LKS and sample accounts; gives its data directory."""
    yield from _store(True, _prepared, tmp_path, monkeypatch)


@pytest.fixture
def actor() -> Callable[..., Actor]:
    """Makes an actor of a role and region: actor("operator", "33.71"); the region None is the whole country."""

    def make(role: str = "admin", wilayah: str | None = None, user_id: int | None = None) -> Actor:
        return Actor(user_id, "uji." + role, "Uji " + role, ROLES[role], Scope(wilayah))

    return make


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests run last: Playwright leaves an event loop running, in which others could not start their own."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
