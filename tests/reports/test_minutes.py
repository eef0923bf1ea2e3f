"""The two documents of a meeting say what its data say: every text, every number, once; whatever people typed."""

import io
import re
import time
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

import settings
from reports import minutes
from reports.docx import text_of
from reports.model import BREAK, Table
from tests.reports.minutes_rows import IDENTITY, action, panel, person, scripted

LABELS = tomllib.loads((settings.ROOT / "assets" / "teks" / "notulen.toml").read_text(encoding="utf-8"))["dokumen"]
TEMPLATE = (settings.ROOT / "assets" / "templates" / "notulen.docx").read_bytes()
_NUMBER = re.compile(r"\d[\d.,]*")
_FOOT = re.compile(r"Notulen Rapat koordinasi, Kota Magelang, 30 November 2026\s*Halaman \d* dari \d*")


def as_pdf(data: dict[str, Any]) -> str:
    reader = PdfReader(io.BytesIO(minutes.pdf(data, IDENTITY, LABELS)))
    return "\n".join(_FOOT.sub("", page.extract_text()) for page in reader.pages)


def as_docx(data: dict[str, Any]) -> str:
    return _FOOT.sub("", text_of(minutes.docx(data, TEMPLATE, IDENTITY, LABELS, strict=True)))


def flat(text: str) -> str:
    """Without spaces, line ends and places to break: what is said, not how it was laid out."""
    return re.sub(rf"[\s{BREAK}\u2060]", "", text)


def expected(data: dict[str, Any]) -> list[str]:
    """Every text that must be read in either document."""
    found = [data["rapat"]["judul"], "Senin, 30 November 2026", "pukul 09.00 sampai 12.00 WIB", "Aula Dinas Sosial"]
    found += [value for one in data["hadir"] for value in (one["nama"], one["instansi"])]
    actions = [*data["bawaan"], *data["lain"]["tindak_lanjut"]]
    decisions = list(data["lain"]["keputusan"])
    for item in data["butir"]:
        found += [f"{item['nomor']}. {item['judul']}", item["uraian"], item["catatan"]]
        actions += item["tindak_lanjut"]
        decisions += item["keputusan"]
        for shown in item["panel"]:
            found += [shown["judul"], shown["kalimat"], shown["catatan"], "Keadaan per 30 November 2026"]
            found += [value for one in shown["batang"] for value in (one["label"], one["teks"])]
            found += [value for one in shown["angka"] for value in (one["label"], one["teks"])]
            found += [minutes.cell(value) for row in shown["baris"] for value in row]
    found += [value for one in actions for value in (one["apa"], one["pic"], one["tenggat_kata"], one["lks"])]
    return found + [one["isi"] for one in decisions]


@pytest.mark.parametrize("attendees", [0, 1, 60, 400])
def test_both_documents_say_what_the_meeting_recorded(attendees: int) -> None:
    data = scripted(attendees)
    pdf, word = as_pdf(data), as_docx(data)
    for said in (flat(pdf), flat(word)):
        assert [text for text in expected(data) if flat(text) not in said] == []
        for number in range(1, 13):
            assert said.count(f"Keputusan{number}:disepakatitarget{100 + number}LKS.") == 1
        for number in range(1, 21):
            assert said.count(f"MendampingiLKSke-{number}melengkapi") == 1
        assert said.count("Bawaanke-") == 3
        assert said.count("PesertaUji") == attendees
    # Number by number, each as often in the one as in the other.
    assert Counter(_NUMBER.findall(pdf)) == Counter(_NUMBER.findall(word))
    told = f"{attendees - attendees // 5} orang hadir dari 9 instansi; {attendees // 5} orang tidak hadir."
    assert (told in word) == (attendees > 0)
    assert ("Belum ada daftar hadir yang dicatat." in word) == (attendees == 0)


