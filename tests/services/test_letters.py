"""Recommendation letters: steps, numbers, and that a standing one is a paper of the LKS without the Dinas's row."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from data_access.engine import reading
from data_access.tables import lks_berkas
from domain.errors import AlreadyDone, InvalidInput, NotFound, NotPermitted, StaleEdit
from domain.permissions import Actor, Scope
from services import attachments, audit, clock, indicator_rows, indicators, letters, profile
from tests.lkks_rows import an_lkks, an_lks, code_of, tokens, trail_of

Make = Callable[..., Actor]
TODAY = date(2026, 11, 21)
CITY = "33.74"  # Kota Semarang asks for a recommendation of the LKKS (DOMAIN B2)
ASKED = {"perihal": "Rekomendasi pendaftaran", "diajukan_pada": date(2026, 11, 1)}
ISSUED = {
    "nomor": "7/REK/2026",
    "tanggal": date(2026, 11, 5),
    "berlaku_sampai": date(2026, 12, 31),
    "penandatangan": "Ketua",
}


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def home(fresh_db: Path) -> int:
    """An LKS of Kota Semarang, whose LKKS is there; an LKS and an LKKS of Kota Bima that must not be mixed in."""
    an_lkks(CITY, "LKKS Kota Semarang")
    an_lkks("52.72", "LKKS Kota Bima")
    an_lks("52.72", "LKS Bima")
    return an_lks(CITY, "LKS Semarang")


def lacks(lks_id: int) -> set[str]:
    with reading() as connection:
        record = profile.locate(connection, Scope(None), lks_id)
        return {paper.kode for paper in profile.lacking(connection, Scope(None), record, clock.today())}


def paper(by: Actor, lks_id: int) -> profile.Document:
    return next(one for one in profile.profile(by, lks_id).documents if one.kode == "rekomendasi_lkks")


def issued(by: Actor, lks_id: int, **more: Any) -> int:
    letter = letters.request(by, CITY, lks_id, ASKED, f"minta{more}")
    letters.issue(by, letter, 1, ISSUED | more, f"terbit{more}")
    return letter


def test_an_issued_letter_is_the_paper_and_the_dinas_row_stays_unwritten(home: int, actor: Make) -> None:
    by, dinas = actor("lkks", CITY, 1), actor("operator", CITY)
    letter = letters.request(by, CITY, code_of(home), ASKED, "t1")
    assert "rekomendasi_lkks" in lacks(home), "asked for is not issued"
    letters.issue(by, letter, 1, ISSUED, "t2")
    assert "rekomendasi_lkks" not in lacks(home)
    found = paper(dinas, home)
    assert (found.ada, found.valid, found.surat, found.asked) == (True, True, True, True)
    assert (found.nomor, found.tanggal, found.berlaku_sampai) == ("7/REK/2026", date(2026, 11, 5), date(2026, 12, 31))
    assert found.catatan == "Surat LKKS: LKKS Kota Semarang"
    with reading() as connection:
        assert connection.execute(select(func.count()).select_from(lks_berkas)).scalar_one() == 0


def test_a_withdrawn_or_expired_letter_is_no_paper(home: int, actor: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    by = actor("lkks", CITY, 1)
    letter = issued(by, home)
    monkeypatch.setattr(clock, "today", lambda: date(2027, 1, 1))
    assert "rekomendasi_lkks" in lacks(home) and not paper(by, home).ada
    monkeypatch.setattr(clock, "today", lambda: date(2026, 12, 31))
    assert "rekomendasi_lkks" not in lacks(home), "good on its last day"
    letters.withdraw(by, letter, 2, "pengurus berganti", "t9")
    assert "rekomendasi_lkks" in lacks(home) and not paper(by, home).surat


def test_the_dinas_own_valid_paper_comes_first(home: int, actor: Make) -> None:
    by, dinas = actor("lkks", CITY, 1), actor("operator", CITY, 1)
    own = {"ada": True, "nomor": "DINAS-1", "tanggal": date(2026, 1, 1), "berlaku_sampai": date(2026, 11, 30)}
    attachments.set_document(dinas, home, "rekomendasi_lkks", own, None, "t0")
    issued(by, home)
    found = paper(dinas, home)
    assert (found.nomor, found.surat) == ("DINAS-1", False)


def test_the_indicator_of_papers_counts_it_and_recounts(home: int, actor: Make) -> None:
    """The profile said the paper was there while the figure of complete papers still missed it."""
    by, head = actor("lkks", CITY, 1), actor("kepala_dinas", CITY)
    kode = next(one.kode for one in indicators.dictionary(head) if one.rule.startswith("berkas"))
    before = indicators.value(head, kode, CITY)
    letter = issued(by, home)
    after = indicators.value(head, kode, CITY)
    assert before.pembilang is not None and after.pembilang == before.pembilang + 1
    rows = indicator_rows.rows_behind(head, kode, CITY, TODAY)
    assert indicator_rows.recounted(after.definition, rows) == after.nilai
    letters.withdraw(by, letter, 2, "pengurus berganti", "t9")
    assert indicators.value(head, kode, CITY).pembilang == before.pembilang


def test_steps_are_taken_once_and_in_order(home: int, actor: Make) -> None:
    by = actor("lkks", CITY, 1)
    letter = letters.request(by, CITY, home, ASKED, "t1")
    with pytest.raises(AlreadyDone):
        letters.request(by, CITY, home, ASKED, "t1")
    with pytest.raises(InvalidInput) as waiting:
        letters.request(by, CITY, home, ASKED, "t2")
    assert [one.code for one in waiting.value.problems] == ["surat_masih_menunggu"]
    with pytest.raises(NotPermitted) as early:
        letters.withdraw(by, letter, 1, "belum terbit", "t3")
    assert early.value.facts == {"status": "diajukan"}
    with pytest.raises(InvalidInput):
        letters.refuse(by, letter, 1, "", "t4")
    letters.refuse(by, letter, 1, "tidak ada kegiatan", "t5")
    with pytest.raises(StaleEdit):
        letters.issue(by, letter, 1, ISSUED, "t6")
    with pytest.raises(NotPermitted):
        letters.issue(by, letter, 2, ISSUED, "t7")
    [found] = letters.listed(actor("kepala_dinas", "33"))
    assert (found["status"], found["alasan"], found["lks_nama"]) == ("ditolak", "tidak ada kegiatan", "LKS Semarang")
    told = trail_of("surat_rekomendasi")
    assert [(row["aksi"], row["wilayah"], row["alasan"]) for row in told] == [
        ("ajukan_surat", CITY, None),
        ("tolak_surat", CITY, "tidak ada kegiatan"),
    ]
    assert audit.is_personal("surat_rekomendasi", "penandatangan")


def test_a_number_is_used_once_by_an_lkks(home: int, actor: Make) -> None:
    by, other = actor("lkks", CITY, 1), actor("lkks", "52.72", 1)
    issued(by, home)
    second = letters.request(by, CITY, an_lks(CITY, "LKS Kedua"), ASKED, "t1")
    with pytest.raises(InvalidInput) as refused:
        letters.issue(by, second, 1, ISSUED, "t2")
    assert [(one.column, one.code) for one in refused.value.problems] == [("nomor", "surat_nomor_dipakai")]
    elsewhere = letters.request(other, "52.72", an_lks("52.72", "LKS Ketiga"), ASKED, "t3")
    letters.issue(other, elsewhere, 1, ISSUED, "t4")
    letters.issue(by, second, 1, ISSUED | {"nomor": "8/REK/2026", "berlaku_sampai": None}, "t5")
    assert len([row for row in letters.listed(actor("admin")) if row["status"] == "diterbitkan"]) == 3


def test_dates_of_a_letter_make_sense(home: int, actor: Make) -> None:
    by = actor("lkks", CITY)
    letter = letters.request(by, CITY, home, ASKED, "t1")
    wrong = ISSUED | {"tanggal": date(2026, 10, 31), "berlaku_sampai": date(2026, 10, 31), "penandatangan": ""}
    with pytest.raises(InvalidInput) as refused:
        letters.issue(by, letter, 1, wrong, "t2")
    assert sorted((one.column, one.code) for one in refused.value.problems) == [
        ("berlaku_sampai", "berakhir_sebelum_mulai"),
        ("penandatangan", "wajib_diisi"),
        ("tanggal", "surat_sebelum_diajukan"),
    ]
    with pytest.raises(InvalidInput) as future:
        letters.issue(by, letter, 1, ISSUED | {"tanggal": date(2026, 11, 22)}, "t3")
    assert [one.code for one in future.value.problems] == ["tanggal_di_depan"]


def test_only_within_the_own_region_and_by_its_own_hand(home: int, actor: Make) -> None:
    foreign = code_of(an_lks("52.72", "LKS Lain"))
    by = actor("lkks", CITY)
    with pytest.raises(NotFound):
        letters.request(by, CITY, foreign, ASKED, "t1")
    with pytest.raises(NotFound):
        letters.request(by, "52.72", foreign, ASKED, "t2")
    with pytest.raises(NotFound) as none_yet:
        letters.request(actor("lkks", "33.71"), "33.71", home, ASKED, "t3")
    assert none_yet.value.code == "lkks_belum_ada"
    letter = letters.request(by, CITY, home, ASKED, "t4")
    for other in (actor("lkks", "52.72"), actor("lkks", "33"), actor("admin", "52")):
        with pytest.raises(NotFound):
            letters.issue(other, letter, 1, ISSUED, "t5")
    with pytest.raises(NotPermitted):
        letters.issue(actor("operator", CITY), letter, 1, ISSUED, "t6")
    assert letters.listed(actor("lkks", "52.72")) == []
    an_lkks("33", "LKKS Jawa Tengah")
    assert letters.request(actor("lkks", "33"), "33", home, ASKED, "t7") > letter, "a province reaches its cities"
    assert tokens() == 2


def test_sample_and_real_are_not_mixed(fresh_db: Path, actor: Make) -> None:
    an_lkks("33.71", contoh=True)
    with pytest.raises(NotPermitted) as refused:
        letters.request(actor("lkks", "33.71"), "33.71", an_lks("33.71", "LKS Nyata"), ASKED, "t1")
    assert refused.value.code == "surat_contoh_dan_nyata"
