"""The chart of a meeting's panel on an ordinary screen: DataFrame in, chart out, nothing else."""

import altair as alt
import pandas as pd

from ui.charts.live import KEY
from ui.charts.lks import lines
from ui.charts.theme import KLUSTER, OUTLINE, REST

_ROW = 34
_ROOM = 1.35  # of the longest bar: the words behind it need their place


def bars(frame: pd.DataFrame) -> alt.LayerChart:
    """Lying bars of label, nilai, teks, kode in the given order, each with its words; a kluster keeps its colour."""
    rows = frame.assign(
        warna=[KEY if kode is None or kode != kode else KLUSTER.get(kode, REST) for kode in frame["kode"]],
        baris_teks=[lines(label) for label in frame["label"]],
        urut=range(len(frame)),  # two bars of one name stay two
    )
    top = max(float(rows["nilai"].max()) if len(rows) else 0.0, 1e-9)
    low = min(float(rows["nilai"].min()) if len(rows) else 0.0, 0.0)
    names = ", ".join("'" + str(text).replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"
                      for text in rows["baris_teks"])  # fmt: skip
    axis = alt.Axis(labelExpr=f"split([{names}][datum.value], '\\n')", labelLimit=220, labelOverlap=False)
    y = alt.Y("urut:O", title=None, axis=axis)
    x = alt.X("nilai:Q", axis=None, scale=alt.Scale(domain=[low * _ROOM, top * _ROOM]))
    base = alt.Chart(rows).encode(
        y=y, x=x, tooltip=[alt.Tooltip("label:N", title=" "), alt.Tooltip("teks:N", title=" ")]
    )
    drawn = base.mark_bar(stroke=OUTLINE, strokeWidth=0.4, cornerRadiusEnd=3).encode(
        color=alt.Color("warna:N", scale=None)
    )
    told = base.mark_text(align="left", dx=6, fontWeight=600).encode(text="teks:N")
    return (drawn + told).properties(height=alt.Step(_ROW), width="container")
