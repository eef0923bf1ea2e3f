"""What programs add up to: counts and money always with how many of them the figure rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.lkks import PARTNERS

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Totals:
    """Programs counted and their money in rupiah; money is None when no program states it."""

    count: int
    budget: int | None
    budget_known: int  # programs that state a budget
    realised: int | None
    realised_known: int  # programs that state what was realised
    both_budget: int  # of the programs that state both: the budget
    both_realised: int
    both: int


@dataclass(frozen=True)
class Partners:
    """The partners of one kind: how many different names, in how many programs, what they put in, by how many stated."""

    kind: str
    names: int
    programs: int
    value: int | None
    stated: int


def totals(rows: Sequence[Row]) -> Totals:
    """What some programs add up to; the share of realisation is only ever made of those that state both amounts."""
    budgets = [row["anggaran"] for row in rows if row["anggaran"] is not None]
    spent = [row["realisasi"] for row in rows if row["realisasi"] is not None]
    both = [row for row in rows if row["anggaran"] is not None and row["realisasi"] is not None]
    return Totals(
        count=len(rows),
        budget=sum(budgets) if budgets else None,
        budget_known=len(budgets),
        realised=sum(spent) if spent else None,
        realised_known=len(spent),
        both_budget=sum(row["anggaran"] for row in both),
        both_realised=sum(row["realisasi"] for row in both),
        both=len(both),
    )


def by_year(rows: Sequence[Row]) -> list[tuple[int, Totals]]:
    """The totals of each year, newest first."""
    years = sorted({row["tahun"] for row in rows}, reverse=True)
    return [(year, totals([row for row in rows if row["tahun"] == year])) for year in years]


def by_code(rows: Sequence[Row], name: str, codes: Sequence[str]) -> dict[str, int]:
    """How many programs have each code of a many-valued field; one with two codes counts under both."""
    return {code: sum(code in row[name] for row in rows) for code in codes}


def by_partner(rows: Sequence[Row]) -> list[Partners]:
    """The partners of each kind, in the order of the kinds."""
    found = []
    for kind in PARTNERS:
        of = [(row["id"], one) for row in rows for one in row["mitra"] if one["jenis"] == kind]
        values = [one["nilai"] for _, one in of if one["nilai"] is not None]
        names = {" ".join(one["nama"].casefold().split()) for _, one in of}
        programs = {program_id for program_id, _ in of}
        found.append(Partners(kind, len(names), len(programs), sum(values) if values else None, len(values)))
    return found
