"""The papers of a Bimtek say what the screen says: in PDF, Word and Excel, for every event, and never too much."""

import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from data_access.engine import reading
from data_access.tables import audit
from domain.errors import NotFound, NotPermitted
from domain.permissions import Actor
from domain.statistics.withheld import given
from reports import bimtek, bimtek_sheets, model, pdf, word
from reports.docx import text_of
from services import bimtek_documents as documents
from services import downloads, events, results, sentences
from services.bimtek_facts import words
from tests.bimtek_random import filled
from tests.bimtek_rows import TEST, store_event

ActorOf = Callable[..., Actor]
MADE = datetime(2026, 6, 1, tzinfo=UTC)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
HOSTILE = (
    '=HYPERLINK("http://x","y")',
    "+62 @SUM(1)",
    "\u202eretep\u202c #let x = 1",
    "\u0645\u0631\u064a\u0645 \U0001f469\u200d\U0001f469\u200d\U0001f467 *tebal* $x^2$ <script>",
    "N" * 200,
    "{{ 7*7 }} {% raw %} \\u0000 \x07",
)


def numbers(text: str) -> Counter[str]:
    """Every number in a text, how often."""
    return Counter(_NUMBER.findall(text.replace(model.BREAK, "")))


def printed(report: model.Report) -> Iterator[str]:
    """Every text of a report's head and body that a writer prints."""
    yield from (*report.kop, report.judul, report.subjudul, *report.peringatan)
    for block in report.isi:
        match block:
            case model.Heading() | model.Paragraph():
                yield block.teks
            case model.Facts(baris=pairs) | model.Figures(angka=pairs):
                yield from (text for pair in pairs for text in pair)
            case model.Points():
                yield from (f"{number} {text}" for number, text in block.butir)
            case model.Table():
                yield from (column.judul for column in block.kolom)
                yield from (cell for row in block.baris for cell in row)
            case model.Bars():
                yield from (f"{label} {text}" for label, _, text in block.batang)
            case model.Signatures():
                yield block.tempat
                yield from (f"{one.sebagai} {one.nama}" for one in block.orang)


def read_pdf(content: bytes) -> tuple[str, int]:
    found = PdfReader(io.BytesIO(content))
    return "\n".join(page.extract_text() for page in found.pages), len(found.pages)


def said_alike(report: model.Report) -> str:
    """The PDF's text, after it and the Word document were found to hold the model's numbers and no others."""
    wanted = numbers("\n".join(printed(report)))
    text, pages = read_pdf(pdf.render(report, MADE))
    assert not wanted - numbers(text), "a number of the model is not on the paper"
    foot = numbers(report.kaki)
    allowed = set(wanted) | set(foot) | {str(page) for page in range(1, pages + 1)}
    assert set(numbers(text)) <= allowed
    typed = numbers(text_of(word.render(report, MADE)))
    assert typed == wanted + foot
    return " ".join(text.replace(model.BREAK, "").split())


def flat(text: str) -> str:
    """The text without spaces, since a line may end at a hyphen; the font draws minus and hyphen with one glyph."""
    return re.sub(r"\s", "", text).replace(sentences.MINUS, "-")


