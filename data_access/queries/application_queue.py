"""Reads of online applications for those who review them; each is narrowed to a scope."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select

from data_access.queries.records import chunks, in_scope
from data_access.tables import lks
from data_access.tables_pengajuan import pengajuan, pengajuan_berkas, pengajuan_isian, pengajuan_langkah
from domain.pengajuan import FIELDS, OPEN
from domain.permissions import Scope

Row = dict[str, Any]
# What a reviewer reads of an application: the ticket and the keys of the phone are nobody's business here.
_COLUMNS = (
    *("id", "jenis", "kode_wilayah", "lks_id", "permohonan_id", "nama", "pengaju", "pengaju_jabatan"),
    *("pengaju_telepon", "persetujuan", "status", "diterima_pada", "lengkap_pada", "tenggat", "selesai_pada"),
    *("catatan", "diminta", "contoh", "versi"),
)
_FILE = ("id", "kunci", "syarat", "nama", "mime", "ukuran", "selesai", "keadaan", "alasan", "dibuat_pada")


def _within(scope: Scope) -> ColumnElement[bool]:
    """That an application was handed in to the scope, and that the LKS it is about (if any) lies there too."""
    if scope.root is None:
        return and_(True)
    place = pengajuan.c.kode_wilayah
    here = or_(place == scope.root, place.startswith(scope.root + ".", autoescape=True))
    return and_(here, or_(pengajuan.c.lks_id.is_(None), in_scope(scope)))


def _select(scope: Scope, *columns: Any) -> Select[Any]:
    return select(*columns).select_from(pengajuan.outerjoin(lks, lks.c.id == pengajuan.c.lks_id)).where(_within(scope))


def _rows(connection: Connection, query: Select[Any]) -> list[Row]:
    return [dict(row) for row in connection.execute(query).mappings()]


def _own(*names: str) -> list[Any]:
    return [pengajuan.c[name] for name in names] + [lks.c.kode_lks, lks.c.nama.label("lks_nama")]


def open_rows(connection: Connection, scope: Scope) -> list[Row]:
    """The applications that are not closed, in the order of their arrival, with kode_lks and lks_nama of their LKS."""
    query = _select(scope, *_own(*_COLUMNS)).where(pengajuan.c.status.in_(OPEN))
    return _rows(connection, query.order_by(pengajuan.c.diterima_pada, pengajuan.c.id))


def count_waiting(connection: Connection, scope: Scope) -> int:
    """How many applications wait for the office: those that are not with the LKS."""
    waiting = [status for status in OPEN if status != "dikembalikan"]
    query = _select(scope, pengajuan.c.id).where(pengajuan.c.status.in_(waiting))
    return len(connection.execute(query).all())


def one(connection: Connection, scope: Scope, application_id: int) -> Row | None:
    """One application, closed ones too; None when there is none in the scope."""
    row = (
        connection.execute(_select(scope, *_own(*_COLUMNS)).where(pengajuan.c.id == application_id)).mappings().first()
    )
    return dict(row) if row else None


def of_request(connection: Connection, scope: Scope, request_id: int) -> int | None:
    """The id of the application that a registration request came from."""
    query = _select(scope, pengajuan.c.id).where(pengajuan.c.permohonan_id == request_id)
    return connection.execute(query.order_by(pengajuan.c.id)).scalar()


def _by_application(rows: Sequence[Row], ids: Sequence[int]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {application_id: [] for application_id in ids}
    for row in rows:
        found[row.pop("pengajuan")].append(row)
    return found


def fields(connection: Connection, scope: Scope, ids: Sequence[int]) -> dict[int, list[Row]]:
    """The fields of some applications in the order of domain.pengajuan.FIELDS: bidang, nilai, sebelum, keadaan, alasan.

    A field that an LKS may not hand in itself is left out, whatever put it there.
    """
    order = {name: place for place, name in enumerate(FIELDS)}
    columns = [pengajuan_isian.c[name] for name in ("bidang", "nilai", "sebelum", "keadaan", "alasan")]
    rows: list[Row] = []
    for piece in chunks(list(ids)):
        query = _select(scope, pengajuan.c.id.label("pengajuan"), *columns)
        query = query.join(pengajuan_isian, pengajuan_isian.c.pengajuan_id == pengajuan.c.id)
        rows += _rows(connection, query.where(pengajuan.c.id.in_(piece)))
    kept = sorted((row for row in rows if row["bidang"] in order), key=lambda row: order[row["bidang"]])
    return _by_application(kept, ids)


def files(connection: Connection, scope: Scope, ids: Sequence[int]) -> dict[int, list[Row]]:
    """The files of some applications in the order of their arrival, also those that are still on their way."""
    rows: list[Row] = []
    for piece in chunks(list(ids)):
        query = _select(scope, pengajuan.c.id.label("pengajuan"), *[pengajuan_berkas.c[name] for name in _FILE])
        # By the phone's key: a file may be here before its application.
        query = query.join(pengajuan_berkas, pengajuan_berkas.c.pengajuan_kunci == pengajuan.c.kunci)
        rows += _rows(connection, query.where(pengajuan.c.id.in_(piece)).order_by(pengajuan_berkas.c.id))
    return _by_application(rows, ids)


def steps(connection: Connection, scope: Scope, ids: Sequence[int]) -> dict[int, list[Row]]:
    """The states some applications came into, in order: status, pada, oleh, catatan."""
    columns = [pengajuan_langkah.c[name] for name in ("status", "pada", "oleh", "catatan")]
    rows: list[Row] = []
    for piece in chunks(list(ids)):
        query = _select(scope, pengajuan.c.id.label("pengajuan"), *columns)
        query = query.join(pengajuan_langkah, pengajuan_langkah.c.pengajuan_id == pengajuan.c.id)
        rows += _rows(connection, query.where(pengajuan.c.id.in_(piece)).order_by(pengajuan_langkah.c.id))
    return _by_application(rows, ids)
