"""What a Bimtek is made of: its states, the phases of its forms, and the personal codes participants answer with."""

import hmac
import secrets
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

PURPOSES = ("bimtek", "penguatan_kelembagaan")
STATES = ("disiapkan", "berjalan", "selesai", "dikunci")
ZONES: dict[str, str] = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
KINDS_OF_PARTICIPANT = ("lks", "lkks", "dinas", "lain")
PHASES = (
    "pre",
    "post",
    "narasumber",
    "penyelenggaraan",
    "kepuasan",
    "kompetensi_pre",
    "kompetensi_post",
    "rtl",
    "pasca3",
    "pasca6",
)
PAIRS = {"pre": "post", "kompetensi_pre": "kompetensi_post"}
FORM_STATES = ("disiapkan", "dibuka", "ditutup")
# terhitung: in the results; revisi: kept, another one of the person counts; menunggu: late, until the trainer accepts
# it; ditolak: late and not accepted; dibatalkan: taken out by a reset with a logged reason.
ANSWER_STATES = ("terhitung", "revisi", "menunggu", "ditolak", "dibatalkan")
WAYS = ("ponsel", "pindai", "kios", "petugas", "kertas", "impor")

# 30 characters that nobody mistakes for another when read aloud or from a wall: no 0 or O, no 1, I or L, and no S beside 5.
ALPHABET = "23456789ABCDEFGHJKMNPQRTUVWXYZ"
CODE_KEY = "kode-peserta"  # the purpose of the key that the check characters are made with
_RANDOM, _CHECK = 5, 3
CODE_LENGTH = _RANDOM + _CHECK
LINK_LENGTH = 6

_NEXT: dict[str, tuple[str, ...]] = {
    "disiapkan": ("berjalan",),
    "berjalan": ("selesai", "disiapkan"),
    "selesai": ("dikunci", "berjalan"),
    "dikunci": ("selesai",),
}


def next_states(state: str) -> tuple[str, ...]:
    """The states an event may go to from `state`; the first is the ordinary way on, a second one is a way back."""
    return _NEXT[state]


def form_state(form: Mapping[str, Any], now: datetime) -> str:
    """Whether a form is "disiapkan", "dibuka" or "ditutup" at `now`: what was set by hand, moved on by its clock."""
    status = form["status"]
    if status == "disiapkan" and form["buka_pada"] is not None and form["buka_pada"] <= now:
        status = "dibuka"
    if status == "dibuka" and form["tutup_pada"] is not None and form["tutup_pada"] <= now:
        status = "ditutup"
    return str(status)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a month that is too short."""
    first = date(day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1, 1)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


def new_code(key: bytes) -> str:
    """A new personal code: five random characters and three that only this installation's key can make.

    A guesser faces all 30^8 codes; the server tells 26,999 of 27,000 wrong ones without looking at any list, so a limit
    on failed look-ups never has to stop those who hold a right code behind the same address.
    """
    body = "".join(secrets.choice(ALPHABET) for _ in range(_RANDOM))
    return body + _check(body, key)


def new_link() -> str:
    """A short address for an event or a form."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LINK_LENGTH))


def clean_code(typed: str) -> str:
    """The code as it is kept: capitals, without the spaces and dashes people type."""
    return "".join(c for c in typed.upper() if not c.isspace() and c not in "-‐‑–—.")


def well_formed(code: str, key: bytes) -> bool:
    """True when a cleaned code could be one of this installation's: right length, letters and check characters."""
    if len(code) != CODE_LENGTH or any(c not in ALPHABET for c in code):
        return False
    return hmac.compare_digest(_check(code[:_RANDOM], key), code[_RANDOM:])


def shown_code(code: str) -> str:
    """The code in two groups of four, as printed on cards."""
    return f"{code[:4]}-{code[4:]}"


def _check(body: str, key: bytes) -> str:
    number = int.from_bytes(hmac.digest(key, b"kode-peserta:" + body.encode(), "sha256")[:8], "big")
    base = len(ALPHABET)
    return "".join(ALPHABET[number // base**place % base] for place in range(_CHECK))
