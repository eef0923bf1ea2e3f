"""Instruments: form definitions as versioned data, drafted, published for good, copied, and handed out as files."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import settings
from data_access.commands import instruments as commands
from data_access.commands import trail
from data_access.engine import Connection, reading, writing
from data_access.queries import instruments as queries
from data_access.queries import wilayah as wilayah_queries
from data_access.workbooks import read_form_template, write_form_template, write_xlsform
from domain.errors import FileRefused, InvalidInput, NotFound, NotPermitted, Problem, StaleEdit
from domain.forms import definition, parsing
from domain.forms.definition import Form
from domain.permissions import Actor, Permission, require
from services import blank_form, clock, ready_made

Row = dict[str, Any]
MAX_BYTES = 5 * 2**20


@dataclass(frozen=True)
class Instrument:
    """One instrument with its versions, the newest first; a version tells id, nomor, sidik, terbit_pada, versi, formulir
    (how many forms use it) and butir (how many items it has), never the definition itself."""

    record: Row
    versions: list[Row]

    @property
    def draft(self) -> Row | None:
        """The version that is still being written."""
        return next((row for row in self.versions if row["terbit_pada"] is None), None)

    @property
    def published(self) -> Row | None:
        """The newest published version."""
        return next((row for row in self.versions if row["terbit_pada"] is not None), None)


@dataclass(frozen=True)
class Read:
    """A form out of a file, and what is worth knowing about the file."""

    form: Form
    warnings: tuple[Problem, ...] = ()


# --- reads -----------------------------------------------------------------------------------------------------------


def listed(by: Actor, archived: bool = False) -> list[Row]:
    """The instruments that the actor may see, ready-made first, with the columns of queries.instruments.listed."""
    require(by, Permission.VIEW_EVENTS)
    ready_made.load()
    with reading() as connection:
        return queries.listed(connection, by.scope, archived=archived)


def usable(by: Actor) -> list[Row]:
    """What an event may use: the newest published version of each kept instrument, as a Bimtek needs them one by one.

    id (of the version), instrumen_id, kode, judul, jenis, bawaan, nomor; of a kind the ready-made ones first.
    """
    require(by, Permission.VIEW_EVENTS)
    ready_made.load()
    with reading() as connection:
        found = queries.published_forms(connection, by.scope)
    return sorted(found, key=lambda row: definition.FORM_KINDS.index(row["jenis"]))


def get(by: Actor, instrument_id: int) -> Instrument:
    """One instrument with its versions; NotFound when it is not the actor's to see."""
    require(by, Permission.VIEW_EVENTS)
    with reading() as connection:
        row = _found(connection, by, instrument_id)
        versions = queries.versions(connection, by.scope, instrument_id)
    names = ("id", "nomor", "sidik", "terbit_pada", "versi", "formulir")
    return Instrument(row, [{n: v[n] for n in names} | {"butir": _count(v["definisi"])} for v in versions])


def _count(stored: Mapping[str, Any]) -> int:
    return sum(len(section.get("butir", ())) for section in stored.get("bagian", ()))


def form(by: Actor, version_id: int) -> Form:
    """The whole definition of a version, the key included, for those who make instruments."""
    require(by, Permission.MANAGE_INSTRUMENTS)
    return _form(by, version_id)


def preview(by: Actor, version_id: int) -> Row:
    """A version as a participant sees it: definition.public, without key, points and aims."""
    require(by, Permission.VIEW_EVENTS)
    return definition.public(_form(by, version_id))


def _form(by: Actor, version_id: int) -> Form:
    with reading() as connection:
        return parsing.from_mapping(_version(connection, by, version_id)["definisi"])


def toml(by: Actor, version_id: int) -> str:
    """A version as a TOML text, the key included, that read_file reads back to an equal definition."""
    return parsing.to_toml(form(by, version_id))


def xlsform(by: Actor, version_id: int) -> bytes:
    """A version as an XLSForm workbook for other collectors; without key, points and aims."""
    require(by, Permission.VIEW_EVENTS)
    return write_xlsform.xlsform(_form(by, version_id))


def blank(by: Actor, version_id: int) -> bytes:
    """A version as an HTML file to print and fill in by hand; without key, points and aims."""
    require(by, Permission.VIEW_EVENTS)
    found = _form(by, version_id)
    return blank_form.page(found, found.judul, anonymous=found.anonim)


def template(by: Actor, version_id: int | None = None) -> bytes:
    """The Excel template to build a form in; filled with a version, the key included, when one is given."""
    require(by, Permission.MANAGE_INSTRUMENTS)
    return write_form_template.form_template(None if version_id is None else _form(by, version_id))


