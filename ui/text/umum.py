"""Short sentences that every screen shares."""

from datetime import date

from domain.filters import Filters

PEMANTAUAN = "Pemantauan"
BIMTEK = "Bimtek"
LKKS = "LKKS"
PENGELOLAAN = "Pengelolaan"
BANTUAN = "Bantuan"

RINGKASAN = "Ringkasan"
PETA = "Peta"
KLUSTER = "Kluster"
INDIKATOR = "Indikator"
PRIORITAS = "Prioritas wilayah"
PILAR_PSKS = "Pilar dan PSKS"
PROGRAM = "Program"
DAFTAR_LKS = "Daftar LKS"
PROFIL_LKS = "Profil LKS"
LKS_BARU = "LKS baru"
KEGIATAN = "Kegiatan"
PESERTA = "Peserta"
INSTRUMEN = "Instrumen"
PELAKSANAAN = "Pelaksanaan"
ISI_FORMULIR = "Isi formulir"
HASIL = "Hasil"
RAPAT = "Rapat"
TINDAK_LANJUT = "Tindak lanjut"
PROFIL_LKKS = "Profil LKKS"
SURAT = "Surat rekomendasi"
PENGAJUAN = "Pengajuan daring"
IMPOR = "Impor"
PERMOHONAN = "Permohonan"
KEMBAR = "Kembar"
PENGGUNA = "Pengguna"
JEJAK_AUDIT = "Jejak audit"
IDENTITAS = "Identitas kantor"
PANDUAN = "Panduan"
AKUN = "Akun saya"

MASUK = "Masuk"
KELUAR = "Keluar"
PERLU_MASUK = "Masuk dulu"
PERLU_MASUK_URAIAN = "Setelah masuk, halaman yang Anda tuju terbuka dengan saringan yang sama."
GANTI_SANDI = "Ganti kata sandi"
GANTI_SANDI_URAIAN = "Kata sandi sekali pakai harus diganti sebelum Pilar bisa dipakai."

BELUM_DIISI = "Belum diisi"
TIDAK_ADA = "-"
CONTOH = "contoh"
BATAS_INDIKATIF = (
    "Batas indikatif, bukan batas resmi. Garis pantai: Natural Earth. Kode wilayah: Kepmendagri 300.2.2-2138/2025."
)
UNDUH_EXCEL = "Unduh Excel"
HAPUS_SARINGAN = "Hapus saringan"
SARINGAN = "Saringan"
SUMBER = "Sumber"
PILIH = "Pilih"
INDONESIA = "Indonesia"


def keterangan(tempat: str, tanggal: date, saringan: Filters) -> dict[str, str]:
    """The lines of a workbook's source sheet: what, where, as of when, narrowed how."""
    narrowed = {name: value for name, value in vars(saringan).items() if value not in (None, (), "", False)}
    told = "; ".join(f"{name}: {', '.join(map(str, v)) if isinstance(v, tuple) else v}" for name, v in narrowed.items())
    return {
        SUMBER: "Register LKS Pilar",
        "Wilayah": tempat,
        "Keadaan per": tanggal.isoformat(),
        SARINGAN: told or "tanpa saringan",
        "Catatan": "Baris bertanda contoh adalah rekaan, bukan lembaga nyata.",
    }
