"""The roster: who may read and write it, what is refused, how people and institutions are counted, personal codes."""

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from data_access import secrets
from data_access.engine import reading, writing
from data_access.queries import state
from data_access.tables_bimtek import kegiatan, peserta
from domain.bimtek import clean_code, well_formed
from domain.errors import AlreadyDone, InvalidInput, NotFound, NotPermitted, StaleEdit
from domain.permissions import Actor
from services import accounts, roster
from tests import bimtek_rows
from tests.services.conftest import codes, written

Make = Callable[..., Actor]
NEW = {"nama": " Peserta  Contoh Lima ", "jenis": "lks", "instansi": "LKS Contoh Mawar", "telepon": "0812 3456 7890"}


def rows(by: Actor, event_id: int) -> dict[str, dict[str, Any]]:
    found: list[Any] = roster.roster(by, event_id).to_dict("records")
    return {row["nama"]: row for row in found}


@pytest.fixture
def operator(fresh_db: Path, actor: Make) -> Actor:
    return actor("operator", "33.71")


@pytest.fixture
def stored(fresh_db: Path) -> bimtek_rows.Stored:
    bimtek_rows.store_event()  # another event of the same region, whose people must never be counted
    return bimtek_rows.store_event()


def test_the_published_event_of_22_people_from_11_lks(operator: Actor) -> None:
    """Kota Magelang 2020: 22 representatives of 11 LKS; nearly every list counts one of the two as the other."""
    people = [(f"Peserta Contoh {n}", "lks", f"LKS Contoh {n // 2}") for n in range(22)]
    event_id = bimtek_rows.store_event(people=people).event_id
    found = roster.counts(operator, event_id)
    assert (found.people, found.institutions, found.by_kind) == (22, 11, {"lks": (22, 11)})


def test_people_and_institutions_apart_with_links_and_spellings(operator: Actor, seeded_ids: list[int]) -> None:
    people = [
        ("Satu", "lks", "Panti Asuhan Melati"),  # linked
        ("Dua", "lks", "PA. Melati"),  # not linked, the same name spelled out
        ("Tiga", "lkks", "LKKS Contoh"),
        ("Empat", "dinas", "Dinas Sosial"),
        ("Lima", "dinas", "DINAS  SOSIAL"),
        ("Enam", "lain", ""),  # no institution at all
        ("Dicoret", "lks", "LKS yang batal"),
    ]
    event_id = bimtek_rows.store_event(people=people).event_id
    found = rows(operator, event_id)
    with writing() as connection:
        of = peserta.update().where
        connection.execute(of(peserta.c.id == found["Satu"]["id"]).values(lks_id=seeded_ids[0], kelamin="P"))
        connection.execute(of(peserta.c.id == found["Dicoret"]["id"]).values(aktif=False))
    counted = roster.counts(operator, event_id)
    assert (counted.people, counted.institutions) == (6, 3)
    assert counted.by_kind == {"lks": (2, 1), "lkks": (1, 1), "dinas": (2, 1), "lain": (1, 0)}
    assert (counted.women, counted.men, counted.without_institution) == (1, 0, 1)


@pytest.fixture
def seeded_ids(lks_id: int) -> list[int]:
    return [lks_id]


def test_the_table_hides_what_reaches_a_person_from_those_who_may_not_open_it(
    stored: bimtek_rows.Stored, operator: Actor, actor: Make
) -> None:
    roster.add(operator, stored.event_id, NEW | {"email": "contoh@example.org"}, "t1")
    assert rows(operator, stored.event_id)["Peserta Contoh Lima"]["telepon"] == "+6281234567890"
    seen = rows(actor("pelatih", "33.71"), stored.event_id)["Peserta Contoh Lima"]
    assert (seen["telepon"], seen["email"]) == ("**********7890", "****")
    for role in ("kepala_dinas", "lkks"):
        with pytest.raises(NotPermitted):
            roster.people(actor(role, "33.71"), stored.event_id)
        assert roster.counts(actor(role, "33.71"), stored.event_id).people == 5
    columns = set(roster.roster(operator, stored.event_id).columns)
    assert columns == set(roster.COLUMNS) and not {"kode_sandi", "kode_sidik"} & columns