def read_file(by: Actor, content: bytes, name: str) -> Read:
    """The form that an uploaded TOML file or filled template describes.

    FileRefused for a file that is neither or cannot be read; InvalidInput names every mistake at its place.
    """
    require(by, Permission.MANAGE_INSTRUMENTS)
    if len(content) > MAX_BYTES:
        raise FileRefused("berkas_terlalu_besar", mb=-(-len(content) // 2**20), batas=MAX_BYTES // 2**20)
    ending = name.lower().rpartition(".")[2]
    if ending == "toml":
        try:
            return Read(parsing.from_toml(content.decode("utf-8")))
        except UnicodeDecodeError as error:
            raise FileRefused("instrumen_bukan_teks", nilai=name[-80:]) from error
    if ending != "xlsx":
        raise FileRefused("instrumen_berkas_asing", nilai=name[-80:])
    folder = settings.load().data_dir / "unggahan"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, kept = tempfile.mkstemp(suffix=".xlsx", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        found = read_form_template.read_form_template(Path(kept))
    finally:
        Path(kept).unlink(missing_ok=True)
    return Read(found.form, found.warnings)


def check(by: Actor, data: Mapping[str, Any]) -> Form:
    """The form that plain values describe; InvalidInput names every mistake at its place."""
    require(by, Permission.MANAGE_INSTRUMENTS)
    return parsing.from_mapping(data)


def changeable(record: Mapping[str, Any], by: Actor) -> bool:
    """True when the instrument is the actor's own to change: not ready-made, and of the actor's region."""
    own = not record["bawaan"] and by.scope.covers(record["wilayah"])
    return own and by.may(Permission.MANAGE_INSTRUMENTS)


# --- writes ----------------------------------------------------------------------------------------------------------


@contextmanager
def _saving(by: Actor, token: str, aksi: str) -> Iterator[tuple[Connection, datetime]]:
    require(by, Permission.MANAGE_INSTRUMENTS)
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "kegiatan")
        trail.claim(connection, token, aksi, now)
        yield connection, now


def _found(connection: Connection, by: Actor, instrument_id: int) -> Row:
    row = queries.instrument(connection, by.scope, instrument_id)
    if row is None:
        raise NotFound("instrumen_tidak_ada")
    return row


def _version(connection: Connection, by: Actor, version_id: int) -> Row:
    row = queries.version(connection, by.scope, version_id)
    if row is None:
        raise NotFound("instrumen_tidak_ada")
    return row


def _own(by: Actor, row: Row) -> Row:
    """The row again when the actor may change it."""
    if row["bawaan"]:
        raise NotPermitted("instrumen_bawaan")
    if not by.scope.covers(row["wilayah"]):
        raise NotPermitted("instrumen_bukan_milik")
    return row


def _draft(connection: Connection, by: Actor, version_id: int, version: int) -> Row:
    """A draft of the actor's own as seen at `version`."""
    row = _own(by, _version(connection, by, version_id))
    if row["terbit_pada"] is not None:
        raise NotPermitted("instrumen_sudah_terbit")
    if row["versi"] != version:
        raise StaleEdit()
    return row


def _audit(
    connection: Connection,
    by: Actor,
    now: datetime,
    aksi: str,
    row: Mapping[str, Any],
    instrument_id: int,
    before: Any,
    after: Any,
) -> None:
    """Tells titles, numbers and digests; a definition holds the key and never comes into the trail."""
    entry = trail.audit_row(
        by, now, aksi, "instrumen", instrument_id, wilayah=row["wilayah"], before=before, after=after
    )
    trail.record(connection, entry)


def _told(found: Form) -> Row:
    return {
        "judul": found.judul,
        "jenis": found.jenis,
        "nomor": found.versi,
        "butir": len(definition.items(found)),
        "sidik": definition.digest(found),
    }


def _free_code(connection: Connection, kode: str) -> str:
    number, free = 1, kode
    while queries.code_taken(connection, free):
        number += 1
        free = f"{kode[:55]}_{number}"
    return free


def add(by: Actor, found: Form, wilayah: str | None, token: str) -> int:
    """Stores a definition as the first draft of a new instrument of a region and returns the instrument's id.

    A code that is taken gets a number. Only a national account may leave the region open, for everybody.
    """
    with _saving(by, token, "instrumen_tambah") as (connection, now):
        return _add(connection, now, by, found, wilayah, "tambah", None)


def _add(
    connection: Connection, now: datetime, by: Actor, found: Form, wilayah: str | None, aksi: str, source: Any
) -> int:
    place = wilayah or by.scope.root
    if not by.scope.covers(place):
        raise NotFound("wilayah_di_luar", kode=place)
    if place is not None and not wilayah_queries.exists(connection, place):
        raise InvalidInput([Problem("wilayah", place, "kegiatan_wilayah_tidak_dikenal")])
    stored = replace(found, versi=1, kode=_free_code(connection, found.kode))
    head = {"kode": stored.kode, "judul": stored.judul, "jenis": stored.jenis, "wilayah": place, "dibuat_pada": now}
    instrument_id = commands.add(connection, head)
    ready_made.add_version(connection, instrument_id, stored, None)
    _audit(connection, by, now, aksi, head, instrument_id, source, {"kode": stored.kode} | _told(stored))
    return instrument_id


def duplicate(by: Actor, version_id: int, title: str, wilayah: str | None, token: str) -> int:
    """Makes an own instrument of any version, as a draft with a title of its own, and returns the instrument's id."""
    with _saving(by, token, "instrumen_gandakan") as (connection, now):
        row = _version(connection, by, version_id)
        data = dict(row["definisi"]) | {"judul": title}
        found = parsing.from_mapping(data)
        return _add(connection, now, by, found, wilayah, "gandakan", {"id": row["instrumen_id"], "nomor": row["nomor"]})


def new_version(by: Actor, instrument_id: int, token: str, found: Form | None = None) -> int:
    """Starts the next version of an own instrument as a draft and returns the version's id.

    It starts from `found`, or from the newest version as it is. InvalidInput when a draft is there already.
    """
    with _saving(by, token, "instrumen_versi_baru") as (connection, now):
        row = _own(by, _found(connection, by, instrument_id))
        versions = queries.versions(connection, by.scope, instrument_id)
        if any(version["terbit_pada"] is None for version in versions):
            raise InvalidInput([Problem("versi", "", "instrumen_draf_sudah_ada")])
        base = found or parsing.from_mapping(versions[0]["definisi"])
        _same_kind(row, versions, base)
        stored = replace(base, kode=row["kode"], versi=versions[0]["nomor"] + 1)
        version_id = ready_made.add_version(connection, instrument_id, stored, None)
        _audit(connection, by, now, "versi_baru", row, instrument_id, None, _told(stored))
    return version_id


def _same_kind(row: Row, versions: list[Row], found: Form) -> None:
    """Raises InvalidInput when a published instrument would become one of another kind."""
    if found.jenis != row["jenis"] and any(version["terbit_pada"] is not None for version in versions):
        raise InvalidInput([Problem("jenis", found.jenis, "instrumen_jenis_tetap", {"jenis": row["jenis"]})])


def save_draft(by: Actor, version_id: int, version: int, found: Form, token: str) -> None:
    """Replaces the definition of a draft as seen at `version`; its code and number stay."""
    with _saving(by, token, "instrumen_ubah") as (connection, now):
        row = _draft(connection, by, version_id, version)
        old = parsing.from_mapping(row["definisi"])
        versions = queries.versions(connection, by.scope, row["instrumen_id"])
        _same_kind(row, versions, found)
        stored = replace(found, kode=row["kode"], versi=row["nomor"])
        if stored == old:
            return
        digest = definition.digest(stored)
        if not commands.change_draft(connection, version_id, version, parsing.to_mapping(stored), digest):
            raise StaleEdit()
        if len(versions) == 1:
            _retitle(connection, by, row["instrumen_id"], stored)
        _audit(connection, by, now, "ubah", row, row["instrumen_id"], _told(old), _told(stored))


def _retitle(connection: Connection, by: Actor, instrument_id: int, stored: Form) -> None:
    """Gives the instrument the title and kind of a definition."""
    head = _found(connection, by, instrument_id)
    if (head["judul"], head["jenis"]) != (stored.judul, stored.jenis):
        commands.change(connection, instrument_id, head["versi"], {"judul": stored.judul, "jenis": stored.jenis})


def publish(by: Actor, version_id: int, version: int, token: str) -> None:
    """Publishes a draft: from now on events may use it and nobody can change it."""
    with _saving(by, token, "instrumen_terbitkan") as (connection, now):
        row = _draft(connection, by, version_id, version)
        stored = parsing.from_mapping(row["definisi"])
        if not commands.publish(connection, version_id, version, definition.digest(stored), now):
            raise StaleEdit()
        _retitle(connection, by, row["instrumen_id"], stored)
        _audit(connection, by, now, "terbitkan_instrumen", row, row["instrumen_id"], None, _told(stored))


def drop_draft(by: Actor, version_id: int, version: int, token: str) -> None:
    """Throws a draft away; an instrument that never had a published version goes with it."""
    with _saving(by, token, "instrumen_hapus") as (connection, now):
        row = _draft(connection, by, version_id, version)
        old = parsing.from_mapping(row["definisi"])
        if not commands.remove_draft(connection, version_id, version):
            raise StaleEdit()
        if not queries.versions(connection, by.scope, row["instrumen_id"]):
            commands.remove(connection, row["instrumen_id"])
        _audit(connection, by, now, "hapus", row, row["instrumen_id"], _told(old), None)


def archive(by: Actor, instrument_id: int, version: int, token: str) -> None:
    """Takes an own instrument off the lists; events that use it go on using it."""
    _archive(by, instrument_id, version, token, True)


def restore(by: Actor, instrument_id: int, version: int, token: str) -> None:
    """Puts an archived instrument back on the lists."""
    _archive(by, instrument_id, version, token, False)


def _archive(by: Actor, instrument_id: int, version: int, token: str, away: bool) -> None:
    with _saving(by, token, "instrumen_arsip" if away else "instrumen_pulihkan") as (connection, now):
        row = _own(by, _found(connection, by, instrument_id))
        if away == (row["diarsipkan_pada"] is not None):
            return
        at = now if away else None
        if not commands.change(connection, instrument_id, version, {"diarsipkan_pada": at}):
            raise StaleEdit()
        aksi = "arsip" if away else "pulihkan"
        before, after = {"diarsipkan_pada": row["diarsipkan_pada"]}, {"diarsipkan_pada": at}
        _audit(connection, by, now, aksi, row, instrument_id, before, after)
