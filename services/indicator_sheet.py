"""The printable showcase of a region's indicators: one HTML file that needs nothing else and prints on A4."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from data_access.assets import ASSETS
from domain.permissions import Actor, Permission, require


@dataclass(frozen=True)
class Shown:
    """One figure as it is printed: every part worded already."""

    nama: str
    nilai: str
    dari: str
    aturan: str
    sumber: str
    tanda: list[str] = field(default_factory=list)  # class, status, flags
    pembanding: list[str] = field(default_factory=list)


@cache
def _templates() -> Environment:
    loader = FileSystemLoader(ASSETS / "templates")
    return Environment(loader=loader, autoescape=select_autoescape(default=True), undefined=StrictUndefined)


def sheet(by: Actor, place: str, printed_on: str, groups: Sequence[tuple[str, Sequence[Shown]]], sample: bool) -> bytes:
    """The file for the figures of a region by group; `sample` prints that invented rows are among them."""
    require(by, Permission.EXPORT_REGISTER)
    values = {"tempat": place, "tanggal": printed_on, "kelompok": groups, "contoh": sample}
    return _templates().get_template("etalase.html").render(**values).encode()
