"""A messy workbook through the child process: exact values out, every kind of damage with its row and column."""

import os
import subprocess
import sys
import time
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from data_access.workbooks import read_lks
from domain.errors import FileRefused

HEADER = ["Nama LKS", "Kluster", "Kab/Kota"]
ROW = ["Panti Contoh", "Anak", "Kota Magelang"]


def found(parsed: read_lks.ParsedFile) -> list[tuple[int, str, str]]:
    return [(row.row, problem.column, problem.code) for row in parsed.rows for problem in row.problems]


def test_a_messy_dinas_workbook(write, read) -> None:
    path = write(
        [
            ["REKAP DATA LKS"],
            ["Dinas Sosial Contoh"],
            [],
            [
                "No",
                "Nama Lembaga",
                "Jenis",
                "Kab/Kota",
                "No. HP",
                "Dalam Panti",
                "NIK",
                "Tgl Berdiri",
                "Jenis LKS",
                "Ket",
            ],
            [1, "2", "3", "4", "5", "6", "7", "8", "9", "10"],
            [
                1,
                " PA.  Contoh Satu",
                "x",
                "KOTA MAGELANG",
                81234567890,
                "1.234",
                "3371010101900001",
                45000,
                "LKSA",
                "AndrÃ©",
            ],
            [2, "Contoh Dua", "x", "Magelang", "0812", -5, 3371010101900000, "Mei 2024", "LKS Lansia Baru", "=1+1"],
            [None, "JUMLAH", None, None, None, 1229],
        ]
    )
    parsed = read(path)
    assert (parsed.sheet, parsed.header_row) == ("Data", 4)
    assert parsed.mapping["No. HP"] == "telepon"
    first, second = parsed.rows
    assert first.row == 6
    assert first.problems == []
    assert first.values == {
        "nama": "PA. Contoh Satu",
        "telepon": "+6281234567890",
        "binaan_dalam": 1234,
        "ketua_nik": "3371010101900001",
        "tanggal_berdiri": date(2023, 3, 15),
        "kluster": ["anak"],
        "catatan": "André",
        "kode_wilayah": "33.71",
        "provinsi": "Jawa Tengah",
        "kabkota": "Kota Magelang",
    }
    assert [(repair.column, repair.code) for repair in first.repairs] == [
        ("nama", "spasi"),
        ("telepon", "nol_depan"),
        ("binaan_dalam", "pemisah_ribuan"),
        ("tanggal_berdiri", "tanggal_serial"),
        ("kluster", "padanan"),
        ("catatan", "huruf_rusak"),
        ("kabkota", "nama_baku"),
    ]
    assert found(parsed) == [
        (7, "telepon", "telepon_tidak_dikenal"),
        (7, "binaan_dalam", "angka_negatif"),
        (7, "ketua_nik", "angka_rusak"),
        (7, "tanggal_berdiri", "tanggal_tanpa_hari"),
        (7, "kluster", "pilihan_asing"),
        (7, "catatan", "rumus_tanpa_nilai"),
        (7, "kabkota", "kabkota_ambigu"),
    ]
    assert second.raw["binaan_dalam"] == -5
    assert [(warning.code, warning.facts.get("baris")) for warning in parsed.warnings] == [
        ("ada_rumus", None),
        ("kolom_tidak_dipakai", None),
        ("baris_jumlah_dilewati", "8"),
    ]


def test_error_cells_and_calculated_formulas(tmp_path: Path, read) -> None:
    """calamine hands error cells over as blanks; a broken formula must not look like an empty cell."""
    path = tmp_path / "rumus.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Data")
    sheet.write_row(0, 0, [*HEADER, "Kapasitas", "Alamat", "Desa"])
    sheet.write_row(1, 0, ROW)
    sheet.write_formula(1, 3, "=20+5", None, 25)
    sheet.write_formula(1, 4, "=VLOOKUP(1,A:A,1)", None, "#N/A")
    sheet.write_row(2, 0, ["Contoh Dua", "Anak", "Kota Magelang"])
    sheet.write_formula(2, 3, "=1/0", None, "#DIV/0!")
    book.close()
    parsed = read(path)
    assert parsed.rows[0].values["kapasitas"] == 25
    assert [(doubt.column, doubt.code) for doubt in parsed.rows[0].doubts] == [("alamat", "galat_na")]
    assert found(parsed) == [(3, "kapasitas", "galat_rumus")]
    assert parsed.rows[1].problems[0].value == "#DIV/0!"


