"""Short sentences of the monitoring screens."""

WILAYAH = "Wilayah"
SEMUA_WILAYAH = "Semua wilayah"
KECAMATAN = "Kecamatan"
SEMUA_KECAMATAN = "Semua kecamatan"
KLUSTER = "Kluster"
SEMUA = "Semua"
SETTING = "Tempat layanan"
STATUS_LAIN = "Saringan lain"
STATUS_LAIN_N = "Saringan lain ({jumlah})"
BERAKHIR = "Masa berlaku"
BERAKHIR_PILIHAN: dict[int | str, str] = {
    "lewat": "Sudah lewat",
    30: "Berakhir dalam 30 hari",
    90: "Berakhir dalam 90 hari",
    180: "Berakhir dalam 180 hari",
}
CARI = "Cari LKS"
CARI_CONTOH = "mis. panti kasih ibu"
BELUM_VERIFIKASI = "Belum diverifikasi"
KOORDINAT = "Koordinat perlu diperiksa"
ARSIP = "Tampilkan arsip"
TAUTAN = "Saringan tersimpan di alamat halaman: salin alamatnya untuk berbagi tampilan ini."

KOSONG_JUDUL = "Belum ada LKS di register"
KOSONG_URAIAN = (
    "Masukkan data lewat Impor (buku kerja Excel) atau LKS baru. "
    "Ingin melihat-lihat dulu? Admin bisa memuat data contoh: python3 manage.py sample load"
)
TIDAK_COCOK_JUDUL = "Tidak ada LKS yang cocok"
TIDAK_COCOK_URAIAN = "Saringan yang dipilih tidak menyisakan satu pun LKS. Longgarkan atau hapus saringannya."

TOTAL = "LKS di register"
PERSEN_URAIAN = "{pembilang} dari {penyebut} LKS"
KLUSTER_GANDA, KLUSTER_KOSONG = "Lebih dari satu kluster", "Kluster belum diisi"
MENURUT_KLUSTER = "LKS menurut kluster"
SEGERA_BERAKHIR = "Segera berakhir"
JENDELA: dict[int | str, str] = {"lewat": "Sudah lewat", 30: "≤ 30 hari", 90: "≤ 90 hari", 180: "≤ 180 hari"}
PERUBAHAN = "Perubahan sejak {tanggal}"
BELUM_ADA_RIWAYAT = "Riwayat register ini baru mulai {tanggal}; perbandingan triwulan tersedia sesudahnya."
MENURUT_WILAYAH = "Menurut wilayah"
KELENGKAPAN = "Kelengkapan data"
PUBLIKASI = "Angka yang pernah dipublikasikan"
PUBLIKASI_URAIAN = "Ditampilkan sebagaimana dimuat sumbernya; tidak dijumlahkan dengan isi register."
MEMUAT_CONTOH = "Termasuk {jumlah} LKS contoh (rekaan, bukan lembaga nyata)."
SUMBER = "Sumber: register LKS Pilar, keadaan {tanggal}."
DATA_PER = "Data per {tanggal}"
LIHAT_DAFTAR = "Lihat daftarnya"
KELUARAN_TABEL = "Tabel"
ATURAN_KLUSTER = (
    "LKS dengan dua kluster dihitung sekali pada total dan sekali pada masing-masing kluster, "
    "jadi jumlah kluster boleh melebihi total. {ganda} LKS berada di lebih dari satu kluster; {kosong} belum punya kluster."
)

UKURAN_PETA = "Ukuran"
PETA_TOTAL = "Jumlah LKS"
PETA_PETUNJUK = "Klik wilayah untuk masuk lebih dalam; daftar di bawah ikut tersaring."
PETA_NAIK = "Naik satu tingkat"
PETA_TITIK = "Titik LKS"
KOORDINAT_JUDUL = "Koordinat yang perlu diperiksa"
KOORDINAT_BERES = "Tidak ada koordinat yang mencurigakan di wilayah ini."
KOORDINAT_JENIS = {
    "di_luar_wilayah": "Di luar wilayahnya",
    "tertukar": "Lintang dan bujur tertukar",
    "di_laut": "Di laut",
    "bertumpuk": "Bertumpuk dengan LKS lain",
}
TANPA_KOORDINAT = "{jumlah} LKS belum punya koordinat."

BARIS = "Baris"
KOLOM = "Kolom"
SUMBU = {
    "kluster": "Kluster",
    "wilayah": "Wilayah",
    "hukum": "Status hukum",
    "aktif": "Keaktifan",
    "tumbuh": "Tingkat tumbuh",
    "daftar": "Tanda daftar",
    "akreditasi": "Akreditasi",
    "setting": "Tempat layanan",
}
TABEL_SILANG = "Tabel silang"
BAGIAN_WILAYAH = "Bagian tiap wilayah"
JUMLAH = "Jumlah"

DAFTAR_JUDUL = "{jumlah} LKS"
DAFTAR_PILIH = "Pilih baris untuk mengunduh sebagian atau membuka profilnya."
UNDUH_TERSARING = "Unduh Excel ({jumlah})"
BUKA_PROFIL = "Buka profil"
URUTKAN = "Urutkan"
URUTAN_MENURUN = "Menurun"
HALAMAN = "Halaman {nomor} dari {jumlah}"

