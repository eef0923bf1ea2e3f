"""Fields kept encrypted: the key is a file in the data directory, outside the database and its backups."""

import hashlib
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

import settings
from domain.errors import StoreRefused

_KEY_FILE = "kunci-data.key"


@lru_cache(maxsize=4)
def _keys(path: Path) -> tuple[Fernet, bytes]:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = Fernet.generate_key() + b"\n" + secrets.token_hex(32).encode() + b"\n"
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process was first: its key is the one
            pass
        else:
            with os.fdopen(handle, "wb") as file:
                file.write(made)
    parts = path.read_bytes().split()
    try:
        sealing, hashing = parts
        return Fernet(sealing), bytes.fromhex(hashing.decode("ascii"))
    except ValueError as error:  # too few parts, or not the letters a key is made of
        raise StoreRefused("kunci_data_rusak", berkas=path.name) from error


def exist() -> bool:
    """True when this data directory already has its keys, which means that it has been in use."""
    return (settings.load().data_dir / _KEY_FILE).exists()


def _pair() -> tuple[Fernet, bytes]:
    return _keys(settings.load().data_dir / _KEY_FILE)


def seal(text: str) -> str:
    """The text encrypted; only this installation's key opens it."""
    return _pair()[0].encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text that was sealed; StoreRefused when the key is not the one it was sealed with."""
    try:
        return _pair()[0].decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise StoreRefused("kunci_data_lain") from error


def fingerprint(text: str) -> str:
    """A keyed hash: equal texts have equal fingerprints, and nobody without the key can try texts out."""
    return hmac.new(_pair()[1], text.encode(), hashlib.sha256).hexdigest()


def derived(purpose: str) -> bytes:
    """A key for one purpose, made from this installation's own; keys of different purposes tell nothing of each other."""
    return hmac.digest(_pair()[1], b"tujuan:" + purpose.encode(), "sha256")
