"""A report as a Word document that an office goes on editing: real headings, repeated table heads, pages counted."""

import io
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from reports import model
from reports.docx import MIME, settled
from reports.model import Report

__all__ = ["MIME", "render"]
_INK, _ACCENT, _QUIET = RGBColor(0x1F, 0x29, 0x33), RGBColor(0x0F, 0x5C, 0x5C), RGBColor(0x52, 0x60, 0x6D)
_LONG, _SHORT, _SIDE = 29.7, 21.0, 2.2  # A4 and its margins, cm
_SIDES = {
    model.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    model.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    model.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
}
_BLOCKS = 20  # of the longest text bar
_LONGEST = 255  # characters of a document's title property


def render(report: Report, made: datetime) -> bytes:
    """The .docx; the same report and moment give the same bytes."""
    document = Document()
    _settle(document, report, made)
    for place, text in enumerate(report.kop):
        _text(document.add_paragraph(), text, size=15 if place == 0 else 10, bold=place == 0, side=model.CENTER)
    _text(document.add_heading("", 1), report.judul, size=16, side=model.CENTER)
    if report.subjudul:
        _text(document.add_paragraph(), report.subjudul, side=model.CENTER)
    for warning in report.peringatan:
        _text(document.add_paragraph(), warning, bold=True)
    width = (_LONG if report.mendatar else _SHORT) - 2 * _SIDE
    for block in report.isi:
        _DRAWN[type(block)](document, block, width)
    kept = io.BytesIO()
    document.save(kept)
    return settled(kept.getvalue())


def _settle(document: Any, report: Report, made: datetime) -> None:
    section = document.sections[0]
    high, wide = (_SHORT, _LONG) if report.mendatar else (_LONG, _SHORT)
    section.orientation = WD_ORIENT.LANDSCAPE if report.mendatar else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(wide), Cm(high)
    section.left_margin = section.right_margin = Cm(_SIDE)
    section.top_margin = section.bottom_margin = Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = "Calibri", Pt(11), _INK
    normal.paragraph_format.space_after = Pt(4)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "id-ID")
    normal.element.get_or_add_rPr().append(language)
    for level, size in ((1, 14), (2, 13), (3, 12), (4, 11)):
        style = document.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.bold, style.font.color.rgb = "Calibri", Pt(size), True, _ACCENT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        style.paragraph_format.keep_with_next = True
    about = document.core_properties
    about.title, about.language = report.judul[:_LONGEST], "id-ID"
    about.author, about.comments = report.kop[0][:_LONGEST] if report.kop else "", ""
    about.created = about.modified = made.astimezone(UTC).replace(tzinfo=None)
    _foot(section.footer.paragraphs[0], report, wide - 2 * _SIDE)


def _foot(paragraph: Any, report: Report, width: float) -> None:
    """The running foot, with the page's number and the number of pages as fields that Word keeps up to date."""
    paragraph.paragraph_format.tab_stops.clear_all()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(width), WD_ALIGN_PARAGRAPH.RIGHT)
    before, _, rest = report.halaman.partition("{nomor}")
    between, _, after = rest.partition("{jumlah}")
    for text, field in ((f"{report.kaki}\t{before}", "PAGE"), (between, "NUMPAGES"), (after, "")):
        _run(paragraph, text, size=8, colour=_QUIET)
        for kind in ("begin", "", "end") if field else ():
            part = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                part.set(qn("w:fldCharType"), kind)
            else:
                part.text = field
            paragraph.add_run()._r.append(part)


# --- one block each --------------------------------------------------------------------------------------------------


def _heading(document: Any, block: model.Heading, width: float) -> None:
    _text(document.add_heading("", min(block.tingkat + 1, 4)), block.teks, size=None)


def _paragraph(document: Any, block: model.Paragraph, width: float) -> None:
    quiet = block.gaya == "redup"
    paragraph = document.add_paragraph()
    _text(paragraph, block.teks, size=9 if quiet else 11, bold=block.gaya == "tegas", colour=_QUIET if quiet else None)


def _facts(document: Any, block: model.Facts, width: float) -> None:
    rows = [(label, ":", value) for label, value in block.baris]
    _grid(document, rows, (4.2, 0.5, width - 4.7), bordered=False)


def _figures(document: Any, block: model.Figures, width: float) -> None:
    _grid(document, [(label, value) for label, value in block.angka], (width - 5, 5.0), bordered=True)


def _points(document: Any, block: model.Points, width: float) -> None:
    for number, text in block.butir:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(0.9), Cm(-0.9)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(0.9))
        _text(paragraph, f"{number}.\t{text}")


