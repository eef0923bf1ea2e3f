"""Minutes as files: who may make them, what the trail says of it, and whose template is used."""

import io
import json
import re
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader
from sqlalchemy import select

from data_access.engine import reading
from data_access.tables import audit
from domain.errors import AlreadyDone, FileRefused, NotFound, NotPermitted
from domain.permissions import Actor
from reports.docx import MIME, text_of
from services import actions, attendance_list, decisions, downloads, identity, meetings, minutes_files
from tests.rapat_rows import TODAY, on, running
from tests.reports.minutes_rows import scripted

Make = Callable[..., Actor]
stands_in = pytest.mark.usefixtures("kept")


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> dict[int, dict[str, Any]]:
    """Meeting 1 of Kota Magelang and 2 of Kota Surakarta; each is only seen from its own region or above."""
    kept = {1: scripted(3), 2: scripted(3)}
    kept[2]["rapat"] |= {"wilayah": "33.72", "wilayah_kata": "Kota Surakarta", "lkks": "", "judul": "Rapat Surakarta"}

    def minutes(by: Actor, rapat_id: int) -> dict[str, Any]:
        found = kept.get(rapat_id)
        if found is None or not by.scope.covers(found["rapat"]["wilayah"]):
            raise NotFound()
        return found

    monkeypatch.setattr(minutes_files.meetings, "minutes", minutes)
    return kept


def fetched(by: Actor, address: str) -> tuple[downloads.Download, bytes]:
    found = downloads.get(by, address.rpartition("/")[2])
    return found, found.path.read_bytes()


def trail() -> list[dict[str, Any]]:
    with reading() as connection:
        rows = connection.execute(select(audit).where(audit.c.objek.in_(("rapat", "templat"))).order_by(audit.c.id))
        return [dict(row) for row in rows.mappings()]


def changed(text: str) -> bytes:
    """The shipped template with a line of an office on top."""
    document = Document(str(minutes_files._SHIPPED / "notulen.docx"))
    document.paragraphs[0].insert_paragraph_before(text)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def said_in_word(by: Actor, rapat_id: int = 1) -> str:
    return text_of(fetched(by, minutes_files.minutes_docx(by, rapat_id))[1])


@stands_in
def test_the_letterhead_is_the_one_that_the_lkks_kept_for_the_day_of_the_meeting(fresh_db: Path, actor: Make) -> None:
    by, values = actor("lkks", "33.71", 1), {"alamat": "Jalan Mawar 1", "nama": "LKKS Kota Magelang Baru"}
    dinas = actor("operator", "33.71")
    identity.add(dinas, "33.71", "dinas", {"nama": "Dinas Sosial", "berlaku_mulai": date(2026, 1, 1)}, "dinas")
    identity.add(by, "33.71", "lkks", values | {"berlaku_mulai": date(2026, 12, 1)}, "besok")
    text = PdfReader(io.BytesIO(fetched(by, minutes_files.minutes_pdf(by, 1))[1])).pages[0].extract_text()
    assert text.startswith("LKKS Kota Magelang\nLembaga"), "it begins a day after the meeting"
    kept = identity.add(actor("lkks", "33.72"), "33.72", "lkks", values | {"berlaku_mulai": date(2026, 11, 30)}, "hari")
    assert kept > 0
    admin = actor("admin", None, 2)
    text = PdfReader(io.BytesIO(fetched(admin, minutes_files.minutes_pdf(admin, 2))[1])).pages[0].extract_text()
    assert text.startswith("LKKS Kota Magelang Baru\nJalan Mawar 1\nNOTULEN")
    assert "Jalan Mawar 1" in said_in_word(admin, 2)


@stands_in
def test_the_pdf_is_made_kept_for_its_maker_and_written_down(fresh_db: Path, actor: Make) -> None:
    by = actor("lkks", "33.71", 1)
    found, content = fetched(by, minutes_files.minutes_pdf(by, 1))
    assert (found.name, found.mime) == ("notulen_kota-magelang_2026-11-30.pdf", "application/pdf")
    text = PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert text.startswith("LKKS Kota Magelang\nLembaga Koordinasi Kesejahteraan Sosial Kota Magelang\nNOTULEN")
    with pytest.raises(NotFound):
        downloads.get(actor("admin", None, 2), found.path.name)
    [row] = trail()
    assert (row["aksi"], row["objek"], row["objek_id"], row["wilayah"]) == ("ekspor", "rapat", "1", "33.71")
    assert row["sesudah"] == {"berkas": "notulen_kota-magelang_2026-11-30.pdf", "bentuk": "pdf"}


