"""The rooms of the meetings: agenda, attendance, decisions, actions, and what a closed meeting showed; as in tables.py."""

from sqlalchemy import (
    JSON,
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

from data_access.tables import DINAS, PRIBADI, UtcTime, col, metadata, not_negative, one_of
from domain.lkks import DUTIES
from domain.rapat import ACTION_KINDS, ACTION_STATES, BODIES, KINDS, STATES

rapat = Table(
    "rapat",
    metadata,
    col("id", Integer, primary_key=True),
    col("wilayah", Text, nullable=False),  # of the LKKS that meets; "" = national
    col("jenis", Text, nullable=False),
    col("judul", Text, nullable=False),
    col("tanggal", Date, nullable=False),
    col("mulai", Text),  # "09.00", local time of the region
    col("selesai", Text),
    col("tempat", Text),
    col("pimpinan", Text, kelas=PRIBADI),
    col("notulis", Text, kelas=PRIBADI),
    col("status", Text, nullable=False),
    col("sebelumnya_id", Integer, ForeignKey("rapat.id", ondelete="SET NULL")),
    col("catatan", Text, kelas=DINAS),
    col("ditutup_pada", UtcTime),
    col("ditutup_oleh", Text, kelas=PRIBADI),
    col("contoh", Boolean, nullable=False, default=False),
    col("versi", Integer, nullable=False, default=1),
    col("dibuat_pada", UtcTime, nullable=False),
    col("diubah_pada", UtcTime, nullable=False),
    one_of("jenis", "jenis", *KINDS),
    one_of("status", "status", *STATES),
    CheckConstraint("length(judul) BETWEEN 1 AND 200", name="judul_panjang"),
    CheckConstraint("status <> 'ditutup' OR ditutup_pada IS NOT NULL", name="ditutup"),
    Index("ix_rapat_wilayah", "wilayah", "tanggal"),
    Index("ix_rapat_sebelumnya", "sebelumnya_id"),
)

rapat_butir = Table(  # an agenda item with the panels bound to it (domain.rapat.PanelSpec.as_data)
    "rapat_butir",
    metadata,
    col("id", Integer, primary_key=True),
    col("rapat_id", Integer, ForeignKey("rapat.id", ondelete="CASCADE"), nullable=False),
    col("urutan", Integer, nullable=False),
    col("judul", Text, nullable=False),
    col("uraian", Text),
    col("menit", Integer),
    col("panel", JSON, nullable=False),
    col("catatan", Text, kelas=DINAS),  # what was said, for the minutes
    col("versi", Integer, nullable=False, default=1),
    CheckConstraint("length(judul) BETWEEN 1 AND 200", name="judul_panjang"),
    *not_negative("menit"),
    Index("ix_rapat_butir_rapat", "rapat_id", "urutan"),
)

rapat_hadir = Table(
    "rapat_hadir",
    metadata,
    col("id", Integer, primary_key=True),
    col("rapat_id", Integer, ForeignKey("rapat.id", ondelete="CASCADE"), nullable=False),
    col("nama", Text, nullable=False, kelas=PRIBADI),
    col("jabatan", Text),
    col("instansi", Text),
    col("jenis", Text, nullable=False),
    col("hadir", Boolean, nullable=False, default=True),
    col("keterangan", Text),
    col("urutan", Integer, nullable=False, default=0),
    one_of("jenis", "jenis", *BODIES),
    CheckConstraint("length(nama) BETWEEN 1 AND 200", name="nama_panjang"),
    Index("ix_rapat_hadir_rapat", "rapat_id"),
)

rapat_keputusan = Table(
    "rapat_keputusan",
    metadata,
    col("id", Integer, primary_key=True),
    col("rapat_id", Integer, ForeignKey("rapat.id", ondelete="CASCADE"), nullable=False),
    col("butir_id", Integer, ForeignKey("rapat_butir.id", ondelete="SET NULL")),
    col("isi", Text, nullable=False, kelas=DINAS),
    col("dibuat_pada", UtcTime, nullable=False),
    col("dibuat_oleh", Text, nullable=False, kelas=PRIBADI),
    col("dibatalkan_pada", UtcTime),
    col("versi", Integer, nullable=False, default=1),
    CheckConstraint("length(isi) BETWEEN 1 AND 2000", name="isi_panjang"),
    Index("ix_rapat_keputusan_rapat", "rapat_id"),
    Index("ix_rapat_keputusan_butir", "butir_id"),
)

tindak_lanjut = Table(  # an action: from a meeting, or made from a figure
    "tindak_lanjut",
    metadata,
    col("id", Integer, primary_key=True),
    col("wilayah_rapat", Text, nullable=False),  # of the LKKS or office that follows it; "" = national
    col("rapat_id", Integer, ForeignKey("rapat.id", ondelete="SET NULL")),
    col("butir_id", Integer, ForeignKey("rapat_butir.id", ondelete="SET NULL")),
    col("topik", Text),  # the agenda item it arose under, also when that is gone
    col("jenis", Text, nullable=False),
    col("apa", Text, nullable=False, kelas=DINAS),
    col("pic", Text, kelas=PRIBADI),
    col("pic_instansi", Text),
    col("pic_jenis", Text),
    col("tenggat", Date),
    col("tugas", Text),  # of the five duties
    col("wilayah", Text),  # the region it is about
    col("lks_id", Integer, ForeignKey("lks.id", ondelete="SET NULL")),
    col("indikator", Text),
    col("sumber_dana", Text),  # a code of the list sumber_bantuan
    col("status", Text, nullable=False),
    col("bukti", Text, kelas=DINAS),
    col("selesai_pada", Date),
    col("contoh", Boolean, nullable=False, default=False),
    col("dibuat_pada", UtcTime, nullable=False),
    col("dibuat_oleh", Text, nullable=False, kelas=PRIBADI),
    col("diubah_pada", UtcTime, nullable=False),
    col("dibatalkan_pada", UtcTime),
    col("versi", Integer, nullable=False, default=1),
    one_of("jenis", "jenis", *ACTION_KINDS),
    one_of("status", "status", *ACTION_STATES),
    one_of("tugas", "tugas", *DUTIES),
    one_of("pic_jenis", "pic_jenis", *BODIES),
    CheckConstraint("length(apa) BETWEEN 1 AND 1000", name="apa_panjang"),
    CheckConstraint("status <> 'selesai' OR (bukti IS NOT NULL AND selesai_pada IS NOT NULL)", name="selesai_berbukti"),
    Index("ix_tindak_lanjut_wilayah", "wilayah_rapat", "status"),
    Index("ix_tindak_lanjut_rapat", "rapat_id"),
    Index("ix_tindak_lanjut_butir", "butir_id"),
    Index("ix_tindak_lanjut_lks", "lks_id"),
)

rapat_potret = Table(  # what a closed meeting showed; never changed afterwards
    "rapat_potret",
    metadata,
    col("id", Integer, primary_key=True),
    col("rapat_id", Integer, ForeignKey("rapat.id", ondelete="CASCADE"), nullable=False),
    col("butir", Integer, nullable=False),  # place of the agenda item, from 1; 0: the minutes themselves
    col("panel", Integer, nullable=False),  # place of the panel in its item, from 1
    col("jenis", Text, nullable=False),
    col("isi", JSON(none_as_null=True), nullable=False, kelas=PRIBADI),
    col("sidik", Text, nullable=False),  # SHA-256 of the canonical JSON of `isi`
    col("dibuat_pada", UtcTime, nullable=False),
    UniqueConstraint("rapat_id", "butir", "panel"),
)
