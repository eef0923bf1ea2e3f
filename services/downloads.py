"""Files to fetch once: kept on disk for a quarter of an hour, for the session of one person only.

Streamlit's own media store needs no sign-in and may mix up large files of two sessions, so exports go through here.
"""

import hashlib
import json
import os
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import settings
from domain.errors import NotFound, NotPermitted
from domain.permissions import Actor
from services import clock

LIFETIME = timedelta(minutes=15)
MAX_FILES = 20  # per person; the oldest go first
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


@dataclass(frozen=True)
class Download:
    """A kept file: where it lies, the name it is saved under, its media type and the SHA-256 of its content."""

    path: Path
    name: str
    mime: str
    sha256: str


def _folder() -> Path:
    folder = settings.load().data_dir / "unduhan"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


def clean_name(name: str) -> str:
    """`name` without folders, control and bidirectional marks or quotes, at most 120 characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(c for c in last if c.isprintable() and c not in '";<>:|?*\u200e\u200f').strip(". ")
    stem, dot, ending = kept.rpartition(".")
    return f"{stem[:110]}{dot}{ending[:10]}" if dot else (kept[:120] or "berkas")


def put(by: Actor, name: str, content: bytes, mime: str) -> str:
    """Keeps a file for its maker and returns the address it is fetched from."""
    if by.user_id is None:
        raise NotPermitted()
    folder, now = _folder(), clock.now()
    _sweep(folder, now, by.user_id)
    token = secrets.token_urlsafe(24)
    sha256 = hashlib.sha256(content).hexdigest()
    key = hashlib.sha256(token.encode()).hexdigest()
    about = {
        "pengguna": by.user_id,
        "nama": clean_name(name),
        "mime": mime,
        "sha256": sha256,
        "sampai": (now + LIFETIME).isoformat(),
    }
    _write(folder / f"{key}-{sha256}.isi", content)
    _write(folder / f"{key}.json", json.dumps(about, ensure_ascii=False).encode())  # last: now it can be found
    return f"/unduh/{token}"


def get(by: Actor, token: str) -> Download:
    """The file that `by` keeps under the token; NotFound alike when it is another's, expired, damaged or unknown."""
    if not _TOKEN.fullmatch(token):
        raise NotFound("unduhan_tidak_ada")
    folder, key = _folder(), hashlib.sha256(token.encode()).hexdigest()
    about = _about(folder / f"{key}.json")
    if about is None or about["pengguna"] != by.user_id or datetime.fromisoformat(about["sampai"]) <= clock.now():
        raise NotFound("unduhan_tidak_ada")
    path = folder / f"{key}-{about['sha256']}.isi"
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != about["sha256"]:
        raise NotFound("unduhan_tidak_ada")
    return Download(path, about["nama"], about["mime"], about["sha256"])


def _about(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    complete = isinstance(found, dict) and {"pengguna", "nama", "mime", "sha256", "sampai"} <= found.keys()
    return found if complete else None


def _sweep(folder: Path, now: datetime, user_id: int) -> None:
    """Removes what has expired, what a crash left half made, and what one person keeps beyond the limit."""
    own: list[tuple[str, Path]] = []
    for note in folder.glob("*.json"):
        about = _about(note)
        if about is None or datetime.fromisoformat(about["sampai"]) <= now:
            _remove(folder, note)
        elif about["pengguna"] == user_id:
            own.append((about["sampai"], note))
    for _, note in sorted(own)[: max(0, len(own) - MAX_FILES + 1)]:
        _remove(folder, note)
    for content in folder.glob("*.isi"):
        note = folder / f"{content.name.partition('-')[0]}.json"
        age = now.timestamp() - content.stat().st_mtime if content.exists() else 0
        if not note.exists() and age > LIFETIME.total_seconds():
            content.unlink(missing_ok=True)


def _remove(folder: Path, note: Path) -> None:
    note.unlink(missing_ok=True)
    for content in folder.glob(f"{note.stem}-*.isi"):
        content.unlink(missing_ok=True)
