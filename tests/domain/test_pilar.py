"""Versions of a region's pilar list: in order, told apart by code, none changed."""

from datetime import date
from typing import Any

from domain.pilar import change, code_of, versions


def row(kode: str, versi: str, urutan: int, since: date | None = None) -> dict[str, Any]:
    base = {"kode": kode, "nama": kode.upper(), "satuan": "orang", "sumber": "S4", "catatan": None}
    return base | {"versi": versi, "urutan": urutan, "wilayah": "52.72", "berlaku_mulai": since}


ROWS = [
    row("psm", "Bima 2023", 1),
    row("tagana", "Bima 2023", 2),
    row("psm", "Bima 2017", 2),
    row("lks", "Bima 2017", 1),
]


def test_versions_stand_by_their_year_and_entries_in_their_order() -> None:
    found = versions([*ROWS, row("tksk", "Keputusan baru", 1, date(2020, 5, 1))])
    assert [(one.versi, one.year) for one in found] == [
        ("Bima 2017", 2017),
        ("Keputusan baru", 2020),
        ("Bima 2023", 2023),
    ]
    assert [one.kode for one in found[0].entries] == ["lks", "psm"]
    assert found[0].sources == "S4"


def test_what_came_and_went() -> None:
    old, new = versions(ROWS)
    moved = change(old, new)
    assert [one.kode for one in moved.came] == ["tagana"]
    assert [one.kode for one in moved.went] == ["lks"]
    assert [one.kode for one in moved.stayed] == ["psm"]


def test_a_version_without_any_year_comes_first() -> None:
    assert [one.year for one in versions([row("a", "lama", 1), *ROWS])] == [0, 2017, 2023]


def test_a_known_name_keeps_its_code_and_a_new_one_gets_its_own() -> None:
    known = {"psm": "Pekerja Sosial Masyarakat (PSM)", "pilar_muda": "Lain"}
    assert code_of("pekerja  sosial masyarakat (psm)", known) == "psm"
    assert code_of("Pilar Muda!", known) == "pilar_muda_2"
    assert code_of("Relawan", known, ["relawan"]) == "relawan_2"
    assert code_of("!!!", {}) == "pilar"
