"""What the register makes of a rule is what its rows say, beside rows that must not be counted."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert

from data_access.engine import reading, writing
from data_access.queries import indicators as queries
from data_access.tables import lks_berkas
from domain.permissions import Actor
from services import clock
from services.indicator_counting import Counting, required_of
from services.indicator_values import definitions
from tests.register_rows import archive, lks_row, store

ON = date(2026, 11, 20)


def count(by: Actor, place: str, kode: str) -> tuple[float | None, float | None, tuple[float, float] | None]:
    with reading() as connection:
        definition = next(one for one in definitions(connection, ON) if one.kode == kode)
        found = Counting(connection, by, place, ON).count(definition)
    return found.pembilang, found.penyebut, found.lengkap


@pytest.fixture
def city(fresh_db: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    monkeypatch.setattr(clock, "today", lambda: ON)
    ids = store(
        lks_row("A", "33.71", tumbuh="mandiri", kluster=["anak", "lansia"], daftar="terdaftar", setting="dalam"),
        lks_row("B", "33.71", tumbuh="embrio", kluster=["anak"], binaan_dalam=9, setting="dalam"),
        lks_row("C", "33.71", daftar="terdaftar", daftar_sampai=date(2026, 11, 30)),
        lks_row("D", "33.71", tumbuh="mandiri"),
        lks_row("E", "33.72", tumbuh="mandiri", kluster=["anak"]),
    )
    archive(ids[3])
    return ids


@pytest.mark.parametrize(
    ("kode", "found"),
    [
        ("total_lks", (3, None, (3, 3))),
        ("tumbuh_mandiri", (1, 3, (2, 3))),
        ("terdaftar", (2, 3, (2, 3))),
        ("lks_kluster_anak", (2, None, (2, 3))),
        ("lks_kluster_bencana", (0, None, (2, 3))),
        ("kluster_ganda", (1, None, (2, 3))),
        ("kluster_kosong", (1, None, (3, 3))),
        ("belum_verifikasi", (3, None, (3, 3))),
        ("berakhir_30", (1, None, (1, 2))),  # of two registrations one names no end
        ("klien_dalam", (9, None, (1, 2))),  # of two that serve inside one reports
        ("klien_luar", (0, None, (0, 0))),
    ],
)
def test_counts_of_a_city(
    city: list[int], actor: Callable[..., Actor], kode: str, found: tuple[float, float | None, tuple[float, float]]
) -> None:
    assert count(actor("admin"), "33.71", kode) == found


def test_required_documents_that_are_there(city: list[int], actor: Callable[..., Actor]) -> None:
    with reading() as connection:
        required = queries.required_documents(connection, ON)
    wanted = sorted(required_of(required, "33.71.01"))
    assert wanted
    rows = [{"lks_id": city[0], "syarat": wanted[0], "ada": True}, {"lks_id": city[0], "syarat": "foto", "ada": True}]
    with writing() as connection:
        connection.execute(insert(lks_berkas), rows)
    above, below, _ = count(actor("admin"), "33.71", "berkas_wajib")
    assert (above, below) == (1, 3 * len(wanted))


def test_the_list_of_the_deepest_region_holds() -> None:
    required = {"": {"a"}, "33": {"b"}, "33.71": {"c"}}
    assert [required_of(required, kode) for kode in ("33.71.01", "33.08", "52.72")] == [{"c"}, {"b"}, {"a"}]
