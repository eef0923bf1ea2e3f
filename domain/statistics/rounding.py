"""Decimal rounding half-up, as the rules print numbers; Python's own round() halves to even and is not used here."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

# A mean that is 0.345 on paper may be 0.34499999999999997 as a float: what lies beyond ten decimals is the machine's.
_NOISE = Decimal(1).scaleb(-10)


def half_up(value: float, digits: int) -> Decimal:
    """`value` with so many decimals, halves away from zero; never minus zero. Raises ValueError for NaN and infinity."""
    exact = Decimal(repr(float(value)))
    if not exact.is_finite():
        raise ValueError("a figure must be finite")
    return exact.quantize(_NOISE, ROUND_HALF_EVEN).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) + 0
