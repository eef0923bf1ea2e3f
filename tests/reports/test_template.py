"""The template that ships, and what an office may put in its place."""

import io
import json
import re
import tomllib
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document

import settings
from domain.errors import FileRefused
from reports import minutes, template_check
from reports.docx import text_of
from reports.template import default_template
from tests.reports.minutes_rows import IDENTITY

ASSETS = settings.ROOT / "assets"
WORDS = tomllib.loads((ASSETS / "teks" / "notulen.toml").read_text(encoding="utf-8"))
SHIPPED = (ASSETS / "templates" / "notulen.docx").read_bytes()
SAMPLE = json.loads((ASSETS / "templates" / "notulen_contoh.json").read_text(encoding="utf-8"))


def accept(content: bytes) -> None:
    minutes.accept(content, SAMPLE, IDENTITY, WORDS["dokumen"])


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(found: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in found.items():
            archive.writestr(name, data)
    return made.getvalue()


def edited(change: Callable[[Any], None]) -> bytes:
    """The shipped template as somebody changed it in Word."""
    document = Document(io.BytesIO(SHIPPED))
    change(document)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def test_the_shipped_template_is_what_the_builder_makes() -> None:
    built, shipped = parts(default_template(WORDS["dokumen"], WORDS["templat"])), parts(SHIPPED)
    assert built["word/document.xml"] == shipped["word/document.xml"]
    assert built["word/styles.xml"] == shipped["word/styles.xml"]
    footers = [name for name in built if name.startswith("word/footer")]
    assert footers and all(built[name] == shipped[name] for name in footers)


def test_the_shipped_template_is_one_that_an_office_may_keep() -> None:
    accept(SHIPPED)


def test_nothing_of_its_tags_or_its_guide_is_left_in_a_document() -> None:
    said = text_of(minutes.docx(SAMPLE, SHIPPED, IDENTITY, WORDS["dokumen"], strict=True))
    assert not re.search(r"[{}%]{2}|\{#|#\}", said)
    assert "Cara memakai templat" not in said and "Keputusan percobaan di luar acara" in said


def test_the_guide_names_everything_that_is_filled() -> None:
    guide = "\n".join(WORDS["templat"]["panduan"])
    filled = minutes.words(SAMPLE, IDENTITY, WORDS["dokumen"])
    item = filled["butir"][0]
    names = {*filled, *filled["rapat"], *filled["hadir"][0], *item, *item["tindak_lanjut"][0], *item["panel"][0]}
    unsaid = {"draf", "contoh", "angka_kolom", "per_tanggal"}  # told by peringatan; only for the layout of the PDF
    assert {name for name in names - unsaid if name not in re.findall(r"\w+", guide)} == set()


def test_an_office_may_change_words_fonts_and_add_a_link() -> None:
    def change(document: Any) -> None:
        document.paragraphs[0].insert_paragraph_before("PEMERINTAH KOTA UJI").runs[0].font.name = "Arial"
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        document.part.relate_to("mailto:dinsos@contoh.id", kind, is_external=True)

    accept(edited(change))
    said = text_of(minutes.docx(SAMPLE, edited(change), IDENTITY, WORDS["dokumen"]))
    assert said.startswith("PEMERINTAH KOTA UJI\n")


def _refused(content: bytes) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        accept(content)
    return refused.value


def test_a_misspelt_name_is_told() -> None:
    error = _refused(edited(lambda document: document.add_paragraph("{{ rapat.ketua }}")))
    assert (error.code, error.facts) == ("templat_nama_tidak_dikenal", {"nama": "ketua"})


def test_an_open_repetition_is_told_with_its_neighbourhood() -> None:
    error = _refused(edited(lambda document: document.add_paragraph("{%p for x in hadir %}")))
    assert error.code == "templat_keliru"


@pytest.mark.parametrize(
    "text",
    ["{{ ''.__class__ }}", "{{ rapat.judul.upper() }}", "{% for x in range(9) %}{% endfor %}", "{{ kaki|safe }}"],
)
def test_code_in_a_template_is_refused(text: str) -> None:
    error = _refused(edited(lambda document: document.add_paragraph(text)))
    assert error.code in ("templat_keliru", "templat_nama_tidak_dikenal")


def test_a_template_that_would_leave_decisions_out_is_refused() -> None:
    """Minutes without what was decided look complete, and are false."""
    empty = io.BytesIO()
    document = Document()
    document.add_paragraph("{{ rapat.judul }}")
    document.save(empty)
    error = _refused(empty.getvalue())
    assert error.code == "templat_kurang"
    assert "Keputusan percobaan di dalam acara" in error.facts["kurang"]
    assert "Tindak lanjut percobaan dari rapat sebelumnya" in error.facts["kurang"]
    assert "Judul rapat percobaan" not in error.facts["kurang"]


_EXTERNAL = (
    b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" '
    b'Target="%s" TargetMode="External"/></Relationships>'
)


def _with(name: str, data: bytes) -> bytes:
    return packed(parts(SHIPPED) | {name: data})


def _replaced(name: str, old: bytes, new: bytes) -> bytes:
    found = parts(SHIPPED)
    assert old in found[name]
    return packed(found | {name: found[name].replace(old, new, 1)})


def _field(text: bytes) -> bytes:
    run = b'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>%s</w:instrText></w:r></w:p></w:body>'
    return _replaced("word/document.xml", b"</w:body>", run % text)


RELS = "word/_rels/document.xml.rels"
UNSAFE: list[tuple[str, Callable[[], bytes]]] = [
    ("templat_terlalu_besar", lambda: b"PK" + b"\0" * (2 * 2**20)),
    ("templat_bukan_docx", lambda: b""),
    ("templat_bukan_docx", lambda: b"%PDF-1.7"),
    ("templat_bukan_docx", lambda: SHIPPED[: len(SHIPPED) // 2]),
    ("templat_bukan_docx", lambda: packed({"xl/workbook.xml": b"<a/>", "[Content_Types].xml": b"<a/>"})),
    ("templat_terkunci", lambda: bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600),
    ("templat_bermakro", lambda: _with("word/vbaProject.bin", b"x")),
    ("templat_bermakro", lambda: _with("word/embeddings/oleObject1.bin", b"x")),
    ("templat_bermakro", lambda: _with("word/activeX/activeX1.xml", b"<a/>")),
    (
        "templat_bermakro",
        lambda: _replaced(
            "[Content_Types].xml", b"<Override", b'<Default Extension="q" ContentType="macroEnabled"/><Override'
        ),
    ),
    ("templat_bermakro", lambda: _field(b' DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc" ')),
    ("templat_bermakro", lambda: _field(b' INCLUDEPICTURE "http://contoh.id/a.png" ')),
    (
        "templat_bermakro",
        lambda: _replaced(
            "word/document.xml",
            b"</w:body>",
            b"<w:p><w:r><w:instrText>DDE</w:instrText></w:r><w:r><w:instrText>AUTO x</w:instrText></w:r></w:p></w:body>",
        ),
    ),
    (
        "templat_tautan_luar",
        lambda: _replaced(RELS, b"</Relationships>", _EXTERNAL % (b"image", b"http://contoh.id/a")),
    ),
    (
        "templat_tautan_luar",
        lambda: _replaced(RELS, b"</Relationships>", _EXTERNAL % (b"attachedTemplate", b"http://contoh.id/a.dotm")),
    ),
    (
        "templat_tautan_luar",
        lambda: _replaced(RELS, b"</Relationships>", _EXTERNAL % (b"hyperlink", b"file:///etc/passwd")),
    ),
    (
        "templat_berbahaya",
        lambda: _with("word/x.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    ),
    ("templat_berbahaya", lambda: _with("word/x.xml", '<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16"))),
    ("templat_berbahaya", lambda: _with("word/media/bom.png", b"\0" * (17 * 2**20))),
    ("templat_berbahaya", lambda: packed(parts(SHIPPED) | {f"word/media/{n}.png": b"x" for n in range(200)})),
    ("templat_berbahaya", lambda: _with("../luar.xml", b"<a/>")),
    ("templat_berbahaya", lambda: _with("Word/Document.xml", b"<a/>")),
    ("templat_bukan_docx", lambda: _with("word/x.xml", b"<a>")),
]


@pytest.mark.parametrize(("code", "make"), UNSAFE, ids=range(len(UNSAFE)))
def test_an_unsafe_or_foreign_file_is_refused_before_anything_opens_it(
    code: str, make: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(minutes, "docx", lambda *_, **__: pytest.fail("it was opened"))
    assert _refused(make()).code == code


def test_a_lying_header_does_not_get_past_the_limit() -> None:
    assert len(_with("word/media/bom.png", b"\0" * (17 * 2**20))) < template_check.MAX_BYTES


def test_a_package_that_word_would_not_open_is_told() -> None:
    found = parts(SHIPPED)
    del found["_rels/.rels"]
    assert _refused(packed(found)).code == "templat_keliru"
