"""Both sides of the counter: an LKS on its phone and the office at its desk, from the application to the tanda daftar."""

import io
import itertools
import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.test_daftar import fill, no_sideways_scroll, stored
from tests.review_rows import PAPERS
from ui.text import pengajuan as t

# The office finishes what the application began: papers checked, complete, visited, issued for five years.
ISSUE = """
import json, sys
from datetime import timedelta
from services import accounts, clock, installation, registration
installation.ready()
given = json.load(sys.stdin)
by = accounts.actor_of(accounts.sign_in(given["name"], given["password"], "127.0.0.1"))
request, today = given["request"], clock.today()
assert registration.check(by, request, 1, "uji-1") == []
registration.complete(by, request, 2, today, "uji-2")
registration.verify(by, request, 3, today, "Bangunan baik.", "uji-3")
until = registration.validity(by, "33.71", today)
until = until.until if until and until.until else today + timedelta(days=5 * 365)
registration.issue(by, request, 4, "460/UJI/7", "Dinas Sosial Kota Magelang", today, until, "uji-4")
print(until.isoformat())
"""
DOOR, OFFICE = "pendaftaran-daring", "uji.operator.magelang"


@pytest.fixture(scope="module")
def office(make_server: Callable[[], Any]) -> Any:
    """A server of its own: a real application closes the one-click sample roles for good."""
    return make_server()


@pytest.fixture
def phone_context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="id-ID", timezone_id="Asia/Jakarta", has_touch=True
    )
    yield made
    made.close()


def photograph(folder: Path, name: str) -> Path:
    """A small picture of noise, another one each time: what matters here is how many arrive."""
    made = io.BytesIO()
    Image.frombytes("RGB", (320, 240), os.urandom(320 * 240 * 3)).save(made, "JPEG", quality=90)
    path = folder / f"{name}.jpg"
    path.write_bytes(made.getvalue())
    return path


def hand_in(phone: Page, office: Any, folder: Path) -> str:
    """Applies with every required paper; the network goes away between the first photograph and the second."""
    phone.goto(f"{office.url}/daftar")
    phone.get_by_role("link", name="Daftarkan LKS").click()
    phone.get_by_label("Provinsi").select_option(label="Jawa Tengah")
    phone.get_by_role("button", name="Lanjut").click()
    phone.get_by_label("Kabupaten atau kota").select_option(label="Kota Magelang")
    phone.get_by_role("button", name="Lanjut").click()
    expect(phone.get_by_role("button", name="Kirim pengajuan")).to_be_visible()
    fill(phone)
    for paper in PAPERS:
        phone.locator(f"#b-{paper}").set_input_files(photograph(folder, paper))
        expect(phone.locator(f"[data-syarat={paper}] li")).to_contain_text("Tersimpan di ponsel", timeout=20_000)
    begun: list[str] = []

    def line(route: Route) -> None:
        """The network ends with the first request of a second photograph."""
        key = route.request.url.partition("/berkas/")[2][:36]
        if key not in begun:
            begun.append(key)
        if len(begun) > 1:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    phone.route("**/daftar/berkas/**", line)
    phone.get_by_role("button", name="Kirim pengajuan").click()
    waiting = f"1 dari {len(PAPERS)} berkas terkirim, sisanya menunggu jaringan"
    expect(phone.locator("#tanda-berkas")).to_contain_text(waiting, timeout=30_000)
    no_sideways_scroll(phone)
    ticket = phone.locator("#tanda-tiket").inner_text()
    phone.unroute("**/daftar/berkas/**", line)
    phone.context.set_offline(True)
    phone.context.set_offline(False)
    whole = f"{len(PAPERS)} dari {len(PAPERS)} berkas terkirim"
    expect(phone.locator("#tanda-berkas")).to_contain_text(whole, timeout=40_000)
    return ticket


def press(desk: Page, key: str, settled: Callable[..., Page]) -> None:
    """Presses the button of a key and waits until the page stands again."""
    desk.locator(f".st-key-{key} button").click()
    settled(desk)


