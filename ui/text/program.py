"""Words of the screen Program."""

URAIAN = "Program Dinas dan LKKS menurut empat bentuk pelayanan, dengan anggaran, realisasi, dan mitranya."
TAHUN, PEMILIK, BENTUK, STATUS, SEMUA = "Tahun", "Pemilik", "Bentuk pelayanan", "Status", "Semua"
NAMA_PEMILIK = {"dinas": "Dinas Sosial", "lkks": "LKKS"}
NAMA_STATUS = {"rencana": "Rencana", "berjalan": "Berjalan", "selesai": "Selesai", "batal": "Batal"}
NAMA_KEGIATAN = {
    "koordinasi": "Koordinasi program",
    "model_pelayanan": "Pengembangan model pelayanan",
    "sumber_kesos": "Penggalian sumber kesejahteraan sosial",
    "pembinaan": "Pembinaan lembaga sosial",
}
NAMA_PENDEKATAN = {"pencegahan": "Pencegahan", "penanganan": "Penanganan", "keduanya": "Pencegahan dan penanganan"}
NAMA_MITRA = {
    "pemerintah": "Pemerintah",
    "masyarakat": "Masyarakat",
    "dunia_usaha": "Dunia usaha",
    "donatur": "Donatur",
}
KOSONG_JUDUL = "Belum ada program"
KOSONG_URAIAN = "Belum ada program Dinas maupun LKKS yang dicatat di wilayah ini."
KOSONG_TAMBAH = "Tekan Tambah program untuk mencatat yang pertama."
KOSONG_MINTA = "Program Dinas dicatat oleh operator, program LKKS oleh akun LKKS wilayahnya."
TIDAK_COCOK_JUDUL = "Tidak ada program yang cocok"
TIDAK_COCOK_URAIAN = "Saringan ini tidak menyisakan satu program pun."

JUMLAH, ANGGARAN, REALISASI, SERAPAN = "Program", "Anggaran", "Realisasi", "Serapan"
JUMLAH_ATURAN = "Banyaknya program yang dicatat menurut saringan, termasuk rencana dan yang batal."
ANGGARAN_ATURAN = "Jumlah anggaran program yang menyebutkan anggarannya."
REALISASI_ATURAN = "Jumlah realisasi program yang menyebutkan realisasinya."
SERAPAN_ATURAN = "Realisasi dibagi anggaran, hanya dari program yang menyebutkan keduanya."
DARI_PROGRAM = "{ada} dari {semua} program"
SERAPAN_DARI = "Serapan: {realisasi} dari {anggaran}, pada {ada} dari {semua} program yang menyebutkan keduanya."
STATUS_DARI = "{selesai} selesai, {berjalan} berjalan"
PER_BENTUK = "Menurut bentuk pelayanan"
PER_BENTUK_URAIAN = (
    "Satu program dapat memakai lebih dari satu bentuk, jadi jumlah keempatnya dapat melebihi banyaknya program."
)
ALT_BENTUK = "Banyaknya program menurut bentuk pelayanan: {isi}"
PER_TAHUN, PER_MITRA, DAFTAR = "Perbandingan tahun", "Mitra menurut jenis", "{jumlah} program"
MITRA_URAIAN = "Nama yang sama dihitung satu mitra. Nilai hanya dari mitra yang menyebutkannya."
ALT_TAHUN, ALT_MITRA, ALT_DAFTAR = "Program menurut tahun", "Mitra menurut jenis", "Daftar program"
BUKA, TAMBAH, UBAH, HAPUS, SIMPAN = "Lihat rincian", "Tambah program", "Ubah", "Hapus", "Simpan"
PILIH_BARIS = "Pilih satu baris untuk melihat rinciannya."
RINCIAN = "Rincian program"
TERSIMPAN, TERHAPUS = "Program tersimpan.", "Program dihapus."
MITRA = "Mitra"
MITRA_ISI = "Mitra dan sumbangannya; kosongkan bila tidak ada."
MITRA_KOSONG = "Tidak ada mitra yang dicatat."
ALASAN = "Alasan menghapus"
HAPUS_URAIAN = "Program yang pernah direncanakan sebaiknya diberi status Batal; hapus hanya yang salah catat."
RUPIAH_CATATAN = "Rupiah penuh tanpa titik, misalnya 25000000."
SUMBER = "Program yang dicatat Dinas Sosial dan LKKS"
SUMBER_BARIS = "Sumber: program yang dicatat Dinas Sosial dan LKKS, keadaan {tanggal}."
MEMUAT_CONTOH = " Termasuk {jumlah} program contoh (rekaan)."
KOLOM = {
    "nama": "Program",
    "tahun": TAHUN,
    "pemilik": PEMILIK,
    "wilayah": "Wilayah",
    "bentuk": BENTUK,
    "kegiatan": "Kegiatan LKKS",
    "pendekatan": "Pendekatan",
    "sasaran": "Sasaran",
    "kluster": "Kluster",
    "anggaran": "Anggaran (Rp)",
    "realisasi": "Realisasi (Rp)",
    "sumber_dana": "Sumber dana",
    "status": STATUS,
    "catatan": "Catatan",
    "mitra": MITRA,
    "contoh": "Contoh",
}
KOLOM_TAHUN = {
    "tahun": TAHUN,
    "jumlah": "Program",
    "anggaran": "Anggaran (Rp)",
    "beranggaran": "Menyebut anggaran",
    "realisasi": "Realisasi (Rp)",
    "berrealisasi": "Menyebut realisasi",
    "serapan": SERAPAN,
}
KOLOM_MITRA = {
    "jenis": "Jenis mitra",
    "nama": "Mitra",
    "program": "Program",
    "nilai": "Nilai (Rp)",
    "menyebut": "Menyebut nilai",
}
ISI_MITRA = {"jenis": "Jenis", "nama": "Nama", "peran": "Sumbangan", "nilai": "Nilai (Rp)"}
WILAYAH_PROGRAM = "Wilayah program"
PEMILIK_PILIH = "Program milik"


def label(name: str) -> str:
    """The screen's name of an entry of a program."""
    return KOLOM.get(name, name.replace("_", " ").capitalize())


def sumber(tanggal: str, contoh: int) -> str:
    """The line under the tables: where they come from, and how many invented programs are among them."""
    return SUMBER_BARIS.format(tanggal=tanggal) + (MEMUAT_CONTOH.format(jumlah=contoh) if contoh else "")
