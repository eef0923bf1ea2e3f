"""The schema: every table, its named constraints, and each column's class of personal data (UU 27/2022)."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Classes of data, from open to closed. A column without one fails the build (tests/data_access/test_tables.py).
UMUM, DINAS, PRIBADI, SPESIFIK, RAHASIA = "umum", "dinas", "pribadi", "spesifik", "rahasia"


class UtcTime(TypeDecorator[datetime]):
    """A moment stored in UTC and given back aware; a naive moment is refused, because nobody can tell its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def col(name: str, type_: Any, *args: Any, kelas: str = UMUM, **kw: Any) -> Column[Any]:
    """A column that says which class of data it holds."""
    return Column(name, type_, *args, info={"kelas": kelas}, **kw)


def one_of(column: str, name: str, *values: str) -> CheckConstraint:
    """A named check that the column is empty or holds one of the values."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IS NULL OR {column} IN ({listed})", name=name)


def not_negative(*columns: str) -> list[CheckConstraint]:
    """Named checks that none of the columns holds a number below zero."""
    return [CheckConstraint(f"{c} IS NULL OR {c} >= 0", name=f"{c}_tidak_negatif") for c in columns]


# --- Regions ---------------------------------------------------------------------------------------------------------

wilayah = Table(
    "wilayah",
    metadata,
    col("kode", Text, primary_key=True),  # Kemendagri, dotted text
    col("kode_bps", Text),
    col("nama", Text, nullable=False),
    col("jenis", Text, nullable=False),
    col("induk", Text, ForeignKey("wilayah.kode")),
    col("berlaku_mulai", Date),  # None: since before the register began
    col("berlaku_sampai", Date),  # None: still in force; the first day on which it no longer counts
    col("pendahulu", Text, ForeignKey("wilayah.kode")),  # the code this one was before a split or move
    col("lat", Float),
    col("lon", Float),
    one_of("jenis", "jenis", "provinsi", "kabupaten", "kota", "kecamatan"),
    Index(None, "induk"),
)

wilayah_nama = Table(  # names a region bore earlier: renames keep the code
    "wilayah_nama",
    metadata,
    col("id", Integer, primary_key=True),
    col("kode", Text, ForeignKey("wilayah.kode"), nullable=False),
    col("nama", Text, nullable=False),
    col("berlaku_mulai", Date),
    col("berlaku_sampai", Date),
    col("dasar", Text),
    UniqueConstraint("kode", "nama"),
)

# --- Versioned reference data ----------------------------------------------------------------------------------------

referensi = Table(  # every list that a rule may change: kluster, bentuk_pelayanan, ppks, psks, badan_hukum, ...
    "referensi",
    metadata,
    col("id", Integer, primary_key=True),
    col("daftar", Text, nullable=False),
    col("kode", Text, nullable=False),
    col("nama", Text, nullable=False),
    col("urutan", Integer, nullable=False),
    col("satuan", Text),
    col("anak", Boolean, nullable=False, default=False),  # concerns children: specific data under UU 27/2022
    col("induk", Text),
    col("wilayah", Text, nullable=False, default=""),  # "" = everywhere
    col("berlaku_mulai", Date),
    col("berlaku_sampai", Date),
    col("versi", Text, nullable=False, default=""),
    col("dasar_hukum", Text),
    col("sumber", Text),
    col("catatan", Text),
    UniqueConstraint("daftar", "kode", "wilayah", "versi"),
)

aturan_akreditasi = Table(
    "aturan_akreditasi",
    metadata,
    col("id", Integer, primary_key=True),
    col("versi", Text, nullable=False),
    col("peringkat", Text, nullable=False),
    col("masa_tahun", Integer),  # None: the rule in force does not say, or was not read
    col("berlaku_mulai", Date),
    col("berlaku_sampai", Date),
    col("dasar_hukum", Text),
    col("sumber", Text),
    col("catatan", Text),
    UniqueConstraint("versi", "peringkat"),
)

persyaratan_berkas = Table(
    "persyaratan_berkas",
    metadata,
    col("id", Integer, primary_key=True),
    col("wilayah", Text, nullable=False, default=""),
    col("kode", Text, nullable=False),
    col("nama", Text, nullable=False),
    col("wajib", Boolean, nullable=False),
    col("urutan", Integer, nullable=False, default=0),
    col("berlaku_mulai", Date),
    col("berlaku_sampai", Date),
    col("sumber", Text),
    UniqueConstraint("wilayah", "kode"),
)

dasar_hukum = Table(
    "dasar_hukum",
    metadata,
    col("kode", Text, primary_key=True),
    col("judul", Text, nullable=False),
    col("status", Text, nullable=False),
    col("diganti_oleh", Text),
    col("berlaku_mulai", Date),
    col("sumber", Text),
    col("catatan", Text),
)

pengaturan = Table(  # a region's own numbers, each with its source
    "pengaturan",
    metadata,
    col("id", Integer, primary_key=True),
    col("wilayah", Text, nullable=False, default=""),
    col("kunci", Text, nullable=False),
    col("nilai", Text, nullable=False),
    col("satuan", Text),
    col("asumsi", Boolean, nullable=False, default=False),  # nobody has decided it: shown as an assumption
    col("berlaku_mulai", Date),
    col("sumber", Text),
    col("catatan", Text),
    UniqueConstraint("wilayah", "kunci"),
)

angka_publikasi = Table(  # figures as an article printed them; never altered, never added to the register's own
    "angka_publikasi",
    metadata,
    col("id", Integer, primary_key=True),
    col("wilayah", Text, ForeignKey("wilayah.kode")),
    col("ukuran", Text, nullable=False),
    col("nilai", Float, nullable=False),
    col("sekitar", Boolean, nullable=False),
    col("batas", Text),  # "lebih_dari" where the article says so: more than 876 is neither 876 nor about 876
    col("satuan", Text),
    col("tanggal", Date),
    col("sumber", Text, nullable=False),
    col("sumber_kunci", Text),
    col("tautan", Text),
    col("catatan", Text),
    one_of("batas", "batas", "lebih_dari", "kurang_dari"),
    Index(None, "wilayah"),
)

# --- LKS -------------------------------------------------------------------------------------------------------------

AXES = ("hukum", "aktif", "tumbuh", "daftar", "akreditasi")

lks = Table(
    "lks",
    metadata,
    col("id", Integer, primary_key=True),
    col("kode_lks", Text, nullable=False, unique=True),
    # Identity
    col("nama", Text, nullable=False),
    col("nama_kunci", Text, nullable=False),  # normalised: equal keys in one kab/kota are the same institution
    col("nama_cari", Text, nullable=False),  # normalised for search
    col("singkatan", Text),
    col("provinsi_kode", Text, ForeignKey("wilayah.kode"), nullable=False),
    col("kabkota_kode", Text, ForeignKey("wilayah.kode"), nullable=False),
    col("kecamatan_kode", Text, ForeignKey("wilayah.kode")),
    col("desa", Text),
    col("alamat", Text),
    col("lat", Float),
    col("lon", Float),
    col("telepon", Text, kelas=PRIBADI),
    col("email", Text, kelas=PRIBADI),
    col("situs", Text),
    col("media_sosial", Text),
    col("pengisi_nama", Text, kelas=PRIBADI),
    col("pengisi_jabatan", Text, kelas=PRIBADI),
    col("pengisi_telepon", Text, kelas=PRIBADI),
    col("pengisi_email", Text, kelas=PRIBADI),
    # Founding and legal papers
    col("tempat_berdiri", Text),
    col("tanggal_berdiri", Date),
    col("akta_nomor", Text),
    col("notaris", Text, kelas=PRIBADI),
    col("pengesahan_nomor", Text),
    col("lembaran_negara", Text),
    col("sk_kemenkumham", Text),
    col("npwp", Text, kelas=DINAS),
    col("bank_nama", Text, kelas=DINAS),
    col("bank_rekening", Text, kelas=DINAS),
    col("bank_pemilik", Text, kelas=PRIBADI),
    col("bentuk_hukum", Text),
    # Character
    col("visi", Text),
    col("misi", Text),
    col("tujuan", Text),
    col("lingkup_kerja", Text),
    col("sifat_pelayanan", Text),
    col("posisi", Text),
    col("setting", Text),
    col("lokasi_layanan", Text),
    col("kapasitas", Integer),
    col("sdm_pembina", Integer),
    col("sdm_pengawas", Integer),
    col("sdm_pengurus", Integer),
    col("sdm_pekerja_sosial", Integer),
    col("sdm_lain", Integer),
    col("program_daerah", Text),
    col("catatan", Text),
    # Five independent axes: the state now; history in lks_sumbu
    col("hukum", Text),
    col("hukum_tanggal", Date),
    col("aktif", Text),
    col("aktif_tanggal", Date),
    col("tumbuh", Text),
    col("tumbuh_tanggal", Date),
    col("daftar", Text),
    col("daftar_tanggal", Date),
    col("daftar_nomor", Text),
    col("daftar_penerbit", Text),
    col("daftar_sampai", Date),
    col("akreditasi", Text),
    col("akreditasi_tanggal", Date),
    col("akreditasi_nomor", Text),
    col("akreditasi_sampai", Date),
    col("akreditasi_aturan", Text),
    # Verification in the field
    col("diverifikasi_pada", Date),
    col("hasil_observasi", Text, kelas=DINAS),
    col("tindak_lanjut", Text, kelas=DINAS),
    # Keeping
    col("terisi", Integer, nullable=False, default=0),  # how many of the core fields are filled
    col("contoh", Boolean, nullable=False, default=False),
    col("versi", Integer, nullable=False, default=1),
    col("dibuat_pada", UtcTime, nullable=False),
    col("diubah_pada", UtcTime, nullable=False),
    col("diarsipkan_pada", UtcTime),
    col("arsip_alasan", Text),
    col("digabung_ke", Integer, ForeignKey("lks.id")),
    one_of("hukum", "hukum", "berbadan_hukum", "tidak_berbadan_hukum"),
    one_of("aktif", "aktif", "aktif", "tidak_aktif", "alamat_tidak_ditemukan"),
    one_of("tumbuh", "tumbuh", "embrio", "tumbuh", "berkembang", "mandiri"),
    one_of("daftar", "daftar", "terdaftar", "belum_terdaftar", "dicabut"),
    one_of("akreditasi", "akreditasi", "A", "B", "C", "belum", "tidak_layak"),
    one_of("setting", "setting", "dalam", "luar", "keduanya"),
    one_of("lingkup_kerja", "lingkup_kerja", "nasional", "provinsi", "kabkota"),
    one_of("sifat_pelayanan", "sifat_pelayanan", "operasional", "bukan_operasional"),
    one_of("posisi", "posisi", "pusat", "cabang", "wilayah"),
    CheckConstraint("length(nama) BETWEEN 1 AND 200", name="nama_panjang"),
    # As wide as a longitude: a swapped pair has to be kept until somebody mends it (Peta lists it).
    CheckConstraint("lat IS NULL OR lat BETWEEN -180 AND 180", name="lat"),
    CheckConstraint("lon IS NULL OR lon BETWEEN -180 AND 180", name="lon"),
    CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="koordinat_berpasangan"),
    *not_negative("kapasitas", "sdm_pembina", "sdm_pengawas", "sdm_pengurus", "sdm_pekerja_sosial", "sdm_lain"),
)
# Covering: every grouping that Ringkasan and Kluster ask is answered from one of these without touching the wide rows
# (a plain one-column index makes a full grouping slower than none; tests/data_access/queries check the plan).
_MEASURES = ("diarsipkan_pada", "hukum", "aktif", "tumbuh", "daftar", "daftar_sampai", "akreditasi")
_MORE = ("akreditasi_sampai", "diverifikasi_pada", "setting", "terisi", "contoh", "id")
_REGION = ("provinsi_kode", "kabkota_kode", "kecamatan_kode")
Index("ix_lks_ukuran", *[lks.c[name] for name in _REGION + _MEASURES + _MORE])
Index("ix_lks_nama", lks.c.kabkota_kode, lks.c.nama_kunci)
Index("ix_lks_daftar_sampai", lks.c.daftar_sampai)
Index("ix_lks_akreditasi_sampai", lks.c.akreditasi_sampai)
# Every foreign key that a deletion has to look up: without one, each deleted LKS scans the whole table.
Index("ix_lks_digabung", lks.c.digabung_ke)

lks_pilihan = Table(  # the multi-valued fields: kluster, layanan, masalah, sasaran, sarana, layanan_lain
    "lks_pilihan",
    metadata,
    col("bidang", Text, primary_key=True),
    col("lks_id", Integer, ForeignKey("lks.id", ondelete="CASCADE"), primary_key=True),
    col("kode", Text, primary_key=True),
    one_of("bidang", "bidang", "kluster", "layanan", "masalah", "sasaran", "sarana", "layanan_lain"),
    Index("ix_lks_pilihan_kode", "bidang", "kode", "lks_id"),
    Index("ix_lks_pilihan_lks", "lks_id"),
)

lks_sumbu = Table(  # history of the five axes; the newest row of an axis is what lks shows
    "lks_sumbu",
    metadata,
    col("id", Integer, primary_key=True),
    col("lks_id", Integer, ForeignKey("lks.id", ondelete="CASCADE"), nullable=False),
    col("sumbu", Text, nullable=False),
    col("nilai", Text),
    col("tanggal", Date),  # the date of the decision or the check, when known
    col("nomor", Text),
    col("penerbit", Text),
    col("berlaku_sampai", Date),
    col("aturan", Text),
    col("alasan", Text),
    col("dicatat_pada", UtcTime, nullable=False),
    col("dicatat_oleh", Text, nullable=False, kelas=PRIBADI),
    one_of("sumbu", "sumbu", *AXES),
    Index("ix_lks_sumbu_lks", "lks_id", "sumbu"),
    Index("ix_lks_sumbu_pada", "dicatat_pada"),
)

lks_pengurus = Table(
    "lks_pengurus",
    metadata,
    col("id", Integer, primary_key=True),
    col("lks_id", Integer, ForeignKey("lks.id", ondelete="CASCADE"), nullable=False),
    col("jabatan", Text, nullable=False),
    col("nama", Text, nullable=False, kelas=PRIBADI),
    col("alamat", Text, kelas=PRIBADI),
    col("telepon", Text, kelas=PRIBADI),
    col("nik_sandi", Text, kelas=RAHASIA),  # encrypted; the key is a file outside the database
    col("nik_sidik", Text, kelas=RAHASIA),  # keyed hash, to find without decrypting
    col("nik_akhir", Text, kelas=PRIBADI),  # last four digits, for the masked display
    UniqueConstraint("lks_id", "jabatan"),
    one_of("jabatan", "jabatan", "ketua", "sekretaris", "bendahara", "pembina", "pengawas"),
)

lks_binaan = Table(  # clients served, per group, setting and period; counts only, never names
    "lks_binaan",
    metadata,
    col("id", Integer, primary_key=True),
    col("lks_id", Integer, ForeignKey("lks.id", ondelete="CASCADE"), nullable=False),
    col("kelompok", Text, nullable=False),  # a jenis_layanan code, or "semua" when the source gives no groups
    col("setting", Text, nullable=False),
    col("periode", Text, nullable=False),  # "2025" or "2025-06"; "" = undated
    col("jumlah", Integer, nullable=False, kelas=SPESIFIK),
    col("bentuk", Text),
    UniqueConstraint("lks_id", "kelompok", "setting", "periode"),
    one_of("setting", "setting", "dalam", "luar"),
    CheckConstraint("jumlah >= 0", name="jumlah_tidak_negatif"),
    Index("ix_lks_binaan_jumlah", "kelompok", "periode", "setting", "lks_id", "jumlah"),
)

lks_bantuan = Table(
    "lks_bantuan",
    metadata,
    col("id", Integer, primary_key=True),
    col("lks_id", Integer, ForeignKey("lks.id", ondelete="CASCADE"), nullable=False),
    col("tahun", Integer, nullable=False),
    col("jenis", Text, nullable=False),
    col("sumber", Text, nullable=False),
    col("nilai_rupiah", Integer),
    col("penerima", Integer),
    col("catatan", Text),
    CheckConstraint("tahun BETWEEN 1945 AND 2200", name="tahun"),
    *not_negative("nilai_rupiah", "penerima"),
    Index("ix_lks_bantuan_lks", "lks_id"),
)

lks_berkas = Table(
    "lks_berkas",
    metadata,
    col("id", Integer, primary_key=True),
    col("lks_id", Integer, ForeignKey("lks.id", ondelete="CASCADE"), nullable=False),
    col("syarat", Text, nullable=False),  # persyaratan_berkas.kode
    col("ada", Boolean, nullable=False),
    col("nomor", Text),
    col("tanggal", Date),
    col("berlaku_sampai", Date),
    col("catatan", Text),
    UniqueConstraint("lks_id", "syarat"),
)

permohonan = Table(  # request for registration or renewal
    "permohonan",
    metadata,
    col("id", Integer, primary_key=True),
    col("lks_id", Integer, ForeignKey("lks.id", ondelete="CASCADE"), nullable=False),
    col("jenis", Text, nullable=False),
    col("status", Text, nullable=False),
    col("diajukan_pada", Date, nullable=False),
    col("lengkap_pada", Date),  # the service-time clock starts here
    col("tenggat", Date),
    col("selesai_pada", Date),
    col("nomor", Text),
    col("penerbit", Text),
    col("berlaku_sampai", Date),
    col("catatan", Text),
    col("versi", Integer, nullable=False, default=1),
    one_of("jenis", "jenis", "baru", "perpanjangan"),
    one_of("status", "status", "diajukan", "diperiksa", "dikembalikan", "diverifikasi", "terbit", "ditolak"),
    CheckConstraint(
        "status <> 'terbit' OR (nomor IS NOT NULL AND penerbit IS NOT NULL AND selesai_pada IS NOT NULL)",
        name="terbit_lengkap",
    ),
    Index("ix_permohonan_lks", "lks_id"),
    Index("ix_permohonan_status", "status"),
)

permohonan_langkah = Table(
    "permohonan_langkah",
    metadata,
    col("id", Integer, primary_key=True),
    col("permohonan_id", Integer, ForeignKey("permohonan.id", ondelete="CASCADE"), nullable=False),
    col("status", Text, nullable=False),
    col("pada", UtcTime, nullable=False),
    col("oleh", Text, nullable=False, kelas=PRIBADI),
    col("catatan", Text),
)

penggabungan = Table(  # a merge, with what it takes to take it back
    "penggabungan",
    metadata,
    col("id", Integer, primary_key=True),
    col("dari_id", Integer, ForeignKey("lks.id"), nullable=False),
    col("ke_id", Integer, ForeignKey("lks.id"), nullable=False),
    col("sebelum", JSON(none_as_null=True), nullable=False, kelas=PRIBADI),
    col("versi_ke", Integer, nullable=False),
    col("pada", UtcTime, nullable=False),
    col("oleh", Text, nullable=False, kelas=PRIBADI),
    col("dibatalkan_pada", UtcTime),
    Index("ix_penggabungan_dari", "dari_id"),
    Index("ix_penggabungan_ke", "ke_id"),
)

bukan_kembar = Table(  # near-equal pairs that somebody looked at and found to be two institutions
    "bukan_kembar",
    metadata,
    col("lks_a", Integer, ForeignKey("lks.id", ondelete="CASCADE"), primary_key=True),
    col("lks_b", Integer, ForeignKey("lks.id", ondelete="CASCADE"), primary_key=True),
    CheckConstraint("lks_a < lks_b", name="urut"),
    Index("ix_bukan_kembar_b", "lks_b"),
)

# --- Import ----------------------------------------------------------------------------------------------------------

impor_batch = Table(
    "impor_batch",
    metadata,
    col("id", Integer, primary_key=True),
    col("berkas", Text, nullable=False, kelas=DINAS),
    col("sidik_berkas", Text, nullable=False),
    col("token", Text, nullable=False, unique=True),  # one-time: a second click stores nothing twice
    col("wilayah", Text),
    col("baru", Integer, nullable=False),
    col("berubah", Integer, nullable=False),
    col("sama", Integer, nullable=False),
    col("ditolak", Integer, nullable=False),
    col("pada", UtcTime, nullable=False),
    col("oleh", Text, nullable=False, kelas=PRIBADI),
    col("dibatalkan_pada", UtcTime),
    col("dibatalkan_oleh", Text, kelas=PRIBADI),
)

impor_baris = Table(
    "impor_baris",
    metadata,
    col("batch_id", Integer, ForeignKey("impor_batch.id", ondelete="CASCADE"), primary_key=True),
    col("lks_id", Integer, ForeignKey("lks.id", ondelete="CASCADE"), primary_key=True),
    col("baris", Integer, nullable=False),
    col("jenis", Text, nullable=False),
    col("versi", Integer, nullable=False),  # the row's version after the import: a later one means it was edited since
    col("sebelum", JSON(none_as_null=True), kelas=PRIBADI),  # the changed fields as they were; None for a new row
    one_of("jenis", "jenis", "baru", "berubah"),
    Index("ix_impor_baris_lks", "lks_id"),
)

# --- People, sessions, trail ------------------------------------------------------------------------------------------

pengguna = Table(
    "pengguna",
    metadata,
    col("id", Integer, primary_key=True),
    col("nama_pengguna", Text, nullable=False, unique=True, kelas=PRIBADI),
    col("nama", Text, nullable=False, kelas=PRIBADI),
    col("sandi", Text, kelas=RAHASIA),  # argon2id; None: cannot sign in with a password
    col("sandi_sekali", Boolean, nullable=False, default=False),  # must be replaced at the next sign-in
    col("peran", Text, nullable=False),
    col("wilayah", Text, ForeignKey("wilayah.kode")),  # None: the whole country
    col("aktif", Boolean, nullable=False, default=True),
    col("contoh", Boolean, nullable=False, default=False),
    col("dibuat_pada", UtcTime, nullable=False),
    col("versi", Integer, nullable=False, default=1),
    one_of("peran", "peran", "admin", "operator", "kepala_dinas", "pelatih", "lkks"),
)

sesi = Table(
    "sesi",
    metadata,
    col("sidik", Text, primary_key=True, kelas=RAHASIA),  # SHA-256 of the cookie's token; the token itself is not kept
    col("pengguna_id", Integer, ForeignKey("pengguna.id", ondelete="CASCADE"), nullable=False),
    col("dibuat_pada", UtcTime, nullable=False),
    col("berakhir_pada", UtcTime, nullable=False),
    col("dicabut_pada", UtcTime),
    Index("ix_sesi_pengguna", "pengguna_id"),
)

gagal_masuk = Table(
    "gagal_masuk",
    metadata,
    col("id", Integer, primary_key=True),
    col("sidik_pengguna", Text, nullable=False, kelas=DINAS),  # a hash: people type passwords into the wrong field
    col("alamat", Text, nullable=False, kelas=PRIBADI),
    col("pada", UtcTime, nullable=False),
    Index("ix_gagal_masuk_pengguna", "sidik_pengguna", "pada"),
    Index("ix_gagal_masuk_alamat", "alamat", "pada"),
)

audit = Table(
    "audit",
    metadata,
    col("id", Integer, primary_key=True),
    col("pada", UtcTime, nullable=False),
    col("pelaku_id", Integer),
    col("pelaku", Text, nullable=False, kelas=PRIBADI),
    col("aksi", Text, nullable=False),
    col("objek", Text, nullable=False),
    col("objek_id", Text),
    col("wilayah", Text),
    col("sebelum", JSON(none_as_null=True), kelas=PRIBADI),
    col("sesudah", JSON(none_as_null=True), kelas=PRIBADI),
    col("alasan", Text),
    Index("ix_audit_objek", "objek", "objek_id"),
    Index("ix_audit_pada", "pada"),
)

revisi_data = Table(  # one counter per subject; every write bumps its own inside its transaction: the key of all caches
    "revisi_data",
    metadata,
    col("subjek", Text, primary_key=True),
    col("nomor", Integer, nullable=False),
)

permintaan = Table(  # one-time tokens of writes already carried out: a second click is told so instead of done again
    "permintaan",
    metadata,
    col("token", Text, primary_key=True),
    col("aksi", Text, nullable=False),
    col("hasil", Text),
    col("pada", UtcTime, nullable=False),
)

keadaan = Table(  # facts about this installation that must survive restarts: sample mode closed, reference digest
    "keadaan",
    metadata,
    col("kunci", Text, primary_key=True),
    col("nilai", Text, nullable=False, kelas=DINAS),
)
