"""Who may look at what was handed in online: the holder of a ticket, or of the personal link of a registered LKS.

Tickets and links are kept as keyed hashes; wrong ones are counted in the database. A link is made and taken back by
whoever works on registrations, and is shown once.
"""

import re
import secrets as random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from data_access import secrets
from data_access.commands import applications as commands
from data_access.commands import trail
from data_access.engine import reading, writing
from data_access.queries import applications as queries
from data_access.queries import wilayah as wilayah_queries
from data_access.queries.records import Record
from domain import tickets
from domain.errors import InvalidInput, NotFound, Problem, SignInRefused, SignInRequired, TooManyAttempts
from domain.impor import repair
from domain.lks import FIELDS
from domain.permissions import Actor, Permission, require
from domain.personal import PERSONAL, mask
from domain.wilayah import lineage, short_name
from services import application_intake, clock, intake_marks, keeping, profile
from services.application_fields import DOOR

# As at the participants' door (RELIABILITY R24): tickets that could be ours and are nobody's, per minute.
ADDRESS_LIMIT, ALL_LIMIT, MINUTE = 20, 300, timedelta(minutes=1)
KEEP_NOTES = timedelta(hours=1)
SESSION_HOURS, LINK_DAYS = 12, 90
LINK_PATH = "/daftar/lks#"  # what stands behind the sign never reaches a server's log
_TICKET, _SHAPE, _LINK = "tiket", "tiket_bentuk", "tautan"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


@dataclass(frozen=True)
class Own:
    """The profile that a personal link opens: the record with its personal fields masked, and the region's names."""

    link_id: int
    record: Record
    path: list[str]


# --- tickets ---------------------------------------------------------------------------------------------------------


def by_ticket(typed: str, address: str) -> int:
    """The id of the application with this ticket.

    SignInRefused for a wrong one, TooManyAttempts beyond the limits; a ticket whose check characters are wrong is told
    without looking anything up.
    """
    ticket, now = tickets.clean_ticket(typed), clock.now()
    possible = tickets.well_formed(ticket, secrets.derived(tickets.TICKET_KEY))
    what = _TICKET if possible else _SHAPE
    with reading() as connection:
        own, everybody = queries.noted(connection, what, address, now - MINUTE)
        over = own >= ADDRESS_LIMIT or everybody >= ALL_LIMIT
        row = None if over or not possible else queries.by_ticket(connection, secrets.fingerprint(ticket))
    if over:
        raise TooManyAttempts(int(MINUTE.total_seconds()))
    if row is not None:
        return int(row["id"])
    _note(what, address, now)
    raise SignInRefused("tiket_salah")


def _note(what: str, address: str, now: datetime) -> None:
    with writing() as connection:
        commands.note(connection, what, address, now, now - KEEP_NOTES)


def ticket_session(application_id: int) -> str:
    """The value of the cookie of whoever gave a right ticket, or has just handed in the application."""
    return intake_marks.pack("daftar-tiket", application_id, intake_marks.milliseconds(clock.now()))


def read_ticket_session(token: str | None) -> int:
    """The id of the application that the cookie is for; SignInRequired when it is not ours or too old."""
    return _session("daftar-tiket", token, "tiket_belum_ada")


def _session(purpose: str, token: str | None, code: str) -> int:
    parts = intake_marks.unpack(purpose, token, 2)
    if parts is None:
        raise SignInRequired(code)
    age = clock.now() - intake_marks.moment_of(parts[1])
    if not timedelta(minutes=-5) <= age <= timedelta(hours=SESSION_HOURS):
        raise SignInRequired(code)
    return int(parts[0])


# --- personal links --------------------------------------------------------------------------------------------------


def open_link(token: str, address: str) -> str:
    """The value of the cookie for whoever brings the token of a personal link; the use is audited.

    SignInRefused for one that is unknown, over or taken back; a right one always passes, because 192 bits are not guessed.
    """
    now = clock.now()
    with reading() as connection:
        row = queries.link_by_mark(connection, secrets.fingerprint(token)) if _TOKEN.fullmatch(token) else None
        own, everybody = queries.noted(connection, _LINK, address, now - MINUTE)
    if row is None or not _holds(row, now):
        if own >= ADDRESS_LIMIT or everybody >= ALL_LIMIT:
            raise TooManyAttempts(int(MINUTE.total_seconds()))
        _note(_LINK, address, now)
        raise SignInRefused("tautan_lks_tidak_berlaku")
    with writing() as connection:
        record = application_intake.record_of(connection, row["lks_id"])
        assert record is not None
        entry = trail.audit_row(
            DOOR, now, "pakai_tautan", "tautan_lks", row["id"], wilayah=record["kabkota_kode"],
            after={"lks_id": row["lks_id"], "kode_lks": record["kode_lks"]},
        )  # fmt: skip
        trail.record(connection, entry)
    return intake_marks.pack("daftar-tautan", row["id"], intake_marks.milliseconds(now))


