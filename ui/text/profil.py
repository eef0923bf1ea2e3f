"""Short sentences of the LKS profile, the new-LKS form and the near-duplicates screen."""

from domain.impor import columns
from ui.text import nilai, umum

PILIH_JUDUL = "Pilih LKS"
PILIH_URAIAN = "Cari nama lembaga, singkatan, atau kode LKS. Ejaan tidak harus tepat."
CARI = "Cari LKS"
CARI_CONTOH = "mis. panti kasih ibu"
TAK_KETEMU_JUDUL = "Tidak ada LKS yang cocok"
TAK_KETEMU_URAIAN = "Coba kata lain atau sebagian nama saja. LKS di luar wilayah kerja Anda tidak ditampilkan."
BELUM_MENCARI_JUDUL = "Profil satu LKS"
BELUM_MENCARI_URAIAN = "Ketik nama di atas, atau buka LKS dari Daftar LKS, Peta, atau Kluster."
CARI_LAIN = "Cari LKS lain"
BUKA = "Buka"
KEMBALI_KE_DAFTAR = "Ke Daftar LKS"

CONTOH = "Contoh (rekaan)"
ARSIP = "Diarsipkan"
DIGABUNG = "Digabung"
ARSIP_URAIAN = "Diarsipkan {kapan}. Alasan: {alasan}. LKS ini tidak ikut dihitung."
DIGABUNG_URAIAN = "Digabung ke {nama} ({kode}). LKS ini tidak ikut dihitung."
BUKA_TUJUAN = "Buka {kode}"

IDENTITAS, PENDIRIAN, JATI_DIRI = "Identitas", "Pendirian dan legalitas", "Jati diri"
LAYANAN, PENGURUS, PEMERIKSAAN = "Kluster dan layanan", "Pengurus dan SDM", "Pemeriksaan lapangan"
STATUS, BERKAS, BINAAN = "Lima status", "Berkas", "Klien yang dilayani"
BANTUAN, PERMOHONAN, LOKASI, RIWAYAT = "Riwayat bantuan", "Pendaftaran", "Lokasi", "Riwayat perubahan"
SEMUA_ISIAN = "Isian lain"
GABUNGAN = "LKS yang digabung ke sini"

ISIAN, NILAI = "Isian", "Nilai"
PENGURUS_KOLOM = ("Jabatan", "Nama", "Telepon", "NIK")
BELUM_DIISI = "Belum diisi: {daftar}."
UBAH, SIMPAN, BATAL, HAPUS, TAMBAH = "Ubah", "Simpan", "Batal", "Hapus", "Tambah"
TERSIMPAN = "Perubahan tersimpan."
TERSIMPAN_RAGU = "Tersimpan. Mohon diperiksa: {rincian}"
ALASAN = "Alasan perubahan"
ALASAN_WAJIB = "Alasan perubahan *"
ALASAN_CONTOH = "mis. hasil kunjungan lapangan 12 Mei"
ARSIPKAN, PULIHKAN = "Arsipkan", "Pulihkan"
ARSIPKAN_URAIAN = "{nama} tidak lagi ikut dihitung dan dicari, tetapi tetap bisa dibuka dan dipulihkan."
PULIHKAN_URAIAN = "{nama} akan ikut dihitung lagi."
PILIH = "Pilih"
PILIH_TANGGAL = "Belum diketahui"
KOSONG_BERARTI = "Data pribadi tampil tersamar. Biarkan apa adanya bila tidak diubah."
BUKA_PRIBADI = "Lihat data pribadi"
BUKA_PRIBADI_URAIAN = "Setiap pembukaan dicatat dalam jejak audit beserta nama Anda."
BUKA_SATU = "Tampilkan"
ISI_DATA = "Data yang dibuka"

SUMBU_TANGGAL = "Sejak {tanggal}"
SUMBU_TANPA_TANGGAL = "Tanggal belum diisi"
SUMBU_SAMPAI = "Berlaku sampai {tanggal}"
SUMBU_NOMOR = "Nomor {nomor}"
SUMBU_PENERBIT = "Penerbit {penerbit}"
SUMBU_ATURAN = "Aturan {aturan}"
SUMBU_RIWAYAT = "Riwayat status"
SUMBU_BELUM = "Belum ada riwayat status."
AKREDITASI_PETUNJUK = (
    "Bila tanggal berakhir dikosongkan, Pilar menghitungnya dari versi aturan yang dipilih bila masanya diketahui."
)

