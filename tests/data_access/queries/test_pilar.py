"""Reads of the pilar lists as they are shipped."""

from pathlib import Path

from data_access.engine import reading
from data_access.queries import pilar as queries


def test_kota_bima_has_both_lists_and_nobody_elses(fresh_db: Path) -> None:
    with reading() as connection:
        rows = queries.rows(connection, "52.72")
        kept = {
            versi: [row["kode"] for row in rows if row["versi"] == versi] for versi in {row["versi"] for row in rows}
        }
        assert kept == {
            "Kota Bima 2017": ["karang_taruna", "lks", "psm", "tksk"],
            "Kota Bima 2023": ["psm", "tksk", "pordam", "tagana"],
        }
        assert queries.regions(connection) == ["52.72"]
        assert queries.rows(connection, "52.06") == []
        names = queries.names(connection)
        assert names["pordam"] == "Pelopor Perdamaian (Pordam)" and "wksbm" in names
