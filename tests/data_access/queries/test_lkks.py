"""Reads of the LKKS: a region sees itself and what lies below it, never a neighbour of like digits."""

from datetime import date
from pathlib import Path

from sqlalchemy import insert

from data_access.engine import reading, writing
from data_access.queries import lkks as queries
from data_access.tables_lkks import kemitraan, lkks_bidang, lkks_pengurus
from domain.permissions import Scope
from tests.lkks_rows import an_lkks


def test_scope_goes_by_whole_codes(fresh_db: Path) -> None:
    for place in ("", "33", "33.71", "33.7", "3", "52.72"):
        an_lkks(place)
    with reading() as connection:
        seen = {root: [row["wilayah"] for row in queries.listed(connection, Scope(root))] for root in (None, "33")}
        assert seen == {None: ["", "3", "33", "33.7", "33.71", "52.72"], "33": ["33", "33.7", "33.71"]}
        assert queries.one(connection, Scope("33.71"), "33") is None
        assert queries.one(connection, Scope("33.71"), "") is None
        found = queries.one(connection, Scope("33"), "33.71")
        assert found is not None and found["wilayah"] == "33.71"


def test_what_hangs_on_an_lkks_is_cut_down_too(fresh_db: Path) -> None:
    mine, other = an_lkks("33.71"), an_lkks("52.72")
    with writing() as connection:
        for lkks_id in (mine, other):
            field = connection.execute(insert(lkks_bidang).values(lkks_id=lkks_id, nama="Humas")).inserted_primary_key
            assert field is not None
            officer = {"lkks_id": lkks_id, "nama": f"N{lkks_id}", "jabatan": "Ketua", "bidang_id": field[0]}
            connection.execute(insert(lkks_pengurus).values(**officer))
            for day in (1, 2):
                log = {"lkks_id": lkks_id, "tanggal": date(2026, 1, day), "psks": "psm", "mitra": "M", "kegiatan": "K"}
                connection.execute(insert(kemitraan).values(**log))
    scope = Scope("33.71")
    with reading() as connection:
        assert [row["nama"] for row in queries.fields_of_work(connection, scope, mine)] == ["Humas"]
        assert [(row["nama"], row["bidang"]) for row in queries.officers(connection, scope, mine)] == [
            (f"N{mine}", "Humas")
        ]
        days = [row["tanggal"].day for row in queries.partnerships(connection, scope, mine)]
        assert days == [2, 1]
        for read in (queries.fields_of_work, queries.officers, queries.partnerships):
            assert read(connection, scope, other) == []
        theirs = queries.partnerships(connection, Scope(None), other)[0]["id"]
        assert queries.partnership(connection, scope, theirs) is None
        found = queries.partnership(connection, Scope("52"), theirs)
        assert found is not None and found["wilayah"] == "52.72"
