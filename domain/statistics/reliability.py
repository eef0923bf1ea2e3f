"""Cronbach's alpha (1951; for items scored 0/1 it is KR-20) with Feldt's 1965 interval, and alpha without each item."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from domain.statistics.describing import finite
from domain.statistics.rounding import half_up
from domain.statistics.small import too_few
from domain.statistics.withheld import Figure, Withheld

LEAST_ITEMS = 3
_FLAT = 1e-12


@dataclass(frozen=True)
class Reliability:
    """alpha of `n` people on `k` items, its 95% interval, its word (rendah, terbatas, cukup, baik), alpha without each
    item in turn, and the places of the items that everybody answered alike."""

    n: int
    k: int
    alpha: Figure
    low: Figure
    high: Figure
    word: str | Withheld
    without: tuple[Figure, ...]
    constant: tuple[int, ...]


def cronbach(scores: np.ndarray) -> float | None:
    """k/(k-1) (1 - sum of item variances / variance of the total) of a people x items table; None without spread."""
    k = scores.shape[1]
    total = float(scores.sum(axis=1).var(ddof=1))
    if total < _FLAT:
        return None
    return k / (k - 1) * (1 - float(scores.var(axis=0, ddof=1).sum()) / total)


def word_for(alpha: float) -> str:
    """The word for an alpha, judged on two decimals."""
    value = float(half_up(alpha, 2))
    return "rendah" if value < 0.60 else "terbatas" if value < 0.70 else "cukup" if value < 0.80 else "baik"


def reliability(scores: Sequence[Sequence[float]] | np.ndarray) -> Reliability:
    """The reliability of a complete people x items table of points; items of one value stay in with variance 0."""
    from scipy import stats

    table = finite(np.asarray(scores, dtype=float))
    n, k = table.shape if table.ndim == 2 else (0, 0)
    constant = tuple(place for place in range(k) if n and np.ptp(table[:, place]) < _FLAT)
    reason = too_few("alpha", n)
    if k < LEAST_ITEMS:
        reason = Withheld("butir_kurang", {"k": k, "minimum": LEAST_ITEMS})
    alpha = None if reason else cronbach(table)
    if reason is None and alpha is None:
        reason = Withheld("skor_seragam")
    if reason is not None or alpha is None:
        missing = reason or Withheld("skor_seragam")
        return Reliability(n, k, missing, missing, missing, missing, (missing,) * k, constant)
    df1, df2 = n - 1, (n - 1) * (k - 1)
    low = 1 - (1 - alpha) * float(stats.f.ppf(0.975, df1, df2))
    high = 1 - (1 - alpha) * float(stats.f.ppf(0.025, df1, df2))
    without: list[Figure] = []
    for place in range(k):
        if k - 1 < LEAST_ITEMS:
            without.append(Withheld("butir_kurang", {"k": k - 1, "minimum": LEAST_ITEMS}))
            continue
        rest = cronbach(np.delete(table, place, axis=1))
        without.append(Withheld("skor_seragam") if rest is None else rest)
    return Reliability(n, k, alpha, low, high, word_for(alpha), tuple(without), constant)
