"""What somebody typed for an LKS: each field read, checked and limited, and the likely namesakes shown."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rapidfuzz import fuzz

import settings
from data_access import geo
from data_access.engine import Connection, reading
from data_access.queries import profile as queries
from data_access.queries import records, references
from data_access.queries import wilayah as wilayah_queries
from data_access.queries.records import Record
from domain.errors import InvalidInput, Problem
from domain.impor import repair
from domain.lks import AXIS_VALUES, FIELDS, add_years
from domain.names import name_key, search_key
from domain.permissions import Actor, Permission, require
from domain.personal import PERSONAL, mask
from domain.wilayah import level, lineage
from services import clock, profile

NEAR = 80  # from this likeness of the telling words on, two names are shown side by side
OLD_RULE = "permensos_17_2012"
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
    listed = profile.labels(connection, region, today)
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


def given_reason(reason: str | None) -> str:
    """The reason as it is kept; InvalidInput when it says nothing or is too long."""
    found = repair.read_text(reason or "", 500)
    if found.refused or len(found.text) < 3:
        raise InvalidInput([Problem("alasan", "", "alasan_belum_ditulis")])
    return found.text


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
