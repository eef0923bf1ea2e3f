"""Handing in answers through the service: ways of staff and kiosk, duplicates at the same instant, groups of many."""

import random
import threading
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from data_access import engine
from data_access.commands import trail
from data_access.queries import state
from data_access.tables import audit
from data_access.tables_bimtek import formulir, kiriman, kiriman_konflik
from domain.errors import (
    AlreadyDone,
    InvalidInput,
    NotFound,
    NotPermitted,
    SignInRefused,
    SignInRequired,
    StoreUnavailable,
)
from domain.permissions import Actor
from services import clock, intake, intake_store
from tests import bimtek_rows
from tests.bimtek_rows import Stored

RIGHT = {f"P{number}": "b" for number in range(1, 5)}


@pytest.fixture
def event(fresh_db: Path) -> Stored:
    return bimtek_rows.store_event()


def rows(table: Any = kiriman) -> list[dict[str, Any]]:
    with engine.reading() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]


def key() -> str:
    return str(uuid.uuid4())


def hand_in(event: Stored, person: int = 0, phase: str = "pre", **given: Any) -> intake.Receipt:
    values = {"kunci": key(), "code": event.codes[person], "values": RIGHT, "cara": "kios", "by": None} | given
    return intake.submit(
        event.links[phase], values.pop("code"), values.pop("kunci"), values.pop("values"), address="10.0.0.1", **values
    )


# --- ways ------------------------------------------------------------------------------------------------------------


def test_the_kiosk_hands_in_like_a_phone(event: Stored, actor: Callable[..., Actor]) -> None:
    before = revision()
    receipt = hand_in(event, by=actor("pelatih", "33.71"))
    assert not receipt.terlambat and receipt.body()["status"] == "diterima" and len(receipt.kode_terima) == 6
    (row,) = rows()
    assert (row["cara"], row["oleh"], row["poin"], row["diterima_pada"]) == (
        "kios",
        "uji.pelatih",
        4,
        receipt.diterima_pada,
    )
    assert revision() == before + 1
    (entry,) = [row for row in rows(audit) if row["objek"] == "kiriman"]
    assert (entry["aksi"], entry["pelaku"], entry["wilayah"]) == ("isi_untuk_peserta", "uji.pelatih", "33.71")
    assert entry["objek_id"] == str(row["id"]) and entry["sesudah"]["peserta_id"] == event.people[0]


def revision() -> int:
    with engine.reading() as connection:
        return state.revision(connection, "jawaban")


def test_an_ordinary_submission_writes_one_row_and_no_trail(event: Stored) -> None:
    hand_in(event, cara="ponsel")
    assert len(rows()) == 1 and [row for row in rows(audit) if row["objek"] == "kiriman"] == []


def test_staff_enter_paper_with_blanks_after_the_closing(event: Stored, actor: Callable[..., Actor]) -> None:
    with engine.writing() as connection:
        trail.bump(connection, "kegiatan")
        connection.execute(update(formulir).values(status="ditutup", tutup_pada=clock.now()))
    by = actor("operator", "33.71")
    receipt = hand_in(event, code=None, participant_id=event.people[1], values={"P1": "b"}, cara="kertas", by=by)
    (row,) = rows()
    assert not receipt.terlambat
    assert (row["peserta_id"], row["keadaan"], row["kosong"], row["lengkap"]) == (
        event.people[1],
        "terhitung",
        3,
        False,
    )
    with pytest.raises(InvalidInput):
        hand_in(event, code=None, participant_id=event.people[1], values={"P1": "x"}, cara="kertas", by=by)
    # a kiosk is the participant's own hand: what comes late there waits like everything else
    assert hand_in(event, 2, by=by).terlambat


def test_who_may_enter_for_somebody(event: Stored, actor: Callable[..., Actor]) -> None:
    with pytest.raises(NotPermitted):
        hand_in(event, by=actor("lkks", "33.71"))
    with pytest.raises(NotFound):
        hand_in(event, by=actor("pelatih", "33.74"))
    with pytest.raises(SignInRequired):  # nobody but staff may name a participant by number
        hand_in(event, code=None, participant_id=event.people[1])
    with pytest.raises(SignInRequired):
        hand_in(event, code=None, participant_id=999_999, by=actor("pelatih", "33.71"), cara="petugas")
    other = bimtek_rows.store_event()
    with pytest.raises(SignInRequired):
        hand_in(event, code=None, participant_id=other.people[0], by=actor("pelatih", "33.71"), cara="petugas")
    assert rows() == []


def test_identify_finds_a_person_by_code_at_the_event_or_a_form(event: Stored) -> None:
    for link in (event.link, event.links["post"], event.link.lower()):
        person = intake.identify(link, event.codes[1], "10.0.0.1")
        assert (person.id, person.event_id) == (event.people[1], event.event_id)
    with pytest.raises(SignInRefused):
        intake.identify(event.link, "ABCDEFGH", "10.0.0.1")
    with pytest.raises(NotFound):
        intake.identify("ABCDEF", event.codes[1], "10.0.0.1")


@pytest.mark.parametrize("kunci", ["", "satu", "0" * 32, "{" + str(uuid.uuid4()) + "}", None, 5])
def test_a_key_is_a_uuid(kunci: Any) -> None:
    with pytest.raises(InvalidInput):
        intake.key_of(kunci)


