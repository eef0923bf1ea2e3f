"""One cell at a time: from what a workbook holds to a clean value, with each change and each doubt written down.

Every reader returns an Outcome. Nothing here reads a file, a clock or a database.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache

import phonenumbers

Cell = str | int | float | bool | date | datetime | None

# Marks that the reader puts in place of a formula whose result was never calculated; no workbook text can equal it.
FORMULA_WITHOUT_VALUE = "\x00=\x00"

COUNT_LIMIT = 1_000_000
EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_EPOCH_1904 = date(1904, 1, 1)
EARLIEST = date(1800, 1, 1)
# Two-digit years up to this many years ahead of today are read as 20yy, the others as 19yy.
PIVOT_EVENT, PIVOT_EXPIRY = 0, 30
EXACT_FLOAT = 2**53
# Indonesia with its outer islands; latitude, longitude.
LAT_RANGE, LON_RANGE = (-11.6, 6.6), (94.5, 141.5)


@dataclass(frozen=True, slots=True)
class Repair:
    """One listed change: the column, the text before, the text after, and the message code that says why."""

    column: str
    before: str
    after: str
    code: str


@dataclass(frozen=True, slots=True)
class Note:
    """A message code with the facts for its sentence."""

    code: str
    facts: dict[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Step:
    """One change of one value."""

    code: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A clean value (None when empty or refused), the changes in order, the refusal if any, and the doubts."""

    value: object = None
    steps: tuple[Step, ...] = ()
    refused: Note | None = None
    doubts: tuple[Note, ...] = ()

    @property
    def text(self) -> str:
        """The value as text; empty when there is none."""
        return self.value if isinstance(self.value, str) else ""


def refusal(code: str, **facts: object) -> Outcome:
    """An outcome that only says no."""
    return Outcome(refused=Note(code, {name: str(value) for name, value in facts.items()}))


def shown(cell: Cell) -> str:
    """The cell as a person would recognise it in the workbook, at most 120 characters."""
    if cell is None:
        return ""
    if cell == FORMULA_WITHOUT_VALUE:
        return "=…"
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        text = str(int(cell)) if cell.is_integer() and abs(cell) < 1e17 else repr(cell)
    elif isinstance(cell, datetime):
        text = cell.isoformat(" ") if (cell.hour or cell.minute or cell.second) else cell.date().isoformat()
    elif isinstance(cell, date):
        text = cell.isoformat()
    else:
        text = str(cell).replace("\x00", "␀")
    return text if len(text) <= 120 else text[:119] + "…"


# --- text ------------------------------------------------------------------------------------------------------------

ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
_EMPTY_WORDS = frozenset(
    {"-", "--", "---", "–", "—", "−", ".", "..", "...", "?", "n/a", "n.a", "n.a.", "na", "null", "none", "nan",
     "(kosong)",
     "kosong", "belum diisi", "tidak diisi", "tidak ada data", "t.a.d", "(blank)"}
)  # fmt: skip
_LONGEST_EMPTY = max(map(len, _EMPTY_WORDS))
_SPACES = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_XML_ESCAPE = re.compile(r"_x00(0[0-9A-F]|1[0-9A-F]|7F)_", re.IGNORECASE)
_HIDDEN = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_TAIL = "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
_MOJIBAKE = re.compile(f"[\u00c2-\u00f4]{_TAIL}")
_MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z!][^<>]*>|javascript:", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")  # the five bytes that cp1252 leaves undefined arrive as their own number


def fix_mojibake(text: str) -> str:
    """The text that was UTF-8 before somebody read it as cp1252 (up to three times); unchanged when not certain."""
    for _ in range(3):
        if not _MOJIBAKE.search(text):
            return text
        try:
            mended = b"".join(_byte(char) for char in text).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            return _fix_runs(text)
        if len(mended) >= len(text):
            return text
        text = mended
    return text


def _fix_runs(text: str) -> str:
    """Mends each damaged run by itself, for text that mixes damaged and sound characters (a real dash beside "Ã©")."""

    def mend(match: re.Match[str]) -> str:
        try:
            return b"".join(_byte(char) for char in match[0]).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            return match[0]

    return _RUN.sub(mend, text)


_RUN = re.compile(f"[\u00c2-\u00df]{_TAIL}|[\u00e0-\u00ef]{_TAIL}{{2}}|[\u00f0-\u00f4]{_TAIL}{{3}}")


