"""What a form is: frozen records, their order for one person, what may leave the server, and their fingerprint."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from typing import Any

FORM_KINDS = (
    "prepost",
    "narasumber",
    "penyelenggaraan",
    "kepuasan",
    "kompetensi",
    "rtl",
    "pascapelatihan",
    "lain",
)
SINGLE, MULTIPLE, TRUE_FALSE = "pilihan", "pilihan_ganda", "benar_salah"
SCALE, MATRIX = "skala", "matriks"
NUMBER, DATE, TEXT, PARAGRAPH = "angka", "tanggal", "teks", "paragraf"
ITEM_KINDS = (SINGLE, MULTIPLE, TRUE_FALSE, SCALE, MATRIX, NUMBER, DATE, TEXT, PARAGRAPH)
KEYED = (SINGLE, MULTIPLE, TRUE_FALSE)  # the kinds that can be right or wrong
WITH_OPTIONS = (SINGLE, MULTIPLE)
WITH_SCALE = (SCALE, MATRIX)
LONGEST = {TEXT: 200, PARAGRAPH: 2_000}  # characters of an answer, unless the item states its own limit
LONGEST_LIMIT = 5_000


@dataclass(frozen=True, slots=True)
class Aim:
    """An aim or competency that items are tagged with."""

    kode: str
    nama: str


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose, or one row of a matrix."""

    kode: str
    teks: str


# "benar" and "salah" are the canonical values; their words are the same everywhere
TRUE_FALSE_OPTIONS = (Option("benar", "Benar"), Option("salah", "Salah"))


@dataclass(frozen=True, slots=True)
class Scale:
    """Whole numbers from min to max; labels for every step, for both ends only, or none; balik = worded the other
    way round, so that a low answer is the good one."""

    min: int
    max: int
    labels: tuple[str, ...] = ()
    balik: bool = False

    def steps(self) -> tuple[tuple[int, str], ...]:
        """(value, label or "") of every step, lowest first."""
        values = range(self.min, self.max + 1)
        if len(self.labels) == len(values):
            return tuple(zip(values, self.labels, strict=True))
        ends = {self.min: self.labels[0], self.max: self.labels[-1]} if len(self.labels) == 2 else {}
        return tuple((value, ends.get(value, "")) for value in values)

    def recoded(self, value: int) -> int:
        """The value with high meaning good, whichever way the item is worded."""
        return self.min + self.max - value if self.balik else value


@dataclass(frozen=True, slots=True)
class Item:
    """One question. kunci empty = no right answer; poin counts only with a key; pasangan = id shared by pre and post
    (its own id unless stated); tujuan = id of an Aim; unsur = element of the satisfaction index; ringkas = short name
    for tables and charts; min, max, bulat for numbers; panjang = most characters of a text."""

    kode: str
    jenis: str
    teks: str
    petunjuk: str = ""
    wajib: bool = True
    tujuan: str | None = None
    poin: float = 0.0
    kunci: tuple[str, ...] = ()
    pasangan: str = ""
    pilihan: tuple[Option, ...] = ()
    skala: Scale | None = None
    baris: tuple[Option, ...] = ()
    min: float | None = None
    max: float | None = None
    bulat: bool = False
    panjang: int | None = None
    unsur: str | None = None
    ringkas: str = ""

    def __post_init__(self) -> None:
        if not self.pasangan:
            object.__setattr__(self, "pasangan", self.kode)

    @property
    def id(self) -> str:
        """The kode, under the name by which scoring asks for it."""
        return self.kode

    @property
    def longest(self) -> int:
        """The most characters that an answer may have; 0 for kinds that are not texts."""
        return self.panjang or LONGEST.get(self.jenis, 0)

    @property
    def label(self) -> str:
        """The short name, or the question itself."""
        return self.ringkas or self.teks


