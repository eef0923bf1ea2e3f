"""One of everything of an LKKS, its meetings and its online applications, in a region, every text of it marked.

A mark is what a test looks for where it must not be; the rows are stored below the services, which would refuse some of
the people a test lets ask for them.
"""

import hashlib
import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Table, insert, select, update

from data_access import submitted_files
from data_access.commands import trail
from data_access.engine import reading, writing
from data_access.tables import metadata, wilayah
from data_access.tables_lkks import kemitraan, lkks, lkks_bidang, lkks_pengurus, program, surat_rekomendasi
from data_access.tables_pengajuan import (
    pengajuan,
    pengajuan_berkas,
    pengajuan_isian,
    pengajuan_langkah,
    tautan_lks,
)
from data_access.tables_rapat import rapat, rapat_butir, rapat_hadir, rapat_keputusan, tindak_lanjut
from domain.rapat import PanelSpec
from services import clock
from services.sample_applications import page
from tests.register_rows import lks_row, store

SUBJECTS = ("register", "rapat", "lkks", "pengajuan")
PERSONAL = "Orang Rahasia"


def plant(kode: str, mark: str, *, meeting: str = "berjalan", application: str = "diperiksa") -> dict[str, Any]:
    """Stores one of everything in a kab/kota, each text with `mark`, and returns the ids by kind.

    `t` is a one-time token for a call with them.
    """
    now, today = clock.now(), clock.today()
    with reading() as connection:
        inside = select(wilayah.c.kode).where(wilayah.c.kode.startswith(kode + "."))
        area = connection.execute(inside.order_by(wilayah.c.kode).limit(1)).scalar() or kode
    ids: dict[str, Any] = {
        "lks": store(lks_row(f"{mark} LKS", area), at=now - timedelta(days=40))[0],
        "wilayah": kode,
        "t": f"t-{mark}",
    }
    made = {"dibuat_pada": now, "diubah_pada": now}
    panels = [PanelSpec("tindak_lanjut").as_data(), PanelSpec("kluster").as_data(), PanelSpec("berakhir").as_data()]
    with writing() as connection:

        def add(table: Table, **values: Any) -> int:
            row = connection.execute(insert(table).values(**values).returning(table.c.id))
            return int(row.scalar_one())

        trail.bump(connection, *SUBJECTS)
        known = connection.execute(select(lkks.c.id).where(lkks.c.wilayah == kode)).scalar()
        ids["lkks"] = known or add(lkks, wilayah=kode, nama=f"{mark} lembaga", pengantar=f"{mark} pengantar", **made)
        connection.execute(update(lkks).where(lkks.c.id == ids["lkks"]).values(versi=1))  # a known one begins anew
        of = {"lkks_id": ids["lkks"]}
        ids["bidang"] = add(lkks_bidang, nama=f"{mark} bidang", **of)
        ids["pengurus"] = add(lkks_pengurus, nama=f"{mark} {PERSONAL}", jabatan=f"{mark} jabatan", **of)
        partner = {"psks": "psm", "mitra": f"{mark} mitra", "kegiatan": f"{mark} kerja sama", "tanggal": today}
        ids["kemitraan"] = add(kemitraan, **partner, **of)
        for owner in ("lkks", "dinas"):
            facts = {"pemilik": owner, "wilayah": kode, "nama": f"{mark} program {owner}", "tahun": today.year}
            ids[f"program_{owner}"] = add(program, **facts, bentuk=[], kegiatan=[], status="berjalan", **made)
        letter = {"lks_id": ids["lks"], "perihal": f"{mark} perihal", "diajukan_pada": today, **of, **made}
        ids["surat"] = add(surat_rekomendasi, status="diajukan", **letter)
        issued = {"nomor": f"{mark}/1", "tanggal": today, "penandatangan": f"{mark} {PERSONAL}"}
        ids["surat_terbit"] = add(surat_rekomendasi, status="diterbitkan", **letter, **issued)
        _meeting(add, ids, kode, mark, meeting, panels, now, today)
        _application(connection, add, ids, area, mark, application, now)
    return ids