def _scrub(text: str, lines: bool) -> tuple[str, list[Step]]:
    steps: list[Step] = []

    def change(code: str, after: str) -> str:
        if after != text:
            steps.append(Step(code, shown(text), shown(after)))
        return after

    text = change("kode_xml", _XML_ESCAPE.sub(lambda m: chr(int(m[1], 16)), text))
    text = change("huruf_rusak", fix_mojibake(text))
    text = change("karakter_kendali", _CONTROL.sub("", text))
    text = change("karakter_tersembunyi", _HIDDEN.sub("", text))
    text = change("bentuk_unicode", unicodedata.normalize("NFC", text))
    unified = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
        .replace("\x85", "\n")
    )
    if lines:
        tidy = "\n".join(_SPACES.sub(" ", line).strip() for line in unified.split("\n")).strip()
    else:
        tidy = _SPACES.sub(" ", unified.replace("\n", " ")).strip()
    return change("spasi", tidy), steps


@lru_cache(maxsize=20_000)
def _clean_str(text: str, lines: bool) -> Outcome:
    if text == FORMULA_WITHOUT_VALUE:
        return refusal("rumus_tanpa_nilai")
    if text.isalnum() and text.isascii() and len(text) > 4:
        return Outcome(text)
    before = text
    steps: list[Step] = []
    if not (text.isascii() and text.isprintable() and "  " not in text and text == text.strip() and "_x" not in text):
        text, steps = _scrub(text, lines)
    if text.startswith("#") and text.upper() in ERRORS:
        if text.upper() == "#N/A":
            return Outcome(steps=(Step("dianggap_kosong", text, ""),), doubts=(Note("galat_na"),))
        return refusal("galat_rumus", galat=text)
    if len(text) <= _LONGEST_EMPTY and text.casefold() in _EMPTY_WORDS:
        return Outcome(steps=(Step("dianggap_kosong", shown(before), ""),))
    if not text:
        # Blank cells that hold only spaces are blank; control or hidden characters in them are listed.
        return Outcome(steps=tuple(step for step in steps if step.code != "spasi"))
    return Outcome(text, tuple(steps))


def clean_text(cell: Cell, lines: bool = False) -> Outcome:
    """The cell as tidy text: mojibake mended, control and bidi characters out, NFC,
    single spaces (line ends kept if `lines`).

    Numbers become their digits; a date is refused, because Excel made it out of something else.
    """
    if cell is None:
        return Outcome()
    if isinstance(cell, str):
        return _clean_str(cell, lines)
    if isinstance(cell, bool):
        return Outcome("ya" if cell else "tidak", (Step("nilai_logika", shown(cell), "ya" if cell else "tidak"),))
    if isinstance(cell, date):
        return refusal("teks_jadi_tanggal")
    if isinstance(cell, float) and (not cell.is_integer() or abs(cell) >= 1e15):
        if abs(cell) >= 1e15 or cell != cell:
            return refusal("angka_rusak")
        return Outcome(repr(cell))
    return Outcome(str(int(cell)))


def read_text(cell: Cell, limit: int, lines: bool = False, formula_doubt: bool = True) -> Outcome:
    """Tidy text of at most `limit` characters; what looks like a formula or markup stays text, with a doubt."""
    found = clean_text(cell, lines)
    if not isinstance(found.value, str):
        return found
    if len(found.value) > limit:
        return refusal("terlalu_panjang", panjang=len(found.value), batas=limit)
    doubts = found.doubts
    if isinstance(cell, str):
        if formula_doubt and found.value.startswith(FORMULA_STARTS):
            doubts += (Note("teks_mirip_rumus"),)
        if "<" in found.value or ":" in found.value:
            doubts += (Note("teks_mirip_kode"),) if _MARKUP.search(found.value) else ()
    return Outcome(found.value, found.steps, None, doubts) if doubts else found


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """The comparison form of a word or label: lower case, no accents, letters and digits with single spaces between."""
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    return " ".join(_WORD.findall(plain))


# --- numbers ---------------------------------------------------------------------------------------------------------

