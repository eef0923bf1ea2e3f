"""Definitions in and out: plain values or TOML become a Form, with every mistake named at its place; and back."""

import math
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from domain.errors import InvalidInput, Problem
from domain.forms.definition import (
    DATE,
    FORM_KINDS,
    ITEM_KINDS,
    KEYED,
    LONGEST_LIMIT,
    MATRIX,
    MULTIPLE,
    NUMBER,
    PARAGRAPH,
    SCALE,
    SINGLE,
    TEXT,
    TRUE_FALSE,
    TRUE_FALSE_OPTIONS,
    WITH_OPTIONS,
    WITH_SCALE,
    Aim,
    Form,
    Item,
    Option,
    Scale,
    Section,
    items,
    to_mapping,
)

__all__ = ["from_mapping", "from_toml", "to_mapping", "to_toml"]

MOST_ITEMS, MOST_SECTIONS, MOST_AIMS, MOST_OPTIONS, MOST_ROWS, MOST_STEPS = 200, 40, 30, 30, 40, 11
MOST_CHARACTERS = 500_000  # of a TOML text
MOST_POINTS = 1_000
MOST_PROBLEMS = 200
_ITEM_ID, _FORM_ID = re.compile(r"[A-Za-z0-9_]{1,24}"), re.compile(r"[A-Za-z0-9_-]{1,60}")
_SHORT, _TITLE, _LONG, _TEXT, _INTRO = 60, 200, 500, 2_000, 5_000
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCD"
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
# what only some kinds of item have
_OWN: dict[str, frozenset[str]] = {
    SINGLE: frozenset({"pilihan", "poin"}),
    MULTIPLE: frozenset({"pilihan", "poin"}),
    TRUE_FALSE: frozenset({"poin"}),
    SCALE: frozenset({"skala"}),
    MATRIX: frozenset({"skala", "baris"}),
    NUMBER: frozenset({"min", "max", "bulat"}),
    DATE: frozenset(),
    TEXT: frozenset({"panjang"}),
    PARAGRAPH: frozenset({"panjang"}),
}
_BOUND = frozenset().union(*_OWN.values())
Place = tuple[tuple[str, int], ...]  # (("bagian", 1), ("butir", 3)), counted from 1


def _printable(text: str) -> str:
    """The text with a question mark for what no page and no log can show."""
    return _CONTROL.sub("?", text)


