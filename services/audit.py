"""The audit trail: who did what, where and when, for those who may look, cut down to their region."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from data_access import tables, tables_bimtek, tables_dokumen, tables_lkks, tables_pengajuan, tables_rapat
from data_access.commands import trail as commands
from data_access.engine import reading, writing
from data_access.queries import audit as queries
from data_access.workbooks.table import table_workbook
from domain.indikator import VALUE_OF_PERSONS
from domain.indikator_isian import NUMBERS
from domain.permissions import Actor, Permission, require
from services import clock, wilayah

ZONE = ZoneInfo("Asia/Jakarta")
MAX_EXPORT = 50_000
HIDDEN = "•••"
_TABLES = {"lks": tables.lks, "pengurus": tables.lks_pengurus, "pengguna": tables.pengguna} | {
    name: tables_bimtek.metadata.tables[name]
    for name in ("kegiatan", "narasumber", "peserta", "formulir", "kiriman", "instrumen", "rtl")
}
_TABLES |= {
    name: tables_rapat.metadata.tables[name]
    for name in ("rapat", "rapat_butir", "rapat_hadir", "rapat_keputusan", "tindak_lanjut")
}
_TABLES |= {
    name: tables_lkks.metadata.tables[name]
    for name in ("lkks", "lkks_bidang", "lkks_pengurus", "kemitraan", "program", "surat_rekomendasi")
}
_TABLES |= {name: tables_dokumen.metadata.tables[name] for name in ("identitas_kantor", "sertifikat")}
# Beside their own columns, the trail of these names fields of an LKS record that were handed in.
_OF_LKS = {"pengajuan": tables_pengajuan.pengajuan, "tautan_lks": tables_pengajuan.tautan_lks}
_TABLES |= _OF_LKS | {"pengajuan_isian": tables_pengajuan.pengajuan_isian}
_CLOSED = {tables.PRIBADI, tables.SPESIFIK, tables.RAHASIA}
_OFFICERS = ("ketua", "sekretaris", "bendahara", "pembina", "pengawas", "pengurus")


@dataclass(frozen=True)
class Filters:
    """What narrows the trail; None or "" does not. Dates are calendar days in WIB, both included."""

    pelaku: str | None = None
    aksi: str | None = None
    objek: str | None = None
    objek_id: str | None = None
    mulai: date | None = None
    sampai: date | None = None
    teks: str | None = None

    def as_query(self) -> dict[str, Any]:
        """The same with moments instead of days."""
        found = asdict(self) | {"mulai": _midnight(self.mulai), "teks": (self.teks or "").strip()[:100]}
        del found["sampai"]
        return found | {"sebelum_pada": _midnight(self.sampai + timedelta(days=1)) if self.sampai else None}


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), ZONE).astimezone(UTC) if day else None


def trail(by: Actor, filters: Filters, page: int = 1, size: int = 50) -> tuple[pd.DataFrame, int]:
    """One page of the trail (newest first, page from 1) and the number of rows in all.

    Columns: id, pada (aware, WIB), pelaku, aksi, objek, objek_id, wilayah, tempat (name), sebelum, sesudah (dicts with
    personal values hidden unless the actor may reveal them), alasan.
    """
    require(by, Permission.VIEW_AUDIT)
    with reading() as connection:
        total = queries.count(connection, by.scope, filters.as_query())
        size = min(max(size, 1), 500)
        offset = (max(page, 1) - 1) * size
        frame = queries.rows(connection, by.scope, filters.as_query(), offset=offset, limit=size)
    return _readable(by, frame), total


def _readable(by: Actor, frame: pd.DataFrame) -> pd.DataFrame:
    places = wilayah.names(sorted(set(frame["wilayah"].dropna())))
    reveal = by.may(Permission.REVEAL_PERSONAL)
    names = list(frame.columns)
    # Not to_dict(): of a table of objects that asks for every column of every row by name.
    rows = [dict(zip(names, row, strict=True)) for row in frame.to_numpy(dtype=object).tolist()]
    for row in rows:
        row["pada"] = row["pada"].astimezone(ZONE)
        row["tempat"] = places.get(row["wilayah"], row["wilayah"])
        for side in ("sebelum", "sesudah"):
            row[side] = shown(row["objek"], row[side], reveal)
    return pd.DataFrame(rows, columns=[*frame.columns, "tempat"], dtype=object)


def is_personal(objek: str, name: str) -> bool:
    """True when a field of a thing holds personal or secret data by the classes of the schema."""
    if "nik" in name.split("_") or name.startswith("sandi") or name.split("_")[0] in _OFFICERS:
        return True
    if objek == "sesi":
        return name == "alamat"
    if objek == VALUE_OF_PERSONS:  # a small count would be read here by those whom its screen does not show it
        return name in NUMBERS
    if objek == "pengguna" and name in ("nama", "nama_pengguna"):  # who was given which rights is what the trail is for
        return False
    for table in (_TABLES.get(objek, tables.lks), tables.lks_pengurus, *((tables.lks,) if objek in _OF_LKS else ())):
        if name in table.c:
            return table.c[name].info["kelas"] in _CLOSED
    return False


def shown(objek: str, values: Any, reveal: bool) -> dict[str, Any]:
    """The kept values as a dict, personal ones hidden unless `reveal`; secrets are hidden from everybody."""
    if not isinstance(values, Mapping):
        return {} if values is None or values != values else {"nilai": values}
    found: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            found[name] = shown(objek, value, reveal)
        else:
            secret = name in ("sandi", "nik_sandi", "nik_sidik") or (is_personal(objek, name) and not reveal)
            found[name] = HIDDEN if secret and value is not None else value
    return found


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """(field, before, after) of every field that differs, in the order in which they were kept; absent is None."""
    names = list(dict.fromkeys([*before, *after]))
    same = object()
    return [
        (name, before.get(name), after.get(name))
        for name in names
        if before.get(name, same) != after.get(name, same) or before.get(name) == HIDDEN
    ]


def vocabulary(by: Actor) -> dict[str, list[str]]:
    """What there is to filter by in the actor's region: the values of pelaku, aksi and objek."""
    require(by, Permission.VIEW_AUDIT)
    with reading() as connection:
        return {name: queries.vocabulary(connection, by.scope, name) for name in ("pelaku", "aksi", "objek")}