def test_a_meeting_of_which_nothing_was_recorded_says_so() -> None:
    data = scripted(0, items=1, decisions=0, actions=0)
    data |= {"butir": [], "bawaan": [], "lain": {"keputusan": [], "tindak_lanjut": []}}
    data["rapat"] |= {"mulai": "", "selesai": None, "tempat": "", "pimpinan": "", "notulis": ""}
    for said in (as_pdf(data), as_docx(data)):
        assert "Tidak ada tindak lanjut rapat sebelumnya yang belum selesai." in said
        assert "Rapat ini tidak memiliki acara yang dicatat." in said
        assert "Lampiran" not in said
    assert "...................." in as_docx(data)  # where the names are written by hand


def test_carried_over_actions_come_before_the_agenda_and_their_origin_is_told() -> None:
    for said in (flat(as_pdf(scripted(3))), flat(as_docx(scripted(3)))):
        assert said.index("Bawaanke-1") < said.index("Pembahasan") < said.index("Keputusan8:")
        assert said.count("Asal:Rakor1Maret2026") == 3


def test_a_draft_and_a_sample_are_called_so_on_paper() -> None:
    data = scripted(1)
    for said in (as_pdf(data), as_docx(data)):
        assert "Draf per" not in said and "Contoh: rapat ini rekaan" not in said and "DRAF" not in said
    data["ditutup"], data["rapat"]["contoh"] = None, True
    for said in (as_pdf(data), as_docx(data)):
        assert said.count("Draf per 30/11/2026 09.00 WIB: rapat belum ditutup") == 1
        assert said.count("Contoh: rapat ini rekaan") == 1
    assert as_pdf(data).count("DRAF") >= len(PdfReader(io.BytesIO(minutes.pdf(data, IDENTITY, LABELS))).pages)


def test_a_share_never_stands_without_its_two_numbers() -> None:
    for said in (as_pdf(scripted(1)), as_docx(scripted(1))):
        assert "40,0% (28 dari 70)" in said  # the figure was worded as a bare per cent
        assert "28 dari 70 (40,0%) (28" not in said


def test_an_empty_panel_says_why() -> None:
    data = scripted(1, items=1)
    data["butir"][0]["panel"] = [panel(0, angka=[], batang=[], baris=[], kalimat="", kosong="Belum ada LKS tercatat.")]
    for said in (as_pdf(data), as_docx(data)):
        assert said.count("Belum ada LKS tercatat.") == 1
        assert "Berlaku sampai" not in said


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "-"), (1234, "1.234"), (1234.5, "1.234,50"), (3.0, "3"), ("2027-03-05", "05/03/2027"), ("2027-19-05",) * 2],
)
def test_a_raw_cell_is_read_the_indonesian_way(value: Any, text: str) -> None:
    assert minutes.cell(value) == text


def test_the_same_data_give_the_same_bytes() -> None:
    data = scripted(60)
    assert minutes.pdf(data, IDENTITY, LABELS) == minutes.pdf(data, IDENTITY, LABELS)
    assert minutes.docx(data, TEMPLATE, IDENTITY, LABELS) == minutes.docx(data, TEMPLATE, IDENTITY, LABELS)


def test_the_pdf_is_a4_tagged_indonesian_and_counts_its_pages() -> None:
    reader = PdfReader(io.BytesIO(minutes.pdf(scripted(60), IDENTITY, LABELS)))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "id" and root["/MarkInfo"]["/Marked"].value and "/StructTreeRoot" in root
    assert b"<pdfuaid:part>1</pdfuaid:part>" in reader.xmp_metadata.stream.get_data()  # type: ignore[union-attr]  # it is there
    assert reader.metadata is not None
    assert reader.metadata.title == "NOTULEN: Rapat koordinasi, Rakor LKKS Kota Magelang Triwulan IV"
    for number, page in enumerate(reader.pages, 1):
        assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
        assert f"Halaman {number} dari {len(reader.pages)}" in page.extract_text()
    fonts = {str(font["/BaseFont"]) for page in reader.pages for font in _fonts(page)}
    assert all("PlusJakartaSans" in name for name in fonts), fonts  # nothing of this computer


def _fonts(page: Any) -> list[Any]:
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]


