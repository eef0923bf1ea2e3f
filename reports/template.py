"""The template of the minutes as it ships: made once by this builder, then edited by each office in Word."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

_INK, _ACCENT, _QUIET = RGBColor(0x1F, 0x29, 0x33), RGBColor(0x0F, 0x5C, 0x5C), RGBColor(0x52, 0x60, 0x6D)
_WIDTH = 16.6  # cm between the margins
_MADE = datetime(2026, 1, 1)  # noqa: DTZ001 the package's format takes naive moments, and this one says nothing
_ACTION_WIDTHS = (0.9, 5.4, 3.3, 2.3, 2.6, 2.1)
_PEOPLE_WIDTHS = (0.9, 3.7, 2.7, 3.2, 1.8, 2.0, 2.3)


def default_template(labels: Mapping[str, Any], words: Mapping[str, Any]) -> bytes:
    """The template as .docx; labels are the words of the document, words those about the template itself."""
    document = Document()
    _settle(document, words)
    _head(document, labels)
    _about(document, labels)
    _part(document, labels["bawaan"])
    _actions(document, labels, "bawaan", empty=labels["bawaan_kosong"])
    _agenda(document, labels)
    _others(document, labels)
    _signatures(document, labels)
    _people(document, labels)
    _guide(document, words["panduan"])
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


# --- the parts -------------------------------------------------------------------------------------------------------


def _settle(document: Any, words: Mapping[str, Any]) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2), Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = "Calibri", Pt(11), _INK
    normal.paragraph_format.space_after = Pt(4)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "id-ID")
    normal.element.get_or_add_rPr().append(language)
    for level, size in ((1, 13), (2, 12), (3, 11)):
        style = document.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.bold, style.font.color.rgb = "Calibri", Pt(size), True, _ACCENT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(12), Pt(4)
        style.paragraph_format.keep_with_next = True
    about = document.core_properties
    about.title, about.author, about.comments, about.language = words["judul_berkas"], "", "", "id-ID"
    about.created = about.modified = _MADE


def _head(document: Any, labels: Mapping[str, Any]) -> None:
    name = _line(document, "{{ kop.nama }}", size=15, bold=True, centred=True)
    name.paragraph_format.space_after = Pt(0)
    _tag(document, "for baris in kop.baris")
    _line(document, "{{ baris }}", size=10, centred=True).paragraph_format.space_after = Pt(0)
    _tag(document, "endfor")
    _ruled(_line(document, ""))
    title = _line(document, labels["judul"], size=16, bold=True, centred=True, colour=_ACCENT)
    title.paragraph_format.space_after = Pt(0)
    _line(document, "{{ rapat.jenis }}", centred=True).paragraph_format.space_after = Pt(0)
    _line(document, "{{ rapat.judul }}", bold=True, centred=True)
    _tag(document, "for kalimat in peringatan")
    _line(document, "{{ kalimat }}", bold=True, colour=RGBColor(0x9A, 0x34, 0x12))
    _tag(document, "endfor")
    foot = document.sections[0].footer.paragraphs[0]
    foot.add_run("{{ kaki }}   ")
    before, _, rest = labels["halaman"].partition("{nomor}")
    between, _, after = rest.partition("{jumlah}")
    foot.add_run(before)
    _field(foot, "PAGE")
    foot.add_run(between)
    _field(foot, "NUMPAGES")
    foot.add_run(after)
    for run in foot.runs:
        run.font.size, run.font.color.rgb = Pt(8), _QUIET


def _about(document: Any, labels: Mapping[str, Any]) -> None:
    _part(document, labels["pelaksanaan"])
    rows = [(labels["nama_rapat"], "{{ rapat.judul }}"), (labels["jenis_rapat"], "{{ rapat.jenis }}")]
    names = ("hari_tanggal", "waktu", "tempat", "pimpinan", "notulis")
    rows += [(labels[name], f"{{{{ rapat.{name} }}}}") for name in names]
    rows.append((labels["kehadiran"], "{{ hadir_kata }}"))
    table = _grid(document, len(rows), (4.0, 0.4, _WIDTH - 4.4), bordered=False)
    for row, (label, value) in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, (label, ":", value), strict=True):
            _write(cell, text, size=11)


def _agenda(document: Any, labels: Mapping[str, Any]) -> None:
    _part(document, labels["pembahasan"])
    _unless(document, "butir", labels["pembahasan_kosong"])
    _tag(document, "for b in butir")
    document.add_heading("{{ b.nomor }}. {{ b.judul }}", 2)
    _when(document, "b.uraian", colour=_QUIET, size=10)
    _tag(document, "for p in b.panel")
    _panel(document, labels)
    _tag(document, "endfor")
    _when(document, "b.catatan")
    _outcome(document, "b", labels)
    _tag(document, "endfor")


def _panel(document: Any, labels: Mapping[str, Any]) -> None:
    document.add_heading("{{ p.judul }}{% if p.tempat %} ({{ p.tempat }}){% endif %}", 3)
    _when(document, "p.kosong")
    _when(document, "p.kalimat")
    _tag(document, "if p.angka")
    titles = (labels["kolom"]["uraian"], labels["kolom"]["nilai"])
    _rows(document, titles, (_WIDTH - 6, 6.0), "a in p.angka", ("{{ a.label }}", "{{ a.teks }}"))
    _tag(document, "endif")
    _tag(document, "if p.batang")
    cells = ("{{ t.label }}", "{{ t.balok }}", "{{ t.teks }}")
    _rows(document, (titles[0], "", titles[1]), (5.0, _WIDTH - 8.6, 3.6), "t in p.batang", cells)
    _tag(document, "endif")
    _tag(document, "if p.baris")
    _crosstab(document)
    _tag(document, "endif")
    _when(document, "p.catatan", colour=_QUIET, size=9)
    _line(document, "{{ p.asal }}", colour=_QUIET, size=9)


def _crosstab(document: Any) -> None:
    """A table with as many columns as the panel has."""
    table = _grid(document, 4, (1.0, _WIDTH - 2, 1.0))
    # As many columns as there are share the width between the margins: Word finds out how.
    table.autofit = True
    whole = table._tbl.tblPr.find(qn("w:tblW"))
    for name, value in (("w:type", "pct"), ("w:w", "5000")):
        whole.set(qn(name), value)
    for width in table._tbl.iter(qn("w:tcW")):
        width.set(qn("w:type"), "auto")
        width.set(qn("w:w"), "0")
    written = (
        ("{%tc for k in p.kolom %}", "{{ k }}", "{%tc endfor %}"),
        ("{%tr for baris in p.baris %}", "", ""),
        ("{%tc for sel in baris %}", "{{ sel }}", "{%tc endfor %}"),
        ("{%tr endfor %}", "", ""),
    )
    for place, (row, texts) in enumerate(zip(table.rows, written, strict=True)):
        for cell, text in zip(row.cells, texts, strict=True):
            _write(cell, text, size=9, bold=place == 0)
    _heading_row(table)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _outcome(document: Any, name: str, labels: Mapping[str, Any]) -> None:
    _tag(document, f"if {name}.keputusan")
    document.add_heading(labels["keputusan"], 3)
    _tag(document, "endif")
    _tag(document, f"for k in {name}.keputusan")
    point = _line(document, "{{ k.nomor }}.\t{{ k.isi }}")
    point.paragraph_format.left_indent, point.paragraph_format.first_line_indent = Cm(0.9), Cm(-0.9)
    point.paragraph_format.tab_stops.add_tab_stop(Cm(0.9))
    _tag(document, "endfor")
    _tag(document, f"if {name}.tindak_lanjut")
    document.add_heading(labels["tindak_lanjut"], 3)
    _action_table(document, labels, f"{name}.tindak_lanjut")
    _tag(document, "endif")


def _actions(document: Any, labels: Mapping[str, Any], name: str, *, empty: str) -> None:
    _unless(document, name, empty)
    _tag(document, f"if {name}")
    _action_table(document, labels, name)
    _tag(document, "endif")


def _action_table(document: Any, labels: Mapping[str, Any], name: str) -> None:
    titles = labels["kolom"]
    heads = [titles[key] for key in ("no", "apa", "pic", "tenggat", "tugas", "status")]
    what = "{{ t.apa }}{% if t.rincian %}\n{{ t.rincian }}{% endif %}"
    cells = ("{{ t.nomor }}", what, "{{ t.pic }}", "{{ t.tenggat }}", "{{ t.tugas }}", "{{ t.status }}")
    _rows(document, heads, _ACTION_WIDTHS, f"t in {name}", cells)


def _others(document: Any, labels: Mapping[str, Any]) -> None:
    _tag(document, "if lain.ada")
    _part(document, labels["lain"])
    _tag(document, "endif")
    _outcome(document, "lain", labels)


def _signatures(document: Any, labels: Mapping[str, Any]) -> None:
    place = _line(document, "{{ tempat_tanggal }}")
    place.alignment, place.paragraph_format.space_before = WD_ALIGN_PARAGRAPH.RIGHT, Pt(18)
    place.paragraph_format.keep_with_next = True
    table = _grid(document, 1, (_WIDTH / 2, _WIDTH / 2), bordered=False)
    people = ((labels["mengetahui"], "rapat.pimpinan"), (labels["penulis"], "rapat.notulis"))
    for cell, (quality, name) in zip(table.rows[0].cells, people, strict=True):
        _write(cell, quality, size=11, centred=True)
        # Empty lines keep the two names at one height, however many lines the quality takes.
        gap = "\n" * (5 - quality.count("\n"))
        line = "." * 40
        _append(cell, f"{gap}{{% if {name} %}}{{{{ {name} }}}}{{% else %}}{line}{{% endif %}}", centred=True)
    _unsplit(table.rows[0])


def _people(document: Any, labels: Mapping[str, Any]) -> None:
    _tag(document, "if hadir")
    _part(document, labels["lampiran"]).paragraph_format.page_break_before = True
    _line(document, "{{ hadir_kata }}")
    names = ("no", "nama", "jabatan", "instansi", "unsur", "kehadiran", "keterangan")
    cells = [f"{{{{ h.{name} }}}}" for name in names]
    _rows(document, [labels["kolom"][name] for name in names], _PEOPLE_WIDTHS, "h in hadir", cells)
    _tag(document, "endif")


def _guide(document: Any, lines: Sequence[str]) -> None:
    """Notes to whoever edits the template; each is a comment that is left out of every document made from it."""
    for place, line in enumerate(lines):
        note = _line(document, f"{{#p {line} #}}", size=10, colour=_QUIET)
        note.paragraph_format.page_break_before = place == 0


# --- how it is written -----------------------------------------------------------------------------------------------


def _line(
    document: Any,
    text: str,
    *,
    size: float = 11,
    bold: bool = False,
    centred: bool = False,
    colour: RGBColor | None = None,
) -> Any:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(size), bold or None
    if colour is not None:
        run.font.color.rgb = colour
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _part(document: Any, text: str) -> Any:
    return document.add_heading(text, 1)


def _tag(document: Any, text: str) -> None:
    document.add_paragraph(f"{{%p {text} %}}")


def _when(document: Any, name: str, **style: Any) -> None:
    _tag(document, f"if {name}")
    _line(document, f"{{{{ {name} }}}}", **style)
    _tag(document, "endif")


def _unless(document: Any, name: str, text: str) -> None:
    _tag(document, f"if not {name}")
    _line(document, text)
    _tag(document, "endif")


def _grid(document: Any, rows: int, widths: Sequence[float], *, bordered: bool = True) -> Any:
    table = document.add_table(rows=rows, cols=len(widths))
    if bordered:
        table.style = document.styles["Table Grid"]
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    return table


def _rows(document: Any, titles: Sequence[str], widths: Sequence[float], loop: str, cells: Sequence[str]) -> None:
    """A table with a row for each of a list, and a heading that Word repeats on every page."""
    table = _grid(document, 4, widths)
    written = (titles, (f"{{%tr for {loop} %}}",), cells, ("{%tr endfor %}",))
    for place, (row, texts) in enumerate(zip(table.rows, written, strict=True)):
        for cell, text in zip(row.cells, texts, strict=False):
            _write(cell, text, size=9, bold=place == 0)
    _heading_row(table)
    _unsplit(table.rows[2])
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _write(cell: Any, text: str, *, size: float = 11, bold: bool = False, centred: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    _fill_paragraph(paragraph, text, size, bold, centred)


def _append(cell: Any, text: str, *, centred: bool = False) -> None:
    _fill_paragraph(cell.add_paragraph(), text, 11, False, centred)


def _fill_paragraph(paragraph: Any, text: str, size: float, bold: bool, centred: bool) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(size), bold or None
    paragraph.paragraph_format.space_after = Pt(2)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _heading_row(table: Any) -> None:
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
    for cell in table.rows[0].cells:
        shade = OxmlElement("w:shd")
        for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", "EEF4F4")):
            shade.set(qn(name), value)
        cell._tc.get_or_add_tcPr().append(shade)


def _unsplit(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _ruled(paragraph: Any) -> None:
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("w:val", "single"), ("w:sz", "12"), ("w:space", "1"), ("w:color", "0F5C5C")):
        bottom.set(qn(name), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)


def _field(paragraph: Any, name: str) -> None:
    """A field that Word fills itself, such as the page's number."""
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        run = paragraph.add_run()
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text or None
        run._r.append(part)
