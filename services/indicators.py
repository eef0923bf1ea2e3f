"""Indicators: the dictionary, each figure with what it is made of, and regions side by side.

A region is a dotted code, "" for Indonesia, and None for the actor's whole region. What is computed from the register is
seen within the actor's region only; published statistics also for the regions above it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from data_access import indicator_assets
from data_access.engine import Connection, reading
from data_access.queries import indicators as queries
from data_access.queries import live as live_queries
from data_access.queries import state as state_queries
from data_access.queries import wilayah as wilayah_queries
from domain.errors import NotFound
from domain.filters import Filters
from domain.indikator import (
    Definition,
    Thresholds,
    achievement,
    gap,
    is_period,
    is_stale,
    named_class,
    protected,
    rank,
    recount,
    rounded,
    status,
)
from domain.lkks import runs
from domain.permissions import Actor, Permission, Scope, require
from domain.wilayah import level, lineage, parent
from services import clock
from services import wilayah as region_names
from services.indicator_counting import Counting
from services.indicator_values import NATIONAL, Stated, definitions


@dataclass(frozen=True)
class Figure:
    """One figure of one region with everything it needs to explain itself; nilai is None when there is none to show."""

    definition: Definition
    wilayah: str
    nilai: float | None
    pembilang: float | None = None
    penyebut: float | None = None
    periode: str | None = None  # of what was stated; None: as of `tanggal`
    seri: str = ""
    tanggal: date | None = None
    sumber: str = ""
    sekitar: bool = False
    catatan: str | None = None
    kategori: str | None = None
    lengkap: tuple[float, float] | None = None  # how many of how many data points it rests on
    kurang_lengkap: bool = False
    basi: bool = False
    terlindung: bool = False  # a small count of persons that this reader is not shown
    target: float | None = None
    target_dasar: str | None = None
    capaian: float | None = None
    status: str | None = None
    siapa_terakhir: Mapping[str, Any] | None = None  # pada, pelaku, aksi of the last change

    @property
    def kode(self) -> str:
        """The indicator's code."""
        return self.definition.kode

    @property
    def versi(self) -> int:
        """The number of the definition it was made by."""
        return self.definition.nomor

    @property
    def satuan(self) -> str:
        """The unit."""
        return self.definition.satuan

    @property
    def kelengkapan(self) -> float | None:
        """The share of its data points that are there, 0 to 1; None when that cannot be said."""
        return self.lengkap[0] / self.lengkap[1] if self.lengkap and self.lengkap[1] else None


@dataclass(frozen=True)
class Compared:
    """A region beside the one that was asked about."""

    figure: Figure
    nama: str
    selisih: float | None  # the asked region's value minus this one's
    peringkat: int | None  # among those that stand here; 1 is best


def revision() -> str:
    """What kept figures belong to: it changes with every write of the register, events, answers and indicators."""
    with reading() as connection:
        told = [state_queries.revision(connection, subject) for subject in ("indikator", "lkks", "rapat")]
        return f"{live_queries.stamp(connection)} {told}"


def stated_revision() -> int:
    """The part of revision() that only targets, definitions and stated values change."""
    with reading() as connection:
        return state_queries.revision(connection, "indikator")


def limits() -> Thresholds:
    """The thresholds that flags, statuses and classes go by."""
    return indicator_assets.thresholds()


def dictionary(by: Actor, on: date | None = None) -> list[Definition]:
    """The definitions in force on a date (today), in their order."""
    require(by, Permission.VIEW_REGISTER)
    with reading() as connection:
        return list(definitions(connection, on or clock.today()))


def versions(by: Actor, kode: str) -> list[Definition]:
    """Every version of a definition, the newest first; NotFound for a code that nobody defined."""
    require(by, Permission.VIEW_REGISTER)
    with reading() as connection:
        found = [one for one in definitions(connection, None) if one.kode == kode]
    if not found:
        raise NotFound("indikator_tidak_dikenal", kode=kode)
    return found[::-1]


# --- what may be seen -------------------------------------------------------------------------------------------------


def place_of(scope: Scope, kode: str | None) -> str:
    """The region that is meant: all of the scope for None."""
    return (scope.root or NATIONAL) if kode is None else kode


