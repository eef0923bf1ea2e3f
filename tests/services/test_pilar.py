"""Pilar lists: Kota Bima 2017 and 2023 both stand, a new version never touches an old one."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from domain.errors import AlreadyDone, InvalidInput, NotFound
from domain.permissions import Actor
from domain.pilar import change
from services import pilar
from tests.lkks_rows import tokens, trail_of

Make = Callable[..., Actor]
VALUES = {"versi": "Kota Bima 2026", "berlaku_mulai": date(2026, 1, 1), "sumber": "SK Wali Kota 1/2026"}
ENTRIES = [
    {"nama": "Pekerja Sosial Masyarakat (PSM)", "satuan": "orang"},
    {"nama": "Relawan Bencana", "satuan": "orang"},
]


def test_both_lists_of_kota_bima_are_right(fresh_db: Path, actor: Make) -> None:
    old, new = pilar.history(actor("kepala_dinas", "52"), "52.72")
    assert ([one.kode for one in old.entries], old.sources) == (
        ["karang_taruna", "lks", "psm", "tksk"],
        "Media NTB, 11 September 2017",
    )
    assert ([one.kode for one in new.entries], new.sources) == (
        ["psm", "tksk", "pordam", "tagana"],
        "Berita Dinas Sosial Kota Bima, 2023 (sosial.bimakota.go.id)",
    )
    assert [one.satuan for one in old.entries] == ["lembaga", "lembaga", "orang", "orang"]
    moved = change(old, new)
    assert ({one.kode for one in moved.came}, {one.kode for one in moved.went}) == (
        {"pordam", "tagana"},
        {"karang_taruna", "lks"},
    )


def test_a_new_version_stands_beside_the_old_ones(fresh_db: Path, actor: Make) -> None:
    by = actor("operator", "52.72", 1)
    before = pilar.history(by, "52.72")
    pilar.add_version(by, "52.72", VALUES, ENTRIES, "t1")
    with pytest.raises(AlreadyDone):
        pilar.add_version(by, "52.72", VALUES | {"versi": "Lagi"}, ENTRIES, "t1")
    after = pilar.history(by, "52.72")
    assert after[:2] == before
    assert [(one.kode, one.satuan, one.sumber) for one in after[2].entries] == [
        ("psm", "orang", "SK Wali Kota 1/2026"),
        ("relawan_bencana", "orang", "SK Wali Kota 1/2026"),
    ]
    [told] = trail_of("pilar")
    assert (told["aksi"], told["wilayah"], told["objek_id"]) == ("pilar_versi_baru", "52.72", "52.72 Kota Bima 2026")


def test_what_is_refused(fresh_db: Path, actor: Make) -> None:
    by = actor("operator", "52.72")
    for values, entries, expected in (
        ({"versi": "kota bima 2017"}, ENTRIES, [("versi", "pilar_versi_sudah_ada")]),
        ({}, [], [("isi", "pilar_isi_keliru")]),
        ({}, ENTRIES * 21, None),
        ({}, [ENTRIES[1], ENTRIES[1] | {"nama": "relawan  BENCANA"}], [("isi", "pilar_dua_kali")]),
        ({}, [{"nama": "A", "satuan": "kilogram"}], [("isi", "pilihan_di_luar_daftar")]),
        ({"sumber": ""}, ENTRIES, [("sumber", "wajib_diisi")]),
    ):
        with pytest.raises(InvalidInput) as refused:
            pilar.add_version(by, "52.72", VALUES | values, entries, "t1")
        found = [(one.column, one.code) for one in refused.value.problems]
        assert found == expected if expected else ("isi", "pilar_isi_keliru") in found
    assert len(pilar.history(by, "52.72")) == 2 and tokens() == 0


def test_the_own_region_and_what_stands_above_it(fresh_db: Path, actor: Make) -> None:
    by = actor("operator", "33.71")
    with pytest.raises(NotFound):
        pilar.history(by, "52.72")
    for place in ("33", "52.72", ""):
        with pytest.raises(NotFound):
            pilar.add_version(by, place, VALUES, ENTRIES, "t1")
    assert pilar.regions(by) == [] and pilar.history(by, "33") == []
    pilar.add_version(actor("operator", "33"), "33", VALUES | {"versi": "Jateng 2026"}, ENTRIES, "t2")
    assert pilar.regions(by) == ["33"] and len(pilar.history(by, "33")) == 1
    assert pilar.regions(actor("kepala_dinas")) == ["33", "52.72"]
    with pytest.raises(NotFound):
        pilar.add_version(actor("operator", "33"), "33.99", VALUES, ENTRIES, "t3")
