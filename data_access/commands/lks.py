"""The one way an LKS is written: flat records in, rows of lks and its children out, in bulk, in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Date, and_, bindparam, delete, or_, update

from data_access import secrets
from data_access.commands import bulk
from data_access.queries.records import Record, chunks, ids_of, last_numbers
from data_access.tables import lks, lks_binaan, lks_pengurus, lks_pilihan, lks_sumbu
from domain.lks import AXIS_COLUMNS, CLIENTS, MULTI, OFFICER_FIELDS, SCALARS, filled
from domain.names import name_key, search_key
from domain.permissions import Actor
from domain.wilayah import lineage


@dataclass(frozen=True)
class Change:
    """A change of one LKS: the record as it was read, and the fields that get new values (None or [] empties one)."""

    before: Record
    fields: Mapping[str, Any]
    reason: str | None = None


_SCALARS = frozenset(SCALARS)
_AXIS_OF = {column: axis for axis, columns in AXIS_COLUMNS.items() for column in columns}


def _region(kode_wilayah: str) -> dict[str, str | None]:
    codes = [*lineage(kode_wilayah), None, None]
    return {"provinsi_kode": codes[0], "kabkota_kode": codes[1], "kecamatan_kode": codes[2]}


def _own_columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of lks that some record fields stand for."""
    values = {name: value for name, value in fields.items() if name in _SCALARS}
    if "nama" in fields:
        values |= {"nama_kunci": name_key(fields["nama"]), "nama_cari": search_key(fields["nama"])}
    if "kode_wilayah" in fields:
        values |= _region(fields["kode_wilayah"])
    return values


def _axis_rows(
    lks_id: int, record: Record, fields: Iterable[str], at: datetime, by: Actor, reason: str | None
) -> list[Record]:
    """A history row for each axis touched by `fields`."""
    touched = {_AXIS_OF[name] for name in fields if name in _AXIS_OF}
    rows = []
    for axis, columns in AXIS_COLUMNS.items():
        if axis in touched:
            row = {"lks_id": lks_id, "sumbu": axis, "alasan": reason, "dicatat_pada": at, "dicatat_oleh": by.username}
            for column, history in columns.items():
                row[history] = record.get(column)
            rows.append(row)
    return rows


def _choice_rows(lks_id: int, fields: Mapping[str, Any]) -> list[Record]:
    return [
        {"lks_id": lks_id, "bidang": name, "kode": kode}
        for name in MULTI
        for kode in sorted(set(fields.get(name) or []))
    ]


def _officer_rows(lks_id: int, record: Record) -> list[Record]:
    officers: dict[str, Record] = {}
    for field, (jabatan, column) in OFFICER_FIELDS.items():
        if record.get(field):
            officers.setdefault(jabatan, {})[column] = record[field]
    nik = record.get("ketua_nik")
    if nik:  # kept also when the source names nobody
        officers.setdefault("ketua", {})
    rows = []
    for jabatan, found in officers.items():
        row = {"lks_id": lks_id, "jabatan": jabatan, "nama": found.get("nama") or "-"}
        row |= {"telepon": found.get("telepon"), "alamat": found.get("alamat")}
        row |= {"nik_sandi": None, "nik_sidik": None, "nik_akhir": None}
        if jabatan == "ketua" and nik:
            row |= {"nik_sandi": secrets.seal(nik), "nik_sidik": secrets.fingerprint(nik), "nik_akhir": nik[-4:]}
        rows.append(row)
    return rows


def _client_rows(lks_id: int, fields: Mapping[str, Any]) -> list[Record]:
    return [
        {
            "lks_id": lks_id,
            "kelompok": "semua",
            "setting": name.removeprefix("binaan_"),
            "periode": "",
            "jumlah": fields[name],
        }
        for name in CLIENTS
        if fields.get(name) is not None
    ]


def add(
    connection: Connection, records: Sequence[Record], *, at: datetime, by: Actor, contoh: bool = False
) -> list[int]:
    """Stores new LKS from flat records (nama and kode_wilayah are required) and returns their ids in order."""
    if not records:
        return []
    kabkota = [lineage(record["kode_wilayah"])[1] for record in records]
    numbers = last_numbers(connection, kabkota)
    rows = []
    for record, kode in zip(records, kabkota, strict=True):
        numbers[kode] += 1
        row = _own_columns(record) | {"kode_lks": f"LKS-{kode}-{numbers[kode]:04d}", "terisi": len(filled(record))}
        rows.append(row | {"contoh": contoh, "dibuat_pada": at, "diubah_pada": at})
    bulk.add_rows(connection, lks, rows)
    ids = ids_of(connection, [row["kode_lks"] for row in rows])
    choices, axes, officers, clients = [], [], [], []
    for lks_id, record in zip(ids, records, strict=True):
        choices += _choice_rows(lks_id, record)
        stated = [name for name, value in record.items() if value is not None]
        axes += _axis_rows(lks_id, record, stated, at, by, None)
        officers += _officer_rows(lks_id, record)
        clients += _client_rows(lks_id, record)
    for table, found in ((lks_pilihan, choices), (lks_sumbu, axes), (lks_pengurus, officers), (lks_binaan, clients)):
        bulk.add_rows(connection, table, found)
    return ids