def test_other_regions_do_not_have_the_event(stored: bimtek_rows.Stored, actor: Make) -> None:
    stranger = actor("operator", "33.72")
    calls: list[Callable[[], Any]] = [
        lambda: roster.people(stranger, stored.event_id),
        lambda: roster.event(stranger, stored.event_id),
        lambda: roster.add(stranger, stored.event_id, NEW, "t"),
        lambda: roster.walk_in(stranger, stored.event_id, "X", "lks", "Y", "t"),
        lambda: roster.edit(stranger, stored.event_id, stored.people[0], 1, {"jabatan": "Ketua"}, "t"),
        lambda: roster.strike(stranger, stored.event_id, stored.people[0], 1, "batal hadir", "t"),
        lambda: roster.reset_code(stranger, stored.event_id, stored.people[0], 1, "kartu hilang", "t"),
        lambda: roster.codes(stranger, stored.event_id),
    ]
    for call in calls:
        with pytest.raises(NotFound):
            call()
    assert written("peserta") == [] and written("kegiatan") == []


def test_who_may_do_what(stored: bimtek_rows.Stored, actor: Make) -> None:
    for role in ("kepala_dinas", "lkks"):
        reader = actor(role, "33.71")
        assert roster.counts(reader, stored.event_id).people == 4
        event_id, one = stored.event_id, stored.people[0]
        calls: list[Callable[[], Any]] = [
            partial(roster.add, reader, event_id, NEW, "t"),
            partial(roster.walk_in, reader, event_id, "X", "lks", "Y", "t"),
            partial(roster.edit, reader, event_id, one, 1, {}, "t"),
            partial(roster.strike, reader, event_id, one, 1, "batal hadir", "t"),
            partial(roster.restore, reader, event_id, one, 1, "datang", "t"),
            partial(roster.reset_code, reader, event_id, one, 1, "kartu hilang", "t"),
            partial(roster.codes, reader, event_id),
        ]
        for call in calls:
            with pytest.raises(NotPermitted):
                call()


def test_adding_reads_masks_and_audits(stored: bimtek_rows.Stored, operator: Actor) -> None:
    added = roster.add(operator, stored.event_id, NEW, "t1")
    row = rows(operator, stored.event_id)["Peserta Contoh Lima"]
    assert (row["id"], row["jenis"], row["telepon"], row["aktif"]) == (added, "lks", "+6281234567890", True)
    [entry] = written("peserta")
    assert (entry["aksi"], entry["objek_id"], entry["wilayah"]) == ("tambah_peserta", str(added), "33.71")
    assert entry["sesudah"]["telepon"] == "**********7890"
    with pytest.raises(AlreadyDone):
        roster.add(operator, stored.event_id, NEW | {"nama": "Lain Contoh"}, "t1")
    assert roster.counts(operator, stored.event_id).people == 5


def test_a_refused_person_leaves_nothing(stored: bimtek_rows.Stored, operator: Actor) -> None:
    wrong = {
        "nama": "",
        "jenis": "tamu",
        "telepon": "12",
        "email": "bukan surel",
        "kelamin": "X",
        "kabkota_kode": "33.71.01",
        "kode_sandi": "x",
    }
    with pytest.raises(InvalidInput) as caught:
        roster.add(operator, stored.event_id, wrong, "t1")
    assert codes(caught) == {
        ("nama", "wajib_diisi"),
        ("jenis", "pilihan_di_luar_daftar"),
        ("telepon", "telepon_tanpa_kode_area"),
        ("email", "surel_tidak_sah"),
        ("kelamin", "pilihan_di_luar_daftar"),
        ("kabkota_kode", "peserta_wilayah_keliru"),
        ("kode_sandi", "bidang_tidak_dikenal"),
    }
    assert roster.counts(operator, stored.event_id).people == 4
    roster.add(operator, stored.event_id, NEW, "t1")  # the token is still good


def test_the_same_name_of_the_same_institution_is_one_person(stored: bimtek_rows.Stored, operator: Actor) -> None:
    again = {"nama": "PESERTA CONTOH SATU", "jenis": "lks", "instansi": "lks contoh melati"}
    with pytest.raises(InvalidInput) as caught:
        roster.add(operator, stored.event_id, again, "t1")
    assert codes(caught) == {("nama", "peserta_sudah_ada")}
    with pytest.raises(InvalidInput):
        roster.walk_in(operator, stored.event_id, "Peserta Contoh Satu", "lks", "LKS Contoh Melati", "t1")
    roster.add(operator, stored.event_id, again | {"instansi": "LKS Contoh Kenanga"}, "t1")
    assert roster.counts(operator, stored.event_id).people == 5


