"""The schema's promises: every column classed, every constraint named, moments in UTC, and nonsense refused."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Date, ForeignKeyConstraint, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, StatementError

from data_access import tables_bimtek, tables_dokumen, tables_indikator, tables_lkks, tables_pengajuan, tables_rapat
from data_access.engine import reading, writing
from data_access.tables import DINAS, PRIBADI, RAHASIA, SPESIFIK, UMUM, UtcTime, audit, lks, metadata, revisi_data

assert tables_bimtek.metadata is tables_indikator.metadata is metadata, "one schema, in several modules"
assert tables_lkks.metadata is tables_rapat.metadata is tables_pengajuan.metadata is metadata
assert tables_dokumen.metadata is metadata
COLUMNS = [column for table in metadata.tables.values() for column in table.columns]
NOW = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
VALID: dict[str, Any] = {
    "kode_lks": "LKS-33.71-9001", "nama": "Uji", "nama_kunci": "uji", "nama_cari": "uji", "provinsi_kode": "33",
    "kabkota_kode": "33.71", "dibuat_pada": NOW, "diubah_pada": NOW,
}  # fmt: skip


def test_every_column_says_which_class_of_data_it_holds() -> None:
    classes = {UMUM, DINAS, PRIBADI, SPESIFIK, RAHASIA}
    assert len(classes) == 5
    assert [str(column) for column in COLUMNS if column.info.get("kelas") not in classes] == []


@pytest.mark.parametrize(
    ("column", "kelas"),
    [
        ("lks.telepon", PRIBADI),
        ("lks.nama", UMUM),
        ("lks.npwp", DINAS),
        ("lks_pengurus.nama", PRIBADI),
        ("lks_pengurus.nik_sandi", RAHASIA),
        ("lks_pengurus.nik_sidik", RAHASIA),
        ("lks_binaan.jumlah", SPESIFIK),
        ("pengguna.sandi", RAHASIA),
        ("sesi.sidik", RAHASIA),
        ("audit.sebelum", PRIBADI),
        ("impor_baris.sebelum", PRIBADI),
    ],
)
def test_personal_columns_have_their_class(column: str, kelas: str) -> None:
    table, _, name = column.partition(".")
    assert metadata.tables[table].columns[name].info["kelas"] == kelas


def test_every_constraint_and_index_has_a_name_of_its_own() -> None:
    named = [c.name for table in metadata.tables.values() for c in table.constraints]
    assert [name for name in named if not name] == []
    # PostgreSQL cuts at 63 bytes, and two cut names could become one
    listed = [str(name) for name in named] + [str(i.name) for table in metadata.tables.values() for i in table.indexes]
    assert len(set(listed)) == len(listed)
    assert [name for name in listed if len(name) > 63] == []


def test_children_of_an_lks_go_with_it_and_history_does_not() -> None:
    cascade = {
        table.name: fk.ondelete
        for table in metadata.tables.values()
        for fk in table.constraints
        if isinstance(fk, ForeignKeyConstraint) and fk.referred_table is lks and table is not lks
    }
    assert {name: rule for name, rule in cascade.items() if rule != "CASCADE"} == {
        "penggabungan": None,
        "peserta": "SET NULL",
        "pengajuan": "SET NULL",
        "tindak_lanjut": "SET NULL",
    }
    assert "lks_sumbu" in cascade
    assert not audit.foreign_keys, "the trail outlives what it tells of"


def test_a_naive_moment_is_refused_and_a_local_one_stored_in_utc(fresh_db: Path) -> None:
    row = {"pelaku": "uji", "aksi": "uji", "objek": "uji"}
    with pytest.raises(StatementError, match="naive"), writing() as connection:
        connection.execute(insert(audit).values(pada=datetime(2026, 1, 1), **row))  # noqa: DTZ001 the refused value
    wit = timezone(timedelta(hours=9))
    with writing() as connection:
        connection.execute(insert(audit).values(pada=datetime(2026, 1, 2, 0, 30, tzinfo=wit), **row))
    with reading() as connection:
        found = connection.execute(select(audit.c.pada).where(audit.c.aksi == "uji")).scalar_one()
    assert found == datetime(2026, 1, 1, 15, 30, tzinfo=UTC)
    assert found.utcoffset() == timedelta(0)


def test_a_moment_is_bound_as_each_store_wants_it() -> None:
    bound = UtcTime().process_bind_param(
        datetime(2026, 1, 2, 0, 30, tzinfo=timezone(timedelta(hours=7))), sqlite.dialect()
    )
    assert bound == datetime(2026, 1, 1, 17, 30)  # noqa: DTZ001 SQLite keeps the UTC clock reading
    aware = UtcTime().process_bind_param(NOW, postgresql.dialect())
    assert aware == NOW
    assert UtcTime().process_bind_param(None, sqlite.dialect()) is None


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"hukum": "resmi"}, "ck_lks_hukum"),
        ({"aktif": "ya"}, "ck_lks_aktif"),
        ({"tumbuh": "maju"}, "ck_lks_tumbuh"),
        ({"daftar": "sudah"}, "ck_lks_daftar"),
        ({"akreditasi": "D"}, "ck_lks_akreditasi"),
        ({"setting": "panti"}, "ck_lks_setting"),
        ({"nama": ""}, "ck_lks_nama_panjang"),
        ({"nama": "x" * 201}, "ck_lks_nama_panjang"),
        ({"lat": 1.0}, "ck_lks_koordinat_berpasangan"),
        ({"lat": 181.0, "lon": 1.0}, "ck_lks_lat"),
        ({"kapasitas": -1}, "ck_lks_kapasitas_tidak_negatif"),
        ({"sdm_lain": -1}, "ck_lks_sdm_lain_tidak_negatif"),
        ({"kabkota_kode": "99.99"}, ""),
        ({"nama_kunci": None}, ""),
    ],
)
def test_the_schema_refuses_nonsense(fresh_db: Path, wrong: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError) as refused, writing() as connection:
        connection.execute(insert(lks).values(**VALID | wrong))
    assert constraint in str(refused.value.orig)
    with reading() as connection:
        assert connection.execute(select(lks.c.id)).all() == []


def test_the_row_that_the_wrong_ones_vary_is_taken(fresh_db: Path) -> None:
    with writing() as connection:
        connection.execute(insert(lks).values(**VALID))
    with reading() as connection:
        stored = connection.execute(select(lks.c.versi, lks.c.contoh, lks.c.terisi)).one()
    assert tuple(stored) == (1, False, 0)


def test_days_have_no_clock() -> None:
    dated = [column for column in COLUMNS if column.name.endswith(("_tanggal", "_sampai")) or column.name == "tanggal"]
    assert len(dated) > 15
    assert [str(column) for column in dated if not isinstance(column.type, Date)] == []


def test_revisions_are_one_row_per_subject() -> None:
    assert [column.name for column in revisi_data.primary_key] == ["subjek"]
