"""Events filled at random, the same ones for a seed: rosters, tests, anonymous forms, attendance, plans."""

import random
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert

from data_access import tables_bimtek as t
from data_access.commands import trail
from data_access.engine import writing
from tests.bimtek_rows import SATISFACTION, STORED, TEST, Stored, store_event

SPEAKER: dict[str, Any] = SATISFACTION | {
    "kode": "uji_narasumber",
    "judul": "Evaluasi narasumber",
    "jenis": "narasumber",
}
_WORDS = ("Melati", "Kasih Ibu", "Harapan", "Sejahtera", "Bina Insani")
_REMARKS = ("Waktu diskusi perlu ditambah", "Ruang kurang luas", "Materi jelas")


def filled(seed: int, people: int, *, wilayah: str = "33.71", sessions: int = 2, **fields: Any) -> Stored:
    """Stores an event with so many people and everything that they did, and returns what was stored."""
    chance = random.Random(seed)
    kinds = ("lks", "lks", "lkks", "dinas", "lain")
    roster = [
        (f"Orang {_letters(place)} {chance.choice(_WORDS)}", chance.choice(kinds), f"LKS {chance.choice(_WORDS)}")
        for place in range(people)
    ]
    days = [date(2026, 5, 22) + timedelta(days=place) for place in range(sessions)]
    phases = {"pre": TEST, "post": TEST, "narasumber": SPEAKER, "penyelenggaraan": SATISFACTION}
    made = store_event(people=roster, wilayah=wilayah, phases=phases, days=days, judul=f"Bimtek acak {seed}", **fields)
    with writing() as connection:
        trail.bump(connection, "jawaban")
        speaker = {"kegiatan_id": made.event_id, "nama": "Ibu Narasumber", "instansi": "Dinas Sosial", "jabatan": None}
        speaker_id = connection.execute(
            insert(t.narasumber).values(**speaker).returning(t.narasumber.c.id)
        ).scalar_one()
        connection.execute(
            t.formulir.update().where(t.formulir.c.id == made.forms["narasumber"]).values(narasumber_id=speaker_id)
        )
        connection.execute(insert(t.sesi_narasumber).values(sesi_id=made.sessions[0], narasumber_id=speaker_id))
        for place, id in enumerate(made.people):
            for session in made.sessions:
                if chance.random() < 0.9:
                    mark = {"sesi_id": session, "peserta_id": id, "cara": "ponsel", "pada": STORED}
                    connection.execute(insert(t.kehadiran).values(**mark))
            for phase, right in (("pre", 0.45), ("post", 0.75)):
                if chance.random() < 0.92:
                    typed = {f"P{n}": "b" if chance.random() < right else "a" for n in range(1, 5)}
                    _send(connection, made, phase, id, typed, place, sum(value == "b" for value in typed.values()))
            for phase in ("narasumber", "penyelenggaraan"):
                if chance.random() < 0.8:
                    told: dict[str, Any] = {"S1": chance.randint(1, 4)}
                    if chance.random() < 0.3:
                        told["S2"] = chance.choice(_REMARKS)
                    _send(connection, made, phase, None, told, place, None)
            if chance.random() < 0.3:
                plan = {"kegiatan_id": made.event_id, "peserta_id": id, "rencana": "Melengkapi berkas",
                        "tenggat": date(2026, 8, 1), "diubah_pada": STORED}  # fmt: skip
                connection.execute(insert(t.rtl).values(**plan))
    return made


def _letters(place: int) -> str:
    """A name of its own for each, without a digit: A, B, ... Z, AA, AB, ..."""
    first, last = divmod(place, 26)
    return ("" if not first else chr(ord("A") + first - 1)) + chr(ord("A") + last)


def _send(
    connection: Any,
    made: Stored,
    phase: str,
    person: int | None,
    answers: dict[str, Any],
    place: int,
    right: int | None,
) -> None:
    row = {
        "formulir_id": made.forms[phase],
        "peserta_id": person,
        "kunci": f"{made.event_id}-{phase}-{place}",
        "sidik_isi": "x",
        "jawaban": answers,
        "poin": right,
        "poin_maks": None if right is None else 4,
        "keadaan": "terhitung",
        "diterima_pada": STORED + timedelta(seconds=place),
        "cara": "ponsel",
    }
    connection.execute(insert(t.kiriman).values(**row))
