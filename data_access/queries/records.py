"""Whole LKS records, flat: every field of domain.lks.FIELDS under its own name, for editing, import, export and undo."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, select

from data_access.tables import aturan_akreditasi, lks, lks_binaan, lks_pengurus, lks_pilihan
from domain.lks import MULTI, OFFICER_FIELDS
from domain.permissions import Scope
from domain.wilayah import level

Record = dict[str, Any]
_CHUNK = 900  # below SQLite's limit of bound values
_OFFICER = {(jabatan, column): field for field, (jabatan, column) in OFFICER_FIELDS.items()}


def in_scope(scope: Scope) -> ColumnElement[bool]:
    """The condition that a row of lks lies in the scope; every query of the register has it."""
    columns = {"provinsi": lks.c.provinsi_kode, "kabkota": lks.c.kabkota_kode, "kecamatan": lks.c.kecamatan_kode}
    return and_(True) if scope.root is None else columns[level(scope.root)] == scope.root


def chunks(ids: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """`ids` in pieces small enough to be bound in one statement."""
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]


def _collect(connection: Connection, query: Select[Any], into: dict[int, Record]) -> None:
    result = connection.execute(query)
    names = list(result.keys())
    for row in result:
        record = dict(zip(names, row, strict=True))  # a third of what dict(row._mapping) costs
        record["kode_wilayah"] = record["kecamatan_kode"] or record["kabkota_kode"]
        record.update({name: [] for name in MULTI})
        into[record["id"]] = record


def _attach(connection: Connection, found: dict[int, Record], ids: Sequence[int]) -> None:
    choices = select(lks_pilihan.c.lks_id, lks_pilihan.c.bidang, lks_pilihan.c.kode).where(
        lks_pilihan.c.lks_id.in_(ids)
    )
    for lks_id, bidang, kode in connection.execute(choices.order_by(lks_pilihan.c.kode)):
        found[lks_id][bidang].append(kode)
    own = [lks_pengurus.c[name] for name in ("nama", "telepon", "alamat")]
    nik = [lks_pengurus.c[name] for name in ("nik_sidik", "nik_akhir", "nik_sandi")]
    officers = select(lks_pengurus.c.lks_id, lks_pengurus.c.jabatan, *own, *nik).where(lks_pengurus.c.lks_id.in_(ids))
    for lks_id, jabatan, nama, telepon, alamat, sidik, akhir, sandi in connection.execute(officers):
        record = found[lks_id]
        for column, value in (("nama", nama), ("telepon", telepon), ("alamat", alamat)):
            field = _OFFICER.get((jabatan, column))
            if field and value is not None:
                record[field] = value
        if jabatan == "ketua" and sidik:
            record |= {"ketua_nik_sidik": sidik, "ketua_nik_akhir": akhir, "ketua_nik_sandi": sandi}
    # One undated total per setting is what a flat record shows; groups and periods are on the profile.
    clients = select(lks_binaan.c.lks_id, lks_binaan.c.setting, lks_binaan.c.jumlah).where(
        lks_binaan.c.lks_id.in_(ids), lks_binaan.c.kelompok == "semua", lks_binaan.c.periode == ""
    )
    for lks_id, setting, jumlah in connection.execute(clients):
        found[lks_id]["binaan_" + setting] = jumlah


def by_ids(connection: Connection, scope: Scope, ids: Sequence[int]) -> dict[int, Record]:
    """The flat records of those ids that lie in the scope, archived ones included; the others are simply absent."""
    found: dict[int, Record] = {}
    for piece in chunks(list(ids)):
        part: dict[int, Record] = {}
        _collect(connection, select(lks).where(lks.c.id.in_(piece), in_scope(scope)), part)
        if part:
            _attach(connection, part, list(part))
        found.update(part)
    return found


def by_kabkota(connection: Connection, scope: Scope, kabkota: Iterable[str]) -> dict[int, Record]:
    """The flat records of the kept (not archived) LKS of some kab/kota within the scope."""
    found: dict[int, Record] = {}
    for piece in chunks(sorted(set(kabkota))):
        where = (lks.c.kabkota_kode.in_(piece), lks.c.diarsipkan_pada.is_(None), in_scope(scope))
        _collect(connection, select(lks).where(*where), found)
    for ids in chunks(list(found)):
        _attach(connection, found, list(ids))
    return found


def id_of(connection: Connection, scope: Scope, kode_lks: str) -> int | None:
    """The id of an LKS by its readable code; None when there is none in the scope."""
    return connection.execute(select(lks.c.id).where(lks.c.kode_lks == kode_lks, in_scope(scope))).scalar()


def ids_of(connection: Connection, codes: Sequence[str]) -> list[int]:
    """The ids of LKS just stored, in the order of their readable codes; for writers, who have checked the scope."""
    found: dict[str, int] = {}
    for piece in chunks(codes):
        query = select(lks.c.kode_lks, lks.c.id).where(lks.c.kode_lks.in_(piece))
        found |= {kode_lks: lks_id for kode_lks, lks_id in connection.execute(query)}
    return [found[code] for code in codes]


def last_numbers(connection: Connection, kabkota: Iterable[str]) -> dict[str, int]:
    """The highest running number among the codes given out in each kab/kota, also to rows since archived or moved."""
    wanted = set(kabkota)
    highest: dict[str, int] = dict.fromkeys(wanted, 0)
    for kode_lks in connection.execute(select(lks.c.kode_lks)).scalars():
        _, kabkota_kode, number = kode_lks.split("-")
        if kabkota_kode in wanted:
            highest[kabkota_kode] = max(highest[kabkota_kode], int(number))
    return highest


def accreditation_rules(connection: Connection) -> list[dict[str, Any]]:
    """The grade -> validity rows of every rule version."""
    return [dict(row) for row in connection.execute(select(aturan_akreditasi)).mappings()]
