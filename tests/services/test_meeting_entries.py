"""What was typed for meetings and actions: tidied, limited, and refused by name."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from data_access.engine import reading
from domain.errors import InvalidInput
from domain.permissions import Actor
from services import meeting_entries as entries
from tests.services.conftest import codes

MEETING = {"wilayah": "33.71", "jenis": "rakor", "judul": "Rakor", "tanggal": date(2026, 1, 5)}


def test_a_meeting_is_tidied(fresh_db: Path) -> None:
    with reading() as connection:
        found = entries.meeting(connection, MEETING | {"judul": "  Rakor   satu ", "mulai": "8:30"}, None)
    assert (found["judul"], found["mulai"]) == ("Rakor satu", "08.30")


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({"selesai": "08.00", "mulai": "09.00"}, ("selesai", "rapat_jam_terbalik")),
        ({"judul": "x" * 201}, ("judul", "terlalu_panjang")),
        ({"wilayah": "99.99"}, ("wilayah", "rapat_wilayah_tidak_dikenal")),
        ({"tanggal": "besok"}, ("tanggal", "tanggal_bukan_tanggal")),
        ({"status": "ditutup"}, ("status", "bidang_tidak_dikenal")),
        ({"wilayah": None}, ("wilayah", "wajib_diisi")),
    ],
)
def test_a_meeting_that_cannot_be(more: dict[str, object], refused: tuple[str, str], fresh_db: Path) -> None:
    with reading() as connection, pytest.raises(InvalidInput) as caught:
        entries.meeting(connection, MEETING | more, None)
    assert codes(caught) == {refused}


def test_minutes_of_an_item_are_bounded(fresh_db: Path) -> None:
    for minutes in (-1, 601, "lima"):
        with reading() as connection, pytest.raises(InvalidInput) as caught:
            entries.item(connection, "33.71", {"menit": minutes}, new=False)
        assert codes(caught) == {("menit", "rapat_menit_keliru")}


def test_an_action_keeps_only_what_it_knows(fresh_db: Path, actor: Callable[..., Actor]) -> None:
    with reading() as connection, pytest.raises(InvalidInput) as caught:
        entries.action(connection, actor(), {"jenis": "tugas", "apa": "x", "status": "selesai"}, None)
    assert codes(caught) == {("status", "bidang_tidak_dikenal")}
