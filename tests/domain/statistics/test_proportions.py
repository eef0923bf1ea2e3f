"""Wilson's interval stays between 0 and 1, where the normal approximation does not."""

import pytest

from domain.statistics.proportions import proportion, wilson
from domain.statistics.withheld import Withheld


def test_eighteen_of_twenty_stays_below_one() -> None:
    # p = 0.9, z^2 = 3.841459: centre (0.9 + 0.096036)/1.192073 = 0.835550
    # half = 1.959964/1.192073 x sqrt(0.0045 + 3.841459/1600) = 0.136584
    low, high = wilson(18, 20)
    assert (low, high) == pytest.approx((0.698966, 0.972134), abs=2e-6)


@pytest.mark.parametrize("n", [1, 5, 50])
def test_the_ends_touch_their_border(n: int) -> None:
    assert wilson(0, n)[0] == 0.0
    assert wilson(n, n)[1] == 1.0
    assert 0 < wilson(0, n)[1] < 1 and 0 < wilson(n, n)[0] < 1


def test_nonsense_is_refused() -> None:
    for count, n in ((3, 2), (-1, 5), (0, 0)):
        with pytest.raises(ValueError, match="share"):
            wilson(count, n)


def test_below_five_only_the_count_is_given() -> None:
    few = proportion(3, 4)
    assert (few.count, few.n) == (3, 4)
    assert few.share == few.low == Withheld("terlalu_sedikit", {"n": 4, "minimum": 5})
    assert proportion(3, 5).share == 0.6
    assert proportion(0, 0).share == Withheld("tanpa_data")
