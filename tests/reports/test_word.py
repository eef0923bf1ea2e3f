"""A report as a Word document: every text of every block, headings that are headings, tables whose head repeats."""

import io
from datetime import UTC, datetime

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from reports import model, word
from reports.docx import text_of

MADE = datetime(2026, 6, 1, tzinfo=UTC)
ALL = (
    model.Heading("Bab", 1),
    model.Heading("Bagian", 2),
    model.Paragraph("Dua\nbaris", "kotak"),
    model.Facts((("Label", "isi"),)),
    model.Figures((("Jumlah", "12"),)),
    model.Points((("1", "Butir pertama"),)),
    model.Table(
        "t", (model.Column("No.", 0.5, model.RIGHT), model.Column("Nama", 3)), (("1", "=2+2"), ("2", "{{ x }}"))
    ),
    model.Bars("b", (("Batang", 0.5, "50,0"), ("Kosong", 0.0, "0,0"))),
    model.PageBreak(),
    model.Signatures("Magelang, 1 Juni 2026", (model.Signature("Ketua", "Ibu A"),)),
)


def _report(turned: bool = False) -> model.Report:
    halaman = "Halaman {nomor} dari {jumlah}"
    return model.Report(("Dinas Sosial", "Kota"), "Judul", "Sub", ALL, "kaki", halaman, "", ("Perhatian",), turned)


def test_every_text_is_in_it_as_it_was_written() -> None:
    text = text_of(word.render(_report(), MADE))
    for wanted in ("Dinas Sosial", "Kota", "Judul", "Sub", "Perhatian", "Dua\nbaris", "=2+2", "{{ x }}", "1.\tButir pertama",
                   "50,0", "Magelang, 1 Juni 2026", "Ibu A", "kaki\tHalaman  dari "):  # fmt: skip
        assert wanted in text, wanted


def test_headings_table_heads_and_pages_are_words_own() -> None:
    document = Document(io.BytesIO(word.render(_report(), MADE)))
    named = [(p.text, str(p.style.name) if p.style else "") for p in document.paragraphs]
    styles = {text: name for text, name in named if name.startswith("Heading")}
    assert styles == {"Judul": "Heading 1", "Bab": "Heading 2", "Bagian": "Heading 3"}
    listed = next(table for table in document.tables if table.rows[0].cells[0].text == "No.")
    marked = [row._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for row in listed.rows]
    assert marked == [True, False, False]
    fields = [part.text for part in document.sections[0].footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert document.sections[0].orientation == WD_ORIENT.PORTRAIT


def test_turned_pages_lie_on_their_side() -> None:
    section = Document(io.BytesIO(word.render(_report(turned=True), MADE))).sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (section.page_width or 0) > (section.page_height or 0) > 0


def test_the_same_report_gives_the_same_bytes() -> None:
    assert word.render(_report(), MADE) == word.render(_report(), MADE)
