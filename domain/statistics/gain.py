"""N-gain (Hake 1998) and normalized change (Marx and Cummings 2007); the headline is the gain of averages <g>."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from domain.statistics.describing import finite
from domain.statistics.rounding import half_up
from domain.statistics.small import too_few
from domain.statistics.withheld import Figure, Withheld

BOTH_WHEN_APART = 0.05
_SAME = 1e-9


@dataclass(frozen=True)
class Gain:
    """<g> with its category, the mean of individual gains over `individual_n` people (`excluded` began at the maximum),
    the mean normalized change over `change_n`; `apart` when class and individual gain differ by more than 0.05."""

    class_gain: Figure
    category: str | Withheld
    individual: Figure
    individual_n: int
    excluded: int
    change: Figure
    change_n: int
    change_dropped: int
    apart: bool
    each: tuple[Figure, ...]


def category(gain: float) -> str:
    """tinggi, sedang, rendah, tetap or menurun, judged on the value rounded half-up to two decimals."""
    value = half_up(gain, 2)
    if value < 0:
        return "menurun"
    if value == 0:
        return "tetap"
    return "tinggi" if value >= Decimal("0.70") else "sedang" if value >= Decimal("0.30") else "rendah"


def _individual(before: float, after: float, maximum: float) -> Figure:
    if maximum - before < _SAME:
        return Withheld("awal_maksimum")
    return (after - before) / (maximum - before)


def _change(before: float, after: float, maximum: float) -> float | None:
    """c of one person; None when it is dropped: both 0 or both at the maximum."""
    if abs(after - before) < _SAME:
        return None if before < _SAME or maximum - before < _SAME else 0.0
    return (after - before) / (maximum - before) if after > before else (after - before) / before


def gain(pre: Sequence[float] | np.ndarray, post: Sequence[float] | np.ndarray, maximum: float = 100.0) -> Gain:
    """The gains of pairs on a scale from 0 to `maximum`; raises ValueError for scores outside it."""
    before, after = finite(pre), finite(post)
    n = len(before)
    if n and (min(before.min(), after.min()) < -_SAME or max(before.max(), after.max()) > maximum + _SAME):
        raise ValueError("a score lies outside the scale")
    if n == 0:
        none = Withheld("tanpa_pasangan")
        return Gain(none, none, none, 0, 0, none, 0, 0, False, ())
    each = tuple(_individual(float(a), float(b), maximum) for a, b in zip(before, after, strict=True))
    own = [value for value in each if not isinstance(value, Withheld)]
    changes = [_change(float(a), float(b), maximum) for a, b in zip(before, after, strict=True)]
    kept = [value for value in changes if value is not None]
    at_top = Withheld("awal_maksimum")
    room = maximum - float(before.mean())
    whole: Figure = at_top if room < _SAME else (float(after.mean()) - float(before.mean())) / room
    word: str | Withheld = too_few("category", n) or (whole if isinstance(whole, Withheld) else category(whole))
    individual: Figure = float(np.mean(own)) if own else at_top
    apart = False
    if not isinstance(whole, Withheld) and not isinstance(individual, Withheld):
        apart = abs(whole - individual) > BOTH_WHEN_APART + _SAME
    change: Figure = float(np.mean(kept)) if kept else Withheld("tanpa_perubahan_terhitung")
    return Gain(whole, word, individual, len(own), n - len(own), change, len(kept), n - len(kept), apart, each)