def test_a_walk_in_has_a_code_that_opens_the_door(stored: bimtek_rows.Stored, actor: Make) -> None:
    made = roster.walk_in(actor("pelatih", "33.71"), stored.event_id, "Contoh Mendadak", "lks", "LKS Contoh", "t1")
    code = clean_code(made.code)
    assert len(made.code) == 9 and well_formed(code, secrets.derived("kode-peserta"))
    with reading() as connection:
        row = connection.execute(peserta.select().where(peserta.c.id == made.id)).mappings().one()
    assert (row["kode_sidik"], row["di_tempat"]) == (secrets.fingerprint(code), True)
    assert secrets.unseal(row["kode_sandi"]) == code
    assert code not in str(written("peserta"))
    assert roster.counts(actor("pelatih", "33.71"), stored.event_id).walk_ins == 1


def test_an_edit_of_what_somebody_else_changed_is_refused(stored: bimtek_rows.Stored, operator: Actor) -> None:
    one = stored.people[0]
    assert roster.edit(operator, stored.event_id, one, 1, {"jabatan": "Ketua", "kelamin": "P"}, "t1") == [
        "jabatan",
        "kelamin",
    ]
    with pytest.raises(StaleEdit):
        roster.edit(operator, stored.event_id, one, 1, {"jabatan": "Sekretaris"}, "t2")
    assert roster.edit(operator, stored.event_id, one, 2, {"jabatan": "Ketua"}, "t3") == []
    entries = written("peserta")
    assert [entry["aksi"] for entry in entries] == ["ubah_peserta"]
    assert (entries[0]["sebelum"], entries[0]["sesudah"]) == (
        {"jabatan": None, "kelamin": None},
        {"jabatan": "Ketua", "kelamin": "P"},
    )


def test_a_masked_telephone_that_comes_back_changes_nothing(
    stored: bimtek_rows.Stored, operator: Actor, actor: Make
) -> None:
    one = stored.people[0]
    roster.edit(operator, stored.event_id, one, 1, {"telepon": "081234567890"}, "t1")
    trainer = actor("pelatih", "33.71")
    shown = rows(trainer, stored.event_id)["Peserta Contoh Satu"]
    given = {"telepon": shown["telepon"], "jabatan": "Ketua"}
    assert roster.edit(trainer, stored.event_id, one, 2, given, "t2") == ["jabatan"]
    assert rows(operator, stored.event_id)["Peserta Contoh Satu"]["telepon"] == "+6281234567890"


def test_an_edit_may_not_make_two_of_one(stored: bimtek_rows.Stored, operator: Actor) -> None:
    with pytest.raises(InvalidInput) as caught:
        roster.edit(operator, stored.event_id, stored.people[0], 1, {"nama": "peserta contoh dua"}, "t1")
    assert codes(caught) == {("nama", "peserta_sudah_ada")}


def test_a_row_of_another_event_is_not_found(stored: bimtek_rows.Stored, operator: Actor) -> None:
    other = bimtek_rows.store_event()
    for call in (roster.strike, roster.reset_code):
        with pytest.raises(NotFound):
            call(operator, stored.event_id, other.people[0], 1, "salah kegiatan", "t1")


def test_striking_off_and_putting_back(stored: bimtek_rows.Stored, operator: Actor) -> None:
    one = stored.people[0]
    with pytest.raises(InvalidInput):
        roster.strike(operator, stored.event_id, one, 1, " ", "t1")
    roster.strike(operator, stored.event_id, one, 1, "batal hadir", "t1")
    assert roster.counts(operator, stored.event_id).people == 3
    assert not rows(operator, stored.event_id)["Peserta Contoh Satu"]["aktif"]
    with pytest.raises(NotFound):
        roster.reset_code(operator, stored.event_id, one, 2, "kartu hilang", "t2")
    roster.restore(operator, stored.event_id, one, 2, "jadi hadir", "t2")
    assert roster.counts(operator, stored.event_id).people == 4
    assert [(e["aksi"], e["alasan"]) for e in written("peserta")] == [
        ("coret_peserta", "batal hadir"),
        ("pulihkan_peserta", "jadi hadir"),
    ]


