"""The live screens: every number is a recount of raw rows, the wall never names anybody, decisions follow the rule."""

import json
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update

from data_access import tables_bimtek as t
from data_access.commands import trail
from data_access.engine import engine, reading, writing
from data_access.tables import audit
from domain.errors import AlreadyDone, InvalidInput, NotFound
from domain.permissions import Actor
from services import attendance, clock, live
from tests.bimtek_rows import PEOPLE, Stored, store_event

NOW = datetime(2026, 5, 22, 2, 31, tzinfo=UTC)
MANY = [*PEOPLE, ("Peserta Contoh Lima", "lks", "LKS Contoh Mawar"), ("Peserta Contoh Enam", "lain", "")]


@pytest.fixture
def event(fresh_db: Path, monkeypatch: pytest.MonkeyPatch) -> Stored:
    """An event of six, and another one whose answers must not count."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    other = store_event(wilayah="33.71")
    put(other, "pre", 0, {"P1": "a"})
    return store_event(wilayah="33.71", people=MANY)


def put(
    event: Stored, phase: str, person: int | None, answers: dict[str, Any], keadaan: str = "terhitung", **more: Any
) -> int:
    """Stores a submission as the participant's door does, and raises the revision."""
    values = {
        "formulir_id": event.forms[phase], "peserta_id": None if person is None else event.people[person],
        "kunci": str(uuid.uuid4()), "sidik_isi": "0" * 64, "jawaban": answers, "keadaan": keadaan,
        "diterima_pada": NOW, "cara": "ponsel",
    } | more  # fmt: skip
    with writing() as c:
        trail.bump(c, "jawaban")
        made = c.execute(insert(t.kiriman).values(**values)).inserted_primary_key
        assert made is not None
        return int(made[0])


def anonymous(event: Stored, person: int, answers: dict[str, Any]) -> None:
    put(event, "penyelenggaraan", None, answers)
    with writing() as c:
        values = {"formulir_id": event.forms["penyelenggaraan"], "peserta_id": event.people[person]}
        c.execute(insert(t.pengisian).values(**values))


def states() -> dict[int, str]:
    with reading() as c:
        return {row.id: row.keadaan for row in c.execute(select(t.kiriman.c.id, t.kiriman.c.keadaan))}


def test_every_number_equals_a_recount(event: Stored, actor: Callable[..., Actor]) -> None:
    by = actor("pelatih", "33.71", 1)
    put(event, "pre", 0, {"P1": "b", "P2": "a"})
    put(event, "pre", 0, {"P1": "a"}, "revisi")
    put(event, "pre", 1, {"P1": "c"}, "menunggu", terlambat=True)
    put(event, "pre", 2, {"P1": "c"}, "dibatalkan")
    put(event, "pre", 3, {"P1": "d"})
    anonymous(event, 0, {"S1": 4})
    with writing() as c:  # somebody who answered was struck from the roster; one submission was kept aside
        trail.bump(c, "kegiatan")
        c.execute(update(t.peserta).where(t.peserta.c.id == event.people[3]).values(aktif=False))
        aside = {"formulir_id": event.forms["pre"], "peserta_id": event.people[0], "kunci": "k", "sidik_isi": "1"}
        c.execute(insert(t.kiriman_konflik).values(**aside, jawaban={}, diterima_pada=NOW))
    attendance.mark_many(by, event.people[:3], event.sessions[0])
    attendance.mark(by, event.people[4], event.sessions[1])  # the second day is not today

    seen = live.overview(by, event.event_id)
    assert (seen.terdaftar, seen.hadir_hari_ini) == (5, 3)
    assert seen.hadir == {event.sessions[0]: 3, event.sessions[1]: 1}
    pre = seen.form(event.forms["pre"])
    with reading() as c:
        k = t.kiriman.c
        of_pre = select(k.keadaan, func.count()).where(k.formulir_id == pre.id).group_by(k.keadaan)
        raw = {state: number for state, number in c.execute(of_pre)}
    assert raw == {"terhitung": 2, "revisi": 1, "menunggu": 1, "dibatalkan": 1}
    shown = {"terhitung": pre.diterima, "revisi": pre.revisi, "menunggu": pre.menunggu, "dibatalkan": pre.dibatalkan}
    assert shown == raw and (pre.ditolak, pre.konflik, pre.luar_daftar, pre.diharapkan) == (0, 1, 1, 5)
    # the one whose answer was taken out has not answered; the late one has
    assert pre.belum == {event.people[2], event.people[4], event.people[5]}
    assert seen.form(event.forms["penyelenggaraan"]).belum == set(event.people) - {event.people[0], event.people[3]}
    assert seen.form(event.forms["post"]).diterima == 0
    with pytest.raises(NotFound):
        live.overview(actor("pelatih", "52.72"), event.event_id)


