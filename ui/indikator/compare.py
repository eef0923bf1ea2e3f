"""One indicator over time and over regions: never a line from one series to another."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from domain.indikator import year_of
from domain.permissions import Actor
from services import indicators
from services.indicators import Compared, Figure
from ui import draw, feedback
from ui.charts import indikator as charts
from ui.charts.theme import as_spec
from ui.indikator import words
from ui.text import indikator as t

INDICATOR = "indikator"


def section(by: Actor, place: str, found: Sequence[Figure], on: date) -> None:
    """The choice of an indicator and of regions, then trend, bars and table."""
    names = {figure.kode: figure.definition.nama for figure in found}
    first = next((figure.kode for figure in found if figure.kode == "ipm"), found[0].kode)
    kode = st.selectbox(
        t.PILIH_INDIKATOR,
        list(names),
        index=list(names).index(first),
        format_func=names.__getitem__,
        key=INDICATOR,
        bind="query-params",
        placeholder=t.PILIH_INDIKATOR,
    )
    choices = indicators.choices(by, kode, place)
    definition = next(figure.definition for figure in found if figure.kode == kode)
    usual = [one for one in indicators.references_of(by, definition, place) if one in choices and one != place]
    # The regions belong to the indicator and the place: another of either starts over with what stands above it.
    beside = st.multiselect(
        t.PILIH_WILAYAH,
        [one for one in choices if one != place],
        default=usual,
        format_func=choices.__getitem__,
        key=f"sanding_{kode}_{place}",
        placeholder=t.PILIH_WILAYAH,
        select_all=False,
    )
    places = [place, *beside]
    if definition.jenis == "isian":
        _trend(indicators.series(by, kode, places, on), choices, definition.nama)
    _bars(indicators.compare(by, kode, places, on), choices.get(place, place))


def _trend(values: Sequence[Figure], names: dict[str, str], title: str) -> None:
    with st.container(border=True):
        st.header(t.TREN)
        frame = trend_rows(values, names)
        if len(frame) < 2:
            st.info(t.TREN_KURANG, icon=":material/show_chart:")
            return
        chart = charts.trend(frame, values[0].satuan, t.KOLOM["tempat"], t.KOLOM["seri"])
        draw.chart(as_spec(chart), key="indikator_tren", alt=t.ALT_TREN.format(nama=title))
        if frame["seri"].nunique() > 1:
            st.caption(t.TREN_URAIAN)


def trend_rows(values: Sequence[Figure], names: dict[str, str]) -> pd.DataFrame:
    """Stored values that may be shown: wilayah (name), seri, periode, waktu, nilai, teks."""
    rows = [
        (
            names.get(one.wilayah, one.wilayah),
            one.seri,
            one.periode,
            year_of(one.periode),
            one.nilai,
            words.number(one, one.nilai),
        )
        for one in values
        if one.nilai is not None and one.periode is not None
    ]
    return pd.DataFrame(rows, columns=["wilayah", "seri", "periode", "waktu", "nilai", "teks"])


def _bars(found: Sequence[Compared], first: str) -> None:
    with st.container(border=True):
        st.header(t.PERBANDINGAN)
        shown = [one for one in found if one.figure.nilai is not None]
        if not shown:
            st.info(t.TANPA_NILAI_BANDING, icon=":material/bar_chart_off:")
            return
        frame = pd.DataFrame(
            {
                "wilayah": [one.nama for one in shown],
                "nilai": [one.figure.nilai for one in shown],
                "teks": [words.number(one.figure, one.figure.nilai) for one in shown],
                "pertama": [one is found[0] for one in shown],
            }
        )
        title = found[0].figure.definition.nama
        chart = charts.side_by_side(frame, found[0].figure.satuan)
        draw.chart(as_spec(chart), key="indikator_banding", alt=t.ALT_BANDING.format(nama=title))
        draw.table(compared_table(found), alt=t.ALT_BANDING.format(nama=title))
        st.caption(feedback.escape(t.PERBANDINGAN_URAIAN.format(nama=first)))


def compared_table(found: Sequence[Compared]) -> pd.DataFrame:
    """The compared regions as words: wilayah, nilai, dari, kategori, periode, selisih, peringkat."""
    return pd.DataFrame(
        {
            t.KOLOM["tempat"]: [one.nama for one in found],
            t.KOLOM["nilai"]: [words.value(one.figure) for one in found],
            t.KOLOM["keterangan"]: [words.of_what(one.figure) for one in found],
            t.KOLOM["kategori"]: [words.category(one.figure) for one in found],
            t.KOLOM["selisih"]: [words.signed(one.figure, one.selisih) for one in found],
            t.KOLOM["peringkat"]: [str(one.peringkat or "-") for one in found],
        }
    )
