"""Maps by their specification: shapes by address, no data told from zero, codes with and without dots."""

import pandas as pd

from ui.charts import maps, theme

VALUES = maps.with_digits(
    pd.DataFrame(
        {
            "kode": ["33.71", "33.08"],
            "label": ["Kota Magelang", "Kab. Magelang"],
            "nilai": [11, None],
            "teks": ["11 LKS", "-"],
        }
    )
)


def test_shapes_come_from_our_own_address_and_values_join_by_digits() -> None:
    chart = maps.choropleth(
        VALUES, "/peta/kabkota.json?v=1", "kabkota", title="Jumlah", steps=(5.0,), frame=[108, -8, 111, -6], prefix="33"
    )
    made = theme.finish(chart).to_dict()
    assert {layer["data"]["url"] for layer in made["layer"]} == {"/peta/kabkota.json?v=1"}
    filled = made["layer"][2]
    assert {"filter": "substring(datum.angka, 0, 2) == '33'"} in filled["transform"]
    lookup = next(step for step in filled["transform"] if "lookup" in step)
    assert lookup["lookup"] == "angka" and lookup["from"]["key"] == "angka"
    rows = next(iter(made["datasets"].values()))
    assert [row["angka"] for row in rows] == ["3371", "3308"]
    assert made["projection"]["type"] == "mercator"


def test_no_data_is_drawn_apart_from_zero() -> None:
    made = theme.finish(maps.choropleth(VALUES, "/p", "kabkota", title="Jumlah", steps=())).to_dict()
    empty, filled = made["layer"][1], made["layer"][2]
    assert {"filter": "!isValid(datum.nilai)"} in empty["transform"] and empty["mark"]["strokeDash"]
    assert {"filter": "isValid(datum.nilai)"} in filled["transform"]


def test_class_steps() -> None:
    assert maps.class_steps(pd.Series([0.1, 0.9]), share=True) == (0.2, 0.4, 0.6, 0.8)
    assert maps.class_steps(pd.Series([0, 0]), share=False) == ()
    assert maps.class_steps(pd.Series([17, 24, 23, 23, 43]), share=False) == (9.0, 18.0, 27.0, 36.0)
    many = maps.class_steps(pd.Series(range(1, 101)), share=False)
    assert many == (21.0, 41.0, 60.0, 80.0)


def test_points_keep_the_kluster_colours() -> None:
    rows = pd.DataFrame(
        {
            "kode": ["LKS-33.71-0001"],
            "nama": ["Panti (contoh)"],
            "lat": [-7.4],
            "lon": [110.2],
            "label": ["Kota Magelang"],
            "kluster": ["lansia"],
            "kluster_label": ["Lanjut usia"],
        }
    )
    made = theme.finish(
        maps.points(rows, "/p", frame=[110, -8, 111, -7], prefix="33.71", legend_title="Kluster")
    ).to_dict()
    dots = made["layer"][2]["encoding"]["color"]["scale"]
    assert dots == {"domain": ["Lanjut usia"], "range": ["#E4743D"]}