def test_missing_by_institution_names_for_those_who_may(event: Stored, actor: Callable[..., Actor]) -> None:
    put(event, "pre", 0, {"P1": "b"})
    for role, named in (("pelatih", True), ("kepala_dinas", False), ("lkks", False)):
        groups = live.missing(actor(role, "33.71"), event.event_id, event.forms["pre"])
        assert [(g.instansi, g.jumlah) for g in groups] == [
            ("", 1), ("Dinas Sosial Contoh", 1), ("LKKS Contoh", 1), ("LKS Contoh Mawar", 1), ("LKS Contoh Melati", 1),
        ]  # fmt: skip
        assert any(g.nama for g in groups) is named
        assert not named or groups[4].nama == ("Peserta Contoh Dua",)


def test_distribution_and_the_wrong_option_chosen_most(event: Stored, actor: Callable[..., Actor]) -> None:
    by = actor("pelatih", "33.71", 1)
    given = [{"P1": "a", "P2": "b"}, {"P1": "c", "P2": "b"}, {"P1": "a"}, {"P1": "b"}, {"P1": "c", "P2": "d"}]
    for person, answers in enumerate(given):
        put(event, "pre", person, answers)
    put(event, "pre", 0, {"P1": "d"}, "revisi")
    found = {item.kode: item for item in live.item_counts(by, event.event_id, event.forms["pre"])}
    for kode in ("P1", "P2"):
        raw = Counter(answers[kode] for answers in given if kode in answers)
        assert {bar.kode: bar.jumlah for bar in found[kode].batang if bar.jumlah} == raw
        assert found[kode].n == sum(raw.values()) and found[kode].kosong == len(given) - found[kode].n
        assert found[kode].benar == raw["b"]
    assert [bar.kode for bar in found["P1"].salah_terbanyak] == ["a", "c"]  # a tie names both
    assert [bar.kode for bar in found["P2"].salah_terbanyak] == ["d"]
    assert (found["P3"].n, found["P3"].kosong, found["P3"].salah_terbanyak) == (0, 5, ())


def test_an_anonymous_form_hides_what_few_have_said(event: Stored, actor: Callable[..., Actor]) -> None:
    by, form = actor("pelatih", "33.71", 1), event.forms["penyelenggaraan"]
    for person in range(4):
        anonymous(event, person, {"S1": 1 + person % 2})
    assert all(item.disembunyikan and not item.batang for item in live.item_counts(by, event.event_id, form))
    anonymous(event, 4, {"S1": 4})
    scale = live.item_counts(by, event.event_id, form)[0]
    assert [bar.jumlah for bar in scale.batang] == [2, 2, 0, 1] and not scale.disembunyikan


