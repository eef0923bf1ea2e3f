"""Short sentences of the screens about events and instruments."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain.bimtek import ZONES

# --- events ----------------------------------------------------------------------------------------------------------
KEGIATAN = "Kegiatan"
KEGIATAN_URAIAN = "Bimtek dan penguatan kelembagaan di wilayah kerja Anda, yang terbaru di atas."
PILIH_KEGIATAN = "Buka kegiatan"
SEMUA_KEGIATAN = "Semua kegiatan"
KEGIATAN_BARU = "Kegiatan baru"
CARI, CARI_CONTOH = "Cari", "Judul, nomor, atau penyelenggara"
TAHUN, STATUS, WILAYAH = "Tahun", "Keadaan", "Wilayah"
SEMUA, SEMUA_WILAYAH = "Semua", "Semua wilayah kerja"
PILIH_BARIS = "Pilih satu baris untuk membuka kegiatan itu."
KOSONG_JUDUL = "Belum ada kegiatan"
KOSONG_URAIAN = "Buat kegiatan pertama: judul, tanggal, tempat, lalu centang instrumennya. Dua menit cukup."
KOSONG_PEMBACA = "Kegiatan dibuat oleh pelatih atau operator; yang sudah dibuat tampil di sini."
TIDAK_COCOK_JUDUL = "Tidak ada kegiatan yang cocok"
TIDAK_COCOK_URAIAN = "Saringan yang dipilih tidak menyisakan satu kegiatan pun. Longgarkan atau hapus saringannya."
TABEL_KEGIATAN = "Tabel kegiatan: tanggal, judul, tempat, penyelenggara, keadaan, peserta, dan formulir"
KOLOM_KEGIATAN = {
    "mulai": "Mulai",
    "selesai": "Selesai",
    "judul": "Judul",
    "tempat": "Tempat",
    "wilayah_nama": "Wilayah",
    "penyelenggara": "Penyelenggara",
    "status": "Keadaan",
    "peserta": "Peserta (orang)",
    "formulir": "Formulir",
}
EXCEL_KEGIATAN = {"nomor": "Nomor", "maksud": "Maksud", "seri": "Seri", "zona": "Zona", "contoh": "Contoh"}
SUMBER_EXCEL = "Kegiatan Bimtek di Pilar"
CONTOH = "contoh"

STATUS_KEGIATAN = {"disiapkan": "Disiapkan", "berjalan": "Berjalan", "selesai": "Selesai", "dikunci": "Dikunci"}
WARNA_STATUS = {"disiapkan": "gray", "berjalan": "green", "selesai": "blue", "dikunci": "violet"}
MAKSUD = {"bimtek": "Bimtek", "penguatan_kelembagaan": "Penguatan kelembagaan"}
PENYELENGGARA_JENIS = {"dinas": "Dinas Sosial", "lkks": "LKKS", "lain": "Lembaga lain"}
ATURAN = {"pertama": "Jawaban pertama", "terakhir": "Jawaban terakhir"}
ISIAN = {
    "judul": "Judul",
    "nomor": "Nomor",
    "maksud": "Maksud",
    "penyelenggara_jenis": "Jenis penyelenggara",
    "penyelenggara": "Nama penyelenggara",
    "wilayah": "Wilayah penyelenggara",
    "jangkauan": "Asal peserta (jangkauan)",
    "tempat": "Tempat",
    "tempat_wilayah": "Kabupaten/kota tempat",
    "zona": "Zona waktu",
    "mulai": "Hari pertama",
    "selesai": "Hari terakhir",
    "pemandu": "Pemandu",
    "dibuka_oleh": "Dibuka oleh",
    "laporan_oleh": "Laporan oleh",
    "dasar_hukum": "Dasar hukum",
    "sumber_anggaran": "Sumber anggaran",
    "seri": "Seri tahunan",
    "batas_hadir": "Batas hadir (%)",
    "batas_lulus": "Batas lulus (%)",
    "aturan_pre": "Pre-test yang dihitung",
    "aturan_post": "Post-test yang dihitung",
    "catatan": "Catatan",
    "tujuan": "Tujuan",
    "narasumber": "Narasumber",
    "sesi": "Sesi",
    "status": "Keadaan",
    "alasan": "Alasan",
    "fase": "Fase",
    "anonim": "Anonim",
    "buka_pada": "Buka sendiri pada",
    "tutup_pada": "Tutup sendiri pada",
    "tanggal": "Tanggal",
    "materi": "Materi",
    "jp": "JP",
    "kode": "Kode",
    "nama": "Nama",
    "instansi": "Instansi",
    "jabatan": "Jabatan",
    "jenis": "Jenis",
}
WAJIB = " *"
PILIH = "Pilih"
OTOMATIS_ZONA = "Mengikuti wilayah"
SAMA_WILAYAH = "Sama dengan wilayah penyelenggara"
INSTRUMEN_DIPAKAI = "Instrumen yang dipakai"
INSTRUMEN_PETUNJUK = "Pre-test dan post-test selalu dibuat sepasang. Instrumen lain bisa ditambah kapan saja."
BUAT = "Buat kegiatan"
DIBUAT = "Kegiatan dibuat, dengan satu sesi per hari. Lengkapi jadwal dan pesertanya."
SESI_HARI = "Materi hari ke-{hari}"
TERSIMPAN = "Tersimpan."
SIMPAN = "Simpan"
UBAH, SALIN, HAPUS = "Ubah", "Salin untuk tahun berikutnya", "Hapus"
UBAH_KEGIATAN = "Ubah kegiatan"
SALIN_URAIAN = "Jadwal bergeser ke tanggal baru; tujuan, narasumber, dan formulir ikut. Peserta, kehadiran, dan jawaban tidak ikut."
SALIN_MULAI = "Hari pertama yang baru"
DISALIN = "Kegiatan disalin."
HAPUS_KEGIATAN = "Hapus kegiatan"
HAPUS_URAIAN = "Kegiatan ini terhapus bersama jadwal, peserta, dan formulirnya."
DIHAPUS = "Kegiatan dihapus."
ALASAN_WAJIB = "Alasan *"
ALASAN = "Alasan (bila perlu)"

RINGKASAN, JADWAL, FORMULIR, KEADAAN = "Ringkasan", "Jadwal & narasumber", "Formulir & tautan", "Keadaan"
BELUM_DIISI = "Belum diisi"
FAKTA = (
    *("nomor", "maksud", "penyelenggara", "wilayah", "jangkauan", "tempat", "tempat_wilayah", "pemandu", "dibuka_oleh"),
    *("laporan_oleh", "dasar_hukum", "sumber_anggaran", "seri", "batas_hadir", "batas_lulus", "aturan_pre"),
    *("aturan_post", "catatan"),
)
FAKTA_JUDUL = "Fakta kegiatan"
FAKTA_ALT = "Tabel fakta kegiatan: isian dan nilainya"
KOLOM_FAKTA = ("Isian", "Nilai")
JUMLAH_PESERTA, JUMLAH_SESI, JUMLAH_FORMULIR, JUMLAH_KIRIMAN = "Peserta", "Sesi", "Formulir", "Kiriman jawaban"
ORANG = "orang"
BUKA_PESERTA, BUKA_PELAKSANAAN, BUKA_HASIL = "Peserta", "Pelaksanaan", "Hasil"
TUJUAN = "Tujuan"
TUJUAN_KOSONG = "Tujuan belum ditulis. Tujuan ikut terisi saat instrumen yang memakainya ditambahkan."
TUJUAN_UBAH = "Ubah tujuan"
TUJUAN_ALT = "Tabel tujuan kegiatan: kode dan nama"
TUJUAN_PETUNJUK = "Kodenya sama dengan kode tujuan pada butir soal, supaya hasil bisa dibaca per tujuan."
SERI = "Dari tahun ke tahun"
SERI_KOSONG = "Kegiatan ini belum bagian dari seri tahunan. Salin untuk tahun berikutnya, atau isi Seri tahunan."
SERI_ALT = "Tabel kegiatan satu seri: tahun, judul, keadaan, jumlah peserta"
KOLOM_SERI = {"tahun": "Tahun", "judul": "Judul", "mulai": "Mulai", "status": "Keadaan", "peserta": "Peserta (orang)"}

NARASUMBER = "Narasumber"
NARASUMBER_KOSONG = "Belum ada narasumber."
NARASUMBER_UBAH = "Ubah narasumber"
NARASUMBER_ALT = "Tabel narasumber: nama, instansi, jabatan"
KOLOM_NARASUMBER = {"nama": "Nama", "instansi": "Instansi", "jabatan": "Jabatan"}
SESI = "Jadwal"
SESI_KOSONG = "Belum ada sesi. Kehadiran dicatat per sesi, jadi isi sedikitnya satu sesi per hari."
SESI_UBAH = "Ubah jadwal"
SESI_ALT = "Tabel jadwal: tanggal, jam, materi, narasumber, JP, dihitung hadir, sudah hadir"
SESI_PETUNJUK = (
    "Tambah baris di bawah, hapus baris lewat kotak di kiri. Jam ditulis seperti 08.00. "
    "JP (45 menit) yang dikosongkan dihitung dari jamnya."
)
KOLOM_SESI = {
    "tanggal": "Tanggal",
    "mulai": "Mulai",
    "selesai": "Selesai",
    "materi": "Materi",
    "narasumber": "Narasumber",
    "jp": "JP",
    "dihitung": "Dihitung hadir",
    "hadir": "Hadir (orang)",
}

# --- forms -----------------------------------------------------------------------------------------------------------
FASE = {
    "pre": "Pre-test",
    "post": "Post-test",
    "narasumber": "Evaluasi narasumber",
    "penyelenggaraan": "Evaluasi penyelenggaraan",
    "kepuasan": "Kepuasan",
    "kompetensi_pre": "Kompetensi diri, awal",
    "kompetensi_post": "Kompetensi diri, akhir",
    "rtl": "Rencana tindak lanjut",
    "pasca3": "Pascapelatihan 3 bulan",
    "pasca6": "Pascapelatihan 6 bulan",
}
# The title that participants see; "{judul}" is the instrument's, "{nama}" the speaker's.
JUDUL_FORMULIR = {
    "pre": "Pre-test",
    "post": "Post-test",
    "narasumber": "{judul}: {nama}",
    "kompetensi_pre": "Penilaian kompetensi diri, awal kegiatan",
    "kompetensi_post": "Penilaian kompetensi diri, akhir kegiatan",
    "pasca3": "{judul}, 3 bulan",
    "pasca6": "{judul}, 6 bulan",
}
STATUS_FORMULIR = {"disiapkan": "Belum dibuka", "dibuka": "Dibuka", "ditutup": "Ditutup"}
FORMULIR_KOSONG_JUDUL = "Belum ada formulir"
FORMULIR_KOSONG = "Tambah formulir dari instrumen yang sudah terbit; tiap formulir punya tautan dan kode QR sendiri."
FORMULIR_ALT = "Tabel formulir: fase, judul, keadaan, alamat pendek, jumlah kiriman, jadwal"
KOLOM_FORMULIR = {
    "fase": "Fase",
    "judul": "Judul",
    "keadaan": "Keadaan",
    "alamat": "Alamat pendek",
    "kiriman": "Kiriman",
    "instrumen": "Instrumen",
    "anonim": "Anonim",
    "jadwal": "Jadwal",
}
PILIH_FORMULIR = "Pilih satu baris untuk membuka, menutup, menjadwalkan, atau menampilkan kode QR formulir itu."
TAMBAH_FORMULIR = "Tambah formulir"
INSTRUMEN_PILIH = "Instrumen *"
FASE_PILIH = "Fase *"
SEPASANG = "Instrumen ini dibuat sepasang sekaligus: {daftar}."
NARASUMBER_PILIH = "Narasumber yang dinilai"
NARASUMBER_PILIH_PETUNJUK = "Satu formulir per narasumber; kosongkan untuk satu formulir tanpa nama narasumber."
ANONIM = "Anonim: jawaban disimpan tanpa orangnya"
BUKA, TUTUP, JADWALKAN, QR = "Buka sekarang", "Tutup sekarang", "Jadwalkan", "Kode QR"
JUDUL_TAMPIL = "Judul yang dilihat peserta *"
HAPUS_FORMULIR = "Hapus formulir"
HAPUS_FORMULIR_URAIAN = "Formulir tanpa jawaban ini terhapus; pre-test dan post-test terhapus berdua."
JADWAL_URAIAN = "Waktu setempat ({zona}). Kosongkan yang tidak perlu; tombol buka dan tutup tetap berlaku."
TANGGAL_BUKA, JAM_BUKA = "Buka sendiri, tanggal", "Jam buka"
TANGGAL_TUTUP, JAM_TUTUP = "Tutup sendiri, tanggal", "Jam tutup"
HALAMAN_KEGIATAN = "Halaman peserta untuk seluruh kegiatan"
HALAMAN_URAIAN = "Satu alamat untuk hadir dan semua formulir yang sedang dibuka."
KODE_PESERTA = "Daftar tautan dan kode"
KODE_PESERTA_URAIAN = (
    "Berkas berisi kode pribadi setiap peserta untuk daftar pesan. Setiap pengunduhan tercatat dalam jejak audit."
)
SIAPKAN_KODE = "Siapkan daftar kode"
UNDUH_KODE = "Unduh daftar kode"
KOLOM_KODE = {"nama": "Nama", "jenis": "Jenis", "instansi": "Instansi", "kode": "Kode", "alamat": "Alamat"}
ALAMAT_SERVER = "Alamat server untuk peserta"
ALAMAT_LOKAL = (
    "Alamat ini hanya terbuka di komputer ini. Jalankan Pilar dengan --host dan ketik alamat jaringannya, "
    "misalnya http://192.168.1.10:8501."
)
QR_ALT = "Kode QR menuju {alamat}"
HURUF_KODE = "Huruf demi huruf: {huruf}"
POSTER = "Unduh poster A4 untuk dicetak"

# --- the state of an event -------------------------------------------------------------------------------------------
LANGKAH = {
    "berjalan": "Mulai kegiatan",
    "selesai": "Nyatakan selesai",
    "dikunci": "Kunci kegiatan",
}
KEMBALI = {
    "disiapkan": "Kembalikan ke persiapan",
    "berjalan": "Buka kembali sebagai berjalan",
    "selesai": "Buka kunci",
}
ARTI = {
    "disiapkan": "Fakta, jadwal, peserta, dan formulir masih disusun. Membuka formulir pertama memulai kegiatan.",
    "berjalan": "Peserta hadir dan mengisi formulir yang dibuka.",
    "selesai": "Formulir hari pelaksanaan sudah ditutup; RTL dan pascapelatihan masih bisa diisi. Hasil siap diperiksa.",
    "dikunci": "Hasil sudah dilaporkan. Tidak ada yang berubah lagi, kecuali keputusan tentang jawaban terlambat.",
}
AKIBAT = {
    "berjalan": "Kegiatan tercatat berjalan.",
    "selesai": "Formulir yang masih dibuka akan ditutup, kecuali RTL dan pascapelatihan.",
    "dikunci": "Semua formulir ditutup, juga yang 3 dan 6 bulan, dan seluruh isian kegiatan dibekukan. Kunci paling akhir.",
    "disiapkan": "Hanya bila belum ada jawaban.",
}
PINDAH = "Ubah keadaan"
DIPINDAH = "Keadaan kegiatan diubah."

# --- instruments -----------------------------------------------------------------------------------------------------
INSTRUMEN = "Instrumen"
INSTRUMEN_URAIAN = (
    "Formulir sebagai data berversi: yang bawaan siap dipakai, yang sendiri dibuat di sini atau diunggah."
)
JENIS_INSTRUMEN = {
    "prepost": "Pre-test dan post-test",
    "narasumber": "Evaluasi narasumber",
    "penyelenggaraan": "Evaluasi penyelenggaraan",
    "kepuasan": "Kepuasan",
    "kompetensi": "Kompetensi diri",
    "rtl": "Rencana tindak lanjut",
    "pascapelatihan": "Pascapelatihan",
    "lain": "Lain",
}
JENIS_BUTIR = {
    "pilihan": "Pilihan tunggal",
    "pilihan_ganda": "Pilihan lebih dari satu",
    "benar_salah": "Benar atau salah",
    "skala": "Skala",
    "matriks": "Matriks",
    "angka": "Angka",
    "tanggal": "Tanggal",
    "teks": "Teks pendek",
    "paragraf": "Teks panjang",
}
PILIH_INSTRUMEN = "Buka instrumen"
SEMUA_INSTRUMEN = "Semua instrumen"
TAMPILKAN_ARSIP = "Tampilkan yang diarsipkan"
TABEL_INSTRUMEN = "Tabel instrumen: judul, jenis, asal, versi terbit, draf, jumlah formulir"
KOLOM_INSTRUMEN = {
    "judul": "Judul",
    "jenis": "Jenis",
    "asal": "Asal",
    "versi": "Versi terbit",
    "draf": "Draf",
    "formulir": "Dipakai (formulir)",
}
INSTRUMEN_KOSONG_JUDUL = "Tidak ada instrumen di arsip"
INSTRUMEN_KOSONG = "Instrumen milik wilayah Anda yang diarsipkan tampil di sini."
PILIH_BARIS_INSTRUMEN = "Pilih satu baris untuk melihat isinya."
BAWAAN, MILIK_PUSAT = "Bawaan", "Pusat"
ADA_DRAF = "ada"
INSTRUMEN_BARU = "Instrumen baru"
UNGGAH = "Unggah TOML atau Excel"
TEMPLAT = "Templat Excel"
BUAT_SENDIRI = "Susun di layar"
VERSI, VERSI_TERBIT, VERSI_DRAF = "Versi", "versi {nomor}, terbit {tanggal}", "versi {nomor}, draf"
VERSI_RINCIAN = "{butir} butir · dipakai {formulir} formulir · sidik {sidik}"
PRATINJAU, KUNCI, SUSUN, BERKAS = "Pratinjau", "Kunci & tujuan", "Susun", "Berkas"
PRATINJAU_URAIAN = "Seperti yang dilihat peserta, tanpa kunci. Urutan butir diacak per orang bila instrumennya begitu."
WAJIB_DIISI, BOLEH_KOSONG = "wajib", "boleh kosong"
KUNCI_ALT = "Tabel kunci: butir, jenis, tujuan, kunci, poin"
KOLOM_KUNCI = {
    "kode": "Butir",
    "teks": "Pertanyaan",
    "jenis": "Jenis",
    "tujuan": "Tujuan",
    "kunci": "Kunci",
    "poin": "Poin",
    "pasangan": "Pasangan",
}
UNDUH_TOML, UNDUH_XLSFORM, UNDUH_TEMPLAT = "Unduh TOML (dengan kunci)", "Unduh XLSForm", "Unduh Excel (dengan kunci)"
UNDUH_KOSONG = "Unduh lembar kosong untuk dicetak"
BERKAS_URAIAN = "TOML dan Excel memuat kunci jawaban: simpan baik-baik. Lembar kosong dan XLSForm tidak memuat kunci."
TERBITKAN = "Terbitkan"
TERBITKAN_URAIAN = (
    "Sesudah terbit, versi ini tidak bisa diubah lagi oleh siapa pun. Perbaikan dibuat sebagai versi baru."
)
DITERBITKAN = "Versi diterbitkan dan siap dipakai."
VERSI_BARU, GANDAKAN, ARSIPKAN, PULIHKAN, BUANG = (
    *("Mulai versi baru", "Gandakan sebagai milik sendiri", "Arsipkan", "Pulihkan", "Buang draf"),
)
GANDAKAN_JUDUL = "Judul salinan *"
SALINAN = "{judul} (salinan)"
DIHAPUS_DRAF = "Draf dibuang."
BUANG_URAIAN = "Draf ini terhapus. Versi yang sudah terbit tidak tersentuh."
BAWAAN_URAIAN = "Instrumen bawaan tidak bisa diubah. Gandakan untuk menyesuaikan soalnya."
SUSUN_URAIAN = (
    "Satu baris satu butir. Pilihan ditulis pada kolom A sampai F; kunci ditulis dengan hurufnya, misalnya b, "
    "atau a, c untuk lebih dari satu, atau benar dan salah. Skala ditulis seperti 1-4."
)
SUSUN_ALT = "Tabel butir instrumen untuk diisi: kode, bagian, jenis, pertanyaan, pilihan, kunci, poin, skala"
CONTOH_BUTIR, CONTOH_PILIHAN, CONTOH_BAGIAN = "Tulis pertanyaan di sini", "Pilihan {huruf}", "Bagian 1"
KOLOM_SUSUN = {
    "kode": "Butir",
    "bagian": "Bagian",
    "jenis": "Jenis",
    "teks": "Pertanyaan",
    "ringkas": "Nama pendek",
    "wajib": "Wajib",
    "tujuan": "Tujuan",
    "kunci": "Kunci",
    "poin": "Poin",
    "skala": "Skala",
    "label": "Label skala",
}
PILIHAN_KOLOM = "Pilihan {huruf}"
JUDUL_INSTRUMEN, JENIS_PILIH, PENGANTAR = "Judul *", "Jenis *", "Pengantar untuk peserta"
ACAK, ANONIM_INSTRUMEN = "Acak urutan butir untuk tiap orang", "Anonim bila dipakai dalam kegiatan"
TUJUAN_TEKS = "Tujuan, satu per baris: kode lalu nama, misalnya: daring Pendaftaran daring"
SUSUN_SIMPAN = "Periksa dan simpan draf"
DRAF_TERSIMPAN = "Draf tersimpan. Periksa pratinjaunya, lalu terbitkan."
BERKAS_TERBACA = "{judul}: {butir} butir dalam {bagian} bagian terbaca."
SIMPAN_DRAF = "Simpan sebagai draf"
UNTUK_WILAYAH = "Untuk wilayah"
SELURUH_INDONESIA = "Seluruh Indonesia"
INSTRUMEN_CONTOH_KOSONG = "Belum ada butir."


def isian(column: str) -> str:
    """The screen's word for a refused entry: "sesi 3 / jp" becomes "Sesi 3 / JP"."""
    return " / ".join(_part(part) for part in column.split(" / "))


