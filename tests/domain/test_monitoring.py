from datetime import date
from typing import Any

import pytest

from domain.monitoring import measures_of, valid_paper

ON = date(2026, 6, 1)


def record(**fields: Any) -> dict[str, Any]:
    names = ("hukum", "aktif", "daftar", "daftar_sampai", "akreditasi", "akreditasi_sampai")
    return dict.fromkeys(names) | fields


@pytest.mark.parametrize(
    ("end", "valid"), [(None, True), (ON, True), (date(2026, 5, 31), False), (date(2030, 1, 1), True)]
)
def test_a_paper_counts_on_its_last_day_and_without_an_end(end: date | None, valid: bool) -> None:
    assert valid_paper(record(daftar="terdaftar", daftar_sampai=end), "daftar", ON) is valid
    assert valid_paper(record(akreditasi="C", akreditasi_sampai=end), "akreditasi", ON) is valid
    assert not valid_paper(record(daftar="dicabut", daftar_sampai=end), "daftar", ON)
    assert not valid_paper(record(akreditasi="belum", akreditasi_sampai=end), "akreditasi", ON)


def test_an_accredited_but_inactive_lks_counts_among_all_and_not_among_the_eligible() -> None:
    found = measures_of(record(akreditasi="A", aktif="tidak_aktif", hukum="berbadan_hukum"), ON)
    assert found["terakreditasi"] == (0, 0)
    assert found["terakreditasi_semua"] == (1, 1)
    assert found["berbadan_hukum"] == (1, 1) and found["aktif"] == (0, 1)
