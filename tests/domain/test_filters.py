from dataclasses import fields

import pytest

from domain.filters import Filters


def test_a_region_alone_leaves_the_filters_open() -> None:
    assert Filters().open and Filters(wilayah="33.71").open


@pytest.mark.parametrize(
    "filters",
    [
        Filters(kluster=("kosong",)),
        Filters(hukum=("kosong",)),
        Filters(aktif=("kosong",)),
        Filters(tumbuh=("kosong",)),
        Filters(daftar=("kosong",)),
        Filters(setting=("kosong",)),
        Filters(akreditasi=("A",)),
        Filters(contoh=False),
        Filters(cari="kasih"),
        Filters(berakhir=30),
        Filters(belum_verifikasi=True),
        Filters(arsip=True),
        Filters(koordinat="bermasalah"),
    ],
)
def test_anything_else_narrows_and_makes_another_key(filters: Filters) -> None:
    assert not filters.open
    assert hash(filters) != hash(Filters())
    assert {filters: 1}[Filters(**{field.name: getattr(filters, field.name) for field in fields(filters)})] == 1
