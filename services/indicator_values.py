"""The stored values and targets of one region, and the rows that derived indicators are made of."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from data_access.engine import Connection
from data_access.queries import find
from data_access.queries import indicators as queries
from data_access.queries import state as state_queries
from data_access.queries import wilayah as wilayah_queries
from domain.indikator import Definition
from domain.permissions import Actor
from domain.wilayah import lineage, parent
from services.memory import Memory

NATIONAL = ""  # how Indonesia is kept among the regions
_BLANK_PART: dict[str, Any] = {
    **dict.fromkeys(("id", "pembilang", "penyebut", "tanggal", "catatan")),
    **{"seri": "", "sekitar": False},
}


_kept = Memory(32)


def definitions(connection: Connection, on: date | None) -> list[Definition]:
    """data_access.queries.indicators.definitions, kept until the dictionary or a value changes; nobody may change it."""
    stamp = (find.identity(connection), state_queries.revision(connection, "indikator"), on)
    return _kept.get(stamp, lambda: queries.definitions(connection, on))


class Stated:
    """The stored values and targets of a region and of those it is held against, read once.

    `wanted` are the definitions that are asked about (None: any): only what they rest on is then read.
    """

    def __init__(
        self, connection: Connection, by: Actor, place: str, on: date, wanted: Sequence[Definition] | None = None
    ) -> None:
        self.connection, self.by, self.place, self.on = connection, by, place, on
        steps = [NATIONAL, *lineage(place or None)]
        self._values: dict[tuple[str, str], list[dict[str, Any]]] = {}
        codes = None
        if wanted is not None:
            codes = {kode for one in wanted if one.jenis != "register" for kode in (one.kode, *one.dari)}
        for row in queries.values(connection, {place, *steps}, codes) if codes != set() else []:
            # What is about a later period was not there on the date.
            if row["periode"] <= on.isoformat()[: len(row["periode"])]:
                self._values.setdefault((row["kode"], row["wilayah"]), []).append(row)
        self._targets = {
            (row["kode"], row["tahun"]): row for row in queries.targets(connection, {place}) if row["wilayah"] == place
        }
        self.versions = {(one.kode, one.nomor): one for one in definitions(connection, None)}

    def values(self, kode: str, place: str | None = None) -> list[dict[str, Any]]:
        """The values of an indicator, the oldest first."""
        return self._values.get((kode, self.place if place is None else place), [])

    def latest(
        self, definition: Definition, periode: str | None = None, seri: str | None = None
    ) -> dict[str, Any] | None:
        """The newest value, or that of a period and series; of two series in one period the newer one."""
        rows = [
            row
            for row in self.values(definition.kode)
            if periode in (None, row["periode"]) and seri in (None, row["seri"])
        ]
        order = {name: place for place, name in enumerate(definition.seri)}
        return max(rows, key=lambda row: (row["periode"], order.get(row["seri"], -1)), default=None)

    def target(self, definition: Definition, year: int) -> tuple[float | None, str | None]:
        """(target, what sets it) of the year: the region's own, else what the dictionary says."""
        own = self._targets.get((definition.kode, year))
        if own is not None:
            return own["nilai"], own["dasar"]
        return definition.target, None

    def at(self, kode: str, place: str, periode: str, seri: str) -> dict[str, Any] | None:
        """The value of another region for exactly this period and series."""
        rows = self.values(kode, place)
        return next((row for row in rows if (row["periode"], row["seri"]) == (periode, seri)), None)

    def parts(self, definition: Definition, periode: str | None = None) -> list[dict[str, Any]]:
        """The stored rows that a derived figure is made of, each with its part in it (`peran`); empty when one lacks."""
        rule, (first, *others) = definition.rule, definition.dari
        base = self.versions_now(first)
        if base is None:
            return []
        if rule == "rasio":
            return self._ratio(first, others[0], periode)
        own = self.latest(base, periode)
        if own is None:
            return []
        if rule == "capaian":
            year = int(own["periode"][:4])
            value, basis = self.target(base, year)
            if value is None:
                return []
            goal = {"wilayah": self.place, "periode": str(year), "nilai": value, "sumber": basis or definition.sumber}
            return [own | {"peran": "realisasi"}, _BLANK_PART | goal | {"peran": "target"}]
        if rule == "peringkat":
            return self._peers(own)
        above = parent(self.place) if rule == "selisih_provinsi" and self.place else None
        other = self.at(first, above or NATIONAL, own["periode"], own["seri"])
        if other is None or other["wilayah"] == self.place:
            return []
        return [own | {"peran": "wilayah"}, other | {"peran": "pembanding"}]

    def versions_now(self, kode: str) -> Definition | None:
        """The newest version of a definition that was in force on the date."""
        found = [
            one
            for one in self.versions.values()
            if one.kode == kode and (one.berlaku_mulai is None or one.berlaku_mulai <= self.on)
        ]
        return max(found, key=lambda one: one.nomor, default=None)

    def _ratio(self, above: str, below: str, periode: str | None) -> list[dict[str, Any]]:
        tops = {(row["periode"], row["seri"]): row for row in self.values(above)}
        both = [row for row in self.values(below) if (row["periode"], row["seri"]) in tops]
        both = [row for row in both if periode in (None, row["periode"])]
        if not both:
            return []
        base = both[-1]
        top = tops[base["periode"], base["seri"]]
        return [top | {"peran": "pembilang"}, base | {"peran": "penyebut"}]

    def _peers(self, own: dict[str, Any]) -> list[dict[str, Any]]:
        """The regions beside this one that state a value; none for a reader who may not see their parent."""
        above = parent(self.place)
        if not self.by.scope.covers(above):
            return []
        codes = [str(kode) for kode in wilayah_queries.children(self.connection, above, self.on)["kode"]]
        rows = queries.siblings(self.connection, own["kode"], codes, own["periode"], own["seri"])
        if len(rows) < 2:  # the first of one is no place
            return []
        return [row | {"peran": "wilayah" if row["wilayah"] == self.place else "pembanding"} for row in rows]
