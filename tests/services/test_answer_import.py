"""Answers of other tools: matched by id and text, people by code and exact name, row by row; never the same twice."""

import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select, update

from data_access import tables_bimtek as t
from data_access.engine import reading, writing
from data_access.tables import audit
from domain.errors import FileRefused, InvalidInput, NotFound, NotPermitted
from domain.names import name_key
from domain.permissions import Actor
from services import answer_import, clock, wording
from tests.bimtek_rows import Stored, store_event

NOW = datetime(2026, 5, 22, 2, 31, tzinfo=UTC)
HEAD = ["Cap waktu", "Nama Lengkap", "Kode", "P1", "2. Pertanyaan 2?", "Pertanyan 3", "Catatan panitia"]


def book(rows: Sequence[Sequence[Any]], title: str = "Form Responses 1") -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    output = io.BytesIO()
    made.save(output)
    return output.getvalue()


@pytest.fixture
def event(fresh_db: Path, monkeypatch: pytest.MonkeyPatch) -> Stored:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    store_event(wilayah="33.71")  # the same names elsewhere are nobody here
    return store_event(wilayah="33.71")


@pytest.fixture
def by(actor: Callable[..., Actor]) -> Actor:
    return actor("pelatih", "33.71", 1)


def look(by: Actor, event: Stored, rows: Sequence[Sequence[Any]], **more: Any) -> answer_import.Preview:
    file = answer_import.read(by, book(rows), "jawaban.xlsx")
    return answer_import.preview(by, event.event_id, event.forms["pre"], file, **more)


def stored(event: Stored) -> list[tuple[Any, ...]]:
    with reading() as c:
        k = t.kiriman.c
        query = select(k.peserta_id, k.jawaban, k.cara, k.keadaan).where(k.formulir_id == event.forms["pre"])
        return [tuple(row) for row in c.execute(query.order_by(k.peserta_id, k.id))]


def test_each_row_gets_its_verdict_with_reasons(event: Stored, by: Actor) -> None:
    stranger = "ABCD2345"
    seen = look(by, event, [
        ["Rekap tes"], [],
        HEAD,
        [NOW.replace(tzinfo=None), "peserta contoh SATU", None, "b", "Jawaban b2", "a"],
        [None, "Orang Lain", event.codes[1], "2", "c", None, "x"],
        [None, "Peserta Contoh Tigaa", None, "a", "a"],
        [None, "Peserta Contoh Empat", None, "b", "salah satu"],
        [None, "Tidak Terdaftar", None, "b"],
        [None, "Peserta Contoh Satu", stranger, "b"],
        [None, None, None, "b"],
        [None, "Peserta Contoh Empat"],
    ])  # fmt: skip
    assert (seen.header_row, seen.counts()) == (3, {"baru": 2, "sama": 0, "ragu": 1, "ditolak": 5})
    first, second, near, *refused = seen.verdicts
    assert (first.row, first.participant_id, first.answers) == (4, event.people[0], {"P1": "b", "P2": "b"})
    assert (second.participant_id, second.answers) == (event.people[1], {"P1": "b", "P2": "c"})
    assert [p.code for p in second.doubts] == ["nama_beda_dari_kode"]
    assert (near.participant_id, near.near) == (None, ((event.people[2], "Peserta Contoh Tiga"),))
    assert [(v.row, v.problems[0].column, v.problems[0].code) for v in refused] == [
        (7, "P2", "jawaban_tidak_dikenal"), (8, "nama", "nama_tidak_di_daftar"), (9, "kode", "kode_bukan_kegiatan_ini"),
        (10, "nama", "baris_tanpa_orang"), (11, "", "baris_tanpa_jawaban"),
    ]  # fmt: skip
    # the header that is only alike is proposed and not used; what is not used is said
    assert [(p.header, p.target) for p in seen.proposals if p.how == "mirip"] == [("Pertanyan 3", "butir.P3")]
    told = {(w.code, w.value) for w in seen.warnings}
    assert ("butir_tanpa_kolom", "Pertanyaan 3?") in told and ("kolom_tidak_dipakai", "Catatan panitia") in told
    said = [wording.of_problem(p) for v in seen.verdicts for p in (*v.problems, *v.doubts)]
    assert all(s.reason and s.remedy and "{" not in str(s) and "galat" not in s.reason.casefold()[:5] for s in said)
    assert not any(code in str(said) for code in (*event.codes, stranger))
    assert stored(event) == []


