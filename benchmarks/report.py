"""The figures as a Markdown report: medians, what they are held against, ratios, goals and whether they are reached."""

import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import metadata
from typing import Any

PACKAGES = ("streamlit", "pandas", "sqlalchemy", "uvicorn", "python-calamine")


def ratio(value: float, floor: float) -> float:
    """How many times the floor a value is; ValueError for a floor that nothing can be held against."""
    if floor <= 0:
        raise ValueError(f"floor {floor}: a positive figure is expected")
    return value / floor


@dataclass(frozen=True)
class Line:
    """One figure: its value, the floor beside it (None: an absolute goal), and the goal as a ratio or in its own unit."""

    name: str
    value: float
    unit: str
    floor_name: str = ""
    floor: float | None = None
    goal: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Value over floor; None when it stands alone."""
        return None if self.floor is None else ratio(self.value, self.floor)

    @property
    def reached(self) -> bool | None:
        """Whether the goal is kept, the bound itself included; None when there is none."""
        if self.goal is None:
            return None
        return (self.value if self.ratio is None else self.ratio) <= self.goal


@dataclass(frozen=True)
class Page:
    """One page: rerun times in ms and CPU time of the server in ms, warm and cold (medians)."""

    name: str
    warm: float
    warm_cpu: float
    cold: float | None = None
    cold_cpu: float | None = None
    size: int = 0  # bytes of a warm rerun on the socket


@dataclass
class Report:
    """What one run measured."""

    rows: int
    lines: list[Line] = field(default_factory=list)
    stock: Page | None = None
    own: Page | None = None
    pages: list[Page] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def verdicts(self) -> list[Line]:
        """Every goal of the run as a line: those of the pages first."""
        found = []
        if self.stock and self.own:
            for page in self.pages:
                found.append(Line(f"{page.name}, warm", page.warm, "ms", self.stock.name, self.stock.warm, 1.0))
                found.append(Line(f"{page.name}, warm", page.warm, "ms", self.own.name, self.own.warm, 4.0))
                if page.cold is not None:
                    found.append(Line(f"{page.name}, cold", page.cold, "ms", self.stock.name, self.stock.warm, 4.0))
        return found + self.lines


def median(values: Sequence[float]) -> float:
    """The middle of some measurements."""
    return statistics.median(values)


def number(value: float) -> str:
    """A figure with three significant digits, thousands separated."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def times(value: float | None) -> str:
    """A ratio as it is printed."""
    return "" if value is None else f"{value:.2f}x"


def mark(reached: bool | None) -> str:
    """The word for a goal kept or missed."""
    return {True: "yes", False: "**no**", None: ""}[reached]


def machine() -> str:
    """The machine and the versions of this run in one line; no name of a host or a user."""
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)
    return f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {versions}"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def _page_table(report: Report) -> list[str]:
    if report.stock is None or report.own is None:
        return []
    stock, own = report.stock.warm, report.own.warm
    head = ("Page", "warm ms", "cpu ms", "of stock empty (<= 1)", "of own empty (<= 4)", "cold ms", "cpu ms")
    lines = [_row(*head, "of stock empty (<= 4)", "KB warm", "reached"), "|---" + "|---:" * 8 + "|---|"]
    for floor in (report.stock, report.own):
        lines.append(_row(floor.name, number(floor.warm), number(floor.warm_cpu), "", "", "", "", "", "", ""))
    for page in report.pages:
        kept = [ratio(page.warm, stock) <= 1, ratio(page.warm, own) <= 4]
        cold = ("", "", "")
        if page.cold is not None:
            kept.append(ratio(page.cold, stock) <= 4)
            cold = (number(page.cold), number(page.cold_cpu or 0), times(ratio(page.cold, stock)))
        shares = (times(ratio(page.warm, stock)), times(ratio(page.warm, own)))
        size = number(page.size / 1024)
        lines.append(_row(page.name, number(page.warm), number(page.warm_cpu), *shares, *cold, size, mark(all(kept))))
    return [*lines, ""]


def markdown(report: Report) -> str:
    """The whole report."""
    text = [
        "# Measured speed",
        "",
        f"Made by `python benchmarks/run.py` with {report.rows:,} generated LKS. Medians; every page and its floors in one",
        "interleaved series. Other work may run beside it: **read the ratios, not the milliseconds**.",
        "",
        f"Machine: {machine()}.",
        "",
        *_page_table(report),
    ]
    if report.lines:
        text += [
            _row("Figure", "value", "held against", "floor", "ratio", "goal", "reached"),
            "|---|---:|---|---:|---:|---|---|",
        ]
        for line in report.lines:
            floor = "" if line.floor is None else f"{number(line.floor)} {line.unit}"
            unit = "x" if line.floor is not None else f" {line.unit}"
            goal = "" if line.goal is None else f"<= {line.goal:g}{unit}"
            name = line.name + (f" ({line.note})" if line.note else "")
            value = f"{number(line.value)} {line.unit}"
            text.append(_row(name, value, line.floor_name, floor, times(line.ratio), goal, mark(line.reached)))
        text.append("")
    if report.failures:
        text += ["Not measured:", "", *(f"- {failure}" for failure in report.failures), ""]
    goals = [line for line in report.verdicts() if line.reached is not None]
    if goals:
        text += [f"Goals reached: {sum(line.reached is True for line in goals)} of {len(goals)}.", ""]
    text += [
        "How: a rerun is what a browser asks for over Streamlit's socket, from the request to the last message, large known",
        "messages by their hash as browsers do. Warm: nothing changed since the last rerun. Cold: the data revision was",
        "raised just before, so that every cache misses. Both floors run on uvloop, which the stock floor has only because it",
        "is installed here: without it stock is slower. cpu: time of the server's process, the steadiest figure.",
        "",
    ]
    return "\n".join(text)


def as_json(report: Report) -> dict[str, Any]:
    """The same for programs."""
    return {
        "machine": machine(),
        "rows": report.rows,
        "floors": [vars(page) for page in (report.stock, report.own) if page],
        "pages": [vars(page) for page in report.pages],
        "lines": [{**vars(line), "ratio": line.ratio, "reached": line.reached} for line in report.lines],
        "failures": report.failures,
    }
