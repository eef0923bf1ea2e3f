"""The form of tests/form_rows.py, and one full of secrets."""

from typing import Any

import pytest

from domain.forms.definition import Form
from domain.forms.parsing import from_mapping
from tests.form_rows import example


@pytest.fixture
def form() -> Form:
    return from_mapping(example())


@pytest.fixture
def mapping() -> dict[str, Any]:
    return example()


@pytest.fixture
def secret() -> tuple[Form, tuple[str, ...]]:
    """A form, and what of it must never reach a participant."""
    data = example()
    first = data["bagian"][0]["butir"][0]
    first |= {"poin": 917.5, "tujuan": "tujuanRahasia", "pasangan": "pasanganRahasia"}
    data["tujuan"].append({"kode": "tujuanRahasia", "nama": "namaTujuanRahasia"})
    data |= {"sumber": "sumberRahasia", "catatan": "catatanRahasia"}
    data["bagian"][1]["butir"][0] |= {"unsur": "unsurRahasia", "ringkas": "ringkasRahasia"}
    return from_mapping(data), ("Rahasia", "917", "kunci", "poin", "pasangan", "pas2", "tujuan", "Tujuan", "unsur")
