"""Answers without the own phone: same rule, same receipt, same trail; paper typed twice and compared."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from data_access import tables_bimtek as t
from data_access.commands import trail
from data_access.engine import reading, writing
from domain.errors import InvalidInput, NotFound, NotPermitted, SignInRefused
from domain.forms.definition import items
from domain.permissions import Actor
from services import clock, kiosk
from tests.bimtek_rows import Stored, store_event

NOW = datetime(2026, 5, 22, 2, 31, tzinfo=UTC)
FULL = {"P1": "b", "P2": "b", "P3": "a", "P4": "b"}


@pytest.fixture
def event(fresh_db: Path, monkeypatch: pytest.MonkeyPatch) -> Stored:
    """An event with open forms, and another one whose people are strangers here."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    store_event(wilayah="33.71")
    return store_event(wilayah="33.71")


def sent(form_id: int) -> list[dict[str, Any]]:
    with reading() as c:
        k = t.kiriman.c
        names = (k.peserta_id, k.jawaban, k.keadaan, k.cara, k.oleh, k.poin, k.lengkap, k.terlambat)
        return [
            dict(row) for row in c.execute(select(*names).where(k.formulir_id == form_id).order_by(k.id)).mappings()
        ]


def test_the_kiosk_takes_one_person_after_the_other(event: Stored, actor: Callable[..., Actor]) -> None:
    by = actor("pelatih", "33.71", 1)
    with pytest.raises(SignInRefused):
        kiosk.enter(by, event.event_id, "ABCD2345")
    visit = kiosk.enter(by, event.event_id, event.codes[0].lower())
    assert (visit.participant_id, visit.nama) == (event.people[0], "Peserta Contoh Satu")
    assert [(form.fase, form.keadaan, form.sudah) for form in visit.forms] == [
        ("pre", "dibuka", False), ("post", "dibuka", False), ("penyelenggaraan", "dibuka", False),
    ]  # fmt: skip
    begun = kiosk.begin(by, event.event_id, event.forms["pre"], visit.participant_id)
    assert not any(item.kunci or item.poin for item in items(begun.form))
    asked = (by, event.event_id, event.forms["pre"], visit.participant_id)
    with pytest.raises(InvalidInput) as refused:
        kiosk.hand_in(*asked, {"P1": "b"}, kunci=begun.kunci, cara="kios", started=begun.started)
    assert {problem.column for problem in refused.value.problems} == {"P2", "P3", "P4"}
    first = kiosk.hand_in(*asked, FULL, kunci=begun.kunci, cara="kios", started=begun.started, consent="1")
    again = kiosk.hand_in(*asked, FULL, kunci=begun.kunci, cara="kios", started=begun.started, consent="1")
    assert first == again and first.pukul == "09.31 WIB" and len(first.kode_terima) == 6
    assert sent(event.forms["pre"]) == [
        {"peserta_id": event.people[0], "jawaban": FULL, "keadaan": "terhitung", "cara": "kios", "oleh": by.username,
         "poin": 3.0, "lengkap": True, "terlambat": False}
    ]  # fmt: skip
    assert kiosk.visit(by, event.event_id, visit.participant_id).forms[0].sudah
    assert kiosk.begin(by, event.event_id, event.forms["pre"], event.people[1]).kunci != begun.kunci


def test_an_anonymous_form_keeps_no_person(event: Stored, actor: Callable[..., Actor]) -> None:
    by, form = actor("pelatih", "33.71", 1), event.forms["penyelenggaraan"]
    kiosk.hand_in(by, event.event_id, form, event.people[0], {"S1": 4}, kunci=str(uuid.uuid4()), cara="kios")
    assert sent(form)[0]["peserta_id"] is None
    assert [line.sudah for line in kiosk.people(by, event.event_id, form)].count(True) == 1
    assert kiosk.visit(by, event.event_id, event.people[0]).forms[2].sudah


def test_staff_enter_with_blanks_and_after_the_closing(event: Stored, actor: Callable[..., Actor]) -> None:
    by, form = actor("pelatih", "33.71", 1), event.forms["pre"]
    with writing() as c:
        trail.bump(c, "kegiatan")
        c.execute(update(t.formulir).where(t.formulir.c.id == form).values(status="ditutup", tutup_pada=NOW))
    kiosk.hand_in(by, event.event_id, form, event.people[0], {"P1": "b"}, kunci=str(uuid.uuid4()), cara="petugas")
    [row] = sent(form)
    assert (row["keadaan"], row["terlambat"], row["lengkap"], row["cara"]) == ("terhitung", False, False, "petugas")