_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?\s*[eE]\s*[+-]?\d+")
_UNITS = re.compile(
    r"^(.*?\d)\s*(?:orang|org|anak|jiwa|klien|kk|lansia|santri|binaan|tempat tidur|bed|pm)\.?$", re.IGNORECASE
)
_THOUSANDS_DOT = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})+")
_THOUSANDS_COMMA = re.compile(r"-?[1-9]\d{0,2}(?:,\d{3}){2,}")
_ONE_COMMA_GROUP = re.compile(r"-?[1-9]\d{0,2},\d{3}")
_ID_NUMBER = re.compile(r"(-?[1-9]\d{0,2}(?:\.\d{3})+|-?\d+),(\d+)")
_EN_NUMBER = re.compile(r"(-?[1-9]\d{0,2}(?:,\d{3})+),?\.(\d+)")
_DIGITS = re.compile(r"-?\d+")


def read_number(text: str) -> tuple[str, str] | Note:
    """A written count or measure as a plain decimal ("1234.5") with the repair code ("" = unchanged), or why not.

    Dots group thousands and the comma is the decimal mark (Indonesian); the English form is taken only when both marks
    stand in it or the comma groups at least twice. A single "1,234" can be either and is refused.
    """
    plain = text.replace(" ", "").replace("−", "-")
    if _SCIENTIFIC.fullmatch(plain):
        return Note("angka_ilmiah")
    if _DIGITS.fullmatch(plain):
        return plain, ""
    if _THOUSANDS_DOT.fullmatch(plain):
        return plain.replace(".", ""), "pemisah_ribuan"
    if _THOUSANDS_COMMA.fullmatch(plain):
        return plain.replace(",", ""), "pemisah_ribuan"
    if _ONE_COMMA_GROUP.fullmatch(plain):
        whole = plain.replace(",", "")
        return Note("angka_ambigu", {"pilihan": f"{whole} / {plain}"})
    if match := _ID_NUMBER.fullmatch(plain):
        return f"{match[1].replace('.', '')}.{match[2]}", "angka_indonesia"
    if match := _EN_NUMBER.fullmatch(plain):
        return f"{match[1].replace(',', '')}.{match[2]}", "angka_inggris"
    if re.fullmatch(r"-?\d+\.\d+", plain):
        # One or two digits after a dot cannot be a thousands group, and a person is not divisible.
        return Note("angka_ambigu", {"pilihan": f"{plain.replace('.', '')} / {plain.replace('.', ',')}"})
    return Note("bukan_angka")


@lru_cache(maxsize=20_000, typed=True)
def read_count(cell: Cell) -> Outcome:
    """A number of people or places: a whole number from 0 to 1,000,000."""
    if isinstance(cell, bool):
        return refusal("bukan_angka")
    if isinstance(cell, date):
        return refusal("angka_jadi_tanggal")
    if isinstance(cell, int | float):
        if cell != cell or not float(cell).is_integer():
            return refusal("bukan_bulat")
        return _count(int(cell), ())
    found = clean_text(cell)
    if not found.text:
        return found
    text, steps = found.text, list(found.steps)
    if text.casefold() in ("nihil", "nol"):
        return Outcome(0, (*steps, Step("nihil_nol", text, "0")))
    if match := _UNITS.match(text):
        steps.append(Step("satuan_dibuang", text, match[1]))
        text = match[1]
    number = read_number(text)
    if isinstance(number, Note):
        return Outcome(refused=number)
    plain, code = number
    whole, _, fraction = plain.partition(".")
    if fraction.strip("0"):
        return refusal("bukan_bulat")
    if code:
        steps.append(Step(code, text, whole))
    return _count(int(whole), tuple(steps))


def _count(value: int, steps: tuple[Step, ...]) -> Outcome:
    if value < 0:
        return refusal("angka_negatif")
    if value > COUNT_LIMIT:
        return refusal("angka_terlalu_besar", batas=COUNT_LIMIT)
    return Outcome(value, steps)


# --- coordinates -----------------------------------------------------------------------------------------------------

_DECIMAL = re.compile(r"([+-]?)(\d{1,3})(?:[.,](\d+))?")
_DMS = re.compile(
    r"(\d{1,3})\s*[°º˚d]\s*(?:(\d{1,2})\s*['′’`m]\s*)?(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|”|''|’’|s)?\s*)?"
    r"(ls|lu|bt|bb|s|n|e|w|u|t)?",
    re.IGNORECASE,
)
_HEMISPHERE = re.compile(r"(.+?)\s*°?\s*(ls|lu|bt|s|n|e|u|t)", re.IGNORECASE)


