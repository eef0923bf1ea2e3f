"""Reads of letters: seen by those who may see the LKS, standing only while issued and valid."""

from datetime import date
from pathlib import Path

from sqlalchemy import update

from data_access.engine import reading, writing
from data_access.queries import letters as queries
from data_access.queries.register import Selection
from data_access.tables import lks
from domain.filters import Filters
from domain.permissions import Scope
from tests.lkks_rows import a_letter, an_lkks, an_lks

ON = date(2026, 11, 21)
ISSUED = {"status": "diterbitkan", "nomor": "1", "tanggal": date(2026, 10, 5)}


def test_letters_are_seen_by_the_region_of_the_lks(fresh_db: Path) -> None:
    province, other = an_lkks("33"), an_lkks("52.72")
    mine, theirs = an_lks("33.71", "LKS A"), an_lks("52.72", "LKS B")
    letter, foreign = a_letter(province, mine), a_letter(other, theirs)
    with reading() as connection:
        [found] = queries.listed(connection, Scope("33.71"))
        assert (found["id"], found["lkks_wilayah"], found["lks_nama"]) == (letter, "33", "LKS A")
        assert queries.one(connection, Scope("33.71"), foreign) is None
        assert queries.waiting(connection, province, mine) and not queries.waiting(connection, other, mine)


def test_only_an_issued_valid_letter_stands(fresh_db: Path) -> None:
    lkks_id, mine = an_lkks("33.71"), an_lks("33.71", "LKS A")
    scope = Scope("33.71")
    a_letter(lkks_id, mine)
    a_letter(lkks_id, mine, **ISSUED | {"nomor": "2", "berlaku_sampai": date(2026, 11, 20)})
    a_letter(lkks_id, mine, **ISSUED | {"nomor": "3", "status": "dicabut"})
    a_letter(lkks_id, mine, **ISSUED | {"nomor": "4", "tanggal": date(2026, 11, 22)})
    with reading() as connection:
        assert queries.standing(connection, scope, mine, ON) is None
        assert queries.number_taken(connection, lkks_id, "3", 0) and not queries.number_taken(
            connection, lkks_id, "9", 0
        )
    a_letter(lkks_id, mine, **ISSUED | {"nomor": "5", "berlaku_sampai": ON})
    with reading() as connection:
        found = queries.standing(connection, scope, mine, ON)
        assert found is not None and found["nomor"] == "5"
        assert queries.standing(connection, Scope("52"), mine, ON) is None


def test_holders_of_a_letter_among_the_selection(fresh_db: Path) -> None:
    """The letter of an LKS that was merged away goes on standing for the one that is kept."""
    lkks_id = an_lkks("33")
    one, two, without, far = (
        an_lks(place, name) for place, name in (("33.71", "A"), ("33.71", "B"), ("33.71", "C"), ("33.08", "D"))
    )
    a_letter(lkks_id, one, **ISSUED)
    a_letter(lkks_id, far, **ISSUED | {"nomor": "2"})
    merged = an_lks("33.71", "E")
    a_letter(lkks_id, merged, **ISSUED | {"nomor": "3"})
    with writing() as connection:
        gone = {"digabung_ke": two, "diarsipkan_pada": lks.c.dibuat_pada}
        connection.execute(update(lks).where(lks.c.id == merged).values(**gone))
    with reading() as connection:
        chosen = Selection(Scope("33.71"), Filters(), ON)
        assert queries.holders(connection, chosen) == {one, two}
        found = queries.standing(connection, Scope("33.71"), two, ON)
        assert found is not None and found["nomor"] == "3"
        assert queries.standing(connection, Scope("33.71"), without, ON) is None