def of_results(by: Actor, event_id: int) -> None:
    """The report of an event against services.results, figure by figure."""
    found = results.results(by, event_id)
    data = documents.report_data(by, event_id)
    text = said_alike(bimtek.report(data, words()))
    wanted: list[str] = [line.text for line in sentences.attendance(found.attendance)]
    counts = found.counts
    if counts.people:
        wanted.append(f"{counts.people} orang terdaftar dari {counts.institutions} instansi, {counts.lks} di antaranya")
    evaluation = found.knowledge
    if evaluation is not None and (evaluation.pairing.pre or evaluation.pairing.post):
        lines = [*sentences.headline(evaluation.pairs), *sentences.pair_notes(evaluation.pairs)]
        wanted += [line.text for line in [*lines, *sentences.pairing_notes(evaluation)]]
        for code, one in evaluation.aims.items():
            row = next(row for row in data["tes"]["tujuan"] if row[0] == found.aims[code])
            assert row[1] == str(one.n)
            assert row[2] == (sentences.decimal(one.pre.mean, 1) if given(one.pre.mean) else "-")
            assert row[3] == (sentences.decimal(one.post.mean, 1) if given(one.post.mean) else "-")
        for code, place in found.numbers.items():
            row = next(row for row in data["tes"]["soal"] if row[0] == f"Soal {place}")
            for column, phase in ((2, "pre"), (3, "post")):
                item = next(item for item in evaluation.phases[phase].items if item.item == code)
                assert row[column] == (f"{item.right} dari {item.n}" if item.n else "-")
    for form, told in zip(found.scales, data["skala"], strict=True):
        for (asked, scale, figure), row in zip(form.items if form.n else (), told["baris"], strict=True):
            mean = f"{sentences.decimal(figure.figures.mean, 2)} / {scale.max}" if given(figure.figures.mean) else "-"
            assert row[:3] == [asked, str(figure.figures.n), mean]
    for line in wanted:
        assert flat(line) in flat(text), line
    assert len(data["saran"]) == len(found.comments)


def kept(by: Actor, address: str) -> bytes:
    return downloads.get(by, address.rpartition("/")[2]).path.read_bytes()


def test_the_reports_of_the_five_sample_events_say_what_the_screen_says(seeded_db: Path, actor: ActorOf) -> None:
    for role in ("admin", "kepala_dinas"):
        by = actor(role, None)
        listed = events.listed(by)["id"].tolist()
        assert len(listed) == 5
        for event_id in listed:
            of_results(by, int(event_id))


@pytest.mark.parametrize("seed", range(24))
def test_the_reports_of_random_events_say_what_the_screen_says(seed: int, fresh_db: Path, actor: ActorOf) -> None:
    people = (0, 1, 2, 4, 5, 6, 9, 10, 12, 17, 25, 31)[seed % 12]
    made = filled(seed, people)
    filled(100 + seed, 7, wilayah="33.72")  # another region's: counted nowhere below
    by = actor("pelatih", "33.71", 1)
    of_results(by, made.event_id)
    found = results.results(by, made.event_id)
    assert found.counts.people == people
    rows = documents.report_data(by, made.event_id)["peserta"]["instansi"]
    assert len(rows) == found.counts.institutions
    assert sum(int(row[2]) for row in rows) == people
    of_scores(by, made.event_id)


def of_scores(by: Actor, event_id: int) -> None:
    """The list of scores in PDF and Excel against the pairs of services.results."""
    found = results.results(by, event_id)
    said_alike(bimtek_sheets.score_list(documents.scores_data(by, event_id), words()))
    book = load_workbook(io.BytesIO(kept(by, documents.scores_xlsx(by, event_id))))
    sheet = book.worksheets[0]
    rows = {row[1]: row for row in sheet.iter_rows(min_row=2, values_only=True) if row[1]}
    assert found.knowledge is not None
    assert len(rows) == found.counts.people and sheet.freeze_panes == "A2"
    for pair, gain in zip(found.knowledge.pairing.pairs, found.knowledge.pairs.gain.each, strict=True):
        row = rows[found.people[int(pair.person)].name]
        assert row[4:7] == (pair.pre.percent, pair.post.percent, pair.post.percent - pair.pre.percent)
        assert row[7] == (pytest.approx(gain, abs=1e-12) if given(gain) else None)
        assert row[8] == ("ya" if pair.post.percent >= 70 else "tidak")
    for one in found.knowledge.pairing.only_pre:
        assert rows[found.people[int(one.person or 0)].name][4:7] == (one.percent, None, None)