@stands_in
def test_the_word_document_is_filled_from_the_shipped_template(fresh_db: Path, actor: Make) -> None:
    by = actor("kepala_dinas", "33", 1)
    found, content = fetched(by, minutes_files.minutes_docx(by, 2))
    assert (found.name, found.mime) == ("notulen_kota-surakarta_2026-11-30.docx", MIME)
    # An LKKS without a name of its own goes by what it is.
    assert text_of(content).startswith("Lembaga Koordinasi Kesejahteraan Sosial Kota Surakarta\n")
    assert "Keputusan 8: disepakati target 108 LKS." in text_of(content)


@stands_in
def test_minutes_of_another_region_are_not_there_and_nothing_is_written_down(fresh_db: Path, actor: Make) -> None:
    by = actor("lkks", "33.71", 1)
    for make in (minutes_files.minutes_pdf, minutes_files.minutes_docx):
        for rapat_id in (2, 99):
            with pytest.raises(NotFound):
                make(by, rapat_id)
    assert trail() == []


def test_minutes_of_the_whole_country_are_written_down_without_a_region(
    fresh_db: Path, actor: Make, kept: dict[int, dict[str, Any]]
) -> None:
    kept[3] = scripted(1)
    kept[3]["rapat"] |= {"wilayah": "", "wilayah_kata": "Indonesia"}
    minutes_files.minutes_pdf(actor("admin", None, 1), 3)
    assert [row["wilayah"] for row in trail()] == [None]


@stands_in
def test_a_kept_template_fills_the_minutes_of_its_own_region_only(fresh_db: Path, actor: Make) -> None:
    """An LKKS could have put its letterhead on the minutes of every other: nobody stands above an LKKS."""
    magelang, surakarta = actor("lkks", "33.71", 1), actor("lkks", "33.72", 2)
    minutes_files.keep_template(magelang, changed("KOP MAGELANG"), "t1")
    assert said_in_word(magelang).startswith("KOP MAGELANG\n")
    assert "KOP MAGELANG" not in said_in_word(surakarta, 2)
    assert b"PK" == minutes_files.template(surakarta)[:2] != minutes_files.template(magelang)
    own = minutes_files.template_state(magelang)
    assert (own.wilayah, own.own, own.kept is not None) == ("33.71", True, True)
    assert minutes_files.template_state(surakarta) == minutes_files.TemplateState(None, None, False)


@stands_in
def test_the_template_of_the_whole_country_is_everybodys_who_has_no_own(fresh_db: Path, actor: Make) -> None:
    admin, lkks = actor("admin", None, 1), actor("lkks", "33.71", 2)
    minutes_files.keep_template(admin, changed("KOP BERSAMA"), "t1")
    assert (fresh_db / "templat" / "notulen.docx").is_file()
    assert said_in_word(lkks).startswith("KOP BERSAMA\n")
    assert minutes_files.template_state(lkks).own is False
    minutes_files.keep_template(lkks, changed("KOP SENDIRI"), "t2")
    assert said_in_word(lkks).startswith("KOP SENDIRI\n")
    minutes_files.forget_template(lkks, "t3")
    assert said_in_word(lkks).startswith("KOP BERSAMA\n")
    minutes_files.forget_template(admin, "t4")
    assert said_in_word(lkks).startswith("LKKS Kota Magelang\n")
    told = [(row["aksi"], row["wilayah"], row["pelaku"]) for row in trail() if row["objek"] == "templat"]
    assert told == [
        ("ubah", None, "uji.admin"),
        ("ubah", "33.71", "uji.lkks"),
        ("hapus", "33.71", "uji.lkks"),
        ("hapus", None, "uji.admin"),
    ]


@stands_in
def test_a_second_click_keeps_nothing_twice(fresh_db: Path, actor: Make) -> None:
    by = actor("lkks", "33.71", 1)
    minutes_files.keep_template(by, changed("SATU"), "t1")
    with pytest.raises(AlreadyDone):
        minutes_files.keep_template(by, changed("DUA"), "t1")
    assert said_in_word(by).startswith("SATU\n")
    assert [row["aksi"] for row in trail() if row["objek"] == "templat"] == ["ubah"]
    assert [path.name for path in (fresh_db / "templat").iterdir()] == ["notulen_33.71.docx"]  # no half-made file


@stands_in
def test_a_refused_template_leaves_the_one_before(fresh_db: Path, actor: Make) -> None:
    by = actor("lkks", "33.71", 1)
    minutes_files.keep_template(by, changed("SATU"), "t1")
    for content in (b"bukan docx", changed("{{ rapat.ketua }}")):
        with pytest.raises(FileRefused):
            minutes_files.keep_template(by, content, "t2")
    assert said_in_word(by).startswith("SATU\n")
    minutes_files.keep_template(by, changed("DUA"), "t2")  # the token was not used up by what was refused


