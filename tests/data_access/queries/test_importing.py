"""Batches by region, what a batch did, and what was hung on its rows since."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert

from data_access.commands import importing as commands
from data_access.commands import lks as lks_commands
from data_access.engine import reading, writing
from data_access.queries import importing as queries
from data_access.tables import lks_bantuan, lks_berkas, penggabungan, permohonan
from domain.permissions import COMMAND_LINE, Scope

NOW = datetime(2026, 11, 21, tzinfo=UTC)
COUNTS = {"baru": 1, "berubah": 0, "sama": 0, "ditolak": 0}


def add_batch(connection: Connection, wilayah: str | None, token: str) -> int:
    values: dict[str, Any] = {"berkas": "uji.xlsx", "sidik_berkas": "x", "token": token, "wilayah": wilayah}
    return commands.add_batch(connection, values | COUNTS | {"pada": NOW, "oleh": "uji"})


def test_a_region_sees_the_batches_made_from_within(fresh_db: Path) -> None:
    with writing() as connection:
        ids = {place: add_batch(connection, place, str(place)) for place in (None, "33", "33.71", "33.72", "51.71")}

    def seen(root: str | None, limit: int = 50) -> list[int]:
        with reading() as connection:
            return [int(n) for n in queries.batches(connection, Scope(root), limit)["id"]]

    assert seen(None) == sorted(ids.values(), reverse=True)
    assert seen(None, 2) == sorted(ids.values(), reverse=True)[:2]
    assert seen("33") == [ids["33.72"], ids["33.71"], ids["33"]]
    assert seen("33.71") == [ids["33.71"]]
    assert seen("34") == []
    with reading() as connection:
        assert list(queries.batches(connection, Scope("34")).columns)[:2] == ["id", "berkas"]


def test_a_batch_and_its_rows(fresh_db: Path) -> None:
    with writing() as connection:
        batch_id = add_batch(connection, "33.71", "t")
        plain = {"nama": "Uji", "kode_wilayah": "33.71"}
        one, two = lks_commands.add(connection, [plain, plain], at=NOW, by=COMMAND_LINE)
        rows = [
            {"batch_id": batch_id, "lks_id": two, "baris": 3, "jenis": "berubah", "versi": 1, "sebelum": {"nama": "A"}},
            {"batch_id": batch_id, "lks_id": one, "baris": 2, "jenis": "baru", "versi": 1, "sebelum": None},
        ]
        commands.add_rows(connection, rows)
        lks_commands.archive(connection, two, 1, at=NOW, reason="Uji", into=None)
    with reading() as connection:
        found = queries.rows(connection, batch_id)
        batch = queries.batch(connection, batch_id)
        assert queries.batch(connection, batch_id + 1) is None
        assert queries.rows(connection, batch_id + 1) == []
    assert batch is not None
    assert (batch["berkas"], batch["wilayah"], batch["dibatalkan_pada"]) == ("uji.xlsx", "33.71", None)
    told = [(row["lks_id"], row["jenis"], row["versi"], row["versi_kini"], row["sebelum"]) for row in found]
    assert told == [(one, "baru", 1, 1, None), (two, "berubah", 1, 2, {"nama": "A"})]
    assert found[1]["diarsipkan_pada"] is not None


def paper(connection: Connection, lks_id: int, other: int) -> None:
    connection.execute(insert(lks_berkas).values(lks_id=lks_id, syarat="akta", ada=True))


def aid(connection: Connection, lks_id: int, other: int) -> None:
    connection.execute(insert(lks_bantuan).values(lks_id=lks_id, tahun=2026, jenis="x", sumber="y"))


def request(connection: Connection, lks_id: int, other: int) -> None:
    values = {"jenis": "baru", "status": "diajukan", "diajukan_pada": NOW.date()}
    connection.execute(insert(permohonan).values(lks_id=lks_id, **values))


def merge(connection: Connection, lks_id: int, other: int) -> None:
    values = {"sebelum": {}, "versi_ke": 1, "pada": NOW, "oleh": "uji"}
    connection.execute(insert(penggabungan).values(dari_id=other, ke_id=lks_id, **values))


def merged_into(connection: Connection, lks_id: int, other: int) -> None:
    lks_commands.archive(connection, other, 1, at=NOW, reason="Uji", into=lks_id)


@pytest.mark.parametrize("hang", [paper, aid, request, merge, merged_into])
def test_work_that_was_hung_on_a_row_is_seen(fresh_db: Path, hang: Callable[[Connection, int, int], None]) -> None:
    plain = {"nama": "Uji", "kode_wilayah": "33.71"}
    with writing() as connection:
        busy, idle, other = lks_commands.add(connection, [plain] * 3, at=NOW, by=COMMAND_LINE)
        hang(connection, busy, other)
    with reading() as connection:
        assert queries.with_later_work(connection, [busy, idle]) == {busy}
        assert queries.with_later_work(connection, []) == set()
