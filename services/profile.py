"""One LKS in full: reading its profile, and every change of the record, its documents, aid and clients."""

import math
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz

import settings
from data_access import geo, secrets
from data_access.commands import lks as lks_commands
from data_access.commands import profile as commands
from data_access.commands import trail
from data_access.commands.lks import Change
from data_access.engine import Connection, reading, writing
from data_access.queries import profile as queries
from data_access.queries import records, references
from data_access.queries import wilayah as wilayah_queries
from data_access.queries.records import Record
from domain import registration
from domain.errors import InvalidInput, NotFound, NotPermitted, NotUndoable, Problem, StaleEdit
from domain.impor import repair
from domain.lks import AXES, AXIS_COLUMNS, AXIS_FIELDS, AXIS_VALUES, EXPIRY_DAYS, FIELDS, add_years
from domain.names import name_key, search_key
from domain.permissions import Actor, Permission, Scope, require
from domain.personal import PERSONAL, mask, masked
from domain.wilayah import level, lineage, short_name
from services import accounts, clock, search

NEAR = 80  # from this likeness of the telling words on, two names are shown side by side
OLD_RULE = "permensos_17_2012"
REFERENCE_LISTS = {
    "kluster": "kluster",
    "layanan": "bentuk_pelayanan",
    "masalah": "ppks",
    "bentuk_hukum": "badan_hukum",
    "kelompok": "jenis_layanan",
    "sumber": "sumber_bantuan",
    "tumbuh": "tingkat_tumbuh",
}
# Lists of the Yogyakarta form (DOMAIN B3) that no rule changes.
FIXED: dict[str, tuple[str, ...]] = {
    **AXIS_VALUES,
    "setting": ("dalam", "luar", "keduanya"),
    "lingkup_kerja": ("nasional", "provinsi", "kabkota"),
    "sifat_pelayanan": ("operasional", "bukan_operasional"),
    "posisi": ("pusat", "cabang", "wilayah"),
    "sasaran": ("perseorangan", "keluarga", "kelompok", "masyarakat"),
    "layanan_lain": ("pendidikan", "kesehatan", "keagamaan"),
    "sarana": (
        *("gedung_milik", "gedung_sewa", "gedung_pinjam", "papan_nama", "papan_data", "ruang_konseling"),
        *("ruang_diagnosa", "ruang_makan", "ruang_kesehatan", "listrik", "komunikasi", "kendaraan"),
    ),
}
_MULTI = ("kluster", "layanan", "masalah", "sasaran", "sarana", "layanan_lain")
_LONG = {"visi": 5000, "misi": 5000, "tujuan": 5000, "hasil_observasi": 5000, "tindak_lanjut": 5000, "catatan": 5000}
_LENGTHS = {"singkatan": 60, "desa": 100, "alamat": 500, "ketua_alamat": 500, "program_daerah": 500} | dict.fromkeys(
    ("ketua", "sekretaris", "bendahara", "pengisi_nama", "pengisi_jabatan", "notaris", "bank_pemilik"), 120
)
_PAST = (
    *("tanggal_berdiri", "hukum_tanggal", "aktif_tanggal", "tumbuh_tanggal", "daftar_tanggal", "akreditasi_tanggal"),
    "diverifikasi_pada",
)
_EXPIRIES = ("daftar_sampai", "akreditasi_sampai")
DATES = frozenset({*_PAST, *_EXPIRIES})
_COUNTS = ("kapasitas", "binaan_dalam", "binaan_luar")
_READERS = {
    "email": repair.read_email,
    "pengisi_email": repair.read_email,
    "situs": repair.read_site,
    "npwp": repair.read_npwp,
    "ketua_nik": repair.read_nik,
}
_WIB = ZoneInfo("Asia/Jakarta")


# --- what a profile is -----------------------------------------------------------------------------------------------


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


