"""The steps of reviewing an online application: taking it up, deciding field by field, sending it back, refusing it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data_access.commands import application_queue as commands
from data_access.commands import trail
from data_access.engine import Connection, writing
from data_access.queries import profile as profile_queries
from data_access.queries.records import Record
from domain import pengajuan, telaah
from domain.errors import InvalidInput, NotFound, NotPermitted, Problem, StaleEdit
from domain.permissions import Actor, Permission, require
from domain.wilayah import lineage
from services import applications, clock, entries, keeping, profile


@dataclass(frozen=True)
class Verdict:
    """What was decided on one field or paper: one of telaah.VERDICTS, with the reason that sending back needs."""

    keadaan: str
    alasan: str | None = None


@dataclass
class Case:
    """An application inside its transaction, with its children and the LKS it is about."""

    connection: Connection
    now: datetime
    row: Record
    fields: list[Record]
    files: list[Record]
    steps: list[Record]
    lks: Record | None


@contextmanager
def working(by: Actor, application_id: int, version: int, aksi: str, token: str, *subjects: str) -> Iterator[Case]:
    """One write's transaction: permission, region and version were looked at; the application stays nobody else's."""
    require(by, Permission.REVIEW_REGISTRATION)
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "pengajuan", *subjects)
        trail.claim(connection, token, "pengajuan_" + aksi, now)
        found = applications.whole(connection, by, application_id)
        if found.row["versi"] != version:
            raise StaleEdit("pengajuan_sudah_berubah")
        lks = applications.of_register(connection, by, found.row)
        yield Case(connection, now, found.row, found.fields, found.files, found.steps, lks)
        keeping.touch(connection, {"contoh": found.row["contoh"]})


def record(
    case: Case, by: Actor, aksi: str, before: Any, after: Any, reason: str | None = None, objek: str = "pengajuan"
) -> None:
    """Writes the audit row of what was done to an application."""
    place = applications.home(case.row)
    row = trail.audit_row(
        *(by, case.now, aksi, objek, case.row["id"]), wilayah=place, before=before, after=after, reason=reason
    )
    trail.record(case.connection, row)


def store(case: Case, values: Mapping[str, Any]) -> None:
    """Changes the row of the application and raises its version; StaleEdit when it moved on."""
    if not commands.change(case.connection, case.row["id"], case.row["versi"], values):
        raise StaleEdit("pengajuan_sudah_berubah")


def advance(case: Case, by: Actor, step: str, values: Mapping[str, Any], reason: str | None = None) -> None:
    """Takes a step: the new state, its line among the steps, its audit row with before and after."""
    status = pengajuan.advance(case.row["status"], step)
    new = {"status": status, **values}
    store(case, new)
    commands.add_step(case.connection, case.row["id"], status, case.now, by.username, reason)
    before = {name: case.row[name] for name in new}
    record(case, by, step, before, new, reason)


def check(by: Actor, application_id: int, version: int, token: str) -> list[str]:
    """Takes an application up and returns the codes of the required papers that are missing.

    When nothing is missing the service-time clock is fixed: the day it began, and the deadline.
    """
    with working(by, application_id, version, "periksa", token) as case:
        place = case.row["kode_wilayah"]
        required = applications.required_papers(case.connection, place)
        start = applications.complete_on(case.row, case.files, case.steps, required)
        due = applications.due_on(case.row, start, profile.service_time(case.connection, place))
        advance(case, by, "periksa", {"lengkap_pada": start, "tenggat": due})
        if case.row["jenis"] != "baru":
            return []
        counting = telaah.newest(case.files)
        return [kode for kode in required if kode not in counting or counting[kode]["keadaan"] == "ditolak"]


def decide(
    by: Actor,
    application_id: int,
    version: int,
    verdicts: Mapping[str, Verdict],
    token: str,
    register_version: int | None = None,
) -> None:
    """Stores what was decided on some fields, all in one write; the state of the application stays.

    Of an LKS in the register `register_version` is the version that the decision was made in view of: StaleEdit when
    somebody changed it since. What the register says then is what an accepted field is held against later.
    """
    with working(by, application_id, version, "putuskan", token) as case:
        _under_review(case)
        lines = {line["bidang"]: line for line in case.fields}
        if not verdicts.keys() <= lines.keys():
            raise NotFound("pengajuan_tidak_ada")
        if case.lks is not None and case.lks["versi"] != register_version:
            raise StaleEdit("pengajuan_register_berubah")
        for bidang, verdict in verdicts.items():
            line, reason = lines[bidang], _reason(verdict)
            values: dict[str, Any] = {"keadaan": verdict.keadaan, "alasan": reason}
            if case.lks is not None:
                values["sebelum"] = trail.plain(case.lks.get(bidang))
            commands.set_field(case.connection, application_id, bidang, values)
            before = {"bidang": bidang, "keadaan": line["keadaan"]}
            after = {"bidang": bidang, "keadaan": verdict.keadaan, "nilai": applications.hidden(bidang, line["nilai"])}
            record(case, by, "putuskan_isian", before, after, reason, "pengajuan_isian")
        if verdicts:
            store(case, {})


def decide_field(
    by: Actor,
    application_id: int,
    version: int,
    bidang: str,
    verdict: Verdict,
    token: str,
    register_version: int | None = None,
) -> None:
    """decide() of one field."""
    decide(by, application_id, version, {bidang: verdict}, token, register_version)


def decide_file(by: Actor, application_id: int, version: int, file_id: int, verdict: Verdict, token: str) -> None:
    """Stores what was decided on one paper; only the last file of a paper counts."""
    with working(by, application_id, version, "putuskan_berkas", token) as case:
        _under_review(case)
        row = next((row for row in telaah.newest(case.files).values() if row["id"] == file_id), None)
        if row is None:
            raise NotFound("pengajuan_tidak_ada")
        reason = _reason(verdict)
        commands.set_file(case.connection, file_id, {"keadaan": verdict.keadaan, "alasan": reason})
        before = {"syarat": row["syarat"], "keadaan": row["keadaan"]}
        record(case, by, "putuskan_berkas", before, before | {"keadaan": verdict.keadaan}, reason)
        store(case, {})


def _under_review(case: Case) -> None:
    if case.row["status"] != "diperiksa":
        raise NotPermitted("pengajuan_belum_diperiksa", status=case.row["status"])


def _reason(verdict: Verdict) -> str | None:
    if verdict.keadaan not in telaah.VERDICTS:
        raise InvalidInput([Problem("keadaan", verdict.keadaan, "pilihan_di_luar_daftar")])
    return entries.given_reason(verdict.alasan) if verdict.keadaan == "ditolak" else None


def send_back(
    by: Actor, application_id: int, version: int, asked: Sequence[str], reason: str | None, token: str
) -> None:
    """Returns an application to the LKS, which is asked for exactly `asked` ("berkas:<syarat>", "isian:<bidang>").

    The clock stops and starts anew when it was brought.
    """
    with working(by, application_id, version, "kembalikan", token) as case:
        why = entries.given_reason(reason)
        wanted = list(dict.fromkeys(asked))
        today = clock.today()
        _, papers = profile_queries.checklist(case.connection, case.row["kode_wilayah"], today)
        known = {telaah.PAPER + row["kode"] for row in papers} | {telaah.PAPER + row["syarat"] for row in case.files}
        known |= {telaah.FIELD + bidang for bidang in pengajuan.FIELDS}
        problems = [Problem("diminta", code, "pilihan_di_luar_daftar") for code in wanted if code not in known]
        if not wanted:
            problems = [Problem("diminta", "", "pengajuan_diminta_kosong")]
        if problems:
            raise InvalidInput(problems)
        values = {"diminta": wanted, "catatan": why, "lengkap_pada": None, "tenggat": None}
        advance(case, by, "kembalikan", values, why)


def refuse(by: Actor, application_id: int, version: int, reason: str | None, token: str) -> None:
    """Refuses an application as a whole, with a reason that the LKS reads; nothing of it enters the register."""
    with working(by, application_id, version, "tolak", token) as case:
        why = entries.given_reason(reason)
        advance(case, by, "tolak", {"catatan": why, "diminta": [], "selesai_pada": clock.today()}, why)


def attach(by: Actor, application_id: int, version: int, lks_id: int | None, token: str) -> None:
    """Says that a new application is of an LKS which the register has already (None: that it is a new one after all).

    Every field is to be decided again, now beside what the register says.
    """
    with working(by, application_id, version, "tautkan", token) as case:
        _under_review(case)
        if case.row["jenis"] != "baru":
            raise NotPermitted("pengajuan_belum_diperiksa", status=case.row["status"])
        lks = None
        if lks_id is not None:
            lks = profile.locate(case.connection, by.scope, lks_id)
            keeping.kept(lks)
            if lineage(lks["kode_wilayah"])[1] != applications.home(case.row):
                raise InvalidInput([Problem("lks_id", lks["kode_lks"], "gabung_beda_kabkota")])
            if lks["contoh"] != case.row["contoh"]:
                raise InvalidInput([Problem("lks_id", lks["kode_lks"], "gabung_contoh_dan_nyata")])
        for line in case.fields:
            old = trail.plain(lks.get(line["bidang"])) if lks else None
            values = {"sebelum": old, "keadaan": "menunggu", "alasan": None}
            commands.set_field(case.connection, application_id, line["bidang"], values)
        store(case, {"lks_id": lks_id})
        record(case, by, "tautkan", {"lks_id": case.row["lks_id"]}, {"lks_id": lks_id})
