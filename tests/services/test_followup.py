"""After an event: later forms for the same people, reminders with the own code, plans, and what the register shows."""

import dataclasses
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import insert, select, update

from data_access.commands import trail
from data_access.engine import reading, writing
from data_access.tables import audit, lks_sumbu
from data_access.tables_bimtek import formulir, kegiatan, peserta, rtl
from domain.errors import InvalidInput, NotFound, NotPermitted, StaleEdit
from domain.permissions import Actor
from services import events, followup
from services.followup import Afterwards
from tests import register_rows
from tests.bimtek_rows import STORED, TEST, Stored, store_event
from tests.services.test_results import answer, letters

ActorOf = Callable[..., Actor]
NOW = datetime(2026, 5, 25, 3, tzinfo=UTC)  # the day after the event
PLAN = {
    "kode": "uji_rtl",
    "versi": 1,
    "judul": "RTL uji",
    "jenis": "rtl",
    "bagian": [
        {
            "kode": "A",
            "judul": "Rencana",
            "butir": [
                {"kode": "r1_apa", "jenis": "paragraf", "teks": "Apa?"},
                {"kode": "r1_selesai", "jenis": "tanggal", "teks": "Kapan?"},
                {"kode": "r2_apa", "jenis": "paragraf", "teks": "Apa lagi?", "wajib": False},
                {"kode": "lain", "jenis": "paragraf", "teks": "Pesan", "wajib": False},
            ],
        }
    ],
}


@pytest.fixture
def over(fresh_db: Path) -> Stored:
    """An event that is over, with a pre-test still open and plans handed in by one person."""
    made = store_event(status="selesai", phases={"pre": TEST, "rtl": PLAN})
    answer(made, "pre", 0, letters("bbbb"))
    answers = {"r1_apa": "Melengkapi berkas", "r1_selesai": "2026-08-01", "r2_apa": "Mendaftar", "lain": "Terima kasih"}
    answer(made, "rtl", 1, answers, poin=None, poin_maks=None)
    return made


def test_later_forms_open_by_themselves_after_three_and_six_months(over: Stored, actor: ActorOf) -> None:
    with time_machine.travel(NOW, tick=False):
        made = followup.later_forms(actor("pelatih"), over.event_id, "t1")
    with reading() as connection:
        rows = connection.execute(
            select(formulir.c.fase, formulir.c.buka_pada, formulir.c.status, formulir.c.anonim)
            .where(formulir.c.id.in_(made))
            .order_by(formulir.c.fase)
        ).all()
    # 24 August and 24 November, eight in the morning in the event's own zone (WIB)
    assert [tuple(row) for row in rows] == [
        ("pasca3", datetime(2026, 8, 24, 1, tzinfo=UTC), "disiapkan", False),
        ("pasca6", datetime(2026, 11, 24, 1, tzinfo=UTC), "disiapkan", False),
    ]
    with time_machine.travel(NOW, tick=False):
        assert followup.later_forms(actor("pelatih"), over.event_id, "t2") == [], "a second time adds nothing"


def test_an_event_that_is_not_over_gets_no_later_forms(fresh_db: Path, actor: ActorOf) -> None:
    made = store_event(status="berjalan")
    with pytest.raises(NotPermitted):
        followup.later_forms(actor("pelatih"), made.event_id, "t1")


def test_reminders_go_to_those_who_owe_an_answer_with_their_own_code(over: Stored, actor: ActorOf) -> None:
    with writing() as connection:
        trail.bump(connection, "kegiatan")
        connection.execute(update(peserta).where(peserta.c.id == over.people[3]).values(aktif=False))
    found = followup.reminders(actor("pelatih"), over.event_id)
    named = [(one.name, one.form, one.link, one.code.replace("-", "")) for one in found]
    pre, plan = over.links["pre"], over.links["rtl"]
    assert named == [
        ("Peserta Contoh Dua", "Tes uji", pre, over.codes[1]),
        ("Peserta Contoh Tiga", "Tes uji", pre, over.codes[2]),
        ("Peserta Contoh Satu", "RTL uji", plan, over.codes[0]),
        ("Peserta Contoh Tiga", "RTL uji", plan, over.codes[2]),
    ]
    with reading() as connection:
        rows = connection.execute(select(audit.c.aksi, audit.c.sesudah).where(audit.c.aksi == "buka_kode")).all()
    assert [tuple(row) for row in rows] == [("buka_kode", {"peserta": 3})]
    assert not any(code in str(rows) for code in over.codes)


@pytest.mark.parametrize("role", ["kepala_dinas", "lkks"])
def test_codes_are_not_for_those_who_only_look(role: str, over: Stored, actor: ActorOf) -> None:
    for call in (
        lambda: followup.reminders(actor(role), over.event_id),
        lambda: followup.collect(actor(role), over.event_id, "t"),
        lambda: followup.plans(actor(role), over.event_id),
        lambda: followup.later_forms(actor(role), over.event_id, "t"),
        lambda: followup.change_plan(actor(role), 1, 1, "batal", None, None, "t"),
    ):
        with pytest.raises(NotPermitted):
            call()


