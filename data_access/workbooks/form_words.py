"""The fixed Indonesian words of the workbooks about forms, from assets/teks/lembar_formulir.toml."""

import tomllib
from functools import cache
from typing import Any

from data_access.assets import ASSETS


@cache
def words() -> dict[str, Any]:
    """The tables of the file: xlsform, templat, formulir, kolom, contoh."""
    return tomllib.loads((ASSETS / "teks" / "lembar_formulir.toml").read_text(encoding="utf-8"))
