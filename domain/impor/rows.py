"""One row of the workbook: every cell read by the kind of its column, then the checks that need several columns."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache, partial
from typing import Any

from rapidfuzz import fuzz

from domain.errors import Problem
from domain.impor.columns import BY_ID, ENUMS, FIELDS, SYNONYMS, Field
from domain.impor.places import WilayahIndex, place_key
from domain.impor.repair import (
    Cell,
    Note,
    Outcome,
    Repair,
    Step,
    clean_text,
    closest,
    fold,
    mask_digits,
    pair_coordinates,
    read_count,
    read_date,
    read_degrees,
    read_email,
    read_nik,
    read_npwp,
    read_phone,
    read_site,
    read_text,
    refusal,
    shown,
)
from domain.names import name_key

SEPARATOR = "; "  # between the values of one multi-valued cell, in templates and exports
SECRET = ("ketua_nik",)  # shown masked in every list


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """One data row: sheet row number (from 1), clean values by field id (absent when empty), and all that was found.

    `problems` refuse the row, `doubts` do not, `repairs` list each change; `raw` holds the cells as they stood.
    Besides the fields, `kode_wilayah` is the deepest known dotted code; provinsi, kabkota and kecamatan are names.
    """

    row: int
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)
    raw: dict[str, Cell] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """True when the row must not be stored."""
        return bool(self.problems)


# --- words from a list ----------------------------------------------------------------------------------------------

_OLD_TERM = re.compile(r"^(?:jenis\s+)?(pmks|ppks)\b[\s:.-]*(?!\d)", re.IGNORECASE)
_NUMBERING = re.compile(r"^(?:\d{1,2}|[a-z])\s*[.)]\s+", re.IGNORECASE)
_WHOLE_SPLIT = re.compile(r"\s*[;|\n•]\s*")
_FINE_SPLIT = (re.compile(r"\s*,\s*"), re.compile(r"\s*(?:/|\+|&|\bdan\b|\bserta\b)\s*", re.IGNORECASE))


class Words:
    """The accepted words of one list: its codes and labels as they are, its synonyms with a listed repair."""

    def __init__(self, labels: Mapping[str, str], synonyms: Mapping[str, Sequence[str]]) -> None:
        self.labels = dict(labels)
        self._plain: dict[str, str] = {}
        self._synonyms: dict[str, str] = {}
        for kode, label in self.labels.items():
            for text in (kode, label):
                self._plain[fold(text)] = kode
            for text in re.findall(r"\(([A-Z/]{2,})\)", label):
                self._synonyms.setdefault(fold(text), kode)
            self._synonyms.setdefault(fold(re.sub(r"\(.*?\)", "", label)), kode)
        for kode, texts in synonyms.items():
            if kode in self.labels:
                for text in texts:
                    self._synonyms.setdefault(fold(text) or text, kode)
        self.find = lru_cache(maxsize=10_000)(self._find)

    def _find(self, text: str) -> tuple[str, bool] | None:
        """(code, was a synonym) for one word; None when it is not in the list."""
        key = fold(text) or text.strip()
        if key in self._plain:
            return self._plain[key], False
        if key in self._synonyms:
            return self._synonyms[key], True
        bare = _NUMBERING.sub("", _OLD_TERM.sub("", text.strip())).strip()
        inner = re.fullmatch(r"(.+?)\s*\((.+)\)", bare)
        for part in (bare, *(inner.groups() if inner else ())):
            key = fold(part) or part
            for names in (self._plain, self._synonyms):
                if key in names:
                    return names[key], True
        return None

    def unknown(self, text: str) -> Note:
        """The refusal of a word, with the list and, where there are any, the nearest entries."""
        hint = closest(text, list(self.labels.values()), fuzz.ratio, 70)
        facts = {"kata": shown(text), "pilihan": SEPARATOR.join(self.labels.values())}
        return (
            Note("pilihan_tidak_dikenal", facts | {"mungkin": " / ".join(hint)})
            if hint
            else Note("pilihan_asing", facts)
        )

    def read_one(self, cell: Cell) -> Outcome:
        """One code of the list."""
        if isinstance(cell, bool):
            cell = "ya" if cell else "tidak"
        found = clean_text(cell)
        if not found.text:
            return found
        hit = self.find(found.text)
        if hit is None:
            return Outcome(refused=self.unknown(found.text))
        kode, was_synonym = hit
        if was_synonym:
            return Outcome(kode, (*found.steps, Step("padanan", found.text, self.labels[kode])))
        return Outcome(kode, found.steps)

    def read_many(self, cell: Cell) -> Outcome:
        """A list of codes in the order of the list; separators are ; | line ends, then commas, then / + & dan."""
        found = clean_text(cell, lines=True)
        if not found.text:
            return found
        kodes: list[str] = []
        synonym = False
        for part in filter(None, _WHOLE_SPLIT.split(found.text)):
            hits = self._split(part)
            if isinstance(hits, Note):
                return Outcome(refused=hits)
            kodes += [kode for kode, _ in hits]
            synonym = synonym or any(was for _, was in hits) or len(hits) > 1
        ordered = [kode for kode in self.labels if kode in kodes]
        labels = SEPARATOR.join(self.labels[kode] for kode in ordered)
        steps = found.steps
        if synonym or len(ordered) != len(kodes):
            steps += (Step("padanan", shown(found.text), shown(labels)),)
        return Outcome(ordered, steps)

    def _split(self, part: str) -> list[tuple[str, bool]] | Note:
        if hit := self.find(part):
            return [hit]
        for pattern in _FINE_SPLIT:
            pieces = [piece for piece in pattern.split(part) if piece]
            if len(pieces) > 1:
                hits = [self._split(piece) for piece in pieces]
                good = [hit for some in hits if not isinstance(some, Note) for hit in some]
                wrong = next((some for some in hits if isinstance(some, Note)), None)
                return wrong or good
        return self.unknown(part)


# --- the reader ------------------------------------------------------------------------------------------------------

_KODE_LKS = re.compile(r"LKS-\d\d\.\d\d-\d{4,6}")
_PAIR = re.compile(r"\s*([-+−]?\d{1,3}(?:[.,]\d+)?)\s*(?:[;/|]|,\s|\s)\s*([-+−]?\d{1,3}(?:[.,]\d+)?)\s*")
_PAIR_TIGHT = re.compile(r"\s*([-+−]?\d{1,3}\.\d+)\s*,\s*([-+−]?\d{1,3}\.\d+)\s*")

AKREDITASI_GRADES = ("A", "B", "C")


class RowReader:
    """Reads rows against one register: WilayahIndex, reference lists {name: [{kode, nama}]}, today,
    Excel's date system."""

    def __init__(
        self,
        index: WilayahIndex,
        refs: Mapping[str, Sequence[Mapping[str, Any]]],
        today: date,
        date1904: bool = False,
    ) -> None:
        self.index = index
        self.today = today
        self.date1904 = date1904
        self.provinces = index.province_codes
        self.words: dict[str, Words] = {}
        for item in FIELDS:
            if item.kind == "enum":
                self.words[item.id] = Words(ENUMS[item.list_name], SYNONYMS.get(item.list_name, {}))
            elif item.kind in ("ref", "multi"):
                labels = {str(ref["kode"]): str(ref["nama"]) for ref in refs[item.list_name]}
                self.words[item.id] = Words(labels, SYNONYMS.get(item.list_name, {}))
        self._read = {item.id: self._reader(item) for item in FIELDS if item.kind not in ("kabkota", "kecamatan")}
        self._required = tuple(item for item in FIELDS if item.required)

    def _reader(self, item: Field) -> Callable[[Cell], Outcome]:
        """The function that reads a cell of one column."""
        today, date1904, provinces, limit = self.today, self.date1904, self.provinces, item.limit
        readers: dict[str, Callable[[Cell], Outcome]] = {
            "text": lambda cell: read_text(cell, limit),
            "long": lambda cell: read_text(cell, limit, lines=True),
            "social": lambda cell: read_text(cell, limit, formula_doubt=False),
            "phone": read_phone,
            "email": read_email,
            "site": read_site,
            "event": lambda cell: read_date(cell, today, False, date1904),
            "expiry": lambda cell: read_date(cell, today, True, date1904),
            "count": read_count,
            "lat": read_degrees,
            "lon": read_degrees,
            "koordinat": _read_pair,
            "nik": lambda cell: read_nik(cell, provinces),
            "npwp": read_npwp,
            "kode_lks": _read_kode_lks,
            "kode_wilayah": self.index.kode,
            "provinsi": self.index.provinsi,
        }
        # A column of a list holds the same few words thousands of times.
        if item.kind == "enum":
            return lru_cache(maxsize=2_000, typed=True)(partial(self._enum, item))
        if item.kind == "ref":
            return lru_cache(maxsize=2_000, typed=True)(self.words[item.id].read_one)
        if item.kind == "multi":
            return lru_cache(maxsize=5_000, typed=True)(self.words[item.id].read_many)
        return readers[item.kind]

    def _enum(self, item: Field, cell: Cell) -> Outcome:
        found = self.words[item.id].read_one(cell)
        if item.id == "akreditasi" and found.refused and fold(shown(cell)) in _BARE_ACCREDITED:
            return refusal("akreditasi_tanpa_nilai")
        if item.id == "akreditasi" and isinstance(cell, bool) and cell:
            return refusal("akreditasi_tanpa_nilai")
        return found

    def parse(self, raw: Mapping[str, Cell], row: int = 0) -> ParsedRow:
        """The row read: fields without a column in `raw` are left alone, every refused cell has its own problem."""
        result = ParsedRow(row, raw=dict(raw))
        values, readers = result.values, self._read
        for field_id, cell in raw.items():
            if cell is None or cell == "" or field_id not in readers:
                continue
            found = readers[field_id](cell)
            if found.steps or found.doubts or found.refused or found.value in (None, "", []):
                _take(result, field_id, cell, found)
            else:  # nothing to tell, like nearly every cell
                values[field_id] = found.value.copy() if isinstance(found.value, list) else found.value
        self._place(result)
        _coordinates(result)
        for item in self._required:
            if item.id not in values and not _has(result.problems, item.id):
                result.problems.append(Problem(item.id, shown(raw.get(item.id)), "wajib_kosong", {"kolom": item.label}))
        _cross_checks(result)
        return result

    def _place(self, result: ParsedRow) -> None:
        """Brings the code, province, kab/kota and kecamatan of one row to one answer, or says where they disagree."""
        values, raw = result.values, result.raw
        provinsi = str(values.pop("provinsi", ""))
        kode = str(values.pop("kode_wilayah", ""))
        bad_code = _has(result.problems, "kode_wilayah")
        kabkota = ""
        if raw.get("kabkota") not in (None, ""):
            narrow = kode[:2] if kode and not provinsi else provinsi
            found = self.index.kabkota(raw["kabkota"], narrow)
            ambiguous = found.refused and found.refused.code in ("kabkota_ambigu", "kabkota_beda_provinsi")
            if ambiguous and len(kode) >= 5 and _same_bare(self.index, raw["kabkota"], kode[:5]):
                # The code column says which of the two namesakes is meant.
                label = self.index.by_code[kode[:5]].label
                found = Outcome(kode[:5], (Step("nama_dari_kode", shown(raw["kabkota"]), label),))
            _take(result, "kabkota", raw["kabkota"], found)
            kabkota = str(values.pop("kabkota", ""))
            if kabkota and len(kode) >= 5 and kode[:5] != kabkota:
                facts = {
                    "kode": kode,
                    "menurut_kode": self.index.by_code[kode[:5]].label if kode[:5] in self.index.by_code else "?",
                    "menurut_nama": self.index.by_code[kabkota].described,
                }
                result.problems.append(Problem("kode_wilayah", shown(raw["kode_wilayah"]), "kode_nama_beda", facts))
        elif len(kode) >= 5:
            kabkota = kode[:5]
        if not kabkota or bad_code:
            return
        place = self.index.by_code[kabkota]
        if provinsi and provinsi != place.induk:
            facts = {"provinsi": self.index.by_code[provinsi].label, "sebenarnya": place.described}
            if not _has(result.problems, "kabkota"):
                result.problems.append(Problem("provinsi", shown(raw.get("provinsi")), "kabkota_beda_provinsi", facts))
            return
        deepest = kode if len(kode) >= 5 and kode[:5] == kabkota else kabkota
        if raw.get("kecamatan") not in (None, ""):
            found = self.index.kecamatan(raw["kecamatan"], kabkota)
            _take(result, "kecamatan", raw["kecamatan"], found)
            kecamatan = str(values.pop("kecamatan", ""))
            if kecamatan:
                if len(deepest) >= 8 and deepest[:8] != kecamatan:
                    facts = {
                        "kode": deepest,
                        "menurut_kode": deepest[:8],
                        "menurut_nama": self.index.by_code[kecamatan].described,
                    }
                    result.problems.append(
                        Problem("kode_wilayah", shown(raw.get("kode_wilayah")), "kode_nama_beda", facts)
                    )
                deepest = deepest if len(deepest) > 8 else kecamatan
            elif not found.refused and (name := clean_text(raw["kecamatan"]).text):
                values["kecamatan"] = name
        if len(deepest) >= 8 and deepest[:8] in self.index.by_code:
            values["kecamatan"] = self.index.by_code[deepest[:8]].label
        values["kode_wilayah"] = deepest
        values["kabkota"] = place.label
        if place.induk in self.index.by_code:
            values["provinsi"] = self.index.by_code[place.induk].label


