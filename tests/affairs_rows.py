"""Rows of the LKKS's affairs for tests: LKKS, actions and programs, stored as their services store them."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert, select

from data_access.commands import trail
from data_access.engine import writing
from data_access.tables_lkks import lkks, program
from data_access.tables_rapat import tindak_lanjut

MADE = datetime(2026, 1, 5, 3, tzinfo=UTC)
_STAMPS = {"dibuat_pada": MADE, "diubah_pada": MADE}


def add_lkks(wilayah: str, **more: Any) -> None:
    """One LKKS of a region ("" = national), unless the sample has brought its own."""
    with writing() as connection:
        if connection.execute(select(lkks.c.id).where(lkks.c.wilayah == wilayah)).first():
            return
        trail.bump(connection, "lkks")
        connection.execute(insert(lkks).values(wilayah=wilayah, nama=f"LKKS {wilayah}", **(_STAMPS | more)))


def add_action(wilayah: str, tenggat: date | None, selesai: date | None = None, **more: Any) -> None:
    """One action followed in a region; finished with its evidence when `selesai` is given."""
    done = {"status": "selesai", "bukti": "BA 1", "selesai_pada": selesai} if selesai else {"status": "belum"}
    values = {"wilayah_rapat": wilayah, "jenis": "tugas", "apa": f"Tugas {wilayah} {tenggat}", "tenggat": tenggat}
    with writing() as connection:
        trail.bump(connection, "rapat")
        connection.execute(insert(tindak_lanjut).values(**(values | done | _STAMPS | {"dibuat_oleh": "uji"} | more)))


def add_program(wilayah: str, tahun: int, anggaran: int | None, **more: Any) -> None:
    """One program of the Dinas in a region and year."""
    values = {"pemilik": "dinas", "wilayah": wilayah, "nama": f"Program {wilayah} {tahun}", "tahun": tahun}
    values |= {"bentuk": [], "kegiatan": [], "anggaran": anggaran, "status": "berjalan"}
    with writing() as connection:
        trail.bump(connection, "lkks")
        connection.execute(insert(program).values(**(values | _STAMPS | more)))


def fill() -> None:
    """Something of each kind in Kota Magelang, its kecamatan and province, and in Kota Bima."""
    for place in ("", "33", "33.71", "13.76", "52.72"):
        add_lkks(place)
        add_action(place, date(2026, 3, 1), date(2026, 2, 1))
        add_action(place, date(2026, 3, 1), date(2026, 4, 1))
        add_action(place, date(2026, 3, 2))
        add_action(place, date(2027, 3, 1))
        add_action(place, None)
        add_action(place, date(2026, 1, 1), dibatalkan_pada=MADE)
        add_program(place, 2026, 1_000_000)
        add_program(place, 2026, None)
        add_program(place, 2026, 9, status="batal")
        add_program(place, 2025, 50)
