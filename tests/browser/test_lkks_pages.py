"""The pages about meetings, LKKS, programs, priorities and applications: readable by everybody, on desk and phone."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

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


@dataclass
class Desk:
    """A signed-in browser that speaks English, so that formats cannot come from the browser's language."""

    page: Page
    foreign: list[str]
    settled: Callable[..., Page]
    axe: Callable[..., list[str]]

    def sound(self, what: str) -> None:
        """At both widths nothing scrolls sideways, axe finds nothing, and nobody else was asked for anything."""
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.settled(self.page, quiet_ms=500)
            wide = self.page.evaluate("() => document.documentElement.scrollWidth")
            assert wide <= width, f"{what} scrolls sideways at {width}"
            assert self.page.get_by_test_id("stException").count() == 0
            assert self.axe(self.page) == [], f"{what} at {width}"
        assert self.foreign == []


@pytest.fixture
def desk(
    server: Any, browser: Browser, sign_in: Any, settled: Any, watch_requests: Any, axe: Any
) -> Iterator[Callable[[str], Desk]]:
    """`desk(account)`: a browser of its own, signed in."""
    contexts = []

    def sit(account: str) -> Desk:
        contexts.append(browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US"))
        page = contexts[-1].new_page()
        sign_in(page, server, server.users[account])
        return Desk(page, watch_requests(page, server), settled, axe)

    yield sit
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("account", "path", "said"), SCREENS, ids=[path for _, path, _ in SCREENS])
def test_page_is_accessible_and_fits(
    account: str, path: str, said: str, server: Any, desk: Callable[[str], Desk]
) -> None:
    seen = desk(account)
    seen.page.goto(f"{server.url}/{path}")
    expect(seen.page.get_by_test_id("stMain")).to_contain_text(said, timeout=20_000)
    seen.sound(path)


def one(server: Any, query: str, *values: Any) -> tuple[Any, ...]:
    with closing(sqlite3.connect(server.data / "pilar.db", timeout=15)) as connection:
        found: tuple[Any, ...] = connection.execute(query, values).fetchone()
    return found


@pytest.mark.parametrize("state", ["disiapkan", "ditutup"])
def test_every_part_of_a_meeting_is_accessible_and_fits(
    state: str, server: Any, desk: Callable[[str], Desk], settled: Any
) -> None:
    """As whoever runs it sees it: with every form while it is prepared, with what froze once it is closed."""
    query = "SELECT id, judul FROM rapat WHERE wilayah = '33.71' AND contoh AND status = ?"
    number, title = one(server, query, state)
    seen = desk("admin")
    page = seen.page
    page.goto(f"{server.url}/rapat")
    expect(page.get_by_test_id("stMain")).to_contain_text("Sudah ditutup", timeout=20_000)
    box = page.get_by_label("Buka rapat")
    box.click()
    box.fill(f"no. {number}")
    page.get_by_role("option", name=f"(no. {number})").click()
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible(timeout=20_000)
    for part in PARTS:
        page.get_by_role("tab", name=part).click()
        settled(page)
        seen.sound(f"{state}, {part}")


def test_an_application_under_review_is_accessible_and_fits(server: Any, desk: Callable[[str], Desk]) -> None:
    number, name = one(server, "SELECT id, nama FROM pengajuan WHERE kode_wilayah LIKE '33.71%' AND contoh ORDER BY id")
    seen = desk("operator_magelang")
    seen.page.goto(f"{server.url}/pengajuan?pengajuan={number}")
    expect(seen.page.get_by_role("heading", name=name, exact=True)).to_be_visible(timeout=20_000)
    seen.sound(name)