def test_a_million_blank_rows_and_a_stray_cell_are_cheap(tmp_path: Path, write, read) -> None:
    path = tmp_path / "kosong.xlsx"
    with zipfile.ZipFile(write([HEADER, ROW])) as small, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as big:
        for name in small.namelist():
            data = small.read(name)
            if name == "xl/worksheets/sheet1.xml":
                blank = b'<row r="%d"><c r="A%d" s="0"/></row>'
                stray = b'<row r="1048576"><c r="AO1048576" t="inlineStr"><is><t>nyasar</t></is></c></row>'
                rows = b"".join(blank % (row, row) for row in range(3, 1_048_576))
                data = data.replace(b"</sheetData>", rows + stray + b"</sheetData>")
            big.writestr(name, data)
    began = time.monotonic()
    parsed = read(path)
    assert time.monotonic() - began < 15
    assert [row.row for row in parsed.rows] == [2]
    [warning] = parsed.warnings
    assert (warning.code, warning.facts) == ("baris_jauh_diabaikan", {"baris": "1048576", "terakhir": "2"})


def test_too_wide_and_too_long(tmp_path: Path, write, read, monkeypatch) -> None:
    def far_right(book: openpyxl.Workbook) -> None:
        book.active["XFD2"] = "nyasar"

    with pytest.raises(FileRefused) as wide:
        read(write([HEADER, ROW], change=far_right))
    assert (wide.value.code, wide.value.facts["sel"]) == ("terlalu_banyak_kolom", "XFD2")
    path = tmp_path / "panjang.csv"
    path.write_text("Nama LKS;Kluster;Kab/Kota\n" + "A;Anak;Sleman\n" * 100_200, encoding="utf-8")
    with pytest.raises(FileRefused) as long:
        read(path)
    assert long.value.code == "terlalu_banyak_baris"


def test_two_row_merged_header_and_merged_cells_below(write, read) -> None:
    def merge(book: openpyxl.Workbook) -> None:
        book.active.merge_cells("D1:E1")
        book.active.merge_cells("C3:C4")

    path = write(
        [
            ["Nama LKS", "Kluster", "Kab/Kota", "Ketua", None],
            [None, None, None, "Nama", "No HP"],
            ["Contoh Satu", "Anak", "Kota Magelang", "Contoh A", "081234567890"],
            ["Contoh Dua", "Anak", None, "Contoh B", "081234567891"],
        ],
        change=merge,
    )
    parsed = read(path)
    assert parsed.header_row == 2
    assert [(row.values["ketua"], row.values["ketua_telepon"], row.values["kabkota"]) for row in parsed.rows] == [
        ("Contoh A", "+6281234567890", "Kota Magelang"),
        ("Contoh B", "+6281234567891", "Kota Magelang"),
    ]
    assert [(repair.column, repair.code) for repair in parsed.rows[1].repairs][-1] == ("kabkota", "sel_gabung")
    assert "sel_gabung_ada" in [warning.code for warning in parsed.warnings]


