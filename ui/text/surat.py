"""Words of the screen Surat rekomendasi."""

URAIAN = "Surat rekomendasi LKKS untuk LKS. Surat yang terbit dan masih berlaku terhitung sebagai berkas pendaftaran."
KEADAAN, TERBITAN, SEMUA = "Status", "LKKS penerbit", "Semua"
NAMA_KEADAAN = {
    "diajukan": "Menunggu keputusan",
    "diterbitkan": "Berlaku",
    "kedaluwarsa": "Kedaluwarsa",
    "ditolak": "Ditolak",
    "dicabut": "Dicabut",
}
MENUNGGU = "{jumlah} menunggu keputusan"
JUMLAH = "{jumlah} surat"
KOSONG_JUDUL = "Belum ada surat rekomendasi"
KOSONG_URAIAN = "Belum ada LKS di wilayah ini yang meminta rekomendasi LKKS."
KOSONG_CATAT = "Tekan Catat pengajuan bila sebuah LKS memintanya."
KOSONG_LIHAT = "Pengajuan dicatat oleh LKKS wilayahnya."
TANPA_PROFIL = "Isi dulu profil LKKS wilayah ini sebelum mencatat surat."
TIDAK_COCOK_JUDUL = "Tidak ada surat yang cocok"
TIDAK_COCOK_URAIAN = "Saringan ini tidak menyisakan satu surat pun."
CATAT_UNTUK = "Catat pengajuan untuk LKKS"
CATAT, PUTUSKAN = "Catat pengajuan", "Tindak lanjuti surat"
CARI_LKS, PILIH_LKS = "Cari LKS (nama atau kode)", "LKS"
CARI_KOSONG = "Tidak ada LKS yang cocok di wilayah LKKS ini."
PILIH_BARIS = "Pilih satu baris untuk melihat atau menindaklanjuti suratnya."
LANGKAH = "Langkah"
NAMA_LANGKAH = {"diterbitkan": "Terbitkan", "ditolak": "Tolak", "dicabut": "Cabut"}
TANPA_LANGKAH = "Surat ini sudah selesai; tidak ada langkah berikutnya."
BUKAN_MILIK = "Surat ini hanya dapat ditindaklanjuti oleh LKKS penerbitnya."
ALASAN = "Alasan"
SIMPAN = "Simpan"
TERSIMPAN = "Surat tersimpan."
PENGAJUAN_TERSIMPAN = "Pengajuan tersimpan."
ALT = "Daftar surat rekomendasi"
RINCIAN = "Surat rekomendasi"
SUMBER = "Surat rekomendasi LKKS"
MASUK_HITUNGAN = "Berlaku sampai {tanggal}"
TANPA_BATAS = "tanpa batas waktu"
KOLOM = {
    "keadaan": KEADAAN,
    "nomor": "Nomor",
    "tanggal": "Tanggal surat",
    "berlaku_sampai": "Berlaku sampai",
    "lks_nama": "LKS",
    "kode_lks": "Kode LKS",
    "tempat": "Wilayah LKS",
    "perihal": "Perihal",
    "diajukan_pada": "Diajukan",
    "lkks_nama": TERBITAN,
    "penandatangan": "Penanda tangan",
    "alasan": ALASAN,
    "contoh": "Contoh",
}
DI_LAYAR = ("keadaan", "nomor", "lks_nama", "tempat", "tanggal", "berlaku_sampai", "lkks_nama", "contoh")


def label(name: str) -> str:
    """The screen's name of an entry of a letter."""
    return KOLOM.get(name, name.replace("_", " ").capitalize())
