"""The sample LKKS with officers, programs, partnerships and letters: invented, marked, the same at every load of a day."""

from datetime import datetime, timedelta
from typing import Any

from data_access import assets
from data_access.commands import letters as letter_commands
from data_access.commands import lkks as commands
from data_access.commands import programs as program_commands
from data_access.engine import Connection
from data_access.queries import samples as queries
from services import clock

Row = dict[str, Any]
_PROGRAM = (
    *("nama", "bentuk", "kegiatan", "pendekatan", "sasaran", "kluster", "anggaran", "realisasi", "sumber_dana"),
    "status",
)
_PARTNER = ("jenis", "nama", "peran", "nilai")


def add(connection: Connection, now: datetime) -> int:
    """Stores the sample LKKS beside the sample LKS and returns how many."""
    found = assets.sample_lkks()
    for fact in found["lkks"]:
        _one(connection, now, fact, found["bidang"], found["jabatan"])
    return len(found["lkks"])


def _one(connection: Connection, now: datetime, fact: Row, fields: list[str], posts: list[str]) -> None:
    today = clock.today()
    days = {name.removesuffix("_hari"): today + timedelta(days=fact[name]) for name in fact if name.endswith("_hari")}
    made = {"contoh": True, "dibuat_pada": now, "diubah_pada": now}
    head = {name: fact[name] for name in ("wilayah", "nama", "sebutan", "sk_nomor")}
    lkks_id = commands.add(connection, head | days | made)
    ids = [commands.put_child(connection, "lkks_bidang", lkks_id, None, {"nama": name}) for name in fields]
    term = {"mulai": days["masa_mulai"], "sampai": days["masa_sampai"]}
    for number, post in enumerate(posts[: fact["pengurus"]]):
        of = {"bidang_id": ids[number - 1]} if number >= 3 else {}
        officer = {"nama": f"{post} LKKS (contoh)", "jabatan": post, **term, **of}
        commands.put_child(connection, "lkks_pengurus", lkks_id, None, officer)
    for row in fact["program"]:
        values = {name: row.get(name) for name in _PROGRAM} | made | {"versi": 1}
        values |= {"pemilik": "lkks", "wilayah": fact["wilayah"], "tahun": today.year - row["tahun_lalu"]}
        program_id = program_commands.add(connection, values)
        partners = [{name: one.get(name) for name in _PARTNER} for one in row["mitra"]]
        program_commands.set_partners(connection, program_id, partners)
    for row in fact["kemitraan"]:
        values = {name: row.get(name) for name in ("psks", "mitra", "kegiatan", "hasil")}
        values |= {"lkks_id": lkks_id, "tanggal": today + timedelta(days=row["hari"]), "contoh": True}
        commands.add_partnership(connection, values)
    _letter(connection, fact, lkks_id, made)


def _letter(connection: Connection, fact: Row, lkks_id: int, made: Row) -> None:
    """One letter for the first sample LKS of the region; it waits when it has no number yet."""
    letter, today = fact["surat"], clock.today()
    [home] = queries.sample_lks_in(connection, [fact["wilayah"]], 1)
    values = {"lkks_id": lkks_id, "lks_id": home["id"], "perihal": "Rekomendasi pendaftaran (contoh)", **made}
    values |= {"status": "diajukan", "diajukan_pada": today + timedelta(days=letter["hari"])}
    if "nomor" in letter:
        values |= {
            "status": "diterbitkan",
            "nomor": letter["nomor"],
            "tanggal": today + timedelta(days=letter["terbit_hari"]),
            "berlaku_sampai": today + timedelta(days=letter["berlaku_hari"]),
            "penandatangan": "Ketua LKKS (contoh)",
        }
    letter_commands.add(connection, values)
