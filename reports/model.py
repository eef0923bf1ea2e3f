"""A report as data: blocks in reading order, every figure already a text, so that each writer can only lay it out.

Whatever people typed is data here and stays data: no writer reads markup in it.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, get_args

LEFT, RIGHT, CENTER = "kiri", "kanan", "tengah"
BREAK = "\u200b"  # a place where a word may be broken, of no width
# What no document may hold (control characters but the line's end and the tabulator, halves of characters), and what
# turns the writing direction of everything behind it.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is that of a chapter, 2 of a part of it, 3 of a panel."""

    teks: str
    tingkat: int = 1


@dataclass(frozen=True)
class Paragraph:
    """One or more lines of running text; gaya: biasa, redup (small, for sources), tegas (bold), kotak (in a frame)."""

    teks: str
    gaya: str = "biasa"


@dataclass(frozen=True)
class Facts:
    """Labels with what stands behind them, one pair a line."""

    baris: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Figures:
    """Large figures side by side, each with its label."""

    angka: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Points:
    """Numbered sentences: (number, text)."""

    butir: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, its share of the width, and where its text stands."""

    judul: str
    lebar: float = 1.0
    rata: str = LEFT


@dataclass(frozen=True)
class Table:
    """A table whose heading is repeated on every page; nama tells a screen reader what it lists.

    tinggi is the least height of its rows in cm, for lists that are filled in by hand; such a table is fully ruled.
    """

    nama: str
    kolom: tuple[Column, ...]
    baris: tuple[tuple[str, ...], ...]
    tinggi: float = 0.0


@dataclass(frozen=True)
class Bars:
    """A bar chart as data: (label, share of the longest bar from 0 to 1, the value as text)."""

    nama: str
    batang: tuple[tuple[str, float, str], ...]


@dataclass(frozen=True)
class Signature:
    """One who signs: in what quality, and the name below the line ("" leaves it to be written by hand)."""

    sebagai: str
    nama: str = ""


@dataclass(frozen=True)
class Signatures:
    """The block at the end: place and date, and those who sign, side by side."""

    tempat: str
    orang: tuple[Signature, ...]


@dataclass(frozen=True)
class PageBreak:
    """What follows starts on a new page."""


Block = Heading | Paragraph | Facts | Figures | Points | Table | Bars | Signatures | PageBreak


_KINDS: dict[str, Any] = {kind.__name__: kind for kind in get_args(Block)}
_PARTS: dict[Any, dict[str, Any]] = {Table: {"kolom": Column}, Signatures: {"orang": Signature}}


@dataclass(frozen=True)
class Report:
    """A whole document: the office's lines on top, title, marks, blocks, and the words of its running foot.

    mendatar turns its pages. tanda lies large and pale behind every page ("" for none); halaman has the blanks {nomor} and {jumlah}.
    """

    kop: tuple[str, ...]
    judul: str
    subjudul: str
    isi: tuple[Block, ...]
    kaki: str
    halaman: str
    tanda: str = ""
    peringatan: tuple[str, ...] = field(default=())
    mendatar: bool = False

    def as_data(self) -> dict[str, Any]:
        """The report as plain JSON data; each block says of which kind it is."""
        found = asdict(self)
        found["isi"] = [{"jenis": type(block).__name__, **asdict(block)} for block in self.isi]
        return found


def from_data(data: Mapping[str, Any]) -> Report:
    """The report that as_data() gave, also after it was kept as JSON."""
    kept = {name: _frozen(value) for name, value in data.items() if name != "isi"}
    return Report(**kept, isi=tuple(_block(one) for one in data["isi"]))


def _block(data: Mapping[str, Any]) -> Block:
    kind = _KINDS[data["jenis"]]
    values = {name: _frozen(value) for name, value in data.items() if name != "jenis"}
    for name, part in _PARTS.get(kind, {}).items():
        values[name] = tuple(part(**one) for one in data[name])
    found: Block = kind(**values)
    return found


def _frozen(value: Any) -> Any:
    return tuple(_frozen(one) for one in value) if isinstance(value, list | tuple) else value


def plain(value: object) -> str:
    """The text as it may stand in any document: no control characters, no marks that turn what stands beside it."""
    text = _LINE_ENDS.sub("\n", "" if value is None else str(value))
    return unicodedata.normalize("NFC", _FORBIDDEN.sub("", text)).strip()


def breakable(text: str, most: int) -> str:
    """The text with places to break in every word of more than `most` characters, so that no column is overrun."""
    return re.sub(rf"\S{{{most + 1},}}", lambda found: _opened(found[0]), text)


def _opened(word: str) -> str:
    parts: list[str] = []
    for character in word:
        # Never before a mark that belongs to the character in front of it, nor inside a joined emoji.
        joined = unicodedata.combining(character) or character in "\u200d\ufe0f" or "🏻" <= character <= "🏿"
        if parts and (joined or parts[-1].endswith("\u200d")):
            parts[-1] += character
        else:
            parts.append(character)
    return BREAK.join(parts)


def lengths(values: Iterable[float]) -> list[float]:
    """Each value as its share of the largest, 0 for what is not above zero."""
    listed = list(values)
    top = max(listed, default=0.0)
    return [max(0.0, value / top) if top > 0 else 0.0 for value in listed]