def test_the_sheet_is_chosen_or_given(write, read) -> None:
    def more(book: openpyxl.Workbook) -> None:
        other = book.create_sheet("Kedua")
        other.append(["Nama LKS", "Kluster", "Kab/Kota", "Alamat"])
        other.append(["Contoh Lain", "Anak", "Kota Bima", "Jl. Contoh"])
        book.create_sheet("Catatan").append(["tidak ada judul"])
        hidden = book.create_sheet("Lama")
        hidden.append(HEADER)
        hidden.append(["Rahasia", "Anak", "Kota Bima"])
        hidden.sheet_state = "hidden"

    path = write([HEADER, ROW], title="LKS", change=more)
    parsed = read(path)
    assert (parsed.sheet, parsed.sheets) == ("LKS", ["LKS", "Kedua", "Catatan"])
    assert [(warning.code, warning.value) for warning in parsed.warnings] == [
        ("lembar_tersembunyi", "Lama"),
        ("lembar_lain_tidak_dibaca", "Kedua"),
    ]
    assert read(path, sheet="Kedua").rows[0].values["nama"] == "Contoh Lain"
    for name in ("Lama", "Tiada"):
        with pytest.raises(FileRefused) as caught:
            read(path, sheet=name)
        assert caught.value.code == "lembar_tidak_ada"
    with pytest.raises(FileRefused) as caught:
        read(path, sheet="Catatan")
    assert caught.value.code == "judul_kolom_tidak_ditemukan"


def test_a_given_mapping_is_obeyed_or_refused(write, read) -> None:
    path = write([["Nama LKS", "Kluster", "Kab/Kota", "Aneh"], [*ROW, "Jl. Contoh"]])
    own = {"Nama LKS": "nama", "Kluster": "kluster", "Kab/Kota": "kabkota", "Aneh": "alamat"}
    assert read(path, mapping=own).rows[0].values["alamat"] == "Jl. Contoh"
    for wrong, code in (
        (own | {"Tiada": "desa"}, "pemetaan_tidak_cocok"),
        (own | {"Aneh": "id"}, "pemetaan_tidak_cocok"),
        (own | {"Aneh": "nama"}, "pemetaan_ganda"),
    ):
        with pytest.raises(FileRefused) as caught:
            read(path, mapping=wrong)
        assert caught.value.code == code


def test_an_unknown_name_column_can_be_mapped_by_hand(write, read) -> None:
    path = write([["Sebutan", "Kluster", "Kab/Kota", "Alamat", "Desa"], [*ROW, "Jl. Contoh", "Contoh"]])
    unmapped = read(path)
    assert ("kolom_wajib_tidak_ada", "nama") in [(warning.code, warning.column) for warning in unmapped.warnings]
    assert found(unmapped) == [(2, "nama", "wajib_kosong")]
    mapped = read(path, mapping=unmapped.mapping | {"Sebutan": "nama"})
    assert mapped.rows[0].values["nama"] == "Panti Contoh"


def test_empty_sheets(write, read) -> None:
    for rows, code in (([HEADER], "tidak_ada_baris"), ([["a", "b"]], "judul_kolom_tidak_ditemukan")):
        with pytest.raises(FileRefused) as caught:
            read(write(rows))
        assert caught.value.code == code


def test_csv_with_mixed_encodings_nul_and_excel_hint(tmp_path: Path, read) -> None:
    path = tmp_path / "campur.csv"
    path.write_bytes(
        b"sep=;\r\nNama LKS;Kluster;Kab/Kota;NIK\r\n"
        + "André;Anak;Kota Magelang;3371010101900001\r\n".encode()
        + "René\x00;Anak;33.7;3,37101E+15\r\n".encode("cp1252")
    )
    parsed = read(path)
    assert [row.values.get("nama") for row in parsed.rows] == ["André", "René"]
    assert parsed.rows[0].values["ketua_nik"] == "3371010101900001"
    assert found(parsed) == [(4, "ketua_nik", "angka_rusak"), (4, "kabkota", "kode_nol_hilang")]
    assert [(warning.code, warning.facts) for warning in parsed.warnings] == [("sandi_cp1252", {"jumlah": "1"})]


def test_doubles_inside_the_file(write, read) -> None:
    parsed = read(write([HEADER, ROW, ["panti contoh", "Anak", "Kota Magelang"]]))
    assert found(parsed) == [(3, "nama", "nama_ganda")]
    assert parsed.rows[1].problems[0].facts["baris"] == "2"


