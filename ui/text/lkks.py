"""Words of the screen Profil LKKS."""

from domain import figures

URAIAN = "LKKS bersifat terbuka, independen, dan mandiri; tiap LKKS berdiri sendiri, tanpa atasan."
PILIH_LKKS = "LKKS"
BELUM_ADA_LKKS = "{tempat}: belum ada LKKS"
BAGIAN = "Bagian"
PROFIL, PENGURUS, PROGRAM, KEMITRAAN, SURAT, CAKUPAN = "Profil", "Pengurus", "Program", "Kemitraan", "Surat", "Cakupan"
NASIONAL = "Indonesia"

KOSONG_JUDUL = "Belum ada profil LKKS"
KOSONG_URAIAN = "{tempat} belum mempunyai profil LKKS di Pilar."
KOSONG_BUAT = "Isi profilnya agar pengurus, program, kemitraan, dan suratnya dapat dicatat."
KOSONG_MINTA = "Profil diisi oleh akun LKKS wilayah ini atau oleh admin."
KOSONG_KECAMATAN = "LKKS ada pada tingkat nasional, provinsi, dan kabupaten/kota."
BUAT, UBAH, TAMBAH, HAPUS, SIMPAN = "Isi profil LKKS", "Ubah profil", "Tambah", "Hapus", "Simpan"
TERSIMPAN = "Perubahan tersimpan."

MASA = {
    "kosong": ("Masa bakti belum diisi", "gray"),
    "lewat": ("Masa bakti berakhir {hari} hari lalu", "red"),
    "segera": ("Masa bakti berakhir dalam {hari} hari", "orange"),
    "berjalan": ("Masa bakti berakhir dalam {lama}", "green"),
}
MASA_HARI_INI = "Masa bakti berakhir hari ini"
MASA_DARI_SAMPAI = "{mulai} sampai {sampai}"
BIDANG = "Bidang"
BIDANG_KOSONG = "Belum ada bidang yang dicatat."
BIDANG_UBAH = "Atur bidang"
PENGURUS_KOSONG = "Belum ada pengurus yang dicatat."
PENGURUS_UBAH = "Atur pengurus"
PENGURUS_PILIH = "Pengurus"
BIDANG_PILIH = "Bidang"
YANG_BARU = "Tambah yang baru"
NOMOR_TETAP = "Kosongkan nomor telepon bila nomor yang lama tetap dipakai."
NOMOR_HAPUS = "Hapus nomor telepon yang tersimpan"
KONTAK_TETAP = "Kosongkan telepon dan surel bila yang lama tetap dipakai."
BUKA = "Buka kontak"
BUKA_URAIAN = "Setiap kali kontak dibuka, namanya dan waktunya tercatat di jejak audit."
BUKA_PILIH = "Kontak siapa"
BUKA_LEMBAGA = "LKKS (lembaga)"
BUKA_TAMPIL = "Tampilkan"
BUKA_KOSONG = "Tidak ada yang tersimpan."
LAHIR = "Kegiatan LKKS"
PROGRAM_URAIAN = "Program LKKS ini menurut empat kegiatan LKKS; satu program dapat masuk lebih dari satu kegiatan."
PROGRAM_KOSONG = "Belum ada program LKKS di wilayah ini."
PROGRAM_BUKA = "Buka halaman Program"
KEMITRAAN_URAIAN = "Catatan kerja sama LKKS dengan potensi dan sumber kesejahteraan sosial (PSKS)."
KEMITRAAN_KOSONG = "Belum ada kemitraan yang dicatat."
KEMITRAAN_TAMBAH, KEMITRAAN_ATUR = "Catat kemitraan", "Ubah atau hapus"
KEMITRAAN_PILIH = "Kemitraan"
KEMITRAAN_TERSIMPAN, KEMITRAAN_TERHAPUS = "Kemitraan tersimpan.", "Kemitraan dihapus."
ALASAN = "Alasan"
SURAT_URAIAN = "{berlaku} dari {jumlah} surat LKKS ini sedang berlaku."
SURAT_BUKA = "Buka halaman Surat rekomendasi"
SURAT_KOSONG = "Belum ada surat rekomendasi dari LKKS ini."
CAKUPAN_JUMLAH = "{ada} dari {semua} {jenis} di {tempat} mempunyai LKKS"
CAKUPAN_JENIS = {"": "provinsi", "provinsi": "kabupaten/kota"}
CAKUPAN_SEMUA, CAKUPAN_BELUM = "Semua", "Belum ada LKKS"
CAKUPAN_TAMPIL = "Tampilkan"
CAKUPAN_LENGKAP = "Semua wilayah di bawahnya sudah mempunyai LKKS."
SUMBER = "Data LKKS di Pilar"
ADA, BELUM = "Ada", "Belum ada"

KOLOM = {
    "kode": "Kode",
    "nama": "Nama",
    "ada": "LKKS",
    "masa_sampai": "Masa bakti sampai",
    "contoh": "Contoh",
    "sebutan": "Sebutan sendiri",
    "sk_nomor": "Nomor SK",
    "sk_tanggal": "Tanggal SK",
    "masa": "Masa bakti",
    "masa_mulai": "Masa bakti mulai",
    "alamat": "Alamat",
    "telepon": "Telepon",
    "email": "Surel",
    "pengantar": "Pengantar",
    "uraian": "Uraian",
    "jabatan": "Jabatan",
    "bidang": "Bidang",
    "mulai": "Mulai",
    "sampai": "Sampai",
    "tanggal": "Tanggal",
    "psks": "Jenis PSKS",
    "mitra": "Mitra",
    "kegiatan": "Kegiatan",
    "hasil": "Hasil",
    "alasan": ALASAN,
    "wilayah": "Wilayah",
}
KOLOM_WILAYAH = KOLOM | {"nama": "Wilayah"}
ALT_PENGURUS = "Pengurus {nama}"
ALT_KEMITRAAN = "Kemitraan {nama} dengan PSKS"
ALT_PROGRAM = "Program {nama}"
ALT_SURAT = "Surat rekomendasi {nama}"
ALT_CAKUPAN = "Wilayah di {tempat} yang mempunyai LKKS"


def label(name: str) -> str:
    """The screen's name of an entry of the LKKS."""
    return KOLOM.get(name, name.replace("_", " ").capitalize())


def masa(state: str, days: int | None) -> tuple[str, str]:
    """The badge of a term: its words and colour."""
    words, colour = MASA[state]
    if days == 0:
        return MASA_HARI_INI, colour
    left = abs(days or 0)
    years = f"{figures.decimal(left / 365.25, 1)} tahun" if left > 365 else f"{left} hari"  # nobody counts 1.025 days
    return words.format(hari=figures.integer(left), lama=years), colour
