"""The difference post - pre of the same people: t interval, Wilcoxon's signed ranks, effect sizes.

Formulas: Student 1908; Wilcoxon 1945 with the exact distribution given the ties; Hedges 1981 (exact J);
Algina and Keselman 2003 for the interval of d_av; Kerby 2014 for the matched rank-biserial correlation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atanh, exp, isfinite, lgamma, sqrt, tanh

import numpy as np

from domain.statistics.describing import finite
from domain.statistics.small import too_few
from domain.statistics.withheld import Figure, Withheld

DECIMALS = 10  # differences that agree to ten decimals are equal
EXACT_UP_TO = 100


@dataclass(frozen=True)
class Difference:
    """m = mean(d), s = SD(d), SE, t, df, two-sided p and the 95% t interval, in points; and who rose, stayed, fell."""

    n: int
    mean: Figure
    sd: Figure
    se: Figure
    t: Figure
    df: Figure
    p: Figure
    low: Figure
    high: Figure
    up: int
    same: int
    down: int

    @property
    def uniform(self) -> bool:
        """True when everybody changed by exactly the same amount, nought included."""
        return self.n > 0 and isinstance(self.t, Withheld) and self.t.code in ("selisih_seragam", "selisih_nol")


@dataclass(frozen=True)
class Wilcoxon:
    """Signed ranks without the zeros; `method` is "eksak" or "normal"; r is positive for an improvement."""

    nonzero: int
    zeros: int
    w_plus: Figure
    w_minus: Figure
    p: Figure
    method: str
    r: Figure
    r_low: Figure
    r_high: Figure


@dataclass(frozen=True)
class Effects:
    """Standardized differences: by the SD of d (d_z) and by the root-mean-square SD of pre and post (d_av); g = d * J."""

    d_z: Figure
    d_z_low: Figure
    d_z_high: Figure
    g_z: Figure
    d_av: Figure
    d_av_low: Figure
    d_av_high: Figure
    g_av: Figure
    g_av_low: Figure
    g_av_high: Figure
    correlation: Figure


def differences(pre: Sequence[float] | np.ndarray, post: Sequence[float] | np.ndarray) -> np.ndarray:
    """post - pre, rounded to ten decimals so that equal differences are equal; raises ValueError for unequal lengths."""
    before, after = finite(pre), finite(post)
    if before.shape != after.shape or before.ndim != 1:
        raise ValueError("pre and post must be of the same people")
    return np.round(after - before, DECIMALS)


def _spread_reason(d: np.ndarray) -> Withheld | None:
    """Why there is no test on these differences, or None."""
    n = len(d)
    if n == 0:
        return Withheld("tanpa_pasangan")
    few = too_few("interval", n)
    if few is not None:
        return few
    if not d.any():
        return Withheld("selisih_nol", {"n": n})
    if (d == d[0]).all():
        return Withheld("selisih_seragam", {"n": n, "selisih": float(d[0])})
    return None


def difference(pre: Sequence[float] | np.ndarray, post: Sequence[float] | np.ndarray) -> Difference:
    """The paired difference; without a test where the small-sample rules or equal differences forbid one."""
    from scipy import stats

    d = differences(pre, post)
    n = len(d)
    up, down = int((d > 0).sum()), int((d < 0).sum())
    reason = _spread_reason(d)
    mean: Figure = float(d.mean()) if n else Withheld("tanpa_pasangan")
    if n and (d == d[0]).all():
        mean, spread = float(d[0]), 0.0
    else:
        spread = float(d.std(ddof=1)) if n > 1 else 0.0
    sd: Figure = spread if n > 1 else Withheld("perlu_dua" if n else "tanpa_pasangan")
    if reason is not None:
        se: Figure = spread / sqrt(n) if n >= 5 else reason
        return Difference(n, mean, sd, se, reason, reason, reason, reason, reason, up, n - up - down, down)
    m = float(d.mean())
    error = spread / sqrt(n)
    t = m / error
    half = float(stats.t.ppf(0.975, n - 1)) * error
    p = float(2 * stats.t.sf(abs(t), n - 1))
    return Difference(n, m, spread, error, t, float(n - 1), p, m - half, m + half, up, n - up - down, down)


# --- Wilcoxon --------------------------------------------------------------------------------------------------------


def signed_ranks(d: np.ndarray) -> tuple[float, float, np.ndarray]:
    """W+ and W- of the non-zero differences, and their mid-ranks."""
    from scipy import stats

    kept = d[d != 0]
    ranks = np.asarray(stats.rankdata(np.abs(kept)), dtype=float)
    return float(ranks[kept > 0].sum()), float(ranks[kept < 0].sum()), ranks


def exact_p(ranks: np.ndarray, w_plus: float) -> float:
    """min(1, 2 min(P(W <= W+), P(W >= W+))) over all sign flips of the ranks, ties as they are.

    The distribution is built by adding one rank at a time; doubled mid-ranks are whole numbers.
    """
    doubled = np.rint(2 * ranks).astype(int)
    chance = np.zeros(int(doubled.sum()) + 1)
    chance[0] = 1.0
    for rank in doubled:
        shifted = np.zeros_like(chance)
        shifted[rank:] = chance[: len(chance) - rank]
        chance = (chance + shifted) / 2
    at = round(2 * w_plus)
    return min(1.0, 2 * min(float(chance[: at + 1].sum()), float(chance[at:].sum())))


def normal_p(ranks: np.ndarray, w_plus: float) -> float:
    """The normal approximation with the variance corrected for ties and a continuity correction of 0.5."""
    from scipy import stats

    n = len(ranks)
    _, ties = np.unique(ranks, return_counts=True)
    variance = n * (n + 1) * (2 * n + 1) / 24 - float((ties.astype(float) ** 3 - ties).sum()) / 48
    away = max(0.0, abs(w_plus - n * (n + 1) / 4) - 0.5)
    return min(1.0, float(2 * stats.norm.sf(away / sqrt(variance))))


def wilcoxon(pre: Sequence[float] | np.ndarray, post: Sequence[float] | np.ndarray) -> Wilcoxon:
    """Wilcoxon's signed ranks: p from six non-zero differences on, exact up to a hundred of them."""
    d = differences(pre, post)
    n, nonzero = len(d), int((d != 0).sum())
    method = "eksak" if nonzero <= EXACT_UP_TO else "normal"
    reason = Withheld("tanpa_pasangan") if n == 0 else too_few("interval", n)
    if reason is None and nonzero == 0:
        reason = Withheld("selisih_nol", {"n": n})
    if reason is not None:
        return Wilcoxon(nonzero, n - nonzero, reason, reason, reason, method, reason, reason, reason)
    w_plus, w_minus, ranks = signed_ranks(d)
    p: Figure
    if nonzero < 6:
        p = Withheld("wilcoxon_kurang", {"n": nonzero, "terkecil": 2.0 / 2**nonzero})
    else:
        p = exact_p(ranks, w_plus) if method == "eksak" else normal_p(ranks, w_plus)
    r = (w_plus - w_minus) / (w_plus + w_minus)
    low: Figure
    high: Figure
    if abs(r) >= 1:
        low = high = Withheld("korelasi_penuh")
    else:
        half = 1.96 * sqrt((2 * nonzero**3 + 3 * nonzero**2 + nonzero) / 6) / ((nonzero**2 + nonzero) / 2)
        low, high = tanh(atanh(r) - half), tanh(atanh(r) + half)
    return Wilcoxon(nonzero, n - nonzero, w_plus, w_minus, p, method, r, low, high)


