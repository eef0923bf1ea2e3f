"""The columns of an LKS workbook: their labels, the other names they go by, and how a header row is found and read."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz, process

from domain.errors import Problem
from domain.impor.repair import Cell, fold, shown

Kind = Literal[
    "text", "long", "phone", "email", "site", "social", "event", "expiry", "count", "lat", "lon", "enum",
    "ref", "multi",
    "nik", "npwp", "kode_lks", "kode_wilayah", "provinsi", "kabkota", "kecamatan", "koordinat",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its id (the column of table lks), label in templates and exports, kind, and other header names."""

    id: str
    label: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    required: bool = False
    limit: int = 200
    list_name: str = ""  # enum: key of ENUMS; ref and multi: key of refs
    exported: bool = True


# Values of the closed lists, with the label that templates and exports print.
ENUMS: dict[str, dict[str, str]] = {
    "hukum": {"berbadan_hukum": "Berbadan hukum", "tidak_berbadan_hukum": "Tidak berbadan hukum"},
    "aktif": {
        "aktif": "Aktif",
        "tidak_aktif": "Tidak aktif",
        "alamat_tidak_ditemukan": "Alamat tidak ditemukan",
    },
    "tumbuh": {"embrio": "Embrio", "tumbuh": "Tumbuh", "berkembang": "Berkembang", "mandiri": "Mandiri"},
    "daftar": {"terdaftar": "Terdaftar", "belum_terdaftar": "Belum terdaftar", "dicabut": "Dicabut"},
    "akreditasi": {"A": "A", "B": "B", "C": "C", "belum": "Belum", "tidak_layak": "Tidak layak"},
    "setting": {"dalam": "Dalam panti", "luar": "Luar panti", "keduanya": "Dalam dan luar panti"},
    "lingkup_kerja": {"nasional": "Nasional", "provinsi": "Provinsi", "kabkota": "Kabupaten/Kota"},
    "sifat_pelayanan": {"operasional": "Operasional", "bukan_operasional": "Bukan operasional"},
    "posisi": {"pusat": "Pusat", "cabang": "Cabang", "wilayah": "Wilayah"},
}

_YES = "ya y iya ada sudah v x√ √ ✓ ✔ ☑ 1 punya memiliki true"
_NO = "tidak t n belum tdk blm 0 false|tidak ada|belum ada|tidak punya|belum punya|tidak memiliki"


def _yes(*more: str) -> tuple[str, ...]:
    return (*_YES.split(), *more)


def _no(*more: str) -> tuple[str, ...]:
    first, *rest = _NO.split("|")
    return (*first.split(), *rest, *more)