def read_degrees(cell: Cell) -> Outcome:
    """A latitude or longitude in decimal degrees; decimal commas and degrees, minutes, seconds are listed."""
    if isinstance(cell, bool):
        return refusal("bukan_angka")
    if isinstance(cell, date):
        return refusal("angka_jadi_tanggal")
    if isinstance(cell, int | float):
        return Outcome(float(cell)) if abs(cell) <= 180 else refusal("koordinat_tanpa_koma")
    found = clean_text(cell)
    if not found.text:
        return found
    text = found.text.replace("−", "-")
    if _SCIENTIFIC.fullmatch(text):
        return refusal("angka_ilmiah")
    value: float | None = None
    code = ""
    if match := _DECIMAL.fullmatch(text):
        value = float(f"{match[1]}{match[2]}.{match[3] or 0}")
        code = "koma_desimal" if "," in text else ""
    elif match := _DMS.fullmatch(text):
        minutes, seconds = float(match[2] or 0), float((match[3] or "0").replace(",", "."))
        if minutes >= 60 or seconds >= 60 or not match[4]:
            return refusal("koordinat_tidak_dikenal")
        value = round(int(match[1]) + minutes / 60 + seconds / 3600, 7)
        value = -value if match[4].casefold() in ("ls", "s", "bb", "w") else value
        code = "derajat_menit_detik"
    elif match := _HEMISPHERE.fullmatch(text):
        inner = _DECIMAL.fullmatch(match[1])
        if inner and not (inner[1] == "-" and match[2].casefold() not in ("ls", "s")):
            value = float(f"{inner[2]}.{inner[3] or 0}")
            value = -value if match[2].casefold() in ("ls", "s") else value
            code = "arah_mata_angin"
    if value is None:
        return refusal("koordinat_tanpa_koma" if re.fullmatch(r"[-+]?[\d.,]{4,}", text) else "koordinat_tidak_dikenal")
    if abs(value) > 180:
        return refusal("koordinat_tanpa_koma")
    steps = (*found.steps, Step(code, text, repr(value))) if code else found.steps
    return Outcome(value, steps)


def in_indonesia(lat: float, lon: float) -> bool:
    """True inside the box around Indonesia."""
    return LAT_RANGE[0] <= lat <= LAT_RANGE[1] and LON_RANGE[0] <= lon <= LON_RANGE[1]


def pair_coordinates(lat: float, lon: float) -> tuple[float, float, bool] | Note:
    """(lat, lon, swapped) inside Indonesia; swapped only when the given order is impossible and the other one fits."""
    if in_indonesia(lat, lon):
        return lat, lon, False
    if not LAT_RANGE[0] <= lat <= LAT_RANGE[1] and in_indonesia(lon, lat):
        return lon, lat, True
    return Note("koordinat_di_luar_indonesia")


# --- dates -----------------------------------------------------------------------------------------------------------

