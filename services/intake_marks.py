"""What the participant's door signs: the cookie of somebody who gave a code, the mark of an opened form, receipts.

Everything here is a short text of numbers with a keyed hash behind it: nobody without this installation's key can make
one, and reading one needs no list.
"""

import base64
import binascii
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from data_access import secrets
from domain.bimtek import ALPHABET

SESSION_HOURS = 12
START_DAYS = 30  # answers kept on a phone may arrive long after the form was opened; the closing decides, not this
RECEIPT_LENGTH = 6
_SIGNATURE = 20


@dataclass(frozen=True)
class Session:
    """Somebody who gave a right code and saw the consent text (by its version); `mark` ends with that code."""

    participant_id: int
    event_id: int
    consent: str
    mark: str


@dataclass(frozen=True)
class Start:
    """A form that was opened by a person, and when; `mark` ends with the code they had then, "" proves no identity."""

    participant_id: int
    at: datetime
    mark: str = ""


def _sign(purpose: str, body: bytes) -> bytes:
    return hmac.digest(secrets.derived(purpose), body, "sha256")[:_SIGNATURE]


def pack(purpose: str, *parts: object) -> str:
    """A text that only this installation can make for a purpose; its parts can be read again with unpack()."""
    body = "\t".join(str(part) for part in parts).encode()
    return base64.urlsafe_b64encode(_sign(purpose, body) + body).decode().rstrip("=")


def unpack(purpose: str, token: str | None, count: int) -> list[str] | None:
    """The parts of what pack() made for this purpose; None for anything else."""
    if not token or len(token) > 300 or not token.isascii():
        return None
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    signature, body = raw[:_SIGNATURE], raw[_SIGNATURE:]
    if not hmac.compare_digest(signature, _sign(purpose, body)):
        return None
    parts = body.decode().split("\t")
    return parts if len(parts) == count else None


def moment_of(text: str) -> datetime:
    """The moment that milliseconds() wrote down."""
    return datetime.fromtimestamp(int(text) / 1000, UTC)


def milliseconds(at: datetime) -> int:
    """A moment as a number, whole milliseconds since 1970."""
    return round(at.timestamp() * 1000)


def session(participant_id: int, event_id: int, consent: str, at: datetime, mark: str) -> str:
    """The value of the cookie; good for SESSION_HOURS and for the forms of that event."""
    return pack("isi-sesi", participant_id, event_id, consent, milliseconds(at), mark)


def read_session(token: str | None, now: datetime) -> Session | None:
    """Whose cookie this is; None when it is not ours, or too old."""
    parts = unpack("isi-sesi", token, 5)
    if parts is None or not moment_of(parts[3]) <= now + timedelta(minutes=5) <= moment_of(parts[3]) + timedelta(
        hours=SESSION_HOURS, minutes=5
    ):
        return None
    return Session(int(parts[0]), int(parts[1]), parts[2], parts[4])


def start(form_id: int, participant_id: int, at: datetime, mark: str = "") -> str:
    """The mark that an opened form carries: proof of when, and for whom, also when the cookie is gone by then."""
    return pack("isi-mulai", form_id, participant_id, milliseconds(at), mark)


def read_start(token: str | None, form_id: int, now: datetime) -> Start | None:
    """Who opened this form when; None when the mark is not ours, of another form, or too old."""
    parts = unpack("isi-mulai", token, 4)
    if parts is None or int(parts[0]) != form_id:
        return None
    at = moment_of(parts[2])
    return Start(int(parts[1]), at, parts[3]) if at <= now <= at + timedelta(days=START_DAYS) else None


def receipt_code(kunci: str) -> str:
    """The six characters that a participant may quote; always the same for one submission key."""
    number = int.from_bytes(hmac.digest(secrets.derived("isi-terima"), kunci.encode(), "sha256")[:8], "big")
    letters = []
    for _ in range(RECEIPT_LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)


def receipt(link: str, code: str, clock_text: str, late: bool) -> str:
    """What the address of a receipt page carries: the receipt code, the time as shown, and whether it was late."""
    return pack("isi-tanda", link, code, clock_text, int(late))


def read_receipt(token: str | None) -> tuple[str, str, str, bool] | None:
    """(link, receipt code, time as shown, late) of a receipt's address; None when we did not make it."""
    parts = unpack("isi-tanda", token, 4)
    return (parts[0], parts[1], parts[2], parts[3] == "1") if parts else None


def draft_name(link: str, participant_id: int) -> str:
    """The name under which a phone keeps this person's draft of this form; tells nobody who it is."""
    return sha256(_sign("isi-draf", f"{link}\t{participant_id}".encode())).hexdigest()[:16]


def card_check(code: str) -> int:
    """A small sum of a code, as isi.js works it out: tells a phone that a scanned card is another person's."""
    number = 7
    for letter in code:
        number = (number * 31 + ord(letter)) % 65521
    return number
