"""Short sentences of the pages about users, the audit trail, one's own account and the guidance."""

from datetime import datetime
from zoneinfo import ZoneInfo

# --- users -----------------------------------------------------------------------------------------------------------
PENGGUNA = "Pengguna"
PENGGUNA_URAIAN = "Siapa yang boleh masuk, dengan peran apa, dan untuk wilayah mana."
TAMBAH = "Tambah pengguna"
UBAH = "Ubah"
UBAH_PENGGUNA = "Ubah pengguna"
ATUR_ULANG = "Atur ulang kata sandi"
AKHIRI = "Akhiri sesi"
SIMPAN = "Simpan"
TUTUP = "Tutup, kata sandi sudah dicatat"
NAMA_PENGGUNA = "Nama pengguna *"
NAMA_PENGGUNA_CONTOH = "misalnya operator.magelang"
NAMA_LENGKAP = "Nama lengkap *"
NAMA_LENGKAP_CONTOH = "Nama yang tampil di jejak perubahan"
PERAN = "Peran *"
PILIH_PERAN = "Pilih peran"
SELURUH_INDONESIA = "Seluruh Indonesia"
TINGKAT = (  # label of each level of the region picker, and what leaving it empty means
    ("Provinsi", SELURUH_INDONESIA),
    ("Kabupaten/kota", "Seluruh provinsi"),
    ("Kecamatan", "Seluruh kabupaten/kota"),
)
ALASAN = "Alasan *"
ALASAN_CONTOH = "misalnya: pindah tugas per 1 Juni"
AKTIF = "Boleh masuk"
CARI_PENGGUNA = "Cari pengguna"
CARI_PENGGUNA_CONTOH = "Nama atau nama pengguna"
PILIH_BARIS = "Pilih satu baris untuk mengubah pengguna itu."
TIDAK_ADA_PENGGUNA = "Tidak ada pengguna yang cocok."
TIDAK_ADA_PENGGUNA_SARAN = "Kosongkan pencarian, atau tambah pengguna baru."
PENGGUNA_ALT = "Tabel pengguna: nama pengguna, nama, peran, wilayah, dan keadaan akun"
SANDI_SEKALI = "Kata sandi sekali pakai"
SANDI_SEKALI_URAIAN = (
    "Catat atau salin sekarang: kata sandi ini tidak disimpan dan tidak bisa ditampilkan lagi. "
    "Pengguna menggantinya saat pertama masuk."
)
PERUBAHAN_TERSIMPAN = "Perubahan tersimpan. Sesi pengguna berakhir bila peran, wilayah, atau izinnya berubah."
YAKIN_ATUR_ULANG = "Kata sandi lama tidak berlaku lagi dan semua sesi pengguna ini berakhir."
YAKIN_AKHIRI = "Pengguna ini keluar dari semua perangkat dan harus masuk lagi. Kata sandinya tetap."
SESI_BERAKHIR = "Semua sesi pengguna ini sudah berakhir."
AKUN_CONTOH = "Akun contoh tidak bisa diubah; akun ini hilang bersama data contoh."
KOLOM_PENGGUNA = {
    "nama_pengguna": "Nama pengguna",
    "nama": "Nama",
    "peran": "Peran",
    "wilayah": "Wilayah",
    "keadaan": "Keadaan",
}
DIBUAT = "Dibuat"

