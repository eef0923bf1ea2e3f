"""Samples of the live panels: the register changes at random, and what a wall then shows is held against a recount."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from data_access.commands import lks as lks_commands
from data_access.commands import trail
from data_access.engine import reading, writing
from data_access.queries import records
from data_access.tables import lks, lks_pilihan
from domain.lks import EXPIRY_DAYS, GRADES, verified_since
from domain.panel import Panel
from domain.permissions import COMMAND_LINE
from domain.rapat import PanelSpec
from domain.wilayah import level, parent
from services import clock, panels

KINDS = ("kluster", "wilayah", "berakhir", "belum_dikunjungi")
_KLUSTER = ("anak", "lansia", "disabilitas", "napza")


@dataclass(frozen=True)
class Wrong:
    """A sample whose shown counts differ from the recount."""

    number: int
    kind: str
    place: str
    shown: Any
    recounted: Any


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
