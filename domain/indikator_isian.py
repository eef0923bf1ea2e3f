"""Values of indicators from a workbook: the file says whose region codes it uses, then one row per value.

Nothing here reads a file or a store: the cells come in, checked rows and reasons go out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.errors import FileRefused, Problem
from domain.impor.repair import FORMULA_WITHOUT_VALUE, Cell, Note, clean_text, fold, read_date, read_number, shown
from domain.indikator import Definition, is_period
from domain.wilayah import dotted, is_kode, level

BPS, KEMENDAGRI = "bps", "kemendagri"
EXAMPLE = "CONTOH"
DECLARATION = "jenis kode wilayah"  # the label of the cell beside which the file says whose codes it uses
_DECLARED = {"bps": BPS, "kemendagri": KEMENDAGRI}
_NATIONAL = ("indonesia", "nasional")
_YES = ("ya", "y", "sekitar", "1", "true")
# column id -> (its title in the template, whether every row must fill it)
COLUMNS: dict[str, tuple[str, bool]] = {
    "kode": ("Kode indikator", True),
    "wilayah": ("Kode wilayah", True),
    "periode": ("Periode", True),
    "seri": ("Seri", False),
    "nilai": ("Nilai", False),
    "pembilang": ("Pembilang", False),
    "penyebut": ("Penyebut", False),
    "sekitar": ("Sekitar", False),
    "sumber": ("Sumber", True),
    "tanggal": ("Tanggal terbit", False),
    "catatan": ("Catatan", False),
}
LONGEST = {"sumber": 500, "catatan": 1000}
NUMBERS = ("nilai", "pembilang", "penyebut")


@dataclass(frozen=True)
class Line:
    """One row of the file: its number there, its cells by column, what could be read of them, and what could not."""

    row: int
    raw: Mapping[str, str]
    values: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Read:
    """A file that says whose codes it uses, with its rows."""

    codes: str  # BPS or KEMENDAGRI
    lines: list[Line] = field(default_factory=list)


def read(sheets: Sequence[Sequence[Sequence[Cell]]], today: date) -> Read:
    """The rows of the first sheet that has the columns; FileRefused without them or without a stated kind of code."""
    for rows in sheets:
        head = next((n for n, cells in enumerate(rows) if _places(cells)), None)
        if head is None:
            continue
        places = _places(rows[head])
        lines = [_line(n + 1, rows[n], places, today) for n in range(head + 1, len(rows))]
        found = Read(_declared(rows[:head]), [line for line in lines if line is not None])
        if not found.lines:
            raise FileRefused("indikator_tanpa_baris")
        return found
    missing = ", ".join(title for title, needed in COLUMNS.values() if needed)
    raise FileRefused("indikator_tanpa_kolom", kolom=missing)


def _places(cells: Sequence[Cell]) -> dict[str, int]:
    """Column id by place for a row that holds every required title; else nothing."""
    titles = {fold(title): name for name, (title, _) in COLUMNS.items()}
    found = {titles[key]: at for at, cell in enumerate(cells) if (key := fold(shown(cell)).strip(" *")) in titles}
    return found if all(name in found for name, (_, needed) in COLUMNS.items() if needed) else {}


def _declared(rows: Sequence[Sequence[Cell]]) -> str:
    """Whose codes the file says it uses: digits alone never tell (76.04 is one regency, 7604 another)."""
    for cells in rows:
        for at, cell in enumerate(cells):
            if fold(shown(cell)).strip(" :*") == DECLARATION:
                told = next((fold(shown(one)) for one in cells[at + 1 :] if one is not None), "")
                if told in _DECLARED:
                    return _DECLARED[told]
                raise FileRefused("indikator_jenis_kode_keliru", nilai=told or "-")
    raise FileRefused("indikator_jenis_kode_tidak_disebut")


def _line(row: int, cells: Sequence[Cell], places: Mapping[str, int], today: date) -> Line | None:
    given = {name: cells[at] for name, at in places.items() if at < len(cells) and not _blank(cells[at])}
    if not given or any(shown(cell) == EXAMPLE for cell in cells):
        return None
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, cell in given.items():
        try:
            values[name] = _value(name, cell, today)
        except _Refused as refused:
            problems.append(Problem(name, shown(cell), refused.note.code, refused.note.facts))
    problems += [
        Problem(name, "", "indikator_wajib_diisi", {"isian": title})
        for name, (title, needed) in COLUMNS.items()
        if needed and name not in given
    ]
    raw = {name: shown(cell) for name, cell in given.items()}
    return Line(row, raw, values, tuple(problems))


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


class _Refused(Exception):
    """A cell that cannot be read."""

    def __init__(self, note: Note) -> None:
        self.note = note
        super().__init__(note.code)


def _value(name: str, cell: Cell, today: date) -> Any:
    if cell == FORMULA_WITHOUT_VALUE:
        raise _Refused(Note("indikator_rumus_tanpa_hasil"))
    if name in NUMBERS:
        return _number(cell)
    if name == "tanggal":
        found = read_date(cell, today)
        if found.refused is not None:
            raise _Refused(Note("indikator_tanggal_keliru"))
        return found.value
    if name == "sekitar":
        return cell is True or fold(shown(cell)) in _YES
    if isinstance(cell, date):  # Excel made it out of something else
        raise _Refused(Note("indikator_jadi_tanggal"))
    text = clean_text(cell).text.strip()
    if len(text) > LONGEST.get(name, 100):
        raise _Refused(Note("indikator_terlalu_panjang", {"batas": str(LONGEST.get(name, 100))}))
    return text.casefold() if name in ("kode", "seri") else text


def _number(cell: Cell) -> float:
    if isinstance(cell, bool) or isinstance(cell, date):
        raise _Refused(Note("indikator_bukan_angka"))
    if isinstance(cell, int | float):
        if cell != cell or abs(cell) >= 1e15:
            raise _Refused(Note("indikator_bukan_angka"))
        return float(cell)
    text = str(cell).strip()
    found = read_number(text)
    if isinstance(found, Note):
        raise _Refused(Note("indikator_angka_ambigu" if found.code == "angka_ambigu" else "indikator_bukan_angka"))
    return float(found[0])


def entered(name: str, text: str) -> float | None | Problem:
    """The number that somebody typed, Indonesian or plain; None for nothing, a Problem for what is none."""
    if not text.strip():
        return None
    try:
        return _number(text)
    except _Refused as refused:
        return Problem(name, text, refused.note.code, refused.note.facts)


# --- what a row means -------------------------------------------------------------------------------------------------


def region(text: str, codes: str, by_bps: Mapping[str, str], known: Mapping[str, bool]) -> str | Problem:
    """The dotted code ("" = Indonesia) that a cell means in the declared kind of codes, or why it means none.

    `by_bps` gives the dotted code of each BPS code, `known` whether each dotted code is in force.
    """
    if fold(text) in _NATIONAL:
        return ""
    plain = text.replace(" ", "").removeprefix("'")
    if codes == BPS:
        found = by_bps.get(plain)
    else:
        try:
            found = dotted(plain)
        except ValueError:
            found = None
        # 52.7 is what is left of 52.70 in a numeric cell: nobody can say which region it was.
        found = found if found is not None and ("." not in plain or is_kode(plain)) else None
    if found is None or found not in known:
        code = "indikator_kode_bps_tidak_dikenal" if codes == BPS else "indikator_kode_tidak_dikenal"
        return Problem("wilayah", text, code)
    if not known[found]:
        return Problem("wilayah", text, "indikator_wilayah_tidak_berlaku")
    return found


def check(definition: Definition, values: Mapping[str, Any], today: date) -> tuple[dict[str, Any], list[Problem]]:
    """(the row as it is stored, why it is refused) for values of one indicator, wilayah being a dotted code or ""."""
    found: dict[str, Any] = {
        "kode": definition.kode,
        "wilayah": values.get("wilayah") or "",
        "periode": str(values.get("periode") or "").strip(),
        "seri": str(values.get("seri") or "").strip(),
        **{name: values.get(name) for name in (*NUMBERS, "tanggal")},
        "sekitar": bool(values.get("sekitar")),
        "sumber": str(values.get("sumber") or "").strip(),
        "catatan": str(values.get("catatan") or "").strip() or None,
    }
    problems: list[Problem] = []

    def refuse(column: str, code: str, **facts: str) -> None:
        given = values.get(column)
        problems.append(Problem(column, "" if given is None else str(given), code, facts))

    if definition.jenis != "isian":
        refuse("kode", "indikator_dihitung", nama=definition.nama)
        return found, problems
    if level(found["wilayah"] or None) not in definition.tingkat:
        refuse("wilayah", "indikator_bukan_tingkat", nama=definition.nama)
    if not is_period(found["periode"]):
        refuse("periode", "indikator_periode_keliru")
    elif found["periode"] > today.isoformat()[: len(found["periode"])]:
        refuse("periode", "indikator_periode_depan")
    if definition.seri and found["seri"] not in definition.seri:
        refuse("seri", "indikator_seri_wajib", pilihan=", ".join(definition.seri))
    elif not definition.seri and found["seri"]:
        refuse("seri", "indikator_tanpa_seri", nama=definition.nama)
    if not found["sumber"]:
        refuse("sumber", "indikator_wajib_diisi", isian=COLUMNS["sumber"][0])
    for name, most in LONGEST.items():
        if len(found[name] or "") > most:
            refuse(name, "indikator_terlalu_panjang", batas=str(most))
    if found["tanggal"] is not None and found["tanggal"] > today:
        refuse("tanggal", "indikator_tanggal_depan")
    _numbers(definition, found, refuse)
    return found, problems


def _numbers(definition: Definition, found: dict[str, Any], refuse: Any) -> None:
    """A share is stated by numerator and denominator, and its value follows from them; everything else by its value."""
    for name in NUMBERS:
        if found[name] is not None and found[name] < 0:
            refuse(name, "indikator_negatif")
            return
    if definition.rule == "persen":
        above, below = found["pembilang"], found["penyebut"]
        if above is None or not below:
            refuse("penyebut" if above is not None else "pembilang", "indikator_butuh_pembagi")
            return
        if above > below:
            refuse("pembilang", "indikator_pembilang_lebih")
            return
        worked_out = 100 * above / below
        if found["nilai"] is not None and abs(found["nilai"] - worked_out) > 0.05:
            refuse("nilai", "indikator_nilai_beda", hitungan=f"{worked_out:.2f}".replace(".", ","))
        found["nilai"] = worked_out
        return
    if found["nilai"] is None:
        refuse("nilai", "indikator_wajib_diisi", isian=COLUMNS["nilai"][0])
    elif definition.kelas == "ipm" and found["nilai"] > 100:
        refuse("nilai", "indikator_di_luar_batas", batas="0 sampai 100")
    elif definition.satuan == "persen penduduk" and found["nilai"] > 100:
        refuse("nilai", "indikator_di_luar_batas", batas="0 sampai 100")
    elif definition.orang and not float(found["nilai"]).is_integer():
        refuse("nilai", "indikator_bukan_bulat")
    found["pembilang"] = found["penyebut"] = None
