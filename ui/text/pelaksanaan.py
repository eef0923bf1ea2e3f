"""Short sentences of the live screens, the projector, the kiosk, paper entry and the import of answers."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.bimtek import ZONES

# --- live ------------------------------------------------------------------------------------------------------------
PELAKSANAAN = "Pelaksanaan"
LAYAR = "Bagian"
HADIR, FORMULIR, BELUM, BUTIR, TERLAMBAT = "Hadir", "Formulir", "Belum mengisi", "Butir", "Terlambat"
UNTUK_SEMUA = (HADIR, FORMULIR, BELUM)
UNTUK_PELATIH = (HADIR, FORMULIR, BELUM, BUTIR, TERLAMBAT)
TERDAFTAR, HADIR_HARI_INI = "Terdaftar", "Hadir hari ini"
LEMBAGA = "{jumlah} lembaga"
DIPERBARUI = "Diperbarui pukul {jam}. Angka berganti sendiri setiap detik."
TERTUNDA = (
    "Data terakhir yang diterima, pukul {jam}. Server belum menjawab; angka berganti sendiri begitu tersambung lagi."
)
MENUNGGU = "{jumlah} jawaban terlambat menunggu keputusan"
KONFLIK = "{jumlah} kiriman disimpan terpisah karena kuncinya sudah dipakai untuk isi lain"
DIKUNCI = (
    "Kegiatan ini sudah dikunci. Kehadiran dan formulir tidak dapat diubah; jawaban terlambat masih dapat diputuskan."
)
CONTOH = "Data contoh"

TANPA_SESI = "Belum ada sesi"
TANPA_SESI_URAIAN = "Kehadiran dicatat per sesi. Tambahkan jadwal di halaman Kegiatan."
TANPA_PESERTA = "Belum ada peserta"
TANPA_PESERTA_URAIAN = "Impor atau tambahkan peserta di halaman Peserta, lalu kembali ke sini."
TANPA_FORMULIR = "Belum ada formulir"
TANPA_FORMULIR_URAIAN = "Tambahkan formulir dari instrumen di halaman Kegiatan."
SESI = "Sesi"
PINDAI = "Pindai kartu atau ketik kode"
PINDAI_BANTUAN = "Alat pindai USB mengetik kode lalu Enter. Kode pada kartu juga boleh diketik."
CATAT = "Catat"
HADIR_TERCATAT = "{nama} hadir, {jam}."
HADIR_SUDAH = "{nama} sudah tercatat hadir {jam}."
HADIR_URAIAN = "Pilih baris, lalu catat atau batalkan. Peserta juga mencatat sendiri dengan kode di ponselnya."
CATAT_TERPILIH, BATAL_TERPILIH = "Catat hadir ({jumlah})", "Batalkan catatan hadir"
TERCATAT_BANYAK = "{jumlah} orang dicatat hadir."
BATAL_HADIR = "Batalkan catatan hadir"
BATAL_HADIR_TANYA = "Catatan hadir {nama} pada sesi {sesi} dihapus."
DIBATALKAN = "Catatan hadir dibatalkan."
ALASAN = "Alasan *"
ALASAN_BANTUAN = "Dicatat di jejak audit."
UNDUH_DAFTAR_HADIR = "Daftar hadir (Excel)"
TABEL_HADIR = "Tabel kehadiran per peserta dan sesi"
TABEL_HADIR_SESI = "Tabel jumlah hadir per sesi"
KOLOM_ORANG = {"nama": "Nama", "instansi": "Asal", "hadir": "Sesi dihadiri"}
KOLOM_SESI = {"tanggal": "Tanggal", "materi": "Materi", "hadir": "Hadir (orang)"}

DITERIMA = "{diterima} dari {diharapkan} diterima"
BUKA, TUTUP = "Buka sekarang", "Tutup sekarang"
DIBUKA_SEKARANG, DITUTUP_SEKARANG = "Formulir dibuka.", "Formulir ditutup."
RINCIAN = "revisi {revisi} · menunggu {menunggu} · ditolak {ditolak} · diatur ulang {dibatalkan}"
LUAR_DAFTAR = "{jumlah} jawaban dari orang yang sudah dicoret dari daftar"
ANONIM = "anonim"
PROYEKTOR = "Layar proyektor"
PROYEKTOR_URAIAN = "Buka di layar besar, lalu tekan F11. Hanya angka gabungan; tanpa nama dan tanpa nilai."
PROYEKTOR_BUKA = "Buka layar proyektor"
ATUR_ULANG = "Atur ulang satu orang"
ATUR_ULANG_URAIAN = "Jawaban orang itu pada formulir ini dikeluarkan dari hitungan supaya ia dapat mengisi lagi. Jawabannya tetap disimpan."
ATUR_ULANG_YA = "Keluarkan jawabannya"
ATUR_ULANG_SELESAI = "Jawaban dikeluarkan; orang itu dapat mengisi lagi."
ORANG = "Peserta"

PILIH_FORMULIR = "Formulir"
SEMUA_SUDAH = "Semua peserta sudah mengisi"
SEMUA_SUDAH_URAIAN = "Tidak ada yang ditunggu pada formulir ini."
BELUM_JUDUL = "{jumlah} orang belum mengisi"
TABEL_BELUM = "Tabel peserta yang belum mengisi, menurut lembaga"
KOLOM_BELUM = {"instansi": "Asal", "jumlah": "Belum (orang)", "nama": "Nama"}
TANPA_INSTANSI = "Tanpa lembaga"
NAMA_TERTUTUP = "Nama hanya tampil untuk pelatih dan operator."

BUTIR_KOSONG = "Belum ada jawaban"
BUTIR_KOSONG_URAIAN = "Sebaran jawaban muncul begitu jawaban pertama diterima."
BUTIR_SEMBUNYI = "Belum cukup jawaban"
BUTIR_SEMBUNYI_URAIAN = "Formulir ini anonim. Sebaran jawaban baru tampil setelah lima orang menjawab."
TABEL_BUTIR = "Tabel butir: yang menjawab, yang benar, dan pilihan keliru terbanyak"
KOLOM_BUTIR = {
    "nomor": "No.",
    "butir": "Butir",
    "n": "Menjawab",
    "kosong": "Kosong",
    "benar": "Benar",
    "keliru": "Pilihan keliru terbanyak",
}
KELIRU = "{kode}. {teks} ({jumlah})"
PILIH_BUTIR = "Sebaran butir"
BAGAN_BUTIR = "Bagan batang sebaran jawaban butir {butir}: {rincian}"
BENAR, LAIN = "Kunci", "Pilihan lain"
ORANG_SUMBU = "Orang"

TERLAMBAT_KOSONG = "Tidak ada jawaban terlambat"
TERLAMBAT_KOSONG_URAIAN = (
    "Jawaban yang tiba setelah formulir ditutup muncul di sini dan baru dihitung bila Anda terima."
)
TABEL_TERLAMBAT = "Tabel jawaban terlambat"
KOLOM_TERLAMBAT = {
    "nama": "Nama",
    "judul": "Formulir",
    "mulai_pada": "Mulai (terbukti)",
    "tutup_pada": "Ditutup",
    "diterima_pada": "Diterima",
    "sudah_ada": "Sudah ada yang dihitung",
}
TANPA_NAMA, YA, TIDAK = "(anonim)", "Ya", "Tidak"
TERIMA_TERPILIH, TERIMA_SEMUA, TOLAK = "Terima ({jumlah})", "Terima semua ({jumlah})", "Tolak"
TERIMA_SELESAI = "Jawaban terlambat diterima."
TOLAK_TANYA = "Jawaban terlambat {nama} tidak dihitung, tetapi tetap disimpan."
TOLAK_SELESAI = "Jawaban terlambat ditolak."
TABEL_KONFLIK = "Tabel kiriman yang disimpan terpisah"
KOLOM_KONFLIK = {"nama": "Nama", "judul": "Formulir", "diterima_pada": "Diterima"}

# --- the wall --------------------------------------------------------------------------------------------------------
SUDAH_MENGISI = "Sudah mengisi:"
HADIR_DINDING = "Hadir {hadir} dari {terdaftar}"
PINDAI_DINDING = "Pindai, lalu masukkan kode di kartu Anda"
KATA_DINDING = "atau buka"
KETIK_DINDING = "ketik"
DINDING_KOSONG = "Belum ada formulir yang dibuka"
DINDING_TANPA_KEGIATAN = "Kegiatan ini tidak ditemukan. Buka layar proyektor dari halaman Pelaksanaan."
DINDING_LOKAL = "Alamat ini hanya dapat dibuka di komputer ini. Buka layar proyektor lewat alamat server di jaringan."
DINDING_JAM = "Diperbarui {jam}"
DINDING_TERTUNDA = "Menunggu server. Data {jam}"
BAGAN_DINDING = "Bagan batang jawaban gabungan butir {butir}, dari {n} jawaban"
ANGKA_LISAN = {
    "2": "dua", "3": "tiga", "4": "empat", "5": "lima", "6": "enam", "7": "tujuh", "8": "delapan", "9": "sembilan",
}  # fmt: skip

# --- the kiosk, staff entry ------------------------------------------------------------------------------------------
ISI_FORMULIR = "Isi formulir"
CARA = "Cara mengisi"
KIOS, PETUGAS, KERTAS, IMPOR = "Kios", "Isikan untuk peserta", "Lembar kertas", "Impor jawaban"
CARA_CARA = (KIOS, PETUGAS, KERTAS, IMPOR)
KIOS_URAIAN = "Satu laptop atau tablet untuk beberapa peserta, bergantian. Tidak ada yang tersisa di layar untuk orang berikutnya."
KODE, KODE_BANTUAN = "Kode peserta", "Delapan huruf dan angka pada kartu."
LANJUT = "Lanjut"
HARUS_SETUJU = "Centang persetujuan dahulu, atau minta lembar kertas kepada panitia."
SUDAH_DITERIMA = "{judul} (sudah diterima)"
TIDAK_ADA_FORMULIR = "Tidak ada formulir yang dibuka untuk Anda saat ini."
KIRIM = "Kirim"
BATAL = "Batal"
PROGRES = "{jumlah} butir. Butir tanpa keterangan lain wajib diisi."
BOLEH_KOSONG = "boleh dikosongkan"
BELUM_LENGKAP = "Ada butir yang belum diisi atau perlu diperbaiki:"
TANDA_TERIMA = "Jawaban diterima {pukul}"
TANDA_TERLAMBAT = "Jawaban diterima, terlambat, {pukul}"
TANDA_URAIAN = "Kode tanda terima: **{kode}**. Catat bila perlu."
TANDA_TERLAMBAT_URAIAN = "Formulir sudah ditutup; jawaban dihitung setelah pemandu menerimanya."
FORMULIR_LAIN, BERIKUTNYA = "Formulir lain", "Peserta berikutnya"
PETUGAS_URAIAN = (
    "Jawaban dicatat atas nama peserta, dengan nama Anda sebagai petugas. Butir yang kosong boleh dibiarkan."
)
PILIH_ORANG = "Pilih peserta"
SUDAH = "sudah mengisi"
SUDAH_MENGISI_PERINGATAN = "Orang ini sudah mengisi. Aturan kegiatan menentukan jawaban mana yang dihitung."
FORMULIR_KOSONG_CETAK = "Formulir kosong untuk dicetak"

# --- paper -----------------------------------------------------------------------------------------------------------
KERTAS_URAIAN = (
    "Ketik huruf atau angka pilihan; pindah dengan Enter dan Tab. Kosong dibiarkan kosong. Satu baris untuk satu orang."
)
DUA_KALI = "Ketik dua kali dan bandingkan"
DUA_KALI_BANTUAN = "Entri kedua diketik tanpa melihat yang pertama; perbedaannya harus diputuskan sebelum disimpan."
TAMPILKAN_SEMUA = "Tampilkan juga yang sudah mengisi"
ENTRI_PERTAMA, ENTRI_KEDUA, BANDINGKAN = "Entri pertama", "Entri kedua", "Perbedaan"
LANJUT_KEDUA, LANJUT_BANDING, SIMPAN = "Lanjut ke entri kedua", "Bandingkan", "Simpan"
SIMPAN_KERTAS = "Simpan {jumlah} lembar"
ULANGI = "Mulai lagi"
TIDAK_BEDA = "Kedua entri sama."
ADA_BEDA = "{jumlah} sel berbeda. Isi kolom Dipakai dengan yang tertulis di kertas."
KOLOM_BEDA = {"nama": "Nama", "butir": "Butir", "pertama": "Pertama", "kedua": "Kedua", "dipakai": "Dipakai"}
BEDA_BELUM = "{jumlah} perbedaan belum diputuskan."
KERTAS_NAMA = "Nama"
KERTAS_KOSONG = "Belum ada yang diketik."
KERTAS_TERSIMPAN = "{tersimpan} lembar tersimpan, {sudah} sudah ada sebelumnya."
KERTAS_GAGAL = "{jumlah} lembar ditolak:"
KERTAS_SEMUA_SUDAH = "Semua peserta sudah mengisi formulir ini"
KERTAS_SEMUA_SUDAH_URAIAN = "Nyalakan pilihan di atas bila ada lembar yang harus dimasukkan lagi."
TABEL_KERTAS = "Kisi entri: satu baris per peserta, satu kolom per butir"
PETUNJUK_KOLOM = "{teks} ({boleh})"

# --- import ----------------------------------------------------------------------------------------------------------
IMPOR_URAIAN = (
    "Unggah hasil Google Forms atau Excel: satu baris per orang, satu kolom per butir. Peserta dikenali dari kode atau nama "
    "persis; nama yang hampir sama harus dipilih. Tidak ada yang disimpan sebelum Simpan."
)
UNGGAH = "Berkas jawaban (.xlsx atau .csv)"
LEMBAR = "Lembar"
KOLOM_JUDUL = "Kolom yang dikenali"
KOLOM_URAIAN = "Judul kolom ada di baris {baris}. Yang bertanda (mirip) baru usulan: pilih bila benar, lalu baca ulang."
TIDAK_DIPAKAI, KOLOM_KODE, KOLOM_NAMA = "(tidak dipakai)", "Kode peserta", "Nama peserta"
MIRIP = "{judul} (mirip: {butir})"
BACA_ULANG = "Baca ulang"
HASIL_IMPOR = {"baru": "Baru", "sama": "Sudah ada", "ragu": "Perlu dipilih", "ditolak": "Ditolak"}
KOLOM_IMPOR = {
    "baris": "Baris",
    "nama": "Nama",
    "kolom": "Kolom",
    "nilai": "Isi",
    "masalah": "Masalah",
    "cara": "Cara memperbaiki",
}
TAB_IMPOR = "{kata} ({jumlah})"
PILIH_UNTUK_BARIS = "Baris {baris}: {nama}"
BUKAN_SIAPA_PUN = "(bukan siapa pun di daftar)"
TERAPKAN_PILIHAN = "Terapkan pilihan"
SIMPAN_IMPOR = "Simpan {jumlah} jawaban"
TIDAK_ADA_IMPOR = "Tidak ada baris baru untuk disimpan."
IMPOR_TERSIMPAN = "{tersimpan} jawaban tersimpan, {sudah} sudah ada sebelumnya, {gagal} ditolak."
BERKAS_LAIN = "Berkas lain"
TABEL_IMPOR = "Tabel baris berkas jawaban"


def clock_at(at: datetime, zone: str, seconds: bool = False) -> str:
    """ "09.31 WIB", or with seconds "09.31.05 WIB", in the event's own zone."""
    local = at.astimezone(ZoneInfo(ZONES[zone]))
    return f"{local:%H.%M.%S} {zone}" if seconds else f"{local:%H.%M} {zone}"


def moment_at(at: datetime | None, zone: str) -> str:
    """ "22/05/2026 09.31 WIB" in the event's own zone; "-" for None."""
    return "-" if at is None else f"{at.astimezone(ZoneInfo(ZONES[zone])):%d/%m/%Y %H.%M} {zone}"


def session_label(day: date, start: str | None, materi: str) -> str:
    """ "22/05 08.00 Materi"."""
    return " ".join(part for part in (f"{day:%d/%m}", start or "", materi) if part)


def spoken(link: str) -> str:
    """A link word as it is read aloud: "K · tujuh · M"."""
    return " · ".join(ANGKA_LISAN.get(letter, letter) for letter in link)


def target(kind: str, words: Mapping[str, str]) -> str:
    """What a column of an imported file is taken for, in words."""
    return {"kode": KOLOM_KODE, "nama": KOLOM_NAMA}.get(kind) or words.get(kind) or kind