class _Table:
    """One table of the definition; reads its fields, and notes what is wrong with them and where."""

    def __init__(self, data: Mapping[str, Any], place: Place, problems: list[Problem]) -> None:
        self.data, self.place, self.problems = data, place, problems
        self.met: set[str] = set()

    def wrong(self, name: str, value: object, code: str, **facts: object) -> None:
        """Notes a mistake in the field `name`."""
        name = _printable(name)
        steps = [f"{kind} {number}" for kind, number in self.place]
        where = {kind: str(number) for kind, number in self.place} | {"isian": name}
        column = " / ".join([*steps, *([name] if name else [])])
        shown = "" if value is None else _printable(str(value)[:80])
        told = {key: _printable(str(fact)) for key, fact in facts.items()}
        self.problems.append(Problem(column, shown, code, where | told))

    def given(self, name: str) -> Any:
        """The raw value; None when absent."""
        self.met.add(name)
        return self.data.get(name)

    def _typed(self, name: str, kind: str, fits: Callable[[Any], bool]) -> Any:
        value = self.given(name)
        if value is not None and not fits(value):
            self.wrong(name, value, "formulir_bentuk_isian", harapan=kind)
            return None
        return value

    def text(self, name: str, limit: int, required: bool = False, value: Any = None, lines: bool = False) -> str:
        """A clean text, "" when absent, on one line unless `lines`; `value` instead of the field's own when given."""
        found = self.given(name) if value is None else value
        if found is not None and not isinstance(found, str):
            self.wrong(name, found, "formulir_bentuk_isian", harapan="teks")
            return ""
        clean = unicodedata.normalize("NFC", found or "").replace("\r\n", "\n").replace("\r", "\n").strip()
        if not lines:
            clean = " ".join(clean.split())
        if _CONTROL.search(clean):
            self.wrong(name, clean, "formulir_karakter_terlarang")
            return ""
        if len(clean) > limit:
            self.wrong(name, clean, "formulir_teks_panjang", batas=limit, panjang=len(clean))
        if required and not clean:
            self.wrong(name, "", "formulir_isian_wajib")
        return clean

    def flag(self, name: str, default: bool) -> bool:
        """A truth value."""
        value = self._typed(name, "true / false", lambda value: isinstance(value, bool))
        return default if value is None else bool(value)

    def whole(self, name: str) -> int | None:
        """A whole number, or None."""
        found: int | None = self._typed(
            name, "bilangan bulat", lambda value: isinstance(value, int) and not isinstance(value, bool)
        )
        return found

    def number(self, name: str) -> float | None:
        """A finite number, or None."""

        def fits(value: Any) -> bool:
            number = isinstance(value, int | float) and not isinstance(value, bool)
            return number and abs(value) < 10**15 and math.isfinite(value)

        value = self._typed(name, "bilangan", fits)
        return None if value is None else float(value)

    def one_of(self, name: str, known: Sequence[str]) -> str:
        """One of the known words, or ""."""
        value = self.text(name, _SHORT, required=True)
        if value and value not in known:
            self.wrong(name, value, "formulir_jenis_tidak_dikenal", daftar=", ".join(known))
            return ""
        return value

    def id(self, name: str = "kode", pattern: re.Pattern[str] = _ITEM_ID) -> str:
        """An id; "" when it is missing or malformed."""
        value = self.text(name, _TITLE, required=True)
        if value and not pattern.fullmatch(value):
            self.wrong(name, value, "formulir_kode_keliru", batas=60 if pattern is _FORM_ID else 24)
        return value

    def tables(self, name: str, kind: str, most: int) -> list["_Table"]:
        """The tables of a list of tables, each at its own place."""
        value = self._typed(name, "daftar tabel", lambda value: isinstance(value, list | tuple))
        if value is None:
            return []
        if len(value) > most:
            self.wrong(name, len(value), "formulir_terlalu_banyak", batas=most)
        found = []
        for number, entry in enumerate(value[:most], 1):
            if isinstance(entry, Mapping):
                found.append(_Table(entry, (*self.place, (kind, number)), self.problems))
            else:
                self.wrong(name, entry, "formulir_bentuk_isian", harapan="tabel")
        return found

    def unknown(self, more: Iterable[str] = ()) -> None:
        """Notes the fields that were never asked for."""
        for name in self.data:
            if name not in self.met and name not in more:
                known = ", ".join(sorted(self.met))
                self.wrong(str(name)[:40], "", "formulir_isian_tidak_dikenal", daftar=known)


def from_mapping(data: Mapping[str, Any]) -> Form:
    """The form that plain values (of TOML, JSON or a workbook) describe.

    Raises InvalidInput with one Problem per mistake: column "bagian 1 / butir 3 / kunci", facts with bagian, butir and
    isian. Allowed short forms: a key as one text, options as a list of texts (ids a, b, c ...), a scale by the name of
    one in the table `skala`, points left out (1 with a key, else none).
    """
    problems: list[Problem] = []
    top = _Table(data, (), problems)
    kode = top.id(pattern=_FORM_ID)
    versi = top.whole("versi")
    if versi is None and "versi" not in data:
        versi = 1
    if versi is not None and not 1 <= versi <= 1_000_000:
        top.wrong("versi", versi, "formulir_versi_keliru")
    jenis = top.one_of("jenis", FORM_KINDS)
    judul = top.text("judul", _TITLE, required=True)
    pengantar, sumber, catatan = (top.text(name, _INTRO, lines=True) for name in ("pengantar", "sumber", "catatan"))
    acak, anonim = top.flag("acak", False), top.flag("anonim", False)
    tujuan = tuple(_aim(table) for table in top.tables("tujuan", "tujuan", MOST_AIMS))
    scales = _named_scales(top)
    sections = top.tables("bagian", "bagian", MOST_SECTIONS)
    aims = frozenset(aim.kode for aim in tujuan)
    bagian = tuple(_section(table, aims, scales) for table in sections)
    top.unknown()
    form = Form(kode, versi or 1, judul, jenis, pengantar, acak, anonim, tujuan, bagian, sumber, catatan)
    _whole_form(top, form)
    if problems:
        raise InvalidInput(problems[:MOST_PROBLEMS])
    return form


def _aim(table: _Table) -> Aim:
    aim = Aim(table.id(), table.text("nama", _LONG, required=True))
    table.unknown()
    return aim