# --- effect sizes ----------------------------------------------------------------------------------------------------


def correction(v: float) -> float:
    """Hedges' exact J(v) = Gamma(v/2) / (sqrt(v/2) Gamma((v-1)/2)); v > 1."""
    return exp(lgamma(v / 2) - lgamma((v - 1) / 2)) / sqrt(v / 2)


def noncentral_limits(t: float, df: int) -> tuple[float, float] | None:
    """The noncentralities under which the observed t lies at the 97.5% and the 2.5% point; None when not found."""
    from scipy import optimize, stats

    if t < 0:
        mirrored = noncentral_limits(-t, df)
        return None if mirrored is None else (-mirrored[1], -mirrored[0])

    def root(level: float, step: float) -> float:
        def off(delta: float) -> float:
            below = float(stats.nct.cdf(t, df, delta))
            if not isfinite(below):  # far out SciPy gives up where the answer is 1 or 0
                below = float(delta < t)
            return below - level

        start, reach = t, step
        while (off(t + reach) > 0) == (off(start) > 0) and abs(reach) < 1e9:
            start, reach = t + reach, reach * 2
        found = float(optimize.brentq(off, start, t + reach, xtol=1e-12, rtol=1e-14))
        if abs(off(found)) > 1e-6:
            raise ValueError("a jump, not a root")
        return found

    width = 1 + t / sqrt(2 * df)
    try:
        return root(0.975, -width), root(0.025, width)
    except ValueError:  # the tails of the distribution are out of the machine's reach
        return None


