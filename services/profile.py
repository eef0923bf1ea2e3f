"""One LKS in full: its profile as a page shows it, the lists its forms offer, and a look at its personal data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from data_access import secrets
from data_access.commands import trail
from data_access.engine import Connection, reading, writing
from data_access.queries import letters as letter_queries
from data_access.queries import profile as queries
from data_access.queries import records, references
from data_access.queries import wilayah as wilayah_queries
from data_access.queries.records import Record
from domain import registration
from domain.errors import NotFound
from domain.lkks import LETTER_PAPER
from domain.lks import AXES, AXIS_COLUMNS, EXPIRY_DAYS, FIELDS
from domain.permissions import Actor, Permission, Scope, require
from domain.personal import PERSONAL, mask, masked
from domain.wilayah import lineage, short_name
from services import clock, search, wording

REFERENCE_LISTS = {
    "kluster": "kluster",
    "layanan": "bentuk_pelayanan",
    "masalah": "ppks",
    "bentuk_hukum": "badan_hukum",
    "kelompok": "jenis_layanan",
    "sumber": "sumber_bantuan",
    "tumbuh": "tingkat_tumbuh",
}


@dataclass(frozen=True)
class Axis:
    """One status axis: its value, paper and validity now, the days left, and every state before (newest first)."""

    id: str
    value: str | None
    on: date | None
    number: str | None
    issuer: str | None
    until: date | None
    rule: str | None
    days_left: int | None
    history: list[Record]

    @property
    def urgency(self) -> str:
        """lewat, 30, 90, 180 (days left at most), aman, or tanpa_batas when no end date is known."""
        if self.days_left is None:
            return "tanpa_batas"
        if self.days_left < 0:
            return "lewat"
        return next((str(limit) for limit in EXPIRY_DAYS if self.days_left <= limit), "aman")


@dataclass(frozen=True)
class Document:
    """One paper of the region's checklist: whether it is there, its data, and whether it ran out."""

    kode: str
    nama: str
    wajib: bool
    ada: bool
    nomor: str | None
    tanggal: date | None
    berlaku_sampai: date | None
    catatan: str | None
    expired: bool
    asked: bool  # False: kept, but not on the list of this region
    surat: bool = False  # a letter of an LKKS, which the Dinas neither keeps nor changes

    @property
    def valid(self) -> bool:
        """True when the paper is there and has not run out."""
        return self.ada and not self.expired


@dataclass(frozen=True)
class Request:
    """A registration request with its steps, the clock, and the steps that may be taken next."""

    row: Record
    clock: registration.Clock | None
    next_steps: list[str]


@dataclass(frozen=True)
class ServiceTime:
    """A region's service time: the length, whether in working days, the region that set it, source and note."""

    length: int
    working_days: bool
    wilayah: str
    source: str | None
    note: str | None


@dataclass(frozen=True)
class Profile:
    """Everything one page shows of an LKS; personal fields are masked."""

    record: Record
    path: list[tuple[str, str]]  # (kode, name) from the province down
    axes: list[Axis]
    documents: list[Document]
    checklist_region: str  # the region whose list applies; "" = the general one
    clients: list[Record]
    officers: list[Record]
    aid: list[Record]
    requests: list[Request]
    service_time: ServiceTime | None
    history: list[Record]
    merged: list[Record]  # merges into this LKS that still stand
    merged_into: tuple[str, str] | None  # (kode_lks, nama) of the LKS this one was merged into
    labels: dict[str, dict[str, str]]

    @property
    def have(self) -> int:
        """How many papers of the checklist are there and valid."""
        return sum(document.valid for document in self.documents if document.asked)

    @property
    def wanted(self) -> int:
        """How many papers the checklist asks for."""
        return sum(document.asked for document in self.documents)

    @property
    def state(self) -> str:
        """aktif (kept), arsip or digabung."""
        if self.record["diarsipkan_pada"] is None:
            return "aktif"
        return "arsip" if self.record["digabung_ke"] is None else "digabung"


def shown(record: Record) -> Record:
    """The record as a page gets it: personal fields masked, of the NIK only its last digits."""
    found = dict.fromkeys(FIELDS) | masked(record)
    tail = found.pop("ketua_nik_akhir", None)
    for secret in ("ketua_nik_sidik", "ketua_nik_sandi"):
        found.pop(secret, None)
    found["ketua_nik"] = "*" * 12 + tail if tail else None
    return found


def _officer(row: Record) -> Record:
    shown = {"jabatan": row["jabatan"], "nama": row["nama"], "telepon": mask("telepon", row["telepon"])}
    return shown | {"alamat": bool(row["alamat"]), "nik": "*" * 12 + row["nik_akhir"] if row["nik_akhir"] else None}


