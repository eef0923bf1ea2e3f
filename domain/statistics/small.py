"""What may be shown for how many people: the one place with the small-sample rules."""

from collections.abc import Mapping
from enum import StrEnum

from domain.statistics.withheld import Withheld


class Kind(StrEnum):
    """What the people are counted for: pairs for a difference, respondents for items and for shares and indices."""

    DIFFERENCE = "selisih"
    ITEMS = "butir"
    SHARE = "bagian"


class Level(StrEnum):
    """How much may be said."""

    DESCRIPTIVE = "deskriptif"
    VERY_FEW = "sangat_sedikit"
    SMALL = "kecil"
    FULL = "penuh"


# From how many people on a figure is given.
FROM: Mapping[str, int] = {
    "interval": 5,  # t interval, t, p, effect sizes
    "category": 5,  # the word for an N-gain
    "wilcoxon": 6,  # non-zero differences: with five the smallest p is 0.0625
    "mcnemar": 6,  # changes in either direction, for the same reason
    "share": 5,  # a percentage and its Wilson interval; below it the count is printed
    "discrimination": 10,  # r, D
    "alpha": 10,
    "options": 10,  # how many chose each option
    "idle_option": 20,  # "tidak berfungsi"
    "options_detail": 30,  # options by upper and lower group, r of an option
    "leavers": 5,  # stayers and leavers, each
    "group": 5,  # a group within an anonymous form
}
FEW, MANY = 10, 30


def show(n: int, kind: Kind) -> Level:
    """How much may be said about `n` people; the four steps begin at 0, 5, 10 and 30 for every kind."""
    del kind  # the steps are the same today; what each of them allows is in FROM, by figure
    if n < FROM["interval"]:
        return Level.DESCRIPTIVE
    return Level.VERY_FEW if n < FEW else Level.SMALL if n < MANY else Level.FULL


def too_few(figure: str, n: int) -> Withheld | None:
    """The reason not to give `figure` (a key of FROM) for `n`, or None when it may be given."""
    least = FROM[figure]
    return Withheld("terlalu_sedikit", {"n": n, "minimum": least}) if n < least else None


def hidden_groups(sizes: Mapping[str, int], anonymous: bool) -> frozenset[str]:
    """The groups whose own figures stay hidden: with fewer than five answers to an anonymous form."""
    return frozenset(name for name, n in sizes.items() if anonymous and n < FROM["group"])
