"""Words of the screen Indikator; figures and units come from the dictionary itself."""

from typing import Any

JUDUL = "Indikator"
URAIAN = "Setiap angka menjelaskan dirinya: tekan Jelaskan untuk definisi, sumber, kelengkapan, dan baris di baliknya."
BAGIAN = "Bagian"
ANGKA, BANDING, ISIAN = "Angka", "Tren dan perbandingan", "Isi dan impor"
KELOMPOK = "Kelompok"
NAMA_KELOMPOK = {
    "register": "Register LKS",
    "kluster": "Kluster",
    "bimtek": "Bimtek",
    "ipm": "IPM dan kemiskinan",
    "ppks": "PPKS",
    "ppks_jenis": "PPKS per jenis",
    "psks": "PSKS",
    "spm": "SPM",
    "lkks": "LKKS dan program",
}
TINGKAT_TANPA = "Tidak ada indikator kelompok ini untuk tingkat wilayah yang dipilih."
JELASKAN = "Jelaskan"
JELASKAN_YANG = "Jelaskan indikator"
ASAL_ANGKA = "Asal angka"
ASAL_ANGKA_URAIAN = "Tekan nama angkanya: definisi, pembilang dan penyebut, sumber, kelengkapan, dan baris di baliknya."
TANDA_BASI = ":material/history: data lama"
TANDA_KURANG = ":material/incomplete_circle: kurang lengkap"
PENJELASAN = "Penjelasan angka"
BELUM_ADA = "Belum ada nilai"
SEKITAR = "sekitar"

STATUS: dict[str, tuple[str, str, Any]] = {  # word, shape, colour
    "tercapai": ("Tercapai", ":material/check_circle:", "green"),
    "mendekati": ("Mendekati target", ":material/change_history:", "orange"),
    "belum": ("Belum tercapai", ":material/dangerous:", "red"),
}
TANPA_TARGET = "Tanpa target"
TARGET = "Target {nilai}; capaian {capaian}%"
BASI = "Data lama"
BASI_URAIAN = "Datanya sudah lama: periode atau perubahan terakhirnya melewati batas yang ditetapkan."
KURANG = "Kurang dari 80% lengkap"
KURANG_URAIAN = "Data yang mendasarinya kurang dari 80 persen lengkap."
CONTOH = "Baris bertanda contoh adalah rekaan."
KELAS_BPS = "Kategori BPS: {nama}"
KELAS_SPM = "Kategori SPM: {nama}"
SERI = "seri {nama}"
PADA_PERIODE = "Periode {periode}"
PER_TANGGAL = "Per {tanggal}"
SELISIH = "{nama} {nilai}{kategori}, selisih {selisih}"
TANPA_PEMBANDING = "{nama}: belum ada nilai pada periode dan seri yang sama"

DEFINISI, RUMUS, PEMBILANG, PENYEBUT = "Definisi", "Rumus", "Pembilang", "Penyebut"
TANGGAL, PERIODE, SUMBER, PEMILIK = "Tanggal", "Periode", "Sumber", "Pemilik"
NILAI, VERSI, KELENGKAPAN, TERAKHIR, CATATAN = "Nilai", "Versi definisi", "Kelengkapan", "Perubahan terakhir", "Catatan"
ARAH = "Arah"
NAMA_ARAH = {"naik": "Makin tinggi makin baik", "turun": "Makin rendah makin baik", "netral": "Tidak berarah"}
TERAKHIR_OLEH = "{aksi} oleh {pelaku}, {waktu}"
BELUM_DIUBAH = "Belum ada perubahan yang tercatat"
TERBITAN = "Dimuat bersama Pilar sebagaimana diterbitkan"
VERSI_SEJAK = "Versi {nomor}, berlaku sejak {tanggal}"
VERSI_PERTAMA = "Versi {nomor}, sejak awal"
VERSI_LAMA = "Versi sebelumnya"
BARIS = "Baris di balik angka"
HITUNG_ULANG = "{jumlah} baris; dihitung ulang: {hasil}"
TERSARING = (
    "Angka dan barisnya mengikuti saringan yang sedang dipakai; target wilayah tidak berlaku untuk sebagian LKS."
)
SEBAGIAN = "Yang ditampilkan {jumlah} baris pertama; unduhannya memuat semua."
TANPA_BARIS = "Tidak ada baris di balik angka ini."
BARIS_TERLINDUNG = "Barisnya tidak ditampilkan: jumlah orangnya kurang dari 5."
ALT_BARIS = "Baris di balik angka {nama}"
GABUNGAN = "Gabungan {jumlah} LKS yang jumlahnya kecil"
BAGIAN_BARIS = {
    "pembilang": "Pembilang",
    "penyebut": "Penyebut",
    "wilayah": "Wilayah ini",
    "pembanding": "Pembanding",
    "realisasi": "Realisasi",
    "target": "Target",
}
KOLOM = {
    "kode": "Kode",
    "versi": "Versi",
    "kode_lks": "Kode LKS",
    "nama": "Nama",
    "tempat": "Wilayah",
    "keterangan": "Keterangan",
    "hari": "Berlaku sampai atau tanggal",
    "pembilang": "Pembilang",
    "penyebut": "Penyebut",
    "contoh": "Contoh",
    "peran": "Bagian",
    "periode": "Periode",
    "seri": "Seri",
    "nilai": "Nilai",
    "satuan": "Satuan",
    "kategori": "Kategori",
    "aturan": "Rumus",
    "sumber": "Sumber",
    "tanggal": "Tanggal",
    "sekitar": "Sekitar",
    "target": "Target",
    "capaian": "Capaian (%)",
    "status": "Status",
    "kelengkapan": "Kelengkapan (0-1)",
    "basi": "Data lama",
    "terlindung": "Terlindung",
    "selisih": "Selisih",
    "peringkat": "Peringkat",
}
CETAK = "Unduh lembar cetak"
UNDUH_SEMUA = "Unduh semua angka (Excel)"
UNDUH_BARIS = "Unduh baris (Excel)"
KEADAAN_TINDAK = {"belum": "Belum", "proses": "Proses", "selesai": "Selesai", "terlambat": "Terlambat"}
YA, TIDAK = "ya", "tidak"

