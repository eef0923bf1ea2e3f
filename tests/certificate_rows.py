"""Events with sessions and marks that tests of certificates start from."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert, select

from data_access import secrets
from data_access import tables_bimtek as t
from data_access.engine import reading, writing
from data_access.tables_dokumen import sertifikat
from tests import bimtek_rows
from tests.bimtek_rows import STORED, Stored

LAST = date(2026, 5, 24)
SERVER = "http://192.168.1.10:8501"


def attended(stored: Stored, sessions: Mapping[int, Sequence[int]] | None = None) -> Stored:
    """The event with marks: person (place in the roster) -> places of the sessions; without it everybody in all."""
    marks = sessions if sessions is not None else dict.fromkeys(range(len(stored.people)), range(len(stored.sessions)))
    rows = [
        {"sesi_id": stored.sessions[session], "peserta_id": stored.people[person], "cara": "petugas", "pada": STORED}
        for person, places in marks.items()
        for session in places
    ]
    if rows:
        with writing() as connection:
            connection.execute(insert(t.kehadiran), rows)
    return stored


def an_event(people: int = 4, sessions: Mapping[int, Sequence[int]] | None = None, **fields: Any) -> Stored:
    """An event of two sessions with so many people from as many institutions, and their marks."""
    named = [(f"Peserta Uji {number:03}", "lks", f"LKS Uji {number:03}") for number in range(1, people + 1)]
    values: dict[str, Any] = {"phases": {}, "people": named, "status": "selesai"} | fields
    return attended(bimtek_rows.store_event(**values), sessions)


def code_of(certificate_id: int) -> str:
    """The code on the paper of a certificate."""
    query = select(sertifikat.c.kode_sandi).where(sertifikat.c.id == certificate_id)
    with reading() as connection:
        return secrets.unseal(connection.execute(query).scalar_one())


def stored() -> list[dict[str, Any]]:
    """Every certificate as it is kept, in the order of issue."""
    with reading() as connection:
        return [dict(row) for row in connection.execute(select(sertifikat).order_by(sertifikat.c.id)).mappings()]