BERKAS_SURAT = "{nama} (surat LKKS)"
BERKAS_HITUNG = "{ada} dari {semua} berkas"
BERKAS_UMUM = "Daftar umum (wilayah ini belum menetapkan daftarnya)."
BERKAS_WILAYAH = "Daftar berkas {wilayah}."
BERKAS_KOLOM = {
    "nama": "Berkas",
    "wajib": "Wajib",
    "keadaan": "Keadaan",
    "nomor": "Nomor",
    "tanggal": "Tanggal",
    "berlaku_sampai": "Berlaku sampai",
}
BERKAS_KEADAAN = {"ada": "Ada", "lewat": "Kedaluwarsa", "tidak": "Belum ada"}
BERKAS_ADA = "Berkas ada"
BERKAS_NOMOR, BERKAS_TANGGAL, BERKAS_SAMPAI, BERKAS_CATATAN = "Nomor", "Tanggal", "Berlaku sampai", "Catatan"
BERKAS_UBAH = "Catat berkas"
BERKAS_PILIH = "Berkas"
BERKAS_TABEL = "Tabel berkas pendaftaran LKS ini"
YA, TIDAK = "Ya", "Tidak"

BINAAN_KOLOM = {"kelompok": "Kelompok", "setting": "Tempat layanan", "periode": "Periode", "jumlah": "Orang"}
BINAAN_SEMUA = "Semua kelompok"
BINAAN_TANPA_PERIODE = "Tidak disebut"
BINAAN_KOSONG = "Belum ada jumlah klien."
BINAAN_UBAH = "Catat jumlah klien"
BINAAN_PERIODE_CONTOH = "mis. 2025 atau 2025-06"
BINAAN_JUMLAH = "Jumlah orang (kosong: hapus catatan ini)"
BINAAN_CATATAN = "Jumlah saja, tanpa nama. Total tanpa periode diubah pada Kluster dan layanan."
BINAAN_TABEL = "Tabel jumlah klien menurut kelompok, tempat layanan, dan periode"

JABATAN = {
    "ketua": "Ketua",
    "sekretaris": "Sekretaris",
    "bendahara": "Bendahara",
    "pembina": "Pembina",
    "pengawas": "Pengawas",
}
PENGURUS_KOSONG = "Pengurus belum diisi."

BANTUAN_KOLOM = {
    "tahun": "Tahun",
    "jenis": "Jenis",
    "sumber": "Sumber",
    "nilai_rupiah": "Nilai (Rp)",
    "penerima": "Penerima",
    "catatan": "Catatan",
}
BANTUAN_KOSONG = "Belum ada bantuan yang tercatat."
BANTUAN_TAMBAH = "Tambah bantuan"
BANTUAN_UBAH = "Ubah bantuan"
BANTUAN_TABEL = "Tabel bantuan yang diterima LKS ini"
BANTUAN_YAKIN = "Hapus baris bantuan ini"

LOKASI_KOSONG = "Koordinat belum diisi."
LOKASI_ALT = "Peta kecil letak {nama}"
LOKASI_TITIK = "Lintang {lat}, bujur {lon}"

RIWAYAT_KOSONG = "Belum ada perubahan yang tercatat."
RIWAYAT_LAMA = "{jumlah} perubahan sebelumnya"
RIWAYAT_ALASAN = "Alasan: {alasan}"