def test_headings_of_long_tables_are_on_every_page() -> None:
    reader = PdfReader(io.BytesIO(minutes.pdf(scripted(400), IDENTITY, LABELS)))
    listed = [page.extract_text() for page in reader.pages if page.extract_text().count("Peserta Uji") > 2]
    assert len(listed) > 5
    assert all("Jabatan" in text and "Kehadiran" in text for text in listed)
    word = Document(io.BytesIO(minutes.docx(scripted(400), TEMPLATE, IDENTITY, LABELS)))
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in word.tables if len(table.rows) > 9)


def test_the_table_of_a_panel_stays_between_the_margins_in_word() -> None:
    """Every column kept the width of the one in the template, and Word cut four of them off at the page's edge."""
    word = Document(io.BytesIO(minutes.docx(scripted(1, items=1), TEMPLATE, IDENTITY, LABELS)))
    table = next(table for table in word.tables if table.rows[0].cells[0].text == "Nama")
    assert len(table.columns) == 4
    assert sum(int(column.get(_W + "w")) for column in table._tbl.tblGrid) <= 9500  # twentieths of a point: 16.7 cm
    assert {width.get(_W + "type") for width in table._tbl.iter(_W + "tcW")} == {"auto"}


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

HOSTILE = [
    "=1+1",
    "+62811",
    "-2+3",
    "@SUM(A1)",
    "#let x = 1 #panic()",
    "$ x^2 $ *tebal* _miring_ `kode` <label> @rujukan // komentar /* */",
    "\\u{41} \\ \" ' [ ] ( ) { }",
    "{{ 7 * 7 }}",
    "{% for x in range(9) %}{{ x }}{% endfor %}",
    "{{ ''.__class__.__mro__ }}",
    "{_{ kop.nama }_} {_% if %_}",
    "<w:p><w:r><w:t>baru</w:t></w:r></w:p>",
    "</w:t></w:r></w:p> & &amp; &#65; <!-- -->",
    "<script>alert(1)</script>",
    "مؤسسة الرعاية",
    "עמותה לרווחה",
    "Panti 👩‍👩‍👧 Kasih 🏠",
    "界" * 40,
    "Ñandú Željko Łódź Ωmega",
    "e\u0301" * 30,
    "M" * 200,
    "https://contoh.id/" + "a" * 150,
    "baris satu\nbaris dua\r\nbaris tiga\tkolom",
    "a\x00b\x07c\x0bd\x1be\ud800f\ufffeg",
    "kiri\u202ekanan\u2066dalam",
    "  \u00a0 spasi \u200b nol ",
]


