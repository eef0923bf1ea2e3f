"""Short sentences of the meeting screens and of the actions that come out of meetings."""

from datetime import date

from domain import figures
from services.meeting_words import word, words

# --- the list --------------------------------------------------------------------------------------------------------
RAPAT = "Rapat"
URAIAN = "Rapat LKKS: agenda dengan angka langsung, keputusan, dan tindak lanjut yang terbawa ke rapat berikutnya."
PILIH_RAPAT, SEMUA_RAPAT = "Buka rapat", "Semua rapat"
RAPAT_BARU = "Rapat baru"
KOSONG_JUDUL = "Belum ada rapat"
KOSONG_URAIAN = "Buat rapat pertama: pilih jenisnya, isi judul dan tanggal. Agendanya disiapkan dari templat."
KOSONG_PEMBACA = "Rapat dibuat oleh pengurus LKKS; yang sudah dibuat tampil di sini."
TABEL_RAPAT = (
    "Tabel rapat, {kelompok}: tanggal, judul, jenis, keadaan, dan jumlah butir, hadirin, keputusan, dan tindak lanjut"
)
PILIH_BARIS = "Pilih satu baris untuk membuka rapat itu."
KELOMPOK = {"berjalan": "Sedang berjalan", "disiapkan": "Akan datang", "ditutup": "Sudah ditutup"}
KOLOM_RAPAT = {
    "tanggal": "Tanggal",
    "judul": "Judul",
    "status": "Keadaan",
    "keputusan": "Keputusan",
    "tindak_lanjut": "Tindak lanjut",
    "hadir": "Hadir (orang)",
    "butir": "Butir",
    "jenis": "Jenis",
    "wilayah_nama": "Wilayah",
    "contoh": "Contoh",
}
SUMBER_EXCEL = "Rapat dan tindak lanjut di Pilar"
CONTOH = "contoh"
WARNA = {"disiapkan": "blue", "berjalan": "green", "ditutup": "gray"}

# --- one meeting -----------------------------------------------------------------------------------------------------
LALU, AGENDA, HADIR, NOTULEN = "Tindak lanjut lalu", "Agenda", "Daftar hadir", "Notulen"
PILIH = "Pilih"
SIMPAN, TERSIMPAN, DIBUAT = "Simpan", "Tersimpan.", "Rapat dibuat beserta agendanya."
UBAH_RAPAT, MULAI_RAPAT, TUTUP_RAPAT, HAPUS_RAPAT = "Ubah rapat", "Mulai rapat", "Tutup rapat", "Hapus rapat"
KEMBALI_SIAPKAN = "Kembali ke persiapan"
DIMULAI, DIKEMBALIKAN, DITUTUP, DIHAPUS = (
    "Rapat dimulai.",
    "Rapat kembali disiapkan.",
    "Rapat ditutup; angka dan notulennya dibekukan.",
    "Rapat dihapus.",
)
LAYAR = "Layar rapat"
LAYAR_BANTUAN = "Membuka tampilan layar penuh untuk proyektor di tab baru; pindah butir dengan tombol panah."
WILAYAH_NASIONAL = "Indonesia"
ISIAN = {
    "jenis": "Jenis",
    "judul": "Judul",
    "tanggal": "Tanggal",
    "mulai": "Mulai (jam)",
    "selesai": "Selesai (jam)",
    "tempat": "Tempat",
    "pimpinan": "Pimpinan rapat",
    "notulis": "Notulis",
    "catatan": "Catatan",
    "wilayah": "Wilayah",
    "uraian": "Uraian",
    "menit": "Lama (menit)",
    "panel": "Panel",
    "nama": "Nama",
    "jabatan": "Jabatan",
    "instansi": "Instansi",
    "hadir": "Hadir",
    "keterangan": "Keterangan",
    "isi": "Keputusan",
    "apa": "Apa yang dikerjakan",
    "pic": "Penanggung jawab",
    "pic_instansi": "Instansi",
    "pic_jenis": "Asal penanggung jawab",
    "tenggat": "Tenggat",
    "tugas": "Tugas LKKS",
    "lks_id": "LKS",
    "indikator": "Indikator",
    "sumber_dana": "Sumber dana",
    "status": "Status",
    "bukti": "Bukti",
    "alasan": "Alasan",
    "topik": "Topik",
    "butir": "Butir agenda",
}
WAJIB = " *"
TUTUP_URAIAN = (
    "Menutup rapat membekukan yang berikut untuk selamanya: {panel} panel dari {butir} butir agenda seperti tampil saat ini, "
    "{hadir} hadirin, {keputusan} keputusan, {tindak_lanjut} tindak lanjut, dan notulennya."
)
TUTUP_SESUDAH = (
    "Sesudah itu isi rapat tidak bisa diubah lagi. Status tindak lanjut tetap bisa diperbarui, dan yang belum selesai "
    "muncul paling depan pada rapat berikutnya."
)
TUTUP_KOSONG = "Belum ada seorang pun yang ditandai hadir."
HAPUS_URAIAN = "Rapat ini belum berisi keputusan atau tindak lanjut. Setelah dihapus tidak bisa dikembalikan."
BEKU = "Angka beku per {tanggal}, seperti saat rapat ditutup."

