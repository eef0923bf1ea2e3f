"""Writes of certificates; the commit is the caller's."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, update

from data_access import secrets
from data_access.queries import certificates as queries
from data_access.tables_dokumen import sertifikat
from domain import certificate as rules


def add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Stores certificates, each with a new code kept as keyed hash and encrypted, and returns their ids in order."""
    key, codes = secrets.derived(rules.CODE_KEY), dict[str, str]()
    while len(codes) < len(rows):
        made = {
            secrets.fingerprint(code): code for code in (rules.new_code(key) for _ in range(len(rows) - len(codes)))
        }
        taken = queries.marks_in_use(connection, list(made))
        codes |= {mark: code for mark, code in made.items() if mark not in taken}
    found = []
    for row, (mark, code) in zip(rows, codes.items(), strict=True):
        values = {**row, "sidik_kode": mark, "kode_sandi": secrets.seal(code)}
        found.append(
            int(connection.execute(insert(sertifikat).values(**values).returning(sertifikat.c.id)).scalar_one())
        )
    return found


def withdraw(connection: Connection, certificate_id: int, version: int, at: datetime, reason: str) -> bool:
    """Withdraws a standing certificate that is still at `version`; False when it moved on."""
    s = sertifikat.c
    where = (s.id == certificate_id, s.versi == version, s.dicabut_pada.is_(None))
    values = {"dicabut_pada": at, "alasan_cabut": reason, "versi": version + 1}
    return connection.execute(update(sertifikat).where(*where).values(**values)).rowcount == 1
