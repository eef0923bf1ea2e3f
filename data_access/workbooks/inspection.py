"""Is this file safe and readable? Found out by reading it, before any parser of spreadsheets sees it."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from domain.errors import FileRefused, Problem
from domain.impor.repair import FORMULA_WITHOUT_VALUE

MIB = 1024 * 1024
MAX_BYTES = 25 * MIB
MAX_ENTRIES = 2_000
MAX_UNPACKED = 300 * MIB
MAX_RATIO, RATIO_FROM = 400, 20 * MIB
MAX_ROWS = 100_000
MAX_COLUMNS = 200
BLANK_STOP = 1_000
CHUNK = 256 * 1024

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_MARKUP_STARTS = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head", b"<body", b"mime-version:")
_DECLARATIONS = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)[\"']", re.IGNORECASE)
_XML_NAMES = (".xml", ".rels", ".vml")
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION_ID_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(slots=True)
class SheetFacts:
    """One visible sheet: where its XML lies, cells that need care, and where to cut off stray rows far below."""

    name: str
    part: str
    special: dict[tuple[int, int], str] = field(default_factory=dict)  # (row, column) from 0 -> error or missing value
    formulas: int = 0
    last_row: int = 0  # the last row with a value, from 1
    last_column: int = 0
    cut_at: int | None = None  # keep this many bytes of the XML; None keeps all
    cut_row: int = 0
    prefix: str = ""


@dataclass(slots=True)
class Inspection:
    """A file that may be read: "xlsx" or "csv", its visible sheets, and what the person should know."""

    kind: str
    sheets: dict[str, SheetFacts] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    date1904: bool = False


def inspect(path: Path) -> Inspection:
    """What the file is; raises FileRefused with a code for everything that is broken, locked, foreign or hostile."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise FileRefused("berkas_tidak_terbaca") from error
    if size == 0:
        raise FileRefused("berkas_kosong")
    if size > MAX_BYTES:
        raise FileRefused("berkas_terlalu_besar", mb=size // MIB, batas=MAX_BYTES // MIB)
    if head.startswith(_OLE):
        # An encrypted workbook is an OLE file with a stream of this name; an old .xls has none.
        locked = "EncryptedPackage".encode("utf-16-le") in path.read_bytes()
        raise FileRefused("berkas_terkunci" if locked else "berkas_xls_lama")
    if head.startswith(b"PK"):
        return _inspect_zip(path)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_MARKUP_STARTS):
        raise FileRefused("berkas_html")
    utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    binary = sum(byte < 9 or 13 < byte < 32 for byte in head) > len(head) // 20
    if (binary and not utf16) or path.suffix.lower() in (".xlsx", ".xlsm", ".xlsb", ".ods", ".pdf", ".docx"):
        raise FileRefused("bukan_lembar_kerja")
    return Inspection("csv")


def _inspect_zip(path: Path) -> Inspection:
    try:
        with zipfile.ZipFile(path) as archive:
            names = _check_entries(archive)
            unpacked = 0
            for entry in archive.infolist():
                unpacked = _walk(archive, entry, unpacked)
            return _workbook(archive, names)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise FileRefused("berkas_rusak") from error
    except (RuntimeError, ElementTree.ParseError) as error:
        raise FileRefused("berkas_rusak") from error


def _check_entries(archive: zipfile.ZipFile) -> set[str]:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise FileRefused("zip_terlalu_banyak_isi", jumlah=len(entries), batas=MAX_ENTRIES)
    names = {entry.filename for entry in entries}
    if len({entry.filename.casefold().replace("\\", "/") for entry in entries}) < len(entries):
        raise FileRefused("zip_nama_ganda")
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefused("berkas_terkunci")
    if "mimetype" in names or "content.xml" in names:
        raise FileRefused("berkas_ods")
    if any(name.casefold().endswith("workbook.bin") for name in names):
        raise FileRefused("berkas_xlsb")
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise FileRefused("bukan_lembar_kerja")
    return names


