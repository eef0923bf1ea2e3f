"""A participant's phone at 390 px: no network in the middle, reloads, double taps, two tabs, a full memory, a portal."""

import json
import re
import sqlite3
import textwrap
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Route, expect

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 14
MAKE = """
import json, sys
sys.path.insert(0, {root!r})
from services import installation
installation.ready()
from tests import bimtek_rows
people = [(f"Peserta Contoh {{n}}", "lks", "LKS Contoh Melati") for n in range({people})]
made = bimtek_rows.store_event(people=people)
print(json.dumps(dict(link=made.link, codes=made.codes, links=made.links, forms=made.forms)))
"""
CLOSE = """
import sys
from sqlalchemy import update
from data_access.commands import trail
from data_access.engine import writing
from data_access.tables_bimtek import formulir
from services import clock, installation
installation.ready()
with writing() as c:
    trail.bump(c, "kegiatan")
    c.execute(update(formulir).where(formulir.c.tautan == "{link}").values(status="{state}", tutup_pada={at}))
"""


@dataclass
class Hall:
    """The event of these tests on the shared server; each test takes a participant of its own."""

    server: Any
    link: str
    codes: list[str]
    links: dict[str, str]
    taken: int = 0

    def next_code(self) -> str:
        self.taken += 1
        return self.codes[self.taken - 1]

    def url(self, phase: str = "pre") -> str:
        return f"{self.server.url}/isi/{self.links[phase]}"

    def stored(self) -> list[list[Any]]:
        """(key, form, person, answers, state) of every submission, as a stranger to the program reads the file."""
        found = self._read("SELECT kunci, formulir_id, peserta_id, jawaban, keadaan FROM kiriman ORDER BY id")
        return [[*row[:3], json.loads(row[3]), row[4]] for row in found]

    def conflicts(self) -> int:
        return len(self._read("SELECT id FROM kiriman_konflik"))

    def _read(self, query: str) -> list[Any]:
        with closing(sqlite3.connect(self.server.data / "pilar.db", timeout=15)) as connection:
            return connection.execute(query).fetchall()

    def set_state(self, phase: str, state: str) -> None:
        at = "clock.now()" if state == "ditutup" else "None"
        self.server.python(CLOSE.format(link=self.links[phase], state=state, at=at))


@pytest.fixture(scope="module")
def hall(server: Any) -> Hall:
    made = json.loads(server.python(textwrap.dedent(MAKE).format(root=str(ROOT), people=PEOPLE)))
    return Hall(server, made["link"], made["codes"], made["links"])


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="id-ID", timezone_id="Asia/Jakarta", has_touch=True
    )
    yield made
    made.close()


@pytest.fixture
def phone(context: BrowserContext) -> Page:
    return context.new_page()


def enter(page: Page, hall: Hall, phase: str = "pre", code: str | None = None) -> str:
    code = code or hall.next_code()
    page.goto(f"{hall.url(phase)}#k={code}")
    expect(page.get_by_label("Kode peserta")).to_have_value(f"{code[:4]}-{code[4:]}")
    assert "#" not in page.url.removesuffix("#")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Lanjut").click()
    expect(page.locator("#kemajuan")).to_have_text("0 dari 4 terisi")
    return code


def choose(page: Page, item: int, letter: str = "b") -> None:
    page.get_by_label(f"Jawaban {letter}{item}", exact=True).check()


def kept(page: Page) -> dict[str, Any]:
    """The draft on the phone; {} when there is none."""
    found = page.evaluate(
        "() => Object.keys(localStorage).filter(k => k.startsWith('isi:')).map(k => localStorage.getItem(k))"
    )
    return json.loads(found[0]) if found else {}


def received(page: Page) -> str:
    done = page.locator("#keadaan")
    expect(done).to_contain_text(re.compile(r"Diterima pukul \d\d\.\d\d WIB\. Kode terima: \w{6}"), timeout=20_000)
    return re.search(r"Kode terima: (\w{6})", done.inner_text())[1]  # type: ignore[index]  # just matched


