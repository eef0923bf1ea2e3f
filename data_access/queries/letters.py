"""Reads of recommendation letters: a letter is seen by whoever may see the LKS that it is about."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from data_access.queries.records import in_scope
from data_access.queries.register import Selection, conditions
from data_access.tables import lks
from data_access.tables_lkks import lkks, surat_rekomendasi
from domain.permissions import Scope

Row = dict[str, Any]
_s = surat_rekomendasi


def _told() -> Select[Any]:
    about = (lks.c.kode_lks, lks.c.nama.label("lks_nama"), lks.c.kabkota_kode, lks.c.diarsipkan_pada)
    query = select(_s, *about, lkks.c.wilayah.label("lkks_wilayah"), lkks.c.nama.label("lkks_nama"))
    return query.join(lks, lks.c.id == _s.c.lks_id).join(lkks, lkks.c.id == _s.c.lkks_id)


def listed(connection: Connection, scope: Scope) -> list[Row]:
    """The letters about LKS of the scope, those that wait first, then the newest, each with its LKS and its LKKS."""
    waiting = (_s.c.status != "diajukan", func.coalesce(_s.c.tanggal, _s.c.diajukan_pada).desc(), _s.c.id.desc())
    return [dict(row) for row in connection.execute(_told().where(in_scope(scope)).order_by(*waiting)).mappings()]


def one(connection: Connection, scope: Scope, letter_id: int) -> Row | None:
    """One letter with its LKS and its LKKS; None when the LKS does not lie in the scope."""
    row = connection.execute(_told().where(_s.c.id == letter_id, in_scope(scope))).mappings().first()
    return dict(row) if row else None


def number_taken(connection: Connection, lkks_id: int, nomor: str, besides: int) -> bool:
    """True when another letter of an LKKS bears the number."""
    same = (_s.c.lkks_id == lkks_id, _s.c.nomor == nomor, _s.c.id != besides)
    return connection.execute(select(_s.c.id).where(*same)).first() is not None


def waiting(connection: Connection, lkks_id: int, lks_id: int) -> bool:
    """True when an LKS has a letter of this LKKS that is neither issued nor refused yet."""
    same = (_s.c.lkks_id == lkks_id, _s.c.lks_id == lks_id, _s.c.status == "diajukan")
    return connection.execute(select(_s.c.id).where(*same)).first() is not None


def _stands(on: date) -> tuple[ColumnElement[bool], ...]:
    """Issued by that day, not withdrawn, not run out."""
    return (
        _s.c.status == "diterbitkan",
        _s.c.tanggal <= on,
        or_(_s.c.berlaku_sampai.is_(None), _s.c.berlaku_sampai >= on),
    )


def standing(connection: Connection, scope: Scope, lks_id: int, on: date) -> Row | None:
    """The newest letter of an LKS, or of one that was merged into it, that stands on a date; None without one."""
    own = or_(lks.c.id == lks_id, lks.c.digabung_ke == lks_id)
    query = _told().where(own, in_scope(scope), *_stands(on)).order_by(_s.c.tanggal.desc(), _s.c.id.desc())
    row = connection.execute(query).mappings().first()
    return dict(row) if row else None


def holders(connection: Connection, selection: Selection) -> set[int]:
    """The LKS of the selection that have a letter standing on its date, their own or of one merged into them."""
    mine = select(lks.c.id).where(*conditions(selection))
    kept = func.coalesce(lks.c.digabung_ke, lks.c.id)
    query = select(kept).join(_s, _s.c.lks_id == lks.c.id).where(kept.in_(mine), *_stands(selection.on))
    return set(connection.execute(query).scalars())