def _part(part: str) -> str:
    name, _, number = part.partition(" ")
    word = ISIAN.get(name, name.replace("_", " ").capitalize())
    return f"{word} {number}".strip()


def saat(moment: datetime | None, zona: str) -> str:
    """A moment in an event's own zone: "22/05/2026 09.31 WIB"; empty for None."""
    return f"{moment.astimezone(ZoneInfo(ZONES[zona])):%d/%m/%Y %H.%M} {zona}" if moment else ""


def jadwal(form: Mapping[str, Any], zona: str) -> str:
    """When a form opens and closes, in a few words."""
    parts = []
    if form["keadaan"] == "disiapkan" and form["buka_pada"]:
        parts.append(f"buka {saat(form['buka_pada'], zona)}")
    if form["tutup_pada"]:
        parts.append(f"{'ditutup' if form['keadaan'] == 'ditutup' else 'tutup'} {saat(form['tutup_pada'], zona)}")
    return ", ".join(parts)


def jumlah_kegiatan(count: str) -> str:
    """How many events the table shows."""
    return f"{count} kegiatan"


def rentang(start: date, end: date, long: str, until: str) -> str:
    """The days of an event: one date, or from and to."""
    return long if start == end else f"{long} sampai {until}"


def hari(count: int) -> str:
    """How many days."""
    return f"{count} hari"
