"""Shares between 0 and 1 with Wilson's interval; never the normal approximation (18 of 20 would reach 103%)."""

from dataclasses import dataclass
from math import sqrt

from domain.statistics.small import too_few
from domain.statistics.withheld import Figure, Withheld

Z = 1.959963984540054  # the 97.5% point of the normal distribution


@dataclass(frozen=True)
class Proportion:
    """`count` of `n`; share and Wilson limits between 0 and 1, withheld below five people."""

    count: float
    n: int
    share: Figure
    low: Figure
    high: Figure


def wilson(count: float, n: int, z: float = Z) -> tuple[float, float]:
    """Wilson's 95% score interval (Wilson 1927) of count/n, both limits between 0 and 1.

    For scores with part points `count` is the sum of the shares earned; the interval is then on the safe side.
    """
    if n < 1 or not 0 <= count <= n + 1e-9:
        raise ValueError("a share needs 0 <= count <= n and n >= 1")
    p = count / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(max(0.0, p * (1 - p)) / n + z * z / (4 * n * n))
    # 0 of n and n of n touch their end exactly; the arithmetic would miss it by 1e-17
    return (0.0 if count == 0 else max(0.0, centre - half), 1.0 if count == n else min(1.0, centre + half))


def proportion(count: float, n: int) -> Proportion:
    """`count` of `n` by the small-sample rules."""
    if n == 0:
        nothing = Withheld("tanpa_data")
        return Proportion(count, 0, nothing, nothing, nothing)
    few = too_few("share", n)
    if few is not None:
        return Proportion(count, n, few, few, few)
    low, high = wilson(count, n)
    return Proportion(count, n, count / n, low, high)
