"""The rooms of the papers: an office's identity, what was issued, and certificates; as in tables.py."""

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

from data_access.tables import PRIBADI, RAHASIA, UtcTime, col, metadata, one_of
from domain.lkks import OWNERS

identitas_kantor = Table(  # letterhead and signatories of a region's Dinas or LKKS, each from a day on; never edited
    "identitas_kantor",
    metadata,
    col("id", Integer, primary_key=True),
    col("wilayah", Text, nullable=False),  # "" = national
    col("pemilik", Text, nullable=False),
    col("induk", Text),  # the line above the name: "Pemerintah Kota Magelang"
    col("nama", Text, nullable=False),
    col("alamat", Text),
    col("kontak", Text),
    col("tempat", Text),  # where papers are dated
    col("logo", Text),  # name of the picture in the data directory: the SHA-256 of its content
    col("penandatangan", JSON, nullable=False, kelas=PRIBADI),  # [{dokumen, jabatan, nama, nip, pangkat}]
    col("format_nomor", JSON, nullable=False),  # kind of document -> "460/{nomor}/{bulan}/{tahun}"
    col("berlaku_mulai", Date, nullable=False),
    col("contoh", Boolean, nullable=False, default=False),
    col("dibuat_pada", UtcTime, nullable=False),
    col("dibuat_oleh", Text, nullable=False, kelas=PRIBADI),
    UniqueConstraint("wilayah", "pemilik", "berlaku_mulai"),
    one_of("pemilik", "pemilik", *OWNERS),
    CheckConstraint("length(nama) BETWEEN 1 AND 200", name="nama_panjang"),
)

dokumen = Table(  # a report as it was issued: its model frozen, so that issuing it again says the same
    "dokumen",
    metadata,
    col("id", Integer, primary_key=True),
    col("jenis", Text, nullable=False),
    col("nomor", Text),
    col("wilayah", Text, nullable=False),
    col("objek", Text),  # what it is about: kegiatan, lks, rapat ...
    col("objek_id", Text),
    col("judul", Text, nullable=False),
    col("per_tanggal", Date, nullable=False),
    col("isi", JSON(none_as_null=True), nullable=False, kelas=PRIBADI),
    col("sidik", Text, nullable=False),  # SHA-256 of the canonical JSON of `isi`
    col("contoh", Boolean, nullable=False, default=False),
    col("dibuat_pada", UtcTime, nullable=False),
    col("dibuat_oleh", Text, nullable=False, kelas=PRIBADI),
    Index("ix_dokumen_wilayah", "wilayah", "jenis"),
    Index("ix_dokumen_objek", "objek", "objek_id"),
)

sertifikat = Table(
    "sertifikat",
    metadata,
    col("id", Integer, primary_key=True),
    col("kegiatan_id", Integer, ForeignKey("kegiatan.id", ondelete="CASCADE"), nullable=False),
    col("peserta_id", Integer, ForeignKey("peserta.id", ondelete="SET NULL")),
    col("nomor", Text, nullable=False),
    col("nomor_urut", Integer, nullable=False),
    col("tahun", Integer, nullable=False),
    col("wilayah", Text, nullable=False),
    col("sidik_kode", Text, nullable=False, unique=True, kelas=RAHASIA),  # keyed hash of the code on the paper
    col("kode_sandi", Text, nullable=False, kelas=RAHASIA),  # the code encrypted, to print the paper again
    col("nama", Text, nullable=False, kelas=PRIBADI),  # as it stands on the paper
    col("instansi", Text),
    col("judul", Text, nullable=False),
    col("mulai", Date, nullable=False),
    col("selesai", Date, nullable=False),
    col("tempat", Text),
    col("jp", Float),
    col("materi", JSON, nullable=False),  # [{materi, jp}] for the back of the paper
    col("tanggal", Date, nullable=False),
    col("tampil_nama", Boolean, nullable=False, default=False),  # the person agreed that a check shows the name
    col("contoh", Boolean, nullable=False, default=False),
    col("terbit_pada", UtcTime, nullable=False),
    col("terbit_oleh", Text, nullable=False, kelas=PRIBADI),
    col("dicabut_pada", UtcTime),
    col("alasan_cabut", Text),
    col("versi", Integer, nullable=False, default=1),
    UniqueConstraint("wilayah", "tahun", "nomor_urut"),
    CheckConstraint("dicabut_pada IS NULL OR alasan_cabut IS NOT NULL", name="cabut_beralasan"),
    Index("ix_sertifikat_kegiatan", "kegiatan_id", "peserta_id"),
    Index("ix_sertifikat_peserta", "peserta_id"),
)
