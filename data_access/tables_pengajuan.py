"""The rooms of what LKS hand in online: applications and corrections, their files, their steps, personal links; as in tables.py."""

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

from data_access.tables import DINAS, PRIBADI, RAHASIA, UtcTime, col, metadata, not_negative, one_of
from domain.pengajuan import FIELD_STATES, KINDS, STATES

pengajuan = Table(
    "pengajuan",
    metadata,
    col("id", Integer, primary_key=True),
    col("jenis", Text, nullable=False),
    col("kunci", Text, nullable=False, unique=True),  # UUID made on the phone before the first save
    col("sidik_isi", Text, nullable=False),  # SHA-256 of what was sent with that key: the same again is the same answer
    col("sidik_tiket", Text, unique=True, kelas=RAHASIA),  # keyed hash of the ticket code
    col("tiket_sandi", Text, kelas=RAHASIA),  # the ticket encrypted: the same receipt can be given again
    col("kode_wilayah", Text, nullable=False),
    col("lks_id", Integer, ForeignKey("lks.id", ondelete="SET NULL")),  # of whom, or what it became
    col("permohonan_id", Integer, ForeignKey("permohonan.id", ondelete="SET NULL")),
    col("nama", Text, nullable=False),
    col("pengaju", Text, nullable=False, kelas=PRIBADI),
    col("pengaju_jabatan", Text, kelas=PRIBADI),
    col("pengaju_telepon", Text, kelas=PRIBADI),
    col("persetujuan", Text, nullable=False),  # the version of the consent text that was agreed to
    col("status", Text, nullable=False),
    col("diterima_pada", UtcTime, nullable=False),  # server time; the phone's clock decides nothing
    col("lengkap_pada", Date),  # the service-time clock starts here
    col("tenggat", Date),
    col("selesai_pada", Date),
    col("catatan", Text),  # what the LKS is told: what is missing, why it was refused
    col("diminta", JSON, nullable=False, default=list),  # codes of documents and names of fields that are asked for
    col("contoh", Boolean, nullable=False, default=False),
    col("versi", Integer, nullable=False, default=1),
    one_of("jenis", "jenis", *KINDS),
    one_of("status", "status", *STATES),
    CheckConstraint("length(nama) BETWEEN 1 AND 200", name="nama_panjang"),
    Index("ix_pengajuan_wilayah", "kode_wilayah"),
    Index("ix_pengajuan_status", "status"),
    Index("ix_pengajuan_lks", "lks_id"),
    Index("ix_pengajuan_permohonan", "permohonan_id"),
)

pengajuan_isian = Table(  # each field that was handed in, to be accepted or sent back by itself
    "pengajuan_isian",
    metadata,
    col("pengajuan_id", Integer, ForeignKey("pengajuan.id", ondelete="CASCADE"), primary_key=True),
    col("bidang", Text, primary_key=True),
    col("nilai", JSON(none_as_null=True), kelas=PRIBADI),
    col("sebelum", JSON(none_as_null=True), kelas=PRIBADI),  # what the register said when it was handed in
    col("keadaan", Text, nullable=False),
    col("alasan", Text),
    one_of("keadaan", "keadaan", *FIELD_STATES),
)

pengajuan_berkas = Table(  # a photographed document; the bytes lie in the data directory
    "pengajuan_berkas",
    metadata,
    col("id", Integer, primary_key=True),
    col("kunci", Text, nullable=False, unique=True),  # UUID made on the phone; an upload goes on where it stopped
    col("pengajuan_kunci", Text, nullable=False),  # of the application it belongs to, which may arrive after it
    col("pengajuan_id", Integer, ForeignKey("pengajuan.id", ondelete="CASCADE")),
    col("syarat", Text, nullable=False),  # persyaratan_berkas.kode
    col("nama", Text, nullable=False, kelas=PRIBADI),
    col("mime", Text, nullable=False),
    col("ukuran", BigInteger, nullable=False),
    col("diterima", BigInteger, nullable=False, default=0),  # bytes that have arrived
    col("sidik", Text, nullable=False),  # SHA-256 of the whole, as the phone worked it out
    col("selesai", Boolean, nullable=False, default=False),
    col("keadaan", Text, nullable=False),
    col("alasan", Text),
    col("dibuat_pada", UtcTime, nullable=False),
    col("alamat", Text, kelas=PRIBADI),  # where it came from, for the limit of what one address may send in a day
    one_of("keadaan", "keadaan", *FIELD_STATES),
    *not_negative("ukuran", "diterima"),
    CheckConstraint("diterima <= ukuran", name="diterima"),
    Index("ix_pengajuan_berkas_pengajuan", "pengajuan_id"),
    Index("ix_pengajuan_berkas_kunci", "pengajuan_kunci"),
)

pengajuan_langkah = Table(
    "pengajuan_langkah",
    metadata,
    col("id", Integer, primary_key=True),
    col("pengajuan_id", Integer, ForeignKey("pengajuan.id", ondelete="CASCADE"), nullable=False),
    col("status", Text, nullable=False),
    col("pada", UtcTime, nullable=False),
    col("oleh", Text, nullable=False, kelas=PRIBADI),
    col("catatan", Text),
    Index("ix_pengajuan_langkah_pengajuan", "pengajuan_id"),
)

pengajuan_konflik = Table(  # the same key with another content: kept aside, never counted
    "pengajuan_konflik",
    metadata,
    col("id", Integer, primary_key=True),
    col("pengajuan_id", Integer, ForeignKey("pengajuan.id", ondelete="CASCADE"), nullable=False),
    col("sidik_isi", Text, nullable=False),
    col("isi", JSON(none_as_null=True), nullable=False, kelas=PRIBADI),
    col("pada", UtcTime, nullable=False),
    UniqueConstraint("pengajuan_id", "sidik_isi"),
)

tautan_lks = Table(  # the personal link by which a registered LKS looks over and corrects its own profile
    "tautan_lks",
    metadata,
    col("id", Integer, primary_key=True),
    col("lks_id", Integer, ForeignKey("lks.id", ondelete="CASCADE"), nullable=False),
    col("sidik", Text, nullable=False, unique=True, kelas=RAHASIA),  # keyed hash; the link itself is shown once
    col("untuk", Text, kelas=PRIBADI),
    col("dibuat_pada", UtcTime, nullable=False),
    col("dibuat_oleh", Text, nullable=False, kelas=PRIBADI),
    col("berakhir_pada", UtcTime, nullable=False),
    col("dicabut_pada", UtcTime),
    Index("ix_tautan_lks_lks", "lks_id"),
)

gagal_pintu = Table(  # failed look-ups of tickets and links, counted per address and in all
    "gagal_pintu",
    metadata,
    col("id", Integer, primary_key=True),
    col("alamat", Text, nullable=False, kelas=PRIBADI),
    col("untuk", Text, nullable=False, kelas=DINAS),
    col("pada", UtcTime, nullable=False),
    Index("ix_gagal_pintu_alamat", "alamat", "pada"),
    Index("ix_gagal_pintu_pada", "pada"),
)
