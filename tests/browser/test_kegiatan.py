"""A trainer sets an event up in the browser, types a timetable into the grid, opens a form and shows its QR code."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import UPSTREAM_FINDINGS
from tests.browser.test_monitoring import new_page
from ui.text import bimtek as t

# Upstream: the short notice after a write is a dialog without a name.
NOTICE = (*UPSTREAM_FINDINGS, "aria-dialog-name")
EVENT = """
import json
from domain.permissions import COMMAND_LINE
from services import events
found = events.listed(COMMAND_LINE, cari="Bimtek uji peramban")
row = events.get(COMMAND_LINE, int(found["id"].iloc[0])) if len(found) else None
forms = [(form["fase"], form["keadaan"]) for form in row.forms] if row else []
sessions = [(str(s["tanggal"]), s["materi"], s["mulai"], s["selesai"], s["jp"]) for s in row.sessions] if row else []
print(json.dumps({"status": row.record["status"] if row else None, "forms": forms, "sessions": sessions,
                  "link": row.forms[0]["tautan"] if forms else None}))
"""


def stored(server: Any) -> dict[str, Any]:
    return dict(json.loads(server.python(EVENT)))


def type_date(page: Page, label: str, text: str) -> None:
    box = page.get_by_label(label, exact=False).first
    box.click()
    box.press("Control+a")
    box.press_sequentially(text)
    box.press("Enter")


def test_set_up_in_two_minutes(
    server: Any,
    browser: Browser,
    sign_in: Callable[..., None],
    settled: Callable[..., Page],
    axe: Callable[..., list[str]],
) -> None:
    page = new_page(browser, 1440)
    sign_in(page, server, server.users["pelatih"])
    page.goto(server.url + "/kegiatan")
    page.get_by_role("button", name=t.KEGIATAN_BARU).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(t.ISIAN["judul"]).fill("Bimtek uji peramban")
    type_date(page, t.ISIAN["mulai"], "22/05/2026")
    type_date(page, t.ISIAN["selesai"], "23/05/2026")
    dialog.get_by_label(t.ISIAN["penyelenggara"], exact=False).last.fill("Dinas Sosial Contoh")
    place = dialog.get_by_label(t.ISIAN["wilayah"])
    place.click()
    place.fill("Kota Magelang")
    page.get_by_role("option", name="Kota Magelang", exact=True).click()
    dialog.get_by_role("button", name=t.BUAT).click()
    expect(page.get_by_role("heading", name="Bimtek uji peramban")).to_be_visible(timeout=20_000)
    settled(page)
    found = stored(server)
    assert [phase for phase, _ in found["forms"]] == ["pre", "post", "penyelenggaraan"]
    assert [row[:2] for row in found["sessions"]] == [
        ["2026-05-22", "Materi hari ke-1"],
        ["2026-05-23", "Materi hari ke-2"],
    ]
    assert axe(page, NOTICE) == []

    page.get_by_role("tab", name=t.JADWAL).click()
    page.get_by_role("button", name=t.SESI_UBAH).click()
    grid = page.get_by_role("dialog").get_by_test_id("stDataFrame")
    expect(grid).to_be_visible()
    settled(page)
    box = grid.bounding_box()
    assert box is not None
    # The grid is a canvas: the first date is below the header and right of the column that marks rows.
    # Each cell is gone to anew: a rerun after a cell may put the grid's own selection back.
    for steps, clock in ((1, "08.00"), (2, "09.30")):
        page.mouse.click(box["x"] + 60, box["y"] + 52)
        for _ in range(steps):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        page.wait_for_timeout(400)  # the cell's own editor opens
        page.keyboard.type(clock, delay=60)
        page.keyboard.press("Enter")
        settled(page)
    save = page.get_by_role("dialog").get_by_role("button", name=t.SIMPAN)
    save.click()
    expect(save).to_have_count(0, timeout=20_000)
    settled(page)
    assert [row[2:] for row in stored(server)["sessions"]] == [["08.00", "09.30", 2.0], [None, None, 0.0]]

    page.get_by_role("tab", name=t.FORMULIR).click()
    settled(page)
    table = page.get_by_test_id("stDataFrame").first
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 12, box["y"] + 52)
    page.get_by_role("button", name=t.BUKA).click()
    settled(page)
    found = stored(server)
    assert found["forms"][0] == ["pre", "dibuka"] and found["status"] == "berjalan"
    assert axe(page, NOTICE) == []


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("url", ["kegiatan", "instrumen"])
def test_screens_are_sound_at_every_width(
    url: str,
    width: int,
    server: Any,
    browser: Browser,
    sign_in: Callable[..., None],
    settled: Callable[..., Page],
    axe: Callable[..., list[str]],
) -> None:
    page = new_page(browser, width)
    sign_in(page, server, server.users["pelatih"])
    page.goto(f"{server.url}/{url}")
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=20_000)
    settled(page)
    assert axe(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