def _shown(record: Record) -> Record:
    shown = dict.fromkeys(FIELDS) | masked(record)
    tail = shown.pop("ketua_nik_akhir", None)
    for secret in ("ketua_nik_sidik", "ketua_nik_sandi"):
        shown.pop(secret, None)
    shown["ketua_nik"] = "*" * 12 + tail if tail else None
    return shown


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
        stored = queries.documents(connection, scope, lks_id)
        time = service_time(connection, region)
        found = queries.requests(connection, scope, lks_id)
        into = record["digabung_ke"]
        return Profile(
            record=_shown(record),
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
            labels=_labels(connection, region, today),
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


def _documents(asked: list[Record], stored: dict[str, Record], today: date) -> list[Document]:
    rows = [(row["kode"], row["nama"], row["wajib"], True) for row in asked]
    known = {kode for kode, *_ in rows}
    rows += [(kode, kode.replace("_", " "), False, False) for kode in stored if kode not in known]
    return [_document(*row, stored.get(row[0], {}), today) for row in rows]


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
    row = references.setting(connection, "masa_layanan_pendaftaran", region)
    if row is None or not row["nilai"].isdigit():
        return None
    return ServiceTime(int(row["nilai"]), row["satuan"] != "hari", row["wilayah"], row["sumber"], row["catatan"])


def lacking(connection: Connection, scope: Scope, record: Record, today: date) -> list[Document]:
    """The required papers of the region's checklist that are missing or ran out."""
    _, asked = queries.checklist(connection, record["kode_wilayah"], today)
    found = _documents(asked, queries.documents(connection, scope, record["id"]), today)
    return [document for document in found if document.asked and document.wajib and not document.valid]


def _labels(connection: Connection, region: str | None, today: date) -> dict[str, dict[str, str]]:
    return {
        name: {row["kode"]: row["nama"] for row in references.options(connection, daftar, today, region)}
        for name, daftar in REFERENCE_LISTS.items()
    }


def choices(by: Actor, wilayah: str | None) -> dict[str, dict[str, str]]:
    """What the forms offer in a region: code -> name for each reference list, by field name."""
    require(by, Permission.VIEW_REGISTER)
    with reading() as connection:
        return _labels(connection, wilayah, clock.today())


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


# --- checking what was typed -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Checked:
    """Typed fields as they would be stored, those refused, and those only doubted."""

    fields: Record
    problems: list[Problem]
    doubts: list[Problem]


def _outcome(name: str, value: Any, today: date) -> repair.Outcome:
    """One typed value read the way an import would read it; dates come from a calendar and must be dates."""
    if name in _PAST or name in _EXPIRIES:
        if not isinstance(value, date) or isinstance(value, datetime):
            return repair.refusal("tanggal_bukan_tanggal")
        return repair.refusal("tanggal_di_depan") if name in _PAST and value > today else repair.Outcome(value)
    if name in ("lat", "lon"):
        return _degrees(value)
    if name in _COUNTS or name.startswith("sdm_"):
        whole = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= repair.COUNT_LIMIT
        return repair.Outcome(value) if whole else repair.refusal("jumlah_keliru")
    if not isinstance(value, str):
        return repair.refusal("bukan_teks")
    if name.endswith("telepon"):
        return repair.read_phone(value)
    if name in _READERS:
        return _READERS[name](value)
    if name in _LONG:
        return repair.read_text(value, _LONG[name], lines=True)
    return repair.read_text(value, _LENGTHS.get(name, 200))


def _degrees(value: Any) -> repair.Outcome:
    number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return repair.Outcome(float(value)) if number else repair.refusal("koordinat_keliru")


def _check_one(name: str, value: Any, known: Mapping[str, Any], today: date, into: Checked) -> None:
    if name in _MULTI:
        given = list(dict.fromkeys(value or []))
        unknown = [code for code in given if code not in known[name]]
        into.problems.extend(Problem(name, str(code), "pilihan_di_luar_daftar") for code in unknown)
        into.fields[name] = sorted(given)
        return
    if value is None or (isinstance(value, str) and not value.strip()):
        into.fields[name] = None
        return
    if name in known:
        if value not in known[name]:
            into.problems.append(Problem(name, str(value), "pilihan_di_luar_daftar"))
        into.fields[name] = value
        return
    outcome = _outcome(name, value, today)
    shown = mask(name, value) or "" if name in PERSONAL else repair.shown(value)
    if outcome.refused:
        into.problems.append(Problem(name, shown, outcome.refused.code, outcome.refused.facts))
    into.doubts.extend(Problem(name, shown, note.code, note.facts) for note in outcome.doubts)
    into.fields[name] = outcome.value


def check(connection: Connection, by: Actor, fields: Mapping[str, Any], before: Record | None) -> Checked:
    """Typed record fields checked one by one and together; `before` is the record they change, None for a new one."""
    today, found = clock.today(), Checked({}, [], [])
    unknown = [name for name in fields if name not in FIELDS]
    if unknown:
        raise InvalidInput([Problem(name, "", "bidang_tidak_dikenal") for name in unknown])
    region = _check_region(connection, by, fields, before, found)
    known: dict[str, Any] = dict(FIXED)
    listed = _labels(connection, region, today)
    known |= {name: listed[name] for name in ("kluster", "layanan", "masalah", "bentuk_hukum")}
    known["akreditasi_aturan"] = {row["versi"] for row in records.accreditation_rules(connection)}
    for name, value in fields.items():
        if name != "kode_wilayah":
            _check_one(name, value, known, today, found)
    after, refused = (before or {}) | found.fields, {problem.column for problem in found.problems}
    for name in ("nama", "kluster"):
        if (before is None or name in found.fields) and not after.get(name) and name not in refused:
            found.problems.append(Problem(name, "", "wajib_diisi"))
    for start, end in (("daftar_tanggal", "daftar_sampai"), ("akreditasi_tanggal", "akreditasi_sampai")):
        if {start, end} & found.fields.keys() and after.get(start) and after.get(end) and after[end] < after[start]:
            found.problems.append(Problem(end, after[end].isoformat(), "berakhir_sebelum_mulai"))
    if {"lat", "lon", "kode_wilayah"} & found.fields.keys() and not {"lat", "lon"} & refused:
        _check_place(after, found)
    return found


def _check_region(
    connection: Connection, by: Actor, fields: Mapping[str, Any], before: Record | None, into: Checked
) -> str | None:
    region = fields.get("kode_wilayah", before["kode_wilayah"] if before else None)
    if before is not None and region == before["kode_wilayah"]:
        return region
    place = wilayah_queries.one(connection, region) if isinstance(region, str) else None
    if place is None or level(region) not in ("kabkota", "kecamatan"):
        into.problems.append(
            Problem("kode_wilayah", str(region or ""), "wilayah_lks_keliru", {"kode": str(region or "-")})
        )
        return before["kode_wilayah"] if before else None
    by.scope.narrow(region)
    if place["berlaku_sampai"] is not None and place["berlaku_sampai"] <= clock.today():
        into.problems.append(Problem("kode_wilayah", str(region), "wilayah_tidak_berlaku", {"kode": str(region)}))
    into.fields["kode_wilayah"] = region
    return region


def _check_place(after: Record, into: Checked) -> None:
    lat, lon = after.get("lat"), after.get("lon")
    if (lat is None) != (lon is None):
        into.problems.append(Problem("lat" if lat is None else "lon", "", "koordinat_separuh"))
    elif lat is not None and lon is not None and not repair.in_indonesia(lat, lon):
        into.problems.append(Problem("lat", f"{lat}, {lon}", "koordinat_di_luar_indonesia"))
    elif lat is not None and lon is not None and after.get("kode_wilayah"):
        kabkota = lineage(after["kode_wilayah"])[1]
        for _, kind, detail in geo.coordinate_problems([(0, lat, lon, kabkota)], settings.load().data_dir):
            into.doubts.append(Problem("lat", f"{lat}, {lon}", "koordinat_" + kind, {"rincian": detail}))


def suggested_end(connection: Connection, grade: str | None, rule: str | None, decided: date | None) -> date | None:
    """The end of an accreditation by its rule version; None when the rule does not say or may no longer hold."""
    if not (grade and rule and decided):
        return None
    latest = references.setting(connection, "akreditasi_aturan_lama_sampai", None)
    if rule == OLD_RULE and latest and decided > date.fromisoformat(latest["nilai"]):
        return None
    years = [
        r["masa_tahun"]
        for r in records.accreditation_rules(connection)
        if (r["versi"], r["peringkat"]) == (rule, grade)
    ]
    return add_years(decided, years[0]) if years and years[0] else None


def kind(field: str) -> str:
    """What sort of entry a record field takes: multi, choice, date, degrees, count, long or text."""
    if field in _MULTI:
        return "multi"
    if field in FIXED or field in ("bentuk_hukum", "akreditasi_aturan"):
        return "choice"
    if field in DATES:
        return "date"
    if field in ("lat", "lon"):
        return "degrees"
    if field in _COUNTS or field.startswith("sdm_"):
        return "count"
    return "long" if field in _LONG else "text"


def limit(field: str) -> int:
    """The most characters a text field takes."""
    return _LONG.get(field) or _LENGTHS.get(field, 200)


def accreditation_rules(by: Actor) -> list[str]:
    """The versions of the accreditation rule, oldest first."""
    require(by, Permission.VIEW_REGISTER)
    with reading() as connection:
        return list(dict.fromkeys(row["versi"] for row in records.accreditation_rules(connection)))


def near(by: Actor, record: Mapping[str, Any]) -> list[Record]:
    """LKS of the same kab/kota with a like name, best first: id, kode_lks, nama, skor (0 to 100), sama (equal)."""
    require(by, Permission.VIEW_REGISTER)
    name, region = str(record.get("nama") or ""), str(record.get("kode_wilayah") or "")
    if not name.strip() or region.count(".") < 1:
        return []
    kabkota, key = lineage(region)[1], search_key(name)
    with reading() as connection:
        rows = queries.names_in(connection, by.scope, kabkota)
    found = [
        {"id": row["id"], "kode_lks": row["kode_lks"], "nama": row["nama"]}
        | {"skor": round(fuzz.token_sort_ratio(key, row["nama_cari"])), "sama": name_key(row["nama"]) == name_key(name)}
        for row in rows
        if row["id"] != record.get("id")
    ]
    return sorted(
        (row for row in found if row["skor"] >= NEAR or row["sama"]), key=lambda row: (-row["skor"], row["id"])
    )


# --- writing ---------------------------------------------------------------------------------------------------------


@contextmanager
def saving(token: str, aksi: str) -> Iterator[tuple[Connection, datetime]]:
    """A write to the register: one transaction, the data revision raised first, the one-time token taken."""
    now = clock.now()
    with writing() as connection:
        trail.bump(connection, "register")
        trail.claim(connection, token, aksi, now)
        yield connection, now


def touch(connection: Connection, record: Record) -> None:
    """What every write to a real LKS entails: the one-click sample roles are closed for good."""
    if not record["contoh"]:
        accounts.close_sample_sign_in_in(connection)


def given_reason(reason: str | None) -> str:
    """The reason as it is kept; InvalidInput when it says nothing or is too long."""
    found = repair.read_text(reason or "", 500)
    if found.refused or len(found.text) < 3:
        raise InvalidInput([Problem("alasan", "", "alasan_belum_ditulis")])
    return found.text


def expect(connection: Connection, by: Actor, record: Record, version: int) -> None:
    """Raises StaleEdit, naming who changed what and when, unless the record still has the version the actor saw."""
    if record["versi"] != version:
        rows = queries.newest_changes(connection, by.scope, record["id"], max(1, record["versi"] - version))
        raise stale(rows)


def stale(rows: list[Record]) -> StaleEdit:
    """The refusal of an edit that others were faster than, from their audit rows (newest first)."""
    if not rows:
        return StaleEdit()
    fields = sorted({name for row in rows for name in [*(row["sesudah"] or {}), *(row["sebelum"] or {})]})
    listed = ", ".join(name.replace("_", " ") for name in fields) or rows[0]["aksi"].replace("_", " ")
    when = rows[0]["pada"].astimezone(_WIB).strftime("%d/%m/%Y %H.%M WIB")
    return StaleEdit("lks_sudah_diubah", siapa=rows[0]["pelaku"], kapan=when, bidang=listed)


def kept(record: Record) -> None:
    """Raises NotPermitted for an archived LKS: it is restored before it is changed."""
    if record["diarsipkan_pada"] is not None:
        raise NotPermitted("lks_diarsipkan")


def _no_twin(connection: Connection, by: Actor, record: Record) -> None:
    """Raises InvalidInput when the kab/kota keeps another LKS of this name; one out of the actor's sight stays unnamed."""
    kabkota = lineage(record["kode_wilayah"])[1]
    # Twins are looked for in the whole kab/kota, also beyond an actor's kecamatan: a register holds a body once.
    rows = queries.same_name(connection, Scope(kabkota), kabkota, name_key(record["nama"]))
    others = [row for row in rows if row["id"] != record.get("id")]
    if others:
        seen = queries.kode_of(connection, by.scope, others[0]["id"])
        raise InvalidInput([Problem("nama", record["nama"], "lks_sudah_ada", {"kode": seen[0] if seen else "-"})])


def doubts(by: Actor, fields: Mapping[str, Any], lks_id: int | None = None) -> list[Problem]:
    """What is doubtful about typed fields though it may be saved, such as a point outside its region."""
    require(by, Permission.EDIT_REGISTER)
    with reading() as connection:
        before = locate(connection, by.scope, lks_id) if lks_id is not None else None
        return check(connection, by, fields, before).doubts


def create(by: Actor, record: Mapping[str, Any], token: str) -> int:
    """Adds an LKS and returns its id; InvalidInput for refused values and for a name its kab/kota already has."""
    require(by, Permission.EDIT_REGISTER)
    with saving(token, "lks_tambah") as (connection, now):
        found = check(connection, by, record, None)
        if found.problems:
            raise InvalidInput(found.problems)
        new = {name: value for name, value in found.fields.items() if value not in (None, [])}
        _no_twin(connection, by, new)
        _complete_accreditation(connection, new, new)
        lks_id = lks_commands.add(connection, [new], at=now, by=by)[0]
        kabkota = lineage(new["kode_wilayah"])[1]
        row = trail.audit_row(by, now, "tambah", "lks", lks_id, wilayah=kabkota, after=masked(new))
        trail.record(connection, row)
        touch(connection, {"contoh": False})
    return lks_id


def _complete_accreditation(connection: Connection, fields: Record, after: Record) -> None:
    """Fills the end of an accreditation from its rule where nobody gave one."""
    if {"akreditasi", "akreditasi_tanggal", "akreditasi_aturan"} & fields.keys() and after.get(
        "akreditasi_sampai"
    ) is None:
        asked = (after.get("akreditasi"), after.get("akreditasi_aturan"), after.get("akreditasi_tanggal"))
        end = suggested_end(connection, *asked)
        if end:
            fields["akreditasi_sampai"] = end


def _differing(before: Record, fields: Mapping[str, Any]) -> Record:
    """The typed fields that change something; a masked value that came back as it was shown changes nothing."""
    shown = _shown(before)
    return {
        name: value
        for name, value in fields.items()
        if not (name in PERSONAL and value not in (None, "") and value == shown.get(name))
    }


def edit(
    by: Actor, lks_id: int, version: int, fields: Mapping[str, Any], reason: str | None, token: str
) -> list[Problem]:
    """Changes fields of an LKS as seen at `version` and returns the doubts; nothing happens when nothing differs.

    A change of a status axis needs a reason. StaleEdit names who saved what in between.
    """
    require(by, Permission.EDIT_REGISTER)
    with saving(token, "lks_ubah") as (connection, now):
        before = locate(connection, by.scope, lks_id)
        kept(before)
        expect(connection, by, before, version)
        found = check(connection, by, _differing(before, fields), before)
        if found.problems:
            raise InvalidInput(found.problems)
        _complete_accreditation(connection, found.fields, before | found.fields)
        changed = {name: value for name, value in found.fields.items() if _moves(before, name, value)}
        if not changed:
            return found.doubts
        if {"nama", "kode_wilayah"} & changed.keys():
            _no_twin(connection, by, before | changed)
        if reason or set(changed) & set(AXIS_FIELDS):
            reason = given_reason(reason)
        apply(connection, by, now, before, changed, reason, "ubah")
    return found.doubts


def _moves(before: Record, name: str, value: Any) -> bool:
    """True when storing the value would change the record; empty text, empty list and None are one, 0 is an answer."""
    if name == "ketua_nik":
        return value is not None or bool(before.get("ketua_nik_sidik"))
    return (None if before.get(name) in ("", []) else before.get(name)) != (None if value in ("", []) else value)


def apply(
    connection: Connection,
    by: Actor,
    now: datetime,
    before: Record,
    fields: Record,
    reason: str | None,
    aksi: str,
) -> None:
    """Stores checked fields of a record read in this very transaction, with its audit row."""
    if lks_commands.change(connection, [Change(before, fields, reason)], at=now, by=by):
        raise StaleEdit()
    old = {name: before.get(name) for name in fields}
    if "ketua_nik" in fields and before.get("ketua_nik_akhir"):
        old["ketua_nik"] = "*" * 12 + before["ketua_nik_akhir"]
    row = trail.audit_row(
        by,
        now,
        aksi,
        "lks",
        before["id"],
        wilayah=before["kabkota_kode"],
        before=masked(old),
        after=masked(fields),
        reason=reason,
    )
    trail.record(connection, row)
    touch(connection, before)


def archive(by: Actor, lks_id: int, version: int, reason: str | None, token: str) -> None:
    """Takes an LKS out of the register's counts; it stays readable and can be restored."""
    _archive(by, lks_id, version, given_reason(reason), token, True)


def restore(by: Actor, lks_id: int, version: int, reason: str | None, token: str) -> None:
    """Puts an archived LKS back; NotUndoable for one that was merged, which is taken back as a merge."""
    _archive(by, lks_id, version, given_reason(reason), token, False)


def _archive(by: Actor, lks_id: int, version: int, reason: str, token: str, away: bool) -> None:
    require(by, Permission.ARCHIVE_LKS)
    aksi = "arsip" if away else "pulihkan"
    with saving(token, "lks_" + aksi) as (connection, now):
        record = locate(connection, by.scope, lks_id)
        expect(connection, by, record, version)
        if record["digabung_ke"] is not None:
            raise NotUndoable("pulihkan_lewat_gabung")
        if away == (record["diarsipkan_pada"] is not None):
            return
        if not away:
            _no_twin(connection, by, record)
        at, why = (now, reason) if away else (None, None)
        if not lks_commands.archive(connection, lks_id, version, at=at, reason=why, into=None):
            raise StaleEdit()
        before, after = {"diarsipkan_pada": record["diarsipkan_pada"]}, {"diarsipkan_pada": at}
        row = trail.audit_row(
            by, now, aksi, "lks", lks_id, wilayah=record["kabkota_kode"], before=before, after=after, reason=reason
        )
        trail.record(connection, row)
        touch(connection, record)


# --- documents, aid, clients -----------------------------------------------------------------------------------------

_PAPER = ("ada", "nomor", "tanggal", "berlaku_sampai", "catatan")
_AID = ("tahun", "jenis", "sumber", "nilai_rupiah", "penerima", "catatan")


def _child_row(
    connection: Connection, by: Actor, now: datetime, record: Record, objek: str, aksi: str, before: Any, after: Any
) -> None:
    row = trail.audit_row(
        by, now, aksi, objek, record["id"], wilayah=record["kabkota_kode"], before=before, after=after
    )
    trail.record(connection, row)
    touch(connection, record)


def _same(seen: Mapping[str, Any] | None, stored: Mapping[str, Any] | None, names: tuple[str, ...]) -> bool:
    return {n: (seen or {}).get(n) or None for n in names} == {n: (stored or {}).get(n) or None for n in names}


def _text(name: str, value: str | None, limit: int, problems: list[Problem]) -> str | None:
    found = repair.read_text(value, limit)
    if found.refused:
        problems.append(Problem(name, repair.shown(value), found.refused.code, found.refused.facts))
    return found.text or None


def set_document(
    by: Actor, lks_id: int, syarat: str, values: Mapping[str, Any], seen: Mapping[str, Any] | None, token: str
) -> None:
    """Stores what is known of one paper (ada, nomor, tanggal, berlaku_sampai, catatan).

    StaleEdit unless the stored row still is as `seen` (None: nothing stored)."""
    require(by, Permission.EDIT_REGISTER)
    today = clock.today()
    problems: list[Problem] = []
    new: Record = {"ada": bool(values.get("ada")), "tanggal": values.get("tanggal")}
    new["berlaku_sampai"] = values.get("berlaku_sampai")
    new["nomor"] = _text("nomor", values.get("nomor"), 200, problems)
    new["catatan"] = _text("catatan", values.get("catatan"), 500, problems)
    if new["tanggal"] and new["tanggal"] > today:
        problems.append(Problem("tanggal", new["tanggal"].isoformat(), "tanggal_di_depan"))
    if new["tanggal"] and new["berlaku_sampai"] and new["berlaku_sampai"] < new["tanggal"]:
        problems.append(Problem("berlaku_sampai", new["berlaku_sampai"].isoformat(), "berakhir_sebelum_mulai"))
    if problems:
        raise InvalidInput(problems)
    with saving(token, "berkas_ubah") as (connection, now):
        record = locate(connection, by.scope, lks_id)
        kept(record)
        stored = queries.documents(connection, by.scope, lks_id).get(syarat)
        _, asked = queries.checklist(connection, record["kode_wilayah"], today)
        if stored is None and syarat not in {row["kode"] for row in asked}:
            raise NotFound()
        if not _same(seen, stored, _PAPER):
            raise StaleEdit()
        old = {name: stored[name] for name in _PAPER} if stored else {"ada": False}
        if _same(old, new, _PAPER):
            return
        commands.set_document(connection, lks_id, syarat, new)
        changed = [name for name in _PAPER if old.get(name) != new[name]]
        _child_row(
            *(connection, by, now, record, "lks_berkas", "ubah"),
            {"syarat": syarat} | {name: old.get(name) for name in changed},
            {"syarat": syarat} | {name: new[name] for name in changed},
        )


def _aid_values(connection: Connection, record: Record, values: Mapping[str, Any], today: date) -> Record:
    problems: list[Problem] = []
    new: Record = {"jenis": _text("jenis", values.get("jenis"), 200, problems)}
    new["catatan"] = _text("catatan", values.get("catatan"), 500, problems)
    new |= {name: values.get(name) for name in ("tahun", "sumber", "nilai_rupiah", "penerima")}
    if not new["jenis"]:
        problems.append(Problem("jenis", "", "wajib_diisi"))
    if not isinstance(new["tahun"], int) or not 1945 <= new["tahun"] <= today.year:
        problems.append(Problem("tahun", str(new["tahun"] or ""), "tahun_keliru", {"sampai": str(today.year)}))
    if new["sumber"] not in _labels(connection, record["kode_wilayah"], today)["sumber"]:
        problems.append(Problem("sumber", str(new["sumber"] or ""), "pilihan_di_luar_daftar"))
    for name, limit in (("nilai_rupiah", 2**53), ("penerima", repair.COUNT_LIMIT)):
        if new[name] is not None and not (isinstance(new[name], int) and 0 <= new[name] <= limit):
            problems.append(Problem(name, str(new[name]), "jumlah_keliru"))
    if problems:
        raise InvalidInput(problems)
    return {name: new[name] for name in _AID}


def add_aid(by: Actor, lks_id: int, values: Mapping[str, Any], token: str) -> int:
    """Adds aid received (tahun, jenis, sumber, nilai_rupiah, penerima, catatan) and returns its id."""
    require(by, Permission.EDIT_REGISTER)
    with saving(token, "bantuan_tambah") as (connection, now):
        record = locate(connection, by.scope, lks_id)
        kept(record)
        new = _aid_values(connection, record, values, clock.today())
        aid_id = commands.add_aid(connection, lks_id, new)
        _child_row(connection, by, now, record, "lks_bantuan", "tambah", None, {"id": aid_id} | new)
    return aid_id


def change_aid(
    by: Actor, lks_id: int, aid_id: int, values: Mapping[str, Any] | None, seen: Mapping[str, Any], token: str
) -> None:
    """Changes one aid row, or removes it (values None); StaleEdit unless it still is as `seen`."""
    require(by, Permission.EDIT_REGISTER)
    with saving(token, "bantuan_ubah") as (connection, now):
        record = locate(connection, by.scope, lks_id)
        kept(record)
        stored = queries.child(connection, by.scope, "lks_bantuan", lks_id, aid_id)
        if stored is None:
            raise NotFound()
        if not _same(seen, stored, _AID):
            raise StaleEdit()
        old = {"id": aid_id} | {name: stored[name] for name in _AID}
        if values is None:
            commands.remove_aid(connection, lks_id, aid_id)
            _child_row(connection, by, now, record, "lks_bantuan", "hapus", old, None)
            return
        new = _aid_values(connection, record, values, clock.today())
        changed = {name: value for name, value in new.items() if old[name] != value}
        if changed:
            commands.change_aid(connection, lks_id, aid_id, changed)
            before = {"id": aid_id} | {name: old[name] for name in changed}
            _child_row(connection, by, now, record, "lks_bantuan", "ubah", before, {"id": aid_id} | changed)


def set_clients(
    by: Actor,
    lks_id: int,
    kelompok: str,
    setting: str,
    periode: str,
    jumlah: int | None,
    seen: int | None,
    token: str,
) -> None:
    """Stores how many clients of a group an LKS served in a setting and period ("2025" or "2025-06"); None removes it.

    Counts only, never names; undated totals are fields of the record. StaleEdit unless `seen` is still the count.
    """
    require(by, Permission.EDIT_REGISTER)
    today = clock.today()
    problems: list[Problem] = []
    dated = re.fullmatch(r"(19|20)\d\d(-(0[1-9]|1[0-2]))?", periode)
    if not dated or periode > today.strftime("%Y-%m")[: len(periode)]:
        problems.append(Problem("periode", periode, "periode_keliru"))
    if setting not in ("dalam", "luar"):
        problems.append(Problem("setting", setting, "pilihan_di_luar_daftar"))
    if jumlah is not None and not (isinstance(jumlah, int) and 0 <= jumlah <= repair.COUNT_LIMIT):
        problems.append(Problem("jumlah", str(jumlah), "jumlah_keliru"))
    with saving(token, "binaan_ubah") as (connection, now):
        record = locate(connection, by.scope, lks_id)
        kept(record)
        if kelompok != "semua" and kelompok not in _labels(connection, record["kode_wilayah"], today)["kelompok"]:
            problems.append(Problem("kelompok", kelompok, "pilihan_di_luar_daftar"))
        if problems:
            raise InvalidInput(problems)
        before = commands.set_clients(connection, lks_id, kelompok, setting, periode, jumlah)
        if before != seen:
            raise StaleEdit()
        if before != jumlah:
            which = {"kelompok": kelompok, "setting": setting, "periode": periode}
            old, new = (which | {"jumlah": count} if count is not None else None for count in (before, jumlah))
            _child_row(connection, by, now, record, "lks_binaan", "ubah", old, new)