def visible(scope: Scope, definition: Definition, place: str) -> bool:
    """True when this indicator of a region may be seen from a scope."""
    if scope.covers(place or None):
        return True
    return definition.terbuka and place in (NATIONAL, *lineage(scope.root))


def _shown_to(by: Actor, definition: Definition, place: str) -> bool:
    """visible() for a person: actions only for those who see the meetings, and an LKKS only its own region's."""
    if definition.of_actions and not (by.may(Permission.VIEW_MEETINGS) and runs(by, place)):
        return False
    return visible(by.scope, definition, place)


def _seen(by: Actor, definition: Definition, place: str) -> None:
    if not _shown_to(by, definition, place):
        raise NotFound("wilayah_di_luar", kode=place or "Indonesia")


def _defined(connection: Connection, kode: str, on: date) -> Definition:
    found = next((one for one in definitions(connection, on) if one.kode == kode), None)
    if found is None:
        raise NotFound("indikator_tidak_dikenal", kode=kode)
    return found


def stated_for(definition: Definition, place: str) -> bool:
    """True when the indicator is stated for regions of this level."""
    return level(place or None) in definition.tingkat


# --- figures ----------------------------------------------------------------------------------------------------------


def _counted_figure(
    counts: Counting, stated: Stated, definition: Definition, may_reveal: bool, whole: Counting | None
) -> Figure:
    """The figure of what was counted; `whole` is the region without the filters that narrow `counts`."""
    found, bounds, on = counts.count(definition), limits(), counts.on
    rows = [{"pembilang": found.pembilang, "penyebut": found.penyebut}]
    hidden = definition.orang and not may_reveal and protected(found.pembilang, bounds)
    if definition.orang and not may_reveal and whole is not None and not hidden:
        # What the filters leave out would be told by the difference.
        hidden = protected((whole.count(definition).pembilang or 0) - (found.pembilang or 0), bounds)
    value = None if hidden else recount(definition, rows)
    complete = found.lengkap
    share = complete[0] / complete[1] if complete and complete[1] else None
    # A target is set for the whole region, not for what filters leave of it.
    target, basis = stated.target(definition, on.year) if whole is None else (None, None)
    reached = achievement(value, target, definition.arah)
    return Figure(
        definition,
        counts.place,
        value,
        pembilang=None if hidden else found.pembilang,
        penyebut=found.penyebut,
        tanggal=on,
        sumber=definition.sumber,
        kategori=named_class(value, definition.kelas, bounds),
        lengkap=complete,
        kurang_lengkap=share is not None and share < bounds.lengkap,
        terlindung=hidden,
        target=target,
        target_dasar=basis,
        capaian=reached,
        status=status(reached, bounds),
    )


def _stated_figure(stated: Stated, definition: Definition, row: Mapping[str, Any] | None, may_reveal: bool) -> Figure:
    if row is None:
        target, basis = stated.target(definition, stated.on.year)
        return Figure(definition, stated.place, None, target=target, target_dasar=basis)
    meant = stated.versions.get((definition.kode, row["versi"]), definition)
    bounds = limits()
    counts = [row["pembilang"], row["penyebut"]] if meant.is_share else [row["nilai"], row["pembilang"]]
    hidden = meant.orang and not may_reveal and any(protected(count, bounds) for count in counts)
    # Classes and targets go by the value as it is published: 2 decimals of 69.996 are 70.00 in every table.
    value = None if hidden else row["nilai"]
    target, basis = stated.target(meant, int(row["periode"][:4]))
    reached = achievement(value, target, meant.arah)
    return Figure(
        meant,
        row["wilayah"],
        value,
        pembilang=None if hidden else row["pembilang"],
        penyebut=None if hidden else row["penyebut"],
        periode=row["periode"],
        seri=row["seri"],
        tanggal=row["tanggal"],
        sumber=row["sumber"],
        sekitar=row["sekitar"],
        catatan=row["catatan"],
        kategori=named_class(value, meant.kelas, bounds),
        lengkap=(1, 1),
        basi=is_stale(row["periode"], meant.umur_bulan, stated.on),
        terlindung=hidden,
        target=target,
        target_dasar=basis,
        capaian=reached,
        status=status(reached, bounds),
    )


