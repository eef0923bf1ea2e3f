"""Tables and specifications of the monitoring screens, worded and formatted, made from cached readings."""

from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa

from domain import figures
from domain.filters import EMPTY, Filters
from domain.lks import AXES, AXIS_VALUES
from domain.permissions import Actor
from services import peta, wording
from services.changes import Changes
from services.register import Summary
from ui import readings
from ui.charts import lks as lks_charts
from ui.charts import maps
from ui.charts.theme import as_spec
from ui.readings import Picture
from ui.text import nilai
from ui.text import pantau as t

Spec = dict[str, Any]
TOTAL = "total"
MAP_MEASURES = (
    TOTAL,
    "terdaftar",
    "terakreditasi",
    "terakreditasi_semua",
    "aktif",
    "berbadan_hukum",
    "terverifikasi",
    "kelengkapan",
)


def arrow(frame: pd.DataFrame) -> pa.Table:
    """A table as charts and grids take it."""
    return pa.Table.from_pandas(frame, preserve_index=False)


def _joined(codes: list[str], names: dict[str, str]) -> str:
    """The names of an LKS's kluster; "-" when it has none."""
    return ", ".join(names.get(kode, kode) for kode in codes) or figures.MISSING


def kluster_spec(by: Actor, chosen: Filters, on: date, found: Summary) -> Spec:
    """Bars of LKS per kluster, most first; kluster without LKS are left to the table."""
    names = readings.kluster_names()

    def build() -> Picture:
        counted = [(kode, count) for kode, count in found.kluster.items() if count]
        counted.sort(key=lambda pair: -pair[1])
        codes = [kode for kode, _ in counted]
        labels = [names[kode] for kode in codes]
        top = lks_charts.ceiling(counted[0][1] if counted else 1)
        rows = pa.table(
            {
                "kode": pa.array(codes, pa.string()),
                "label": pa.array(labels, pa.string()),
                "jumlah": pa.array([count for _, count in counted], pa.int64()),
                "baris_teks": pa.array([lks_charts.lines(label) for label in labels], pa.string()),
            }
        )
        return Picture(rows, (*codes, top), lambda: as_spec(lks_charts.kluster_bar(rows.to_pandas(), t.LKS, top)))

    return readings.spec("kluster", readings.revision(), by.scope.root, chosen, on, builder=build)


def expiring(by: Actor, chosen: Filters, on: date, window: int | str, limit: int | None = None) -> pd.DataFrame:
    """Papers that end, nearest first, worded for a table; `limit`: only so many."""
    frame = readings.expiring_list(by, chosen, on, window, limit)
    words = t.KOLOM_BERAKHIR
    return pd.DataFrame(
        {
            words["nama"]: frame["nama"],
            words["surat"]: [nilai.PAPERS[paper] for paper in frame["berkas"]],
            words["sisa"]: [figures.until(day.date(), on) for day in frame["sampai"]],
            words["tanggal"]: [figures.date_short(day) for day in frame["sampai"]],
            words["tempat"]: frame["kabkota"],
        }
    )


def soon(by: Actor, chosen: Filters, on: date, window: int, limit: int) -> pa.Table:
    """The first papers that end within so many days, ready to be drawn."""
    key = (by.scope.root, chosen, on, window, limit)
    return readings.words(
        "berakhir", readings.revision(), *key, builder=lambda: arrow(expiring(by, chosen, on, window, limit))
    )


def changes(by: Actor, chosen: Filters, since: date, on: date) -> tuple[Changes, pa.Table]:
    """What changed since a date, and the measures then and now as a table (empty when the history does not reach)."""
    found = readings.changes(by, chosen, since, on)
    key = (by.scope.root, chosen, since, on)
    return found, readings.words("perubahan", readings.revision(), *key, builder=lambda: arrow(_then_and_now(found)))


