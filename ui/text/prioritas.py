"""Words of the screen Prioritas wilayah; names and rules of criteria come from the dictionary and assets/teks."""

URAIAN = (
    "Wilayah di bawah acuan pada kriteria yang Anda pilih, dan yang tipis LKS atau PSKS-nya. "
    "Tidak ada bobot dan tidak ada indeks: urutannya mengikuti banyaknya kriteria tempat wilayah itu tertinggal, dan setiap kriteria "
    "menunjukkan angka, acuan, dan aturannya. Yang belum diketahui tidak dihitung nol."
)
KRITERIA = "Kriteria"
PILIH_KRITERIA = "Pilih kriteria"
TANPA_BAWAH_JUDUL = "Tidak ada wilayah di bawahnya"
TANPA_BAWAH = (
    "Data dihitung sampai kecamatan. Pilih kab/kota, provinsi, atau Indonesia untuk melihat wilayah di bawahnya."
)
TANPA_KRITERIA_JUDUL = "Belum ada kriteria yang dipilih"
TANPA_KRITERIA = "Pilih sedikitnya satu kriteria di atas; urutannya langsung mengikuti."
URUTAN = "Urutan {tingkat}"
NAMA_TINGKAT = {"provinsi": "provinsi", "kabkota": "kab/kota", "kecamatan": "kecamatan"}
RINGKAS = "{ada} dari {semua} {tingkat} tertinggal pada sedikitnya satu dari {kriteria} kriteria."
BELUM_TERNILAI = "{jumlah} {tingkat} belum dapat dinilai: tidak satu pun kriterianya diketahui."
TANPA_TEMPAT = "{jumlah} LKS belum menyebut kecamatannya dan tidak masuk ke wilayah mana pun di bawah."
PILIH_BARIS = "Pilih satu baris untuk melihat rinciannya di bawah."
TANDA = "● tertinggal dari acuan · ○ tidak · - belum diketahui"
PENUH, KOSONG = "●", "○"
BANYAK = "{terpenuhi} dari {diketahui} yang diketahui"
SUMBU_BATANG = "Banyaknya kriteria tempat wilayah tertinggal"
ALT_BATANG = "Banyaknya kriteria tempat wilayah tertinggal, di {nama}"
ALT_TABEL = "Wilayah di {nama} menurut banyaknya kriteria tempat wilayah itu tertinggal"
BATANG_SEBAGIAN = "Gambar menampilkan {jumlah} wilayah pertama; tabel memuat semua."
KOLOM = {
    "peringkat": "Urutan",
    "nama": "Wilayah",
    "terpenuhi": "Tertinggal pada",
    "diketahui": "Diketahui",
    "lks": "LKS",
    "kode": "Kode kriteria",
    "kriteria": "Kriteria",
    "nilai": "Nilai",
    "nilai_teks": "Nilai",
    "pembilang": "Pembilang",
    "penyebut": "Penyebut",
    "acuan": "Acuan",
    "acuan_teks": "Acuan",
    "acuan_nama": "Asal acuan",
    "hasil": "Hasil",
    "periode": "Periode",
    "seri": "Seri",
    "aturan": "Aturan",
}
HASIL = {True: "Tertinggal", False: "Tidak", None: "Belum diketahui"}
TERLINDUNG = "Terlindung"
BASI = "data lama"
UNDUH = "Unduh semua kriteria (Excel)"

RINCIAN = "Rincian satu wilayah"
PILIH_DAERAH = "Wilayah"
PILIH_DAERAH_ISYARAT = "Pilih wilayah untuk melihat angkanya"
RINCIAN_KOSONG = (
    "Pilih satu wilayah: semua kriterianya, kebutuhan dan layanan per kluster, dan pembuatan tindak lanjut."
)
ALT_RINCIAN = "Kriteria {nama} dengan nilai, acuan, dan hasilnya"
KEBUTUHAN = "Kebutuhan dan layanan menurut kluster"
KEBUTUHAN_URAIAN = (
    "PPKS terdata dari kamus indikator, periode terakhir tiap kluster; klien sebagaimana dilaporkan LKS. "
    "LKS dalam dua kluster dihitung di keduanya. Padanan jenis PPKS dan kluster adalah asumsi yang belum diperiksa ke naskah "
    "aturan. P0 adalah perkiraan survei dan tidak dibandingkan dengan data daftar ini."
)
KOLOM_KEBUTUHAN = {
    "tempat": "Wilayah",
    "nama": "Kluster",
    "terdata": "PPKS terdata",
    "jenis": "Jenis terdata",
    "periode": "Periode",
    "lks": "LKS",
    "lks_dalam": "LKS dalam panti",
    "lks_luar": "LKS luar panti",
    "melapor": "LKS melapor",
    "dalam": "Klien dalam panti",
    "luar": "Klien luar panti",
    "celah": "Terdata - dilayani",
    "catatan": "Catatan",
}
ALT_KEBUTUHAN = "Kebutuhan dan layanan menurut kluster di {nama}"
UNDUH_KEBUTUHAN = "Unduh kebutuhan semua wilayah (Excel)"
TANPA_LKS = "tidak ada LKS"
BELUM_MELAPOR = "belum ada LKS yang melapor"
BELUM_TERDATA = "PPKS belum tercatat"

BUAT = "Buat tindak lanjut dari kriteria"
BUAT_URAIAN = "Tekan kriterianya: isian terbuka dengan wilayah dan indikatornya. Jenis, tenggat, dan penanggung jawab Anda yang tentukan."
BUAT_TANPA = (
    "Wilayah ini tidak tertinggal pada kriteria mana pun; tindak lanjut dapat dicatat di halaman Tindak lanjut."
)
TINDAK = "Tindak lanjut untuk wilayah prioritas"
TINDAK_TEMPAT = "{nama} · {kriteria}"
APA_AWAL = "{nama}: {kriteria} {nilai}, acuan {acuan} ({asal})"
JENIS, APA, PIC, PIC_INSTANSI = "Jenis", "Apa yang dilakukan", "Penanggung jawab", "Instansi penanggung jawab"
WAJIB = " *"
PIC_JENIS, TENGGAT, TUGAS, SUMBER_DANA = "Asal penanggung jawab", "Tenggat", "Tugas LKKS", "Sumber dana"
SIMPAN = "Simpan tindak lanjut"
TERSIMPAN = "Tindak lanjut tersimpan."
