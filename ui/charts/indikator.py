"""Charts of indicators: DataFrame in, chart out. Two series of one statistic are never joined by a line."""

import altair as alt
import pandas as pd

from ui.charts.theme import INK, KLUSTER

COLOURS = list(KLUSTER.values())
_DASHES = [[1, 0], [6, 4], [2, 3]]


def trend(frame: pd.DataFrame, value_title: str, region_title: str, series_title: str) -> alt.LayerChart:
    """Lines of wilayah (name), seri, periode (text), waktu (year with its fraction), nilai, teks.

    One line per region and series, each value a point; time runs evenly, also where years are missing.
    """
    regions = list(dict.fromkeys(frame["wilayah"]))
    told = [name for name in dict.fromkeys(frame["seri"]) if name]
    base = alt.Chart(frame).encode(
        x=alt.X(
            "waktu:Q",
            title=None,
            scale=alt.Scale(zero=False, nice=False, padding=30),
            axis=alt.Axis(format="d", tickMinStep=1, grid=False),
        ),
        y=alt.Y("nilai:Q", title=value_title, scale=alt.Scale(zero=False, nice=True), axis=alt.Axis(tickCount=5)),
        color=alt.Color(
            "wilayah:N",
            scale=alt.Scale(domain=regions, range=[COLOURS[n % len(COLOURS)] for n in range(len(regions))]),
            legend=alt.Legend(title=region_title, orient="top"),
        ),
        # What a line joins: the series is part of it, so the old and the new one stand apart.
        detail=["wilayah:N", "seri:N"],
        tooltip=[
            alt.Tooltip("wilayah:N", title=region_title),
            alt.Tooltip("periode:N", title=" "),
            alt.Tooltip("seri:N", title=series_title),
            alt.Tooltip("teks:N", title=value_title),
        ],
    )
    lines = base.mark_line(strokeWidth=2.5)
    if told:
        dash = alt.Scale(domain=told, range=_DASHES[: len(told)])
        legend = alt.Legend(title=series_title, orient="top", symbolType="stroke", symbolSize=400)
        lines = lines.encode(strokeDash=alt.StrokeDash("seri:N", scale=dash, legend=legend))
    points = base.mark_point(filled=True, size=70, opacity=1)
    words = base.mark_text(dy=-12, fontSize=12).encode(text="teks:N", color=alt.value(INK))
    return (lines + points + words).properties(height=280, width="container")


def side_by_side(frame: pd.DataFrame, value_title: str, whole: bool = False) -> alt.LayerChart:
    """Bars of wilayah, nilai, teks, pertama (the region that was asked about) in the given order, each with its value.

    `whole`: the values are counts, and between two of them there is nothing to mark.
    """
    axis = alt.Axis(tickCount=5, tickMinStep=1, format=",.0f") if whole else alt.Axis(tickCount=5)
    base = alt.Chart(frame).encode(
        y=alt.Y(
            "wilayah:N", sort=list(frame["wilayah"]), title=None, axis=alt.Axis(labelLimit=220, labelOverlap=False)
        ),
        x=alt.X("nilai:Q", title=value_title, axis=axis),
        tooltip=[alt.Tooltip("wilayah:N", title=" "), alt.Tooltip("teks:N", title=value_title)],
    )
    colour = alt.condition("datum.pertama", alt.value(COLOURS[0]), alt.value("#94B1D4"))
    bars = base.mark_bar(cornerRadiusEnd=3, height={"band": 0.68}).encode(color=colour)
    words = base.mark_text(align="left", dx=6, fontWeight=600).encode(text="teks:N")
    return (bars + words).properties(height=alt.Step(34), width="container")
