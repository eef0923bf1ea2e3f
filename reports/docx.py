"""A Word document from a template that the office edits in Word: what people typed goes in as text, never as markup."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from docxtpl import DocxTemplate

from reports.office import Office

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LONGEST = 255  # characters of a document's title property
# docxtpl turns these into braces after it has filled the text: an invisible joiner keeps them as they were typed.
_BRACES = re.compile(r"([{}%])_(?=[{}%])")


def fill(
    template: bytes, values: Mapping[str, Any], *, title: str, made: datetime, strict: bool = False
) -> bytes:
    """The template filled with values; jinja2.TemplateError for what an office template may not do.

    The same template, values and moment give the same bytes. `strict` also refuses names that are not among the values.
    """
    document = DocxTemplate(io.BytesIO(template))
    document.render(_kept(values), jinja_env=Office(strict), autoescape=True)
    about = document.docx.core_properties
    about.title, about.language = title[:_LONGEST], "id-ID"
    about.created = about.modified = made.astimezone(UTC).replace(tzinfo=None)
    filled = io.BytesIO()
    document.save(filled)
    return _settled(filled.getvalue())


def _kept(value: Any) -> Any:
    if isinstance(value, str):
        return _BRACES.sub("\\1\u2060_", value)
    if isinstance(value, Mapping):
        return {name: _kept(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_kept(part) for part in value]
    return value


def _settled(content: bytes) -> bytes:
    """The same package without the moment of packing."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()
