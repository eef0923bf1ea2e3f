"""What goes out comes back the same: template, export, refused rows; no text ever becomes a formula."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from data_access.assets import references
from data_access.workbooks.words import words
from data_access.workbooks.write_lks import export_lks, header_labels, refused_workbook, template
from domain.errors import Problem
from domain.impor.columns import ENUMS, EXPORTED
from domain.impor.rows import Words

REFS = references()
FULL: dict[str, Any] = {
    "kode_lks": "LKS-33.71-0001",
    "nama": "Panti Asuhan Contoh",
    "singkatan": "PAC",
    "kluster": ["anak", "lansia"],
    "kode_wilayah": "33.71.02.1001",
    "provinsi": "Jawa Tengah",
    "kabkota": "Kota Magelang",
    "kecamatan": "Magelang Utara",
    "desa": "Contoh",
    "alamat": "Jl. Contoh No. 1, RT 01/RW 02",
    "lat": -7.02,
    "lon": 110.2201,
    "telepon": "+6281234567890",
    "email": "lks@contoh.or.id",
    "situs": "https://contoh.or.id",
    "media_sosial": "@contoh",
    "tanggal_berdiri": date(1895, 5, 12),
    "akta_nomor": "05",
    "notaris": "Contoh Notaris",
    "sk_kemenkumham": "AHU-0001",
    "hukum": "berbadan_hukum",
    "hukum_tanggal": date(2010, 5, 12),
    "bentuk_hukum": "yayasan",
    "aktif": "alamat_tidak_ditemukan",
    "aktif_tanggal": date(2024, 1, 2),
    "tumbuh": "embrio",
    "tumbuh_tanggal": date(2024, 1, 3),
    "daftar": "terdaftar",
    "daftar_nomor": "460/007/2024",
    "daftar_penerbit": "Dinas Sosial Contoh",
    "daftar_tanggal": date(2024, 1, 4),
    "daftar_sampai": date(2029, 1, 3),
    "akreditasi": "tidak_layak",
    "akreditasi_nomor": "12",
    "akreditasi_tanggal": date(2024, 2, 1),
    "akreditasi_sampai": date(2027, 1, 31),
    "npwp": "01.234.567.8-901.000",
    "ketua": "Contoh Ketua",
    "ketua_telepon": "+62293362345",
    "ketua_nik": "3371010101900010",
    "sekretaris": "Contoh Sekretaris",
    "bendahara": "Contoh Bendahara",
    "setting": "keduanya",
    "binaan_dalam": 0,
    "binaan_luar": 12,
    "kapasitas": 30,
    "layanan": ["rehabilitasi_sosial", "perlindungan_sosial"],
    "masalah": ["ppks02", "ppks16"],
    "lingkup_kerja": "kabkota",
    "sifat_pelayanan": "bukan_operasional",
    "posisi": "wilayah",
    "sdm_pengurus": 5,
    "sdm_pekerja_sosial": 1,
    "sdm_lain": 3,
    "diverifikasi_pada": date(2025, 6, 1),
    "program_daerah": "Contoh program",
    "catatan": "baris satu\nbaris dua",
}


def put(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "keluar.xlsx"
    path.write_bytes(data)
    return path


def test_the_example_covers_every_exported_field() -> None:
    assert sorted(FULL) == sorted(field.id for field in EXPORTED)


def test_export_comes_back_equal_and_untouched(tmp_path: Path, read) -> None:
    for refs in (REFS, None):
        parsed = read(put(tmp_path, export_lks([FULL], {"Sumber": "contoh"}, refs)))
        [row] = parsed.rows
        assert row.values == FULL
        assert (row.problems, row.repairs) == ([], [])


def test_empty_export_keeps_its_headers(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(put(tmp_path, export_lks([], {})))
    assert [cell.value for cell in book["LKS"][1]] == header_labels()


def test_hostile_texts_leave_and_return_as_text(tmp_path: Path, read) -> None:
    names = [
        "=1+1",
        '=HYPERLINK("http://x","y")',
        "+SUM(1)",
        "-1+1",
        "@SUM(A1)",
        "＝1+1",
        "<b>x</b>",
        "http://contoh.go.id",
        "12345",
        "'kutip",
        "'; DROP TABLE lks; --",
        "Panti 🏠",
    ]
    base = {"kluster": ["anak"], "kabkota": "Kota Magelang"}
    rows = [base | {"nama": name, "catatan": name} for name in names]
    path = put(tmp_path, export_lks([*rows, base | {"nama": "a_x0041_b"}], {"=x": "=1+1"}, REFS))
    book = openpyxl.load_workbook(path)
    sheet = book["LKS"]
    column = header_labels().index("Nama LKS *") + 1
    cells = [sheet.cell(row, column) for row in range(2, 2 + len(names))]
    assert [cell.value for cell in cells] == names
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell, name in zip(cells, names, strict=True) if cell.quotePrefix] == names[:6]
    assert {cell.data_type for row in book["Keterangan"].iter_rows() for cell in row} == {"s"}
    assert [row.values["nama"] for row in read(path).rows] == [*names, "a_x0041_b"]


def test_export_has_real_days_and_numbers_and_text_codes(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(put(tmp_path, export_lks([FULL], {}, REFS)))["LKS"]
    cells = {field.id: sheet.cell(2, place) for place, field in enumerate(EXPORTED, start=1)}
    assert cells["daftar_tanggal"].is_date
    assert cells["daftar_tanggal"].value.date() == date(2024, 1, 4)
    assert (cells["lat"].value, cells["kapasitas"].value, cells["binaan_dalam"].value) == (-7.02, 30, 0)
    assert (cells["telepon"].value, cells["telepon"].data_type) == ("+6281234567890", "s")
    assert (cells["ketua_nik"].value, cells["akta_nomor"].value) == ("3371010101900010", "05")
    assert cells["tanggal_berdiri"].value == "1895-05-12"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")


def test_the_template_is_read_and_its_example_skipped(tmp_path: Path, read) -> None:
    data = template(REFS, ["Kab. Magelang", "Kota Magelang"])
    path = put(tmp_path, data)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["LKS", "Petunjuk", "Daftar pilihan"]
    assert book["LKS"]["A2"].value == "CONTOH"
    assert len(book["LKS"].data_validations.dataValidation) >= 13
    for column, value in enumerate(["", "Panti Baru", "", "Anak", "", "", "Kota Magelang"], start=1):
        book["LKS"].cell(3, column, value or None)
    book.save(path)
    parsed = read(path)
    [row] = parsed.rows
    assert (row.row, row.values["nama"], row.problems, row.repairs) == (3, "Panti Baru", [], [])
    assert [(warning.code, warning.facts) for warning in parsed.warnings] == [("baris_contoh_dilewati", {"baris": "2"})]


def test_the_example_itself_is_a_valid_row(tmp_path: Path, read) -> None:
    path = put(tmp_path, template(REFS, ["Kota Magelang"]))
    book = openpyxl.load_workbook(path)
    book["LKS"]["A2"] = None
    book.save(path)
    [row] = read(path).rows
    assert (row.problems, row.repairs) == ([], [])
    example = {name: value for name, value in words()["contoh"].items() if name != "kode_lks"}
    assert {name: row.values[name] for name in example} == example


def test_refused_rows_go_back_marked_and_can_be_mended(tmp_path: Path, write, read) -> None:
    parsed = read(
        write(
            [
                ["DATA LKS"],
                ["No", "Nama Lembaga", "Jenis LKS", "Kab/Kota", "Kapasitas", "Telp"],
                [1, "Contoh Baik", "Anak", "Sleman", 10, "081234567890"],
                [2, "=bahaya", "Anak", "Magelang", -5, "081234567891"],
            ]
        )
    )
    # A formula without a value is refused too; its cell goes back blank.
    assert [problem.column for problem in parsed.rows[1].problems] == ["nama", "kapasitas", "kabkota"]

    def sentences(problem: Problem) -> tuple[str, str]:
        return f"salah {problem.code}", f"perbaiki {problem.column}"

    path = put(tmp_path, refused_workbook(parsed, sentences))
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert [cell.value for cell in sheet[1]] == [
        "Nama Lembaga", "Jenis LKS", "Kab/Kota", "Kapasitas", "Telp", "Masalah data", "Cara memperbaiki", "Baris asal",
    ]  # fmt: skip
    assert sheet.max_row == 2
    marked = [cell.column for cell in sheet[2] if cell.fill.fgColor.rgb == "FFF9D5D0"]
    assert marked == [1, 3, 4]
    assert "salah angka_negatif perbaiki kapasitas" in sheet["D2"].comment.text
    assert "Kab/Kota: salah kabkota_ambigu" in sheet["F2"].value
    assert sheet["H2"].value == 4
    sheet["A2"], sheet["C2"], sheet["D2"] = "Contoh Mendingan", "Kota Magelang", 5
    book.save(path)
    again = read(path)
    [row] = again.rows
    assert row.problems == []
    assert (row.values["nama"], row.values["kapasitas"], row.values["telepon"]) == (
        "Contoh Mendingan",
        5,
        "+6281234567891",
    )
    assert again.warnings == []


def test_every_printed_label_is_read_without_a_repair() -> None:
    for labels in ENUMS.values():
        known = Words(labels, {})
        for kode, label in labels.items():
            assert known.find(label) == (kode, False)
    for name in ("kluster", "bentuk_pelayanan", "ppks", "badan_hukum"):
        labels = {row["kode"]: row["nama"] for row in REFS[name]}
        known = Words(labels, {})
        for kode, label in labels.items():
            assert known.read_many(label).value == [kode], label


def test_export_streams_to_the_given_buffer_only() -> None:
    assert io.BytesIO(export_lks([FULL], {})).read(2) == b"PK"
