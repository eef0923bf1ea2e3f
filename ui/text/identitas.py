"""Words of the screen Identitas kantor."""

URAIAN = (
    "Kop, logo, penandatangan, dan format nomor yang dipakai pada sertifikat, notulen, dan laporan. Identitas baru berlaku "
    "mulai harinya; yang lama tidak diubah, supaya dokumen lama tetap sama bila dicetak lagi."
)
KANTOR, WILAYAH = "Kantor", "Wilayah"
PEMILIK = {"dinas": "Dinas Sosial", "lkks": "LKKS"}
BERLAKU = "Berlaku sekarang"
SEJAK = "Sejak {tanggal}"
DARI_ATAS = "Kantor ini belum menyimpan identitas sendiri; yang dipakai adalah milik {tempat}."
KOSONG_JUDUL = "Belum ada identitas"
KOSONG_URAIAN = "Dokumen tetap dapat dibuat, dengan nama kantor saja dan baris tanda tangan yang kosong."
KOSONG_TAMBAH = "Tekan Tambah identitas untuk mengisi kop, logo, penandatangan, dan format nomor."
KOSONG_LIHAT = "Identitas diisi oleh operator Dinas wilayahnya, atau oleh LKKS sendiri untuk LKKS."
PRATINJAU, PRATINJAU_ALT = "Pratinjau sertifikat", "Gambar halaman depan sertifikat dengan kop dan penandatangan ini"
TANPA_PENANDATANGAN = "Belum ada penandatangan: baris tanda tangannya kosong."
RIWAYAT, RIWAYAT_ALT = "Semua identitas kantor ini", "Tabel identitas kantor ini, yang terbaru di atas"
KOLOM = {
    "berlaku_mulai": "Berlaku mulai",
    "nama": "Nama kantor",
    "induk": "Baris di atas nama",
    "alamat": "Alamat",
    "kontak": "Kontak",
    "tempat": "Tempat surat",
    "penandatangan": "Penandatangan",
    "format_nomor": "Format nomor",
    "logo": "Logo",
}
ADA, TIDAK_ADA = "ada", "tidak ada"
TAMBAH, SIMPAN, TERSIMPAN = "Tambah identitas", "Simpan identitas", "Identitas tersimpan."
ISIAN = {
    "induk": "Baris di atas nama",
    "nama": "Nama kantor",
    "alamat": "Alamat",
    "kontak": "Telepon, surel, laman",
    "tempat": "Tempat surat dibuat",
    "berlaku_mulai": "Berlaku mulai",
    "dokumen": "Dokumen",
    "jabatan": "Jabatan",
    "nip": "NIP",
    "pangkat": "Pangkat",
}
PENANDATANGAN = "Penandatangan"
PENANDATANGAN_URAIAN = "Baris Semua dokumen berlaku untuk jenis dokumen yang tidak punya baris sendiri."
PENANDATANGAN_ALT = "Tabel penandatangan untuk diisi"
NAMA_PENANDATANGAN = "Nama dan gelar"
DOKUMEN = {
    "semua": "Semua dokumen",
    "sertifikat": "Sertifikat",
    "laporan_bimtek": "Laporan Bimtek",
    "surat_undangan": "Surat undangan",
    "daftar_hadir": "Daftar hadir",
    "notulen": "Notulen",
    "surat_rekomendasi": "Surat rekomendasi",
    "laporan_triwulan": "Laporan triwulan",
    "tanda_daftar": "Tanda daftar",
}
FORMAT = "Format nomor"
FORMAT_URAIAN = (
    "Contoh: 460/{nomor}/{bulan_romawi}/{tahun} menjadi 460/7/VIII/2024. Yang dikenal: {nomor}, {nomor3} (tiga angka), "
    "{bulan}, {bulan_romawi}, {tahun}, {wilayah}. Yang dikosongkan memakai {nomor}/{bulan_romawi}/{tahun}."
)
FORMAT_ALT = "Tabel format nomor per jenis dokumen"
LOGO, LOGO_URAIAN = "Logo (PNG atau JPG, paling besar 1 MB)", "Logo yang lama tetap dipakai bila tidak diganti."
TANPA_LOGO = "Tanpa logo"
SUMBER = "Identitas kantor yang disimpan di Pilar"


def label(name: str) -> str:
    """The screen's word for a refused entry; "penandatangan 2: nip" names the row."""
    head, colon, tail = name.partition(": ")
    if colon and head.startswith("penandatangan "):
        return f"{PENANDATANGAN} {head.rpartition(' ')[2]}, {label(tail)}"
    return ISIAN.get(name) or (f"{FORMAT} {DOKUMEN[name]}" if name in DOKUMEN else name)
