"""The chart of a panel: a kluster keeps its colour, two bars of one name stay two, quotes in names break nothing."""

import pandas as pd

from ui.charts import panel, theme


def test_bars_keep_order_colour_and_words() -> None:
    rows = [
        {"label": "Anak", "nilai": 8.0, "teks": "8", "kode": "anak"},
        {"label": "Kec. D'Utara", "nilai": 2.0, "teks": "2", "kode": None},
        {"label": "Kec. D'Utara", "nilai": 1.0, "teks": "1", "kode": "kosong"},
    ]
    spec = theme.as_spec(panel.bars(pd.DataFrame(rows)))
    [data] = spec["datasets"].values()
    assert [(row["urut"], row["warna"], row["teks"]) for row in data] == [
        (0, theme.KLUSTER["anak"], "8"),
        (1, panel.KEY, "2"),
        (2, theme.REST, "1"),
    ]
    axis = spec["layer"][0]["encoding"]["y"]["axis"]["labelExpr"]
    assert axis == "split(['Anak', 'Kec. D\\'Utara', 'Kec. D\\'Utara'][datum.value], '\\n')"


def test_no_rows_make_an_empty_chart() -> None:
    frame = pd.DataFrame([], columns=["label", "nilai", "teks", "kode"])
    assert panel.bars(frame).to_dict()["layer"]
