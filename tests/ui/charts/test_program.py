"""The chart of service forms: a bar and a number for each, in the given order, also for a form that nobody uses."""

import pandas as pd

from ui.charts import program


def test_every_form_has_a_bar_and_a_number_in_the_given_order() -> None:
    frame = pd.DataFrame({"label": ["Rehabilitasi sosial", "Jaminan sosial"], "jumlah": [3, 0]})
    spec = program.forms(frame, "Program").to_dict()
    bars, numbers = spec["layer"]
    assert (bars["mark"]["type"], numbers["mark"]["type"]) == ("bar", "text")
    for layer in (bars, numbers):
        assert layer["encoding"]["y"]["sort"] == ["Rehabilitasi sosial", "Jaminan sosial"]
    [rows] = spec["datasets"].values()
    assert [row["jumlah"] for row in rows] == [3, 0]
    assert numbers["encoding"]["text"]["field"] == "jumlah"
