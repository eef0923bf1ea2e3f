"""Writes of the LKKS: at the version that was seen, children only of the LKKS that is meant."""

from datetime import date
from pathlib import Path

from data_access.commands import lkks as commands
from data_access.engine import reading, writing
from data_access.queries import lkks as queries
from domain.permissions import Scope
from tests.lkks_rows import NOW, an_lkks


def test_a_change_at_an_old_version_writes_nothing(fresh_db: Path) -> None:
    mine = an_lkks("33.71")
    with writing() as connection:
        assert commands.change(connection, mine, 1, {"nama": "Baru"}, NOW)
        assert not commands.change(connection, mine, 1, {"nama": "Lagi"}, NOW)
    with reading() as connection:
        found = queries.one(connection, Scope(None), "33.71")
        assert found is not None and (found["nama"], found["versi"]) == ("Baru", 2)


def test_children_stand_last_and_never_move_to_another_lkks(fresh_db: Path) -> None:
    mine, other = an_lkks("33.71"), an_lkks("52.72")
    with writing() as connection:
        first, second = (commands.put_child(connection, "lkks_bidang", mine, None, {"nama": name}) for name in "BA")
        assert commands.put_child(connection, "lkks_bidang", other, first, {"nama": "X"}) == 0
        assert not commands.remove_child(connection, "lkks_bidang", other, first)
        assert commands.put_child(connection, "lkks_bidang", mine, second, {"nama": "C"}) == second
    with reading() as connection:
        assert [row["nama"] for row in queries.fields_of_work(connection, Scope(None), mine)] == ["B", "C"]


def test_a_bidang_that_goes_leaves_its_officers(fresh_db: Path) -> None:
    mine = an_lkks("33.71")
    with writing() as connection:
        field = commands.put_child(connection, "lkks_bidang", mine, None, {"nama": "B"})
        officer = {"nama": "N", "jabatan": "Ketua", "bidang_id": field}
        commands.put_child(connection, "lkks_pengurus", mine, None, officer)
        assert commands.remove_child(connection, "lkks_bidang", mine, field)
    with reading() as connection:
        assert [row["bidang_id"] for row in queries.officers(connection, Scope(None), mine)] == [None]


def test_partnerships_change_and_go_at_their_version(fresh_db: Path) -> None:
    log = {"lkks_id": an_lkks("33.71"), "tanggal": date(2026, 1, 1), "psks": "psm", "mitra": "M", "kegiatan": "K"}
    with writing() as connection:
        made = commands.add_partnership(connection, log)
        assert commands.change_partnership(connection, made, 1, {"mitra": "N"})
        assert not commands.change_partnership(connection, made, 1, {"mitra": "O"})
        assert not commands.remove_partnership(connection, made, 1)
        assert commands.remove_partnership(connection, made, 2)
