"""Monitoring the register: what exists where and in which state, what ends next, and the same as lists and files."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from data_access import tables as schema
from data_access.commands import trail
from data_access.engine import Connection, reading, writing
from data_access.queries import find, groups, lists, records, references
from data_access.queries import register as queries
from data_access.queries import wilayah as wilayah_queries
from data_access.queries.columns import Columns
from data_access.workbooks import write_lks
from domain.filenames import dated
from domain.filters import EMPTY, EXPIRED, Filters
from domain.lks import FIELDS, MEASURES, OFFICER_FIELDS
from domain.permissions import Actor, Permission, require
from domain.wilayah import level, short_name
from domain.wilayah_history import Moves
from services import clock, coordinates, counting, search, wording
from services.selection import history, labels, of_lists, selection

K = TypeVar("K", str, tuple[str, str])
TOTAL = "total_lks"
# What Ringkasan shows of the printed figures: those about institutions, not those about people or a Bimtek.
_PRINTED = (TOTAL, "lks_", "lkks_")
MAX_POINTS = 5_000
EXPORTED_LISTS = ("kluster", "bentuk_pelayanan", "ppks", "badan_hukum")
_LEVELS = {"nasional": "kabkota", "provinsi": "kabkota", "kabkota": "kecamatan", "kecamatan": "kecamatan"}
REGION_COLUMNS = ["kode", "nama", "jenis", "label", "total", "numerator", "denominator", "nilai"]
_REGION_FIELDS = {"provinsi": "provinsi_kode", "kabkota": "kabkota_kode", "kecamatan": "kecamatan_kode"}


@dataclass(frozen=True)
class Published:
    """A figure as an article printed it (ukuran: "total_lks", or what of them); never added to our own.

    batas says that it was printed as a limit: "lebih_dari" (more than) or "kurang_dari" (less than).
    """

    ukuran: str
    nilai: float
    sekitar: bool
    batas: str | None
    tanggal: date | None
    sumber: str
    tautan: str | None
    catatan: str | None


@dataclass(frozen=True)
class Summary:
    """The register in figures on a date; every share as (numerator, denominator)."""

    wilayah: str | None
    on: date
    total: int
    kluster: Mapping[str, int]  # every kluster of the list, also those with 0; an LKS in two counts in both
    in_many: int  # LKS in more than one kluster
    in_none: int
    measures: Mapping[str, tuple[int, int]]  # by domain.lks.MEASURES
    without_end: Mapping[str, int]  # papers held that name no end date: daftar, akreditasi
    expiring: Mapping[int | str, Mapping[str, int]]  # 30, 90, 180 (each includes the nearer) and "lewat" -> per paper
    unverified: int  # no field check within twelve months
    setting: Mapping[str, int]  # dalam, luar, keduanya, kosong
    sample_count: int
    published: tuple[Published, ...]


@dataclass(frozen=True)
class Crosstab:
    """Two properties of the register crosswise; totals count an LKS once, also where it stands in several cells."""

    cells: Mapping[tuple[str, str], int]  # (row value, column value) -> LKS, for the pairs that occur, in their order
    rows: Mapping[str, int]
    columns: Mapping[str, int]
    total: int


def revision() -> str:
    """Which store, and in which state its register and lists are: the key of caches. Read it first, data second."""
    with reading() as connection:
        return find.stamp(connection)


def lists_revision(revision: str) -> str:
    """The part of a revision() that only changes with the reference lists (regions, kluster names)."""
    return find.lists_part(revision)


def summary(by: Actor, filters: Filters, on: date) -> Summary:
    """The register as it stands, its papers and regions held against `on`."""
    require(by, Permission.VIEW_REGISTER)
    root = filters.wilayah or by.scope.root
    with reading() as connection:
        chosen = selection(connection, by, filters, on)
        counter = counting.counter(connection, on)
        counts = counter.shares(chosen, [measure.id for measure in MEASURES])
        per_kluster, in_any, in_many = counter.kluster_counts(chosen)
        expiring = counter.expiring(chosen)
        codes = queries.kluster_codes(connection)
        printed = queries.published(connection, root)
    total = counts["total"]
    measures = {m.id: (counts[m.id + "_pembilang"], counts[m.id + "_penyebut"]) for m in MEASURES}
    setting = {name: counts["setting_" + name] for name in ("dalam", "luar", "keduanya")}
    return Summary(
        wilayah=root,
        on=on,
        total=total,
        kluster=dict.fromkeys(codes, 0) | per_kluster,
        in_many=in_many,
        in_none=total - in_any,
        measures=measures,
        without_end={paper: counts["tanpa_akhir_" + paper] for paper in queries.PAPERS},
        expiring=expiring,
        unverified=total - measures["terverifikasi"][0],
        setting=setting | {"kosong": total - sum(setting.values())},
        sample_count=counts["contoh"],
        published=tuple(_published(row) for row in printed if row["ukuran"].startswith(_PRINTED)),
    )


def clients(by: Actor, filters: Filters, on: date) -> dict[str, tuple[int, int]]:
    """Clients served by setting (dalam, luar): (how many, LKS that report them)."""
    require(by, Permission.VIEW_REGISTER)
    with reading() as connection:
        chosen = selection(connection, by, filters, on)
        if chosen.everything and isinstance(counter := counting.counter(connection, on), Columns):
            chosen = replace(chosen, archived=counter.archived())
        return queries.clients(connection, chosen)


def _published(row: Mapping[str, Any]) -> Published:
    return Published(**{name: row[name] for name in Published.__dataclass_fields__})


def summary_json(by: Actor, wilayah: str | None, on: date | None = None) -> dict[str, Any]:
    """The summary of a region as plain values for scripts; each share with its rule as a sentence."""
    found = summary(by, Filters(wilayah=wilayah), on or clock.today())
    return {
        "wilayah": found.wilayah,
        "per_tanggal": found.on.isoformat(),
        "total": found.total,
        "kluster": dict(found.kluster),
        "ukuran": {
            name: {"pembilang": above, "penyebut": below, "aturan": wording.measure(name)["aturan"]}
            for name, (above, below) in found.measures.items()
        },
        # The total alone: a figure about a kluster or about people would not say here what it counts.
        "angka_publikasi": [
            {
                "nilai": int(figure.nilai) if figure.nilai.is_integer() else figure.nilai,
                "sekitar": figure.sekitar,
                "sumber": figure.sumber,
                "tanggal": figure.tanggal.isoformat() if figure.tanggal else None,
            }
            | ({"batas": figure.batas} if figure.batas else {})
            for figure in found.published
            if figure.ukuran == TOTAL
        ],
    }


def _children(connection: Connection, root: str | None, on: date, then: Moves) -> list[str]:
    """The codes right below a region on a date; for a kecamatan itself."""
    if level(root) == "kecamatan":
        return [str(root)]

    def below(kode: str | None) -> list[str]:
        read = wilayah_queries.children
        return of_lists(
            connection, "below", kode, on, make=lambda: [str(k) for k in read(connection, kode, on)["kode"]]
        )

    found = below(root)
    if not found and root is not None:  # a code given up since: its kecamatan are kept under the present one
        found = [child for kode in then.came_in(root) for child in below(kode)]
    return sorted(found)


def _place(kode: str | None, root: str | None, then: Moves) -> str:
    """The child of `root` that a stored code belongs to on the date of `then`."""
    if kode is None:
        return EMPTY
    if level(kode) == "kabkota":
        return then.province(kode) if root is None else then.place(kode)
    return kode


def _below(counter: counting.Counter, root: str | None, then: Moves) -> str:
    """The level to count at: kab/kota for the country only when one that has LKS lay in another province on the date."""
    if root is None and not counter.any_under([kode for kode in then.codes if level(kode) == "kabkota"]):
        return "provinsi"
    return _LEVELS[level(root)]


def sample_count(by: Actor, filters: Filters, on: date) -> int:
    """How many of the LKS that the filters leave are invented."""
    require(by, Permission.VIEW_REGISTER)
    if filters.contoh is False:
        return 0
    with reading() as connection:
        return counting.counter(connection, on).total(selection(connection, by, replace(filters, contoh=True), on))


def by_region(by: Actor, filters: Filters, on: date, measure: str | None = None) -> pd.DataFrame:
    """REGION_COLUMNS for each region right below the asked one, by code, those without LKS included.

    nilai is numerator / denominator (NaN without a denominator), or the count itself when no measure is asked for.
    Below a kab/kota a last row "kosong" holds the LKS that name no kecamatan, when there are any.
    """
    require(by, Permission.VIEW_REGISTER)
    root = filters.wilayah or by.scope.root
    with reading() as connection:
        chosen = selection(connection, by, filters, on)
        then = history(connection, on)
        counter = counting.counter(connection, on)
        found = counter.by_code(chosen, measure, _below(counter, root, then))
        codes = _children(connection, root, on, then)
        named = labels(connection, codes, on)
    counts: dict[str, list[int]] = {kode: [0, 0, 0] for kode in codes}
    extra: dict[str, list[int]] = {}
    for kode, *numbers in found:
        place = _place(kode, root, then)
        into = counts if place in counts else extra
        into[place] = [a + b for a, b in zip(into.get(place, (0, 0, 0)), numbers, strict=True)]
    rows = [*counts.items(), *sorted(extra.items())]
    words = [named.get(kode, ("", EMPTY, "")) for kode, _ in rows]
    columns: dict[str, Any] = {"kode": [kode for kode, _ in rows]}
    columns |= {name: [told[n] for told in words] for n, name in enumerate(("nama", "jenis", "label"))}
    table = np.array([numbers for _, numbers in rows], dtype=np.int64).reshape(-1, 3)
    columns |= {name: table[:, n] for n, name in enumerate(("total", "numerator", "denominator"))}
    shares = [above / below if below else math.nan for _, (_, above, below) in rows]
    columns["nilai"] = np.array(shares if measure else table[:, 0], dtype=np.float64)
    return pd.DataFrame(columns, columns=REGION_COLUMNS)


def crosstab(by: Actor, filters: Filters, rows: str, columns: str, on: date | None = None) -> Crosstab:
    """Two of groups.DIMENSIONS crosswise; regions are those right below the asked one, by code."""
    require(by, Permission.VIEW_REGISTER)
    if not {rows, columns} <= set(groups.DIMENSIONS):
        raise ValueError((rows, columns))
    on, root = on or clock.today(), filters.wilayah or by.scope.root
    with reading() as connection:
        chosen = selection(connection, by, filters, on)
        then = history(connection, on)
        counter = counting.counter(connection, on)
        below = _below(counter, root, then)
        cells = counter.crosstab(chosen, rows, columns, below)
        # Where the other side is kluster, adding cells would count an LKS twice: it is counted once instead.
        of_rows = counter.crosstab(chosen, rows, None, below) if columns == groups.KLUSTER else cells
        of_columns = cells
        if rows == groups.KLUSTER:
            of_columns = [(None, value, count) for value, _, count in counter.crosstab(chosen, columns, None, below)]
        total = counter.total(chosen)

    def shown(name: str, value: str | None) -> str:
        return _place(value, root, then) if name == groups.REGION else value or EMPTY

    pairs: Counter[tuple[str, str]] = Counter()
    down: Counter[str] = Counter()
    across: Counter[str] = Counter()
    for row, column, count in cells:
        pairs[shown(rows, row), shown(columns, column)] += count
    for row, _, count in of_rows:
        down[shown(rows, row)] += count
    for _, column, count in of_columns:
        across[shown(columns, column)] += count
    return Crosstab(_in_order(pairs), _in_order(down), _in_order(across), total)


def _in_order(counts: Counter[K]) -> dict[K, int]:
    return dict(sorted(counts.items()))


def regions(by: Actor) -> dict[str, str]:
    """Short name by code of the provinces and kab/kota in force today within the actor's region, by code."""
    require(by, Permission.VIEW_REGISTER)
    today = clock.today()
    with reading() as connection:
        return {
            kode: short_name(jenis, nama)
            for kode, jenis, nama in find.regions_in_force(connection, by.scope.root, today)
        }


