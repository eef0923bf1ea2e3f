"""Pilar lists: each region's own, version after version; a new one is made, none is ever changed."""

from collections.abc import Mapping, Sequence
from typing import Any

from data_access.commands import pilar as commands
from data_access.commands import trail
from data_access.engine import reading, writing
from data_access.queries import pilar as queries
from data_access.queries import wilayah as wilayah_queries
from domain.errors import InvalidInput, NotFound, Problem
from domain.names import name_key
from domain.permissions import Actor, Permission, require
from domain.pilar import UNITS, Version, code_of, versions
from domain.typed_values import Field, check
from domain.wilayah import lineage
from services import accounts, clock

MOST = 40
VERSION = {
    "versi": Field(limit=120, required=True),
    "berlaku_mulai": Field("day", required=True),
    "sumber": Field(limit=300, required=True),
    "dasar_hukum": Field(limit=200),
}
ENTRY = {"nama": Field(limit=200, required=True), "satuan": Field("choice", required=True, options=UNITS)}


def _seen(by: Actor, wilayah: str) -> bool:
    """The lists of the actor's region and of those above it, which hold there when it made none itself."""
    return by.scope.covers(wilayah or None) or wilayah in ("", *lineage(by.scope.root))


def regions(by: Actor) -> list[str]:
    """The regions with a list of their own that the actor may look at, by code."""
    require(by, Permission.VIEW_REGISTER)
    with reading() as connection:
        return [place for place in queries.regions(connection) if _seen(by, place)]


def history(by: Actor, wilayah: str) -> list[Version]:
    """Every version of a region's own list, oldest first; empty when it made none, NotFound when it may not be seen."""
    require(by, Permission.VIEW_REGISTER)
    if not _seen(by, wilayah):
        raise NotFound("wilayah_di_luar", kode=wilayah or "Indonesia")
    with reading() as connection:
        return versions(queries.rows(connection, wilayah))


def add_version(
    by: Actor, wilayah: str, values: Mapping[str, Any], entries: Sequence[Mapping[str, Any]], token: str
) -> None:
    """Stores a new version (versi, berlaku_mulai, sumber, dasar_hukum) of a region's list with its entries (nama, satuan)."""
    require(by, Permission.MANAGE_PROGRAMS)
    if not by.scope.covers(wilayah or None):
        raise NotFound("wilayah_di_luar", kode=wilayah or "Indonesia")
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "referensi")
        trail.claim(connection, token, "pilar_versi_baru", now)
        if wilayah and not wilayah_queries.exists(connection, wilayah):
            raise NotFound("wilayah_tidak_dikenal", kode=wilayah)
        stored, problems = check(VERSION, values, clock.today(), whole=True)
        before = versions(queries.rows(connection, wilayah))
        name = str(stored.get("versi") or "")
        if name and any(one.versi.casefold() == name.casefold() for one in before):
            problems.append(Problem("versi", name, "pilar_versi_sudah_ada"))
        if not entries or len(entries) > MOST:
            problems.append(Problem("isi", str(len(entries)), "pilar_isi_keliru", {"batas": str(MOST)}))
        known = queries.names(connection)
        rows: list[dict[str, Any]] = []
        for entry in entries[:MOST]:
            kept, wrong = check(ENTRY, entry, clock.today(), whole=True)
            problems += [Problem("isi", one.value, one.code, one.facts) for one in wrong]
            if wrong:
                continue
            kode = code_of(kept["nama"], known, [row["kode"] for row in rows])
            if any(name_key(row["nama"]) == name_key(kept["nama"]) for row in rows):
                problems.append(Problem("isi", kept["nama"], "pilar_dua_kali"))
            rows.append({"kode": kode, **kept})
        if problems:
            raise InvalidInput(problems)
        shared = {key: stored[key] for key in ("berlaku_mulai", "sumber", "dasar_hukum")}
        commands.add(connection, wilayah, name, [row | shared for row in rows])
        told = stored | {"pilar": [f"{row['nama']} ({row['satuan']})" for row in rows]}
        thing = ("pilar_versi_baru", "pilar", f"{wilayah} {name}".strip())
        trail.record(connection, trail.audit_row(by, now, *thing, wilayah=wilayah or None, after=told))
        accounts.close_sample_sign_in_in(connection)
