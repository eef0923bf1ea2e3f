"""Indikator in a browser: the articles' figures, one click that explains, readable by everybody on desk and phone."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

WIDTHS = (1440, 390)


@pytest.mark.parametrize("width", WIDTHS)
def test_ipm_explains_itself(
    width: int, server: Any, browser: Browser, sign_in: Any, settled: Any, watch_requests: Any, axe: Any
) -> None:
    page = browser.new_context(viewport={"width": width, "height": 900}, locale="en-US").new_page()
    foreign = watch_requests(page, server)
    sign_in(page, server, server.users["kepala_dinas"])
    page.goto(f"{server.url}/indikator?wilayah=Kota+Bima&kelompok_indikator=IPM+dan+kemiskinan")
    settled(page, quiet_ms=800)
    body = page.locator("[data-testid=stMain]")
    expect(body).to_contain_text("73,67 indeks", timeout=20_000)
    expect(body).to_contain_text("Nusa Tenggara Barat 65,81 (sedang), selisih +7,86")
    expect(body).to_contain_text("Indonesia 70,18 (tinggi), selisih +3,49")
    assert "sangat baik" not in body.inner_text().casefold()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width, "the page scrolls sideways"
    assert axe(page) == []
    page.get_by_role("button", name="Jelaskan").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("1 baris; dihitung ulang: 73,67", timeout=20_000)
    expect(dialog).to_contain_text("BPS, IPM 2016")
    settled(page)
    assert axe(page) == []
    assert foreign == []
    page.context.close()
