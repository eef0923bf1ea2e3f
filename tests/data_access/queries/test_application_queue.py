"""Reads of online applications: cut down to a scope, in the order of arrival, children with their own application."""

from pathlib import Path

from data_access.engine import reading
from data_access.queries import application_queue as queries
from domain.permissions import Scope
from tests.register_rows import lks_row, store
from tests.review_rows import FIELDS, bring, hand_in


def test_a_scope_sees_what_was_handed_in_to_it(fresh_db: Path) -> None:
    own, district = hand_in(wilayah="33.71"), hand_in(wilayah="33.71.02")
    hand_in(wilayah="33.7")  # no code of ours: only looks alike
    elsewhere, closed = hand_in(wilayah="33.72"), hand_in(status="diterapkan", wilayah="33.71")
    hand_in(status="dikembalikan", wilayah="33.71.02")
    with reading() as connection:
        found = {
            root: [row["id"] for row in queries.open_rows(connection, Scope(root))] for root in ("33.71", "33.71.02")
        }
        assert found["33.71"][:2] == [own, district] and len(found["33.71"]) == 3
        assert found["33.71.02"][0] == district and len(found["33.71.02"]) == 2
        assert queries.count_waiting(connection, Scope("33.71")) == 2
        assert queries.count_waiting(connection, Scope(None)) == 4
        assert queries.one(connection, Scope("33.71"), elsewhere) is None
        row = queries.one(connection, Scope("33.71"), closed)
    assert row is not None and row["kode_lks"] is None
    assert not {"kunci", "sidik_tiket", "tiket_sandi", "sidik_isi"} & row.keys()


def test_the_lks_it_is_about_must_lie_in_the_scope_too(fresh_db: Path) -> None:
    near, far = store(lks_row("Panti Dekat", "33.71"), lks_row("Panti Jauh", "33.72"))
    own = hand_in(jenis="pemutakhiran", lks_id=near, wilayah="33.71")
    hand_in(jenis="pemutakhiran", lks_id=far, wilayah="33.71")
    with reading() as connection:
        rows = queries.open_rows(connection, Scope("33.71"))
        assert [(row["id"], row["kode_lks"], row["lks_nama"]) for row in rows] == [
            (own, "LKS-33.71-0001", "Panti Dekat"),
        ]
        assert len(queries.open_rows(connection, Scope(None))) == 2


def test_children_come_with_their_application_and_none_of_another_region(fresh_db: Path) -> None:
    one, other = hand_in(wilayah="33.71"), hand_in({"visi": "Maju", "nama": "B"}, wilayah="33.71")
    far = hand_in(papers=["akta"], wilayah="33.72")
    bring(other, "npwp", whole=False)
    bring(other, "akta")
    ids, scope = [one, other, far], Scope("33.71")
    with reading() as connection:
        fields, files = queries.fields(connection, scope, ids), queries.files(connection, scope, ids)
        steps = queries.steps(connection, scope, ids)
    assert [row["bidang"] for row in fields[other]] == ["nama", "visi"] and len(fields[one]) == len(FIELDS)
    assert [(row["syarat"], row["selesai"]) for row in files[other]] == [("npwp", False), ("akta", True)]
    assert (fields[far], files[far], steps[far], files[one]) == ([], [], [], [])
    assert [row["status"] for row in steps[one]] == ["diterima"]