_BARE_ACCREDITED = frozenset(
    {"sudah", "ya", "terakreditasi", "akreditasi", "v", "ada", "sudah terakreditasi", "true", "1"}
)


def parse_row(
    raw: Mapping[str, Cell],
    index: WilayahIndex,
    refs: Mapping[str, Sequence[Mapping[str, Any]]],
    today: date,
    row: int = 0,
) -> ParsedRow:
    """One row read by itself; for many rows keep one RowReader."""
    return RowReader(index, refs, today).parse(raw, row)


def _has(problems: Iterable[Problem], column: str) -> bool:
    return any(problem.column == column for problem in problems)


def _value_shown(field_id: str, cell: Cell) -> str:
    return mask_digits(shown(cell)) if field_id in SECRET else shown(cell)


def _take(result: ParsedRow, field_id: str, cell: Cell, found: Outcome) -> None:
    """Writes one outcome into the row."""
    hide = mask_digits if field_id in SECRET else str
    if found.refused:
        problem = Problem(field_id, _value_shown(field_id, cell), found.refused.code, dict(found.refused.facts))
        result.problems.append(problem)
        return
    for step in found.steps:
        result.repairs.append(Repair(field_id, hide(step.before), hide(step.after), step.code))
    for doubt in found.doubts:
        result.doubts.append(Problem(field_id, _value_shown(field_id, cell), doubt.code, dict(doubt.facts)))
    if found.value not in (None, "", []):
        # A list is copied: readers remember their outcomes, and rows must not share what a caller may change.
        result.values[field_id] = found.value.copy() if isinstance(found.value, list) else found.value