def kluster_names(on: date) -> dict[str, str]:
    """The name of each kluster by its code, in the order of the list in force on a date; public."""
    with reading() as connection:
        return {row["kode"]: row["nama"] for row in references.options(connection, "kluster", on)}


def _search_order(connection: Connection, by: Actor, filters: Filters, on: date) -> list[int]:
    """The ids of the selection, best search hit first."""
    chosen = selection(connection, by, filters, on)
    mine = set(lists.ids(connection, chosen))
    return [lks_id for lks_id in search.find(connection, by.scope, filters.cari) if lks_id in mine]


def listing(
    by: Actor,
    filters: Filters,
    on: date | None = None,
    page: int = 0,
    size: int = 50,
    sort: str | None = None,
    descending: bool = False,
) -> tuple[pd.DataFrame, int]:
    """One page (from 0) of the list and how many LKS there are in all; unsorted, a search stands best hit first.

    Columns: id, kode_lks, nama, provinsi_kode, kabkota_kode, kecamatan_kode, setting, the five axes, daftar_sampai,
    akreditasi_sampai, diverifikasi_pada (datetime64), terisi, contoh, versi, kluster (list of codes), binaan (undated
    total), kelengkapan (0 to 1), kabkota and kecamatan (labels).
    """
    require(by, Permission.VIEW_REGISTER)
    on, start = on or clock.today(), max(page, 0) * size
    with reading() as connection:
        if filters.cari.strip() and sort not in lists.SORTS:
            ranked = _search_order(connection, by, filters, on)
            ids, total = ranked[start : start + size], len(ranked)
        else:
            chosen = selection(connection, by, filters, on)
            total = counting.counter(connection, on).total(chosen)
            order = sort if sort in lists.SORTS else "wilayah"
            ids = lists.page_ids(connection, chosen, order or "wilayah", descending, size, start)
        frame = _with_labels(connection, lists.rows(connection, by.scope, ids), on)
    return frame, total


