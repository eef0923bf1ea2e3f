"""The words for coded values: axes, settings, windows; every screen uses these, so that one thing has one name."""

from domain.impor.columns import ENUMS

AXIS_TITLES = {
    "hukum": "Status hukum",
    "aktif": "Keaktifan",
    "tumbuh": "Tingkat tumbuh",
    "daftar": "Tanda daftar",
    "akreditasi": "Akreditasi",
}
EMPTY = "Belum diisi"
# The workbook's own labels, so that a screen and a file call one thing by one name; on a screen "Belum" alone says too little.
AXIS_VALUES = {axis: ENUMS[axis] for axis in AXIS_TITLES}
AXIS_VALUES["akreditasi"] = ENUMS["akreditasi"] | {"belum": "Belum terakreditasi"}
SETTINGS = ENUMS["setting"]
PAPERS = {"daftar": "Tanda daftar", "akreditasi": "Akreditasi"}


def axis_value(axis: str, value: object) -> str:
    """The word for a value of an axis; "Belum diisi" for None and for "kosong"."""
    return AXIS_VALUES[axis].get(str(value), EMPTY)


def setting(value: object) -> str:
    """The word for where an LKS serves."""
    return SETTINGS.get(str(value), EMPTY)
