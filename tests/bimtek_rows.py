"""Rows for tests of Bimtek: one event with a roster and forms, written straight into the tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert

from data_access import secrets
from data_access import tables_bimtek as t
from data_access.commands import trail
from data_access.engine import writing
from domain import bimtek
from domain.forms import definition, parsing
from domain.names import name_key

STORED = datetime(2026, 5, 22, 1, tzinfo=UTC)  # 08.00 WIB on the first day
TEST: dict[str, Any] = {
    "kode": "uji_prepost",
    "versi": 1,
    "judul": "Tes uji",
    "jenis": "prepost",
    "tujuan": [{"kode": "teknis", "nama": "Kemampuan teknis"}, {"kode": "daring", "nama": "Pendaftaran daring"}],
    "bagian": [
        {
            "kode": "A",
            "judul": "Pengetahuan",
            "butir": [
                {
                    "kode": f"P{number}",
                    "jenis": "pilihan",
                    "teks": f"Pertanyaan {number}?",
                    "tujuan": "teknis" if number % 2 else "daring",
                    "poin": 1,
                    "kunci": ["b"],
                    "pilihan": [{"kode": letter, "teks": f"Jawaban {letter}{number}"} for letter in "abcd"],
                }
                for number in range(1, 5)
            ],
        }
    ],
}
SATISFACTION: dict[str, Any] = {
    "kode": "uji_puas",
    "versi": 1,
    "judul": "Evaluasi uji",
    "jenis": "penyelenggaraan",
    "anonim": True,
    "bagian": [
        {
            "kode": "A",
            "judul": "Penyelenggaraan",
            "butir": [
                {
                    "kode": "S1",
                    "jenis": "skala",
                    "teks": "Pelayanan panitia",
                    "skala": {"min": 1, "max": 4, "labels": ["Kurang", "Cukup", "Baik", "Sangat Baik"]},
                },
                {"kode": "S2", "jenis": "paragraf", "teks": "Saran", "wajib": False},
            ],
        }
    ],
}
PEOPLE = (
    ("Peserta Contoh Satu", "lks", "LKS Contoh Melati"),
    ("Peserta Contoh Dua", "lks", "LKS Contoh Melati"),
    ("Peserta Contoh Tiga", "lkks", "LKKS Contoh"),
    ("Peserta Contoh Empat", "dinas", "Dinas Sosial Contoh"),
)


@dataclass(frozen=True)
class Stored:
    """What store_event() wrote: ids, links and codes by name."""

    event_id: int
    link: str
    people: list[int]
    codes: list[str]
    sessions: list[int]
    forms: dict[str, int] = field(default_factory=dict)  # phase -> formulir.id
    links: dict[str, str] = field(default_factory=dict)  # phase -> tautan


def store_event(
    *,
    wilayah: str = "33.71",
    people: Sequence[tuple[str, str, str]] = PEOPLE,
    phases: Mapping[str, Mapping[str, Any]] | None = None,
    status: str = "berjalan",
    form_status: str = "dibuka",
    days: Sequence[date] = (date(2026, 5, 22), date(2026, 5, 24)),
    at: datetime = STORED,
    **fields: Any,
) -> Stored:
    """Stores an event of two days with one session a day, its people with codes, and one form per phase.

    Pre and post share one published definition, as in the product.
    """
    chosen = phases if phases is not None else {"pre": TEST, "post": TEST, "penyelenggaraan": SATISFACTION}
    key = secrets.derived("kode-peserta")
    with writing() as c:
        trail.bump(c, "kegiatan")
        link = bimtek.new_link()
        values = {
            "judul": "Bimtek uji", "maksud": "bimtek", "penyelenggara_jenis": "dinas", "penyelenggara": "Dinas Sosial",
            "wilayah": wilayah, "jangkauan": wilayah, "zona": "WIB", "mulai": days[0], "selesai": days[-1],
            "tautan": link, "status": status, "dibuat_pada": at, "diubah_pada": at,
        }  # fmt: skip
        event_id = _add(c, t.kegiatan, values | fields)
        for number, aim in enumerate(TEST["tujuan"]):
            c.execute(insert(t.kegiatan_tujuan).values(kegiatan_id=event_id, urutan=number, **aim))
        sessions = [
            _add(c, t.kegiatan_sesi, {"kegiatan_id": event_id, "tanggal": day, "materi": f"Materi hari {n + 1}",
                                      "mulai": "08.00", "selesai": "09.30", "jp": 2, "urutan": n})
            for n, day in enumerate(days)
        ]  # fmt: skip
        codes, ids = [], []
        for name, kind, institution in people:
            code = bimtek.new_code(key)
            row = {"kegiatan_id": event_id, "nama": name, "nama_kunci": name_key(name), "jenis": kind,
                   "instansi": institution, "kode_sandi": secrets.seal(code), "kode_sidik": secrets.fingerprint(code),
                   "dibuat_pada": at}  # fmt: skip
            ids.append(_add(c, t.peserta, row))
            codes.append(code)
        versions: dict[str, int] = {}
        forms, links = {}, {}
        for number, (phase, data) in enumerate(chosen.items()):
            form = parsing.from_mapping(data)
            if form.kode not in versions:
                head = {"kode": form.kode, "judul": form.judul, "jenis": form.jenis, "wilayah": None, "dibuat_pada": at}
                instrument = _add(c, t.instrumen, head)
                body = {"instrumen_id": instrument, "nomor": form.versi, "definisi": parsing.to_mapping(form),
                        "sidik": definition.digest(form), "terbit_pada": at}  # fmt: skip
                versions[form.kode] = _add(c, t.instrumen_versi, body)
            links[phase] = bimtek.new_link()
            row = {"kegiatan_id": event_id, "instrumen_versi_id": versions[form.kode], "fase": phase, "urutan": number,
                   "judul": form.judul, "tautan": links[phase], "status": form_status, "anonim": form.anonim}  # fmt: skip
            forms[phase] = _add(c, t.formulir, row)
    return Stored(event_id, link, ids, codes, sessions, forms, links)


def _add(connection: Any, table: Any, values: Mapping[str, Any]) -> int:
    return int(connection.execute(insert(table).values(**values)).inserted_primary_key[0])
