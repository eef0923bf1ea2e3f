"""The LKKS of a region as a page shows it, and which regions have one; nobody's phone is read here in clear unseen."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from data_access.commands import trail
from data_access.engine import reading, writing
from data_access.queries import letters as letter_queries
from data_access.queries import lkks as queries
from data_access.queries import programs as program_queries
from data_access.queries import references
from data_access.queries import wilayah as wilayah_queries
from domain.errors import NotFound
from domain.lkks import runs, term_state
from domain.permissions import Actor, Permission, Scope, require
from domain.personal import mask
from domain.wilayah import level, short_name
from services import clock

Row = dict[str, Any]
LEVELS = ("nasional", "provinsi", "kabkota")
COVERAGE = ("kode", "nama", "ada", "masa_sampai", "contoh")
_OPENED = ("telepon", "email")


@dataclass(frozen=True)
class Profile:
    """Everything one page shows of an LKKS; phones and addresses of mail are masked."""

    record: Row
    term: str  # kosong, lewat, segera, berjalan
    days_left: int | None
    bidang: list[Row]
    pengurus: list[Row]
    program: list[Row]  # of this LKKS, in its own region
    kemitraan: list[Row]
    surat: list[Row]  # about LKS that the reader may see


def own_region(by: Actor) -> str:
    """The region whose LKKS is the actor's own; "" for the whole country."""
    return by.scope.root or ""


def listed(by: Actor) -> list[Row]:
    """wilayah, nama, masa_sampai and contoh of every LKKS of the actor's region, by the code of its region."""
    require(by, Permission.VIEW_LKKS)
    with reading() as connection:
        rows = queries.listed(connection, by.scope)
    return [{name: row[name] for name in ("wilayah", "nama", "masa_sampai", "contoh")} for row in rows]


def profile(by: Actor, wilayah: str) -> Profile | None:
    """The LKKS of a region; None when the region has none yet, NotFound outside the actor's region."""
    require(by, Permission.VIEW_LKKS)
    if not by.scope.covers(wilayah or None):
        raise NotFound()
    today = clock.today()
    with reading() as connection:
        record = queries.one(connection, by.scope, wilayah)
        if record is None:
            return None
        lkks_id, scope = record["id"], by.scope
        programs = program_queries.listed(connection, scope)
        letters = letter_queries.listed(connection, scope)
        until = record["masa_sampai"]
        return Profile(
            record=_masked(record),
            term=term_state(until, today),
            days_left=(until - today).days if until else None,
            bidang=queries.fields_of_work(connection, scope, lkks_id),
            pengurus=[_masked(row) for row in queries.officers(connection, scope, lkks_id)],
            program=[row for row in programs if row["pemilik"] == "lkks" and row["wilayah"] == wilayah],
            kemitraan=queries.partnerships(connection, scope, lkks_id),
            surat=[row for row in letters if row["lkks_id"] == lkks_id],
        )


def _masked(row: Row) -> Row:
    return row | {name: mask(name, row[name]) for name in _OPENED if name in row}


def coverage(by: Actor, wilayah: str) -> pd.DataFrame:
    """Which regions right below one have an LKKS: kode, nama, ada, masa_sampai, contoh, by code.

    Provinces for "", kab/kota for a province, nothing below a kab/kota; NotFound outside the actor's region.
    """
    require(by, Permission.VIEW_LKKS)
    if not by.scope.covers(wilayah or None):
        raise NotFound()
    if level(wilayah or None) not in ("nasional", "provinsi"):
        return pd.DataFrame(columns=list(COVERAGE))
    with reading() as connection:
        below = wilayah_queries.children(connection, wilayah or None, clock.today())
        have = {row["wilayah"]: row for row in queries.listed(connection, Scope(wilayah or None))}
    rows = []
    for kode, jenis, nama in zip(below["kode"], below["jenis"], below["nama"], strict=True):
        found = have.get(kode)
        until = found["masa_sampai"] if found else None
        rows.append((kode, short_name(jenis, nama), found is not None, until, bool(found and found["contoh"])))
    return pd.DataFrame(rows, columns=list(COVERAGE)).astype({"masa_sampai": object})


def psks_kinds(by: Actor, wilayah: str) -> dict[str, str]:
    """code -> name of the kinds of PSKS that a partnership may be with."""
    require(by, Permission.VIEW_LKKS)
    with reading() as connection:
        rows = references.options(connection, "psks", clock.today(), wilayah or None)
    return {row["kode"]: row["nama"] for row in rows}


def reveal(by: Actor, wilayah: str, field: str, officer_id: int | None = None) -> str | None:
    """A masked phone or address of mail in clear, of the LKKS or of one of its officers, after the look was written down.

    Open to whoever may reveal personal data in the region, and to the LKKS itself; NotPermitted for the others.
    """
    own = by.may(Permission.MANAGE_LKKS) and runs(by, wilayah)
    if not own:
        require(by, Permission.REVEAL_PERSONAL)
    if field not in _OPENED or not by.scope.covers(wilayah or None):
        raise NotFound()
    with writing() as connection:
        record = queries.one(connection, by.scope, wilayah)
        if record is None:
            raise NotFound()
        found: Row | None = record
        if officer_id is not None:
            officers = queries.officers(connection, by.scope, record["id"])
            found = next((row for row in officers if row["id"] == officer_id), None)
        if found is None or field not in found:
            raise NotFound()
        told = {"bidang": field} | ({} if officer_id is None else {"pengurus": officer_id})
        thing = ("buka_data_pribadi", "lkks", record["id"])
        row = trail.audit_row(by, clock.now(), *thing, wilayah=wilayah or None, after=told)
        trail.record(connection, row)
    value: str | None = found[field]
    return value