# --- agenda ----------------------------------------------------------------------------------------------------------
BUTIR, BUTIR_BARU, UBAH_BUTIR, HAPUS_BUTIR = "Butir agenda", "Tambah butir", "Ubah butir", "Hapus butir"
SEBELUM, SESUDAH, NAIK, TURUN = "Sebelumnya", "Berikutnya", "Naikkan", "Turunkan"
AGENDA_KOSONG = "Agenda masih kosong. Tambahkan butir pertama."
PANEL_PETUNJUK = "Pilih satu sampai empat panel."
PANEL_INDIKATOR, PANEL_HARI = "Indikator untuk panel indikator atau target", "Jangka waktu berkas berakhir (hari)"
CATATAN_BUTIR, SIMPAN_CATATAN = "Catatan pembahasan untuk notulen", "Simpan catatan"
SUMBER = "Sumber: {sumber}. Keadaan per {tanggal}."
MEMUAT_CONTOH = "Memuat {jumlah} baris contoh."
BAGAN, TABEL = "Bagan {judul}, {tempat}. {kalimat}", "Tabel {judul}, {tempat}"

# --- decisions and actions -------------------------------------------------------------------------------------------
KEPUTUSAN, CATAT_KEPUTUSAN = "Keputusan", "Catat keputusan"
TINDAK_LANJUT, CATAT_TINDAK = "Tindak lanjut", "Catat tindak lanjut"
TINDAK_PETUNJUK = (
    "Tulis, pilih tugasnya, lalu tekan tenggatnya untuk menyimpan. Tanpa pilihan, jenisnya dicatat sebagai tugas."
)
TENGGAT_CEPAT = {"minggu": "Simpan · 1 minggu", "bulan": "Simpan · 1 bulan", "tahun": "Simpan · akhir tahun"}
TENGGAT_TANGGAL, TENGGAT_LAIN = "Simpan · tanggal lain", "Tanggal lain"
TENGGAT_BELUM = "Isi dulu tanggalnya, atau pilih salah satu tenggat cepat."
TERCATAT, DIBATALKAN, DIPULIHKAN = "Tercatat.", "Dibatalkan; bisa dipulihkan sampai rapat ditutup.", "Dipulihkan."
BATALKAN, PULIHKAN, LENGKAPI, UBAH_STATUS, RIWAYAT = "Batalkan", "Pulihkan", "Lengkapi", "Ubah status", "Riwayat"
BELUM_ADA_KEPUTUSAN, BELUM_ADA_TINDAK = "Belum ada keputusan di butir ini.", "Belum ada tindak lanjut di butir ini."
LALU_KOSONG_JUDUL = "Tidak ada tindak lanjut yang terbawa"
LALU_KOSONG = "Semua tindak lanjut sebelumnya sudah selesai, atau ini rapat yang pertama."
LALU_URAIAN = "Dibacakan paling awal; yang lewat tenggat lebih dulu."
SELESAI_DI_SINI = "Selesai pada hari rapat"
BATAL_DICORET = "dibatalkan"
CARI_LKS, CARI_LKS_CONTOH = "Cari LKS", "Nama atau kode LKS"
BUKTI_PETUNJUK = "Misalnya nomor surat, berita acara, atau tautan dokumen. Wajib untuk status selesai."
ALASAN_BUKA, ALASAN_UBAH, ALASAN_BATAL = "Alasan membuka kembali", "Alasan perubahan", "Alasan pembatalan"
TETAP_URAIAN = "Rapatnya sudah ditutup: hanya penanggung jawab dan tenggat yang masih bisa diubah, dengan alasan."

# --- attendance ------------------------------------------------------------------------------------------------------
HADIR_KOSONG = "Daftar hadir masih kosong. Tempel daftar undangan, atau salin dari rapat lalu."
HADIR_JUMLAH = "{hadir} hadir dari {instansi} instansi, {tidak} tidak hadir"
TAMBAH_ORANG, TEMPEL, SALIN_LALU, SIMPAN_HADIR = (
    "Tambah orang",
    "Tempel daftar",
    "Salin dari rapat lalu",
    "Simpan kehadiran",
)
SEMUA_HADIR = "Tandai semua hadir"
TEMPEL_PETUNJUK = (
    "Satu orang per baris: nama; jabatan; instansi; keterangan. Pemisahnya titik koma atau tab (salinan Excel)."
)
TEMPEL_BARIS, TEMPEL_ASAL = "Baris daftar hadir", "Semua baris ini berasal dari"
HAPUS_ORANG = "Hapus dari daftar"
KOLOM_HADIR = {
    "hadir": "Hadir",
    "nama": "Nama",
    "jabatan": "Jabatan",
    "instansi": "Instansi",
    "jenis": "Asal",
    "keterangan": "Keterangan",
}
TABEL_HADIR = "Daftar hadir: kehadiran, nama, jabatan, instansi, asal, keterangan"

