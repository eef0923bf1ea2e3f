"""Certificates are narrowed to a region; the last number is that of a region, a year, and of real ones or samples."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import update

from data_access import tables_bimtek as t
from data_access.commands import certificates as commands
from data_access.engine import reading, writing
from data_access.queries import certificates as queries
from data_access.tables_dokumen import sertifikat
from domain.permissions import Scope
from tests import bimtek_rows
from tests.bimtek_rows import Stored

NOW = datetime(2026, 6, 1, 3, tzinfo=UTC)


def row(event: Stored, number: int, **more: Any) -> dict[str, Any]:
    day = date(2026, 5, 24)
    values = {"kegiatan_id": event.event_id, "peserta_id": event.people[0], "nomor": str(number), "nomor_urut": number}
    values |= {"tahun": 2026, "wilayah": "33.71", "nama": "Nama", "judul": "Bimtek", "mulai": day, "selesai": day}
    return values | {"materi": [], "tanggal": day, "terbit_pada": NOW, "terbit_oleh": "uji"} | more


def test_reads_stay_in_their_region_and_codes_stay_sealed(fresh_db: Path) -> None:
    event, other = bimtek_rows.store_event(phases={}), bimtek_rows.store_event(phases={}, wilayah="34.71")
    with writing() as connection:
        rows = [row(event, 2), row(event, 1), row(other, 7, wilayah="34.71"), row(event, 90_001, contoh=True)]
        second, first, foreign, sample = commands.add(connection, [*rows])
        commands.add(connection, [row(event, 9, tahun=2025)])
        connection.execute(
            update(t.peserta).where(t.peserta.c.id == event.people[1]).values(digabung_ke=event.people[0])
        )
    with reading() as connection:
        found = queries.of_event(connection, Scope("33"), event.event_id)
        assert [(one["tahun"], one["id"]) for one in found][1:] == [(2026, first), (2026, second), (2026, sample)]
        assert not {"kode_sandi", "sidik_kode"} & found[0].keys()
        assert queries.of_event(connection, Scope("34"), event.event_id) == []
        assert queries.one(connection, Scope("33.71"), foreign) is None
        assert queries.one(connection, Scope("34"), foreign) is not None
        assert set(queries.sealed_codes(connection, Scope("34"), other.event_id)) == {foreign}
        assert queries.sealed_codes(connection, Scope("33"), other.event_id) == {}
        assert queries.last_number(connection, "33.71", 2026, False) == 2
        assert queries.last_number(connection, "33.71", 2026, True) == 90_001
        assert queries.last_number(connection, "33.71", 2025, False) == 9
        assert queries.last_number(connection, "33.72", 2026, False) is None
        assert queries.merged(connection, event.event_id) == {event.people[1]: event.people[0]}
        mark = connection.execute(sertifikat.select().where(sertifikat.c.id == foreign)).mappings().one()["sidik_kode"]
        assert queries.marks_in_use(connection, [mark, "x"]) == {mark}
        by_mark = queries.by_mark(connection, mark)
        assert by_mark is not None and by_mark["nomor"] == "7" and "alasan_cabut" not in by_mark
        assert queries.by_mark(connection, "x") is None
