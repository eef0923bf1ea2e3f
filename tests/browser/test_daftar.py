"""An LKS applies from a 390 px phone that loses its network between two photographs; it arrives once, with both."""

import hashlib
import io
import json
import os
import re
import sqlite3
import textwrap
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect

RETURN = """
from sqlalchemy import select, update
from data_access.commands import applications, trail
from data_access.engine import writing
from data_access.tables_pengajuan import pengajuan, pengajuan_berkas
from services import clock, installation
installation.ready()
with writing() as c:
    trail.bump(c, "pengajuan")
    real = pengajuan.c.contoh.is_(False)
    number = c.execute(select(pengajuan.c.id).where(real)).scalar_one()
    c.execute(update(pengajuan).where(real).values(status="dikembalikan", versi=2, catatan="Akta buram", diminta=["berkas:akta"]))
    akta = (pengajuan_berkas.c.syarat == "akta", pengajuan_berkas.c.pengajuan_id == number)
    c.execute(update(pengajuan_berkas).where(*akta).values(keadaan="ditolak", alasan="Buram"))
    applications.add_step(c, number, "dikembalikan", clock.now(), "uji", "Akta buram")
"""
TARGETS = """() => [...document.querySelectorAll("main a, main button, main input:not([type=hidden]), main select, main textarea")]
    .filter(e => e.offsetParent !== null)
    .map(e => e.type === "checkbox" ? e.closest("label") : e.type === "file" ? e.nextElementSibling : e)
    .filter(e => e.getBoundingClientRect().height < 43.5)
    .map(e => e.outerHTML.slice(0, 120))"""
KEPT = """() => new Promise(done => {
    const found = Object.keys(localStorage).filter(k => k.startsWith("daftar:")).map(k => JSON.parse(localStorage[k]));
    const asked = indexedDB.open("pilar-daftar", 1);
    asked.onsuccess = () => {
        const all = asked.result.transaction("berkas").objectStore("berkas").getAllKeys();
        all.onsuccess = () => { asked.result.close(); done([found, all.result.length]); };
    };
})"""


@pytest.fixture(scope="module")
def office(make_server: Callable[[], Any]) -> Any:
    """A server of its own: a real application closes the one-click sample roles for good."""
    return make_server()


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


def photograph(folder: Path, name: str) -> Path:
    """A camera's picture of noise with its maker and place: more than 2 MB, so that making it smaller matters."""
    exif = Image.Exif()
    exif[0x010F] = "Ponsel Uji"
    exif.get_ifd(0x8825)[2] = (7.0, 28.0, 15.0)
    made = io.BytesIO()
    noise = Image.frombytes("RGB", (800, 600), os.urandom(800 * 600 * 3)).resize((3200, 2400), Image.Resampling.BICUBIC)
    noise.save(made, "JPEG", quality=95, exif=exif)
    assert len(made.getvalue()) > 2_000_000
    path = folder / name
    path.write_bytes(made.getvalue())
    return path


def stored(office: Any, query: str, *values: Any) -> list[Any]:
    with closing(sqlite3.connect(office.data / "pilar.db", timeout=15)) as connection:
        return connection.execute(query, values).fetchall()


