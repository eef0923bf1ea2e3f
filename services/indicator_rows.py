"""The rows behind a figure, whose recount (domain.indikator.recount) is the figure; never a person by name.

Columns, those that apply: id, kode_lks, nama, tempat, keterangan (why the row counts: "daftar:terdaftar", "berkas:daftar",
"gabungan:3"), hari (the day that goes with it), peran, wilayah, periode, seri, nilai, pembilang, penyebut, sumber, tanggal,
contoh.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from data_access.engine import Connection, reading
from data_access.queries import indicators as queries
from domain.filters import Filters
from domain.indikator import Definition, merged_small, recount
from domain.lks import CORE, verified_since
from domain.monitoring import WITH_HISTORY, measures_of
from domain.permissions import Actor, Permission, require
from services import clock, indicator_lkks, indicators, register
from services import wilayah as region_names
from services.indicator_counting import Counting, gained
from services.indicator_values import NATIONAL, Stated

COUNTED = ("id", "kode_lks", "nama", "tempat", "keterangan", "hari", "pembilang", "penyebut", "contoh")
STATED = ("peran", "wilayah", "tempat", "periode", "seri", "nilai", "pembilang", "penyebut", "sumber", "tanggal")
_ALL = 1_000_000  # more LKS than any register holds
TOGETHER, PAPER = "gabungan", "berkas"  # what `keterangan` begins with for LKS told together, and for papers

Row = dict[str, Any]
Rows = list[Row]


def rows_behind(
    by: Actor,
    kode: str,
    wilayah: str | None = None,
    on: date | None = None,
    periode: str | None = None,
    seri: str | None = None,
    filters: Filters | None = None,
) -> pd.DataFrame:
    """The rows of one figure (COUNTED for the register, STATED for what is entered or derived).

    `filters` narrow the LKS as they do the figure. Empty where the figure itself is withheld. NotFound as for the figure.
    """
    require(by, Permission.VIEW_REGISTER)
    on = on or clock.today()
    figure = indicators.value(by, kode, wilayah, on, periode, seri, filters)
    definition = figure.definition
    if figure.terlindung:
        return _frame([], COUNTED if definition.jenis == "register" else STATED)
    if definition.jenis == "register":
        return _frame(_counted(by, definition, figure.wilayah, on, filters or Filters()), COUNTED)
    with reading() as connection:
        stated = Stated(connection, by, figure.wilayah, on, [definition])
        if definition.jenis == "turunan":
            rows = stated.parts(definition, periode)
        else:
            row = stated.latest(definition, periode, seri)
            rows = [row | {"peran": "wilayah"}] if row else []
    names = region_names.names([row["wilayah"] for row in rows if row["wilayah"]])
    for row in rows:
        row["tempat"] = names.get(row["wilayah"], "Indonesia" if row["wilayah"] == NATIONAL else row["wilayah"])
    return _frame(rows, STATED)


def recounted(definition: Definition, rows: pd.DataFrame) -> float | None:
    """The figure that a table of rows_behind() makes."""
    names = list(rows.columns)
    return recount(definition, [dict(zip(names, row, strict=True)) for row in rows.to_numpy(dtype=object).tolist()])


def _frame(rows: Sequence[Row], columns: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame([[row.get(name) for name in columns] for row in rows], columns=list(columns), dtype=object)


def _listing(by: Actor, filters: Filters, on: date) -> Rows:
    """Every LKS of the filters in the order of the list, as COUNTED; each counts once."""
    frame, _ = register.listing(by, filters, on, 0, _ALL)
    return [
        {
            "id": int(row["id"]),
            "kode_lks": row["kode_lks"],
            "nama": row["nama"],
            "tempat": ", ".join(part for part in (row["kecamatan"], row["kabkota"]) if part),
            "contoh": bool(row["contoh"]),
            "pembilang": 1,
            "kluster": row["kluster"],
        }
        for row in frame.to_dict("records")
    ]


def _counted(by: Actor, definition: Definition, place: str, on: date, filters: Filters) -> Rows:
    if definition.of_lkks:
        with reading() as connection:
            return indicator_lkks.rows(connection, by, place, on, definition)
    filters = replace(filters, wilayah=place or None)
    rules: dict[str, Callable[[], Rows]] = {
        "jumlah": lambda: _listing(by, filters, on),
        "kluster": lambda: [row for row in _listing(by, filters, on) if definition.of in row["kluster"]],
        "kluster_ganda": lambda: [row for row in _listing(by, filters, on) if len(row["kluster"]) > 1],
        "kluster_kosong": lambda: [row for row in _listing(by, filters, on) if not row["kluster"]],
        "belum_verifikasi": lambda: _unseen(by, filters, on),
        "ukuran": lambda: _measured(by, definition.of, filters, on),
        "sumbu": lambda: _measured(by, definition.of, filters, on),
        "berakhir": lambda: _ending(by, definition.of, filters, on),
        "klien": lambda: _clients(by, definition, filters, on),
        "berkas": lambda: _documents(by, filters, on),
        "bimtek_cakupan": lambda: _trained(by, filters, on),
        "bimtek_gain": lambda: _gains(by, place, on),
    }
    return rules[definition.rule]()


def _parts(record: Row, of: str, on: date) -> tuple[int, int, str | None, date | None]:
    """(above, below, the value that decides, its day) of one LKS for a measure."""
    if of in WITH_HISTORY:
        axis = {"terdaftar": "daftar", "aktif": "aktif", "berbadan_hukum": "hukum"}.get(of, "akreditasi")
        return (*measures_of(record, on)[of], _told(axis, record[axis]), record.get(axis + "_sampai"))
    if of == "terverifikasi":
        seen = record["diverifikasi_pada"]
        return int(seen is not None and seen >= verified_since(on)), 1, None, seen
    if of == "kelengkapan":
        return record["terisi"], len(CORE), None, None
    axis, _, value = of.partition(":")
    return int(record[axis] == value), 1, _told(axis, record[axis]), None


def _told(axis: str, value: str | None) -> str | None:
    return f"{axis}:{value}" if value else None


def _measured(by: Actor, of: str, filters: Filters, on: date) -> Rows:
    rows = _listing(by, filters, on)
    with reading() as connection:
        records = queries.axes_of(connection, by.scope, [row["id"] for row in rows])
    found = []
    for row in rows:
        above, below, told, day = _parts(records[row["id"]], of, on)
        if below:
            found.append(row | {"pembilang": above, "penyebut": below, "keterangan": told, "hari": day})
    return found


def _unseen(by: Actor, filters: Filters, on: date) -> Rows:
    """The LKS that nobody checked in the field within twelve months, with the day of the last check."""
    found = [row for row in _measured(by, "terverifikasi", filters, on) if not row["pembilang"]]
    return [row | {"pembilang": 1, "penyebut": None} for row in found]


def _counting(connection: Connection, by: Actor, filters: Filters, on: date) -> Counting:
    return Counting(connection, by, filters.wilayah or NATIONAL, on, filters)


def _ending(by: Actor, window: str, filters: Filters, on: date) -> Rows:
    frame = register.expiring_list(by, filters, on, int(window) if window.isdigit() else window)
    return [
        {
            "id": int(row["id"]),
            "kode_lks": row["kode_lks"],
            "nama": row["nama"],
            "tempat": row["kabkota"],
            "keterangan": f"{PAPER}:{row['berkas']}",
            "hari": row["sampai"].date(),
            "contoh": bool(row["contoh"]),
            "pembilang": 1,
        }
        for row in frame.to_dict("records")
    ]


def _clients(by: Actor, definition: Definition, filters: Filters, on: date) -> Rows:
    listed = {row["id"]: row for row in _listing(by, filters, on)}
    with reading() as connection:
        clients = queries.clients_by_lks(connection, _counting(connection, by, filters, on).chosen, definition.of)
    counts = [(lks_id, clients[lks_id]) for lks_id in listed if lks_id in clients]
    if by.may(Permission.REVEAL_PERSONAL):
        return [listed[lks_id] | {"pembilang": count} for lks_id, count in counts]
    told, rest, others = merged_small(counts, indicators.limits())
    rows: Rows = [listed[lks_id] | {"pembilang": int(count)} for lks_id, count in told]
    if others:
        rows.append({"nama": None, "keterangan": f"{TOGETHER}:{others}", "pembilang": int(rest), "contoh": False})
    return rows


def _documents(by: Actor, filters: Filters, on: date) -> Rows:
    listed = {row["id"]: row for row in _listing(by, filters, on)}
    with reading() as connection:
        counted = {lks_id: parts for lks_id, *parts in _counting(connection, by, filters, on).documents()}
    return [row | dict(zip(("pembilang", "penyebut"), counted[lks_id], strict=True)) for lks_id, row in listed.items()]


def _trained(by: Actor, filters: Filters, on: date) -> Rows:
    rows = _listing(by, filters, on)
    with reading() as connection:
        begun = queries.trained(connection, _counting(connection, by, filters, on).chosen)
    return [
        row | {"pembilang": int(row["id"] in begun), "penyebut": 1} | {"hari": begun.get(row["id"])} for row in rows
    ]


def _gains(by: Actor, place: str, on: date) -> Rows:
    with reading() as connection:
        lines = Counting(connection, by, place, on).trainings()
    return [
        {
            "id": line.id,
            "nama": line.title,
            "hari": line.begins,
            "pembilang": gained(line),
            "penyebut": line.pairs.n,
            "contoh": line.sample,
        }
        for line in lines
        if line.pairs is not None
    ]
