"""Writes of the door that must not happen twice or against a changed row."""

from datetime import timedelta
from pathlib import Path

import pytest

from data_access.commands import applications as commands
from data_access.engine import writing
from data_access.tables_pengajuan import gagal_pintu, pengajuan, pengajuan_berkas, pengajuan_isian
from domain.errors import StoreUnavailable
from services import application_uploads, clock
from tests.application_rows import ADDRESS, announce, hand_in, jpeg, new_key, rows


def test_a_change_needs_the_version_that_was_read(fresh_db: Path) -> None:
    ack = hand_in()
    with writing() as connection:
        assert not commands.change(connection, ack.id, 2, {"status": "ditolak"})
        assert commands.change(connection, ack.id, 1, {"status": "diperiksa"})
    assert [(row["status"], row["versi"]) for row in rows(pengajuan)] == [("diperiksa", 2)]


def test_an_upload_moves_on_only_from_where_it_stands(fresh_db: Path) -> None:
    key, application, content = new_key(), new_key(), jpeg()
    application_uploads.put(key, 0, content[:100], announce(application, content), ADDRESS)
    with writing() as connection:
        assert not commands.advance_file(connection, key, 50, 200)
        assert commands.advance_file(connection, key, 100, 200)
        assert commands.finish_file(connection, key) and not commands.finish_file(connection, key)
    (row,) = rows(pengajuan_berkas)
    with pytest.raises(StoreUnavailable), writing() as connection:
        commands.add_file(connection, {name: value for name, value in row.items() if name != "id"})
    hand_in(application)
    assert [row["pengajuan_id"] for row in rows(pengajuan_berkas)] == [1]
    with writing() as connection:
        commands.drop_files(connection, [key])
    assert rows(pengajuan_berkas) == []


def test_a_field_is_replaced_or_added(fresh_db: Path) -> None:
    ack = hand_in()
    with writing() as connection:
        for name in ("nama", "situs"):
            commands.set_field(connection, ack.id, name, {"nilai": "baru", "keadaan": "menunggu", "alasan": None})
    found = {row["bidang"]: row["nilai"] for row in rows(pengajuan_isian)}
    assert found["nama"] == found["situs"] == "baru" and found["ketua"] == "Siti Uji"


def test_notes_are_forgotten(fresh_db: Path) -> None:
    now = clock.now()
    with writing() as connection:
        commands.note(connection, "tiket", ADDRESS, now - timedelta(hours=3), now - timedelta(hours=4))
        commands.note(connection, "tiket", ADDRESS, now, now - timedelta(hours=1))
        assert not commands.revoke_link(connection, 1, 1, now)
    assert [row["pada"] for row in rows(gagal_pintu)] == [now]
