"""Online applications for tests, stored as the public side stores them: the row, its fields, its files, its first step."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, update

from data_access.commands import trail
from data_access.engine import reading, writing
from data_access.tables_pengajuan import pengajuan, pengajuan_berkas, pengajuan_isian, pengajuan_langkah

ARRIVED = datetime(2026, 11, 16, 3, tzinfo=UTC)  # a Monday, 10.00 WIB
DOOR = "pendaftaran-daring"
FIELDS: dict[str, Any] = {
    "nama": "Panti Asuhan Kenanga (contoh)",
    "kode_wilayah": "33.71.01",
    "alamat": "Jl. Kenanga 4",
    "kluster": ["anak"],
    "ketua": "Ketua Kenanga",
    "ketua_telepon": "081234567890",
    "tanggal_berdiri": "2011-05-20",
    "binaan_dalam": 0,
}
# What Kota Magelang asks for.
PAPERS = (
    *("akta", "ad_art", "struktur_pengurus", "ktp_pengurus", "domisili", "npwp", "rekening", "program"),
    *("rekap_klien", "rekap_sdm", "rekomendasi"),
)


def hand_in(
    fields: Mapping[str, Any] = FIELDS,
    papers: Iterable[str] = (),
    *,
    wilayah: str = "33.71.01",
    jenis: str = "baru",
    lks_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    at: datetime = ARRIVED,
    status: str = "diterima",
    contoh: bool = False,
) -> int:
    """Stores an application and returns its id; `before` is what the register said of each field."""
    key = str(uuid.uuid4())
    values: dict[str, Any] = {
        "jenis": jenis,
        "kunci": key,
        "sidik_isi": "0" * 64,
        "kode_wilayah": wilayah,
        "lks_id": lks_id,
    }
    values |= {"nama": fields.get("nama", "LKS Uji"), "pengaju": "Pengaju Uji", "pengaju_telepon": "081299998888"}
    values |= {"persetujuan": "daftar-1", "status": status, "diterima_pada": at, "diminta": [], "contoh": contoh}
    with writing() as connection:
        trail.bump(connection, "pengajuan")
        application_id: int = connection.execute(
            insert(pengajuan).values(**values).returning(pengajuan.c.id)
        ).scalar_one()
        rows = [
            {"pengajuan_id": application_id, "bidang": name, "nilai": value, "keadaan": "menunggu", "alasan": None}
            | {"sebelum": trail.plain((before or {}).get(name))}
            for name, value in fields.items()
        ]
        if rows:
            connection.execute(insert(pengajuan_isian), rows)
        connection.execute(
            insert(pengajuan_langkah).values(pengajuan_id=application_id, status="diterima", pada=at, oleh=DOOR)
        )
    for syarat in papers:
        bring(application_id, syarat, at)
    return application_id


def bring(application_id: int, syarat: str, at: datetime = ARRIVED, *, whole: bool = True) -> str:
    """Stores a file of an application as arrived (or half arrived) and returns its key."""
    key = str(uuid.uuid4())
    with writing() as connection:
        row = connection.execute(pengajuan.select().where(pengajuan.c.id == application_id)).mappings().one()
        values = {"kunci": key, "pengajuan_kunci": row["kunci"], "pengajuan_id": application_id, "syarat": syarat}
        values |= {"nama": f"{syarat}.jpg", "mime": "image/jpeg", "ukuran": 9, "diterima": 9 if whole else 4}
        values |= {"sidik": "1" * 64, "selesai": whole, "keadaan": "menunggu", "dibuat_pada": at}
        connection.execute(insert(pengajuan_berkas).values(**values))
    return key


def bring_what_was_asked(application_id: int, at: datetime, fields: Mapping[str, Any] | None = None) -> None:
    """The LKS completes: new values of fields, the state `dilengkapi`, its step."""
    with writing() as connection:
        trail.bump(connection, "pengajuan")
        for name, value in (fields or {}).items():
            where = (pengajuan_isian.c.pengajuan_id == application_id, pengajuan_isian.c.bidang == name)
            connection.execute(
                update(pengajuan_isian).where(*where).values(nilai=value, keadaan="menunggu", alasan=None)
            )
        mine = pengajuan.c.id == application_id
        connection.execute(
            update(pengajuan).where(mine).values(status="dilengkapi", diminta=[], versi=pengajuan.c.versi + 1)
        )
        step = {"pengajuan_id": application_id, "status": "dilengkapi", "pada": at, "oleh": DOOR}
        connection.execute(insert(pengajuan_langkah).values(**step))


def stored(application_id: int) -> dict[str, Any]:
    """The row of an application as it is stored."""
    with reading() as connection:
        return dict(connection.execute(pengajuan.select().where(pengajuan.c.id == application_id)).mappings().one())
