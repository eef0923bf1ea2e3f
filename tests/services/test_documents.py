"""Documents are what the screens say, frozen when they are issued, and seen only from their own region."""

import io
import random
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader
from sqlalchemy import select, update

from data_access.commands import lks as lks_commands
from data_access.engine import reading, writing
from data_access.queries import state
from data_access.tables_dokumen import dokumen
from domain import figures
from domain.errors import AlreadyDone, FileRefused, NotFound, StoreRefused
from domain.filters import Filters
from domain.lks import AXIS_VALUES
from domain.permissions import COMMAND_LINE, Actor
from reports.model import BREAK
from services import accounts, document_drafts, documents, downloads, register
from tests.lkks_rows import an_lks, trail_of

Make = Callable[..., Actor]
ON = date(2026, 12, 1)
HOSTILE = (
    '=HYPERLINK("http://jahat","Klik")',
    "+62 Panti",
    "@SUM(A1)",
    "-1+1|cmd",
    "#set page(fill: red) *tebal* $x$ <b>tag</b>",
    "\u202eterbalik\u202c مؤسسة الأمل",
    "Panti 👨‍👩‍👧‍👦 Ceria 🌻",
    "P" * 200,
)


def text_of(content: bytes) -> str:
    """Everything a PDF prints, without the places where a line was broken."""
    found = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return re.sub(r"\s|\u200b", "", found)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text.replace(BREAK, ""))


def cells(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every sheet below its header; days as dates."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        sheet.title: [
            tuple(v.date() if isinstance(v, datetime) else v for v in row)
            for row in sheet.iter_rows(min_row=2, values_only=True)
        ]
        for sheet in book
    }


def asked(number: int) -> tuple[str | None, Filters]:
    """A region and filters, the same ones for the same number."""
    rolled = random.Random(number)
    root = rolled.choice([None, "33", "33.71", "34", "34.04", "52", "52.71", "52.72"])
    narrowed: dict[str, Any] = {}
    for axis in rolled.sample(sorted(AXIS_VALUES), rolled.randint(0, 2)):
        narrowed[axis] = tuple(rolled.sample(AXIS_VALUES[axis], 2))
    if rolled.random() < 0.3:
        narrowed["kluster"] = (rolled.choice(["anak", "lansia", "disabilitas"]),)
    return root, Filters(wilayah=root, **narrowed)


def made(by: Actor, jenis: str, filters: Filters) -> tuple[str, dict[str, list[tuple[Any, ...]]]]:
    number = documents.issue(by, jenis, filters, f"{jenis}-{filters}"[:60] + str(hash(filters)), ON)
    return text_of(documents.files(by, number, "pdf").content), cells(documents.files(by, number, "xlsx").content)


@pytest.mark.parametrize("number", range(24))
def test_every_figure_of_paper_and_workbook_is_that_of_the_screen(number: int, seeded_db: Path, actor: Make) -> None:
    root, filters = asked(number)
    by = actor("kepala_dinas", root)
    found = register.summary(by, filters, ON)

    paper, book = made(by, "triwulan", filters)
    assert [row[1:3] for row in book["Ukuran"]] == list(found.measures.values())
    assert [row[1] for row in book["Kluster"]] == list(found.kluster.values())
    ending = [found.expiring[window] for window in (30, 90, 180, "lewat")]
    assert [row[1:] for row in book["Masa berlaku"]] == [(one["daftar"], one["akreditasi"]) for one in ending]
    assert squeezed(f"{figures.integer(found.total)} LKS dalam register") in paper
    for pair in found.measures.values():
        assert squeezed(figures.share(*pair)) in paper

    paper, book = made(by, "daftar_lks", filters)
    frame, total = register.listing(by, filters, ON, 0, 1000)
    assert total == found.total == len(book["Daftar LKS"])
    assert [row[1:3] for row in book["Daftar LKS"]] == list(zip(frame["kode_lks"], frame["nama"], strict=True))
    days = [None if day != day else day.date() for day in frame["daftar_sampai"]]
    assert [row[7] for row in book["Daftar LKS"]] == days
    for kode, nama, day in zip(frame["kode_lks"], frame["nama"], days, strict=True):
        assert squeezed(kode) in paper and squeezed(nama) in paper
        assert day is None or figures.date_short(day) in paper

    paper, book = made(by, "segera_berakhir", filters)
    frame = register.expiring_list(by, filters, ON, 180)
    wanted = zip(frame["kode_lks"], [day.date() for day in frame["sampai"]], frame["sisa"], strict=True)
    assert [(row[1], row[6], row[7]) for row in book["Segera berakhir"]] == list(wanted)
    assert all(figures.date_short(day) in paper for day in frame["sampai"])
    assert f"dalam180hari:{figures.integer(len(frame))}." in paper or len(frame) == 0


