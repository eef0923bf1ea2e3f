"""What the pages of the online door offer: the regions to choose from, and the form of one kab/kota."""

from dataclasses import dataclass
from typing import Any

from data_access.engine import reading
from data_access.queries import wilayah as queries
from domain.errors import NotFound
from domain.pengajuan import FIELDS
from domain.wilayah import is_kode, level, lineage, short_name
from services import application_clock, clock, entries, profile

LISTS = ("kluster", "layanan", "bentuk_hukum")


@dataclass(frozen=True)
class Step:
    """Regions to choose from below a place: (code, name) of each, and the names that lead to the place."""

    kode: str | None
    path: list[str]
    options: list[tuple[str, str]]


@dataclass(frozen=True)
class Form:
    """The form of a kab/kota: its names, its kecamatan, the lists to choose from, the papers it asks for."""

    kabkota: str
    path: list[str]
    kecamatan: list[tuple[str, str]]
    lists: dict[str, list[tuple[str, str]]]
    papers: list[dict[str, Any]]


def step(kode: str | None) -> Step:
    """The provinces, or the kab/kota of one; NotFound for a code that is neither."""
    if kode is not None and (not is_kode(kode) or level(kode) != "provinsi"):
        raise NotFound("wilayah_tidak_dikenal", kode=kode[:20])
    with reading() as connection:
        names = queries.names(connection, lineage(kode))
        frame = queries.children(connection, kode, clock.today())
    options = [(row["kode"], short_name(row["jenis"], row["nama"])) for row in frame.to_dict("records")]
    if not options:
        raise NotFound("wilayah_tidak_dikenal", kode=kode)
    return Step(kode, [short_name(*names[one]) for one in lineage(kode) if one in names], options)


def form(kode: str) -> Form:
    """The form of the kab/kota that a code names or lies in; NotFound for any other code."""
    if not is_kode(kode) or level(kode) not in ("kabkota", "kecamatan"):
        raise NotFound("wilayah_tidak_dikenal", kode=kode[:20])
    kabkota = lineage(kode)[1]
    with reading() as connection:
        place = queries.one(connection, kabkota)
        today = clock.today()
        if place is None or (place["berlaku_sampai"] is not None and place["berlaku_sampai"] <= today):
            raise NotFound("wilayah_tidak_dikenal", kode=kode)
        names = queries.names(connection, lineage(kabkota))
        frame = queries.children(connection, kabkota, today)
        labels = profile.labels(connection, kabkota, today)
        papers = application_clock.checklist(connection, kabkota)
    return Form(
        kabkota=kabkota,
        path=[short_name(*names[one]) for one in lineage(kabkota) if one in names],
        kecamatan=[(row["kode"], row["nama"]) for row in frame.to_dict("records")],
        lists={name: list(labels[name].items()) for name in LISTS},
        papers=papers,
    )


def kinds() -> dict[str, str]:
    """What sort of entry each field takes: multi, choice, date, degrees, count, long or text."""
    return {name: "choice" if name == "kode_wilayah" else entries.kind(name) for name in FIELDS}


def limits() -> dict[str, int]:
    """The most characters of each text field."""
    return {name: entries.limit(name) for name in FIELDS}
