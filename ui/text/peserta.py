"""Short sentences of the roster's page: people, links, import, cards."""

from domain.roster import Counts

PESERTA = "Peserta"
JENIS = {"lks": "LKS", "lkks": "LKKS", "dinas": "Dinas", "lain": "Lain"}
KELAMIN = {"L": "Laki-laki", "P": "Perempuan"}
ALT_TABEL = "Tabel peserta kegiatan ini"
KOLOM = {
    "nama": "Nama",
    "jenis": "Jenis",
    "instansi": "Asal instansi",
    "lks": "LKS di register",
    "kabkota": "Kab/Kota",
    "jabatan": "Jabatan",
    "kelamin": "L/P",
    "telepon": "No. HP",
    "keterangan": "Keterangan",
}
KOLOM_EXCEL = KOLOM | {"email": "Email", "catatan": "Catatan"}
ISIAN = {
    "nama": "Nama",
    "jenis": "Jenis",
    "instansi": "Asal LKS/instansi",
    "kelamin": "L/P",
    "jabatan": "Jabatan",
    "kabkota_kode": "Kab/Kota",
    "telepon": "No. HP",
    "email": "Email",
    "catatan": "Catatan",
    "lks_id": "LKS di register",
    "alasan": "Alasan",
    "alamat": "Alamat server",
}
DI_TEMPAT, DICORET, DIGABUNG, CONTOH = "datang di tempat", "dicoret", "digabung", "contoh"
DI_LUAR_WILAYAH = "tertaut (di luar wilayah Anda)"
TAMPILKAN_DICORET = "Tampilkan yang dicoret"
PILIH_BARIS = "Pilih satu baris untuk mengubah, mengganti kode, atau mencoret; pilih beberapa untuk kartunya saja."
KOSONG_JUDUL = "Belum ada peserta"
KOSONG_URAIAN = (
    "Impor daftar dari Excel (judul kolom boleh di bawah kop surat), atau tambahkan satu per satu. "
    "Setiap peserta langsung mendapat kode pribadi."
)
SEMUA_DICORET = "Semua peserta sudah dicoret."

TAMBAH, IMPOR, WALK_IN, UBAH = "Tambah peserta", "Impor Excel", "Datang di tempat", "Ubah"
USUL_LKS, USUL_ORANG, USUL_KEMBAR = "Usulan tautan LKS", "Peserta lama", "Nama mirip"
KARTU, UNDUH = "Kartu & poster QR", "Unduh Excel"
GANTI_KODE, CORET, PULIHKAN = "Ganti kode", "Coret", "Pulihkan"
SIMPAN = "Simpan"
ALASAN, ALASAN_CONTOH = "Alasan", "Misalnya: batal hadir, kartu hilang"
TANPA_PILIHAN = "-"
NAMA_CONTOH = "Nama lengkap, gelar boleh"
INSTANSI_CONTOH = "Misalnya: LKS Melati, Dinas Sosial Kota"
PILIH_JENIS, PILIH_KABKOTA = "Pilih jenis", "Pilih kab/kota"
TERSIMPAN, TIDAK_BERUBAH = "Tersimpan.", "Tidak ada yang berubah."
DITAMBAH = "Peserta ditambahkan."
WALK_IN_URAIAN = "Tiga isian, lalu bacakan kodenya. Selebihnya bisa dilengkapi nanti."
LANGSUNG_SIMPAN = "Daftarkan dan buat kode"
KODE_PRIBADI = "Kode pribadi"
KODE_UNTUK = "Kode untuk {nama}"
KODE_URAIAN = "Bacakan atau tuliskan kode ini untuk orangnya. Kode lama tidak berlaku lagi bila baru diganti."
CORET_URAIAN = (
    "Peserta tidak dihitung lagi dan kodenya tidak membuka formulir. Jawaban dan kehadirannya tetap tersimpan."
)
PULIHKAN_URAIAN = "Peserta dihitung lagi dan kodenya berlaku lagi."
GANTI_KODE_URAIAN = "Kode lama langsung tidak berlaku; kartu lama tidak bisa dipakai lagi."
LEPAS_LKS, LEPAS_ORANG = "Lepas tautan LKS", "Lepas pengenalan orang"