def test_a_person_decides_about_near_names_and_near_headers(event: Stored, by: Actor) -> None:
    rows: list[Sequence[Any]] = [HEAD, [None, "Peserta Contoh Tigaa", None, "a", "a", "Jawaban d3"]]
    seen = look(by, event, rows, mapping={1: "nama", 3: "butir.P1", 5: "butir.P3"}, people={2: event.people[2]})
    assert seen.counts()["baru"] == 1 and seen.verdicts[0].answers == {"P1": "a", "P3": "d"}
    with pytest.raises(InvalidInput):
        look(by, event, rows, mapping={3: "butir.P1", 4: "butir.P1"})
    with pytest.raises(InvalidInput):
        look(by, event, rows, mapping={3: "butir.P9"})
    with pytest.raises(NotFound):
        look(by, event, rows, people={2: 999_999})


def test_saving_again_and_reading_again_add_nothing(event: Stored, by: Actor) -> None:
    rows: list[Sequence[Any]] = [
        HEAD[:4],
        *[[None, None, code, letter] for code, letter in zip(event.codes, "abcb", strict=True)],
    ]
    seen = look(by, event, rows)
    saved = answer_import.save(by, seen)
    assert (saved.stored, saved.already, saved.refused) == (4, 0, {})
    before = stored(event)
    assert [(row[0], row[1]["P1"], row[2], row[3]) for row in before] == [
        (person, letter, "impor", "terhitung") for person, letter in zip(event.people, "abcb", strict=True)
    ]
    again = answer_import.save(by, seen)
    assert (again.stored, again.already) == (0, 4)
    anew = look(by, event, rows)
    assert anew.counts() == {"baru": 0, "sama": 4, "ragu": 0, "ditolak": 0}
    assert answer_import.save(by, anew).stored == 0 and stored(event) == before
    changed = look(by, event, [HEAD[:4], [None, None, event.codes[0], "d"]])
    assert [p.code for p in changed.verdicts[0].doubts] == ["impor_sudah_menjawab"]
    with reading() as c:
        told = c.execute(select(audit.c.sesudah).where(audit.c.aksi == "impor_jawaban").order_by(audit.c.id)).scalars()
        assert [row["tersimpan"] for row in told] == [4, 0, 0]


def test_two_people_of_one_name_are_never_guessed(event: Stored, by: Actor) -> None:
    with writing() as c:
        nama = "Peserta Contoh Satu"
        c.execute(
            update(t.peserta).where(t.peserta.c.id == event.people[1]).values(nama=nama, nama_kunci=name_key(nama))
        )
    [one] = look(by, event, [HEAD[:4], [None, nama, None, "b"]]).verdicts
    assert (one.kind, [p.code for p in one.doubts]) == ("ragu", ["nama_ganda_di_daftar"])
    assert {person for person, _ in one.near} == set(event.people[:2])


def test_a_title_or_degree_is_proposed_not_taken(event: Stored, by: Actor) -> None:
    [one] = look(by, event, [HEAD[:4], [None, "Drs. Peserta Contoh Satu, M.Si", None, "b"]]).verdicts
    assert one.kind == "ragu" and one.near[0][0] == event.people[0]


def test_cells_that_excel_could_not_work_out_are_refused(event: Stored, by: Actor) -> None:
    text = "Nama,P1,P2\nPeserta Contoh Satu,#REF!,b\n"
    file = answer_import.read(by, text.encode(), "jawaban.csv")
    [one] = answer_import.preview(by, event.event_id, event.forms["pre"], file).verdicts
    assert (one.kind, one.problems[0].column, one.problems[0].code) == ("ditolak", "P1", "jawaban_sel_galat")


def test_files_that_are_none_and_people_who_may_not(event: Stored, by: Actor, actor: Callable[..., Actor]) -> None:
    with pytest.raises(FileRefused):
        answer_import.read(by, b"PK\x03\x04 nothing", "x.xlsx")
    with pytest.raises(FileRefused) as refused:
        look(by, event, [["x", "y"], [1, 2]])
    assert refused.value.code == "kolom_butir_tidak_ditemukan"
    with pytest.raises(NotPermitted):
        answer_import.read(actor("kepala_dinas", "33.71"), b"", "x.xlsx")
    with pytest.raises(NotFound):
        look(actor("pelatih", "52.72", 1), event, [HEAD[:4], [None, "Peserta Contoh Satu", None, "b"]])
