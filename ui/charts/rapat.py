"""Charts of a meeting's panels on a wall: DataFrame in, chart out, nothing else."""

import altair as alt
import pandas as pd

from ui.charts.live import KEY
from ui.charts.theme import FONT, INK, KLUSTER, OUTLINE, REST

LETTERS = 24  # px: the smallest on a wall
_LABEL = 400  # px; longer names end in dots
_ROOM = 1.55  # of the longest bar: the words behind it need their place


def panel_bars(frame: pd.DataFrame, height: int) -> alt.LayerChart:
    """Lying bars of label, nilai, teks, kode in the given order, each with its words; no axis of numbers.

    A kluster keeps its colour; kode "kosong" (nothing filled in) is grey.
    """
    rows = frame.assign(warna=[_colour(kode) for kode in frame["kode"]], urut=range(len(frame)))
    top = max(float(rows["nilai"].max()) if len(rows) else 0.0, 1e-9)
    low = min(float(rows["nilai"].min()) if len(rows) else 0.0, 0.0)
    y = alt.Y(
        "urut:O",
        title=None,
        axis=alt.Axis(labelExpr=_names(rows["label"].tolist()), labelLimit=_LABEL, labelOverlap=False),
        scale=alt.Scale(paddingInner=0.3, paddingOuter=0.1),
    )
    x = alt.X("nilai:Q", axis=None, scale=alt.Scale(domain=[low * _ROOM, top * _ROOM]))
    base = alt.Chart(rows).encode(y=y, x=x)
    bars = base.mark_bar(stroke=OUTLINE, strokeWidth=0.5).encode(color=alt.Color("warna:N", scale=None))
    words = base.mark_text(align="left", dx=8, fontSize=LETTERS, fontWeight=600, fill=INK, font=FONT).encode(
        text="teks:N"
    )
    return (bars + words).properties(height=height)


def _colour(kode: str | None) -> str:
    if kode is None or kode != kode:
        return KEY
    return KLUSTER.get(kode, REST)


def _names(labels: list[str]) -> str:
    """An expression that names each place by its label, so that two bars of one name stay two."""
    told = ", ".join("'" + label.replace("\\", "\\\\").replace("'", "\\'") + "'" for label in labels)
    return f"[{told}][datum.value]"
