"""An LKS hands in its application, or corrections of its own profile: stored once, acknowledged after the commit.

The same key with the same content gets the same answer, with the same ticket, for ever; another content under a key that
is taken is refused and kept aside. Nothing of it is in the register before an operator has looked at it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from data_access import secrets
from data_access.commands import applications as commands
from data_access.commands import trail
from data_access.engine import Connection, reading, writing
from data_access.queries import applications as queries
from data_access.queries.records import Record
from domain import figures, tickets
from domain.errors import AlreadyDone, InvalidInput, NotFound, NotPermitted, Problem, TooManyAttempts
from domain.impor import repair
from domain.pengajuan import OPEN
from domain.permissions import Scope
from domain.wilayah import lineage
from services import accounts, application_clock, application_fields, intake, intake_store, profile
from services.application_fields import DOOR

# New applications of one address and of all within an hour: an office's net is shared, a flood is not (README).
HOUR, ADDRESS_LIMIT, ALL_LIMIT = timedelta(hours=1), 40, 600
MOST_ASIDE = 5
_SENDER = (("pengaju", 120), ("pengaju_jabatan", 120), ("pengaju_telepon", 40))


@dataclass(frozen=True)
class Sent:
    """What a phone sent: fields as application_fields.sent() gives them; `lks_id` for corrections by a personal link."""

    kunci: str | None
    fields: Mapping[str, Any] = field(repr=False)
    consent: str | None
    address: str
    lks_id: int | None = None
    sender: Mapping[str, str | None] = field(default_factory=dict, repr=False)

    @property
    def jenis(self) -> str:
        """baru or pemutakhiran."""
        return "baru" if self.lks_id is None else "pemutakhiran"


@dataclass(frozen=True)
class Ack:
    """What a phone may forget its copy for: given only after the commit, and always the same for the same key."""

    id: int
    kunci: str
    hash: str
    ticket: str
    received_at: datetime
    region: str

    def body(self) -> dict[str, Any]:
        """The answer as JSON values."""
        return {
            "status": "diterima",
            "kunci": self.kunci,
            "hash": self.hash,
            "tiket": tickets.shown_ticket(self.ticket),
            "diterima_pada": self.received_at.isoformat(timespec="milliseconds"),
            "waktu": figures.moment(self.received_at, self.region),
        }


def receive(sent: Sent, consent: str) -> Ack:
    """Stores an application and returns its receipt; `consent` is the version of the text that must be agreed to.

    InvalidInput for refused fields, AlreadyDone for a key used for another content, TooManyAttempts beyond the limits.
    """
    kunci = intake.key_of(sent.kunci).lower()
    mark = application_fields.content_hash(sent.fields)
    with reading() as connection:
        known = queries.by_key(connection, kunci)
        if known is None:
            if sent.consent != consent:
                raise InvalidInput([Problem("persetujuan", "", "persetujuan_daring_belum")])
            before = record_of(connection, sent.lks_id)
            fields = _checked(connection, sent, before)
            sender = _sender(sent, fields)
    if known is not None:
        return _again(known, sent, mark)
    now = intake_store.moment()
    with writing() as connection:
        trail.bump(connection, "pengajuan")
        known = queries.by_key(connection, kunci)  # sent twice at the same instant
        if known is None:
            _within_limits(connection, sent, now)
            values = sender | {"kunci": kunci, "sidik_isi": mark, "persetujuan": consent}
            return _store(connection, sent, values, fields, before, now)
    return _again(known, sent, mark)


def record_of(connection: Connection, lks_id: int | None) -> Record | None:
    """The record that a personal link leads to; NotFound when the LKS is no longer kept."""
    if lks_id is None:
        return None
    record = profile.locate(connection, Scope(None), lks_id)
    if record["diarsipkan_pada"] is not None:
        raise NotFound("tautan_lks_tidak_berlaku")
    return record


def _checked(connection: Connection, sent: Sent, before: Record | None) -> dict[str, Any]:
    if before is None:
        return application_fields.checked(connection, sent.fields, None, application_fields.REQUIRED)
    if any(row["status"] in OPEN for row in queries.of_lks(connection, before["id"])):
        raise NotPermitted("pemutakhiran_masih_diperiksa")
    found = application_fields.checked(connection, sent.fields, before, ("nama", "alamat", "ketua", "kluster"))
    if lineage(found.get("kode_wilayah", before["kode_wilayah"]))[1] != before["kabkota_kode"]:
        raise InvalidInput([Problem("kode_wilayah", "", "pindah_kabkota_lewat_dinas")])
    changed = application_fields.differing(before, found)
    if not changed:
        raise InvalidInput([Problem("isian", "", "tidak_ada_perubahan")])
    return changed


def _sender(sent: Sent, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Who hands it in: of a new application the person it names, else whoever holds the link says so."""
    if sent.lks_id is None:
        names = ("pengisi_nama", "pengisi_jabatan", "pengisi_telepon")
        return {column: fields.get(name) for (column, _), name in zip(_SENDER, names, strict=True)}
    found: dict[str, Any] = {}
    problems: list[Problem] = []
    for column, limit in _SENDER:
        value = sent.sender.get(column)
        read = repair.read_phone(value) if column.endswith("telepon") and value else repair.read_text(value, limit)
        if read.refused:
            problems.append(Problem(column, "", read.refused.code, read.refused.facts))
        found[column] = read.text or None
    if not found["pengaju"] and not problems:
        problems.append(Problem("pengaju", "", "wajib_diisi"))
    if problems:
        raise InvalidInput(problems)
    return found


