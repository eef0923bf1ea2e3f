"""Programs: the Dinas keeps its own, an LKKS its own, everybody of the region reads both."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from domain.errors import AlreadyDone, InvalidInput, NotFound, NotPermitted, StaleEdit
from domain.permissions import Actor
from services import programs
from tests.lkks_rows import a_program, an_lkks, tokens, trail_of

Make = Callable[..., Actor]
VALUES: dict[str, Any] = {"nama": "Program uji", "tahun": 2026, "bentuk": ["jaminan_sosial"], "status": "berjalan"}
OWN = VALUES | {"kegiatan": ["koordinasi"]}
PARTNER = {"jenis": "dunia_usaha", "nama": "PT X", "peran": "CSR", "nilai": 5_000_000}


def test_the_dinas_keeps_its_programs(fresh_db: Path, actor: Make) -> None:
    by = actor("operator", "33.71", 1)
    made = programs.create(by, "dinas", "33.71", VALUES | {"anggaran": 100, "mitra": [PARTNER]}, "t1")
    with pytest.raises(AlreadyDone):
        programs.create(by, "dinas", "33.71", VALUES, "t1")
    programs.edit(by, "dinas", made, 1, {"realisasi": 40}, "t2")
    found = programs.get(actor("kepala_dinas", "33"), made)
    assert (found["anggaran"], found["realisasi"], found["versi"]) == (100, 40, 2)
    assert [(one["nama"], one["nilai"]) for one in found["mitra"]] == [("PT X", 5_000_000)], "left out, so it stays"
    programs.edit(by, "dinas", made, 2, {"mitra": []}, "t3")
    with pytest.raises(StaleEdit):
        programs.edit(by, "dinas", made, 2, {"nama": "Lain"}, "t4")
    programs.remove(by, "dinas", made, 3, "salah tahun", "t5")
    assert programs.listed(by) == []
    told = trail_of("program")
    assert [(row["aksi"], row["wilayah"]) for row in told] == [
        (aksi, "33.71") for aksi in ("tambah", "ubah", "ubah", "hapus")
    ]
    assert told[2]["sebelum"]["mitra"][0]["nama"] == "PT X" and told[2]["sesudah"] == {"mitra": []}


def test_the_lkks_keeps_only_its_own(fresh_db: Path, actor: Make) -> None:
    dinas, other = a_program("33.71", "Dinas"), a_program("52.72", "Lain", pemilik="lkks", kegiatan=["koordinasi"])
    by = actor("lkks", "33.71", 1)
    made = programs.create(by, "lkks", "33.71", OWN, "t1")
    assert sorted(row["nama"] for row in programs.listed(by)) == ["Dinas", "Program uji"]
    programs.edit(by, "lkks", made, 1, {"status": "selesai"}, "t2")
    with pytest.raises(NotPermitted):
        programs.edit(by, "dinas", dinas, 1, {"nama": "X"}, "t3")
    for place in ("33", "33.71.01", "52.72", ""):
        with pytest.raises(NotFound):
            programs.create(by, "lkks", place, OWN, "t4")
    for wrong in (dinas, other, 999):
        with pytest.raises(NotFound):
            programs.edit(by, "lkks", wrong, 1, {"nama": "X"}, "t5")
        with pytest.raises(NotFound):
            programs.remove(by, "lkks", wrong, 1, "mau saja", "t6")
    with pytest.raises(NotPermitted):
        programs.edit(actor("operator", "33.71"), "lkks", made, 2, {"nama": "X"}, "t7")
    with pytest.raises(NotFound):
        programs.edit(actor("admin"), "dinas", made, 2, {"nama": "X"}, "t8")
    with pytest.raises(NotFound):
        programs.create(actor("admin"), "siapa saja", "33.71", OWN, "t9")
    assert tokens() == 2


def test_the_dinas_works_within_its_region(fresh_db: Path, actor: Make) -> None:
    by = actor("operator", "33.71")
    for place in ("33", "52.72", ""):
        with pytest.raises(NotFound):
            programs.create(by, "dinas", place, VALUES, "t1")
    with pytest.raises(NotFound):
        programs.create(actor("operator", "33"), "dinas", "33.99", VALUES, "t2")
    with pytest.raises(NotFound):
        programs.get(by, a_program("52.72", "Lain"))
    programs.create(actor("operator"), "dinas", "", VALUES, "t3")
    assert trail_of("program")[0]["wilayah"] is None
    assert programs.may_keep(by, "dinas", "33.71.02") and not programs.may_keep(by, "lkks", "33.71")


@pytest.mark.parametrize(
    ("owner", "values", "expected"),
    [
        ("dinas", {"bentuk": []}, [("bentuk", "wajib_diisi")]),
        ("dinas", {"kegiatan": ["koordinasi"]}, [("kegiatan", "pilihan_di_luar_daftar")]),
        ("lkks", {"kegiatan": []}, [("kegiatan", "wajib_diisi")]),
        ("dinas", {"kluster": "x"}, [("kluster", "pilihan_di_luar_daftar")]),
        ("dinas", {"status": "jadi", "tahun": 1}, [("status", "pilihan_di_luar_daftar"), ("tahun", "jumlah_keliru")]),
        ("dinas", {"mitra": [{"jenis": "hantu", "nama": ""}]}, [("mitra", "pilihan_di_luar_daftar"), ("mitra", "wajib_diisi")]),
        ("dinas", {"mitra": [PARTNER | {"program_id": 7}]}, [("mitra", "bidang_tidak_dikenal")]),
        ("dinas", {"mitra": [PARTNER] * 51}, [("mitra", "program_mitra_terlalu_banyak")]),
        ("dinas", {"contoh": True}, [("contoh", "bidang_tidak_dikenal")]),
    ],
)  # fmt: skip
def test_refused_values(owner: str, values: dict[str, Any], expected: Any, fresh_db: Path, actor: Make) -> None:
    given = (OWN if owner == "lkks" else VALUES) | values
    with pytest.raises(InvalidInput) as refused:
        programs.create(actor("admin"), owner, "33.71", given, "t1")
    assert sorted((one.column, one.code) for one in refused.value.problems) == expected
    assert programs.listed(actor("admin")) == [] and tokens() == 0


def test_what_a_sample_lkks_plans_is_a_sample(fresh_db: Path, actor: Make) -> None:
    an_lkks("33.71", contoh=True)
    made = programs.create(actor("lkks", "33.71"), "lkks", "33.71", OWN, "t1")
    real = programs.create(actor("operator", "33.71"), "dinas", "33.71", VALUES, "t2")
    by = actor("kepala_dinas", "33.71")
    assert programs.get(by, made)["contoh"] and not programs.get(by, real)["contoh"]


def test_the_lists_of_the_entries(fresh_db: Path, actor: Make) -> None:
    found = programs.choices(actor("lkks", "33.71"), "33.71")
    assert list(found["bentuk"]) == [
        "rehabilitasi_sosial",
        "jaminan_sosial",
        "pemberdayaan_sosial",
        "perlindungan_sosial",
    ]
    assert "anak" in found["kluster"] and "donatur" in found["sumber_dana"]
