"""Definitions become versions and never vanish; values change only at the number they were read at."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from data_access import indicator_assets
from data_access.commands import indicators as commands
from data_access.engine import reading, writing
from data_access.queries import indicators as queries
from data_access.tables_indikator import indikator_nilai
from domain.indikator import Definition

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
LATER = date(2026, 12, 1)
SHIPPED = indicator_assets.definitions()
VALUE: dict[str, Any] = {
    **{"kode": "p0", "wilayah": "33.71", "periode": "2025", "seri": "", "nilai": 5.5, "sumber": "BPS"},
    **{"versi": 1, "diubah_pada": NOW},
}


def load(shipped: tuple[Definition, ...], on: date = LATER) -> int:
    with writing() as connection:
        return commands.load_dictionary(connection, shipped, on)


def of(kode: str) -> list[Definition]:
    with reading() as connection:
        return [one for one in queries.definitions(connection, None) if one.kode == kode]


def test_loading_again_changes_nothing(fresh_db: Path) -> None:
    assert load(SHIPPED) == 0
    assert of("ipm") == [next(one for one in SHIPPED if one.kode == "ipm")]


def test_another_meaning_is_another_version_and_the_old_one_stays(fresh_db: Path) -> None:
    changed = tuple(replace(one, rumus="Rumus baru") if one.kode == "p0" else one for one in SHIPPED)
    assert load(changed) == 1
    old, new = of("p0")
    assert (old.nomor, old.berlaku_sampai, old.rumus) == (1, LATER, next(o for o in SHIPPED if o.kode == "p0").rumus)
    assert (new.nomor, new.berlaku_mulai, new.berlaku_sampai, new.rumus) == (2, LATER, None, "Rumus baru")
    with reading() as connection:
        before = {one.kode: one.nomor for one in queries.definitions(connection, date(2026, 11, 30))}
        after = {one.kode: one.nomor for one in queries.definitions(connection, LATER)}
    assert (before["p0"], after["p0"], after["ipm"]) == (1, 2, 1)
    assert load(changed) == 0


def test_another_place_in_the_order_is_no_version(fresh_db: Path) -> None:
    moved = tuple(replace(one, urutan=900, kelompok="ppks") if one.kode == "p0" else one for one in SHIPPED)
    assert load(moved) == 0
    [one] = of("p0")
    assert (one.nomor, one.urutan, one.kelompok) == (1, 900, "ppks")


def test_what_is_shipped_no_longer_ends_and_may_come_back(fresh_db: Path) -> None:
    without = tuple(one for one in SHIPPED if one.kode != "p0")
    assert load(without) == 1
    assert [one.berlaku_sampai for one in of("p0")] == [LATER]
    assert load(SHIPPED, date(2027, 1, 1)) == 1
    assert [(one.nomor, one.berlaku_mulai, one.berlaku_sampai) for one in of("p0")] == [
        (1, None, LATER),
        (2, date(2027, 1, 1), None),
    ]


def test_published_values_come_once_and_an_offices_own_stay(fresh_db: Path) -> None:
    rows = indicator_assets.published_values()
    with writing() as connection:
        assert commands.load_published(connection, rows, NOW) == 0
        own = queries.value(connection, "ipm", "52.72", "2016", "lama")
        other = queries.value(connection, "ipm", "52", "2016", "lama")
        assert own is not None and other is not None
        assert commands.change_value(connection, own["id"], 1, {"nilai": 73.7, "terbitan": False})
        assert commands.remove_value(connection, other["id"], 1)
        assert commands.load_published(connection, rows, NOW) == 0, "nothing new is shipped"
        assert commands.load_published(connection, [*rows, rows[0] | {"periode": "2015"}], NOW) == 2
        kept = queries.value(connection, "ipm", "52.72", "2016", "lama")
        assert kept is not None and kept["nilai"] == 73.7


def test_a_value_changes_only_at_the_number_it_was_read_at(fresh_db: Path) -> None:
    with writing() as connection:
        value_id = commands.add_value(connection, VALUE)
        assert commands.change_value(connection, value_id, 1, {"nilai": 6.0}) is True
        assert commands.change_value(connection, value_id, 1, {"nilai": 7.0}) is False
        assert commands.remove_value(connection, value_id, 1) is False
        found = queries.value(connection, "p0", "33.71", "2025", "")
        assert found is not None and (found["nilai"], found["perubahan"]) == (6.0, 2)
        assert commands.remove_value(connection, value_id, 2) is True
        query = select(func.count()).select_from(indikator_nilai).where(indikator_nilai.c.kode == "p0")
        assert connection.execute(query).scalar() == 0


def test_a_target_is_one_row_per_year(fresh_db: Path) -> None:
    values = {"kode": "p0", "wilayah": "33.71", "tahun": 2026, "nilai": 5.0, "dasar": "RPJMD", "diubah_pada": NOW}
    with writing() as connection:
        first = commands.put_target(connection, values)
        assert commands.put_target(connection, values | {"nilai": 4.5}) == first
        assert commands.put_target(connection, values | {"tahun": 2027}) != first
        found = queries.targets(connection, {"33.71", "33"})
    assert [(row["tahun"], row["nilai"], row["perubahan"]) for row in found] == [(2027, 5.0, 1), (2026, 4.5, 2)]


def test_an_import_is_closed_once(fresh_db: Path) -> None:
    values = {"berkas": "a.xlsx", "sidik_berkas": "x", "jenis_kode": "bps", "wilayah": "33", "token": "t", "pada": NOW}
    values |= {"oleh": "uji", "sebelum": [], "baru": 1, "berubah": 0, "sama": 0, "ditolak": 0}
    with writing() as connection:
        batch = commands.add_batch(connection, values)
        commands.keep_before(connection, batch, [{"id": 1, "perubahan": 1, "sebelum": None}])
        assert commands.close_batch(connection, batch, NOW) is True
        assert commands.close_batch(connection, batch, NOW) is False
