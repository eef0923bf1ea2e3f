"""Regions by name: what the pickers offer and what the path line says."""

from pathlib import Path

from services import wilayah


def test_provinces_and_what_lies_below_them(fresh_db: Path) -> None:
    assert len(wilayah.children(None)) == 38
    below = wilayah.children("33")
    assert len(below) == 35 and below["33.71"] == "Kota Magelang" and below["33.08"] == "Kab. Magelang"
    assert list(below) == sorted(below)
    assert len(wilayah.children("33.71")) == 3
    assert wilayah.children("99") == {}


def test_names_and_paths(fresh_db: Path) -> None:
    assert wilayah.name(None) == "Indonesia"
    assert wilayah.name("34.04") == "Kab. Sleman"
    assert wilayah.name("99.99") == "99.99"
    assert wilayah.path("33.71") == ["Indonesia", "Jawa Tengah", "Kota Magelang"]
    assert wilayah.path(None) == ["Indonesia"]
    assert wilayah.names(["33", "99"]) == {"33": "Jawa Tengah"}
