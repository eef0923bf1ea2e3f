"""A Kepala Dinas narrows to a city, shares the address, and a second browser sees the same counts."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

WIDTHS = [1440, 390]
SCREENS = ("", "peta", "klaster", "daftar_lks", "panduan", "akun")


def figures(page: Page) -> list[str]:
    return page.locator("[data-testid=stMetricValue]").all_inner_texts()


def new_page(browser: Browser, width: int, **more: Any) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, **{"locale": "id-ID", "timezone_id": "Asia/Jakarta"} | more
    )
    return context.new_page()


def choose_region(page: Page, name: str) -> None:
    box = page.get_by_test_id("stMain").get_by_label("Wilayah", exact=True)
    box.click()
    box.fill(name)
    page.get_by_role("option", name=name, exact=True).click()


@pytest.mark.parametrize("width", WIDTHS)
def test_filter_then_share(
    width: int,
    server: Any,
    browser: Browser,
    sign_in: Callable[..., None],
    settled: Callable[..., Page],
    watch_requests: Any,
) -> None:
    first = new_page(browser, width)
    foreign = watch_requests(first, server)
    sign_in(first, server, server.users["kepala_dinas"])
    first.goto(server.url + "/")
    expect(first.get_by_test_id("stMetricValue").first).to_be_visible(timeout=20_000)
    settled(first)
    everywhere = figures(first)
    choose_region(first, "Kota Magelang")
    first.wait_for_function("() => location.search.includes('Kota+Magelang')")
    settled(first)
    counts = figures(first)
    assert counts[0] == "11" and counts != everywhere
    address = first.evaluate("() => location.href")

    # An English browser, so that formats cannot come from the browser's own language.
    second = new_page(browser, width, locale="en-US")
    foreign_too = watch_requests(second, server)
    sign_in(second, server, server.users["lkks"])
    second.goto(address)
    expect(second.get_by_test_id("stMetricValue").first).to_be_visible(timeout=20_000)
    settled(second)
    assert figures(second) == counts
    assert all("." not in value or "%" not in value for value in counts), "a per cent is written with a decimal comma"
    assert foreign == [] and foreign_too == []
    first.context.close()
    second.context.close()


def test_signed_out_deep_link_comes_back_to_itself_after_sign_in(
    server: Any, browser: Browser, settled: Callable[..., Page]
) -> None:
    page = new_page(browser, 1440)
    page.goto(server.url + "/klaster?wilayah=Kota+Magelang")
    assert "/masuk" in page.url
    user = server.users["kepala_dinas"]
    page.get_by_label("Nama pengguna").fill(user.username)
    page.get_by_label("Kata sandi", exact=True).fill(user.password)
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_role("heading", name="Kluster", exact=True)).to_be_visible(timeout=20_000)
    settled(page)
    assert page.evaluate("() => location.pathname + location.search") == "/klaster?wilayah=Kota+Magelang"
    expect(page.get_by_text("LKS menurut kluster · 11 LKS")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", SCREENS)
def test_screen_is_accessible_in_indonesian_and_fits(
    path: str, width: int, server: Any, browser: Browser, sign_in: Any, settled: Any, watch_requests: Any, axe: Any
) -> None:
    page = new_page(browser, width)
    foreign = watch_requests(page, server)
    sign_in(page, server, server.users["kepala_dinas"])
    page.goto(f"{server.url}/{path}")
    expect(page.get_by_role("heading", level=1).first).to_be_visible(timeout=20_000)
    settled(page, quiet_ms=800)
    assert page.evaluate("() => document.documentElement.lang") == "id"
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width, "the page scrolls sideways"
    assert axe(page) == []
    assert foreign == []
    page.context.close()


def test_map_goes_deeper_by_click_and_lists_the_region(
    server: Any, browser: Browser, sign_in: Any, settled: Any
) -> None:
    page = new_page(browser, 1440)
    sign_in(page, server, server.users["kepala_dinas"])
    page.goto(server.url + "/peta")
    settled(page, quiet_ms=1500)
    shape = page.locator("[data-testid=stVegaLiteChart] path[aria-label*='Jawa Tengah']").first
    shape.click(force=True)
    page.wait_for_function("() => location.search.includes('Jawa+Tengah')")
    settled(page)
    expect(page.get_by_text("Batas indikatif, bukan batas resmi.", exact=False).first).to_be_visible()
    page.context.close()
