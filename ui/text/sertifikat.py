"""Short sentences of the certificates of an event."""

from collections.abc import Mapping
from typing import Any

from domain import figures

SERTIFIKAT = "Sertifikat"
KEMBALI = "Kembali ke daftar peserta"
ATURAN = "Berhak bila hadir di sedikitnya {batas}% sesi yang dihitung, mulai hari terakhir kegiatan."
ASUMSI = "Batas {batas}% adalah nilai bawaan yang masih asumsi; aturan setempat biasanya 80 sampai 90%. Ubah di halaman Kegiatan."
BATAS_BAWAAN = 80
TANPA_IDENTITAS = (
    "Identitas kantor belum diisi. Sertifikat dapat dicetak dengan nama penyelenggara, tanpa logo dan tanpa nama "
    "penandatangan. Isi dahulu di halaman Identitas kantor bila kop, pejabat, dan format nomornya perlu tampil."
)
RINGKAS = "{berhak} berhak dan belum terbit, {terbit} sudah terbit, {belum} belum berhak."
TERBITKAN_JUDUL, BELUM_JUDUL, TERBIT_JUDUL = "Terbitkan", "Belum berhak", "Sudah terbit"
TAK_ADA_BERHAK = "Tidak ada yang menunggu sertifikat"
TAK_ADA_BERHAK_URAIAN = (
    "Yang berhak sudah menerima, atau belum ada yang memenuhi syarat. Alasannya ada di daftar Belum berhak; kehadiran dicatat "
    "di halaman Pelaksanaan."
)
SEMUA = "Pilih semua yang berhak ({jumlah})"
SEMUA_SETUJU = "Semua yang dipilih sudah menyetujui namanya tampil saat sertifikat diperiksa"
SETUJU_URAIAN = (
    "Siapa pun yang memegang kode dapat memeriksa sertifikat tanpa masuk. Namanya hanya tampil bila orangnya setuju; "
    "tanpa itu pemeriksaan menulis: nama disamarkan."
)
TANGGAL = "Tanggal sertifikat"
TERBITKAN = "Terbitkan sertifikat"
PILIH_DAHULU = "Centang siapa yang menerima, lalu isi tanggalnya."
DITERBITKAN = "{jumlah} sertifikat diterbitkan."
ALT_TERBITKAN = "Tabel peserta yang berhak, untuk dicentang"
ALT_BELUM = "Tabel peserta yang belum berhak menerima sertifikat"
ALT_TERBIT = "Tabel sertifikat kegiatan ini"
KOLOM = {
    "terbit": "Terbitkan",
    "tampil": "Nama tampil",
    "nama": "Nama",
    "instansi": "Asal instansi",
    "hadir": "Kehadiran",
    "jp": "JP",
}
KOLOM_BELUM = {"nama": "Nama", "instansi": "Asal instansi", "hadir": "Kehadiran", "alasan": "Alasan"}
KOLOM_TERBIT = {
    "nomor": "Nomor",
    "nama": "Nama",
    "instansi": "Asal instansi",
    "jp": "JP",
    "tanggal": "Tanggal",
    "keadaan": "Keadaan",
    "tampil": "Nama saat diperiksa",
}
ALASAN = {
    "kegiatan_belum_selesai": "kegiatan belum selesai",
    "tanpa_sesi": "tidak ada sesi yang dihitung",
    "kurang_hadir": "kehadiran di bawah batas",
    "sudah_terbit": "sudah terbit",
}
BERLAKU, DICABUT, CONTOH = "berlaku", "dicabut {tanggal}: {alasan}", "contoh"
TAMPIL, TERSAMAR = "ditampilkan", "disamarkan"
PILIH_BARIS = "Pilih beberapa baris untuk mencetak itu saja; pilih satu untuk mencabutnya."
BUAT_PDF, UNDUH_PDF = "Buat PDF ({jumlah} sertifikat)", "Unduh PDF sertifikat"
MENYUSUN = "Menyusun sertifikat"
PDF_URAIAN = "Satu halaman depan dan satu halaman daftar materi per orang, A4 mendatar. Kode QR membuka alamat di atas."
CABUT, CABUT_ALASAN = "Cabut sertifikat", "Alasan mencabut"
CABUT_URAIAN = (
    "{nomor} atas nama {nama}. Siapa pun yang memeriksa kodenya akan membaca bahwa sertifikat ini dicabut. Nomornya tidak "
    "dipakai lagi."
)
DICABUT_SELESAI = "Sertifikat dicabut."
BELUM_ADA = "Belum ada sertifikat yang terbit untuk kegiatan ini."
BERKAS = "sertifikat"


def keterangan(event: Mapping[str, Any], hari: str, baris: int) -> dict[str, str]:
    """The lines of the workbook's sheet about itself."""
    return {
        "Kegiatan": str(event["judul"]),
        "Isi": f"{figures.integer(baris)} baris sertifikat, yang dicabut ikut tertulis",
        "Diambil pada": hari,
        "Catatan": "Memuat nama orang: simpan sebagai data pribadi.",
    }


def label(name: str) -> str:
    """The screen's word for a refused entry; a person's name is its own."""
    return {"tanggal": TANGGAL, "peserta": SERTIFIKAT, "alasan": CABUT_ALASAN, "alamat": "Alamat server"}.get(
        name, name
    )