def test_progress_and_nothing_left_behind(write, read, tmp_path: Path, monkeypatch) -> None:
    scratch = tmp_path / "sementara"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    seen: list[tuple[int, int]] = []
    path = write([HEADER, *([f"Contoh {n}", "Anak", "Sleman"] for n in range(1200))])
    parsed = read(path, on_progress=lambda done, total: seen.append((done, total)))
    assert len(parsed.rows) == 1200
    assert seen == [(0, 1200), (500, 1200), (1000, 1200), (1200, 1200)]
    assert os.listdir(scratch) == []


def test_the_clock_stops_the_child(write, read) -> None:
    path = write([HEADER, *([f"Contoh {n}", "Anak", "Sleman"] for n in range(3000))])
    began = time.monotonic()
    with pytest.raises(FileRefused) as caught:
        read(path, seconds=0.05)
    assert caught.value.code == "waktu_habis"
    assert time.monotonic() - began < 5


def test_the_clock_can_be_moved_on() -> None:
    """A big sheet gets its time when the child has counted its rows; a shorter limit still holds."""
    for first, then, end in ((0.3, 60.0, None), (60.0, 0.2, -9)):
        process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(30)"])
        clock = read_lks._Clock(process, first)
        clock.extend(then)
        time.sleep(0.8)
        ended = process.poll()
        clock.cancel()
        process.kill()
        process.wait()
        assert (ended is None) == (end is None)
        assert (clock.late.is_set(), clock.seconds) == (end is not None, then)


def test_a_crash_of_the_child_is_a_refusal(write, read, monkeypatch, tmp_path: Path) -> None:
    path = write([HEADER, ROW])
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.setattr(read_lks, "ROOT", tmp_path)  # the module cannot be found there: the child dies at once
    with pytest.raises(FileRefused) as caught:
        read(path)
    assert caught.value.code == "pembaca_berhenti"


@pytest.mark.parametrize(
    ("returncode", "late", "complaints", "code"),
    [
        (-9, True, [], "waktu_habis"),
        (-24, False, [], "waktu_habis"),
        (3, False, [], "memori_habis"),
        (-6, False, [b"memory allocation of 1 bytes failed\n"], "memori_habis"),
        (-11, False, [], "pembaca_berhenti"),
    ],
)
def test_how_a_child_can_end(returncode: int, late: bool, complaints: list[bytes], code: str) -> None:
    assert read_lks._failure(returncode, late, complaints, 60).code == code


def test_an_interrupted_caller_leaves_no_child(write, read, monkeypatch) -> None:
    """Streamlit ends a script run with an exception that is not an Exception."""
    children: list[Any] = []
    start = read_lks.subprocess.Popen

    def spy(*args: Any, **options: Any) -> Any:
        children.append(start(*args, **options))
        return children[-1]

    class Stop(BaseException):
        pass

    def stop(done: int, total: int) -> None:
        raise Stop

    monkeypatch.setattr(read_lks.subprocess, "Popen", spy)
    with pytest.raises(Stop):
        read(write([HEADER, *([f"Contoh {n}", "Anak", "Sleman"] for n in range(3000))]), on_progress=stop)
    assert children[0].poll() is not None


def test_memory_is_limited() -> None:
    """The child may take 600 MiB beyond its start; a gigabyte more is refused by the system."""
    if not Path("/proc/self/statm").exists():
        pytest.skip("memory limits need /proc")
    code = "from data_access.workbooks import child; child.limit_resources(5); bytearray({} * 2**20)"
    ends = [
        subprocess.run([sys.executable, "-c", code.format(size)], cwd=read_lks.ROOT, capture_output=True, check=False)
        for size in (300, 1024)
    ]
    assert ends[0].returncode == 0
    assert ends[1].stderr.splitlines()[-1] == b"MemoryError"
