"""Maps without a tile server: shapes come from our own address, values travel in the specification."""

from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from ui.charts.lks import PICK
from ui.charts.theme import INK, KLUSTER, REST, SEQUENTIAL

LAND, NOTHING, BORDER = "#EEF1F4", "#FAFBFC", "#8796A5"
INDONESIA = (94.8, -11.2, 141.2, 6.2)  # west, south, east, north
_CLASSES = 5
Frame = Sequence[float]


def _digits(kode: str) -> str:
    return kode.replace(".", "")


def with_digits(values: pd.DataFrame) -> pd.DataFrame:
    """The values with their code as the shapes carry it (angka, without dots) and nilai as a number."""
    return values.assign(angka=[_digits(kode) for kode in values["kode"]]).astype({"nilai": "float64"})


def _projection(frame: Frame | None) -> alt.Projection:
    """Mercator fitted to a frame: the frame's corners as points, because a polygon's winding may turn the globe inside out."""
    west, south, east, north = frame or INDONESIA
    corners = {"type": "MultiPoint", "coordinates": [[west, south], [east, south], [east, north], [west, north]]}
    return alt.Projection(type="mercator", fit={"type": "Feature", "properties": {}, "geometry": corners})


def _shapes(url: str, feature: str, prefix: str | None) -> alt.Chart:
    chart = alt.Chart(alt.UrlData(url=url, format=alt.TopoDataFormat(type="topojson", feature=feature)))
    chart = chart.transform_calculate(angka="datum.properties.kode")
    if prefix:
        digits = _digits(prefix)
        chart = chart.transform_filter(f"substring(datum.angka, 0, {len(digits)}) == '{digits}'")
    return chart


def class_steps(values: Iterable[float], share: bool) -> tuple[float, ...]:
    """Upper edges that split positive values into at most five classes; fixed fifths for shares, quantiles for counts."""
    if share:
        return (0.2, 0.4, 0.6, 0.8)
    every = np.fromiter(values, np.float64)
    positive = every[every > 0]
    if not len(positive):
        return ()
    if len(positive) < 8:  # quantiles of a handful are the handful itself: even steps read better
        top = int(positive.max())
        return tuple(float(edge) for edge in range(-(-top // 5), top, max(-(-top // 5), 1)))
    edges = sorted({float(round(edge)) for edge in np.quantile(positive, (0.2, 0.4, 0.6, 0.8)).tolist()} - {0.0})
    return tuple(edge for edge in edges if positive.min() < edge <= positive.max())


def choropleth(
    values: pd.DataFrame,
    shapes_url: str,
    feature: str,
    *,
    title: str,
    steps: tuple[float, ...],
    frame: Frame | None = None,
    prefix: str | None = None,
    share: bool = False,
    height: int = 440,
) -> alt.LayerChart:
    """Regions shaded by nilai: values has kode (dotted), angka (with_digits), label, teks, nilai (None: no data).

    `feature` is the layer of the shapes ("provinsi", "kabkota"), `prefix` keeps the regions below one code. A click
    picks a kode. Zero is the palest shade, no data is white with a dashed edge: the two are never the same.
    """
    colours = [SEQUENTIAL[i] for i in (1, 3, 5, 7, 9)][: len(steps) + 1] if steps else [SEQUENTIAL[3]]
    land = _shapes(shapes_url, feature, None).mark_geoshape(fill=LAND, stroke="#FFFFFF", strokeWidth=0.5, aria=False)
    joined = _shapes(shapes_url, feature, prefix).transform_lookup(
        lookup="angka", from_=alt.LookupData(data=values, key="angka", fields=["kode", "label", "nilai", "teks"])
    )
    legend = alt.Legend(
        orient="bottom", title=title, format=".0%" if share else ",.0f", direction="horizontal", symbolType="square"
    )
    scale = alt.Scale(type="threshold", domain=list(steps) or [1], range=colours if steps else [colours[0], colours[0]])
    tooltip = [alt.Tooltip("label:N", title="Wilayah"), alt.Tooltip("teks:N", title=title)]
    filled = (
        joined.transform_filter("isValid(datum.nilai)")
        .mark_geoshape(stroke="#FFFFFF", strokeWidth=0.8, cursor="pointer")
        .encode(color=alt.Color("nilai:Q", scale=scale, legend=legend), tooltip=tooltip)
        .add_params(alt.selection_point(name=PICK, fields=["kode"], toggle=False))
    )
    empty = (
        joined.transform_filter("!isValid(datum.nilai)")
        .mark_geoshape(fill=NOTHING, stroke=BORDER, strokeWidth=0.7, strokeDash=[3, 2])
        .encode(tooltip=tooltip)
    )
    return (land + empty + filled).properties(projection=_projection(frame), width="container", height=height)


def points(
    rows: pd.DataFrame, shapes_url: str, *, frame: Frame, prefix: str, legend_title: str, height: int = 460
) -> Any:
    """LKS as dots over their region: rows has lat, lon, nama, label, kluster (code), kluster_label, kode."""
    land = _shapes(shapes_url, "kabkota", None).mark_geoshape(fill=LAND, stroke="#FFFFFF", strokeWidth=0.7, aria=False)
    home = _shapes(shapes_url, "kabkota", prefix).mark_geoshape(
        fill="#FFFFFF", stroke=BORDER, strokeWidth=1, aria=False
    )
    layers: list[Any] = [land, home]
    if not rows.empty:
        order = rows.drop_duplicates("kluster")
        scale = alt.Scale(
            domain=order["kluster_label"].tolist(), range=[KLUSTER.get(kode, REST) for kode in order["kluster"]]
        )
        dots = (
            alt.Chart(rows)
            .mark_circle(size=110, opacity=0.9, stroke=INK, strokeWidth=0.6, cursor="pointer")
            .encode(
                longitude="lon:Q",
                latitude="lat:Q",
                color=alt.Color(
                    "kluster_label:N", scale=scale, legend=alt.Legend(orient="bottom", title=legend_title, columns=3)
                ),
                tooltip=[
                    alt.Tooltip("nama:N", title="LKS"),
                    alt.Tooltip("kluster_label:N", title="Kluster"),
                    alt.Tooltip("label:N", title="Wilayah"),
                ],
            )
            .add_params(alt.selection_point(name=PICK, fields=["kode"], toggle=False))
        )
        layers.append(dots)
    return alt.layer(*layers).properties(projection=_projection(frame), width="container", height=height)