def test_who_may_not_and_what_is_elsewhere(event: Stored, actor: Callable[..., Actor]) -> None:
    other, form = store_event(wilayah="52.72"), event.forms["pre"]
    by, abroad = actor("pelatih", "33.71", 1), actor("pelatih", "52.72", 1)
    with pytest.raises(NotPermitted):
        kiosk.enter(actor("kepala_dinas", "33.71"), event.event_id, event.codes[0])
    for wrong in (
        lambda: kiosk.enter(abroad, event.event_id, event.codes[0]),
        lambda: kiosk.people(abroad, event.event_id, form),
        lambda: kiosk.begin(abroad, event.event_id, form, event.people[0]),
        lambda: kiosk.hand_in(by, event.event_id, other.forms["pre"], event.people[0], FULL, kunci=str(uuid.uuid4()), cara="kios"),
        lambda: kiosk.save_grid(by, event.event_id, form, {other.people[0]: {"P1": "a"}}, "t"),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            wrong()
    with writing() as c:
        c.execute(update(t.kegiatan).where(t.kegiatan.c.id == event.event_id).values(status="dikunci"))
    with pytest.raises(InvalidInput):
        kiosk.save_grid(by, event.event_id, form, {event.people[0]: {"P1": "a"}}, "t")
    assert sent(form) == []


def test_two_entries_of_the_same_papers_are_compared_by_meaning(event: Stored, actor: Callable[..., Actor]) -> None:
    by, (one, two, three) = actor("pelatih", "33.71", 1), event.people[:3]
    first = {one: {"P1": "b", "P2": "A", "P3": ""}, two: {"P1": "c"}}
    second = {one: {"P1": "2", "P2": "a", "P3": "-"}, two: {"P1": "d"}, three: {"P4": "a"}}
    found = kiosk.differences(by, event.event_id, event.forms["pre"], first, second)
    assert [(d.participant_id, d.key, d.first, d.second) for d in found] == [
        (two, "P1", "c", "d"), (three, "P4", "", "a"),
    ]  # fmt: skip
    assert found[0].nama == "Peserta Contoh Dua"


def test_the_grid_is_stored_whole_or_not_at_all_and_once(event: Stored, actor: Callable[..., Actor]) -> None:
    by, form = actor("operator", "33.71", 1), event.forms["pre"]
    cells: dict[int, dict[str, Any]] = {
        event.people[0]: {"P1": "b", "P2": "2", "P3": "B", "P4": "b"},
        event.people[1]: {"P1": "a"},
        event.people[2]: {"P1": " ", "P2": None},  # nothing on this paper
    }
    bad = cells | {event.people[3]: {"P1": "x"}}
    assert set(kiosk.grid_problems(by, event.event_id, form, bad)) == {event.people[3]}
    with pytest.raises(InvalidInput) as refused:
        kiosk.save_grid(by, event.event_id, form, bad, "t1")
    assert [(p.column, p.value, p.facts["nama"]) for p in refused.value.problems] == [
        ("P1", "x", "Peserta Contoh Empat")
    ]
    assert sent(form) == []
    saved = kiosk.save_grid(by, event.event_id, form, cells, "t1")
    assert (saved.stored, saved.already, saved.refused) == (2, 0, {})
    again = kiosk.save_grid(by, event.event_id, form, cells, "t1")
    assert (again.stored, again.already, again.refused) == (0, 2, {})
    assert [(row["peserta_id"], row["poin"], row["cara"], row["lengkap"]) for row in sent(form)] == [
        (event.people[0], 4.0, "kertas", True), (event.people[1], 0.0, "kertas", False),
    ]  # fmt: skip


def test_what_is_refused_does_not_stop_the_rest(event: Stored, actor: Callable[..., Actor]) -> None:
    by, form = actor("operator", "33.71", 1), event.forms["penyelenggaraan"]
    key = str(uuid.uuid4())
    assert kiosk.hand_in_many(by, event.event_id, form, [(event.people[0], key, {"S1": 2})], "impor").stored == 1
    rows = [
        (event.people[0], key, {"S1": 2}),
        (event.people[0], str(uuid.uuid4()), {"S1": 3}),  # has answered the anonymous form already
        (event.people[1], str(uuid.uuid4()), {"S1": 4}),
    ]
    saved = kiosk.hand_in_many(by, event.event_id, form, rows, "impor")
    assert (saved.stored, saved.already) == (1, 1)
    assert {place: error.code for place, error in saved.refused.items()} == {1: "sudah_mengisi"}
