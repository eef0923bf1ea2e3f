"""A new version of a pilar list stands beside those before."""

from pathlib import Path

from data_access.commands import pilar as commands
from data_access.engine import reading, writing
from data_access.queries import pilar as queries


def test_a_new_version_leaves_the_old_ones(fresh_db: Path) -> None:
    rows = [{"kode": kode, "nama": kode, "satuan": "orang", "sumber": "SK"} for kode in ("tksk", "psm")]
    with writing() as connection:
        commands.add(connection, "52.72", "Kota Bima 2026", rows)
    with reading() as connection:
        found = [(row["versi"], row["kode"], row["urutan"]) for row in queries.rows(connection, "52.72")]
    assert len(found) == 10
    assert found[-2:] == [("Kota Bima 2026", "tksk", 1), ("Kota Bima 2026", "psm", 2)]
