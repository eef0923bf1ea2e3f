"""What the search index and the coordinate check read: one narrow row per LKS."""

from datetime import date
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, ScalarSelect, func, or_, select

from data_access.tables import keadaan, lks, revisi_data, wilayah

# A fact about the installation that is new for each store and after each restored backup.
IDENTITY = "identitas_simpanan"


class Named(NamedTuple):
    """An LKS by its names and codes."""

    id: int
    kode_lks: str
    nama_kunci: str
    nama_cari: str
    singkatan: str | None
    kabkota_kode: str
    kecamatan_kode: str | None


def _number(subject: str) -> ScalarSelect[int]:
    return select(revisi_data.c.nomor).where(revisi_data.c.subjek == subject).scalar_subquery()


_STAMP = select(
    select(keadaan.c.nilai).where(keadaan.c.kunci == IDENTITY).scalar_subquery(),
    func.coalesce(_number("referensi"), 0),
    func.coalesce(_number("register"), 0),
)


def stamp(connection: Connection) -> str:
    """Which store this is and in which state its lists and its register are, the register's number last.

    The key of everything kept in memory; lists_part() of it holds for what depends on the reference lists alone.
    """
    identity, lists, register = connection.execute(_STAMP).one()
    return f"{connection.engine.url!s} {identity} {lists} {register}"


# A reading has one view of the store, so it is asked once; a connection that writes is asked each time.
_seen: WeakKeyDictionary[Connection, str] = WeakKeyDictionary()


def writes(connection: Connection) -> bool:
    """True within a write: what it sees may yet be taken back, so nothing of it may be kept."""
    return bool(connection.get_execution_options().get("pilar_writing", False))


def stamp_seen(connection: Connection) -> str:
    """stamp() of the state that a reading sees."""
    if writes(connection):
        return stamp(connection)
    found = _seen.get(connection)
    if found is None:
        found = _seen[connection] = stamp(connection)
    return found


def identity(connection: Connection) -> str:
    """Which store this is, whatever its state."""
    return lists_part(lists_part(stamp_seen(connection)))


def lists_part(stamped: str) -> str:
    """The part of a stamp that a write of the register leaves as it is."""
    return stamped.rpartition(" ")[0]


def named(connection: Connection) -> list[Named]:
    """Every LKS, archived ones too, for the index; whoever answers from it applies the scope afterwards."""
    columns = [lks.c[name] for name in Named._fields]
    return [Named(*row) for row in connection.execute(select(*columns).order_by(lks.c.id))]


def region_names(connection: Connection) -> dict[str, str]:
    """The name of every kab/kota by its code; public."""
    query = select(wilayah.c.kode, wilayah.c.nama).where(wilayah.c.jenis.in_(("kabupaten", "kota")))
    return {kode: nama for kode, nama in connection.execute(query)}


def regions_in_force(connection: Connection, root: str | None, on: date) -> list[tuple[str, str, str]]:
    """(kode, jenis, nama) of the provinces and kab/kota in force on a date, `root` and below it, by code; public."""
    w = wilayah
    where = [
        or_(w.c.jenis != "kecamatan", w.c.kode == root),
        or_(w.c.berlaku_mulai.is_(None), w.c.berlaku_mulai <= on),
        or_(w.c.berlaku_sampai.is_(None), w.c.berlaku_sampai > on),
    ]
    if root is not None:
        where.append(or_(w.c.kode == root, w.c.induk == root))
    query = select(w.c.kode, w.c.jenis, w.c.nama).where(*where).order_by(w.c.kode)
    return [(kode, jenis, nama) for kode, jenis, nama in connection.execute(query)]
