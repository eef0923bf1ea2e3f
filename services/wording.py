"""Sentences by code, from assets/teks: what is wrong and how to mend it, a measure's rule, a role's purpose."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from data_access.assets import ASSETS
from domain.errors import PilarError, Problem

TEXTS = ASSETS / "teks"


class Sentence(NamedTuple):
    """What is wrong, and what to do about it."""

    reason: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.reason} {self.remedy}".replace(" \n", "\n").strip()


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def messages() -> dict[str, dict[str, str]]:
    """Every message of assets/teks/pesan*.toml by code."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(TEXTS.glob("pesan*.toml")):
        found |= _toml(path)
    return found


class _Blank(dict[str, str]):
    """Facts for a sentence; one that is missing shows as a dash instead of failing the page."""

    def __missing__(self, key: str) -> str:
        return "-"


def sentence(code: str, /, **facts: object) -> Sentence:
    """The sentence of a code with its facts filled in; an unknown code gets the general one, with the code."""
    entry = messages().get(code) or messages()["galat"]
    filled = _Blank({"kode_galat": code} | {name: str(value) for name, value in facts.items()})
    return Sentence(entry["reason"].format_map(filled), entry.get("remedy", "").format_map(filled))


def of_error(error: PilarError) -> Sentence:
    """The sentence of a named error."""
    return sentence(error.code, **error.facts)


def of_problem(problem: Problem) -> Sentence:
    """The sentence of one refused value."""
    return sentence(problem.code, **({"nilai": problem.value, "kolom": problem.column} | problem.facts))


@cache
def measure(measure_id: str) -> dict[str, str]:
    """`judul` and `aturan` (the rule as a sentence) of a measure."""
    return _toml(TEXTS / "ukuran.toml")[measure_id]


@cache
def priority(part: str) -> dict[str, str]:
    """The words of a part of assets/teks/prioritas.toml: the rules of criteria, what a reference is called."""
    return _toml(TEXTS / "prioritas.toml")[part]


@cache
def role(role_id: str) -> dict[str, str]:
    """`judul` and `uraian` of a role."""
    return _toml(TEXTS / "peran.toml")[role_id]


def about(kind: str, **facts: object) -> dict[str, str]:
    """The lines of a workbook's source sheet by their label (assets/teks/keterangan.toml)."""
    lines = _toml(TEXTS / "keterangan.toml")[kind]
    return {label: line.format(**facts) for label, line in lines.items()}


@cache
def long_text(name: str) -> str:
    """A long text of assets/teks by its path without the ending, as Markdown."""
    return (TEXTS / f"{name}.md").read_text(encoding="utf-8")
