"""A workbook of values: whose codes it uses is declared, every refused row says why, one click takes all of it back."""

import io
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from domain.errors import AlreadyDone, FileRefused, InvalidInput, NotFound, NotUndoable, StaleEdit
from domain.indikator_isian import COLUMNS
from domain.permissions import Actor
from services import clock, indicator_entry, indicator_import, indicators
from services.indicator_import import Preview
from tests.services.conftest import written

Make = Callable[..., Actor]
HEAD = [title for title, _ in COLUMNS.values()]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 20))


def book(*rows: Sequence[Any], declared: str | None = "Kemendagri") -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        sheet = made.add_worksheet("Nilai")
        if declared is not None:
            sheet.write_row(0, 0, ["Jenis kode wilayah", declared])
        sheet.write_row(2, 0, HEAD)
        for number, row in enumerate(rows, 3):
            sheet.write_row(number, 0, row)
    return target.getvalue()


def p0(place: str, value: object, year: object = 2025) -> list[Any]:
    return ["p0", place, year, None, value, None, None, None, "BPS"]


def told(found: Preview) -> list[tuple[int, str, list[str]]]:
    return [(one.row, one.kind, [problem.code for problem in one.problems]) for one in found.verdicts]


def test_the_same_digits_mean_another_regency_under_another_declaration(fresh_db: Path, actor: Make) -> None:
    by = actor("operator", "76")
    places = {}
    for declared in ("BPS", "Kemendagri"):
        found = indicator_import.preview(by, book(p0("7604", "5,1"), declared=declared), "nilai.xlsx")
        places[declared] = [one.values["wilayah"] for one in found.verdicts]
    assert places == {"BPS": ["76.02"], "Kemendagri": ["76.04"]}, "Mamuju, and Polewali Mandar"


def test_a_file_that_does_not_say_is_refused_whole(fresh_db: Path, actor: Make) -> None:
    with pytest.raises(FileRefused) as caught:
        indicator_import.preview(actor("operator", "76"), book(p0("7604", 5), declared=None), "nilai.xlsx")
    assert caught.value.code == "indikator_jenis_kode_tidak_disebut"


def test_every_row_has_its_verdict_and_its_reasons(fresh_db: Path, actor: Make) -> None:
    by = actor("operator", "33")
    indicator_entry.set_value(
        by, {"kode": "p0", "wilayah": "33.71", "periode": "2025", "nilai": 5.5, "sumber": "BPS"}, "t-0"
    )
    found = indicator_import.preview(
        by,
        book(
            p0("33.71", "5,5"),
            p0("33.72", "6,1"),
            p0("33.72", "6,2"),
            p0("33.71", "5,6", 2024),
            p0("52.72", "7"),
            p0("33.99", "7"),
            p0("33.08", "tujuh"),
            ["ipn", "33.71", 2025, None, 5, None, None, None, "BPS"],
            ["ipm", "33.71", 2025, None, 80, None, None, None, "BPS"],
            ["spm_kk_anak", "33.71", 2025, None, None, 3, 4, None, "Laporan SPM"],
        ),
        "nilai.xlsx",
    )
    assert told(found) == [
        (4, "sama", []),
        (5, "baru", []),
        (6, "ditolak", ["indikator_ganda_di_berkas"]),
        (7, "baru", []),
        (8, "ditolak", ["indikator_di_luar_lingkup"]),
        (9, "ditolak", ["indikator_kode_tidak_dikenal"]),
        (10, "ditolak", ["indikator_bukan_angka"]),
        (11, "ditolak", ["indikator_tidak_dikenal"]),
        (12, "ditolak", ["indikator_seri_wajib"]),
        (13, "baru", []),
    ]
    assert found.counts() == {"baru": 3, "berubah": 0, "sama": 1, "ditolak": 6}