# --- reading ---------------------------------------------------------------------------------------------------------


def locate(connection: Connection, scope: Scope, lks: int | str) -> Record:
    """The flat record by id or kode_lks; NotFound alike when there is none and when it lies elsewhere."""
    lks_id = lks if isinstance(lks, int) else records.id_of(connection, scope, lks[:40])
    record = records.by_ids(connection, scope, [lks_id]).get(lks_id) if lks_id is not None else None
    if record is None:
        raise NotFound()
    return record


def profile(by: Actor, lks: int | str) -> Profile:
    """The profile of an LKS by id or kode_lks, archived and merged ones too; NotFound outside the actor's region."""
    require(by, Permission.VIEW_REGISTER)
    scope, today = by.scope, clock.today()
    with reading() as connection:
        record = locate(connection, scope, lks)
        lks_id, region = record["id"], record["kode_wilayah"]
        names = wilayah_queries.names(connection, lineage(region))
        history = queries.axis_history(connection, scope, lks_id)
        place, asked = queries.checklist(connection, region, today)
        stored = _papers(connection, scope, lks_id, today)
        time = service_time(connection, region)
        found = queries.requests(connection, scope, lks_id)
        into = record["digabung_ke"]
        return Profile(
            record=shown(record),
            path=[(kode, short_name(*names[kode])) for kode in lineage(region) if kode in names],
            axes=[_axis(axis, record, history, today) for axis in AXES],
            documents=_documents(asked, stored, today),
            checklist_region=place,
            clients=queries.clients(connection, scope, lks_id),
            officers=[_officer(row) for row in queries.officers(connection, scope, lks_id)],
            aid=queries.aid(connection, scope, lks_id),
            requests=[_request(row, time, today) for row in found],
            service_time=time,
            history=[_event(row) for row in queries.changes(connection, scope, lks_id)],
            merged=queries.merges(connection, scope, lks_id),
            merged_into=queries.kode_of(connection, scope, into) if into else None,
            labels=labels(connection, region, today),
        )


def _axis(axis: str, record: Record, history: list[Record], today: date) -> Axis:
    names = {kept: column for column, kept in AXIS_COLUMNS[axis].items()}
    get = {kept: record.get(column) for kept, column in names.items()}
    until = get.get("berlaku_sampai")
    return Axis(
        id=axis,
        value=get["nilai"],
        on=get["tanggal"],
        number=get.get("nomor"),
        issuer=get.get("penerbit"),
        until=until,
        rule=get.get("aturan"),
        days_left=(until - today).days if until else None,
        history=[row for row in history if row["sumbu"] == axis],
    )


def _papers(connection: Connection, scope: Scope, lks_id: int, today: date) -> dict[str, Record]:
    """The papers of an LKS by their code; a standing letter of an LKKS is one where the Dinas keeps no valid one itself.

    The letter stays the LKKS's: nothing of it is written among the papers that the Dinas keeps.
    """
    stored = queries.documents(connection, scope, lks_id)
    own = stored.get(LETTER_PAPER)
    if own and own["ada"] and (own["berlaku_sampai"] is None or own["berlaku_sampai"] >= today):
        return stored
    letter = letter_queries.standing(connection, scope, lks_id, today)
    if letter is None:
        return stored
    note = wording.sentence("berkas_surat_lkks", lkks=letter["lkks_nama"]).reason
    paper = {name: letter[name] for name in ("nomor", "tanggal", "berlaku_sampai")}
    return stored | {LETTER_PAPER: {"ada": True, **paper, "catatan": note, "surat": True}}


def _documents(asked: list[Record], stored: dict[str, Record], today: date) -> list[Document]:
    rows = [(row["kode"], row["nama"], row["wajib"], True) for row in asked]
    known = {kode for kode, *_ in rows}
    rows += [(kode, _name_of(kode), False, False) for kode in stored if kode not in known]
    return [_document(*row, stored.get(row[0], {}), today) for row in rows]


def _name_of(kode: str) -> str:
    """The name of a paper that the region's list does not have."""
    return wording.sentence("berkas_rekomendasi_lkks").reason if kode == LETTER_PAPER else kode.replace("_", " ")


def _document(kode: str, nama: str, wajib: bool, asked: bool, row: Record, today: date) -> Document:
    until = row.get("berlaku_sampai")
    return Document(
        kode=kode,
        nama=nama,
        wajib=wajib,
        ada=bool(row.get("ada")),
        nomor=row.get("nomor"),
        tanggal=row.get("tanggal"),
        berlaku_sampai=until,
        catatan=row.get("catatan"),
        expired=until is not None and until < today,
        asked=asked,
        surat=bool(row.get("surat")),
    )


