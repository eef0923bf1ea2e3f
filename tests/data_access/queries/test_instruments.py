"""Reads about instruments: ready-made ones are everybody's, the others stay in their region."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from data_access import assets
from data_access.commands import instruments as commands
from data_access.engine import reading, writing
from data_access.queries import instruments as queries
from domain.permissions import Scope
from tests.bimtek_rows import store_event

NOW = datetime(2026, 5, 22, tzinfo=UTC)
HERE, ELSEWHERE = Scope("33.71"), Scope("52.72")


def add(kode: str, wilayah: str | None, *published: bool, **more: Any) -> int:
    head = {"kode": kode, "judul": kode.upper(), "jenis": "rtl", "wilayah": wilayah, "dibuat_pada": NOW} | more
    with writing() as connection:
        number = commands.add(connection, head)
        for nomor, out in enumerate(published, 1):
            body = {"instrumen_id": number, "nomor": nomor, "definisi": {"kode": kode}, "sidik": f"{kode}{nomor}"}
            commands.add_version(connection, body | {"terbit_pada": NOW if out else None})
    return number


@pytest.fixture
def known(fresh_db: Path) -> dict[str, int]:
    return {
        "bawaan": add("bawaan", None, True, bawaan=True),
        "pusat": add("pusat", None, True),
        "sini": add("sini", "33.71", True, True, False),
        "draf": add("draf", "33.71", False),
        "sana": add("sana", "52.72", True),
        "arsip": add("arsip", "33.71", True, diarsipkan_pada=NOW),
    }


SHIPPED = set(assets.ready_made_forms())  # these are in every store


def own(rows: list[dict[str, Any]]) -> list[str]:
    return [row["kode"] for row in rows if row["kode"] not in SHIPPED]


def test_a_list_holds_the_own_and_everybodys(known: dict[str, int]) -> None:
    with reading() as connection:
        rows = {row["kode"]: row for row in queries.listed(connection, HERE)}
        assert set(rows) > SHIPPED
        assert own(list(rows.values())) == ["bawaan", "draf", "pusat", "sini"]
        assert (rows["sini"]["terbit_nomor"], rows["sini"]["draf_id"] is None) == (2, False)
        assert (rows["draf"]["terbit_id"], rows["draf"]["draf_id"] is None) == (None, False)
        assert [row["kode"] for row in queries.listed(connection, HERE, archived=True)] == ["arsip"]
        published = queries.published_forms(connection, HERE)
        assert own(published) == ["bawaan", "pusat", "sini"]
        assert [row["nomor"] for row in published if row["kode"] not in SHIPPED] == [1, 1, 2]
        assert "sana" in {row["kode"] for row in queries.listed(connection, Scope(None))}


def test_another_regions_instrument_and_its_versions_are_out_of_sight(known: dict[str, int]) -> None:
    with reading() as connection:
        assert queries.instrument(connection, HERE, known["sana"]) is None
        assert queries.versions(connection, HERE, known["sana"]) == []
        [version] = queries.versions(connection, ELSEWHERE, known["sana"])
        assert queries.version(connection, HERE, version["id"]) is None
        assert [row["nomor"] for row in queries.versions(connection, HERE, known["sini"])] == [3, 2, 1]


def test_the_newest_published_version_passes_over_the_draft(known: dict[str, int]) -> None:
    with reading() as connection:
        second = queries.versions(connection, HERE, known["sini"])[1]
        assert queries.newest_published(connection, known["sini"]) == second["id"]
        assert queries.newest_published(connection, known["draf"]) is None
        assert queries.code_taken(connection, "sana") and not queries.code_taken(connection, "baru")


def test_forms_in_use_are_counted(known: dict[str, int]) -> None:
    stored = store_event()
    with reading() as connection:
        rows = {row["kode"]: row["formulir"] for row in queries.listed(connection, HERE)}
        assert (rows["uji_prepost"], rows["uji_puas"], rows["sini"]) == (2, 1, 0)
        number = next(row["id"] for row in queries.listed(connection, HERE) if row["kode"] == "uji_prepost")
        [version] = queries.versions(connection, HERE, number)
    assert version["formulir"] == 2 and version["definisi"]["kode"] == "uji_prepost" and stored.forms
