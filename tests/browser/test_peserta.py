"""The roster in a real browser: a messy Excel list imported, a walk-in on a phone, cards and a poster fetched."""

import io
import re
from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

import openpyxl
import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import RunningServer, User
from ui.bimtek import choosing
from ui.text import impor
from ui.text import peserta as t

ADD_EVENT = """
from tests import bimtek_rows
from services import installation
installation.ready()
print(bimtek_rows.store_event(judul="Bimtek uji peramban", people=()).event_id)
"""
Settled = Callable[..., Page]
SignIn = Callable[[Page, RunningServer, User], None]


@pytest.fixture(scope="module")
def event_id(server: RunningServer) -> int:
    return int(server.python(ADD_EVENT).split()[-1])


def page_of(server: RunningServer, event_id: int) -> str:
    """The page of this very event: the server is shared, and other tests store later events."""
    row = {"id": event_id, "judul": "Bimtek uji peramban", "mulai": date(2026, 5, 22)}
    return f"{server.url}/peserta?{urlencode({choosing.EVENT: choosing.label(row)})}"


def workbook() -> bytes:
    """22 people of 11 LKS below a letterhead, a telephone as a number, one of them twice, and one without a name."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["DAFTAR PESERTA BIMTEK LKS"])
    sheet.append([])
    sheet.append(["No", "Nama Lengkap", "L/P", "Jabatan", "Asal LKS", "No. HP", "Tanda Tangan"])
    for number in range(22):
        row = [number + 1, f"Peserta Contoh {number + 1:02}", "LP"[number % 2], "Pengurus", f"LKS Contoh {number // 2}"]
        sheet.append([*row, 81200000000 + number])
    sheet.append([23, "PESERTA CONTOH 01", None, None, "lks contoh 0"])
    sheet.append([24, None, None, "Anggota", "LKS Contoh 1"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_list_is_imported_and_its_cards_are_fetched(
    page: Page, server: RunningServer, event_id: int, settled: Settled, sign_in: SignIn, axe: Callable[..., list[str]]
) -> None:
    sign_in(page, server, server.users["operator_magelang"])
    page.goto(page_of(server, event_id))
    expect(page.get_by_role("heading", name=t.PESERTA, exact=True)).to_be_visible()
    expect(page.get_by_text(t.KOSONG_JUDUL)).to_be_visible()
    page.get_by_role("button", name=t.IMPOR).click()
    content = FilePayload(name="daftar peserta.xlsx", mimeType="application/octet-stream", buffer=workbook())
    page.locator("input[type=file]").set_input_files(content)
    save = page.get_by_role("button", name=impor.SIMPAN.format(jumlah=22))
    expect(save).to_be_visible(timeout=30_000)
    assert settled(page).get_by_test_id("stMetricValue").all_inner_texts() == ["22", "0", "0", "2"]
    save.click()
    expect(page.get_by_role("heading", name="22 orang dari 11 LKS")).to_be_visible()
    page.reload()  # the notice of the save is Streamlit's toast, a dialog without a name
    expect(page.get_by_role("heading", name="22 orang dari 11 LKS")).to_be_visible()
    assert axe(settled(page)) == []
    page.get_by_role("button", name=t.KARTU).click()
    dialog = page.get_by_role("dialog")
    address = dialog.get_by_label(t.ALAMAT)
    expect(address).to_have_value(server.url)
    expect(dialog.get_by_text(t.LOOPBACK)).to_be_visible()
    address.fill("192.168.1.10:8501")
    address.press("Enter")
    expect(dialog.get_by_text(t.LOOPBACK)).not_to_be_visible()
    dialog.get_by_role("button", name=t.BUAT_KARTU.format(jumlah=22)).click()
    fetched = dialog.get_by_role("link", name=t.UNDUH_KARTU)
    expect(fetched).to_be_visible()
    answer = page.context.request.get(server.url + str(fetched.get_attribute("href")))
    sheet = answer.text()
    assert answer.status == 200 and "attachment" in answer.headers["content-disposition"]
    assert sheet.count('class="kartu"') == 22 and sheet.count('class="lembar"') == 3
    # The sheet as it is printed: opened from a disk, without any network, on A4.
    page.context.set_offline(True)
    page.set_content(sheet)
    page.emulate_media(media="print")
    spilled = page.evaluate(
        "() => [...document.querySelectorAll('.kartu')].filter(k => k.scrollHeight > k.clientHeight + 1"
        " || k.scrollWidth > k.clientWidth + 1).length"
    )
    assert spilled == 0, "everything fits on its card"
    pages = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True))
    assert len(pages) == 3, "ten cards a page"


def test_a_walk_in_on_a_phone_has_a_code_within_a_minute(
    page: Page, server: RunningServer, event_id: int, settled: Settled, sign_in: SignIn
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, server, server.users["pelatih"])
    page.goto(page_of(server, event_id))
    page.get_by_role("button", name=t.WALK_IN).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(t.ISIAN["nama"], exact=True).fill("Peserta Contoh Mendadak")
    dialog.get_by_role("radio", name=t.JENIS["lkks"]).or_(dialog.get_by_role("button", name=t.JENIS["lkks"])).click()
    dialog.get_by_label(t.ISIAN["instansi"], exact=True).fill("LKKS Contoh")
    dialog.get_by_role("button", name=t.LANGSUNG_SIMPAN).click()
    expect(dialog.get_by_test_id("stMetricValue")).to_have_text(re.compile(r"^[2-9A-Z]{4}-[2-9A-Z]{4}$"))
    wide = settled(page).evaluate("() => document.scrollingElement.scrollWidth > window.innerWidth")
    assert not wide, "no sideways scroll"