def _derived_figure(stated: Stated, definition: Definition, parts: list[dict[str, Any]], may_reveal: bool) -> Figure:
    if not parts:
        return Figure(definition, stated.place, None)
    bounds = limits()
    hidden = definition.orang and not may_reveal and any(protected(part["nilai"], bounds) for part in parts)
    value = None if hidden else recount(definition, parts)
    own = parts[0] if definition.rule != "peringkat" else next(p for p in parts if p["peran"] == "wilayah")
    bases = [stated.versions_now(kode) for kode in definition.dari]
    months = definition.umur_bulan or min((one.umur_bulan for one in bases if one and one.umur_bulan), default=None)
    target, basis = stated.target(definition, int(own["periode"][:4]))
    reached = achievement(value, target, definition.arah)
    return Figure(
        definition,
        stated.place,
        value,
        pembilang=None if hidden or not definition.is_share else parts[0]["nilai"],
        penyebut=None if hidden or not definition.is_share else parts[1]["nilai"],
        periode=own["periode"],
        seri=own["seri"],
        tanggal=max((part["tanggal"] for part in parts if part["tanggal"]), default=None),
        sumber="; ".join(dict.fromkeys(part["sumber"] for part in parts)),
        sekitar=any(part["sekitar"] for part in parts),
        kategori=named_class(value, definition.kelas, bounds),
        lengkap=(1, 1),
        basi=is_stale(own["periode"], months, stated.on),
        terlindung=hidden,
        target=target,
        target_dasar=basis,
        capaian=reached,
        status=status(reached, bounds),
    )


def _figures(
    connection: Connection,
    by: Actor,
    place: str,
    on: date,
    wanted: Sequence[Definition],
    periode: str | None = None,
    seri: str | None = None,
    filters: Filters | None = None,
) -> list[Figure]:
    """The figures of definitions that the actor may see; those not stated for this level are left out.

    Under filters only what counts LKS is left.
    """
    narrows = filters is not None and not filters.open
    wanted = [one for one in wanted if one.of_lks] if narrows else wanted
    reveal = by.may(Permission.REVEAL_PERSONAL)
    stated = Stated(connection, by, place, on, wanted)
    counts: Counting | None = None
    whole: Counting | None = None
    old: bool | None = None
    found = []
    for definition in wanted:
        if not _shown_to(by, definition, place) or not stated_for(definition, place):
            continue
        if definition.jenis == "isian":
            figure = _stated_figure(stated, definition, stated.latest(definition, periode, seri), reveal)
        elif definition.jenis == "turunan":
            figure = _derived_figure(stated, definition, stated.parts(definition, periode), reveal)
        else:
            if counts is None:
                counts = Counting(connection, by, place, on, filters)
                whole = Counting(connection, by, place, on) if narrows else None
                old = _untouched(connection, place, on)
            figure = _counted_figure(counts, stated, definition, reveal, whole)
            figure = replace(figure, basi=bool(old) and not definition.of_lkks)
        found.append(figure)
    return found


def _untouched(connection: Connection, place: str, on: date) -> bool:
    """True when no LKS of the region was changed for so long that its figures count as stale."""
    scope, limit = Scope(place or None), on - timedelta(days=limits().basi_hari)
    if queries.touched_since(connection, scope, datetime.combine(limit + timedelta(days=1), time.min, UTC)):
        return False
    last: datetime | None = queries.touched(connection, scope)
    return last is not None and last.date() <= limit


def figures(
    by: Actor,
    wilayah: str | None = None,
    on: date | None = None,
    kodes: Iterable[str] | None = None,
    filters: Filters | None = None,
) -> list[Figure]:
    """Every figure of a region (or those of some indicators) in the order of the dictionary, without who changed it last.

    `filters` (their region does not matter) narrow what counts LKS and leave out everything else. NotFound for a region
    that the actor may see nothing of.
    """
    require(by, Permission.VIEW_REGISTER)
    place, on = place_of(by.scope, wilayah), on or clock.today()
    wanted = None if kodes is None else set(kodes)
    with reading() as connection:
        defined = [one for one in definitions(connection, on) if wanted is None or one.kode in wanted]
        if not any(_shown_to(by, one, place) for one in defined):
            raise NotFound("wilayah_di_luar", kode=place or "Indonesia")
        return _figures(connection, by, place, on, defined, filters=filters)