def test_a_phone_that_loses_the_network_reloads_and_is_tapped_twice(
    hall: Hall, phone: Page, context: BrowserContext, axe: Callable[..., list[str]], watch_requests: Any
) -> None:
    foreign = watch_requests(phone, hall.server)
    before = len(hall.stored())
    code = enter(phone, hall)
    assert axe(phone, known=()) == []
    choose(phone, 1)
    expect(phone.locator("#keadaan")).to_have_text("Tersimpan di ponsel ini.")
    choose(phone, 2, "c")
    context.set_offline(True)
    choose(phone, 3)
    expect(phone.locator("#kemajuan")).to_have_text("3 dari 4 terisi")
    context.set_offline(False)
    phone.reload()
    expect(phone.locator("#kemajuan")).to_have_text("3 dari 4 terisi")
    expect(phone.get_by_label("Jawaban c2", exact=True)).to_be_checked()
    # a blank one is named, and nothing is sent
    phone.get_by_role("button", name="Kirim jawaban").click()
    expect(phone.locator("#ringkasan")).to_contain_text("1 butir belum diisi.")
    assert axe(phone, known=()) == []
    phone.get_by_role("link", name="Nomor 4: Belum diisi.").click()
    choose(phone, 4)
    key = kept(phone)["k"]
    context.set_offline(True)
    phone.get_by_role("button", name="Kirim jawaban").dblclick()
    expect(phone.locator("#tertunda")).to_have_text("4 jawaban belum terkirim.")
    expect(phone.locator("#keadaan")).to_contain_text("Belum diterima server")
    assert len(hall.stored()) == before and kept(phone)["s"] == "kirim"
    storage = phone.evaluate("() => JSON.stringify(localStorage)")
    assert code not in storage and "Peserta Contoh" not in storage
    context.set_offline(False)
    phone.evaluate("() => window.dispatchEvent(new Event('online'))")
    receipt = received(phone)
    assert kept(phone) == {} and phone.locator("#tertunda").is_hidden()
    (row,) = [row for row in hall.stored() if row[0] == key]
    assert row[3] == {"P1": "b", "P2": "c", "P3": "b", "P4": "b"} and len(hall.stored()) == before + 1
    phone.reload()
    expect(phone.locator(".kode-terima")).to_have_text(receipt)
    assert axe(phone, known=()) == []
    assert foreign == []