def _named_scales(top: _Table) -> dict[str, Scale | None]:
    """The scales of the table `skala` by name; a faulty one is None, its mistakes noted once."""
    value = top.given("skala")
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        top.wrong("skala", value, "formulir_bentuk_isian", harapan="tabel")
        return {}
    return {str(name): _scale(top, f"skala {name}", entry) for name, entry in value.items()}


def _scale(table: _Table, name: str, value: Any) -> Scale | None:
    if not isinstance(value, Mapping):
        table.wrong(name, value, "formulir_bentuk_isian", harapan="tabel skala")
        return None
    inner = _Table(value, table.place, [])
    least, most, balik = inner.whole("min"), inner.whole("max"), inner.flag("balik", False)
    labels = _texts(inner, "labels", _SHORT)
    inner.unknown()
    table.problems += [
        Problem(f"{problem.column} ({name})", problem.value, problem.code, problem.facts | {"isian": name})
        for problem in inner.problems
    ]
    if inner.problems:
        return None
    if least is None or most is None:
        table.wrong(name, "", "formulir_skala_tanpa_batas")
        return None
    if least >= most:
        table.wrong(name, f"{least}-{most}", "formulir_skala_terbalik", min=least, max=most)
        return None
    steps = most - least + 1
    if steps > MOST_STEPS or abs(least) > 100 or abs(most) > 100:
        table.wrong(name, f"{least}-{most}", "formulir_skala_lebar", batas=MOST_STEPS)
        return None
    if len(labels) not in (0, 2, steps):
        table.wrong(name, ", ".join(labels), "formulir_skala_label", jumlah=len(labels), langkah=steps)
        return None
    return Scale(least, most, labels, balik)


def _texts(table: _Table, name: str, limit: int) -> tuple[str, ...]:
    """A list of texts, or one text alone."""
    value = table.given(name)
    if value is None:
        return ()
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list | tuple) or not all(isinstance(entry, str) for entry in listed):
        table.wrong(name, value, "formulir_bentuk_isian", harapan="daftar teks")
        return ()
    return tuple(text for entry in listed if (text := table.text(name, limit, value=entry)))


def _section(table: _Table, aims: frozenset[str], scales: Mapping[str, Scale | None]) -> Section:
    kode = table.id()
    judul, petunjuk = table.text("judul", _TITLE), table.text("petunjuk", _TEXT, lines=True)
    butir = tuple(_item(entry, aims, scales) for entry in table.tables("butir", "butir", MOST_ITEMS))
    table.unknown()
    return Section(kode, judul, petunjuk, butir)


def _item(table: _Table, aims: frozenset[str], scales: Mapping[str, Scale | None]) -> Item:
    kode, jenis = table.id(), table.one_of("jenis", ITEM_KINDS)
    teks = table.text("teks", _TEXT, required=True, lines=True)
    petunjuk, ringkas, unsur = (
        table.text("petunjuk", _TEXT, lines=True),
        table.text("ringkas", _SHORT),
        table.text("unsur", 100),
    )
    wajib = table.flag("wajib", True)
    tujuan = table.text("tujuan", _SHORT) or None
    if tujuan is not None and tujuan not in aims:
        table.wrong("tujuan", tujuan, "formulir_tujuan_tidak_ada", daftar=", ".join(sorted(aims)))
    pasangan = table.text("pasangan", _SHORT)
    if pasangan and not _ITEM_ID.fullmatch(pasangan):
        table.wrong("pasangan", pasangan, "formulir_kode_keliru", batas=24)
    own = _OWN.get(jenis, _BOUND)
    table.met |= own
    for name in sorted(_BOUND - own):
        if table.given(name) not in (None, False, [], ""):
            table.wrong(name, table.given(name), "formulir_isian_tidak_berlaku", jenis=jenis)
    pilihan = _options(table, "pilihan", MOST_OPTIONS) if jenis in WITH_OPTIONS else ()
    baris = _options(table, "baris", MOST_ROWS) if jenis == MATRIX else ()
    if jenis in WITH_OPTIONS and len(pilihan) < 2:
        table.wrong("pilihan", len(pilihan), "formulir_pilihan_kurang")
    if jenis == MATRIX and not baris:
        table.wrong("baris", "", "formulir_isian_wajib")
    kunci, poin = _key(table, jenis, pilihan)
    least, most = (table.number("min"), table.number("max")) if jenis == NUMBER else (None, None)
    if least is not None and most is not None and least > most:
        table.wrong("min", f"{least:g}-{most:g}", "formulir_batas_terbalik")
    panjang = table.whole("panjang") if jenis in (TEXT, PARAGRAPH) else None
    if panjang is not None and not 1 <= panjang <= LONGEST_LIMIT:
        table.wrong("panjang", panjang, "formulir_panjang_keliru", batas=LONGEST_LIMIT)
    item = Item(
        kode,
        jenis,
        teks,
        petunjuk,
        wajib,
        tujuan,
        poin,
        kunci,
        pasangan,
        pilihan,
        _item_scale(table, scales) if jenis in WITH_SCALE else None,
        baris,
        least,
        most,
        table.flag("bulat", False) if jenis == NUMBER else False,
        panjang,
        unsur or None,
        ringkas,
    )
    table.unknown()
    return item