_MONTHS = {
    1: "januari january jan", 2: "februari pebruari february feb peb febuari", 3: "maret march mar mrt", 4: "april apr",
    5: "mei may", 6: "juni june jun", 7: "juli july jul", 8: "agustus august agu agt ags agust aug",
    9: "september sept sep", 10: "oktober october okt oct", 11: "november nopember nov nop",
    12: "desember december des dec",
}  # fmt: skip
MONTHS = {word: number for number, words in _MONTHS.items() for word in words.split()}
_DAYS = (
    r"(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
)
_WEEKDAY = re.compile(rf"{_DAYS}\s*,?\s+", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_ISO_LOOSE = re.compile(r"(\d{4})\s*[/.]\s*(\d{1,2})\s*[/.]\s*(\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})(?:\s+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?")
_NAMED = re.compile(r"(\d{1,2})\s*[-/. ]?\s*([A-Za-z]{3,10})\.?\s*[-/., ]?\s*(\d{4}|\d{2})")
_NAMED_EN = re.compile(r"([A-Za-z]{3,10})\.?\s+(\d{1,2})\s*,\s*(\d{4})")
_NO_DAY = re.compile(r"([A-Za-z]{3,10})\.?\s*[-/., ]?\s*(\d{4}|\d{2})")
_SERIAL_TEXT = re.compile(r"\d+([.,]0+)?")
_MONTH_YEAR = re.compile(r"\d{1,2}\s*[-/.]\s*\d{4}")


def read_date(cell: Cell, today: date, future: bool = False, date1904: bool = False) -> Outcome:
    """A calendar day. Day comes before month; `future` allows expiry days up to 30 years ahead.

    Two-digit years: up to today's year (expiry: 30 years on) they are 20yy, else 19yy; every such reading is listed.
    """
    return _read_date(cell, today, future, date1904)


@lru_cache(maxsize=50_000, typed=True)  # all days of a century
def _read_date(cell: Cell, today: date, future: bool, date1904: bool) -> Outcome:
    if isinstance(cell, bool):
        return refusal("tanggal_tidak_dikenal")
    if isinstance(cell, datetime):
        return _dated(cell.date(), (), today, future)
    if isinstance(cell, date):
        return _dated(cell, (), today, future)
    if isinstance(cell, int | float):
        return _serial(float(cell), shown(cell), (), today, future, date1904)
    found = clean_text(cell)
    if not found.text:
        return found
    text = found.text
    if _SERIAL_TEXT.fullmatch(text):
        return _serial(float(text.replace(",", ".")), text, found.steps, today, future, date1904)
    parts = _parse_date(_WEEKDAY.sub("", text), today, future)
    if isinstance(parts, Note):
        return Outcome(refused=parts)
    year, month, day, code = parts
    try:
        value = date(year, month, day)
    except ValueError:
        if month > 12 and 1 <= day <= 12:
            return refusal("tanggal_bulan_dulu")
        return refusal("tanggal_mustahil")
    steps = (*found.steps, Step(code, text, value.isoformat())) if code else found.steps
    return _dated(value, steps, today, future)


def _parse_date(text: str, today: date, future: bool) -> tuple[int, int, int, str] | Note:
    if match := _ISO.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3]), "" if len(text) == 10 else "tanggal_teks"
    if match := _ISO_LOOSE.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3]), "tanggal_teks"
    if match := _NUMERIC.fullmatch(text):
        year, code = _year(match[3], today, future)
        return year, int(match[2]), int(match[1]), code
    if match := _NAMED.fullmatch(text):
        if month := MONTHS.get(match[2].casefold()):
            year, code = _year(match[3], today, future)
            return year, month, int(match[1]), code
        return Note("bulan_tidak_dikenal", {"bulan": match[2]})
    if match := _NAMED_EN.fullmatch(text):
        if month := MONTHS.get(match[1].casefold()):
            return int(match[3]), month, int(match[2]), "tanggal_teks"
        return Note("bulan_tidak_dikenal", {"bulan": match[1]})
    if (match := _NO_DAY.fullmatch(text)) and match[1].casefold() in MONTHS:
        return Note("tanggal_tanpa_hari")
    if _MONTH_YEAR.fullmatch(text):
        return Note("tanggal_tanpa_hari")
    return Note("tanggal_tidak_dikenal")


def _year(text: str, today: date, future: bool) -> tuple[int, str]:
    if len(text) == 4:
        return int(text), "tanggal_teks"
    newest = today.year + (PIVOT_EXPIRY if future else PIVOT_EVENT)
    year = 2000 + int(text)
    return (year if year <= newest else year - 100), "tahun_dua_angka"


def _serial(number: float, text: str, steps: tuple[Step, ...], today: date, future: bool, date1904: bool) -> Outcome:
    if number != number or number < 0:
        return refusal("tanggal_tidak_dikenal")
    digits = str(int(number))
    if number.is_integer() and 1800 <= number <= 2200:
        return refusal("hanya_tahun", tahun=digits)
    if number.is_integer() and len(digits) == 8:
        try:
            value = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        except ValueError:
            return refusal("tanggal_tidak_dikenal")
        return _dated(value, (*steps, Step("tanggal_teks", text, value.isoformat())), today, future)
    if not 61 <= number < 100_000:  # serials below 61 fall on Excel's 29 February 1900, which never was
        return refusal("tanggal_tidak_dikenal")
    value = (EXCEL_EPOCH_1904 if date1904 else EXCEL_EPOCH) + timedelta(days=int(number))
    return _dated(value, (*steps, Step("tanggal_serial", text, value.isoformat())), today, future)


def _dated(value: date, steps: tuple[Step, ...], today: date, future: bool) -> Outcome:
    if value < EARLIEST:
        return refusal("tanggal_terlalu_lama", batas=EARLIEST.isoformat())
    if not future and value > today:
        return refusal("tanggal_masa_depan", hari_ini=today.isoformat())
    if value.year > today.year + PIVOT_EXPIRY:
        return refusal("tanggal_terlalu_jauh", batas=str(today.year + PIVOT_EXPIRY))
    return Outcome(value, steps)


