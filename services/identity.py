"""Office identities: the one that holds on a day, the versions of an office, and adding one; none is ever edited."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from data_access import logos
from data_access.commands import identity as commands
from data_access.commands import trail
from data_access.engine import Connection, reading, writing
from data_access.queries import identity as queries
from data_access.queries import wilayah as wilayah_queries
from domain import identity as rules
from domain.errors import InvalidInput, NotFound, NotPermitted, Problem
from domain.identity import DOCUMENTS, EVERY, Identity
from domain.lkks import OWNERS, require_run, runs
from domain.permissions import Actor, Permission, require
from domain.typed_values import Field, check
from reports import certificate
from services import accounts, cards, clock, wording

Row = dict[str, Any]
OFFICE = {
    "induk": Field(),
    "nama": Field(required=True),
    "alamat": Field(limit=300),
    "kontak": Field(limit=200),
    "tempat": Field(limit=80),
    "berlaku_mulai": Field("day", required=True),
}
PERSON = {
    "dokumen": Field("choice", required=True, options=(EVERY, *DOCUMENTS)),
    "jabatan": Field(limit=120, required=True),
    "nama": Field(limit=120, required=True),
    "nip": Field(limit=40),
    "pangkat": Field(limit=80),
}


def of(wilayah: str, pemilik: str, on: date) -> Identity | None:
    """The identity under which an office ("dinas" or "lkks" of a region) writes on a day; None when nobody kept one.

    For a Dinas the nearest region upwards stands in; an LKKS has only its own.
    """
    with reading() as connection:
        return of_in(connection, wilayah, pemilik, on)


def of_in(connection: Connection, wilayah: str, pemilik: str, on: date) -> Identity | None:
    """of() inside a transaction."""
    rows = queries.standing(connection, rules.places(wilayah, pemilik), pemilik)
    found = rules.nearest(rows, wilayah, pemilik, on)
    return None if found is None else rules.of_row(found)


def logo(identity: Identity | None) -> bytes | None:
    """The picture of an identity's logo (PNG); None when it has none."""
    return logos.read(identity.logo) if identity is not None and identity.logo else None


def may_keep(by: Actor, wilayah: str, pemilik: str) -> bool:
    """True when the actor may add a version: whoever runs that LKKS, or keeps the programs of that Dinas."""
    if pemilik == "lkks":
        return by.may(Permission.MANAGE_LKKS) and runs(by, wilayah)
    return by.may(Permission.MANAGE_PROGRAMS) and by.scope.covers(wilayah or None)


def shown(by: Actor, wilayah: str, pemilik: str) -> tuple[Identity | None, list[Identity]]:
    """(the one that holds today, the versions that this very office kept, newest first); NotFound outside the region."""
    require(by, Permission.EXPORT_REGISTER)
    if pemilik not in OWNERS or not by.scope.covers(wilayah or None):
        raise NotFound()
    with reading() as connection:
        kept = queries.versions(connection, by.scope, wilayah, pemilik)
        return of_in(connection, wilayah, pemilik, clock.today()), [rules.of_row(row) for row in kept]


def preview(by: Actor, wilayah: str, pemilik: str, identity_id: int) -> bytes:
    """A picture (PNG) of a certificate under an identity that shown() gave; NotFound for any other."""
    require(by, Permission.EXPORT_REGISTER)
    now, kept = shown(by, wilayah, pemilik)
    office = next((one for one in [*kept, *([now] if now else [])] if one.id == identity_id), None)
    if office is None:
        raise NotFound()
    labels: Row = tomllib.loads((wording.TEXTS / "sertifikat.toml").read_text(encoding="utf-8"))
    day, sample = clock.today(), labels["pratinjau"]
    base = cards.server_address(sample["alamat"])
    paper = {name: sample[name] for name in ("nama", "instansi", "judul", "tempat")} | {
        "jp": sample["jp"],
        "materi": [],
    }
    paper |= {"nomor": office.number("sertifikat", 1, day, wilayah), "contoh": True, "kode": sample["kode"]}
    paper |= {name: day for name in ("mulai", "selesai", "tanggal", "kantor")}
    paper |= {"alamat": f"{base.partition('://')[2]}/sertifikat", "qr": cards.qr_svg(f"{base}/sertifikat", border=2)}
    event = {"judul": sample["judul"], "penyelenggara": office.nama}
    return certificate.picture(paper, event, office, logo(office), labels)


