"""Proposals that nobody takes silently: the register, earlier events, two rows that are one person."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from data_access.engine import reading, writing
from data_access.tables_bimtek import kehadiran, kiriman, orang, pengisian, peserta
from domain.errors import InvalidInput, NotFound, NotPermitted, NotUndoable, StaleEdit
from domain.permissions import Actor
from services import keeping, roster, roster_links
from tests import bimtek_rows
from tests.bimtek_rows import STORED
from tests.services.conftest import NEW as NEW_LKS
from tests.services.conftest import codes, written

Make = Callable[..., Actor]


@pytest.fixture
def operator(fresh_db: Path, actor: Make) -> Actor:
    return actor("operator", "33.71")


def lks(by: Actor, nama: str, kode: str = "33.71.01") -> int:
    fields = NEW_LKS | {"nama": nama, "kode_wilayah": kode, "ketua_telepon": None, "ketua_nik": None}
    return keeping.create(by, fields, f"lks-{nama}-{kode}")


def rows(by: Actor, event_id: int) -> dict[str, dict[str, Any]]:
    found: list[Any] = roster.roster(by, event_id).to_dict("records")
    return {row["nama"]: row for row in found}


def proposed(by: Actor, event_id: int) -> list[tuple[str, int, bool]]:
    found: list[Any] = roster_links.lks_proposals(by, event_id).to_dict("records")
    return [(row["nama"], row["lks_id"], row["tepat"]) for row in found]


# --- the register ----------------------------------------------------------------------------------------------------


def test_exact_and_like_names_are_proposed_and_nothing_is_linked(operator: Actor, actor: Make) -> None:
    exact, like = lks(operator, "Panti Asuhan Melati"), lks(operator, "Panti Werdha Kenanga Indah")
    lks(actor("admin"), "Panti Asuhan Melati", "33.74")  # another city's
    people = (
        ("Satu", "lks", "PA Melati"),
        ("Dua", "lks", "Panti Werda Kenanga Indh"),
        ("Tiga", "lks", "LKS Sama Sekali Lain"),
        ("Empat", "dinas", "Panti Asuhan Melati"),
        ("Lima", "lks", ""),
    )
    event_id = bimtek_rows.store_event(people=people).event_id
    assert proposed(operator, event_id) == [("Satu", exact, True), ("Dua", like, False)]
    assert {row["lks_id"] for row in rows(operator, event_id).values()} == {None}


def test_the_reach_of_the_event_decides_where_is_looked(operator: Actor, actor: Make) -> None:
    here, there = lks(operator, "Panti Melati"), lks(actor("admin"), "Panti Melati", "33.74")
    stored = bimtek_rows.store_event(people=(("Satu", "lks", "Panti Melati"),), jangkauan="33")
    province = actor("operator", "33")
    assert sorted(proposed(province, stored.event_id)) == sorted([("Satu", here, False), ("Satu", there, False)])
    # An officer of the city organises for the whole province, but does not read the province's register.
    assert proposed(operator, stored.event_id) == [("Satu", here, True)]
    with pytest.raises(InvalidInput) as caught:
        roster_links.link(operator, stored.event_id, [(stored.people[0], 1, there)], "t1")
    assert codes(caught) == {("lks_id", "peserta_lks_tidak_ada")}
    assert roster_links.link(province, stored.event_id, [(stored.people[0], 1, there)], "t2") == 1
    seen = rows(operator, stored.event_id)["Satu"]
    assert (seen["lks_id"], seen["lks_nama"], seen["kode_lks"]) == (there, None, None)
    assert rows(province, stored.event_id)["Satu"]["lks_nama"] == "Panti Melati"


def test_a_known_kab_kota_tells_namesakes_apart(operator: Actor, actor: Make) -> None:
    here, _ = lks(operator, "Panti Melati"), lks(actor("admin"), "Panti Melati", "33.74")
    stored = bimtek_rows.store_event(people=(("Satu", "lks", "Panti Melati"),), jangkauan="33")
    province = actor("operator", "33")
    roster.edit(province, stored.event_id, stored.people[0], 1, {"kabkota_kode": "33.71"}, "t1")
    assert proposed(province, stored.event_id) == [("Satu", here, True)]


def test_links_are_made_all_or_none_and_taken_off_again(operator: Actor) -> None:
    one = lks(operator, "Panti Melati")
    people = (("Satu", "lks", "Panti Melati"), ("Dua", "lks", "Panti Melati"))
    stored = bimtek_rows.store_event(people=people)
    first, second = stored.people
    for links in ([(first, 1, one), (second, 7, one)], [(first, 1, one), (first, 1, one)], [(first, 1, one + 99)]):
        with pytest.raises((StaleEdit, InvalidInput)):
            roster_links.link(operator, stored.event_id, links, "t1")
    assert {row["lks_id"] for row in rows(operator, stored.event_id).values()} == {None}
    assert roster_links.link(operator, stored.event_id, [(first, 1, one), (second, 1, one)], "t1") == 2
    assert proposed(operator, stored.event_id) == []
    assert roster.counts(operator, stored.event_id).institutions == 1
    roster_links.unlink(operator, stored.event_id, first, 2, "t2")
    assert rows(operator, stored.event_id)["Satu"]["lks_id"] is None
    assert [entry["aksi"] for entry in written("peserta")] == ["taut_lks", "taut_lks", "lepas_lks"]
    assert written("peserta")[0]["sesudah"]["lks"].startswith("LKS-33.71-")


def test_an_lks_is_found_by_hand_inside_the_reach_only(operator: Actor, actor: Make) -> None:
    here = lks(operator, "Panti Asuhan Melati")
    lks(actor("admin"), "Panti Asuhan Melati", "33.74")
    event_id = bimtek_rows.store_event().event_id
    assert [hit["id"] for hit in roster_links.lks_search(operator, event_id, "melatti")] == [here]
    assert roster_links.lks_search(operator, event_id, "  ") == []
    assert len(roster_links.lks_search(actor("admin"), event_id, "melati")) == 1, "the event reaches one city"


# --- earlier events --------------------------------------------------------------------------------------------------


def test_people_of_earlier_events_are_proposed_and_confirmed(operator: Actor, actor: Make) -> None:
    before = bimtek_rows.store_event(people=(("Contoh Satu", "lks", "LKS Melati"), ("Contoh Dua", "lks", "LKS Lain")))
    bimtek_rows.store_event(people=(("Contoh Satu", "lks", "LKS Melati"),), wilayah="33.72")  # not this actor's
    people = (("H. Contoh Satu, S.Sos", "lks", "lks melati"), ("Contoh Dua", "lks", "LKS Kenanga"))
    now = bimtek_rows.store_event(people=people)
    found: list[Any] = roster_links.person_proposals(operator, now.event_id).to_dict("records")
    assert [(row["nama"], row["lama_id"], row["tepat"]) for row in found] == [
        ("H. Contoh Satu, S.Sos", before.people[0], False)
    ]
    assert {row["orang_id"] for row in rows(operator, now.event_id).values()} == {None}
    assert roster_links.recognise(operator, now.event_id, [(now.people[0], 1, before.people[0])], "t1") == 1
    assert roster_links.person_proposals(operator, now.event_id).empty
    row = rows(operator, now.event_id)["H. Contoh Satu, S.Sos"]
    assert row["kegiatan_lain"] == 1
    assert rows(operator, before.event_id)["Contoh Satu"]["orang_id"] == row["orang_id"]
    roster_links.part(operator, now.event_id, now.people[0], 2, "t2")
    assert rows(operator, now.event_id)["H. Contoh Satu, S.Sos"]["orang_id"] is None


def test_one_person_stands_once_on_a_roster(operator: Actor) -> None:
    before = bimtek_rows.store_event(
        people=(("Contoh Satu", "lks", "LKS Melati"), ("Contoh Lain", "lks", "LKS Melati"))
    )
    now = bimtek_rows.store_event(people=(("Contoh Satu", "lks", "LKS Melati"), ("Contoh Satu A", "lks", "LKS Melati")))
    first, second = now.people
    roster_links.recognise(operator, now.event_id, [(first, 1, before.people[0])], "t1")
    with pytest.raises(InvalidInput) as caught:
        roster_links.recognise(operator, now.event_id, [(second, 1, before.people[0])], "t2")
    assert codes(caught) == {("orang_id", "orang_sudah_di_kegiatan")}
    roster_links.recognise(operator, now.event_id, [(second, 1, before.people[1])], "t3")
    with pytest.raises(InvalidInput) as caught:
        roster_links.recognise(operator, now.event_id, [(second, 2, before.people[0])], "t4")
    assert codes(caught) == {("orang_id", "orang_beda")}


def test_a_person_nobody_is_any_more_is_forgotten(operator: Actor) -> None:
    before = bimtek_rows.store_event(people=(("Contoh Satu", "lks", "LKS Melati"),))
    now = bimtek_rows.store_event(people=(("Contoh Satu", "lks", "LKS Melati"),))
    roster_links.recognise(operator, now.event_id, [(now.people[0], 1, before.people[0])], "t1")
    roster_links.part(operator, now.event_id, now.people[0], 2, "t2")
    roster_links.part(operator, before.event_id, before.people[0], 1, "t3")
    with reading() as connection:
        assert connection.execute(select(func.count()).select_from(orang)).scalar() == 0


def test_rows_of_the_same_or_an_unseen_event_cannot_be_recognised(operator: Actor) -> None:
    elsewhere = bimtek_rows.store_event(wilayah="33.72")
    now = bimtek_rows.store_event()
    for other in (now.people[1], elsewhere.people[0]):
        with pytest.raises(NotFound):
            roster_links.recognise(operator, now.event_id, [(now.people[0], 1, other)], "t1")


# --- two rows that are one person --------------------------------------------------------------------------------------


def answer(form: int, participant: int | None, key: str, state: str = "terhitung") -> None:
    values = {"formulir_id": form, "peserta_id": participant, "kunci": key, "sidik_isi": key, "jawaban": {"P1": "b"}}
    with writing() as connection:
        connection.execute(
            kiriman.insert().values(**values, keadaan=state, cara="ponsel", diterima_pada=STORED, poin=1, poin_maks=4)
        )


@pytest.fixture
def twins(fresh_db: Path) -> bimtek_rows.Stored:
    people = (("Contoh Anggrek", "lks", "LKS Melati"), ("Contoh Angrek, S.Sos", "lks", ""), ("Mawar", "lks", "LKS X"))
    return bimtek_rows.store_event(people=people)


def test_like_names_of_one_roster_are_proposed(twins: bimtek_rows.Stored, operator: Actor) -> None:
    [pair] = roster_links.near_pairs(operator, twins.event_id).to_dict("records")
    assert {pair["a_id"], pair["b_id"]} == {twins.people[0], twins.people[1]} and pair["skor"] >= 88
    assert roster.counts(operator, twins.event_id).people == 3


def test_a_merge_moves_answers_and_attendance_once(twins: bimtek_rows.Stored, operator: Actor) -> None:
    kept, gone, _ = twins.people
    answer(twins.forms["pre"], gone, "k1")
    answer(twins.forms["pre"], kept, "k2", "revisi")
    answer(twins.forms["post"], kept, "k3")
    first, second = twins.sessions
    with writing() as connection:
        marks = [(first, kept), (first, gone), (second, gone)]
        connection.execute(
            kehadiran.insert(), [{"sesi_id": s, "peserta_id": p, "cara": "petugas", "pada": STORED} for s, p in marks]
        )
        connection.execute(pengisian.insert().values(formulir_id=twins.forms["penyelenggaraan"], peserta_id=gone))
    roster.edit(operator, twins.event_id, gone, 1, {"telepon": "081234567890", "jabatan": "Ketua"}, "t1")
    roster_links.merge(operator, twins.event_id, gone, 2, kept, 1, "t2")
    with reading() as connection:
        answers = connection.execute(select(kiriman.c.kunci, kiriman.c.peserta_id)).all()
        attended = connection.execute(select(kehadiran.c.sesi_id, kehadiran.c.peserta_id)).all()
        filled = connection.execute(select(pengisian.c.peserta_id)).scalars().all()
        source = connection.execute(peserta.select().where(peserta.c.id == gone)).mappings().one()
    assert sorted(tuple(row) for row in answers) == [("k1", kept), ("k2", kept), ("k3", kept)]
    assert sorted(tuple(row) for row in attended) == [(first, kept), (second, kept)]
    assert list(filled) == [kept]
    assert (source["aktif"], source["digabung_ke"]) == (False, kept)
    row = rows(operator, twins.event_id)["Contoh Anggrek"]
    assert (row["telepon"], row["jabatan"], row["instansi"]) == ("+6281234567890", "Ketua", "LKS Melati")
    assert roster.counts(operator, twins.event_id).people == 2
    merged = [entry for entry in written("peserta") if entry["aksi"] == "gabung_peserta"]
    assert [int(entry["objek_id"]) for entry in merged] == [gone, kept]
    assert merged[1]["sesudah"] == {
        "jabatan": "Ketua",
        "telepon": "**********7890",
        "gabungan": "Contoh Angrek, S.Sos",
    }
    with pytest.raises(NotUndoable):
        roster.restore(operator, twins.event_id, gone, 3, "ternyata dua orang", "t3")


def test_two_counted_answers_for_one_form_stop_a_merge(twins: bimtek_rows.Stored, operator: Actor) -> None:
    kept, gone, _ = twins.people
    answer(twins.forms["pre"], gone, "k1")
    answer(twins.forms["pre"], kept, "k2")
    with pytest.raises(InvalidInput) as caught:
        roster_links.merge(operator, twins.event_id, gone, 1, kept, 1, "t1")
    assert codes(caught) == {("id", "peserta_gabung_jawaban")}
    assert caught.value.problems[0].facts == {"formulir": "Tes uji"}
    with reading() as connection:
        assert connection.execute(select(kiriman.c.peserta_id).where(kiriman.c.kunci == "k1")).scalar() == gone
    assert roster.counts(operator, twins.event_id).people == 3


def test_two_answers_to_an_anonymous_form_stop_a_merge(twins: bimtek_rows.Stored, operator: Actor) -> None:
    kept, gone, _ = twins.people
    with writing() as connection:
        form = twins.forms["penyelenggaraan"]
        connection.execute(pengisian.insert(), [{"formulir_id": form, "peserta_id": one} for one in (kept, gone)])
    with pytest.raises(InvalidInput) as caught:
        roster_links.merge(operator, twins.event_id, gone, 1, kept, 1, "t1")
    assert codes(caught) == {("id", "peserta_gabung_jawaban_anonim")}


def test_what_else_stops_a_merge(twins: bimtek_rows.Stored, operator: Actor, actor: Make) -> None:
    kept, gone, third = twins.people
    with pytest.raises(InvalidInput):
        roster_links.merge(operator, twins.event_id, kept, 1, kept, 1, "t")
    with pytest.raises(StaleEdit):
        roster_links.merge(operator, twins.event_id, gone, 9, kept, 1, "t")
    with pytest.raises(NotFound):
        roster_links.merge(operator, twins.event_id, bimtek_rows.store_event().people[0], 1, kept, 1, "t")
    with pytest.raises(NotPermitted):
        roster_links.merge(actor("lkks", "33.71"), twins.event_id, gone, 1, kept, 1, "t")
    roster.strike(operator, twins.event_id, third, 1, "batal hadir", "t1")
    with pytest.raises(NotUndoable):
        roster_links.merge(operator, twins.event_id, third, 2, kept, 1, "t")
    assert roster.counts(operator, twins.event_id).people == 2
