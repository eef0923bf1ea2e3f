"""Half-up as printed, whatever the machine's last bit says."""

from decimal import Decimal

import pytest

from domain.statistics.rounding import half_up


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (2.675, 2, "2.68"),
        (1.005, 2, "1.01"),
        (88.305, 2, "88.31"),
        (41.7 / 60, 2, "0.70"),  # 0.695 on paper
        (0.1 + 0.2 + 0.045, 2, "0.35"),  # 0.345 on paper, 0.34500000000000003 or less in the machine
        (-0.04, 1, "0.0"),
        (-0.004, 2, "0.00"),
        (12.34999, 1, "12.3"),
        (100, 1, "100.0"),
        (1e6, 0, "1000000"),
    ],
)
def test_half_up(value: float, digits: int, text: str) -> None:
    assert str(half_up(value, digits)) == text


def test_no_minus_zero() -> None:
    assert not half_up(-0.0001, 2).is_signed()
    assert half_up(-0.0001, 2) == Decimal("0.00")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        half_up(value, 2)
