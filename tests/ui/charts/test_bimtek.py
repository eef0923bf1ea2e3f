"""The evaluation's charts by their specification: order, colours, both sides told apart by shape as well as colour."""

import pandas as pd
import pytest

from ui.charts import bimtek, theme


def test_a_dumbbell_keeps_the_order_and_marks_a_fall() -> None:
    frame = pd.DataFrame({"label": ["Orang 1", "Orang 2"], "pre": [40.0, 80.0], "post": [70.0, 60.0]})
    made = theme.finish(bimtek.dumbbell(frame, "Pre-test", "Post-test", "Nilai")).to_dict()
    rule, ends = made["layer"]
    assert rule["encoding"]["y"]["sort"] == ["Orang 1", "Orang 2"]
    assert rule["encoding"]["x"]["scale"]["domain"] == [0, 100]
    assert rule["encoding"]["color"]["condition"] == {"test": "datum.turun", "value": bimtek.WORSE}
    assert ends["encoding"]["color"]["scale"]["range"] == [bimtek.PRE_COLOUR, bimtek.POST_COLOUR]
    assert ends["encoding"]["shape"]["scale"]["range"] == ["circle", "diamond"]
    rows = next(iter(made["datasets"].values()))
    assert [row["turun"] for row in rows] == [False, True]


def test_classes_of_scores_keep_their_order() -> None:
    frame = pd.DataFrame({"kelas": ["0-9", "10-19"], "sisi": ["Pre-test", "Post-test"], "jumlah": [1, 2]})
    made = theme.finish(bimtek.distribution(frame, "Nilai", "Peserta", ("Pre-test", "Post-test"))).to_dict()
    assert made["encoding"]["x"]["sort"] == ["0-9", "10-19"]
    assert made["encoding"]["xOffset"]["sort"] == ["Pre-test", "Post-test"]


def test_transitions_are_stacked_from_always_right_to_still_wrong() -> None:
    titles = {kind: kind.replace("_", " lalu ") for kind in bimtek.TRANSITIONS}
    frame = pd.DataFrame({"label": ["Soal 7"] * 4, "jenis": list(bimtek.TRANSITIONS), "jumlah": [10, 9, 2, 4]})
    made = theme.finish(bimtek.transitions(frame, titles, "Peserta")).to_dict()
    assert made["encoding"]["color"]["scale"]["domain"] == list(titles.values())
    rows = next(iter(made["datasets"].values()))
    assert [row["urut"] for row in rows] == [0, 1, 2, 3]


@pytest.mark.parametrize("steps", [2, 3, 4, 5, 6, 7, 10])
def test_a_scale_has_one_colour_per_step(steps: int) -> None:
    assert len(bimtek.ramp(steps)) == steps
    if steps <= 7:
        assert len(set(bimtek.ramp(steps))) == steps


def test_shares_of_a_scale_are_stacked_to_one_hundred() -> None:
    steps = ["1 Kurang", "2 Cukup", "3 Baik", "4 Sangat Baik"]
    frame = pd.DataFrame({"label": ["Jadwal"] * 4, "langkah": steps, "jumlah": [0, 1, 5, 9]})
    made = theme.finish(bimtek.scale_shares(frame, steps, "Bagian jawaban", "Jawaban")).to_dict()
    assert made["encoding"]["x"]["stack"] == "normalize"
    assert made["encoding"]["color"]["scale"]["domain"] == steps


def test_events_stand_in_the_order_of_time() -> None:
    frame = pd.DataFrame({"label": ["2018", "2019"], "pre": [50.0, 52.0], "post": [70.0, 75.0], "n": [20, 24]})
    made = theme.finish(bimtek.over_events(frame, "Nilai rata-rata", ("Pre-test", "Post-test"))).to_dict()
    assert made["layer"][0]["encoding"]["x"]["sort"] == ["2018", "2019"]
    assert len(next(iter(made["datasets"].values()))) == 4
