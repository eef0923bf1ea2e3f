"""Words of the screen Pilar dan PSKS."""

URAIAN = (
    "Daftar pilar ditetapkan tiap wilayah dan berubah menurut versi; PSKS dihitung per jenis dalam satuannya sendiri."
)
PILAR, PSKS, BAGIAN = "Pilar", "PSKS", "Bagian"
VERSI = "Versi yang disandingkan"
VERSI_KOSONG_JUDUL = "Belum ada daftar pilar"
VERSI_KOSONG_URAIAN = "{tempat} belum menetapkan daftar pilarnya sendiri."
VERSI_KOSONG_ATAS = "Daftar {tempat} yang berlaku di atasnya ditampilkan di bawah."
VERSI_KOSONG_BUAT = "Tekan Buat versi baru untuk menetapkannya."
VERSI_KOSONG_MINTA = "Daftar pilar ditetapkan oleh operator wilayahnya."
LIHAT = "Lihat {nama}"
LAIN = "Wilayah lain yang sudah menetapkan daftar: {nama}."
SEJAK = "Berlaku mulai {tanggal}"
SUMBER_VERSI = "Sumber: {sumber}"
MASUK, KELUAR, TETAP = "Masuk", "Keluar", "Tetap"
PERUBAHAN = "Dari {lama} ke {baru}"
PERUBAHAN_URAIAN = "{masuk} masuk, {keluar} keluar, {tetap} tetap. Kedua daftar sama-sama benar pada masanya."
TIDAK_ADA = "tidak ada"
BUAT = "Buat versi baru"
BUAT_URAIAN = "Versi yang sudah ada tidak pernah diubah. Isi daftar baru selengkapnya, termasuk pilar yang tetap."
ISI = "Pilar"
SIMPAN = "Simpan versi baru"
TERSIMPAN = "Versi baru daftar pilar tersimpan."
ALT_VERSI = "Daftar pilar {versi}"
ALT_RIWAYAT = "Riwayat pilar menurut versi"
RIWAYAT = "Riwayat versi"
ADA, TIDAK = "ada", "-"
NAMA_SATUAN = {"orang": "orang", "lembaga": "lembaga", "keluarga": "keluarga", "kelompok": "kelompok"}
KOLOM = {
    "nama": "Pilar",
    "satuan": "Satuan",
    "sumber": "Sumber",
    "versi": "Nama versi",
    "berlaku_mulai": "Berlaku mulai",
    "dasar_hukum": "Dasar hukum",
    "catatan": "Catatan",
    "isi": ISI,
}
PSKS_URAIAN = "Satuannya berbeda (orang, lembaga, keluarga), maka jenis-jenis PSKS tidak dijumlahkan."
PSKS_TANPA = "PSKS tidak dicatat untuk tingkat wilayah ini."
PSKS_KOSONG = "Belum ada nilai PSKS yang dicatat. Operator mencatatnya di halaman Indikator."
PSKS_KOLOM = {
    "jenis": "Jenis PSKS",
    "nilai": "Nilai",
    "satuan": "Satuan",
    "periode": "Periode",
    "sumber": "Sumber",
    "catatan": "Catatan",
}
PSKS_ALT = "PSKS menurut jenis"
LKS_DUA_ANGKA = "LKS: dua angka yang berbeda"
LKS_DUA_URAIAN = (
    "Angka pendataan PSKS dan banyaknya LKS di register Pilar berasal dari sumber berbeda dan tidak perlu sama."
)
LKS_PENDATAAN, LKS_REGISTER = "LKS menurut pendataan PSKS", "LKS di register Pilar"
LKS_REGISTER_URAIAN = "Banyaknya LKS yang tercatat di Pilar, tidak termasuk yang diarsipkan."
LKS_PER = "per {tanggal}"
JELASKAN = "Jelaskan"
JELASKAN_YANG = "Jenis yang dijelaskan"
SUMBER = "Daftar pilar menurut wilayah dan versinya"


def label(name: str) -> str:
    """The screen's name of an entry of a pilar list."""
    return KOLOM.get(name, name.replace("_", " ").capitalize())
