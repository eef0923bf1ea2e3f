"""Samples of the live panels: the register changes at random, and what a wall then shows is held against a recount."""

import random
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import event, select

from benchmarks.report import Line
from data_access.commands import lks as lks_commands
from data_access.commands import trail
from data_access.engine import engine, reading, writing
from data_access.queries import records
from data_access.tables import lks, lks_pilihan
from domain.filters import Filters
from domain.lks import EXPIRY_DAYS, GRADES, verified_since
from domain.panel import Panel
from domain.permissions import COMMAND_LINE
from domain.rapat import PanelSpec
from domain.wilayah import level, parent
from services import clock, panels, register

KINDS = ("kluster", "wilayah", "berakhir", "belum_dikunjungi")
SCREENS = 20
GOAL_S = 2.0
_KLUSTER = ("anak", "lansia", "disabilitas", "napza")


@dataclass(frozen=True)
class Wrong:
    """A sample whose shown counts differ from the recount."""

    number: int
    kind: str
    place: str
    shown: Any
    recounted: Any


def live_screens(changes: int) -> list[Line]:
    """Screens that look every moment while another thread registers LKS: how long a change waits, what all looks cost.

    What a browser needs to draw it comes on top: tests/browser/test_layar_rapat.py measures that, end to end.
    """
    specs, place = [PanelSpec("kluster"), PanelSpec("wilayah"), PanelSpec("berakhir")], "33.71"
    seen: list[dict[int, float]] = [{} for _ in range(SCREENS)]
    over, asked = threading.Event(), [0]

    def count(*given: Any) -> None:
        asked[0] += "revisi_data" in given[2] and given[2].startswith("SELECT")

    def look(number: int) -> None:
        time.sleep(panels.EVERY * number / SCREENS)
        while not over.is_set():
            shown = panels.live(COMMAND_LINE, place, specs)[0].angka
            seen[number].setdefault(int(shown[0].nilai or 0) if shown else 0, time.perf_counter())
            time.sleep(panels.EVERY)

    panels.live(COMMAND_LINE, place, specs)
    begun = register.summary(COMMAND_LINE, Filters(wilayah=place), clock.today()).total
    screens = [threading.Thread(target=look, args=(number,)) for number in range(SCREENS)]
    for screen in screens:
        screen.start()
    chance, stored = random.Random(changes), []
    for number in range(changes):
        time.sleep(chance.uniform(0.3, 1.0))
        _register(f"LKS ukur {number}", place)
        stored.append(time.perf_counter())
    time.sleep(GOAL_S)
    event.listen(engine(), "before_cursor_execute", count)
    still = time.perf_counter()
    time.sleep(5 * panels.EVERY)  # nothing changes: what is asked now is asked to know just that
    intervals = (time.perf_counter() - still) / panels.EVERY
    event.remove(engine(), "before_cursor_execute", count)
    over.set()
    for screen in screens:
        screen.join()
    waited = [
        min(at for total, at in screen.items() if total >= begun + number) - when
        for screen in seen
        for number, when in enumerate(stored, 1)
    ]
    note = f"{changes} changes on {SCREENS} screens"
    return [
        Line("wall: change to every screen, median", statistics.median(waited), "s", goal=GOAL_S, note=note),
        Line("wall: change to every screen, longest", max(waited), "s", goal=GOAL_S, note=note),
        Line(
            f"wall: statements of {SCREENS} screens per interval", asked[0] / intervals, "", goal=1.25,
            note=f"{asked[0]} in {intervals:.1f} intervals of {panels.EVERY} s without a change",
        ),
    ]  # fmt: skip


def _register(nama: str, kode_wilayah: str) -> None:
    with writing() as connection:
        trail.bump(connection, "register")
        row = {"nama": nama, "kode_wilayah": kode_wilayah, "kluster": ["anak"]}
        lks_commands.add(connection, [row], at=clock.now(), by=COMMAND_LINE, contoh=False)


def recounts(samples: int, seed: int) -> list[Line]:
    """How many samples of random edit, panel and region show something else than a recount row by row."""
    real, now = panels.ticks, [0.0]

    def wait() -> None:
        now[0] += panels.EVERY

    panels.ticks = lambda: now[0]  # the next look need not be waited for to be the next
    try:
        wrong = sample_counts(samples, random.Random(seed), wait)
    finally:
        panels.ticks = real
    note = f"{samples} samples" + (f"; first: {wrong[0]}" if wrong else "")
    return [Line("wall: shown counts that differ from a recount", len(wrong), "", goal=0, note=note)]


