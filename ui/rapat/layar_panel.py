"""One panel on a wall: its sentence, its chart or its table, cut to what fits without scrolling."""

from typing import Any

import pandas as pd
import streamlit as st

from domain import figures
from domain.panel import Cell, Panel
from ui import feedback
from ui.charts import live as wall_charts
from ui.charts import rapat as charts
from ui.text import layar as t

_LISTS = ("tindak_lanjut",)  # what is read line by line: its table stands where others have a chart
# How much room there is at 1920 x 1080 with the window's bar: (px of a chart, bars, lines of a table).
_ALONE, _ALONE_RECORDED = (520, 10, 10), (330, 7, 6)
_BESIDE = {1: ((520, 9, 9), (340, 6, 6)), 2: ((190, 4, 3), (120, 3, 1))}
_SHOWN_COLUMNS = 4  # of a table that stands beside another panel


def alone(panel: Panel, recorded: bool) -> None:
    """A panel over the whole width: its figures, then chart and table side by side."""
    height, bars, lines = _ALONE_RECORDED if recorded else _ALONE
    _head(panel, 0)
    if panel.kosong:
        return
    if panel.angka:
        for column, fact in zip(st.columns(len(panel.angka[:4])), panel.angka[:4], strict=True):
            column.metric(feedback.escape(fact.label), fact.teks)
        height, lines, bars = height - 110, lines - 2, bars - 2
    if panel.jenis in _LISTS or not panel.batang:
        _table(panel, "tunggal_0", lines, len(panel.kolom))
        return
    left, right = st.columns(2, gap="medium")
    with left:
        _chart(panel, 0, height, bars)
    with right:
        _table(panel, "tunggal_0", lines, _SHOWN_COLUMNS)


def beside(panel: Panel, number: int, rows: int, recorded: bool) -> None:
    """A panel that shares the wall with others: its sentence and one picture."""
    height, bars, lines = _BESIDE[rows][int(recorded)]
    with st.container(border=True, height="stretch", gap="small"):
        _head(panel, number)
        if panel.kosong:
            return
        if panel.jenis in _LISTS or not panel.batang:
            _table(panel, f"tunggal_{number}", lines, _SHOWN_COLUMNS)
            return
        _chart(panel, number, height, bars)
        _table(panel, f"rapat_{number}", lines, _SHOWN_COLUMNS)


def _head(panel: Panel, number: int) -> None:
    st.header(feedback.escape(panel.judul), anchor=False)
    sentence = feedback.escape(panel.kosong or panel.kalimat)
    with st.container(key=f"layar_kalimat_{number}"):
        st.markdown(f"{sentence} :gray-badge[{t.CONTOH}]" if panel.contoh else sentence)


def _chart(panel: Panel, number: int, height: int, most: int) -> None:
    shown = panel.batang[:most]
    with st.container(key=f"layar_bagan_{number}", gap="small"):
        st.vega_lite_chart(
            spec=_spec(panel, most, height),
            key=f"layar_vega_{number}",
            alt=t.BAGAN.format(judul=panel.judul, tempat=panel.tempat, kalimat=panel.kalimat),
            theme=None,
            width="stretch",
        )
        _rest(len(panel.batang) - len(shown))


def _spec(panel: Panel, most: int, height: int) -> dict[str, Any]:
    rows = pd.DataFrame([vars(bar) for bar in panel.batang[:most]])
    tall = min(height, 40 + 62 * len(rows))  # two bars do not fill a wall
    return dict(wall_charts.wall_spec(charts.panel_bars(rows, tall)))


def _rest(left: int) -> None:
    if left > 0:
        st.caption(t.BARIS_LAGI.format(jumlah=figures.integer(left)))


def _table(panel: Panel, key: str, most: int, columns: int) -> None:
    """The first lines of the table as text that any screen size wraps; how many more there are stands below."""
    wide = min(columns, len(panel.kolom))
    if not wide:
        return
    lines = [" | ".join(feedback.escape(name) for name in panel.kolom[:wide]), " | ".join(["---"] * wide)]
    lines += [" | ".join(_cell(cell) for cell in row[:wide]) for row in panel.baris[:most]]
    with st.container(key=f"layar_tabel_{key}", gap="small"):
        st.markdown("\n".join(f"| {line} |" for line in lines))
        _rest(len(panel.baris) - most)


def _cell(value: Cell) -> str:
    """A cell as it is read: numbers the Indonesian way, days short, what is missing a dash."""
    if isinstance(value, int | float):
        return figures.integer(value) if float(value).is_integer() else figures.decimal(value, 2)
    if value is not None and len(value) == 10 and value[4] == value[7] == "-":
        return figures.date_short(pd.Timestamp(value).date())
    return feedback.escape(figures.missing(value)).replace("\n", " ")