def _table(document: Any, block: model.Table, width: float) -> None:
    total = sum(column.lebar for column in block.kolom)
    widths = [width * column.lebar / total for column in block.kolom]
    rows = [tuple(column.judul for column in block.kolom), *block.baris]
    table = _grid(document, rows, widths, bordered=True, sides=[column.rata for column in block.kolom], head=True)
    for row in list(table.rows)[1:] if block.tinggi else ():
        row.height = Cm(block.tinggi)


def _bars(document: Any, block: model.Bars, width: float) -> None:
    rows = [
        (label, "█" * max(1, round(share * _BLOCKS)) if share > 0 else "", text) for label, share, text in block.batang
    ]
    _grid(document, rows, (width - 9.6, 6.4, 3.2), bordered=False, sides=(model.LEFT, model.LEFT, model.RIGHT))


def _signatures(document: Any, block: model.Signatures, width: float) -> None:
    place = document.add_paragraph()
    place.paragraph_format.keep_with_next = True
    _text(place, block.tempat, side=model.RIGHT)
    line = "." * 40
    alone = ("",) if len(block.orang) == 1 else ()  # on the right
    row = alone + tuple(f"{who.sebagai}\n\n\n\n{who.nama or line}" for who in block.orang)
    _grid(document, [row], (width / len(row),) * len(row), bordered=False, sides=(model.CENTER,) * len(row))


def _break(document: Any, block: model.PageBreak, width: float) -> None:
    document.add_page_break()


_DRAWN: dict[type, Any] = {
    model.Heading: _heading,
    model.Paragraph: _paragraph,
    model.Facts: _facts,
    model.Figures: _figures,
    model.Points: _points,
    model.Table: _table,
    model.Bars: _bars,
    model.Signatures: _signatures,
    model.PageBreak: _break,
}


# --- how it is written -----------------------------------------------------------------------------------------------


def _grid(
    document: Any,
    rows: Any,
    widths: Any,
    *,
    bordered: bool,
    sides: Any = (),
    head: bool = False,
) -> Any:
    """A table of texts. Its cells are written as XML: through python-docx 200 rows of eight would take half a minute."""
    table = document.add_table(rows=0, cols=len(widths))
    if bordered:
        table.style = document.styles["Table Grid"]
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for place, texts in enumerate(rows):
        heading = head and place == 0
        table._tbl.append(_row(texts, widths, sides, heading, small=bordered))
    document.add_paragraph().paragraph_format.space_after = Pt(2)
    return table


def _row(texts: Any, widths: Any, sides: Any, heading: bool, small: bool) -> Any:
    row = _element("w:tr")
    about = _element("w:trPr", row)
    _element("w:cantSplit", about)
    if heading:
        _element("w:tblHeader", about)
    for place, (text, width) in enumerate(zip(texts, widths, strict=True)):
        cell = _element("w:tc", row)
        facts = _element("w:tcPr", cell)
        _element("w:tcW", facts, **{"w:w": str(round(width * 567)), "w:type": "dxa"})
        if heading:
            _element("w:shd", facts, **{"w:val": "clear", "w:color": "auto", "w:fill": "EEF4F4"})
        paragraph = _element("w:p", cell)
        shape = _element("w:pPr", paragraph)
        _element("w:spacing", shape, **{"w:after": "40"})
        if sides:
            _element(
                "w:jc", shape, **{"w:val": {model.RIGHT: "right", model.CENTER: "center"}.get(sides[place], "left")}
            )
        run = _element("w:r", paragraph)
        look = _element("w:rPr", run)
        if heading:
            _element("w:b", look)
        _element("w:sz", look, **{"w:val": "18" if small else "22"})
        for number, line in enumerate(text.split("\n")):
            if number:
                _element("w:br", run)
            written = _element("w:t", run, **{"xml:space": "preserve"})
            written.text = line
    return row


def _element(name: str, inside: Any = None, **attributes: str) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(key) if not key.startswith("xml:") else "{http://www.w3.org/XML/1998/namespace}space", value)
    if inside is not None:
        inside.append(made)
    return made


def _text(
    paragraph: Any,
    text: str,
    *,
    size: float | None = 11,
    bold: bool = False,
    side: str = "",
    colour: RGBColor | None = None,
) -> None:
    _run(paragraph, text, size=size, bold=bold, colour=colour)
    if side:
        paragraph.alignment = _SIDES[side]


def _run(
    paragraph: Any, text: str, *, size: float | None = 11, bold: bool = False, colour: RGBColor | None = None
) -> None:
    run = paragraph.add_run(text)
    if size is not None:
        run.font.size = Pt(size)
    run.font.bold = bold or None
    if colour is not None:
        run.font.color.rgb = colour