def sample_counts(samples: int, chance: random.Random, wait: Callable[[], None]) -> list[Wrong]:
    """The samples that did not agree: before each, one LKS changes at random; `wait` lets the next look happen."""
    ids, places = _ids(), _places()
    wrong = []
    for number in range(samples):
        edit(chance.choice(ids), chance)
        wait()
        kind, place = chance.choice(KINDS), chance.choice(places)
        shown = shown_counts(panels.live(COMMAND_LINE, place, [PanelSpec(kind)])[0])
        recounted = recount(kind, place, clock.today())
        if shown != recounted:
            wrong.append(Wrong(number, kind, place, shown, recounted))
    return wrong


def _ids() -> list[int]:
    with reading() as connection:
        return list(connection.execute(select(lks.c.id).where(lks.c.diarsipkan_pada.is_(None))).scalars())


def _places() -> list[str]:
    """Indonesia and every region down to kecamatan that has LKS."""
    with reading() as connection:
        codes = {kode for row in connection.execute(select(lks.c.kabkota_kode, lks.c.kecamatan_kode)) for kode in row}
    found = {kode for kode in codes if kode}
    return ["", *sorted(found | {str(parent(kode)) for kode in found if level(kode) == "kabkota"})]


def edit(lks_id: int, chance: random.Random) -> None:
    """A write as the register's own: kluster, registration, grade and field check of one LKS become something at random."""
    today = clock.today()

    def near() -> date:
        return today + timedelta(days=chance.randint(-40, 220))

    fields: dict[str, Any] = {
        "kluster": sorted(chance.sample(_KLUSTER, chance.randint(0, 2))),
        "daftar": chance.choice(("terdaftar", "belum_terdaftar", None)),
        "daftar_sampai": None,
        "akreditasi": chance.choice(("A", "C", "belum", None)),
        "akreditasi_sampai": None,
        "diverifikasi_pada": chance.choice((None, today - timedelta(days=chance.randint(0, 800)))),
    }
    if fields["daftar"] == "terdaftar":
        fields["daftar_sampai"] = chance.choice((None, near()))
    if fields["akreditasi"] in GRADES:
        fields["akreditasi_sampai"] = chance.choice((None, near()))
    with writing() as connection:
        trail.bump(connection, "register")
        before = records.by_ids(connection, COMMAND_LINE.scope, [lks_id])[lks_id]
        stale = lks_commands.change(connection, [lks_commands.Change(before, fields)], at=clock.now(), by=COMMAND_LINE)
    assert not stale


def shown_counts(panel: Panel) -> Any:
    """The numbers that stand on a panel."""
    if panel.jenis == "kluster":
        return panel.angka[0].nilai if panel.angka else 0, {one.kode: one.nilai for one in panel.batang}
    if panel.jenis == "belum_dikunjungi":
        return [(fact.pembilang, fact.penyebut) for fact in panel.angka], _sums(panel)
    if panel.jenis == "wilayah":
        return _sums(panel)[:1]
    return [row[1:] for row in panel.baris]


def _sums(panel: Panel) -> list[int]:
    width = len(panel.kolom)
    return [sum(int(row[place] or 0) for row in panel.baris) for place in range(1, width)]


def _rows(place: str) -> Iterator[dict[str, Any]]:
    """Every kept LKS of a place, told apart here and not by the statements under test."""
    with reading() as connection:
        kluster: dict[int, list[str]] = {}
        query = select(lks_pilihan.c.lks_id, lks_pilihan.c.kode).where(lks_pilihan.c.bidang == "kluster")
        for lks_id, kode in connection.execute(query):
            kluster.setdefault(lks_id, []).append(kode)
        for row in connection.execute(select(lks)).mappings():
            code = row["kecamatan_kode"] or row["kabkota_kode"]
            if row["diarsipkan_pada"] is None and (not place or (code + ".").startswith(place + ".")):
                yield {**row, "kluster": kluster.get(row["id"], [])}


def recount(kind: str, place: str, on: date) -> Any:
    """What shown_counts() must say, counted row by row."""
    rows = list(_rows(place))
    if kind == "kluster":
        counted = Counter(kode for row in rows for kode in row["kluster"] or ["kosong"])
        return len(rows), dict(counted)
    if kind == "wilayah":
        return [len(rows)]
    if kind == "belum_dikunjungi":
        since = verified_since(on)
        missing = sum(row["diverifikasi_pada"] is None or row["diverifikasi_pada"] < since for row in rows)
        return ([(missing, len(rows))], [missing, len(rows)]) if missing else ([], [])
    found = [
        tuple(
            sum(_held(row, paper) and _within(row[f"{paper}_sampai"], days, on) for row in rows)
            for paper in ("daftar", "akreditasi")
        )
        for days in (*EXPIRY_DAYS, None)
    ]
    return found if any(map(sum, found)) else []


def _held(row: dict[str, Any], paper: str) -> bool:
    return row["daftar"] == "terdaftar" if paper == "daftar" else row["akreditasi"] in GRADES


def _within(end: date | None, days: int | None, on: date) -> bool:
    if end is None:
        return False
    return end < on if days is None else on <= end <= on + timedelta(days=days)
