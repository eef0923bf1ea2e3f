"""Recommendation letters of an LKKS for an LKS: asked for, issued or refused, withdrawn; only within its own region."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from data_access.commands import letters as commands
from data_access.commands import trail
from data_access.engine import Connection, reading, writing
from data_access.queries import letters as queries
from data_access.queries import lkks as lkks_queries
from data_access.queries.records import Record
from domain.errors import InvalidInput, NotFound, NotPermitted, Problem, StaleEdit
from domain.lkks import LETTER_STEPS, require_run
from domain.permissions import Actor, Permission, Scope, require
from domain.typed_values import Field, check
from services import accounts, clock, entries, keeping
from services import profile as profiles

Row = dict[str, Any]
REQUEST = {"perihal": Field(limit=300, required=True), "diajukan_pada": Field("past", required=True)}
ISSUE = {
    "nomor": Field(limit=120, required=True),
    "tanggal": Field("past", required=True),
    "berlaku_sampai": Field("day"),
    "penandatangan": Field(limit=120, required=True),
}


def listed(by: Actor) -> list[Row]:
    """The letters about LKS of the actor's region, those that wait first, each with its LKS and its LKKS."""
    require(by, Permission.VIEW_LKKS)
    with reading() as connection:
        return queries.listed(connection, by.scope)


def request(by: Actor, wilayah: str, lks: int | str, values: Mapping[str, Any], token: str) -> int:
    """Notes that an LKS asks the LKKS of a region for a letter (perihal, diajukan_pada) and returns its id.

    NotFound for an LKS outside the region of that LKKS; one letter of an LKS waits at a time.
    """
    require_run(by, Permission.MANAGE_LKKS, wilayah)
    with _saving("surat_ajukan", token) as (connection, now):
        lkks = lkks_queries.one(connection, by.scope, wilayah)
        if lkks is None:
            raise NotFound("lkks_belum_ada")
        record = profiles.locate(connection, Scope(wilayah or None), lks)
        keeping.kept(record)
        if lkks["contoh"] != record["contoh"]:
            raise NotPermitted("surat_contoh_dan_nyata")
        stored, problems = check(REQUEST, values, clock.today(), whole=True)
        if queries.waiting(connection, lkks["id"], record["id"]):
            problems.append(Problem("perihal", record["kode_lks"], "surat_masih_menunggu"))
        if problems:
            raise InvalidInput(problems)
        row = {"lkks_id": lkks["id"], "lks_id": record["id"], **stored, "status": "diajukan"}
        row |= {"contoh": record["contoh"], "dibuat_pada": now, "diubah_pada": now}
        letter_id = commands.add(connection, row)
        told = {"lks": record["kode_lks"], **stored, "status": "diajukan"}
        _audit(connection, by, now, "ajukan_surat", letter_id, record["kabkota_kode"], None, told)
        keeping.touch(connection, record)
    return letter_id


def issue(by: Actor, letter_id: int, version: int, values: Mapping[str, Any], token: str) -> None:
    """Issues a letter with nomor (once per LKKS), tanggal, berlaku_sampai and penandatangan; from then on it is a paper."""
    with _step(by, letter_id, version, "diterbitkan", token) as (connection, now, letter):
        if letter["diarsipkan_pada"] is not None:
            raise NotPermitted("lks_diarsipkan")
        stored, problems = check(ISSUE, values, clock.today(), whole=True)
        on, until = stored.get("tanggal"), stored.get("berlaku_sampai")
        if isinstance(on, date) and isinstance(until, date) and until <= on:
            problems.append(Problem("berlaku_sampai", until.isoformat(), "berakhir_sebelum_mulai"))
        if isinstance(on, date) and on < letter["diajukan_pada"]:
            problems.append(Problem("tanggal", on.isoformat(), "surat_sebelum_diajukan"))
        number = stored.get("nomor")
        if number and queries.number_taken(connection, letter["lkks_id"], number, letter_id):
            problems.append(Problem("nomor", number, "surat_nomor_dipakai"))
        if problems:
            raise InvalidInput(problems)
        _advance(connection, by, now, letter, "terbitkan_surat", stored | {"status": "diterbitkan"}, None)


def refuse(by: Actor, letter_id: int, version: int, reason: str | None, token: str) -> None:
    """Refuses a letter that waits, with a reason."""
    with _step(by, letter_id, version, "ditolak", token) as (connection, now, letter):
        why = entries.given_reason(reason)
        _advance(connection, by, now, letter, "tolak_surat", {"status": "ditolak", "alasan": why}, why)


def withdraw(by: Actor, letter_id: int, version: int, reason: str | None, token: str) -> None:
    """Withdraws an issued letter with a reason: from then on it counts as no paper of the LKS."""
    with _step(by, letter_id, version, "dicabut", token) as (connection, now, letter):
        why = entries.given_reason(reason)
        _advance(connection, by, now, letter, "cabut_surat", {"status": "dicabut", "alasan": why}, why)


@contextmanager
def _saving(aksi: str, token: str) -> Iterator[tuple[Connection, datetime]]:
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "lkks", "register")  # a letter is a paper of the register's LKS
        trail.claim(connection, token, aksi, now)
        yield connection, now


@contextmanager
def _step(
    by: Actor, letter_id: int, version: int, state: str, token: str
) -> Iterator[tuple[Connection, datetime, Record]]:
    require(by, Permission.MANAGE_LKKS)
    with _saving("surat_" + state, token) as (connection, now):
        letter = queries.one(connection, by.scope, letter_id)
        if letter is None:
            raise NotFound()
        require_run(by, Permission.MANAGE_LKKS, letter["lkks_wilayah"])
        if letter["versi"] != version:
            raise StaleEdit()
        if state not in LETTER_STEPS[letter["status"]]:
            raise NotPermitted("surat_langkah_keliru", status=letter["status"])
        yield connection, now, letter


def _advance(
    connection: Connection, by: Actor, now: datetime, letter: Row, aksi: str, values: Row, reason: str | None
) -> None:
    if not commands.change(connection, letter["id"], letter["versi"], values | {"diubah_pada": now}):
        raise StaleEdit()
    before = {name: letter[name] for name in values}
    _audit(connection, by, now, aksi, letter["id"], letter["kabkota_kode"], before, values, reason)
    if not letter["contoh"]:
        accounts.close_sample_sign_in_in(connection)


def _audit(
    connection: Connection,
    by: Actor,
    now: datetime,
    aksi: str,
    letter_id: int,
    place: str,
    before: Row | None,
    after: Row,
    reason: str | None = None,
) -> None:
    thing = (aksi, "surat_rekomendasi", letter_id)
    row = trail.audit_row(by, now, *thing, wilayah=place, before=before, after=after, reason=reason)
    trail.record(connection, row)
