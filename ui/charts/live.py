"""Charts of the live screens: DataFrame in, chart out, nothing else."""

import altair as alt
import pandas as pd

from ui.charts.lks import lines
from ui.charts.theme import FONT, GRID, INK, LABEL, LOCALE, OUTLINE, REST

KEY, OTHER = "#124C82", REST
_ROW = 40


def option_bars(frame: pd.DataFrame, right: str, other: str, axis: str) -> alt.LayerChart:
    """Horizontal bars of label, jumlah, kunci (right or other), in the given order, each with its number.

    Without any right one all bars have one colour and there is no legend.
    """
    rows = frame.assign(teks=[lines(text) for text in frame["label"]])
    keyed = bool((rows["kunci"] == right).any())
    y = alt.Y(
        "teks:N",
        sort=rows["teks"].tolist(),
        title=None,
        axis=alt.Axis(labelLimit=260, labelOverlap=False, labelExpr="split(datum.label, '\\n')", labelLineHeight=15),
    )
    top = max(int(rows["jumlah"].max()) if len(rows) else 0, 1)
    x = alt.X(
        "jumlah:Q", title=axis, scale=alt.Scale(domain=[0, top * 1.12]), axis=alt.Axis(tickMinStep=1, format=",.0f")
    )
    colour = alt.Color(
        "kunci:N",
        scale=alt.Scale(domain=[right, other], range=[KEY, OTHER]),
        legend=alt.Legend(title=None, orient="top") if keyed else None,
    )
    base = alt.Chart(rows).encode(y=y, x=x)
    bars = base.mark_bar(stroke=OUTLINE, strokeWidth=0.5).encode(
        color=colour if keyed else alt.value(KEY),
        tooltip=[alt.Tooltip("label:N", title=" "), alt.Tooltip("jumlah:Q", title=axis, format=",.0f")],
    )
    numbers = base.mark_text(align="left", dx=5).encode(text=alt.Text("jumlah:Q", format=",.0f"))
    return (bars + numbers).properties(height=alt.Step(_ROW))


def wall_bars(frame: pd.DataFrame, height: int) -> alt.LayerChart:
    """Upright bars of label, jumlah for a wall: nothing below 24 px, no axis of numbers because each bar has its own."""
    rows = frame.assign(teks=[lines(text) for text in frame["label"]])
    x = alt.X(
        "teks:N",
        sort=rows["teks"].tolist(),
        title=None,
        axis=alt.Axis(labelAngle=0, labelOverlap=False, labelLimit=320, labelExpr="split(datum.label, '\\n')"),
    )
    top = max(int(rows["jumlah"].max()) if len(rows) else 0, 1)
    y = alt.Y("jumlah:Q", axis=None, scale=alt.Scale(domain=[0, top * 1.25]))
    base = alt.Chart(rows).encode(x=x, y=y)
    bars = base.mark_bar(color=KEY)
    numbers = base.mark_text(baseline="bottom", dy=-4, fontSize=28, fontWeight=700, fill=INK, font=FONT).encode(
        text=alt.Text("jumlah:Q", format=",.0f")
    )
    return (bars + numbers).properties(height=height)


def wall_spec(chart: alt.LayerChart) -> dict[str, object]:
    """The specification of a chart for a wall: theme.finish() is made for desks, its letters are too small here."""
    return dict(
        chart.configure(
            locale=LOCALE,
            background="transparent",
            font=FONT,
            axis=alt.AxisConfig(
                labelFont=FONT, labelColor=LABEL, labelFontSize=24, labelLineHeight=28, gridColor=GRID, domain=False,
                ticks=False, labelPadding=8,
            ),
            view=alt.ViewConfig(stroke=None),
        ).to_dict(validate=False)
    )  # fmt: skip