PILIH_INDIKATOR = "Indikator"
PILIH_WILAYAH = "Wilayah yang disandingkan"
TREN = "Tren"
TREN_URAIAN = "Garis hanya menghubungkan nilai dari seri yang sama; seri lama dan seri baru tidak disambung."
TREN_KURANG = "Tren digambar bila ada sedikitnya dua nilai tercatat."
PERBANDINGAN = "Perbandingan"
PERBANDINGAN_URAIAN = (
    "Selisih dihitung dari {nama}. Semua wilayah pada periode dan seri yang sama; peringkat di antara yang ditampilkan."
)
ALT_TREN = "Tren {nama} menurut wilayah dan seri"
ALT_BANDING = "Perbandingan {nama} antarwilayah"
TANPA_NILAI_BANDING = "Belum ada nilai untuk dibandingkan."

CATAT = "Catat nilai"
CATAT_URAIAN = "Nilai untuk {nama}."
TARGET_TETAPKAN = "Tetapkan target"
ISIAN_URAIAN = "Nilai yang dicatat membawa sumber dan serinya; definisi yang berlaku hari ini ikut tersimpan."
ISI_PERIODE = "Periode (tahun, atau tahun-bulan seperti 2025-06)"
ISI_SERI = "Seri"
ISI_NILAI = "Nilai (koma untuk desimal)"
ISI_PEMBILANG = "Pembilang: {nama}"
ISI_PENYEBUT = "Penyebut: {nama}"
ISI_SEKITAR = "Sumbernya menyebut perkiraan (sekitar)"
ISI_SUMBER = "Sumber"
ISI_TANGGAL = "Tanggal terbit"
ISI_CATATAN = "Catatan"
ISI_TAHUN = "Tahun"
ISI_TARGET = "Target ({satuan})"
ISI_DASAR = "Dasar (misalnya Renstra atau RPJMD)"
SUDAH_ADA = "Sudah tercatat {nilai} dari {sumber}. Menyimpan akan menggantinya; nilai lama tetap ada di jejak audit."
SIMPAN = "Simpan"
HAPUS = "Hapus nilai ini"
ALASAN = "Alasan menghapus"
TERSIMPAN = "Nilai tersimpan."
TERHAPUS = "Nilai dihapus."
TARGET_TERSIMPAN = "Target tersimpan."
TANPA_INDIKATOR = "Tidak ada indikator isian untuk tingkat wilayah ini."

IMPOR = "Impor dari Excel"
IMPOR_JANJI = "Tidak ada yang disimpan sebelum Anda menekan Simpan. Seluruh impor dapat dibatalkan."
TEMPLAT = "Unduh templat"
NAMA_TEMPLAT = "templat_nilai_indikator.xlsx"
UNGGAH = "Pilih berkas (.xlsx atau .csv)"
BERKAS_LAIN = "Berkas lain"
KODE_BERKAS = {"bps": "Berkas menyatakan kode wilayah BPS.", "kemendagri": "Berkas menyatakan kode wilayah Kemendagri."}
JENIS_BARIS = {"baru": "Baru", "berubah": "Berubah", "sama": "Sama", "ditolak": "Ditolak"}
HASIL_BARIS = {"baris": "Baris", "hasil": "Hasil", "sebab": "Sebab", "perbaikan": "Cara memperbaiki"}
ALT_PRATINJAU = "Pratinjau impor nilai indikator"
UNDUH_HASIL = "Unduh hasil pemeriksaan (Excel)"
SIMPAN_BARIS = "Simpan {jumlah} baris"
IMPOR_TERSIMPAN = "Impor tersimpan."
IMPOR_TERDAHULU = "Impor terdahulu"
TANPA_IMPOR = "Belum ada impor nilai indikator."
BATALKAN = "Batalkan impor"
DIBATALKAN = "{hapus} nilai dihapus, {kembali} dikembalikan, {tetap} dibiarkan karena sudah diubah sejak itu."
BARIS_IMPOR = "{berkas}, {waktu}: {baru} baru, {berubah} berubah, {ditolak} ditolak"
SUDAH_BATAL = "sudah dibatalkan"


def terlindung(limit: int) -> str:
    """What stands in place of a small count of persons."""
    return f"kurang dari {limit}"


def nilai_satuan(value: str, unit: str) -> str:
    """A value with its unit; shares carry theirs already."""
    return value if unit == "persen" else f"{value} {unit}"


def isian(column: str) -> str:
    """The word for an entry that was refused."""
    words = {"wilayah": "Wilayah", "tahun": ISI_TAHUN, "dasar": "Dasar", "alasan": ALASAN, "berkas": "Berkas"}
    return words.get(column) or KOLOM.get(column, column.capitalize())