# --- the audit trail -------------------------------------------------------------------------------------------------
AUDIT = "Jejak audit"
AUDIT_URAIAN = "Setiap perubahan, masuk, penolakan, dan unduhan: siapa, apa, kapan, dan mengapa."
PELAKU, AKSI, OBJEK = "Pelaku", "Tindakan", "Objek"
SEMUA = "Semua"
MULAI, SAMPAI = "Dari tanggal", "Sampai tanggal"
CARI_AUDIT = "Cari"
CARI_AUDIT_CONTOH = "Nomor, alasan, atau isi perubahan"
PILIH_AUDIT = "Pilih satu baris untuk melihat isi perubahannya."
AUDIT_KOSONG = "Tidak ada catatan yang cocok."
AUDIT_KOSONG_SARAN = "Longgarkan saringan, misalnya rentang tanggalnya."
AUDIT_ALT = "Tabel jejak audit, yang terbaru di atas"
PERUBAHAN_ALT = "Tabel isi perubahan: bidang, sebelum, sesudah"
TANPA_PERUBAHAN = "Catatan ini tidak memuat perubahan isi."
TERSEMBUNYI = "Data pribadi ditutup (•••) karena peran Anda tidak mencakup izin membukanya."
SIAPKAN_EXCEL = "Siapkan Excel"
UNDUH_EXCEL = "Unduh Excel"
BIDANG, SEBELUM, SESUDAH = "Bidang", "Sebelum", "Sesudah"
KOLOM_AUDIT = {
    "pada": "Waktu (WIB)",
    "pelaku": PELAKU,
    "aksi": AKSI,
    "objek": OBJEK,
    "objek_id": "Nomor",
    "tempat": "Wilayah",
    "alasan": "Alasan",
}
KOLOM_AUDIT_EXCEL = KOLOM_AUDIT | {"judul": "Jejak audit", "sebelum": SEBELUM, "sesudah": SESUDAH}
_NAMA_AKSI = {
    "masuk": "Masuk",
    "keluar": "Keluar",
    "masuk_ditolak": "Masuk ditolak",
    "tambah": "Tambah",
    "ubah": "Ubah",
    "hapus": "Hapus",
    "arsip": "Arsipkan",
    "pulihkan": "Pulihkan",
    "impor": "Impor",
    "batal_impor": "Batalkan impor",
    "gabung": "Gabungkan",
    "batal_gabung": "Batalkan penggabungan",
    "bukan_kembar": "Nyatakan bukan kembar",
    "ajukan": "Ajukan permohonan",
    "periksa": "Periksa permohonan",
    "kembalikan": "Kembalikan permohonan",
    "lengkap": "Terima berkas lengkap",
    "verifikasi": "Verifikasi lapangan",
    "terbitkan": "Terbitkan tanda daftar",
    "terbit_tanda_daftar": "Terbitkan tanda daftar",
    "tolak": "Tolak permohonan",
    "ekspor": "Ekspor",
    "buka_data_pribadi": "Buka data pribadi",
    "ganti_sandi": "Ganti kata sandi",
    "ganti_sandi_ditolak": "Ganti kata sandi ditolak",
    "atur_ulang_sandi": "Atur ulang kata sandi",
    "akhiri_sesi": "Akhiri sesi",
    "muat_contoh": "Muat data contoh",
    "catat_nilai_indikator": "Catat nilai indikator",
    "ubah_nilai_indikator": "Ubah nilai indikator",
    "hapus_nilai_indikator": "Hapus nilai indikator",
    "target_indikator": "Tetapkan target indikator",
    "impor_indikator": "Impor nilai indikator",
    "batal_impor_indikator": "Batalkan impor indikator",
    "hapus_contoh": "Hapus data contoh",
    "ubah_status": "Ubah status kegiatan",
    "salin": "Salin kegiatan",
    "buka_formulir": "Buka formulir",
    "tutup_formulir": "Tutup formulir",
    "jadwalkan_formulir": "Jadwalkan formulir",
    "terbitkan_instrumen": "Terbitkan instrumen",
    "versi_baru": "Mulai versi baru",
    "gandakan": "Gandakan instrumen",
    "muat_bawaan": "Muat instrumen bawaan",
    "buka_kode": "Buka kode peserta",
    "catat_hadir": "Catat hadir",
    "batal_hadir": "Batalkan catatan hadir",
    "atur_ulang_jawaban": "Atur ulang jawaban",
    "terima_terlambat": "Terima jawaban terlambat",
    "tolak_terlambat": "Tolak jawaban terlambat",
    "impor_jawaban": "Impor jawaban",
    "kirim_terlambat": "Kiriman terlambat",
    "kirim_ulang": "Kiriman ulang",
    "kirim_konflik": "Kiriman berkunci sama berisi lain",
    "isi_untuk_peserta": "Isi untuk peserta",
    "ubah_status_rapat": "Ubah status rapat",
    "tutup_rapat": "Tutup dan bekukan rapat",
    "urutkan_agenda": "Urutkan agenda",
    "tempel_hadir": "Tempel daftar hadir",
    "salin_hadir": "Salin daftar hadir rapat lalu",
    "ubah_status_tindak_lanjut": "Ubah status tindak lanjut",
    "buka_kembali": "Buka kembali tindak lanjut",
    "batalkan": "Batalkan",
    "ajukan_daring": "Ajukan secara daring",
    "lengkapi_daring": "Lengkapi pengajuan daring",
    "unggah_daring": "Unggah berkas pengajuan",
    "pengajuan_konflik": "Pengajuan berkunci sama berisi lain",
    "buat_tautan": "Buat tautan pribadi",
    "cabut_tautan": "Cabut tautan pribadi",
    "pakai_tautan": "Buka tautan pribadi",
    "ajukan_surat": "Ajukan surat rekomendasi",
    "terbitkan_surat": "Terbitkan surat rekomendasi",
    "tolak_surat": "Tolak surat rekomendasi",
    "cabut_surat": "Cabut surat rekomendasi",
    "terbitkan_sertifikat": "Terbitkan sertifikat",
    "cabut_sertifikat": "Cabut sertifikat",
    "pilar_versi_baru": "Buat versi baru daftar pilar",
    "putuskan_isian": "Putuskan isian pengajuan",
    "putuskan_berkas": "Putuskan berkas pengajuan",
    "tautkan": "Tautkan pengajuan ke LKS",
    "terapkan": "Masukkan pengajuan ke register",
    "buka_berkas": "Buka berkas pengajuan",
}
_NAMA_OBJEK = {
    "templat": "Templat",
    "lks": "LKS",
    "sesi": "Sesi",
    "pengguna": "Pengguna",
    "batch": "Impor",
    "contoh": "Data contoh",
    "audit": "Jejak audit",
    "lks_berkas": "Berkas LKS",
    "indikator_nilai": "Nilai indikator",
    "indikator_nilai_orang": "Nilai indikator tentang orang",
    "indikator_target": "Target indikator",
    "indikator_impor": "Impor indikator",
    "lks_bantuan": "Bantuan LKS",
    "lks_binaan": "Binaan LKS",
    "permohonan": "Permohonan",
    "pasangan_lks": "Pasangan LKS",
    "kegiatan": "Kegiatan",
    "formulir": "Formulir",
    "instrumen": "Instrumen",
    "kiriman": "Jawaban",
    "peserta": "Peserta",
    "rapat": "Rapat",
    "rapat_butir": "Butir agenda",
    "rapat_hadir": "Daftar hadir rapat",
    "rapat_keputusan": "Keputusan rapat",
    "tindak_lanjut": "Tindak lanjut",
    "pengajuan": "Pengajuan daring",
    "tautan_lks": "Tautan pribadi LKS",
    "lkks": "LKKS",
    "lkks_bidang": "Bidang LKKS",
    "lkks_pengurus": "Pengurus LKKS",
    "kemitraan": "Kemitraan",
    "program": "Program",
    "surat_rekomendasi": "Surat rekomendasi",
    "identitas_kantor": "Identitas kantor",
    "sertifikat": "Sertifikat",
    "pilar": "Daftar pilar",
    "pengajuan_isian": "Isian pengajuan",
    "dokumen": "Dokumen",
}

