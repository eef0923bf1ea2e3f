"""The counts of one selection against answers worked out by hand, and the plans of the statements behind them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select

from data_access.engine import Connection, engine, reading, writing
from data_access.queries import groups, lists
from data_access.queries import register as queries
from data_access.queries.register import Selection
from data_access.tables import lks_binaan
from domain.filters import Filters
from domain.lks import MEASURES
from domain.permissions import Scope
from tests.register_rows import LEGAL, archive, lks_row, store

ON = date(2026, 6, 1)
pytestmark = pytest.mark.usefixtures("fresh_db")


def chosen(root: str | None = None, on: date = ON, **filters: Any) -> Selection:
    return Selection(Scope(root), Filters(**filters), on)


def shares(connection: Connection, selection: Selection) -> dict[str, int]:
    return queries.shares(connection, selection, [measure.id for measure in MEASURES])


@pytest.fixture
def magelang(fresh_db: Path) -> list[int]:
    """Four LKS in Kota Magelang; one in Kota Bima and one archived one must never be counted."""
    graded = LEGAL | {"akreditasi": "A"}
    ids = store(
        lks_row("Satu", "33.71.01", **graded, akreditasi_sampai=ON, daftar="terdaftar", kluster=["anak"]),
        lks_row("Dua", "33.71.02", **graded, akreditasi_sampai=date(2026, 5, 31), kluster=["anak", "lansia"]),
        lks_row(
            "Tiga", "33.71", akreditasi="B", aktif="tidak_aktif", daftar="terdaftar", daftar_sampai=date(2026, 6, 30)
        ),
        lks_row("Empat", "33.71.03", aktif="aktif", daftar="dicabut", setting="luar", kluster=["disabilitas"]),
        lks_row("Jauh", "52.72.01", **graded, daftar="terdaftar", kluster=["anak"], binaan_dalam=99),
        lks_row("Arsip", "33.71.01", **graded, daftar="terdaftar", kluster=["anak"], binaan_dalam=77),
    )
    archive(ids[5])
    return ids


@pytest.mark.usefixtures("magelang")
def test_shares_by_hand() -> None:
    with reading() as connection:
        found = shares(connection, chosen("33.71"))
    assert found["total"] == 4
    pairs = {m.id: (found[m.id + "_pembilang"], found[m.id + "_penyebut"]) for m in MEASURES}
    assert pairs["terdaftar"] == (2, 4)  # one without an end, one until 30 June; the revoked one not
    assert pairs["terakreditasi"] == (
        1,
        2,
    )  # eligible: the two that are active and legal; one of their grades has ended
    assert pairs["terakreditasi_semua"] == (2, 4)  # an inactive one is graded too
    assert pairs["aktif"] == (3, 4)
    assert pairs["berbadan_hukum"] == (2, 4)
    assert pairs["terverifikasi"] == (0, 4)
    assert found["tanpa_akhir_daftar"] == 1 and found["tanpa_akhir_akreditasi"] == 1
    assert found["setting_luar"] == 1 and found["contoh"] == 0
    # Satu: kecamatan, kluster, hukum, aktif, akreditasi, daftar = 6; Dua 5; Tiga 3; Empat kecamatan.. = 5; of 15 each
    assert pairs["kelengkapan"] == (6 + 5 + 3 + 5, 60)


def test_the_register_without_rows_counts_nothing() -> None:
    with reading() as connection:
        found = shares(connection, chosen())
        assert queries.kluster_counts(connection, chosen()) == ({}, 0, 0)
    assert set(found.values()) == {0}


@pytest.mark.usefixtures("magelang")
def test_an_lks_in_two_kluster_counts_once_in_total_and_once_in_each() -> None:
    with reading() as connection:
        per_kluster, in_any, in_many = queries.kluster_counts(connection, chosen("33.71"))
        everywhere, in_any_all, _ = queries.kluster_counts(connection, chosen())
    assert per_kluster == {"anak": 2, "lansia": 1, "disabilitas": 1}
    assert (in_any, in_many) == (3, 1)
    assert everywhere["anak"] == 3 and in_any_all == 4


@pytest.mark.usefixtures("magelang")
def test_expiring_windows_include_the_nearer_and_the_last_day() -> None:
    with reading() as connection:
        found = queries.expiring(connection, chosen("33.71"))
    assert found[30] == {"daftar": 1, "akreditasi": 1} == found[90] == found[180]
    assert found["lewat"] == {"daftar": 0, "akreditasi": 1}


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({}, {"Satu", "Dua", "Tiga", "Empat"}),
        ({"kluster": ("lansia", "disabilitas")}, {"Dua", "Empat"}),
        ({"kluster": ("kosong",)}, {"Tiga"}),
        ({"kluster": ("kosong", "lansia")}, {"Tiga", "Dua"}),
        ({"hukum": ("kosong",)}, {"Tiga", "Empat"}),
        ({"hukum": ("kosong", "berbadan_hukum")}, {"Satu", "Dua", "Tiga", "Empat"}),
        ({"aktif": ("tidak_aktif",)}, {"Tiga"}),
        ({"daftar": ("terdaftar",), "akreditasi": ("A", "B")}, {"Satu", "Tiga"}),
        ({"setting": ("luar",)}, {"Empat"}),
        ({"setting": ("kosong",)}, {"Satu", "Dua", "Tiga"}),
        ({"contoh": True}, set()),
        ({"contoh": False}, {"Satu", "Dua", "Tiga", "Empat"}),
        ({"berakhir": 30}, {"Satu", "Tiga"}),
        ({"berakhir": "lewat"}, {"Dua"}),
        ({"belum_verifikasi": True}, {"Satu", "Dua", "Tiga", "Empat"}),
        ({"arsip": True}, {"Arsip"}),
        ({"wilayah": "33.71.03"}, {"Empat"}),
    ],
)
@pytest.mark.usefixtures("magelang")
def test_every_filter(filters: dict[str, Any], names: set[str]) -> None:
    with reading() as connection:
        selection = chosen("33.71", **filters)
        found = lists.rows(connection, Scope(None), lists.ids(connection, selection))
        assert set(found["nama"]) == names
        assert shares(connection, selection)["total"] == len(names)


def test_clients_are_the_undated_total_else_the_latest_period() -> None:
    first, second, third, far = store(
        lks_row("Satu", "33.71", binaan_dalam=10, binaan_luar=0),
        lks_row("Dua", "33.71"),
        lks_row("Tiga", "33.71"),
        lks_row("Jauh", "52.72", binaan_dalam=99),
    )
    groups_only = [("anak", "dalam", "2024", 50), ("anak", "dalam", "2025", 7), ("lansia", "dalam", "2025", 5)]
    whole = [("semua", "luar", "2025", 30), ("anak", "luar", "2025", 20), ("semua", "luar", "2023", 90)]
    rows = [
        (first, "anak", "dalam", "2025", 400),
        *[(second, *row) for row in groups_only],
        *[(third, *row) for row in whole],
    ]
    names = ("lks_id", "kelompok", "setting", "periode", "jumlah")
    with writing() as connection:
        connection.execute(lks_binaan.insert(), [dict(zip(names, row, strict=True)) for row in rows])
    with reading() as connection:
        found = queries.clients(connection, chosen("33.71"))
    assert far and found == {"dalam": (10 + 12, 2), "luar": (0 + 30, 2)}


def test_published_figures_are_those_of_exactly_the_region() -> None:
    with reading() as connection:
        sulbar = [row for row in queries.published(connection, "76") if row["ukuran"] == "total_lks"]
        nothing = queries.published(connection, "76.01")
    assert [(row["nilai"], row["sekitar"], row["tanggal"]) for row in sulbar] == [(169.0, True, date(2017, 3, 8))]
    assert nothing == []


def plan(connection: Connection, query: Select[Any]) -> str:
    compiled = query.compile(connection, compile_kwargs={"render_postcompile": True})
    parameters = compiled.construct_params()
    text, bound = str(compiled), [parameters[name] for name in compiled.positiontup or ()]
    values = tuple(value.isoformat() if isinstance(value, date) else value for value in bound)
    explained = f"EXPLAIN QUERY PLAN {text}"  # the text is what SQLAlchemy compiled; its values stay bound
    rows = connection.exec_driver_sql(explained, values)
    return "\n".join(row[3] for row in rows)


@pytest.mark.usefixtures("magelang")
def test_the_groupings_are_answered_from_covering_indexes() -> None:
    if engine().dialect.name != "sqlite":
        pytest.skip("the plan is SQLite's")
    with reading() as connection:
        for root in (None, "33", "33.71"):
            summary = plan(connection, queries.shares_query(chosen(root), [measure.id for measure in MEASURES]))
            assert "USING COVERING INDEX ix_lks_ukuran" in summary and "TEMP B-TREE" not in summary
            region = plan(connection, groups.region_query(chosen(root), "terakreditasi", "kabkota"))
            assert "USING COVERING INDEX ix_lks_ukuran" in region and "TEMP B-TREE" not in region
        kluster = plan(connection, queries.kluster_query(chosen()))
        assert "USING COVERING INDEX ix_lks_pilihan_kode" in kluster and "TEMP B-TREE" not in kluster


def test_the_store_lies_where_the_test_put_it(fresh_db: Path) -> None:
    assert str(fresh_db) in str(engine().url) or engine().dialect.name != "sqlite"
