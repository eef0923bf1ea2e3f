"""The words for coded values: axes, settings, windows; every screen uses these, so that one thing has one name."""

AXIS_TITLES = {
    "hukum": "Status hukum",
    "aktif": "Keaktifan",
    "tumbuh": "Tingkat tumbuh",
    "daftar": "Tanda daftar",
    "akreditasi": "Akreditasi",
}
EMPTY = "Belum diisi"
AXIS_VALUES = {
    "hukum": {"berbadan_hukum": "Berbadan hukum", "tidak_berbadan_hukum": "Tidak berbadan hukum"},
    "aktif": {
        "aktif": "Aktif",
        "tidak_aktif": "Tidak aktif",
        "alamat_tidak_ditemukan": "Alamat tidak ditemukan",
    },
    "tumbuh": {"embrio": "Embrio", "tumbuh": "Tumbuh", "berkembang": "Berkembang", "mandiri": "Mandiri"},
    "daftar": {"terdaftar": "Terdaftar", "belum_terdaftar": "Belum terdaftar", "dicabut": "Dicabut"},
    "akreditasi": {"A": "A", "B": "B", "C": "C", "belum": "Belum terakreditasi", "tidak_layak": "Tidak layak"},
}
SETTINGS = {"dalam": "Dalam panti", "luar": "Luar panti", "keduanya": "Dalam dan luar panti"}
PAPERS = {"daftar": "Tanda daftar", "akreditasi": "Akreditasi"}


def axis_value(axis: str, value: object) -> str:
    """The word for a value of an axis; "Belum diisi" for None and for "kosong"."""
    return AXIS_VALUES[axis].get(str(value), EMPTY)


def setting(value: object) -> str:
    """The word for where an LKS serves."""
    return SETTINGS.get(str(value), EMPTY)