def test_a_document_stays_as_it_was_issued(fresh_db: Path, actor: Make) -> None:
    by = actor("operator", "33.71")
    an_lks("33.71", "LKS Pertama")
    an_lks("52.72", "LKS Lain Daerah")
    number = documents.issue(by, "daftar_lks", Filters(), "satu", ON)
    before = documents.files(by, number, "pdf"), cells(documents.files(by, number, "xlsx").content)
    an_lks("33.71", "LKS Kedua")
    assert (documents.files(by, number, "pdf"), cells(documents.files(by, number, "xlsx").content)) == before
    assert [row[2] for row in before[1]["Daftar LKS"]] == ["LKS Pertama"]
    assert before[0].name == "daftar-lks_kota-magelang_2026-12-01.pdf"
    again = documents.issue(by, "daftar_lks", Filters(), "dua", ON)
    names = [row[2] for row in cells(documents.files(by, again, "xlsx").content)["Daftar LKS"]]
    assert names == ["LKS Kedua", "LKS Pertama"]


def test_a_document_that_was_tampered_with_is_not_handed_out(fresh_db: Path, actor: Make) -> None:
    by = actor("operator", "33.71")
    number = documents.issue(by, "daftar_lks", Filters(), "satu", ON)
    with writing() as connection:
        isi = connection.execute(select(dokumen.c.isi)).scalar_one()
        connection.execute(update(dokumen).values(isi=isi | {"tempat": "Kota Lain"}))
    with pytest.raises(StoreRefused) as refused:
        documents.files(by, number, "pdf")
    assert (refused.value.code, refused.value.facts) == ("dokumen_rusak", {"nomor": str(number)})


def test_only_its_own_region_and_those_above_see_a_document(seeded_db: Path, actor: Make) -> None:
    here = documents.issue(actor("operator", "33.71"), "triwulan", Filters(), "satu", ON)
    national = documents.issue(actor("admin", None), "triwulan", Filters(), "dua", ON)
    assert documents.files(actor("kepala_dinas", "33"), here, "pdf").content.startswith(b"%PDF")
    for by, number in ((actor("operator", "52.72"), here), (actor("operator", "33.71"), national)):
        with pytest.raises(NotFound):
            documents.files(by, number, "pdf")
    with pytest.raises(NotFound):
        documents.issue(actor("operator", "33.71"), "daftar_lks", Filters(wilayah="52.72"), "tiga", ON)
    for number, ending, jenis in ((here, "exe", None), (here, "pdf", "daftar_lks"), (999, "pdf", None)):
        with pytest.raises(NotFound):
            documents.files(actor("admin", None), number, ending, jenis)


