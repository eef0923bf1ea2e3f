"""Certificates of a Bimtek: who has earned one, issuing in bulk with numbers without gaps, withdrawing, printing."""

import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from data_access import secrets
from data_access.commands import certificates as commands
from data_access.commands import trail
from data_access.engine import Connection, reading, writing
from data_access.queries import attendance as attendance_queries
from data_access.queries import certificates as queries
from data_access.queries import events as event_queries
from data_access.queries import wilayah as wilayah_queries
from domain import certificate as rules
from domain import identity as offices
from domain.certificate import Earned
from domain.errors import InvalidInput, NotFound, NotPermitted, Problem, StaleEdit
from domain.identity import Identity
from domain.permissions import Actor, Permission, Scope, require
from domain.wilayah import short_name
from reports import certificate as paper
from services import accounts, attendance, cards, clock, entries, identity, wording

Row = dict[str, Any]
PDF = "application/pdf"
KIND = "sertifikat"
MOST = 1_000  # of one issue, and of one file


@dataclass(frozen=True)
class Person:
    """Somebody of the roster, what they earned, and the certificate of theirs that stands (None: none does)."""

    id: int
    nama: str
    instansi: str
    earned: Earned
    sertifikat: Row | None

    @property
    def entitled(self) -> bool:
        """True when a certificate may be issued now."""
        return not self.earned.alasan


@dataclass(frozen=True)
class Standing:
    """How an event stands: its share of sessions to be attended, its people, and every certificate ever issued."""

    event: Row
    batas: int
    people: list[Person]
    issued: list[Row]
    office: Identity | None  # whose letterhead and number format papers of today get


def check_address(base: str, code: str) -> str:
    """Where a certificate is checked."""
    return f"{base}/sertifikat/{code}"


# --- who has earned one ----------------------------------------------------------------------------------------------


def entitled(by: Actor, event_id: int) -> Standing:
    """Everybody of the roster with what they attended and why they get no certificate; NotFound outside the region."""
    require(by, Permission.MANAGE_EVENTS)
    with reading() as connection:
        event = _event(connection, by.scope, event_id)
        people, issued = _people(connection, by.scope, event)
        office = identity.of_in(connection, event["wilayah"], owner(event), clock.today())
    return Standing(event, event["batas_hadir"], people, issued, office)


def owner(event: Row) -> str:
    """Under whose identity an event's papers are written: the LKKS's for its own events, else the Dinas's."""
    return "lkks" if event["penyelenggara_jenis"] == "lkks" else "dinas"


def _event(connection: Connection, scope: Scope, event_id: int) -> Row:
    found = event_queries.event(connection, scope, event_id)
    if found is None:
        raise NotFound()
    return found


def _people(connection: Connection, scope: Scope, event: Row) -> tuple[list[Person], list[Row]]:
    issued = queries.of_event(connection, scope, event["id"])
    merged = queries.merged(connection, event["id"])
    held: dict[int, Row] = {}
    for row in issued:
        holder = row["peserta_id"]
        while holder in merged:  # somebody listed twice gets one certificate, whichever row it was issued for
            holder = merged[holder]
        if row["dicabut_pada"] is None and holder is not None:
            held[holder] = row
    sessions = attendance_queries.sessions(connection, event["id"])
    marks: dict[int, set[int]] = {}
    for mark in attendance_queries.marks(connection, event["id"]):
        marks.setdefault(mark["peserta_id"], set()).add(mark["sesi_id"])
    finished = attendance.local_day(event, clock.now()) >= event["selesai"]
    people = []
    for one in attendance.roster_of(connection, scope, event["id"]):
        own = held.get(one["id"])
        got = rules.earned(sessions, marks.get(one["id"], set()), event["batas_hadir"], finished, own is not None)
        people.append(Person(one["id"], one["nama"], one["lks_nama"] or one["instansi"] or "", got, own))
    return people, issued


# --- issuing and withdrawing -----------------------------------------------------------------------------------------


def issue(
    by: Actor, event_id: int, ids: Sequence[int], tanggal: date, token: str, named: Collection[int] = ()
) -> list[int]:
    """Issues certificates for participants, all or none, and returns their ids in the order of `ids`.

    `named`: those of them who agreed that a check shows their name. The numbers go on from the last one of the region and
    year, without a gap. InvalidInput names everybody who has not earned one, and a date outside the event and today.
    """
    require(by, Permission.MANAGE_EVENTS)
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "sertifikat")  # first: whoever else takes numbers waits here
        trail.claim(connection, token, "sertifikat_terbit", now)
        event = _event(connection, by.scope, event_id)
        chosen = list(dict.fromkeys(ids))
        people = {person.id: person for person in _people(connection, by.scope, event)[0]}
        if not set(chosen) <= people.keys():
            raise NotFound()
        problems = _dated(event, tanggal)
        if not 1 <= len(chosen) <= MOST:
            problems.append(Problem("peserta", str(len(chosen)), "sertifikat_jumlah", {"batas": str(MOST)}))
        for one in chosen:
            reasons = people[one].earned.alasan
            problems += [Problem(people[one].nama, "", f"sertifikat_{reason}") for reason in reasons[:1]]
        if problems:
            raise InvalidInput(problems)
        office = identity.of_in(connection, event["wilayah"], owner(event), tanggal)
        last = queries.last_number(connection, event["wilayah"], tanggal.year, event["contoh"])
        numbers = rules.next_numbers(last, len(chosen), event["contoh"])
        rows = [
            _row(event, people[one], number, tanggal, office, one in set(named))
            | {"terbit_pada": now, "terbit_oleh": by.username}
            for one, number in zip(chosen, numbers, strict=True)
        ]
        made = commands.add(connection, rows)
        entries_ = [
            trail.audit_row(by, now, "terbitkan_sertifikat", KIND, new, wilayah=event["wilayah"], after=_told(row))
            for new, row in zip(made, rows, strict=True)
        ]
        trail.record(connection, entries_)
        if not event["contoh"]:
            accounts.close_sample_sign_in_in(connection)
    return made