# What Dinas workbooks write instead; every use is listed as a repair.
SYNONYMS: dict[str, dict[str, tuple[str, ...]]] = {
    "hukum": {
        "berbadan_hukum": _yes("bh", "badan hukum", "yayasan", "perkumpulan", "berbadan", "sudah berbadan hukum"),
        "tidak_berbadan_hukum": _no(
            "tbh", "belum berbadan hukum", "non badan hukum", "bukan badan hukum", "tdk berbadan hukum", "non bh"
        ),
    },
    "aktif": {
        "aktif": ("ya", "y", "v", "√", "✓", "✔", "☑", "1", "true", "masih aktif", "active", "berjalan"),
        "tidak_aktif": (
            *("tidak", "non aktif", "nonaktif", "tdk aktif", "tidak lagi aktif", "vakum", "tutup", "bubar", "pasif"),
            *("0", "false", "n", "inactive", "sudah tidak aktif"),
        ),
        "alamat_tidak_ditemukan": ("atd", "tidak ditemukan", "alamat tdk ditemukan", "tidak diketahui alamatnya"),
    },
    "tumbuh": {"embrio": ("embrional",), "tumbuh": ("bertumbuh",), "berkembang": ("kembang",), "mandiri": ()},
    "daftar": {
        "terdaftar": _yes("sudah terdaftar", "terdaptar", "registered"),
        "belum_terdaftar": _no("tidak terdaftar", "blm terdaftar", "belum daftar", "tdk terdaftar"),
        "dicabut": ("cabut", "sudah dicabut", "pencabutan"),
    },
    "akreditasi": {
        "A": ("akreditasi a", "terakreditasi a", "a baik sekali", "baik sekali", "sangat baik", "nilai a"),
        "B": ("akreditasi b", "terakreditasi b", "b baik", "baik", "nilai b"),
        "C": ("akreditasi c", "terakreditasi c", "c cukup", "cukup", "nilai c"),
        "belum": _no(
            "belum terakreditasi", "belum akreditasi", "belum diakreditasi", "blm akreditasi", "non akreditasi"
        ),
        "tidak_layak": ("tdk layak", "tidak terakreditasi", "tidak layak akreditasi", "tl", "tt"),
    },
    "setting": {
        "dalam": ("dalam lembaga", "dalam panti", "panti", "residensial", "dalam lks", "asrama"),
        "luar": ("luar lembaga", "non panti", "nonpanti", "luar lks", "non residensial", "berbasis keluarga"),
        "keduanya": ("dalam luar", "dalam dan luar", "dalam luar panti", "dalam dan luar lembaga", "kedua duanya"),
    },
    "lingkup_kerja": {
        "nasional": ("indonesia",),
        "provinsi": ("propinsi", "prov"),
        "kabkota": ("kab kota", "kabupaten", "kota", "kabupaten atau kota"),
    },
    "sifat_pelayanan": {
        "operasional": ("lks operasional",),
        "bukan_operasional": ("lks bukan operasional", "non operasional", "tidak operasional"),
    },
    "posisi": {"pusat": ("kantor pusat",), "cabang": ("kantor cabang",), "wilayah": ("kantor wilayah",)},
    "kluster": {
        "anak": (
            *("lksa", "panti asuhan", "panti asuhan anak", "psaa", "lks anak", "lks a", "klaster anak", "kluster anak"),
            *("panti sosial asuhan anak", "lembaga kesejahteraan sosial anak", "tpa", "taman anak sejahtera"),
        ),
        "disabilitas": (
            *(
                "lks pd",
                "lkspd",
                "penyandang cacat",
                "difabel",
                "paca",
                "lks penyandang disabilitas",
                "lks disabilitas",
            ),
        ),
        "lansia": (
            *("lks lu", "lkslu", "lanjut usia", "panti werdha", "panti wreda", "panti jompo", "werdha", "jompo"),
            *("lks lanjut usia", "lks lansia"),
        ),
        "napza": (
            "ipwl",
            "narkoba",
            "korban napza",
            "korban penyalahgunaan narkoba",
            "lks napza",
            "rehabilitasi napza",
        ),
        "tuna_sosial": ("tskpo", "tuna sosial", "korban perdagangan orang", "lks tuna sosial"),
        "korban_kekerasan": ("korban tindak kekerasan", "korban kekerasan", "ktk"),
        "bencana": ("korban bencana alam", "kebencanaan"),
        "keluarga_miskin": ("fakir miskin", "kemiskinan", "lks fakir miskin"),
        "lainnya": ("lain lain", "lain", "dll", "lks lainnya"),
    },
    "bentuk_pelayanan": {
        "rehabilitasi_sosial": ("rehabilitasi", "rehsos", "rehab sosial", "rehab"),
        "jaminan_sosial": ("jaminan", "jamsos"),
        "pemberdayaan_sosial": ("pemberdayaan", "dayasos"),
        "perlindungan_sosial": ("perlindungan", "linsos"),
    },
    "ppks": {
        "ppks01": ("abt", "balita terlantar"),
        "ppks02": ("at", "anak telantar"),
        "ppks03": ("abh", "anak berhadapan dengan hukum"),
        "ppks04": ("anjal",),
        "ppks05": ("adk", "anak dengan disabilitas", "anak penyandang disabilitas", "anak cacat"),
        "ppks07": ("ampk",),
        "ppks08": ("lansia terlantar", "lut", "lanjut usia telantar", "lansia telantar"),
        "ppks09": ("pd", "penyandang cacat", "disabilitas"),
        "ppks15": ("bwblp", "bekas narapidana", "eks napi"),
        "ppks16": ("odha", "hiv aids", "orang dengan hiv"),
        "ppks17": ("korban napza", "napza", "korban narkoba"),
        "ppks18": ("korban perdagangan orang", "trafficking"),
        "ppks19": ("ktk", "korban kekerasan"),
        "ppks20": ("pmbs", "pekerja migran bermasalah"),
        "ppks23": ("prse", "wanita rawan sosial ekonomi", "wrse"),
        "ppks24": ("keluarga miskin", "fakir miskin"),
        "ppks25": ("kbsp",),
        "ppks26": ("kat",),
    },
    "badan_hukum": {
        "yayasan": ("yys", "yay"),
        "perkumpulan": ("perkumpulan",),
        "badan_hukum_lain": ("lainnya", "badan hukum lainnya"),
    },
}