def test_the_same_event_makes_the_same_paper(fresh_db: Path, actor: ActorOf) -> None:
    made = filled(3, 9)
    report = bimtek.report(documents.report_data(actor("admin"), made.event_id), words())
    assert pdf.render(report, MADE) == pdf.render(report, MADE)
    assert word.render(report, MADE) == word.render(report, MADE)


# --- names -----------------------------------------------------------------------------------------------------------


def test_who_may_not_see_persons_gets_no_name_on_any_paper(fresh_db: Path, actor: ActorOf) -> None:
    made = filled(5, 12)
    head = actor("kepala_dinas", "33.71", 1)
    data = [documents.report_data(head, made.event_id), documents.scores_data(head, made.event_id)]
    text = json.dumps(data, ensure_ascii=False)
    named = documents.report_data(actor("pelatih", "33.71", 1), made.event_id)
    names = [row["nama"] for row in named["hadir"]]
    assert len(names) == 12 and not [name for name in names if name in text]
    assert data[0]["hadir"] is None and data[0]["peserta"]["instansi"] is None and data[0]["rtl"]["baris"] == []
    pairs = results.results(head, made.event_id).knowledge
    assert pairs is not None and pairs.pairs.n >= 5
    assert [row[1].partition(" ")[0] for row in data[1]["nilai"]["baris"]] == ["Peserta"] * pairs.pairs.n
    assert {row[3] for row in data[1]["nilai"]["baris"]} == {"-"}
    book = load_workbook(io.BytesIO(kept(head, documents.scores_xlsx(head, made.event_id))))
    cells = [str(cell) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row]
    assert not [name for name in names if name in " ".join(cells)]


def test_of_four_pairs_no_score_is_listed_for_who_may_not_see_persons(fresh_db: Path, actor: ActorOf) -> None:
    made = filled(8, 4)
    head = actor("kepala_dinas", "33.71", 1)
    pairs = results.results(head, made.event_id).knowledge
    assert pairs is not None and 0 < pairs.pairs.n < 5
    assert documents.scores_data(head, made.event_id)["nilai"]["baris"] is None
    text = said_alike(bimtek_sheets.score_list(documents.scores_data(head, made.event_id), words()))
    assert "kurang dari 5 orang" in text


def test_answers_without_a_name_stand_beside_nobody(fresh_db: Path, actor: ActorOf) -> None:
    made = filled(11, 20)
    data = documents.report_data(actor("admin"), made.event_id)
    assert data["saran"] and all(len(row) == 2 for row in data["saran"])
    texts = [row[1] for row in data["saran"]]
    assert texts == sorted(texts, key=str.casefold) or len({row[0] for row in data["saran"]}) > 1


@pytest.mark.parametrize("people", [3, 40])
def test_a_speaker_gets_totals_alone_and_nothing_of_fewer_than_five(
    people: int, fresh_db: Path, actor: ActorOf
) -> None:
    made, by = filled(21, people), actor("kepala_dinas", "33.71", 1)
    speaker = events.get(by, made.event_id).speakers[0]
    data = documents.speaker_data(by, made.event_id, speaker["id"])
    form = next(form for form in results.results(by, made.event_id).scales if form.phase == "narasumber")
    told = data["formulir"][0]
    assert told["n"] == form.n
    text = said_alike(bimtek_sheets.speaker(data, words()))
    assert "Ibu Narasumber" in text and "Materi hari 1" in text and "Materi hari 2" not in text
    for remark in ("Waktu diskusi", "Ruang kurang", "Materi jelas"):
        assert remark not in text
    if people == 3:
        assert form.n < 5 and told["tertutup"] and told["baris"] == [] and told["sebaran"] == []
        assert f"baru {form.n} jawaban" in text
    else:
        counts = form.items[0][2].counts
        labels = ("Kurang", "Cukup", "Baik", "Sangat Baik")
        spread = "; ".join(f"{step} {label}: {counts.get(step, 0)}" for step, label in enumerate(labels, 1))
        assert told["sebaran"] == [["Pelayanan panitia", spread]]
        mean = form.items[0][2].figures.mean
        assert given(mean) and sentences.decimal(mean, 2) in text
    with pytest.raises(NotFound):
        documents.speaker_data(by, made.event_id, speaker["id"] + 1)


