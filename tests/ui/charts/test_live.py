"""Charts of the live screens: right data in the right order, valid specifications, letters large enough for a wall."""

import pandas as pd

from ui.charts import live
from ui.charts.theme import finish

ROWS = pd.DataFrame({"label": ["a. Satu", "b. Dua"], "jumlah": [3, 0], "kunci": ["Pilihan lain", "Kunci"]})


def test_bars_keep_the_order_of_the_form_and_name_the_key() -> None:
    spec = finish(live.option_bars(ROWS, "Kunci", "Pilihan lain", "Orang")).to_dict()
    bars = spec["layer"][0]["encoding"]
    assert bars["y"]["sort"] == ["a. Satu", "b. Dua"]
    assert bars["color"]["scale"] == {"domain": ["Kunci", "Pilihan lain"], "range": [live.KEY, live.OTHER]}
    assert [(row["label"], row["jumlah"]) for row in next(iter(spec["datasets"].values()))] == [
        ("a. Satu", 3), ("b. Dua", 0),
    ]  # fmt: skip


def test_without_a_key_there_is_one_colour_and_no_legend() -> None:
    rows = ROWS.assign(kunci="Pilihan lain")
    spec = finish(live.option_bars(rows, "Kunci", "Pilihan lain", "Orang")).to_dict()
    assert spec["layer"][0]["encoding"]["color"] == {"value": live.KEY}


def test_nobody_yet_is_a_chart_of_zeros() -> None:
    rows = ROWS.assign(jumlah=0)
    spec = finish(live.option_bars(rows, "Kunci", "Pilihan lain", "Orang")).to_dict()
    assert spec["layer"][0]["encoding"]["x"]["scale"]["domain"][1] >= 1


def test_nothing_on_the_wall_is_smaller_than_24_pixels() -> None:
    chart = live.wall_bars(ROWS, 300)
    spec = live.wall_spec(chart)
    chart.to_dict()  # validates

    def sizes(node: object) -> list[float]:
        if isinstance(node, dict):
            own = [float(v) for k, v in node.items() if k in ("fontSize", "labelFontSize", "titleFontSize")]
            return own + [size for value in node.values() for size in sizes(value)]
        return [size for value in node for size in sizes(value)] if isinstance(node, list) else []

    assert sizes(spec) and min(sizes(spec)) >= 24