def _field(
    field_id: str,
    label: str,
    kind: Kind,
    aliases: str = "",
    required: bool = False,
    limit: int = 200,
    list_name: str = "",
    exported: bool = True,
) -> Field:
    names = tuple(part.strip() for part in aliases.split("|") if part.strip())
    return Field(field_id, label, kind, names, required, limit, list_name, exported)


FIELDS: tuple[Field, ...] = (
    _field("kode_lks", "Kode LKS", "kode_lks", "Kode Pilar|ID LKS|Kode Lembaga"),
    _field(
        "nama", "Nama LKS", "text",
        "Nama|Nama Lembaga|Nama Orsos|Nama LKS/Orsos|Nama Panti|Nama Yayasan|Nama LKSA|Nama Panti Asuhan|Lembaga|LKS"
        "|Nama Lembaga Kesejahteraan Sosial|Nama Organisasi|Nama Organisasi Sosial"
        "|Nama Panti/Yayasan|Nama Yayasan/Panti"
        "|Nama Panti/LKS|Nama LKS/Panti|Nama Lembaga/LKS|Nama Lembaga (LKS)|Nama LKS / Yayasan",
        required=True,
    ),
    _field("singkatan", "Singkatan", "text", "Akronim|Nama Singkat|Singkatan Nama", limit=60),
    _field(
        "kluster", "Kluster", "multi",
        "Klaster|Cluster|Jenis LKS|Kluster LKS|Klaster LKS|Kluster Layanan|Klaster Layanan|Bidang Layanan|Kategori LKS"
        "|Jenis Lembaga|Kluster/Jenis|Jenis Kluster",
        required=True, list_name="kluster",
    ),
    _field(
        "kode_wilayah", "Kode wilayah", "kode_wilayah",
        "Kode Kemendagri|Kode Wilayah Kemendagri|Kode Kab/Kota|Kode Kabupaten/Kota"
        "|Kode Kecamatan|Kode Kabupaten|Kode Kota",
    ),
    _field("provinsi", "Provinsi", "provinsi", "Propinsi|Prov|Nama Provinsi"),
    _field(
        "kabkota", "Kabupaten/Kota", "kabkota",
        "Kab/Kota|Kabupaten|Kota|Kab|Kabkota|Kota/Kabupaten|Kota/Kab|Nama Kabupaten/Kota|Nama Kab/Kota|Kabupaten-Kota"
        "|Kabupaten atau Kota|Alamat Kabupaten/Kota|Alamat Kab/Kota|Wilayah Kabupaten/Kota",
        required=True,
    ),
    _field("kecamatan", "Kecamatan", "kecamatan", "Kec|Nama Kecamatan|Alamat Kecamatan"),
    _field(
        "desa", "Desa/Kelurahan", "text",
        "Desa|Kelurahan|Kel/Desa|Kelurahan/Desa|Kel|Desa/Kel|Nama Desa/Kelurahan|Alamat Desa/Kelurahan|Alamat Desa"
        "|Alamat Kelurahan",
        limit=100,
    ),
    _field(
        "alamat", "Alamat", "text",
        "Alamat Lengkap|Alamat Sekretariat|Alamat LKS|Alamat Lembaga|Alamat Kantor|Alamat Jalan|Jalan|Alamat Panti",
        limit=500,
    ),
    _field("lat", "Lintang", "lat", "Latitude|Lat|Garis Lintang|Koordinat Lintang|Koordinat Latitude|Koordinat Lat"),
    _field(
        "lon", "Bujur", "lon",
        "Longitude|Long|Lng|Lon|Garis Bujur|Koordinat Bujur|Koordinat Longitude|Koordinat Long|Koordinat Lng",
    ),
    _field("koordinat", "Koordinat", "koordinat", "Titik Koordinat|Lokasi GPS|Koordinat GPS", exported=False),
    _field(
        "telepon", "Telepon", "phone",
        "Telp|No Telp|No Telepon|Nomor Telepon|HP|No HP|Nomor HP|Telepon/HP|Telp/HP|No Telp/HP|No Telepon/HP|Kontak"
        "|WA|No WA|Nomor WhatsApp|WhatsApp|Telepon LKS|No Kontak|Nomor Kontak|Kontak Telepon",
    ),
    _field("email", "Email", "email", "E-mail|Surel|Alamat Email|Email LKS|Alamat E-mail|Kontak Email"),
    _field("situs", "Situs web", "site", "Website|Web|Situs|Laman|Alamat Website"),
    _field("media_sosial", "Media sosial", "social", "Medsos|Sosial Media|Instagram|Facebook|Akun Media Sosial"),
    _field(
        "tanggal_berdiri", "Tanggal berdiri", "event",
        "Tgl Berdiri|Tanggal Pendirian|Tgl Pendirian|Berdiri|Didirikan|Pendirian Tanggal|Tanggal Didirikan",
    ),
    _field(
        "akta_nomor", "Nomor akta", "text",
        "No Akta|Akta|Akte|No Akte|Nomor Akte|Akta Notaris|Akte Notaris|No Akta Notaris|Nomor Akta Notaris"
        "|No Akte Notaris|Nomor Akta Pendirian|No Akta Pendirian|Akta Nomor|Akta Notaris Nomor",
    ),
    _field("notaris", "Notaris", "text", "Nama Notaris|Akta Notaris Nama|Akta Notaris Notaris|Akta Nama Notaris"),
    _field(
        "sk_kemenkumham", "SK Kemenkumham", "text",
        "SK Menkumham|No SK Kemenkumham|Nomor SK Kemenkumham|SK AHU|Kemenkumham|Nomor SK AHU|No SK Menkumham|AHU",
    ),
    _field(
        "hukum", "Status badan hukum", "enum",
        "Badan Hukum|Status Hukum|Berbadan Hukum|Legalitas|Status Legalitas|Status Badan Hukum LKS",
        list_name="hukum",
    ),
    _field("hukum_tanggal", "Tanggal badan hukum", "event", "Tgl Badan Hukum|Tanggal Status Hukum|Tanggal Pengesahan"),
    _field("bentuk_hukum", "Bentuk badan hukum", "ref", "Bentuk Hukum|Jenis Badan Hukum", list_name="badan_hukum"),
    _field(
        "aktif", "Status keaktifan", "enum",
        "Keaktifan|Aktif|Status Aktif|Aktif/Tidak|Aktif/Tidak Aktif|Status Keaktifan LKS|Status Kegiatan",
        list_name="aktif",
    ),
    _field(
        "aktif_tanggal", "Tanggal status keaktifan", "event",
        "Tanggal Keaktifan|Tgl Status Aktif|Tanggal Status Aktif"),
    _field(
        "tumbuh", "Tingkat perkembangan", "enum",
        "Perkembangan|Tingkat Tumbuh|Pertumbuhan|Tingkat Pertumbuhan|Status Perkembangan|Klasifikasi Perkembangan"
        "|Tumbuh/Berkembang/Mandiri|Embrio/Tumbuh/Berkembang/Mandiri|Klasifikasi",
        list_name="tumbuh",
    ),
    _field(
        "tumbuh_tanggal", "Tanggal tingkat perkembangan", "event",
        "Tanggal Perkembangan|Tanggal Penilaian Perkembangan"),
    _field(
        "daftar", "Status pendaftaran", "enum",
        "Terdaftar|Tanda Daftar|Pendaftaran|Status Terdaftar|Terdaftar/Belum|Status Tanda Daftar|Tanda Daftar Status"
        "|Pendaftaran Status",
        list_name="daftar",
    ),
    _field(
        "daftar_nomor", "Nomor tanda daftar", "text",
        "No Tanda Daftar|Nomor STP|No STP|No Tanda Pendaftaran|Nomor Tanda Pendaftaran|Nomor Pendaftaran|No Pendaftaran"
        "|Tanda Daftar Nomor|Tanda Daftar No|STP|Pendaftaran Nomor|Surat Tanda Pendaftaran",
    ),
    _field(
        "daftar_penerbit", "Penerbit tanda daftar", "text",
        "Penerbit|Instansi Penerbit|Penerbit STP|Tanda Daftar Penerbit|Diterbitkan oleh|Pendaftaran Penerbit",
    ),
    _field(
        "daftar_tanggal", "Tanggal tanda daftar", "event",
        "Tgl Tanda Daftar|Tanggal STP|Tanggal Pendaftaran|Tgl Pendaftaran|Tanda Daftar Tanggal|Tanda Daftar Tgl"
        "|Tanggal Terbit Tanda Daftar|Tgl STP|Pendaftaran Tanggal",
    ),
    _field(
        "daftar_sampai", "Tanda daftar berlaku sampai", "expiry",
        "Masa Berlaku Tanda Daftar|Berlaku Sampai Tanda Daftar|Tanda Daftar Sampai|Tanda Daftar Masa Berlaku"
        "|Masa Berlaku STP|Tanda Daftar Berlaku s/d|Pendaftaran Berlaku Sampai|Pendaftaran Sampai",
    ),
    _field(
        "akreditasi", "Akreditasi", "enum",
        "Nilai Akreditasi|Peringkat Akreditasi|Status Akreditasi|Akreditasi Nilai"
        "|Akreditasi Peringkat|Akreditasi Status"
        "|Grade Akreditasi|Hasil Akreditasi",
        list_name="akreditasi",
    ),
    _field(
        "akreditasi_nomor", "Nomor akreditasi", "text",
        "No Akreditasi|Nomor Sertifikat Akreditasi|No Sertifikat Akreditasi|Akreditasi Nomor|Nomor SK Akreditasi"
        "|No SK Akreditasi|Akreditasi No|Akreditasi Nomor SK",
    ),
    _field(
        "akreditasi_tanggal", "Tanggal akreditasi", "event",
        "Tgl Akreditasi|Akreditasi Tanggal|Akreditasi Tgl|Tanggal SK Akreditasi|Tanggal Terbit Akreditasi",
    ),
    _field(
        "akreditasi_sampai", "Akreditasi berlaku sampai", "expiry",
        "Masa Berlaku Akreditasi|Berlaku Sampai Akreditasi|Akreditasi Sampai|Akreditasi Masa Berlaku"
        "|Akreditasi Berlaku s/d|Akhir Masa Berlaku Akreditasi",
    ),
    _field("npwp", "NPWP", "npwp", "No NPWP|Nomor NPWP|NPWP LKS|NPWP Lembaga"),
    _field(
        "ketua", "Nama ketua", "text",
        "Ketua|Nama Pimpinan|Pimpinan|Nama Ketua LKS|Ketua LKS|Ketua Yayasan|Nama Ketua Yayasan|Ketua Nama"
        "|Pengurus Ketua|Nama Ketua/Pimpinan|Ketua/Pimpinan|Penanggung Jawab|Pimpinan LKS|Ketua Panti",
        limit=120,
    ),
    _field(
        "ketua_telepon", "Telepon ketua", "phone",
        "HP Ketua|No HP Ketua|Telp Ketua|Nomor Telepon Ketua|Ketua Telepon|Ketua HP|Ketua No HP|Ketua Telp|WA Ketua"
        "|HP Pimpinan|No HP Pimpinan",
    ),
    _field("ketua_nik", "NIK ketua", "nik", "NIK|NIK Pimpinan|No KTP Ketua|Ketua NIK|KTP Ketua|Nomor KTP Ketua"),
    _field("sekretaris", "Nama sekretaris", "text", "Sekretaris|Pengurus Sekretaris|Sekretaris Nama", limit=120),
    _field("bendahara", "Nama bendahara", "text", "Bendahara|Pengurus Bendahara|Bendahara Nama", limit=120),
    _field(
        "setting", "Sistem pelayanan", "enum",
        "Setting|Setting Layanan|Dalam/Luar Panti|Panti/Non Panti|Dalam atau Luar Panti|Sistem Layanan",
        list_name="setting",
    ),
    _field(
        "binaan_dalam", "Binaan dalam panti", "count",
        "Jumlah Binaan Dalam Panti|Binaan Dalam|Anak Dalam Panti|Klien Dalam Panti|PM Dalam Panti|Dalam Panti"
        "|Jumlah Klien Dalam Panti|Jumlah Binaan Dalam|Jumlah Anak Dalam Panti"
        "|Binaan Dalam Lembaga|Anak Asuh Dalam Panti",
    ),
    _field(
        "binaan_luar", "Binaan luar panti", "count",
        "Jumlah Binaan Luar Panti|Binaan Luar|Anak Luar Panti|Klien Luar Panti|PM Luar Panti|Luar Panti"
        "|Jumlah Klien Luar Panti|Jumlah Binaan Luar|Jumlah Anak Luar Panti|Binaan Luar Lembaga|Anak Asuh Luar Panti",
    ),
    _field("kapasitas", "Kapasitas", "count", "Daya Tampung|Kapasitas Panti|Jumlah Kapasitas|Kapasitas Tampung"),
    _field(
        "layanan", "Bentuk pelayanan", "multi",
        "Jenis Pelayanan|Layanan|Jenis Layanan|Pelayanan|Bentuk Layanan|Bentuk Pelayanan Sosial",
        list_name="bentuk_pelayanan",
    ),
    _field(
        "masalah", "Jenis PPKS", "multi",
        "PPKS|PMKS|Jenis PMKS|Masalah|Masalah yang Ditangani|Masalah Ditangani|PPKS yang Ditangani|Sasaran PPKS"
        "|PMKS yang Ditangani|Sasaran|Sasaran Pelayanan|Sasaran PMKS|PPKS Ditangani|PMKS Ditangani|Jenis PPKS/PMKS",
        list_name="ppks",
    ),
    _field("lingkup_kerja", "Lingkup kerja", "enum", "Lingkup|Lingkup Wilayah Kerja", list_name="lingkup_kerja"),
    _field("sifat_pelayanan", "Sifat pelayanan", "enum", "Sifat|Sifat LKS", list_name="sifat_pelayanan"),
    _field("posisi", "Posisi lembaga", "enum", "Posisi|Posisi LKS|Kedudukan", list_name="posisi"),
    _field("sdm_pengurus", "Jumlah pengurus", "count", "SDM Pengurus|Pengurus|Jml Pengurus"),
    _field(
        "sdm_pekerja_sosial", "Jumlah pekerja sosial", "count",
        "SDM Pekerja Sosial|Pekerja Sosial|Peksos|Jumlah Peksos|SDM Peksos|Jml Pekerja Sosial",
    ),
    _field("sdm_lain", "Jumlah SDM lain", "count", "SDM Lain|SDM Lainnya|Tenaga Lain|Jumlah SDM Lainnya"),
    _field(
        "diverifikasi_pada", "Tanggal verifikasi", "event",
        "Diverifikasi Pada|Tgl Verifikasi|Tanggal Verifikasi Lapangan|Verifikasi Terakhir|Tanggal Verifikasi Terakhir",
    ),
    _field("program_daerah", "Program daerah", "text", "Program|Program Pemerintah Daerah", limit=500),
    _field("catatan", "Catatan", "long", "Keterangan|Ket|Catatan Lain", limit=5000),
)  # fmt: skip
BY_ID: dict[str, Field] = {field.id: field for field in FIELDS}
EXPORTED: tuple[Field, ...] = tuple(field for field in FIELDS if field.exported)