def test_plans_come_out_of_the_answers_once(over: Stored, actor: ActorOf) -> None:
    by = actor("pelatih")
    assert followup.collect(by, over.event_id, "t1") == 2
    assert followup.collect(by, over.event_id, "t2") == 0
    rows = followup.plans(by, over.event_id)
    assert [(row["nama"], row["rencana"], row["tenggat"], row["status"]) for row in rows] == [
        ("Peserta Contoh Dua", "Melengkapi berkas", date(2026, 8, 1), "direncanakan"),
        ("Peserta Contoh Dua", "Mendaftar", None, "direncanakan"),
    ]


def test_a_plan_is_done_only_with_evidence_and_never_overwritten_unseen(over: Stored, actor: ActorOf) -> None:
    by = actor("pelatih")
    followup.collect(by, over.event_id, "t1")
    row = followup.plans(by, over.event_id)[0]
    with pytest.raises(InvalidInput) as refused:
        followup.change_plan(by, row["id"], row["versi"], "selesai", row["tenggat"], " ", "t2")
    assert [problem.column for problem in refused.value.problems] == ["bukti"]
    followup.change_plan(by, row["id"], row["versi"], "selesai", row["tenggat"], "Surat nomor 1", "t3")
    with pytest.raises(StaleEdit):
        followup.change_plan(by, row["id"], row["versi"], "batal", None, None, "t4")
    with reading() as connection:
        kept = connection.execute(select(rtl.c.status, rtl.c.bukti, rtl.c.versi).where(rtl.c.id == row["id"])).one()
        told = connection.execute(select(audit.c.sesudah).where(audit.c.objek == "rtl")).scalar_one()
    assert tuple(kept) == ("selesai", "Surat nomor 1", 2)
    assert told == {"status": "selesai", "bukti": "Surat nomor 1"}


def test_another_regions_event_is_unknown(over: Stored, actor: ActorOf) -> None:
    other = actor("pelatih", "52.72")
    followup.collect(actor("pelatih"), over.event_id, "t1")
    for call in (
        lambda: followup.reminders(other, over.event_id),
        lambda: followup.plans(other, over.event_id),
        lambda: followup.collect(other, over.event_id, "t2"),
        lambda: followup.afterwards(other, over.event_id),
        lambda: followup.change_plan(other, 1, 1, "batal", None, None, "t3"),
    ):
        with pytest.raises(NotFound):
            call()


def test_what_the_register_shows_afterwards_is_counted_by_hand(fresh_db: Path, actor: ActorOf) -> None:
    before, after = date(2026, 1, 10), date(2026, 6, 10)
    rows = [register_rows.lks_row(f"LKS {letter}", "33.71.01") for letter in "ABCDE"]
    a, b, c, d, e = register_rows.store(*rows)
    history = [
        (a, "daftar", "belum_terdaftar", before), (a, "daftar", "terdaftar", after),  # sent people, registered since
        (b, "daftar", "terdaftar", before), (b, "daftar", "terdaftar", after),  # sent people, renewed
        (c, "daftar", "belum_terdaftar", before),  # sent people, nothing happened
        (d, "daftar", "terdaftar", after),  # sent nobody, registered all the same
        (a, "akreditasi", "C", before), (a, "akreditasi", "B", after),  # a better grade
        (b, "akreditasi", "A", before), (b, "akreditasi", "A", after),  # nothing better than A: not counted
        (e, "akreditasi", "B", before), (e, "akreditasi", "C", after),  # a worse grade
    ]  # fmt: skip
    people = tuple((f"Peserta Contoh {letter}", "lks", f"LKS {letter}") for letter in "ABC")
    made = store_event(people=people, phases={"pre": TEST})
    with writing() as connection:
        trail.bump(connection, "register", "kegiatan")
        for lks_id, axis, value, day in history:
            row = {"lks_id": lks_id, "sumbu": axis, "nilai": value, "tanggal": day}
            connection.execute(insert(lks_sumbu).values(**row, dicatat_pada=STORED, dicatat_oleh="uji"))
        for person, lks_id in zip(made.people, (a, b, c), strict=True):
            connection.execute(update(peserta).where(peserta.c.id == person).values(lks_id=lks_id))
        connection.execute(update(kegiatan).values(jangkauan="33"))
    found = followup.afterwards(actor("kepala_dinas"), made.event_id)
    assert {name: tuple(map(dataclasses.astuple, both)) for name, both in found.items()} == {
        "terdaftar": ((1, 2), (1, 2)),
        "diperpanjang": ((1, 1), (0, 0)),
        "terakreditasi": ((1, 2), (0, 2)),
    }
    assert found["terdaftar"][0] == Afterwards(1, 2)


def test_an_event_that_ends_gets_its_later_forms_by_itself(fresh_db: Path, actor: ActorOf) -> None:
    made = store_event(status="berjalan")
    by = actor("pelatih")
    with time_machine.travel(NOW, tick=False):
        for step, reason in (("selesai", None), ("berjalan", "Satu sesi tertinggal"), ("selesai", None)):
            version = events.get(by, made.event_id).record["versi"]
            followup.move(by, made.event_id, version, step, reason, f"langkah {version}")
    with reading() as connection:
        rows = connection.execute(
            select(formulir.c.fase).where(formulir.c.fase.startswith("pasca")).order_by(formulir.c.fase)
        ).scalars()
        assert list(rows) == ["pasca3", "pasca6"], "once, however often it ends"
