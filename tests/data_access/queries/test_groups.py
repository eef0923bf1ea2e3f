from datetime import date

import pytest

from data_access.engine import reading
from data_access.queries import groups
from data_access.queries.register import Selection
from domain.filters import Filters
from domain.permissions import Scope
from tests.register_rows import archive, lks_row, store

ON = date(2026, 6, 1)


@pytest.mark.parametrize("other", ["kluster", "hukum", "aktif", "tumbuh", "daftar", "akreditasi", "setting"])
def test_the_quick_way_by_region_counts_what_the_plain_grouping_counts(seeded_db: object, other: str) -> None:
    [gone] = store(lks_row("Arsip", "33.71.01", kluster=["anak"], setting="dalam"))
    archive(gone)
    for level in ("kabkota", "kecamatan"):
        chosen = Selection(Scope("33"), Filters(), ON)
        with reading() as connection:
            quick = groups.crosstab(connection, chosen, "wilayah", other, level)
            turned = groups.crosstab(connection, chosen, other, "wilayah", level)
            plain = connection.execute(groups.crosstab_query(chosen, "wilayah", other, level)).all()
            total = groups.total(connection, chosen)
        expected = {(baris or "kosong", kolom or "kosong"): jumlah for baris, kolom, jumlah in plain}
        assert {(row.baris, row.kolom): row.jumlah for row in quick.itertuples()} == expected
        assert {(row.kolom, row.baris): row.jumlah for row in turned.itertuples()} == expected
        assert sum(expected.values()) >= total > 0
