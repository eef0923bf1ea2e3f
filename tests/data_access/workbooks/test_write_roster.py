"""The template reads back as nobody, and refused rows come back mended."""

import io
from pathlib import Path

import openpyxl

from data_access.assets import wilayah_rows
from data_access.workbooks.read_roster import read_roster
from data_access.workbooks.write_roster import refused_workbook, template
from domain.errors import Problem

WILAYAH = wilayah_rows()


def test_the_template_has_every_column_and_its_example_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "templat.xlsx"
    path.write_bytes(template())
    book = openpyxl.load_workbook(path)
    sheet = book["Peserta"]
    assert [cell.value for cell in sheet[1]] == [
        *("No", "Nama *", "L/P", "Jabatan", "Asal LKS/instansi", "Jenis", "Kab/Kota", "No. HP", "Email", "Catatan")
    ]
    assert book.sheetnames == ["Peserta", "Petunjuk"]
    sheet.append([1, "Contoh Satu", "L", "Ketua", "LKS Melati", "LKS", "Kota Magelang", "0812-3456-7890"])
    book.save(path)
    parsed = read_roster(path, wilayah=WILAYAH)
    assert [row.values["nama"] for row in parsed.rows] == ["Contoh Satu"]
    assert [warning.code for warning in parsed.warnings] == ["baris_contoh_dilewati"]


def test_refused_rows_come_with_their_reasons_and_can_be_imported_again(tmp_path: Path, write) -> None:
    path = write([["Nama Peserta", "Utusan"], ["Contoh Satu", "LKS A"], [None, "=2+3"], [None, "@LKS B"]])
    parsed = read_roster(path, wilayah=WILAYAH)

    def sentence(problem: Problem) -> tuple[str, str]:
        return f"salah: {problem.code}", "perbaiki"

    book = openpyxl.load_workbook(io.BytesIO(refused_workbook(parsed, sentence)))
    sheet = book.active
    assert sheet is not None
    rows = list(sheet.values)
    assert rows[0] == ("Nama Peserta", "Utusan", "Masalah data", "Cara memperbaiki", "Baris asal")
    assert [row[4] for row in rows[1:]] == [3, 4]
    assert rows[2][1] == "@LKS B" and sheet["B3"].data_type == "s" and sheet["B3"].quotePrefix
    assert rows[2][2] == "salah: wajib_kosong"
    sheet["A3"] = "Contoh Dua"
    mended = tmp_path / "diperbaiki.xlsx"
    book.save(mended)
    again = read_roster(mended, wilayah=WILAYAH)
    assert [row.values.get("nama") for row in again.rows if not row.problems] == ["Contoh Dua"]
