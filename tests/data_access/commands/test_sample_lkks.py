"""Taking the sample LKKS out leaves what somebody real stored."""

from pathlib import Path

from sqlalchemy import func, select

from data_access.commands import sample_lkks as commands
from data_access.engine import reading, writing
from data_access.tables_lkks import kemitraan, lkks, program, surat_rekomendasi
from tests.lkks_rows import a_program, an_lkks


def test_only_sample_rows_go(seeded_db: Path) -> None:
    an_lkks("34", "LKKS DIY")
    a_program("33.71", "Program dinas nyata")
    with writing() as connection:
        assert commands.remove(connection) == 6
    with reading() as connection:
        left = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (lkks, program, kemitraan, surat_rekomendasi)
        }
    assert left == {"lkks": 1, "program": 1, "kemitraan": 0, "surat_rekomendasi": 0}
