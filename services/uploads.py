"""Uploaded files on their way to being read: kept privately in the data directory and swept away within the hour."""

import secrets
import time
from pathlib import Path

import settings
from domain.errors import FileRefused
from domain.permissions import Actor, Permission, require

_KEEP_SECONDS = 3600
MAX_BYTES = 25 * 2**20


def _folder() -> Path:
    folder = settings.load().data_dir / "unggahan"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def keep(by: Actor, content: bytes, file_name: str) -> Path:
    """Writes an upload under a name of ours and returns its path; the user's name only lends its ending."""
    require(by, Permission.IMPORT_REGISTER)
    if len(content) > MAX_BYTES:
        raise FileRefused("berkas_terlalu_besar", mb=len(content) // 2**20, batas=MAX_BYTES // 2**20)
    folder, horizon = _folder(), time.time() - _KEEP_SECONDS
    for old in folder.iterdir():
        if old.stat().st_mtime < horizon:
            old.unlink(missing_ok=True)
    ending = ".csv" if file_name.lower().endswith(".csv") else ".xlsx"
    path = folder / (secrets.token_hex(16) + ending)
    path.write_bytes(content)
    return path


def forget(path: Path) -> None:
    """Removes an upload that is no longer needed."""
    path.unlink(missing_ok=True)
