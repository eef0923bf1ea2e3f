"""The rooms of Bimtek: events, rosters, instruments, answers, attendance, follow-up; same rules as tables.py."""

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
    text,
)

from data_access.tables import DINAS, PRIBADI, RAHASIA, UtcTime, col, metadata, not_negative, one_of
from domain.bimtek import ANSWER_STATES, FORM_STATES, KINDS_OF_PARTICIPANT, PHASES, PURPOSES, STATES, WAYS, ZONES

# --- Events ----------------------------------------------------------------------------------------------------------

kegiatan = Table(
    "kegiatan",
    metadata,
    col("id", Integer, primary_key=True),
    col("nomor", Text),
    col("judul", Text, nullable=False),
    col("maksud", Text, nullable=False),  # bimtek | penguatan_kelembagaan
    col("penyelenggara_jenis", Text, nullable=False),
    col("penyelenggara", Text, nullable=False),
    # Whose event it is: officers see it when their region covers this one.
    col("wilayah", Text, ForeignKey("wilayah.kode"), nullable=False),
    # Where participants come from: a province's LKS may meet in one city, so this may be wider than `wilayah`.
    col("jangkauan", Text, ForeignKey("wilayah.kode"), nullable=False),
    col("tempat", Text),
    col("tempat_wilayah", Text, ForeignKey("wilayah.kode")),
    col("zona", Text, nullable=False),
    col("mulai", Date, nullable=False),
    col("selesai", Date, nullable=False),
    col("pemandu", Text, kelas=PRIBADI),
    col("dibuka_oleh", Text, kelas=PRIBADI),
    col("laporan_oleh", Text, kelas=PRIBADI),
    col("dasar_hukum", Text, ForeignKey("dasar_hukum.kode")),
    col("sumber_anggaran", Text),
    col("seri", Text),  # events of one yearly series share it
    col("disalin_dari", Integer, ForeignKey("kegiatan.id")),
    col("tautan", Text, nullable=False, unique=True),  # the short address of the event's own page
    col("batas_hadir", Integer, nullable=False, default=80),  # percent of sessions that count as having attended
    col("batas_lulus", Integer, nullable=False, default=70),  # percent of points that count as passed
    col("aturan_pre", Text, nullable=False, default="pertama"),
    col("aturan_post", Text, nullable=False, default="terakhir"),
    col("status", Text, nullable=False, default="disiapkan"),
    col("catatan", Text),
    col("sumber", Text),  # where the published facts of a sample event come from
    col("contoh", Boolean, nullable=False, default=False),
    col("versi", Integer, nullable=False, default=1),
    col("dibuat_pada", UtcTime, nullable=False),
    col("diubah_pada", UtcTime, nullable=False),
    one_of("maksud", "maksud", *PURPOSES),
    one_of("penyelenggara_jenis", "penyelenggara_jenis", "dinas", "lkks", "lain"),
    one_of("zona", "zona", *ZONES),
    one_of("status", "status", *STATES),
    one_of("aturan_pre", "aturan_pre", "pertama", "terakhir"),
    one_of("aturan_post", "aturan_post", "pertama", "terakhir"),
    CheckConstraint("length(judul) BETWEEN 1 AND 300", name="judul_panjang"),
    CheckConstraint("selesai >= mulai", name="selesai_setelah_mulai"),
    CheckConstraint("batas_hadir BETWEEN 0 AND 100", name="batas_hadir"),
    CheckConstraint("batas_lulus BETWEEN 0 AND 100", name="batas_lulus"),
    Index("ix_kegiatan_wilayah", "wilayah", "mulai"),
    Index("ix_kegiatan_seri", "seri"),
    Index("ix_kegiatan_disalin_dari", "disalin_dari"),
)

kegiatan_tujuan = Table(  # the aims that items are tagged with
    "kegiatan_tujuan",
    metadata,
    col("kegiatan_id", Integer, ForeignKey("kegiatan.id", ondelete="CASCADE"), primary_key=True),
    col("kode", Text, primary_key=True),
    col("nama", Text, nullable=False),
    col("urutan", Integer, nullable=False),
)

narasumber = Table(
    "narasumber",
    metadata,
    col("id", Integer, primary_key=True),
    col("kegiatan_id", Integer, ForeignKey("kegiatan.id", ondelete="CASCADE"), nullable=False),
    col("nama", Text, nullable=False, kelas=PRIBADI),
    col("instansi", Text),
    col("jabatan", Text),
    UniqueConstraint("kegiatan_id", "nama"),
)