ALT_KLUSTER = "Batang jumlah LKS tiap kluster, dari {total} LKS"
ALT_PETA = "Peta {ukuran} menurut wilayah"
ALT_TITIK = "Peta titik {jumlah} LKS"
ALT_TABEL = "Tabel {judul}"
ALT_SILANG = "Tabel silang {baris} dan {kolom}"
ALT_BAGIAN = "Batang bagian {sumbu} menurut wilayah"
RINCIAN_BERAKHIR = "Tanda daftar {daftar}, akreditasi {akreditasi}"
TIDAK_ADA_BERAKHIR = "Tidak ada tanda daftar atau akreditasi yang berakhir dalam 180 hari."
KOLOM_BERAKHIR = {"nama": "LKS", "surat": "Surat", "tanggal": "Berakhir", "sisa": "Sisa waktu", "tempat": "Kab/Kota"}
KINI, DULU, SELISIH, UKURAN = "Kini", "Dulu", "Selisih", "Ukuran"
PERUBAHAN_URAIAN = "{baru} LKS baru, {arsip} diarsipkan."
DAPAT_HILANG = (
    "Tanda daftar: {daftar_dapat} baru sah, {daftar_hilang} tidak lagi sah. "
    "Akreditasi: {akreditasi_dapat} baru sah, {akreditasi_hilang} tidak lagi sah."
)
VERIFIKASI = "Belum diverifikasi"
KLIEN = "Binaan {tempat}"
KLIEN_URAIAN = "dilaporkan {jumlah} LKS"
KOLOM_PUBLIKASI = ("Ukuran", "Nilai", "Tanggal", "Sumber", "Catatan")
KOLOM_WILAYAH = {
    "label": "Wilayah",
    "total": "LKS",
    "numerator": "Pembilang",
    "denominator": "Penyebut",
    "persen": "Persen",
}
BELUM_ADA_LKS = "belum ada LKS"
TANPA_KECAMATAN = "Kecamatan belum diisi"
LKS = "LKS"
BAGIAN = "Bagian LKS"
KOLOM_DAFTAR = {
    "kode_lks": "Kode",
    "nama": "Nama LKS",
    "kabkota": "Kab/Kota",
    "kecamatan": "Kecamatan",
    "kluster": "Kluster",
    "hukum": "Status hukum",
    "aktif": "Keaktifan",
    "tumbuh": "Tingkat tumbuh",
    "daftar": "Tanda daftar",
    "daftar_sampai": "Tanda daftar s.d.",
    "akreditasi": "Akreditasi",
    "akreditasi_sampai": "Akreditasi s.d.",
    "setting": "Tempat layanan",
    "binaan": "Binaan",
    "kelengkapan": "Kelengkapan",
    "diverifikasi_pada": "Diverifikasi",
    "contoh": "Contoh",
}
URUTAN = {
    "wilayah": "Wilayah",
    "nama": "Nama",
    "daftar_sampai": "Tanda daftar berakhir",
    "akreditasi_sampai": "Akreditasi berakhir",
    "diverifikasi_pada": "Verifikasi terlama",
    "kelengkapan": "Kelengkapan",
}
HASIL_CARI = "Kecocokan nama"
KOLOM_KOORDINAT = {"kode_lks": "Kode", "nama": "LKS", "kabkota": "Kab/Kota", "jenis": "Masalah", "rincian": "Rincian"}
UKURAN_PUBLIKASI = {
    "total_lks": "Jumlah LKS",
    "lks_kluster_anak": "LKS kluster anak",
    "lks_kluster_disabilitas": "LKS kluster disabilitas",
    "lks_kluster_lansia": "LKS kluster lansia",
    "lks_aktif": "LKS aktif",
    "lks_terakreditasi": "LKS terakreditasi",
    "lks_kontak_rutin": "LKS yang rutin berhubungan dengan dinas",
    "lks_anak_akreditasi_a": "LKS anak terakreditasi A",
    "lks_anak_akreditasi_b": "LKS anak terakreditasi B",
    "lks_anak_akreditasi_c": "LKS anak terakreditasi C",
    "lks_anak_tidak_layak": "LKS anak tidak layak",
    "lks_anak_tanpa_keterangan": "LKS anak tanpa keterangan",
    "lkks_terbentuk": "Kab/kota yang sudah memiliki LKKS",
}
BATAS_PUBLIKASI = {"lebih_dari": "lebih dari {nilai}", "kurang_dari": "kurang dari {nilai}"}
UBAH_KE_TANDA = "contoh"
PADA = "di {tempat}"
PERLU_DILIHAT = "Verifikasi dan binaan"
TANPA_AKHIR = (
    "Surat tanpa tanggal berakhir: {daftar} tanda daftar, {akreditasi} akreditasi; keduanya dihitung masih berlaku."
)
PETA_PETUNJUK_TITIK = "Klik titik untuk membuka profil LKS."
SUMBU_SAMA = "Pilih dua sumbu yang berbeda."
