"""One form with an item of every kind, as plain values."""

from typing import Any


def example() -> dict[str, Any]:
    """A fresh mapping that tests may spoil."""
    return {
        "kode": "contoh",
        "versi": 2,
        "judul": "Contoh semua jenis",
        "jenis": "prepost",
        "pengantar": 'Baris satu\nBaris "dua" \\ tiga',
        "acak": True,
        "sumber": "dikarang",
        "tujuan": [{"kode": "t1", "nama": "Tujuan pertama"}, {"kode": "t2", "nama": "Tujuan kedua"}],
        "bagian": [
            {
                "kode": "satu",
                "judul": "Bagian satu",
                "butir": [
                    {
                        "kode": "p1",
                        "jenis": "pilihan",
                        "teks": "Satu jawaban?",
                        "tujuan": "t1",
                        "poin": 2.5,
                        "kunci": ["b"],
                        "pilihan": [{"kode": kode, "teks": f"Pilihan {kode}"} for kode in "abcd"],
                    },
                    {
                        "kode": "p2",
                        "jenis": "pilihan_ganda",
                        "teks": "Beberapa jawaban?",
                        "tujuan": "t2",
                        "kunci": ["c", "a"],
                        "pasangan": "pas2",
                        "pilihan": ["Pertama", "Kedua", "Ketiga"],
                    },
                    {"kode": "p3", "jenis": "benar_salah", "teks": "Benar begitu?", "kunci": "salah"},
                ],
            },
            {
                "kode": "dua",
                "judul": "Bagian dua",
                "petunjuk": "Isi semua.",
                "butir": [
                    {"kode": "s1", "jenis": "skala", "teks": "Puas?", "skala": {"min": 0, "max": 4}, "unsur": "Waktu"},
                    {
                        "kode": "m1",
                        "jenis": "matriks",
                        "teks": "Nilai tiap hal",
                        "skala": {"min": 1, "max": 3, "labels": ["Kurang", "Cukup", "Baik"], "balik": True},
                        "baris": ["Ruang", "Konsumsi"],
                    },
                    {"kode": "n1", "jenis": "angka", "teks": "Berapa?", "min": 0, "max": 100.5, "wajib": False},
                    {"kode": "n2", "jenis": "angka", "teks": "Berapa orang?", "bulat": True, "wajib": False},
                    {"kode": "d1", "jenis": "tanggal", "teks": "Kapan?", "wajib": False},
                    {"kode": "x1", "jenis": "teks", "teks": "Siapa?", "wajib": False, "panjang": 10},
                    {"kode": "x2", "jenis": "paragraf", "teks": "Ceritakan", "wajib": False, "ringkas": "Cerita"},
                ],
            },
        ],
    }