# --- one's own account and the guidance ------------------------------------------------------------------------------
AKUN = "Akun saya"
AKUN_URAIAN = "Akun yang sedang Anda pakai. Peran dan wilayah diatur oleh admin."
AKUN_NAMA_PENGGUNA, AKUN_PERAN, AKUN_WILAYAH = "Nama pengguna", "Peran", "Wilayah"
GANTI_SANDI = "Ganti kata sandi"
KELUAR = "Keluar"
AKUN_CONTOH_SENDIRI = "Ini akun contoh tanpa kata sandi; hanya ada selama basis data berisi data contoh."
PANDUAN = "Panduan"
PANDUAN_URAIAN = "Panduan singkat menurut peran."
PANDUAN_PERAN = "Panduan untuk peran"


def _words(code: str) -> str:
    return code.replace("_", " ").capitalize()


def aksi(code: str) -> str:
    """The screen's word for an action of the trail."""
    return _NAMA_AKSI.get(code, _words(code))


def objek(code: str) -> str:
    """The screen's word for a kind of thing in the trail."""
    return _NAMA_OBJEK.get(code, _words(code))


def bidang(code: str) -> str:
    """The screen's word for a field in the trail."""
    return _words(code)


def jumlah_pengguna(shown: int, total: int) -> str:
    """How many users the table shows of how many."""
    return f"{total} pengguna" if shown == total else f"{shown} dari {total} pengguna"


def keadaan(active: bool, sample: bool, once: bool) -> str:
    """The state of an account in a few words."""
    words = ["aktif" if active else "nonaktif"]
    words += ["contoh"] if sample else []
    words += ["belum ganti kata sandi"] if once and active else []
    return ", ".join(words).capitalize()


def jumlah_catatan(total: int) -> str:
    """How many rows of the trail fit."""
    return f"{total} catatan"


def judul_catatan(action: str, thing: str, number: str | None) -> str:
    """The heading of one row of the trail."""
    return f"{aksi(action)}: {objek(thing)}" + (f" {number}" if number else "")


def sandi_untuk(username: str) -> str:
    """For whom a one-time password was made."""
    return f"Untuk {username}"


def tentang_audit(filters: object, at: datetime) -> dict[str, str]:
    """What the sheet "Keterangan" says about an exported trail: when it was made and what narrowed it."""
    narrowed = {bidang(name): str(value) for name, value in vars(filters).items() if value}
    made = at.astimezone(ZoneInfo("Asia/Jakarta"))
    return {"Dibuat": f"{made:%d/%m/%Y %H.%M} WIB", "Sumber": "Jejak audit Pilar"} | narrowed


def sampai_sekian(most: int) -> str:
    """How much the workbook holds at most."""
    return f"Paling banyak {most} catatan terbaru."
