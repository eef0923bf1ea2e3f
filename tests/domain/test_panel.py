"""A panel goes into the snapshot and comes back equal; its digest notices any change."""

from dataclasses import replace
from datetime import date

from domain.panel import Bar, Fact, Panel, digest, panel_from

SHOWN = Panel(
    jenis="kluster",
    judul="LKS menurut kluster",
    tempat="Kota Magelang",
    per_tanggal=date(2020, 2, 13),
    kalimat="Ada 11 LKS.",
    angka=(Fact("LKS", 11, "11"), Fact("Terakreditasi", None, "-", 0, 11)),
    batang=(Bar("Anak", 8, "8", "anak"), Bar("Lanjut usia", 1, "1", "lansia")),
    kolom=("Kluster", "Jumlah"),
    baris=(("Anak", 8), ("Lanjut usia", 1), (None, 0.5)),
    contoh=11,
)


def test_what_was_frozen_comes_back_equal() -> None:
    assert panel_from(SHOWN.as_data()) == SHOWN
    assert digest(panel_from(SHOWN.as_data()).as_data()) == digest(SHOWN.as_data())


def test_one_changed_cell_changes_the_digest() -> None:
    other = replace(SHOWN, baris=(("Anak", 7), *SHOWN.baris[1:]))
    assert digest(other.as_data()) != digest(SHOWN.as_data())