# --- numbers that are names: NIK, NPWP, phones ------------------------------------------------------------------------


def mask_digits(text: str) -> str:
    """The text with every digit after the fourth and before the last four hidden, so that lists may be kept."""
    total = sum(char.isdigit() for char in text)
    seen = 0
    masked = []
    for char in text:
        seen += char.isdigit()
        masked.append("*" if char.isdigit() and 4 < seen <= max(4, total - 4) else char)
    return "".join(masked)


_NIK_MARKS = re.compile(r"[\s.'`‘’-]")


def read_nik(cell: Cell, provinces: frozenset[str] = frozenset()) -> Outcome:
    """A 16-digit NIK as text; digits that Excel has already rounded are refused,
    odd birth dates and regions only doubted.

    A number keeps 15 digits in Excel, so one that ends in 0 may be rounded; above 2**53 no number is exact.
    """
    steps: tuple[Step, ...] = ()
    if isinstance(cell, bool | date):
        return refusal("nik_bukan_16", jumlah=0)
    if isinstance(cell, int | float):
        if cell != cell or cell < 0 or not float(cell).is_integer():
            return refusal("angka_rusak")
        if abs(cell) >= EXACT_FLOAT or (cell >= 10**15 and int(cell) % 10 == 0):
            return refusal("angka_rusak")
        digits = str(int(cell))
    else:
        found = clean_text(cell)
        if not found.text:
            return found
        if _SCIENTIFIC.fullmatch(found.text.replace(" ", "")):
            return refusal("angka_rusak")
        digits = _NIK_MARKS.sub("", found.text)
        steps = found.steps
        if digits != found.text:
            steps += (Step("tanda_baca_dibuang", mask_digits(found.text), mask_digits(digits)),)
    if not digits.isascii() or not digits.isdigit() or len(digits) != 16:
        return refusal("nik_bukan_16", jumlah=sum(char.isdigit() for char in digits))
    doubts: tuple[Note, ...] = ()
    day, month = int(digits[6:8]), int(digits[8:10])
    if not (1 <= day <= 31 or 41 <= day <= 71) or not 1 <= month <= 12:
        doubts += (Note("nik_tanggal_lahir"),)
    if digits.endswith("0000"):
        doubts += (Note("nik_nomor_urut"),)
    if provinces and digits[:2] not in provinces:
        doubts += (Note("nik_wilayah", {"kode": digits[:2]}),)
    return Outcome(digits, steps, None, doubts)


