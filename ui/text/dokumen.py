"""Short sentences about documents that are issued from a screen."""

BUAT = {
    "daftar_lks": "Terbitkan daftar untuk dicetak",
    "segera_berakhir": "Terbitkan daftar segera berakhir",
    "triwulan": "Terbitkan laporan triwulan",
}
MENYUSUN = "Menyusun dokumen..."
NOMOR = "Dokumen nomor {nomor}: isinya tetap seperti saat diterbitkan. Berkas siap diunduh selama 15 menit."
UNDUH = {"pdf": "Unduh PDF", "xlsx": "Unduh Excel"}
