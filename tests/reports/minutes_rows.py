"""Minutes data as services.meetings gives them: a scripted rakor of any size, nothing in it real."""

from datetime import date
from typing import Any

from domain.panel import Bar, Fact, Panel

IDENTITY = {"nama": "LKKS Kota Magelang", "baris": ["Jalan Contoh 1, Magelang"]}


def action(number: int, **more: Any) -> dict[str, Any]:
    """One action with every field filled."""
    found = {
        "nomor": number,
        "apa": f"Mendampingi LKS ke-{number} melengkapi berkas akreditasi",
        "pic": f"Penanggung Jawab {number}",
        "pic_instansi": "Dinas Sosial Kota Magelang",
        "tenggat": "2026-12-31",
        "tenggat_kata": "31 Desember 2026",
        "tugas_kata": "Pembinaan LKS",
        "jenis_kata": "Pembinaan",
        "wilayah_kata": "Kec. Magelang Utara",
        "lks": f"Panti Uji {number}",
        "indikator_kata": "LKS terakreditasi",
        "sumber_dana_kata": "APBD kota",
        "status": "belum",
        "status_kata": "belum",
        "bukti": None,
        "topik": "Akreditasi",
        "asal": None,
    }
    return found | more


def panel(rows: int = 3, **more: Any) -> dict[str, Any]:
    """A panel with figures, bars and a table; its numbers tell one another apart."""
    labels = [f"Kluster {number}" for number in range(1, min(rows, 8) + 1)]
    found = Panel(
        jenis="kluster",
        judul="LKS menurut kluster",
        tempat="Kota Magelang",
        per_tanggal=date(2026, 11, 30),
        kalimat="Sebanyak 1.234 LKS tercatat, 28 dari 70 (40,0%) terakreditasi.",
        angka=(
            Fact("LKS tercatat", 1234, "1.234"),
            Fact("Terakreditasi", 28, "28 dari 70 (40,0%)", 28, 70),
            Fact("Diverifikasi", 0.4, "40,0%", 28, 70),
        ),
        batang=tuple(Bar(label, 10 * at, f"{10 * at} LKS") for at, label in enumerate(labels, 1)),
        kolom=("Nama", "Jumlah", "Rerata", "Berlaku sampai"),
        baris=tuple(
            (f"Baris {at}", 1000 + at, at + 0.25, "2027-03-05" if at % 2 else None) for at in range(1, rows + 1)
        ),
        catatan="Hitungan di bawah lima orang dilindungi.",
        sumber="register Pilar",
        contoh=3,
    ).as_data()
    return found | more


def person(number: int, **more: Any) -> dict[str, Any]:
    """Somebody who was asked to come."""
    found = {
        "nama": f"Peserta Uji {number}",
        "jabatan": "Anggota",
        "instansi": f"Instansi {number % 9 + 1}",
        "jenis_kata": "LKS",
        "hadir": number % 5 != 0,
        "keterangan": None if number % 5 else "sakit",
    }
    return found | more


def scripted(attendees: int = 60, *, items: int = 8, decisions: int = 12, actions: int = 20) -> dict[str, Any]:
    """A closed rakor: items with panels, decisions and actions spread over them, carried-over actions, attendance."""
    butir: list[dict[str, Any]] = [
        {
            "nomor": at,
            "judul": f"Acara ke-{at}",
            "uraian": "Melihat keadaan dan menentukan langkah.",
            "catatan": "Peserta membahas angka di layar.\nDinas menjelaskan jadwal verifikasi.",
            "panel": [panel(attendees if at == 1 else 3)],
            "keputusan": [],
            "tindak_lanjut": [],
        }
        for at in range(1, items + 1)
    ]
    for number in range(1, decisions + 1):
        one = {"nomor": number, "isi": f"Keputusan {number}: disepakati target {100 + number} LKS."}
        butir[number % items]["keputusan"].append(one)
    for number in range(1, actions + 1):
        butir[number % items]["tindak_lanjut"].append(action(number))
    hadir = [person(number) for number in range(1, attendees + 1)]
    present = sum(one["hadir"] for one in hadir)
    late = {
        "status": "terlambat",
        "status_kata": "terlambat",
        "asal": "Rakor 1 Maret 2026",
        "tenggat_kata": "1 April 2026",
    }
    return {
        "versi": 1,
        "rapat": {
            "judul": "Rakor LKKS Kota Magelang Triwulan IV",
            "jenis": "rakor",
            "jenis_kata": "Rapat koordinasi",
            "tanggal": "2026-11-30",
            "tanggal_kata": "30 November 2026",
            "mulai": "09.00",
            "selesai": "12.00",
            "tempat": "Aula Dinas Sosial",
            "pimpinan": "Ketua Uji",
            "notulis": "Notulis Uji",
            "wilayah": "33.71",
            "wilayah_kata": "Kota Magelang",
            "lkks": "LKKS Kota Magelang",
            "contoh": False,
        },
        "hadir": hadir,
        "hadir_jumlah": {"hadir": present, "tidak": len(hadir) - present, "instansi": 9},
        "butir": butir,
        "bawaan": [action(number, apa=f"Bawaan ke-{number}", **late) for number in range(1, 4)],
        "lain": {"keputusan": [{"nomor": 99, "isi": "Rapat berikut di bulan Maret."}], "tindak_lanjut": [action(77)]},
        "dibuat": "2026-11-30T02:00:00+00:00",
        "ditutup": "2026-11-30T05:30:00+00:00",
    }
