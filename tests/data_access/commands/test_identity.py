"""The store holds one version of an office a day, of a known kind of office, with a name."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from data_access.commands import identity as commands
from data_access.engine import writing
from tests.lkks_rows import NOW

ROW = {
    "wilayah": "33.71",
    "pemilik": "dinas",
    "nama": "Kantor",
    "penandatangan": [],
    "format_nomor": {},
    "berlaku_mulai": date(2024, 1, 1),
    "dibuat_pada": NOW,
    "dibuat_oleh": "uji",
}


@pytest.mark.parametrize("wrong", [{}, {"pemilik": "lain"}, {"nama": ""}])
def test_the_store_refuses_nonsense(wrong: dict[str, str], fresh_db: Path) -> None:
    with writing() as connection:
        assert commands.add(connection, ROW) > 0
        assert commands.add(connection, ROW | {"pemilik": "lkks"}) > 0
    with pytest.raises(IntegrityError), writing() as connection:
        commands.add(connection, ROW | wrong)
