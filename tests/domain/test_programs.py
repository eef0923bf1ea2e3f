"""What programs add up to, each figure with how many it rests on."""

from typing import Any

from domain.programs import Partners, by_code, by_partner, by_year, totals


def row(id: int, tahun: int, anggaran: int | None, realisasi: int | None, *mitra: Any, bentuk: Any = ("a",)) -> Any:
    partners = [dict(zip(("jenis", "nama", "nilai"), one, strict=True)) for one in mitra]
    money = {"anggaran": anggaran, "realisasi": realisasi}
    return {"id": id, "tahun": tahun, **money, "bentuk": list(bentuk), "mitra": partners}


ROWS = [
    row(1, 2026, 100, 40, ("donatur", "Bu A", 5), ("dunia_usaha", "PT X", None)),
    row(2, 2026, 50, None, ("dunia_usaha", "pt  x", 7), bentuk=("a", "b")),
    row(3, 2025, None, 30),
]


def test_the_share_is_made_only_of_programs_that_state_both() -> None:
    """70 of 150 would mix the money of three programs; only one says what it planned and what it spent."""
    found = totals(ROWS)
    assert (found.count, found.budget, found.budget_known) == (3, 150, 2)
    assert (found.realised, found.realised_known) == (70, 2)
    assert (found.both_realised, found.both_budget, found.both) == (40, 100, 1)


def test_nothing_stated_is_none_and_not_zero() -> None:
    found = totals([row(1, 2026, None, None)])
    assert (found.count, found.budget, found.realised, found.both) == (1, None, None, 0)
    assert totals([row(1, 2026, 0, 0)]).budget == 0


def test_years_stand_newest_first() -> None:
    assert [(year, part.count, part.budget) for year, part in by_year(ROWS)] == [(2026, 2, 150), (2025, 1, None)]


def test_a_program_of_two_forms_counts_under_both() -> None:
    assert by_code(ROWS, "bentuk", ("a", "b", "c")) == {"a": 3, "b": 1, "c": 0}


def test_partners_are_counted_by_name_and_money_by_who_stated_it() -> None:
    found = {one.kind: one for one in by_partner(ROWS)}
    assert found["dunia_usaha"] == Partners("dunia_usaha", 1, 2, 7, 1)
    assert found["donatur"] == Partners("donatur", 1, 1, 5, 1)
    assert found["pemerintah"] == Partners("pemerintah", 0, 0, None, 0)