kegiatan_sesi = Table(
    "kegiatan_sesi",
    metadata,
    col("id", Integer, primary_key=True),
    col("kegiatan_id", Integer, ForeignKey("kegiatan.id", ondelete="CASCADE"), nullable=False),
    col("tanggal", Date, nullable=False),
    col("mulai", Text),  # "08.00", local time of the event's zone
    col("selesai", Text),
    col("materi", Text, nullable=False),
    col("jp", Float, nullable=False, default=0),  # hours of 45 minutes
    col("urutan", Integer, nullable=False),
    col("dihitung", Boolean, nullable=False, default=True),  # counts for attendance (a coffee break does not)
    *not_negative("jp"),
    Index("ix_kegiatan_sesi_kegiatan", "kegiatan_id", "tanggal", "urutan"),
)

sesi_narasumber = Table(
    "sesi_narasumber",
    metadata,
    col("sesi_id", Integer, ForeignKey("kegiatan_sesi.id", ondelete="CASCADE"), primary_key=True),
    col("narasumber_id", Integer, ForeignKey("narasumber.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_sesi_narasumber_narasumber", "narasumber_id"),
)

# --- People ----------------------------------------------------------------------------------------------------------

orang = Table(  # one person over all events; linked by proposal and confirmation only
    "orang",
    metadata,
    col("id", Integer, primary_key=True),
    col("nama", Text, nullable=False, kelas=PRIBADI),
    col("nama_kunci", Text, nullable=False, kelas=PRIBADI),
    col("dibuat_pada", UtcTime, nullable=False),
    Index("ix_orang_nama", "nama_kunci"),
)

impor_peserta = Table(
    "impor_peserta",
    metadata,
    col("id", Integer, primary_key=True),
    col("kegiatan_id", Integer, ForeignKey("kegiatan.id", ondelete="CASCADE"), nullable=False),
    col("berkas", Text, nullable=False, kelas=DINAS),
    col("sidik_berkas", Text, nullable=False),
    col("token", Text, nullable=False, unique=True),
    col("baru", Integer, nullable=False),
    col("berubah", Integer, nullable=False),
    col("sama", Integer, nullable=False),
    col("ditolak", Integer, nullable=False),
    col("pada", UtcTime, nullable=False),
    col("oleh", Text, nullable=False, kelas=PRIBADI),
    col("dibatalkan_pada", UtcTime),
    Index("ix_impor_peserta_kegiatan", "kegiatan_id"),
)

peserta = Table(  # one row of a roster
    "peserta",
    metadata,
    col("id", Integer, primary_key=True),
    col("kegiatan_id", Integer, ForeignKey("kegiatan.id", ondelete="CASCADE"), nullable=False),
    col("orang_id", Integer, ForeignKey("orang.id")),
    col("nama", Text, nullable=False, kelas=PRIBADI),
    col("nama_kunci", Text, nullable=False, kelas=PRIBADI),
    col("kelamin", Text, kelas=PRIBADI),
    col("jabatan", Text),
    col("jenis", Text, nullable=False),  # lks | lkks | dinas | lain
    col("instansi", Text),  # as written in the roster
    # Confirmed link to the register; an LKS taken out again (an undone import) leaves the roster as it was written.
    col("lks_id", Integer, ForeignKey("lks.id", ondelete="SET NULL")),
    col("kabkota_kode", Text, ForeignKey("wilayah.kode")),
    col("telepon", Text, kelas=PRIBADI),
    col("email", Text, kelas=PRIBADI),
    col("kode_sandi", Text, nullable=False, kelas=RAHASIA),  # the personal code, encrypted: cards are printed again
    col("kode_sidik", Text, nullable=False, unique=True, kelas=RAHASIA),  # keyed hash, to find without decrypting
    col("di_tempat", Boolean, nullable=False, default=False),  # a walk-in
    col("aktif", Boolean, nullable=False, default=True),  # False: struck from the roster; answers stay
    col("digabung_ke", Integer, ForeignKey("peserta.id")),
    col("batch_id", Integer, ForeignKey("impor_peserta.id")),
    col("catatan", Text),
    col("contoh", Boolean, nullable=False, default=False),
    col("versi", Integer, nullable=False, default=1),
    col("dibuat_pada", UtcTime, nullable=False),
    one_of("jenis", "jenis", *KINDS_OF_PARTICIPANT),
    one_of("kelamin", "kelamin", "L", "P"),
    CheckConstraint("length(nama) BETWEEN 1 AND 200", name="nama_panjang"),
    Index("ix_peserta_kegiatan", "kegiatan_id", "nama_kunci"),
    Index("ix_peserta_orang", "orang_id"),
    Index("ix_peserta_lks", "lks_id"),
    Index("ix_peserta_digabung", "digabung_ke"),
    Index("ix_peserta_batch", "batch_id"),
)

kehadiran = Table(
    "kehadiran",
    metadata,
    col("sesi_id", Integer, ForeignKey("kegiatan_sesi.id", ondelete="CASCADE"), primary_key=True),
    col("peserta_id", Integer, ForeignKey("peserta.id", ondelete="CASCADE"), primary_key=True),
    col("cara", Text, nullable=False),
    col("pada", UtcTime, nullable=False),
    col("oleh", Text, kelas=PRIBADI),  # None: by the participant's own code
    one_of("cara", "cara", *WAYS),
    Index("ix_kehadiran_peserta", "peserta_id"),
)

# --- Instruments and forms ---------------------------------------------------------------------------------------------

instrumen = Table(
    "instrumen",
    metadata,
    col("id", Integer, primary_key=True),
    col("kode", Text, nullable=False),
    col("judul", Text, nullable=False),
    col("jenis", Text, nullable=False),
    col("wilayah", Text, ForeignKey("wilayah.kode")),  # None: a ready-made set, for everybody
    col("bawaan", Boolean, nullable=False, default=False),
    col("diarsipkan_pada", UtcTime),
    col("dibuat_pada", UtcTime, nullable=False),
    col("versi", Integer, nullable=False, default=1),
    Index("ix_instrumen_kode", "kode"),
    Index("ix_instrumen_wilayah", "wilayah"),
)

instrumen_versi = Table(  # a definition; once published it is never edited
    "instrumen_versi",
    metadata,
    col("id", Integer, primary_key=True),
    col("instrumen_id", Integer, ForeignKey("instrumen.id", ondelete="CASCADE"), nullable=False),
    col("nomor", Integer, nullable=False),
    col("definisi", JSON(none_as_null=True), nullable=False, kelas=RAHASIA),  # holds the answer key
    col("sidik", Text, nullable=False),
    col("terbit_pada", UtcTime),  # None: still a draft
    col("versi", Integer, nullable=False, default=1),
    UniqueConstraint("instrumen_id", "nomor"),
)

formulir = Table(  # one instrument used in one event for one phase, with its own link
    "formulir",
    metadata,
    col("id", Integer, primary_key=True),
    col("kegiatan_id", Integer, ForeignKey("kegiatan.id", ondelete="CASCADE"), nullable=False),
    col("instrumen_versi_id", Integer, ForeignKey("instrumen_versi.id"), nullable=False),
    col("fase", Text, nullable=False),
    col("narasumber_id", Integer, ForeignKey("narasumber.id")),  # whom a narasumber evaluation is about
    col("judul", Text, nullable=False),
    col("tautan", Text, nullable=False, unique=True),
    col("status", Text, nullable=False, default="disiapkan"),
    col("buka_pada", UtcTime),  # opens by itself at this moment
    col("tutup_pada", UtcTime),  # closes by itself at this moment; set when closed by hand, too
    col("anonim", Boolean, nullable=False, default=False),
    col("urutan", Integer, nullable=False, default=0),
    col("versi", Integer, nullable=False, default=1),
    one_of("fase", "fase", *PHASES),
    one_of("status", "status", *FORM_STATES),
    Index("ix_formulir_kegiatan", "kegiatan_id", "urutan"),
    Index("ix_formulir_versi", "instrumen_versi_id"),
    Index("ix_formulir_narasumber", "narasumber_id"),
    # one knowledge test of a phase per event: pre and post are ONE pair
    Index(
        "uq_formulir_satu_pasang",
        "kegiatan_id",
        "fase",
        unique=True,
        sqlite_where=text("fase IN ('pre', 'post', 'kompetensi_pre', 'kompetensi_post')"),
        postgresql_where=text("fase IN ('pre', 'post', 'kompetensi_pre', 'kompetensi_post')"),
    ),
)

# --- Answers ---------------------------------------------------------------------------------------------------------

kiriman = Table(  # one submission, whole; its answers are never edited
    "kiriman",
    metadata,
    col("id", Integer, primary_key=True),
    col("formulir_id", Integer, ForeignKey("formulir.id", ondelete="CASCADE"), nullable=False),
    col("peserta_id", Integer, ForeignKey("peserta.id", ondelete="CASCADE")),  # None: an anonymous form
    col("kunci", Text, nullable=False, unique=True),  # made by the client before the first save
    col("sidik_isi", Text, nullable=False),
    col("jawaban", JSON(none_as_null=True), nullable=False, kelas=PRIBADI),
    col("asal", Text),  # kind of participant, kept for anonymous forms; shown for groups of five and more only
    col("poin", Float),  # the stored total: pages over many events never scan answers
    col("poin_maks", Float),
    col("kosong", Integer, nullable=False, default=0),
    col("lengkap", Boolean, nullable=False, default=True),
    col("keadaan", Text, nullable=False),
    col("terlambat", Boolean, nullable=False, default=False),
    col("mulai_pada", UtcTime),  # proven by the server's own mark; None when the client brought none
    col("diterima_pada", UtcTime, nullable=False),
    col("cara", Text, nullable=False),
    col("oleh", Text, kelas=PRIBADI),  # who entered it for somebody
    col("persetujuan", Text),  # version of the consent text that was accepted
    one_of("keadaan", "keadaan", *ANSWER_STATES),
    one_of("cara", "cara", *WAYS),
    Index("ix_kiriman_formulir", "formulir_id", "keadaan", "peserta_id", "poin", "poin_maks"),
    Index("ix_kiriman_peserta", "peserta_id"),
    # One counted submission per person and form, whatever happens at the same instant.
    Index(
        "uq_kiriman_satu_terhitung",
        "formulir_id",
        "peserta_id",
        unique=True,
        sqlite_where=text("keadaan = 'terhitung' AND peserta_id IS NOT NULL"),
        postgresql_where=text("keadaan = 'terhitung' AND peserta_id IS NOT NULL"),
    ),
)

kiriman_konflik = Table(  # same key, other content: refused with 409 and kept aside
    "kiriman_konflik",
    metadata,
    col("id", Integer, primary_key=True),
    col("formulir_id", Integer, ForeignKey("formulir.id", ondelete="CASCADE"), nullable=False),
    col("peserta_id", Integer, ForeignKey("peserta.id", ondelete="CASCADE")),
    col("kunci", Text, nullable=False),
    col("sidik_isi", Text, nullable=False),
    col("jawaban", JSON(none_as_null=True), nullable=False, kelas=PRIBADI),
    col("diterima_pada", UtcTime, nullable=False),
    UniqueConstraint("kunci", "sidik_isi"),
    Index("ix_kiriman_konflik_formulir", "formulir_id"),
    Index("ix_kiriman_konflik_peserta", "peserta_id"),
)

pengisian = Table(  # who has answered an anonymous form: once per person, without saying which answer
    "pengisian",
    metadata,
    col("formulir_id", Integer, ForeignKey("formulir.id", ondelete="CASCADE"), primary_key=True),
    col("peserta_id", Integer, ForeignKey("peserta.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_pengisian_peserta", "peserta_id"),
    # Kept in the order of its key: the order of arrival would tell which answer is whose.
    sqlite_with_rowid=False,
)

gagal_kode = Table(  # wrong codes, counted per address and per link
    "gagal_kode",
    metadata,
    col("id", Integer, primary_key=True),
    col("alamat", Text, nullable=False, kelas=PRIBADI),
    col("tautan", Text, nullable=False),
    col("dicoba", Boolean, nullable=False),  # False: the check characters were wrong, so no list was asked
    col("pada", UtcTime, nullable=False),
    Index("ix_gagal_kode_alamat", "alamat", "pada"),
    Index("ix_gagal_kode_tautan", "tautan", "pada"),
    Index("ix_gagal_kode_pada", "pada"),
)

# --- Follow-up -------------------------------------------------------------------------------------------------------

rtl = Table(  # what a participant set out to do, followed up
    "rtl",
    metadata,
    col("id", Integer, primary_key=True),
    col("kegiatan_id", Integer, ForeignKey("kegiatan.id", ondelete="CASCADE"), nullable=False),
    col("peserta_id", Integer, ForeignKey("peserta.id", ondelete="CASCADE"), nullable=False),
    col("rencana", Text, nullable=False),
    col("tenggat", Date),
    col("status", Text, nullable=False, default="direncanakan"),
    col("bukti", Text),
    col("kiriman_id", Integer, ForeignKey("kiriman.id")),
    col("versi", Integer, nullable=False, default=1),
    col("diubah_pada", UtcTime, nullable=False),
    one_of("status", "status", "direncanakan", "berjalan", "selesai", "batal"),
    CheckConstraint("length(rencana) BETWEEN 1 AND 2000", name="rencana_panjang"),
    Index("ix_rtl_kegiatan", "kegiatan_id"),
    Index("ix_rtl_peserta", "peserta_id"),
    Index("ix_rtl_kiriman", "kiriman_id"),
)