def value(
    by: Actor,
    kode: str,
    wilayah: str | None = None,
    on: date | None = None,
    periode: str | None = None,
    seri: str | None = None,
    filters: Filters | None = None,
) -> Figure:
    """One figure with who changed last what it rests on; NotFound for an unknown code, region or level.

    NotFound also for filters that do not apply: only what counts LKS can be narrowed.
    """
    require(by, Permission.VIEW_REGISTER)
    place, on = place_of(by.scope, wilayah), on or clock.today()
    with reading() as connection:
        definition = _defined(connection, kode, on)
        _seen(by, definition, place)
        if not stated_for(definition, place):
            raise NotFound("indikator_bukan_tingkat", nama=definition.nama)
        if filters is not None and not filters.open and not definition.of_lks:
            raise NotFound("indikator_tanpa_saringan", nama=definition.nama)
        [found] = _figures(connection, by, place, on, [definition], periode, seri, filters)
        return replace(found, siapa_terakhir=_last(connection, by, found, place, on, periode))


# What the trail calls the things a rule counts, where they are not LKS.
_OBJECTS = {
    "bimtek_gain": "kegiatan",
    "lkks_cakupan": "lkks",
    "tindak_lanjut": "tindak_lanjut",
    "tindak_lanjut_tepat": "tindak_lanjut",
    "program": "program",
    "program_anggaran": "program",
}


def _last(
    connection: Connection, by: Actor, figure: Figure, place: str, on: date, periode: str | None
) -> dict[str, Any] | None:
    """Who last changed what a figure rests on: its stored values, the events, or the LKS of the region."""
    definition = figure.definition
    if definition.jenis == "register":
        objek = _OBJECTS.get(definition.rule, "lks")
        return queries.last_change_in(connection, objek, Scope(place or None))
    stated = Stated(connection, by, place, on, [definition])
    if definition.jenis == "isian":
        row = stated.at(definition.kode, place, figure.periode, figure.seri) if figure.periode else None
        rows = [row] if row else []
    else:
        rows = stated.parts(definition, periode)
    # Another region's trail is not for everybody who may see its published value.
    ids = [row["id"] for row in rows if row["id"] is not None and by.scope.covers(row["wilayah"] or None)]
    return queries.last_change(connection, ids)


def references_of(by: Actor, definition: Definition, wilayah: str | None = None) -> list[str]:
    """The regions that a figure stands beside: itself, the regions above it, Indonesia, as far as they may be seen."""
    require(by, Permission.VIEW_REGISTER)
    place = place_of(by.scope, wilayah)
    steps = [*reversed(lineage(place or None)), NATIONAL]
    return [step for step in steps if _shown_to(by, definition, step) and stated_for(definition, step)]


def compare(
    by: Actor,
    kode: str,
    wilayahs: Sequence[str],
    on: date | None = None,
    periode: str | None = None,
    seri: str | None = None,
) -> list[Compared]:
    """The first region beside the others, all at its own period and series; NotFound when one may not be seen.

    selisih is the first region's value minus the other's (None for itself), peringkat the place among all of them.
    """
    require(by, Permission.VIEW_REGISTER)
    on = on or clock.today()
    with reading() as connection:
        definition = _defined(connection, kode, on)
        found: list[Figure] = []
        for place in wilayahs:
            _seen(by, definition, place)
            at: tuple[str | None, str | None]
            at = (periode, seri) if not found else (found[0].periode, found[0].seri if found[0].periode else None)
            beside = _figures(connection, by, place, on, [definition], *at)
            found += beside or [Figure(definition, place, None)]
    known = [figure.nilai for figure in found if figure.nilai is not None]
    names = region_names.names([place for place in wilayahs if place])
    own = found[0].nilai if found else None
    return [
        Compared(
            figure,
            names.get(place, "Indonesia" if not place else place),
            None if number == 0 else gap(own, figure.nilai),
            rank(figure.nilai, known, definition.arah) if len(known) > 1 else None,
        )
        for number, (place, figure) in enumerate(zip(wilayahs, found, strict=True))
    ]


def series(by: Actor, kode: str, wilayahs: Sequence[str], on: date | None = None) -> list[Figure]:
    """Every stored value of an entered indicator in some regions up to a date, by region, series and period."""
    require(by, Permission.VIEW_REGISTER)
    on, reveal = on or clock.today(), by.may(Permission.REVEAL_PERSONAL)
    found = []
    with reading() as connection:
        definition = _defined(connection, kode, on)
        for place in wilayahs:
            _seen(by, definition, place)
            stated = Stated(connection, by, place, on, [definition])
            rows = sorted(stated.values(kode), key=lambda row: (row["seri"], row["periode"]))
            found += [_stated_figure(stated, definition, row, reveal) for row in rows]
    return found


