"""The ticket of an online application: eight random characters and four that only this installation's key can make.

A guesser faces all 30^12 tickets; the server tells 809,999 of 810,000 wrong ones without looking at any list, so a limit
on failed look-ups never has to stop those who hold a right ticket behind the same address.
"""

import hmac
import secrets

from domain.bimtek import ALPHABET, clean_code

TICKET_KEY = "tiket-pengajuan"  # the purpose of the key that the check characters are made with
_RANDOM, _CHECK, _GROUP = 8, 4, 4
TICKET_LENGTH = _RANDOM + _CHECK


def new_ticket(key: bytes) -> str:
    """A new ticket, as it is kept."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(_RANDOM))
    return body + _check(body, key)


def clean_ticket(typed: str) -> str:
    """The ticket as it is kept: capitals, without the spaces and dashes people type."""
    return clean_code(typed[:64])


def well_formed(ticket: str, key: bytes) -> bool:
    """True when a cleaned ticket could be one of this installation's: right length, letters and check characters."""
    if len(ticket) != TICKET_LENGTH or any(c not in ALPHABET for c in ticket):
        return False
    return hmac.compare_digest(_check(ticket[:_RANDOM], key), ticket[_RANDOM:])


def shown_ticket(ticket: str) -> str:
    """The ticket in three groups of four, as people write it down."""
    return "-".join(ticket[start : start + _GROUP] for start in range(0, len(ticket), _GROUP))


def _check(body: str, key: bytes) -> str:
    number = int.from_bytes(hmac.digest(key, b"tiket-pengajuan:" + body.encode(), "sha256")[:8], "big")
    base = len(ALPHABET)
    return "".join(ALPHABET[number // base**place % base] for place in range(_CHECK))
