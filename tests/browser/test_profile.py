"""One LKS in a browser: a status is changed on a telephone, a tanda daftar is issued, and nothing bars anybody."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from domain import figures
from services import clock
from tests.browser.test_monitoring import WIDTHS, new_page
from ui.text import nilai, permohonan
from ui.text import profil as t

# Every paper that the region asks for, received; the dialog that notes one is a matter of other tests.
RECEIVE_PAPERS = """
import json, sys
from domain.permissions import COMMAND_LINE
from services import attachments, profile
code = json.load(sys.stdin)
found = profile.profile(COMMAND_LINE, code)
for paper in found.documents:
    names = ("ada", "nomor", "tanggal", "berlaku_sampai", "catatan")
    seen = {name: getattr(paper, name) for name in names}
    if paper.asked and not paper.valid:
        new = {"ada": True, "catatan": "uji peramban"}
        attachments.set_document(COMMAND_LINE, found.record["id"], paper.kode, new, seen, "uji-" + paper.kode)
"""

APPLY = """
import json, sys
from domain.permissions import COMMAND_LINE
from services import clock, profile, registration
code = json.load(sys.stdin)
found = profile.profile(COMMAND_LINE, code)
registration.request(COMMAND_LINE, found.record["id"], "baru", clock.today(), "uji-ajukan-" + code)
"""
HEAD, ROW = 38, 35  # pixels, as ui.draw makes tables


def dialog(page: Page) -> Locator:
    """The open dialog, when it stands still."""
    box = page.get_by_role("dialog")
    expect(box).to_be_visible(timeout=10_000)
    return box


def choose(page: Page, box: Locator, label: str, option: str) -> None:
    box.get_by_label(label, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()


def fill_day(box: Locator, label: str, day: date) -> None:
    """Types a date into its three parts: day, month, year."""
    parts = box.get_by_role("group", name=label, exact=True).get_by_role("spinbutton")
    parts.first.click()
    box.page.keyboard.type(f"{day:%d%m%Y}", delay=20)
    expect(parts.last).to_have_text(f"{day:%Y}")
    # The calendar that opened lies over what comes next; as anybody would, press beside it.
    box.get_by_role("heading").first.click()
    expect(box.page.get_by_role("grid")).to_be_hidden()


def save(page: Page, box: Locator, settled: Callable[..., Page]) -> None:
    """Presses Simpan; a stored change closes the dialog and says so."""
    box.get_by_role("button", name=t.SIMPAN, exact=True).click()
    expect(box).to_be_hidden(timeout=20_000)
    settled(page)


def test_a_status_is_changed_on_a_telephone_and_its_history_tells(
    server: Any, browser: Browser, sign_in: Any, settled: Any, watch_requests: Any, axe: Any
) -> None:
    page = new_page(browser, 390)
    foreign = watch_requests(page, server)
    sign_in(page, server, server.users["operator_magelang"])
    page.goto(server.url + "/profil_lks?lks=LKS-33.71-0005")
    expect(page.get_by_role("heading", name=t.STATUS, exact=True)).to_be_visible(timeout=20_000)
    settled(page)
    page.locator(".st-key-ubah_sumbu_aktif").get_by_role("button").click()
    box = dialog(page)
    settled(page)
    seen = clock.today() - timedelta(days=3)
    choose(page, box, t.label("aktif"), nilai.axis_value("aktif", "tidak_aktif"))
    fill_day(box, t.label("aktif_tanggal"), seen)
    box.get_by_role("button", name=t.SIMPAN, exact=True).click()
    expect(box.get_by_role("alert")).to_contain_text("Alasan", timeout=10_000)  # a status needs its reason
    settled(page)
    assert axe(page) == []
    box.get_by_label(t.ALASAN_WAJIB, exact=True).fill("panti kosong saat kunjungan")
    save(page, box, settled)
    page.get_by_text(t.SUMBU_RIWAYAT, exact=True).click()
    history = page.get_by_test_id("stExpander").filter(has_text=t.SUMBU_RIWAYAT)
    parts = (nilai.AXIS_TITLES["aktif"], nilai.axis_value("aktif", "tidak_aktif"), figures.date_long(seen))
    expect(history.get_by_text("panti kosong saat kunjungan", exact=False).first).to_be_visible()
    expect(history).to_contain_text(" · ".join(parts))
    expect(history).to_contain_text(server.users["operator_magelang"].username)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390, "the page scrolls sideways"
    assert foreign == []
    page.context.close()


def test_a_request_goes_from_application_to_tanda_daftar(
    server: Any, browser: Browser, sign_in: Any, settled: Any, watch_requests: Any
) -> None:
    code = "LKS-33.71-0001"
    server.python(RECEIVE_PAPERS, given=json.dumps(code))
    page = new_page(browser, 1440)
    foreign = watch_requests(page, server)
    sign_in(page, server, server.users["operator_magelang"])
    page.goto(f"{server.url}/profil_lks?lks={code}")
    expect(page.get_by_role("heading", name=t.PERMOHONAN, exact=True)).to_be_visible(timeout=20_000)
    settled(page)
    page.get_by_role("button", name=t.PERMOHONAN_AJUKAN).click()
    box = dialog(page)
    choose(page, box, t.PERMOHONAN_JENIS, t.JENIS_PERMOHONAN["baru"])
    save(page, box, settled)

    today = clock.today()
    steps: list[tuple[str, Callable[[Locator], None]]] = [
        ("periksa", lambda box: None),
        ("lengkap", lambda box: None),  # today stands there already
        ("verifikasi", lambda box: fill_day(box, t.TANGGAL_KUNJUNGAN, today)),
        ("terbitkan", lambda box: issue(box, today)),
    ]
    for step, fill in steps:
        page.get_by_role("button", name=t.LANGKAH[step], exact=True).click()
        box = dialog(page)
        settled(page)
        fill(box)
        save(page, box, settled)
    expect(page.get_by_text(t.STATUS_PERMOHONAN["terbit"], exact=True).first).to_be_visible()
    expect(page.get_by_text(t.SUMBU_NOMOR.format(nomor="460/UJI/2026")).first).to_be_visible()
    expect(page.get_by_text(t.SUMBU_PENERBIT.format(penerbit="Dinas Sosial (uji)")).first).to_be_visible()
    assert foreign == []
    page.context.close()


def issue(box: Locator, day: date) -> None:
    box.get_by_label(t.TERBIT_NOMOR, exact=True).fill("460/UJI/2026")
    box.get_by_label(t.TERBIT_PENERBIT, exact=True).fill("Dinas Sosial (uji)")
    fill_day(box, t.TERBIT_TANGGAL, day)
    fill_day(box, t.TERBIT_SAMPAI, day.replace(year=day.year + 5, day=1))


@pytest.mark.parametrize("width", WIDTHS)
def test_what_waits_leads_to_its_profile(
    width: int, server: Any, browser: Browser, sign_in: Any, settled: Any, axe: Any
) -> None:
    code = f"LKS-33.71-{'0006' if width == 390 else '0007'}"
    server.python(APPLY, given=json.dumps(code))
    page = new_page(browser, width)
    sign_in(page, server, server.users["operator_magelang"])
    page.goto(server.url + "/permohonan")
    table = page.get_by_test_id("stDataFrame")
    expect(table).to_be_visible(timeout=20_000)
    settled(page)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width, "the page scrolls sideways"
    assert axe(page) == []
    table.click(position={"x": 18, "y": HEAD + ROW // 2})
    link = page.get_by_role("link", name=permohonan.BUKA_PROFIL)
    expect(link).to_be_visible(timeout=10_000)
    link.click()
    expect(page.get_by_role("heading", name=t.PERMOHONAN, exact=True)).to_be_visible(timeout=20_000)
    settled(page)
    assert "lks=LKS-33.71-000" in page.url
    expect(page.get_by_text(t.STATUS_PERMOHONAN["diajukan"], exact=True).first).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    ("path", "opener", "title"),
    [
        ("profil_lks?lks=LKS-33.71-0002", t.BERKAS_UBAH, t.BERKAS_UBAH),
        ("profil_lks?lks=LKS-33.71-0002", t.BINAAN_UBAH, t.BINAAN_UBAH),
        ("profil_lks?lks=LKS-33.71-0002", t.BANTUAN_TAMBAH, t.BANTUAN),
        ("profil_lks?lks=LKS-33.71-0002", t.BUKA_PRIBADI, t.BUKA_PRIBADI),
        ("profil_lks?lks=LKS-33.71-0002", t.ARSIPKAN, t.ARSIP),
        ("profil_lks?lks=LKS-33.71-0002", t.UBAH, t.UBAH),
        ("kembar?kembar_batas=60", t.GABUNGKAN, t.GABUNGKAN),
    ],
)
def test_a_dialog_is_accessible_and_fits(
    path: str, opener: str, title: str, width: int, server: Any, browser: Browser, sign_in: Any, settled: Any, axe: Any
) -> None:
    page = new_page(browser, width)
    sign_in(page, server, server.users["operator_magelang"])
    page.goto(f"{server.url}/{path}")
    expect(page.get_by_role("button", name=opener).last).to_be_visible(timeout=20_000)
    settled(page)
    page.get_by_role("button", name=opener).last.click()
    box = dialog(page)
    settled(page)
    expect(box.get_by_text(title, exact=True).first).to_be_visible()
    width_inside = box.evaluate("box => [box.scrollWidth, box.clientWidth]")
    assert width_inside[0] <= width_inside[1], "the dialog scrolls sideways"
    assert axe(page) == []
    page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "path",
    ["profil_lks", "profil_lks?lks=LKS-33.71-0002", "lks_baru", "kembar", "kembar?kembar_batas=60", "permohonan"],
)
def test_the_screens_of_one_lks_are_accessible_and_fit(
    path: str, width: int, server: Any, browser: Browser, sign_in: Any, settled: Any, watch_requests: Any, axe: Any
) -> None:
    page = new_page(browser, width)
    foreign = watch_requests(page, server)
    sign_in(page, server, server.users["operator_magelang"])
    page.goto(f"{server.url}/{path}")
    expect(page.get_by_role("heading", level=1).first).to_be_visible(timeout=20_000)
    settled(page, quiet_ms=800)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width, "the page scrolls sideways"
    assert axe(page) == []
    assert foreign == []
    page.context.close()
