"""Values of a record as words: codes by their lists, dates and numbers the Indonesian way, "Belum diisi" for nothing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain import figures
from services.profile import REFERENCE_LISTS
from ui.text import profil as t

Labels = Mapping[str, Mapping[str, str]]


def word(name: str, code: str, labels: Labels) -> str:
    """The word of one code of a field; the code itself when no list knows it."""
    listed = t.PILIHAN.get(name, {}) | (dict(labels.get(name, {})) if name in REFERENCE_LISTS else {})
    return listed.get(code) or (code.replace("_", " ").capitalize() if name in t.PILIHAN else code)


def value(name: str, content: Any, labels: Labels) -> str:
    """A field's content as one line of plain text."""
    if content in (None, "", []):
        return t.kosong(None)
    if isinstance(content, bool):
        return t.YA if content else t.TIDAK
    if isinstance(content, list | tuple):
        return ", ".join(word(name, str(code), labels) for code in content)
    if isinstance(content, date):
        return figures.date_long(content)
    if isinstance(content, float):
        return f"{content:.6f}".replace(".", ",")
    if isinstance(content, int):
        return figures.integer(content)
    return word(name, str(content), labels) if name in t.PILIHAN or name in REFERENCE_LISTS else str(content)


def kept(name: str, content: Any, labels: Labels) -> str:
    """A field's content as the audit keeps it (dates are texts there) as one line of plain text."""
    if isinstance(content, str) and len(content) == 10 and content[4:5] == "-" and content[7:8] == "-":
        try:
            return figures.date_long(date.fromisoformat(content))
        except ValueError:  # ten characters that only look like a date
            return content
    return value(name, content, labels)
