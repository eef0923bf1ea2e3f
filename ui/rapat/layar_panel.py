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
# px of a picture's place at 1920 x 969 (a projector with a window bar): alone, beside one other, in two rows; the
# second of each while the newest decisions and actions stand below.
_ALONE, _PAIR, _FOUR = (480, 330), (530, 380), (132, 106)
_FIGURES, _LINE, _BAR, _REST = 130, 46, 36, 50  # of a row of figures, a table's line, a bar, and "dan n lagi"
_SHOWN_COLUMNS = 4  # of a table that stands beside another picture


def alone(panel: Panel, recorded: bool) -> None:
    """A panel over the whole width: its figures, then chart and table side by side."""
    room = _ALONE[int(recorded)]
    _head(panel, 0)
    if panel.kosong:
        return
    if panel.angka:
        for column, fact in zip(st.columns(len(panel.angka[:4])), panel.angka[:4], strict=True):
            column.metric(feedback.escape(fact.label), fact.teks)
    else:
        room += _FIGURES
    if panel.jenis in _LISTS or not panel.batang:
        _table(panel, "tunggal_0", room, len(panel.kolom))
        return
    left, right = st.columns(2, gap="medium")
    with left:
        _chart(panel, 0, room)
    with right:
        _table(panel, "tunggal_0", room, _SHOWN_COLUMNS)


def beside(panel: Panel, number: int, rows: int, recorded: bool) -> None:
    """A panel that shares the wall with others: its sentence and one picture."""
    room = (_PAIR if rows == 1 else _FOUR)[int(recorded)]
    with st.container(key=f"layar_kartu_{number}", border=True, height="stretch"):
        _head(panel, number)
        if panel.kosong:
            return
        if panel.jenis in _LISTS or not panel.batang:
            _table(panel, f"tunggal_{number}", room, _SHOWN_COLUMNS)
            return
        _chart(panel, number, room)
        _table(panel, f"telepon_{number}", None, _SHOWN_COLUMNS)


def fitting(count: int, room: int, size: int) -> int:
    """How many of `count` things of a size find room; where not all do, a line that says so needs its own place."""
    if count * size <= room:
        return count
    return max((room - _REST) // size, 1)


def _head(panel: Panel, number: int) -> None:
    st.header(feedback.escape(panel.judul), anchor=False)
    sentence = feedback.escape(panel.kosong or panel.kalimat)
    with st.container(key=f"layar_kalimat_{number}"):
        st.markdown(f"{sentence} :gray-badge[{t.CONTOH}]" if panel.contoh else sentence)


def _chart(panel: Panel, number: int, room: int) -> None:
    most = fitting(len(panel.batang), room, _BAR)
    with st.container(key=f"layar_bagan_{number}"):
        st.vega_lite_chart(
            spec=_spec(panel, most, room if most == len(panel.batang) else room - _REST),
            key=f"layar_vega_{number}",
            alt=t.BAGAN.format(judul=panel.judul, tempat=panel.tempat, kalimat=panel.kalimat),
            theme=None,
            width="stretch",
        )
        _rest(len(panel.batang) - most)


def _spec(panel: Panel, most: int, room: int) -> dict[str, Any]:
    rows = pd.DataFrame([vars(bar) for bar in panel.batang[:most]])
    tall = min(room, 80 * len(rows))  # two bars do not fill a wall
    return dict(wall_charts.wall_spec(charts.panel_bars(rows, tall)))


def _rest(left: int) -> None:
    if left > 0:
        st.caption(t.BARIS_LAGI.format(jumlah=figures.integer(left)))


def _table(panel: Panel, key: str, room: int | None, columns: int) -> None:
    """The first lines of the table (None: all) as text that any screen wraps; how many more there are stands below."""
    wide = min(columns, len(panel.kolom))
    if not wide:
        return
    most = len(panel.baris) if room is None else fitting(len(panel.baris), room - _LINE, _LINE)
    # Where every line may be twice as high, long words are wrapped instead of cut.
    roomy = room is not None and len(panel.baris) * 2 * _LINE <= room - 2 * _LINE
    lines = [" | ".join(feedback.escape(name) for name in panel.kolom[:wide]), " | ".join(["---"] * wide)]
    lines += [" | ".join(_cell(cell) for cell in row[:wide]) for row in panel.baris[:most]]
    with st.container(key=f"layar_tabel_{'lega_' if roomy else ''}{key}"):
        st.markdown("\n".join(f"| {line} |" for line in lines))
        _rest(len(panel.baris) - most)


def _cell(value: Cell) -> str:
    """A cell as it is read: numbers the Indonesian way, days short, what is missing a dash."""
    if isinstance(value, int | float):
        return figures.integer(value) if float(value).is_integer() else figures.decimal(value, 2)
    if value is not None and len(value) == 10 and value[4] == value[7] == "-":
        return figures.date_short(pd.Timestamp(value).date())
    return feedback.escape(figures.missing(value)).replace("\n", " ")