def _with_labels(connection: Connection, frame: pd.DataFrame, on: date) -> pd.DataFrame:
    """The table with the names of its regions: kabkota ("Kab. Sleman") and kecamatan (without "Kec.")."""
    sides = [name for name in ("kabkota", "kecamatan") if name + "_kode" in frame]
    codes = {kode for name in sides for kode in frame[name + "_kode"].dropna()}
    named = labels(connection, sorted(codes), on)
    for name in sides:
        position = 2 if name == "kabkota" else 0
        frame[name] = [named[kode][position] if kode in named else "" for kode in frame[name + "_kode"]]
    return frame


def ids(by: Actor, filters: Filters, sort: str | None = None, descending: bool = False) -> list[int]:
    """The ids that the list shows over all its pages, in its order."""
    require(by, Permission.VIEW_REGISTER)
    with reading() as connection:
        if filters.cari.strip() and sort not in lists.SORTS:
            return _search_order(connection, by, filters, clock.today())
        chosen = selection(connection, by, filters, clock.today())
        return lists.ids(connection, chosen, sort if sort in lists.SORTS and sort else "wilayah", descending)


def expiring_list(by: Actor, filters: Filters, on: date, days: int | str, limit: int | None = None) -> pd.DataFrame:
    """Papers that end within `days` of a date, nearest first ("lewat": those that have ended, longest ago first).

    Columns: id, kode_lks, nama, kabkota_kode, kabkota, berkas (daftar, akreditasi), nomor, sampai (datetime64), sisa
    (days left, negative when ended), contoh.
    """
    require(by, Permission.VIEW_REGISTER)
    one_day = timedelta(days=1)
    with reading() as connection:
        chosen = selection(connection, by, filters, on)
        since, until = (None, on - one_day) if days == EXPIRED else (on, on + int(days) * one_day)
        if limit and days in queries.WINDOWS and isinstance(counter := counting.counter(connection, on), Columns):
            # No later than the last of those wanted: the store then sorts a handful.
            until = counter.nearest_end(chosen, days, limit) or until
        frame = lists.ending(connection, chosen, until, since, limit)
        frame = _with_labels(connection, frame, on)
    frame["sampai"] = pd.to_datetime(frame["sampai"])
    frame["sisa"] = (frame["sampai"] - pd.Timestamp(on)).dt.days
    columns = ["id", "kode_lks", "nama", "kabkota_kode", "kabkota", "berkas", "nomor", "sampai", "sisa", "contoh"]
    return frame[columns]


