"""What a running event is at: its forms, who has answered, what waits, and the answers themselves; one event at a time."""

from typing import Any

from sqlalchemy import Connection, and_, exists, func, select

from data_access.queries.find import identity
from data_access.tables import revisi_data
from data_access.tables_bimtek import (
    formulir,
    instrumen_versi,
    kiriman,
    kiriman_konflik,
    pengisian,
    peserta,
)

Row = dict[str, Any]
_SUBJECTS = ("jawaban", "kegiatan", "register")  # answers first, see without_answers(); register: names of LKS


def stamp(connection: Connection) -> str:
    """Which store this is and how far its events, answers and LKS are: the key of everything kept about an event."""
    query = select(revisi_data.c.subjek, revisi_data.c.nomor).where(revisi_data.c.subjek.in_(_SUBJECTS))
    numbers = {row.subjek: row.nomor for row in connection.execute(query)}
    return " ".join([identity(connection), *[str(numbers.get(subject, 0)) for subject in _SUBJECTS]])


def without_answers(stamped: str) -> str:
    """The part of a stamp that an answer or a mark of attendance leaves as it is."""
    parts = stamped.rsplit(" ", len(_SUBJECTS))
    return " ".join([parts[0], *parts[2:]])


def forms(connection: Connection, event_id: int) -> list[Row]:
    """The forms of an event in their order, without their definitions; whoever asks has looked the event up before."""
    query = select(formulir).where(formulir.c.kegiatan_id == event_id)
    return [dict(row) for row in connection.execute(query.order_by(formulir.c.urutan, formulir.c.id)).mappings()]


def definition(connection: Connection, version_id: int) -> dict[str, Any] | None:
    """The stored definition of an instrument's version, key included: it never leaves the server as it is."""
    query = select(instrumen_versi.c.definisi).where(instrumen_versi.c.id == version_id)
    return connection.execute(query).scalar_one_or_none()


def counted(connection: Connection, event_id: int) -> dict[int, dict[str, int]]:
    """How many submissions of each form are in each state (keadaan), by form id."""
    k = kiriman.c
    query = (
        select(k.formulir_id, k.keadaan, func.count())
        .join(formulir, formulir.c.id == k.formulir_id)
        .where(formulir.c.kegiatan_id == event_id)
        .group_by(k.formulir_id, k.keadaan)
    )
    found: dict[int, dict[str, int]] = {}
    for form_id, state, number in connection.execute(query):
        found.setdefault(form_id, {})[state] = number
    return found


def answered(connection: Connection, event_id: int) -> dict[int, set[int]]:
    """Who has answered each form, by form id: a counted or waiting submission, or the mark of an anonymous one."""
    k, n = kiriman.c, pengisian.c
    named = (
        select(k.formulir_id, k.peserta_id)
        .join(formulir, formulir.c.id == k.formulir_id)
        .where(
            formulir.c.kegiatan_id == event_id,
            k.peserta_id.is_not(None),
            k.keadaan.in_(("terhitung", "menunggu")),
        )
    )
    unnamed = (
        select(n.formulir_id, n.peserta_id)
        .join(formulir, formulir.c.id == n.formulir_id)
        .where(formulir.c.kegiatan_id == event_id)
    )
    found: dict[int, set[int]] = {}
    for query in (named, unnamed):
        for form_id, participant_id in connection.execute(query):
            found.setdefault(form_id, set()).add(participant_id)
    return found


def outside(connection: Connection, event_id: int) -> dict[int, int]:
    """Counted submissions of people who were struck from the roster since, by form id."""
    k = kiriman.c
    query = (
        select(k.formulir_id, func.count())
        .join(peserta, and_(peserta.c.id == k.peserta_id, peserta.c.aktif.is_(False)))
        .where(peserta.c.kegiatan_id == event_id, k.keadaan == "terhitung")
        .group_by(k.formulir_id)
    )
    return {form_id: number for form_id, number in connection.execute(query)}


def conflicts(connection: Connection, event_id: int) -> list[Row]:
    """Submissions kept aside because their key was used for other content: formulir_id, peserta_id, kunci, time."""
    k = kiriman_konflik.c
    query = (
        select(k.id, k.formulir_id, k.peserta_id, peserta.c.nama, k.diterima_pada)
        .join(formulir, formulir.c.id == k.formulir_id)
        .join(peserta, peserta.c.id == k.peserta_id, isouter=True)
        .where(formulir.c.kegiatan_id == event_id)
        .order_by(k.diterima_pada, k.id)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def answers(connection: Connection, form_id: int) -> list[dict[str, Any]]:
    """The counted answers to one form, item id to value, in the order in which they came."""
    k = kiriman.c
    query = select(k.jawaban).where(k.formulir_id == form_id, k.keadaan == "terhitung").order_by(k.id)
    return list(connection.execute(query).scalars())


def waiting(connection: Connection, event_id: int) -> list[Row]:
    """Late submissions that wait for the trainer, oldest first, with the form's title, closing and the person."""
    k, f = kiriman.c, formulir.c
    other = kiriman.alias("lain")
    has_counted = exists().where(
        other.c.formulir_id == k.formulir_id, other.c.peserta_id == k.peserta_id, other.c.keadaan == "terhitung"
    )
    query = (
        select(
            *(k.id, k.formulir_id, k.peserta_id, k.mulai_pada, k.diterima_pada, k.cara, k.lengkap),
            *(f.fase, f.judul, f.tutup_pada, peserta.c.nama, peserta.c.instansi),
            has_counted.label("sudah_ada"),
        )
        .join(formulir, f.id == k.formulir_id)
        .join(peserta, peserta.c.id == k.peserta_id, isouter=True)
        .where(f.kegiatan_id == event_id, k.keadaan == "menunggu")
        .order_by(k.diterima_pada, k.id)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def submission(connection: Connection, event_id: int, submission_id: int) -> Row | None:
    """One submission of an event without its answers, with the form's phase; None when it is another event's."""
    k, f = kiriman.c, formulir.c
    names = ("id", "formulir_id", "peserta_id", "keadaan", "terlambat", "diterima_pada", "cara")
    query = select(*[k[name] for name in names], f.fase, f.judul).join(formulir, f.id == k.formulir_id)
    found = connection.execute(query.where(k.id == submission_id, f.kegiatan_id == event_id)).mappings().first()
    return dict(found) if found else None


def of_person(connection: Connection, form_id: int, participant_id: int) -> list[Row]:
    """One person's submissions to one form, oldest first, without their answers."""
    k = kiriman.c
    names = ("id", "kunci", "keadaan", "terlambat", "diterima_pada", "cara")
    query = select(*[k[name] for name in names]).where(k.formulir_id == form_id, k.peserta_id == participant_id)
    return [dict(row) for row in connection.execute(query.order_by(k.diterima_pada, k.id)).mappings()]


def known_keys(connection: Connection, keys: list[str]) -> set[str]:
    """Those of the client keys that are stored already."""
    found: set[str] = set()
    for start in range(0, len(keys), 500):
        query = select(kiriman.c.kunci).where(kiriman.c.kunci.in_(keys[start : start + 500]))
        found.update(connection.execute(query).scalars())
    return found
