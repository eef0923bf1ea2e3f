"""The register as columns in memory: per LKS the answers that counts are made of, each given once by the store.

The rules stay in statements (data_access.queries.register): the store says of every LKS which of them it meets, and counting
is then a matter of adding up. After a write only the rows whose version moved are read again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import BigInteger, Connection, Select, Text, case, cast, func, literal, select

from data_access.queries.changes import ended
from data_access.queries.records import chunks
from data_access.queries.register import (
    COMPLETENESS,
    PAPERS,
    WINDOWS,
    Condition,
    Selection,
    ending,
    measure_rules,
    unverified,
    without_end,
)
from data_access.tables import lks, lks_pilihan
from domain.filters import EMPTY, Filters
from domain.lks import AXES, CORE, MEASURES, quarter_start
from domain.monitoring import WITH_HISTORY
from domain.permissions import Scope
from domain.wilayah import level

KLUSTER, REGION = "kluster", "wilayah"
_PROPERTIES = (*AXES, "setting")
_LEVELS = ("provinsi", "kabkota", "kecamatan")
_ENDS = tuple(paper + "_sampai" for paper in PAPERS)
_VERSIONS = 1 << 20  # an id and its version in one number
_MANY = 2_000  # so many changed rows are read faster by reading all
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@lru_cache(maxsize=8)
def _flags(on: date) -> dict[str, Condition]:
    """What an LKS meets or not on a date, by name; at most 62, one bit each."""
    found = {"arsip": lks.c.diarsipkan_pada.is_not(None), "contoh": lks.c.contoh, "belum": unverified(on)}
    found |= {f"tanpa_akhir_{paper}": without_end(paper) for paper in PAPERS}
    found |= {f"{window}_{paper}": ending(paper, window, on) for window in WINDOWS for paper in PAPERS}
    for measure in MEASURES:
        if measure.id != COMPLETENESS:
            above, below = measure_rules(measure.id, on)
            found[measure.id + "_pembilang"] = above
            if below is not None:
                found[measure.id + "_penyebut"] = below
    since = quarter_start(on)
    for name in WITH_HISTORY:
        above, below = measure_rules(name, since)
        found["dulu_" + name + "_pembilang"] = above
        if below is not None:
            found["dulu_" + name + "_penyebut"] = below
    return found | {f"hilang_{paper}": ended(paper, since, on) for paper in PAPERS}


@lru_cache(maxsize=8)
def _rows_query(on: date) -> Select[Any]:
    bits: Any = literal(0, BigInteger)
    for place, condition in enumerate(_flags(on).values()):
        bits = bits + case((condition, literal(1 << place, BigInteger)), else_=literal(0, BigInteger))
    names = ("id", "versi", *[name + "_kode" for name in _LEVELS], *_PROPERTIES, "terisi", "lat", "lon")
    names += ("dibuat_pada", "diarsipkan_pada", *_ENDS)
    return select(*[lks.c[name] for name in names], bits.label("tanda"))


_kluster_query = select(lks_pilihan.c.lks_id, lks_pilihan.c.kode).where(lks_pilihan.c.bidang == "kluster")


_number = cast(lks.c.id, BigInteger) * literal(_VERSIONS, BigInteger) + lks.c.versi
_versions_query = select(func.aggregate_strings(cast(_number, Text), ","))


def _versions(connection: Connection) -> Ints:
    """Every LKS with its version, in order, told as one text: a tenth of what as many rows cost."""
    told = connection.execute(_versions_query).scalar()
    found: Ints = np.fromstring(told or "", dtype=np.int64, sep=",")
    found.sort()
    return found


class Words:
    """Values by the number that stands for them, None being 0; it only grows, so a number keeps its meaning."""

    def __init__(self) -> None:
        self.values: list[Any] = [None]
        self.numbers: dict[Any, int] = {None: 0}

    def number(self, value: Any) -> int:
        """The number of a value, a new one when it was never met."""
        found = self.numbers.get(value)
        if found is None:
            found = self.numbers[value] = len(self.values)
            self.values.append(value)
        return found

    def numbered(self, values: Sequence[Any]) -> Ints:
        """The numbers of many values."""
        for value in set(values) - self.numbers.keys():
            self.number(value)
        return np.fromiter(map(self.numbers.__getitem__, values), np.int64, len(values))


class Vocabulary:
    """The words behind the numbers, shared by every state of one store's columns."""

    def __init__(self) -> None:
        self.regions = Words()
        self.properties = {name: Words() for name in _PROPERTIES}
        self.kluster: dict[str, int] = {}  # kode -> its bit

    def bit(self, kode: str) -> int:
        """The bit of a kluster, a new one when it was never met."""
        return self.kluster.setdefault(kode, 1 << len(self.kluster))