def change(connection: Connection, changes: Sequence[Change], *, at: datetime, by: Actor) -> list[int]:
    """Applies changes to rows still at the version they were read at; returns the ids of those that moved on."""
    stale, axes, touched_choices, choices, touched_officers, officers, clients = [], [], [], [], [], [], []
    touched_clients: list[tuple[int, str]] = []
    for item in changes:
        lks_id, after = item.before["id"], {**item.before, **item.fields}
        own = _own_columns(item.fields) | {"terisi": len(filled(after)), "diubah_pada": at}
        where = and_(lks.c.id == bindparam("b_id"), lks.c.versi == bindparam("b_versi"))
        statement = update(lks).where(where).values(**own, versi=lks.c.versi + 1)
        done = connection.execute(statement, {"b_id": lks_id, "b_versi": item.before["versi"]})
        if done.rowcount == 0:
            stale.append(lks_id)
            continue
        axes += _axis_rows(lks_id, after, item.fields, at, by, item.reason)
        touched_choices += [(lks_id, name) for name in MULTI if name in item.fields]
        choices += _choice_rows(lks_id, {name: item.fields[name] for name in MULTI if name in item.fields})
        if {*OFFICER_FIELDS, "ketua_nik"} & item.fields.keys():
            touched_officers.append(lks_id)
            officers += _keep_nik(connection, lks_id, after, item.fields)
        touched_clients += [(lks_id, name.removeprefix("binaan_")) for name in CLIENTS if name in item.fields]
        clients += _client_rows(lks_id, {name: item.fields[name] for name in CLIENTS if name in item.fields})
    _forget(connection, touched_choices, touched_officers, touched_clients)
    for table, found in ((lks_pilihan, choices), (lks_sumbu, axes), (lks_pengurus, officers), (lks_binaan, clients)):
        bulk.add_rows(connection, table, found)
    return stale


def _keep_nik(connection: Connection, lks_id: int, after: Record, fields: Mapping[str, Any]) -> list[Record]:
    """Officer rows after a change; a NIK that the change does not mention stays as it is stored."""
    if "ketua_nik" in fields:
        return _officer_rows(lks_id, after)
    rows = _officer_rows(lks_id, {name: value for name, value in after.items() if name != "ketua_nik"})
    where = (lks_pengurus.c.lks_id == lks_id, lks_pengurus.c.jabatan == "ketua")
    stored = connection.execute(lks_pengurus.select().where(*where)).mappings().first()
    for row in rows:
        if stored and row["jabatan"] == "ketua":
            row.update({name: stored[name] for name in ("nik_sandi", "nik_sidik", "nik_akhir")})
    return rows


def _forget(
    connection: Connection, choices: list[tuple[int, str]], officers: list[int], clients: list[tuple[int, str]]
) -> None:
    """Removes the child rows that are about to be written again."""
    for pairs in chunks(choices):
        gone = or_(*[and_(lks_pilihan.c.lks_id == i, lks_pilihan.c.bidang == b) for i, b in pairs])
        connection.execute(delete(lks_pilihan).where(gone))
    for ids in chunks(officers):
        known = lks_pengurus.c.jabatan.in_(sorted({jabatan for jabatan, _ in OFFICER_FIELDS.values()}))
        connection.execute(delete(lks_pengurus).where(lks_pengurus.c.lks_id.in_(ids), known))
    for pairs in chunks(clients):
        undated = and_(lks_binaan.c.kelompok == "semua", lks_binaan.c.periode == "")
        gone = or_(*[and_(lks_binaan.c.lks_id == i, lks_binaan.c.setting == s) for i, s in pairs])
        connection.execute(delete(lks_binaan).where(undated, gone))


def typed(name: str, value: Any) -> Any:
    """A field's value as it is stored, from the text that JSON kept of it (dates come back as dates)."""
    if isinstance(value, str) and name in lks.c and isinstance(lks.c[name].type, Date):
        return date.fromisoformat(value)
    return value


def archive(
    connection: Connection, lks_id: int, version: int, *, at: datetime | None, reason: str | None, into: int | None
) -> bool:
    """Archives an LKS (at set) or restores it (at None); False when its version moved on."""
    values = {"diarsipkan_pada": at, "arsip_alasan": reason, "digabung_ke": into, "versi": lks.c.versi + 1}
    done = connection.execute(update(lks).where(lks.c.id == lks_id, lks.c.versi == version).values(**values))
    return done.rowcount == 1


def remove(connection: Connection, ids: Sequence[int]) -> None:
    """Deletes rows for good with all their children; only for taking back an import and for sample data."""
    for piece in chunks(list(ids)):
        connection.execute(delete(lks).where(lks.c.id.in_(piece)))
