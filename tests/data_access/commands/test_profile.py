"""Writes of an LKS's children: one row per thing, versions that move on, and merges that end once."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from data_access.commands import lks as lks_commands
from data_access.commands import profile as commands
from data_access.engine import reading, writing
from data_access.queries import profile as queries
from domain.permissions import Actor, Scope

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
ALL = Scope(None)


@pytest.fixture
def ids(fresh_db: Path, actor: Callable[..., Actor]) -> list[int]:
    records = [{"nama": f"Panti {name}", "kode_wilayah": "33.71"} for name in ("Satu", "Dua")]
    with writing() as connection:
        return lks_commands.add(connection, records, at=NOW, by=actor())


def test_a_document_is_replaced_not_repeated(ids: list[int]) -> None:
    with writing() as connection:
        commands.set_document(connection, ids[0], "akta", {"ada": True, "nomor": "1"})
        commands.set_document(connection, ids[0], "akta", {"ada": False, "nomor": None})
        commands.set_document(connection, ids[1], "akta", {"ada": True, "nomor": "2"})
    with reading() as connection:
        stored = [queries.documents(connection, ALL, lks_id)["akta"] for lks_id in ids]
    assert [(row["ada"], row["nomor"]) for row in stored] == [(False, None), (True, "2")]


def test_aid_is_changed_and_removed_only_under_its_own_lks(ids: list[int]) -> None:
    with writing() as connection:
        aid_id = commands.add_aid(connection, ids[0], {"tahun": 2025, "jenis": "Sarana", "sumber": "donatur"})
        commands.change_aid(connection, ids[1], aid_id, {"tahun": 1999})
        commands.remove_aid(connection, ids[1], aid_id)
        assert [row["tahun"] for row in queries.aid(connection, ALL, ids[0])] == [2025]
        commands.change_aid(connection, ids[0], aid_id, {"tahun": 2024})
        assert [row["tahun"] for row in queries.aid(connection, ALL, ids[0])] == [2024]
        commands.remove_aid(connection, ids[0], aid_id)
        assert queries.aid(connection, ALL, ids[0]) == []


def test_a_count_of_clients_gives_back_the_one_before(ids: list[int]) -> None:
    with writing() as connection:
        assert commands.set_clients(connection, ids[0], "anak", "dalam", "2025", 0) is None
        assert commands.set_clients(connection, ids[0], "anak", "dalam", "2025", 4) == 0
        assert commands.set_clients(connection, ids[0], "anak", "luar", "2025", 1) is None
        assert commands.set_clients(connection, ids[0], "anak", "dalam", "2025", None) == 4
        assert [row["jumlah"] for row in queries.clients(connection, ALL, ids[0])] == [1]
        with pytest.raises(ValueError, match="undated"):
            commands.set_clients(connection, ids[0], "semua", "dalam", "", 4)


def test_a_request_changes_only_at_the_version_seen(ids: list[int]) -> None:
    values = {"lks_id": ids[0], "jenis": "baru", "status": "diajukan", "diajukan_pada": date(2026, 11, 1)}
    with writing() as connection:
        request_id = commands.add_request(connection, values)
        assert commands.change_request(connection, request_id, 1, {"status": "diperiksa"})
        assert not commands.change_request(connection, request_id, 1, {"status": "ditolak"})
        row = queries.request(connection, ALL, request_id)
    assert row is not None and (row["status"], row["versi"]) == ("diperiksa", 2)


def test_an_issued_request_without_its_paper_is_refused_by_the_schema(ids: list[int]) -> None:
    values = {"lks_id": ids[0], "jenis": "baru", "status": "diajukan", "diajukan_pada": date(2026, 11, 1)}
    with pytest.raises(IntegrityError), writing() as connection:
        commands.change_request(connection, commands.add_request(connection, values), 1, {"status": "terbit"})
    with reading() as connection:
        assert queries.requests(connection, ALL, ids[0]) == []


def test_children_move_to_another_lks(ids: list[int]) -> None:
    with writing() as connection:
        moved = commands.add_aid(connection, ids[0], {"tahun": 2025, "jenis": "A", "sumber": "donatur"})
        commands.add_aid(connection, ids[0], {"tahun": 2024, "jenis": "B", "sumber": "donatur"})
        commands.move(connection, "lks_bantuan", [moved], ids[1])
        assert [row["jenis"] for row in queries.aid(connection, ALL, ids[0])] == ["B"]
        assert [row["jenis"] for row in queries.aid(connection, ALL, ids[1])] == ["A"]


def test_dropped_documents_come_back_as_they_were(ids: list[int]) -> None:
    with writing() as connection:
        commands.set_document(connection, ids[0], "akta", {"ada": True, "tanggal": date(2025, 1, 2)})
        before = queries.documents(connection, ALL, ids[0])
        commands.drop_documents(connection, [row["id"] for row in before.values()])
        assert queries.documents(connection, ALL, ids[0]) == {}
        commands.put_back_documents(connection, before.values())
        assert queries.documents(connection, ALL, ids[0]) == before


def test_a_merge_ends_once_and_a_pair_is_noted_once(ids: list[int]) -> None:
    with writing() as connection:
        merge_id = commands.add_merge(connection, ids[0], ids[1], {"ke": {}}, 2, NOW, "uji")
        assert [row["id"] for row in queries.merges(connection, ALL, ids[1])] == [merge_id]
        assert len(queries.recent_merges(connection, ALL)) == 1
        assert queries.merge(connection, Scope("33.74"), merge_id) is None
        assert commands.end_merge(connection, merge_id, NOW)
        assert not commands.end_merge(connection, merge_id, NOW)
        assert queries.merges(connection, ALL, ids[1]) == [] and queries.recent_merges(connection, ALL).empty
        assert commands.add_not_twins(connection, ids[1], ids[0])
        assert not commands.add_not_twins(connection, ids[0], ids[1])
        assert queries.not_twins(connection) == {(ids[0], ids[1])}
