"""A messy list of participants through the child process, and the limits it stands under."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from data_access.assets import wilayah_rows
from data_access.workbooks import read_roster
from data_access.workbooks.read_lks import ParsedFile
from domain.errors import FileRefused

WILAYAH = wilayah_rows()
HEADER = ["No", "Nama", "Asal LKS"]


def read(path: Path, **options: Any) -> ParsedFile:
    return read_roster.read_roster(path, wilayah=WILAYAH, **options)


def refused(path: Path, **options: Any) -> str:
    with pytest.raises(FileRefused) as caught:
        read(path, **options)
    return caught.value.code


def test_a_messy_list(write) -> None:
    def merge(book: openpyxl.Workbook) -> None:
        book.active.merge_cells("C4:D4")
        book.active.merge_cells("F7:F8")

    path = write(
        [
            ["DAFTAR PESERTA BIMTEK LKS"],
            ["Dinas Sosial Kota Contoh"],
            [],
            ["No", "Nama Lengkap", "Jenis Kelamin", None, "Jabatan", "Asal LKS / Instansi", "No. HP", "Tanda Tangan"],
            [None, None, "L", "P"],
            [1, 2, 3, 4, 5, 6, 7, 8],
            [1, "Contoh Satu, S.Sos", "v", None, "Ketua", "LKS Melati", 81234567890.0],
            [2, " Contoh  Dua", None, "√", "Sekretaris", None, "0812-3456-7891 / 0813-1111-2222"],
            [3, "Contoh AndrÃ©", None, None, "Staf", "=HYPERLINK(1)", 6281234567892],
            [4, None, None, None, "Anggota", "LKKS Kota"],
            [None, "JUMLAH", 3, 1],
        ],
        change=merge,
    )
    parsed = read(path)
    assert (parsed.sheet, parsed.header_row) == ("Data", 5)
    assert parsed.mapping == {
        "Nama Lengkap": "nama",
        "Jenis Kelamin L": "kelamin_l",
        "Jenis Kelamin P": "kelamin_p",
        "Jabatan": "jabatan",
        "Asal LKS / Instansi": "instansi",
        "No. HP": "telepon",
    }
    first, second, third, fourth = parsed.rows
    assert (first.row, first.values["telepon"], first.values["kelamin"]) == (7, "+6281234567890", "L")
    assert second.values["instansi"] == "LKS Melati" and "telepon" not in second.values
    assert [(repair.column, repair.code) for repair in second.repairs] == [
        ("nama", "spasi"),
        ("instansi", "sel_gabung"),
    ]
    assert [(doubt.column, doubt.code) for doubt in second.doubts] == [("telepon", "telepon_ganda")]
    assert third.values["nama"] == "Contoh André"
    assert [(problem.column, problem.code) for problem in third.problems] == [("instansi", "rumus_tanpa_nilai")]
    assert [(problem.column, problem.code) for problem in fourth.problems] == [("nama", "wajib_kosong")]
    assert fourth.raw == {"jabatan": "Anggota", "instansi": "LKKS Kota"}
    assert "baris_jumlah_dilewati" in [warning.code for warning in parsed.warnings]


def test_a_csv_of_mixed_encodings(tmp_path: Path) -> None:
    path = tmp_path / "daftar.csv"
    path.write_bytes("Nama;Asal LKS\nContoh André;LKS A\n".encode() + "Contoh Zoë;LKS B\n".encode("cp1252"))
    assert [row.values["nama"] for row in read(path).rows] == ["Contoh André", "Contoh Zoë"]


def test_the_sheet_that_says_most_is_read_or_the_one_asked_for(write) -> None:
    def more(book: openpyxl.Workbook) -> None:
        other = book.create_sheet("Panitia")
        other.append(["Nama", "Jabatan"])
        other.append(["Contoh Panitia", "Ketua"])

    path = write([[*HEADER, "Jabatan"], [1, "Contoh", "LKS A", "Staf"]], title="Peserta", change=more)
    parsed = read(path)
    assert (parsed.sheet, parsed.sheets) == ("Peserta", ["Peserta", "Panitia"])
    assert [(w.code, w.value) for w in parsed.warnings] == [("lembar_lain_tidak_dibaca", "Panitia")]
    assert [row.values["nama"] for row in read(path, sheet="Panitia").rows] == ["Contoh Panitia"]
    assert refused(path, sheet="Tidak ada") == "lembar_tidak_ada"


def test_a_given_mapping_is_obeyed_or_refused(write) -> None:
    path = write([["No", "Nama", "Yang hadir"], [1, "LKS A", "Contoh Satu"]])
    parsed = read(path, mapping={"Nama": "instansi", "Yang hadir": "nama"})
    assert (parsed.rows[0].values["nama"], parsed.rows[0].values["instansi"]) == ("Contoh Satu", "LKS A")
    assert refused(path, mapping={"Nama": "nama", "Yang hadir": "nama"}) == "pemetaan_ganda"
    assert refused(path, mapping={"Tidak ada": "nama"}) == "pemetaan_tidak_cocok"
    assert refused(path, mapping={"Nama": "kode_sandi"}) == "pemetaan_tidak_cocok"


def test_files_that_are_no_list_of_people(tmp_path: Path, write) -> None:
    assert refused(write([["Kegiatan", "Tempat"], ["Bimtek", "Aula"]])) == "judul_peserta_tidak_ditemukan"
    assert refused(write([HEADER])) == "tidak_ada_baris"
    broken = tmp_path / "rusak.xlsx"
    broken.write_bytes(b"PK\x03\x04 bukan zip")
    assert refused(broken) in ("berkas_rusak", "bukan_lembar_kerja")
    long = tmp_path / "panjang.csv"
    long.write_text("Nama;Asal LKS\n" + "Contoh;LKS\n" * (read_roster.MAX_ROWS + 1), encoding="utf-8")
    assert refused(long) == "terlalu_banyak_baris"


def test_a_child_that_takes_too_long_or_dies_is_a_refusal(write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write([HEADER, [1, "Contoh", "LKS A"]])
    assert refused(path, seconds=0.01) == "waktu_habis"
    monkeypatch.setattr(read_roster.sys, "executable", "/bin/false")
    assert refused(path) == "pembaca_berhenti"
