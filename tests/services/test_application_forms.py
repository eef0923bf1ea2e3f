"""Regions to choose from, and the form of one kab/kota with its own checklist."""

from pathlib import Path

import pytest

from domain.errors import NotFound
from services import application_forms as forms


def test_regions_lead_down_to_a_form(fresh_db: Path) -> None:
    assert len(forms.step(None).options) == 38 and ("33", "Jawa Tengah") in forms.step(None).options
    below = forms.step("33")
    assert below.path == ["Jawa Tengah"] and ("33.71", "Kota Magelang") in below.options and len(below.options) == 35
    form = forms.form("33.71")
    assert form == forms.form("33.71.01") and form.path == ["Jawa Tengah", "Kota Magelang"]
    assert form.kecamatan == [
        ("33.71.01", "Magelang Selatan"),
        ("33.71.02", "Magelang Utara"),
        ("33.71.03", "Magelang Tengah"),
    ]
    assert ("anak", "Anak") in [(code, name) for code, name in form.lists["kluster"]]
    papers = {paper["kode"]: paper["wajib"] for paper in form.papers}
    assert (
        papers["ad_art"] is True
        and {one["kode"]: one["wajib"] for one in forms.form("33.08").papers}["ad_art"] is False
    )


@pytest.mark.parametrize("kode", ["", "33", "99.99", "33.71.01.1001", "x", "33.71'"])
def test_no_form_without_a_kabkota(fresh_db: Path, kode: str) -> None:
    with pytest.raises(NotFound):
        forms.form(kode)


@pytest.mark.parametrize("kode", ["", "33.71", "99", "x"])
def test_no_choice_below_anything_but_a_province(fresh_db: Path, kode: str) -> None:
    with pytest.raises(NotFound):
        forms.step(kode)


def test_every_field_has_a_kind_and_a_limit() -> None:
    kinds = forms.kinds()
    assert (kinds["kode_wilayah"], kinds["kluster"], kinds["lat"], kinds["kapasitas"]) == (
        *("choice", "multi", "degrees", "count"),
    )
    assert kinds["visi"] == "long" and kinds["tanggal_berdiri"] == "date" and forms.limits()["alamat"] == 500
