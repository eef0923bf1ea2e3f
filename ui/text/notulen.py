"""Short sentences about the minutes as documents and about their template."""

from datetime import datetime

from domain import figures

JUDUL = "Notulen"
URAIAN = "Berisi daftar hadir, panel seperti yang ditampilkan, keputusan, dan tindak lanjut."
DRAF = "Rapat belum ditutup: notulen yang dibuat sekarang bertanda draf."
BUAT_WORD = "Buat notulen Word"
BUAT_PDF = "Buat notulen PDF"
MENYUSUN = "Menyusun notulen..."
UNDUH_WORD = "Unduh notulen Word (.docx)"
UNDUH_PDF = "Unduh notulen PDF"
MASA_UNDUH = "Berkas siap diunduh selama 15 menit; sesudah itu buat lagi."
TEMPLAT = "Templat notulen Word"
TEMPLAT_URAIAN = (
    "Unduh templatnya, ubah kop, huruf, atau kalimatnya di Word, lalu unggah kembali. "
    "Halaman terakhir templat menjelaskan nama-nama yang terisi sendiri; halaman itu tidak ikut tercetak."
)
TEMPLAT_BAWAAN = "Yang dipakai sekarang: templat bawaan."
UNDUH_TEMPLAT = "Unduh templat"
UNGGAH_TEMPLAT = "Templat baru (.docx, paling besar 2 MB)"
SIMPAN_TEMPLAT = "Pakai templat ini"
TEMPLAT_TERSIMPAN = "Templat notulen disimpan."
KEMBALI_BAWAAN = "Kembali ke templat bawaan"
TEMPLAT_DIHAPUS = "Templat sendiri dihapus."


def templat_dipakai(tempat: str | None, kept: datetime, kode: str | None) -> str:
    """Whose template is used, and since when; without a place it is everybody's."""
    whose = f"templat {tempat}" if tempat else "templat bersama"
    return f"Yang dipakai sekarang: {whose}, disimpan {figures.moment(kept, kode)}."
