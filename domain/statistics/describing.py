"""Figures that only describe: mean, SD with n - 1, quantiles by linear interpolation (type 7)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from domain.statistics.withheld import Figure, Withheld


@dataclass(frozen=True)
class Description:
    """One set of values, in their own unit."""

    n: int
    mean: Figure
    sd: Figure
    median: Figure
    q1: Figure
    q3: Figure
    minimum: Figure
    maximum: Figure


def finite(values: Sequence[float] | np.ndarray) -> np.ndarray:
    """The values as an array of floats; raises ValueError for NaN and infinity, which no import lets through."""
    array = np.asarray(values, dtype=float)
    if not np.isfinite(array).all():
        raise ValueError("a score must be finite")
    return array


def describe(values: Sequence[float] | np.ndarray) -> Description:
    """The description of a set of values; without values every figure is withheld, and the SD below two."""
    array = finite(values)
    n = len(array)
    if n == 0:
        nothing = Withheld("tanpa_data")
        return Description(0, nothing, nothing, nothing, nothing, nothing, nothing, nothing)
    q1, median, q3 = (float(value) for value in np.quantile(array, (0.25, 0.5, 0.75)))
    sd: Figure = float(array.std(ddof=1)) if n > 1 else Withheld("perlu_dua")
    return Description(n, float(array.mean()), sd, median, q1, q3, float(array.min()), float(array.max()))
