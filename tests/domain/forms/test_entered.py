"""What people write for an answer, on paper and in other tools, and what is nobody's guess to make."""

from datetime import date
from typing import Any

import pytest

from domain.forms import entered, parsing

FORM = parsing.from_mapping(
    {
        "kode": "uji", "versi": 1, "judul": "Uji", "jenis": "lain",
        "bagian": [{"kode": "A", "judul": "A", "butir": [
            {"kode": "S", "jenis": "pilihan", "teks": "Satu?", "kunci": ["b"],
             "pilihan": [{"kode": k, "teks": v} for k, v in
                         (("a", "Akta notaris"), ("b", "NPWP, dan SK"), ("c", "3"), ("d", "Lainnya"))]},
            {"kode": "B", "jenis": "benar_salah", "teks": "Benar?", "kunci": ["benar"]},
            {"kode": "G", "jenis": "pilihan_ganda", "teks": "Mana saja?", "kunci": ["a", "c"],
             "pilihan": [{"kode": k, "teks": v} for k, v in
                         (("a", "Anak"), ("b", "Anak, remaja"), ("c", "Lanjut usia"))]},
            {"kode": "L", "jenis": "skala", "teks": "Setuju?",
             "skala": {"min": 1, "max": 4, "labels": ["Kurang", "Cukup", "Baik", "Sangat Baik"]}},
            {"kode": "M", "jenis": "matriks", "teks": "Nilai", "skala": {"min": 0, "max": 5},
             "baris": [{"kode": "x", "teks": "Materi"}, {"kode": "y", "teks": "Ruang"}]},
            {"kode": "N", "jenis": "angka", "teks": "Berapa?", "min": 0, "max": 100},
            {"kode": "D", "jenis": "tanggal", "teks": "Kapan?"},
            {"kode": "T", "jenis": "teks", "teks": "Siapa?"},
        ]}],
    }
)  # fmt: skip


def one(key: str, cell: Any) -> Any:
    answers, problems = entered.read(FORM, {key: cell})
    if problems:
        assert not answers and [p.column for p in problems] == [key]
        return problems[0].code
    return answers.get(key.partition(".")[0])


def test_the_columns_are_the_items_and_the_rows_of_a_matrix() -> None:
    assert [c.key for c in entered.columns(FORM)] == ["S", "B", "G", "L", "M.x", "M.y", "N", "D", "T"]
    assert entered.columns(FORM)[5].label == "Nilai [Ruang]"
    assert [entered.hint(c.item) for c in entered.columns(FORM)] == [
        "a-d", "b/s", "a-c", "1-4", "0-5", "0-5", "", "", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "cell", "value"),
    [
        *(("S", cell, "b") for cell in ("b", " B ", "2", 2, 2.0, "NPWP, dan SK", "npwp,  dan sk", "b. NPWP, dan SK")),
        ("S", "3", "c"),  # the words of an option come before its place
        ("S", "4", "d"),
        *(("B", cell, "benar") for cell in ("Benar", "b", "1", True, 1)),
        *(("B", cell, "salah") for cell in ("SALAH", "s", "0", 0, "2", False)),
        *(("G", cell, ["a", "c"]) for cell in ("a,c", "ca", "A C", "1;3", "Anak, Lanjut usia", "Lanjut usia; Anak")),
        ("G", "Anak, remaja", ["b"]),  # the longest option that fits, not two shorter ones
        ("G", "Anak, remaja, Anak", ["a", "b"]),
        *(("L", cell, 4) for cell in (4, 4.0, "4", "sangat baik", "4 - Sangat Baik", "4. Sangat Baik")),
        ("M.x", 0, {"x": 0}),
        ("N", "73,5", 73.5),
        ("N", 0, 0),
        ("D", date(2026, 5, 22), "2026-05-22"),
        ("D", "22/05/2026", "2026-05-22"),
        ("T", "-", "-"),
        *((key, cell, None) for key in ("S", "B", "G", "L", "N") for cell in (None, "", "  ", "-", float("nan"))),
    ],
)  # fmt: skip
def test_what_is_written_is_understood(key: str, cell: Any, value: Any) -> None:
    found = one(key, cell)
    assert found == value and type(found) is type(value)


@pytest.mark.parametrize(
    ("key", "cell", "code"),
    [
        ("S", "e", "jawaban_tidak_dikenal"),
        ("S", "5", "jawaban_tidak_dikenal"),
        ("S", "0", "jawaban_tidak_dikenal"),
        ("S", "ab", "jawaban_tidak_dikenal"),
        ("S", "b. Akta notaris", "jawaban_tidak_dikenal"),  # letter and words say two things
        ("B", "mungkin", "jawaban_tidak_dikenal"),
        ("G", "a,e", "jawaban_tidak_dikenal"),
        ("L", "5", "butir_di_luar_skala"),
        ("L", 3.5, "butir_di_luar_skala"),
        ("L", "bagus", "jawaban_tidak_dikenal"),
        ("N", 101, "butir_di_luar_batas"),
        ("D", "31/02/2026", "butir_tanggal_keliru"),
    ],
)
def test_what_fits_nothing_is_refused_and_never_counted_as_zero(key: str, cell: Any, code: str) -> None:
    assert one(key, cell) == code


def test_a_row_of_paper_becomes_the_answers_of_one_person() -> None:
    cells = {"S": "b", "B": "s", "G": "ac", "L": "4", "M.x": "5", "M.y": "", "N": "1.250", "T": " dua  kata "}
    answers, problems = entered.read(FORM, cells)
    assert answers == {"S": "b", "B": "salah", "G": ["a", "c"], "L": 4, "M": {"x": 5}, "T": "dua kata"}
    assert [(p.column, p.code) for p in problems] == [("N", "butir_di_luar_batas")]