STATUS_PERMOHONAN = {
    "diajukan": "Diajukan",
    "diperiksa": "Diperiksa",
    "dikembalikan": "Dikembalikan untuk dilengkapi",
    "diverifikasi": "Sudah diverifikasi",
    "terbit": "Tanda daftar terbit",
    "ditolak": "Ditolak",
}
JENIS_PERMOHONAN = {"baru": "Pendaftaran baru", "perpanjangan": "Daftar ulang"}
LANGKAH = {
    "periksa": "Periksa berkas",
    "kembalikan": "Kembalikan",
    "lengkap": "Nyatakan lengkap",
    "verifikasi": "Catat kunjungan lapangan",
    "terbitkan": "Terbitkan tanda daftar",
    "tolak": "Tolak",
}
PERMOHONAN_KOSONG = "Belum ada permohonan pendaftaran."
PERMOHONAN_AJUKAN = "Ajukan permohonan"
PERMOHONAN_JENIS, PERMOHONAN_TANGGAL = "Jenis permohonan *", "Tanggal diajukan *"
PERMOHONAN_JUDUL = "{jenis}, diajukan {tanggal}"
JAM = "{satuan} ke-{n} dari {m}, tenggat {tenggat}"
JAM_LEWAT = "Lewat: {satuan} ke-{n} dari {m}, tenggat {tenggat}"
JAM_SELESAI = "Selesai dalam {n} dari {m} {satuan}"
JAM_BELUM = "Waktu layanan mulai dihitung saat berkas dinyatakan lengkap."
JAM_SUMBER = "Masa layanan {lama} {satuan} ({wilayah}; sumber {sumber}). Hari libur nasional belum diperhitungkan."
JAM_TIDAK_ADA = "Masa layanan belum ditetapkan untuk wilayah ini."
MASIH_KURANG = "Masih kurang: {daftar}"
TANGGAL_LENGKAP, TANGGAL_KUNJUNGAN = "Tanggal berkas lengkap *", "Tanggal kunjungan lapangan *"
TEMUAN = "Hasil observasi"
TERBIT_NOMOR, TERBIT_PENERBIT = "Nomor tanda daftar *", "Penerbit *"
TERBIT_TANGGAL, TERBIT_SAMPAI = "Tanggal tanda daftar *", "Berlaku sampai *"
TERBIT_USUL = "Usul masa berlaku {tahun} tahun ({wilayah}). {catatan}"
UMUM = "umum"

BARU_URAIAN = "Isian bertanda * wajib. Isian lain bisa dilengkapi nanti di profilnya."
BARU_PROVINSI, BARU_KABKOTA, BARU_KECAMATAN = "Provinsi *", "Kabupaten/Kota *", "Kecamatan"
BARU_PILIH_WILAYAH = "Pilih provinsi dan kabupaten/kota lebih dulu."
BARU_MIRIP = "Sudah ada nama yang mirip di kabupaten/kota ini"
BARU_MIRIP_URAIAN = "Periksa dulu. Bila memang lembaga lain, tekan Simpan sekali lagi."
BARU_TERSIMPAN = "LKS baru tersimpan."
KEMIRIPAN = "kemiripan {skor}%"

KEMBAR_URAIAN = (
    "Pasangan LKS dalam satu kabupaten/kota yang namanya mirip. Tidak ada yang digabung sendiri oleh Pilar; "
    "penggabungan bisa dibatalkan selama kedua LKS belum diubah lagi."
)
KEMBAR_KOSONG_JUDUL = "Tidak ada nama kembar"
KEMBAR_KOSONG_URAIAN = "Tidak ada pasangan nama yang cukup mirip di wilayah ini, atau semuanya sudah diperiksa."
KEMBAR_WILAYAH, KEMBAR_SEMUA = "Wilayah", "Semua wilayah kerja"
KEMBAR_BATAS = "Kemiripan paling sedikit"
KEMBAR_JUMLAH = "{jumlah} pasangan"
BUKAN_KEMBAR = "Dua lembaga berbeda"
BUKAN_KEMBAR_TERSIMPAN = "Dicatat sebagai dua lembaga; pasangan ini tidak diusulkan lagi."
GABUNGKAN = "Gabungkan"
GABUNG_KE = "Pertahankan"
GABUNG_ATURAN = (
    "Daftar (kluster, layanan, masalah) disatukan. Bantuan dan permohonan ikut pindah. Berkas pindah bila di tujuan "
    "belum ada. Jumlah klien tidak dijumlahkan. LKS satunya diarsipkan dan menunjuk ke tujuan."
)
GABUNG_PILIH = "Pilih isian yang dipakai bila keduanya berbeda:"
GABUNG_TERSIMPAN = "LKS digabung. Penggabungan bisa dibatalkan di bagian bawah halaman ini."
PENGGABUNGAN = "Penggabungan yang berlaku"
BATALKAN_GABUNG = "Batalkan penggabungan"
BATAL_TERSIMPAN = "Penggabungan dibatalkan; kedua LKS seperti semula."
PENGGABUNGAN_BARIS = "{dari} ({dari_kode}) digabung ke {ke} ({ke_kode}) oleh {oleh}, {pada}"
GRUP = {"ketua": "Ketua", "sekretaris": "Sekretaris", "bendahara": "Bendahara", "koordinat": "Koordinat"} | {
    "binaan": "Jumlah binaan",
    "rekening": "Rekening bank",
}
HALAMAN = "Halaman"