def read_npwp(cell: Cell) -> Outcome:
    """An NPWP (15 or 16 digits) as it is written; a number that lost its leading zero is refused."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if cell != cell or abs(cell) >= EXACT_FLOAT or not float(cell).is_integer():
            return refusal("angka_rusak")
        digits = str(int(cell))
        if len(digits) < 15:
            return refusal("nol_depan_hilang", jumlah=len(digits))
        if len(digits) == 16 and digits.endswith("0"):
            return refusal("angka_rusak")
        return Outcome(digits)
    found = read_text(cell, 40)
    if found.text and _SCIENTIFIC.fullmatch(found.text):
        return refusal("angka_rusak")
    if found.text and sum(char.isdigit() for char in found.text) not in (15, 16):
        return Outcome(found.value, found.steps, None, (*found.doubts, Note("npwp_jumlah_angka")))
    return found


# Every Indonesian mobile number: phonenumbers says the same of each, at forty times the cost (the test holds them
# against each other).
_MOBILE = re.compile(r"(?:\+62|62|0|)(8[1-35-9][0-9]{7,10})")
_PHONE_WORDS = re.compile(r"^(?:telp?|telepon|hp|wa|whatsapp|no)\b[.:\s]*", re.IGNORECASE)
_PHONE_SPLIT = re.compile(r"[/;,\n]|\s(?:dan|atau)\s|&")
_PHONE_SIGNS = re.compile(r"[\d\s()+.\-–/]+")
_NOT_DIGIT = re.compile(r"\D")
_ONE_NUMBER = re.compile(r"\+?[\d\s().\-–]+")


def _mobile(text: str, digits: str, steps: tuple[Step, ...]) -> Outcome | None:
    """The number when `digits`, as written in `text`, are an Indonesian mobile number; None leaves it to the library."""
    match = _MOBILE.fullmatch(digits)
    if match is None:
        return None
    value = "+62" + match[1]
    if value == text:
        return Outcome(value, steps)
    code = "nol_depan" if digits.startswith("8") else "telepon_internasional"
    return Outcome(value, (*steps, Step(code, text, value)))


def read_phone(cell: Cell) -> Outcome:
    """A telephone number as E.164; a zero that a number format ate is put back, two numbers in a cell are refused."""
    steps: tuple[Step, ...] = ()
    if isinstance(cell, str) and (plain := _mobile(cell, cell, ())):
        return plain
    if isinstance(cell, bool | date):
        return refusal("telepon_tidak_dikenal")
    if isinstance(cell, int | float):
        if cell != cell or cell < 0 or not float(cell).is_integer() or cell >= 10**15:
            return refusal("angka_rusak")
        text = str(int(cell))
    else:
        found = clean_text(cell)
        if not found.text:
            return found
        text, steps = found.text, found.steps
        if _SCIENTIFIC.fullmatch(text.replace(" ", "")):
            return refusal("angka_ilmiah")
        text = _PHONE_WORDS.sub("", text).lstrip("'` ")
    numbers = [part for part in _PHONE_SPLIT.split(text) if len(_NOT_DIGIT.sub("", part)) >= 6]
    if len(numbers) > 1:
        return refusal("telepon_ganda", jumlah=len(numbers))
    return _phone(text, steps)


@lru_cache(maxsize=20_000)
def _phone(text: str, steps: tuple[Step, ...]) -> Outcome:
    if not _PHONE_SIGNS.fullmatch(text):
        return refusal("telepon_tidak_dikenal")
    digits = _NOT_DIGIT.sub("", text)
    foreign = text.startswith("+") and not digits.startswith("62")
    if not foreign and digits.isascii() and _ONE_NUMBER.fullmatch(text) and (found := _mobile(text, digits, steps)):
        return found
    candidate, code = text, "telepon_internasional"
    if not text.startswith("+"):
        if digits.startswith("62"):
            candidate = "+" + digits
        elif not digits.startswith("0"):
            if len(digits) < 8:
                return refusal("telepon_tanpa_kode_area")
            candidate, code = "0" + digits, "nol_depan"
    elif digits.startswith("620"):
        candidate = "+62" + digits[3:]  # "+62 (0)812..."
    try:
        parsed = phonenumbers.parse(candidate, "ID")
    except phonenumbers.NumberParseException:
        return refusal("telepon_tidak_dikenal")
    if not phonenumbers.is_possible_number(parsed):
        return refusal("telepon_tidak_dikenal")
    doubts = () if phonenumbers.is_valid_number(parsed) else (Note("telepon_meragukan"),)
    if code == "nol_depan" and doubts:
        return refusal("telepon_tanpa_kode_area")
    value = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    if value != text:
        steps += (Step(code, text, value),)
    return Outcome(value, steps, None, doubts)


# --- addresses on the net --------------------------------------------------------------------------------------------

_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")


def read_email(cell: Cell) -> Outcome:
    """One e-mail address."""
    found = read_text(cell, 254)
    if not found.text:
        return found
    text = re.sub(r"^mailto:", "", found.text, flags=re.IGNORECASE)
    steps = found.steps if text == found.text else (*found.steps, Step("awalan_dibuang", found.text, text))
    if not _EMAIL.fullmatch(text) or ".." in text:
        return refusal("surel_tidak_sah")
    return Outcome(text, steps)


def read_site(cell: Cell) -> Outcome:
    """A web address without any scheme but http and https."""
    found = read_text(cell, 200)
    if not found.text:
        return found
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):(?!\d)", found.text)
    if (scheme and scheme[1].casefold() not in ("http", "https")) or " " in found.text or "." not in found.text:
        return refusal("situs_tidak_sah")
    return Outcome(found.value, found.steps)


# --- words from a list -----------------------------------------------------------------------------------------------


def closest(word: str, choices: list[str], score: Callable[[str, str], float], least: float = 70) -> list[str]:
    """Up to three choices that look like the word, best first: a hint for the remedy, never taken by itself."""
    ranked = sorted(((score(fold(word), fold(choice)), choice) for choice in choices), key=lambda pair: -pair[0])
    return [choice for points, choice in ranked[:3] if points >= least]
