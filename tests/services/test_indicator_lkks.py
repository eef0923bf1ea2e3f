"""Indicators of the LKKS's affairs: who sees which actions, what counts as in time, and a budget that nobody stated."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from domain.errors import NotFound
from domain.permissions import Actor
from services import actions, clock, indicator_rows, indicators
from tests.affairs_rows import MADE, add_action, add_lkks, add_program, fill

Make = Callable[..., Actor]
ON = date(2026, 11, 20)
ACTIONS = ("tindak_lanjut_tepat", "tindak_lanjut_terbuka", "tindak_lanjut_terlambat")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: ON)


def told(by: Actor, place: str | None = None, on: date | None = None) -> dict[str, tuple[float | None, float | None]]:
    found = indicators.figures(by, place, on)
    return {one.kode: (one.pembilang, one.penyebut) for one in found if one.definition.of_lkks}


def test_a_city_counts_its_own(fresh_db: Path, actor: Make) -> None:
    fill()
    assert told(actor("kepala_dinas", "33.71")) == {
        "tindak_lanjut_tepat": (1, 3),
        "tindak_lanjut_terbuka": (3, None),
        "tindak_lanjut_terlambat": (1, None),
        "program_jumlah": (2, None),
        "program_anggaran": (1_000_000, None),
    }


def test_a_dinas_of_a_province_sees_its_cities_an_lkks_only_itself(fresh_db: Path, actor: Make) -> None:
    """None stands above another: the LKKS of a province is not told how those of its cities keep their promises."""
    fill()
    dinas, lkks = told(actor("kepala_dinas", "33")), told(actor("lkks", "33"))
    kodes = ("tindak_lanjut_tepat", "tindak_lanjut_terbuka", "lkks_cakupan")
    assert [dinas[kode] for kode in kodes] == [(2, 6), (6, None), (1, 35)]
    assert [lkks[kode] for kode in kodes] == [(1, 3), (3, None), (1, 35)]
    assert not set(ACTIONS) & set(told(actor("lkks", "33"), "33.71"))
    for kode in ACTIONS:
        with pytest.raises(NotFound):
            indicators.value(actor("lkks", "33"), kode, "33.71")
        with pytest.raises(NotFound):
            indicator_rows.rows_behind(actor("lkks", None), kode, "33")
    assert told(actor("lkks", None))["tindak_lanjut_tepat"] == (1, 3)
    assert told(actor("admin", None))["tindak_lanjut_tepat"] == (5, 15)


def test_who_may_not_see_meetings_sees_no_action(fresh_db: Path, actor: Make) -> None:
    fill()
    assert not set(ACTIONS) & set(told(actor("pelatih", "33.71")))
    with pytest.raises(NotFound):
        indicators.value(actor("pelatih", "33.71"), "tindak_lanjut_terbuka")
    assert "program_jumlah" in told(actor("pelatih", "33.71"))


def test_actions_as_they_stood_on_a_date(fresh_db: Path, actor: Make) -> None:
    add_action("33.71", date(2026, 3, 1), date(2026, 3, 1))
    add_action("33.71", date(2026, 3, 1), date(2026, 6, 1))
    by = actor("kepala_dinas", "33.71")
    early, due, late = (told(by, on=day) for day in (date(2026, 2, 1), date(2026, 3, 2), date(2026, 7, 1)))
    kodes = ("tindak_lanjut_terbuka", "tindak_lanjut_terlambat", "tindak_lanjut_tepat")
    assert [early[kode] for kode in kodes] == [(2, None), (0, None), (0, 0)]
    assert [due[kode] for kode in kodes] == [(1, None), (1, None), (1, 2)]
    assert [late[kode] for kode in kodes] == [(0, None), (0, None), (1, 2)]
    assert told(by, on=date(2025, 1, 1))["tindak_lanjut_terbuka"] == (0, None)
    rows = indicator_rows.rows_behind(by, "tindak_lanjut_tepat", on=date(2026, 3, 2))
    assert list(rows["keterangan"]) == ["tindak:selesai", "tindak:terlambat"]


def test_the_share_in_time_is_the_one_of_the_page_of_actions(fresh_db: Path, actor: Make) -> None:
    """Two pages that name the same share must never say different numbers."""
    fill()
    add_action("33.71", date(2027, 5, 1), date(2026, 8, 1))
    add_action("33.71", ON)
    for role, place in (("kepala_dinas", "33.71"), ("kepala_dinas", "33"), ("lkks", "33"), ("admin", None)):
        by = actor(role, place)
        counts, mine = actions.counts(by), told(by)
        shown = [mine[kode] for kode in ACTIONS]
        assert shown == [(counts["tepat"], counts["jatuh"]), (counts["terbuka"], None), (counts["terlambat"], None)]
    assert told(actor("lkks", "33.71"))["tindak_lanjut_tepat"] == (2, 5)


def test_a_budget_that_nobody_stated_is_not_zero(fresh_db: Path, actor: Make) -> None:
    by = actor("kepala_dinas", "33.71")
    assert indicators.value(by, "program_anggaran").nilai is None
    add_program("33.71", 2026, None)
    add_program("52.72", 2026, 7)
    found = indicators.value(by, "program_anggaran")
    assert (found.nilai, found.lengkap, found.kurang_lengkap) == (None, (0, 1), True)
    add_program("33.71", 2026, 0)
    stated = indicators.value(by, "program_anggaran")
    assert (stated.nilai, stated.lengkap) == (0, (1, 2))


def test_regions_with_an_lkks_are_those_of_the_level_below(fresh_db: Path, actor: Make) -> None:
    for place in ("", "33", "33.71", "33.72", "52.72"):
        add_lkks(place, contoh=place == "33.72")
    rows = indicator_rows.rows_behind(actor("kepala_dinas", "33"), "lkks_cakupan")
    with_one = rows[rows["pembilang"] == 1]
    assert [(row.nama, row.keterangan, row.contoh) for row in with_one.itertuples()] == [
        ("Kota Magelang", "teks:LKKS 33.71", False),
        ("Kota Surakarta", "teks:LKKS 33.72", True),
    ]
    assert len(rows) == 35
    assert (indicators.value(actor("admin"), "lkks_cakupan").pembilang, MADE.year) == (3, 2026)


def test_who_changed_last_is_told_of_the_right_things(fresh_db: Path, actor: Make) -> None:
    from data_access.commands import trail
    from data_access.engine import writing

    by = actor("lkks", "33.71")
    add_action("33.71", date(2026, 3, 1))
    with writing() as connection:
        trail.record(connection, trail.audit_row(by, MADE, "ubah", "tindak_lanjut", 1, wilayah="33.71"))
        trail.record(connection, trail.audit_row(by, MADE, "ubah", "tindak_lanjut", 2, wilayah="33.72"))
    last = indicators.value(by, "tindak_lanjut_terbuka").siapa_terakhir
    assert last is not None and last["aksi"] == "ubah"
    assert indicators.value(by, "total_lks").siapa_terakhir is None