def _walk(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, unpacked: int) -> int:
    """Reads one entry to its end, whatever its header says of its size; the running total of really unpacked bytes."""
    is_xml = entry.filename.lower().endswith(_XML_NAMES)
    own = 0
    tail = b""
    with archive.open(entry) as file:
        while chunk := file.read(CHUNK):
            if is_xml and own == 0:
                declared = _ENCODING.search(chunk[:300])
                odd = chunk.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<"))
                if odd or (declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii")):
                    raise FileRefused("xml_berbahaya", bagian=entry.filename)
            own += len(chunk)
            unpacked += len(chunk)
            too_dense = own > RATIO_FROM and own > MAX_RATIO * max(1, entry.compress_size)
            if unpacked > MAX_UNPACKED or too_dense:
                raise FileRefused("bom_zip", batas=MAX_UNPACKED // MIB)
            if is_xml:
                if _DECLARATIONS.search(tail + chunk):
                    raise FileRefused("xml_berbahaya", bagian=entry.filename)
                tail = chunk[-16:]
    return unpacked


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _workbook(archive: zipfile.ZipFile, names: set[str]) -> Inspection:
    found = Inspection("xlsx")
    relations: dict[str, str] = {}
    if "xl/_rels/workbook.xml.rels" in names:
        for element in ElementTree.fromstring(_small(archive, "xl/_rels/workbook.xml.rels")):
            target = element.get("Target", "")
            full = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            relations[element.get("Id", "")] = full
    for element in ElementTree.fromstring(_small(archive, "xl/workbook.xml")).iter():
        tag = _local(element.tag)
        if tag == "workbookPr":
            found.date1904 = element.get("date1904", "0") in ("1", "true")
        elif tag == "sheet":
            name = element.get("name", "")
            part = relations.get(element.get(_RELATION_ID) or element.get(_RELATION_ID_STRICT) or "", "")
            if element.get("state", "visible") != "visible":
                found.hidden.append(name)
            elif part in names and "worksheets/" in part:
                found.sheets[name] = _scan(archive, SheetFacts(name, part))
    found.warnings += [Problem("", name, "lembar_tersembunyi") for name in found.hidden]
    outside = [name for name in names if name.startswith("xl/externalLinks/") and name.endswith(".xml")]
    if outside:
        found.warnings.append(Problem("", "", "tautan_luar", {"jumlah": str(len(outside))}))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        found.warnings.append(Problem("", "", "makro_diabaikan"))
    if not found.sheets:
        raise FileRefused("tanpa_lembar")
    return found


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as file:
        data = file.read(5 * MIB + 1)
    if len(data) > 5 * MIB:
        raise FileRefused("berkas_rusak")
    return data


# --- one sheet's XML, streamed --------------------------------------------------------------------------------------

_ROW_END = re.compile(rb"</(?:(\w+):)?row>")
_ROW_START = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_REFERENCE = re.compile(rb"\br=\"([A-Z]{1,3})(\d+)\"")
_ROW_NUMBER = re.compile(rb"\br=\"(\d+)\"")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)>\s*[^<\s]|<(?:\w+:)?is>|<(?:\w+:)?f[\s>/]")
_NEEDS_CARE = re.compile(rb"<(?:\w+:)?f[\s>/]|t=\"e\"")
_CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*?)?(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_CELL_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)</|<(?:\w+:)?v\s*/>")
_CELL_START = re.compile(rb"<(?:\w+:)?c\s[^>]*\br=\"([A-Z]{1,3})\d+\"")


