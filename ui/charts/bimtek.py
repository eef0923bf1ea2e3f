"""Charts of an evaluation: DataFrame in, chart out. Pre is always open and light, post filled and dark."""

import altair as alt
import pandas as pd

from ui.charts.lks import lines
from ui.charts.theme import INK, OUTLINE

PRE_COLOUR, POST_COLOUR, WORSE = "#94B1D4", "#124C82", "#B4501E"
TRANSITIONS = {"benar_benar": "#124C82", "salah_benar": "#1C9487", "benar_salah": "#E4743D", "salah_salah": "#E3E7EC"}
# A scale has up to seven steps; the ramp runs from weak to strong and is cut to the number of steps.
_STEPS = ["#B2501B", "#EAAA8B", "#E3E7EC", "#94B1D4", "#5489BC", "#076298", "#013C60"]
_RAMP = {
    2: (1, 5),
    3: (1, 2, 5),
    4: (0, 1, 4, 6),
    5: (0, 1, 2, 4, 6),
    6: (0, 1, 2, 3, 4, 6),
    7: (0, 1, 2, 3, 4, 5, 6),
}
_ROW, _TWO_LINES = 26, 36


def ramp(steps: int) -> list[str]:
    """One colour per step of a scale, lowest first."""
    if steps in _RAMP:
        return [_STEPS[place] for place in _RAMP[steps]]
    return [_STEPS[min(len(_STEPS) - 1, place * len(_STEPS) // max(steps, 1))] for place in range(steps)]


def _label_axis(order: list[str]) -> alt.Y:
    # Vega centres the first of two lines on the row: half a line up, and the pair is centred.
    two_lines = {"condition": {"test": "indexof(datum.value, '\\n') >= 0", "value": -7}, "value": 0}
    axis = alt.Axis(
        labelLimit=230,
        labelOverlap=False,
        labelExpr="split(datum.label, '\\n')",
        labelLineHeight=14,
        labelOffset=two_lines,
    )
    return alt.Y("baris_teks:N", sort=order, title=None, axis=axis)


def _step(rows: pd.DataFrame, row: int = _ROW) -> alt.Step:
    """As high as its labels need."""
    return alt.Step(max(row, _TWO_LINES) if any("\n" in text for text in rows["baris_teks"]) else row)


def dumbbell(frame: pd.DataFrame, pre_title: str, post_title: str, value_title: str) -> alt.LayerChart:
    """A line from pre to post per row: label, pre, post (percent 0-100, none missing), in the given order."""
    rows = frame.assign(
        baris_teks=[lines(text) for text in frame["label"]],
        turun=frame["post"] < frame["pre"],
    )
    order = list(rows["baris_teks"])
    y = _label_axis(order)
    scale = alt.Scale(domain=[0, 100])
    base = alt.Chart(rows)
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("pre:Q", title=pre_title, format=".1f"),
        alt.Tooltip("post:Q", title=post_title, format=".1f"),
    ]
    rule = base.mark_rule(strokeWidth=3).encode(
        y=y,
        x=alt.X("pre:Q", scale=scale, title=value_title, axis=alt.Axis(tickCount=5, format=".0f")),
        x2="post:Q",
        color=alt.condition("datum.turun", alt.value(WORSE), alt.value("#B2C6E0")),
        tooltip=tooltip,
    )
    ends = (
        base.transform_fold(["pre", "post"], as_=["sisi", "nilai"])
        .transform_calculate(sisi_label=f"datum.sisi === 'pre' ? '{pre_title}' : '{post_title}'")
        .mark_point(filled=True, size=90, opacity=1, strokeWidth=1.5)
        .encode(
            y=y,
            x=alt.X("nilai:Q", scale=scale),
            color=alt.Color(
                "sisi_label:N",
                scale=alt.Scale(domain=[pre_title, post_title], range=[PRE_COLOUR, POST_COLOUR]),
                legend=alt.Legend(title=None, orient="top"),
            ),
            shape=alt.Shape(
                "sisi_label:N",
                scale=alt.Scale(domain=[pre_title, post_title], range=["circle", "diamond"]),
                legend=alt.Legend(title=None, orient="top"),
            ),
            tooltip=tooltip,
        )
    )
    return (rule + ends).properties(height=_step(rows), width="container")


def distribution(frame: pd.DataFrame, value_title: str, count_title: str, sides: tuple[str, str]) -> alt.Chart:
    """How many people scored in each class of ten points, pre and post side by side: kelas (text in order), sisi, jumlah."""
    order = list(dict.fromkeys(frame["kelas"]))
    return (
        alt.Chart(frame)
        .mark_bar(cornerRadiusEnd=2)
        .encode(
            x=alt.X("kelas:N", sort=order, title=value_title, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            xOffset=alt.XOffset("sisi:N", sort=list(sides)),
            y=alt.Y("jumlah:Q", title=count_title, axis=alt.Axis(tickMinStep=1, format=",.0f", tickCount=4)),
            color=alt.Color(
                "sisi:N",
                scale=alt.Scale(domain=list(sides), range=[PRE_COLOUR, POST_COLOUR]),
                legend=alt.Legend(title=None, orient="top"),
            ),
            tooltip=["kelas:N", "sisi:N", alt.Tooltip("jumlah:Q", title=count_title, format=",.0f")],
        )
        .properties(height=220, width="container")
    )


def transitions(frame: pd.DataFrame, titles: dict[str, str], count_title: str) -> alt.Chart:
    """One bar per item: label, jenis (a key of TRANSITIONS), jumlah; right before and after, gained, lost, still wrong."""
    kinds = list(TRANSITIONS)
    rows = frame.assign(
        baris_teks=[lines(text) for text in frame["label"]],
        jenis_label=[titles[kind] for kind in frame["jenis"]],
        urut=[kinds.index(kind) for kind in frame["jenis"]],
    )
    return (
        alt.Chart(rows)
        .mark_bar(height={"band": 0.7}, stroke=OUTLINE, strokeWidth=0.4)
        .encode(
            y=_label_axis(list(dict.fromkeys(rows["baris_teks"]))),
            x=alt.X("jumlah:Q", title=count_title, axis=alt.Axis(tickMinStep=1, format=",.0f", tickCount=5)),
            color=alt.Color(
                "jenis_label:N",
                scale=alt.Scale(domain=[titles[kind] for kind in kinds], range=list(TRANSITIONS.values())),
                legend=alt.Legend(title=None, orient="top", columns=2, labelLimit=220),
            ),
            order=alt.Order("urut:Q"),
            tooltip=[
                alt.Tooltip("label:N", title=" "),
                alt.Tooltip("jenis_label:N", title=" "),
                alt.Tooltip("jumlah:Q", title=count_title, format=",.0f"),
            ],
        )
        .properties(height=_step(rows), width="container")
    )


def scale_shares(frame: pd.DataFrame, steps: list[str], share_title: str, count_title: str) -> alt.Chart:
    """One 100 % bar per question: label, langkah (text of `steps`, lowest first), jumlah."""
    rows = frame.assign(
        baris_teks=[lines(text) for text in frame["label"]],
        urut=[steps.index(step) for step in frame["langkah"]],
    )
    return (
        alt.Chart(rows)
        .mark_bar(height={"band": 0.7}, stroke=OUTLINE, strokeWidth=0.4)
        .encode(
            y=_label_axis(list(dict.fromkeys(rows["baris_teks"]))),
            x=alt.X("jumlah:Q", stack="normalize", title=share_title, axis=alt.Axis(format=".0%", tickCount=5)),
            color=alt.Color(
                "langkah:N",
                scale=alt.Scale(domain=steps, range=ramp(len(steps))),
                legend=alt.Legend(title=None, orient="top", columns=4, symbolStrokeColor=OUTLINE),
            ),
            order=alt.Order("urut:Q"),
            tooltip=[
                alt.Tooltip("label:N", title=" "),
                alt.Tooltip("langkah:N", title=" "),
                alt.Tooltip("jumlah:Q", title=count_title, format=",.0f"),
            ],
        )
        .properties(height=_step(rows, _ROW + 4), width="container")
    )


def _two_line_axis() -> alt.Axis:
    return alt.Axis(labelAngle=0, labelLimit=150, labelOverlap=False, labelExpr="split(datum.label, '\\n')")


def over_events(frame: pd.DataFrame, value_title: str, sides: tuple[str, str]) -> alt.LayerChart:
    """Mean pre and post per event in the order of time: label, pre, post (percent), n."""
    rows = frame.melt(["label", "n"], ["pre", "post"], "sisi_kode", "nilai")
    rows = rows.assign(sisi=[sides[0] if kind == "pre" else sides[1] for kind in rows["sisi_kode"]])
    order = list(frame["label"])
    base = alt.Chart(rows).encode(
        x=alt.X("label:N", sort=order, title=None, axis=_two_line_axis()),
        y=alt.Y("nilai:Q", scale=alt.Scale(domain=[0, 100]), title=value_title, axis=alt.Axis(tickCount=5)),
        xOffset=alt.XOffset("sisi:N", sort=list(sides)),
        color=alt.Color(
            "sisi:N",
            scale=alt.Scale(domain=list(sides), range=[PRE_COLOUR, POST_COLOUR]),
            legend=alt.Legend(title=None, orient="top"),
        ),
        tooltip=["label:N", "sisi:N", alt.Tooltip("nilai:Q", format=".1f"), alt.Tooltip("n:Q", title="n")],
    )
    bars = base.mark_bar(cornerRadiusEnd=2)
    numbers = base.mark_text(dy=-8, fontSize=12).encode(text=alt.Text("nilai:Q", format=".0f"), color=alt.value(INK))
    return (bars + numbers).properties(height=260, width="container")
