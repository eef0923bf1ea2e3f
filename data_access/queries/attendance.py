"""Who is here: events by region or by link, their sessions, the people on the roster and the marks of attendance."""

from typing import Any

from sqlalchemy import Connection, select

from data_access.queries.events import in_scope
from data_access.tables_bimtek import kegiatan, kegiatan_sesi, kehadiran, narasumber, peserta, sesi_narasumber
from domain.permissions import Scope

Row = dict[str, Any]
_EVENT = (
    *("id", "nomor", "judul", "maksud", "penyelenggara", "wilayah", "tempat", "zona", "mulai", "selesai"),
    *("tautan", "status", "aturan_pre", "aturan_post", "contoh", "versi"),
)
_SESSION = ("id", "kegiatan_id", "tanggal", "mulai", "selesai", "materi", "jp", "urutan", "dihitung")
_PERSON = ("id", "nama", "kelamin", "jabatan", "jenis", "instansi", "lks_id", "telepon", "di_tempat")


def event_by_link(connection: Connection, link: str) -> Row | None:
    """The event of a short address, whatever its region: the address itself is what lets a participant in."""
    query = select(*[kegiatan.c[name] for name in _EVENT]).where(kegiatan.c.tautan == link)
    found = connection.execute(query).mappings().first()
    return dict(found) if found else None


def sessions(connection: Connection, event_id: int) -> list[Row]:
    """The sessions of an event in their order."""
    s = kegiatan_sesi.c
    query = select(*[s[name] for name in _SESSION]).where(s.kegiatan_id == event_id)
    return [dict(row) for row in connection.execute(query.order_by(s.tanggal, s.urutan, s.id)).mappings()]


def session(connection: Connection, scope: Scope, session_id: int) -> Row | None:
    """One session with its event's id, wilayah, status, zona and contoh; None when it is another region's."""
    s, k = kegiatan_sesi.c, kegiatan.c
    named = (k.wilayah, k.status, k.zona, k.contoh)
    query = select(*[s[name] for name in _SESSION], *named).join(kegiatan, k.id == s.kegiatan_id)
    found = connection.execute(query.where(s.id == session_id, in_scope(scope))).mappings().first()
    return dict(found) if found else None


def speakers(connection: Connection, event_id: int) -> dict[int, list[str]]:
    """The names of those who speak in each session, by session id."""
    query = (
        select(sesi_narasumber.c.sesi_id, narasumber.c.nama)
        .join(narasumber, narasumber.c.id == sesi_narasumber.c.narasumber_id)
        .where(narasumber.c.kegiatan_id == event_id)
        .order_by(narasumber.c.nama)
    )
    found: dict[int, list[str]] = {}
    for session_id, name in connection.execute(query):
        found.setdefault(session_id, []).append(name)
    return found


def person(connection: Connection, event_id: int, participant_id: int) -> Row | None:
    """One participant of an event with kode_sandi, struck or not; None when not of this event."""
    p = peserta.c
    query = select(*[p[name] for name in _PERSON], p.aktif, p.digabung_ke, p.kode_sandi)
    found = connection.execute(query.where(p.id == participant_id, p.kegiatan_id == event_id)).mappings().first()
    return dict(found) if found else None


def by_code(connection: Connection, event_id: int, fingerprint: str) -> Row | None:
    """The participant of an event whose code has this fingerprint, struck or not (aktif tells)."""
    p = peserta.c
    query = select(*[p[name] for name in _PERSON], p.aktif, p.digabung_ke)
    found = connection.execute(query.where(p.kode_sidik == fingerprint, p.kegiatan_id == event_id)).mappings().first()
    return dict(found) if found else None


def marks(connection: Connection, event_id: int) -> list[Row]:
    """Every mark of attendance of an event: sesi_id, peserta_id, cara, pada, oleh."""
    h = kehadiran.c
    query = (
        select(h.sesi_id, h.peserta_id, h.cara, h.pada, h.oleh)
        .join(kegiatan_sesi, kegiatan_sesi.c.id == h.sesi_id)
        .where(kegiatan_sesi.c.kegiatan_id == event_id)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def mark(connection: Connection, session_id: int, participant_id: int) -> Row | None:
    """The mark of one person in one session; None when there is none."""
    h = kehadiran.c
    query = select(h.cara, h.pada, h.oleh).where(h.sesi_id == session_id, h.peserta_id == participant_id)
    found = connection.execute(query).mappings().first()
    return dict(found) if found else None
