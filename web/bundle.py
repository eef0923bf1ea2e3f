"""Streamlit's scripts and styles, packed once and kept in memory: 2.7 MB of a first load become 1.1 MB."""

import gzip
import hashlib
import importlib.util
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

from starlette.datastructures import Headers
from starlette.responses import Response

from web import threads

_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_YEAR = "public, max-age=31536000, immutable"  # their names carry a hash of their content


@dataclass(frozen=True)
class Packed:
    """One file as it is sent: gzipped bytes, entity tag, media type."""

    body: bytes
    etag: str
    media_type: str


@cache
def _files() -> dict[str, Path]:
    """URL path to file of every script and style that ships with Streamlit; found without importing it."""
    spec = importlib.util.find_spec("streamlit")
    if spec is None or not spec.submodule_search_locations:
        return {}
    root = Path(spec.submodule_search_locations[0]) / "static"
    found = (path for path in (root / "static").rglob("*") if path.suffix in _TYPES)
    return {"/" + path.relative_to(root).as_posix(): path for path in found}


_packed: dict[str, Packed] = {}
_lock = Lock()


def packed(path: str) -> Packed | None:
    """The packed file of a URL path, packed on first use; None when there is no such script or style."""
    file = _files().get(path)
    if file is None:
        return None
    ready = _packed.get(path)
    if ready is None:
        with _lock:  # a first load asks for eighty files at once: pack each only once, and leave a core to the rest
            ready = _packed.get(path) or _pack(file)
            _packed[path] = ready
    return ready


def _pack(file: Path) -> Packed:
    content = file.read_bytes()
    # The tag names the packed form: a client that accepts no gzip gets Streamlit's own tag and bytes.
    etag = f'"{hashlib.sha256(content).hexdigest()[:20]}-gz"'
    return Packed(gzip.compress(content, 6, mtime=0), etag, _TYPES[file.suffix])


def accepts_gzip(headers: Headers) -> bool:
    """True when Accept-Encoding names gzip (or everything) without forbidding it by q=0."""
    for part in headers.get("accept-encoding", "").lower().split(","):
        name, _, quality = part.strip().partition(";")
        if name.strip() in ("gzip", "*"):
            try:
                return float(quality.strip().removeprefix("q=") or 1) > 0
            except ValueError:
                return False
    return False


def matches(headers: Headers, etag: str) -> bool:
    """True when If-None-Match holds the tag, so that 304 is the answer."""
    tags = [tag.strip().removeprefix("W/") for tag in headers.get("if-none-match", "").split(",")]
    return etag in tags or "*" in tags


async def response(path: str, headers: Headers) -> Response | None:
    """The packed answer to a GET or HEAD of `path`; None leaves the request to Streamlit."""
    if path not in _files() or not accepts_gzip(headers):
        return None
    ready = _packed.get(path) or await threads.filing(packed, path)
    if ready is None:
        return None
    shared = {"Cache-Control": _YEAR, "ETag": ready.etag, "Vary": "Accept-Encoding"}
    if matches(headers, ready.etag):
        return Response(status_code=304, headers=shared)
    return Response(ready.body, headers=shared | {"Content-Encoding": "gzip"}, media_type=ready.media_type)