def choices(by: Actor, kode: str, wilayah: str | None = None) -> dict[str, str]:
    """Names of the regions that may stand beside a region for an indicator, by code: itself first, those above, the others."""
    require(by, Permission.VIEW_REGISTER)
    place, on = place_of(by.scope, wilayah), clock.today()
    above = parent(place) if place else None
    with reading() as connection:
        definition = _defined(connection, kode, on)
        groups = [] if level(place or None) == "kecamatan" else [place or None]
        groups += [above] if place and by.scope.covers(above) else []
        below = [str(code) for one in groups for code in wilayah_queries.children(connection, one, on)["kode"]]
    codes = dict.fromkeys([*reversed(lineage(place or None)), NATIONAL, *below])
    names = region_names.names([code for code in codes if code])
    shown = [code for code in codes if _shown_to(by, definition, code) and stated_for(definition, code)]
    return {code: names.get(code, code) if code else "Indonesia" for code in shown}


# --- for scripts ------------------------------------------------------------------------------------------------------


def plain(figure: Figure) -> dict[str, Any]:
    """A figure as plain values for scripts and files, rounded as screens round it."""
    definition = figure.definition
    digits = 1 if definition.is_share else definition.desimal
    share = figure.kelengkapan
    return {
        "kode": definition.kode,
        "versi": definition.nomor,
        "nama": definition.nama,
        "jenis": definition.jenis,
        "nilai": rounded(figure.nilai, digits),
        "satuan": definition.satuan,
        "kategori": figure.kategori,
        "pembilang": figure.pembilang,
        "penyebut": figure.penyebut,
        "aturan": definition.rumus,
        "periode": figure.periode,
        "seri": figure.seri or None,
        "tanggal": figure.tanggal.isoformat() if figure.tanggal else None,
        "sumber": figure.sumber or definition.sumber,
        "sekitar": figure.sekitar,
        "terlindung": figure.terlindung,
        "kelengkapan": rounded(share, 3),
        "kurang_lengkap": figure.kurang_lengkap,
        "basi": figure.basi,
        "target": figure.target,
        "capaian": rounded(figure.capaian, 1),
        "status": figure.status,
    }


def comparisons(by: Actor, found: Sequence[Figure], on: date | None = None) -> dict[str, list[Compared]]:
    """For each published statistic with a value: the regions above it at the same period and series, by indicator."""
    require(by, Permission.VIEW_REGISTER)
    told = {}
    for figure in found:
        if not figure.definition.terbuka or figure.definition.jenis != "isian" or figure.nilai is None:
            continue
        places = references_of(by, figure.definition, figure.wilayah)
        told[figure.kode] = compare(by, figure.kode, places, on, figure.periode, figure.seri)[1:]
    return told


def overview(by: Actor, wilayah: str | None = None, on: date | None = None) -> dict[str, Any]:
    """Every figure of a region as plain values, published statistics beside the regions above it."""
    require(by, Permission.VIEW_REGISTER)
    place, on = place_of(by.scope, wilayah), on or clock.today()
    found = figures(by, place, on)
    beside = comparisons(by, found, on)
    return {
        "wilayah": place or None,
        "nama": _name(place),
        "per_tanggal": on.isoformat(),
        "indikator": [
            plain(figure) | {"perbandingan": [_beside(one) for one in beside.get(figure.kode, [])]} for figure in found
        ],
    }


def _name(place: str) -> str:
    return region_names.name(place or None)


def _beside(one: Compared) -> dict[str, Any]:
    told = plain(one.figure)
    return {
        "wilayah": one.figure.wilayah or None,
        "nama": one.nama,
        **{name: told[name] for name in ("nilai", "kategori", "periode", "seri", "sumber", "sekitar")},
        "selisih": rounded(one.selisih, one.figure.definition.desimal),
    }


def checked_period(text: str) -> str | None:
    """The period as it is stored; None for what is neither a year nor a month."""
    plain_text = text.strip()
    return plain_text if is_period(plain_text) else None