@dataclass(frozen=True)
class Located:
    """The kept LKS of a scope that have a coordinate."""

    ids: Ints
    places: Floats  # lat, lon
    kabkota: Ints
    words: Words

    def same(self, other: Located) -> bool:
        """True when both name the same LKS at the same places in the same kab/kota."""
        mine, others = (self.ids, self.places, self.kabkota), (other.ids, other.places, other.kabkota)
        return self.words is other.words and all(map(np.array_equal, mine, others))

    def rows(self) -> list[tuple[int, float, float, str]]:
        """(id, lat, lon, kab/kota) of each."""
        codes = [self.words.values[number] for number in self.kabkota.tolist()]
        return list(zip(self.ids.tolist(), *self.places.tolist(), codes, strict=True))


@dataclass(frozen=True)
class Columns:
    """One state of the register, row by row in the order of the ids; nobody changes an array."""

    on: date
    words: Vocabulary
    versions: Ints
    newest: tuple[Any, ...] | None  # the row with the highest id
    ids: Ints
    regions: dict[str, Ints]  # by level
    properties: dict[str, Ints]
    kluster: Ints  # one bit each
    flags: Ints
    filled: Ints
    places: Floats  # lat, lon; NaN where unknown
    times: Floats  # stored, archived; seconds since 1970, NaN when not
    ends: Ints  # of each paper of PAPERS; date.toordinal(), 0 when none

    def _meets(self, name: str) -> Mask:
        return (self.flags & _bits(self.on)[name]) != 0

    def _under(self, kode: str | None) -> Mask | None:
        if kode is None:
            return None
        number = self.words.regions.numbers.get(kode, -1)
        return np.asarray(self.regions[level(kode)] == number)

    def _lies_in(self, codes: Iterable[str]) -> Mask:
        numbers = self.words.regions.numbers
        return np.isin(self.regions["kabkota"], [numbers[kode] for kode in codes if kode in numbers])

    def _region(self, selection: Selection) -> Mask | None:
        asked = self._under(selection.filters.wilayah)
        if asked is None:
            return None
        if selection.went_out:
            asked = asked & ~self._lies_in(selection.went_out)
        return asked | self._lies_in(selection.came_in) if selection.came_in else asked

    def _has(self, name: str, values: tuple[str, ...]) -> Mask:
        numbers = self.words.properties[name].numbers
        wanted = [numbers.get(None if value == EMPTY else value, -1) for value in values]
        return np.isin(self.properties[name], wanted)

    def _in_kluster(self, values: tuple[str, ...]) -> Mask:
        told = sum(self.words.kluster.get(value, 0) for value in set(values))
        asked = (self.kluster & told) != 0
        return asked | (self.kluster == 0) if EMPTY in values else asked

    def mask(self, selection: Selection, *, archived: bool | None = False) -> Mask:
        """Which rows are in the selection: what data_access.queries.register.conditions says, row by row."""
        filters = selection.filters
        assert selection.on == self.on
        if archived is None:
            found = np.ones(len(self.ids), dtype=np.bool_)
        else:
            found = self._meets("arsip") if filters.arsip else ~self._meets("arsip")
        for narrower in (self._under(selection.scope.root), self._region(selection)):
            if narrower is not None:
                found = found & narrower
        for name in _PROPERTIES:
            if values := getattr(filters, name):
                found = found & self._has(name, values)
        if filters.kluster:
            found = found & self._in_kluster(filters.kluster)
        if filters.contoh is not None:
            found = found & (self._meets("contoh") == filters.contoh)
        if filters.berakhir is not None:
            found = found & np.logical_or.reduce([self._meets(f"{filters.berakhir}_{paper}") for paper in PAPERS])
        if filters.belum_verifikasi:
            found = found & self._meets("belum")
        if selection.ids is not None:
            found = found & np.isin(self.ids, np.array(selection.ids, dtype=np.int64))
        return found

    def located(self, scope: Scope) -> Located:
        """The kept LKS of a scope that have a coordinate."""
        found = self.mask(Selection(scope, Filters(), self.on)) & ~np.isnan(self.places[0])
        return Located(self.ids[found], self.places[:, found], self.regions["kabkota"][found], self.words.regions)

    def versions_of(self, ids: Iterable[int]) -> Ints:
        """A number for each of these LKS, by id, that is another one after its next change."""
        return self.versions[np.isin(self.ids, np.fromiter(ids, np.int64))]

    def _parts(self, measure: str, flags: Ints, filled: Ints) -> tuple[int, int]:
        if measure == COMPLETENESS:
            return int(filled.sum()), len(flags) * len(CORE)
        bits = _bits(self.on)
        above = int(np.count_nonzero(flags & bits[measure + "_pembilang"]))
        below = bits.get(measure + "_penyebut")
        return above, len(flags) if below is None else int(np.count_nonzero(flags & below))

    def total(self, selection: Selection) -> int:
        """groups.total."""
        return int(np.count_nonzero(self.mask(selection)))

    def shares(self, selection: Selection, measures: Iterable[str]) -> dict[str, int]:
        """register.shares."""
        mask, bits = self.mask(selection), _bits(self.on)
        flags, filled = self.flags[mask], self.filled[mask]
        settings, numbers = self.properties["setting"][mask], self.words.properties["setting"].numbers
        found = {"total": len(flags), "contoh": int(np.count_nonzero(flags & bits["contoh"]))}
        for name in ("dalam", "luar", "keduanya"):
            found["setting_" + name] = int(np.count_nonzero(settings == numbers.get(name, -1)))
        for paper in PAPERS:
            found["tanpa_akhir_" + paper] = int(np.count_nonzero(flags & bits["tanpa_akhir_" + paper]))
        for name in measures:
            found[name + "_pembilang"], found[name + "_penyebut"] = self._parts(name, flags, filled)
        return found

    def expiring(self, selection: Selection) -> dict[int | str, dict[str, int]]:
        """register.expiring."""
        flags, bits = self.flags[self.mask(selection)], _bits(self.on)
        return {w: {p: int(np.count_nonzero(flags & bits[f"{w}_{p}"])) for p in PAPERS} for w in WINDOWS}

    def nearest_end(self, selection: Selection, window: int | str, count: int) -> date | None:
        """The date by which so many papers of a window (WINDOWS) have ended, the earliest first; None when fewer do."""
        mask = self.mask(selection)
        parts = [self.ends[n][mask & self._meets(f"{window}_{paper}")] for n, paper in enumerate(PAPERS)]
        ends = np.concatenate(parts)
        return date.fromordinal(int(np.partition(ends, count - 1)[count - 1])) if 0 < count <= len(ends) else None

    def archived(self) -> tuple[int, ...]:
        """The ids of all archived LKS."""
        return tuple(self.ids[self._meets("arsip")].tolist())

    def any_under(self, kabkota: Collection[str]) -> bool:
        """groups.any_under."""
        return bool(self._lies_in(kabkota).any())

    def kluster_counts(self, selection: Selection) -> tuple[dict[str, int], int, int]:
        """register.kluster_counts."""
        held = self.kluster[self.mask(selection)]
        counts = {kode: int(np.count_nonzero(held & bit)) for kode, bit in self.words.kluster.items()}
        in_any, in_many = np.count_nonzero(held), np.count_nonzero(held & (held - 1))
        return {kode: count for kode, count in counts.items() if count}, int(in_any), int(in_many)

    def by_code(self, selection: Selection, measure: str | None, level: str) -> list[tuple[str | None, int, int, int]]:
        """register.by_code: (kode, total, numerator, denominator) per region that has LKS; by level, in no order."""
        mask = self.mask(selection)
        codes, size = self.regions[level][mask], len(self.words.regions.values)
        total = np.bincount(codes, minlength=size)
        above = below = total
        if measure == COMPLETENESS:
            above = np.bincount(codes, weights=self.filled[mask], minlength=size).astype(np.int64)
            below = total * len(CORE)
        elif measure is not None:
            flags, bits = self.flags[mask], _bits(self.on)
            above = np.bincount(codes[(flags & bits[measure + "_pembilang"]) != 0], minlength=size)
            if measure + "_penyebut" in bits:
                below = np.bincount(codes[(flags & bits[measure + "_penyebut"]) != 0], minlength=size)
        met = np.flatnonzero(total)
        names = [self.words.regions.values[number] for number in met.tolist()]
        return list(zip(names, total[met].tolist(), above[met].tolist(), below[met].tolist(), strict=True))

    def _groups(self, name: str, mask: Mask, level: str) -> tuple[Ints, list[Any]]:
        if name == REGION:
            return self.regions[level][mask], self.words.regions.values
        return self.properties[name][mask], self.words.properties[name].values

    def crosstab(
        self, selection: Selection, rows: str, columns: str | None, level: str
    ) -> list[tuple[str | None, str | None, int]]:
        """groups.crosstab_query: (row value, column value, LKS) per pair that occurs; without `columns` that is None."""
        mask = self.mask(selection)
        if columns == KLUSTER:
            return [(row, column, count) for column, row, count in self.crosstab(selection, columns, rows, level)]
        if rows == KLUSTER:
            held, found = self.kluster[mask], []
            for kode, having in self._kluster_masks(held):
                if columns is None:
                    found.append((kode, None, int(np.count_nonzero(having))))
                else:
                    codes, values = self._groups(columns, mask, level)
                    counts = np.bincount(codes[having], minlength=1)
                    found += [(kode, values[n], int(counts[n])) for n in np.flatnonzero(counts).tolist()]
            return [cell for cell in found if cell[2]]
        codes, values = self._groups(rows, mask, level)
        if columns is None:
            counts = np.bincount(codes, minlength=1)
            return [(values[n], None, int(counts[n])) for n in np.flatnonzero(counts).tolist()]
        across, heads = self._groups(columns, mask, level)
        width = len(heads)
        pairs = np.bincount(codes * width + across, minlength=1)
        met = np.flatnonzero(pairs)
        return [
            (values[pair // width], heads[pair % width], count)
            for pair, count in zip(met.tolist(), pairs[met].tolist(), strict=True)
        ]

    def reach(self, selection: Selection) -> datetime | None:
        """changes.reach."""
        stored = self.times[0][self.mask(selection, archived=None)]
        return datetime.fromtimestamp(float(stored.min()), UTC) if len(stored) else None

    def _past(self, selection: Selection, moment: datetime) -> tuple[Mask, Mask, Mask]:
        """Of the selection, archived ones included: stored since a moment and kept, there before it, archived since."""
        mine, at = self.mask(selection, archived=None), moment.timestamp()
        (stored, left), kept = self.times, ~self._meets("arsip")
        earlier = mine & (stored < at)
        return mine & (stored >= at) & kept, earlier & (kept | (left >= at)), earlier & (left >= at)

    def came_and_went(self, selection: Selection, moment: datetime) -> tuple[int, int]:
        """changes.came_and_went."""
        came, _, went = self._past(selection, moment)
        return int(np.count_nonzero(came)), int(np.count_nonzero(went))

    def newcomers(self, selection: Selection, moment: datetime) -> dict[str, int]:
        """changes.newcomers."""
        came, valid = self._past(selection, moment)[0], {"daftar": "terdaftar", "akreditasi": "terakreditasi_semua"}
        return {p: int(np.count_nonzero(came & self._meets(valid[p] + "_pembilang"))) for p in PAPERS}

    def untouched(self, selection: Selection, moment: datetime, since: date, touched: Sequence[int]) -> dict[str, int]:
        """changes.untouched, for the start of the quarter; `touched`: changes.touched_ids of the moment."""
        assert since == quarter_start(self.on)
        there = self._past(selection, moment)[1] & ~np.isin(self.ids, np.array(touched, dtype=np.int64))
        flags, bits = self.flags[there], _bits(self.on)
        found: dict[str, int] = {}
        for name in WITH_HISTORY:
            below = bits.get(f"dulu_{name}_penyebut")
            found[name + "_pembilang"] = int(np.count_nonzero(flags & bits[f"dulu_{name}_pembilang"]))
            found[name + "_penyebut"] = len(flags) if below is None else int(np.count_nonzero(flags & below))
        return found | {f"hilang_{p}": int(np.count_nonzero(flags & bits["hilang_" + p])) for p in PAPERS}

    def _kluster_masks(self, held: Ints) -> list[tuple[str | None, Mask]]:
        known: list[tuple[str | None, Mask]] = [(kode, (held & bit) != 0) for kode, bit in self.words.kluster.items()]
        return [*known, (None, held == 0)]


@lru_cache(maxsize=8)
def _bits(on: date) -> dict[str, int]:
    return {name: 1 << place for place, name in enumerate(_flags(on))}


def _seconds(at: datetime | None) -> float:
    return np.nan if at is None else at.timestamp()


def _newest(connection: Connection, lks_id: int) -> tuple[Any, ...] | None:
    row = connection.execute(select(lks.c.id, lks.c.dibuat_pada).where(lks.c.id == lks_id)).first()
    return tuple(row) if row else None


def _read(
    connection: Connection, on: date, words: Vocabulary, versions: Ints, newest: Any, ids: Sequence[int] | None
) -> Columns:
    """The rows with these ids (None: all) as columns in the order of the ids."""
    rows: list[Any] = []
    holders: list[Any] = []
    for piece in [None] if ids is None else chunks(ids):
        query, kluster = _rows_query(on), _kluster_query
        if piece is not None:
            query, kluster = query.where(lks.c.id.in_(piece)), kluster.where(lks_pilihan.c.lks_id.in_(piece))
        rows += connection.execute(query).all()
        holders += connection.execute(kluster).all()
    rows.sort(key=lambda row: row[0])
    names = ("id", "versi", *_LEVELS, *_PROPERTIES, "terisi", "lat", "lon", "stored", "left", *_ENDS, "tanda")
    listed = dict(zip(names, zip(*rows, strict=True) if rows else [()] * len(names), strict=True))
    found = np.array(listed["id"], dtype=np.int64)
    held = np.zeros(len(found), dtype=np.int64)
    if holders:
        which, kinds = zip(*holders, strict=True)
        bits = np.array([words.bit(kode) for kode in kinds], dtype=np.int64)
        position = np.searchsorted(found, np.array(which, dtype=np.int64))
        np.bitwise_or.at(held, position, bits)
    return Columns(
        on,
        words,
        versions,
        newest,
        found,
        {name: words.regions.numbered(listed[name]) for name in _LEVELS},
        {name: words.properties[name].numbered(listed[name]) for name in _PROPERTIES},
        held,
        np.array(listed["tanda"], dtype=np.int64),
        np.array(listed["terisi"], dtype=np.int64),
        np.array([listed["lat"], listed["lon"]], dtype=np.float64),
        np.array([[_seconds(at) for at in listed[name]] for name in ("stored", "left")], dtype=np.float64),
        np.array([[end.toordinal() if end else 0 for end in listed[name]] for name in _ENDS], dtype=np.int64),
    )


def load(connection: Connection, on: date, before: Columns | None) -> Columns:
    """The columns of the store's present state on a date; from `before` whatever has not changed is taken over.

    `before` must come from the same store. Every write of an LKS raises its version, so a row is unchanged when id and
    version are; a store that gives a removed row's id to a new one starts with the highest, which is looked at besides.
    """
    versions = _versions(connection)
    newest = _newest(connection, int(versions[-1]) // _VERSIONS) if len(versions) else None
    words = before.words if before else Vocabulary()
    if before is None or before.on != on or before.newest is None:
        return _read(connection, on, words, versions, newest, None)
    fresh = np.setdiff1d(versions, before.versions, assume_unique=True)
    known = newest if newest and newest[0] == before.newest[0] else _newest(connection, before.newest[0])
    if known != before.newest or len(fresh) > _MANY:
        return _read(connection, on, words, versions, newest, None)
    changed = _read(connection, on, words, versions, newest, (fresh // _VERSIONS).tolist())
    if np.array_equal(versions // _VERSIONS, before.ids):
        return _put(before, changed, np.searchsorted(before.ids, changed.ids))
    return _merged(before, changed, np.isin(before.versions, versions, assume_unique=True))


def _made(before: Columns, after: Columns, make: Callable[[NDArray[Any], NDArray[Any]], NDArray[Any]]) -> Columns:
    """The columns of `after`, each array made of the earlier and the new one."""
    return replace(
        after,
        ids=make(before.ids, after.ids),
        regions={name: make(before.regions[name], after.regions[name]) for name in _LEVELS},
        properties={name: make(before.properties[name], after.properties[name]) for name in _PROPERTIES},
        kluster=make(before.kluster, after.kluster),
        flags=make(before.flags, after.flags),
        filled=make(before.filled, after.filled),
        places=make(before.places, after.places),
        times=make(before.times, after.times),
        ends=make(before.ends, after.ends),
    )


def _put(before: Columns, changed: Columns, position: Ints) -> Columns:
    """`before` with changed rows in their places."""

    def put(old: NDArray[Any], new: NDArray[Any]) -> NDArray[Any]:
        made = old.copy()
        made[..., position] = new
        return made

    return _made(before, changed, put)


def _merged(before: Columns, changed: Columns, kept: Mask) -> Columns:
    """What is kept of `before` together with rows that are new or changed, by id."""
    order = np.argsort(np.concatenate([before.ids[kept], changed.ids]), kind="stable")

    def merged(old: NDArray[Any], new: NDArray[Any]) -> NDArray[Any]:
        return np.asarray(np.concatenate([old[..., kept], new], axis=-1)[..., order])

    return _made(before, changed, merged)
