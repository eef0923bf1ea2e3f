"""The minutes of a meeting as documents made on demand, and the Word template that an office may replace by its own.

Each LKKS may keep a template of its own; who works for the whole country keeps the one of everybody without an own.
"""

import json
import os
import secrets
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import settings
from data_access.assets import ASSETS
from data_access.commands import trail
from data_access.engine import writing
from domain.errors import FileRefused
from domain.filenames import dated
from domain.permissions import Actor, Permission, require
from reports import minutes as documents
from reports.docx import MIME
from services import clock, downloads, meetings, wording
from services import identity as offices

PDF = "application/pdf"
_SHIPPED = ASSETS / "templates"


@dataclass(frozen=True)
class TemplateState:
    """Whose template fills the minutes: that of `wilayah` ("" is the whole country), kept at a moment; None: as shipped."""

    wilayah: str | None
    kept: datetime | None
    own: bool  # the actor's own one, which may be taken back


def minutes_pdf(by: Actor, rapat_id: int) -> str:
    """Makes the minutes as PDF and returns the address they are fetched from; NotFound outside the actor's region."""
    return _made(by, rapat_id, "pdf", PDF, lambda data, identity: documents.pdf(data, identity, _labels()))


def minutes_docx(by: Actor, rapat_id: int) -> str:
    """The same as a Word document, from the office's template."""

    def make(data: Mapping[str, Any], identity: Mapping[str, Any]) -> bytes:
        template, kept = _template_of(data["rapat"]["wilayah"])
        try:
            return documents.docx(data, template, identity, _labels())
        except FileRefused as error:
            # It was filled once, when it was kept: the office needs to hear about the template, not about this meeting.
            if kept:
                raise FileRefused("templat_rusak_saat_dipakai") from error
            raise

    return _made(by, rapat_id, "docx", MIME, make)


def _made(
    by: Actor, rapat_id: int, ending: str, mime: str, make: Callable[[Mapping[str, Any], Mapping[str, Any]], bytes]
) -> str:
    require(by, Permission.VIEW_MEETINGS)
    data = meetings.minutes(by, rapat_id)
    meeting = data["rapat"]
    identity = _identity(meeting)
    content = make(data, identity)
    name = dated("notulen", meeting["wilayah_kata"], date.fromisoformat(meeting["tanggal"]), ending)
    address = downloads.put(by, name, content, mime)
    with writing() as connection:
        told = {"berkas": name, "bentuk": ending}
        row = trail.audit_row(
            by, clock.now(), "ekspor", "rapat", rapat_id, wilayah=meeting["wilayah"] or None, after=told
        )
        trail.record(connection, row)
    return address


def _identity(meeting: Mapping[str, Any]) -> dict[str, Any]:
    """The letterhead: what the LKKS kept for the day of the meeting, else its name and what that means below it."""
    office = offices.of(meeting["wilayah"], "lkks", date.fromisoformat(meeting["tanggal"]))
    if office is not None:
        return {"nama": office.nama, "baris": [line for line in office.lines if line != office.nama]}
    place = meeting["wilayah_kata"]
    full = _labels()["lkks"].format(wilayah=place)
    name = meeting["lkks"] or full
    return {"nama": name, "baris": [] if name == full else [full]}


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((wording.TEXTS / "notulen.toml").read_text(encoding="utf-8"))


def _labels() -> dict[str, Any]:
    found: dict[str, Any] = _words()["dokumen"]
    return found


# --- the template ----------------------------------------------------------------------------------------------------


def template(by: Actor) -> bytes:
    """The template that fills the minutes of the actor's region now, to be edited in Word."""
    require(by, Permission.VIEW_MEETINGS)
    return _template_of(by.scope.root or "")[0]


def template_state(by: Actor) -> TemplateState:
    """Whose template that is."""
    require(by, Permission.VIEW_MEETINGS)
    wilayah = by.scope.root or ""
    for place in dict.fromkeys((wilayah, "")):
        path = _path(place)
        if path.is_file():
            kept = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            return TemplateState(place, kept, place == wilayah and by.may(Permission.MANAGE_MEETINGS))
    return TemplateState(None, None, False)


def keep_template(by: Actor, content: bytes, token: str) -> None:
    """Keeps a Word document as the template of the actor's region; FileRefused says what is wrong with it."""
    require(by, Permission.MANAGE_MEETINGS)
    sample = _sample()
    documents.accept(content, sample, _identity(sample["rapat"]), _labels())
    path = _path(by.scope.root or "")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _change(by, "ubah", token, {"bita": len(content)}, lambda: os.replace(made, path))
    finally:
        made.unlink(missing_ok=True)


def forget_template(by: Actor, token: str) -> None:
    """Goes back to the template that ships (or to that of the whole country)."""
    require(by, Permission.MANAGE_MEETINGS)
    path = _path(by.scope.root or "")
    _change(by, "hapus", token, None, lambda: path.unlink(missing_ok=True))


def _change(by: Actor, aksi: str, token: str, after: Mapping[str, Any] | None, act: Callable[[], None]) -> None:
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "rapat")
        trail.claim(connection, token, f"templat_{aksi}", now)
        row = trail.audit_row(by, now, aksi, "templat", "notulen", wilayah=by.scope.root, after=after)
        trail.record(connection, row)
        act()  # last: when it fails, nothing was written down either


def _path(wilayah: str) -> Path:
    return settings.load().data_dir / "templat" / (f"notulen_{wilayah}.docx" if wilayah else "notulen.docx")


def _template_of(wilayah: str) -> tuple[bytes, bool]:
    """(template, True when an office kept it) for the LKKS of a region: its own, everybody's, the one that ships."""
    for place in dict.fromkeys((wilayah, "")):
        path = _path(place)
        if path.is_file():
            return path.read_bytes(), True
    return (_SHIPPED / "notulen.docx").read_bytes(), False


@cache
def _sample() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((_SHIPPED / "notulen_contoh.json").read_text(encoding="utf-8"))
    return found
