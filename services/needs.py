"""Need and service side by side, by kluster and setting, for the regions right below one.

Which kind of PPKS belongs to which kluster is reference data (the list ppks, `induk`), an assumption of the product. P0, a
survey estimate, has no part in it: it is never divided by list data.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from data_access import indicator_assets
from data_access.engine import Connection, reading
from data_access.queries import indicators as queries
from data_access.queries import lists, references
from data_access.queries import wilayah as wilayah_queries
from domain.errors import NotFound
from domain.filters import Filters
from domain.indikator import protected
from domain.permissions import Actor, Permission, require
from domain.priority import Need
from domain.wilayah import level, lineage
from services import clock
from services.selection import selection

RECORDED = "ppks_terdata_"
_DEPTH = {"nasional": 1, "provinsi": 2, "kabkota": 3}
Row = dict[str, Any]


@dataclass
class _Served:
    """What LKS of one kluster in one area report."""

    lks: int = 0
    inside: int = 0
    outside: int = 0
    reporting: int = 0
    dalam: int | None = None
    luar: int | None = None


def areas_below(connection: Connection, place: str, on: date) -> list[str]:
    """The codes of the regions right below one ("" = Indonesia); none below a kecamatan, where nothing is counted."""
    if level(place or None) not in _DEPTH:
        return []
    return [str(kode) for kode in wilayah_queries.children(connection, place or None, on)["kode"]]


def kinds_of(connection: Connection, on: date) -> dict[str, list[str]]:
    """The kinds of PPKS by the kluster they are taken to belong to, in the order of both lists."""
    found: dict[str, list[str]] = {row["kode"]: [] for row in references.options(connection, "kluster", on)}
    for row in references.options(connection, "ppks", on):
        if row["induk"] in found:
            found[row["induk"]].append(row["kode"])
    return found


def needs(by: Actor, wilayah: str | None = None, on: date | None = None) -> dict[str, tuple[Need, ...]]:
    """For each region right below one: every kluster with what is recorded and what is served, by the region's code.

    Small counts of persons are withheld from those who may not see personal data. NotFound outside the actor's region.
    """
    require(by, Permission.VIEW_REGISTER)
    on = on or clock.today()
    place = (by.scope.root or "") if wilayah is None else wilayah
    if not by.scope.covers(place or None):
        raise NotFound("wilayah_di_luar", kode=place or "Indonesia")
    with reading() as connection:
        areas = areas_below(connection, place, on)
        names = {row["kode"]: row["nama"] for row in references.options(connection, "kluster", on)}
        kinds = kinds_of(connection, on)
        recorded = _recorded(connection, areas, kinds, on)
        served = _served(connection, by, place, areas, on)
    reveal = by.may(Permission.REVEAL_PERSONAL)
    return {
        area: tuple(
            _need(kode, names[kode], kinds[kode], recorded.get(area, {}), served.get((area, kode)), reveal)
            for kode in names
        )
        for area in areas
    }


def _recorded(
    connection: Connection, areas: Sequence[str], kinds: Mapping[str, Sequence[str]], on: date
) -> dict[str, dict[str, dict[str, float]]]:
    """What each area states by period and kind, periods up to the date."""
    codes = [RECORDED + kind for of_kluster in kinds.values() for kind in of_kluster]
    found: dict[str, dict[str, dict[str, float]]] = {}
    for row in queries.values(connection, areas, codes) if areas else []:
        if row["periode"] <= on.isoformat()[: len(row["periode"])]:
            periods = found.setdefault(row["wilayah"], {})
            periods.setdefault(row["periode"], {})[row["kode"].removeprefix(RECORDED)] = row["nilai"]
    return found


def _served(
    connection: Connection, by: Actor, place: str, areas: Sequence[str], on: date
) -> dict[tuple[str, str], _Served]:
    """What the LKS of each area and kluster report."""
    chosen = selection(connection, by, Filters(wilayah=place or None), on)
    depth = _DEPTH.get(level(place or None), 3)
    kluster = lists.kluster_of(connection, chosen)
    clients = {name: queries.clients_by_lks(connection, chosen, name) for name in ("dalam", "luar")}
    settings = queries.settings(connection, chosen)
    found: dict[tuple[str, str], _Served] = {}
    for lks_id, kode in queries.places(connection, chosen):
        steps = lineage(kode)
        if len(steps) < depth or steps[depth - 1] not in areas:
            continue
        for one in kluster.get(lks_id, []):
            told = found.setdefault((steps[depth - 1], one), _Served())
            told.lks += 1
            told.inside += settings[lks_id] in ("dalam", "keduanya")
            told.outside += settings[lks_id] in ("luar", "keduanya")
            told.reporting += lks_id in clients["dalam"] or lks_id in clients["luar"]
            if lks_id in clients["dalam"]:
                told.dalam = (told.dalam or 0) + clients["dalam"][lks_id]
            if lks_id in clients["luar"]:
                told.luar = (told.luar or 0) + clients["luar"][lks_id]
    return found


def _need(
    kode: str,
    nama: str,
    kinds: Sequence[str],
    recorded: Mapping[str, Mapping[str, float]],
    served: _Served | None,
    reveal: bool,
) -> Need:
    stated = {period: {kind: row[kind] for kind in kinds if kind in row} for period, row in recorded.items()}
    period = max((name for name, row in stated.items() if row), default=None)
    parts = stated[period] if period is not None else {}
    told = served or _Served()
    limits = indicator_assets.thresholds()
    # Where one small count is left out of the kinds that stand on Indikator, their sum would give it away.
    small = [count for count in parts.values() if protected(count, limits)]
    given_away = bool(small) and (len(small) < 2 or sum(small) < limits.lindung)
    hidden = not reveal and (given_away or any(protected(count, limits) for count in (told.dalam, told.luar)))
    return Need(
        kluster=kode,
        nama=nama,
        terdata=sum(parts.values()) if parts and not hidden else None,
        jenis_terdata=len(parts),
        jenis=len(kinds),
        periode=period,
        lks=told.lks,
        lks_dalam=told.inside,
        lks_luar=told.outside,
        melapor=told.reporting,
        dalam=None if hidden else told.dalam,
        luar=None if hidden else told.luar,
        terlindung=hidden,
    )


@dataclass(frozen=True)
class Together:
    """One kluster over the areas where need and service are both known."""

    terdata: float
    dilayani: float
    daerah: int


def together(every: Sequence[Need]) -> Together:
    """What areas record and serve together, where both are known."""
    known = [(one.terdata, one.dilayani) for one in every if one.terdata and one.dilayani is not None]
    return Together(sum(need for need, _ in known), sum(served for _, served in known), len(known))
