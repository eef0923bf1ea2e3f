"""Writes of rosters: people of an event, persons over events, merges and imports; the commit is the caller's."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from data_access import secrets
from data_access.queries import roster as queries
from data_access.queries.records import chunks
from data_access.tables_bimtek import impor_peserta, kehadiran, kiriman, kiriman_konflik, orang, pengisian, peserta, rtl
from domain import bimtek
from domain.names import name_key

CODE_KEY = "kode-peserta"  # what the key of the check characters is derived for


def new_codes(connection: Connection, count: int) -> list[str]:
    """So many personal codes that nobody has yet."""
    key, found = secrets.derived(CODE_KEY), dict[str, str]()
    while len(found) < count:
        fresh = [bimtek.new_code(key) for _ in range(count - len(found))]
        made = {secrets.fingerprint(code): code for code in fresh}
        taken = queries.codes_in_use(connection, list(made))
        found |= {digest: code for digest, code in made.items() if digest not in taken}
    return list(found.values())


def _sealed(code: str) -> dict[str, str]:
    return {"kode_sandi": secrets.seal(code), "kode_sidik": secrets.fingerprint(code)}


def add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> list[tuple[int, str]]:
    """Stores roster rows, each with a new personal code, and returns (id, code) in their order."""
    found = []
    for row, code in zip(rows, new_codes(connection, len(rows)), strict=True):
        values = {**row, "nama_kunci": name_key(row["nama"]), **_sealed(code)}
        query = insert(peserta).values(**values).returning(peserta.c.id)
        found.append((connection.execute(query).scalar_one(), code))
    return found


def change(connection: Connection, participant_id: int, version: int, values: Mapping[str, Any]) -> bool:
    """Changes a roster row that is still at `version`; False when it moved on."""
    own = dict(values)
    if "nama" in own:
        own["nama_kunci"] = name_key(own["nama"])
    where = (peserta.c.id == participant_id, peserta.c.versi == version)
    return connection.execute(update(peserta).where(*where).values(**own, versi=version + 1)).rowcount == 1


def new_code(connection: Connection, participant_id: int, version: int) -> str | None:
    """Gives a roster row a new personal code and returns it; None when the row moved on. The old code opens nothing."""
    code = new_codes(connection, 1)[0]
    return code if change(connection, participant_id, version, _sealed(code)) else None


def add_person(connection: Connection, nama: str, at: datetime) -> int:
    """Stores a person over all events and returns the id."""
    values = {"nama": nama, "nama_kunci": name_key(nama), "dibuat_pada": at}
    return connection.execute(insert(orang).values(**values).returning(orang.c.id)).scalar_one()


def set_person(connection: Connection, participant_id: int, person_id: int | None) -> None:
    """Says which person a roster row is, without touching its version: the row itself reads as before."""
    connection.execute(update(peserta).where(peserta.c.id == participant_id).values(orang_id=person_id))


def drop_lone_persons(connection: Connection, ids: Sequence[int]) -> None:
    """Deletes those persons that no roster row is any more."""
    for piece in chunks(list(ids)):
        kept = select(peserta.c.orang_id).where(peserta.c.orang_id.in_(piece))
        connection.execute(delete(orang).where(orang.c.id.in_(piece), orang.c.id.not_in(kept)))


def move_work(connection: Connection, from_id: int, into_id: int) -> None:
    """Gives the answers, attendance and plans of one roster row to another; a session both were at stays counted once."""
    both = select(kehadiran.c.sesi_id).where(kehadiran.c.peserta_id == into_id).scalar_subquery()
    connection.execute(delete(kehadiran).where(kehadiran.c.peserta_id == from_id, kehadiran.c.sesi_id.in_(both)))
    for table in (kehadiran, kiriman, kiriman_konflik, pengisian, rtl):
        connection.execute(update(table).where(table.c.peserta_id == from_id).values(peserta_id=into_id))


def remove(connection: Connection, ids: Sequence[int]) -> None:
    """Deletes roster rows on which nothing hangs, and the persons that were they alone."""
    persons: set[int] = set()
    for piece in chunks(list(ids)):
        query = select(peserta.c.orang_id).where(peserta.c.id.in_(piece), peserta.c.orang_id.is_not(None))
        persons |= set(connection.execute(query).scalars())
        connection.execute(delete(peserta).where(peserta.c.id.in_(piece)))
    drop_lone_persons(connection, sorted(persons))


def add_batch(connection: Connection, values: Mapping[str, Any]) -> int:
    """Stores an import and returns its id."""
    return connection.execute(insert(impor_peserta).values(**values).returning(impor_peserta.c.id)).scalar_one()


def close_batch(connection: Connection, batch_id: int, at: datetime) -> bool:
    """Marks an import as taken back; False when it was already."""
    where = (impor_peserta.c.id == batch_id, impor_peserta.c.dibatalkan_pada.is_(None))
    return connection.execute(update(impor_peserta).where(*where).values(dibatalkan_pada=at)).rowcount == 1
