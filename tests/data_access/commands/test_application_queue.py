"""Writes of the review: only at the version that was seen, only the one field or file, and samples go with their files."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from data_access.commands import application_queue as commands
from data_access.engine import reading, writing
from data_access.queries import application_queue as queries
from data_access.tables_pengajuan import pengajuan, pengajuan_berkas, pengajuan_isian, pengajuan_langkah
from domain.permissions import Scope
from tests.review_rows import bring, hand_in, stored

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


def test_a_change_is_made_at_the_version_that_was_seen(fresh_db: Path) -> None:
    one, other = hand_in(), hand_in()
    with writing() as connection:
        assert commands.change(connection, one, 1, {"status": "diperiksa"})
        assert not commands.change(connection, one, 1, {"status": "ditolak"})
    assert (stored(one)["status"], stored(one)["versi"], stored(other)["status"]) == ("diperiksa", 2, "diterima")


def test_one_field_and_one_file_change(fresh_db: Path) -> None:
    one, other = hand_in(), hand_in()
    bring(one, "akta")
    bring(other, "akta")
    with writing() as connection:
        file_id = queries.files(connection, Scope(None), [one])[one][0]["id"]
        commands.set_field(connection, one, "alamat", {"keadaan": "diterima", "sebelum": "Jl. Lama"})
        commands.set_file(connection, file_id, {"keadaan": "ditolak", "alasan": "buram"})
        commands.add_step(connection, one, "diperiksa", NOW, "uji", "catatan")
    with reading() as connection:
        fields = queries.fields(connection, Scope(None), [one, other])
        files = queries.files(connection, Scope(None), [one, other])
        steps = queries.steps(connection, Scope(None), [one])
    changed = [row for row in fields[one] if row["keadaan"] != "menunggu"]
    assert [(row["bidang"], row["sebelum"]) for row in changed] == [("alamat", "Jl. Lama")]
    assert {row["keadaan"] for row in fields[other]} == {"menunggu"}
    assert (files[one][0]["alasan"], files[other][0]["keadaan"]) == ("buram", "menunggu")
    assert steps[one][-1] == {"status": "diperiksa", "pada": NOW, "oleh": "uji", "catatan": "catatan"}


def test_a_state_that_there_is_not_is_refused_by_the_schema(fresh_db: Path) -> None:
    one = hand_in()
    with pytest.raises(IntegrityError), writing() as connection:
        commands.change(connection, one, 1, {"status": "beres"})


def test_samples_go_with_all_that_hangs_on_them(fresh_db: Path) -> None:
    sample, real = hand_in(contoh=True), hand_in()
    key, kept = bring(sample, "akta"), bring(real, "akta")
    with writing() as connection:
        assert commands.remove_samples(connection) == (1, [key])
        assert commands.remove_samples(connection) == (0, [])
    with reading() as connection:
        assert [row.id for row in connection.execute(pengajuan.select())] == [real]
        assert [row.kunci for row in connection.execute(pengajuan_berkas.select())] == [kept]
        for table in (pengajuan_isian, pengajuan_langkah):
            whose = select(func.count()).select_from(table).where(table.c.pengajuan_id == sample)
            assert connection.execute(whose).scalar_one() == 0
