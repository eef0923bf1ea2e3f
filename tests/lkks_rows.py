"""Rows of LKKS, programs and letters that tests of several layers start from."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert, select

from data_access.commands import lks as lks_commands
from data_access.engine import reading, writing
from data_access.tables import audit, lks, permintaan
from data_access.tables_lkks import lkks, program, surat_rekomendasi
from domain.permissions import COMMAND_LINE

NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)


def an_lkks(wilayah: str, nama: str = "LKKS Uji", **more: Any) -> int:
    values = {"wilayah": wilayah, "nama": nama, "dibuat_pada": NOW, "diubah_pada": NOW, **more}
    with writing() as connection:
        return int(connection.execute(insert(lkks).values(**values).returning(lkks.c.id)).scalar_one())


def an_lks(kode_wilayah: str, nama: str) -> int:
    with writing() as connection:
        record = {"nama": nama, "kode_wilayah": kode_wilayah}
        [lks_id] = lks_commands.add(connection, [record], at=NOW, by=COMMAND_LINE)
    return lks_id


def a_program(wilayah: str, nama: str, **more: Any) -> int:
    values = {"pemilik": "dinas", "wilayah": wilayah, "nama": nama, "tahun": 2026, "bentuk": ["jaminan_sosial"]}
    values |= {"kegiatan": [], "status": "berjalan", "dibuat_pada": NOW, "diubah_pada": NOW, **more}
    with writing() as connection:
        return int(connection.execute(insert(program).values(**values).returning(program.c.id)).scalar_one())


def a_letter(lkks_id: int, lks_id: int, **more: Any) -> int:
    values = {"lkks_id": lkks_id, "lks_id": lks_id, "perihal": "Rekomendasi", "status": "diajukan"}
    values |= {"diajukan_pada": date(2026, 10, 1), "dibuat_pada": NOW, "diubah_pada": NOW, **more}
    s = surat_rekomendasi
    with writing() as connection:
        return int(connection.execute(insert(s).values(**values).returning(s.c.id)).scalar_one())


def code_of(lks_id: int) -> str:
    with reading() as connection:
        return str(connection.execute(select(lks.c.kode_lks).where(lks.c.id == lks_id)).scalar_one())


def trail_of(objek: str) -> list[dict[str, Any]]:
    """The audit rows of a kind of thing, oldest first."""
    with reading() as connection:
        query = select(audit).where(audit.c.objek == objek).order_by(audit.c.id)
        return [dict(row) for row in connection.execute(query).mappings()]


def tokens() -> int:
    """How many one-time tokens were taken."""
    with reading() as connection:
        return len(connection.execute(select(permintaan.c.token)).all())