def test_the_hash_is_that_of_the_canonical_answers() -> None:
    """Worked out by another program: printf '{"a":"é","b":["x"]}' | sha256sum"""
    wanted = "8630fbc277d04be13d5f7d9335fd35fd0049aeb78de7259c415531e6dbe01ab1"
    assert intake.content_hash({"b": ["x"], "a": "é"}) == wanted


# --- once, whatever happens ------------------------------------------------------------------------------------------


def test_r2_each_submission_sent_one_to_five_times_in_any_order(event: Stored) -> None:
    """R2, short form: 60 submissions, each sent 1 to 5 times, shuffled and at the same time, some with another body."""
    crowd = bimtek_rows.store_event(people=[(f"Peserta Contoh {n}", "lks", "LKS Contoh") for n in range(60)])
    drawn = random.Random(20261121)
    letters = "abcd"
    originals = [(n, key(), {name: drawn.choice(letters) for name in RIGHT}) for n in range(60)]
    sent = [one for one in originals for _ in range(drawn.randint(1, 5))]
    drawn.shuffle(sent)
    first: dict[str, str] = {}
    answers: list[tuple[str, dict[str, Any]]] = []
    lock = threading.Lock()

    def hand(one: tuple[int, str, dict[str, str]]) -> None:
        person, kunci, values = one
        receipt = intake.submit(
            crowd.links["pre"], crowd.codes[person], kunci, values, cara="ponsel", by=None, address=f"10.0.1.{person}"
        )
        with lock:
            answers.append((kunci, receipt.body()))

    with ThreadPoolExecutor(25) as pool:
        list(pool.map(hand, sent))
    assert len(answers) == len(sent)
    for kunci, told in answers:
        assert first.setdefault(kunci, repr(told)) == repr(told), "one key was answered in two ways"
    stored = rows()
    assert Counter(row["kunci"] for row in stored) == Counter(kunci for _, kunci, _ in originals)
    assert {row["kunci"]: row["jawaban"] for row in stored} == {kunci: values for _, kunci, values in originals}

    def change(one: tuple[int, str, dict[str, str]]) -> str:
        person, kunci, values = one
        other = values | {"P1": letters[(letters.index(values["P1"]) + 1) % 4]}
        with pytest.raises(AlreadyDone) as refused:
            hand((person, kunci, other))
        return refused.value.code

    with ThreadPoolExecutor(25) as pool:
        assert set(pool.map(change, originals * 2)) == {"kunci_sudah_dipakai"}
    assert len(rows()) == 60 and len(rows(kiriman_konflik)) == 60
    # after a restart nothing is in memory any more
    engine.configure(str(engine.engine().url))
    answers.clear()
    with ThreadPoolExecutor(25) as pool:
        list(pool.map(hand, originals))
    assert {kunci: repr(told) for kunci, told in answers} == first


def test_r2_fails_on_a_build_that_takes_every_sending_for_a_new_one(
    event: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check above must notice: here the phone's key is thrown away and each request stored under one of its own."""
    receive = intake.receive
    monkeypatch.setattr(intake, "receive", lambda job: receive(replace(job, kunci=key())))
    with pytest.raises(AssertionError):
        test_r2_each_submission_sent_one_to_five_times_in_any_order(event)


def test_two_keys_of_one_person_at_the_same_instant_leave_one_counted(event: Stored) -> None:
    for phase in ("pre", "post"):
        sent = [(0, key(), RIGHT | {"P1": letter}) for letter in "abcd"]
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda one, phase=phase: hand_in(event, 0, phase, kunci=one[1], values=one[2]), sent))
        found = [row for row in rows() if row["formulir_id"] == event.forms[phase]]
        counted = [row for row in found if row["keadaan"] == "terhitung"]
        assert len(found) == 4 and len(counted) == 1
        assert counted[0]["id"] == (min if phase == "pre" else max)(row["id"] for row in found)


def test_a_store_that_is_locked_answers_and_loses_nothing(event: Stored, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked() -> Any:
        raise StoreUnavailable()

    one = key()
    with monkeypatch.context() as patch:
        patch.setattr(intake_store, "writing", locked)
        with pytest.raises(StoreUnavailable):
            hand_in(event, kunci=one)
    assert rows() == []
    assert hand_in(event, kunci=one).kunci == one and len(rows()) == 1


def test_contents_kept_aside_have_an_end(event: Stored) -> None:
    one = key()
    hand_in(event, kunci=one)
    for number in range(intake_store.MOST_ASIDE + 5):
        with pytest.raises(AlreadyDone):
            hand_in(event, kunci=one, values=RIGHT | {"P1": f"lain-{number}"})
    assert len(rows(kiriman_konflik)) == intake_store.MOST_ASIDE


def test_the_clock_of_the_server_alone_decides(event: Stored, monkeypatch: pytest.MonkeyPatch) -> None:
    """R4: a post-test may arrive before the pre-test, and the same again a day later is the same."""
    first = hand_in(event, 0, "post", kunci=(one := key()))
    hand_in(event, 0, "pre")
    later = clock.now() + timedelta(hours=24)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert hand_in(event, 0, "post", kunci=one) == first
    assert all(row["mulai_pada"] is None or row["mulai_pada"] <= row["diterima_pada"] for row in rows())
