"""What the register, the documents and the trainings of one region make of the rules of the dictionary."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from data_access.engine import Connection
from data_access.queries import indicators as queries
from data_access.queries import letters
from data_access.queries import register as register_queries
from data_access.queries.columns import Columns
from data_access.queries.register import Selection
from domain.filters import Filters
from domain.indikator import Definition
from domain.lkks import LETTER_PAPER
from domain.lks import MEASURES
from domain.permissions import Actor, Scope
from domain.wilayah import lineage
from services import counting, indicator_lkks
from services.selection import selection

if TYPE_CHECKING:
    from services.results import EventLine

_AXIS_OF = {
    "terdaftar": "daftar",
    "terakreditasi": "akreditasi",
    "terakreditasi_semua": "akreditasi",
    "aktif": "aktif",
    "berbadan_hukum": "hukum",
}


@dataclass(frozen=True)
class Counted:
    """What the register makes of a definition: numerator, denominator, and how complete the data under it are."""

    pembilang: float | None
    penyebut: float | None = None
    lengkap: tuple[float, float] | None = None


def gained(line: "EventLine") -> float:
    """The points gained by all pairs of an event together; 0 without pairs."""
    mean = line.pairs.difference.mean if line.pairs is not None else 0.0
    return mean * line.pairs.n if line.pairs is not None and isinstance(mean, float) else 0.0


def required_of(required: Mapping[str, set[str]], kode: str) -> set[str]:
    """The required documents of a region: the list of the deepest region that has one."""
    place = next((step for step in reversed(lineage(kode)) if step in required), "")
    return required.get(place, set())


class Counting:
    """What the register, the documents and the trainings of one region make of each rule, each asked for at most once."""

    def __init__(self, connection: Connection, by: Actor, place: str, on: date, filters: Filters | None = None) -> None:
        """`filters` narrow what counts LKS; their region is the place."""
        self.connection, self.place, self.on = connection, place, on
        narrowed = replace(filters or Filters(), wilayah=place or None)
        self.by = replace(by, scope=Scope(place or None))
        self.chosen: Selection = selection(connection, by, narrowed, on)
        self.counter = counting.counter(connection, on)
        self._shares: dict[str, int] | None = None
        self._filled: dict[str, int] = {}
        self._kluster: tuple[dict[str, int], int, int] | None = None
        self._expiring: dict[int | str, dict[str, int]] | None = None
        self._clients: dict[str, tuple[int, int]] | None = None

    @property
    def shares(self) -> dict[str, int]:
        if self._shares is None:
            self._shares = self.counter.shares(self.chosen, [measure.id for measure in MEASURES])
        return self._shares

    @property
    def total(self) -> int:
        return self.shares["total"]

    def filled(self, axis: str) -> tuple[float, float]:
        """How many LKS have a value on an axis, of how many."""
        if axis not in self._filled:
            cells = self.counter.crosstab(self.chosen, axis, None, "kabkota")
            self._filled[axis] = sum(count for value, _, count in cells if value is not None)
        return self._filled[axis], self.total

    def count(self, definition: Definition) -> Counted:
        """Numerator, denominator and completeness of a definition of the kind "register"."""
        if definition.of_lkks:
            return self._of_lkks(definition)
        rules = {
            "jumlah": self._jumlah,
            "ukuran": self._ukuran,
            "sumbu": self._sumbu,
            "kluster": self._kluster_of,
            "kluster_ganda": self._kluster_ganda,
            "kluster_kosong": self._kluster_kosong,
            "belum_verifikasi": self._belum_verifikasi,
            "berakhir": self._berakhir,
            "klien": self._klien,
            "berkas": self._berkas,
            "bimtek_cakupan": self._bimtek_cakupan,
            "bimtek_gain": self._bimtek_gain,
        }
        return rules[definition.rule](definition.of)

    def _jumlah(self, of: str) -> Counted:
        return Counted(self.total, None, (self.total, self.total))

    def _ukuran(self, of: str) -> Counted:
        above, below = self.shares[of + "_pembilang"], self.shares[of + "_penyebut"]
        complete: tuple[float, float] = (below, below)
        if of in _AXIS_OF:
            complete = self.filled(_AXIS_OF[of])
        elif of == "kelengkapan":
            complete = (above, below)
        return Counted(above, below, complete)

    def _sumbu(self, of: str) -> Counted:
        axis, _, value = of.partition(":")
        cells = self.counter.crosstab(self.chosen, axis, None, "kabkota")
        above = sum(count for told, _, count in cells if told == value)
        return Counted(above, self.total, self.filled(axis))

    def _kluster_counts(self) -> tuple[dict[str, int], int, int]:
        if self._kluster is None:
            self._kluster = self.counter.kluster_counts(self.chosen)
        return self._kluster

    def _kluster_of(self, of: str) -> Counted:
        per_kluster, in_any, _ = self._kluster_counts()
        return Counted(per_kluster.get(of, 0), None, (in_any, self.total))

    def _kluster_ganda(self, of: str) -> Counted:
        _, in_any, in_many = self._kluster_counts()
        return Counted(in_many, None, (in_any, self.total))

    def _kluster_kosong(self, of: str) -> Counted:
        return Counted(self.total - self._kluster_counts()[1], None, (self.total, self.total))

    def _belum_verifikasi(self, of: str) -> Counted:
        return Counted(self.total - self.shares["terverifikasi_pembilang"], None, (self.total, self.total))

    def _of_lkks(self, definition: Definition) -> Counted:
        rows = indicator_lkks.rows(self.connection, self.by, self.place, self.on, definition)
        known = [row["pembilang"] for row in rows if row["pembilang"] is not None]
        above = None if definition.rule == "program_anggaran" and not known else sum(known)
        below = sum(row["penyebut"] for row in rows) if definition.is_share else None
        return Counted(above, below, indicator_lkks.complete(definition, rows))

    def _berakhir(self, of: str) -> Counted:
        if self._expiring is None:
            self._expiring = self.counter.expiring(self.chosen)
        window: int | str = int(of) if of.isdigit() else of
        # A paper without an end date cannot be told from one that never ends: it counts as not known.
        held = sum(self.shares[name] for name in ("tanpa_akhir_daftar", "tanpa_akhir_akreditasi"))
        papers = self.shares["terdaftar_pembilang"] + self.shares["terakreditasi_semua_pembilang"]
        papers += sum(self._expiring["lewat"].values())
        return Counted(sum(self._expiring[window].values()), None, (papers - held, papers))

    def _klien(self, of: str) -> Counted:
        if self._clients is None:
            chosen = self.chosen
            if chosen.everything and isinstance(self.counter, Columns):
                # The few archived ones are told to the store, which then need not look for them.
                chosen = replace(chosen, archived=self.counter.archived())
            self._clients = register_queries.clients(self.connection, chosen)
        clients, reporting = self._clients[of]
        # Who serves only in the other setting has nothing to report here.
        meant = self.shares["setting_" + of] + self.shares["setting_keduanya"]
        return Counted(clients, None, (min(reporting, meant), meant) if meant else (reporting, reporting))

    def _berkas(self, of: str) -> Counted:
        rows = self.documents()
        asked = sum(below for _, _, below in rows)
        return Counted(sum(above for _, above, _ in rows), asked, (asked, asked))

    def documents(self) -> list[tuple[int, int, int]]:
        """(LKS, required documents that are there and valid, required documents) of each LKS."""
        required = queries.required_documents(self.connection, self.on)
        held: dict[int, set[str]] = {}
        for lks_id, kode in queries.held_documents(self.connection, self.chosen):
            held.setdefault(lks_id, set()).add(kode)
        for lks_id in letters.holders(self.connection, self.chosen):
            held.setdefault(lks_id, set()).add(LETTER_PAPER)
        wanted: dict[str, set[str]] = {}
        rows = []
        for lks_id, place in queries.places(self.connection, self.chosen):
            if place not in wanted:
                wanted[place] = required_of(required, place)
            rows.append((lks_id, len(wanted[place] & held.get(lks_id, set())), len(wanted[place])))
        return rows

    def _bimtek_cakupan(self, of: str) -> Counted:
        return Counted(len(queries.trained(self.connection, self.chosen)), self.total, (self.total, self.total))

    def _bimtek_gain(self, of: str) -> Counted:
        lines = self.trainings()
        shown = [(gained(line), line.pairs.n) for line in lines if line.pairs is not None]
        return Counted(sum(above for above, _ in shown), sum(n for _, n in shown), (len(shown), len(lines)))

    def trainings(self) -> "list[EventLine]":
        """The events of the region up to the date whose pairs the reader may see, or that are hidden from this reader."""
        from services import results  # the evaluation of trainings is heavy, and most figures need none of it

        lines = [line for line in results.across(self.by) if line.begins <= self.on]
        return [line for line in lines if line.pairs is None or line.pairs.n]
