"""Kota Magelang is 8 + 2 + 1 = 11 wherever it is told: command line, exported workbook, Kluster page (tests/ui/test_pages.py)."""

import io
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from data_access.workbooks.read_lks import ParsedFile
from domain.filters import Filters
from domain.permissions import Actor
from services import cli, importing, register

KLUSTER = {"anak": 8, "disabilitas": 2, "lansia": 1}


def test_summary_command(seeded_db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["summary", "--wilayah", "33.71", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["wilayah"] == "33.71" and told["total"] == 11
    assert {name: count for name, count in told["kluster"].items() if count} == KLUSTER
    assert [(figure["nilai"], figure["sekitar"]) for figure in told["angka_publikasi"]] == [(11, False)]
    assert all({"pembilang", "penyebut", "aturan"} == set(share) for share in told["ukuran"].values())


def test_a_published_about_stays_about_and_beside_the_register(
    seeded_db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["summary", "--wilayah", "76", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert (169, True) in [(figure["nilai"], figure["sekitar"]) for figure in told["angka_publikasi"]]
    assert told["total"] == 43, "the register's own count is not mended to fit the article"


def test_exported_workbook(seeded_db: Path, actor: Callable[..., Actor]) -> None:
    name, content = register.export(actor("kepala_dinas"), Filters(wilayah="33.71"))
    assert name.startswith("lks_kota-magelang_")
    book = openpyxl.load_workbook(io.BytesIO(content))
    told = [row[:2] for row in book["Keterangan"].iter_rows(values_only=True) if row[0]]
    assert ("Wilayah", "Kota Magelang") in told
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    column = [str(name).rstrip(" *") for name in rows[0]].index("Kluster")
    counts = Counter(row[column] for row in rows[1:] if row[0])
    assert counts == {"Anak": 8, "Penyandang disabilitas": 2, "Lanjut usia": 1}


def test_exported_workbook_imports_again_as_the_same(
    seeded_db: Path, tmp_path: Path, actor: Callable[..., Actor]
) -> None:
    by = actor("operator", "33.71")
    _, content = register.export(by, Filters())
    path = tmp_path / "ekspor.xlsx"
    path.write_bytes(content)
    found = importing.preview(by, path, path.name)
    assert isinstance(found.parsed, ParsedFile)
    assert found.counts() == {"baru": 0, "berubah": 0, "sama": 11, "ditolak": 0}
