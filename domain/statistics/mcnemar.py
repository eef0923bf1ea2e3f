"""Right and wrong before and after, item by item (McNemar 1947, exact), with Bonett and Price's 2012 interval and Holm's 1979
correction over the items tested."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from domain.statistics.proportions import Z
from domain.statistics.withheld import Figure, Withheld

LEAST_CHANGES = 6
LEVEL = 0.05


@dataclass(frozen=True)
class Transition:
    """One item over `n` pairs: b = right then wrong, c = wrong then right; change = (c - b)/n as a share between -1 and 1
    with its 95% interval; `p_holm` is p corrected over `tested` items."""

    item: str
    n: int
    both_right: int
    both_wrong: int
    b: int
    c: int
    change: Figure
    low: Figure
    high: Figure
    p: Figure
    p_holm: Figure
    tested: int = 0

    @property
    def changed(self) -> bool:
        """True when the item may be called "berubah nyata"."""
        return not isinstance(self.p_holm, Withheld) and self.p_holm < LEVEL


def exact_p(b: int, c: int) -> float:
    """min(1, 2 P(Bin(b + c, 1/2) <= min(b, c))); 1 without any change."""
    from scipy import stats

    return min(1.0, 2 * float(stats.binom.cdf(min(b, c), b + c, 0.5)))


def bonett_price(b: int, c: int, n: int) -> tuple[float, float]:
    """The adjusted Wald interval of (c - b)/n: p1 = (c+1)/(n+2), p2 = (b+1)/(n+2)."""
    p1, p2 = (c + 1) / (n + 2), (b + 1) / (n + 2)
    half = Z * sqrt((p1 + p2 - (p1 - p2) ** 2) / (n + 2))
    return p1 - p2 - half, p1 - p2 + half


def holm(p_values: Sequence[float]) -> list[float]:
    """The step-down corrected p values, in the order given."""
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    corrected, so_far = [0.0] * len(p_values), 0.0
    for rank, place in enumerate(order):
        so_far = max(so_far, min(1.0, (len(p_values) - rank) * p_values[place]))
        corrected[place] = so_far
    return corrected


def transition(item: str, pre_right: Sequence[bool], post_right: Sequence[bool]) -> Transition:
    """One item; p_holm equals p until transitions() corrects it over all items."""
    pairs = list(zip(pre_right, post_right, strict=True))
    n = len(pairs)
    b = sum(before and not after for before, after in pairs)
    c = sum(after and not before for before, after in pairs)
    right = sum(before and after for before, after in pairs)
    if n == 0:
        reason: Withheld | None = Withheld("tanpa_pasangan")
    elif b + c == 0:
        reason = Withheld("tanpa_peralihan")
    elif b + c < LEAST_CHANGES:
        reason = Withheld("peralihan_kurang", {"n": b + c, "minimum": LEAST_CHANGES})
    else:
        reason = None
    if reason is not None:
        return Transition(item, n, right, n - right - b - c, b, c, reason, reason, reason, reason, reason)
    low, high = bonett_price(b, c, n)
    p = exact_p(b, c)
    return Transition(item, n, right, n - right - b - c, b, c, (c - b) / n, low, high, p, p)


def transitions(items: Sequence[tuple[str, Sequence[bool], Sequence[bool]]]) -> tuple[Transition, ...]:
    """All shared items (id, right before, right after), with Holm's correction over those that can be tested at all."""
    found = [transition(*item) for item in items]
    tested = [place for place, one in enumerate(found) if not isinstance(one.p, Withheld)]
    corrected = holm([float(found[place].p) for place in tested])  # type: ignore[arg-type]  # withheld ones are left out
    for place, p in zip(tested, corrected, strict=True):
        found[place] = replace(found[place], p_holm=p)
    return tuple(replace(one, tested=len(tested)) for one in found)
