"""A Word document from a template that the office edits in Word: what people typed goes in as text, never as markup."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import TemplateError, UndefinedError

from domain.errors import FileRefused
from reports.office import Office

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EPOCH = (1980, 1, 1, 0, 0, 0)
# What reading a package raises that holds other parts than Word writes.
_BROKEN = (AttributeError, LookupError, OSError, SyntaxError, TypeError, ValueError, zipfile.BadZipFile)
_NEAR = 120  # characters told of the place of a mistake
_QUOTED = re.compile(r"'([^']*)'")
_LONGEST = 255  # characters of a document's title property
# docxtpl turns these into braces after it has filled the text: an invisible joiner keeps them as they were typed.
_BRACES = re.compile(r"([{}%])_(?=[{}%])")


def fill(template: bytes, values: Mapping[str, Any], *, title: str, made: datetime, strict: bool = False) -> bytes:
    """The template filled with values; FileRefused for one that does what an office template may not do.

    The same template, values and moment give the same bytes. `strict` also refuses names that are not among the values.
    """
    document = DocxTemplate(io.BytesIO(template))
    try:
        document.render(_kept(values), jinja_env=Office(strict), autoescape=True)
    except UndefinedError as error:
        named = _QUOTED.findall(error.message or "")
        raise FileRefused("templat_nama_tidak_dikenal", nama=named[-1] if named else "?") from error
    except TemplateError as error:
        near = " ".join(line.strip() for line in getattr(error, "docx_context", ()) if line.strip())
        raise FileRefused("templat_keliru", dekat=near[:_NEAR]) from error
    except (*_BROKEN, OpcError, PythonDocxError) as error:
        raise FileRefused("templat_keliru", dekat="") from error
    about = document.docx.core_properties
    about.title, about.language = title[:_LONGEST], "id-ID"
    about.created = about.modified = made.astimezone(UTC).replace(tzinfo=None)
    filled = io.BytesIO()
    document.save(filled)
    return settled(filled.getvalue())


def text_of(content: bytes) -> str:
    """All text of a document's body, tables and lines of the head and foot, a line a paragraph."""
    document = Document(io.BytesIO(content))
    parts = [document.element.body]
    for section in document.sections:
        parts += [section.header._element, section.footer._element]
    lines = []
    for part in parts:
        for paragraph in part.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
            lines.append("".join(_said(element) for element in paragraph.iter()))
    return "\n".join(lines)


def _said(element: Any) -> str:
    kind = str(element.tag).rpartition("}")[2]
    return {"t": element.text or "", "br": "\n", "tab": "\t"}.get(kind, "") if kind in ("t", "br", "tab") else ""


def _kept(value: Any) -> Any:
    if isinstance(value, str):
        return _BRACES.sub("\\1\u2060_", value)
    if isinstance(value, Mapping):
        return {name: _kept(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_kept(part) for part in value]
    return value


def settled(content: bytes) -> bytes:
    """The same package without the moment of packing, so that the same document gives the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()
