"""Words of the results page; sentences about figures come from assets/teks/hasil.toml."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

JUDUL = "Hasil Bimtek"
KEGIATAN = "Kegiatan"
PILIHAN_KEGIATAN = "{tanggal} · {judul} (no. {nomor})"
BELUM_ADA_KEGIATAN = "Belum ada kegiatan di wilayah Anda"
BELUM_ADA_KEGIATAN_URAIAN = (
    "Buat kegiatan di halaman Kegiatan: judul, tanggal, tempat, lalu pilih formulirnya. Hasil muncul di sini begitu "
    "jawaban pertama diterima."
)
BELUM_ADA_JAWABAN = "Belum ada jawaban"
BELUM_ADA_JAWABAN_URAIAN = (
    "Buka formulir di halaman Pelaksanaan dan bagikan tautannya. Jawaban yang diterima langsung dihitung di sini."
)
BAGIAN = "Bagian"
RINGKAS, PERORANGAN, KELOMPOK, BUTIR = "Ringkas", "Perorangan", "Kelompok", "Butir soal"
EVALUASI, KOMENTAR, LINTAS, LANJUT = "Evaluasi & kepuasan", "Komentar", "Lintas kegiatan", "Tindak lanjut"
BAGIAN_BAGIAN = (RINGKAS, PERORANGAN, KELOMPOK, BUTIR, EVALUASI, KOMENTAR, LINTAS, LANJUT)

PRE, POST = "Pre-test", "Post-test"
SISI = (PRE, POST)
NILAI = "Nilai (0-100)"
PESERTA = "Peserta"
ORANG = "{orang} orang dari {instansi} instansi"
ORANG_LKS = "{orang} orang dari {instansi} instansi, {lks} di antaranya LKS"
PESERTA_NOMOR = "Peserta {nomor}"
CONTOH = "Jawaban dan nama pada kegiatan ini contoh, bukan data nyata. {sumber}"
TERLAMBAT = "{jumlah} jawaban terlambat menunggu keputusan pelatih di halaman Pelaksanaan."

TERDAFTAR, HADIR, IKUT_PRE, IKUT_POST, BERPASANGAN = (
    "Terdaftar",
    "Pernah hadir",
    "Ikut pre-test",
    "Ikut post-test",
    "Dapat dibandingkan",
)
DARI_TERDAFTAR = "dari {n} terdaftar"
DARI_PRE_POST = "punya pre dan post"
RINCIAN = "Rincian statistik"
ARTI = "Arti istilah"
ALT_DUMBBELL = "Nilai pre-test dan post-test {n} peserta, satu baris tiap peserta"
ALT_TUJUAN = "Nilai rata-rata pre-test dan post-test per tujuan pelatihan"
ALT_SEBARAN = "Sebaran nilai pre-test dan post-test dalam kelas sepuluh poin"
ALT_PERALIHAN = "Perubahan jawaban tiap soal dari pre-test ke post-test"
ALT_SKALA = "Bagian jawaban tiap pertanyaan: {judul}"
ALT_LINTAS = "Nilai rata-rata pre-test dan post-test tiap kegiatan menurut waktu"
ALT_TABEL = "Tabel: {judul}"

SEBARAN = "Sebaran nilai"
TABEL_SEBARAN = "Tabel sebaran nilai"
PER_TUJUAN = "Menurut tujuan pelatihan"
PER_ORANG = "Perubahan tiap peserta"
TAMPILKAN_NAMA = "Tampilkan nama"
TANPA_NAMA = "Nama disembunyikan. Nyalakan hanya bila layar ini tidak dilihat orang lain."
TANPA_PASANGAN = "Peserta tanpa pasangan nilai"
TANPA_PASANGAN_URAIAN = "Mereka dihitung sebagai peserta, tetapi tidak masuk perbandingan."
SISI_ADA = {"pre": "hanya pre-test", "post": "hanya post-test", "": "belum mengisi keduanya"}
ALASAN = {
    "belum_mengisi": "sisi lainnya belum diisi",
    "menunggu": "sisi lainnya terlambat, menunggu keputusan",
    "ditolak": "sisi lainnya terlambat dan tidak diterima",
    "dibatalkan": "kiriman sisi lainnya dibatalkan",
    "dicoret": "sudah dicoret dari daftar peserta",
}
MIRIP = (
    "Nama yang mirip: {pre} (hanya pre-test) dan {post} (hanya post-test). Mungkin satu orang yang terdaftar dua kali."
)
GABUNGKAN = "Periksa dan gabungkan di halaman Peserta"
TERIMA = "Terima jawaban terlambat"
TERIMA_JUDUL = "Terima jawaban terlambat"
TERIMA_URAIAN = "Jawaban {nama} ikut dihitung sejak disimpan. Keputusan ini tercatat di jejak audit."
ALASAN_ISIAN = "Alasan *"
SIMPAN = "Simpan"
DITERIMA = "Jawaban diterima dan sudah ikut dihitung."

PENGELOMPOKAN = "Kelompok menurut"
KELOMPOK_JUDUL = {"asal": "Asal", "kluster": "Kluster", "kabkota": "Kab/kota", "instansi": "Instansi"}
ASAL = {"lks": "LKS", "lkks": "LKKS", "dinas": "Dinas", "lain": "Lainnya"}
TANPA_KELOMPOK = "Belum diketahui"
KELOMPOK_KECIL = "{jumlah} kelompok dengan kurang dari {minimum} peserta tidak ditampilkan."
KLUSTER_GANDA = (
    "Peserta dari LKS dengan dua kluster dihitung di keduanya, sehingga jumlah baris dapat melebihi jumlah peserta."
)

KOLOM_KELOMPOK = ("Kelompok", "Pasangan", "Pre", "Post", "Perubahan", "Keterangan")
KOLOM_ORANG = ("Peserta", "Asal", "Instansi", "Pre", "Post", "Perubahan", "N-gain")
KOLOM_TANPA = ("Peserta", "Asal", "Instansi", "Yang ada", "Keterangan")

FASE = "Tes"
SOAL = "Soal {nomor}"
KOLOM_BUTIR = (
    "Soal",
    "Isi",
    "Benar",
    "Dari",
    "Tingkat kemudahan",
    "Rentang 95%",
    "Mudah/sukar",
    "r butir-total",
    "D 27%",
    "Kosong",
    "Bacaan",
    "Tujuan",
)
KOLOM_PILIHAN = ("Soal", "Pilihan", "Kunci", "Dipilih", "Bagian", "Kelompok atas", "Kelompok bawah", "r", "Tanda")
KOLOM_PERALIHAN = (
    "Soal",
    "Tetap benar",
    "Salah lalu benar",
    "Benar lalu salah",
    "Tetap salah",
    "Perubahan",
    "Rentang 95%",
    "Catatan",
)
PERALIHAN = {
    "benar_benar": "Tetap benar",
    "salah_benar": "Salah lalu benar",
    "benar_salah": "Benar lalu salah",
    "salah_salah": "Tetap salah",
}
PERALIHAN_JUDUL = "Perubahan jawaban tiap soal"
BUTIR_JUDUL = "Mutu soal"
PILIHAN_JUDUL = "Pilihan jawaban"
TANDA = {
    "tidak_berfungsi": "tidak berfungsi",
    "menarik_peserta_kuat": "menarik peserta kuat",
    "periksa_kunci": "periksa kunci",
}
MUDAH = {"mudah": "mudah", "sedang": "sedang", "sukar": "sukar"}
BACAAN = {"baik": "baik", "cukup": "cukup", "lemah": "lemah", "periksa_kunci": "periksa kunci"}
KOSONG = "kosong"
YA = "ya"
TETAP = "tetap"

TENTANG = "Tentang: {nama}"
RATA = "Rata-rata {nilai} dari {maksimum} ({n} responden)"
SKALA_BEDA = "Setiap formulir dibaca pada skalanya sendiri dan tidak dirata-ratakan dengan skala lain."
KOLOM_SKALA = ("Pertanyaan", "Jawaban", "Rata-rata", "Median", "Persen skor", "Dua teratas", "Tanpa jawaban")
BAGIAN_JAWABAN, JAWABAN = "Bagian jawaban", "Jawaban"
KOMPETENSI = "Penilaian diri: sebelum dan sesudah"
KOMPETENSI_N = "{n_pre} mengisi sebelum, {n_post} sesudah, {n} orang keduanya."
KOLOM_KOMPETENSI = ("Pernyataan", "Median sebelum", "Median sesudah", "Wilcoxon p", "r")

CARI = "Cari dalam komentar"
KOMENTAR_JUMLAH = "{tampil} dari {jumlah} komentar"
TIDAK_ADA_KOMENTAR = "Belum ada komentar."
KOLOM_KOMENTAR = ("Formulir", "Tentang", "Pertanyaan", "Komentar")

LINTAS_JUDUL = "Kegiatan di wilayah Anda"
SERI_SAJA = "Hanya seri kegiatan ini"
KOLOM_LINTAS = ("Mulai", "Kegiatan", "Orang", "Instansi", "Pasangan", "Pre", "Post", "Perubahan", "N-gain")
LINTAS_URAIAN = (
    "Soal tiap kegiatan dapat berbeda, jadi bandingkan arahnya, bukan angka persisnya. Rata-rata hanya dari peserta yang "
    "punya pre dan post."
)

KIRKPATRICK = "Setelah pelatihan, menurut register LKS"
KIRKPATRICK_URAIAN = (
    "Dihitung dari register sejak hari terakhir kegiatan, untuk LKS yang mengirim peserta dan LKS lain di jangkauan "
    "kegiatan. Perbedaan keduanya tidak membuktikan bahwa pelatihan penyebabnya: LKS yang ikut bisa memang lebih siap."
)
KOLOM_KIRKPATRICK = ("Perubahan", "LKS yang ikut", "LKS lain")
UKURAN_KIRKPATRICK = {
    "terdaftar": "Menjadi terdaftar",
    "diperpanjang": "Memperpanjang tanda daftar",
    "terakreditasi": "Memperoleh atau menaikkan akreditasi",
}
DARI = "{jumlah} dari {n}"
DARI_PERSEN = "{jumlah} dari {n} ({persen})"
TANPA_LKS = "Belum ada peserta yang ditautkan ke register LKS. Tautkan di halaman Peserta."
PASCA = "Formulir 3 dan 6 bulan"
PASCA_URAIAN = "Formulir dibuka sendiri pada tanggalnya, untuk peserta yang sama dengan kode yang sama."
PASCA_BUAT = "Buat formulir 3 dan 6 bulan"
PASCA_DIBUAT = "Formulir 3 dan 6 bulan dibuat."
PASCA_ADA = "{judul}: dibuka {tanggal}, {masuk} dari {n} sudah mengisi."
PASCA_SELESAI_DULU = "Formulir lanjutan dapat dibuat setelah kegiatan dinyatakan selesai."
PENGINGAT = "Daftar pengingat"
PENGINGAT_URAIAN = (
    "Satu baris tiap peserta yang belum mengisi, siap ditempel ke WhatsApp. Membukanya tercatat di jejak audit."
)
PENGINGAT_BUKA = "Buka daftar pengingat"
PENGINGAT_KOSONG = "Semua peserta sudah mengisi formulir yang sedang dibuka."
ALAMAT = "Alamat server untuk tautan"
KOLOM_PENGINGAT = ("Peserta", "Telepon", "Pesan")
PESAN_PENGINGAT = (
    "Yth. {nama}, mohon isi {formulir} untuk {kegiatan}. Buka {alamat} lalu masukkan kode {kode}. Terima kasih."
)
RTL = "Rencana tindak lanjut peserta"
RTL_KOSONG = "Belum ada rencana. Rencana diambil dari jawaban formulir RTL."
RTL_AMBIL = "Ambil rencana dari jawaban"
RTL_DIAMBIL = "{jumlah} rencana ditambahkan."
KOLOM_RTL = ("Peserta", "Rencana", "Tenggat", "Status", "Bukti")
STATUS_RTL = {"direncanakan": "Direncanakan", "berjalan": "Berjalan", "selesai": "Selesai", "batal": "Batal"}
RTL_UBAH = "Ubah status"
BUKTI = "Bukti"
STATUS = "Status"
TERSIMPAN = "Perubahan tersimpan."
SUMBER = "Sumber: jawaban peserta yang diterima Pilar, keadaan {waktu}."


def keterangan(kegiatan: Mapping[str, Any], kini: datetime) -> dict[str, str]:
    """The lines of a workbook's source sheet: which event, as of when."""
    told = {
        "Sumber": "Jawaban peserta yang diterima Pilar",
        "Kegiatan": str(kegiatan["judul"]),
        "Tanggal": f"{kegiatan['mulai'].isoformat()} sampai {kegiatan['selesai'].isoformat()}",
        "Penyelenggara": str(kegiatan["penyelenggara"]),
        "Keadaan per": kini.astimezone(ZoneInfo("Asia/Jakarta")).strftime("%Y-%m-%d %H:%M WIB"),
    }
    if kegiatan["contoh"]:
        told["Catatan"] = "Kegiatan contoh: nama dan jawaban adalah rekaan, bukan data nyata."
    return told
