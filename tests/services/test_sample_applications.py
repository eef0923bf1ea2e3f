"""The sample applications: two, marked, of one city, with papers that open; they go without a trace."""

import io
from collections.abc import Callable
from pathlib import Path

from pypdf import PdfReader

from data_access import submitted_files
from domain.permissions import COMMAND_LINE, Actor
from services import application_review as review
from services import applications, sample_applications, samples
from services.application_review import Verdict
from tests.review_rows import hand_in, stored

Make = Callable[..., Actor]


def test_one_waits_with_its_clock_and_one_is_with_the_lks(seeded_db: Path, actor: Make) -> None:
    operator = actor("operator", "33.71")
    frame = applications.queue(operator)
    assert list(frame["status"]) == ["diterima", "dikembalikan"]
    assert frame["contoh"].all() and all("contoh" in name for name in frame["nama"])
    assert frame["sisa"].notna().tolist() == [True, False]
    assert applications.waiting(actor("operator", "52.72")) == 0
    waiting, back = (applications.get(operator, number) for number in frame["id"])
    assert not waiting.missing and waiting.gaps == []
    assert [field.bidang for field in waiting.fields if field.problems or field.doubts] == []
    assert back.row["diminta"] == ["berkas:domisili", "berkas:rekap_klien", "isian:alamat"]
    assert {field.bidang for field in back.fields if field.keadaan == "ditolak"} == {"alamat"}
    paper = waiting.papers[0].file
    assert paper is not None
    name, mime, content = applications.file(operator, waiting.row["id"], paper["id"])
    assert (name.endswith("akta.pdf"), mime) == (True, "application/pdf")
    [page] = PdfReader(io.BytesIO(content)).pages
    assert page.extract_text() == "CONTOH, bukan dokumen nyata"


def test_the_sample_can_be_taken_through_the_review(seeded_db: Path, actor: Make) -> None:
    operator = actor("operator", "33.71")
    number = int(applications.queue(operator)["id"].iloc[0])
    assert review.check(operator, number, 1, "t") == []
    review.decide_field(operator, number, 2, "nama", Verdict("diterima"), "t-2")
    assert stored(number)["versi"] == 3


def test_they_go_with_the_sample_and_leave_the_real_ones(seeded_db: Path) -> None:
    real = hand_in(papers=["akta"])
    keys = sample_applications.file_keys()
    assert len(set(keys)) == 15 and all(submitted_files.path_of(key).is_file() for key in keys)
    samples.remove(COMMAND_LINE)
    assert list(applications.queue(COMMAND_LINE)["id"]) == [real]
    assert not any(submitted_files.path_of(key).exists() for key in keys)