def _dated(event: Row, tanggal: date) -> list[Problem]:
    facts = {"mulai": event["selesai"].strftime("%d/%m/%Y"), "sampai": clock.today().strftime("%d/%m/%Y")}
    if event["selesai"] <= tanggal <= clock.today():
        return []
    return [Problem("tanggal", tanggal.strftime("%d/%m/%Y"), "sertifikat_tanggal", facts)]


def _row(event: Row, person: Person, number: int, tanggal: date, office: Identity | None, named: bool) -> Row:
    numbered = office.number(KIND, number, tanggal, event["wilayah"]) if office else ""
    return {
        "kegiatan_id": event["id"],
        "peserta_id": person.id,
        "nomor": numbered or offices.fill(offices.DEFAULT_FORMAT, number, tanggal),
        "nomor_urut": number,
        "tahun": tanggal.year,
        "wilayah": event["wilayah"],
        "nama": person.nama,
        "instansi": person.instansi or None,
        **{name: event[name] for name in ("judul", "mulai", "selesai", "tempat", "contoh")},
        "jp": person.earned.jp,
        "materi": [{"materi": subject, "jp": hours} for subject, hours in person.earned.materi],
        "tanggal": tanggal,
        "tampil_nama": named,
    }


def _told(row: Row) -> Row:
    return {name: row[name] for name in ("kegiatan_id", "peserta_id", "nomor", "nama", "jp", "tanggal", "tampil_nama")}


def withdraw(by: Actor, certificate_id: int, version: int, reason: str | None, token: str) -> None:
    """Withdraws a certificate with a reason: from then on a check says so, and its number is never given again."""
    require(by, Permission.MANAGE_EVENTS)
    why, now = entries.given_reason(reason), clock.now()
    with writing() as connection:
        trail.bump(connection, "sertifikat")
        trail.claim(connection, token, "sertifikat_cabut", now)
        found = queries.one(connection, by.scope, certificate_id)
        if found is None:
            raise NotFound()
        if found["dicabut_pada"] is not None:
            raise NotPermitted("sertifikat_sudah_dicabut")
        if found["versi"] != version or not commands.withdraw(connection, certificate_id, version, now, why):
            raise StaleEdit()
        row = trail.audit_row(
            *(by, now, "cabut_sertifikat", KIND, certificate_id),
            wilayah=found["wilayah"],
            before={"nomor": found["nomor"], "nama": found["nama"], "dicabut_pada": None},
            after={"dicabut_pada": now, "alasan_cabut": why},
            reason=why,
        )
        trail.record(connection, row)
        if not found["contoh"]:
            accounts.close_sample_sign_in_in(connection)


# --- the paper -------------------------------------------------------------------------------------------------------


def pdf(by: Actor, event_id: int, base_url: str, ids: Sequence[int] | None = None) -> tuple[bytes, int]:
    """(one PDF, how many certificates are in it): front and back of the standing certificates of `ids`, or of all.

    base_url is the address at which people reach this server: it stands on the paper, as a QR code too. Written down in
    the trail. NotFound for one of another event or withdrawn.
    """
    require(by, Permission.MANAGE_EVENTS)
    base = cards.server_address(base_url)
    now = clock.now()
    with writing() as connection:
        event = _event(connection, by.scope, event_id)
        standing = {
            row["id"]: row for row in queries.of_event(connection, by.scope, event_id) if not row["dicabut_pada"]
        }
        chosen = list(standing) if ids is None else list(dict.fromkeys(ids))
        if not chosen or not set(chosen) <= standing.keys():
            raise NotFound("sertifikat_tidak_ada")
        if len(chosen) > MOST:
            raise InvalidInput([Problem("peserta", str(len(chosen)), "sertifikat_jumlah", {"batas": str(MOST)})])
        sealed = queries.sealed_codes(connection, by.scope, event_id)
        offices_of = {day: _office(connection, event, day) for day in {standing[one]["tanggal"] for one in chosen}}
        told = {"berkas": KIND, "jumlah": len(chosen)}
        row = trail.audit_row(by, now, "ekspor", "kegiatan", event_id, wilayah=event["wilayah"], after=told)
        trail.record(connection, row)
    papers = []
    for one in chosen:
        code = secrets.unseal(sealed[one])
        address = check_address(base, code)
        printed = {"kode": rules.shown_code(code), "alamat": address.partition("://")[2].rpartition("/")[0]}
        papers.append(
            standing[one] | printed | {"qr": cards.qr_svg(address, border=2), "kantor": standing[one]["tanggal"]}
        )
    made = paper.pdf(
        papers, event, offices_of, {day: identity.logo(one) for day, one in offices_of.items()}, words(), now
    )
    return made, len(papers)


def _office(connection: Connection, event: Row, on: date) -> Identity:
    """The identity of a paper; where nobody kept one the organiser's own name stands, to be signed by hand."""
    found = identity.of_in(connection, event["wilayah"], owner(event), on)
    if found is not None:
        return found
    places = wilayah_queries.names(connection, [event["wilayah"]])
    place = short_name(*places[event["wilayah"]]) if event["wilayah"] in places else ""
    return Identity(event["wilayah"], owner(event), event["penyelenggara"], tempat=place)


@cache
def words() -> dict[str, Any]:
    """The words of a certificate (assets/teks/sertifikat.toml)."""
    return tomllib.loads((wording.TEXTS / "sertifikat.toml").read_text(encoding="utf-8"))
