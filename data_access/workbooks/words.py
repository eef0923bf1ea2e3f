"""The fixed Indonesian words of the workbooks, from assets/teks/lembar_kerja.toml."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

PATH = Path(__file__).resolve().parents[2] / "assets" / "teks" / "lembar_kerja.toml"


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The tables of the file: lembar, kolom, petunjuk, cara, contoh."""
    return tomllib.loads(PATH.read_text(encoding="utf-8"))
