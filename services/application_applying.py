"""What was accepted of an online application enters the register: through the same checks as what is typed, or not at all."""

from dataclasses import dataclass
from typing import Any

from data_access.queries import profile as profile_queries
from data_access.queries.records import Record
from domain import pengajuan, registration, telaah
from domain.errors import InvalidInput, Problem
from domain.permissions import Actor, Permission, require
from services import application_review as review
from services import applications, attachments, clock, keeping, profile
from services import registration as registrations

NOTE = "diajukan daring"  # kept with each paper that came this way


@dataclass(frozen=True)
class Applied:
    """What an application became: the LKS, the registration request that goes on from here, and what is doubtful."""

    lks_id: int
    kode_lks: str
    request_id: int | None
    doubts: list[Problem]


def apply(by: Actor, application_id: int, version: int, token: str) -> Applied:
    """Puts the accepted fields and papers into the register, in one transaction with the audit.

    A new LKS is stored (a namesake is refused) and its request for a tanda daftar opened, which then goes its usual
    way; of a registered one only the accepted fields change. InvalidInput for what the register would refuse, for what
    nobody has decided on, and for fields that changed in the register after they were decided.
    """
    require(by, Permission.REVIEW_REGISTRATION)
    require(by, Permission.EDIT_REGISTER)
    with review.working(by, application_id, version, "terapkan", token, "register") as case:
        pengajuan.advance(case.row["status"], "terapkan")
        accepted = _accepted(case)
        reason = f"pengajuan {application_id}"
        doubts: list[Problem] = []
        if case.lks is None:
            if case.row["jenis"] != "baru":  # its LKS was taken out of the register meanwhile
                raise InvalidInput([Problem("lks_id", "", "pengajuan_tanpa_lks")])
            handed_in = {line["bidang"] for line in case.fields}
            base = {name: case.row[name] for name in ("nama", "kode_wilayah") if name not in handed_in}
            lks_id = keeping.create_in(
                case.connection, by, case.now, base | accepted, contoh=case.row["contoh"], reason=reason
            )
        else:
            lks_id = case.lks["id"]
            doubts = keeping.edit_in(case.connection, by, case.now, case.lks, accepted, reason)
        lks = profile.locate(case.connection, by.scope, lks_id)
        papers = _papers(case, by, lks)
        if not accepted and not papers:
            raise InvalidInput([Problem("isian", "", "pengajuan_tanpa_isi")])
        request_id = _request(case, by, lks, reason) if case.row["jenis"] == "baru" else None
        facts = {"lks_id": lks_id, "permohonan_id": request_id, "selesai_pada": clock.today()}
        review.advance(case, by, "terapkan", facts | {"catatan": None, "diminta": []})
    return Applied(lks_id, lks["kode_lks"], request_id, doubts)


def _accepted(case: review.Case) -> Record:
    """The accepted values; InvalidInput for whatever still has to be decided."""
    problems: list[Problem] = []
    found: dict[str, Any] = {}
    for line in case.fields:
        bidang = line["bidang"]
        if line["keadaan"] == "menunggu":
            problems.append(Problem(bidang, "", "pengajuan_belum_diputuskan"))
        elif line["keadaan"] == "diterima":
            if case.lks is not None and applications.moved(line, case.lks.get(bidang)):
                problems.append(Problem(bidang, "", "pengajuan_isian_berubah"))
            found[bidang] = applications.typed(bidang, line["nilai"])
    for kode, row in telaah.newest(case.files).items():
        if row["keadaan"] == "menunggu":
            problems.append(Problem(kode, "", "pengajuan_belum_diputuskan"))
    if problems:
        raise InvalidInput(problems)
    return found


def _papers(case: review.Case, by: Actor, lks: Record) -> int:
    """Notes each accepted paper as there and returns how many; dates of a paper that had run out go with it."""
    stored = profile_queries.documents(case.connection, by.scope, lks["id"])
    today, count = clock.today(), 0
    for kode, row in telaah.newest(case.files).items():
        if row["keadaan"] != "diterima":
            continue
        old = stored.get(kode)
        ran_out = old is not None and old["berlaku_sampai"] is not None and old["berlaku_sampai"] < today
        kept = {name: old[name] if old and not ran_out else None for name in ("nomor", "tanggal", "berlaku_sampai")}
        new = {"ada": True, **kept, "catatan": NOTE}
        attachments.keep_document(case.connection, by, case.now, lks, kode, new, old)
        count += 1
    return count


def _request(case: review.Case, by: Actor, lks: Record, note: str) -> int:
    """The request for a tanda daftar that the application goes on as: the one that runs already, or a new one."""
    for row in profile_queries.requests(case.connection, by.scope, lks["id"]):
        if row["status"] in registration.OPEN:
            return int(row["id"])
    jenis = "perpanjangan" if lks["daftar"] == "terdaftar" else "baru"
    arrived = applications.day_of(case.row["diterima_pada"])
    return registrations.open_in(case.connection, by, case.now, lks, jenis, arrived, note)