def test_somebody_struck_off_is_put_back_and_not_added_anew(stored: bimtek_rows.Stored, operator: Actor) -> None:
    one = stored.people[0]
    roster.strike(operator, stored.event_id, one, 1, "batal hadir", "t1")
    with pytest.raises(InvalidInput) as caught:
        roster.walk_in(operator, stored.event_id, "Peserta Contoh Satu", "lks", "LKS Contoh Melati", "t2")
    assert codes(caught) == {("nama", "peserta_ada_dicoret")}
    with writing() as connection:  # somebody got the name meanwhile
        name = {"nama": "Peserta Contoh Satu", "nama_kunci": "peserta contoh satu"}
        connection.execute(peserta.update().where(peserta.c.id == stored.people[1]).values(**name))
    with pytest.raises(InvalidInput) as caught:
        roster.restore(operator, stored.event_id, one, 2, "jadi hadir", "t3")
    assert codes(caught) == {("nama", "peserta_sudah_ada")}


def test_a_locked_event_keeps_its_roster(operator: Actor) -> None:
    stored = bimtek_rows.store_event(status="dikunci")
    for call in (
        lambda: roster.add(operator, stored.event_id, NEW, "t"),
        lambda: roster.strike(operator, stored.event_id, stored.people[0], 1, "batal hadir", "t"),
        lambda: roster.reset_code(operator, stored.event_id, stored.people[0], 1, "kartu hilang", "t"),
    ):
        with pytest.raises(NotPermitted) as caught:
            call()
        assert caught.value.code == "peserta_kegiatan_dikunci"
    assert len(roster.codes(operator, stored.event_id)) == 4, "cards can still be printed"


def test_codes_are_shown_to_those_who_manage_and_written_down(stored: bimtek_rows.Stored, operator: Actor) -> None:
    found = roster.codes(operator, stored.event_id)
    assert {clean_code(row["kode"]) for row in found} == set(stored.codes)
    one = roster.codes(operator, stored.event_id, [stored.people[1]])
    assert [(row["nama"], clean_code(row["kode"])) for row in one] == [("Peserta Contoh Dua", stored.codes[1])]
    entries = written("kegiatan")
    assert [(e["aksi"], e["sesudah"]) for e in entries] == [("buka_kode", {"jumlah": 4}), ("buka_kode", {"jumlah": 1})]


def test_a_new_code_replaces_the_old_one(stored: bimtek_rows.Stored, operator: Actor) -> None:
    one = stored.people[0]
    code = clean_code(roster.reset_code(operator, stored.event_id, one, 1, "kartu hilang", "t1"))
    assert code != stored.codes[0]
    with reading() as connection:
        row = connection.execute(peserta.select().where(peserta.c.id == one)).mappings().one()
    assert (row["kode_sidik"], row["versi"]) == (secrets.fingerprint(code), 2)
    assert secrets.fingerprint(stored.codes[0]) not in (row["kode_sidik"],)
    [entry] = written("peserta")
    assert (entry["aksi"], entry["alasan"], entry["sesudah"]) == ("ganti_kode", "kartu hilang", None)


def test_the_first_real_participant_closes_the_sample_accounts(seeded_db: Path, actor: Make) -> None:
    by = actor("operator", "33.71")
    sample = bimtek_rows.store_event(contoh=True)
    roster.add(by, sample.event_id, NEW, "t1")
    assert accounts.sample_sign_in_open(), "people of a sample event are sample people"
    assert rows(by, sample.event_id)["Peserta Contoh Lima"]["contoh"]
    roster.add(by, bimtek_rows.store_event().event_id, NEW, "t2")
    assert not accounts.sample_sign_in_open()


def test_an_export_is_written_down(stored: bimtek_rows.Stored, actor: Make) -> None:
    reader = actor("pelatih", "33.71")
    frame = roster.roster(reader, stored.event_id)[["nama", "instansi"]]
    content = roster.export(reader, stored.event_id, "Peserta", frame, {"Sumber": "uji"})
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Peserta"]
    assert [sheet.cell(2, 1).value, sheet.max_row] == ["Peserta Contoh Dua", 5]
    [entry] = written("kegiatan")
    assert (entry["aksi"], entry["sesudah"]) == ("ekspor", {"berkas": "peserta", "baris": 4})
    with pytest.raises(NotFound):
        roster.export(actor("pelatih", "33.72"), stored.event_id, "Peserta", frame, {})


def test_every_write_raises_the_revision_of_events(stored: bimtek_rows.Stored, operator: Actor) -> None:
    with reading() as connection:
        before = state.revision(connection, "kegiatan")
    roster.add(operator, stored.event_id, NEW, "t1")
    with reading() as connection:
        assert state.revision(connection, "kegiatan") == before + 1
        assert connection.execute(kegiatan.select()).first() is not None
