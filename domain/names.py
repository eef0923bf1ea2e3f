"""Names made comparable: a strict key for "the same institution", a loose one for searching."""

import re
import unicodedata
from functools import lru_cache

# Abbreviations of the field, spelled out so that "Ysn. Kasih Ibu" and "Yayasan Kasih Ibu" have one key.
_SPELLED = {
    "yys": "yayasan",
    "ysn": "yayasan",
    "yay": "yayasan",
    "pa": "panti asuhan",
    "psaa": "panti sosial asuhan anak",
    "ptw": "panti werdha",
    "muh": "muhammadiyah",
    "pst": "panti sosial",
    "ps": "panti sosial",
    "pw": "panti werdha",
    "wreda": "werdha",
    "wredha": "werdha",
    "werda": "werdha",
    "lembaga kesejahteraan sosial anak": "lksa",
    "lembaga kesejahteraan sosial": "lks",
    "organisasi sosial": "orsos",
}
# Words that say what a body is rather than which one; a search does not insist on them.
GENERIC = frozenset(
    {"lks", "lksa", "lkslu", "panti", "asuhan", "sosial", "yayasan", "orsos", "werdha", "pd", "lu", "balai"}
)
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'`´‘’ʼʻ")
_LONG = {f" {long} ": f" {short} " for long, short in _SPELLED.items() if " " in long}


@lru_cache(maxsize=65_536)
def name_key(nama: str) -> str:
    """The name without case, accents and punctuation, abbreviations spelled out: equal keys are the same name."""
    # Marks go, letters of other scripts stay: two names that differ only there are two names.
    parted = unicodedata.normalize("NFKD", nama.translate(_APOSTROPHES))
    flat = "".join(mark for mark in parted if not unicodedata.combining(mark)).casefold()
    words = _WORD.findall(flat)
    if not words:  # nothing but signs keeps itself
        return " ".join(nama.casefold().split())
    text = f" {' '.join(_SPELLED.get(word, word) for word in words)} "
    for long, short in _LONG.items():
        text = text.replace(long, short)
    return text.strip()


@lru_cache(maxsize=65_536)
def search_key(nama: str) -> str:
    """The distinctive words of a name in order; the whole key when it has none ("Panti Asuhan" itself)."""
    words = name_key(nama).split()
    telling = [word for word in words if word not in GENERIC]
    return " ".join(telling or words)
