"""Requests for a tanda daftar: request, check of the papers, completion, field visit, decision, all audited."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from data_access.commands import profile as commands
from data_access.commands import trail
from data_access.engine import Connection, reading
from data_access.queries import profile as queries
from data_access.queries import references
from data_access.queries.records import Record
from domain import registration
from domain.errors import InvalidInput, NotFound, Problem, StaleEdit
from domain.impor import repair
from domain.lks import add_years
from domain.permissions import Actor, Permission, require
from services import clock, entries, keeping
from services import profile as profiles


@dataclass(frozen=True)
class Validity:
    """How long a tanda daftar holds where the office set it, with the region that set it, source and note."""

    until: date | None
    years: int | None
    wilayah: str
    source: str | None
    note: str | None


@dataclass
class _Case:
    """A request inside its transaction, with its LKS."""

    connection: Connection
    now: datetime
    row: Record
    lks: Record


def open_requests(by: Actor) -> pd.DataFrame:
    """Requests being worked on in the actor's region, the most urgent first, with the clock of each.

    Beside the columns of the query: hari_ke, lama and sisa, the days of the service time that are gone, given and left
    (below 0 when late; nothing while the papers are not complete), hari_kerja (working days) and keadaan (URGENCIES).
    """
    require(by, Permission.VIEW_REGISTER)
    with reading() as connection:
        frame = queries.open_requests(connection, by.scope)
        times = profiles.service_times(connection, frame["kode_wilayah"])
    today = clock.today()
    found = [times[region] for region in frame["kode_wilayah"]]
    working = [time is None or time.working_days for time in found]
    ticking = [
        registration.clock(complete_on, due, None, today, counted)
        for complete_on, due, counted in zip(frame["lengkap_pada"], frame["tenggat"], working, strict=True)
    ]
    days = [(time.day, time.length, time.left) if time else (None, None, None) for time in ticking]
    clocks = pd.DataFrame(days, columns=["hari_ke", "lama", "sisa"], dtype="Int64")
    keadaan = [registration.urgency(time.left if time else None) for time in ticking]
    return frame.join(clocks).assign(hari_kerja=working, keadaan=keadaan)


def request(by: Actor, lks_id: int, jenis: str, diajukan_pada: date, token: str) -> int:
    """Opens a request (jenis baru or perpanjangan) and returns its id; one LKS has one open request at a time."""
    require(by, Permission.REVIEW_REGISTRATION)
    problems = [] if jenis in registration.KINDS else [Problem("jenis", str(jenis), "pilihan_di_luar_daftar")]
    problems += _not_future("diajukan_pada", diajukan_pada)
    if problems:
        raise InvalidInput(problems)
    with keeping.saving(token, "permohonan_ajukan") as (connection, now):
        record = profiles.locate(connection, by.scope, lks_id)
        return open_in(connection, by, now, record, jenis, diajukan_pada)


def open_in(
    connection: Connection, by: Actor, now: datetime, record: Record, jenis: str, diajukan_pada: date, note: str = ""
) -> int:
    """request() for a record read in a write that is under way, whose caller was asked for REVIEW_REGISTRATION."""
    keeping.kept(record)
    lks_id = record["id"]
    for row in queries.requests(connection, by.scope, lks_id):
        if row["status"] in registration.OPEN:
            facts = {"nomor": str(row["id"]), "status": row["status"]}
            raise InvalidInput([Problem("jenis", jenis, "permohonan_masih_berjalan", facts)])
    values = {"lks_id": lks_id, "jenis": jenis, "status": "diajukan", "diajukan_pada": diajukan_pada}
    request_id = commands.add_request(connection, values)
    commands.add_step(connection, request_id, "diajukan", now, by.username, note or None)
    after = {"id": request_id, "jenis": jenis, "status": "diajukan", "diajukan_pada": diajukan_pada}
    _audit(_Case(connection, now, {"id": request_id}, record), by, "ajukan", None, after, note or None)
    return request_id


def check(by: Actor, request_id: int, version: int, token: str) -> list[profiles.Document]:
    """Takes a request into checking and returns the required papers that are missing or ran out."""
    with _step(by, request_id, version, "periksa", token) as case:
        missing = profiles.lacking(case.connection, by.scope, case.lks, clock.today())
        _advance(case, by, "periksa", {}, note=", ".join(document.nama for document in missing) or None)
    return missing


def send_back(by: Actor, request_id: int, version: int, reason: str | None, token: str) -> None:
    """Returns a request for completion with a reason; the clock stops and starts anew when the papers are complete."""
    with _step(by, request_id, version, "kembalikan", token) as case:
        why = entries.given_reason(reason)
        _advance(case, by, "kembalikan", {"lengkap_pada": None, "tenggat": None, "catatan": why}, note=why, reason=why)


def complete(by: Actor, request_id: int, version: int, lengkap_pada: date, token: str) -> date:
    """Finds the papers complete, which starts the clock, and returns the deadline by the region's service time.

    InvalidInput names each required paper that is still missing or ran out.
    """
    with _step(by, request_id, version, "lengkap", token) as case:
        problems = _not_future("lengkap_pada", lengkap_pada)
        if not problems and lengkap_pada < case.row["diajukan_pada"]:
            problems.append(Problem("lengkap_pada", lengkap_pada.isoformat(), "lengkap_sebelum_diajukan"))
        for document in profiles.lacking(case.connection, by.scope, case.lks, clock.today()):
            code = "berkas_kedaluwarsa" if document.ada else "berkas_kurang"
            problems.append(Problem(document.kode, document.nama, code))
        time = profiles.service_time(case.connection, case.lks["kode_wilayah"])
        if time is None:
            problems.append(Problem("tenggat", "", "masa_layanan_belum_ditetapkan"))
        if problems or time is None:
            raise InvalidInput(problems)
        due = registration.deadline(lengkap_pada, time.length, time.working_days)
        _advance(case, by, "lengkap", {"lengkap_pada": lengkap_pada, "tenggat": due})
    return due


def verify(by: Actor, request_id: int, version: int, visited_on: date, findings: str | None, token: str) -> None:
    """Records the field visit: the request becomes diverifikasi and the LKS gets its date of verification."""
    with _step(by, request_id, version, "verifikasi", token) as case:
        problems = _not_future("diverifikasi_pada", visited_on)
        read = repair.read_text(findings, 5000, lines=True)
        if read.refused:
            problems.append(Problem("hasil_observasi", repair.shown(findings), read.refused.code, read.refused.facts))
        if problems:
            raise InvalidInput(problems)
        fields: dict[str, Any] = {"hasil_observasi": read.text} if read.text else {}
        if case.lks["diverifikasi_pada"] is None or case.lks["diverifikasi_pada"] < visited_on:
            fields["diverifikasi_pada"] = visited_on
        if fields:
            keeping.apply(case.connection, by, case.now, case.lks, fields, None, "verifikasi")
        _advance(case, by, "verifikasi", {}, note=visited_on.isoformat())


def issue(
    by: Actor,
    request_id: int,
    version: int,
    nomor: str,
    penerbit: str,
    tanggal: date | None,
    berlaku_sampai: date | None,
    token: str,
) -> None:
    """Issues the tanda daftar: the request is closed and the axis `daftar` of the LKS gets paper, date and validity."""
    with _step(by, request_id, version, "terbitkan", token) as case:
        problems: list[Problem] = []
        texts = {}
        for name, value in (("nomor", nomor), ("penerbit", penerbit)):
            read = repair.read_text(value, 200)
            texts[name] = read.text
            if read.refused or not read.text:
                problems.append(
                    Problem(name, repair.shown(value), read.refused.code if read.refused else "wajib_diisi")
                )
        problems += _not_future("tanggal", tanggal)
        if berlaku_sampai is None:
            problems.append(Problem("berlaku_sampai", "", "wajib_diisi"))
        elif tanggal and berlaku_sampai <= tanggal:
            problems.append(Problem("berlaku_sampai", berlaku_sampai.isoformat(), "berakhir_sebelum_mulai"))
        if tanggal and case.row["lengkap_pada"] and tanggal < case.row["lengkap_pada"]:
            problems.append(Problem("tanggal", tanggal.isoformat(), "terbit_sebelum_lengkap"))
        if problems:
            raise InvalidInput(problems)
        fields = {
            "daftar": "terdaftar",
            "daftar_nomor": texts["nomor"],
            "daftar_penerbit": texts["penerbit"],
            "daftar_tanggal": tanggal,
            "daftar_sampai": berlaku_sampai,
        }
        why = f"permohonan {request_id}"
        keeping.apply(case.connection, by, case.now, case.lks, fields, why, "terbit_tanda_daftar")
        _advance(case, by, "terbitkan", {**texts, "selesai_pada": tanggal, "berlaku_sampai": berlaku_sampai})


def refuse(by: Actor, request_id: int, version: int, reason: str | None, token: str) -> None:
    """Refuses a request with a reason; the LKS itself stays as it is."""
    with _step(by, request_id, version, "tolak", token) as case:
        why = entries.given_reason(reason)
        _advance(case, by, "tolak", {"selesai_pada": clock.today(), "catatan": why}, note=why, reason=why)


def validity(by: Actor, wilayah: str, issued_on: date | None) -> Validity | None:
    """How long a tanda daftar issued on a date would hold by the region's setting: a proposal, never stored."""
    require(by, Permission.VIEW_REGISTER)
    with reading() as connection:
        row = references.setting(connection, "masa_tanda_daftar", wilayah)
    if row is None or not row["nilai"].isdigit():
        return None
    years = int(row["nilai"])
    until = add_years(issued_on, years) if issued_on else None
    return Validity(until, years, row["wilayah"], row["sumber"], row["catatan"])


