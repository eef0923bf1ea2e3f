"""Files that must not reach a parser: each is refused by name, quickly, and for the right reason."""

import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest

from data_access.workbooks import inspection
from data_access.workbooks.inspection import column_letters, column_number, inspect
from domain.errors import FileRefused
from domain.impor.repair import FORMULA_WITHOUT_VALUE

HEADER = ["Nama LKS", "Kluster", "Kab/Kota"]
ROW = ["Panti Contoh", "Anak", "Kota Magelang"]


def refused(path: Path) -> str:
    with pytest.raises(FileRefused) as caught:
        inspect(path)
    return caught.value.code


def rewrite(source: Path, target: Path, change: dict[str, bytes | None]) -> Path:
    """A copy of an archive with entries replaced, added or (None) left out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in change:
                new.writestr(name, old.read(name))
        for name, data in change.items():
            if data is not None:
                new.writestr(name, data)
    return target


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("kosong.xlsx", b"", "berkas_kosong"),
        ("lama.xls", bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 4096, "berkas_xls_lama"),
        ("lama.xlsx", bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 4096, "berkas_xls_lama"),
        (
            "kunci.xlsx",
            bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 1024 + "EncryptedPackage".encode("utf-16-le"),
            "berkas_terkunci",
        ),
        ("siks.xls", b"<html><table><tr><td>Nama LKS</td></tr></table></html>", "berkas_html"),
        ("siks.xls", b"\xef\xbb\xbf\r\n<?xml version='1.0'?><Workbook/>", "berkas_html"),
        ("teks.xlsx", b"Nama LKS;Kluster\nA;Anak\n", "bukan_lembar_kerja"),
        ("gambar.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 20, "bukan_lembar_kerja"),
        ("potong.xlsx", b"PK\x03\x04" + b"\0" * 100, "berkas_rusak"),
    ],
)
def test_wrong_kinds_of_file(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert refused(path) == code


def test_missing_and_oversized(tmp_path: Path) -> None:
    assert refused(tmp_path / "tidak-ada.xlsx") == "berkas_tidak_terbaca"
    big = tmp_path / "besar.csv"
    with big.open("wb") as file:
        file.truncate(25 * 1024 * 1024 + 1)
    assert refused(big) == "berkas_terlalu_besar"


def test_truncated_archive(write, tmp_path: Path) -> None:
    whole = write([HEADER, ROW]).read_bytes()
    for share in (0.3, 0.6, 0.95):
        path = tmp_path / "potong.xlsx"
        path.write_bytes(whole[: int(len(whole) * share)])
        assert refused(path) == "berkas_rusak"


def test_one_flipped_byte_is_noticed(write, tmp_path: Path) -> None:
    source = write([HEADER, ROW])
    data = bytearray(source.read_bytes())
    with zipfile.ZipFile(source) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
    name_length, extra_length = struct.unpack_from("<HH", data, entry.header_offset + 26)
    data[entry.header_offset + 30 + name_length + extra_length + entry.compress_size // 2] ^= 0xFF
    path = tmp_path / "rusak.xlsx"
    path.write_bytes(data)
    assert refused(path) == "berkas_rusak"


def test_zip_bomb_by_ratio(write, tmp_path: Path) -> None:
    """A 60 MB comment packs into 60 kB and once cost 150 s of CPU."""
    source = write([HEADER, ROW])
    bomb = rewrite(source, tmp_path / "bom.xlsx", {"xl/comments1.xml": b"<a>" + b" " * 60_000_000 + b"</a>"})
    assert bomb.stat().st_size < 200_000
    assert refused(bomb) == "bom_zip"


def test_unpacked_size_is_counted_not_believed(write, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(inspection, "MAX_UNPACKED", 50_000)
    fat = rewrite(write([HEADER, ROW]), tmp_path / "gemuk.xlsx", {"xl/media/a.bin": bytes(range(256)) * 300})
    assert refused(fat) == "bom_zip"


def test_too_many_entries(write, tmp_path: Path) -> None:
    many = rewrite(write([HEADER, ROW]), tmp_path / "banyak.xlsx", {f"xl/a{n}.bin": b"x" for n in range(2_000)})
    assert refused(many) == "zip_terlalu_banyak_isi"


def test_twin_names(write, tmp_path: Path) -> None:
    path = write([HEADER, ROW])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("XL/worksheets/sheet1.xml", b"<worksheet/>")
    assert refused(path) == "zip_nama_ganda"


@pytest.mark.parametrize(
    "payload",
    [
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst>&e;</sst>',
        b'<?xml version="1.0"?>' + b" " * (256 * 1024 - 25) + b"<!DOCTYPE x><sst/>",  # across a block border
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x><sst/>'.encode("utf-16"),
        b'<?xml version="1.0" encoding="utf-7"?><sst/>',
    ],
)
def test_document_types_and_foreign_encodings(write, tmp_path: Path, payload: bytes) -> None:
    path = rewrite(write([HEADER, ROW]), tmp_path / "xxe.xlsx", {"xl/sharedStrings.xml": payload})
    assert refused(path) == "xml_berbahaya"


def test_archives_that_are_no_workbook(tmp_path: Path) -> None:
    for name, entries, code in (
        ("a.docx", {"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}, "bukan_lembar_kerja"),
        ("a.ods", {"mimetype": b"application/vnd.oasis", "content.xml": b"<a/>"}, "berkas_ods"),
        ("a.xlsb", {"[Content_Types].xml": b"<a/>", "xl/workbook.bin": b"1"}, "berkas_xlsb"),
    ):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w") as archive:
            for entry, data in entries.items():
                archive.writestr(entry, data)
        assert refused(path) == code


def test_hidden_sheets_are_named_and_left_out(write) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book.create_sheet("Rahasia").sheet_state = "hidden"
        book.create_sheet("Sangat").sheet_state = "veryHidden"

    found = inspect(write([HEADER, ROW], change=hide))
    assert list(found.sheets) == ["Data"]
    assert found.hidden == ["Rahasia", "Sangat"]
    assert [(warning.code, warning.value) for warning in found.warnings] == [
        ("lembar_tersembunyi", "Rahasia"),
        ("lembar_tersembunyi", "Sangat"),
    ]


def test_formulas_without_a_result_are_found(write) -> None:
    found = inspect(write([HEADER, ["=1+1", "Anak", '=A1&"x"']]))
    facts = found.sheets["Data"]
    assert facts.formulas == 2
    assert facts.special == {(1, 0): FORMULA_WITHOUT_VALUE, (1, 2): FORMULA_WITHOUT_VALUE}


def test_external_links_and_macros_are_said(write, tmp_path: Path) -> None:
    extra: dict[str, bytes | None] = {
        "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
        "xl/vbaProject.bin": b"x",
    }
    found = inspect(rewrite(write([HEADER, ROW]), tmp_path / "tautan.xlsx", extra))
    assert [warning.code for warning in found.warnings] == ["tautan_luar", "makro_diabaikan"]


def test_column_letters() -> None:
    assert [column_letters(number) for number in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert [column_number(letters) for letters in ("A", "Z", "AA", "ZZ", "XFD")] == [1, 26, 27, 702, 16384]
