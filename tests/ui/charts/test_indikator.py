"""Charts of indicators: a line never joins two series, and every bar says its value."""

from typing import Any

import pandas as pd

from ui.charts import indikator as charts
from ui.charts.theme import finish

ROWS = [
    ("NTB", "lama", "2016", 2016.0, 65.81, "65,81"),
    ("NTB", "lama", "2022", 2022.0, 69.46, "69,46"),
    ("NTB", "baru", "2020", 2020.0, 70.46, "70,46"),
    ("NTB", "baru", "2023", 2023.0, 72.37, "72,37"),
]
COLUMNS = ["wilayah", "seri", "periode", "waktu", "nilai", "teks"]


def made(frame: pd.DataFrame) -> dict[str, Any]:
    return dict(finish(charts.trend(frame, "indeks", "Wilayah", "Seri")).to_dict())


def test_a_line_belongs_to_one_series_of_one_region() -> None:
    lines, *_ = made(pd.DataFrame(ROWS, columns=COLUMNS))["layer"]
    assert lines["mark"]["type"] == "line"
    split = lines["encoding"]["detail"]
    assert {one["field"] for one in split} == {"wilayah", "seri"}
    assert lines["encoding"]["x"]["field"] == "waktu" and lines["encoding"]["x"]["type"] == "quantitative"
    assert lines["encoding"]["strokeDash"]["scale"]["domain"] == ["lama", "baru"]


def test_values_without_series_have_no_key_for_them() -> None:
    frame = pd.DataFrame([("Kota Bima", "", "2025", 2025.0, 5.5, "5,50")], columns=COLUMNS)
    lines, points, words = made(frame)["layer"]
    assert "strokeDash" not in lines["encoding"]
    assert points["mark"]["type"] == "point" and words["encoding"]["text"]["field"] == "teks"


def test_bars_stand_in_the_given_order_and_carry_their_values() -> None:
    frame = pd.DataFrame(
        {"wilayah": ["Kota Bima", "NTB"], "nilai": [73.67, 65.81], "teks": ["73,67", "65,81"], "pertama": [True, False]}
    )
    found = finish(charts.side_by_side(frame, "indeks")).to_dict()
    bars, words = found["layer"]
    assert bars["encoding"]["y"]["sort"] == ["Kota Bima", "NTB"]
    assert words["encoding"]["text"]["field"] == "teks"
    assert found["config"]["locale"]["number"]["decimal"] == ","


def test_counts_are_marked_in_whole_steps() -> None:
    frame = pd.DataFrame({"wilayah": ["A"], "nilai": [3], "teks": ["3"], "pertama": [True]})
    axes = [
        charts.side_by_side(frame, "kriteria", whole=whole).to_dict()["layer"][0]["encoding"]["x"]["axis"]
        for whole in (True, False)
    ]
    assert axes[0]["tickMinStep"] == 1 and "tickMinStep" not in axes[1]