def _not_future(name: str, value: Any) -> list[Problem]:
    if not isinstance(value, date):
        return [Problem(name, "", "wajib_diisi")]
    return [Problem(name, value.isoformat(), "tanggal_di_depan")] if value > clock.today() else []


@contextmanager
def _step(by: Actor, request_id: int, version: int, step: str, token: str) -> Iterator[_Case]:
    """One step's transaction: permission, region, version and whether the step may be taken were all looked at."""
    require(by, Permission.REVIEW_REGISTRATION)
    with keeping.saving(token, "permohonan_" + step) as (connection, now):
        row = queries.request(connection, by.scope, request_id)
        if row is None:
            raise NotFound()
        record = profiles.locate(connection, by.scope, row["lks_id"])
        keeping.kept(record)
        if row["versi"] != version:
            raise keeping.stale(
                [
                    change
                    for change in queries.changes(connection, by.scope, row["lks_id"])
                    if change["objek"] == "permohonan" and (change["sesudah"] or {}).get("id") == request_id
                ][:1]
            )
        registration.advance(row["status"], row["lengkap_pada"] is not None, step)
        yield _Case(connection, now, row, record)


def _advance(
    case: _Case, by: Actor, step: str, values: dict[str, Any], *, note: str | None = None, reason: str | None = None
) -> None:
    row = case.row
    status = registration.advance(row["status"], row["lengkap_pada"] is not None, step)
    new = values | {"status": status}
    if not commands.change_request(case.connection, row["id"], row["versi"], new):
        raise StaleEdit()
    commands.add_step(case.connection, row["id"], status, case.now, by.username, note)
    before = {"id": row["id"]} | {name: row[name] for name in new}
    _audit(case, by, step, before, {"id": row["id"]} | new, reason)


def _audit(case: _Case, by: Actor, aksi: str, before: Any, after: Any, reason: str | None) -> None:
    kabkota = case.lks["kabkota_kode"]
    row = trail.audit_row(
        by, case.now, aksi, "permohonan", case.lks["id"], wilayah=kabkota, before=before, after=after, reason=reason
    )
    trail.record(case.connection, row)
    keeping.touch(case.connection, case.lks)
