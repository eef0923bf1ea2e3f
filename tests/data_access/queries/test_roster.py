"""Reads of rosters: narrowed to the scope, without codes, with what hangs on each row."""

from pathlib import Path

from data_access.commands import roster as commands
from data_access.engine import reading, writing
from data_access.queries import roster as queries
from data_access.tables_bimtek import kehadiran, kiriman, peserta
from domain.permissions import Scope
from tests import bimtek_rows
from tests.bimtek_rows import STORED

HERE, ELSEWHERE, PROVINCE = Scope("33.71"), Scope("33.72"), Scope("33")


def test_every_read_is_narrowed_to_the_scope(fresh_db: Path) -> None:
    stored = bimtek_rows.store_event()
    other = bimtek_rows.store_event(wilayah="33.72")
    one, form = stored.people[0], stored.forms["pre"]
    with reading() as c:
        for scope, seen in (
            (HERE, True),
            (PROVINCE, True),
            (Scope(None), True),
            (ELSEWHERE, False),
            (Scope("34"), False),
        ):
            assert (queries.event(c, scope, stored.event_id) is not None) == seen
            assert len(queries.people(c, scope, stored.event_id)) == (4 if seen else 0)
            assert (queries.one(c, scope, one) is not None) == seen
            assert len(queries.sealed_codes(c, scope, stored.event_id)) == (4 if seen else 0)
            assert (queries.form(c, scope, form) is not None) == seen
            assert len(queries.forms(c, scope, stored.event_id)) == (3 if seen else 0)
        assert {row["kegiatan_id"] for row in queries.elsewhere(c, PROVINCE, stored.event_id)} == {other.event_id}
        assert queries.elsewhere(c, HERE, stored.event_id) == []


def test_rows_never_carry_a_code(fresh_db: Path) -> None:
    stored = bimtek_rows.store_event()
    with reading() as c:
        rows = [*queries.people(c, HERE, stored.event_id), queries.one(c, HERE, stored.people[0]) or {}]
    assert not any({"kode_sandi", "kode_sidik"} & row.keys() for row in rows)


def test_what_hangs_on_a_row(fresh_db: Path) -> None:
    stored = bimtek_rows.store_event()
    first, second, third, fourth = stored.people
    with writing() as c:
        c.execute(kehadiran.insert().values(sesi_id=stored.sessions[0], peserta_id=first, cara="petugas", pada=STORED))
        answer = {"formulir_id": stored.forms["pre"], "peserta_id": first, "kunci": "k", "sidik_isi": "s"}
        answer |= {"jawaban": {}, "keadaan": "revisi", "cara": "ponsel", "diterima_pada": STORED}
        c.execute(kiriman.insert().values(**answer))
        c.execute(peserta.update().where(peserta.c.id == third).values(digabung_ke=second, aktif=False))
    with reading() as c:
        assert queries.work_of(c, stored.people) == {first: {"hadir", "jawaban"}, second: {"gabungan"}}
        assert queries.forms_answered(c, first) == {}, "a revision does not count"
        assert len(queries.sealed_codes(c, HERE, stored.event_id)) == 3
        assert fourth not in queries.work_of(c, [fourth])


def test_other_events_of_a_person_are_counted(fresh_db: Path) -> None:
    stored, other = bimtek_rows.store_event(), bimtek_rows.store_event()
    with writing() as c:
        person = commands.add_person(c, "Peserta Contoh Satu", STORED)
        for row in (stored.people[0], other.people[0]):
            commands.set_person(c, row, person)
    with reading() as c:
        counted = {row["id"]: row["kegiatan_lain"] for row in queries.people(c, HERE, stored.event_id)}
    assert counted == {one: int(one == stored.people[0]) for one in stored.people}
