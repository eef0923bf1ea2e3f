from datetime import date

import pytest

from data_access.engine import reading
from data_access.queries import groups
from data_access.queries.register import Selection
from domain.filters import Filters
from domain.permissions import Scope
from tests.register_rows import archive, lks_row, store

ON = date(2026, 6, 1)
HERE = Selection(Scope("33"), Filters(), ON)


@pytest.fixture
def four(fresh_db: object) -> None:
    ids = store(
        lks_row("Dua", "33.71.01", kluster=["anak", "lansia"], hukum="berbadan_hukum", aktif="aktif"),
        lks_row("Tanpa", "33.71"),
        lks_row("Jauh", "52.72.01", kluster=["anak"], hukum="berbadan_hukum"),
        lks_row("Arsip", "33.71.01", kluster=["anak"], hukum="berbadan_hukum"),
    )
    archive(ids[3])


@pytest.mark.usefixtures("four")
def test_regions_with_the_parts_of_a_measure() -> None:
    with reading() as connection:
        assert groups.by_code(connection, HERE, None, "provinsi") == [("33", 2, 2, 2)]
        assert groups.by_code(connection, HERE, "aktif", "kabkota") == [("33.71", 2, 1, 2)]
        by_kecamatan = groups.by_code(connection, HERE, "kelengkapan", "kecamatan")
        assert {(kode, total) for kode, total, *_ in by_kecamatan} == {("33.71.01", 1), (None, 1)}
        assert groups.total(connection, HERE) == 2
        assert groups.any_under(connection, ["33.71"]) and not groups.any_under(connection, ["33.08"])


@pytest.mark.usefixtures("four")
def test_cells_count_an_lks_in_each_of_its_kluster() -> None:
    with reading() as connection:
        cells = set(groups.crosstab(connection, HERE, "kluster", "hukum", "kabkota"))
        alone = set(groups.crosstab(connection, HERE, "wilayah", None, "kecamatan"))
    assert cells == {("anak", "berbadan_hukum", 1), ("lansia", "berbadan_hukum", 1), (None, None, 1)}
    assert alone == {("33.71.01", None, 1), (None, None, 1)}
