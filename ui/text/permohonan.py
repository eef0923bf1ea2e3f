"""Short sentences of the screen of open registration requests."""

URAIAN = (
    "Permohonan tanda daftar yang belum selesai di wilayah kerja Anda, yang paling mendesak lebih dulu. "
    "Langkah berikutnya diambil di Profil LKS."
)
KOSONG_JUDUL = "Tidak ada permohonan yang berjalan"
KOSONG_URAIAN = "Permohonan baru atau daftar ulang diajukan dari Profil LKS, pada bagian Pendaftaran."
TIDAK_COCOK_JUDUL = "Tidak ada permohonan yang cocok"
TIDAK_COCOK_URAIAN = "Saringan yang dipilih tidak menyisakan satu permohonan pun. Longgarkan atau hapus saringannya."
BUKA_PENCARIAN = "Cari LKS"
BUKA_PROFIL = "Buka profil"
PILIH_BARIS = "Pilih satu baris untuk membuka profil LKS-nya."

WILAYAH, STATUS, JENIS, WAKTU = "Wilayah", "Status", "Jenis permohonan", "Waktu layanan"
SEMUA, SEMUA_WILAYAH = "Semua", "Semua wilayah kerja"
# What is left of the service time, by domain.registration.URGENCIES.
KEADAAN = {
    "lewat": "Lewat tenggat",
    "segera": "Tinggal 3 hari atau kurang",
    "berjalan": "Masih lebih dari 3 hari",
    "belum": "Belum dihitung",
}
BELUM_DIHITUNG = "Belum dihitung"
HARI_TERAKHIR = "Hari terakhir"

JUMLAH = "{jumlah} permohonan"
LEWAT = "{jumlah} lewat tenggat"
SEGERA = "{jumlah} tinggal 3 hari atau kurang"
TABEL = "Tabel permohonan tanda daftar yang belum selesai"
# The columns of the table; the workbook has those of EXCEL as well.
KOLOM = {
    "nama": "LKS",
    "sisa_kata": "Waktu layanan",
    "status": "Status",
    "tempat": "Kab./Kota",
    "jenis": "Jenis",
    "kode_lks": "Kode LKS",
    "tenggat": "Tenggat",
    "diajukan_pada": "Diajukan",
    "lengkap_pada": "Berkas lengkap",
}
EXCEL = {"hari_ke": "Hari ke", "lama": "Lama layanan", "sisa": "Sisa hari", "satuan": "Satuan", "contoh": "Contoh"}
CATATAN = "Waktu layanan dihitung sejak berkas dinyatakan lengkap. Hari libur nasional belum diperhitungkan."


def sisa(days: int | None, unit: str) -> str:
    """What is left of a service time: "3 hari kerja lagi", "Hari terakhir", "Lewat 2 hari kerja"."""
    if days is None:
        return BELUM_DIHITUNG
    if days == 0:
        return HARI_TERAKHIR
    return f"{days} {unit} lagi" if days > 0 else f"Lewat {-days} {unit}"