def test_an_acknowledgement_that_is_lost_is_asked_for_again_with_the_same_key(hall: Hall, phone: Page) -> None:
    """The server stores, the reply never arrives; then the hotel's portal, a 500 and a 503 stand in the way."""
    before, seen = len(hall.stored()), []

    def meddle(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        seen.append(json.loads(route.request.post_data or "{}"))
        turn = len(seen)
        if turn == 1:
            route.fetch()  # stored
            route.abort()  # but the reply is lost
        elif turn == 2:
            route.fulfill(status=200, content_type="text/html", body="<html>Selamat datang di Wi-Fi hotel</html>")
        elif turn == 3:
            route.fulfill(status=500, body="rusak")
        elif turn == 4:
            route.fulfill(status=503, content_type="application/json", body='{"status":"ditolak","kode":"pintu_sibuk"}')
        else:
            route.continue_()

    enter(phone, hall)
    for item in range(1, 5):
        choose(phone, item)
    phone.route("**/isi/*", meddle)
    phone.get_by_role("button", name="Kirim jawaban").click()
    for turn in range(1, 5):
        phone.wait_for_timeout(150)
        expect(phone.locator("#keadaan")).to_contain_text("Belum diterima server")
        assert kept(phone)["s"] == "kirim", turn
        if turn == 3:
            expect(phone.get_by_role("button", name="Salin jawaban")).to_be_visible()
        phone.evaluate("() => window.dispatchEvent(new Event('online'))")
    received(phone)
    assert len(seen) == 5 and all(one == seen[0] for one in seen)
    assert len(hall.stored()) == before + 1


def test_the_server_restarts_while_answers_wait(hall: Hall, phone: Page) -> None:
    enter(phone, hall)
    for item in range(1, 5):
        choose(phone, item)
    hall.server.kill()
    phone.get_by_role("button", name="Kirim jawaban").click()
    expect(phone.locator("#keadaan")).to_contain_text("Belum diterima server")
    hall.server.start()
    phone.evaluate("() => window.dispatchEvent(new Event('online'))")
    received(phone)


def test_two_tabs_share_one_key_and_one_submission(hall: Hall, phone: Page, context: BrowserContext) -> None:
    before = len(hall.stored())
    enter(phone, hall)
    second = context.new_page()
    second.goto(hall.url())
    choose(phone, 1)
    choose(second, 2)
    choose(phone, 3, "d")
    expect(second.locator("#kemajuan")).to_have_text("3 dari 4 terisi")
    choose(second, 4)
    second.get_by_role("button", name="Kirim jawaban").click()
    received(second)
    received(phone)
    assert len(hall.stored()) == before + 1 and hall.stored()[-1][3] == {"P1": "b", "P2": "b", "P3": "d", "P4": "b"}
    assert hall.conflicts() == 0


def test_a_phone_that_keeps_nothing_says_so_before_the_participant_leaves(hall: Hall, phone: Page) -> None:
    phone.add_init_script(
        "Storage.prototype.setItem = function () { throw new DOMException('penuh', 'QuotaExceededError'); };"
    )
    before = len(hall.stored())
    enter(phone, hall)
    expect(phone.locator("#keadaan")).to_contain_text("TIDAK DAPAT MENYIMPAN")
    for item in range(1, 5):
        choose(phone, item)
    expect(phone.locator("#keadaan")).to_contain_text("Jangan tutup halaman ini")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    phone.on("dialog", stay)
    phone.close(run_before_unload=True)
    for _ in range(40):
        if asked:
            break
        phone.wait_for_timeout(50)
    assert asked == ["beforeunload"]
    phone.get_by_role("button", name="Kirim jawaban").click()
    received(phone)
    assert len(hall.stored()) == before + 1


def test_answers_begun_before_the_closing_arrive_late(hall: Hall, phone: Page, context: BrowserContext) -> None:
    enter(phone, hall, "post")
    for item in range(1, 5):
        choose(phone, item)
    context.set_offline(True)
    phone.get_by_role("button", name="Kirim jawaban").click()
    hall.set_state("post", "ditutup")
    try:
        context.set_offline(False)
        phone.evaluate("() => window.dispatchEvent(new Event('online'))")
        expect(phone.locator("#keadaan")).to_contain_text("Diterima, terlambat")
        assert hall.stored()[-1][4] == "menunggu"
        # begun, but the button was never pressed: the closed page offers to send it
        hall.set_state("post", "dibuka")
        phone.goto(hall.url("post"))
        phone.get_by_role("button", name="Ganti peserta").click()
        enter(phone, hall, "post")
        for item in range(1, 5):
            choose(phone, item)
        hall.set_state("post", "ditutup")
        phone.goto(hall.url("post"))
        expect(phone.get_by_role("heading", level=1)).to_have_text("Formulir ini sudah ditutup.")
        expect(phone.locator("#sisa-teks")).to_have_text("4 jawaban sudah dimulai di ponsel ini.")
        phone.get_by_role("button", name="Kirim jawaban yang sudah dimulai").click()
        expect(phone.locator("#tertunda")).to_contain_text("sudah diterima pukul")
        phone.wait_for_function("() => !Object.keys(localStorage).some(k => k.startsWith('isi:'))")
        assert [row[4] for row in hall.stored()[-2:]] == ["menunggu", "menunggu"]
    finally:
        hall.set_state("post", "dibuka")


def test_a_lent_phone_sends_each_persons_answers_for_that_person(
    hall: Hall, phone: Page, context: BrowserContext
) -> None:
    """The first person's answers wait without network; the second one takes the phone, by the card's QR."""
    enter(phone, hall)
    for item in range(1, 5):
        choose(phone, item, "a")
    phone.route("**/isi/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    phone.get_by_role("button", name="Kirim jawaban").click()
    expect(phone.locator("#keadaan")).to_contain_text("Belum diterima server")
    waiting = kept(phone)["k"]
    second = hall.next_code()
    phone.goto("about:blank")
    phone.goto(f"{hall.url()}#k={second}")
    expect(phone.get_by_text("Kartu ini milik peserta lain.")).to_be_visible()
    phone.unroute("**/isi/*")
    phone.get_by_role("button", name="Ganti ke peserta pada kartu").click()
    expect(phone.get_by_label("Kode peserta")).to_have_value(f"{second[:4]}-{second[4:]}")
    phone.wait_for_function("() => !Object.keys(localStorage).some(k => k.startsWith('isi:'))", timeout=40_000)
    phone.get_by_role("checkbox").check()
    phone.get_by_role("button", name="Lanjut").click()
    for item in range(1, 5):
        choose(phone, item, "d")
    phone.get_by_role("button", name="Kirim jawaban").click()
    received(phone)
    first, last = hall.stored()[-2:]
    assert first[0] == waiting and set(first[3].values()) == {"a"} and set(last[3].values()) == {"d"}
    assert first[2] != last[2]


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_form_fits_and_can_be_reached(
    hall: Hall, browser: Browser, axe: Callable[..., list[str]], width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    problems: list[str] = []

    def note(said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            problems.append(said.text)

    page.on("console", note)
    requests: list[str] = []
    code = hall.codes[0]
    for path in (f"{hall.server.url}/isi", f"{hall.server.url}/isi/{hall.link}", hall.url("penyelenggaraan")):
        page.goto(path)
        assert axe(page, known=()) == []
    page.get_by_label("Kode peserta").fill(code)
    page.get_by_role("checkbox").check()
    page.on("request", lambda asked: requests.append(asked.url))
    page.get_by_role("button", name="Lanjut").click()
    expect(page.locator("#kemajuan")).to_have_text("0 dari 2 terisi")
    assert len(requests) <= 4, requests  # the answer to the code, the page, and its two files
    assert axe(page, known=()) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    small = page.evaluate(
        "() => [...document.querySelectorAll('button, label.pilih, input[type=text], textarea, a.tombol')]"
        ".filter(e => e.offsetParent && e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 80))"
    )
    assert small == []
    assert page.locator("input:checked").count() == 0 and page.get_attribute("html", "lang") == "id"
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    page.goto(f"{hall.server.url}/isi/{hall.link}")
    expect(page.get_by_role("heading", name="Formulir")).to_be_visible()
    assert axe(page, known=()) == []
    assert problems == []
    page.close()


def test_the_whole_form_by_keyboard(hall: Hall, phone: Page) -> None:
    code = hall.next_code()
    phone.goto(hall.url())
    phone.get_by_label("Kode peserta").focus()
    phone.keyboard.type(code)
    phone.keyboard.press("Tab")
    phone.keyboard.press("Space")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    expect(phone.locator("#kemajuan")).to_be_visible()
    phone.get_by_role("button", name="Ganti peserta").focus()
    for _ in range(4):
        phone.keyboard.press("Tab")
        phone.keyboard.press("Space")
    expect(phone.locator("#kemajuan")).to_have_text("4 dari 4 terisi")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    received(phone)


def test_without_scripts(hall: Hall, browser: Browser) -> None:
    page = browser.new_page(java_script_enabled=False, viewport={"width": 390, "height": 844})
    before = len(hall.stored())
    page.goto(hall.url())
    page.get_by_label("Kode peserta").fill(hall.next_code().lower())
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Lanjut").click()
    for item in range(1, 4):
        choose(page, item)
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_role("alert")).to_contain_text("Ada 1 butir yang belum diisi")
    choose(page, 4)
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.locator(".kode-terima")).to_have_text(re.compile(r"^\w{6}$"))
    assert len(hall.stored()) == before + 1
    page.close()
