"""Reads of the indicators: definitions by version, values, targets, imports, and the last change of each."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from data_access.queries.records import chunks, in_scope
from data_access.queries.register import Selection, conditions
from data_access.tables import audit, lks, lks_berkas, lks_binaan, persyaratan_berkas
from data_access.tables_bimtek import kegiatan, peserta
from data_access.tables_indikator import indikator_impor, indikator_nilai, indikator_target, indikator_versi
from domain.indikator import VALUE, VALUE_OF_PERSONS, Definition
from domain.permissions import Scope

Row = dict[str, Any]
_TUPLES = ("dari", "tingkat", "seri")


def _definition(row: Any) -> Definition:
    values = {name: value for name, value in row.items() if name != "id"}
    return Definition(**values | {name: tuple(values[name]) for name in _TUPLES})


def definitions(connection: Connection, on: date | None) -> list[Definition]:
    """The definitions in force on a date, in their order; without a date every version, the oldest of each first."""
    v = indikator_versi
    query = select(v).order_by(v.c.urutan, v.c.kode, v.c.nomor)
    if on is not None:
        query = query.where(
            or_(v.c.berlaku_mulai.is_(None), v.c.berlaku_mulai <= on),
            or_(v.c.berlaku_sampai.is_(None), v.c.berlaku_sampai > on),
        )
    return [_definition(row) for row in connection.execute(query).mappings()]


def values(connection: Connection, regions: Collection[str], codes: Collection[str] | None = None) -> list[Row]:
    """The stored values of regions ("" = Indonesia) and indicators (None: all), by indicator, region and period.

    The caller answers for the regions: which of them the person may see depends on the indicator.
    """
    n = indikator_nilai
    query = select(n).where(n.c.wilayah.in_(sorted(regions)))
    if codes is not None:
        query = query.where(n.c.kode.in_(sorted(codes)))
    query = query.order_by(n.c.kode, n.c.wilayah, n.c.periode, n.c.seri)
    return [dict(row) for row in connection.execute(query).mappings()]


def value(connection: Connection, kode: str, wilayah: str, periode: str, seri: str) -> Row | None:
    """One stored value; None when nothing was stated."""
    n = indikator_nilai
    query = select(n).where(n.c.kode == kode, n.c.wilayah == wilayah, n.c.periode == periode, n.c.seri == seri)
    row = connection.execute(query).mappings().first()
    return dict(row) if row else None


def siblings(connection: Connection, kode: str, regions: Collection[str], periode: str, seri: str) -> list[Row]:
    """What several regions state for one period and series, by region."""
    n = indikator_nilai
    where = (n.c.kode == kode, n.c.periode == periode, n.c.seri == seri, n.c.wilayah.in_(sorted(regions)))
    return [dict(row) for row in connection.execute(select(n).where(*where).order_by(n.c.wilayah)).mappings()]


def targets(connection: Connection, regions: Collection[str]) -> list[Row]:
    """The targets of regions, the latest year first."""
    t = indikator_target
    query = select(t).where(t.c.wilayah.in_(sorted(regions))).order_by(t.c.kode, t.c.wilayah, t.c.tahun.desc())
    return [dict(row) for row in connection.execute(query).mappings()]


def batches(connection: Connection, scope: Scope) -> list[Row]:
    """The imports made for regions of the scope, newest first; a national scope sees all."""
    b = indikator_impor
    query = select(b).order_by(b.c.id.desc())
    found = [dict(row) for row in connection.execute(query).mappings()]
    return [row for row in found if scope.covers(row["wilayah"] or None)]


def last_change(connection: Connection, ids: Iterable[int]) -> Row | None:
    """The newest audit row about some stated values: pada, pelaku, aksi; None when there is none."""
    query = select(audit.c.pada, audit.c.pelaku, audit.c.aksi).where(
        audit.c.objek.in_((VALUE, VALUE_OF_PERSONS)), audit.c.objek_id.in_([str(one) for one in ids])
    )
    row = connection.execute(query.order_by(audit.c.pada.desc(), audit.c.id.desc()).limit(1)).mappings().first()
    return dict(row) if row else None


def last_change_in(connection: Connection, objek: str, scope: Scope) -> Row | None:
    """The newest audit row about any thing of a kind in a region: pada, pelaku, aksi; None when there is none."""
    where: list[ColumnElement[bool]] = [audit.c.objek == objek]
    if scope.root is not None:
        below = audit.c.wilayah.startswith(scope.root + ".", autoescape=True)
        where.append(or_(audit.c.wilayah == scope.root, below))
    query = select(audit.c.pada, audit.c.pelaku, audit.c.aksi).where(*where)
    row = connection.execute(query.order_by(audit.c.pada.desc(), audit.c.id.desc()).limit(1)).mappings().first()
    return dict(row) if row else None


def touched(connection: Connection, scope: Scope) -> Any:
    """When a kept LKS of the scope was last changed; None without any."""
    query = select(func.max(lks.c.diubah_pada)).where(in_scope(scope), lks.c.diarsipkan_pada.is_(None))
    found = connection.execute(query).scalar()
    return found


def touched_since(connection: Connection, scope: Scope, moment: datetime) -> bool:
    """True when a kept LKS of the scope was changed at or after a moment; a lively register answers at its first row."""
    where = (in_scope(scope), lks.c.diarsipkan_pada.is_(None), lks.c.diubah_pada >= moment)
    return connection.execute(select(lks.c.id).where(*where).limit(1)).first() is not None


def required_documents(connection: Connection, on: date) -> dict[str, set[str]]:
    """The codes of the required documents by region that has a list of its own ("" = everywhere else) on a date."""
    p = persyaratan_berkas
    query = select(p.c.wilayah, p.c.kode, p.c.wajib).where(
        or_(p.c.berlaku_mulai.is_(None), p.c.berlaku_mulai <= on),
        or_(p.c.berlaku_sampai.is_(None), p.c.berlaku_sampai > on),
    )
    found: dict[str, set[str]] = {}
    for wilayah, kode, required in connection.execute(query):
        found.setdefault(wilayah, set()).update({kode} if required else set())
    return found


def places(connection: Connection, selection: Selection) -> list[tuple[int, str]]:
    """(id, the deepest region code) of each LKS of the selection."""
    code = func.coalesce(lks.c.kecamatan_kode, lks.c.kabkota_kode)
    return [tuple(row) for row in connection.execute(select(lks.c.id, code).where(*conditions(selection)))]


def settings(connection: Connection, selection: Selection) -> dict[int, str | None]:
    """Where each LKS of the selection serves: dalam, luar, keduanya, None for not filled in."""
    return {row[0]: row[1] for row in connection.execute(select(lks.c.id, lks.c.setting).where(*conditions(selection)))}


def held_documents(connection: Connection, selection: Selection) -> list[tuple[int, str]]:
    """(LKS, document) of the documents that are there and have not ended, for the selection."""
    b = lks_berkas
    mine = select(lks.c.id).where(*conditions(selection))
    valid = and_(b.c.ada.is_(True), or_(b.c.berlaku_sampai.is_(None), b.c.berlaku_sampai >= selection.on))
    query = select(b.c.lks_id, b.c.syarat).where(valid, b.c.lks_id.in_(mine))
    return [tuple(row) for row in connection.execute(query)]


def trained(connection: Connection, selection: Selection) -> dict[int, date]:
    """The begin of the latest training that somebody of each LKS of the selection was listed for; the others are left out."""
    mine = select(lks.c.id).where(*conditions(selection))
    query = (
        select(peserta.c.lks_id, func.max(kegiatan.c.mulai))
        .join(kegiatan, kegiatan.c.id == peserta.c.kegiatan_id)
        .where(
            peserta.c.aktif.is_(True),
            peserta.c.lks_id.in_(mine),
            kegiatan.c.maksud == "bimtek",
            kegiatan.c.mulai <= selection.on,
        )
        .group_by(peserta.c.lks_id)
    )
    return {lks_id: begins for lks_id, begins in connection.execute(query)}


def axes_of(connection: Connection, scope: Scope, ids: Sequence[int]) -> dict[int, Row]:
    """What measures are taken from, by LKS: the axes, their ends, the field check and the number of filled core fields."""
    names = ("hukum", "aktif", "tumbuh", "daftar", "daftar_sampai", "akreditasi", "akreditasi_sampai")
    columns = [lks.c[name] for name in ("id", *names, "diverifikasi_pada", "terisi")]
    found: dict[int, Row] = {}
    for piece in chunks(list(ids)):
        query = select(*columns).where(lks.c.id.in_(piece), in_scope(scope))
        found |= {row["id"]: dict(row) for row in connection.execute(query).mappings()}
    return found


def clients_by_lks(connection: Connection, selection: Selection, setting: str) -> dict[int, int]:
    """Clients of each LKS of the selection that reports any for a setting.

    The undated total counts; where there is none, the latest period (its total, or the sum of its groups).
    """
    b = lks_binaan
    mine = select(lks.c.id).where(*conditions(selection))
    query = select(b.c.lks_id, b.c.kelompok, b.c.periode, b.c.jumlah).where(
        b.c.setting == setting, b.c.lks_id.in_(mine)
    )
    reported: dict[int, dict[str, dict[str, int]]] = {}
    for lks_id, kelompok, periode, jumlah in connection.execute(query):
        reported.setdefault(lks_id, {}).setdefault(periode, {})[kelompok] = jumlah
    found = {}
    for lks_id, periods in reported.items():
        latest = periods[""] if "" in periods else periods[max(periods)]
        found[lks_id] = latest.get("semua", sum(latest.values()))
    return found