def test_the_wall_shows_no_person_no_score_no_key(event: Stored, actor: Callable[..., Actor]) -> None:
    by = actor("kepala_dinas", "33.71")
    for person in range(6):
        put(event, "pre", person, {"P1": "b", "P2": "b"}, poin=77.0, poin_maks=99.0)
    for person in range(4):
        anonymous(event, person, {"S1": 3, "S2": "Komentar rahasia"})
    few = live.projector(by, event.event_id)
    assert [form.fase for form in few.formulir] == ["pre", "post", "penyelenggaraan"]
    assert [form.diterima for form in few.formulir] == [6, 0, 4] and not any(form.butir for form in few.formulir)
    anonymous(event, 4, {"S1": 3})
    shown = live.projector(by, event.event_id)
    assert [bar.jumlah for bar in shown.formulir[2].butir[0].batang] == [0, 0, 5, 0]
    raw = json.dumps(asdict(shown), default=str)
    assert not any(word in raw for word in ("Contoh Satu", "Melati", "Komentar", "77", "99", *event.codes))
    assert all(item.benar is None and not item.salah_terbanyak for form in shown.formulir for item in form.butir)


def test_a_speakers_marks_stay_off_the_wall_and_closed_forms_go(event: Stored, actor: Callable[..., Actor]) -> None:
    by = actor("kepala_dinas", "33.71")
    for person in range(5):
        anonymous(event, person, {"S1": 2})
    with writing() as c:
        trail.bump(c, "kegiatan")
        where = t.formulir.c.id == event.forms["penyelenggaraan"]
        c.execute(update(t.formulir).where(where).values(fase="narasumber"))
        c.execute(update(t.formulir).where(t.formulir.c.id == event.forms["post"]).values(status="ditutup"))
    shown = live.projector(by, event.event_id)
    assert [(form.fase, form.diterima, form.butir) for form in shown.formulir] == [
        ("pre", 0, ()),
        ("narasumber", 5, ()),
    ]


def test_an_answer_shows_at_the_next_question_and_viewers_share_one_count(
    event: Stored, actor: Callable[..., Actor]
) -> None:
    from sqlalchemy import event as sa_event

    by = actor("pelatih", "33.71", 1)
    live.overview(by, event.event_id)
    asked: list[str] = []
    sa_event.listen(engine(), "before_cursor_execute", lambda *a: asked.append(a[2]))
    for _ in range(20):
        live.overview(by, event.event_id)
    assert not any("FROM kiriman" in sql or "FROM peserta" in sql for sql in asked)
    put(event, "pre", 0, {"P1": "b"})
    assert live.overview(by, event.event_id).form(event.forms["pre"]).diterima == 1
    assert any("FROM kiriman" in sql for sql in asked)
    assert not any("FROM peserta" in sql for sql in asked if "kiriman" not in sql)  # nobody joined or left