def _item_scale(table: _Table, scales: Mapping[str, Scale | None]) -> Scale | None:
    value = table.given("skala")
    if value is None:
        table.wrong("skala", "", "formulir_skala_tidak_ada")
        return None
    if not isinstance(value, str):
        return _scale(table, "skala", value)
    if value not in scales:
        table.wrong("skala", value, "formulir_skala_tidak_dikenal", daftar=", ".join(sorted(scales)))
        return None
    return scales[value]


def _options(table: _Table, name: str, most: int) -> tuple[Option, ...]:
    """Options as tables with kode and teks, as a table id = text, or as texts alone."""
    value = table.given(name)
    if isinstance(value, Mapping):
        value = [{"kode": kode, "teks": teks} for kode, teks in value.items()]
    elif isinstance(value, list | tuple) and value and all(isinstance(entry, str) for entry in value):
        ids = _LETTERS if name == "pilihan" else [str(number) for number in range(1, len(value) + 1)]
        value = [{"kode": kode, "teks": teks} for kode, teks in zip(ids, value, strict=False)] + [
            {"kode": "", "teks": teks} for teks in value[len(ids) :]
        ]
    entries = _Table({name: value} if value is not None else {}, table.place, table.problems).tables(
        name, "pilihan" if name == "pilihan" else "baris", most
    )
    found: list[Option] = []
    for entry in entries:
        option = Option(entry.id(), entry.text("teks", _LONG, required=True))
        entry.unknown()
        if any(option.kode == other.kode for other in found) and option.kode:
            entry.wrong("kode", option.kode, "formulir_kode_ganda", tempat=name)
        if any(_folded(option.teks) == _folded(other.teks) for other in found) and option.teks:
            entry.wrong("teks", option.teks, "formulir_pilihan_sama")
        found.append(option)
    return tuple(found)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _key(table: _Table, jenis: str, pilihan: tuple[Option, ...]) -> tuple[tuple[str, ...], float]:
    """(key in the order of the options, points) of an item."""
    stated = table.number("poin") if jenis in KEYED else None
    key = _texts(table, "kunci", _SHORT)
    if key and jenis and jenis not in KEYED:
        table.wrong("kunci", ", ".join(key), "formulir_kunci_tidak_berlaku", jenis=jenis)
        return (), 0.0
    options = TRUE_FALSE_OPTIONS if jenis == TRUE_FALSE else pilihan
    known = [option.kode for option in options]
    for value in key:
        if value not in known:
            table.wrong("kunci", value, "formulir_kunci_bukan_pilihan", daftar=", ".join(known))
    if len(set(key)) > 1 and jenis != MULTIPLE:
        table.wrong("kunci", ", ".join(key), "formulir_kunci_satu")
    if stated is not None and not 0 <= stated <= MOST_POINTS:
        table.wrong("poin", f"{stated:g}", "formulir_poin_keliru", batas=MOST_POINTS)
    if stated and not key:
        table.wrong("poin", f"{stated:g}", "formulir_poin_tanpa_kunci")
    points = stated if stated is not None else 1.0 if key else 0.0
    return tuple(kode for kode in known if kode in key), points


