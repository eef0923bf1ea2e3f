"""The pages about meetings, LKKS, programs, priorities and applications: readable by everybody, on desk and phone."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

WIDTHS = (1440, 390)
# (account, path, what stands on the page once it is drawn)
SCREENS = (
    ("operator_magelang", "rapat", "Sudah ditutup"),
    ("operator_magelang", "tindak_lanjut", "Pilih satu baris"),
    ("admin", "profil_lkks?bagian_lkks=Profil", "Masa bakti"),
    ("admin", "profil_lkks?bagian_lkks=Cakupan", "LKKS"),
    ("operator_magelang", "surat", "Pilih satu baris"),
    ("operator_magelang", "program", "Menurut bentuk pelayanan"),
    ("operator_magelang", "pilar_psks", "Pilar"),
    ("operator_magelang", "pilar_psks?bagian_pilar=PSKS", "PSKS"),
    ("operator_magelang", "prioritas", "Prioritas"),
    ("operator_magelang", "pengajuan", "Pilih satu baris"),
)
PARTS = ("Tindak lanjut lalu", "Agenda", "Daftar hadir", "Notulen")


def opened(browser: Browser, server: Any, sign_in: Any, account: str, width: int) -> Page:
    """A signed-in page of a browser that speaks English, so that formats cannot come from the browser's language."""
    page = browser.new_context(viewport={"width": width, "height": 900}, locale="en-US").new_page()
    sign_in(page, server, server.users[account])
    return page


def sound(page: Page, width: int, axe: Callable[..., list[str]], what: str) -> None:
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width, f"{what} scrolls sideways"
    assert page.get_by_test_id("stException").count() == 0
    assert axe(page) == [], what


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("account", "path", "said"), SCREENS, ids=[path for _, path, _ in SCREENS])
def test_page_is_accessible_and_fits(
    account: str,
    path: str,
    said: str,
    width: int,
    server: Any,
    browser: Browser,
    sign_in: Any,
    settled: Any,
    watch_requests: Any,
    axe: Any,
) -> None:
    page = opened(browser, server, sign_in, account, width)
    foreign = watch_requests(page, server)
    page.goto(f"{server.url}/{path}")
    expect(page.get_by_test_id("stMain")).to_contain_text(said, timeout=20_000)
    settled(page, quiet_ms=800)
    sound(page, width, axe, path)
    assert foreign == []
    page.context.close()


def one(server: Any, query: str) -> tuple[Any, ...]:
    with closing(sqlite3.connect(server.data / "pilar.db", timeout=15)) as connection:
        found: tuple[Any, ...] = connection.execute(query).fetchone()
    return found


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("state", ["disiapkan", "ditutup"])
def test_every_part_of_a_meeting_is_accessible_and_fits(
    state: str, width: int, server: Any, browser: Browser, sign_in: Any, settled: Any, watch_requests: Any, axe: Any
) -> None:
    """As whoever runs it sees it: with every form while it is prepared, with what froze once it is closed."""
    query = f"SELECT id, judul FROM rapat WHERE wilayah = '33.71' AND contoh AND status = '{state}'"
    number, title = one(server, query)
    page = opened(browser, server, sign_in, "admin", width)
    foreign = watch_requests(page, server)
    page.goto(f"{server.url}/rapat")
    expect(page.get_by_test_id("stMain")).to_contain_text("Sudah ditutup", timeout=20_000)
    box = page.get_by_label("Buka rapat")
    box.click()
    box.fill(f"no. {number}")
    page.get_by_role("option", name=f"(no. {number})").click()
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible(timeout=20_000)
    for part in PARTS:
        page.get_by_role("tab", name=part).click()
        settled(page, quiet_ms=600)
        sound(page, width, axe, f"{state}, {part}")
    assert foreign == []
    page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_an_application_under_review_is_accessible_and_fits(
    width: int, server: Any, browser: Browser, sign_in: Any, settled: Any, watch_requests: Any, axe: Any
) -> None:
    number, name = one(server, "SELECT id, nama FROM pengajuan WHERE kode_wilayah LIKE '33.71%' AND contoh ORDER BY id")
    page = opened(browser, server, sign_in, "operator_magelang", width)
    foreign = watch_requests(page, server)
    page.goto(f"{server.url}/pengajuan?{urlencode({'pengajuan': number})}")
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible(timeout=20_000)
    settled(page, quiet_ms=600)
    sound(page, width, axe, name)
    assert foreign == []
    page.context.close()
