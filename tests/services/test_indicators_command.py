"""python3 manage.py indicator: what scripts rely on."""

import json
from pathlib import Path

import pytest

from services import cli

Out = pytest.CaptureFixture[str]


def test_kota_bima(seeded_db: Path, capsys: Out) -> None:
    assert cli.main(["indicator", "--wilayah", "52.72", "--per", "2026-11-20", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["wilayah"], told["nama"], told["per_tanggal"]) == ("52.72", "Kota Bima", "2026-11-20")
    found = {one["kode"]: one for one in told["indikator"]}
    ipm = found["ipm"]
    assert (ipm["nilai"], ipm["kategori"], ipm["periode"], ipm["seri"]) == (73.67, "tinggi", "2016", "lama")
    assert ipm["sumber"] and ipm["tanggal"] == "2017-09-11" and ipm["basi"] is True
    assert [(one["nilai"], one["kategori"], one["selisih"]) for one in ipm["perbandingan"]] == [
        (65.81, "sedang", 7.86),
        (70.18, "tinggi", 3.49),
    ]
    assert "sangat baik" not in json.dumps(told).casefold()
    for one in found.values():
        if one["nilai"] is not None and one["satuan"] == "persen":
            assert one["penyebut"] and one["aturan"], f"{one['kode']} would be a bare per cent"
    assert found["total_lks"]["nilai"] == 14


def test_the_country_and_the_lines_for_people(seeded_db: Path, capsys: Out) -> None:
    assert cli.main(["indicator"]) == 0
    assert "total_lks: 130 LKS" in capsys.readouterr().out
    assert cli.main(["indicator", "--wilayah", "52.72"]) == 0
    out = capsys.readouterr().out
    assert "ipm: 73.67 indeks  2016 lama tinggi" in out
    assert "Nusa Tenggara Barat: 65.81 sedang  +7.86" in out and "Indonesia: 70.18 tinggi  +3.49" in out


def test_an_unknown_region_is_refused(seeded_db: Path, capsys: Out) -> None:
    assert cli.main(["indicator", "--wilayah", "5272", "--json"]) == 1
    assert "[wilayah_tidak_dikenal]" in capsys.readouterr().err
