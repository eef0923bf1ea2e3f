"""The bytes of documents handed in online: one file per upload in the data directory, read by nobody but the server.

What was acknowledged is on the disk: every append is flushed to it before the function returns.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import settings
from domain.errors import NotFound, StoreUnavailable

_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PIECE = 1 << 20


def _folder() -> Path:
    folder = settings.load().data_dir / "pengajuan"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def path_of(kunci: str) -> Path:
    """Where the file of an upload lies, whether it exists or not; NotFound for what is no upload key."""
    name = kunci.lower()
    if not _KEY.fullmatch(name):
        raise NotFound()
    return _folder() / name


def length(kunci: str) -> int:
    """How many bytes of an upload are on the disk; 0 when there is none."""
    path = path_of(kunci)
    return path.stat().st_size if path.is_file() else 0


def append(kunci: str, offset: int, content: bytes) -> int:
    """Writes a piece at `offset`, flushed to the disk, and returns the new length.

    What lies beyond the offset was never acknowledged and is cut off; when the file is shorter than the offset nothing
    is written and its length is returned. StoreUnavailable when the disk does not take it.
    """
    path = path_of(kunci)
    try:
        new = not path.exists()
        with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
            found = file.seek(0, os.SEEK_END)
            if found < offset:
                return found
            file.truncate(offset)
            file.seek(offset)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if new:
            _sync_folder(path.parent)
    except OSError as error:
        raise StoreUnavailable("simpanan_penuh_berkas") from error
    return offset + len(content)


def read(kunci: str) -> bytes:
    """The whole file; NotFound when there is none."""
    try:
        return path_of(kunci).read_bytes()
    except FileNotFoundError as error:
        raise NotFound() from error


def digest(kunci: str) -> str:
    """The SHA-256 of the file in hex; NotFound when there is none."""
    found = hashlib.sha256()
    try:
        with path_of(kunci).open("rb") as file:
            while piece := file.read(_PIECE):
                found.update(piece)
    except FileNotFoundError as error:
        raise NotFound() from error
    return found.hexdigest()


def replace(kunci: str, content: bytes) -> None:
    """Puts another content in the file's place: at every moment the old or the new one is there as a whole."""
    path = path_of(kunci)
    beside = path.with_suffix(".baru")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
        _sync_folder(path.parent)
    except OSError as error:
        raise StoreUnavailable("simpanan_penuh_berkas") from error


def remove(kunci: str) -> None:
    """Deletes the file of an upload; there may be none."""
    path_of(kunci).unlink(missing_ok=True)


def stray(known: Iterable[str], older_than: float) -> list[str]:
    """The keys of files that belong to no upload of `known` and were last written before a moment (POSIX seconds)."""
    kept = {key.lower() for key in known}
    listed = [path for path in _folder().iterdir() if _KEY.fullmatch(path.stem) and path.stem not in kept]
    return sorted({path.stem for path in listed if path.stat().st_mtime < older_than and not path.suffix})


def free_bytes() -> int:
    """How many bytes are free where the files lie."""
    return shutil.disk_usage(_folder()).free


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # a folder cannot be opened there; NTFS journals names by itself
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
