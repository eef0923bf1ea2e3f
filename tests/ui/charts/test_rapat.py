"""Bars of a panel on a wall: in order, each with its words, a kluster in its own colour, nothing below 24 px."""

import pandas as pd

from ui.charts import live, rapat
from ui.charts.theme import KLUSTER, REST

ROWS = pd.DataFrame(
    {
        "label": ["Anak", "Kab. 'A\\B'", "Kab. 'A\\B'", "Belum diisi"],
        "nilai": [8, 2, 2, 1],
        "teks": ["8", "2 dari 4", "2", "1"],
        "kode": ["anak", None, None, "kosong"],
    }
)


def test_bars_stand_in_order_with_their_words_and_colours() -> None:
    spec = rapat.panel_bars(ROWS, 300).to_dict()  # validates
    rows = next(iter(spec["datasets"].values()))
    assert [(row["urut"], row["teks"], row["warna"]) for row in rows] == [
        (0, "8", KLUSTER["anak"]), (1, "2 dari 4", live.KEY), (2, "2", live.KEY), (3, "1", REST),
    ]  # fmt: skip
    assert spec["height"] == 300
    axis = spec["layer"][0]["encoding"]["y"]["axis"]["labelExpr"]
    assert axis == "['Anak', 'Kab. \\'A\\\\B\\'', 'Kab. \\'A\\\\B\\'', 'Belum diisi'][datum.value]"


def test_bars_of_one_name_stay_two_and_less_than_nothing_has_room() -> None:
    spec = rapat.panel_bars(ROWS.assign(nilai=[3.0, -2.0, 0.0, 1.0]), 300).to_dict()
    assert spec["layer"][0]["encoding"]["y"]["field"] == "urut"
    low, high = spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert low <= -2 and high > 3
    empty = rapat.panel_bars(ROWS.assign(nilai=0), 300).to_dict()
    assert empty["layer"][0]["encoding"]["x"]["scale"]["domain"][1] > 0


def test_nothing_is_smaller_than_24_pixels() -> None:
    spec = live.wall_spec(rapat.panel_bars(ROWS, 300))

    def sizes(node: object) -> list[float]:
        if isinstance(node, dict):
            own = [float(v) for k, v in node.items() if k in ("fontSize", "labelFontSize", "titleFontSize")]
            return own + [size for value in node.values() for size in sizes(value)]
        return [size for value in node for size in sizes(value)] if isinstance(node, list) else []

    assert sizes(spec) and min(sizes(spec)) >= 24
