"""Writes of rosters: codes of one person only, versions that keep, persons nobody is any more."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from data_access import secrets
from data_access.commands import roster as commands
from data_access.engine import reading, writing
from data_access.tables_bimtek import orang, peserta
from domain import bimtek
from tests import bimtek_rows
from tests.bimtek_rows import STORED


def test_rows_come_back_in_order_with_codes_that_only_this_installation_makes(fresh_db: Path) -> None:
    stored = bimtek_rows.store_event(people=())
    rows = [
        {"kegiatan_id": stored.event_id, "nama": f"Contoh {n}", "jenis": "lks", "dibuat_pada": STORED} for n in range(5)
    ]
    with writing() as c:
        made = commands.add(c, rows)
    with reading() as c:
        kept = c.execute(select(peserta.c.id, peserta.c.nama, peserta.c.nama_kunci, peserta.c.kode_sidik)).all()
    assert [tuple(row) for row in sorted(kept)] == [
        (one, f"Contoh {n}", f"contoh {n}", secrets.fingerprint(code)) for n, (one, code) in enumerate(made)
    ]
    assert all(bimtek.well_formed(code, secrets.derived("kode-peserta")) for _, code in made)


def test_a_code_that_somebody_has_is_never_given_twice(fresh_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = bimtek_rows.store_event()
    fresh = ["AAAA2222", "BBBB3333"]
    drawn = iter([stored.codes[0], fresh[0], fresh[0], fresh[1]])
    monkeypatch.setattr(bimtek, "new_code", lambda key: next(drawn))
    with writing() as c:
        assert sorted(commands.new_codes(c, 2)) == fresh


def test_a_version_that_moved_on_is_left_alone(fresh_db: Path) -> None:
    one = bimtek_rows.store_event().people[0]
    with writing() as c:
        assert commands.change(c, one, 1, {"nama": "Contoh Baru"})
        assert not commands.change(c, one, 1, {"nama": "Contoh Lain"})
        assert commands.new_code(c, one, 1) is None
        row = c.execute(select(peserta.c.nama, peserta.c.nama_kunci, peserta.c.versi).where(peserta.c.id == one)).one()
    assert tuple(row) == ("Contoh Baru", "contoh baru", 2)


def test_removing_rows_forgets_persons_that_nobody_is_any_more(fresh_db: Path) -> None:
    stored = bimtek_rows.store_event()
    first, second, third, _ = stored.people
    with writing() as c:
        lone, shared = (commands.add_person(c, name, STORED) for name in ("Satu", "Dua"))
        for row, person in ((first, lone), (second, shared), (third, shared)):
            commands.set_person(c, row, person)
        commands.remove(c, [first, second])
        assert list(c.execute(select(orang.c.id)).scalars()) == [shared]
        assert c.execute(select(func.count()).select_from(peserta)).scalar() == 2


def test_an_import_is_closed_once(fresh_db: Path) -> None:
    stored = bimtek_rows.store_event()
    values = {"kegiatan_id": stored.event_id, "berkas": "a.csv", "sidik_berkas": "x", "token": "t", "oleh": "uji"}
    values |= {"baru": 1, "berubah": 0, "sama": 0, "ditolak": 0, "pada": STORED}
    with writing() as c:
        batch = commands.add_batch(c, values)
        assert commands.close_batch(c, batch, STORED)
        assert not commands.close_batch(c, batch, STORED)