def _whole_form(top: _Table, form: Form) -> None:
    """What only shows when the whole form is there."""
    everything = items(form)
    if not everything and isinstance(top.data.get("bagian", []), list | tuple):
        top.wrong("bagian", "", "formulir_tanpa_butir")
    if len(everything) > MOST_ITEMS:
        top.wrong("bagian", len(everything), "formulir_terlalu_banyak", batas=MOST_ITEMS)
    _unique(top, "tujuan", ((aim.kode, (("tujuan", number),)) for number, aim in enumerate(form.tujuan, 1)))
    _unique(top, "bagian", ((part.kode, (("bagian", number),)) for number, part in enumerate(form.bagian, 1)))
    placed = [
        (item, (("bagian", number), ("butir", place)))
        for number, section in enumerate(form.bagian, 1)
        for place, item in enumerate(section.butir, 1)
    ]
    _unique(top, "butir", ((item.kode, place) for item, place in placed))
    _unique(top, "pasangan", ((item.pasangan, place) for item, place in placed if item.pasangan != item.kode))
    own = {item.kode for item, _ in placed}
    for item, place in placed:
        if item.pasangan != item.kode and item.pasangan in own:
            _Table({}, place, top.problems).wrong("pasangan", item.pasangan, "formulir_kode_ganda", tempat="butir")
    if form.jenis == "prepost" and everything and not any(item.kunci for item in everything):
        top.wrong("kunci", "", "formulir_tes_tanpa_kunci")


def _unique(top: _Table, what: str, ids: Iterable[tuple[str, Place]]) -> None:
    seen: set[str] = set()
    for kode, place in ids:
        if kode and kode in seen:
            name = "pasangan" if what == "pasangan" else "kode"
            _Table({}, place, top.problems).wrong(name, kode, "formulir_kode_ganda", tempat=what)
        seen.add(kode)


# --- TOML ------------------------------------------------------------------------------------------------------------


# More parts in a row than any key of a form has; words of a sentence have spaces between them.
_DEEP = re.compile(r"(?:[^\s.=\[\]{},]{1,200}[ \t]*\.[ \t]*){12}")


def from_toml(text: str) -> Form:
    """The form that a TOML text describes; raises InvalidInput as from_mapping, also for a text that is not TOML."""
    if len(text) > MOST_CHARACTERS:
        raise InvalidInput([Problem("", str(len(text)), "formulir_berkas_besar", {"batas": str(MOST_CHARACTERS)})])
    deep = _DEEP.search(text)
    if deep:  # a key of ten thousand parts costs the parser minutes and gigabytes
        line = str(text.count("\n", 0, deep.start()) + 1)
        raise InvalidInput([Problem("", "", "formulir_bukan_toml", {"baris": line, "kolom_ke": "1"})])
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        if found:
            facts = {"baris": found[1], "kolom_ke": found[2]}
        else:  # it ends too early, or is nested too deeply
            facts = {"baris": str(text.count("\n") + 1), "kolom_ke": str(len(text.rpartition("\n")[2]) + 1)}
        raise InvalidInput([Problem("", "", "formulir_bukan_toml", facts)]) from error
    return from_mapping(data)


def to_toml(form: Form) -> str:
    """The form, key included, as a TOML text that from_toml reads back to an equal form; always the same text."""
    data = to_mapping(form)
    lines = _scalars(data)
    for aim in data.get("tujuan", ()):
        lines += ["", "[[tujuan]]", *_scalars(aim)]
    for section in data.get("bagian", ()):
        lines += ["", "[[bagian]]", *_scalars(section)]
        for item in section.get("butir", ()):
            lines += ["", "[[bagian.butir]]", *_scalars(item)]
    return "\n".join(lines) + "\n"


def _scalars(table: Mapping[str, Any]) -> list[str]:
    """`name = value` for everything that is not written as tables of their own."""
    return [
        f"{name} = {_toml(value)}"
        for name, value in table.items()
        if isinstance(value, str) or name not in ("tujuan", "bagian", "butir")
    ]


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, str):
        return _toml_text(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{name} = {_toml(part)}" for name, part in value.items()) + " }"
    if value and isinstance(value[0], Mapping):
        return "[\n" + "".join(f"  {_toml(part)},\n" for part in value) + "]"
    return "[" + ", ".join(_toml(part) for part in value) + "]"


def _toml_text(text: str) -> str:
    escaped = "".join(_ESCAPES.get(char) or (char if char >= " " else f"\\u{ord(char):04x}") for char in text)
    return f'"{escaped}"'


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\x7f": "\\u007f"}
