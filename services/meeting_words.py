"""The Indonesian words for the codes of meetings and actions (assets/teks/rapat.toml), for screens, minutes and exports."""

import tomllib
from functools import cache

from services.wording import TEXTS


@cache
def _all() -> dict[str, dict[str, str]]:
    return tomllib.loads((TEXTS / "rapat.toml").read_text(encoding="utf-8"))


def words(part: str) -> dict[str, str]:
    """Every word of a part by its code, in their order; nobody may change it."""
    return _all()[part]


def word(part: str, code: str | None) -> str:
    """The word of a code; "" for None, the code itself when it has no word."""
    return "" if code is None else _all()[part].get(code, code)
