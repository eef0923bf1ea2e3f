"""Is this upload a template that may be kept? Found out by reading the whole package before anything opens it as Word."""

import io
import re
import zipfile
import zlib
from xml.etree import ElementTree

from domain.errors import FileRefused

MIB = 2**20
MAX_BYTES = 2 * MIB
MAX_ENTRIES, MAX_UNPACKED = 200, 16 * MIB
_CHUNK = 64 * 1024
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_NEEDED = {"[Content_Types].xml", "word/document.xml"}
_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ACTIVE = re.compile(r"vba|activex|/embeddings/|\.bin$|\.html?$|\.exe$|\.js$|oleobject|afchunk", re.IGNORECASE)
_DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)[\"']", re.IGNORECASE)
_PLAIN_LINK = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
# Fields that fetch or start something when Word opens the document.
_FIELDS = re.compile(
    r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|MACROBUTTON|DATABASE|EMBED|AUTOTEXT)\b", re.IGNORECASE
)


def inspect(content: bytes) -> None:
    """Raises FileRefused, naming the reason, unless the bytes are a plain .docx without anything active or foreign."""
    if len(content) > MAX_BYTES:
        raise FileRefused("templat_terlalu_besar", batas=MAX_BYTES // MIB)
    if content.startswith(_OLE):
        raise FileRefused("templat_terkunci")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _entries(archive)
            left = MAX_UNPACKED
            for entry in archive.infolist():
                data = _unpacked(archive, entry, left)
                left -= len(data)
                _part(entry.filename, data)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        raise FileRefused("templat_bukan_docx") from error
    except (ElementTree.ParseError, ValueError) as error:
        raise FileRefused("templat_bukan_docx") from error


def _entries(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefused("templat_terkunci")
    if not set(names) >= _NEEDED:
        raise FileRefused("templat_bukan_docx")
    strange = any(name.startswith("/") or "\\" in name or ".." in name.split("/") for name in names)
    if strange or len(names) > MAX_ENTRIES or len({name.casefold() for name in names}) < len(names):
        raise FileRefused("templat_berbahaya", bagian="zip")
    active = next((name for name in names if _ACTIVE.search(name)), None)
    if active is not None:
        raise FileRefused("templat_bermakro", bagian=active)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """The entry's content, whatever its header says of its size."""
    parts: list[bytes] = []
    with archive.open(entry) as file:
        while chunk := file.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise FileRefused("templat_berbahaya", bagian=entry.filename)
            parts.append(chunk)
    return b"".join(parts)


def _part(name: str, data: bytes) -> None:
    if not name.lower().endswith((".xml", ".rels")):
        return
    declared = _ENCODING.search(data[:300])
    odd = data.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<"))
    if odd or _DECLARED.search(data) or (declared and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii")):
        raise FileRefused("templat_berbahaya", bagian=name)
    if name == "[Content_Types].xml" and (_MAIN not in data or b"macroEnabled" in data):
        raise FileRefused("templat_bermakro" if b"macroEnabled" in data else "templat_bukan_docx", bagian=name)
    tree = ElementTree.fromstring(data)
    if name.endswith(".rels"):
        _relations(name, tree)
    elif name.startswith("word/"):
        _fields(name, tree)


def _relations(name: str, tree: ElementTree.Element) -> None:
    """Only a link that somebody clicks may lead outside: nothing that Word fetches by itself."""
    for relation in tree:
        link = relation.get("Type", "").endswith("/hyperlink")
        if relation.get("TargetMode", "").casefold() == "external" and not (
            link and _PLAIN_LINK.match(relation.get("Target", ""))
        ):
            raise FileRefused("templat_tautan_luar", bagian=name)
        if relation.get("Type", "").rpartition("/")[2] in (
            "aFChunk",
            "oleObject",
            "control",
            "vbaProject",
            "subDocument",
        ):
            raise FileRefused("templat_bermakro", bagian=name)


def _fields(name: str, tree: ElementTree.Element) -> None:
    told: list[str] = []
    for element in tree.iter():
        local = element.tag.rpartition("}")[2]
        if local == "instrText":
            told.append(element.text or "")
        elif local == "fldSimple":
            told.append(" " + next((v for k, v in element.attrib.items() if k.endswith("instr")), "") + " ")
        elif local == "fldChar":
            told.append(" ")
    if _FIELDS.search("".join(told)):
        raise FileRefused("templat_bermakro", bagian=name)
