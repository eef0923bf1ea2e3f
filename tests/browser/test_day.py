"""A whole Bimtek in the browser: roster, attendance, three clumsy phones, the wall, the post-test, results worked out by hand."""

import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import openpyxl
import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from tests.browser.conftest import RunningServer, User
from ui.text import hasil, impor
from ui.text import pelaksanaan as live
from ui.text import peserta as roster

ADD_EVENT = """
import json
from datetime import timedelta
from services import clock, installation
from tests import bimtek_rows
installation.ready()
today = clock.today()
made = bimtek_rows.store_event(
    judul="Bimtek satu hari penuh", people=(), form_status="disiapkan", days=(today, today + timedelta(days=1)),
    phases={"pre": bimtek_rows.TEST, "post": bimtek_rows.TEST},
)
print(json.dumps({"id": made.event_id}))
"""
# Five people of three institutions; the third phone's owner and two others never take the post-test or any test.
PEOPLE = (
    ("Peserta Contoh Anggrek", "LKS Contoh Melati"),
    ("Peserta Contoh Bakung", "LKS Contoh Melati"),
    ("Peserta Contoh Cempaka", "LKS Contoh Kenanga"),
    ("Peserta Contoh Dahlia", "LKS Contoh Kenanga"),
    ("Peserta Contoh Edelweis", "Dinas Sosial Contoh"),
)
# Key b everywhere, four questions. By hand: Anggrek 50 -> 100, Bakung 25 -> 75, Cempaka 100 -> 100.
PRE = ("bbaa", "baaa", "bbbb")
POST = ("bbbb", "bbba", "bbbb")
HEADLINE = "Baru 3 peserta yang dapat dibandingkan: 2 naik, 1 tetap. Terlalu sedikit untuk kesimpulan kelompok."
PASSED = "3 dari 3 peserta mencapai nilai batas 70; pada pre-test 1 dari 3."

Settled = Callable[..., Page]
SignIn = Callable[[Page, RunningServer, User], None]


def workbook() -> bytes:
    """The list as an office sends it: a letterhead, another spelling of the headings, a telephone as a number."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["DAFTAR PESERTA"])
    sheet.append([])
    sheet.append(["No", "Nama Lengkap", "Asal Lembaga", "No. HP"])
    for number, (name, institution) in enumerate(PEOPLE, start=1):
        sheet.append([number, name, institution, 81200000000 + number])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@contextmanager
def phone(browser: Browser) -> Iterator[tuple[BrowserContext, Page]]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="id-ID", timezone_id="Asia/Jakarta", has_touch=True
    )
    yield context, context.new_page()
    context.close()


def enter(page: Page, url: str, code: str) -> None:
    """Opens a link with the code of a card and accepts the notice."""
    page.goto(f"{url}#k={code}")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Lanjut").click()


def choose(page: Page, letters: str, start: int = 1) -> None:
    for number, letter in enumerate(letters, start=start):
        page.get_by_label(f"Jawaban {letter}{number}", exact=True).check()


def received(page: Page) -> None:
    expect(page.locator("#keadaan")).to_contain_text(re.compile(r"Diterima pukul \d\d\.\d\d WIB"), timeout=20_000)


def switch(page: Page, server: RunningServer, phase_title: int, label: str, settled: Settled) -> None:
    """Opens or closes the form that stands at a place, on the trainer's screen."""
    page.goto(f"{server.url}/pelaksanaan?layar={live.FORMULIR}")
    page.get_by_role("button", name=label).nth(phase_title).click()
    settled(page)


@pytest.fixture(scope="module")
def day(make_server: Callable[[], RunningServer]) -> tuple[RunningServer, int]:
    server = make_server()
    return server, int(json.loads(server.python(ADD_EVENT).splitlines()[-1])["id"])


