"""Charts of programs: DataFrame in, chart out."""

import altair as alt
import pandas as pd

from ui.charts.theme import KLUSTER


def forms(frame: pd.DataFrame, count_title: str) -> alt.LayerChart:
    """Horizontal bars of label (in the given order) and jumlah, each with its number."""
    base = alt.Chart(frame).encode(
        y=alt.Y("label:N", sort=frame["label"].tolist(), title=None, axis=alt.Axis(labelLimit=200, labelOverlap=False)),
        x=alt.X("jumlah:Q", title=None, axis=alt.Axis(tickMinStep=1, format=",.0f", tickCount=4)),
        tooltip=[alt.Tooltip("label:N", title=" "), alt.Tooltip("jumlah:Q", title=count_title, format=",.0f")],
    )
    bars = base.mark_bar(cornerRadiusEnd=3, height={"band": 0.64}, color=KLUSTER["anak"])
    numbers = base.mark_text(align="left", dx=6, fontWeight=600).encode(text=alt.Text("jumlah:Q", format=",.0f"))
    return (bars + numbers).properties(height=alt.Step(38), width="container")
