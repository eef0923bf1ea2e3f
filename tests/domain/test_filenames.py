from datetime import date

import pytest

from domain.filenames import dated, slug


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("Kota Magelang", "lks_kota-magelang_2025-05-22.xlsx"),
        ("Kab. Sleman", "lks_sleman_2025-05-22.xlsx"),
        ("", "lks_indonesia_2025-05-22.xlsx"),
        ("../etc/passwd", "lks_etc-passwd_2025-05-22.xlsx"),
    ],
)
def test_a_file_is_named_after_what_where_and_when(place: str, name: str) -> None:
    assert dated("lks", place, date(2025, 5, 22), "xlsx") == name


def test_accents_and_marks_fall_away() -> None:
    assert slug("Fakfak (Pà puá) & sekitar") == "fakfak-pa-pua-sekitar"
