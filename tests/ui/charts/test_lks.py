"""The register's charts by their specification: order, colours, numbers in the Indonesian way."""

import pandas as pd

from ui.charts import lks, theme


def _with_lines(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    return frame.assign(baris_teks=[lks.lines(text) for text in frame[column]])


KLUSTER = _with_lines(
    pd.DataFrame(
        {
            "kode": ["anak", "lainnya", "tuna_sosial"],
            "label": ["Anak", "Lainnya", "Tuna sosial dan korban perdagangan orang"],
            "jumlah": [8, 2, 1],
        }
    ),
    "label",
)


def test_kluster_bars_keep_order_and_colours() -> None:
    chart = lks.kluster_bar(KLUSTER, "LKS", 10)
    made = theme.finish(chart).to_dict()  # validates against the schema
    bars = made["layer"][0]["encoding"]
    assert bars["y"]["sort"] == ["Anak", "Lainnya", "Tuna sosial dan korban\nperdagangan orang"]
    assert dict(zip(bars["color"]["scale"]["domain"], bars["color"]["scale"]["range"], strict=True)) == {
        "anak": "#124C82",
        "tuna_sosial": "#913453",
        "lainnya": theme.REST,
    }
    assert made["layer"][1]["encoding"]["text"]["field"] == "jumlah", "each bar carries its number"
    assert made["config"]["locale"]["number"]["decimal"] == ","
    assert [param["name"] for param in made["params"]] == [lks.PICK]


def test_shares_are_stacked_to_one_hundred_in_the_order_of_strength() -> None:
    frame = _with_lines(
        pd.DataFrame(
            {
                "label": ["Kota A", "Kota A", "Kota B"],
                "nilai": ["A", "kosong", "A"],
                "nilai_label": ["A", "Belum diisi", "A"],
                "jumlah": [3, 1, 2],
                "total": [4, 4, 2],
                "urut": [0, 5, 0],
            }
        ),
        "label",
    )
    made = theme.finish(lks.stacked_share(frame, "akreditasi", "Bagian LKS")).to_dict()
    assert made["encoding"]["x"]["stack"] == "normalize"
    assert made["encoding"]["color"]["scale"] == {"domain": ["A", "Belum diisi"], "range": ["#013C60", "#F3F6F9"]}


def test_heat_orders_both_ways() -> None:
    cells = pd.DataFrame({"baris_label": ["Anak"], "kolom_label": ["Aktif"], "jumlah": [7]})
    chart = lks.crosstab_heat(
        _with_lines(cells, "baris_label"), ("Anak",), ("Aktif", "Tidak"), "Kluster", "Keaktifan", 7
    )
    made = theme.finish(chart).to_dict()
    assert made["layer"][0]["encoding"]["x"]["sort"] == ["Aktif", "Tidak"]
    assert made["layer"][0]["encoding"]["color"]["scale"]["domain"] == [0, 7]


def test_ceiling_is_round_and_never_below() -> None:
    assert [lks.ceiling(value) for value in (0, 1, 9, 43, 130, 1_234, 11_111)] == [1, 1, 9, 43, 130, 1_300, 12_000]


def test_long_labels_take_two_lines() -> None:
    assert lks.lines("Korban tindak kekerasan dan trauma") == "Korban tindak kekerasan\ndan trauma"
