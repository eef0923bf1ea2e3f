"""What of the register is sample data."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, exists, func, or_, select

from data_access.tables import lks, wilayah
from data_access.tables_bimtek import kegiatan, peserta
from domain.wilayah import short_name


def count_sample(connection: Connection) -> int:
    """How many sample LKS there are."""
    return connection.execute(select(func.count()).select_from(lks).where(lks.c.contoh)).scalar_one()


def count_real(connection: Connection) -> int:
    """How many LKS are not sample data, archived ones included."""
    return connection.execute(select(func.count()).select_from(lks).where(~lks.c.contoh)).scalar_one()


def sample_ids(connection: Connection) -> list[int]:
    """The ids of the sample LKS."""
    return list(connection.execute(select(lks.c.id).where(lks.c.contoh)).scalars())


def sample_lks_in(connection: Connection, places: Sequence[str], count: int) -> list[dict[str, Any]]:
    """The first sample LKS of some provinces or kab/kota by their code: id, nama, kabkota_kode."""
    inside = [or_(lks.c.provinsi_kode == place, lks.c.kabkota_kode == place) for place in places]
    query = select(lks.c.id, lks.c.nama, lks.c.kabkota_kode).where(lks.c.contoh, or_(*inside))
    return [dict(row) for row in connection.execute(query.order_by(lks.c.kode_lks).limit(count)).mappings()]


def kabkota_in(connection: Connection, kode: str) -> list[tuple[str, str]]:
    """(code, name with its kind) of the kab/kota in force of a province, or of the one kab/kota itself."""
    query = select(wilayah.c.kode, wilayah.c.jenis, wilayah.c.nama).where(
        or_(wilayah.c.kode == kode, wilayah.c.induk == kode),
        wilayah.c.jenis.in_(("kabupaten", "kota")),
        wilayah.c.berlaku_sampai.is_(None),
    )
    return [(row[0], short_name(row[1], row[2])) for row in connection.execute(query.order_by(wilayah.c.kode))]


def sample_events(connection: Connection) -> list[int]:
    """The ids of the sample events that nobody real was added to."""
    real = exists().where(peserta.c.kegiatan_id == kegiatan.c.id, ~peserta.c.contoh)
    return list(connection.execute(select(kegiatan.c.id).where(kegiatan.c.contoh, ~real)).scalars())
