"""Priority areas: the regions below one, held criterion by criterion against a reference, those that fall short most first."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from data_access import indicator_assets
from data_access.engine import Connection, reading
from data_access.queries import indicators as queries
from data_access.queries import references
from domain import figures
from domain.errors import NotFound
from domain.filters import EMPTY, Filters
from domain.indikator import PERCENT, Definition, is_stale, protected
from domain.lks import MEASURES
from domain.permissions import Actor, Permission, require
from domain.priority import ABOVE, MEDIAN, TOGETHER, Area, Criterion, Need, Priorities, falls_short, middle, ordered
from domain.wilayah import level, lineage
from services import clock, needs, register, wording
from services import wilayah as region_names
from services.indicator_values import NATIONAL, definitions

GAP = "celah_"
_KLUSTER, _PSKS = "lks_kluster_", "psks_"
_LEVEL_BELOW = {"nasional": "provinsi", "provinsi": "kabkota", "kabkota": "kecamatan"}
Row = dict[str, Any]


@dataclass(frozen=True)
class Choice:
    """A criterion that may be asked for: its code, kind (domain.priority.KINDS), name and rule."""

    kode: str
    jenis: str
    nama: str
    aturan: str
    definition: Definition | None = None


def usual() -> tuple[str, ...]:
    """The criteria that are taken when nobody chose any, whether or not a level has them; data of the product, public."""
    return indicator_assets.priorities()[0]


def choices(by: Actor, wilayah: str | None = None, on: date | None = None) -> list[Choice]:
    """What the regions below one can be held against, in the order of the dictionary; empty below a kecamatan."""
    require(by, Permission.VIEW_REGISTER)
    place, on = _place(by, wilayah), on or clock.today()
    with reading() as connection:
        return _choices(connection, place, on)


def _place(by: Actor, wilayah: str | None) -> str:
    place = (by.scope.root or NATIONAL) if wilayah is None else wilayah
    if not by.scope.covers(place or None):
        raise NotFound("wilayah_di_luar", kode=place or "Indonesia")
    return place


def _choices(connection: Connection, place: str, on: date) -> list[Choice]:
    below = _LEVEL_BELOW.get(level(place or None))
    if below is None:
        return []
    measures = {measure.id for measure in MEASURES}
    found = []
    for one in definitions(connection, on):
        jenis = _kind(one, measures) if below in one.tingkat else None
        if jenis is not None:
            part = wording.priority(jenis)
            found.append(Choice(one.kode, jenis, one.nama, part.get(one.arah) or part["aturan"], one))
    gap = wording.priority("celah")
    kinds = needs.kinds_of(connection, on)
    for row in references.options(connection, "kluster", on):
        if kinds[row["kode"]]:
            found.append(Choice(GAP + row["kode"], "celah", gap["nama"].format(nama=row["nama"]), gap["aturan"]))
    return found


def _kind(one: Definition, measures: set[str]) -> str | None:
    """What kind of criterion an indicator makes; None for one that areas are not held against."""
    if one.kode.startswith(_KLUSTER):
        return "lks"
    if one.kode.startswith(_PSKS):
        return "psks"
    if one.arah not in ("naik", "turun"):
        return None
    if one.jenis == "isian" and one.rule in ("nilai", PERCENT):
        return "indikator"
    return "ukuran" if one.rule == "ukuran" and one.of in measures else None


def areas(
    by: Actor, wilayah: str | None = None, kodes: Iterable[str] | None = None, on: date | None = None
) -> Priorities:
    """The regions right below one ("" = Indonesia, None: the actor's own), those with most criteria met first.

    kodes are codes of choices(), unknown ones are passed over; None takes the usual ones. NotFound outside the actor's
    region; below a kecamatan there is nothing to order.
    """
    require(by, Permission.VIEW_REGISTER)
    place, on = _place(by, wilayah), on or clock.today()
    with reading() as connection:
        offered = {one.kode: one for one in _choices(connection, place, on)}
        wanted = indicator_assets.priorities()[0] if kodes is None else kodes
        chosen = [offered[kode] for kode in dict.fromkeys(wanted) if kode in offered]
        codes = needs.areas_below(connection, place, on)
    every = needs.needs(by, place, on)
    names = region_names.names([*codes, *lineage(place or None)])
    counted = register.by_region(by, Filters(wilayah=place or None), on)
    totals = dict(zip(counted["kode"], (int(count) for count in counted["total"]), strict=True))
    make = _Making(by, place, on, codes, names, every)
    told = {one.kode: make.criteria(one) for one in chosen}
    return Priorities(
        wilayah=place,
        nama=names.get(place, "Indonesia" if place == NATIONAL else place),
        tingkat=_LEVEL_BELOW.get(level(place or None), ""),
        on=on,
        kodes=tuple(one.kode for one in chosen),
        daerah=ordered(
            [
                Area(
                    kode,
                    names.get(kode, kode),
                    totals.get(kode, 0),
                    tuple(told[one.kode][kode] for one in chosen),
                    every.get(kode, ()),
                )
                for kode in codes
            ]
        ),
        tanpa_tempat=totals.get(EMPTY, 0),
        contoh=register.sample_count(by, Filters(wilayah=place or None), on),
    )


class _Making:
    """The criteria of all areas of one reading, each source asked once."""

    def __init__(
        self,
        by: Actor,
        place: str,
        on: date,
        codes: Sequence[str],
        names: Mapping[str, str],
        every: Mapping[str, tuple[Need, ...]],
    ) -> None:
        self.by, self.place, self.on, self.codes, self.names, self.every = by, place, on, codes, names, every
        self.least = indicator_assets.priorities()[1]
        self.reveal = by.may(Permission.REVEAL_PERSONAL)
        self._kluster: Mapping[tuple[str, str], int] | None = None

    def criteria(self, one: Choice) -> dict[str, Criterion]:
        """The criterion of every area, by the area's code."""
        kinds: dict[str, Callable[[Choice], dict[str, Criterion]]] = {
            "indikator": self._stated,
            "ukuran": self._measured,
            "lks": self._counted,
            "psks": self._stated,
            "celah": self._gaps,
        }
        return kinds[one.jenis](one)

    def _name(self, place: str) -> str:
        return self.names.get(place, "Indonesia" if place == NATIONAL else place)

    def _stated(self, one: Choice) -> dict[str, Criterion]:
        definition = one.definition
        assert definition is not None
        above = [
            step
            for step in (*reversed(lineage(self.place or None)), NATIONAL)
            if definition.terbuka or self.by.scope.covers(step or None)
        ]
        # Counts of PSKS of a larger region are always more: only the siblings say what is few.
        above = above if one.jenis == "indikator" else []
        order = {name: number for number, name in enumerate(definition.seri)}
        rows: dict[str, list[Row]] = {}
        with reading() as connection:
            for row in queries.values(connection, {*self.codes, *above}, [one.kode]):
                if row["periode"] <= self.on.isoformat()[: len(row["periode"])]:
                    rows.setdefault(row["wilayah"], []).append(row)
        at = {(row["wilayah"], row["periode"], row["seri"]): row for found in rows.values() for row in found}
        made = {}
        for kode in self.codes:
            own = max(rows.get(kode, []), key=lambda r: (r["periode"], order.get(r["seri"], -1)), default=None)
            made[kode] = self._held(one, definition, own, above, at)
        return made

    def _held(
        self,
        one: Choice,
        definition: Definition,
        own: Row | None,
        above: Sequence[str],
        at: Mapping[tuple[str, str, str], Row],
    ) -> Criterion:
        """One stated value against the nearest region above that states the same, else the siblings' median."""
        if own is None:
            return Criterion(**_named(one))
        when = (own["periode"], own["seri"])
        told = {"periode": own["periode"], "seri": own["seri"]}
        told["basi"] = is_stale(own["periode"], definition.umur_bulan, self.on)
        if self._hidden(definition, own):
            return Criterion(**_named(one), terlindung=True, **told)
        step = next((place for place in above if (place, *when) in at), None)
        if step is not None and not self._hidden(definition, at[step, *when]):
            reference: float | None = float(at[step, *when]["nilai"])
            source, name = ABOVE, self._name(step)
        else:
            beside = [at[kode, *when] for kode in self.codes if (kode, *when) in at]
            shown = [float(row["nilai"]) for row in beside if not self._hidden(definition, row)]
            reference, source = middle(shown, self.least), MEDIAN
            name = wording.priority("acuan")["median"].format(jumlah=len(shown))
        direction = "naik" if one.jenis == "psks" else definition.arah
        value = float(own["nilai"])
        return Criterion(
            **_named(one),
            nilai=value,
            nilai_teks=_worded(definition, value),
            pembilang=own["pembilang"],
            penyebut=own["penyebut"],
            **_against(reference, _worded(definition, reference), name, source),
            terpenuhi=falls_short(value, reference, direction),
            **told,
        )

    def _hidden(self, definition: Definition, row: Row) -> bool:
        if not definition.orang or self.reveal:
            return False
        limits = indicator_assets.thresholds()
        counts = (row["pembilang"], row["penyebut"]) if definition.is_share else (row["nilai"], row["pembilang"])
        return any(protected(count, limits) for count in counts)

    def _measured(self, one: Choice) -> dict[str, Criterion]:
        definition = one.definition
        assert definition is not None
        frame = register.by_region(self.by, Filters(wilayah=self.place or None), self.on, definition.of)
        parts = {
            str(kode): (int(above), int(below))
            for kode, above, below in zip(frame["kode"], frame["numerator"], frame["denominator"], strict=True)
        }
        above, below = (sum(part[n] for part in parts.values()) for n in (0, 1))
        reference = 100 * above / below if below else None
        against = _against(reference, figures.share(above, below), self._name(self.place), ABOVE)
        made = {}
        for kode in self.codes:
            top, base = parts.get(kode, (0, 0))
            value = 100 * top / base if base else None
            made[kode] = Criterion(
                **_named(one),
                nilai=value,
                nilai_teks=figures.share(top, base) if base else figures.MISSING,
                pembilang=top if base else None,
                penyebut=base or None,
                **against,
                terpenuhi=falls_short(value, reference, definition.arah),
            )
        return made

    def _counted(self, one: Choice) -> dict[str, Criterion]:
        if self._kluster is None:
            place = Filters(wilayah=self.place or None)
            self._kluster = register.crosstab(self.by, place, "wilayah", "kluster", self.on).cells
        kluster = one.kode.removeprefix(_KLUSTER)
        counts = {kode: self._kluster.get((kode, kluster), 0) for kode in self.codes}
        reference = middle(list(counts.values()), self.least)
        name = wording.priority("acuan")["median"].format(jumlah=len(counts))
        against = _against(reference, _plain(reference), name, MEDIAN)
        return {
            kode: Criterion(
                **_named(one),
                nilai=float(count),
                nilai_teks=f"{figures.integer(count)} LKS",
                **against,
                terpenuhi=falls_short(count, reference, "naik"),
            )
            for kode, count in counts.items()
        }

    def _gaps(self, one: Choice) -> dict[str, Criterion]:
        kluster = one.kode.removeprefix(GAP)
        found = {kode: next(need for need in self.every[kode] if need.kluster == kluster) for kode in self.codes}
        all_of = needs.together(list(found.values()))
        # One area alone would be held against itself.
        known = all_of.daerah >= 2
        reference = 100 * all_of.dilayani / all_of.terdata if known else None
        name = wording.priority("acuan")["gabungan"].format(jumlah=all_of.daerah)
        against = _against(reference, figures.share(all_of.dilayani, all_of.terdata), name, TOGETHER)
        made = {}
        for kode, need in found.items():
            served = need.dilayani
            value = 100 * served / need.terdata if need.terdata and served is not None else None
            made[kode] = Criterion(
                **_named(one),
                nilai=value,
                nilai_teks=figures.share(served, need.terdata) if value is not None else figures.MISSING,
                pembilang=served if value is not None else None,
                penyebut=need.terdata if value is not None else None,
                **against,
                terpenuhi=falls_short(value, reference, "naik"),
                periode=need.periode,
                terlindung=need.terlindung,
            )
        return made


def _named(one: Choice) -> dict[str, Any]:
    return {"kode": one.kode, "jenis": one.jenis, "nama": one.nama, "aturan": one.aturan}


def _against(reference: float | None, words: str, name: str, source: str) -> dict[str, Any]:
    """The part of a criterion that says what it is held against; empty without a reference."""
    if reference is None:
        return {}
    return {"acuan": reference, "acuan_teks": words, "acuan_nama": name, "asal": source}


def _plain(value: float | None) -> str:
    return figures.MISSING if value is None else figures.approx(value, False)


def _worded(definition: Definition, value: float | None) -> str:
    if value is None:
        return figures.MISSING
    if definition.is_share:
        return figures.decimal(value, 1) + "%"
    return f"{figures.decimal(value, definition.desimal)} {definition.satuan}"