def test_forms_open_and_close_by_the_clock_between_two_revisions(
    event: Stored, actor: Callable[..., Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    by = actor("pelatih", "33.71", 1)
    with writing() as c:
        trail.bump(c, "kegiatan")
        values = {
            "status": "disiapkan",
            "buka_pada": NOW + timedelta(minutes=1),
            "tutup_pada": NOW + timedelta(hours=1),
        }
        c.execute(update(t.formulir).where(t.formulir.c.id == event.forms["post"]).values(**values))
    seen = []
    for minutes in (0, 1, 61):
        monkeypatch.setattr(clock, "now", lambda late=minutes: NOW + timedelta(minutes=late))
        seen.append(live.overview(by, event.event_id).form(event.forms["post"]).keadaan)
    assert seen == ["disiapkan", "dibuka", "ditutup"]


@pytest.mark.parametrize(
    ("phase", "rule", "late_counts"),
    [("pre", "pertama", False), ("pre", "terakhir", True), ("post", "terakhir", True), ("post", "pertama", False)],
)
def test_an_accepted_late_answer_counts_by_the_rule_of_the_event(
    event: Stored, actor: Callable[..., Actor], phase: str, rule: str, late_counts: bool
) -> None:
    by = actor("pelatih", "33.71", 1)
    with writing() as c:
        where = t.kegiatan.c.id == event.event_id
        c.execute(update(t.kegiatan).where(where).values(aturan_pre=rule, aturan_post=rule, status="dikunci"))
    first = put(event, phase, 0, {"P1": "a"})
    late = put(event, phase, 0, {"P1": "b"}, "menunggu", terlambat=True, diterima_pada=NOW + timedelta(minutes=9))
    alone = put(event, phase, 1, {"P1": "b"}, "menunggu", terlambat=True)
    waiting = live.late(by, event.event_id)
    assert [(row["id"], row["sudah_ada"]) for row in waiting] == [(alone, False), (late, True)]
    assert live.accept_late(by, event.event_id, [late, alone], "t1") == (2 if late_counts else 1)
    with pytest.raises(AlreadyDone):
        live.accept_late(by, event.event_id, [late, alone], "t1")
    with pytest.raises(InvalidInput):
        live.accept_late(by, event.event_id, [late], "t2")
    found = states()
    expected = {first: "revisi", late: "terhitung"} if late_counts else {first: "terhitung", late: "revisi"}
    assert {one: found[one] for one in (first, late)} == expected and found[alone] == "terhitung"
    assert live.late(by, event.event_id) == []


def test_a_refused_late_answer_is_kept_with_the_reason(event: Stored, actor: Callable[..., Actor]) -> None:
    by = actor("operator", "33.71", 1)
    late = put(event, "pre", 0, {"P1": "b"}, "menunggu", terlambat=True)
    with pytest.raises(InvalidInput):
        live.reject_late(by, event.event_id, late, "", "t1")
    live.reject_late(by, event.event_id, late, "disalin dari teman", "t1")
    assert states()[late] == "ditolak"
    with reading() as c:
        row = c.execute(select(audit).where(audit.c.aksi == "tolak_terlambat")).mappings().one()
    assert (row["objek_id"], row["alasan"], row["wilayah"]) == (str(late), "disalin dari teman", "33.71")
    other = store_event(wilayah="52.72")
    strange = put(other, "pre", 0, {"P1": "b"}, "menunggu", terlambat=True)
    for wrong in (
        lambda: live.accept_late(by, event.event_id, [strange], "t3"),
        lambda: live.accept_late(by, other.event_id, [strange], "t4"),
    ):
        with pytest.raises(NotFound):
            wrong()
    assert states()[strange] == "menunggu"


def test_reset_takes_one_person_out_and_leaves_the_others(event: Stored, actor: Callable[..., Actor]) -> None:
    by = actor("pelatih", "33.71", 1)
    mine, waiting = put(event, "pre", 0, {"P1": "a"}), put(event, "pre", 0, {"P1": "b"}, "menunggu", terlambat=True)
    theirs, my_post = put(event, "pre", 1, {"P1": "b"}), put(event, "post", 0, {"P1": "b"})
    assert live.reset(by, event.event_id, event.forms["pre"], event.people[0], "gawai dipinjam orang lain", "t1") == 2
    found = states()
    assert [found[one] for one in (mine, waiting, theirs, my_post)] == [
        "dibatalkan", "dibatalkan", "terhitung", "terhitung",
    ]  # fmt: skip
    assert event.people[0] in live.overview(by, event.event_id).form(event.forms["pre"]).belum
    with reading() as c:
        reasons = c.execute(select(audit.c.alasan).where(audit.c.aksi == "atur_ulang_jawaban")).scalars().all()
    assert reasons == ["gawai dipinjam orang lain"] * 2
    again = put(event, "pre", 0, {"P1": "c"})  # the person may answer anew
    assert states()[again] == "terhitung"
    with pytest.raises(InvalidInput):
        live.reset(by, event.event_id, event.forms["penyelenggaraan"], event.people[0], "alasan uji", "t2")
    with pytest.raises(NotFound):
        live.reset(by, event.event_id, event.forms["post"], event.people[1], "alasan uji", "t3")