def _read_kode_lks(cell: Cell) -> Outcome:
    found = clean_text(cell)
    if not found.text:
        return found
    text = found.text.upper().replace(" ", "")
    if not _KODE_LKS.fullmatch(text):
        return refusal("kode_lks_tidak_dikenal")
    steps = found.steps if text == found.text else (*found.steps, Step("huruf_besar", found.text, text))
    return Outcome(text, steps)


def _read_pair(cell: Cell) -> Outcome:
    """A latitude and a longitude written in one cell."""
    found = clean_text(cell)
    if not found.text:
        return found
    match = _PAIR_TIGHT.fullmatch(found.text) or _PAIR.fullmatch(found.text)
    if match is None:
        return refusal("koordinat_tidak_dikenal")
    lat, lon = (read_degrees(part) for part in match.groups())
    if lat.refused or lon.refused:
        return lat if lat.refused else lon
    return Outcome((lat.value, lon.value), (*found.steps, *lat.steps, *lon.steps))


def _same_bare(index: WilayahIndex, cell: Cell, kode: str) -> bool:
    place = index.by_code.get(kode)
    return place is not None and place_key(shown(cell)) == place.bare


def _coordinates(result: ParsedRow) -> None:
    values = result.values
    pair = values.pop("koordinat", None)
    if pair is not None and "lat" not in values and "lon" not in values:
        values["lat"], values["lon"] = pair
    has_lat, has_lon = "lat" in values, "lon" in values
    if not has_lat and not has_lon:
        return
    if has_lat != has_lon:
        missing = "lon" if has_lat else "lat"
        if not _has(result.problems, missing):
            facts = {"kolom": BY_ID[missing].label}
            result.problems.append(Problem(missing, shown(result.raw.get(missing)), "koordinat_separuh", facts))
        return
    lat, lon = values["lat"], values["lon"]
    column = "koordinat" if pair is not None else "lat"
    if lat == 0 and lon == 0:
        result.problems.append(Problem(column, "0, 0", "koordinat_nol"))
        return
    placed = pair_coordinates(lat, lon)
    if isinstance(placed, Note):
        result.problems.append(Problem(column, f"{lat!r}, {lon!r}", placed.code, dict(placed.facts)))
        return
    values["lat"], values["lon"], swapped = placed
    if swapped:
        after = f"{values['lat']!r}, {values['lon']!r}"
        result.repairs.append(Repair(column, f"{lat!r}, {lon!r}", after, "koordinat_terbalik"))


