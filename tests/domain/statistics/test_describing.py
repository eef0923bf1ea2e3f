"""Descriptions with n - 1 and type 7 quantiles."""

import pytest

from domain.statistics.describing import describe
from domain.statistics.withheld import Withheld


def test_a_description_by_hand() -> None:
    # 1 2 4 9: mean 4; deviations 9 + 4 + 0 + 25 = 38, variance 38/3; q1 at place 0.75: 1.75; q3 at 2.25: 5.25
    found = describe([9, 1, 4, 2])
    assert (found.n, found.mean, found.median, found.minimum, found.maximum) == (4, 4.0, 3.0, 1.0, 9.0)
    assert found.sd == pytest.approx((38 / 3) ** 0.5)
    assert (found.q1, found.q3) == (1.75, 5.25)


def test_nothing_and_one() -> None:
    assert describe([]).mean == Withheld("tanpa_data")
    assert describe([7]).sd == Withheld("perlu_dua")
    assert describe([7]).mean == 7.0


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_never_gets_in(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        describe([1.0, value])
