"""Programs of the Dinas and of the LKKS: each kept by its own side, read by everybody of the region."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from data_access.commands import programs as commands
from data_access.commands import trail
from data_access.engine import Connection, reading, writing
from data_access.queries import lkks as lkks_queries
from data_access.queries import programs as queries
from data_access.queries import references
from data_access.queries import wilayah as wilayah_queries
from domain.errors import InvalidInput, NotFound, Problem, StaleEdit
from domain.lkks import ACTIVITIES, APPROACHES, PARTNERS, PROGRAM_STATES, runs
from domain.permissions import Actor, Permission, Scope, require
from domain.typed_values import Field, check
from services import accounts, clock, entries

Row = dict[str, Any]
LISTS = {"bentuk": "bentuk_pelayanan", "kluster": "kluster", "sumber_dana": "sumber_bantuan"}
KEEPERS = {"dinas": Permission.MANAGE_PROGRAMS, "lkks": Permission.MANAGE_LKKS}
MOST_PARTNERS = 50
_PARTNER = {
    "jenis": Field("choice", required=True, options=PARTNERS),
    "nama": Field(required=True),
    "peran": Field(limit=300),
    "nilai": Field("rupiah"),
}


def may_keep(by: Actor, pemilik: str, wilayah: str) -> bool:
    """True when the actor may write programs of this owner in a region: the Dinas its own, an LKKS its own."""
    if pemilik not in KEEPERS or not by.may(KEEPERS[pemilik]):
        return False
    return runs(by, wilayah) if pemilik == "lkks" else by.scope.covers(wilayah or None)


def listed(by: Actor) -> list[Row]:
    """The programs that work in the actor's region, newest year first, each with `mitra`, its partners."""
    require(by, Permission.VIEW_REGISTER)
    with reading() as connection:
        return queries.listed(connection, by.scope)


def get(by: Actor, program_id: int) -> Row:
    """One program with its partners; NotFound outside the actor's region."""
    require(by, Permission.VIEW_REGISTER)
    with reading() as connection:
        found = queries.one(connection, by.scope, program_id)
    if found is None:
        raise NotFound()
    return found


def choices(by: Actor, wilayah: str) -> dict[str, dict[str, str]]:
    """code -> name of each list that a program's entries offer in a region: bentuk, kluster, sumber_dana."""
    require(by, Permission.VIEW_REGISTER)
    with reading() as connection:
        return _choices(connection, wilayah)


def _choices(connection: Connection, wilayah: str) -> dict[str, dict[str, str]]:
    today = clock.today()
    lists = {name: references.options(connection, of, today, wilayah or None) for name, of in LISTS.items()}
    return {name: {row["kode"]: row["nama"] for row in rows} for name, rows in lists.items()}


def _spec(connection: Connection, pemilik: str, wilayah: str) -> dict[str, Field]:
    offered = {name: tuple(codes) for name, codes in _choices(connection, wilayah).items()}
    own = pemilik == "lkks"
    return {
        "nama": Field(limit=300, required=True),
        "tahun": Field("year", required=True),
        "bentuk": Field("many", required=True, options=offered["bentuk"]),
        "kegiatan": Field("many", required=own, options=ACTIVITIES if own else ()),
        "pendekatan": Field("choice", options=APPROACHES),
        "sasaran": Field(limit=300),
        "kluster": Field("choice", options=offered["kluster"]),
        "anggaran": Field("rupiah"),
        "realisasi": Field("rupiah"),
        "sumber_dana": Field("choice", options=offered["sumber_dana"]),
        "status": Field("choice", required=True, options=PROGRAM_STATES),
        "catatan": Field("long", 2000),
    }


def _checked(
    connection: Connection, pemilik: str, wilayah: str, values: Mapping[str, Any], whole: bool
) -> tuple[Row, list[Row] | None]:
    """(fields, partners or None where none were given); InvalidInput tells every refused entry."""
    given = {name: value for name, value in values.items() if name != "mitra"}
    stored, problems = check(_spec(connection, pemilik, wilayah), given, clock.today(), whole)
    partners: list[Row] | None = None
    if "mitra" in values:
        partners = []
        rows: Sequence[Mapping[str, Any]] = values["mitra"] or []
        if len(rows) > MOST_PARTNERS:
            problems.append(
                Problem("mitra", str(len(rows)), "program_mitra_terlalu_banyak", {"batas": str(MOST_PARTNERS)})
            )
        for row in rows[:MOST_PARTNERS]:
            kept, wrong = check(_PARTNER, row, clock.today(), whole=True)
            problems += [Problem("mitra", one.value, one.code, one.facts) for one in wrong]
            partners.append(kept)
    if problems:
        raise InvalidInput(problems)
    return stored, partners


