"""Loading the facts that ship with the product into the store: regions, versioned lists, rules, published figures."""

import hashlib
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from data_access import assets
from data_access.commands.trail import set_state
from data_access.queries.state import state
from data_access.tables import (
    angka_publikasi,
    aturan_akreditasi,
    dasar_hukum,
    pengaturan,
    persyaratan_berkas,
    referensi,
    wilayah,
    wilayah_nama,
)

DIGEST = "sidik_referensi"
_STORED = ("geo/*.csv", "referensi/*.csv", "contoh/angka_publikasi.csv")


def shipped_digest() -> str:
    """A digest over the shipped reference files: when it differs from the stored one, they are loaded again."""
    total = hashlib.sha256()
    for pattern in _STORED:
        for path in sorted(assets.ASSETS.glob(pattern)):
            total.update(path.name.encode() + path.read_bytes().replace(b"\r\n", b"\n"))
    return total.hexdigest()


def load(connection: Connection) -> bool:
    """Brings the shipped facts into the store when they changed; True when it did. An office's own rows stay."""
    digest = shipped_digest()
    if state(connection, DIGEST) == digest:
        return False
    _upsert(connection, wilayah, ("kode",), assets.wilayah_rows())
    _upsert(connection, wilayah_nama, ("kode", "nama"), assets.wilayah_names())
    lists = [
        {**row, "daftar": name, "versi": row["versi"] or ""}
        for name, rows in assets.references().items()
        for row in rows
    ]
    _upsert(connection, referensi, ("daftar", "kode", "wilayah", "versi"), lists)
    _upsert(connection, aturan_akreditasi, ("versi", "peringkat"), assets.accreditation_rules())
    _upsert(connection, persyaratan_berkas, ("wilayah", "kode"), assets.document_checklists())
    _upsert(connection, dasar_hukum, ("kode",), assets.legal_bases())
    _upsert(connection, pengaturan, ("wilayah", "kunci"), assets.region_settings(), keep=True)
    connection.execute(delete(angka_publikasi))
    figures = [
        {
            "wilayah": row["kode_wilayah"],
            "sumber": row["sumber_judul"],
            "tautan": row["url"],
            "catatan": row["kutipan_catatan"],
            **{
                name: row[name] for name in ("ukuran", "nilai", "sekitar", "batas", "satuan", "tanggal", "sumber_kunci")
            },
        }
        for row in assets.published_figures()
    ]
    connection.execute(insert(angka_publikasi), figures)
    set_state(connection, DIGEST, digest)
    return True


def _upsert(
    connection: Connection, table: Table, key: tuple[str, ...], rows: list[dict[str, Any]], keep: bool = False
) -> None:
    """Adds rows whose key is new and updates the others (with `keep`, leaves them as the office set them)."""
    names = [column.name for column in table.columns if column.name in rows[0]]
    known = {tuple(row[: len(key)]): row for row in connection.execute(select(*[table.c[n] for n in (*key, *names)]))}
    fresh = []
    for row in rows:
        values = {name: row[name] for name in names}
        found = known.get(tuple(row[name] for name in key))
        if found is None:
            fresh.append(values)
        elif not keep and tuple(found[len(key) :]) != tuple(values[name] for name in names):
            where = [table.c[name] == row[name] for name in key]
            connection.execute(update(table).where(*where).values(**values))
    if fresh:
        connection.execute(insert(table), fresh)