def _then_and_now(found: Changes) -> pd.DataFrame:
    rows = []
    for measure, now in found.now.items() if found.then else ():
        then = (found.then or {})[measure]
        shown = (figures.integer(now[0]), figures.integer(then[0]))
        if measure != TOTAL:
            shown = (figures.share(*now), figures.share(*then))
        rows.append((wording.measure(measure)["judul"], *shown, figures.signed(now[0] - then[0])))
    return pd.DataFrame(rows, columns=[t.UKURAN, t.KINI, t.DULU, t.SELISIH])


def published(found: Summary) -> pd.DataFrame:
    """Figures as articles printed them, with "sekitar" or "lebih dari" where the article says so."""
    rows = [
        (
            t.UKURAN_PUBLIKASI.get(figure.ukuran, figure.ukuran),
            t.BATAS_PUBLIKASI.get(figure.batas or "", "{nilai}").format(
                nilai=figures.approx(figure.nilai, figure.sekitar)
            ),
            figures.date_long(figure.tanggal),
            figure.sumber,
            figures.missing(figure.catatan),
        )
        for figure in found.published
    ]
    return pd.DataFrame(rows, columns=list(t.KOLOM_PUBLIKASI))


def _region_label(kode: str, label: str) -> str:
    return t.TANPA_KECAMATAN if kode == EMPTY else label


def by_region(by: Actor, chosen: Filters, on: date, measure: str) -> pd.DataFrame:
    """The regions right below with their counts: kode, label, total, numerator, denominator, nilai, teks."""
    frame = readings.by_region(by, chosen, on, None if measure == TOTAL else measure).copy()
    frame["label"] = [_region_label(kode, label) for kode, label in zip(frame["kode"], frame["label"], strict=True)]
    pairs = zip(frame["total"], frame["numerator"], frame["denominator"], strict=True)
    if measure == TOTAL:
        frame["teks"] = [f"{figures.integer(total)} {t.LKS}" if total else t.BELUM_ADA_LKS for total, _, _ in pairs]
        frame["nilai"] = frame["total"].where(frame["total"] > 0)
    else:
        frame["teks"] = [figures.share(above, below) if below else t.BELUM_ADA_LKS for _, above, below in pairs]
    return frame


def region_drawn(by: Actor, chosen: Filters, on: date, measure: str) -> pa.Table:
    """region_table, kept and ready to be drawn."""
    key = (by.scope.root, chosen, on, measure)
    return readings.words(
        "wilayah", readings.revision(), *key, builder=lambda: arrow(region_table(by, chosen, on, measure))
    )


def region_table(by: Actor, chosen: Filters, on: date, measure: str) -> pd.DataFrame:
    """by_region worded for a table and a workbook."""
    frame = by_region(by, chosen, on, measure)
    words = t.KOLOM_WILAYAH
    table = pd.DataFrame({words["label"]: frame["label"], words["total"]: frame["total"]})
    if measure != TOTAL:
        table[words["numerator"]] = frame["numerator"]
        table[words["denominator"]] = frame["denominator"]
        pairs = zip(frame["numerator"], frame["denominator"], strict=True)
        table[words["persen"]] = [figures.percent(above, below) for above, below in pairs]
    return table


def map_spec(by: Actor, chosen: Filters, on: date, measure: str, layer: str, root: str | None) -> Spec:
    """The choropleth of a layer."""
    url = peta.shapes_url(by, layer)

    def build() -> Picture:
        frame = maps.with_digits(by_region(by, chosen, on, measure)[["kode", "label", "nilai", "teks"]])
        title, share = wording.measure(measure)["judul"], measure != TOTAL
        steps = maps.class_steps(frame["nilai"].dropna(), share)
        place = peta.frame_of(root)
        return Picture(
            arrow(frame),
            (measure, steps, layer, root, url),
            lambda: as_spec(
                maps.choropleth(frame, url, layer, title=title, steps=steps, frame=place, prefix=root, share=share)
            ),
        )

    key = (by.scope.root, chosen, on, measure, layer, url)
    return readings.spec("peta", readings.revision(), *key, builder=build)


