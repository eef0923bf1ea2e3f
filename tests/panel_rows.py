"""Rows for tests of panels and the wall: meetings, actions and LKKS, written straight into the tables."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import delete, insert, select

from data_access.commands import trail
from data_access.engine import Connection, writing
from data_access.tables_lkks import lkks, surat_rekomendasi
from data_access.tables_rapat import rapat, rapat_butir, rapat_keputusan, tindak_lanjut
from domain.rapat import PanelSpec

STORED = datetime(2026, 11, 1, 3, tzinfo=UTC)


def _add(connection: Connection, table: Any, **values: Any) -> int:
    made = connection.execute(insert(table).values(**values)).inserted_primary_key
    assert made is not None
    return int(made[0])


def add_action(milik: str, apa: str, **more: Any) -> int:
    """An action that the LKKS of a region follows; "belum" unless said otherwise."""
    values = {"jenis": "tugas", "status": "belum", "dibuat_pada": STORED, "dibuat_oleh": "uji", "diubah_pada": STORED}
    if more.get("status") == "selesai":
        more = {"bukti": "Berita acara", "selesai_pada": date(2026, 11, 2)} | more
    with writing() as connection:
        trail.bump(connection, "rapat")
        return _add(connection, tindak_lanjut, **values | {"wilayah_rapat": milik, "apa": apa} | more)


def add_lkks(wilayah: str, **more: Any) -> int:
    """An LKKS of a region, in place of the sample one where there is one."""
    values = {"nama": f"LKKS {wilayah or 'Nasional'}", "dibuat_pada": STORED, "diubah_pada": STORED}
    with writing() as connection:
        trail.bump(connection, "lkks")
        sample = select(lkks.c.id).where(lkks.c.wilayah == wilayah, lkks.c.contoh.is_(True))
        connection.execute(delete(surat_rekomendasi).where(surat_rekomendasi.c.lkks_id.in_(sample)))
        connection.execute(delete(lkks).where(lkks.c.wilayah == wilayah, lkks.c.contoh.is_(True)))
        return _add(connection, lkks, **values | {"wilayah": wilayah} | more)


def add_meeting(
    wilayah: str, items: Sequence[tuple[str, Sequence[PanelSpec]]], **more: Any
) -> tuple[int, tuple[int, ...]]:
    """A meeting that is running, with its agenda: its id, and those of its items."""
    values = {
        "jenis": "rakor", "judul": "Rakor uji", "tanggal": date(2026, 11, 20), "status": "berjalan",
        "dibuat_pada": STORED, "diubah_pada": STORED,
    }  # fmt: skip
    with writing() as connection:
        trail.bump(connection, "rapat")
        rapat_id = _add(connection, rapat, **values | {"wilayah": wilayah} | more)
        ids = [
            _add(
                connection,
                rapat_butir,
                rapat_id=rapat_id,
                urutan=number,
                judul=title,
                panel=[one.as_data() for one in specs],
            )
            for number, (title, specs) in enumerate(items, start=1)
        ]
    return rapat_id, tuple(ids)


def add_decision(rapat_id: int, butir_id: int | None, isi: str, **more: Any) -> int:
    """A decision of a meeting."""
    values = {"rapat_id": rapat_id, "butir_id": butir_id, "isi": isi, "dibuat_pada": STORED, "dibuat_oleh": "uji"}
    with writing() as connection:
        trail.bump(connection, "rapat")
        return _add(connection, rapat_keputusan, **values | more)