def _within_limits(connection: Connection, sent: Sent, now: datetime) -> None:
    own, everybody = queries.noted(connection, "kirim", sent.address, now - HOUR)
    if own >= ADDRESS_LIMIT or everybody >= ALL_LIMIT:
        raise TooManyAttempts(int(HOUR.total_seconds()))
    commands.note(connection, "kirim", sent.address, now, now - HOUR)


def _store(
    connection: Connection, sent: Sent, values: dict[str, Any], fields: Mapping[str, Any], before: Record | None,
    now: datetime,
) -> Ack:  # fmt: skip
    ticket = tickets.new_ticket(secrets.derived(tickets.TICKET_KEY))
    region = before["kode_wilayah"] if before else fields["kode_wilayah"]
    row = values | {
        "jenis": sent.jenis,
        "sidik_tiket": secrets.fingerprint(ticket),
        "tiket_sandi": secrets.seal(ticket),
        "kode_wilayah": region,
        "lks_id": sent.lks_id,
        "nama": before["nama"] if before else fields["nama"],
        "status": "diterima",
        "diterima_pada": now,
        "diminta": [],
        "contoh": bool(before and before["contoh"]),
    }
    application_id = commands.add(connection, row, application_fields.rows(fields, before))
    commands.add_step(connection, application_id, "diterima", now, DOOR.username, None)
    application_clock.start_if_complete(connection, application_id, now)
    told = {"jenis": sent.jenis, "nama": row["nama"], "status": "diterima", "bidang": sorted(fields)}
    told |= {"persetujuan": values["persetujuan"]}
    entry = trail.audit_row(
        DOOR, now, "ajukan_daring", "pengajuan", application_id, wilayah=lineage(region)[1], after=told
    )
    trail.record(connection, entry)
    if not row["contoh"]:
        accounts.close_sample_sign_in_in(connection)
    return Ack(application_id, values["kunci"], values["sidik_isi"], ticket, now, region)


def _again(known: Mapping[str, Any], sent: Sent, mark: str) -> Ack:
    """The receipt once more for the same content; for another one AlreadyDone, after it was kept aside."""
    if known["sidik_isi"] == mark and known["jenis"] == sent.jenis and sent.lks_id in (None, known["lks_id"]):
        return ack(known)
    now = intake_store.moment()
    with writing() as connection:
        aside = queries.conflicts(connection, known["id"])
        if mark not in aside and mark != known["sidik_isi"] and len(aside) < MOST_ASIDE:
            trail.bump(connection, "pengajuan")
            commands.set_aside(connection, known["id"], mark, dict(sent.fields), now)
            region = lineage(known["kode_wilayah"])[1]
            told = {"sidik_isi": mark}
            trail.record(
                connection,
                trail.audit_row(DOOR, now, "pengajuan_konflik", "pengajuan", known["id"], wilayah=region, after=told),
            )
    raise AlreadyDone("kunci_pengajuan_sudah_dipakai")


def ack(row: Mapping[str, Any]) -> Ack:
    """The receipt of a stored application."""
    ticket = secrets.unseal(row["tiket_sandi"])
    return Ack(row["id"], row["kunci"], row["sidik_isi"], ticket, row["diterima_pada"], row["kode_wilayah"])