def points_spec(by: Actor, chosen: Filters, on: date, root: str) -> Spec:
    """The LKS of a kab/kota or kecamatan as dots coloured by kluster; a click gives the LKS's code."""
    url = peta.shapes_url(by, "kabkota")

    def build() -> Picture:
        names = readings.kluster_names()
        rows = readings.map_points(by, chosen, on).rename(columns={"kode_lks": "kode"})
        rows["kluster_label"] = [names.get(kode, nilai.EMPTY) for kode in rows["kluster"]]
        kabkota = ".".join(root.split(".")[:2])
        frame = peta.frame_of(kabkota) or []
        rows = rows[["kode", "nama", "lat", "lon", "label", "kluster", "kluster_label"]]
        return Picture(
            arrow(rows),
            (kabkota, url, tuple(rows["kluster"].unique())),
            lambda: as_spec(maps.points(rows, url, frame=frame, prefix=kabkota, legend_title=t.KLUSTER)),
        )

    return readings.spec("titik", readings.revision(), by.scope.root, chosen, on, root, url, builder=build)


def issues_drawn(by: Actor, chosen: Filters, on: date) -> pa.Table:
    """issues, kept and ready to be drawn."""
    key = (by.scope.root, chosen, on)
    return readings.words("koordinat", readings.revision(), *key, builder=lambda: arrow(issues(by, chosen, on)))


def issues(by: Actor, chosen: Filters, on: date) -> pd.DataFrame:
    """Coordinates to mend, worded for a table."""
    frame = readings.coordinate_issues(by, chosen, on)
    table = frame[list(t.KOLOM_KOORDINAT)].assign(jenis=[t.KOORDINAT_JENIS[kind] for kind in frame["jenis"]])
    return table.rename(columns=t.KOLOM_KOORDINAT)


def labels_of(by: Actor, chosen: Filters, on: date, dimension: str) -> dict[str, str]:
    """The values of a dimension in their order with their words, "kosong" last."""
    if dimension == "kluster":
        words = dict(readings.kluster_names())
    elif dimension == "wilayah":
        words = readings.region_labels(by, chosen, on)
    elif dimension == "setting":
        words = dict(nilai.SETTINGS)
    else:
        words = {value: nilai.axis_value(dimension, value) for value in AXIS_VALUES[dimension]}
    empty = t.TANPA_KECAMATAN if dimension == "wilayah" else nilai.EMPTY
    return {kode: label for kode, label in words.items() if kode != EMPTY} | {EMPTY: empty}


def crosstab_drawn(by: Actor, chosen: Filters, on: date, rows: str, columns: str) -> pa.Table:
    """crosstab, kept and ready to be drawn."""
    key = (by.scope.root, chosen, on, rows, columns)

    def build() -> pa.Table:
        names, parts = _crossed(by, chosen, on, rows, columns)
        return pa.table([pa.array(part) for part in parts], names=names)

    return readings.words("silang", readings.revision(), *key, builder=build)


def crosstab(by: Actor, chosen: Filters, on: date, rows: str, columns: str) -> pd.DataFrame:
    """The cross-table with its totals; an LKS counts once in each total."""
    names, parts = _crossed(by, chosen, on, rows, columns)
    return pd.DataFrame(list(zip(*parts, strict=True)), columns=names)


def _crossed(by: Actor, chosen: Filters, on: date, rows: str, columns: str) -> tuple[list[str], list[list[Any]]]:
    """The heads of the cross-table, and its columns with the totals last."""
    found = readings.crosstab(by, chosen, rows, columns, on)
    row_words, column_words = labels_of(by, chosen, on, rows), labels_of(by, chosen, on, columns)
    down, across = [k for k in row_words if k in found.rows], [k for k in column_words if k in found.columns]
    names = [t.SUMBU[rows], *(column_words[k] for k in across), t.JUMLAH]
    parts: list[list[Any]] = [[*(row_words[k] for k in down), t.JUMLAH]]
    parts += [[*(found.cells.get((row, k), 0) for row in down), found.columns[k]] for k in across]
    return names, [*parts, [*(found.rows[k] for k in down), found.total]]


