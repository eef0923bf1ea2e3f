from datetime import date

from data_access.engine import reading
from data_access.queries import lists
from data_access.queries.register import Selection
from domain.filters import Filters
from domain.permissions import Scope
from tests.register_rows import lks_row, store

ON = date(2026, 6, 1)


def test_rows_keep_the_order_asked_for_and_leave_out_other_regions(fresh_db: object) -> None:
    first, second, far = store(lks_row("Satu", "33.71"), lks_row("Dua", "33.71"), lks_row("Jauh", "52.72"))
    with reading() as connection:
        frame = lists.rows(connection, Scope("33"), [second, far, first])
        nothing = lists.rows(connection, Scope("33"), [far])
    assert frame["id"].tolist() == [second, first]
    assert nothing.empty and list(nothing.columns) == list(frame.columns)
    assert frame["binaan"].isna().all() and frame["kluster"].tolist() == [[], []]


def test_every_order_is_total_so_that_pages_do_not_overlap(seeded_db: object) -> None:
    chosen = Selection(Scope(None), Filters(), ON)
    with reading() as connection:
        for sort in lists.SORTS:
            for descending in (False, True):
                whole = lists.ids(connection, chosen, sort, descending)
                pages = [
                    lks_id
                    for offset in range(0, len(whole), 7)
                    for lks_id in lists.page_ids(connection, chosen, sort, descending, 7, offset)
                ]
                assert pages == whole and len(set(whole)) == len(whole)


def test_points_are_bounded(seeded_db: object) -> None:
    with reading() as connection:
        assert len(lists.points(connection, Selection(Scope(None), Filters(), ON), 3)) == 3
