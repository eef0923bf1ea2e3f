"""Documents of the register: issued once as a frozen report, then made into files as often as they are asked for."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data_access.commands import documents as commands
from data_access.commands import trail
from data_access.engine import reading, writing
from data_access.queries import documents as queries
from data_access.workbooks.table import tables_workbook
from domain.errors import NotFound, StoreRefused
from domain.filenames import dated
from domain.filters import Filters
from domain.permissions import Actor, Permission, require
from reports import pdf, sheets
from reports.model import from_data
from services import accounts, clock, document_drafts, downloads

FORMATS = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
KINDS = tuple(document_drafts.KINDS)


@dataclass(frozen=True)
class File:
    """A document in one format: the name it is saved under, its media type and its bytes."""

    name: str
    mime: str
    content: bytes


def issue(by: Actor, jenis: str, filters: Filters, token: str, on: date | None = None) -> int:
    """Freezes a document as it stands and returns its number; a second call with the token issues nothing."""
    require(by, Permission.EXPORT_REGISTER)
    draft, now = document_drafts.build(by, jenis, filters, on or clock.today()), clock.now()
    content = draft.frozen()
    with writing() as connection:
        trail.bump(connection, "dokumen")
        trail.claim(connection, token, "terbit_dokumen", now)
        number = commands.add(
            connection,
            {
                "jenis": jenis,
                "wilayah": draft.wilayah,
                "judul": draft.judul,
                "per_tanggal": draft.on,
                "isi": content,
                "sidik": digest(content),
                "contoh": draft.contoh,
                "dibuat_pada": now,
                "dibuat_oleh": by.username,
            },
        )
        told = {"jenis": jenis, "judul": draft.judul, "per_tanggal": draft.on}
        place = draft.wilayah or None
        trail.record(connection, trail.audit_row(by, now, "tambah", "dokumen", number, wilayah=place, after=told))
        if not draft.contoh:
            accounts.close_sample_sign_in_in(connection)
    return number


def digest(content: Mapping[str, Any]) -> str:
    """The SHA-256 of a frozen document, the same whatever order a store gives its names back in."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def files(by: Actor, dokumen_id: int, format: str, jenis: str | None = None) -> File:
    """An issued document in a format, the same bytes each time for PDF; leaves an audit row.

    NotFound outside the actor's region, or for a document of another kind than `jenis`; StoreRefused when what was
    frozen is no longer what it was.
    """
    require(by, Permission.EXPORT_REGISTER)
    with reading() as connection:
        found = queries.one(connection, by.scope, dokumen_id)
    if found is None or format not in FORMATS or jenis not in (None, found["jenis"]):
        raise NotFound()
    if digest(found["isi"]) != found["sidik"]:
        raise StoreRefused("dokumen_rusak", nomor=dokumen_id)
    name = dated(found["jenis"].replace("_", "-"), found["isi"]["tempat"], found["per_tanggal"], format)
    content = _written(found["isi"], found["judul"], found["dibuat_pada"], format)
    with writing() as connection:
        told = {"berkas": name, "bentuk": format}
        place = found["wilayah"] or None
        row = trail.audit_row(by, clock.now(), "ekspor", "dokumen", dokumen_id, wilayah=place, after=told)
        trail.record(connection, row)
    return File(name, FORMATS[format], content)


def _written(content: Mapping[str, Any], title: str, made: datetime, format: str) -> bytes:
    if format == "pdf":
        return pdf.render(from_data(content["laporan"]), made)
    tables = [sheets.from_data(one) for one in content["lembar"]]
    return tables_workbook(
        title, [(one.nama, [field.judul for field in one.kolom], one.baris) for one in tables], content["tentang"]
    )


def deliver(by: Actor, dokumen_id: int, format: str) -> str:
    """Makes the file and returns the address that only this person fetches it from."""
    require(by, Permission.EXPORT_REGISTER)
    made = files(by, dokumen_id, format)
    return downloads.put(by, made.name, made.content, made.mime)