def no_sideways_scroll(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def fill(page: Page) -> None:
    page.get_by_role("checkbox", name=re.compile("Saya berwenang")).check()
    for label, value in (
        ("Nama LKS", "Panti Asuhan Uji Jaringan"),
        ("Alamat", "Jalan Uji 1"),
        ("Nama ketua", "Siti Uji"),
        ("Nama pengisi", "Budi Uji"),
        ("Telepon pengisi", "0812 3456 7890"),
    ):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("Kecamatan", exact=True).select_option(label="Magelang Selatan")
    page.get_by_role("checkbox", name="Anak", exact=True).check()


def test_an_application_survives_a_network_that_goes_away_between_two_photographs(
    office: Any,
    phone: Page,
    context: BrowserContext,
    axe: Callable[..., list[str]],
    watch_requests: Any,
    tmp_path: Path,
) -> None:
    foreign = watch_requests(phone, office)
    phone.goto(f"{office.url}/daftar")
    assert axe(phone, known=()) == []
    phone.get_by_role("link", name="Daftarkan LKS").click()
    phone.get_by_label("Provinsi").select_option(label="Jawa Tengah")
    phone.get_by_role("button", name="Lanjut").click()
    phone.get_by_label("Kabupaten atau kota").select_option(label="Kota Magelang")
    asked: list[Request] = []
    phone.on(
        "request", lambda request: asked.append(request) if not request.url.startswith(("blob:", "data:")) else None
    )
    phone.get_by_role("button", name="Lanjut").click()
    expect(phone.get_by_role("button", name="Kirim pengajuan")).to_be_visible()
    assert len(asked) <= 3, [one.url for one in asked]
    assert axe(phone, known=()) == []
    no_sideways_scroll(phone)
    assert phone.evaluate(TARGETS) == []

    phone.get_by_role("button", name="Kirim pengajuan").click()
    expect(phone.locator("#ringkasan-teks")).to_have_text("8 isian belum lengkap.")
    fill(phone)
    expect(phone.locator("p.masalah:visible")).to_have_count(0)  # what is mended is no longer told to be wrong
    expect(phone.locator("#keadaan")).to_have_text("Tersimpan di ponsel ini.")
    akta, domisili = (photograph(tmp_path, name) for name in ("akta.jpg", "domisili.jpg"))
    phone.locator("#b-akta").set_input_files(akta)
    expect(phone.locator("[data-syarat=akta] li")).to_contain_text("Tersimpan di ponsel", timeout=20_000)
    phone.reload()  # nothing was sent, nothing is lost
    expect(phone.get_by_label("Nama LKS", exact=True)).to_have_value("Panti Asuhan Uji Jaringan")
    expect(phone.get_by_role("checkbox", name="Anak", exact=True)).to_be_checked()
    expect(phone.locator("[data-syarat=akta] li")).to_contain_text("Tersimpan di ponsel")
    expect(phone.get_by_role("checkbox", name=re.compile("Saya berwenang"))).not_to_be_checked()  # agreed to anew

    context.set_offline(True)
    phone.locator("#b-domisili").set_input_files(domisili)
    expect(phone.locator("[data-syarat=domisili] li")).to_contain_text("Tersimpan di ponsel", timeout=20_000)
    phone.get_by_role("checkbox", name=re.compile("Saya berwenang")).check()
    phone.get_by_role("button", name="Kirim pengajuan").click()
    expect(phone.locator("#keadaan")).to_contain_text("Belum diterima server")
    assert stored(office, "SELECT count(*) FROM pengajuan WHERE contoh = 0") == [(0,)]

    seen: dict[str, int] = {}
    cut = {"on": True}

    def line(route: Route) -> None:
        key = route.request.url.partition("/berkas/")[2][:36]
        seen[key] = seen.get(key, 0) + 1
        if cut["on"] and len(seen) == 2 and list(seen)[1] == key and seen[key] > 2:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    phone.route("**/daftar/berkas/**", line)
    context.set_offline(False)
    expect(phone.locator("#tanda-berkas")).to_contain_text(
        "1 dari 2 berkas terkirim, sisanya menunggu jaringan", timeout=30_000
    )
    ticket = phone.locator("#tanda-tiket").inner_text()
    assert re.fullmatch(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){2}", ticket)
    while list(seen.values())[-1] < 3 or len(seen) < 2:
        phone.wait_for_timeout(50)
    context.set_offline(True)
    half = stored(office, "SELECT diterima, selesai FROM pengajuan_berkas WHERE alamat IS NOT NULL ORDER BY id")
    assert half[0][1] == 1 and half[1] == (96_000, 0)  # two pieces of the second photograph had arrived
    phone.close()

    context.set_offline(False)
    again = context.new_page()
    started: list[str] = []
    again.on("request", lambda request: started.append(request.url) if request.method == "PUT" else None)
    again.goto(f"{office.url}/daftar")  # any page of the door sends what waits
    expect(again.locator("#daftar-ponsel")).to_contain_text("2 dari 2 berkas terkirim.", timeout=30_000)
    assert started[0].endswith("?dari=96000")
    assert axe(again, known=()) == []

    ((number, kunci, sidik, sidik_tiket),) = stored(
        office, "SELECT id, kunci, sidik_isi, sidik_tiket FROM pengajuan WHERE contoh = 0"
    )
    files = stored(
        office,
        "SELECT kunci, syarat, sidik, ukuran, pengajuan_kunci, pengajuan_id, selesai FROM pengajuan_berkas"
        " WHERE alamat IS NOT NULL ORDER BY id",
    )
    assert [(row[1], row[4], row[5], row[6]) for row in files] == [
        ("akta", kunci, number, 1),
        ("domisili", kunci, number, 1),
    ]
    for key, _, digest, size, *_ in files:
        content = (office.data / "pengajuan" / key).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest and len(content) == size < 1_500_000
        assert max(Image.open(io.BytesIO(content)).size) == 1600 and b"Ponsel Uji" not in content
    (kept,), photographs = again.evaluate(KEPT)
    assert photographs == 0 and (kept["h"], kept["tiket"]) == (sidik, ticket)
    assert not {"v", "b"} & kept.keys() and "Budi" not in json.dumps(kept)  # the phone has let go of what was handed in
    assert foreign == [] and sidik_tiket

    again.goto(f"{office.url}/daftar/tiket")
    expect(again.locator("#status")).to_contain_text("Diterima, menunggu diperiksa")
    again.get_by_role("button", name="Selesai melihat").click()
    again.goto(f"{office.url}/daftar/tiket")
    again.get_by_label("Nomor tiket").fill(ticket.lower().replace("-", " "))
    again.get_by_role("button", name="Lihat").click()
    expect(again.locator("main")).to_contain_text("Akta pendirian / akta notaris: ✓ 1 diterima")
    assert axe(again, known=()) == []
    no_sideways_scroll(again)

    again.locator("#b-npwp").set_input_files(akta)  # what was missing may follow by ticket
    expect(again.locator("#keadaan")).to_have_text("1 dari 1 berkas terkirim.", timeout=30_000)
    again.get_by_role("button", name="Muat ulang keadaan").click()
    expect(again.locator("main")).to_contain_text("NPWP atas nama LKS: ✓ 1 diterima")

    office.python(textwrap.dedent(RETURN))
    again.reload()
    expect(again.locator("#status")).to_contain_text("Dikembalikan")
    assert axe(again, known=()) == []
    assert again.evaluate(TARGETS) == []
    again.locator("#b-akta").set_input_files(akta)
    expect(again.locator("#keadaan")).to_have_text("1 dari 1 berkas terkirim.", timeout=30_000)
    again.get_by_role("button", name="Kirim kelengkapan").click()
    expect(again.locator("#status")).to_contain_text("Sudah dilengkapi")
    assert stored(office, "SELECT status, count(*) FROM pengajuan WHERE contoh = 0") == [("dilengkapi", 1)]
    trail = stored(office, "SELECT aksi, objek_id FROM audit WHERE objek = 'pengajuan' ORDER BY id")
    assert [(aksi,) for aksi, of in trail if of == str(number)] == [
        *(
            ("ajukan_daring",),
            ("unggah_daring",),
            ("unggah_daring",),
            ("unggah_daring",),
            ("unggah_daring",),
            ("lengkapi_daring",),
        ),
    ]
    said = office.log.read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in said and ticket not in said and "0812" not in said


LINK = """
from domain.permissions import COMMAND_LINE
from services import application_doors, installation, keeping
installation.ready()
new = dict(nama="Panti Tautan Uji", kode_wilayah="33.71.01", kluster=["anak"], ketua="Ani", alamat="Jl. 1", ketua_telepon="081234567890")
lks = keeping.create(COMMAND_LINE, new, "t-tautan-lks")
print(application_doors.make_link(COMMAND_LINE, lks, None, "t-tautan"))
"""


def test_a_personal_link_opens_the_profile_and_takes_a_correction(
    office: Any, phone: Page, axe: Callable[..., list[str]]
) -> None:
    path = office.python(textwrap.dedent(LINK)).strip()
    token = path.partition("#")[2]
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(office.url + path)
    expect(phone.get_by_role("heading", name="Panti Tautan Uji")).to_be_visible()
    assert token not in phone.url and not any(token in one.partition("#")[0] for one in asked)
    assert axe(phone, known=()) == []
    no_sideways_scroll(phone)
    assert phone.evaluate(TARGETS) == []
    expect(phone.get_by_text("Tercatat **********7890. Kosongkan bila tidak berubah.")).to_be_visible()
    phone.get_by_label("Daya tampung (orang)").fill("25")
    phone.get_by_label("Nama Anda", exact=True).fill("Ani Uji")
    phone.get_by_role("checkbox", name=re.compile("Saya berwenang")).check()
    phone.get_by_role("button", name="Kirim perbaikan").click()
    expect(phone.locator("#tanda-tiket")).to_have_text(re.compile(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){2}"), timeout=15_000)
    phone.reload()
    expect(phone.locator("main")).to_contain_text("Diterima, menunggu diperiksa")
    query = "SELECT bidang, nilai FROM pengajuan_isian WHERE pengajuan_id = (SELECT max(id) FROM pengajuan)"
    assert stored(office, query) == [("kapasitas", 25)]
    assert token not in office.log.read_text(encoding="utf-8", errors="replace")
