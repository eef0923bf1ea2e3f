"""Who has earned a certificate of a Bimtek, how many JP it tells, and the code it is checked by.

The share of sessions that must have been attended is a setting of each event; what it starts with is an assumption
(DOMAIN E4: often 80 to 90 percent).
"""

import hmac
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain import figures
from domain.bimtek import ALPHABET, clean_code

CODE_KEY = "kode-sertifikat"  # the purpose of the key that the check characters are made with
_RANDOM, _CHECK, _GROUP = 12, 4, 4
CODE_LENGTH = _RANDOM + _CHECK
SAMPLE_FROM = 90_000  # numbers of invented events start above this: real ones are never counted on from them


@dataclass(frozen=True)
class Earned:
    """What one person attended of the sessions that count; alasan: codes of what stands against a certificate."""

    hadir: int
    dari: int
    jp: float | None
    materi: tuple[tuple[str, float | None], ...]
    alasan: tuple[str, ...]


def earned(
    sessions: Sequence[Mapping[str, Any]], attended: Collection[int], limit: int, finished: bool, standing: bool
) -> Earned:
    """What somebody earned who was marked in the sessions `attended` of an event whose limit is a percentage.

    Only sessions that count (dihitung) make the share, the list of subjects and the JP; JP are None when no attended
    session has any. `standing`: a certificate was issued already and not withdrawn.
    """
    counted = [one for one in sessions if one["dihitung"]]
    own = [one for one in counted if one["id"] in attended]
    reasons = []
    if not finished:
        reasons.append("kegiatan_belum_selesai")
    if not counted:
        reasons.append("tanpa_sesi")
    elif len(own) * 100 < limit * len(counted) or not own:
        reasons.append("kurang_hadir")
    if standing:
        reasons.append("sudah_terbit")
    hours = [one["jp"] for one in own if one["jp"] is not None]
    subjects = tuple((one["materi"], one["jp"]) for one in own)
    return Earned(len(own), len(counted), sum(hours) if hours else None, subjects, tuple(reasons))


def hours(value: float | None) -> str:
    """JP as they are printed: 2 as "2", 1.5 as "1,5", "-" for none."""
    if value is None or float(value).is_integer():
        return figures.integer(value)
    return figures.decimal(value, 1 if (value * 10).is_integer() else 2)


def next_numbers(last: int | None, count: int, sample: bool) -> range:
    """The running numbers that follow the last one of a region and year, without a gap."""
    first = (last if last is not None else SAMPLE_FROM if sample else 0) + 1
    return range(first, first + count)


def new_code(key: bytes) -> str:
    """A new code, as it is kept: twelve random characters and four that only this installation's key can make."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(_RANDOM))
    return body + _check(body, key)


def cleaned(typed: str) -> str:
    """The code as it is kept: capitals, without the spaces and dashes people type; at most 64 characters are read."""
    return clean_code(typed[:64])


def well_formed(code: str, key: bytes) -> bool:
    """True when a cleaned code could be one of this installation's: right length, letters and check characters."""
    if len(code) != CODE_LENGTH or any(c not in ALPHABET for c in code):
        return False
    return hmac.compare_digest(_check(code[:_RANDOM], key), code[_RANDOM:])


def shown_code(code: str) -> str:
    """The code in four groups of four, as it is printed."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def _check(body: str, key: bytes) -> str:
    number = int.from_bytes(hmac.digest(key, b"kode-sertifikat:" + body.encode(), "sha256")[:8], "big")
    base = len(ALPHABET)
    return "".join(ALPHABET[number // base**place % base] for place in range(_CHECK))
