"""Kept panels: the digest of a snapshot depends on every row and on none of their order."""

from typing import Any

import pytest

from domain.errors import StoreRefused
from domain.panel import digest
from services import snapshots

PANEL = {"jenis": "kluster", "kalimat": "11 LKS."}
MINUTES: dict[str, Any] = {"butir": [{"nomor": 1, "panel": [PANEL]}]}


def row(butir: int, panel: int, isi: dict[str, Any]) -> dict[str, Any]:
    return {"butir": butir, "panel": panel, "jenis": "uji", "isi": isi, "sidik": digest(isi)}


ROWS = [row(0, 0, MINUTES), row(1, 1, PANEL)]


def test_what_was_kept_comes_back_by_place() -> None:
    assert snapshots.verified(ROWS, snapshots.seal(ROWS[::-1])) == {(0, 0): MINUTES, (1, 1): PANEL}


@pytest.mark.parametrize(
    "rows",
    [
        [],
        ROWS[:1],
        ROWS[1:],
        [*ROWS, row(1, 2, PANEL)],
        [ROWS[0], ROWS[1] | {"isi": PANEL | {"kalimat": "12 LKS."}}],
        [ROWS[0], row(1, 1, PANEL | {"kalimat": "12 LKS."})],
    ],
)
def test_missing_added_and_changed_rows_are_refused(rows: list[dict[str, Any]]) -> None:
    with pytest.raises(StoreRefused):
        snapshots.verified(rows)


def test_the_seal_of_the_trail_decides() -> None:
    with pytest.raises(StoreRefused):
        snapshots.verified(ROWS, "0" * 64)
