"""The rooms of the LKKS: its profile, officers, fields of work, programs with partners, partnerships, and letters; as in tables.py."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from data_access.tables import PRIBADI, UtcTime, col, metadata, not_negative, one_of
from domain.lkks import APPROACHES, LETTER_STATES, OWNERS, PARTNERS, PROGRAM_STATES

lkks = Table(  # one per region ("" = national); none stands above another
    "lkks",
    metadata,
    col("id", Integer, primary_key=True),
    col("wilayah", Text, nullable=False, unique=True),
    col("nama", Text, nullable=False),
    col("sebutan", Text),  # what it calls itself: LKKS, K3S, BK3S ...
    col("sk_nomor", Text),
    col("sk_tanggal", Date),
    col("masa_mulai", Date),  # the term of its officers
    col("masa_sampai", Date),
    col("alamat", Text),
    col("telepon", Text, kelas=PRIBADI),
    col("email", Text, kelas=PRIBADI),
    col("pengantar", Text),
    col("contoh", Boolean, nullable=False, default=False),
    col("versi", Integer, nullable=False, default=1),
    col("dibuat_pada", UtcTime, nullable=False),
    col("diubah_pada", UtcTime, nullable=False),
    CheckConstraint("length(nama) BETWEEN 1 AND 200", name="nama_panjang"),
    CheckConstraint("masa_sampai IS NULL OR masa_mulai IS NULL OR masa_sampai >= masa_mulai", name="masa"),
)

lkks_bidang = Table(
    "lkks_bidang",
    metadata,
    col("id", Integer, primary_key=True),
    col("lkks_id", Integer, ForeignKey("lkks.id", ondelete="CASCADE"), nullable=False),
    col("nama", Text, nullable=False),
    col("uraian", Text),
    col("urutan", Integer, nullable=False, default=0),
    UniqueConstraint("lkks_id", "nama"),
)

lkks_pengurus = Table(
    "lkks_pengurus",
    metadata,
    col("id", Integer, primary_key=True),
    col("lkks_id", Integer, ForeignKey("lkks.id", ondelete="CASCADE"), nullable=False),
    col("nama", Text, nullable=False, kelas=PRIBADI),
    col("jabatan", Text, nullable=False),
    col("bidang_id", Integer, ForeignKey("lkks_bidang.id", ondelete="SET NULL")),
    col("telepon", Text, kelas=PRIBADI),
    col("mulai", Date),
    col("sampai", Date),
    col("urutan", Integer, nullable=False, default=0),
    Index("ix_lkks_pengurus_lkks", "lkks_id"),
    Index("ix_lkks_pengurus_bidang", "bidang_id"),
)

kemitraan = Table(  # the log of an LKKS's partnerships with PSKS
    "kemitraan",
    metadata,
    col("id", Integer, primary_key=True),
    col("lkks_id", Integer, ForeignKey("lkks.id", ondelete="CASCADE"), nullable=False),
    col("tanggal", Date, nullable=False),
    col("psks", Text, nullable=False),  # a code of the list psks
    col("mitra", Text, nullable=False),
    col("kegiatan", Text, nullable=False),
    col("hasil", Text),
    col("contoh", Boolean, nullable=False, default=False),
    col("versi", Integer, nullable=False, default=1),
    Index("ix_kemitraan_lkks", "lkks_id", "tanggal"),
)

program = Table(  # of the Dinas or of an LKKS; wilayah is where it works
    "program",
    metadata,
    col("id", Integer, primary_key=True),
    col("pemilik", Text, nullable=False),
    col("wilayah", Text, nullable=False),  # "" = national
    col("nama", Text, nullable=False),
    col("tahun", Integer, nullable=False),
    col("bentuk", JSON, nullable=False),  # codes of the list bentuk_pelayanan (the four service forms)
    col("kegiatan", JSON, nullable=False),  # of the LKKS's four activities; empty for the Dinas
    col("pendekatan", Text),
    col("sasaran", Text),
    col("kluster", Text),
    col("anggaran", BigInteger),  # rupiah
    col("realisasi", BigInteger),
    col("sumber_dana", Text),  # a code of the list sumber_bantuan
    col("status", Text, nullable=False),
    col("catatan", Text),
    col("contoh", Boolean, nullable=False, default=False),
    col("versi", Integer, nullable=False, default=1),
    col("dibuat_pada", UtcTime, nullable=False),
    col("diubah_pada", UtcTime, nullable=False),
    one_of("pemilik", "pemilik", *OWNERS),
    one_of("status", "status", *PROGRAM_STATES),
    one_of("pendekatan", "pendekatan", *APPROACHES),
    CheckConstraint("tahun BETWEEN 1945 AND 2200", name="tahun"),
    CheckConstraint("length(nama) BETWEEN 1 AND 300", name="nama_panjang"),
    *not_negative("anggaran", "realisasi"),
    Index("ix_program_wilayah", "wilayah", "tahun"),
)

program_mitra = Table(
    "program_mitra",
    metadata,
    col("id", Integer, primary_key=True),
    col("program_id", Integer, ForeignKey("program.id", ondelete="CASCADE"), nullable=False),
    col("jenis", Text, nullable=False),
    col("nama", Text, nullable=False),
    col("peran", Text),
    col("nilai", BigInteger),  # rupiah that the partner puts in
    one_of("jenis", "jenis", *PARTNERS),
    *not_negative("nilai"),
    Index("ix_program_mitra_program", "program_id"),
)

surat_rekomendasi = Table(  # a letter of an LKKS that the registration of an LKS asks for
    "surat_rekomendasi",
    metadata,
    col("id", Integer, primary_key=True),
    col("lkks_id", Integer, ForeignKey("lkks.id"), nullable=False),
    col("lks_id", Integer, ForeignKey("lks.id", ondelete="CASCADE"), nullable=False),
    col("perihal", Text, nullable=False),
    col("status", Text, nullable=False),
    col("diajukan_pada", Date, nullable=False),
    col("nomor", Text),
    col("tanggal", Date),
    col("berlaku_sampai", Date),
    col("penandatangan", Text, kelas=PRIBADI),
    col("alasan", Text),
    col("contoh", Boolean, nullable=False, default=False),
    col("versi", Integer, nullable=False, default=1),
    col("dibuat_pada", UtcTime, nullable=False),
    col("diubah_pada", UtcTime, nullable=False),
    one_of("status", "status", *LETTER_STATES),
    CheckConstraint(
        "status NOT IN ('diterbitkan', 'dicabut') OR (nomor IS NOT NULL AND tanggal IS NOT NULL)", name="terbit_lengkap"
    ),
    UniqueConstraint("lkks_id", "nomor"),
    Index("ix_surat_rekomendasi_lks", "lks_id"),
)