def _meeting(
    add: Any, ids: dict[str, Any], kode: str, mark: str, state: str, panels: list[Any], now: datetime, today: date
) -> None:
    head = {"wilayah": kode, "jenis": "rakor", "judul": f"{mark} rapat", "tanggal": today, "tempat": f"{mark} aula"}
    head |= {"pimpinan": f"{mark} {PERSONAL}", "notulis": f"{mark} notulis", "catatan": f"{mark} catatan rapat"}
    ids["rapat"] = add(rapat, status=state, dibuat_pada=now, diubah_pada=now, **head)
    of = {"rapat_id": ids["rapat"]}
    ids["butir"] = add(
        rapat_butir, urutan=1, judul=f"{mark} butir", uraian=f"{mark} uraian", catatan=f"{mark} catatan", panel=panels,
        **of,
    )  # fmt: skip
    ids["hadir"] = add(rapat_hadir, nama=f"{mark} hadirin", instansi=f"{mark} kantor", jenis="lkks", **of)
    under = {"butir_id": ids["butir"], "dibuat_pada": now, "dibuat_oleh": f"{mark} notulis", **of}
    ids["keputusan"] = add(rapat_keputusan, isi=f"{mark} keputusan", **under)
    action = {"wilayah_rapat": kode, "wilayah": kode, "lks_id": ids["lks"], "jenis": "pembinaan", "status": "belum"}
    action |= {"pic": f"{mark} {PERSONAL}", "pic_instansi": f"{mark} kantor", "tenggat": today - timedelta(days=3)}
    action |= {"diubah_pada": now}
    ids["tindak_lanjut"] = add(tindak_lanjut, apa=f"{mark} tindakan", topik=f"{mark} topik", **action, **under)
    loose = {"dibuat_pada": now, "dibuat_oleh": f"{mark} notulis"}
    ids["tindak_lanjut_lepas"] = add(tindak_lanjut, apa=f"{mark} tindakan lepas", **action, **loose)


def _application(
    connection: Any, add: Any, ids: dict[str, Any], area: str, mark: str, state: str, now: datetime
) -> None:
    key, content = str(uuid.uuid4()), page()
    row: dict[str, Any] = {
        "jenis": "baru",
        "kunci": key,
        "sidik_isi": "0" * 64,
        "kode_wilayah": area,
        "nama": f"{mark} calon LKS",
    }
    row |= {"pengaju": f"{mark} {PERSONAL}", "persetujuan": "uji", "status": state, "diterima_pada": now, "diminta": []}
    ids["pengajuan"], ids["kunci"] = add(pengajuan, **row), key
    of = {"pengajuan_id": ids["pengajuan"]}
    fields = {
        "nama": f"{mark} calon LKS",
        "alamat": f"{mark} jalan",
        "ketua": f"{mark} {PERSONAL}",
        "kluster": ["anak"],
    }
    rows = [{**of, "bidang": name, "nilai": value, "keadaan": "menunggu"} for name, value in fields.items()]
    connection.execute(insert(pengajuan_isian), rows)
    step = {"status": "diterima", "pada": now, "oleh": "pintu", "catatan": f"{mark} langkah"}
    add(pengajuan_langkah, **step, **of)
    file_key = str(uuid.uuid4())
    file = {"kunci": file_key, "pengajuan_kunci": key, "syarat": "akta", "nama": f"{mark} akta.pdf", "selesai": True}
    file |= {"mime": "application/pdf", "ukuran": len(content), "diterima": len(content), "keadaan": "menunggu"}
    ids["berkas"] = add(
        pengajuan_berkas, **file, sidik=hashlib.sha256(content).hexdigest(), dibuat_pada=now, **of
    )  # fmt: skip
    submitted_files.replace(file_key, content)
    link = {"lks_id": ids["lks"], "sidik": hashlib.sha256(key.encode()).hexdigest(), "untuk": f"{mark} {PERSONAL}"}
    link |= {"dibuat_pada": now, "dibuat_oleh": "uji", "berakhir_pada": datetime(2099, 1, 1, tzinfo=UTC)}
    ids["tautan"] = add(tautan_lks, **link)


def hashes(leave_out: Iterable[str] = ()) -> dict[str, str]:
    """SHA-256 of the whole content of every table, by its name."""
    found, without = {}, set(leave_out)
    with reading() as connection:
        for name, table in metadata.tables.items():
            if name not in without:
                rows = sorted(repr(tuple(row)) for row in connection.execute(select(table)))
                found[name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found
