"""Who may look at which panel; many screens cost one count; a silent store answers everybody the same; no neighbours."""

import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select

from data_access.commands import trail
from data_access.engine import engine, reading, writing
from data_access.queries import panels as queries
from data_access.tables import lks
from domain.errors import NotFound, NotPermitted, StoreUnavailable
from domain.panel import Panel, panel_from
from domain.permissions import Actor
from domain.rapat import PANELS, PanelSpec
from services import panels
from tests.panel_rows import add_action, add_lkks
from tests.register_rows import lks_row, store
from tests.services.conftest import Clock

Make = Callable[..., Actor]
SPECS = (PanelSpec("kluster"), PanelSpec("berakhir"), PanelSpec("tindak_lanjut"))


@pytest.fixture
def asked(seeded_db: Path) -> Iterator[list[str]]:
    """Every statement that reads a table from here on."""
    found: list[str] = []

    def note(*given: object) -> None:
        if "FROM" in str(given[2]) or "SELECT" in str(given[2]):
            found.append(str(given[2]))

    event.listen(engine(), "before_cursor_execute", note)
    yield found
    event.remove(engine(), "before_cursor_execute", note)


def test_only_those_who_may_look_at_the_meetings_of_the_region(seeded_db: Path, actor: Make) -> None:
    spec = PanelSpec("kluster")
    for ask in (
        lambda by, place, spec=spec: panels.panel(by, place, spec),
        lambda by, place, spec=spec: panels.live(by, place, [spec]),
    ):
        ask(actor("lkks", "33.71"), "33.71")
        ask(actor("operator", "33"), "33.71")
        ask(actor("kepala_dinas"), "")
        with pytest.raises(NotPermitted):
            ask(actor("pelatih", "33.71"), "33.71")
        for role, root, place in (
            ("lkks", "33", "33.71"),  # no LKKS stands above another
            ("lkks", "33.71", "33"),
            ("lkks", "33.71", ""),
            ("operator", "33.71", "33"),
            ("operator", "33.71", "52.72"),
            ("operator", "33.71", ""),
        ):
            with pytest.raises(NotFound):
                ask(actor(role, root), place)


def test_a_panel_lies_within_the_meeting_and_is_known(seeded_db: Path, actor: Make) -> None:
    by = actor("admin")
    inside = panels.panel(by, "33.71", PanelSpec("kluster", wilayah="33.71.01"))
    assert inside.tempat == "Kec. Magelang Selatan" and inside.angka[0].nilai == 4
    for wilayah in ("33.74", "33", "52.72.01"):
        with pytest.raises(NotFound):
            panels.panel(by, "33.71", PanelSpec("kluster", wilayah=wilayah))
    with pytest.raises(NotFound):
        panels.panel(by, "33.71", PanelSpec("rahasia"))
    assert set(panels._MAKERS) == set(PANELS)


def test_whoever_opens_it_sees_the_same(seeded_db: Path, actor: Make) -> None:
    """The room, the snapshot and the minutes must not differ because an operator signed the wall in."""
    for jenis in PANELS:
        spec = PanelSpec(jenis, kode="klien_dalam" if jenis == "indikator" else None)
        seen = [panels.panel(actor(*who), "33.71", spec) for who in (("admin",), ("operator", "33"), ("lkks", "33.71"))]
        assert seen[0] == seen[1] == seen[2], jenis
        assert panel_from(json.loads(json.dumps(seen[0].as_data()))) == seen[0]


def test_twenty_screens_cost_one_look_and_one_count(asked: list[str], ticking: Clock, actor: Make) -> None:
    """20 sessions over 5 intervals: one revision query per interval in all, and each panel counted once."""
    who = [actor(*one) for one in (("lkks", "33.71"), ("operator", "33.71"), ("kepala_dinas", "33"), ("admin",))] * 5
    first = panels.live(who[0], "33.71", SPECS)
    assert len(asked) > 3
    asked.clear()
    for _ in range(5):
        ticking.now += panels.EVERY
        for by in who:
            assert panels.live(by, "33.71", SPECS) == first
            ticking.now += panels.EVERY / 40  # they do not ask at the same instant
        ticking.now -= panels.EVERY / 2
    assert len(asked) == 5 and all("revisi_data" in sql for sql in asked)