def _holds(row: dict[str, Any], now: datetime) -> bool:
    return row["dicabut_pada"] is None and now < row["berakhir_pada"]


def linked(token: str | None) -> Own:
    """The profile of the LKS whose link was opened with this cookie; SignInRequired once the link does not hold."""
    link_id, now = _session("daftar-tautan", token, "tautan_lks_belum_ada"), clock.now()
    with reading() as connection:
        row = queries.link(connection, link_id)
        if row is None or not _holds(row, now):
            raise SignInRequired("tautan_lks_tidak_berlaku")
        record = application_intake.record_of(connection, row["lks_id"])
        assert record is not None
        places = wilayah_queries.names(connection, lineage(record["kode_wilayah"]))
    shown = {name: mask(name, record.get(name)) if name in PERSONAL else record.get(name) for name in FIELDS}
    shown |= {name: record[name] for name in ("id", "kode_lks", "kabkota_kode", "contoh")}
    return Own(link_id, shown, [short_name(*place) for place in places.values()])


def sent(own: Own) -> list[Record]:
    """The corrections that the LKS of a link handed in, newest first: status, diterima_pada, kode_wilayah, catatan."""
    with reading() as connection:
        found = queries.of_lks(connection, own.record["id"])
    return [{name: row[name] for name in ("status", "diterima_pada", "kode_wilayah", "catatan")} for row in found]


def make_link(by: Actor, lks_id: int, untuk: str | None, token: str) -> str:
    """Makes a personal link for an LKS and returns its path, which is kept nowhere; it holds for LINK_DAYS days."""
    require(by, Permission.REVIEW_REGISTRATION)
    secret, now = random.token_urlsafe(24), clock.now()
    named = repair.read_text(untuk or "", 120)
    if named.refused:
        raise InvalidInput([Problem("untuk", "", named.refused.code, named.refused.facts)])
    until = now + timedelta(days=LINK_DAYS)
    with writing() as connection:
        trail.bump(connection, "pengajuan")
        trail.claim(connection, token, "tautan_buat", now)
        record = profile.locate(connection, by.scope, lks_id)
        keeping.kept(record)
        values = {
            "lks_id": lks_id,
            "sidik": secrets.fingerprint(secret),
            "untuk": named.text or None,
            "dibuat_pada": now,
            "dibuat_oleh": by.username,
            "berakhir_pada": until,
        }
        link_id = commands.add_link(connection, values)
        told = {"lks_id": lks_id, "untuk": values["untuk"], "berakhir_pada": until}
        _audit_link(connection, by, now, "buat_tautan", link_id, record, None, told)
        keeping.touch(connection, record)
    return LINK_PATH + secret


def revoke_link(by: Actor, lks_id: int, link_id: int, token: str) -> None:
    """Ends a personal link at once, for those who opened it too; NotFound when there is none that still holds."""
    require(by, Permission.REVIEW_REGISTRATION)
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "pengajuan")
        trail.claim(connection, token, "tautan_cabut", now)
        record = profile.locate(connection, by.scope, lks_id)
        if not commands.revoke_link(connection, lks_id, link_id, now):
            raise NotFound()
        after = {"lks_id": lks_id, "dicabut_pada": now}
        _audit_link(connection, by, now, "cabut_tautan", link_id, record, {"dicabut_pada": None}, after)


def links(by: Actor, lks_id: int) -> list[Record]:
    """The personal links of an LKS, newest first: id, untuk, dibuat_pada, dibuat_oleh, berakhir_pada, dicabut_pada, berlaku."""
    require(by, Permission.REVIEW_REGISTRATION)
    now = clock.now()
    with reading() as connection:
        profile.locate(connection, by.scope, lks_id)
        found = queries.links(connection, by.scope, lks_id)
    return [row | {"berlaku": _holds(row, now)} for row in found]


def _audit_link(
    connection: Any, by: Actor, now: datetime, aksi: str, link_id: int, record: Record, before: Any, after: Any
) -> None:
    region = record["kabkota_kode"]
    row = trail.audit_row(by, now, aksi, "tautan_lks", link_id, wilayah=region, before=before, after=after)
    trail.record(connection, row)
