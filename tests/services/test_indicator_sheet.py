"""The printable showcase is one file that asks nobody for anything, and text in it stays text."""

from collections.abc import Callable

from domain.permissions import Actor
from services import indicator_sheet
from services.indicator_sheet import Shown

Make = Callable[..., Actor]


def test_every_figure_is_printed_with_its_parts_rule_and_source(actor: Make) -> None:
    one = Shown(
        "LKS terdaftar", "40,0%", "28 dari 70", "terdaftar / semua x 100", "Register", ["Data lama"], ["Provinsi 50,0%"]
    )
    made = indicator_sheet.sheet(
        actor("lkks", "33.71"), "Kota Magelang", "20 November 2026", [("Register", [one])], True
    )
    text = made.decode()
    for part in (one.nama, one.nilai, one.dari, one.aturan, one.sumber, *one.tanda, *one.pembanding, "Kota Magelang"):
        assert part in text
    assert "20 November 2026" in text and "baris contoh" in text
    assert "http" not in text and "<script" not in text, "it opens offline"


def test_text_is_never_markup_and_an_empty_region_says_so(actor: Make) -> None:
    one = Shown("<b>A</b>", "1", "x", "y", "z")
    text = indicator_sheet.sheet(actor("admin"), "<i>", "hari ini", [("G", [one])], False).decode()
    assert "<b>A</b>" not in text and "&lt;b&gt;A&lt;/b&gt;" in text and "<i>" not in text
    assert "baris contoh" not in text
    assert "Belum ada angka" in indicator_sheet.sheet(actor("admin"), "A", "B", [], False).decode()
