"""What an LKS record is: its fields, its five status axes, what counts as complete, and the measures taken of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

# The five axes are independent (an LKS can be accredited and inactive): each has its value, date and papers.
AXIS_VALUES: dict[str, tuple[str, ...]] = {
    "hukum": ("berbadan_hukum", "tidak_berbadan_hukum"),
    "aktif": ("aktif", "tidak_aktif", "alamat_tidak_ditemukan"),
    "tumbuh": ("embrio", "tumbuh", "berkembang", "mandiri"),
    "daftar": ("terdaftar", "belum_terdaftar", "dicabut"),
    "akreditasi": ("A", "B", "C", "belum", "tidak_layak"),
}
AXES = tuple(AXIS_VALUES)
GRADES = ("A", "B", "C")
# lks column -> column of lks_sumbu, per axis
AXIS_COLUMNS: dict[str, dict[str, str]] = {
    "hukum": {"hukum": "nilai", "hukum_tanggal": "tanggal"},
    "aktif": {"aktif": "nilai", "aktif_tanggal": "tanggal"},
    "tumbuh": {"tumbuh": "nilai", "tumbuh_tanggal": "tanggal"},
    "daftar": {
        "daftar": "nilai",
        "daftar_tanggal": "tanggal",
        "daftar_nomor": "nomor",
        "daftar_penerbit": "penerbit",
        "daftar_sampai": "berlaku_sampai",
    },
    "akreditasi": {
        "akreditasi": "nilai",
        "akreditasi_tanggal": "tanggal",
        "akreditasi_nomor": "nomor",
        "akreditasi_sampai": "berlaku_sampai",
        "akreditasi_aturan": "aturan",
    },
}

IDENTITY = ("nama", "singkatan", "desa", "alamat", "lat", "lon", "telepon", "email", "situs", "media_sosial")
FILLER = ("pengisi_nama", "pengisi_jabatan", "pengisi_telepon", "pengisi_email")
FOUNDING = (
    "tempat_berdiri",
    "tanggal_berdiri",
    "akta_nomor",
    "notaris",
    "pengesahan_nomor",
    "lembaran_negara",
    "sk_kemenkumham",
    "bentuk_hukum",
    "npwp",
    "bank_nama",
    "bank_rekening",
    "bank_pemilik",
)
CHARACTER = ("visi", "misi", "tujuan", "lingkup_kerja", "sifat_pelayanan", "posisi")
SERVICE = ("setting", "lokasi_layanan", "kapasitas", "program_daerah")
STAFF = ("sdm_pembina", "sdm_pengawas", "sdm_pengurus", "sdm_pekerja_sosial", "sdm_lain")
FIELD_CHECK = ("diverifikasi_pada", "hasil_observasi", "tindak_lanjut", "catatan")
AXIS_FIELDS = tuple(name for columns in AXIS_COLUMNS.values() for name in columns)
SCALARS = IDENTITY + FILLER + FOUNDING + CHARACTER + SERVICE + STAFF + FIELD_CHECK + AXIS_FIELDS
MULTI = ("kluster", "layanan", "masalah", "sasaran", "sarana", "layanan_lain")
OFFICERS = ("ketua", "sekretaris", "bendahara")
# record field -> (jabatan, column of lks_pengurus); ketua_nik is kept encrypted and handled apart
OFFICER_FIELDS: dict[str, tuple[str, str]] = {
    "ketua": ("ketua", "nama"),
    "ketua_telepon": ("ketua", "telepon"),
    "ketua_alamat": ("ketua", "alamat"),
    "sekretaris": ("sekretaris", "nama"),
    "sekretaris_telepon": ("sekretaris", "telepon"),
    "bendahara": ("bendahara", "nama"),
    "bendahara_telepon": ("bendahara", "telepon"),
}
CLIENTS = ("binaan_dalam", "binaan_luar")
FIELDS = ("kode_wilayah", *SCALARS, *MULTI, *OFFICER_FIELDS, "ketua_nik", *CLIENTS)

# What a complete record must hold; completeness is the share of these that are filled.
CORE = (
    "alamat",
    "kecamatan",
    "koordinat",
    "telepon",
    "kluster",
    "layanan",
    "setting",
    "binaan",
    "ketua",
    "hukum",
    "aktif",
    "tumbuh",
    "daftar",
    "akreditasi",
    "diverifikasi_pada",
)


def filled(record: Mapping[str, Any]) -> set[str]:
    """The core fields (CORE) that a record fills; 0 is an answer, only None and emptiness are missing."""

    def has(name: str) -> bool:
        return record.get(name) not in (None, "", [], ())

    found = {name for name in CORE if has(name)}
    if str(record.get("kode_wilayah") or "").count(".") >= 2:
        found.add("kecamatan")
    if has("lat") and has("lon"):
        found.add("koordinat")
    if has("binaan_dalam") or has("binaan_luar"):
        found.add("binaan")
    return found


@dataclass(frozen=True)
class Measure:
    """A share that screens show: `rule` tells who counts above and below the line (assets/teks/ukuran.toml)."""

    id: str
    rule: str


MEASURES = (
    Measure("terdaftar", "berlaku_per_semua"),
    Measure("terakreditasi", "layak"),
    Measure("terakreditasi_semua", "semua"),
    Measure("aktif", "semua"),
    Measure("berbadan_hukum", "semua"),
    Measure("terverifikasi", "dua_belas_bulan"),
    Measure("kelengkapan", "bidang_inti"),
)
EXPIRY_DAYS = (30, 90, 180)


def verified_since(on: date) -> date:
    """The earliest field check that still counts as recent on a date: twelve months before it."""
    try:
        return on.replace(year=on.year - 1)
    except ValueError:  # 29 February
        return on.replace(year=on.year - 1, day=28)


def quarter_start(on: date) -> date:
    """The first day of the calendar quarter a date lies in."""
    return on.replace(month=3 * ((on.month - 1) // 3) + 1, day=1)


def add_years(start: date, years: int) -> date:
    """The last day of validity of a paper of so many years: the day before the anniversary."""
    try:
        anniversary = start.replace(year=start.year + years)
    except ValueError:  # 29 February
        anniversary = date(start.year + years, 3, 1)
    return anniversary - timedelta(days=1)


def working_days_after(start: date, days: int) -> date:
    """The date so many working days (Monday to Friday) after `start`; public holidays are not known here."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < 5:
            days -= 1
    return day
