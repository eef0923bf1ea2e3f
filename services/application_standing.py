"""What whoever handed in an application is told about it, and how they complete what was asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data_access import secrets
from data_access.commands import applications as commands
from data_access.commands import trail
from data_access.engine import Connection, reading, writing
from data_access.queries import applications as queries
from data_access.queries.records import Record
from domain import pengajuan, registration, tickets
from domain.errors import InvalidInput, NotFound, Problem, StaleEdit
from domain.personal import masked
from domain.wilayah import lineage
from services import application_clock, application_fields, application_intake, clock, intake_store, profile, wording
from services.application_fields import DOOR

FILE, FIELD = "berkas:", "isian:"


@dataclass(frozen=True)
class Asked:
    """One thing that is asked for: a paper (`have`: a whole file came since) or a field, and why."""

    kind: str  # FILE or FIELD
    code: str
    name: str  # of a paper; a field's words are the page's affair
    reason: str | None
    have: bool


@dataclass(frozen=True)
class Standing:
    """How an application stands, in what its sender may see."""

    row: Record
    ticket: str
    clock: registration.Clock | None
    asked: list[Asked]
    papers: list[dict[str, Any]]  # kode, nama, wajib, and of what came: ada (whole), berjalan, ditolak, alasan
    steps: list[Record]
    refused: list[tuple[str, str | None]]  # fields that the Dinas did not take, and why
    request: Record | None  # the registration request that it became
    values: dict[str, Any]


def standing(application_id: int) -> Standing:
    """How the application stands now; NotFound when it is gone."""
    with reading() as connection:
        row = _located(connection, application_id)
        fields = queries.fields(connection, application_id)
        files = queries.files(connection, row["kunci"])
        steps = queries.steps(connection, application_id)
        checklist = application_clock.checklist(connection, row["kode_wilayah"])
        time = profile.service_time(connection, row["kode_wilayah"])
        request = queries.request(connection, row["permohonan_id"])
    names = {one["kode"]: one["nama"] for one in checklist}
    asked = _asked(row, fields, files, _returned_at(steps), names)
    again = {one.code for one in asked if one.kind == FILE and not one.have}
    working = time.working_days if time else True
    ticking = registration.clock(row["lengkap_pada"], row["tenggat"], row["selesai_pada"], clock.today(), working)
    return Standing(
        row={name: value for name, value in row.items() if name not in ("sidik_tiket", "tiket_sandi")},
        ticket=tickets.shown_ticket(secrets.unseal(row["tiket_sandi"])),
        clock=ticking,
        asked=asked,
        papers=_papers(checklist, files, again) if row["jenis"] == "baru" else [],
        steps=steps,
        refused=[(name, one["alasan"]) for name, one in fields.items() if one["keadaan"] == "ditolak"],
        request=request,
        values={name: one["nilai"] for name, one in fields.items()},
    )


def _located(connection: Connection, application_id: int) -> Record:
    row = queries.by_id(connection, application_id)
    if row is None:
        raise NotFound("tiket_salah")
    return row


def _returned_at(steps: list[Record]) -> datetime | None:
    return next((step["pada"] for step in reversed(steps) if step["status"] == "dikembalikan"), None)


def _asked(
    row: Record, fields: Mapping[str, Record], files: list[Record], since: datetime | None, names: Mapping[str, str]
) -> list[Asked]:
    found: list[Asked] = []
    for code in row["diminta"] if row["status"] == "dikembalikan" else ():
        if code.startswith(FILE):
            syarat = code.removeprefix(FILE)
            of = [one for one in files if one["syarat"] == syarat]
            new = any(one["selesai"] and (since is None or one["dibuat_pada"] >= since) for one in of)
            why = next((one["alasan"] for one in reversed(of) if one["keadaan"] == "ditolak"), None)
            found.append(Asked(FILE, syarat, names.get(syarat, syarat), why, new))
        elif code.startswith(FIELD) and (name := code.removeprefix(FIELD)) in pengajuan.FIELDS:
            found.append(Asked(FIELD, name, "", fields[name]["alasan"] if name in fields else None, False))
    return found


def _papers(checklist: list[dict[str, Any]], files: list[Record], again: set[str]) -> list[dict[str, Any]]:
    found = []
    for paper in checklist:
        of = [one for one in files if one["syarat"] == paper["kode"]]
        whole = [one for one in of if one["selesai"] and one["keadaan"] != "ditolak"]
        refused = [one for one in of if one["keadaan"] == "ditolak"]
        once_more = paper["kode"] in again or (bool(refused) and not whole)
        state: dict[str, Any] = {"ada": 0 if once_more else len(whole), "ditolak": once_more}
        state |= {"berjalan": sum(not one["selesai"] for one in of)}
        state |= {"alasan": refused[-1]["alasan"] if refused else None}
        found.append(paper | state)
    return found


def complete(application_id: int, version: int, values: Mapping[str, Any], brought: frozenset[str], token: str) -> None:
    """Hands in what was asked for: fields, files that came since, and papers that are brought on paper.

    InvalidInput names what is still missing; nothing is stored then. StaleEdit when the Dinas changed it meanwhile.
    """
    with reading() as connection:
        row = _located(connection, application_id)
        pengajuan.advance(row["status"], "lengkapi")
        before = _before(connection, row)
        asked = {code.removeprefix(FIELD) for code in row["diminta"] if code.startswith(FIELD)}
        wanted = {name: value for name, value in values.items() if name in asked}
        fields = application_fields.checked(connection, wanted, before, tuple(sorted(asked)))
    now = intake_store.moment()
    with writing() as connection:
        trail.bump(connection, "pengajuan")
        trail.claim(connection, token, "pengajuan_lengkapi", now)
        row = _located(connection, application_id)
        status = pengajuan.advance(row["status"], "lengkapi")
        if row["versi"] != version:
            raise StaleEdit()
        _nothing_missing(connection, row, fields, brought)
        _store(connection, row, fields, brought, status, now)


def _before(connection: Connection, row: Record) -> Record:
    """What a corrected field is held against: the stored record with what was handed in before."""
    base = application_intake.record_of(connection, row["lks_id"]) if row["jenis"] == "pemutakhiran" else None
    handed = {name: one["nilai"] for name, one in queries.fields(connection, row["id"]).items()}
    return {"kode_wilayah": row["kode_wilayah"]} | (base or {}) | handed


def _nothing_missing(connection: Connection, row: Record, fields: Mapping[str, Any], brought: frozenset[str]) -> None:
    asked = _asked(
        row, queries.fields(connection, row["id"]), queries.files(connection, row["kunci"]),
        _returned_at(queries.steps(connection, row["id"])), {},
    )  # fmt: skip
    problems = [
        Problem(one.kind + one.code, "", "diminta_belum_ada")
        for one in asked
        if not (one.code in fields if one.kind == FIELD else one.have or one.code in brought)
    ]
    if problems:
        raise InvalidInput(problems)


def _store(
    connection: Connection, row: Record, fields: Mapping[str, Any], brought: frozenset[str], status: str, now: datetime
) -> None:
    stored = queries.fields(connection, row["id"])
    for name, value in fields.items():
        new = {"nilai": trail.plain(value), "keadaan": "menunggu", "alasan": None}
        commands.set_field(connection, row["id"], name, new)
    today: date = clock.today()
    values: dict[str, Any] = {"status": status, "diminta": [], "catatan": None, "lengkap_pada": today}
    values["tenggat"] = application_clock.deadline(connection, row["kode_wilayah"], today)
    if "nama" in fields and row["jenis"] == "baru":
        values["nama"] = fields["nama"]
    if "kode_wilayah" in fields and row["jenis"] == "baru":
        values["kode_wilayah"] = fields["kode_wilayah"]
    if not commands.change(connection, row["id"], row["versi"], values):
        raise StaleEdit()
    papers = sorted(brought & {code.removeprefix(FILE) for code in row["diminta"]})
    names = {one["kode"]: one["nama"] for one in application_clock.checklist(connection, row["kode_wilayah"])}
    listed = ", ".join(names.get(code, code) for code in papers)
    note = wording.sentence("berkas_diantar", berkas=listed).reason if papers else None
    commands.add_step(connection, row["id"], status, now, DOOR.username, note)
    old = {name: stored[name]["nilai"] if name in stored else None for name in fields}
    before = {"status": row["status"], "diminta": row["diminta"]} | masked(old)
    after = {"status": status, "diantar": papers} | masked(trail.plain(fields))
    region = lineage(row["kode_wilayah"])[1]
    entry = trail.audit_row(
        DOOR, now, "lengkapi_daring", "pengajuan", row["id"], wilayah=region, before=before, after=after
    )
    trail.record(connection, entry)
