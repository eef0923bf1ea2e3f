from collections.abc import Callable
from datetime import date

import pytest

from data_access.engine import reading
from domain.errors import NotFound
from domain.filters import Filters
from domain.permissions import Actor
from services.selection import labels, selection
from tests.register_rows import lks_row, store

ON = date(2026, 6, 1)


def test_search_and_doubt_together_leave_what_both_leave(fresh_db: object, actor: Callable[..., Actor]) -> None:
    swapped = {"lat": 7.49, "lon": -110.22}
    both, *_ = store(
        lks_row("Melati Satu", "33.71.01", **swapped),
        lks_row("Melati Dua", "33.71.01"),
        lks_row("Cempaka", "33.71.02", lat=7.48, lon=-110.21),
        lks_row("Melati Jauh", "52.72.01", lat=8.46, lon=-118.73),
    )
    by = actor("operator", "33.71")
    with reading() as connection:
        assert selection(connection, by, Filters(), ON).ids is None
        asked = Filters(cari="melati", koordinat="bermasalah")
        assert selection(connection, by, asked, ON).ids == (both,)
        with pytest.raises(NotFound):
            selection(connection, by, Filters(wilayah="52"), ON)


def test_a_region_is_labelled_under_the_name_of_the_day(fresh_db: object) -> None:
    with reading() as connection:
        assert labels(connection, ["76.01", "99.99"], date(2016, 1, 1)) == {
            "76.01": ("Kabupaten Mamuju Utara", "kabupaten", "Kab. Mamuju Utara")
        }
        assert labels(connection, ["33.71"], ON)["33.71"][2] == "Kota Magelang"