def test_one_press_issues_one_document_and_the_trail_says_who(fresh_db: Path, actor: Make) -> None:
    by = actor("operator", "33.71")
    number = documents.issue(by, "daftar_lks", Filters(), "satu", ON)
    with pytest.raises(AlreadyDone):
        documents.issue(by, "daftar_lks", Filters(), "satu", ON)
    documents.files(by, number, "xlsx")
    with reading() as connection:
        assert connection.execute(select(dokumen.c.id)).scalars().all() == [number]
    told = [(row["aksi"], row["objek_id"], row["wilayah"], row["pelaku"]) for row in trail_of("dokumen")]
    assert told == [("tambah", str(number), "33.71", "uji.operator"), ("ekspor", str(number), "33.71", "uji.operator")]
    assert trail_of("dokumen")[1]["sesudah"]["bentuk"] == "xlsx"


def test_a_document_of_real_lks_closes_the_sample_sign_in(seeded_db: Path, actor: Make) -> None:
    documents.issue(actor("operator", "33.71"), "daftar_lks", Filters(), "contoh", ON)
    with reading() as connection:
        assert state.state(connection, accounts.SAMPLE_CLOSED) is None
    an_lks("33.71", "LKS Nyata")
    documents.issue(actor("operator", "33.71"), "daftar_lks", Filters(), "nyata", ON)
    with reading() as connection:
        assert state.state(connection, accounts.SAMPLE_CLOSED) is not None


def test_hostile_names_stay_text_in_paper_and_workbook(fresh_db: Path, actor: Make) -> None:
    for name in HOSTILE:
        an_lks("33.71", name)
    by = actor("operator", "33.71")
    number = documents.issue(by, "daftar_lks", Filters(), "satu", ON)
    sheet = openpyxl.load_workbook(io.BytesIO(documents.files(by, number, "xlsx").content))["Daftar LKS"]
    found = [cell for (cell,) in sheet.iter_rows(min_row=2, min_col=3, max_col=3)]
    assert len(found) == len(HOSTILE) and {cell.data_type for cell in found} == {"s"}
    assert {HOSTILE[0], HOSTILE[4], HOSTILE[7]} <= {cell.value for cell in found}
    paper = text_of(documents.files(by, number, "pdf").content)
    for name in (HOSTILE[0], HOSTILE[1], HOSTILE[2], HOSTILE[3], HOSTILE[4], HOSTILE[7]):
        assert squeezed(name) in paper


def test_four_hundred_rows_repeat_their_header_and_count_their_pages(fresh_db: Path, actor: Make) -> None:
    records = [{"nama": f"LKS Nomor {n:03}", "kode_wilayah": "33.71"} for n in range(400)]
    with writing() as connection:
        lks_commands.add(connection, records, at=datetime(2026, 11, 1, tzinfo=UTC), by=COMMAND_LINE)
    by = actor("operator", "33.71")
    number = documents.issue(by, "daftar_lks", Filters(), "satu", ON)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(documents.files(by, number, "pdf").content)).pages]
    assert len(pages) > 5
    assert all("Nama LKS" in text and f"Halaman {n} dari {len(pages)}" in text for n, text in enumerate(pages[:-1], 1))
    assert f"Halaman {len(pages)} dari {len(pages)}" in pages[-1]
    joined = squeezed("".join(pages))
    assert all(f"LKSNomor{n:03}" in joined for n in range(400))


def test_a_list_too_long_for_paper_says_so(seeded_db: Path, actor: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_drafts, "MOST_ROWS", 10)
    with pytest.raises(FileRefused) as refused:
        documents.issue(actor("operator", "33.71"), "daftar_lks", Filters(), "satu", ON)
    assert refused.value.facts == {"jumlah": "11", "paling_banyak": "10"}


def test_files_are_delivered_to_the_person_who_asked(seeded_db: Path, actor: Make) -> None:
    by, other = actor("operator", "33.71", 1), actor("operator", "33.71", 2)
    number = documents.issue(by, "triwulan", Filters(), "satu", ON)
    token = documents.deliver(by, number, "pdf").rpartition("/")[2]
    assert downloads.get(by, token).path.read_bytes() == documents.files(by, number, "pdf").content
    with pytest.raises(NotFound):
        downloads.get(other, token)
