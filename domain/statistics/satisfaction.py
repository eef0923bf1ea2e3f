"""IKM/SKM after Permenpan-RB 14/2017 (4-point scale only), and the index of satisfaction for every other scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.statistics.proportions import Proportion, proportion
from domain.statistics.rounding import half_up
from domain.statistics.withheld import Figure, Withheld

STANDARD_UNSUR = 9
WEIGHTS: Mapping[str, float | None] = {"1/U": None, "0,111": 0.111, "0,11": 0.11}
# Lower ends after rounding half-up to two decimals.
_BANDS = ((Decimal("88.31"), "A"), (Decimal("76.61"), "B"), (Decimal("65.00"), "C"))

Answers = Mapping[str, Sequence[Sequence[float | None]]]


@dataclass(frozen=True)
class Satisfaction:
    """The index of `n` respondents on `u` unsur: per unsur NRR and number of valid answers, the value and its band (A-D;
    IKM only), the weight used and the highest value that it can reach, the lowest unsur, unsur nobody answered."""

    kind: str  # "ikm" or "indeks"
    n: int
    u: int
    nrr: Mapping[str, Figure]
    answered: Mapping[str, int]
    value: Figure
    band: str | Withheld
    weight: str
    reachable: float
    lowest: str | None
    empty: tuple[str, ...]
    top: Mapping[str, Proportion]  # per unsur: respondents in the two highest categories
    minimum: int = 1
    maximum: int = 4

    @property
    def rounded_weight(self) -> bool:
        """True when the report must print "bobot dibulatkan"."""
        return self.weight != "1/U"


def band_of(value: float) -> str:
    """A, B, C or D of an IKM, judged on the value rounded half-up to two decimals."""
    rounded = half_up(value, 2)
    return next((band for least, band in _BANDS if rounded >= least), "D")


def _per_person(rows: Sequence[Sequence[float | None]]) -> list[float | None]:
    """Each respondent's mean over the questions of one unsur; None without a valid answer."""
    means: list[float | None] = []
    for row in rows:
        valid = [float(value) for value in row if value is not None]
        means.append(sum(valid) / len(valid) if valid else None)
    return means


def _checked(answers: Answers, minimum: int, maximum: int) -> None:
    for rows in answers.values():
        for row in rows:
            if any(value is not None and not minimum <= value <= maximum for value in row):
                raise ValueError("an answer lies outside the scale")


def satisfaction(answers: Answers, minimum: int = 1, maximum: int = 4, weight: str = "1/U") -> Satisfaction:
    """The index: on the scale 1-4 the IKM = 25 * sum of NRR / U, else 100 (mean - min) / (max - min) without a band.

    `answers`: per unsur one row per respondent, in the same order, each with the answers to the unsur's questions (None:
    no answer). `weight` is a key of WEIGHTS; a rounded weight is for nine unsur. Raises ValueError outside the scale.
    """
    _checked(answers, minimum, maximum)
    per_unsur = {unsur: _per_person(rows) for unsur, rows in answers.items()}
    valid = {unsur: [value for value in means if value is not None] for unsur, means in per_unsur.items()}
    people = max((len(means) for means in per_unsur.values()), default=0)
    answering = [
        place for place in range(people) if any(means[place] is not None for means in per_unsur.values())
    ]  # fmt: skip
    n, u = len(answering), len(answers)
    nrr: dict[str, Figure] = {
        unsur: sum(values) / len(values) if values else Withheld("unsur_kosong", {"unsur": unsur})
        for unsur, values in valid.items()
    }
    empty = tuple(unsur for unsur, values in valid.items() if not values)
    numbers = {unsur: value for unsur, value in nrr.items() if not isinstance(value, Withheld)}
    lowest = min(numbers, key=lambda unsur: numbers[unsur]) if numbers else None
    ikm = (minimum, maximum) == (1, 4)
    fixed = WEIGHTS[weight] if ikm and u == STANDARD_UNSUR else None
    used = weight if fixed is not None else "1/U"
    reachable = 100.0 if fixed is None else 25 * 4 * fixed * u
    value: Figure
    if n == 0:
        value = Withheld("tanpa_data")
    elif empty:
        value = Withheld("unsur_kosong", {"unsur": ", ".join(empty)})
    elif ikm:
        value = 25 * sum(numbers.values()) / u if fixed is None else 25 * sum(v * fixed for v in numbers.values())
    else:
        value = 100 * (sum(numbers.values()) / u - minimum) / (maximum - minimum)
    band: str | Withheld = value if isinstance(value, Withheld) else band_of(value)
    if not ikm:
        band = Withheld("bukan_skala_4")
    return Satisfaction(
        "ikm" if ikm else "indeks", n, u, nrr, {unsur: len(values) for unsur, values in valid.items()},
        value, band, used, reachable, lowest, empty,
        {name: proportion(sum(v >= maximum - 1 for v in means), len(means)) for name, means in valid.items()},
        minimum, maximum,
    )  # fmt: skip
