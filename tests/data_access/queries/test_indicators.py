"""Reads of the indicators: by scope where rows belong to a region, and the same clients however they were reported."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from data_access.commands import indicators as commands
from data_access.commands import trail
from data_access.engine import reading, writing
from data_access.queries import indicators as queries
from data_access.queries import register
from data_access.tables import lks_berkas, lks_binaan
from domain.filters import Filters
from domain.indikator import VALUE
from domain.permissions import COMMAND_LINE, Scope
from tests.register_rows import archive, lks_row, store

ON = date(2026, 11, 20)
CITY = register.Selection(Scope("33.71"), Filters(), ON)


def batch(wilayah: str, token: str) -> dict[str, Any]:
    head = {"berkas": f"{token}.xlsx", "sidik_berkas": "x", "jenis_kode": "bps", "oleh": "uji", "sebelum": []}
    counts = dict.fromkeys(("baru", "berubah", "sama", "ditolak"), 0)
    return head | counts | {"wilayah": wilayah, "token": token, "pada": datetime(2026, 1, 1, tzinfo=UTC)}


def test_imports_are_seen_within_the_region_of_whoever_made_them(fresh_db: Path) -> None:
    with writing() as connection:
        for place in ("", "33", "33.71", "52"):
            commands.add_batch(connection, batch(place, "t" + place))
        seen = {root: [row["wilayah"] for row in queries.batches(connection, Scope(root))] for root in (None, "33")}
    assert seen == {None: ["52", "33.71", "33", ""], "33": ["33.71", "33"]}


def test_the_last_change_of_a_region_is_not_that_of_another(fresh_db: Path) -> None:
    with writing() as connection:
        for day, place in enumerate(("33.71", "33.7", "52.72"), 1):
            moment = datetime(2026, 1, day, tzinfo=UTC)
            trail.record(connection, trail.audit_row(COMMAND_LINE, moment, "ubah", "lks", day, wilayah=place))
            trail.record(connection, trail.audit_row(COMMAND_LINE, moment, "ubah", VALUE, day, wilayah=place))
    with reading() as connection:
        found = {
            root: (queries.last_change_in(connection, "lks", Scope(root)) or {}).get("pada")
            for root in ("33.71", "33", None, "76")
        }
        one = queries.last_change(connection, [1, 2])
    assert {root: moment and moment.day for root, moment in found.items()} == {"33.71": 1, "33": 2, None: 3, "76": None}
    assert one is not None and (one["pada"].day, one["pelaku"], one["aksi"]) == (2, "baris-perintah", "ubah")


def test_clients_of_an_lks_are_its_total_else_its_latest_period(fresh_db: Path) -> None:
    names = ("total", "kelompok", "periode", "luar", "lain")
    ids = store(*[lks_row(name, "33.71.01" if name != "lain" else "52.72") for name in names])
    of = dict(zip(names, ids, strict=True))
    rows = [
        (of["total"], "semua", "dalam", "", 7),
        (of["total"], "semua", "dalam", "2025", 9),
        (of["kelompok"], "anak", "dalam", "2024", 3),
        (of["kelompok"], "anak", "dalam", "2025", 4),
        (of["kelompok"], "lansia", "dalam", "2025", 5),
        (of["periode"], "semua", "dalam", "2024", 2),
        (of["luar"], "semua", "luar", "", 8),
        (of["lain"], "semua", "dalam", "", 100),
    ]
    with writing() as connection:
        columns = ("lks_id", "kelompok", "setting", "periode", "jumlah")
        connection.execute(insert(lks_binaan), [dict(zip(columns, row, strict=True)) for row in rows])
        found = queries.clients_by_lks(connection, CITY, "dalam")
        whole = register.clients(connection, CITY)
    assert found == {of["total"]: 7, of["kelompok"]: 9, of["periode"]: 2}
    assert whole["dalam"] == (sum(found.values()), len(found))


def test_documents_that_ended_or_belong_elsewhere_do_not_count(fresh_db: Path) -> None:
    mine, other = store(lks_row("Mawar", "33.71.01"), lks_row("Melati", "52.72"))
    rows = [(mine, "ad_art", True, None), (mine, "ktp", True, date(2026, 11, 19)), (mine, "npwp", False, None)]
    rows.append((other, "ad_art", True, None))
    with writing() as connection:
        columns = ("lks_id", "syarat", "ada", "berlaku_sampai")
        connection.execute(insert(lks_berkas), [dict(zip(columns, row, strict=True)) for row in rows])
        assert queries.held_documents(connection, CITY) == [(mine, "ad_art")]
        assert queries.places(connection, CITY) == [(mine, "33.71.01")]


def test_only_kept_lks_with_somebody_on_a_roster_are_trained(seeded_db: Path) -> None:
    whole = register.Selection(Scope(None), Filters(), ON)
    bima = register.Selection(Scope("52.72"), Filters(), ON)
    with reading() as connection:
        found = queries.trained(connection, whole)
        mine = queries.trained(connection, bima)
        assert queries.trained(connection, CITY) == {}, "the city's own event was no training"
    assert found and all(begins <= ON for begins in found.values())
    assert set(mine) <= set(found) and 0 < len(mine) < len(found)
    gone = next(iter(mine))
    archive(gone)
    with reading() as connection:
        assert set(queries.trained(connection, bima)) == set(mine) - {gone}


def test_the_newest_change_of_the_register_is_that_of_the_region(fresh_db: Path) -> None:
    store(lks_row("Mawar", "33.71"), at=datetime(2024, 1, 5, tzinfo=UTC))
    store(lks_row("Melati", "52.72"), at=datetime(2026, 1, 5, tzinfo=UTC))
    with reading() as connection:
        found = [queries.touched(connection, Scope(root)) for root in ("33.71", None, "76")]
    assert [moment and moment.year for moment in found] == [2024, 2026, None]


def test_values_are_those_of_the_asked_regions(fresh_db: Path) -> None:
    with reading() as connection:
        found = [(row["wilayah"], row["periode"]) for row in queries.values(connection, {"52.72", ""}, {"ipm"})]
        assert found == [("", "2016"), ("52.72", "2016")]
        assert queries.values(connection, {"52.72"}, {"p0"}) == []
        beside = queries.siblings(connection, "ipm", ["52.72", "52.71"], "2016", "lama")
        assert [row["wilayah"] for row in beside] == ["52.72"]
        assert queries.value(connection, "ipm", "52.72", "2016", "baru") is None


def test_required_documents_by_region(fresh_db: Path) -> None:
    with reading() as connection:
        found = queries.required_documents(connection, ON)
    assert found[""] and all(isinstance(codes, set) for codes in found.values())


def test_where_each_lks_of_the_region_serves(fresh_db: Path) -> None:
    ids = store(lks_row("A", "33.71", setting="dalam"), lks_row("B", "33.71"), lks_row("C", "33.72", setting="luar"))
    with reading() as connection:
        assert queries.settings(connection, register.Selection(Scope("33.71"), Filters(), ON)) == {
            ids[0]: "dalam",
            ids[1]: None,
        }


def test_whether_anything_was_touched_since_a_moment(fresh_db: Path) -> None:
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    ids = store(lks_row("A", "33.71"), lks_row("B", "33.72"), at=moment)
    with reading() as connection:
        assert queries.touched_since(connection, Scope("33.71"), moment)
        assert not queries.touched_since(connection, Scope("33.71"), datetime(2026, 3, 2, tzinfo=UTC))
        assert not queries.touched_since(connection, Scope("52.72"), moment)
    archive(ids[0])
    with reading() as connection:
        assert not queries.touched_since(connection, Scope("33.71"), moment)
        assert queries.touched_since(connection, Scope("33"), moment)
