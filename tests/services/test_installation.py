"""The first start: schema, facts, one admin with a one-time password, the sample; the second start changes nothing."""

from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from data_access import engine as engine_module
from data_access import secrets
from data_access.engine import reading, writing
from data_access.tables import audit, lks, metadata, pengguna
from domain.errors import StoreRefused
from services import accounts, installation


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory that nobody has used; SQLite, whatever the rest of the run is on."""
    place = tmp_path / "belum" / "ada"
    monkeypatch.setenv("PILAR_DATA", str(place))
    monkeypatch.setenv("PILAR_HOST", "127.0.0.1")
    monkeypatch.delenv("PILAR_DATABASE_URL", raising=False)
    engine_module.configure(engine_module.settings.load().database_url)
    return place


def sizes() -> dict[str, int]:
    with reading() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
        }


def test_a_first_start_and_a_second(empty: Path) -> None:
    first = installation.prepare()
    assert (first.found, first.admin) == ("empty", "admin")
    assert first.admin_password is not None
    assert len(first.admin_password.replace("-", "")) == 16
    assert first.sample_lks > 100
    installation.ready()
    before = sizes()
    assert installation.prepare() == installation.Prepared("current", None, None, 0)
    assert sizes() == before


def test_a_start_without_the_sample_stays_without_it(empty: Path) -> None:
    assert installation.prepare(sample=False).sample_lks == 0
    assert installation.prepare(sample=True).sample_lks == 0
    assert sizes()["lks"] == 0


def test_the_first_admin_must_replace_the_password(empty: Path) -> None:
    password = installation.prepare(sample=False).admin_password
    assert password is not None
    actor = accounts.actor_of(accounts.sign_in("admin", password, "127.0.0.1"))
    assert actor is not None
    assert (actor.role.id, actor.scope.root, actor.must_change_password, actor.contoh) == ("admin", None, True, False)
    with reading() as connection:
        stored = connection.execute(select(pengguna.c.sandi)).scalar_one()
        trail = connection.execute(select(audit.c.sebelum, audit.c.sesudah)).all()
    assert stored.startswith("$argon2id$")
    assert password not in str(trail)


def test_two_installations_have_two_passwords(empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = installation.prepare(sample=False).admin_password
    monkeypatch.setenv("PILAR_DATA", str(tmp_path / "lain"))
    engine_module.configure(engine_module.settings.load().database_url)
    assert installation.prepare(sample=False).admin_password != one


def test_a_disabled_admin_is_not_made_again(empty: Path) -> None:
    installation.prepare(sample=False)
    with writing() as connection:
        connection.execute(update(pengguna).values(aktif=False))
    assert installation.prepare(sample=False).admin_password is None


def test_the_keys_are_made_with_the_store(empty: Path) -> None:
    """Their presence is what later tells a store that was lost from one that never was."""
    assert not secrets.exist()
    installation.prepare(sample=False)
    assert secrets.exist()


def test_an_unprepared_store_is_not_served(empty: Path) -> None:
    with pytest.raises(StoreRefused) as refused:
        installation.ready()
    assert refused.value.code == "skema_empty"
    assert not (empty / "pilar.db").exists()


def test_preparing_removes_no_row_of_the_office(seeded_db: Path) -> None:
    with writing() as connection:
        connection.execute(update(lks).where(lks.c.id == 1).values(catatan="milik kantor"))
    installation.prepare()
    with reading() as connection:
        assert connection.execute(select(lks.c.catatan).where(lks.c.id == 1)).scalar_one() == "milik kantor"
