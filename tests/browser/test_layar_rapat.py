"""The wall of a meeting in a real browser: a change shows in time, everything fits and is large, keys move one screen."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import RunningServer, User
from tests.browser.test_live import OVERFLOW, SMALL_TEXT

ADD_MEETING = """
import json
from datetime import timedelta
from domain.rapat import PANELS, PanelSpec
from services import clock, installation
from tests.panel_rows import add_action, add_decision, add_meeting
installation.ready()
today = clock.today()
for n in range(9):
    text = f"Tugas yang cukup panjang untuk satu baris pada layar di depan ruangan nomor {n}"
    add_action("33.71", text, pic="Nama Rahasia", pic_instansi="Dinas Sosial Kota Magelang",
               tenggat=today + timedelta(days=n - 3))
one = [(jenis, [PanelSpec(jenis, kode="terdaftar")]) for jenis in PANELS]
many = [("Butir berempat dengan judul panjang " * 3, [PanelSpec(jenis, kode="terdaftar") for jenis in PANELS[n:n + 4]])
        for n in range(0, len(PANELS), 4)]
made, ids = add_meeting("33.71", [one[0], ("Dua", [PanelSpec("kluster"), PanelSpec("wilayah")]), *one[1:], *many],
                        judul="Rapat koordinasi LKKS Kota Magelang")
for item in (ids[1], ids[-3], ids[-2]):
    for n in range(3):
        add_decision(made, item, f"Keputusan {n} " + "yang panjang sekali " * 12)
        add_action("33.71", "Tindak lanjut " + "yang panjang sekali " * 12, rapat_id=made, butir_id=item,
                   pic="Nama Rahasia", pic_instansi="Dinas Sosial Kota Magelang", tenggat=today)
print(json.dumps({"id": made, "items": len(ids)}))
"""
CHANGES = 30
# Stores one LKS more at a time, at moments that fall anywhere between two looks, and says when each was there.
CHANGE = """
import json, random, time
from services import installation
from tests.register_rows import lks_row, store
installation.ready()
chance, told = random.Random(5), []
for number in range(CHANGES):
    time.sleep(chance.uniform(0.2, 0.8))
    store(lks_row(f"LKS ukur {number}", "33.71.01", kluster=["anak"]))
    told.append(time.time())
print(json.dumps(told))
""".replace("CHANGES", str(CHANGES))
# Notes when each number of LKS was first seen.
WATCH = """() => {
    window.__seen = {};
    setInterval(() => {
        const found = /tercatat ([0-9]+) LKS/.exec(document.body.innerText);
        if (found && !(found[1] in window.__seen)) window.__seen[found[1]] = Date.now() / 1000;
    }, 20);
}"""
Settled = Callable[..., Page]
SignIn = Callable[[Page, RunningServer, User], None]
Axe = Callable[..., list[str]]


@pytest.fixture(scope="module")
def server(make_server: Callable[[], RunningServer]) -> RunningServer:
    """A server of its own: what is added to the register here must not be counted by the tests of other screens."""
    return make_server()


@pytest.fixture(scope="module")
def meeting(server: RunningServer) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(server.python(ADD_MEETING).splitlines()[-1])
    return made


def address(server: RunningServer, meeting: dict[str, Any], item: int) -> str:
    return f"{server.url}/rapat?embed=true&rapat={meeting['id']}&butir={item}"


def test_every_item_fits_one_screen_is_large_and_names_nobody(
    page: Page, server: RunningServer, meeting: dict[str, Any], sign_in: SignIn, axe: Axe
) -> None:
    sign_in(page, server, server.users["operator_magelang"])
    page.set_viewport_size({"width": 1920, "height": 969})  # full HD with a window's bar
    page.goto(address(server, meeting, 1))
    for item in range(1, meeting["items"] + 1):
        if item > 1:
            page.keyboard.press("ArrowRight")
        expect(page.get_by_text(f"Butir {item} dari {meeting['items']}")).to_be_visible(timeout=30_000)
        page.wait_for_timeout(700)
        for _ in range(20):  # what the item before has left is gone once the look has ended
            if not page.evaluate(OVERFLOW):
                break
            page.wait_for_timeout(250)
        assert page.evaluate(OVERFLOW) == [], item
        assert page.evaluate(SMALL_TEXT, 24) == [], item
        assert page.get_by_test_id("stSidebar").count() == 0
        assert "Nama Rahasia" not in page.content()
        if item in (1, 2, meeting["items"]):
            assert axe(page) == [], item
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address(server, meeting, 1))
    expect(page.get_by_text("Butir 1 dari")).to_be_visible(timeout=30_000)
    page.wait_for_timeout(700)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_keys_move_one_screen_and_leave_the_other(
    page: Page, server: RunningServer, meeting: dict[str, Any], sign_in: SignIn
) -> None:
    sign_in(page, server, server.users["operator_magelang"])
    other = page.context.new_page()
    for screen in (page, other):
        screen.goto(address(server, meeting, 3))
        expect(screen.get_by_text("Butir 3 dari")).to_be_visible(timeout=30_000)
    for key, item in (("ArrowRight", 4), ("PageDown", 5), ("Space", 6), ("ArrowLeft", 5), ("PageUp", 4)):
        page.keyboard.press(key)
        expect(page.get_by_text(f"Butir {item} dari")).to_be_visible(timeout=5_000)
    assert "butir=4" in page.evaluate("location.href")
    expect(other.get_by_text("Butir 3 dari")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Butir 4 dari")).to_be_visible(timeout=30_000)


def test_a_change_is_on_the_wall_within_two_seconds(
    page: Page, server: RunningServer, meeting: dict[str, Any], sign_in: SignIn
) -> None:
    """Thirty writes of another process, each at some moment between two looks of the screen."""
    sign_in(page, server, server.users["operator_magelang"])
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(address(server, meeting, 2))
    expect(page.get_by_text("tercatat 11 LKS: 8 Anak").first).to_be_visible(timeout=30_000)
    page.evaluate(WATCH)
    stored = json.loads(server.python(CHANGE).splitlines()[-1])
    expect(page.get_by_text(f"tercatat {11 + CHANGES} LKS").first).to_be_visible(timeout=5_000)
    seen = {int(number): at for number, at in page.evaluate("window.__seen").items()}
    waited = []
    for number, at in enumerate(stored, 12):
        waited.append(min(when for shown, when in seen.items() if shown >= number) - at)
    print(f"{len(waited)} changes: median {sorted(waited)[len(waited) // 2]:.2f} s, longest {max(waited):.2f} s")
    assert len(waited) == CHANGES and max(waited) <= 2.0