def column_number(letters: str) -> int:
    """ "A" is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 is "A"."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _segments(file: IO[bytes]) -> Iterator[tuple[bytes, int, bytes]]:
    """(XML up to and with a row's end, the offset after it, the namespace prefix), for each row that has an end tag."""
    buffer, base = b"", 0
    while chunk := file.read(CHUNK):
        buffer += chunk
        start = 0
        for match in _ROW_END.finditer(buffer):
            yield buffer[start : match.end()], base + match.end(), match[1] or b""
            start = match.end()
        buffer, base = buffer[start:], base + start
        if len(buffer) > MIB:
            # Only blank rows without an end tag, or one monstrous cell: keep what may still become a row.
            last = buffer.rfind(b"<row ")
            if last > 0:
                buffer, base = buffer[last:], base + last
            if len(buffer) > 16 * MIB:
                raise FileRefused("berkas_rusak")


def _scan(archive: zipfile.ZipFile, sheet: SheetFacts) -> SheetFacts:
    """Walks the rows: formulas, errors, the last value, and a stray value more than 1,000 blank rows below the rest."""
    number, kept = 0, 0
    end_of_last = 0
    with archive.open(sheet.part) as file:
        for segment, offset, prefix in _segments(file):
            starts = segment.count(b"<row") if not prefix else len(_ROW_START.findall(segment))
            at = segment.rfind(b"<row") if not prefix else -1
            start = _ROW_START.match(segment, at) if at >= 0 else None
            if start is None:
                start = _last(_ROW_START, segment, len(segment))
            attributes = start[1] if start else b""
            given = _ROW_NUMBER.search(attributes)
            number = int(given[1]) if given else number + max(1, starts)
            body = segment[start.end() :] if start else segment
            if not _VALUE.search(body):
                continue
            kept += 1
            if sheet.last_row and number > sheet.last_row + BLANK_STOP:
                sheet.cut_at, sheet.cut_row, sheet.prefix = end_of_last, number, prefix.decode()
                break
            if number > MAX_ROWS + 100 or kept > MAX_ROWS + 100:
                raise FileRefused("terlalu_banyak_baris", batas=f"{MAX_ROWS}", lembar=sheet.name)
            sheet.last_row, end_of_last = number, offset
            _columns(sheet, body, number)
            if _NEEDS_CARE.search(body):
                _special(sheet, body, number)
    if sheet.last_row > MAX_ROWS + 100:
        raise FileRefused("terlalu_banyak_baris", batas=f"{MAX_ROWS}", lembar=sheet.name)
    return sheet


def _last(pattern: re.Pattern[bytes], data: bytes, end: int) -> re.Match[bytes] | None:
    """The last match before `end`; the slow way, for XML whose tags carry a namespace prefix."""
    found = None
    for match in pattern.finditer(data, 0, end):
        found = match
    return found


def _columns(sheet: SheetFacts, body: bytes, number: int) -> None:
    """Notes the rightmost column with a value; refuses when it lies beyond the limit."""
    last = max(body.rfind(b"<v>"), body.rfind(b":v>"), body.rfind(b"<is>"), body.rfind(b":is>"))
    at = body.rfind(b"<c ", 0, last)
    found = _CELL_START.match(body, at) if at >= 0 else None
    if found is None:
        found = _last(_CELL_START, body, max(last, 0))
    if found is None:
        return
    column = column_number(found[1].decode())
    sheet.last_column = max(sheet.last_column, column)
    if column > MAX_COLUMNS:
        cell = f"{found[1].decode()}{number}"
        raise FileRefused("terlalu_banyak_kolom", batas=MAX_COLUMNS, sel=cell, lembar=sheet.name)


def _special(sheet: SheetFacts, body: bytes, number: int) -> None:
    column = 0
    for match in _CELL.finditer(body):
        attributes, inner = match[1] or b"", match[2] or b""
        reference = _REFERENCE.search(attributes)
        column = column_number(reference[1].decode()) if reference else column + 1
        value = _CELL_VALUE.search(inner)
        text = (value[1] or b"").decode("utf-8", "replace").strip() if value else ""
        is_formula = b"<f" in inner or b":f" in inner
        sheet.formulas += is_formula
        if b't="e"' in attributes:
            sheet.special[number - 1, column - 1] = text or "#VALUE!"
        elif is_formula and not text and not (b't="str"' in attributes and value) and b"<is>" not in inner:
            # Excel writes t="str" with an empty <v> for a formula whose result is "": that one is calculated.
            sheet.special[number - 1, column - 1] = FORMULA_WITHOUT_VALUE
