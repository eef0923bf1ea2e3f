"""Photographed documents on their way in: piece by piece, going on where they stopped, proved when they are whole.

A piece is acknowledged after it lies on the disk and its transaction is committed. A file is whole when its length and
SHA-256 are those that were announced with its first piece, and it is what it said it was. Uploads may come before the
application that they belong to; when that never comes they are removed.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from data_access import photographs, submitted_files
from data_access.commands import applications as commands
from data_access.commands import trail
from data_access.engine import Connection, reading, writing
from data_access.queries import applications as queries
from domain.errors import AlreadyDone, FileRefused, NotFound, NotPermitted, StoreUnavailable, TooManyAttempts
from domain.pengajuan import CHUNK, FILE_KINDS, MOST_BYTES, MOST_FILES, OPEN
from domain.wilayah import lineage
from services import application_clock, downloads, intake, intake_store
from services.application_fields import DOOR

DAY, ORPHAN_DAYS = timedelta(days=1), timedelta(days=7)
ANNOUNCED = timedelta(hours=1)  # for so long a size that was only announced holds its place
# Bytes: of one address within a day (about fifty applications of ten photographs), of everything that nobody has looked
# at, and what must stay free on the disk whatever comes.
ADDRESS_BYTES, UNSEEN_BYTES, FREE_BYTES = 200_000_000, 2_000_000_000, 500_000_000
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CODE = re.compile(r"[a-z0-9_]{1,60}")
_SWEEP_EVERY = timedelta(hours=1)
_proving = Lock()


@dataclass(frozen=True)
class Announced:
    """What the first piece says of the whole file."""

    application_key: str
    syarat: str
    name: str
    mime: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Progress:
    """How many bytes have arrived, and whether the file is whole and proved."""

    until: int
    done: bool

    def body(self) -> dict[str, Any]:
        """The answer as JSON values."""
        return {"sampai": self.until, "selesai": self.done}


class WrongOffset(AlreadyDone):
    """A piece that does not follow what has arrived; `progress` says where to go on."""

    code = "berkas_bukan_dari_sini"

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        super().__init__(None, sampai=progress.until)


def state(kunci: str) -> Progress:
    """How far an upload has come; nothing has arrived of one that nobody knows."""
    with reading() as connection:
        row = queries.file(connection, intake.key_of(kunci).lower())
    return Progress(row["diterima"], row["selesai"]) if row else Progress(0, False)


def put(kunci: str, offset: int, content: bytes, announced: Announced | None, address: str) -> Progress:
    """Stores a piece that begins at `offset` and returns how far the upload has come.

    The first piece brings `announced`; a repeated one may. WrongOffset says where to go on; FileRefused ends the upload.
    """
    key = intake.key_of(kunci).lower()
    if len(content) > CHUNK:
        raise FileRefused("potongan_terlalu_besar", batas=CHUNK)
    if announced is not None:
        announced = _sound(announced)
    now = intake_store.moment()
    _sweep_now_and_then(now)
    wrong: Progress | None = None
    with writing() as connection:
        row = queries.file(connection, key)
        if row is None:
            row = _begin(connection, key, offset, announced, address, now)
        elif announced is not None and not _same(row, announced):
            raise AlreadyDone("kunci_berkas_sudah_dipakai")
        if row["selesai"]:
            return Progress(row["diterima"], True)
        here = min(int(row["diterima"]), submitted_files.length(key))
        if here < row["diterima"]:  # the file was lost or cut short behind our back: it is sent again from there
            commands.advance_file(connection, key, row["diterima"], here)
        if offset != here:
            wrong = Progress(here, False)
        elif offset + len(content) > row["ukuran"]:
            raise FileRefused("berkas_melebihi_ukuran")
        elif not commands.advance_file(connection, key, offset, offset + len(content)):
            wrong = Progress(here, False)
        else:
            # Before the commit: what it would acknowledge lies on the disk already, and what it does not is cut off.
            here = submitted_files.append(key, offset, content)
    if wrong is not None:
        raise WrongOffset(wrong)
    return _finish(key) if here == row["ukuran"] else Progress(here, False)


def _sound(given: Announced) -> Announced:
    """The announcement with tidy values; refused when it is of no kind, size or paper that is taken."""
    if given.mime not in FILE_KINDS:
        raise FileRefused("berkas_jenis_tidak_diterima")
    if not 0 < given.size <= MOST_BYTES:
        raise FileRefused("berkas_daring_terlalu_besar", mb=MOST_BYTES // 1_000_000)
    if not _SHA256.fullmatch(given.sha256.lower()) or not _CODE.fullmatch(given.syarat):
        raise FileRefused("berkas_keterangan_keliru")
    application_key = intake.key_of(given.application_key).lower()
    name = downloads.clean_name(given.name) if given.name.strip() else "berkas"
    return Announced(application_key, given.syarat, name, given.mime, given.size, given.sha256.lower())


def _same(row: dict[str, Any], given: Announced) -> bool:
    said = (given.application_key, given.syarat, given.mime, given.size, given.sha256)
    return said == tuple(row[name] for name in ("pengajuan_kunci", "syarat", "mime", "ukuran", "sidik"))


def _begin(
    connection: Connection, key: str, offset: int, given: Announced | None, address: str, now: datetime
) -> dict[str, Any]:
    if offset != 0:
        raise WrongOffset(Progress(0, False))
    if given is None:
        raise NotFound("berkas_belum_diumumkan")
    application = queries.by_key(connection, given.application_key)
    if application is not None and application["status"] not in OPEN:
        raise NotPermitted("pengajuan_sudah_selesai")
    if not queries.known_paper(connection, given.syarat):
        raise FileRefused("berkas_keterangan_keliru")
    if len(queries.files(connection, given.application_key)) >= MOST_FILES:
        raise FileRefused("berkas_terlalu_banyak", batas=MOST_FILES)
    if queries.bytes_from(connection, address, now - DAY) + given.size > ADDRESS_BYTES:
        raise TooManyAttempts(int(_SWEEP_EVERY.total_seconds()))
    if queries.bytes_unseen(connection, now - ANNOUNCED) + given.size > UNSEEN_BYTES:
        raise StoreUnavailable("simpanan_penuh_berkas")
    if submitted_files.free_bytes() < FREE_BYTES + given.size:
        raise StoreUnavailable("simpanan_penuh_berkas")
    submitted_files.remove(key)  # of an upload that was forgotten, and whose bytes were not removed in time
    values: dict[str, Any] = {
        "kunci": key,
        "pengajuan_kunci": given.application_key,
        "pengajuan_id": application["id"] if application else None,
        "syarat": given.syarat,
        "nama": given.name,
        "mime": given.mime,
        "ukuran": given.size,
        "diterima": 0,
        "sidik": given.sha256,
        "selesai": False,
        "keadaan": "menunggu",
        "dibuat_pada": now,
        "alamat": address,
    }
    commands.add_file(connection, values)
    return values


def _finish(key: str) -> Progress:
    # One at a time: a picture unpacked takes up to 100 MB, and a repeated last piece must not prove a file that the
    # first one is just writing anew.
    with _proving:
        return _prove(key)


def _prove(key: str) -> Progress:
    """Proves a file of which all bytes have arrived; FileRefused forgets it."""
    with reading() as connection:
        row = queries.file(connection, key)
    if row is None:
        raise NotFound("berkas_belum_diumumkan")
    if row["selesai"]:
        return Progress(row["ukuran"], True)
    try:
        if submitted_files.digest(key) != row["sidik"]:
            raise FileRefused("berkas_sidik_berbeda")
        content = submitted_files.read(key)
        clean = photographs.clean(content, row["mime"])
    except FileRefused:
        with writing() as connection:
            commands.drop_files(connection, [key])
        submitted_files.remove(key)
        raise
    if clean != content:
        submitted_files.replace(key, clean)
    now = intake_store.moment()
    with writing() as connection:
        trail.bump(connection, "pengajuan")
        row = queries.file(connection, key) or row
        if commands.finish_file(connection, key):
            _note_whole(connection, row, len(clean), now)
    return Progress(row["ukuran"], True)


def _note_whole(connection: Connection, row: dict[str, Any], kept: int, now: datetime) -> None:
    application = queries.by_key(connection, str(row["pengajuan_kunci"]))
    told = {"berkas": row["id"], "syarat": row["syarat"], "mime": row["mime"], "ukuran": row["ukuran"]}
    # Not the application's key: whoever has it may add papers, and the trail is read by people who may not.
    told |= {"disimpan": kept, "sidik": row["sidik"]}
    region = lineage(application["kode_wilayah"])[1] if application else None
    number = application["id"] if application else None
    trail.record(
        connection, trail.audit_row(DOOR, now, "unggah_daring", "pengajuan", number, wilayah=region, after=told)
    )
    if application is not None:
        application_clock.start_if_complete(connection, application["id"], now)


_swept: dict[str, datetime] = {}


def _sweep_now_and_then(now: datetime) -> None:
    folder = str(submitted_files.path_of("00000000-0000-0000-0000-000000000000").parent)
    if now - _swept.get(folder, datetime.min.replace(tzinfo=now.tzinfo)) >= _SWEEP_EVERY:
        _swept[folder] = now
        sweep(now)


def sweep(now: datetime) -> int:
    """Removes uploads whose application did not come within a week, and bytes of none; gives how many.

    Where older uploads came from is forgotten, too.
    """
    with writing() as connection:
        gone = queries.orphans(connection, now - ORPHAN_DAYS)
        commands.drop_files(connection, gone)
        commands.forget_addresses(connection, now - DAY)
        known = queries.file_keys(connection)
    gone += submitted_files.stray([*known, *gone], (now - DAY).timestamp())
    for key in gone:
        submitted_files.remove(key)
    return len(gone)