def test_from_the_phone_over_the_desk_to_the_tanda_daftar(
    office: Any,
    browser: Browser,
    phone_context: BrowserContext,
    sign_in: Callable[..., None],
    settled: Callable[..., Page],
    watch_requests: Any,
    tmp_path: Path,
) -> None:
    phone = phone_context.new_page()
    foreign = watch_requests(phone, office)
    ticket = hand_in(phone, office, tmp_path)
    [(number, versi)] = stored(office, "SELECT id, versi FROM pengajuan WHERE contoh = 0")
    assert versi == 1
    query = "SELECT syarat FROM pengajuan_berkas WHERE pengajuan_id = ? AND selesai ORDER BY 1"
    arrived = stored(office, query, number)
    assert [one for (one,) in arrived] == sorted(PAPERS)
    register = "SELECT count(*) FROM lks WHERE nama = 'Panti Asuhan Uji Jaringan'"

    desk = browser.new_context(viewport={"width": 1440, "height": 900}, locale="id-ID").new_page()
    foreign_too = watch_requests(desk, office)
    user = office.users["operator_magelang"]
    sign_in(desk, office, user)
    desk.goto(f"{office.url}/pengajuan?pengajuan={number}")
    expect(desk.get_by_role("heading", name="Panti Asuhan Uji Jaringan")).to_be_visible(timeout=30_000)
    press(desk, "langkah_periksa", settled)
    desk.locator(".st-key-terima_bersih button").click(timeout=20_000)
    expect(desk.locator(".st-key-terima_bersih")).to_have_count(0, timeout=20_000)
    for paper in PAPERS:
        if paper != "domisili":
            press(desk, f"terima_berkas_{paper}", settled)
    press(desk, "balik_berkas_domisili", settled)
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label(t.ALASAN_BERKAS).fill("Foto domisili buram")
    dialog.get_by_role("button", name=t.KEMBALIKAN).click()
    expect(dialog.get_by_label(t.ALASAN_BERKAS)).to_have_count(0, timeout=20_000)
    press(desk, "langkah_kembalikan", settled)
    expect(dialog.get_by_label(t.PESAN)).to_have_value(re.compile("Foto domisili buram"))
    dialog.get_by_role("button", name=t.LANGKAH["kembalikan"]).click()
    expect(desk.get_by_test_id("stMain")).to_contain_text(t.PADA_LKS, timeout=20_000)
    [(asked,)] = stored(office, "SELECT diminta FROM pengajuan WHERE id = ?", number)
    assert json.loads(asked) == ["berkas:domisili"]
    assert stored(office, register) == [(0,)]  # nothing of it is in the register yet

    phone.goto(f"{office.url}/daftar/tiket")
    if phone.get_by_label("Nomor tiket").count():
        phone.get_by_label("Nomor tiket").fill(ticket)
        phone.get_by_role("button", name="Lihat").click()
    expect(phone.locator("#status")).to_contain_text("Dikembalikan")
    expect(phone.locator("main")).to_contain_text("Foto domisili buram")
    no_sideways_scroll(phone)
    phone.locator("#b-domisili").set_input_files(photograph(tmp_path, "domisili-baru"))
    expect(phone.locator("#keadaan")).to_have_text("1 dari 1 berkas terkirim.", timeout=30_000)
    phone.get_by_role("button", name="Kirim kelengkapan").click()
    expect(phone.locator("#status")).to_contain_text("Sudah dilengkapi")

    desk.reload()
    press(desk, "langkah_periksa", settled)
    press(desk, "lihat_domisili", settled)
    expect(dialog.get_by_role("img")).to_be_visible(timeout=20_000)
    desk.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    press(desk, "terima_berkas_domisili", settled)
    press(desk, "langkah_terapkan", settled)
    dialog.get_by_role("button", name=t.LANGKAH["terapkan"]).click()
    expect(desk.get_by_role("link", name=t.BUKA_PROFIL)).to_be_visible(timeout=30_000)
    query = "SELECT lks_id, permohonan_id, status FROM pengajuan WHERE id = ?"
    [(lks_id, request, status)] = stored(office, query, number)
    assert status == "diterapkan" and stored(office, register) == [(1,)]

    given = {"name": user.username, "password": user.password, "request": request}
    until = office.python(ISSUE, given=json.dumps(given)).splitlines()[-1]
    issued = stored(office, "SELECT daftar, daftar_nomor, daftar_sampai, contoh FROM lks WHERE id = ?", lks_id)
    assert issued == [("terdaftar", "460/UJI/7", until, 0)]
    phone.reload()
    expect(phone.locator("main")).to_contain_text("460/UJI/7")
    desk.get_by_role("link", name=t.BUKA_PROFIL).click()
    expect(desk.get_by_test_id("stMain")).to_contain_text("460/UJI/7", timeout=30_000)

    rows = stored(
        office,
        "SELECT pelaku, objek, aksi FROM audit WHERE (objek LIKE 'pengajuan%' AND objek_id = ?)"
        " OR (objek IN ('lks', 'permohonan') AND objek_id = ?) ORDER BY id",
        str(number),
        str(lks_id),
    )
    told = [row for row, _ in itertools.groupby(rows)]
    assert told == [
        (DOOR, "pengajuan", "ajukan_daring"),
        (DOOR, "pengajuan", "unggah_daring"),
        (OFFICE, "pengajuan", "periksa"),
        (OFFICE, "pengajuan_isian", "putuskan_isian"),
        (OFFICE, "pengajuan", "putuskan_berkas"),
        (OFFICE, "pengajuan", "kembalikan"),
        (DOOR, "pengajuan", "unggah_daring"),
        (DOOR, "pengajuan", "lengkapi_daring"),
        (OFFICE, "pengajuan", "periksa"),
        (OFFICE, "pengajuan", "buka_berkas"),
        (OFFICE, "pengajuan", "putuskan_berkas"),
        (OFFICE, "lks", "tambah"),
        (OFFICE, "permohonan", "ajukan"),
        (OFFICE, "pengajuan", "terapkan"),
        (OFFICE, "permohonan", "periksa"),
        (OFFICE, "permohonan", "lengkap"),
        (OFFICE, "lks", "verifikasi"),
        (OFFICE, "permohonan", "verifikasi"),
        (OFFICE, "lks", "terbit_tanda_daftar"),
        (OFFICE, "permohonan", "terbitkan"),
    ]
    decided = [aksi for _, _, aksi in rows if aksi == "putuskan_berkas"]
    assert len(decided) == len(PAPERS) + 1  # the one that was sent back was decided twice
    assert foreign == [] and foreign_too == []
    assert "Traceback" not in office.log.read_text(encoding="utf-8", errors="replace")
    desk.context.close()