def everywhere(text: str) -> dict[str, Any]:
    """Minutes with the text in every field that people type."""
    data = scripted(1, items=1, decisions=1, actions=1)
    data["rapat"] |= dict.fromkeys(
        ("judul", "jenis_kata", "tempat", "pimpinan", "notulis", "wilayah_kata", "lkks"), text
    )
    data["hadir"] = [person(1, nama=text, jabatan=text, instansi=text, keterangan=text, jenis_kata=text)]
    item = data["butir"][0]
    shown = panel(1, judul=text, tempat=text, kalimat=text, catatan=text, sumber=text)
    shown |= {"kolom": [text, text], "baris": [[text, text], [text, 1]]}
    shown["angka"][0] |= {"label": text, "teks": text}
    shown["batang"] = [{"label": text, "nilai": 1, "teks": text, "kode": None}]
    item |= {"judul": text, "uraian": text, "catatan": text, "panel": [shown], "keputusan": [{"nomor": 1, "isi": text}]}
    names = ("apa", "pic", "pic_instansi", "tenggat_kata", "tugas_kata", "status_kata", "lks", "topik", "bukti", "asal")
    item["tindak_lanjut"] = data["bawaan"] = data["lain"]["tindak_lanjut"] = [action(1, **dict.fromkeys(names, text))]
    return data


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_people_type_is_printed_as_text_and_nothing_of_it_runs(text: str) -> None:
    data = everywhere(text)
    content = minutes.docx(data, TEMPLATE, {"nama": text, "baris": [text]}, LABELS, strict=True)
    wanted = minutes.plain(text)
    word = text_of(content)
    assert flat(word).count(flat(wanted)) >= 35
    assert "49" not in word or "49" in text
    raw = minutes.pdf(data, {"nama": text, "baris": [text]}, LABELS)
    said = flat("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages))
    if text.isascii() and text.isprintable():  # what other scripts are read as is the reader's business
        assert said.count(flat(wanted)) >= 30
    marks = set("\x07\x0b\x1b\ud800\ufffe\u202e\u2066")
    assert not marks & set(word) and not marks & set(said) and "\x00" not in word


def test_long_words_do_not_leave_their_columns() -> None:
    data = everywhere("M" * 200)
    filled = minutes.words(data, IDENTITY, LABELS)
    tables = [block for block in minutes.report(filled, LABELS).isi if isinstance(block, Table)]
    assert len(tables) == 5
    for page in PdfReader(io.BytesIO(minutes.pdf(data, IDENTITY, LABELS))).pages:
        starts: list[float] = []
        page.extract_text(visitor_text=lambda text, cm, tm, *_, at=starts: at.append(tm[4]) if text.strip() else None)
        assert max(starts) < 540  # of 595 points, 62 of them margin


def test_a_row_longer_than_a_page_goes_on_on_the_next() -> None:
    data = scripted(0, items=1, decisions=0, actions=0)
    long = "\n".join(f"langkah {number} dari banyak" for number in range(1, 151))
    data["butir"][0]["tindak_lanjut"] = [action(1, apa=long)]
    said = flat(as_pdf(data))
    assert all(f"langkah{number}dari" in said for number in range(1, 151))


def test_four_hundred_rows_take_seconds() -> None:
    """The promise is 30 s for the minutes of a rakor; measured well below one."""
    data, began = scripted(400), time.monotonic()
    minutes.pdf(data, IDENTITY, LABELS)
    minutes.docx(data, TEMPLATE, IDENTITY, LABELS)
    assert time.monotonic() - began < 15


def test_numbers_of_a_day_are_not_mixed_up_with_the_day_of_making() -> None:
    data = scripted(1)
    data["rapat"]["tanggal"] = date(2025, 1, 2).isoformat()
    for said in (as_pdf(data), as_docx(data)):
        assert "Kamis, 2 Januari 2025" in said and "Kota Magelang, 2 Januari 2025" in said


def test_the_layout_takes_nothing_from_this_computer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert minutes.pdf(scripted(1), IDENTITY, LABELS).startswith(b"%PDF-1.7")


def test_a_column_is_never_narrower_than_its_words() -> None:
    """A long first column left the days beside it so little room that "13/02/2020" was broken into two lines."""
    titles = [
        "Kegiatan",
        "Mulai",
        "Peserta",
        "Pre-test",
        "Post-test",
        "Berpasangan",
        "Kenaikan rata-rata (poin)",
        "Keterangan",
    ]
    row = ["Penguatan LKKS dan LKS Kota Magelang", "2020-02-13", 22, 22, 16, 16, 23.8, "sampel kecil"]
    data = scripted(0, items=1)
    data["butir"][0]["panel"] = [panel(0, kolom=titles, baris=[row], batang=[], angka=[])]
    said = as_pdf(data)
    for word in ("Kegiatan", "13/02/2020", "Berpasangan", "rata-rata", "Keterangan", "Post-test"):
        assert word in said


def test_the_foot_of_a_page_stays_one_line() -> None:
    filled = minutes.words(everywhere("M" * 200), IDENTITY, LABELS)
    assert filled["kaki"] == "Notulen " + "M" * 24 + "…, " + "M" * 24 + "…, 30 November 2026"
    assert minutes.words(scripted(1), IDENTITY, LABELS)["kaki"] == (
        "Notulen Rapat koordinasi, Kota Magelang, 30 November 2026"
    )
