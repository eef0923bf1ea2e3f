"""What a document says before it is issued: its words, its filters by name, and what it says of sample rows."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from domain import figures
from domain.errors import NotFound
from domain.filters import Filters
from domain.permissions import Actor
from reports.model import Paragraph, Signatures, from_data
from services import document_drafts
from tests.lkks_rows import an_lks

Make = Callable[..., Actor]
ON = date(2026, 12, 1)


def told(draft: document_drafts.Draft) -> str:
    return draft.tentang["Saringan"]


def test_filters_are_named_as_the_screens_name_them(seeded_db: Path, actor: Make) -> None:
    by = actor("operator", "33.71")
    assert told(document_drafts.build(by, "daftar_lks", Filters(), ON)) == "tanpa saringan"
    chosen = Filters(
        kluster=("anak",), akreditasi=("belum", "kosong"), berakhir=30, contoh=False, belum_verifikasi=True
    )
    assert told(document_drafts.build(by, "daftar_lks", chosen, ON)) == (
        "kluster: Anak; akreditasi: Belum terakreditasi, Belum diisi; data contoh: tidak; "
        "masa berlaku: dalam 30 hari; belum diverifikasi 12 bulan: ya"
    )


def test_sample_rows_are_said_and_counted(seeded_db: Path, actor: Make) -> None:
    by = actor("operator", "33.71")
    draft = document_drafts.build(by, "daftar_lks", Filters(), ON)
    assert (draft.contoh, draft.laporan.tanda) == (True, "CONTOH")
    assert draft.laporan.peringatan == ("DATA CONTOH: 11 dari 11 lembaga di dokumen ini rekaan, bukan lembaga nyata.",)
    an_lks("33.71", "LKS Nyata")
    an_lks("52.72", "LKS Lain Daerah")
    draft = document_drafts.build(by, "daftar_lks", Filters(), ON)
    assert draft.contoh is False
    assert draft.laporan.peringatan[0].startswith("DATA CONTOH: 11 dari 12 lembaga")
    clean = document_drafts.build(by, "daftar_lks", Filters(contoh=False), ON)
    assert (clean.contoh, clean.laporan.tanda, clean.laporan.peringatan) == (False, "", ())
    assert [row[2] for row in clean.lembar[0].baris] == ["LKS Nyata"]


def test_an_empty_region_says_so_instead_of_an_empty_table(fresh_db: Path, actor: Make) -> None:
    for jenis in ("daftar_lks", "segera_berakhir"):
        draft = document_drafts.build(actor("operator", "33.71"), jenis, Filters(), ON)
        assert draft.laporan.isi[0] == Paragraph("Tidak ada LKS yang sesuai dengan wilayah dan saringan ini.")
        assert draft.lembar[0].baris == ()


def test_the_quarter_is_signed_and_says_when_history_does_not_reach(fresh_db: Path, actor: Make) -> None:
    draft = document_drafts.build(actor("kepala_dinas", "33.71"), "triwulan", Filters(), ON)
    last = draft.laporan.isi[-1]
    assert isinstance(last, Signatures)
    assert (last.tempat, last.orang[0].sebagai) == (
        "Kota Magelang, 1 Desember 2026",
        "Kepala Dinas Sosial Kota Magelang",
    )
    said = [block.teks for block in draft.laporan.isi if isinstance(block, Paragraph)]
    assert any(text.startswith("Register belum berisi data pada 1 Oktober 2026") for text in said)


def test_a_percentage_is_the_same_in_its_table_and_above_it(seeded_db: Path, actor: Make) -> None:
    """9 of 16 stood as 56,3% above the table and as 56,2 in it: one of them rounded halves to even."""
    draft = document_drafts.build(actor("admin", None), "triwulan", Filters(wilayah="33"), ON)
    rows = {row[0]: row[1:4] for row in draft.lembar[0].baris}
    assert rows["Akreditasi (layak)"] == (9, 16, 56.3)
    for above, below, percent in rows.values():
        assert figures.decimal(percent, 1) + "%" == figures.percent(above, below)


@pytest.mark.parametrize("jenis", document_drafts.KINDS)
def test_what_is_frozen_gives_the_same_report_back(jenis: str, seeded_db: Path, actor: Make) -> None:
    draft = document_drafts.build(actor("admin", None), jenis, Filters(), ON)
    assert from_data(draft.frozen()["laporan"]) == draft.laporan


def test_unknown_kinds_and_regions_are_not_found(seeded_db: Path, actor: Make) -> None:
    with pytest.raises(NotFound):
        document_drafts.build(actor("admin", None), "rahasia", Filters(), ON)
    with pytest.raises(NotFound) as unknown:
        document_drafts.build(actor("admin", None), "triwulan", Filters(wilayah="99.99"), ON)
    assert unknown.value.facts == {"kode": "99.99"}


@pytest.mark.parametrize(
    ("role", "scope", "wilayah", "head", "signer"),
    [
        ("operator", "33.71", None, "Dinas Sosial Kota Magelang", "Kepala Dinas Sosial Kota Magelang"),
        ("operator", "33", "33.71", "Dinas Sosial Provinsi Jawa Tengah", "Kepala Dinas Sosial Provinsi Jawa Tengah"),
        ("operator", "33.71", "33.71.01", "Dinas Sosial Kota Magelang", "Kepala Dinas Sosial Kota Magelang"),
        ("lkks", "33.71", None, "LKKS Kota Magelang", "Ketua LKKS Kota Magelang"),
        ("admin", None, "33.71", "Dinas Sosial Kota Magelang", "Kepala Dinas Sosial Kota Magelang"),
        ("admin", None, None, "Register LKS Indonesia", "Penanggung jawab"),
    ],
)
def test_the_office_that_issues_stands_on_top_and_signs(
    role: str, scope: str | None, wilayah: str | None, head: str, signer: str, seeded_db: Path, actor: Make
) -> None:
    report = document_drafts.build(actor(role, scope), "triwulan", Filters(wilayah=wilayah), ON).laporan
    last = report.isi[-1]
    assert report.kop == (head,) and isinstance(last, Signatures) and last.orang[0].sebagai == signer