# --- proposals ---------------------------------------------------------------------------------------------------------
USUL_LKS_URAIAN = (
    "Lembaga peserta dibandingkan dengan register dalam jangkauan kegiatan ini. "
    "Tidak ada yang ditautkan sebelum Anda menyetujuinya."
)
USUL_LKS_KOSONG = "Tidak ada usulan: setiap peserta LKS sudah tertaut, atau tidak ada nama yang mirip di register."
USUL_ORANG_URAIAN = "Nama yang sama pernah ikut kegiatan lain di wilayah Anda. Setujui bila orangnya memang sama."
USUL_ORANG_KOSONG = "Tidak ada usulan: tidak ada nama yang cocok di kegiatan lain, atau semuanya sudah dikenali."
USUL_KEMBAR_URAIAN = "Nama yang mirip di daftar ini. Gabungkan bila orangnya sama; selain itu biarkan."
USUL_KEMBAR_KOSONG = "Tidak ada nama yang mirip di daftar ini."
KOLOM_LKS = {
    "nama": "Peserta",
    "instansi": "Tertulis",
    "lks_nama": "Nama di register",
    "kode_lks": "Kode LKS",
    "tempat": "Kab/Kota",
    "kecocokan": "Kecocokan",
}
KOLOM_ORANG = {
    "nama": "Peserta",
    "instansi": "Instansi",
    "lama_nama": "Nama dulu",
    "lama_instansi": "Instansi dulu",
    "kegiatan": "Kegiatan",
    "tanggal": "Tanggal",
    "kecocokan": "Kecocokan",
}
ALT_LKS, ALT_ORANG = "Tabel usulan tautan LKS", "Tabel usulan peserta lama"
SAMA_PERSIS, MIRIP = "sama persis", "mirip ({skor} dari 100)"
MIRIP_ORANG = "nama sama, tempat cocok"
TAUTKAN_TERPILIH, TAUTKAN_PERSIS = "Setujui {jumlah} terpilih", "Setujui semua yang sama persis ({jumlah})"
TOLAK_TERPILIH = "Abaikan {jumlah} terpilih"
DIABAIKAN = "{jumlah} usulan diabaikan selama Anda masuk."
TERTAUT, DIKENALI = "{jumlah} peserta ditautkan.", "{jumlah} peserta dikenali."
CARI_LKS, CARI_LKS_CONTOH = "Cari LKS untuk satu peserta", "Nama LKS"
TAUTKAN = "Tautkan LKS"
CARI_LKS_KOSONG = "Tidak ada LKS bernama seperti itu dalam jangkauan kegiatan dan wilayah Anda."
GABUNG_KE_INI = "Pertahankan yang ini"
DIGABUNGKAN = "Kedua baris digabung."
GABUNG_URAIAN = (
    "Jawaban dan kehadiran pindah ke baris yang dipertahankan; kartu keduanya tetap berlaku untuk baris itu."
)
PASANGAN = "{nama} ({instansi})"

# --- import ------------------------------------------------------------------------------------------------------------
KEMBALI = "Kembali ke daftar"
UNGGAH = "Berkas Excel (.xlsx) atau CSV, paling besar 5 MB"
TEMPLAT_URAIAN = "Belum punya berkas? Templat memuat kolom yang dikenali dan satu baris contoh."
UNDUH_TEMPLAT, NAMA_TEMPLAT = "Unduh templat", "templat_peserta.xlsx"
MEMBACA = "Membaca berkas …"
IMPOR_JANJI = "Tidak ada yang disimpan sebelum Anda menekan Simpan. Yang disimpan hanya baris yang diterima."
IMPOR_TERSIMPAN = "Tersimpan sebagai impor nomor {batch}: {baru} peserta baru, {berubah} berubah."
BATALKAN_JUDUL = "Batalkan impor peserta"
BATALKAN = "Batalkan impor nomor {batch}"
BATALKAN_TANYA = (
    "Peserta yang ditambahkan impor nomor {batch} dari {berkas} dihapus, kecuali yang sudah punya jawaban, kehadiran, "
    "atau rencana. Perubahan pada peserta yang sudah ada tidak ditarik; nilainya ada di jejak audit."
)
DIBATALKAN = "Impor dibatalkan: {dihapus} peserta dihapus."
DIBIARKAN = "{jumlah} peserta dibiarkan karena sudah punya jawaban, kehadiran, atau rencana:"
RAGU_URAIAN = (
    "Orangnya tetap diterima. Nilai kolom tambahan yang tidak terbaca (misalnya nomor HP) tidak disimpan; "
    "perbaiki di berkas lalu unggah lagi, atau isi sesudahnya."
)
KARENA = "Karena sudah ada"
NAMA_DITOLAK = "peserta_ditolak.xlsx"