def test_a_whole_day(
    day: tuple[RunningServer, int],
    browser: Browser,
    settled: Settled,
    sign_in: SignIn,
    watch_requests: Callable[[Page, RunningServer], list[str]],
) -> None:
    server, event_id = day
    trainer = browser.new_context(
        viewport={"width": 1920, "height": 1080}, locale="id-ID", timezone_id="Asia/Jakarta"
    ).new_page()
    sign_in(trainer, server, server.users["operator_magelang"])
    foreign = watch_requests(trainer, server)

    # The roster comes from the office's workbook.
    trainer.goto(f"{server.url}/peserta")
    trainer.get_by_role("button", name=roster.IMPOR).click()
    content = FilePayload(name="daftar.xlsx", mimeType="application/octet-stream", buffer=workbook())
    trainer.locator("input[type=file]").set_input_files(content)
    save = trainer.get_by_role("button", name=impor.SIMPAN.format(jumlah=5))
    expect(save).to_be_visible(timeout=30_000)
    save.click()
    expect(trainer.get_by_role("heading", name=re.compile("^5 orang dari 3 lembaga"))).to_be_visible(timeout=20_000)

    made = json.loads(server.command_line("links", "--event", str(event_id), "--json"))
    codes = {row["nama"]: row["kode"].replace("-", "") for row in made["peserta"]}
    assert list(codes) == [name for name, _ in PEOPLE]
    links = {row["fase"]: server.url + row["alamat"] for row in made["formulir"]}
    event_link = server.url + made["kegiatan"]["alamat"]

    # Nothing is open yet: a phone is told so.
    with phone(browser) as (_, early):
        early.goto(links["pre"])
        expect(early.locator("body")).to_contain_text("belum dibuka")

    # Attendance by the same code, on three phones; one presses twice.
    for number, (name, _) in enumerate(PEOPLE[:3]):
        with phone(browser) as (_, page):
            enter(page, event_link, codes[name])
            page.get_by_role("button", name="Catat hadir").first.click(click_count=2 if number == 1 else 1)
            expect(page.locator("body")).to_contain_text(re.compile(r"Hadir, dicatat pukul \d\d\.\d\d"))
    trainer.goto(f"{server.url}/pelaksanaan")
    expect(trainer.get_by_test_id("stMetricValue").nth(1)).to_have_text("3", timeout=30_000)

    # The wall stands in the room while the pre-test runs.
    switch(trainer, server, 0, live.BUKA, settled)
    wall = trainer.context.new_page()
    wall.goto(f"{server.url}/pelaksanaan?embed=true&acara={event_id}")
    expect(wall.get_by_text("0 dari 5").first).to_be_visible(timeout=30_000)

    with phone(browser) as (context, page):  # loses the network in the middle
        enter(page, links["pre"], codes[PEOPLE[0][0]])
        choose(page, PRE[0][:2])
        context.set_offline(True)
        choose(page, PRE[0][2:], start=3)
        page.get_by_role("button", name="Kirim jawaban").click()
        expect(page.locator("#tertunda")).to_have_text("4 jawaban belum terkirim.")
        context.set_offline(False)
        page.evaluate("() => window.dispatchEvent(new Event('online'))")
        received(page)
    with phone(browser) as (_, page):  # reloads
        enter(page, links["pre"], codes[PEOPLE[1][0]])
        choose(page, PRE[1][:3])
        page.reload()
        expect(page.locator("#kemajuan")).to_have_text("3 dari 4 terisi")
        choose(page, PRE[1][3:], start=4)
        page.get_by_role("button", name="Kirim jawaban").click()
        received(page)
    with phone(browser) as (_, page):  # taps "send" twice
        enter(page, links["pre"], codes[PEOPLE[2][0]])
        choose(page, PRE[2])
        page.get_by_role("button", name="Kirim jawaban").dblclick()
        received(page)
    expect(wall.get_by_text("3 dari 5").first).to_be_visible(timeout=15_000)
    shown = wall.inner_text("body")
    assert "Peserta Contoh" not in shown and not any(code in shown for code in codes.values())

    # The next "day": the pre-test closes, the post-test opens.
    switch(trainer, server, 0, live.TUTUP, settled)
    with phone(browser) as (_, page):
        page.goto(links["pre"])
        expect(page.locator("body")).to_contain_text("ditutup")
    switch(trainer, server, 1, live.BUKA, settled)
    for place, letters in enumerate(POST):
        with phone(browser) as (_, page):
            enter(page, links["post"], codes[PEOPLE[place][0]])
            choose(page, letters)
            page.get_by_role("button", name="Kirim jawaban").click()
            received(page)
    expect(wall.get_by_text("3 dari 5").first).to_be_visible(timeout=15_000)

    # What the page says is what was worked out by hand.
    trainer.goto(f"{server.url}/hasil")
    expect(trainer.get_by_role("heading", name=HEADLINE)).to_be_visible(timeout=30_000)
    values = settled(trainer).get_by_test_id("stMetricValue").all_inner_texts()
    assert values == ["5", "3", "3", "3", "3"]
    said = trainer.inner_text("[data-testid=stMain]")
    assert PASSED in said
    assert "5 orang dari 3 instansi, 2 di antaranya LKS" in said
    trainer.goto(f"{server.url}/hasil?bagian={hasil.PERORANGAN}")
    expect(trainer.get_by_role("heading", name=f"{hasil.TANPA_PASANGAN} (2)")).to_be_visible(timeout=30_000)
    trainer.set_viewport_size({"width": 390, "height": 844})
    for section in hasil.BAGIAN_BAGIAN:
        trainer.goto(f"{server.url}/hasil?bagian={section}")
        expect(trainer.get_by_role("heading", name=hasil.JUDUL)).to_be_visible(timeout=30_000)
        assert settled(trainer).evaluate("() => document.documentElement.scrollWidth <= innerWidth"), section
    assert foreign == []
    said = server.log.read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in said and not any(code in said for code in codes.values())
