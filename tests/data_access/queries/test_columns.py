"""Counting in memory and asking the store give the same numbers, before and after each kind of write."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from typing import Any

import pytest

from data_access.commands import lks, trail
from data_access.engine import Connection, reading, writing
from data_access.queries import changes, groups, lists
from data_access.queries import columns as in_memory
from data_access.queries.register import Selection
from domain.filters import Filters
from domain.lks import MEASURES, quarter_start
from domain.permissions import Scope
from services import clock, counting
from tests.register_rows import STORED, archive, edit, lks_row, store

TODAY = clock.today()
AT = datetime(2026, 2, 1, tzinfo=UTC)


def _day(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.fixture
def mixed(seeded_db: object) -> list[int]:
    """The sample data, and beside it rows that every rule decides differently."""
    return store(
        lks_row("Dua kluster", "33.71.01", kluster=["anak", "lansia"], setting="dalam", hukum="berbadan_hukum"),
        lks_row("Tanpa apa pun", "33.71"),
        lks_row("Habis hari ini", "33.08.01", daftar="terdaftar", daftar_sampai=TODAY, aktif="aktif"),
        lks_row("Habis kemarin", "33.08", daftar="terdaftar", daftar_sampai=_day(-1), kluster=["napza"]),
        lks_row("Tanpa akhir", "76.01", daftar="terdaftar", akreditasi="A", diverifikasi_pada=_day(-1)),
        lks_row("Layak", "76.01", akreditasi="B", akreditasi_sampai=_day(30), aktif="aktif", hukum="berbadan_hukum"),
        lks_row("Jauh", "91.01", akreditasi="C", akreditasi_sampai=_day(181), diverifikasi_pada=_day(-366)),
        lks_row("Tidak layak", "33.71.02", akreditasi="tidak_layak", akreditasi_sampai=_day(5), setting="keduanya"),
        lks_row("Diarsipkan", "33.71.01", kluster=["anak"], tumbuh="mandiri", daftar="dicabut"),
    )


INSIDE = [name for name in groups.DIMENSIONS if name != groups.REGION]
PAIRS = [("kluster", None), ("hukum", None), *combinations(INSIDE, 2), ("setting", "kluster"), ("daftar", "aktif")]
FILTERS: list[dict[str, Any]] = [
    {},
    {"wilayah": "33"},
    {"wilayah": "33.71"},
    {"wilayah": "33.71.01"},
    {"wilayah": "99"},
    {"kluster": ("anak",)},
    {"kluster": ("anak", "lansia", "kosong")},
    {"kluster": ("tidak_dikenal",)},
    {"hukum": ("berbadan_hukum", "kosong"), "aktif": ("aktif",)},
    {"tumbuh": ("kosong",)},
    {"daftar": ("terdaftar",), "akreditasi": ("A", "B")},
    {"setting": ("dalam", "keduanya")},
    {"contoh": True},
    {"contoh": False},
    {"berakhir": 30},
    {"berakhir": 180},
    {"berakhir": "lewat"},
    {"belum_verifikasi": True},
    {"arsip": True},
]


def _told(counter: counting.Counter, chosen: Selection) -> dict[str, Any]:
    """Every count that a counter can give of a selection, in an order of its own."""
    ids = [measure.id for measure in MEASURES]
    found: dict[str, Any] = {
        "total": counter.total(chosen),
        "shares": counter.shares(chosen, ids),
        "kluster": counter.kluster_counts(chosen),
        "expiring": counter.expiring(chosen),
    }
    for level in ("provinsi", "kabkota", "kecamatan"):
        found |= {f"{level} {name}": _added(counter.by_code(chosen, name, level)) for name in (None, *ids)}
        pairs = [(groups.REGION, groups.KLUSTER), ("aktif", groups.REGION), (groups.REGION, None)]
        found |= {f"{level} {a} x {b}": sorted(counter.crosstab(chosen, a, b, level), key=str) for a, b in pairs}
    for rows, columns in PAIRS:
        found[f"{rows} x {columns}"] = sorted(counter.crosstab(chosen, rows, columns, "kabkota"), key=str)
    return found


def _past(connection: Connection, counter: counting.Counter, chosen: Selection) -> list[Any]:
    """What a counter knows of the start of the quarter."""
    since = quarter_start(chosen.on)
    moment = datetime.combine(since, time(), UTC)
    touched = changes.touched_ids(connection, moment)
    kept = replace(chosen, filters=replace(chosen.filters, arsip=False))
    return [
        counter.reach(kept),
        counter.came_and_went(kept, moment),
        counter.newcomers(kept, moment),
        counter.untouched(kept, moment, since, touched),
    ]


def _added(places: list[counting.Place]) -> dict[str | None, list[int]]:
    """By code: the store tells the LKS without kecamatan apart by kab/kota, which nobody asks for."""
    found: dict[str | None, list[int]] = {}
    for kode, *counts in places:
        found[kode] = [a + b for a, b in zip(found.get(kode, (0, 0, 0)), counts, strict=True)]
    return found


def _compare(chosen: Selection) -> dict[str, Any]:
    with reading() as connection:
        kept = counting.columns(connection)
        asked = counting.Statements(connection)
        told = _told(kept, chosen)
        assert told == _told(asked, chosen)
        assert _past(connection, kept, chosen) == _past(connection, asked, chosen)
    return told


@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.parametrize("root", [None, "33"])
def test_memory_and_store_give_the_same_counts(mixed: list[int], filters: dict[str, Any], root: str | None) -> None:
    archive(mixed[-1])
    _compare(Selection(Scope(root), Filters(**filters), TODAY))


def test_also_for_ids_of_a_search_and_regions_that_moved(mixed: list[int]) -> None:
    chosen = Selection(Scope(None), Filters(wilayah="33"), TODAY)
    assert _compare(replace(chosen, ids=tuple(mixed[:4])))["total"] == 4
    assert _compare(replace(chosen, ids=()))["total"] == 0
    plain, moved = _compare(chosen), _compare(replace(chosen, came_in=("76.01",), went_out=("33.08",)))
    assert moved["total"] != plain["total"]


def test_the_counts_are_not_all_nothing(mixed: list[int]) -> None:
    told = _compare(Selection(Scope(None), Filters(contoh=False), TODAY))
    assert told["total"] == len(mixed)
    assert told["kluster"] == ({"anak": 2, "lansia": 1, "napza": 1}, 3, 1)
    assert told["expiring"][30] == {"daftar": 1, "akreditasi": 1}  # a grade that was refused does not end
    assert told["shares"]["terakreditasi_pembilang"] == 1
    assert ("anak", "dalam", 1) in told["kluster x setting"]


def test_what_came_went_and_changed_since_the_quarter_began(mixed: list[int]) -> None:
    edit(mixed[0], clock.now(), hukum="tidak_berbadan_hukum")
    edit(mixed[5], clock.now(), akreditasi_sampai=_day(-1))
    archive(mixed[6], at=clock.now())
    store(lks_row("Baru", "33.71.01", daftar="terdaftar"), at=clock.now())
    chosen = Selection(Scope(None), Filters(contoh=False), TODAY)
    _compare(chosen)
    with reading() as connection:
        reach, moved, new, still = _past(connection, counting.columns(connection), chosen)
    assert (reach, moved, new) == (STORED, (1, 1), {"daftar": 1, "akreditasi": 0})
    assert (still["aktif_pembilang"], still["aktif_penyebut"], still["hilang_daftar"]) == (1, len(mixed) - 2, 1)


def test_after_each_kind_of_write_the_changed_rows_are_read_and_no_others(
    mixed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int | None] = []
    whole = in_memory._read

    def watched(*given: Any) -> in_memory.Columns:
        read.append(None if given[-1] is None else len(given[-1]))
        return whole(*given)

    monkeypatch.setattr(in_memory, "_read", watched)
    everything = Selection(Scope(None), Filters(), TODAY)
    before = _compare(everything)["total"]
    edit(mixed[0], AT, kluster=["napza", "bencana"], aktif="tidak_aktif", kode_wilayah="76.02")
    assert _compare(everything)["total"] == before
    archive(mixed[1])
    assert _compare(everything)["total"] == before - 1
    added = store(lks_row("Baru", "33.71.01", kluster=["anak"]), lks_row("Baru lagi", "51.71"))
    assert _compare(everything)["total"] == before + 1
    with writing() as connection:
        trail.bump(connection, "register")
        lks.remove(connection, [mixed[2]])
    assert _compare(everything)["total"] == before
    assert read == [None, 1, 1, 2, 0]
    assert len(added) == 2


def test_a_removed_row_whose_id_another_one_got_is_noticed(mixed: list[int]) -> None:
    everything = Selection(Scope(None), Filters(contoh=False), TODAY)
    assert _compare(everything)["kluster"][0]["anak"] == 2
    with writing() as connection:
        trail.bump(connection, "register")
        lks.remove(connection, mixed[-2:])
    again = store(lks_row("Lain", "51.71", kluster=["bencana"]), lks_row("Lain lagi", "51.71"), at=AT)
    with reading() as connection:
        if connection.dialect.name == "sqlite":
            assert again == mixed[-2:]
    assert _compare(everything)["kluster"][0] == {"anak": 1, "lansia": 1, "napza": 1, "bencana": 1}


@pytest.mark.parametrize("window", [30, 180, "lewat"])
@pytest.mark.parametrize("limit", [1, 2, 3, 50])
def test_the_date_of_the_last_one_wanted_cuts_nothing_off(mixed: list[int], window: int | str, limit: int) -> None:
    chosen = Selection(Scope(None), Filters(), TODAY)
    since, until = (None, _day(-1)) if window == "lewat" else (TODAY, _day(int(window)))
    with reading() as connection:
        plain = lists.ending(connection, chosen, until, since, limit)
        near = counting.columns(connection).nearest_end(chosen, window, limit)
        assert (near is None) == (len(lists.ending(connection, chosen, until, since)) < limit)
        assert lists.ending(connection, chosen, near or until, since, limit).equals(plain)
    assert len(plain)


def test_an_empty_register_counts_nothing(fresh_db: object) -> None:
    told = _compare(Selection(Scope(None), Filters(), TODAY))
    assert told["total"] == 0 and told["kluster"] == ({}, 0, 0)
