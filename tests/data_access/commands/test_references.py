"""Shipped facts come in once, are renewed when they change, and leave an office's own rows alone."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update

from data_access import assets
from data_access.commands import references, trail
from data_access.engine import reading, writing
from data_access.queries.state import state
from data_access.tables import angka_publikasi, metadata, pengaturan, referensi, wilayah


def sizes() -> dict[str, int]:
    with reading() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(metadata.tables[name])).scalar_one()
            for name in ("wilayah", "wilayah_nama", "referensi", "aturan_akreditasi", "pengaturan", "angka_publikasi")
        }


def load() -> bool:
    with writing() as connection:
        return references.load(connection)


def forget_digest() -> None:
    with writing() as connection:
        trail.set_state(connection, references.DIGEST, "lain")


def test_loading_again_does_nothing(fresh_db: Path) -> None:
    before = sizes()
    assert load() is False
    assert sizes() == before
    with reading() as connection:
        assert state(connection, references.DIGEST) == references.shipped_digest()


def test_renewing_doubles_nothing(fresh_db: Path) -> None:
    before = sizes()
    assert min(before.values()) > 0
    forget_digest()
    assert load() is True
    assert sizes() == before
    assert load() is False


def test_a_changed_fact_is_renewed_and_an_offices_own_row_stays(fresh_db: Path) -> None:
    own: dict[str, Any] = {"daftar": "kluster", "kode": "kantor", "nama": "Kluster kantor", "urutan": 99, "anak": False}
    with writing() as connection:
        connection.execute(update(wilayah).where(wilayah.c.kode == "33.71").values(nama="Salah"))
        connection.execute(update(angka_publikasi).values(nilai=1))
        connection.execute(insert(referensi).values(**own))
        connection.execute(update(pengaturan).values(nilai="diubah kantor"))
    forget_digest()
    assert load() is True
    with reading() as connection:
        nama = connection.execute(select(wilayah.c.nama).where(wilayah.c.kode == "33.71")).scalar_one()
        assert nama == next(row["nama"] for row in assets.wilayah_rows() if row["kode"] == "33.71") != "Salah"
        assert (
            connection.execute(select(referensi.c.nama).where(referensi.c.kode == "kantor")).scalar_one()
            == "Kluster kantor"
        )
        assert set(connection.execute(select(pengaturan.c.nilai)).scalars()) == {"diubah kantor"}
        printed = connection.execute(select(angka_publikasi.c.nilai)).scalars().all()
    assert sorted(printed) == sorted(row["nilai"] for row in assets.published_figures())


def test_the_digest_follows_the_files_and_not_their_line_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "referensi"
    folder.mkdir()
    monkeypatch.setattr(assets, "ASSETS", tmp_path)
    file = folder / "kluster.csv"
    file.write_bytes(b"kode,nama\nanak,Anak\n")
    first = references.shipped_digest()
    file.write_bytes(b"kode,nama\r\nanak,Anak\r\n")
    assert references.shipped_digest() == first
    file.write_bytes(b"kode,nama\nanak,Anak.\n")
    assert references.shipped_digest() != first