# --- lists and paper -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("people", [0, 1, 200])
def test_attendance_lists_to_sign_and_as_marked(people: int, fresh_db: Path, actor: ActorOf) -> None:
    made, by = filled(31, people), actor("pelatih", "33.71", 1)
    seen = documents.attendance_data(by, made.event_id, True)
    found = events.get(by, made.event_id)
    assert [sheet["hadir"] for sheet in seen["sesi"]] == [str(row["hadir"]) for row in found.sessions]
    report = bimtek_sheets.attendance(seen, words())
    text = said_alike(report)
    assert text.count("08.00") >= sum(row["hadir"] for row in found.sessions)  # 01.00 UTC is 08.00 WIB
    blank = bimtek_sheets.attendance(documents.attendance_data(by, made.event_id, False), words())
    tables = [block for block in blank.isi if isinstance(block, model.Table)]
    assert [len(table.baris) for table in tables] == [people + 5] * 2
    assert all(row[-1] == "" for table in tables for row in table.baris)
    content = pdf.render(blank, MADE)
    pages = PdfReader(io.BytesIO(content)).pages
    assert all(page.mediabox.width > page.mediabox.height for page in pages)
    lists = [page.extract_text() for page in pages if "Orang" in page.extract_text()]
    assert all("Tanda tangan" in page for page in lists) and (people < 100 or len(lists) > 20)
    assert f"Halaman {len(pages)} dari {len(pages)}" in pages[-1].extract_text()
    one = documents.attendance_data(by, made.event_id, False, [made.sessions[1]])
    assert [sheet["nomor"] for sheet in one["sesi"]] == ["2"]
    with pytest.raises(NotFound):
        documents.attendance_data(by, made.event_id, False, [10_000])


def test_the_key_is_on_no_sheet(fresh_db: Path, actor: ActorOf) -> None:
    """Two tests that differ in nothing but their key must look alike on paper."""
    other = deepcopy(TEST) | {"kode": "uji_lain"}
    for item in other["bagian"][0]["butir"]:
        item["kunci"] = ["d"]
    by, pages = actor("pelatih", "33.71", 1), []
    for definition in (TEST, other):
        made = store_event(phases={"pre": definition, "post": definition})
        data = documents.paper_data(by, made.event_id, made.forms["pre"])
        assert "kunci" not in json.dumps(data) and "poin" not in json.dumps(data)
        data["kegiatan"]["dibuat_kata"] = data["formulir"]["kode"] = ""
        reports = [bimtek_sheets.questions(data, words()), bimtek_sheets.answers(data, words())]
        pages.append([said_alike(report) for report in reports])
    assert pages[0] == pages[1]
    questions, answers = pages[0]
    assert all(f"Pertanyaan {place}?" in questions and f"Jawaban b{place}" in questions for place in range(1, 5))
    assert answers.count("A B C D") == 4


def test_every_ready_made_form_can_be_printed(seeded_db: Path, actor: ActorOf) -> None:
    by = actor("pelatih", "33.71", 1)
    event_id = int(events.listed(by)["id"].iloc[0])
    for form in events.get(by, event_id).forms:
        data = documents.paper_data(by, event_id, form["id"])
        asked = [item for section in data["formulir"]["bagian"] for item in section["butir"]]
        text = said_alike(bimtek_sheets.questions(data, words()))
        assert all(" ".join(item["teks"].split())[:40] in text for item in asked)
        said_alike(bimtek_sheets.answers(data, words()))


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_people_are_called_is_text_on_every_paper(name: str, fresh_db: Path, actor: ActorOf) -> None:
    by = actor("admin", None, 1)
    made = store_event(people=[(name, "lks", name)] * 3, judul=name, penyelenggara=name, tempat=name)
    data = documents.report_data(by, made.event_id)
    report = bimtek.report(data, words())
    text, _ = read_pdf(pdf.render(report, MADE))
    word.render(report, MADE)
    blank = bimtek_sheets.attendance(documents.attendance_data(by, made.event_id, False), words())
    for page in PdfReader(io.BytesIO(pdf.render(blank, MADE))).pages:
        assert float(page.mediabox.width) > 800
    if name.isascii() and "\x07" not in name:
        assert flat(name)[:150] in flat(text.replace(model.BREAK, ""))
    book = load_workbook(io.BytesIO(kept(by, documents.scores_xlsx(by, made.event_id))))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