def _cross_checks(result: ParsedRow) -> None:
    values = result.values

    def refuse(column: str, code: str, **facts: str) -> None:
        if not _has(result.problems, column):
            result.problems.append(Problem(column, _value_shown(column, result.raw.get(column)), code, facts))

    def doubt(column: str, code: str, **facts: str) -> None:
        result.doubts.append(Problem(column, _value_shown(column, result.raw.get(column)), code, facts))

    for axis, none_values, code in (
        ("akreditasi", ("belum",), "akreditasi_bertentangan"),
        ("daftar", ("belum_terdaftar",), "daftar_bertentangan"),
    ):
        if values.get(axis) in none_values:
            given = [name for name in (f"{axis}_nomor", f"{axis}_sampai") if name in values]
            if given:
                refuse(axis, code, kolom=BY_ID[given[0]].label, isi=shown(values[given[0]]))
        begin, end = values.get(f"{axis}_tanggal"), values.get(f"{axis}_sampai")
        if begin and end and end < begin:
            refuse(f"{axis}_sampai", "sampai_sebelum_mulai", mulai=begin.isoformat(), sampai=end.isoformat())
    if values.get("hukum") == "tidak_berbadan_hukum":
        for name in ("akta_nomor", "sk_kemenkumham"):
            if name in values:
                doubt("hukum", "tidak_berbadan_hukum_tetapi_akta", kolom=BY_ID[name].label, isi=shown(values[name]))
                break
    born = values.get("tanggal_berdiri")
    if born:
        for name in ("daftar_tanggal", "akreditasi_tanggal"):
            if name in values and values[name] < born:
                doubt(name, "sebelum_berdiri", berdiri=born.isoformat())
    if values.get("setting") == "luar" and values.get("binaan_dalam", 0) > 0:
        doubt("binaan_dalam", "binaan_tidak_sesuai_setting", setting=ENUMS["setting"]["luar"])
    if values.get("setting") == "dalam" and values.get("binaan_luar", 0) > 0:
        doubt("binaan_luar", "binaan_tidak_sesuai_setting", setting=ENUMS["setting"]["dalam"])
    if "kapasitas" in values and values.get("binaan_dalam", 0) > values["kapasitas"]:
        doubt("binaan_dalam", "binaan_melebihi_kapasitas", kapasitas=str(values["kapasitas"]))


