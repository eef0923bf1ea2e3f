"""A new LKS in Kota Magelang, which the tests of reading, checking and changing one LKS start from."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data_access.engine import reading
from data_access.tables import audit
from domain.errors import InvalidInput
from domain.permissions import Actor
from services import clock, keeping, panels

Make = Callable[..., Actor]
TODAY = date(2026, 11, 20)
NEW = {
    "nama": "Panti Asuhan Melati (contoh)",
    "kode_wilayah": "33.71.01",
    "kluster": ["anak"],
    "ketua": "Ketua Uji",
    "ketua_telepon": "0812 3456 7890",
    "ketua_nik": "3371011505800001",
    "binaan_dalam": 0,
    "daftar": "terdaftar",
    "daftar_tanggal": date(2024, 1, 2),
    "daftar_sampai": date(2026, 12, 10),
}


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def operator(fresh_db: Path, today: None, actor: Make) -> Actor:
    return actor("operator", "33.71")


@pytest.fixture
def lks_id(operator: Actor, actor: Make) -> int:
    """A new LKS in Kota Magelang, beside one of another city that must never show."""
    other = NEW | {"nama": "Panti Asuhan Melati (contoh)", "kode_wilayah": "33.74", "ketua_telepon": None}
    keeping.create(actor("admin"), other, "t-lain")
    return keeping.create(operator, NEW, "t-baru")


def written(objek: str = "lks") -> list[dict[str, Any]]:
    """The rows of the trail about one kind of thing, oldest first."""
    with reading() as connection:
        query = audit.select().where(audit.c.objek == objek).order_by(audit.c.id)
        return [dict(row) for row in connection.execute(query).mappings()]


def codes(caught: pytest.ExceptionInfo[InvalidInput]) -> set[tuple[str, str]]:
    """The (column, code) of each refused value."""
    return {(problem.column, problem.code) for problem in caught.value.problems}


class Clock:
    """A clock that stands until it is told to move."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(panels, "ticks", found)
    return found
