"""A figure that must not be given: the reason stands in its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeGuard


@dataclass(frozen=True)
class Withheld:
    """Why there is no figure: a code whose sentence stands in assets/teks/hasil.toml, and the facts for it."""

    code: str
    facts: Mapping[str, float | str] = field(default_factory=dict)


Figure = float | Withheld


def given(figure: object) -> TypeGuard[float]:
    """True when the figure is a number that may be shown."""
    return figure is not None and not isinstance(figure, Withheld)
