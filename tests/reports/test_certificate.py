"""The paper with what people may type at its worst: all of it stands on the page, none of it is read as markup."""

import io
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from pypdf import PdfReader

from domain.identity import Identity, Signatory
from reports import certificate
from services import cards, certificates

DAY, MADE = date(2026, 5, 24), datetime(2026, 6, 1, tzinfo=UTC)
CODE = "ABCD-EFGH-JKMN-PQRT"
EVENT = {"judul": "Bimtek uji", "penyelenggara": "Dinas Sosial"}
OFFICE = Identity("33.71", "dinas", "Dinas Sosial", induk="Pemerintah Kota", alamat="Jalan Mawar 1", tempat="Magelang")
LONG = "Kata Panjang " * 30
WORST = {
    "panjang": {"nama": LONG[:200], "instansi": LONG[:200], "judul": LONG[:300], "tempat": LONG[:200]},
    "satu_kata": {"nama": "W" * 200, "instansi": "M" * 200, "judul": "Q" * 300, "tempat": "X" * 200, "nomor": "9" * 80},
    "markup": {"nama": "#pagebreak() *a* _b_ $c$ @d `e` <f>", "judul": "=SUM(A1) \\ {{x}} [y](http://z)"},
    "arah": {"nama": "محمد \u202eterbalik\u202c العربية", "instansi": "שלום"},
    "gambar": {"nama": "👩\u200d👩\u200d👧 Ibu 🏿 🎉", "instansi": "漢字 ภาษา"},
    "kendali": {"nama": "A\x00B\nC\tD", "judul": "\u2028baris"},
}


def one(**more: Any) -> dict[str, Any]:
    found = {"nomor": "460/7/V/2026", "nama": "Siti Aminah", "instansi": "LKS Kasih", "judul": "Bimtek uji", "jp": 12.5}
    found |= {
        "mulai": DAY,
        "selesai": DAY,
        "tempat": None,
        "tanggal": DAY,
        "contoh": False,
        "kode": CODE,
        "kantor": DAY,
    }
    found |= {"materi": [{"materi": "Materi A", "jp": 1.5}], "alamat": "192.168.1.10:8501/sertifikat"}
    return found | {"qr": cards.qr_svg("http://192.168.1.10:8501/sertifikat/X", border=2)} | more


def made(*papers: dict[str, Any], office: Identity = OFFICE) -> bytes:
    return certificate.pdf(papers, EVENT, {DAY: office}, {DAY: None}, certificates.words(), MADE)


def pages(content: bytes) -> list[str]:
    return [
        re.sub(r"\s+", "", page.extract_text().replace("\u200b", "")) for page in PdfReader(io.BytesIO(content)).pages
    ]


def outside(content: bytes) -> list[str]:
    """Texts that begin outside the frame of their page."""
    found: list[str] = []
    for page in PdfReader(io.BytesIO(content)).pages:
        width, height = float(page.mediabox.width), float(page.mediabox.height)

        def visit(
            text: str, cm: Any, tm: Any, font: Any, size: Any, width: float = width, height: float = height
        ) -> None:
            x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            if text.strip() and not (22 <= x <= width - 22 and 22 <= y <= height - 22):
                found.append(f"{text!r} at {x:.0f}, {y:.0f}")

        page.extract_text(visitor_text=visit)
    return found


@pytest.mark.parametrize("kind", WORST)
def test_the_worst_names_stay_on_one_front_and_one_back(kind: str) -> None:
    worst = WORST[kind]
    content = made(one(**worst), one())
    found = pages(content)
    assert len(found) == 4, "nothing ran over to a page of its own"
    assert CODE in found[0] and CODE in found[2] and "SitiAminah" in found[2]
    assert outside(content) == []
    for name, value in worst.items():
        if kind in ("panjang", "satu_kata", "markup"):
            assert re.sub(r"\s+", "", value) in found[0], name


def test_a_letterhead_and_signatory_of_greatest_length_stay_inside() -> None:
    signs = Signatory(
        "semua", ("Kepala Bidang " * 9)[:120], ("Nama Panjang " * 10)[:120], "1" * 18, ("Pembina " * 10)[:80]
    )
    office = Identity("33.71", "dinas", LONG[:200], LONG[:200], LONG[:300], LONG[:200], LONG[:80], "", (signs,))
    content = made(one(), office=office)
    found = pages(content)
    assert len(found) == 2 and outside(content) == []
    for said in (signs.jabatan, signs.nama, "NIP" + "1" * 18, office.alamat):
        assert re.sub(r"\s+", "", said) in found[0]


def test_many_subjects_run_over_to_further_pages_with_their_heading_again() -> None:
    subjects = [{"materi": f"Materi nomor {number} " + "panjang " * 15, "jp": 2.0} for number in range(1, 61)]
    content = made(one(materi=subjects, jp=120.0))
    found = pages(content)
    assert len(found) > 2 and outside(content) == []
    assert all("No.MateriJP" in page for page in found[1:])
    assert [number for number in range(1, 61) if not any(f"Materinomor{number}panjang" in page for page in found)] == []
    assert "Jumlah120" in found[-1]


def test_a_sample_says_so_and_jp_are_written_the_indonesian_way() -> None:
    front, back = pages(made(one(contoh=True)))
    assert "CONTOH" in front and "bukansertifikatyangsungguhditerbitkan" in front
    assert "Jumlah:12,5jampelajaran" in front and "MateriA1,5" in back
    front, _ = pages(made(one(jp=None)))
    assert "jampelajaran" not in front and "CONTOH" not in front


def test_it_is_tagged_in_indonesian_and_the_same_again() -> None:
    content = made(one())
    root: Any = PdfReader(io.BytesIO(content)).trailer["/Root"]
    assert root["/Lang"] == "id" and root["/MarkInfo"]["/Marked"]
    assert made(one()) == content