@dataclass(frozen=True, slots=True)
class Section:
    """Items that stand together under a title."""

    kode: str
    judul: str
    petunjuk: str = ""
    butir: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form. acak = items in another order for each person, within their section; anonim = answers are kept
    without the person; sumber and catatan are for trainers and never shown to participants."""

    kode: str
    versi: int
    judul: str
    jenis: str
    pengantar: str = ""
    acak: bool = False
    anonim: bool = False
    tujuan: tuple[Aim, ...] = ()
    bagian: tuple[Section, ...] = ()
    sumber: str = ""
    catatan: str = ""


def items(form: Form) -> tuple[Item, ...]:
    """Every item, section by section."""
    return tuple(item for section in form.bagian for item in section.butir)


def item(form: Form, kode: str) -> Item:
    """The item of that id; KeyError when the form has none."""
    for found in items(form):
        if found.kode == kode:
            return found
    raise KeyError(kode)


def choices(item: Item) -> tuple[Option, ...]:
    """What can be chosen: the options, benar and salah, or the steps of a scale as texts; () for other kinds."""
    if item.jenis == TRUE_FALSE:
        return TRUE_FALSE_OPTIONS
    if item.skala is not None:
        return tuple(Option(str(value), label or str(value)) for value, label in item.skala.steps())
    return item.pilihan


def _place(form: Form, seed: str, kode: str) -> bytes:
    return hashlib.sha256("\0".join((form.kode, seed, kode)).encode()).digest()


def ordered(form: Form, seed: str) -> Form:
    """The form as the person of `seed` sees it: with acak, items shuffled within sections, always alike for one seed.

    The version is left out of the shuffling, so that a corrected form keeps the person's order."""
    if not form.acak:
        return form
    sections = tuple(
        replace(section, butir=tuple(sorted(section.butir, key=lambda item: _place(form, seed, item.kode))))
        for section in form.bagian
    )
    return replace(form, bagian=sections)


def public(form: Form) -> dict[str, Any]:
    """The form as JSON values with only what a participant may see: no key, points, pair ids, aims, notes."""
    return {
        "kode": form.kode,
        "versi": form.versi,
        "judul": form.judul,
        "jenis": form.jenis,
        "pengantar": form.pengantar,
        "anonim": form.anonim,
        "bagian": [
            {
                "kode": section.kode,
                "judul": section.judul,
                "petunjuk": section.petunjuk,
                "butir": [_public_item(item) for item in section.butir],
            }
            for section in form.bagian
        ],
    }


def _public_item(item: Item) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "kode": item.kode,
        "jenis": item.jenis,
        "teks": item.teks,
        "petunjuk": item.petunjuk,
        "wajib": item.wajib,
    }
    if item.jenis in KEYED:
        shown["pilihan"] = [{"kode": option.kode, "teks": option.teks} for option in choices(item)]
    if item.skala is not None:
        shown["skala"] = [{"nilai": value, "teks": label} for value, label in item.skala.steps()]
    if item.baris:
        shown["baris"] = [{"kode": row.kode, "teks": row.teks} for row in item.baris]
    if item.jenis == NUMBER:
        shown |= {"min": item.min, "max": item.max, "bulat": item.bulat}
    if item.longest:
        shown["panjang"] = item.longest
    return shown


def _entries(record: Any) -> Iterator[tuple[str, Any]]:
    """(field, plain value) of a record, without the fields that only repeat their default."""
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name == "pasangan" and value == record.kode:
            continue
        # an item with a key and no points is not the same as one whose points were never stated
        stated = field.name == "poin" and record.kunci
        if stated or field.default is MISSING or value != field.default:
            yield field.name, _plain(value)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return dict(_entries(value))
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


def to_mapping(form: Form) -> dict[str, Any]:
    """The form as plain values in the shape that parsing.from_mapping reads, key included: for staff and storage only.

    Fields that hold their default are left out, so that a field added later changes no stored form."""
    return dict(_entries(form))


def canonical(form: Form) -> bytes:
    """The same bytes for the same form, however it was written down."""
    return json.dumps(to_mapping(form), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(form: Form) -> str:
    """The fingerprint of a form: SHA-256 of canonical(), 64 hex digits."""
    return hashlib.sha256(canonical(form)).hexdigest()