def effects(pre: Sequence[float] | np.ndarray, post: Sequence[float] | np.ndarray) -> Effects:
    """d_z, d_av and their bias-corrected g with 95% intervals; withheld below five pairs or without any spread."""
    d = differences(pre, post)
    before, after = finite(pre), finite(post)
    n = len(d)
    few = Withheld("tanpa_pasangan") if n == 0 else too_few("interval", n)
    if few is not None:
        return Effects(few, few, few, few, few, few, few, few, few, few, few)
    reason = _spread_reason(d)
    j = correction(n - 1)
    no_pre, no_post = (bool(np.ptp(values) < 1e-10) for values in (before, after))
    variance_1 = 0.0 if no_pre else float(before.var(ddof=1))
    variance_2 = 0.0 if no_post else float(after.var(ddof=1))
    covariance = 0.0 if no_pre or no_post else float(np.cov(before, after)[0, 1])
    correlation: Figure = Withheld("tanpa_ragam")
    if not (no_pre or no_post):
        correlation = max(-1.0, min(1.0, covariance / sqrt(variance_1 * variance_2)))
    limits: tuple[float, float] | None = None
    missing = reason or Withheld("selang_tidak_ditemukan")
    d_z: Figure = missing
    t = 0.0
    if reason is None:
        d_z = float(d.mean()) / float(d.std(ddof=1))
        t = d_z * sqrt(n)
        limits = noncentral_limits(t, n - 1)
    z_low: Figure = missing if limits is None else limits[0] / sqrt(n)
    z_high: Figure = missing if limits is None else limits[1] / sqrt(n)
    g_z: Figure = d_z * j if not isinstance(d_z, Withheld) else d_z
    both = variance_1 + variance_2
    if both == 0:
        flat = Withheld("tanpa_ragam")
        return Effects(d_z, z_low, z_high, g_z, flat, flat, flat, flat, flat, flat, correlation)
    d_av = float(d.mean()) / sqrt(both / 2)
    if limits is None:
        return Effects(d_z, z_low, z_high, g_z, d_av, missing, missing, d_av * j, missing, missing, correlation)
    scale = sqrt(max(0.0, 2 * (both - 2 * covariance) / (n * both)))
    low, high = limits[0] * scale, limits[1] * scale
    return Effects(d_z, z_low, z_high, g_z, d_av, low, high, d_av * j, low * j, high * j, correlation)


# --- two groups ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TwoGroups:
    """Pre means of those who stayed and those who left: stayers minus leavers with Welch's 95% interval, in points."""

    n_stayers: int
    n_leavers: int
    mean_stayers: Figure
    mean_leavers: Figure
    difference: Figure
    low: Figure
    high: Figure


def stayers_and_leavers(stayers: Sequence[float], leavers: Sequence[float]) -> TwoGroups:
    """The comparison of two groups' means, given when both have at least five people (Welch 1947)."""
    from scipy import stats

    a, b = finite(stayers), finite(leavers)
    reason = too_few("leavers", min(len(a), len(b)))
    if reason is not None:
        return TwoGroups(len(a), len(b), reason, reason, reason, reason, reason)
    mean_a, mean_b = float(a.mean()), float(b.mean())
    part_a, part_b = float(a.var(ddof=1)) / len(a), float(b.var(ddof=1)) / len(b)
    gap = mean_a - mean_b
    low: Figure
    high: Figure
    if part_a + part_b < 1e-20:
        low = high = Withheld("tanpa_ragam")
    else:
        df = (part_a + part_b) ** 2 / (part_a**2 / (len(a) - 1) + part_b**2 / (len(b) - 1))
        half = float(stats.t.ppf(0.975, df)) * sqrt(part_a + part_b)
        low, high = gap - half, gap + half
    return TwoGroups(len(a), len(b), mean_a, mean_b, gap, low, high)
