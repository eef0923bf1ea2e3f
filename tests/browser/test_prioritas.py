"""Ringkasan and Prioritas wilayah in a browser: one click explains a figure, one click begins an action, desk and phone."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

WIDTHS = (1440, 390)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_figure_of_ringkasan_explains_itself(
    width: int, server: Any, browser: Browser, sign_in: Any, settled: Any, watch_requests: Any, axe: Any
) -> None:
    page = browser.new_context(viewport={"width": width, "height": 900}, locale="en-US").new_page()
    foreign = watch_requests(page, server)
    sign_in(page, server, server.users["kepala_dinas"])
    page.goto(f"{server.url}/?wilayah=Kota+Magelang")
    settled(page, quiet_ms=800)
    body = page.locator("[data-testid=stMain]")
    expect(body).to_contain_text("Akreditasi (semua)", timeout=20_000)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width, "the page scrolls sideways"
    assert axe(page) == []
    page.get_by_role("radio", name="Akreditasi (semua)").or_(
        page.get_by_role("button", name="Akreditasi (semua)", exact=True)
    ).first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("11 baris; dihitung ulang:", timeout=20_000)
    settled(page)
    assert axe(page) == []
    assert foreign == []
    page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_from_a_priority_area_to_an_action(
    width: int, server: Any, browser: Browser, sign_in: Any, settled: Any, watch_requests: Any, axe: Any
) -> None:
    page = browser.new_context(viewport={"width": width, "height": 900}, locale="en-US").new_page()
    foreign = watch_requests(page, server)
    sign_in(page, server, server.users["kepala_dinas"])
    page.goto(f"{server.url}/prioritas?wilayah=Kota+Magelang&daerah_33.71=Kec.+Magelang+Utara")
    settled(page, quiet_ms=800)
    body = page.locator("[data-testid=stMain]")
    expect(body).to_contain_text("Kebutuhan dan layanan menurut kluster", timeout=20_000)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width, "the page scrolls sideways"
    assert axe(page) == []
    page.locator("[data-testid=stButtonGroup]").last.get_by_role("radio").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Sumber dana", timeout=20_000)
    settled(page)
    assert axe(page) == []
    assert foreign == []
    page.context.close()
