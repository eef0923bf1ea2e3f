"""Short sentences of the queue of online applications and of the review of one of them."""

URAIAN = (
    "Pendaftaran baru dan pemutakhiran data yang dikirim LKS secara daring. Tidak ada yang masuk register sebelum "
    "diperiksa di sini."
)
KOSONG_JUDUL = "Tidak ada pengajuan yang menunggu"
KOSONG_URAIAN = (
    "LKS mendaftar sendiri lewat alamat di bawah ini. Bagikan alamatnya lewat pesan singkat, papan pengumuman, atau "
    "kode QR; pengajuan yang masuk muncul di sini."
)
TIDAK_COCOK_JUDUL = "Tidak ada pengajuan yang cocok"
TIDAK_COCOK_URAIAN = "Saringan yang dipilih tidak menyisakan satu pengajuan pun. Longgarkan atau hapus saringannya."
BAGIKAN = "Bagikan alamat pendaftaran"
BAGIKAN_URAIAN = "LKS membuka alamat ini di ponselnya, tanpa akun. Kode QR bisa disimpan atau dicetak."
ALAMAT_SERVER = "Alamat Pilar yang dibuka LKS"
QR_ALT = "Kode QR menuju {alamat}"

JENIS_LABEL = "Jenis"
JENIS = {"baru": "Pendaftaran baru", "pemutakhiran": "Pemutakhiran data"}
STATUS = {
    "diterima": "Baru masuk",
    "diperiksa": "Sedang diperiksa",
    "dikembalikan": "Dikembalikan ke LKS",
    "dilengkapi": "Sudah dilengkapi",
    "diterapkan": "Masuk register",
    "ditolak": "Ditolak",
}
KEADAAN = {"menunggu": "Belum diputuskan", "diterima": "Diterima", "ditolak": "Dikembalikan"}
JUMLAH = "{jumlah} pengajuan"
TABEL = "Tabel pengajuan daring yang belum selesai, yang paling mendesak di atas"
KOLOM = {
    "nama": "LKS",
    "sisa_kata": "Waktu layanan",
    "status": "Status",
    "jenis": "Jenis",
    "tempat": "Kab./Kota",
    "diterima": "Diterima",
    "belum_diputus": "Belum diputuskan",
    "berkas": "Berkas",
    "tenggat": "Tenggat",
}
EXCEL = {
    "kode_lks": "Kode LKS",
    "isian": "Isian",
    "lengkap_pada": "Lengkap pada",
    "hari_ke": "Hari ke",
    "lama": "Lama layanan",
    "sisa": "Sisa hari",
    "satuan": "Satuan",
    "contoh": "Contoh",
}
PILIH_BARIS = "Pilih satu baris untuk memeriksa pengajuannya."
CATATAN = (
    "Waktu layanan dihitung sejak isian dan semua berkas wajib lengkap, dan berhenti selama pengajuan ada di LKS. "
    "Hari libur nasional belum diperhitungkan."
)
SUMBER = "Sumber: pengajuan daring Pilar, keadaan {tanggal}."
MEMUAT_CONTOH = "Termasuk {jumlah} pengajuan contoh (rekaan)."
MENUNGGU_SATU = "{jumlah} pengajuan daring menunggu diperiksa"

KEMBALI = "Ke antrean"
PENGAJU = "Diajukan oleh {nama}{jabatan}, telepon {telepon}, {kapan}."
DIMINTA = "Diminta dari LKS: {daftar}."
PESAN_LKS = "Pesan untuk LKS: {catatan}"
LENGKAP_SEJAK = "Lengkap sejak {tanggal}."
BELUM_LENGKAP = "Belum lengkap: {daftar}."
PADA_LKS = "Waktu layanan berhenti selama pengajuan ada di LKS."
SIAP = "Semua sudah diputuskan. Isian yang diterima bisa dimasukkan ke register."
BELUM_DIPUTUS = "{jumlah} isian atau berkas belum diputuskan."
MULAI_DULU = "Tekan Mulai periksa untuk memutuskan isian dan berkas."

MUNGKIN_JUDUL = "Mungkin sudah terdaftar"
MUNGKIN_URAIAN = "Periksa dulu. Bila lembaganya sama, tautkan pengajuan ini supaya tidak ada LKS kembar."
TAUTKAN, LEPAS = "Lembaga yang sama: tautkan", "Lepas tautan"
TERTAUT = "Pengajuan ini untuk {nama} ({kode}) yang sudah ada di register."
TAUT_TERSIMPAN = "Pengajuan ditautkan; putuskan tiap isian dengan isi register di sampingnya."
LEPAS_TERSIMPAN = "Tautan dilepas; pengajuan ini untuk LKS baru."
BUKA_PROFIL = "Buka Profil LKS"
BUKA_PERMOHONAN = "Buka Permohonan"

