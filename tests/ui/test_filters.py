"""Filters through the whole app: bound to the URL, cleared at once, and every figure of a page speaks of the same LKS."""

from pathlib import Path

import pytest

from domain.lks import AXES
from tests.ui.conftest import Opener
from ui import filters
from ui.text import nilai, umum

PRIVATE = ("nama", "nik", "telepon", "email", "ketua", "token", "sandi")


def test_no_bound_key_can_carry_a_person() -> None:
    assert not [key for key in filters.KEYS for word in PRIVATE if word in key]
    assert len(set(filters.KEYS)) == len(filters.KEYS)


@pytest.mark.parametrize(
    "query",
    [
        {"wilayah": "Kota Magelang"},
        {"wilayah": "Sulawesi Barat", "hukum": ["Berbadan hukum"]},
        {"kluster": ["Anak", "Lanjut usia"]},
        {"aktif": [nilai.EMPTY]},
        {"wilayah": "Kota Bima", "akreditasi": ["A", "B"]},
    ],
)
def test_card_title_and_table_agree(query: dict[str, str | list[str]], seeded_db: Path, open_page: Opener) -> None:
    total = open_page("ringkasan", **query).metric[0].value
    listing = open_page("daftar_lks", **query)
    assert f"{total} LKS" in [header.value for header in listing.header]
    assert min(int(total), 50) == len(listing.dataframe[0].value)
    klaster = open_page("klaster", **query)
    assert any(f"{total} LKS" in header.value for header in klaster.header)
    assert str(klaster.dataframe[0].value.iloc[-1]["Jumlah"]) == total


def test_clearing_takes_every_filter_off(seeded_db: Path, open_page: Opener) -> None:
    app = open_page("ringkasan", wilayah="Kota Bima", kluster=["Anak"], hukum=["Berbadan hukum"])
    assert app.metric[0].value != "130"
    next(button for button in app.button if button.label == umum.HAPUS_SARINGAN).click().run()
    assert app.metric[0].value == "130"


def test_path_goes_up(seeded_db: Path, open_page: Opener) -> None:
    app = open_page("ringkasan", wilayah="Kota Magelang")
    assert [button.label for button in app.button if str(button.key).startswith("jalur_")] == [
        "Indonesia ›",
        "Jawa Tengah ›",
        "Kota Magelang",
    ]
    next(button for button in app.button if button.key == "jalur_33").click().run()
    assert app.metric[0].value == "24"


def test_the_axes_are_sent_only_when_they_narrow_or_are_looked_at(seeded_db: Path, open_page: Opener) -> None:
    folded = open_page("ringkasan")
    assert [box.key for box in folded.multiselect] == [filters.KLUSTER]
    folded.session_state[filters.AXES_OPEN] = True
    folded.run()
    assert [box.key for box in folded.multiselect] == [filters.KLUSTER, *AXES, filters.SETTING]
    folded.multiselect(key="hukum").select("berbadan_hukum").run()
    narrowed = folded.metric[0].value
    assert narrowed != "130"
    linked = open_page("ringkasan", hukum=["Berbadan hukum"])
    assert linked.multiselect(key="hukum").value == ["berbadan_hukum"] and linked.metric[0].value == narrowed
