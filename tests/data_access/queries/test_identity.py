"""Versions of an office are narrowed to a region; what may stand for an office is looked up by its regions alone."""

from datetime import date
from pathlib import Path

from data_access.commands import identity as commands
from data_access.engine import reading, writing
from data_access.queries import identity as queries
from domain.permissions import Scope
from tests.lkks_rows import NOW

ROW = {"nama": "Kantor", "penandatangan": [], "format_nomor": {}, "dibuat_pada": NOW, "dibuat_oleh": "uji"}


def test_versions_and_what_stands(fresh_db: Path) -> None:
    with writing() as connection:
        for wilayah, pemilik, year in (
            ("33.71", "dinas", 2020),
            ("33.71", "dinas", 2024),
            ("33.71", "lkks", 2022),
            ("34.71", "dinas", 2021),
            ("", "dinas", 2019),
        ):
            commands.add(connection, ROW | {"wilayah": wilayah, "pemilik": pemilik, "berlaku_mulai": date(year, 1, 1)})
    with reading() as connection:
        kept = queries.versions(connection, Scope("33"), "33.71", "dinas")
        assert [row["berlaku_mulai"].year for row in kept] == [2024, 2020]
        assert queries.versions(connection, Scope("34"), "33.71", "dinas") == []
        assert queries.versions(connection, Scope("33"), "", "dinas") == []
        assert len(queries.versions(connection, Scope(None), "", "dinas")) == 1
        standing = queries.standing(connection, ["33.71", "33", ""], "dinas")
        assert sorted(row["berlaku_mulai"].year for row in standing) == [2019, 2020, 2024]
