"""The areas in their order: as bars, as a table, and as a workbook that holds every criterion with its rule."""

from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from domain import figures
from domain.filters import Filters
from domain.permissions import Actor
from domain.priority import Criterion, Priorities
from ui import draw, feedback, readings
from ui.charts import indikator as charts
from ui.charts.theme import as_spec
from ui.text import prioritas as t

MOST = 15
AREA = "daerah"


def section(by: Actor, found: Priorities) -> None:
    """The bars, the table, and the workbook."""
    level = t.NAMA_TINGKAT[found.tingkat]
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.header(t.URUTAN.format(tingkat=level), width="stretch")
            draw.excel(
                by,
                lambda: every(found),
                kind="prioritas",
                title=t.URUTAN.format(tingkat=level),
                chosen=Filters(wilayah=found.wilayah or None),
                label=t.UNDUH,
                about={one: rule for one, rule in rules(found).items()},
            )
        st.markdown(feedback.escape(summary(found)))
        revision, kept = readings.priorities_key(by, found)
        if any(one.terpenuhi for one in found.daerah):
            spec = readings.drawn("prioritas_batang", revision, *kept, builder=lambda: bars_spec(found))
            draw.chart(spec, key="prioritas_batang", alt=t.ALT_BATANG.format(nama=found.nama))
            if sum(one.terpenuhi > 0 for one in found.daerah) > MOST:
                st.caption(t.BATANG_SEBAGIAN.format(jumlah=MOST))
        key = f"prioritas_tabel_{found.wilayah or 'nasional'}"
        draw.table(
            readings.words("prioritas_tabel", revision, *kept, builder=lambda: arrow(found)),
            alt=t.ALT_TABEL.format(nama=found.nama),
            key=key,
            on_select=lambda: _look_at(found, key),
            selection_mode="single-row",
            column_config={t.KOLOM["nama"]: st.column_config.TextColumn(width=230)},
        )
        st.caption(f"{t.PILIH_BARIS} {t.TANDA}")


def _look_at(found: Priorities, key: str) -> None:
    picked = st.session_state[key]["selection"]["rows"]
    if picked and picked[0] < len(found.daerah):
        st.session_state[area_key(found)] = found.daerah[picked[0]].kode


def area_key(found: Priorities) -> str:
    """The key, also in the address, of the area that is looked at below a region."""
    return f"{AREA}_{found.wilayah or 'nasional'}"


def summary(found: Priorities) -> str:
    """How many areas fall short at all, how many cannot be told, and what belongs to none of them."""
    level = t.NAMA_TINGKAT[found.tingkat]
    short = sum(one.terpenuhi > 0 for one in found.daerah)
    unknown = sum(one.diketahui == 0 for one in found.daerah)
    counts = {"ada": figures.integer(short), "semua": figures.integer(len(found.daerah))}
    told = [t.RINGKAS.format(**counts, tingkat=level, kriteria=figures.integer(len(found.kodes)))]
    if unknown:
        told.append(t.BELUM_TERNILAI.format(jumlah=figures.integer(unknown), tingkat=level))
    if found.tanpa_tempat:
        told.append(t.TANPA_TEMPAT.format(jumlah=figures.integer(found.tanpa_tempat)))
    return " ".join(told)


def drawn(found: Priorities) -> pd.DataFrame:
    """The first areas with a criterion met: wilayah, nilai, teks, pertama."""
    shown = [one for one in found.daerah if one.terpenuhi][:MOST]
    words = [t.BANYAK.format(terpenuhi=one.terpenuhi, diketahui=one.diketahui) for one in shown]
    columns = {"wilayah": [one.nama for one in shown], "nilai": [one.terpenuhi for one in shown], "teks": words}
    return pd.DataFrame(columns | {"pertama": [one.peringkat == 1 for one in shown]})


def bars_spec(found: Priorities) -> dict[str, Any]:
    """The finished chart of drawn()."""
    return as_spec(charts.side_by_side(drawn(found), t.SUMBU_BATANG, whole=True))


def arrow(found: Priorities) -> pa.Table:
    """table() as it is drawn."""
    return pa.Table.from_pandas(table(found), preserve_index=False)


def cell(one: Criterion) -> str:
    """A criterion in one cell: its mark, its number, and that the number is old."""
    if one.terlindung:
        return t.TERLINDUNG
    if one.nilai is None:
        return figures.MISSING
    mark = {True: f"{t.PENUH} ", False: f"{t.KOSONG} ", None: ""}[one.terpenuhi]
    return f"{mark}{one.nilai_teks}" + (f" ({t.BASI})" if one.basi else "")


def table(found: Priorities) -> pd.DataFrame:
    """One row per area in its order, one column per criterion."""
    names = t.KOLOM
    frame = pd.DataFrame(
        {
            names["peringkat"]: [one.peringkat for one in found.daerah],
            names["nama"]: [one.nama for one in found.daerah],
            names["terpenuhi"]: [
                t.BANYAK.format(terpenuhi=one.terpenuhi, diketahui=one.diketahui) for one in found.daerah
            ],
            names["lks"]: [one.lks for one in found.daerah],
        }
    )
    for number in range(len(found.kodes)):
        frame[found.daerah[0].kriteria[number].nama] = [cell(one.kriteria[number]) for one in found.daerah]
    return frame


def rules(found: Priorities) -> dict[str, str]:
    """The rule of each criterion by its name."""
    return {one.nama: one.aturan for one in found.daerah[0].kriteria} if found.daerah else {}


def every(found: Priorities) -> pd.DataFrame:
    """Every criterion of every area as a row of plain values, with its reference, result and rule."""
    names = (
        *("peringkat", "nama", "kode", "kriteria", "nilai", "pembilang", "penyebut", "acuan", "acuan_nama", "hasil"),
        *("periode", "seri", "aturan"),
    )
    rows = [
        (
            *(area.peringkat, area.nama, one.kode, one.nama, one.nilai, one.pembilang, one.penyebut, one.acuan),
            *(one.acuan_nama or None, result(one), one.periode, one.seri or None, one.aturan),
        )
        for area in found.daerah
        for one in area.kriteria
    ]
    return pd.DataFrame(rows, columns=[t.KOLOM[name] for name in names], dtype=object)


def result(one: Criterion) -> str:
    """Whether a criterion is met, as a word."""
    return t.TERLINDUNG if one.terlindung else t.HASIL[one.terpenuhi]
