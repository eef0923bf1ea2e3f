"""When an online application is complete, and which differences mean nothing."""

from datetime import date
from typing import Any

import pytest

from domain import telaah

MONDAY, TUESDAY, FRIDAY = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 6)


def paper(syarat: str, keadaan: str = "menunggu", selesai: bool = True) -> dict[str, Any]:
    return {"syarat": syarat, "keadaan": keadaan, "selesai": selesai}


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (None, "", True),
        ([], None, True),
        (0, None, False),
        (["b", "a"], ["a", "b"], True),
        (date(2026, 1, 2), "2026-01-02", True),
        ("Jl. A", "Jl. B", False),
    ],
)
def test_values_are_compared_as_they_are_kept(one: Any, other: Any, equal: bool) -> None:
    assert telaah.same(one, other) is equal


def test_a_spelling_is_not_another_meaning() -> None:
    assert telaah.same_meaning("Ysn. KASIH  Ibu", "Yayasan Kasih Ibu")
    assert not telaah.same_meaning("Yayasan Kasih Ibu", "Yayasan Kasih Bapak")
    assert telaah.same_meaning(["anak"], ["anak"]) and not telaah.same_meaning(0, None)


def test_a_new_application_is_complete_with_its_last_required_paper() -> None:
    files = [(paper("akta"), MONDAY), (paper("domisili"), FRIDAY), (paper("foto"), date(2026, 11, 9))]
    needed = ["akta", "domisili"]
    assert telaah.complete_on("baru", needed, files, MONDAY, None) == FRIDAY
    assert telaah.complete_on("baru", [*needed, "npwp"], files, MONDAY, None) is None
    half = [*files[:1], (paper("domisili", selesai=False), FRIDAY)]
    assert telaah.complete_on("baru", needed, half, MONDAY, None) is None


def test_a_paper_that_was_sent_back_is_missing_until_another_comes() -> None:
    files = [(paper("akta", "ditolak"), MONDAY)]
    assert telaah.complete_on("baru", ["akta"], files, MONDAY, None) is None
    files.append((paper("akta"), TUESDAY))
    assert telaah.complete_on("baru", ["akta"], files, MONDAY, FRIDAY) == FRIDAY


def test_corrections_are_complete_when_they_arrive() -> None:
    assert telaah.complete_on("pemutakhiran", ["akta"], [], MONDAY, None) == MONDAY
    assert telaah.complete_on("pemutakhiran", ["akta"], [], MONDAY, TUESDAY) == TUESDAY