class DuplicateWatch:
    """Remembers the codes and names of the rows it has seen, in file order."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], int] = {}
        self._kodes: dict[str, int] = {}

    def check(self, parsed: ParsedRow) -> ParsedRow:
        """The row, refused when its code, or its name in the same kab/kota, already stood higher up in the file."""
        problems = []
        kode, nama = parsed.values.get("kode_lks"), parsed.values.get("nama")
        if kode is not None:
            first = self._kodes.setdefault(str(kode), parsed.row)
            if first != parsed.row:
                problems.append(Problem("kode_lks", str(kode), "kode_ganda", {"baris": str(first)}))
        if nama is not None and "kode_wilayah" in parsed.values:
            key = (name_key(str(nama)), str(parsed.values["kode_wilayah"])[:5])
            first = self._names.setdefault(key, parsed.row)
            if first != parsed.row:
                facts = {"baris": str(first), "kabkota": str(parsed.values.get("kabkota", ""))}
                problems.append(Problem("nama", shown(str(nama)), "nama_ganda", facts))
        return replace(parsed, problems=[*parsed.problems, *problems]) if problems else parsed


def mark_duplicates(rows: Iterable[ParsedRow]) -> list[ParsedRow]:
    """All rows in file order, the later ones of each double refused."""
    watch = DuplicateWatch()
    return [watch.check(parsed) for parsed in rows]
