"""The columns of a list of participants, how its header is found, and one row of it read cell by cell."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from domain.bimtek import KINDS_OF_PARTICIPANT
from domain.errors import Problem
from domain.impor.columns import (
    ALIAS,
    EXACT,
    IGNORED,
    NONE,
    SIMILAR,
    TWICE,
    Field,
    Header,
    Proposal,
    header_text,
)
from domain.impor.places import WilayahIndex
from domain.impor.repair import Cell, Outcome, Repair, fold, read_email, read_phone, read_text, shown
from domain.impor.rows import ParsedRow, Words
from domain.roster import guess_kind

# As the reader adds them to a row's values: how the kind was found (a word of the institution, or none at all).
KIND_FROM = "jenis_dari"
FROM_INSTITUTION, FROM_NOTHING = "instansi", "tebakan"
KINDS = dict(zip(KINDS_OF_PARTICIPANT, ("LKS", "LKKS", "Dinas", "Lain"), strict=True))
_KIND_WORDS = {
    "lks": ("lembaga kesejahteraan sosial", "panti", "yayasan", "lksa", "orsos", "pengurus lks", "lks lksa"),
    "lkks": ("pengurus lkks", "lembaga koordinasi kesejahteraan sosial", "k3s", "bkkks"),
    "dinas": ("dinsos", "dinas sosial", "pemerintah", "asn", "opd", "pegawai dinas"),
    "lain": ("lainnya", "lain lain", "umum", "undangan", "tamu"),
}
_SEX = {"L": "Laki-laki", "P": "Perempuan"}
_SEX_WORDS = {
    "L": ("lk", "laki", "laki laki", "lelaki", "pria", "m", "male", "bapak", "bpk"),
    "P": ("pr", "perempuan", "wanita", "w", "f", "female", "ibu"),
}
_MARKS = frozenset("v x 1 ya l p √ ✓ ✔ ☑ true".split())


def _field(field_id: str, label: str, aliases: str, limit: int = 200, required: bool = False) -> Field:
    kind = {"telepon": "phone", "email": "email", "kabkota": "kabkota"}.get(field_id, "text")
    return Field(field_id, label, kind, tuple(aliases.split("|")), required, limit)  # type: ignore[arg-type]  # a Kind


FIELDS: tuple[Field, ...] = (
    _field(
        "nama", "Nama",
        "Nama Lengkap|Nama Peserta|Nama Lengkap dan Gelar|Nama dan Gelar|Nama Lengkap Peserta|Peserta|Nama Peserta Bimtek"
        "|Nama Lengkap (dengan gelar)|Nama Anggota|Nama/NIP|Nama Jelas",
        required=True,
    ),
    _field("kelamin", "L/P", "Jenis Kelamin|JK|Kelamin|P/L|Jns Kelamin|L / P|Gender|Sex|Jenis Kelamin (L/P)"),
    _field("kelamin_l", "L", "Laki-laki|Laki|Lk|Jenis Kelamin L|Jenis Kelamin Laki-laki|L/P L"),
    _field("kelamin_p", "P", "Perempuan|Pr|Wanita|Jenis Kelamin P|Jenis Kelamin Perempuan|L/P P"),
    _field("jabatan", "Jabatan", "Jabatan di LKS|Jabatan dalam LKS|Posisi|Kedudukan|Jabatan/Posisi|Tugas", limit=120),
    _field(
        "instansi", "Asal LKS/instansi",
        "Asal LKS|Asal Instansi|Instansi|Lembaga|Instansi/Lembaga|Lembaga/Instansi|Nama LKS|Nama Lembaga|LKS|Utusan|Asal"
        "|Utusan dari|Perwakilan|Unsur|Asal Lembaga|Unit Kerja|Organisasi|Asal LKS / Instansi|Nama Instansi|Delegasi"
        "|Asal Utusan|Nama LKS/Instansi|Instansi/LKS|LKS/Instansi|Panti|Yayasan|Nama Panti|Lembaga Asal|Instansi Asal",
    ),
    _field("jenis", "Jenis", "Jenis Peserta|Kategori|Kategori Peserta|Unsur Peserta|Kelompok|Jenis Lembaga|Jenis Instansi"),
    _field(
        "kabkota", "Kab/Kota",
        "Kabupaten/Kota|Kabupaten|Kota|Kab|Kabkota|Asal Kab/Kota|Asal Kabupaten/Kota|Asal Daerah|Daerah|Kota/Kabupaten"
        "|Wilayah|Kab./Kota|Asal Kabupaten",
    ),
    _field(
        "telepon", "No. HP",
        "HP|No HP|Nomor HP|WA|No WA|Nomor WA|HP/WA|No HP/WA|Nomor HP/WA|Telepon|Telp|No Telp|No Telepon|Nomor Telepon"
        "|WhatsApp|Nomor WhatsApp|No WhatsApp|Kontak|No Kontak|No HP (WA)|Telp/HP|No Telp/HP|Handphone|No Handphone",
    ),
    _field("email", "Email", "E-mail|Surel|Alamat Email|Alamat E-mail"),
    _field("catatan", "Catatan", "Keterangan|Ket|Ket.|Catatan Panitia", limit=500),
)  # fmt: skip
BY_ID: dict[str, Field] = {field.id: field for field in FIELDS}
# What the template and the list of refused rows print; L and P as columns of their own are only understood.
PRINTED: tuple[Field, ...] = tuple(field for field in FIELDS if field.id not in ("kelamin_l", "kelamin_p"))
# Columns of attendance lists that say nothing about the person.
_UNUSED = IGNORED | {"tanda tangan", "ttd", "paraf", "tandatangan", "tanda tangan peserta"}
_PARTS = re.compile(r"[/&+,()]|\bdan\b|\batau\b", re.IGNORECASE)
_FUZZY_LEAST = 90
_LEAST = 2  # a header names the person and at least one thing more, be it their number


def _names() -> dict[str, tuple[str, str]]:
    known: dict[str, tuple[str, str]] = {}
    for field in FIELDS:
        known[fold(field.label)] = (field.id, EXACT)
    for field in FIELDS:
        for alias in field.aliases:
            known.setdefault(fold(alias), (field.id, ALIAS))
    return known


_KNOWN = _names()


@lru_cache(maxsize=2_000)
def match_header(header: str) -> tuple[str | None, str, int]:
    """(field id or None, how, score 0..100) of one header text."""
    key = fold(header.replace("*", " ")).removesuffix(" wajib")
    if not key or key in _UNUSED:
        return None, NONE, 0
    if key in _KNOWN:
        return (*_KNOWN[key], 100)
    # "Unit Kerja / Asal LKS": two names of one thing
    parts = {fold(part) for part in _PARTS.split(header)} - {"", "gelar"}
    named = {_KNOWN[part][0] if part in _KNOWN else None for part in parts}
    if len(named) == 1 and None not in named:
        return named.pop(), ALIAS, 95
    if len(key) < 5:
        return None, NONE, 0
    hits = process.extract(key, list(_KNOWN), scorer=fuzz.ratio, score_cutoff=_FUZZY_LEAST, limit=5)
    fields = {_KNOWN[name][0] for name, _, _ in hits}
    if len(fields) != 1:
        return None, NONE, 0
    return fields.pop(), SIMILAR, int(hits[0][1])


def propose_mapping(headers: Sequence[str]) -> list[Proposal]:
    """One proposal per header, in order; of two headers for one field the better match is taken."""
    found = [(index, header, *match_header(header)) for index, header in enumerate(headers) if header.strip()]
    rank = {EXACT: 0, ALIAS: 1, SIMILAR: 2}
    chosen: dict[str, int] = {}
    for index, _, field, _how, _score in sorted(found, key=lambda item: (rank.get(item[3], 9), -item[4], item[0])):
        if field is not None:
            chosen.setdefault(field, index)
    return [
        Proposal(index, header, field, how, score)
        if field is None or chosen[field] == index
        else Proposal(index, header, None, TWICE, score)
        for index, header, field, how, score in found
    ]


def mapping_problems(proposals: Sequence[Proposal]) -> list[Problem]:
    """What the person should know about the columns: unused, doubled, only similar, and a missing name."""
    problems = []
    taken = {proposal.field: proposal.header for proposal in proposals if proposal.field}
    for proposal in proposals:
        if proposal.how == TWICE:
            field = match_header(proposal.header)[0] or ""
            facts = {"kolom": BY_ID[field].label, "dipakai": taken.get(field, "")}
            problems.append(Problem(field, proposal.header, "kolom_ganda", facts))
        elif proposal.field is None:
            if fold(proposal.header) not in _UNUSED:
                problems.append(Problem("", proposal.header, "kolom_tidak_dipakai", {}))
        elif proposal.how == SIMILAR:
            facts = {"kolom": BY_ID[proposal.field].label, "nilai_mirip": str(proposal.score)}
            problems.append(Problem(proposal.field, proposal.header, "kolom_mirip", facts))
    if "nama" not in taken:
        problems.append(Problem("nama", "", "kolom_wajib_tidak_ada", {"kolom": BY_ID["nama"].label}))
    return problems


# --- the header ------------------------------------------------------------------------------------------------------


def _joined(top: Sequence[Cell], bottom: Sequence[Cell]) -> tuple[str, ...]:
    """The texts of a two-row header: a group name reaches right over the blanks beside it ("Jenis Kelamin": L | P)."""
    group, texts = "", []
    for index in range(max(len(top), len(bottom))):
        above = header_text(top[index]) if index < len(top) else ""
        below = header_text(bottom[index]) if index < len(bottom) else ""
        group = above or (group if below else "")
        if not below or not group:
            texts.append(above or below)
        else:
            both = f"{group} {below}"
            texts.append(both if match_header(both)[0] else below)
    return tuple(texts)


def _score(texts: Sequence[str]) -> int:
    # Likenesses do not count: a title line must not win by them.
    fields = {field for field, how, _ in map(match_header, texts) if field and how in (EXACT, ALIAS)}
    numbered = any(fold(text) in IGNORED for text in texts)  # "No | Nama" is a list of people, too
    return len(fields) + numbered if "nama" in fields else 0


def find_header(grid: Sequence[Sequence[Cell]], within: int = 40) -> Header | None:
    """The header among the first rows, under any title lines, one or two rows deep; None when no row looks like one."""
    best: tuple[int, int, int] = (0, 0, 0)
    for index in range(min(within, len(grid))):
        if sum(bool(header_text(cell)) for cell in grid[index]) < _LEAST:
            continue
        for depth in (1, 2):
            if depth == 2 and (index + 1 >= len(grid) or _score(tuple(map(header_text, grid[index]))) == 0):
                continue
            score = _score(_texts(grid, index, depth))
            if score >= _LEAST and score > best[0]:
                best = (score, index, depth)
    if not best[0]:
        return None
    _, index, depth = best
    first = index + depth
    if first < len(grid) and _is_numbering(grid[first]):
        first += 1
    return Header(index, depth, _distinct(_texts(grid, index, depth)), first)


def _texts(grid: Sequence[Sequence[Cell]], index: int, depth: int) -> tuple[str, ...]:
    return tuple(map(header_text, grid[index])) if depth == 1 else _joined(grid[index], grid[index + 1])


def _is_numbering(row: Sequence[Cell]) -> bool:
    """True for the row (1) (2) (3) that some forms have below their header."""
    texts = [header_text(cell).strip("() .") for cell in row if header_text(cell)]
    return len(texts) >= 3 and texts == [str(number) for number in range(1, len(texts) + 1)]


def _distinct(texts: Sequence[str]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    found = []
    for text in texts:
        seen[text] = seen.get(text, 0) + 1
        found.append(f"{text} ({seen[text]})" if text and seen[text] > 1 else text)
    return tuple(found)


# --- one row ---------------------------------------------------------------------------------------------------------


class RosterReader:
    """Reads the rows of a list of participants; regions are looked up in `index`."""

    def __init__(self, index: WilayahIndex) -> None:
        self.index = index
        self._sex = Words(_SEX, _SEX_WORDS)
        self._kind = Words(KINDS, _KIND_WORDS)

    def parse(self, raw: Mapping[str, Cell], row: int) -> ParsedRow:
        """The row read: clean values by field of the table (kabkota as kabkota_kode), problems, repairs and doubts.

        A name or institution that cannot be read refuses the row; any other value that cannot is left out and doubted,
        because somebody with a mistyped telephone number still sits in the room. A kind that nobody wrote is taken
        from the words of the institution; values[KIND_FROM] says so.
        """
        result = ParsedRow(row, raw=dict(raw))
        for name, cell in raw.items():
            if cell is None or cell == "" or name.startswith("kelamin_"):
                continue
            _take(result, name, cell, self._read(name, cell))
        _marked_sex(result)
        if place := result.values.pop("kabkota", None):
            result.values["kabkota_kode"] = place
        if "jenis" not in result.values:
            kind, told = guess_kind(result.values.get("instansi"))
            result.values.update({"jenis": kind, KIND_FROM: FROM_INSTITUTION if told else FROM_NOTHING})
        if "nama" not in result.values and not any(problem.column == "nama" for problem in result.problems):
            facts = {"kolom": BY_ID["nama"].label}
            result.problems.append(Problem("nama", shown(raw.get("nama")), "wajib_kosong", facts))
        return result

    def _read(self, name: str, cell: Cell) -> Outcome:
        if name == "telepon":
            return read_phone(cell)
        if name == "email":
            return read_email(cell)
        if name == "kabkota":
            return self.index.kabkota(cell, "")
        if name in ("kelamin", "jenis"):
            return (self._sex if name == "kelamin" else self._kind).read_one(cell)
        return read_text(cell, BY_ID[name].limit)


def _take(result: ParsedRow, name: str, cell: Cell, found: Outcome) -> None:
    if found.refused:
        into = result.problems if name in ("nama", "instansi") else result.doubts
        into.append(Problem(name, shown(cell), found.refused.code, dict(found.refused.facts)))
        return
    result.repairs.extend(Repair(name, step.before, step.after, step.code) for step in found.steps)
    result.doubts.extend(Problem(name, shown(cell), doubt.code, dict(doubt.facts)) for doubt in found.doubts)
    if found.value not in (None, ""):
        result.values[name] = found.value


def _marked_sex(result: ParsedRow) -> None:
    """Takes L or P from two columns that are ticked; ticks in both or anything but a tick say nothing."""
    ticked = [
        sex
        for sex, column in (("L", "kelamin_l"), ("P", "kelamin_p"))
        if (fold(shown(result.raw.get(column))) or shown(result.raw.get(column)).strip()) in _MARKS
    ]
    if len(ticked) == 1 and "kelamin" not in result.values:
        result.values["kelamin"] = ticked[0]
