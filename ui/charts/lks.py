"""Charts of the register: DataFrame in, chart out, nothing else. Words for the axes come with the call."""

import textwrap
from functools import lru_cache

import altair as alt
import pandas as pd

from ui.charts.theme import AXIS, INK, KLUSTER, OUTLINE, REST, SEQUENTIAL

PICK = "pilih"  # the name under which a click comes back, as a list of {"kode": ...}
_ROW = 34


@lru_cache(maxsize=8192)
def lines(text: object) -> str:
    """A long label over two lines, so that nothing is cut off on a phone either."""
    return "\n".join(textwrap.wrap(str(text), 24)[:2])


def ceiling(value: float) -> int:
    """A round number not below `value`: axes that end there seldom change while the data do."""
    step = 10 ** max(len(str(int(value))) - 2, 0)
    return max(-(-int(value) // step) * step, 1)


def _rows(order: list[str]) -> alt.Y:
    # Vega centres the first of two lines on the row: half a line up, and the pair is centred.
    two_lines = {"condition": {"test": "indexof(datum.value, '\\n') >= 0", "value": -7}, "value": 0}
    axis = alt.Axis(
        labelLimit=220,
        labelOverlap=False,
        labelExpr="split(datum.label, '\\n')",
        labelLineHeight=14,
        labelOffset=two_lines,
    )
    return alt.Y("baris_teks:N", sort=order, title=None, axis=axis)


def _pick() -> alt.Parameter:
    return alt.selection_point(name=PICK, fields=["kode"], toggle=False)


def kluster_bar(frame: pd.DataFrame, count_title: str, top: int) -> alt.LayerChart:
    """Horizontal bars of kode, label, baris_teks, jumlah in the given order, each with its number; a click picks a kode.

    `top` is a round number not below the largest count.
    """
    base = alt.Chart(frame).encode(
        y=_rows(frame["baris_teks"].tolist()),
        x=alt.X(
            "jumlah:Q",
            title=None,
            scale=alt.Scale(domain=[0, top * 1.12]),
            axis=alt.Axis(tickMinStep=1, format=",.0f", tickCount=4),
        ),
        tooltip=[alt.Tooltip("label:N", title="Kluster"), alt.Tooltip("jumlah:Q", title=count_title, format=",.0f")],
    )
    known = [kode for kode in frame["kode"] if kode in KLUSTER]
    rest = [kode for kode in frame["kode"] if kode not in KLUSTER]
    colour = alt.Scale(domain=[*known, *rest], range=[*[KLUSTER[kode] for kode in known], *[REST] * len(rest)])
    bars = base.mark_bar(cornerRadiusEnd=3, height={"band": 0.68}).encode(
        color=alt.Color("kode:N", scale=colour, legend=None),
        stroke=alt.condition(alt.FieldOneOfPredicate("kode", rest), alt.value(OUTLINE), alt.value(None)),
    )
    numbers = base.mark_text(align="left", dx=6, fontWeight=600).encode(text=alt.Text("jumlah:Q", format=",.0f"))
    return (bars.add_params(_pick()) + numbers).properties(height=alt.Step(_ROW), width="container")


def stacked_share(frame: pd.DataFrame, axis: str, share_title: str) -> alt.Chart:
    """One 100 % bar per label, split by the values of an axis in their order.

    Columns: label and baris_teks (in the given order), nilai, nilai_label, jumlah, total, urut (0: the strongest value).
    """
    values = frame.drop_duplicates("nilai").sort_values("urut")
    colours = [AXIS[axis].get(nilai, REST) for nilai in values["nilai"]]
    return (
        alt.Chart(frame)
        .mark_bar(height={"band": 0.7}, stroke=OUTLINE, strokeWidth=0.4)
        .encode(
            y=_rows(list(dict.fromkeys(frame["baris_teks"]))),
            x=alt.X("jumlah:Q", stack="normalize", title=share_title, axis=alt.Axis(format=".0%", tickCount=5)),
            color=alt.Color(
                "nilai_label:N",
                title=None,
                scale=alt.Scale(domain=values["nilai_label"].tolist(), range=colours),
                legend=alt.Legend(orient="top", columns=3, symbolStrokeColor=OUTLINE, labelLimit=220),
            ),
            order=alt.Order("urut:Q"),
            tooltip=[
                alt.Tooltip("label:N", title="Wilayah"),
                alt.Tooltip("nilai_label:N", title="Nilai"),
                alt.Tooltip("jumlah:Q", title="LKS", format=",.0f"),
                alt.Tooltip("total:Q", title="dari", format=",.0f"),
            ],
        )
        .properties(height=alt.Step(_ROW), width="container")
    )


def crosstab_heat(
    frame: pd.DataFrame, rows: tuple[str, ...], columns: tuple[str, ...], row_title: str, column_title: str, top: int
) -> alt.LayerChart:
    """Counts of baris_label (baris_teks) x kolom_label as shaded cells with their numbers; the order is given."""
    base = alt.Chart(frame).encode(
        y=_rows([lines(row) for row in rows]),
        x=alt.X(
            "kolom_label:N",
            sort=list(columns),
            title=None,
            axis=alt.Axis(orient="top", labelAngle=0 if len(columns) <= 5 else -35, labelLimit=160, labelOverlap=False),
        ),
        tooltip=[
            alt.Tooltip("baris_label:N", title=row_title),
            alt.Tooltip("kolom_label:N", title=column_title),
            alt.Tooltip("jumlah:Q", title="LKS", format=",.0f"),
        ],
    )
    cells = base.mark_rect(stroke="#FFFFFF", strokeWidth=2, cornerRadius=3).encode(
        color=alt.Color("jumlah:Q", scale=alt.Scale(range=SEQUENTIAL, domain=[0, top]), legend=None)
    )
    dark = alt.datum.jumlah > top * 0.45
    numbers = base.mark_text(fontWeight=600).encode(
        text=alt.Text("jumlah:Q", format=",.0f"), color=alt.condition(dark, alt.value("#FFFFFF"), alt.value(INK))
    )
    return (cells + numbers).properties(height=alt.Step(_ROW + 4), width="container")


def expiry_bars(frame: pd.DataFrame, count_title: str) -> alt.Chart:
    """Papers that end, by month and kind: bulan (text, in order), jenis_label, jumlah."""
    return (
        alt.Chart(frame)
        .mark_bar(cornerRadiusEnd=2)
        .encode(
            x=alt.X("bulan:N", sort=list(dict.fromkeys(frame["bulan"])), title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("jumlah:Q", title=count_title, axis=alt.Axis(tickMinStep=1, format=",.0f", tickCount=4)),
            color=alt.Color(
                "jenis_label:N",
                title=None,
                scale=alt.Scale(range=["#124C82", "#E4743D"]),
                legend=alt.Legend(orient="top"),
            ),
            tooltip=["bulan:N", "jenis_label:N", alt.Tooltip("jumlah:Q", format=",.0f")],
        )
        .properties(height=200, width="container")
    )
