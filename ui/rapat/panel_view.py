"""A panel on an ordinary screen: its sentence, large figures, chart, table, and where they come from."""

import pandas as pd
import streamlit as st

from domain import figures
from domain.panel import Fact, Panel
from ui import draw, feedback
from ui.charts import panel as charts
from ui.charts import theme
from ui.text import rapat as t

_FACTS = 4
_DAY = 10


def show(panel: Panel, key: str) -> None:
    """Draws one panel, live or frozen; `key` tells it from the others of the page."""
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(feedback.escape(panel.judul), anchor=False, width="stretch")
            if panel.contoh:
                st.badge(t.CONTOH, color="orange")
        if panel.kosong:
            st.info(feedback.escape(panel.kosong), icon=":material/inbox:")
            _source(panel)
            return
        st.markdown(feedback.escape(panel.kalimat))
        facts = panel.angka[:_FACTS]
        if facts:
            with st.grid(len(facts) if len(facts) < _FACTS else 2, min_column_width=120):  # four: two by two
                for fact in facts:
                    _fact(fact)
        if panel.batang:
            alt = t.BAGAN.format(judul=panel.judul, tempat=panel.tempat, kalimat=panel.kalimat)
            frame = pd.DataFrame([vars(bar) for bar in panel.batang])
            draw.chart(theme.as_spec(charts.bars(frame)), key=f"{key}_bagan", alt=alt)
        if panel.kolom:
            draw.table(as_frame(panel), alt=t.TABEL.format(judul=panel.judul, tempat=panel.tempat), key=f"{key}_tabel")
        _source(panel)


def _fact(fact: Fact) -> None:
    value, line = in_two(fact.teks)
    st.metric(feedback.escape(fact.label), value, delta=line, delta_color="off", delta_arrow="off")


def in_two(text: str) -> tuple[str, str | None]:
    """("33,3%", "1 dari 3") of "1 dari 3 (33,3%)", which would be cut off in one line; any other text stays whole."""
    counted, found, share = text.removesuffix(")").partition(" (")
    return (share, counted) if found and text.endswith("%)") else (text, None)


def as_frame(panel: Panel) -> pd.DataFrame:
    """The table of a panel with days in the Indonesian way."""
    rows = [[_cell(cell) for cell in row] for row in panel.baris]
    return pd.DataFrame(rows, columns=list(panel.kolom), dtype=object)


def _cell(value: str | float | None) -> str | float | None:
    if isinstance(value, str) and len(value) == _DAY and value[4] == value[7] == "-":
        return figures.date_short(pd.Timestamp(value).date())
    return value


def _source(panel: Panel) -> None:
    words = [t.SUMBER.format(sumber=panel.sumber.rstrip(".") or "Pilar", tanggal=figures.date_long(panel.per_tanggal))]
    words += [panel.catatan] if panel.catatan else []
    words += [t.MEMUAT_CONTOH.format(jumlah=figures.integer(panel.contoh))] if panel.contoh else []
    st.caption(feedback.escape(" ".join(words)))
