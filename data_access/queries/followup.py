"""Reads about what follows an event: plans, who has not answered an open form yet."""

from typing import Any

from sqlalchemy import Connection, and_, or_, select

from data_access.queries.events import in_scope
from data_access.tables_bimtek import formulir, kegiatan, kiriman, pengisian, peserta, rtl
from domain.permissions import Scope

Row = dict[str, Any]


def plans(connection: Connection, scope: Scope, event_id: int) -> list[Row]:
    """The plans of an event with their participant, by name."""
    query = (
        select(rtl, peserta.c.nama, peserta.c.instansi)
        .join(peserta, peserta.c.id == rtl.c.peserta_id)
        .join(kegiatan, kegiatan.c.id == rtl.c.kegiatan_id)
        .where(rtl.c.kegiatan_id == event_id, in_scope(scope))
        .order_by(peserta.c.nama_kunci, rtl.c.id)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def plan(connection: Connection, scope: Scope, plan_id: int) -> Row | None:
    """One plan with the region and state of its event; None when it is unknown or lies outside the scope."""
    query = (
        select(rtl, kegiatan.c.wilayah, kegiatan.c.contoh)
        .join(kegiatan, kegiatan.c.id == rtl.c.kegiatan_id)
        .where(rtl.c.id == plan_id, in_scope(scope))
    )
    row = connection.execute(query).mappings().first()
    return None if row is None else dict(row)


def owing(connection: Connection, scope: Scope, event_id: int, form_id: int) -> list[Row]:
    """Participants on the roster who have neither a counted nor a waiting answer to a form: with phone and sealed code."""
    answered = select(kiriman.c.peserta_id).where(
        kiriman.c.formulir_id == form_id,
        kiriman.c.keadaan.in_(("terhitung", "menunggu")),
        kiriman.c.peserta_id.is_not(None),
    )
    signed = select(pengisian.c.peserta_id).where(pengisian.c.formulir_id == form_id)
    query = (
        select(*[peserta.c[n] for n in ("id", "nama", "telepon", "kode_sandi")])
        .join(kegiatan, kegiatan.c.id == peserta.c.kegiatan_id)
        .join(formulir, and_(formulir.c.id == form_id, formulir.c.kegiatan_id == kegiatan.c.id))
        .where(
            peserta.c.kegiatan_id == event_id,
            peserta.c.aktif,
            peserta.c.digabung_ke.is_(None),
            ~or_(peserta.c.id.in_(answered), peserta.c.id.in_(signed)),
            in_scope(scope),
        )
        .order_by(peserta.c.nama_kunci, peserta.c.id)
    )
    return [dict(row) for row in connection.execute(query).mappings()]
