"""What the server checks before it serves anybody."""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

import settings
from data_access import engine as engine_module
from domain.errors import StoreRefused
from services import accounts
from ui import start


@pytest.fixture(autouse=True)
def _options(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, object]]:
    """Streamlit's options as they must be, the server on this computer; tests loosen one of them."""
    options: dict[str, object] = {name: wanted for name, (wanted, _) in settings.REQUIRED_OPTIONS.items()}
    options |= {name: limit for name, (limit, _) in settings.OPTION_LIMITS.items()} | {"server.address": "127.0.0.1"}
    monkeypatch.setattr(st, "get_option", options.__getitem__)
    monkeypatch.setattr(start, "_warm", lambda: None)
    interval = sys.getswitchinterval()
    yield options
    sys.setswitchinterval(interval)


def serve() -> None:
    async def once() -> None:
        async with start.lifespan(None):
            pass

    asyncio.run(once())


def test_a_prepared_store_is_served_and_the_sample_door_stays(seeded_db: Path) -> None:
    serve()
    assert accounts.sample_sign_in_open()


@pytest.mark.parametrize("name", sorted(set(settings.REQUIRED_OPTIONS) | set(settings.OPTION_LIMITS)))
def test_a_loosened_option_stops_the_start(seeded_db: Path, _options: dict[str, object], name: str) -> None:
    _options[name] = {"X-User": "email"} if name == "server.trustedUserHeaders" else "lain"
    with pytest.raises(settings.SettingError, match=name.replace(".", r"\.")):
        serve()


def test_an_unprepared_store_is_not_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PILAR_DATA", str(tmp_path))
    monkeypatch.delenv("PILAR_DATABASE_URL", raising=False)
    engine_module.configure(settings.load().database_url)
    with pytest.raises(StoreRefused) as refused:
        serve()
    assert refused.value.code == "skema_empty"


@pytest.mark.parametrize(
    ("told", "listening"), [("0.0.0.0", "127.0.0.1"), ("127.0.0.1", "0.0.0.0"), ("127.0.0.1", None), ("", "127.0.0.1")]
)
def test_another_address_closes_the_sample_door_for_good(
    seeded_db: Path, monkeypatch: pytest.MonkeyPatch, _options: dict[str, object], told: str, listening: str | None
) -> None:
    """What the settings say and where the server really listens must both be this computer."""
    monkeypatch.setenv("PILAR_HOST", told)
    _options["server.address"] = listening
    serve()
    monkeypatch.setenv("PILAR_HOST", "127.0.0.1")
    assert not accounts.sample_sign_in_open()