def map_points(by: Actor, filters: Filters, on: date | None = None) -> pd.DataFrame:
    """At most MAX_POINTS LKS: id, kode_lks, nama, lat, lon, kluster (the first), label (place), contoh."""
    require(by, Permission.VIEW_REGISTER)
    on = on or clock.today()
    with reading() as connection:
        chosen = selection(connection, by, filters, on)
        frame = lists.points(connection, chosen, MAX_POINTS)
        kluster = lists.kluster_of(connection, chosen)
        frame = _with_labels(connection, frame, on)
    frame["kluster"] = [kluster.get(lks_id, [EMPTY])[0] for lks_id in frame["id"]]
    frame["label"] = [
        f"{kecamatan}, {kabkota}" if kecamatan else kabkota
        for kecamatan, kabkota in zip(frame["kecamatan"], frame["kabkota"], strict=True)
    ]
    return frame[["id", "kode_lks", "nama", "lat", "lon", "kluster", "label", "contoh"]]


def coordinate_issues(by: Actor, filters: Filters, on: date | None = None) -> pd.DataFrame:
    """Coordinates to mend: id, kode_lks, nama, kabkota_kode, kabkota, kecamatan, jenis, rincian, contoh."""
    require(by, Permission.VIEW_REGISTER)
    on = on or clock.today()
    with reading() as connection:
        chosen = selection(connection, by, filters, on)
        found = coordinates.findings(connection, by.scope.narrow(filters.wilayah))
        if not filters.open:  # only then does it matter which of the region's LKS are meant
            meant = set(lists.ids(connection, chosen))
            found = tuple(finding for finding in found if finding[0] in meant)
        mine = sorted({lks_id for lks_id, *_ in found})

        def make() -> pd.DataFrame:
            frame = _with_labels(connection, lists.rows(connection, by.scope, mine), on)
            doubts = pd.DataFrame(found, columns=["id", "jenis", "rincian"])
            columns = ["id", "kode_lks", "nama", "kabkota_kode", "kabkota", "kecamatan", "jenis", "rincian", "contoh"]
            return frame.merge(doubts, on="id")[columns]

        # Kept beyond a write that changed none of them.
        versions = counting.columns(connection).versions_of(mine).tobytes()
        kept = of_lists(connection, "koordinat", by.scope.root, on, found, versions, make=make)
    return kept.copy(deep=False)