# --- cards -------------------------------------------------------------------------------------------------------------
KARTU_URAIAN = "Berkas HTML siap cetak di kertas A4; dapat dibuka tanpa internet di peramban mana pun."
ALAMAT, ALAMAT_BANTUAN = "Alamat server", "Alamat yang diketik peserta di ponselnya, tanpa garis miring di belakang."
LOOPBACK = (
    "Alamat ini hanya berlaku di komputer ini. Ponsel peserta tidak bisa membukanya: "
    "tulis alamat komputer ini di jaringan, misalnya http://192.168.1.10:8501."
)
BUAT_KARTU, BUAT_POSTER = "Siapkan {jumlah} kartu", "Siapkan poster"
POSTER_UNTUK, POSTER_KEGIATAN = "Poster untuk", "Kegiatan (hadir dan semua formulir)"
UNDUH_KARTU, UNDUH_POSTER = "Unduh kartu", "Unduh poster"
KARTU_RAHASIA = "Kartu memuat kode pribadi. Pembuatannya dicatat di jejak audit; bagikan hanya kepada orangnya."


def lembaga(jenis: str) -> str:
    """What institutions of a kind are called in counts."""
    return {"lks": "LKS", "lkks": "LKKS", "dinas": "Dinas", "lain": "lembaga lain"}[jenis]


def jumlah(counts: Counts) -> str:
    """People and institutions apart: "22 orang dari 11 LKS", "30 orang dari 14 lembaga (11 LKS, 2 LKKS, 1 Dinas)".

    People without an institution are not said to come from one: "22 orang, 20 di antaranya dari 11 LKS".
    """
    kinds = {kind: bodies for kind, (_, bodies) in counts.by_kind.items() if bodies}
    if not kinds:
        return f"{counts.people} orang"
    if len(kinds) == 1:
        [(kind, bodies)] = kinds.items()
        where = f"dari {bodies} {lembaga(kind)}"
    else:
        parts = ", ".join(f"{bodies} {lembaga(kind)}" for kind, bodies in kinds.items())
        where = f"dari {counts.institutions} lembaga ({parts})"
    if counts.without_institution:
        return f"{counts.people} orang, {counts.people - counts.without_institution} di antaranya {where}"
    return f"{counts.people} orang {where}"


def rincian(counts: Counts) -> str:
    """The rest of the counts: by sex, walk-ins, people without an institution; what nobody said is left out."""
    told = [f"{counts.men} laki-laki, {counts.women} perempuan"] if counts.men or counts.women else []
    told += [f"{counts.walk_ins} datang di tempat"] if counts.walk_ins else []
    told += [f"{counts.without_institution} tanpa lembaga"] if counts.without_institution else []
    if len(counts.by_kind) > 1:
        told.append(", ".join(f"{people} orang {JENIS[kind]}" for kind, (people, _) in counts.by_kind.items()))
    return " · ".join(told)


def karena(kinds: list[str]) -> str:
    """What hangs on a row that an undone import had to leave."""
    names = {"jawaban": "jawaban", "hadir": "kehadiran", "rtl": "rencana tindak lanjut", "gabungan": "gabungan baris"}
    return ", ".join(names[kind] for kind in kinds)


def pernah_ikut(count: int) -> str:
    """At how many other events a person was."""
    return f"pernah ikut {count} kegiatan lain"


def keterangan(kegiatan: str, tanggal: str, baris: int) -> dict[str, str]:
    """The lines of a workbook's source sheet."""
    return {
        "Sumber": "Daftar peserta Pilar",
        "Kegiatan": kegiatan,
        "Keadaan per": tanggal,
        "Jumlah baris": str(baris),
        "Catatan": "Memuat data pribadi; pakai hanya untuk penyelenggaraan kegiatan ini.",
    }
