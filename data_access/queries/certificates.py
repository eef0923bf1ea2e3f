"""Reads of certificates: those of an event in a scope, the last number of a region and year, the one behind a code."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from data_access.queries.events import in_scope
from data_access.tables_bimtek import kegiatan, peserta
from data_access.tables_dokumen import sertifikat
from domain.permissions import Scope

Row = dict[str, Any]
_SHOWN = (
    *(
        "id",
        "kegiatan_id",
        "peserta_id",
        "nomor",
        "nomor_urut",
        "tahun",
        "wilayah",
        "nama",
        "instansi",
        "judul",
        "mulai",
    ),
    *("selesai", "tempat", "jp", "materi", "tanggal", "tampil_nama", "contoh", "terbit_pada", "dicabut_pada"),
    *("alasan_cabut", "versi"),
)
_PUBLIC = (
    *("nomor", "nama", "judul", "mulai", "selesai", "tempat", "jp", "tanggal", "tampil_nama", "contoh", "wilayah"),
    "dicabut_pada",
)


def of_event(connection: Connection, scope: Scope, event_id: int) -> list[Row]:
    """The certificates of an event by number, withdrawn ones too, without their codes."""
    s = sertifikat.c
    query = select(*[s[name] for name in _SHOWN]).join(kegiatan, kegiatan.c.id == s.kegiatan_id)
    query = query.where(s.kegiatan_id == event_id, in_scope(scope)).order_by(s.tahun, s.nomor_urut)
    return [dict(row) for row in connection.execute(query).mappings()]


def one(connection: Connection, scope: Scope, certificate_id: int) -> Row | None:
    """One certificate without its code; None when there is none in the scope."""
    s = sertifikat.c
    query = select(*[s[name] for name in _SHOWN]).join(kegiatan, kegiatan.c.id == s.kegiatan_id)
    found = connection.execute(query.where(s.id == certificate_id, in_scope(scope))).mappings().first()
    return dict(found) if found else None


def sealed_codes(connection: Connection, scope: Scope, event_id: int) -> dict[int, str]:
    """The encrypted code of every certificate of an event, by its id."""
    s = sertifikat.c
    query = select(s.id, s.kode_sandi).join(kegiatan, kegiatan.c.id == s.kegiatan_id)
    found = connection.execute(query.where(s.kegiatan_id == event_id, in_scope(scope)))
    return {row.id: row.kode_sandi for row in found}


def last_number(connection: Connection, wilayah: str, year: int, sample: bool) -> int | None:
    """The highest running number of a region and year, withdrawn ones too; invented ones are counted apart."""
    s = sertifikat.c
    where = (s.wilayah == wilayah, s.tahun == year, s.contoh == sample)
    return connection.execute(select(func.max(s.nomor_urut)).where(*where)).scalar()


def marks_in_use(connection: Connection, marks: Sequence[str]) -> set[str]:
    """Those of some keyed hashes that a certificate has already."""
    query = select(sertifikat.c.sidik_kode).where(sertifikat.c.sidik_kode.in_(marks))
    return set(connection.execute(query).scalars())


def by_mark(connection: Connection, mark: str) -> Row | None:
    """What a check may tell of the certificate with this keyed hash, whatever its region, with the event's organiser."""
    s = sertifikat.c
    query = select(*[s[name] for name in _PUBLIC], kegiatan.c.penyelenggara, kegiatan.c.zona)
    query = query.join(kegiatan, kegiatan.c.id == s.kegiatan_id).where(s.sidik_kode == mark)
    found = connection.execute(query).mappings().first()
    return dict(found) if found else None


def merged(connection: Connection, event_id: int) -> dict[int, int]:
    """Of an event's people who are listed twice: the row that was merged, and the row it went into."""
    p = peserta.c
    query = select(p.id, p.digabung_ke).where(p.kegiatan_id == event_id, p.digabung_ke.is_not(None))
    return {row.id: row.digabung_ke for row in connection.execute(query)}