# Columns that number the rows, or that Pilar itself added to the list of refused rows.
IGNORED = frozenset({"no", "nomor", "no urut", "nomor urut", "masalah data", "cara memperbaiki", "baris asal"})

EXACT, ALIAS, SIMILAR, TWICE, NONE = "sama", "padanan", "mirip", "ganda", "tidak_dikenal"
_FUZZY_LEAST = 88
_CLEARLY = 12  # the score of a row that names ten columns and the name of the LKS: the search ends there

# The second line of a grouped header that means nothing without the group above it ("Ketua" over "Nama").
_GENERIC = frozenset(
    "nama nomor no tanggal tgl status kode alamat jenis telepon telp hp no hp nik nilai sampai keterangan ket".split()
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a header was taken for: its place, text, field id (None when not used), how it was found, and 0..100."""

    index: int
    header: str
    field: str | None
    how: str
    score: int


@dataclass(frozen=True, slots=True)
class Header:
    """A found header: its first row (from 0), how many rows it takes, one text per column, where the data begin."""

    row: int
    depth: int
    headers: tuple[str, ...]
    first_data_row: int


def _names() -> tuple[dict[str, str], dict[str, str]]:
    labels = {fold(field.label): field.id for field in FIELDS} | {
        field.id.replace("_", " "): field.id for field in FIELDS
    }
    aliases: dict[str, str] = {}
    for field in FIELDS:
        for alias in field.aliases:
            aliases.setdefault(fold(alias), field.id)
    return labels, aliases


_LABELS, _ALIASES = _names()
_KNOWN = [*_LABELS.items(), *_ALIASES.items()]  # (comparison form, field id)
_KNOWN_NAMES = [name for name, _ in _KNOWN]
_PRONOUNCED = (
    ("propinsi", "provinsi"),
    ("nomer", "nomor"),
    ("no ", "nomor "),
    ("tgl ", "tanggal "),
    ("jml ", "jumlah "),
)


@lru_cache(maxsize=4_000)
def _named(header: str) -> tuple[str | None, str, str]:
    """(field id or None, EXACT, ALIAS or NONE, the text still to be compared by likeness) of one header text."""
    key = fold(header.replace("*", " "))
    key = key.removesuffix(" wajib")
    if not key or key in IGNORED or "bps" in key.split():
        return None, NONE, ""
    if key in _LABELS:
        return _LABELS[key], EXACT, ""
    if key in _ALIASES:
        return _ALIASES[key], ALIAS, ""
    for short, full in _PRONOUNCED:
        key = key.replace(short, full)
    for names in (_LABELS, _ALIASES):
        if key in names:
            return names[key], ALIAS, ""
    return None, NONE, key if len(key) >= 5 else ""


@lru_cache(maxsize=4_000)
def match_header(header: str) -> tuple[str | None, str, int]:
    """(field id or None, how, score) for one header text; BPS codes are never taken for Kemendagri codes."""
    field, how, key = _named(header)
    if not key:
        return field, how, 100 if field else 0
    scored = process.extract(key, _KNOWN_NAMES, scorer=fuzz.ratio, limit=None)
    _, score, at = scored[0]
    best = _KNOWN[at][1]
    near = itertools.takewhile(lambda item: item[1] >= score - 3, scored)
    if score < _FUZZY_LEAST or any(_KNOWN[place][1] != best for _, _, place in near):
        return None, NONE, int(score)
    return best, SIMILAR, int(score)


def propose_mapping(headers: Sequence[str]) -> list[Proposal]:
    """One proposal per header, in order; of two headers for one field the better match is taken,
    the other is "ganda"."""
    found = [(index, header, *match_header(header)) for index, header in enumerate(headers) if header.strip()]
    rank = {EXACT: 0, ALIAS: 1, SIMILAR: 2}
    chosen: dict[str, int] = {}
    for index, _, field, how, _score in sorted(found, key=lambda item: (rank.get(item[3], 9), -item[4], item[0])):
        if field is not None and how in rank:
            chosen.setdefault(field, index)
    return [
        Proposal(index, header, field, how, score)
        if field is None or chosen[field] == index
        else Proposal(index, header, None, TWICE, score)
        for index, header, field, how, score in found
    ]


def mapping_problems(proposals: Sequence[Proposal]) -> list[Problem]:
    """What the person should know about the mapping: unused, doubled, only similar, and missing required columns."""
    problems = []
    taken = {proposal.field: proposal.header for proposal in proposals if proposal.field}
    for proposal in proposals:
        if proposal.how == TWICE:
            field = match_header(proposal.header)[0] or ""
            facts = {"kolom": BY_ID[field].label, "dipakai": taken.get(field, "")}
            problems.append(Problem(field, proposal.header, "kolom_ganda", facts))
        elif proposal.field is None:
            if fold(proposal.header) not in IGNORED:
                problems.append(Problem("", proposal.header, "kolom_tidak_dipakai", {}))
        elif proposal.how == SIMILAR:
            facts = {"kolom": BY_ID[proposal.field].label, "nilai_mirip": str(proposal.score)}
            problems.append(Problem(proposal.field, proposal.header, "kolom_mirip", facts))
    return problems + missing_columns(taken.keys())


def missing_columns(fields: Iterable[str | None]) -> list[Problem]:
    """One problem per required column that no header stands for; a region code does for the name of the kab/kota."""
    given = set(fields)
    return [
        Problem(field.id, "", "kolom_wajib_tidak_ada", {"kolom": field.label})
        for field in FIELDS
        if field.required and field.id not in given and not (field.id == "kabkota" and "kode_wilayah" in given)
    ]


def header_text(cell: Cell) -> str:
    """A header cell as one line of text."""
    return " ".join(shown(cell).split())


def _joined(top: Sequence[Cell], bottom: Sequence[Cell]) -> tuple[str, ...]:
    """The texts of a two-row header: a group name reaches right over the blanks beside it."""
    width = max(len(top), len(bottom))
    group, texts = "", []
    for index in range(width):
        above = header_text(top[index]) if index < len(top) else ""
        below = header_text(bottom[index]) if index < len(bottom) else ""
        group = above or (group if below else "")
        if not below or not group:
            texts.append(above or below)
            continue
        both = f"{group} {below}"
        alone = below if fold(below) not in _GENERIC and match_header(below)[0] else both
        texts.append(both if _named(both)[0] else alone)
    return tuple(texts)


def _score(headers: Sequence[str], need_name: bool) -> int:
    found = {field for field, _, _ in map(_named, headers) if field}
    return 0 if need_name and "nama" not in found else len(found) + 2 * ("nama" in found)


def _is_numbering(row: Sequence[Cell]) -> bool:
    texts = [header_text(cell).strip("() .") for cell in row if header_text(cell)]
    if len(texts) < 3 or not all(text.isascii() and text.isdigit() for text in texts):
        return False
    first = int(texts[0])
    return [int(text) for text in texts] == list(range(first, first + len(texts)))


def find_header(grid: Sequence[Sequence[Cell]], need_name: bool = True, within: int = 40) -> Header | None:
    """The header among the first rows, under any title lines, one or two rows deep; None when no row looks like one.

    A row counts by how many different columns of the register it names; the name of the LKS and two more must be there,
    or, without `need_name`, any four.
    """
    best: tuple[int, int, int] | None = None
    for index in range(min(within, len(grid))):
        row = grid[index]
        if sum(bool(header_text(cell)) for cell in row) < 2:
            continue
        for depth in (1, 2):
            if depth == 2 and index + 1 >= len(grid):
                continue
            texts = tuple(map(header_text, row)) if depth == 1 else _joined(row, grid[index + 1])
            score = _score(texts, need_name)
            if score >= (5 if need_name else 4) and (best is None or score > best[0]):
                best = (score, index, depth)
        if best is not None and best[0] >= _CLEARLY and best[1] < index:
            break  # one row more was tried: a title line joined with the header below it reads well, too
    if best is None:
        return None
    _, index, depth = best
    texts = tuple(map(header_text, grid[index])) if depth == 1 else _joined(grid[index], grid[index + 1])
    first = index + depth
    if first < len(grid) and _is_numbering(grid[first]):
        first += 1
    return Header(index, depth, _distinct(texts), first)


def _distinct(texts: Sequence[str]) -> tuple[str, ...]:
    """The same texts with " (2)", " (3)" after repeated ones, so that a header names one column."""
    seen: dict[str, int] = {}
    result = []
    for text in texts:
        count = seen[text] = seen.get(text, 0) + 1
        result.append(f"{text} ({count})" if text and count > 1 else text)
    return tuple(result)