@contextmanager
def _writing(by: Actor, pemilik: str, aksi: str, token: str) -> Iterator[tuple[Connection, datetime]]:
    if pemilik not in KEEPERS:
        raise NotFound()
    require(by, KEEPERS[pemilik])
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "lkks")
        trail.claim(connection, token, aksi, now)
        yield connection, now


def create(by: Actor, pemilik: str, wilayah: str, values: Mapping[str, Any], token: str) -> int:
    """Stores a program of an owner (dinas, lkks) in a region and returns its id; NotFound for a region that is not theirs."""
    with _writing(by, pemilik, "program_tambah", token) as (connection, now):
        if not may_keep(by, pemilik, wilayah):
            raise NotFound("wilayah_di_luar", kode=wilayah or "Indonesia")
        if wilayah and not wilayah_queries.exists(connection, wilayah):
            raise NotFound("wilayah_tidak_dikenal", kode=wilayah)
        stored, partners = _checked(connection, pemilik, wilayah, values, whole=True)
        owner = lkks_queries.one(connection, Scope(wilayah or None), wilayah) if pemilik == "lkks" else None
        sample = bool(owner and owner["contoh"])  # what a sample LKKS does is a sample too, and goes with it
        row = {
            "pemilik": pemilik,
            "wilayah": wilayah,
            **stored,
            "contoh": sample,
            "dibuat_pada": now,
            "diubah_pada": now,
        }
        program_id = commands.add(connection, row)
        commands.set_partners(connection, program_id, partners or [])
        told = {"pemilik": pemilik} | {name: value for name, value in stored.items() if value not in (None, [])}
        told |= {"mitra": partners} if partners else {}
        thing = ("tambah", "program", program_id)
        trail.record(connection, trail.audit_row(by, now, *thing, wilayah=wilayah or None, after=told))
        if not sample:
            accounts.close_sample_sign_in_in(connection)
    return program_id


def edit(by: Actor, pemilik: str, program_id: int, version: int, values: Mapping[str, Any], token: str) -> None:
    """Changes the given fields of a program; `mitra`, where given, replaces its partners. StaleEdit when others were faster."""
    with _writing(by, pemilik, "program_ubah", token) as (connection, now):
        before = _mine(connection, by, pemilik, program_id)
        if before["versi"] != version:
            raise StaleEdit()
        stored, partners = _checked(connection, pemilik, before["wilayah"], values, whole=False)
        changed = {name: value for name, value in stored.items() if before[name] != value}
        was = {name: before[name] for name in changed}
        old = [{name: row[name] for name in _PARTNER} for row in before["mitra"]]
        moved = partners is not None and partners != old
        if not changed and not moved:
            return
        if not commands.change(connection, program_id, version, changed | {"diubah_pada": now}):
            raise StaleEdit()
        told: Row = dict(changed)
        if moved and partners is not None:
            commands.set_partners(connection, program_id, partners)
            told, was = told | {"mitra": partners}, was | {"mitra": old}
        place = before["wilayah"] or None
        trail.record(
            connection, trail.audit_row(by, now, "ubah", "program", program_id, wilayah=place, before=was, after=told)
        )


def remove(by: Actor, pemilik: str, program_id: int, version: int, reason: str | None, token: str) -> None:
    """Takes a program out with a reason; the trail keeps it. One that was carried out is better set to `batal`."""
    with _writing(by, pemilik, "program_hapus", token) as (connection, now):
        before = _mine(connection, by, pemilik, program_id)
        why = entries.given_reason(reason)
        if not commands.remove(connection, program_id, version):
            raise StaleEdit()
        left_out = ("id", "versi", "dibuat_pada", "diubah_pada", "mitra", "contoh", "wilayah")
        was = {name: value for name, value in before.items() if name not in left_out and value not in (None, [])}
        place = before["wilayah"] or None
        trail.record(
            connection, trail.audit_row(by, now, "hapus", "program", program_id, wilayah=place, before=was, reason=why)
        )


def _mine(connection: Connection, by: Actor, pemilik: str, program_id: int) -> Row:
    """A program of this owner that the actor keeps; NotFound alike when there is none and when it is another's."""
    found = queries.one(connection, by.scope, program_id)
    if found is None or found["pemilik"] != pemilik or not may_keep(by, pemilik, found["wilayah"]):
        raise NotFound()
    return found
