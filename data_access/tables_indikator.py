"""The rooms of the indicators: the versioned dictionary, targets, entered values and their imports; as in tables.py."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from data_access.tables import DINAS, PRIBADI, UtcTime, col, metadata, one_of
from domain.indikator import DIRECTIONS, KINDS, PERIODS

indikator_versi = (
    Table(  # one row per definition that ever was in force: values and reports keep the one they were made by
        "indikator_versi",
        metadata,
        col("id", Integer, primary_key=True),
        col("kode", Text, nullable=False),
        col("nomor", Integer, nullable=False),
        col("kelompok", Text, nullable=False),
        col("urutan", Integer, nullable=False),
        col("nama", Text, nullable=False),
        col("definisi", Text, nullable=False),
        col("rumus", Text, nullable=False),
        col("pembilang", Text),
        col("penyebut", Text),
        col("satuan", Text, nullable=False),
        col("desimal", Integer, nullable=False),
        col("arah", Text, nullable=False),
        col("jenis", Text, nullable=False),
        col("hitung", Text, nullable=False),  # the rule by which the program works it out (domain/indikator.py)
        col("dari", JSON, nullable=False),  # the codes that a derived one is made from
        col("sumber", Text, nullable=False),
        col("pemilik", Text, nullable=False),
        col("periode", Text, nullable=False),
        col("tingkat", JSON, nullable=False),  # the levels of region that it is stated for
        col("seri", JSON, nullable=False),  # the series that a value must name; none: values belong to one series
        col("kelas", Text),  # which table of classes its values are named by (assets/indikator/ambang.toml)
        col("target", Float),  # what holds everywhere unless a region set its own
        col("umur_bulan", Integer),  # how long after its period a value counts as fresh
        col("terbuka", Boolean, nullable=False),  # a published statistic: shown beside the regions below it
        col("orang", Boolean, nullable=False),  # counts persons: small counts are protected
        col("berlaku_mulai", Date),
        col("berlaku_sampai", Date),  # the first day on which it no longer counts
        UniqueConstraint("kode", "nomor", name="uq_indikator_versi_kode"),
        one_of("arah", "arah", *DIRECTIONS),
        one_of("jenis", "jenis", *KINDS),
        one_of("periode", "periode", *PERIODS),
        CheckConstraint("nomor >= 1", name="nomor"),
        CheckConstraint("desimal BETWEEN 0 AND 4", name="desimal"),
        CheckConstraint(
            "berlaku_sampai IS NULL OR berlaku_mulai IS NULL OR berlaku_sampai >= berlaku_mulai", name="masa"
        ),
    )
)

indikator_impor = Table(  # one uploaded workbook of values, and what it takes to take it back
    "indikator_impor",
    metadata,
    col("id", Integer, primary_key=True),
    col("berkas", Text, nullable=False, kelas=DINAS),
    col("sidik_berkas", Text, nullable=False),
    col("jenis_kode", Text, nullable=False),  # whose region codes the file declared
    col("wilayah", Text, nullable=False),  # the region of whoever imported: "" is Indonesia
    col("token", Text, nullable=False, unique=True),
    col("baru", Integer, nullable=False),
    col("berubah", Integer, nullable=False),
    col("sama", Integer, nullable=False),
    col("ditolak", Integer, nullable=False),
    col("sebelum", JSON, nullable=False, kelas=DINAS),  # what each changed value was
    col("pada", UtcTime, nullable=False),
    col("oleh", Text, nullable=False, kelas=PRIBADI),
    col("dibatalkan_pada", UtcTime),
    one_of("jenis_kode", "jenis_kode", "bps", "kemendagri"),
    Index("ix_indikator_impor_wilayah", "wilayah"),
)

indikator_nilai = Table(  # values that are entered, imported or shipped as published
    "indikator_nilai",
    metadata,
    col("id", Integer, primary_key=True),
    col("kode", Text, nullable=False),
    col("wilayah", Text, nullable=False),  # dotted code; "" is Indonesia
    col("periode", Text, nullable=False),  # "2016" or "2025-06"
    col("seri", Text, nullable=False, default=""),
    col("nilai", Float, nullable=False, kelas=DINAS),
    col("pembilang", Float, kelas=DINAS),
    col("penyebut", Float, kelas=DINAS),
    col("sekitar", Boolean, nullable=False, default=False),
    col("sumber", Text, nullable=False),
    col("tanggal", Date),  # when the source published it
    col("catatan", Text),
    col("batch_id", Integer, ForeignKey("indikator_impor.id")),
    col("versi", Integer, nullable=False),  # number of the definition that it was stated under
    col("perubahan", Integer, nullable=False, default=1),  # rises with each change of the row
    col("terbitan", Boolean, nullable=False, default=False),  # shipped with the product, as published
    col("diubah_pada", UtcTime, nullable=False),
    UniqueConstraint("kode", "wilayah", "periode", "seri", name="uq_indikator_nilai_kode"),
    CheckConstraint("length(periode) IN (4, 7)", name="periode"),
    CheckConstraint("penyebut IS NULL OR penyebut > 0", name="penyebut"),
    CheckConstraint("length(sumber) BETWEEN 1 AND 500", name="sumber"),
    Index("ix_indikator_nilai_wilayah", "wilayah", "kode"),
    Index("ix_indikator_nilai_batch", "batch_id"),
)

indikator_target = Table(
    "indikator_target",
    metadata,
    col("id", Integer, primary_key=True),
    col("kode", Text, nullable=False),
    col("wilayah", Text, nullable=False),
    col("tahun", Integer, nullable=False),
    col("nilai", Float, nullable=False),
    col("dasar", Text, nullable=False),  # the document that sets it
    col("perubahan", Integer, nullable=False, default=1),
    col("diubah_pada", UtcTime, nullable=False),
    UniqueConstraint("kode", "wilayah", "tahun", name="uq_indikator_target_kode"),
    CheckConstraint("tahun BETWEEN 1990 AND 2100", name="tahun"),
    CheckConstraint("length(dasar) BETWEEN 1 AND 500", name="dasar"),
)
