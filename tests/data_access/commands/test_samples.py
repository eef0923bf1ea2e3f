"""The sample's own writes: fixed codes, papers and aid, and untying merges before rows go."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from data_access.commands import lks as lks_commands
from data_access.commands import samples as commands
from data_access.engine import reading, writing
from data_access.tables import lks, lks_bantuan, lks_berkas, penggabungan
from domain.permissions import COMMAND_LINE

NOW = datetime(2026, 11, 21, tzinfo=UTC)
PLAIN = {"nama": "Uji", "kode_wilayah": "33.71"}


def test_codes_may_change_places(fresh_db: Path) -> None:
    with writing() as connection:
        one, two = lks_commands.add(connection, [PLAIN, PLAIN], at=NOW, by=COMMAND_LINE)
        commands.set_codes(connection, {"LKS-33.71-0002": one, "LKS-33.71-0001": two})
    with reading() as connection:
        found = {lks_id: value for lks_id, value in connection.execute(select(lks.c.id, lks.c.kode_lks))}
    assert found == {one: "LKS-33.71-0002", two: "LKS-33.71-0001"}


def test_papers_and_aid_find_their_lks(fresh_db: Path) -> None:
    with writing() as connection:
        [lks_id] = lks_commands.add(connection, [PLAIN], at=NOW, by=COMMAND_LINE)
        papers: list[dict[str, Any]] = [
            {"kode_lks": "K", "syarat": "akta", "ada": "1", "nomor": "A-1", "tanggal": date(2026, 1, 1)},
            {"kode_lks": "K", "syarat": "ad_art", "ada": "0"},
        ]
        aid: list[dict[str, Any]] = [
            {"kode_lks": "K", "tahun": 2025, "jenis": "Sembako", "sumber": "pemda", "penerima": "14"},
            {"kode_lks": "K", "tahun": 2026, "jenis": "Sembako", "sumber": "pemda", "penerima": None},
        ]
        commands.add_children(connection, {"K": lks_id}, papers, aid)
        commands.add_children(connection, {"K": lks_id}, [], [])
    with reading() as connection:
        stored = connection.execute(select(lks_berkas.c.syarat, lks_berkas.c.ada, lks_berkas.c.nomor)).all()
        gifts = connection.execute(select(lks_bantuan.c.tahun, lks_bantuan.c.penerima)).all()
    assert sorted(stored, key=str) == [("ad_art", False, None), ("akta", True, "A-1")]
    assert sorted(gifts) == [(2025, 14), (2026, None)]


def test_merges_are_untied_before_rows_go(fresh_db: Path) -> None:
    with writing() as connection:
        sample, other, real, into = lks_commands.add(connection, [PLAIN] * 4, at=NOW, by=COMMAND_LINE)
        facts = {"sebelum": {}, "versi_ke": 1, "pada": NOW, "oleh": "uji"}
        connection.execute(insert(penggabungan).values(dari_id=other, ke_id=sample, **facts))
        connection.execute(insert(penggabungan).values(dari_id=real, ke_id=into, **facts))
        lks_commands.archive(connection, other, 1, at=NOW, reason="Uji", into=sample)
        lks_commands.archive(connection, real, 1, at=NOW, reason="Uji", into=into)
        commands.remove_links(connection, [sample])
        lks_commands.remove(connection, [sample])
    with reading() as connection:
        left = {lks_id: value for lks_id, value in connection.execute(select(lks.c.id, lks.c.digabung_ke))}
        merges = connection.execute(select(penggabungan.c.dari_id)).scalars().all()
    assert left == {other: None, real: into, into: None}
    assert merges == [real]
