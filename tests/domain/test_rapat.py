"""Panels as they are stored beside an agenda item, and the order in which open actions are read out."""

from datetime import date

import pytest

from domain import rapat

TODAY = date(2026, 11, 20)


def test_a_panel_is_stored_and_read_back() -> None:
    spec = rapat.PanelSpec("target_wilayah", wilayah="33", kode="ipm", sampai=date(2025, 12, 31))
    stored = spec.as_data()
    assert stored == {"jenis": "target_wilayah", "wilayah": "33", "kode": "ipm", "sampai": "2025-12-31"}
    assert rapat.panel_of(stored) == spec
    assert rapat.PanelSpec("kluster").as_data() == {"jenis": "kluster"}
    with pytest.raises(ValueError, match="rahasia"):
        rapat.panel_of({"jenis": "rahasia"})


@pytest.mark.parametrize(
    ("status", "due", "state"),
    [
        ("belum", date(2026, 11, 19), "terlambat"),
        ("proses", date(2026, 11, 19), "terlambat"),
        ("proses", date(2026, 11, 20), "proses"),
        ("belum", None, "belum"),
        ("selesai", date(2026, 1, 1), "selesai"),
    ],
)
def test_late_is_unfinished_after_the_due_date(status: str, due: date | None, state: str) -> None:
    assert rapat.action_state(status, due, TODAY) == state


def test_overdue_actions_come_first_then_by_due_date() -> None:
    rows = [
        {"id": 1, "status": "belum", "tenggat": None},
        {"id": 2, "status": "belum", "tenggat": date(2026, 12, 1)},
        {"id": 3, "status": "proses", "tenggat": date(2026, 11, 1)},
        {"id": 4, "status": "belum", "tenggat": date(2026, 10, 1)},
        {"id": 5, "status": "belum", "tenggat": date(2026, 11, 25)},
    ]
    assert [row["id"] for row in sorted(rows, key=lambda row: rapat.urgency(row, TODAY))] == [4, 3, 5, 2, 1]


def test_a_closed_meeting_stays_closed() -> None:
    assert set(rapat.NEXT) == set(rapat.STATES)
    assert rapat.NEXT["ditutup"] == ()