def as_text(values: Mapping[str, Any]) -> str:
    """The values on lines of their own as "field: value"; lists joined by commas."""
    return "\n".join(f"{name}: {plain(value)}" for name, value in values.items())


def plain(value: Any) -> str:
    """A kept value as text for a screen: lists joined by commas, nested values line by line, "-" for nothing."""
    if isinstance(value, Mapping):
        return as_text(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "-" if value is None else str(value)


def export(by: Actor, filters: Filters, heading: Mapping[str, str], about: Mapping[str, str]) -> bytes:
    """The trail as a workbook, at most MAX_EXPORT rows, and a row in the trail that says so.

    `heading` gives the screen's word for each of: judul, pada, pelaku, aksi, objek, objek_id, tempat, sebelum, sesudah,
    alasan; `about` goes to the sheet "Keterangan".
    """
    require(by, Permission.VIEW_AUDIT)
    require(by, Permission.EXPORT_REGISTER)
    with reading() as connection:
        found = queries.rows(connection, by.scope, filters.as_query(), offset=0, limit=MAX_EXPORT)
    columns = ("pada", "pelaku", "aksi", "objek", "objek_id", "tempat", "sebelum", "sesudah", "alasan")
    rows = [
        [as_text(row[name]) if name in ("sebelum", "sesudah") else row[name] for name in columns]
        for row in _readable(by, found).to_dict("records")
    ]
    with writing() as connection:
        kept = {name: value for name, value in asdict(filters).items() if value} | {"baris": len(rows)}
        entry = commands.audit_row(by, clock.now(), "ekspor", "audit", wilayah=by.scope.root, after=kept)
        commands.record(connection, entry)
    return table_workbook(heading["judul"], [heading[name] for name in columns], rows, about)