_BIDANG = {
    "kode_wilayah": "Kecamatan",
    "pengisi_nama": "Nama pengisi",
    "pengisi_jabatan": "Jabatan pengisi",
    "pengisi_telepon": "Telepon pengisi",
    "pengisi_email": "Email pengisi",
    "tempat_berdiri": "Tempat berdiri",
    "pengesahan_nomor": "Nomor pengesahan",
    "lembaran_negara": "Nomor lembaran negara",
    "bank_nama": "Nama bank",
    "bank_rekening": "Nomor rekening",
    "bank_pemilik": "Pemilik rekening",
    "visi": "Visi",
    "misi": "Misi",
    "tujuan": "Tujuan",
    "lokasi_layanan": "Lokasi layanan",
    "sdm_pembina": "Jumlah pembina",
    "sdm_pengawas": "Jumlah pengawas",
    "hasil_observasi": "Hasil observasi",
    "tindak_lanjut": "Tindak lanjut",
    "akreditasi_aturan": "Versi aturan akreditasi",
    "sasaran": "Sasaran",
    "sarana": "Sarana",
    "layanan_lain": "Layanan lain",
    "ketua_alamat": "Alamat ketua",
    "sekretaris_telepon": "Telepon sekretaris",
    "bendahara_telepon": "Telepon bendahara",
    "diarsipkan_pada": "Diarsipkan pada",
    "digabung_ke": "Digabung ke",
    "gabungan": "Digabung dari",
    "syarat": "Berkas",
    "diajukan_pada": "Tanggal diajukan",
    "lengkap_pada": "Tanggal berkas lengkap",
    "selesai_pada": "Tanggal selesai",
}
PILIHAN: dict[str, dict[str, str]] = {
    **nilai.AXIS_VALUES,
    "setting": nilai.SETTINGS,
    "lingkup_kerja": columns.ENUMS["lingkup_kerja"],
    "sifat_pelayanan": columns.ENUMS["sifat_pelayanan"],
    "posisi": columns.ENUMS["posisi"],
    "sasaran": {
        "perseorangan": "Perseorangan",
        "keluarga": "Keluarga",
        "kelompok": "Kelompok",
        "masyarakat": "Masyarakat",
    },
    "layanan_lain": {"pendidikan": "Pendidikan", "kesehatan": "Kesehatan", "keagamaan": "Keagamaan"},
    "sarana": {
        "gedung_milik": "Gedung milik sendiri",
        "gedung_sewa": "Gedung sewa",
        "gedung_pinjam": "Gedung pinjaman",
        "papan_nama": "Papan nama",
        "papan_data": "Papan data",
        "ruang_konseling": "Ruang konseling",
        "ruang_diagnosa": "Ruang diagnosa",
        "ruang_makan": "Ruang makan",
        "ruang_kesehatan": "Ruang kesehatan",
        "listrik": "Listrik",
        "komunikasi": "Alat komunikasi",
        "kendaraan": "Kendaraan",
    },
}
_TINDAKAN = {
    "tambah": "Ditambahkan",
    "ubah": "Diubah",
    "hapus": "Dihapus",
    "arsip": "Diarsipkan",
    "pulihkan": "Dipulihkan",
    "gabung": "Digabung",
    "batal_gabung": "Penggabungan dibatalkan",
    "impor": "Impor",
    "verifikasi": "Diverifikasi",
    "terbit_tanda_daftar": "Tanda daftar terbit",
    "ajukan": "Diajukan",
    **LANGKAH,
}
_BAGIAN = {
    "lks_berkas": "Berkas",
    "lks_bantuan": "Bantuan",
    "lks_binaan": "Klien",
    "permohonan": "Permohonan",
}


def label(name: str) -> str:
    """The screen's name of a record field, the same as in the workbook where that has it."""
    if name in _BIDANG:
        return _BIDANG[name]
    return columns.BY_ID[name].label if name in columns.BY_ID else name.replace("_", " ").capitalize()


def tindakan(aksi: str, objek: str) -> str:
    """What one line of the history says was done, to which part."""
    words = _TINDAKAN.get(aksi, aksi.replace("_", " ").capitalize())
    return f"{_BAGIAN[objek]}: {words[0].lower()}{words[1:]}" if objek in _BAGIAN else words


def satuan(working_days: bool) -> str:
    """The unit of a service time."""
    return "hari kerja" if working_days else "hari kalender"


def grup(name: str) -> str:
    """The name of a group of fields that a merge takes together."""
    return GRUP.get(name) or nilai.AXIS_TITLES.get(name) or label(name)


def kosong(value: object) -> str:
    """The value as text, or "Belum diisi"."""
    return umum.BELUM_DIISI if value in (None, "", []) else str(value)
