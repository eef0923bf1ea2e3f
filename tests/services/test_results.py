"""The evaluation of an event: pairs, groups, reasons, names only for those who may see them."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, update

from data_access.commands import trail
from data_access.engine import writing
from data_access.tables_bimtek import kegiatan_sesi, kehadiran, kiriman, peserta
from domain.errors import NotFound
from domain.permissions import Actor
from services import results, sentences
from tests.bimtek_rows import SATISFACTION, STORED, TEST, Stored, store_event

ActorOf = Callable[..., Actor]
# Four items, key b, one point each: pre and post of four people, worked out by hand below.
PRE = {0: "bbaa", 1: "baaa", 2: "bbbb", 3: "aaaa"}
POST = {0: "bbbb", 1: "bbaa", 2: "bbbb"}


def answer(stored: Stored, phase: str, person: int | None, answers: Mapping[str, Any], **more: Any) -> None:
    """Stores one submission as the door would."""
    right = sum(1 for code, value in answers.items() if code.startswith("P") and value == "b")
    row = {
        "formulir_id": stored.forms[phase],
        "peserta_id": None if person is None else stored.people[person],
        "kunci": f"{phase}-{person}-{more}-{sorted(answers.items())}",
        "sidik_isi": "x",
        "jawaban": dict(answers),
        "poin": right,
        "poin_maks": 4,
        "keadaan": "terhitung",
        "diterima_pada": STORED,
        "cara": "ponsel",
    }
    with writing() as connection:
        trail.bump(connection, "jawaban")
        connection.execute(insert(kiriman).values(**(row | more)))


def letters(text: str) -> dict[str, str]:
    """ "bba" -> answers to P1, P2, P3; "-" leaves one blank."""
    return {f"P{number}": letter for number, letter in enumerate(text, start=1) if letter != "-"}


@pytest.fixture
def stored(fresh_db: Path) -> Stored:
    made = store_event()
    for person, text in PRE.items():
        answer(made, "pre", person, letters(text))
    for person, text in POST.items():
        answer(made, "post", person, letters(text))
    return made


def test_pairs_are_worked_out_by_hand(stored: Stored, actor: ActorOf) -> None:
    found = results.results(actor("pelatih", "33.71"), stored.event_id)
    assert found.knowledge is not None
    pairs = found.knowledge.pairs
    # pre 50, 25, 100; post 100, 50, 100: differences 50, 25, 0
    assert (pairs.n, pairs.difference.mean) == (3, 25.0)
    assert (pairs.difference.up, pairs.difference.same, pairs.difference.down) == (2, 1, 0)
    # <g> = (250 - 175) / (300 - 175) = 75 / 125
    assert pairs.gain.class_gain == pytest.approx(0.6)
    assert pairs.gain.excluded == 1
    changes = {one.item: (one.both_right, one.c, one.b, one.both_wrong) for one in found.knowledge.changes}
    assert changes == {"P1": (3, 0, 0, 0), "P2": (2, 1, 0, 0), "P3": (1, 1, 0, 1), "P4": (1, 1, 0, 1)}


def test_people_and_institutions_are_counted_apart(stored: Stored, actor: ActorOf) -> None:
    counts = results.results(actor("pelatih"), stored.event_id).counts
    assert (counts.people, counts.institutions, counts.lks) == (4, 3, 1)
    assert counts.by_kind == {"lks": 2, "lkks": 1, "dinas": 1}


def test_everybody_without_a_pair_is_listed_with_the_reason(stored: Stored, actor: ActorOf) -> None:
    by = actor("pelatih")
    assert [(one.person.name, one.side, one.reason) for one in results.results(by, stored.event_id).unpaired] == [
        ("Peserta Contoh Empat", "pre", "belum_mengisi")
    ]
    answer(stored, "post", 3, letters("bbbb"), keadaan="menunggu", terlambat=True)
    found = results.results(by, stored.event_id)
    assert [(one.side, one.reason) for one in found.unpaired] == [("pre", "menunggu")]
    assert found.unpaired[0].waiting_id is not None
    assert found.waiting == 1
    assert found.knowledge is not None and found.knowledge.pairs.n == 3, "a late answer counts once it is accepted"


def test_revisions_are_counted_as_left_out_and_never_averaged_in(stored: Stored, actor: ActorOf) -> None:
    answer(stored, "pre", 0, letters("bbbb"), keadaan="revisi", diterima_pada=STORED + timedelta(minutes=5))
    found = results.results(actor("pelatih"), stored.event_id)
    assert found.knowledge is not None
    assert (found.knowledge.pairing.ignored_pre, found.knowledge.pairing.ignored_post) == (1, 0)
    assert found.knowledge.pairs.difference.mean == 25.0


def test_a_reset_answer_is_out_and_says_so(stored: Stored, actor: ActorOf) -> None:
    answer(stored, "post", 3, letters("bbbb"), keadaan="dibatalkan")
    found = results.results(actor("pelatih"), stored.event_id)
    assert [(one.side, one.reason) for one in found.unpaired] == [("pre", "dibatalkan")]


def test_blanks_are_no_points_and_counted(stored: Stored, actor: ActorOf) -> None:
    answer(stored, "post", 3, letters("b--b"), lengkap=False)
    found = results.results(actor("pelatih"), stored.event_id)
    assert found.knowledge is not None
    assert found.knowledge.phases["post"].blanks == 2
    assert found.knowledge.pairs.n == 4


def test_groups_by_origin(stored: Stored, actor: ActorOf) -> None:
    groups = results.results(actor("pelatih"), stored.event_id).groups
    assert {name: one.n for name, one in groups["asal"].items()} == {"lks": 2, "lkks": 1}
    assert {name: one.n for name, one in groups["instansi"].items()} == {"LKS Contoh Melati": 2, "LKKS Contoh": 1}


def test_those_who_may_see_no_persons_get_numbers_and_no_small_groups(stored: Stored, actor: ActorOf) -> None:
    for role in ("kepala_dinas", "lkks"):
        found = results.results(actor(role), stored.event_id)
        assert not found.named
        assert sorted(person.name for person in found.people.values()) == ["#1", "#2", "#3", "#4"]
        assert not any(person.institution or person.lks_id for person in found.people.values())
        assert {person.kind for person in found.people.values()} == {""}, "one from the Dinas is known by that alone"
        assert found.groups["asal"] == {} and found.hidden["asal"] == 2
        assert found.groups["instansi"] == {}
        assert "Peserta Contoh" not in repr(found)
        assert results.lookalikes(found) == []


def test_an_event_of_another_region_is_as_unknown_as_none(stored: Stored, actor: ActorOf) -> None:
    for by, event_id in ((actor("pelatih", "52.72"), stored.event_id), (actor("pelatih"), 9999)):
        with pytest.raises(NotFound):
            results.results(by, event_id)


def test_a_new_answer_is_in_the_next_reading(stored: Stored, actor: ActorOf) -> None:
    by = actor("pelatih")
    results.results(by, stored.event_id)
    answer(stored, "post", 3, letters("aaaa"))
    found = results.results(by, stored.event_id)
    assert found.knowledge is not None and found.knowledge.pairs.n == 4


def test_scales_are_read_on_their_own_and_comments_have_no_writer(stored: Stored, actor: ActorOf) -> None:
    for number, value in enumerate((4, 3, 4, 2, None)):
        answers: dict[str, Any] = {} if value is None else {"S1": value}
        if number == 0:
            answers["S2"] = "Ruang terlalu panas"
        answer(stored, "penyelenggaraan", None, answers | {"nomor": number}, poin=None, poin_maks=None)
    found = results.results(actor("lkks"), stored.event_id)
    (form,) = found.scales
    assert (form.title, form.n, form.anonymous) == (SATISFACTION["judul"], 5, True)
    (_, scale, item), = form.items  # fmt: skip
    assert (scale.min, scale.max, item.missing) == (1, 4, 1)
    assert item.figures.mean == pytest.approx(13 / 4)
    assert [one.text for one in found.comments] == ["Ruang terlalu panas"]


def test_attendance_counts_sessions_held_until_today(stored: Stored, actor: ActorOf) -> None:
    with writing() as connection:
        trail.bump(connection, "jawaban", "kegiatan")
        rows = [(stored.sessions[0], 0), (stored.sessions[1], 0), (stored.sessions[0], 1)]
        for session, person in rows:
            values = {"sesi_id": session, "peserta_id": stored.people[person], "cara": "petugas", "pada": STORED}
            connection.execute(insert(kehadiran).values(**values))
        connection.execute(update(peserta).where(peserta.c.id == stored.people[3]).values(aktif=False))
        values = {"kegiatan_id": stored.event_id, "materi": "Rehat", "tanggal": STORED.date(), "urutan": 9}
        connection.execute(insert(kegiatan_sesi).values(**values, dihitung=False))
    found = results.results(actor("pelatih"), stored.event_id).attendance
    assert (found.registered, found.held, found.present_once) == (3, 2, 2)
    assert found.each == (1.0, 0.5, 0.0)
    assert (found.took_pre, found.took_post, found.pairs) == (3, 3, 3)
    assert found.completed.count == 1, "only one person met the threshold and took the post-test"


def test_across_events_uses_stored_totals_of_pairs_alone(stored: Stored, actor: ActorOf) -> None:
    store_event(wilayah="52.72")
    (line,) = results.across(actor("pelatih", "33.71"))
    assert (line.people, line.institutions) == (4, 3)
    assert line.pairs is not None
    assert line.pairs.n == 3
    means = [sentences.shown(one.mean, 4) for one in (line.pairs.pre, line.pairs.post)]
    assert means == ["58,3333", "83,3333"]
    (hidden,) = results.across(actor("lkks", "33.71"))
    assert hidden.pairs is None, "three people's mean says too much to those who may see no persons"
    assert len(results.across(actor("pelatih"))) == 2


def test_near_equal_names_on_different_sides_are_proposed(fresh_db: Path, actor: ActorOf) -> None:
    people = (
        ("Siti Contoh Aminah", "lks", "LKS A"),
        ("Siti Contoh Aminnah", "lks", "LKS A"),
        ("Budi Contoh", "lks", "B"),
    )
    made = store_event(people=people, phases={"pre": TEST, "post": TEST})
    answer(made, "pre", 0, letters("bbbb"))
    answer(made, "post", 1, letters("bbbb"))
    answer(made, "pre", 2, letters("bbbb"))
    found = results.results(actor("pelatih"), made.event_id)
    assert [(a.name, b.name) for a, b in results.lookalikes(found)] == [("Siti Contoh Aminah", "Siti Contoh Aminnah")]
    assert found.knowledge is not None and found.knowledge.pairs.n == 0, "proposed, never merged silently"


def test_an_event_nobody_answered_is_empty(fresh_db: Path, actor: ActorOf) -> None:
    found = results.results(actor("pelatih"), store_event().event_id)
    assert found.empty
    assert found.knowledge is not None and found.knowledge.pairs.n == 0


def test_numbers_of_people_cannot_be_worked_out_without_the_key(
    stored: Stored, actor: ActorOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They were once made from event and row numbers alone, which anybody can try out."""
    found = results.results(actor("pelatih"), stored.event_id)
    orders = set()
    for turn in range(8):
        monkeypatch.setattr(results.secrets, "derived", lambda purpose, turn=turn: bytes([turn]) * 32)
        orders.add(tuple(found.numbers_of_people().items()))
    assert len(orders) > 1
