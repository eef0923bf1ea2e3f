"""The live panels of a meeting: one as data, and many for screens that ask every moment at the cost of one.

A panel is counted with the eyes of an LKKS of its place (services.panel_parts.Ask), so it depends on the place alone and
not on who looks: whoever opens the wall, the snapshot and the minutes sees the same, and all screens share one count.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from threading import Lock

from data_access.engine import Engine, engine, reading
from data_access.queries import panels as queries
from domain.errors import NotFound, StoreUnavailable
from domain.lkks import require_run
from domain.panel import Panel
from domain.permissions import Actor, Permission, Scope
from domain.rapat import PanelSpec
from services import clock, panel_affairs, panel_indicator, panel_priority, panel_register
from services.memory import kept
from services.panel_parts import Ask

# Seconds between two looks of a screen, and between two looks at the store of all screens together: a change waits for
# at most one of each before it is drawn.
EVERY = 0.75
_MAKERS: dict[str, Callable[[Ask], Panel]] = {
    "tindak_lanjut": panel_affairs.tindak_lanjut,
    "kluster": panel_register.kluster,
    "wilayah": panel_register.wilayah,
    "berakhir": panel_register.berakhir,
    "belum_dikunjungi": panel_register.belum_dikunjungi,
    "hasil_bimtek": panel_affairs.hasil_bimtek,
    "prioritas": panel_priority.prioritas,
    "indikator": panel_indicator.indikator,
    "target_wilayah": panel_indicator.target_wilayah,
    "lkks_wilayah": panel_affairs.lkks_wilayah,
}


def _admit(by: Actor, wilayah: str, specs: Sequence[PanelSpec]) -> None:
    """Raises unless the actor may look at meetings of the region, and each panel lies within it."""
    require_run(by, Permission.VIEW_MEETINGS, wilayah)
    for spec in specs:
        Scope(wilayah or None).narrow(spec.wilayah or None)
        if spec.jenis not in _MAKERS:
            raise NotFound(jenis=spec.jenis)


def panel(by: Actor, wilayah: str, spec: PanelSpec, on: date | None = None) -> Panel:
    """The panel of a meeting of an LKKS's region ("" national), counted now within spec.wilayah or that region.

    Aggregates only, never a person; NotFound for a region that is not the actor's or lies outside the meeting's.
    """
    _admit(by, wilayah, [spec])
    return _made(spec, wilayah, on or clock.today())


def _made(spec: PanelSpec, wilayah: str, on: date) -> Panel:
    narrowed = replace(spec, wilayah=spec.wilayah or None)
    return _MAKERS[spec.jenis](Ask(narrowed, wilayah, on))


def revision() -> str:
    """Which store this is and how far it is: it changes with whatever a panel may show. Read it first, data second."""
    with reading() as connection:
        return queries.stamp(connection)


class _Look:
    """What the store is at, as of at most EVERY seconds ago, asked of the store once for all screens of the process.

    A store that failed is left alone as long: its failure answers everybody meanwhile.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._engine: Engine | None = None
        self._at = 0.0
        self._found: tuple[str, int] | StoreUnavailable = "", 0

    def found(self, ticks: Callable[[], float]) -> tuple[str, int]:
        """queries.look(); StoreUnavailable when the store does not answer."""
        with self._lock:
            now = ticks()
            if self._engine is not engine() or not 0 <= now - self._at < EVERY:
                self._engine = engine()
                try:
                    with reading() as connection:
                        self._found = queries.look(connection)
                except StoreUnavailable as silent:
                    self._found = silent
                self._at = now
            if isinstance(self._found, StoreUnavailable):
                raise StoreUnavailable() from self._found
            return self._found


_look = _Look()
ticks: Callable[[], float] = time.monotonic  # tests put a clock of their own here


def glance() -> tuple[str, int]:
    """(revision(), newest row of the trail) as of at most EVERY seconds ago, asked of the store once for all screens."""
    return _look.found(lambda: ticks())


@kept(512)
def _kept(stamp: str, wilayah: str, spec: PanelSpec, on: date) -> Panel:
    return _made(spec, wilayah, on)


def live(by: Actor, wilayah: str, specs: Sequence[PanelSpec]) -> tuple[Panel, ...]:
    """The panels as of at most EVERY seconds ago, each counted once per revision and day however many screens ask."""
    _admit(by, wilayah, specs)
    stamp, today = glance()[0], clock.today()
    return tuple(_kept(stamp, wilayah, spec, today) for spec in specs)
