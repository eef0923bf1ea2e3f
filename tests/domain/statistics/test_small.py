"""The small-sample rules at each of their edges."""

import pytest

from domain.statistics.small import FROM, Kind, Level, hidden_groups, show, too_few
from domain.statistics.withheld import Withheld, given


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize(
    ("n", "level"),
    [
        (0, Level.DESCRIPTIVE),
        (4, Level.DESCRIPTIVE),
        (5, Level.VERY_FEW),
        (9, Level.VERY_FEW),
        (10, Level.SMALL),
        (29, Level.SMALL),
        (30, Level.FULL),
        (500, Level.FULL),
    ],
)
def test_the_steps(kind: Kind, n: int, level: Level) -> None:
    assert show(n, kind) == level


@pytest.mark.parametrize("figure", list(FROM))
def test_a_figure_is_given_from_its_number_on(figure: str) -> None:
    assert too_few(figure, FROM[figure]) is None
    assert too_few(figure, FROM[figure] - 1) == Withheld(
        "terlalu_sedikit", {"n": FROM[figure] - 1, "minimum": FROM[figure]}
    )


def test_small_groups_hide_only_in_anonymous_forms() -> None:
    assert hidden_groups({"A": 4, "B": 5}, anonymous=True) == {"A"}
    assert hidden_groups({"A": 4, "B": 5}, anonymous=False) == frozenset()


def test_a_withheld_figure_is_not_given() -> None:
    assert given(0.0) and not given(Withheld("tanpa_data")) and not given(None)
