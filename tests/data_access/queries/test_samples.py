"""Telling sample rows from real ones."""

from datetime import UTC, datetime
from pathlib import Path

from data_access.commands import lks as commands
from data_access.engine import reading, writing
from data_access.queries import samples
from domain.permissions import COMMAND_LINE

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def test_sample_and_real_rows_are_counted_apart(fresh_db: Path) -> None:
    row = {"nama": "Uji", "kode_wilayah": "33.71"}
    with reading() as connection:
        assert (samples.count_sample(connection), samples.count_real(connection)) == (0, 0)
    with writing() as connection:
        marked = commands.add(connection, [row, row], at=NOW, by=COMMAND_LINE, contoh=True)
        [real] = commands.add(connection, [row], at=NOW, by=COMMAND_LINE)
        commands.archive(connection, real, 1, at=NOW, reason="Uji", into=None)
    with reading() as connection:
        assert (samples.count_sample(connection), samples.count_real(connection)) == (2, 1)
        assert sorted(samples.sample_ids(connection)) == sorted(marked)
