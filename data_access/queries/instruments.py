"""Reads about instruments and their versions; ready-made ones are for everybody, the others lie in a region's scope."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from data_access.queries.events import in_scope
from data_access.tables_bimtek import formulir, instrumen, instrumen_versi, kiriman
from domain.permissions import Scope

Row = dict[str, Any]


def seen(scope: Scope) -> ColumnElement[bool]:
    """The condition that an instrument is ready-made or belongs to a region of the scope."""
    return or_(instrumen.c.wilayah.is_(None), in_scope(scope, instrumen.c.wilayah))


def _rows(connection: Connection, query: Select[Any]) -> list[Row]:
    return [dict(row) for row in connection.execute(query).mappings()]


def listed(connection: Connection, scope: Scope, *, archived: bool = False) -> list[Row]:
    """The instruments of a scope, ready-made first, then by title.

    Beside the columns of instrumen: terbit_id and terbit_nomor (the newest published version, None without one),
    draf_id (the draft, None without one), formulir (how many forms use it).
    """
    v = instrumen_versi
    query = select(instrumen).where(seen(scope))
    query = query.where(instrumen.c.diarsipkan_pada.is_not(None) if archived else instrumen.c.diarsipkan_pada.is_(None))
    rows = _rows(connection, query.order_by(instrumen.c.bawaan.desc(), instrumen.c.judul, instrumen.c.id))
    ids = [row["id"] for row in rows]
    found: dict[int, Row] = {
        number: {"terbit_id": None, "terbit_nomor": None, "draf_id": None, "formulir": 0} for number in ids
    }
    own = select(v.c.id, v.c.instrumen_id, v.c.nomor, v.c.terbit_pada).join(instrumen).where(seen(scope))
    for row in connection.execute(own.order_by(v.c.nomor)).mappings():
        if (into := found.get(row["instrumen_id"])) is None:
            continue
        if row["terbit_pada"] is None:
            into["draf_id"] = row["id"]
        else:
            into |= {"terbit_id": row["id"], "terbit_nomor": row["nomor"]}
    used = select(v.c.instrumen_id, func.count(formulir.c.id)).join(formulir, formulir.c.instrumen_versi_id == v.c.id)
    for number, count in connection.execute(used.group_by(v.c.instrumen_id)):
        if number in found:
            found[number]["formulir"] = count
    return [row | found[row["id"]] for row in rows]


def instrument(connection: Connection, scope: Scope, instrument_id: int) -> Row | None:
    """One instrument; None when there is none in the scope."""
    query = select(instrumen).where(instrumen.c.id == instrument_id, seen(scope))
    found = connection.execute(query).mappings().first()
    return dict(found) if found else None


def _version_query(scope: Scope) -> Select[Any]:
    head = ("kode", "judul", "jenis", "wilayah", "bawaan", "diarsipkan_pada")
    forms = select(func.count()).select_from(formulir).where(formulir.c.instrumen_versi_id == instrumen_versi.c.id)
    return (
        select(instrumen_versi, *[instrumen.c[name] for name in head], forms.scalar_subquery().label("formulir"))
        .join(instrumen, instrumen.c.id == instrumen_versi.c.instrumen_id)
        .where(seen(scope))
    )


def versions(connection: Connection, scope: Scope, instrument_id: int) -> list[Row]:
    """The versions of an instrument, the newest first, as in version()."""
    query = _version_query(scope).where(instrumen_versi.c.instrumen_id == instrument_id)
    return _rows(connection, query.order_by(instrumen_versi.c.nomor.desc()))


def version(connection: Connection, scope: Scope, version_id: int) -> Row | None:
    """One version with its definition, the key included, kode, judul, jenis, wilayah, bawaan and diarsipkan_pada of its
    instrument, and formulir (how many forms use it); None when the instrument does not lie in the scope."""
    found = _rows(connection, _version_query(scope).where(instrumen_versi.c.id == version_id))
    return found[0] if found else None


def newest_published(connection: Connection, instrument_id: int) -> int | None:
    """The id of the newest published version of an instrument, found through a form that uses it; without a scope."""
    v = instrumen_versi
    query = select(v.c.id).where(v.c.instrumen_id == instrument_id, v.c.terbit_pada.is_not(None))
    return connection.execute(query.order_by(v.c.nomor.desc()).limit(1)).scalar()


def published_forms(connection: Connection, scope: Scope) -> list[Row]:
    """What an event may use: the newest published version of each kept instrument of the scope, ready-made first.

    id (of the version), instrumen_id, kode, judul, jenis, bawaan, nomor.
    """
    found = [row for row in listed(connection, scope) if row["terbit_id"] is not None]
    names = ("kode", "judul", "jenis", "bawaan")
    return [
        {"id": row["terbit_id"], "instrumen_id": row["id"], "nomor": row["terbit_nomor"]} | {n: row[n] for n in names}
        for row in found
    ]


def ready_made(connection: Connection) -> list[Row]:
    """Every version of the ready-made instruments: instrumen_id, kode, nomor, definisi, judul, jenis; for everybody."""
    v = instrumen_versi
    query = select(v.c.instrumen_id, instrumen.c.kode, instrumen.c.judul, instrumen.c.jenis, v.c.nomor, v.c.definisi)
    query = query.join(instrumen, instrumen.c.id == v.c.instrumen_id).where(instrumen.c.bawaan)
    return _rows(connection, query.order_by(instrumen.c.id, v.c.nomor))


def code_taken(connection: Connection, kode: str) -> bool:
    """True when an instrument has this code anywhere; only the fact is told, so without a scope."""
    return connection.execute(select(instrumen.c.id).where(instrumen.c.kode == kode)).first() is not None


def answered(connection: Connection, version_id: int) -> bool:
    """True when a form of this version has answers; only the fact is told, so without a scope."""
    query = select(kiriman.c.id).join(formulir, formulir.c.id == kiriman.c.formulir_id)
    return connection.execute(query.where(formulir.c.instrumen_versi_id == version_id).limit(1)).first() is not None
