"""A table drops nothing silently; small counts of persons are words; the words of every kind are there."""

from datetime import date

from domain.rapat import PANELS, PanelSpec
from services import indicators
from services.panel_parts import Ask, _texts, joined, persons, share, shortened, until

ON = date(2026, 11, 20)


def test_what_finds_no_room_is_counted_in_the_last_row() -> None:
    rows = [(f"Kab. {n}", n, n * 0.5, "kata") for n in range(1, 16)]
    shown = shortened(rows, summed=(1,))
    assert len(shown) == 12 and shown[:11] == tuple(rows[:11])
    assert shown[11] == ("Lainnya (4)", 12 + 13 + 14 + 15, None, None)
    assert sum(int(row[1] or 0) for row in shown) == sum(row[1] for row in rows)
    assert shortened(rows[:12]) == tuple(rows[:12])


def test_few_persons_are_not_numbers() -> None:
    limits = indicators.limits()
    assert [persons(n, limits) for n in (0, 1, 4, 5)] == [0, "kurang dari 5", "kurang dari 5", 5]


def test_a_share_stands_with_what_it_is_made_of() -> None:
    fact = share("Terdaftar", 28, 70)
    assert (fact.teks, fact.nilai, fact.pembilang, fact.penyebut) == ("28 dari 70 (40,0%)", 28, 28, 70)
    assert share("Terdaftar", 0, 0).teks == "0"  # nothing to divide by: no per cent


def test_a_panel_is_counted_in_its_own_place_by_somebody_who_sees_no_more() -> None:
    ask = Ask(PanelSpec("kluster", wilayah="33.71.01"), "33.71", ON)
    assert (ask.place, ask.reader.scope.root, ask.reader.role.id) == ("33.71.01", "33.71.01", "lkks")
    assert Ask(PanelSpec("kluster"), "", ON).reader.scope.root is None


def test_words() -> None:
    assert set(PANELS) | {"umum"} == set(_texts())
    assert joined("A.", "", "B.") == "A. B."
    assert until("target_wilayah", None, ON) == ""
    assert until("target_wilayah", date(2026, 12, 31), ON) == " (sampai 31 Desember 2026, 41 hari lagi)"
