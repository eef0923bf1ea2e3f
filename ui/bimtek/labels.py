"""Labels that tell things apart: Streamlit finds what was chosen by its label, so two of one label would be one choice."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def apart(words: Mapping[K, str]) -> dict[K, str]:
    """The labels with a number behind every later one that reads like an earlier one: "Tes", "Tes (2)"."""
    taken: set[str] = set()
    found: dict[K, str] = {}
    for key, text in words.items():
        label, number = text, 1
        while label in taken:
            number += 1
            label = f"{text} ({number})"
        taken.add(label)
        found[key] = label
    return found