def test_twenty_screens_at_once_count_once(
    seeded_db: Path, ticking: Clock, actor: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []
    slow = panels._MAKERS["kluster"]

    def making(ask: Any) -> Panel:
        counted.append("kluster")
        time.sleep(0.1)
        return slow(ask)

    monkeypatch.setitem(panels._MAKERS, "kluster", making)
    seen: list[object] = []
    by = actor("lkks", "33.71")
    screens = [
        threading.Thread(target=lambda: seen.append(panels.live(by, "33.71", [PanelSpec("kluster")])))
        for _ in range(20)
    ]
    for screen in screens:
        screen.start()
    for screen in screens:
        screen.join()
    assert len(seen) == 20 and counted == ["kluster"] and all(one == seen[0] for one in seen)


def test_a_change_shows_at_the_next_look(seeded_db: Path, ticking: Clock, actor: Make) -> None:
    by = actor("lkks", "33.71")
    before = panels.live(by, "33.71", SPECS)
    assert before[0].angka[0].nilai == 11
    store(lks_row("Baru", "33.71.01", kluster=["lansia"]), lks_row("Lain", "33.74", kluster=["anak"]))
    add_action("33.71", "Dicatat di rapat")
    assert panels.live(by, "33.71", SPECS) == before  # the look of this interval is shared
    ticking.now += panels.EVERY
    after = panels.live(by, "33.71", SPECS)
    assert after[0].angka[0].nilai == 12
    assert "Dicatat di rapat" in [row[0] for row in after[2].baris]


def test_a_day_that_begins_makes_new_panels(
    seeded_db: Path, ticking: Clock, actor: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = actor("lkks", "33.71")
    monkeypatch.setattr("services.clock.today", lambda: date(2026, 11, 20))
    assert panels.live(by, "33.71", SPECS)[0].per_tanggal == date(2026, 11, 20)
    monkeypatch.setattr("services.clock.today", lambda: date(2026, 11, 21))
    assert panels.live(by, "33.71", SPECS)[0].per_tanggal == date(2026, 11, 21)


def test_a_silent_store_is_asked_once_per_interval(
    seeded_db: Path, ticking: Clock, actor: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, tried = actor("lkks", "33.71"), []

    def silent(connection: object) -> tuple[str, int]:
        tried.append(1)
        raise StoreUnavailable()

    panels.live(by, "33.71", SPECS)
    ticking.now += panels.EVERY
    with monkeypatch.context() as broken:
        broken.setattr(queries, "look", silent)
        for _ in range(20):
            with pytest.raises(StoreUnavailable):
                panels.live(by, "33.71", SPECS)
    assert len(tried) == 1
    ticking.now += panels.EVERY
    assert panels.live(by, "33.71", SPECS)[0].angka[0].nilai == 11  # and it is back by itself


def test_the_revision_is_the_stores_own(seeded_db: Path) -> None:
    first = panels.revision()
    with writing() as c:
        trail.bump(c, "rapat")
    assert panels.revision() != first


@pytest.mark.parametrize("root", ["33.71", "52.72", "13.76", "62", "76"])
def test_no_panel_tells_anything_of_another_region(root: str, seeded_db: Path, actor: Make) -> None:
    """Names and codes of LKS elsewhere, and what other LKKS have agreed, stand in no kind of panel."""
    others = [one for one in ("33.71", "52.72", "13.76", "62", "76", "33", "") if one != root]
    for place in (root, *others):
        add_action(place, f"Canary <{place or 'nasional'}>", pic_instansi=f"Instansi <{place or 'nasional'}>")
        add_lkks(place, nama=f"LKKS <{place or 'nasional'}>")
    with reading() as c:
        rows = c.execute(select(lks.c.nama, lks.c.kode_lks, lks.c.kabkota_kode)).all()
    own = {row.nama for row in rows if row.kabkota_kode.startswith(root)}
    foreign = {row.nama for row in rows if not row.kabkota_kode.startswith(root)} - own
    foreign |= {row.kode_lks for row in rows if not row.kabkota_kode.startswith(root)}
    foreign |= {f"<{place or 'nasional'}>" for place in others}
    assert len(foreign) > 100
    by, seen = actor("lkks", root), ""
    for jenis in PANELS:
        for kode in (None, "ipm", "terdaftar", "bimtek_cakupan"):
            seen += json.dumps(panels.panel(by, root, PanelSpec(jenis, kode=kode)).as_data(), ensure_ascii=False)
    assert f"Canary <{root}>" in seen
    assert sorted(needle for needle in foreign if needle in seen) == []


def test_shown_counts_equal_a_recount(seeded_db: Path, ticking: Clock, actor: Make) -> None:
    """Random edits of the register, random panel and region: what live() shows is what the store then holds."""
    from benchmarks.panels import sample_counts

    wrong = sample_counts(60, random.Random(4), lambda: setattr(ticking, "now", ticking.now + panels.EVERY))
    assert wrong == []
