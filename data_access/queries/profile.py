"""Reads for one LKS's profile, its registration requests and its near-duplicates; each is narrowed to a scope."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, and_, func, or_, select

from data_access.frames import table
from data_access.queries.records import in_scope
from data_access.tables import (
    audit,
    bukan_kembar,
    lks,
    lks_bantuan,
    lks_berkas,
    lks_binaan,
    lks_pengurus,
    lks_sumbu,
    penggabungan,
    permohonan,
    permohonan_langkah,
    persyaratan_berkas,
)
from domain.permissions import Scope
from domain.registration import OPEN
from domain.wilayah import lineage

Row = dict[str, Any]
# What the audit calls the children of an LKS; their rows carry the id of the LKS.
CHILDREN = {"lks_berkas": lks_berkas, "lks_bantuan": lks_bantuan, "lks_binaan": lks_binaan, "permohonan": permohonan}
_LOOKED = "buka_data_pribadi"  # an audit row of an LKS that changed nothing


def _rows(connection: Connection, query: Select[Any]) -> list[Row]:
    return [dict(row) for row in connection.execute(query).mappings()]


def _of(table: Any, scope: Scope, lks_id: int) -> Select[Any]:
    """The rows of a child table that belong to an LKS, which must lie in the scope."""
    return select(table).join(lks, lks.c.id == table.c.lks_id).where(table.c.lks_id == lks_id, in_scope(scope))


def axis_history(connection: Connection, scope: Scope, lks_id: int) -> list[Row]:
    """Every recorded state of the five axes of an LKS, newest first."""
    return _rows(connection, _of(lks_sumbu, scope, lks_id).order_by(lks_sumbu.c.id.desc()))


def officers(connection: Connection, scope: Scope, lks_id: int) -> list[Row]:
    """The officers of an LKS as stored (NIK encrypted), in the order in which they were entered."""
    return _rows(connection, _of(lks_pengurus, scope, lks_id).order_by(lks_pengurus.c.id))


def clients(connection: Connection, scope: Scope, lks_id: int) -> list[Row]:
    """Clients served by an LKS, newest period first, undated last."""
    order = (lks_binaan.c.periode.desc(), lks_binaan.c.kelompok, lks_binaan.c.setting)
    return _rows(connection, _of(lks_binaan, scope, lks_id).order_by(*order))


def aid(connection: Connection, scope: Scope, lks_id: int) -> list[Row]:
    """Aid received by an LKS, newest year first."""
    return _rows(connection, _of(lks_bantuan, scope, lks_id).order_by(lks_bantuan.c.tahun.desc(), lks_bantuan.c.id))


def documents(connection: Connection, scope: Scope, lks_id: int) -> dict[str, Row]:
    """The document rows of an LKS by the code of the requirement."""
    return {row["syarat"]: row for row in _rows(connection, _of(lks_berkas, scope, lks_id))}


def checklist(connection: Connection, wilayah: str, on: date) -> tuple[str, list[Row]]:
    """(region, rows): the documents asked for in a region; the most specific list wins, "" is the general one."""
    places = [*lineage(wilayah), ""]
    query = select(persyaratan_berkas).where(
        persyaratan_berkas.c.wilayah.in_(places),
        or_(persyaratan_berkas.c.berlaku_mulai.is_(None), persyaratan_berkas.c.berlaku_mulai <= on),
        or_(persyaratan_berkas.c.berlaku_sampai.is_(None), persyaratan_berkas.c.berlaku_sampai > on),
    )
    rows = _rows(connection, query.order_by(persyaratan_berkas.c.id))
    place = max((row["wilayah"] for row in rows), key=len, default="")
    return place, [row for row in rows if row["wilayah"] == place]


def requests(connection: Connection, scope: Scope, lks_id: int) -> list[Row]:
    """The registration requests of an LKS, newest first, each with `langkah`: its steps in order."""
    found = _rows(connection, _of(permohonan, scope, lks_id).order_by(permohonan.c.id.desc()))
    steps = select(permohonan_langkah).where(permohonan_langkah.c.permohonan_id.in_([row["id"] for row in found]))
    for row in found:
        row["langkah"] = []
    by_id = {row["id"]: row for row in found}
    for step in _rows(connection, steps.order_by(permohonan_langkah.c.id)):
        by_id[step["permohonan_id"]]["langkah"].append(step)
    return found


def request(connection: Connection, scope: Scope, request_id: int) -> Row | None:
    """One registration request; None when there is none in the scope."""
    query = select(permohonan).join(lks, lks.c.id == permohonan.c.lks_id)
    row = connection.execute(query.where(permohonan.c.id == request_id, in_scope(scope))).mappings().first()
    return dict(row) if row else None


def open_requests(connection: Connection, scope: Scope) -> pd.DataFrame:
    """Requests still being worked on, the most urgent first.

    Columns: id, lks_id, kode_lks, nama, kabkota_kode, kode_wilayah (of the kecamatan where it is known), contoh, jenis,
    status, diajukan_pada, lengkap_pada, tenggat.
    """
    query = (
        select(
            permohonan.c.id,
            permohonan.c.lks_id,
            lks.c.kode_lks,
            lks.c.nama,
            lks.c.kabkota_kode,
            func.coalesce(lks.c.kecamatan_kode, lks.c.kabkota_kode).label("kode_wilayah"),
            lks.c.contoh,
            permohonan.c.jenis,
            permohonan.c.status,
            permohonan.c.diajukan_pada,
            permohonan.c.lengkap_pada,
            permohonan.c.tenggat,
        )
        .join(lks, lks.c.id == permohonan.c.lks_id)
        .where(permohonan.c.status.in_(OPEN), lks.c.diarsipkan_pada.is_(None), in_scope(scope))
        .order_by(permohonan.c.tenggat.is_(None), permohonan.c.tenggat, permohonan.c.diajukan_pada, permohonan.c.id)
    )
    result = connection.execute(query)
    return table(result)


def _about(lks_id: int) -> Any:
    return and_(audit.c.objek.in_(("lks", *CHILDREN)), audit.c.objek_id == str(lks_id), audit.c.aksi != _LOOKED)


def changes(connection: Connection, scope: Scope, lks_id: int, limit: int = 500) -> list[Row]:
    """What was done to an LKS and its children, from the audit, newest first."""
    inside = select(lks.c.id).where(lks.c.id == lks_id, in_scope(scope)).exists()
    return _rows(connection, select(audit).where(_about(lks_id), inside).order_by(audit.c.id.desc()).limit(limit))


def newest_changes(connection: Connection, scope: Scope, lks_id: int, count: int) -> list[Row]:
    """The audit rows of the last `count` changes of the LKS record itself, newest first."""
    inside = select(lks.c.id).where(lks.c.id == lks_id, in_scope(scope)).exists()
    query = select(audit).where(_about(lks_id), audit.c.objek == "lks", inside)
    return _rows(connection, query.order_by(audit.c.id.desc()).limit(count))


def changed_since(connection: Connection, scope: Scope, lks_id: int, since: datetime) -> list[Row]:
    """The audit rows about an LKS and its children after a moment, oldest first."""
    inside = select(lks.c.id).where(lks.c.id == lks_id, in_scope(scope)).exists()
    return _rows(connection, select(audit).where(_about(lks_id), audit.c.pada > since, inside).order_by(audit.c.id))


def same_name(connection: Connection, scope: Scope, kabkota: str, key: str) -> list[Row]:
    """id, kode_lks and nama of the kept LKS of a kab/kota whose normalised name is exactly `key`."""
    where = (lks.c.kabkota_kode == kabkota, lks.c.nama_kunci == key, lks.c.diarsipkan_pada.is_(None), in_scope(scope))
    return _rows(connection, select(lks.c.id, lks.c.kode_lks, lks.c.nama).where(*where).order_by(lks.c.id))


def names_in(connection: Connection, scope: Scope, kabkota: str | None = None) -> list[Row]:
    """id, kode_lks, nama, nama_cari, kabkota_kode and alamat of every kept LKS of the scope, by kab/kota and id."""
    columns = (lks.c.id, lks.c.kode_lks, lks.c.nama, lks.c.nama_cari, lks.c.kabkota_kode, lks.c.alamat)
    where = [lks.c.diarsipkan_pada.is_(None), in_scope(scope)]
    where += [lks.c.kabkota_kode == kabkota] if kabkota else []
    return _rows(connection, select(*columns).where(*where).order_by(lks.c.kabkota_kode, lks.c.id))


def not_twins(connection: Connection) -> set[tuple[int, int]]:
    """The pairs of ids (smaller first) that somebody found to be two institutions; ids only, so without a scope."""
    return {(a, b) for a, b in connection.execute(select(bukan_kembar.c.lks_a, bukan_kembar.c.lks_b))}


def merges(connection: Connection, scope: Scope, into_id: int) -> list[Row]:
    """The merges into an LKS that still stand, newest first: id, dari_id, its kode_lks and nama, pada, oleh."""
    source = lks.alias("dari")
    query = (
        select(
            penggabungan.c.id,
            penggabungan.c.dari_id,
            source.c.kode_lks,
            source.c.nama,
            penggabungan.c.pada,
            penggabungan.c.oleh,
        )
        .join(source, source.c.id == penggabungan.c.dari_id)
        .join(lks, lks.c.id == penggabungan.c.ke_id)
        .where(penggabungan.c.ke_id == into_id, penggabungan.c.dibatalkan_pada.is_(None), in_scope(scope))
        .order_by(penggabungan.c.id.desc())
    )
    return _rows(connection, query)


def merge(connection: Connection, scope: Scope, merge_id: int) -> Row | None:
    """One merge with what it takes to take it back; None when the kept LKS does not lie in the scope."""
    query = select(penggabungan).join(lks, lks.c.id == penggabungan.c.ke_id)
    row = connection.execute(query.where(penggabungan.c.id == merge_id, in_scope(scope))).mappings().first()
    return dict(row) if row else None


def recent_merges(connection: Connection, scope: Scope, limit: int = 100) -> pd.DataFrame:
    """Standing merges of the scope, newest first: id, dari_kode, dari_nama, ke_kode, ke_nama, pada, oleh."""
    source = lks.alias("dari")
    query = (
        select(
            penggabungan.c.id,
            source.c.kode_lks.label("dari_kode"),
            source.c.nama.label("dari_nama"),
            lks.c.kode_lks.label("ke_kode"),
            lks.c.nama.label("ke_nama"),
            penggabungan.c.pada,
            penggabungan.c.oleh,
        )
        .join(source, source.c.id == penggabungan.c.dari_id)
        .join(lks, lks.c.id == penggabungan.c.ke_id)
        .where(penggabungan.c.dibatalkan_pada.is_(None), in_scope(scope))
        .order_by(penggabungan.c.id.desc())
        .limit(limit)
    )
    result = connection.execute(query)
    return table(result)


def kode_of(connection: Connection, scope: Scope, lks_id: int) -> tuple[str, str] | None:
    """(kode_lks, nama) of an LKS in the scope."""
    row = connection.execute(select(lks.c.kode_lks, lks.c.nama).where(lks.c.id == lks_id, in_scope(scope))).first()
    return (row[0], row[1]) if row else None


def child(connection: Connection, scope: Scope, table: str, lks_id: int, row_id: int) -> Row | None:
    """One child row of an LKS by the audit's name of its table; None when the LKS does not lie in the scope."""
    of = CHILDREN[table]
    row = connection.execute(_of(of, scope, lks_id).where(of.c.id == row_id)).mappings().first()
    return dict(row) if row else None


def moved(connection: Connection, scope: Scope, lks_id: int, others: Sequence[str]) -> dict[str, list[Row]]:
    """The children of an LKS that a merge may move, by table name; of the officers those of the named posts."""
    found = {name: _rows(connection, _of(CHILDREN[name], scope, lks_id)) for name in CHILDREN}
    # the undated totals are fields of the flat record
    found["lks_binaan"] = [r for r in found["lks_binaan"] if r["periode"] or r["kelompok"] != "semua"]
    extra = _of(lks_pengurus, scope, lks_id).where(lks_pengurus.c.jabatan.in_(list(others)))
    return found | {"lks_pengurus": _rows(connection, extra)}
