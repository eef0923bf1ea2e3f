"""The public check of a certificate: what the paper says, to whoever holds its code; wrong codes are counted."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data_access import secrets
from data_access.commands import applications as commands
from data_access.engine import reading, writing
from data_access.queries import applications as notes
from data_access.queries import certificates as queries
from domain import certificate as rules
from domain.errors import SignInRefused, TooManyAttempts
from services import clock

# As for tickets: codes that could be ours and are nobody's, and those that could not, each per minute.
ADDRESS_LIMIT, ALL_LIMIT, MINUTE = 20, 300, timedelta(minutes=1)
KEEP_NOTES = timedelta(hours=1)
_CODE, _SHAPE = "sertifikat", "sertifikat_bentuk"


@dataclass(frozen=True)
class Checked:
    """What a check tells. nama is None unless the person agreed; dicabut_pada: since when it no longer holds."""

    nomor: str
    nama: str | None
    judul: str
    penyelenggara: str
    mulai: date
    selesai: date
    tempat: str | None
    jp: float | None
    tanggal: date
    contoh: bool
    dicabut_pada: datetime | None
    wilayah: str


def by_code(typed: str, address: str) -> Checked:
    """What stands on the certificate with this code.

    SignInRefused for a code that no certificate has, TooManyAttempts beyond the limits. Every code costs the same look-ups,
    so that the time of an answer tells nothing of how near it came.
    """
    code, now = rules.cleaned(typed), clock.now()
    possible = rules.well_formed(code, secrets.derived(rules.CODE_KEY))
    what = _CODE if possible else _SHAPE
    with reading() as connection:
        own, everybody = notes.noted(connection, what, address, now - MINUTE)
        row = queries.by_mark(connection, secrets.fingerprint(code))
    if own >= ADDRESS_LIMIT or everybody >= ALL_LIMIT:
        raise TooManyAttempts(int(MINUTE.total_seconds()))
    if row is None or not possible:
        with writing() as connection:
            commands.note(connection, what, address, now, now - KEEP_NOTES)
        raise SignInRefused("sertifikat_tidak_dikenal")
    told = {name: value for name, value in row.items() if name not in ("tampil_nama", "zona")}
    return Checked(**told | {"nama": row["nama"] if row["tampil_nama"] else None})
