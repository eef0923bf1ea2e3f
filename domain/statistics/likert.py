"""Likert items and scales: distribution, median, top two categories, change by Wilcoxon, the scale mean by t interval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from domain.statistics.describing import Description, describe
from domain.statistics.paired import Difference, Wilcoxon, difference, wilcoxon
from domain.statistics.proportions import Proportion, proportion
from domain.statistics.reliability import Reliability, reliability
from domain.statistics.withheld import Figure, Withheld

LEAST_ITEMS = 3

Row = Sequence[float | None]


@dataclass(frozen=True)
class LikertItem:
    """One item: its figures over valid answers, how often each category was chosen, the top two categories, who left it
    out, and its share of the maximum in percent (sum of answers / (n * maximum))."""

    item: str
    figures: Description
    counts: Mapping[int, int]
    top: Proportion
    missing: int
    of_maximum: Figure


@dataclass(frozen=True)
class LikertScale:
    """The respondents' means over the items of one side: who answered too few items is `left_out`; alpha is listwise."""

    figures: Description | Withheld
    left_out: int
    alpha: Reliability


@dataclass(frozen=True)
class LikertChange:
    """Before and after of the same people: per item Wilcoxon, and the scale mean's difference like a score's."""

    items: Mapping[str, Wilcoxon]
    medians: Mapping[str, tuple[Figure, Figure]]
    scale: Difference | Withheld
    scale_wilcoxon: Wilcoxon | Withheld


def recode(value: float | None, minimum: int, maximum: int, reverse: bool) -> float | None:
    """The answer in the direction of the scale; a reverse-worded item is mirrored. Raises ValueError outside the scale."""
    if value is None:
        return None
    if not minimum <= value <= maximum:
        raise ValueError("an answer lies outside the scale")
    return minimum + maximum - value if reverse else value


def item(name: str, values: Row, minimum: int, maximum: int) -> LikertItem:
    """One item's figures; missing answers are left out of them and counted."""
    valid = [float(value) for value in values if value is not None]
    counts = {step: sum(value == step for value in valid) for step in range(minimum, maximum + 1)}
    top = proportion(sum(value >= maximum - 1 for value in valid), len(valid))
    share: Figure = 100 * sum(valid) / (len(valid) * maximum) if valid else Withheld("tanpa_data")
    return LikertItem(name, describe(valid), counts, top, len(values) - len(valid), share)


def respondent_mean(row: Row) -> float | None:
    """A respondent's mean over the answered items, None with less than half of them."""
    valid = [float(value) for value in row if value is not None]
    return sum(valid) / len(valid) if valid and 2 * len(valid) >= len(row) else None


def scale(rows: Sequence[Row]) -> LikertScale:
    """The scale of at least three items over its respondents."""
    k = len(rows[0]) if rows else 0
    means = [respondent_mean(row) for row in rows]
    valid = [value for value in means if value is not None]
    complete = [[float(value) for value in row if value is not None] for row in rows if None not in row]
    alpha = reliability(np.array(complete, dtype=float).reshape(len(complete), k))
    if k < LEAST_ITEMS:
        return LikertScale(Withheld("butir_kurang", {"k": k, "minimum": LEAST_ITEMS}), len(rows) - len(valid), alpha)
    return LikertScale(describe(valid), len(rows) - len(valid), alpha)


def change(names: Sequence[str], pre: Sequence[Row], post: Sequence[Row]) -> LikertChange:
    """The same people's answers before and after, both in the order of `names`."""
    items: dict[str, Wilcoxon] = {}
    medians: dict[str, tuple[Figure, Figure]] = {}
    for place, name in enumerate(names):
        both = [
            (float(a[place]), float(b[place]))  # type: ignore[arg-type]  # the filter below leaves no None
            for a, b in zip(pre, post, strict=True)
            if a[place] is not None and b[place] is not None
        ]
        before, after = [a for a, _ in both], [b for _, b in both]
        items[name] = wilcoxon(before, after)
        medians[name] = (describe(before).median, describe(after).median)
    if len(names) < LEAST_ITEMS:
        few = Withheld("butir_kurang", {"k": len(names), "minimum": LEAST_ITEMS})
        return LikertChange(items, medians, few, few)
    means = [(respondent_mean(a), respondent_mean(b)) for a, b in zip(pre, post, strict=True)]
    both = [(a, b) for a, b in means if a is not None and b is not None]
    before, after = [a for a, _ in both], [b for _, b in both]
    return LikertChange(items, medians, difference(before, after), wilcoxon(before, after))
