"""Flat records within a scope: what is outside is simply absent."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from data_access.commands import lks as commands
from data_access.engine import reading, writing
from data_access.queries import records
from domain.permissions import COMMAND_LINE, Scope

NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture
def ids(fresh_db: Path) -> dict[str, int]:
    """LKS by region: two kecamatan of Kota Magelang, the city itself, Kota Surakarta, and one in Bali; 33.71.02 archived."""
    places = ["33.71.01", "33.71.02", "33.71", "33.72", "51.71"]
    with writing() as connection:
        found = commands.add(
            connection,
            [{"nama": f"Uji {place}", "kode_wilayah": place, "kluster": ["anak"]} for place in places],
            at=NOW,
            by=COMMAND_LINE,
        )
        commands.archive(connection, found[1], 1, at=NOW, reason="Uji", into=None)
    return dict(zip(places, found, strict=True))


@pytest.mark.parametrize(
    ("root", "seen"),
    [
        (None, {"33.71.01", "33.71.02", "33.71", "33.72", "51.71"}),
        ("33", {"33.71.01", "33.71.02", "33.71", "33.72"}),
        ("33.71", {"33.71.01", "33.71.02", "33.71"}),
        ("33.71.01", {"33.71.01"}),
        ("34", set()),
    ],
)
def test_a_scope_sees_its_subtree_only(ids: dict[str, int], root: str | None, seen: set[str]) -> None:
    with reading() as connection:
        found = records.by_ids(connection, Scope(root), [*ids.values(), 999_999])
    assert {row["kode_wilayah"] for row in found.values()} == seen
    assert set(found) == {ids[place] for place in seen}


def test_by_kabkota_leaves_out_archived_and_foreign_rows(ids: dict[str, int]) -> None:
    def seen(scope: str | None, *kabkota: str) -> set[str]:
        with reading() as connection:
            return {row["kode_wilayah"] for row in records.by_kabkota(connection, Scope(scope), kabkota).values()}

    assert seen(None, "33.71") == {"33.71.01", "33.71"}
    assert seen(None, "33.71", "51.71", "33.71") == {"33.71.01", "33.71", "51.71"}
    assert seen("33", "33.71", "51.71") == {"33.71.01", "33.71"}
    assert seen("33.71.01", "33.71") == {"33.71.01"}
    assert seen(None) == set()
    with reading() as connection:
        row = records.by_kabkota(connection, Scope(None), ["33.72"])[ids["33.72"]]
    assert (row["kluster"], row["layanan"], row["kode_lks"]) == (["anak"], [], "LKS-33.72-0001")


def test_an_id_by_code_only_within_the_scope(ids: dict[str, int]) -> None:
    with reading() as connection:
        assert records.id_of(connection, Scope("33"), "LKS-33.72-0001") == ids["33.72"]
        assert records.id_of(connection, Scope("51"), "LKS-33.72-0001") is None
        assert records.id_of(connection, Scope(None), "LKS-33.72-0002") is None


def test_last_numbers_count_archived_and_moved_rows(ids: dict[str, int]) -> None:
    with writing() as connection:
        before = records.by_ids(connection, Scope(None), [ids["33.72"]])[ids["33.72"]]
        change = commands.Change(before, {"kode_wilayah": "33.73"})
        assert commands.change(connection, [change], at=NOW, by=COMMAND_LINE) == []
    with reading() as connection:
        assert records.last_numbers(connection, ["33.71", "33.72", "33.73"]) == {"33.71": 3, "33.72": 1, "33.73": 0}


def test_the_rules_of_each_version_are_there(fresh_db: Path) -> None:
    with reading() as connection:
        rules = records.accreditation_rules(connection)
    assert {"A", "B", "C"} <= {rule["peringkat"] for rule in rules}
    assert all(rule["masa_tahun"] is None or 1 <= rule["masa_tahun"] <= 10 for rule in rules)


def test_chunks_keep_everything_in_order() -> None:
    pieces = [list(piece) for piece in records.chunks(list(range(2000)))]
    assert [len(piece) for piece in pieces] == [900, 900, 200]
    assert [n for piece in pieces for n in piece] == list(range(2000))
    assert list(records.chunks([])) == []