# --- who may ---------------------------------------------------------------------------------------------------------


def test_another_region_gets_nothing(fresh_db: Path, actor: ActorOf) -> None:
    made, by = filled(41, 6), actor("pelatih", "33.72", 1)
    for make in (
        lambda: documents.report_pdf(by, made.event_id),
        lambda: documents.report_docx(by, made.event_id),
        lambda: documents.attendance_pdf(by, made.event_id, False),
        lambda: documents.scores_pdf(by, made.event_id),
        lambda: documents.scores_xlsx(by, made.event_id),
        lambda: documents.speaker_pdf(by, made.event_id, 1),
        lambda: documents.questions_pdf(by, made.event_id, made.forms["pre"]),
        lambda: documents.answer_sheet_pdf(by, made.event_id, made.forms["pre"]),
    ):
        with pytest.raises(NotFound):
            make()


def test_each_file_is_kept_for_its_maker_and_written_down(fresh_db: Path, actor: ActorOf) -> None:
    made, by = filled(42, 6), actor("pelatih", "33.71", 1)
    speaker = events.get(by, made.event_id).speakers[0]["id"]
    addresses = [
        documents.report_pdf(by, made.event_id),
        documents.report_docx(by, made.event_id),
        documents.attendance_pdf(by, made.event_id, True),
        documents.scores_pdf(by, made.event_id),
        documents.scores_xlsx(by, made.event_id),
        documents.speaker_pdf(by, made.event_id, speaker),
        documents.questions_pdf(by, made.event_id, made.forms["pre"]),
        documents.answer_sheet_pdf(by, made.event_id, made.forms["pre"]),
    ]
    starts = [kept(by, address)[:4] for address in addresses]
    assert starts == [b"%PDF", b"PK\x03\x04", b"%PDF", b"%PDF", b"PK\x03\x04", b"%PDF", b"%PDF", b"%PDF"]
    with pytest.raises((NotFound, NotPermitted)):
        downloads.get(replace(by, user_id=2), addresses[0].rpartition("/")[2])
    with reading() as connection:
        rows = connection.execute(audit.select().where(audit.c.aksi == "ekspor")).mappings().all()
    assert len(rows) == 8 and {row["wilayah"] for row in rows} == {"33.71"}
    assert {row["objek"] for row in rows} == {"kegiatan"}


def test_who_may_not_enter_answers_prints_no_list(fresh_db: Path, actor: ActorOf) -> None:
    made = filled(43, 2)
    with pytest.raises(NotPermitted):
        documents.attendance_pdf(actor("kepala_dinas", "33.71", 1), made.event_id, False)


def test_telephones_are_whole_only_for_those_who_may_reveal_them(fresh_db: Path, actor: ActorOf) -> None:
    from data_access import tables_bimtek as t
    from data_access.engine import writing

    made = filled(44, 1)
    with writing() as connection:
        connection.execute(t.peserta.update().values(telepon="+6281234567890"))
    whole: dict[str, Any] = documents.attendance_data(actor("operator", "33.71"), made.event_id, False)
    masked: dict[str, Any] = documents.attendance_data(actor("pelatih", "33.71"), made.event_id, False)
    assert whole["sesi"][0]["orang"][0][4] == "+6281234567890"
    assert "1234567" not in masked["sesi"][0]["orang"][0][4]
