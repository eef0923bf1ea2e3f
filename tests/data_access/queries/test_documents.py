"""A document is seen from its region and from above, one about the whole country only from the whole country."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from data_access.commands import documents as commands
from data_access.engine import reading, writing
from data_access.queries import documents
from domain.permissions import Scope


def values(wilayah: str) -> dict[str, Any]:
    return {
        "jenis": "daftar_lks",
        "wilayah": wilayah,
        "judul": "Daftar",
        "per_tanggal": date(2026, 12, 1),
        "isi": {"a": [1, None, "é"]},
        "sidik": "s",
        "dibuat_pada": datetime(2026, 12, 1, tzinfo=UTC),
        "dibuat_oleh": "uji",
    }


def test_a_document_is_seen_from_its_region_and_above(fresh_db: Path) -> None:
    with writing() as connection:
        kota, lain, nasional = (commands.add(connection, values(place)) for place in ("33.71", "33.7", ""))

    def seen(root: str | None) -> list[int]:
        with reading() as connection:
            return [n for n in (kota, lain, nasional) if documents.one(connection, Scope(root), n)]

    assert seen(None) == [kota, lain, nasional]
    assert seen("33") == [kota, lain]
    assert seen("33.71") == [kota]
    assert seen("52") == []
    with reading() as connection:
        assert documents.one(connection, Scope(None), 999) is None