def _request(row: Record, time: ServiceTime | None, today: date) -> Request:
    working_days = time.working_days if time else True
    ticking = registration.clock(row["lengkap_pada"], row["tenggat"], row["selesai_pada"], today, working_days)
    return Request(row, ticking, registration.allowed(row["status"], row["lengkap_pada"] is not None))


def _event(row: Record) -> Record:
    kept = {name: row[name] for name in ("id", "pada", "pelaku", "aksi", "objek", "alasan")}
    both = {side: row[side] if isinstance(row[side], dict) else {} for side in ("sebelum", "sesudah")}
    return kept | {side: masked(values) for side, values in both.items()}


def service_time(connection: Connection, region: str) -> ServiceTime | None:
    """The service time that holds in a region; None when no region above it set one."""
    return service_times(connection, [region])[region]


def service_times(connection: Connection, regions: Iterable[str]) -> dict[str, ServiceTime | None]:
    """service_time() of many regions at once, by region."""
    found: dict[str, ServiceTime | None] = dict.fromkeys(regions)
    for region, row in references.settings(connection, "masa_layanan_pendaftaran", found).items():
        if region and row and row["nilai"].isdigit():
            length, working_days = int(row["nilai"]), row["satuan"] != "hari"
            found[region] = ServiceTime(length, working_days, row["wilayah"], row["sumber"], row["catatan"])
    return found


def lacking(connection: Connection, scope: Scope, record: Record, today: date) -> list[Document]:
    """The required papers of the region's checklist that are missing or ran out."""
    _, asked = queries.checklist(connection, record["kode_wilayah"], today)
    found = _documents(asked, _papers(connection, scope, record["id"], today), today)
    return [document for document in found if document.asked and document.wajib and not document.valid]


def labels(connection: Connection, region: str | None, today: date) -> dict[str, dict[str, str]]:
    """code -> name of each reference list that holds in a region on a day, by field name."""
    return {
        name: {row["kode"]: row["nama"] for row in references.options(connection, daftar, today, region)}
        for name, daftar in REFERENCE_LISTS.items()
    }


def choices(by: Actor, wilayah: str | None) -> dict[str, dict[str, str]]:
    """What the forms offer in a region: code -> name for each reference list, by field name."""
    require(by, Permission.VIEW_REGISTER)
    with reading() as connection:
        return labels(connection, wilayah, clock.today())


def regions(by: Actor, kode: str | None) -> dict[str, str]:
    """code -> name of the regions right below `kode` that lie in the actor's region or lead to it."""
    require(by, Permission.VIEW_REGISTER)
    with reading() as connection:
        frame = wilayah_queries.children(connection, kode, clock.today())
    rows = zip(frame["kode"], frame["jenis"], frame["nama"], strict=True)
    return {
        k: short_name(jenis, nama)
        for k, jenis, nama in rows
        if by.scope.covers(k) or (by.scope.root or "").startswith(k)
    }


def find(by: Actor, text: str, limit: int = 20) -> list[Record]:
    """id, kode_lks, nama, kabkota_kode and contoh of the LKS a text may mean, archived ones too, best first."""
    ids = [hit.id for hit in search.search(by, text, limit)]
    with reading() as connection:
        found = records.by_ids(connection, by.scope, ids)
    names = ("id", "kode_lks", "nama", "kabkota_kode", "contoh", "diarsipkan_pada")
    return [{name: found[lks_id][name] for name in names} for lks_id in ids if lks_id in found]


def reveal(by: Actor, lks_id: int, field: str) -> str | None:
    """A personal field in clear, after the look was written into the audit; None when it is empty."""
    require(by, Permission.REVEAL_PERSONAL)
    if field not in PERSONAL:
        raise NotFound()
    with writing() as connection:
        record = locate(connection, by.scope, lks_id)
        row = trail.audit_row(
            by, clock.now(), "buka_data_pribadi", "lks", lks_id, wilayah=record["kabkota_kode"], after={"bidang": field}
        )
        trail.record(connection, row)
        if field != "ketua_nik":
            return record.get(field)
        sealed = sealed_nik(connection, by.scope, lks_id)
    return secrets.unseal(sealed) if sealed else None


def sealed_nik(connection: Connection, scope: Scope, lks_id: int) -> str | None:
    """The chair's NIK as it is stored, encrypted; None when there is none."""
    rows = queries.officers(connection, scope, lks_id)
    return next((row["nik_sandi"] for row in rows if row["jabatan"] == "ketua"), None)