def _open_fields() -> set[str]:
    """The record fields that name no person and no account: what may leave the office with everybody's export."""
    classes = {column.name: column.info["kelas"] for column in schema.lks.columns}
    return {name for name in FIELDS if classes.get(name, schema.UMUM) == schema.UMUM} - {*OFFICER_FIELDS, "ketua_nik"}


def export_rows(by: Actor, filters: Filters, wanted: Sequence[int] | None = None) -> list[dict[str, Any]]:
    """Flat records by field id, in the order of the list (`wanted`: these only); never a NIK.

    Fields about persons and accounts are in it only for those who may reveal personal data.
    """
    require(by, Permission.EXPORT_REGISTER)
    order = ids(by, filters) if wanted is None else list(wanted)
    allowed = set(FIELDS) if by.may(Permission.REVEAL_PERSONAL) else _open_fields()
    with reading() as connection:
        found = records.by_ids(connection, by.scope, order)
        codes = {record[name] for record in found.values() for name in _REGION_FIELDS.values() if record[name]}
        named = labels(connection, sorted(codes), clock.today())
    rows = []
    for record in (found[lks_id] for lks_id in order if lks_id in found):
        row: dict[str, Any] = {name: record.get(name) for name in FIELDS if name in allowed}
        places = {field: named[record[code]][0] if record[code] else None for field, code in _REGION_FIELDS.items()}
        rows.append({"kode_lks": record["kode_lks"], **row, **places, "contoh": record["contoh"], "ketua_nik": None})
    return rows


def export(
    by: Actor, filters: Filters, wanted: Sequence[int] | None = None, about: dict[str, str] | None = None
) -> tuple[str, bytes]:
    """(file name, workbook) of exactly what the list shows; leaves an audit row. `about` goes on its source sheet."""
    require(by, Permission.EXPORT_REGISTER)
    today, root = clock.today(), filters.wilayah or by.scope.root
    rows = export_rows(by, filters, wanted)
    with reading() as connection:
        place = labels(connection, [root], today)[root][2] if root else ""
        refs = {name: references.options(connection, name, today) for name in EXPORTED_LISTS}
    told = about or wording.about("lks", tempat=place or "Indonesia", tanggal=today.isoformat())
    content = write_lks.export_lks(rows, told, refs)
    with writing() as connection:
        after = {"jumlah": len(rows), "saringan": _told(filters), "pilihan": wanted is not None}
        trail.record(connection, trail.audit_row(by, clock.now(), "ekspor", "lks", wilayah=root, after=after))
    return dated("lks", place, today, "xlsx"), content


def _told(filters: Filters) -> dict[str, Any]:
    """The filters that narrow, for the audit row."""
    return {name: value for name, value in vars(filters).items() if value not in (None, (), "", False)}
