"""A form out of the Excel template: cells become a definition, every mistake is named by sheet, row and column."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from data_access.workbooks.form_words import words
from data_access.workbooks.inspection import column_letters
from data_access.workbooks.read_sheets import SheetCells, read_sheets
from data_access.workbooks.write_form_template import (
    AFTER,
    AIM_SHEET,
    BEFORE,
    FORM_FIELDS,
    FORM_SHEET,
    ITEM_SHEET,
    LETTERS,
    SECTION_SHEET,
    option_column,
)
from domain.errors import FileRefused, InvalidInput, Problem
from domain.forms.definition import KEYED, TRUE_FALSE, WITH_SCALE, Form
from domain.forms.parsing import MOST_ITEMS, MOST_OPTIONS, from_mapping
from domain.impor.repair import ERRORS, FORMULA_WITHOUT_VALUE, Cell, fold, shown

HEADER_WITHIN = 20  # rows in which the header is looked for
_YES, _NO = frozenset({"ya", "y", "yes", "true", "benar", "1"}), frozenset({"tidak", "t", "no", "false", "salah", "0"})
_TRUE_FALSE = {"benar": "benar", "b": "benar", "true": "benar", "ya": "benar",
               "salah": "salah", "s": "salah", "false": "salah", "tidak": "salah"}  # fmt: skip
_BRACKETED = re.compile(r"\[([^\[\]]{1,40})\]\s*(.*)", re.DOTALL)
_NUMBER = re.compile(r"-?\d{1,15}(?:[.,]\d{1,10})?")


@dataclass(frozen=True)
class TemplateForm:
    """The form of a template, and what the person should know about the file."""

    form: Form
    warnings: tuple[Problem, ...] = ()


@dataclass
class _Sheet:
    """A sheet with its header: where each column stands, the data rows, and problems with their place."""

    name: str
    header: int
    places: dict[str, int]
    rows: list[tuple[int, Sequence[Cell]]]  # (row from 0, cells)
    problems: list[Problem]

    def cell(self, cells: Sequence[Cell], column: str) -> Cell:
        place = self.places.get(column, -1)
        return cells[place] if 0 <= place < len(cells) else None

    def where(self, row: int, column: str) -> dict[str, str]:
        """The facts that say where: lembar, baris (from 1), kolom, sel."""
        place = self.places.get(column)
        at = {"sel": f"{column_letters(place + 1)}{row + 1}"} if place is not None else {}
        return {"lembar": self.name, "baris": str(row + 1), "isian": column} | at

    def wrong(self, row: int, column: str, value: object, code: str, **facts: object) -> None:
        self.problems.append(_problem(self, row, column, str(value), code, {k: str(v) for k, v in facts.items()}))

    def text(self, row: int, cells: Sequence[Cell], column: str) -> str:
        """The cell as text; "" for an empty one and for one that cannot be taken, which is noted."""
        cell = self.cell(cells, column)
        if cell is None:
            return ""
        if isinstance(cell, date | datetime | time):
            self.wrong(row, column, shown(cell), "templat_sel_tanggal")
            return ""
        if isinstance(cell, str):
            if cell in ERRORS or cell == FORMULA_WITHOUT_VALUE:
                self.wrong(row, column, shown(cell), "templat_sel_rusak")
                return ""
            return cell.strip()
        if isinstance(cell, bool):
            return "benar" if cell else "salah"
        return shown(cell) if isinstance(cell, int) or cell.is_integer() else shown(cell).replace(".", ",")

    def flag(self, row: int, cells: Sequence[Cell], column: str) -> bool | None:
        """ya or tidak; None for an empty cell."""
        text = self.text(row, cells, column)
        if not text or text.casefold() in _YES | _NO:
            return text.casefold() in _YES if text else None
        self.wrong(row, column, text, "templat_ya_tidak")
        return None

    def number(self, row: int, cells: Sequence[Cell], column: str) -> int | float | None:
        """A number; None for an empty cell."""
        text = self.text(row, cells, column)
        if not text:
            return None
        if not text.isascii() or not _NUMBER.fullmatch(text):
            self.wrong(row, column, text, "templat_bukan_bilangan")
            return None
        value = float(text.replace(",", "."))
        return int(value) if value.is_integer() else value


def _problem(sheet: _Sheet, row: int, column: str, value: str, code: str, facts: Mapping[str, str]) -> Problem:
    place = f"{sheet.name} / baris {row + 1}" + (f" / {column}" if column else "")
    return Problem(place, value[:80], code, {**facts, **sheet.where(row, column)})


def read_form_template(path: Path, defaults: Mapping[str, Any] | None = None) -> TemplateForm:
    """The form that a workbook made from the template describes; `defaults` fill what its sheet formulir leaves empty.

    Raises FileRefused for a file that cannot or must not be read, and InvalidInput with one Problem per mistake:
    column "butir / baris 7 / kunci", facts lembar, baris (from 1), isian (the column) and sel.
    """
    sheets, warnings = read_sheets(path, most_rows=1_000)
    return parse(sheets, warnings, defaults)


def parse(
    sheets: Sequence[SheetCells], warnings: Sequence[Problem] = (), defaults: Mapping[str, Any] | None = None
) -> TemplateForm:
    """As read_form_template(), from cells."""
    problems: list[Problem] = []
    told = list(warnings)
    by_name = {fold(sheet.name): sheet for sheet in sheets}
    item_sheet = _items_sheet(sheets, by_name, problems, told)
    reader = _Reader(item_sheet, problems)
    for name, required in ((FORM_SHEET, ("isian", "nilai")), (AIM_SHEET, ("kode", "nama")), (SECTION_SHEET, ("kode",))):
        if name in by_name:
            found = _with_header(by_name[name], required, problems)
            if found is not None:
                reader.more[name] = found
    data = reader.read(defaults or {})
    try:
        form = from_mapping(data)
    except InvalidInput as refused:
        problems += [reader.placed(problem) for problem in refused.problems]
    if problems:
        raise InvalidInput(problems)
    return TemplateForm(form, tuple(told))


def _name_of(cell: Cell) -> str:
    """A header as the columns are called."""
    text = fold(cell) if isinstance(cell, str) else ""
    return text.replace(" ", "_")


def _with_header(sheet: SheetCells, required: Sequence[str], problems: list[Problem]) -> _Sheet | None:
    for number, cells in enumerate(sheet.rows[:HEADER_WITHIN]):
        names = [_name_of(cell) for cell in cells]
        if not set(required) <= set(names):
            continue
        places: dict[str, int] = {}
        found = _Sheet(sheet.name, number, places, [], problems)
        for place, name in enumerate(names):
            if name and name in places:
                found.wrong(number, name, name, "templat_kolom_ganda")
            elif name:
                places[name] = place
        found.rows = [
            (row, cells)
            for row, cells in enumerate(sheet.rows)
            if row > number and any(cell is not None and str(cell).strip() for cell in cells)
        ]
        return found
    return None


def _items_sheet(
    sheets: Sequence[SheetCells], by_name: Mapping[str, SheetCells], problems: list[Problem], told: list[Problem]
) -> _Sheet:
    """The sheet of the items: the one called butir, else the first with its columns."""
    first = [by_name[ITEM_SHEET]] if ITEM_SHEET in by_name else []
    for sheet in [*first, *sheets]:
        found = _with_header(sheet, ("jenis", "teks"), problems)
        if found is None:
            continue
        contoh = fold(words()["templat"]["contoh"])
        found.rows = [
            (row, cells) for row, cells in found.rows if fold(str(found.cell(cells, "bagian") or "")) != contoh
        ]
        if not found.rows:
            raise FileRefused("templat_kosong")
        if len(found.rows) > MOST_ITEMS:
            raise FileRefused("templat_terlalu_banyak_baris", batas=MOST_ITEMS)
        known = {*BEFORE, *AFTER, *(option_column(place) for place in range(MOST_OPTIONS))}
        for name in found.places:
            if name not in known:
                told.append(_problem(found, found.header, name, name, "templat_kolom_tidak_dikenal", {}))
        return found
    raise FileRefused("templat_bukan_formulir")


@dataclass
class _Reader:
    """Turns the sheets into the mapping of a definition, and remembers which row each part came from."""

    items: _Sheet
    problems: list[Problem]
    more: dict[str, _Sheet] = field(default_factory=dict)
    row_of: dict[tuple[str, ...], tuple[_Sheet, int]] = field(default_factory=dict)

    def read(self, defaults: Mapping[str, Any]) -> dict[str, Any]:
        data = dict(defaults) | self._form()
        data["tujuan"] = self._aims()
        data["bagian"] = self._sections({aim["nama"].casefold(): aim["kode"] for aim in data["tujuan"]}, data["tujuan"])
        if not data["tujuan"]:
            del data["tujuan"]
        if not data.get("kode") and data.get("judul"):
            data["kode"] = fold(str(data["judul"])).replace(" ", "_")[:60]
        return data

    def _form(self) -> dict[str, Any]:
        sheet = self.more.get(FORM_SHEET)
        data: dict[str, Any] = {}
        for row, cells in sheet.rows if sheet else []:
            assert sheet is not None
            name = fold(sheet.text(row, cells, "isian")).replace(" ", "_")
            if name not in FORM_FIELDS:
                sheet.wrong(row, "isian", name, "templat_isian_tidak_dikenal", daftar=", ".join(FORM_FIELDS))
                continue
            self.row_of["formulir", name] = sheet, row
            value: Any
            if name in ("acak", "anonim"):
                value = sheet.flag(row, cells, "nilai")
            elif name == "versi":
                value = sheet.number(row, cells, "nilai")
            else:
                value = sheet.text(row, cells, "nilai") or None
            if name == "jenis" and value:
                value = value.casefold()
            if value is not None:
                data[name] = value
        return data

    def _aims(self) -> list[dict[str, str]]:
        sheet = self.more.get(AIM_SHEET)
        found: list[dict[str, str]] = []
        for row, cells in sheet.rows if sheet else []:
            assert sheet is not None
            found.append({"kode": sheet.text(row, cells, "kode"), "nama": sheet.text(row, cells, "nama")})
            self.row_of["tujuan", str(len(found))] = sheet, row
        return found

    def _sections(self, aim_ids: dict[str, str], aims: list[dict[str, str]]) -> list[dict[str, Any]]:
        sections: list[dict[str, Any]] = []
        by_word: dict[str, dict[str, Any]] = {}
        titles = self._titles()
        listed = AIM_SHEET in self.more and bool(self.more[AIM_SHEET].rows)
        word = ""
        used = {shown(self.items.cell(cells, "kode")).strip().casefold() for _, cells in self.items.rows}
        free = (kode for number in range(1, 1_000) if (kode := f"s{number:02d}") not in used)
        for row, cells in self.items.rows:
            word = self.items.text(row, cells, "bagian") or word
            known = titles.get(word.casefold())
            key = known["kode"] if known else word.casefold()
            if key not in by_word:
                number = len(sections) + 1
                sections.append(dict(known) if known else {"kode": f"bagian{number}", "judul": word})
                sections[-1]["butir"] = []
                by_word[key] = sections[-1]
                self.row_of["bagian", str(number)] = self.row_of.get(("judul", key), (self.items, row))
            section = by_word[key]
            item = self._item(row, cells)
            if "kode" not in item and self.items.cell(cells, "kode") is None:
                item["kode"] = next(free)
            aim = item.get("tujuan", "")
            if aim and aim not in aim_ids.values():  # told by its name
                if not listed and aim.casefold() not in aim_ids:
                    aims.append({"kode": f"t{len(aims) + 1}", "nama": aim})
                    aim_ids[aim.casefold()] = aims[-1]["kode"]
                item["tujuan"] = aim_ids.get(aim.casefold(), aim)
            section["butir"].append(item)
            self.row_of["butir", str(sections.index(section) + 1), str(len(section["butir"]))] = self.items, row
        return sections

    def _titles(self) -> dict[str, dict[str, Any]]:
        """The rows of sheet bagian, by kode and, where that is free, by title."""
        sheet = self.more.get(SECTION_SHEET)
        parts: list[dict[str, Any]] = []
        for row, cells in sheet.rows if sheet else []:
            assert sheet is not None
            parts.append({name: sheet.text(row, cells, name) for name in ("kode", "judul", "petunjuk")})
            self.row_of["judul", parts[-1]["kode"]] = sheet, row
        found: dict[str, dict[str, Any]] = {}
        for name in ("kode", "judul"):
            for part in parts:
                if part[name]:
                    found.setdefault(part[name].casefold(), part)
        return found

    def _item(self, row: int, cells: Sequence[Cell]) -> dict[str, Any]:
        sheet = self.items
        item: dict[str, Any] = {}
        for name in ("kode", "jenis", "teks", "petunjuk", "tujuan", "unsur", "ringkas", "pasangan"):
            if text := sheet.text(row, cells, name):
                item[name] = text
        item["jenis"] = self._kind(row, item.get("jenis", ""))
        for name in ("wajib", "bulat"):
            if (flag := sheet.flag(row, cells, name)) is not None:
                item[name] = flag
        for name in ("poin", "min", "max", "panjang"):
            if (number := sheet.number(row, cells, name)) is not None:
                item[name] = number
        options = self._options(row, cells)
        if options and item["jenis"] != TRUE_FALSE:  # there the words are fixed
            item["pilihan"] = options
        if rows := sheet.text(row, cells, "baris"):
            item["baris"] = [_option(part, str(number)) for number, part in enumerate(_listed(rows), 1)]
        self._scale(row, cells, item)
        if key := sheet.text(row, cells, "kunci"):
            item["kunci"] = _key(key, item["jenis"], options)
        return item

    def _kind(self, row: int, text: str) -> str:
        """The kind; "pilihan ganda" in two words says in Indonesia that there are options, not how many may be
        chosen, so that it is asked instead of guessed."""
        plain = " ".join(text.casefold().split())
        if plain in ("pilihan ganda", "pg"):
            self.items.wrong(row, "jenis", text, "templat_pilihan_ganda")
            return "pilihan"
        return plain.replace(" ", "_").replace("/", "_")

    def _options(self, row: int, cells: Sequence[Cell]) -> list[dict[str, str]]:
        found = []
        for place in range(MOST_OPTIONS):
            if text := self.items.text(row, cells, option_column(place)):
                found.append(_option(text, LETTERS[place]))
        return found

    def _scale(self, row: int, cells: Sequence[Cell], item: dict[str, Any]) -> None:
        sheet = self.items
        scale: dict[str, Any] = {}
        for name in ("min", "max"):
            if (number := sheet.number(row, cells, f"skala_{name}")) is not None:
                scale[name] = number
        if labels := sheet.text(row, cells, "skala_label"):
            scale["labels"] = _listed(labels)
        if (turned := sheet.flag(row, cells, "balik")) is not None and (turned or item["jenis"] in WITH_SCALE):
            scale["balik"] = turned
        if scale and not (scale == {"balik": False}):
            item["skala"] = scale

    def placed(self, problem: Problem) -> Problem:
        """A problem of the definition, told by sheet, row and column."""
        facts = dict(problem.facts)
        isian = facts.get("isian", "")
        if "butir" in facts:
            sheet, row = self.row_of["butir", facts["bagian"], facts["butir"]]
            return _problem(
                sheet, row, self._column(row, problem.code, facts, isian), problem.value, problem.code, facts
            )
        if "bagian" in facts:
            sheet, row = self.row_of["bagian", facts["bagian"]]
            column = isian if isian in sheet.places else "bagian"
            return _problem(sheet, row, column, problem.value, problem.code, facts)
        if "tujuan" in facts:
            if ("tujuan", facts["tujuan"]) in self.row_of:
                sheet, row = self.row_of["tujuan", facts["tujuan"]]
                return _problem(sheet, row, isian, problem.value, problem.code, facts)
            return Problem(f"{ITEM_SHEET} / tujuan", problem.value, problem.code, facts | {"lembar": ITEM_SHEET})
        if ("formulir", isian) in self.row_of:
            sheet, row = self.row_of["formulir", isian]
            told = _problem(sheet, row, "nilai", problem.value, problem.code, facts)
            return Problem(told.column, told.value, told.code, told.facts | {"isian": isian})
        return Problem(f"{FORM_SHEET} / {isian}", problem.value, problem.code, facts | {"lembar": FORM_SHEET})

    def _column(self, row: int, code: str, facts: Mapping[str, str], isian: str) -> str:
        """The column of sheet butir in which a mistake stands."""
        if "pilihan" in facts:
            cells = next(cells for at, cells in self.items.rows if at == row)
            used = [
                option_column(place)
                for place in range(MOST_OPTIONS)
                if self.items.cell(cells, option_column(place)) is not None
            ]
            place = int(facts["pilihan"]) - 1
            return used[place] if place < len(used) else option_column(0)
        if "baris" in facts and isian in ("kode", "teks"):
            return "baris"
        if isian == "pilihan":
            return option_column(0)
        if isian == "skala" or isian.endswith("(skala)"):
            return "skala_label" if code == "formulir_skala_label" else "skala_min"
        return isian


def _listed(text: str) -> list[str]:
    """Parts apart by lines, else by semicolons."""
    return [part.strip() for part in text.split("\n" if "\n" in text else ";") if part.strip()]


def _option(text: str, usual: str) -> dict[str, str]:
    """An option from `text` or `[kode] text`."""
    if found := _BRACKETED.fullmatch(text):
        return {"kode": found[1].strip(), "teks": found[2].strip()}
    return {"kode": usual, "teks": text}


def _key(text: str, jenis: str, options: Sequence[Mapping[str, str]]) -> list[str]:
    """The option ids that a key names: by id in any case, or by the option's own words."""
    if jenis == TRUE_FALSE:
        return [_TRUE_FALSE.get(text.casefold(), text)]
    ids = {option["kode"]: option["kode"] for option in options}
    folded: dict[str, str] = {}
    for option in options:
        for word in (option["kode"], option["teks"]):
            folded.setdefault(word.casefold(), option["kode"])
    if jenis not in KEYED or text in ids or text.casefold() in folded:
        return [ids.get(text) or folded.get(text.casefold(), text)]
    parts = [part.strip().rstrip(".") for part in re.split(r"[;,]", text) if part.strip()]
    return [ids.get(part) or folded.get(part.casefold(), part) for part in parts]