def test_saving_and_taking_back_leaves_everything_as_it_was(fresh_db: Path, actor: Make) -> None:
    by = actor("operator", "33.71")
    values = {"kode": "p0", "wilayah": "33.71", "periode": "2024", "nilai": 5.5, "sumber": "BPS"}
    indicator_entry.set_value(by, values | {"tanggal": date(2025, 1, 2)}, "t-0")
    found = indicator_import.preview(by, book(p0("33.71", "5,9", 2024), p0("33.71", "6,1")), "nilai.xlsx")
    assert [one.kind for one in found.verdicts] == ["berubah", "baru"]
    assert [one.nilai for one in indicators.series(by, "p0", ["33.71"])] == [5.5], "a preview stores nothing"
    batch = indicator_import.store(by, found, "t-1")
    assert [one.nilai for one in indicators.series(by, "p0", ["33.71"])] == [5.9, 6.1]
    with pytest.raises(AlreadyDone):
        indicator_import.store(by, found, "t-1")
    trail = written("indikator_nilai")
    assert [row["aksi"] for row in trail] == ["catat_nilai_indikator", "ubah_nilai_indikator", "catat_nilai_indikator"]
    assert all(row["alasan"] == f"Impor nilai indikator nomor {batch}" for row in trail[1:])
    [listed] = indicator_import.batches(by)
    assert (listed["id"], listed["jenis_kode"], listed["baru"], listed["berubah"]) == (batch, "kemendagri", 1, 1)

    done = indicator_import.undo(by, batch, "t-2")
    assert (done.removed, done.restored, done.kept) == (1, 1, 0)
    [back] = indicators.series(by, "p0", ["33.71"])
    assert (back.periode, back.nilai, back.tanggal) == ("2024", 5.5, date(2025, 1, 2))
    with pytest.raises(NotUndoable):
        indicator_import.undo(by, batch, "t-3")
    assert [row["aksi"] for row in written("indikator_impor")] == ["impor_indikator", "batal_impor_indikator"]


def test_what_was_mended_since_stays_when_an_import_is_taken_back(fresh_db: Path, actor: Make) -> None:
    by = actor("operator", "33.71")
    found = indicator_import.preview(by, book(p0("33.71", "6,1"), p0("33.71", "5,9", 2024)), "nilai.xlsx")
    batch = indicator_import.store(by, found, "t-1")
    values = {"kode": "p0", "wilayah": "33.71", "periode": "2025", "nilai": 6.4, "sumber": "BPS", "perubahan": 1}
    indicator_entry.set_value(by, values, "t-2")
    done = indicator_import.undo(by, batch, "t-3")
    assert (done.removed, done.restored, done.kept) == (1, 0, 1)
    assert [one.nilai for one in indicators.series(by, "p0", ["33.71"])] == [6.4]


def test_a_preview_that_no_longer_holds_stores_nothing(fresh_db: Path, actor: Make) -> None:
    by = actor("operator", "33.71")
    found = indicator_import.preview(by, book(p0("33.71", "6,1")), "nilai.xlsx")
    values = {"kode": "hls", "wilayah": "33.71", "periode": "2025", "nilai": 14.0, "sumber": "BPS"}
    indicator_entry.set_value(by, values, "t-1")
    indicator_import.store(by, found, "t-2")  # another indicator: the preview still says what happens
    again = indicator_import.preview(by, book(p0("33.71", "7,1")), "nilai.xlsx")
    indicator_entry.set_value(by, values | {"kode": "p0", "nilai": 6.5, "perubahan": 1}, "t-3")
    with pytest.raises(StaleEdit):
        indicator_import.store(by, again, "t-4")
    assert indicators.value(by, "p0").nilai == 6.5


def test_a_file_without_anything_new_is_no_import(fresh_db: Path, actor: Make) -> None:
    by = actor("operator", "33.71")
    found = indicator_import.preview(by, book(p0("33.71", "enam")), "nilai.xlsx")
    with pytest.raises(InvalidInput):
        indicator_import.store(by, found, "t-1")
    assert indicator_import.batches(by) == []


def test_an_import_of_another_region_is_not_there(fresh_db: Path, actor: Make) -> None:
    by = actor("operator", "33.71")
    batch = indicator_import.store(by, indicator_import.preview(by, book(p0("33.71", 6)), "nilai.xlsx"), "t-1")
    other = actor("operator", "52.72")
    assert indicator_import.batches(other) == []
    with pytest.raises(NotFound):
        indicator_import.undo(other, batch, "t-2")
    assert indicators.value(by, "p0").nilai == 6.0


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 terpotong", b"%PDF-1.4"])
def test_what_is_no_workbook_is_refused_and_leaves_no_upload(fresh_db: Path, actor: Make, content: bytes) -> None:
    with pytest.raises(FileRefused):
        indicator_import.preview(actor("admin"), content, "nilai.xlsx")
    assert list((fresh_db / "unggahan").iterdir()) == []


def test_the_template_can_be_filled_and_read(fresh_db: Path, actor: Make) -> None:
    with pytest.raises(FileRefused) as caught:
        indicator_import.preview(actor("admin"), indicator_import.template(actor("admin")), "templat.xlsx")
    assert caught.value.code == "indikator_tanpa_baris"