ISIAN, BERKAS = "Isian", "Berkas"
BIDANG, SEKARANG, DIAJUKAN, PUTUSAN = "Isian", "Di register", "Diajukan", "Putusan"
TERIMA, KEMBALIKAN = "Terima", "Kembalikan"
TERIMA_BERSIH = "Terima {jumlah} isian yang lolos pemeriksaan"
TERIMA_SEARTI = "Terima {jumlah} isian yang tidak berubah artinya"
KONFLIK = "Register berubah sejak isian ini diajukan atau diputuskan. Putuskan lagi."
ALASAN_BERKAS = "Alasan, dibaca LKS *"
ALASAN_CONTOH = "mis. nomor rumah belum ada, atau foto buram"
TIDAK_DIISI = "Belum diajukan, padahal wajib"
BERKAS_WAJIB, BERKAS_TAMBAHAN = "wajib", "tambahan"
BERKAS_BELUM = "Belum dikirim"
BERKAS_KOSONG = "Tidak ada berkas yang dikirim."
BERKAS_UKURAN = "{jenis}, {ukuran} KB, {kapan}"
BERKAS_DIGANTI = "menggantikan {jumlah} kiriman sebelumnya"
JENIS_BERKAS = {"image/jpeg": "Foto", "image/png": "Gambar", "application/pdf": "PDF"}
LIHAT, UNDUH, TERIMA_BERKAS = "Lihat", "Unduh berkas", "Terima berkas ini"
LIHAT_URAIAN = "Setiap pembukaan berkas dicatat dalam jejak audit beserta nama Anda."
LIHAT_PDF = "Berkas PDF dibuka di luar Pilar."
FOTO_ALT = "Foto berkas {nama}"
PELAKU = {"pendaftaran-daring": "LKS, lewat pendaftaran daring", "baris-perintah": "baris perintah"}
PRIBADI_ISIAN = {"pengaju_telepon": "Telepon pengaju"}

LANGKAH_JUDUL = "Langkah"
LANGKAH = {
    "periksa": "Mulai periksa",
    "terapkan": "Masukkan ke register",
    "kembalikan": "Kembalikan ke LKS",
    "tolak": "Tolak",
}
PERIKSA_TERSIMPAN = "Pengajuan sedang Anda periksa."
KEMBALI_URAIAN = "LKS melihat pesan ini dengan kode tiketnya, lalu melengkapi tepat yang diminta."
YANG_DIMINTA = "Yang harus dilengkapi *"
PESAN = "Pesan untuk LKS *"
TOLAK_URAIAN = (
    "Seluruh pengajuan ditutup dan tidak ada yang masuk register. LKS membaca alasannya dengan kode tiketnya."
)
TERAPKAN_BARU = (
    "LKS baru ditambahkan ke register dengan {isian} isian dan {berkas} berkas, dan permohonan tanda daftarnya dibuka. "
    "Sesudahnya: periksa, nyatakan lengkap, kunjungan lapangan, terbitkan, semuanya di Profil LKS."
)
TERAPKAN_TAUT = (
    "{isian} isian dan {berkas} berkas masuk ke {nama} yang sudah ada di register, dan permohonan tanda daftarnya dibuka "
    "bila belum ada yang berjalan."
)
TERAPKAN_UBAH = "{isian} isian dan {berkas} berkas masuk ke {nama}. Isian yang dikembalikan tidak mengubah register."
KEMBALI_TERSIMPAN = "Pengajuan dikembalikan ke LKS."
TOLAK_TERSIMPAN = "Pengajuan ditolak."
SELESAI_BARU = "Sudah masuk register. Langkah berikutnya ada pada permohonan tanda daftarnya di Profil LKS."
SELESAI_UBAH = "Isian yang diterima sudah masuk register."
DITOLAK = "Pengajuan ini ditolak. {catatan}"
RIWAYAT = "Perjalanan pengajuan"

TAUTAN = "Tautan pemutakhiran"
TAUTAN_URAIAN = (
    "Dengan tautan pribadi, pengurus LKS ini memeriksa dan membetulkan datanya sendiri dari ponsel. Isinya masuk ke "
    "antrean Pengajuan daring, tidak langsung ke register."
)
TAUTAN_KOSONG = "Belum ada tautan yang berlaku."
TAUTAN_BUAT, TAUTAN_CABUT = "Buat tautan", "Cabut"
TAUTAN_UNTUK, TAUTAN_UNTUK_CONTOH = "Untuk siapa", "mis. Sekretaris"
TAUTAN_SEKALI = "Salin atau pindai sekarang: tautan ini hanya tampil sekali. Kirim hanya kepada pengurus LKS."
TAUTAN_BARIS = "{untuk} · dibuat {dibuat} oleh {oleh} · berlaku sampai {sampai}"
TAUTAN_SIAPA = "Pengurus LKS"
TAUTAN_TERCABUT = "Tautan dicabut dan tidak bisa dibuka lagi."


def jabatan(words: str | None) -> str:
    """The post of whoever handed in, after the name: " (Sekretaris)"."""
    return f" ({words})" if words else ""


def pelaku(username: str | None) -> str | None:
    """Who did a step: the account, or in words what has no account."""
    return PELAKU.get(username or "", username)