def crosstab_spec(by: Actor, chosen: Filters, on: date, rows: str, columns: str) -> Spec | None:
    """The cross-table's picture; None when there is nothing or too much to show."""
    found = readings.crosstab(by, chosen, rows, columns, on)
    if not found.cells or len(found.rows) > 40 or len(found.columns) > 40:
        return None

    def build() -> Picture:
        row_words, column_words = labels_of(by, chosen, on, rows), labels_of(by, chosen, on, columns)
        pairs, counts = list(found.cells), list(found.cells.values())
        labels = [row_words.get(row) for row, _ in pairs]
        cells = pa.table(
            {
                "baris": [row for row, _ in pairs],
                "kolom": [column for _, column in pairs],
                "jumlah": counts,
                "baris_label": labels,
                "kolom_label": [column_words.get(column) for _, column in pairs],
                "baris_teks": [lks_charts.lines(label) for label in labels],
            }
        )
        top = lks_charts.ceiling(max(counts))
        order = tuple(word for kode, word in row_words.items() if kode in found.rows)
        across = tuple(word for kode, word in column_words.items() if kode in found.columns)
        titles = t.SUMBU[rows], t.SUMBU[columns]
        return Picture(
            cells,
            (order, across, titles, top),
            lambda: as_spec(lks_charts.crosstab_heat(cells.to_pandas(), order, across, *titles, top)),
        )

    key = (by.scope.root, chosen, on, rows, columns)
    return readings.spec("silang", readings.revision(), *key, builder=build)


def axis_share(by: Actor, chosen: Filters, on: date, axis: str) -> Spec | None:
    """How the LKS of each region split over the values of an axis; None when no region has any."""

    def build() -> Picture:
        found = readings.crosstab(by, chosen, "wilayah", axis, on)
        places, words = labels_of(by, chosen, on, "wilayah"), labels_of(by, chosen, on, axis)
        strength = {value: rank for rank, value in enumerate(_strongest_first(axis))}
        pairs = [(place, value) for place in places for value in sorted(words) if (place, value) in found.cells]
        labels = [places[place] for place, _ in pairs]
        values = [value for _, value in pairs]
        cells = pa.table(
            {
                "nilai": values,
                "jumlah": [found.cells[pair] for pair in pairs],
                "label": labels,
                "nilai_label": [words[value] for value in values],
                "urut": [strength[value] for value in values],
                "total": [found.rows[place] for place, _ in pairs],
                "baris_teks": [lks_charts.lines(label) for label in labels],
            }
        )
        shape = (axis, tuple(dict.fromkeys(labels)), tuple(sorted(set(values))))
        return Picture(cells, shape, lambda: as_spec(lks_charts.stacked_share(cells.to_pandas(), axis, t.BAGIAN)))

    if readings.summary(by, chosen, on).total == 0:
        return None
    return readings.spec("bagian", readings.revision(), by.scope.root, chosen, on, axis, builder=build)


def _strongest_first(axis: str) -> list[str]:
    values = list(AXIS_VALUES[axis])
    return [*(reversed(values) if axis == "tumbuh" else values), EMPTY]


def listing_drawn(by: Actor, chosen: Filters, on: date, page: int, size: int, sort: str | None) -> pa.Table:
    """One page of the list, kept and ready to be drawn."""
    key = (by.scope.root, chosen, on, page, size, sort)
    return readings.words(
        "daftar",
        readings.revision(),
        *key,
        builder=lambda: arrow(listing(readings.listing(by, chosen, on, page, size, sort)[0])),
    )


def listing(frame: pd.DataFrame) -> pd.DataFrame:
    """One page of the list, worded for a table, in its order."""
    table = frame[list(t.KOLOM_DAFTAR)].copy()
    names = readings.kluster_names()
    table["kluster"] = [_joined(codes, names) for codes in frame["kluster"]]
    for axis in AXES:
        table[axis] = [nilai.axis_value(axis, value) for value in frame[axis]]
    table["setting"] = [nilai.setting(value) for value in frame["setting"]]
    table["contoh"] = [t.UBAH_KE_TANDA if mark else "" for mark in frame["contoh"]]
    table["kecamatan"] = [figures.missing(name) for name in frame["kecamatan"]]
    return table.rename(columns=t.KOLOM_DAFTAR)
