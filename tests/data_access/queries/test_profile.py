"""Reads of the profile: each is narrowed to a scope, and the most specific checklist wins."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, update

from data_access.commands import lks as lks_commands
from data_access.commands import profile as commands
from data_access.commands import trail
from data_access.engine import reading, writing
from data_access.queries import profile as queries
from data_access.tables import persyaratan_berkas
from domain.permissions import Actor, Scope

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
HERE, ELSEWHERE = Scope("33.71"), Scope("33.74")


@pytest.fixture
def lks_id(fresh_db: Path, actor: Callable[..., Actor]) -> int:
    """An LKS with one child of each kind, beside one of another city with the same children."""
    by, ids = actor(), []
    with writing() as connection:
        for kode in ("33.71.01", "33.74"):
            record: dict[str, Any] = {"nama": "Panti Uji", "kode_wilayah": kode, "ketua": "Ketua", "aktif": "aktif"}
            (new,) = lks_commands.add(connection, [record], at=NOW, by=by)
            commands.set_document(connection, new, "akta", {"ada": True})
            commands.add_aid(connection, new, {"tahun": 2025, "jenis": "Sarana", "sumber": "donatur"})
            commands.set_clients(connection, new, "anak", "dalam", "2025", 5)
            values = {"lks_id": new, "jenis": "baru", "status": "diajukan", "diajukan_pada": TODAY}
            request_id = commands.add_request(connection, values)
            commands.add_step(connection, request_id, "diajukan", NOW, "uji", None)
            trail.record(connection, trail.audit_row(by, NOW, "tambah", "lks", new, after={"nama": "Panti Uji"}))
            trail.record(connection, trail.audit_row(by, NOW, "buka_data_pribadi", "lks", new))
            ids.append(new)
    return ids[0]


READS: list[Callable[..., Any]] = [
    queries.axis_history,
    queries.officers,
    queries.clients,
    queries.aid,
    queries.documents,
    queries.requests,
    queries.changes,
    lambda c, s, i: queries.newest_changes(c, s, i, 5),
    lambda c, s, i: queries.changed_since(c, s, i, datetime(2026, 1, 1, tzinfo=UTC)),
    lambda c, s, i: queries.same_name(c, s, "33.71", "panti uji"),
    lambda c, s, i: queries.names_in(c, s, "33.71"),
    lambda c, s, i: [row for row in [queries.kode_of(c, s, i)] if row],
    lambda c, s, i: queries.open_requests(c, s).query("lks_id == @i").to_dict("records"),
    lambda c, s, i: [row for row in [queries.request(c, s, 1)] if row],
    lambda c, s, i: [row for row in [queries.child(c, s, "lks_bantuan", i, 1)] if row],
]


@pytest.mark.parametrize("read", READS, ids=range(len(READS)))
def test_each_read_gives_one_row_inside_its_scope_and_none_outside(read: Callable[..., Any], lks_id: int) -> None:
    with reading() as connection:
        assert len(read(connection, HERE, lks_id)) == 1
        assert len(read(connection, Scope(None), lks_id)) == 1
        assert len(read(connection, ELSEWHERE, lks_id)) == 0


def test_a_request_comes_with_its_steps(lks_id: int) -> None:
    with reading() as connection:
        (row,) = queries.requests(connection, HERE, lks_id)
    assert [(step["status"], step["oleh"], step["pada"]) for step in row["langkah"]] == [("diajukan", "uji", NOW)]


def test_the_most_specific_list_in_force_is_the_checklist(lks_id: int) -> None:
    with writing() as connection:
        rows = [{"wilayah": "33.71.01", "kode": "khusus", "nama": "Khusus", "wajib": True, "berlaku_mulai": None}]
        connection.execute(insert(persyaratan_berkas), rows)
        place, asked = queries.checklist(connection, "33.71.01", TODAY)
        assert (place, [row["kode"] for row in asked]) == ("33.71.01", ["khusus"])
        where = persyaratan_berkas.c.kode == "khusus"
        connection.execute(update(persyaratan_berkas).where(where).values(berlaku_sampai=TODAY))
        assert queries.checklist(connection, "33.71.01", TODAY)[0] == "33.71"
        assert len(queries.checklist(connection, "33.71.01", TODAY)[1]) == 11
        place, asked = queries.checklist(connection, "11.01", TODAY)
        assert (place, len(asked)) == ("", 10)


def test_undated_totals_are_not_moved_by_a_merge(lks_id: int, actor: Callable[..., Actor]) -> None:
    with writing() as connection:
        record = {"nama": "Panti Dua", "kode_wilayah": "33.71", "binaan_dalam": 7}
        (new,) = lks_commands.add(connection, [record], at=NOW, by=actor())
        commands.set_clients(connection, new, "semua", "dalam", "2025", 8)
        found = queries.moved(connection, HERE, new, ("pembina",))
    assert [row["periode"] for row in found["lks_binaan"]] == ["2025"]
    assert found["lks_pengurus"] == []