def add(
    by: Actor,
    wilayah: str,
    pemilik: str,
    values: Mapping[str, Any],
    token: str,
    picture: bytes | None = None,
    without_logo: bool = False,
) -> int:
    """Keeps an identity from the day values["berlaku_mulai"] on and returns its id.

    values: the texts of OFFICE, penandatangan (rows of PERSON), format_nomor (kind of document -> pattern). It must begin
    after the newest version, whose logo goes on when no new picture is given.
    """
    if pemilik == "lkks":
        require_run(by, Permission.MANAGE_LKKS, wilayah)
    else:
        require(by, Permission.MANAGE_PROGRAMS)
        if not by.scope.covers(wilayah or None):
            raise NotFound()
    if pemilik not in OWNERS:
        raise NotPermitted()
    given = dict(values)
    people, formats = given.pop("penandatangan", []), given.pop("format_nomor", {})
    stored, problems = check(OFFICE, given, clock.today(), whole=True)
    signing, more = _people(people)
    numbers, wrong = _formats(formats)
    problems += [*more, *wrong]
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "identitas")
        trail.claim(connection, token, "identitas_tambah", now)
        if wilayah and not wilayah_queries.exists(connection, wilayah):
            raise NotFound("wilayah_tidak_dikenal", kode=wilayah)
        newest = next(iter(queries.versions(connection, by.scope, wilayah, pemilik)), None)
        begins = stored.get("berlaku_mulai")
        if newest is not None and isinstance(begins, date) and begins <= newest["berlaku_mulai"]:
            after = newest["berlaku_mulai"].strftime("%d/%m/%Y")
            problems.append(Problem("berlaku_mulai", begins.isoformat(), "identitas_mundur", {"sesudah": after}))
        if problems:
            raise InvalidInput(problems)
        name = None if without_logo or newest is None else newest["logo"]
        if picture is not None:
            name = logos.keep(picture)
        row = {"wilayah": wilayah, "pemilik": pemilik, **stored, "logo": name, "penandatangan": signing}
        row |= {"format_nomor": numbers, "contoh": False}
        new = commands.add(connection, row | {"dibuat_pada": now, "dibuat_oleh": by.username})
        entry = trail.audit_row(by, now, "tambah", "identitas_kantor", new, wilayah=wilayah or None, after=row)
        trail.record(connection, entry)
        accounts.close_sample_sign_in_in(connection)
    return new


def _people(rows: Sequence[Mapping[str, Any]]) -> tuple[list[Row], list[Problem]]:
    found, problems = list[Row](), list[Problem]()
    for number, one in enumerate(rows, 1):
        stored, wrong = check(PERSON, one, clock.today(), whole=True)
        digits = "".join(str(stored.get("nip") or "").split())
        if digits and not (digits.isascii() and digits.isdigit() and len(digits) == rules.NIP_DIGITS):
            wrong.append(Problem("nip", "", "nip_keliru", {"angka": str(rules.NIP_DIGITS)}))
        if stored.get("dokumen") in {row["dokumen"] for row in found}:
            wrong.append(Problem("dokumen", str(stored["dokumen"]), "penandatangan_ganda"))
        problems += [Problem(f"penandatangan {number}: {p.column}", p.value, p.code, p.facts) for p in wrong]
        found.append({name: value or "" for name, value in (stored | {"nip": digits}).items()})
    return found, problems


def _formats(patterns: Mapping[str, Any]) -> tuple[dict[str, str], list[Problem]]:
    found, problems = dict[str, str](), list[Problem]()
    for kind, typed in patterns.items():
        if kind not in DOCUMENTS:
            problems.append(Problem(str(kind)[:60], "", "bidang_tidak_dikenal"))
            continue
        stored, wrong = check({kind: Field()}, {kind: typed}, clock.today(), whole=True)
        problems += wrong
        if stored.get(kind):
            found[kind] = stored[kind]
            problems += rules.check_format(kind, stored[kind])
    return found, problems