@stands_in
def test_a_kept_template_that_was_damaged_since_says_what_to_do(fresh_db: Path, actor: Make) -> None:
    by = actor("lkks", "33.71", 1)
    minutes_files.keep_template(by, changed("SATU"), "t1")
    (fresh_db / "templat" / "notulen_33.71.docx").write_bytes(b"PK rusak")
    with pytest.raises(FileRefused) as refused:
        minutes_files.minutes_docx(by, 1)
    assert refused.value.code == "templat_rusak_saat_dipakai"
    minutes_files.minutes_pdf(by, 1)  # needs no template


@stands_in
@pytest.mark.parametrize("role", ["kepala_dinas", "operator"])
def test_who_only_reads_minutes_changes_no_template(role: str, fresh_db: Path, actor: Make) -> None:
    by = actor(role, "33.71", 1)
    with pytest.raises(NotPermitted):
        minutes_files.keep_template(by, changed("X"), "t1")
    with pytest.raises(NotPermitted):
        minutes_files.forget_template(by, "t1")
    assert minutes_files.template(by)[:2] == b"PK"


def test_a_scripted_rakor_from_its_first_decision_to_its_papers(seeded_db: Path, actor: Make) -> None:
    """8 items with their panels, 12 decisions, 20 actions, 60 people: closed, and on paper within 30 seconds."""
    by = actor("lkks", "33.71", 1)
    with on(date(2026, 10, 1)):
        actions.add(by, {"jenis": "tugas", "apa": "Sisa rapat lalu", "tenggat": date(2026, 11, 1)}, "a0")
        actions.add(
            actor("admin", None, 2), {"jenis": "tugas", "apa": "Milik Semarang", "wilayah_rapat": "33.74"}, "a9"
        )
    with on(TODAY):
        rapat_id = running(by, pimpinan="Ketua <LKKS> & {{ kaki }}")
        items = [row["id"] for row in meetings.get(by, rapat_id).butir]
        assert len(items) == 8
        for number in range(1, 13):
            decisions.add(by, rapat_id, items[number % 8], f"Putusan nomor {number:02}", f"d{number}")
        for number in range(1, 21):
            given = {
                "jenis": "pembinaan",
                "apa": f"Langkah nomor {number:02}",
                "rapat_id": rapat_id,
                "pic": f"PIC {number:02}",
            }
            actions.add(by, given | {"butir_id": items[number % 8], "tenggat": date(2026, 12, number)}, f"t{number}")
        people = "\n".join(f"Hadirin {number:02};Anggota;Instansi {number % 7}" for number in range(1, 61))
        attendance_list.paste(by, rapat_id, people, "lks", "h1")
        meetings.close(by, rapat_id, meetings.get(by, rapat_id).record["versi"], "c1")
        data = meetings.minutes(by, rapat_id)
    began = time.perf_counter()  # outside the standing clock
    makers = (minutes_files.minutes_pdf, minutes_files.minutes_docx)
    pdf, word = (fetched(by, make(by, rapat_id))[1] for make in makers)
    assert time.perf_counter() - began < 30
    panels = json.dumps([panel for item in data["butir"] for panel in item["panel"]])
    texts = ["\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages), text_of(word)]
    for text in [re.sub(r"\s+|\u200b|\u2060", "", text) for text in texts]:
        for number in range(1, 13):
            assert text.count(f"Putusannomor{number:02}") == 1
        for number in range(1, 21):
            # The panel of open actions shows them too.
            once = 1 + panels.count(f"Langkah nomor {number:02}")
            assert text.count(f"Langkahnomor{number:02}") == once and f"PIC{number:02}" in text
            assert f"{number}Desember2026" in text
        assert [n for n in range(1, 61) if text.count(f"Hadirin{n:02}") != 1] == []
        assert "60oranghadirdari7instansi" in text and "Sisarapatlalu" in text and "MilikSemarang" not in text
        assert "Ketua<LKKS>&{{kaki}}" in text and "Draf" not in text
        shown = [panel for item in data["butir"] for panel in item["panel"]]
        assert len(shown) >= 8
        for panel in shown:
            wanted = [panel["judul"], panel["kalimat"], panel["kosong"], *(one["teks"] for one in panel["angka"])]
            assert [one for one in wanted if re.sub(r"\s+", "", one) not in text] == []
    # A year later, with the register changed in between, the same papers come out of what was frozen.
    with on(date(2027, 11, 20)):
        for make, before in zip(makers, (pdf, word), strict=True):
            assert fetched(by, make(by, rapat_id))[1] == before
