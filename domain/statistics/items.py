"""Item analysis: facility, corrected item-total correlation, upper-lower 27% discrimination (Kelley 1939), options.

A people x items table of points goes in; the total is the sum of the points of the items that carry any.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor

import numpy as np

from domain.statistics.describing import finite
from domain.statistics.proportions import wilson
from domain.statistics.rounding import half_up
from domain.statistics.small import too_few
from domain.statistics.withheld import Figure, Withheld

BLANK = ""  # the option of those who left the item unanswered
IDLE_SHARE = 0.05
_FLAT = 1e-12
_NOISE = 1e-9


@dataclass(frozen=True)
class OptionResult:
    """One answer that could be chosen: how many chose it, their share, the share of each group that did, its r with the
    rest of the test, and flags "tidak_berfungsi", "menarik_peserta_kuat"."""

    option: str
    is_key: bool
    n: Figure
    share: Figure
    upper: Figure
    lower: Figure
    r: Figure
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class ItemResult:
    """One item for `n` people: `right` with full points, `blank` unanswered, facility with Wilson limits (shares), its word,
    corrected r and D with the word that both readings give, its options, and the flag "periksa_kunci"."""

    item: str
    n: int
    right: int
    blank: int
    maximum: float
    mean: Figure
    facility: Figure
    low: Figure
    high: Figure
    ease: str | Withheld
    r: Figure
    d: Figure
    upper_n: int
    lower_n: int
    reading: str | Withheld
    options: tuple[OptionResult, ...] = ()
    flags: tuple[str, ...] = ()


def ease_of(facility: float) -> str:
    """sukar below 0.30, mudah above 0.70, between them sedang."""
    return "sukar" if facility < 0.30 - _NOISE else "mudah" if facility > 0.70 + _NOISE else "sedang"


def reading_of(value: float) -> str:
    """The word for r or D, judged on two decimals: periksa_kunci, lemah, cukup or baik (Ebel's cut-offs)."""
    rounded = half_up(value, 2)
    if rounded < 0:
        return "periksa_kunci"
    return "lemah" if rounded < Decimal("0.20") else "cukup" if rounded < Decimal("0.30") else "baik"


def pearson(a: np.ndarray, b: np.ndarray) -> float | None:
    """The correlation, None when either is constant."""
    if len(a) < 2 or np.ptp(a) < _NOISE or np.ptp(b) < _NOISE:
        return None
    x, y = a - a.mean(), b - b.mean()
    value = float((x * y).sum() / np.sqrt((x * x).sum() * (y * y).sum()))
    return max(-1.0, min(1.0, value))


def outer_groups(totals: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """(upper, lower) as truth values: the k = max(1, floor(0.27n + 0.5)) highest and lowest with everybody tied at the
    cut; None when the groups share a person."""
    n = len(totals)
    if n == 0:
        return None
    k = max(1, floor(0.27 * n + 0.5))
    ordered = np.sort(np.round(totals, 10))
    lower, upper = np.round(totals, 10) <= ordered[k - 1], np.round(totals, 10) >= ordered[n - k]
    return None if (lower & upper).any() else (upper, lower)


def _options(
    chosen: Sequence[Sequence[str]],
    key: frozenset[str],
    declared: Sequence[str],
    rest: np.ndarray,
    groups: tuple[np.ndarray, np.ndarray] | None,
) -> tuple[tuple[OptionResult, ...], tuple[str, ...]]:
    """The options in order (declared ones, other answers met, blank last), and the flags of the item itself."""
    n = len(chosen)
    met = {option for answer in chosen for option in answer} | key
    names = [*declared, *sorted(met - set(declared)), BLANK]
    few, coarse, idle = too_few("options", n), too_few("options_detail", n), too_few("idle_option", n)
    picks = {
        name: np.array([(not answer) if name == BLANK else name in answer for answer in chosen], dtype=float)
        for name in names
    }
    found: list[OptionResult] = []
    for name in names:
        pick, wrong = picks[name], name != BLANK and name not in key
        upper: Figure = coarse or Withheld("kelompok_tumpang_tindih")
        lower: Figure = upper
        if coarse is None and groups is not None:
            upper, lower = float(pick[groups[0]].mean()), float(pick[groups[1]].mean())
        r: Figure = coarse or Withheld("butir_seragam")
        if coarse is None:
            correlation = pearson(pick, rest)
            r = r if correlation is None else correlation
        flags = []
        if wrong and idle is None and pick.mean() < IDLE_SHARE:
            flags.append("tidak_berfungsi")
        if wrong and not isinstance(r, Withheld) and r > _NOISE:
            flags.append("menarik_peserta_kuat")
        count: Figure = few or float(pick.sum())
        share: Figure = few or float(pick.mean())
        found.append(OptionResult(name, name in key, count, share, upper, lower, r, tuple(flags)))
    wrong_key = False
    if coarse is None and groups is not None and key:
        inside = {name: float(pick[groups[0]].sum()) for name, pick in picks.items() if name != BLANK}
        others = [count for name, count in inside.items() if name not in key]
        wrong_key = bool(others) and min(inside[name] for name in key) < max(others)
    return tuple(found), ("periksa_kunci",) if wrong_key else ()


def analyse(
    ids: Sequence[str],
    points: Sequence[Sequence[float]] | np.ndarray,
    maxima: Sequence[float],
    blanks: Sequence[Sequence[bool]] | np.ndarray,
    *,
    chosen: Sequence[Sequence[Sequence[str]] | None] | None = None,
    keys: Sequence[frozenset[str]] | None = None,
    declared: Sequence[Sequence[str]] | None = None,
) -> tuple[ItemResult, ...]:
    """Every item of a test. `points` and `blanks` are people x items; items whose maximum is 0 are left out.

    `chosen`: per item the options each person chose (none: blank), or None for an item without options; with `keys` and
    `declared` (the options in order) beside it.
    """
    if not ids:
        return ()
    table = finite(np.asarray(points, dtype=float)).reshape(-1, len(ids))
    empty = np.asarray(blanks, dtype=bool).reshape(-1, len(ids))
    counted = [place for place, maximum in enumerate(maxima) if maximum > 0]
    totals = table[:, counted].sum(axis=1)
    groups = outer_groups(totals)
    results = []
    for place in counted:
        own, maximum, n = table[:, place], float(maxima[place]), len(table)
        rest = totals - own
        right = int((own >= maximum - _NOISE).sum())
        nothing = Withheld("tanpa_data") if n == 0 else None
        mean: Figure = nothing or float(own.mean())
        coarse = nothing or too_few("share", n)
        facility: Figure = coarse or float(own.mean()) / maximum
        low: Figure = coarse or 0.0
        high: Figure = low
        if coarse is None:
            low, high = wilson(float(np.clip(own.sum() / maximum, 0, n)), n)
        ease: str | Withheld = coarse or ease_of(float(own.mean()) / maximum)
        r, d, reading = _discrimination(own, rest, maximum, groups, nothing or too_few("discrimination", n))
        options: tuple[OptionResult, ...] = ()
        flags: tuple[str, ...] = ()
        answers = chosen[place] if chosen is not None else None
        if answers is not None and n:
            key = keys[place] if keys is not None else frozenset[str]()
            options, flags = _options(answers, key, declared[place] if declared else (), rest, groups)
        if reading == "periksa_kunci" and not flags:
            flags = ("periksa_kunci",)
        sizes = (0, 0) if groups is None else (int(groups[0].sum()), int(groups[1].sum()))
        results.append(
            ItemResult(
                ids[place], n, right, int(empty[:, place].sum()), maximum,
                mean=mean, facility=facility, low=low, high=high, ease=ease, r=r, d=d,
                upper_n=sizes[0], lower_n=sizes[1], reading=reading, options=options, flags=flags,
            )
        )  # fmt: skip
    return tuple(results)


def _discrimination(
    own: np.ndarray,
    rest: np.ndarray,
    maximum: float,
    groups: tuple[np.ndarray, np.ndarray] | None,
    reason: Withheld | None,
) -> tuple[Figure, Figure, str | Withheld]:
    """(corrected r, D, the word for them): the word is r's, D's where r cannot be computed; below 0 either one warns."""
    if reason is not None:
        return reason, reason, reason
    if np.ptp(own) < _NOISE:
        same = Withheld("butir_seragam")
        return same, same, same
    correlation = pearson(own, rest)
    r: Figure = Withheld("sisa_seragam") if correlation is None else correlation
    d: Figure = Withheld("kelompok_tumpang_tindih")
    if groups is not None:
        d = float(own[groups[0]].mean() - own[groups[1]].mean()) / maximum
    words = [reading_of(value) for value in (r, d) if not isinstance(value, Withheld)]
    if not words:
        return r, d, Withheld("butir_seragam")
    return r, d, "periksa_kunci" if "periksa_kunci" in words else words[0]
