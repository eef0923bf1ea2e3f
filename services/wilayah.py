"""Regions by name, for pickers and headings; the list itself is public, so there is no actor."""

from data_access.engine import reading
from data_access.queries import wilayah as queries
from domain.wilayah import lineage, short_name
from services import clock


def children(kode: str | None) -> dict[str, str]:
    """Short name by code of the regions right below `kode` (provinces for None) in force today, by code."""
    with reading() as connection:
        frame = queries.children(connection, kode, clock.today())
    return {row["kode"]: short_name(row["jenis"], row["nama"]) for row in frame.to_dict("records")}


def names(codes: list[str]) -> dict[str, str]:
    """Short name by code; codes that nobody knows are left out."""
    with reading() as connection:
        return {kode: short_name(*found) for kode, found in queries.names(connection, codes).items()}


def name(kode: str | None) -> str:
    """The short name of one region: "Indonesia" for None, the code itself when it is unknown."""
    return "Indonesia" if kode is None else names([kode]).get(kode, kode)


def path(kode: str | None) -> list[str]:
    """The short names from the country down to `kode`, for a path line."""
    steps = lineage(kode)
    known = names(steps)
    return ["Indonesia", *(known.get(step, step) for step in steps)]