# --- the page of actions ---------------------------------------------------------------------------------------------
TL_URAIAN = "Semua tindak lanjut wilayah Anda, dari rapat maupun dari angka; yang lewat tenggat di atas."
TL_TERBUKA, TL_TERLAMBAT, TL_TEPAT = "Terbuka", "Terlambat", "Selesai tepat waktu"
TL_TERBUKA_ATURAN = "Belum atau sedang diproses, dari semua tindak lanjut yang tidak dibatalkan."
TL_TERLAMBAT_ATURAN = "Belum selesai padahal tenggatnya sudah lewat."
TL_TEPAT_ATURAN = "Selesai paling lambat pada tenggatnya, dari semua yang tenggatnya sudah tiba atau yang sudah selesai sebelum tenggat."
TL_BARU, TL_KOSONG_JUDUL = "Tindak lanjut baru", "Belum ada tindak lanjut"
TL_KOSONG = "Catat dari rapat, dari Prioritas wilayah, atau langsung di sini."
TL_TIDAK_COCOK_JUDUL = "Tidak ada yang cocok"
TL_TIDAK_COCOK = "Saringan yang dipilih tidak menyisakan satu tindak lanjut pun. Longgarkan atau hapus saringannya."
TL_TABEL = "Tabel tindak lanjut: keadaan, apa, penanggung jawab, instansi, tenggat, tugas, asal"
TL_PILIH = "Pilih satu baris untuk mengubah status atau melihat riwayatnya."
TL_SARING_STATUS, TL_SARING_INSTANSI, TL_SARING_TUGAS, TL_SARING_RAPAT = "Status", "Instansi PIC", "Tugas LKKS", "Asal"
TL_SEMUA = "Semua"
TL_HAPUS_SARINGAN = "Hapus saringan"
KOLOM_TINDAK = {
    "status_kata": "Status",
    "apa": "Apa",
    "pic": "Penanggung jawab",
    "pic_instansi": "Instansi",
    "tenggat": "Tenggat",
    "tugas_kata": "Tugas LKKS",
    "jenis_kata": "Jenis",
    "topik": "Topik",
    "asal": "Asal",
    "wilayah_kata": "Wilayah",
    "lks_nama": "LKS",
    "indikator_kata": "Indikator",
    "sumber_dana_kata": "Sumber dana",
    "bukti": "Bukti",
    "selesai_pada": "Selesai pada",
    "contoh": "Contoh",
}
KARTU_JUDUL, KARTU_SEMUA = "Tindak lanjut terbuka", "Lihat semua tindak lanjut"
KARTU_KOSONG = "Tidak ada tindak lanjut yang terbuka."
RIWAYAT_KOSONG = "Belum ada perubahan."
TANPA_TENGGAT = "tanpa tenggat"
WARNA_STATUS = {"belum": "gray", "proses": "blue", "selesai": "green", "terlambat": "red"}
IKON_STATUS = {"belum": "radio_button_unchecked", "proses": "pending", "selesai": "task_alt", "terlambat": "alarm"}
AKSI_RIWAYAT = {
    "tambah": "Dicatat",
    "ubah": "Diubah",
    "ubah_status_tindak_lanjut": "Status diubah",
    "buka_kembali": "Dibuka kembali",
    "batalkan": "Dibatalkan",
    "pulihkan": "Dipulihkan",
}


def isian(column: str) -> str:
    """The word of an entry by its column, also of a line ("baris 2 / nama")."""
    place, _, name = column.rpartition(" / ")
    told = ISIAN.get(name, name.replace("_", " ").capitalize())
    return f"{place.capitalize()}: {told}" if place else told


def pilihan_rapat(tanggal: date, judul: str, nomor: int) -> str:
    """ "30 November 2026 · Rakor LKKS (no. 3)": unique, because the number is."""
    return f"{figures.date_long(tanggal)} · {judul} (no. {nomor})"


def jumlah_rapat(count: int) -> str:
    """How many meetings a group has."""
    return f"{figures.integer(count)} rapat"


def jumlah_tindak(count: int, total: int) -> str:
    """How many actions the table shows of how many."""
    shown, all_of_them = figures.integer(count), figures.integer(total)
    return f"{all_of_them} tindak lanjut" if count == total else f"{shown} dari {all_of_them} tindak lanjut"


def tab_lalu(count: int) -> str:
    """The name of the part about earlier actions, with how many are open."""
    return f"{LALU} ({figures.integer(count)})" if count else LALU


def kartu(terbuka: int, terlambat: int) -> str:
    """How many actions are open, and how many of them are late."""
    return f"{figures.integer(terbuka)} terbuka, {figures.integer(terlambat)} terlambat"


def panel_kata(jenis: str, kode: str | None, hari: int | None) -> str:
    """A bound panel in a few words."""
    more = [kode.replace("_", " ")] if kode else []
    more += [f"{hari} hari"] if hari else []
    return word("panel", jenis) + (f" ({', '.join(more)})" if more else "")


def pilihan(part: str) -> dict[str, str]:
    """The words of a list of codes, to choose from."""
    return words(part)


def jumlah_ditempel(count: int) -> str:
    """How many people pasting or copying has added."""
    return f"{figures.integer(count)} orang ditambahkan."
