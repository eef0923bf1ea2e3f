"""The door of online applications over HTTP: its protocol, its pages without scripts, hostile bodies, and its walls."""

import gzip
import hashlib
import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from data_access import submitted_files
from data_access.commands import applications as commands
from data_access.engine import writing
from data_access.tables import audit, lks, permintaan
from data_access.tables_pengajuan import (
    gagal_pintu,
    pengajuan,
    pengajuan_berkas,
    pengajuan_isian,
    pengajuan_konflik,
    tautan_lks,
)
from domain.pengajuan import FIELDS as TAKEN
from domain.permissions import Actor
from services import application_doors, application_fields, application_intake, clock, keeping
from tests.application_rows import FIELDS, VERSION, jpeg, kept_files, new_key, rows
from web import look, trust
from web.public import daftar, daftar_views

Tab = Callable[..., TestClient]
HTML = {"Accept": "text/html,application/xhtml+xml"}
STEP = 48_000
NEW = {"nama": "Panti Lama", "kode_wilayah": "33.71.01", "kluster": ["anak"], "ketua": "Ani", "alamat": "Jl. 1"}


@pytest.fixture
def phone(fresh_db: Path, tab: Tab) -> TestClient:
    """A program or phone that names no page it came from."""
    return tab(own=False)


@pytest.fixture
def link(fresh_db: Path, actor: Callable[..., Actor]) -> tuple[int, str]:
    """An LKS of Kota Magelang with a personal link, beside one of another city: (id, token)."""
    keeping.create(actor("admin"), NEW | {"nama": "Panti Rahasia", "kode_wilayah": "33.74"}, "t-lain")
    lks_id = keeping.create(actor("admin"), NEW | {"ketua_telepon": "081234567890"}, "t-lks")
    path = application_doors.make_link(actor("operator", "33.71"), lks_id, None, "t-tautan")
    return lks_id, path.partition("#")[2]


def body(kunci: str | None = None, **changes: Any) -> dict[str, Any]:
    return {"kunci": kunci or new_key(), "persetujuan": VERSION, "isian": FIELDS | changes}


def form(kunci: str, **changes: Any) -> dict[str, Any]:
    fields = {f"isian.{name}": value for name, value in (FIELDS | changes).items()}
    return {"kunci": kunci, "persetujuan": VERSION, **fields, "isian.kluster": ["", "anak"], "wilayah": "33.71"}


def about(application: str, content: bytes, **changes: str) -> dict[str, str]:
    return {
        "Berkas-Pengajuan": application,
        "Berkas-Syarat": "akta",
        "Berkas-Jenis": "image/jpeg",
        "Berkas-Ukuran": str(len(content)),
        "Berkas-Sidik": hashlib.sha256(content).hexdigest(),
        "Berkas-Nama": "akta%20ke-1.jpg",
    } | changes


def put(phone: TestClient, kunci: str, offset: int, piece: bytes, headers: dict[str, str] | None = None) -> Any:
    return phone.put(f"/daftar/berkas/{kunci}?dari={offset}", content=piece, headers=headers or {})


# --- applications ----------------------------------------------------------------------------------------------------


def test_json_and_a_form_are_the_same_content_and_get_the_same_receipt(phone: TestClient) -> None:
    sent = body()
    first = phone.post("/daftar", json=sent)
    assert first.status_code == 200 and first.headers["cache-control"] == "no-store", first.text
    said = first.json()
    assert (said["status"], said["kunci"]) == ("diterima", sent["kunci"])
    assert said["hash"] == application_fields.content_hash(application_fields.sent(sent))
    assert re.fullmatch(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){2}", said["tiket"])
    flat = {"kunci": sent["kunci"], "persetujuan": VERSION} | {f"isian.{n}": v for n, v in FIELDS.items()}
    for again in (
        phone.post("/daftar", json=sent),
        phone.post("/daftar", json=flat),
        phone.post("/daftar", data=form(sent["kunci"])),
    ):
        assert (again.status_code, again.text) == (200, first.text)
    (row,) = rows(pengajuan)
    assert row["diterima_pada"].isoformat(timespec="milliseconds") == said["diterima_pada"]
    assert said["tiket"].replace("-", "") not in json.dumps(rows(audit), default=str)


def test_another_content_is_409_and_kept(phone: TestClient) -> None:
    sent = body()
    phone.post("/daftar", json=sent)
    for _ in range(2):
        answer = phone.post("/daftar", json=body(sent["kunci"], nama="Panti Lain"))
        assert (answer.status_code, answer.json()["kode"]) == (409, "kunci_pengajuan_sudah_dipakai")
        assert answer.json()["status"] == "ditolak"
    assert len(rows(pengajuan)) == 1 and len(rows(pengajuan_konflik)) == 1


def test_refusals_name_each_field_in_words(phone: TestClient) -> None:
    answer = phone.post("/daftar", json=body(nama="", kapasitas="banyak"))
    assert answer.status_code == 422
    said = answer.json()
    assert said["kode"] == "pengajuan_perlu_diperbaiki" and "2 isian" in said["pesan"]
    assert {one["isian"] for one in said["rincian"]} == {"nama", "kapasitas"}
    assert all(one["pesan"].endswith(".") for one in said["rincian"])
    agreed = phone.post("/daftar", json=body() | {"persetujuan": "lama"})
    assert (agreed.status_code, agreed.json()["kode"]) == (422, "persetujuan_daring_belum")
    wrong = phone.post("/daftar", json=body("bukan-uuid"))
    assert (wrong.status_code, wrong.json()["kode"]) == (422, "kunci_keliru")
    assert rows(pengajuan) == []


def test_a_hundred_applications_shuffled_and_repeated_are_a_hundred(
    phone: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R2: each sent one to five times in any order; the answers to one key are all the same."""
    monkeypatch.setattr(application_intake, "ADDRESS_LIMIT", 1_000)
    rng = random.Random(4)
    bodies = [body(nama=f"Panti {number}") for number in range(100)]
    posts = [one for one in bodies for _ in range(rng.randint(1, 5))]
    rng.shuffle(posts)
    told: dict[str, set[str]] = {}
    for sent in posts:
        answer = phone.post("/daftar", json=sent)
        assert answer.status_code == 200
        told.setdefault(sent["kunci"], set()).add(answer.text)
    assert len(posts) > 200 and len(rows(pengajuan)) == 100
    assert all(len(answers) == 1 for answers in told.values())
    assert len({json.loads(next(iter(one)))["tiket"] for one in told.values()}) == 100


def test_a_flood_is_told_to_wait(phone: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application_intake, "ADDRESS_LIMIT", 1)
    phone.post("/daftar", json=body())
    answer = phone.post("/daftar", json=body())
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "3600")
    assert answer.json()["kode"] == "daftar_terlalu_sering"


# --- files -----------------------------------------------------------------------------------------------------------


def test_a_file_goes_on_after_every_mishap(phone: TestClient) -> None:
    application, key, content = new_key(), new_key(), jpeg(800, 600)
    assert len(content) > 4 * STEP
    assert phone.get(f"/daftar/berkas/{key}").json() == {"sampai": 0, "selesai": False}
    lost = put(phone, key, STEP, content[STEP : 2 * STEP], about(application, content))
    assert (lost.status_code, lost.json()["sampai"]) == (409, 0)
    start = 0
    while start < len(content):
        piece = content[start : start + STEP]
        answer = put(phone, key, start, piece, about(application, content))
        assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
        again = put(phone, key, start, piece)  # the answer was lost on the way
        start = answer.json()["sampai"]
        assert again.json()["sampai"] == start
        assert again.status_code == (200 if answer.json()["selesai"] else 409)
    assert phone.get(f"/daftar/berkas/{key}").json() == {"sampai": len(content), "selesai": True}
    assert submitted_files.read(key) == content
    (row,) = rows(pengajuan_berkas)
    assert (row["nama"], row["alamat"]) == ("akta ke-1.jpg", "127.0.0.1")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"Berkas-Jenis": "text/html"}, "berkas_jenis_tidak_diterima"),
        ({"Berkas-Ukuran": "4000001"}, "berkas_daring_terlalu_besar"),
        ({"Berkas-Ukuran": "-1"}, "berkas_keterangan_keliru"),
        ({"Berkas-Ukuran": "9" * 400}, "berkas_keterangan_keliru"),
        ({"Berkas-Sidik": "../../pilar.db"}, "berkas_keterangan_keliru"),
        ({"Berkas-Syarat": "tidak_ada"}, "berkas_keterangan_keliru"),
        ({"Berkas-Pengajuan": "x"}, "kunci_keliru"),
    ],
)
def test_a_file_that_is_announced_wrongly_leaves_nothing(
    phone: TestClient, fresh_db: Path, change: dict[str, str], code: str
) -> None:
    content = jpeg(20, 20)
    answer = put(phone, new_key(), 0, content, about(new_key(), content, **change))
    assert (answer.status_code, answer.json()["kode"]) == (422, code)
    assert rows(pengajuan_berkas) == [] and kept_files(fresh_db) == []


def test_pieces_are_small_and_belong_to_an_upload(phone: TestClient, fresh_db: Path) -> None:
    content = jpeg(800, 600)
    big = put(phone, new_key(), 0, content[: STEP + 1], about(new_key(), content))
    assert (big.status_code, big.json()["kode"]) == (422, "potongan_terlalu_besar")
    huge = put(phone, new_key(), 0, content[:70_000], about(new_key(), content))
    assert huge.status_code == 413
    assert put(phone, new_key(), 0, content[:100]).status_code == 404
    for address in ("bukan-kunci", "..%2Fpilar.db", new_key() + "?dari=abc", new_key() + "?dari=-1"):
        answer = phone.put(f"/daftar/berkas/{address}", content=b"x", headers=about(new_key(), content))
        assert answer.status_code in (404, 422), address
    assert rows(pengajuan_berkas) == [] and kept_files(fresh_db) == []


# --- hostile bodies --------------------------------------------------------------------------------------------------


def test_hostile_bodies_store_nothing_and_break_nothing(phone: TestClient) -> None:
    deep: Any = "x"
    for _ in range(60):
        deep = [deep]
    bodies: list[tuple[bytes, str]] = [
        (json.dumps(body() | {"isian": deep}).encode(), "application/json"),
        (json.dumps(body(nama={"a": 1})).encode(), "application/json"),
        (json.dumps(body(nama=["a", {"b": []}])).encode(), "application/json"),
        (json.dumps(body(nama=True)).encode(), "application/json"),
        (json.dumps(body(kluster=[1, None, {"x": 2}])).encode(), "application/json"),
        (json.dumps(body(tanggal_berdiri=[2020])).encode(), "application/json"),
        (json.dumps(body(kapasitas=1e308)).encode(), "application/json"),
        (json.dumps(body(ketua_nik="3371011505800001")).encode(), "application/json"),
        (json.dumps(body(nama="x" * 201)).encode(), "application/json"),
        (json.dumps(body(nama="a\x00b")).encode()[:-3], "application/json"),
        (json.dumps(body() | {"isian": FIELDS | {f"x{n}": "1" for n in range(1_100)}}).encode(), "application/json"),
        (b'{"kunci": NaN}', "application/json"),
        (b"[]", "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"&".join(b"isian.x=1" for _ in range(1_100)), "application/x-www-form-urlencoded"),
        (b"kunci=%FF&isian.nama=%00", "application/x-www-form-urlencoded"),
    ]
    for content, kind in bodies:
        answer = phone.post("/daftar", content=content, headers={"Content-Type": kind})
        assert answer.status_code == 422, (content[:80], answer.text)
        assert answer.json()["status"] == "ditolak"
    assert phone.post("/daftar", content=b"x" * 70_000).status_code == 413
    assert phone.post("/daftar", content=b"x", headers={"Content-Type": "text/plain"}).status_code == 415
    assert rows(pengajuan) == [] and rows(pengajuan_isian) == []


def test_two_hundred_broken_copies_of_a_body_store_at_most_what_is_whole(phone: TestClient) -> None:
    """R6, in small: a body cut or changed anywhere is refused or is another whole body, never a traceback."""
    rng = random.Random(11)
    whole = json.dumps(body()).encode()
    for _ in range(200):
        cut = whole[: rng.randrange(len(whole))]
        answer = phone.post("/daftar", content=cut, headers={"Content-Type": "application/json"})
        assert answer.status_code == 422
    assert rows(pengajuan) == []


def test_addresses_and_methods_below_the_door_are_ours(phone: TestClient, inner: Any) -> None:
    for path in ("/daftar/", "/daftar/baru/", "/daftar/x", "/daftar/berkas", "/daftar/tiket/x", "/daftar/lks/a/b"):
        answer = phone.get(path, headers=HTML)
        assert answer.status_code == 404 and "Halaman ini tidak ada" in answer.text, path
    for method, path in (
        ("PUT", "/daftar"),
        ("DELETE", "/daftar/tiket"),
        ("POST", "/daftar/baru"),
        ("PATCH", "/daftar/lks"),
    ):
        answer = phone.request(method, path)
        assert (answer.status_code, answer.json()["kode"]) == (405, "cara_tidak_dikenal"), path
    assert phone.post("/daftar/apa").status_code == 404
    assert inner.seen == []
    assert trust.safe_next("/daftar/baru") == "/" and trust.safe_next("/daftar-lks") == "/daftar-lks"


def test_another_site_cannot_send_in_somebodys_name(tab: Tab, fresh_db: Path) -> None:
    evil = tab(own=False, Origin="http://jahat.example")
    assert evil.post("/daftar", json=body()).status_code == 403
    assert put(evil, new_key(), 0, b"x").status_code == 403
    assert rows(pengajuan) == []


# --- pages without scripts -------------------------------------------------------------------------------------------


def page(client: TestClient, path: str) -> str:
    answer = client.get(path, headers=HTML)
    assert answer.status_code == 200, answer.text
    assert "img-src 'self' data: blob:" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    return answer.text


def hidden(text: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    assert found, text
    return found[1]


def test_a_browser_without_scripts_applies_and_follows_its_ticket(tab: Tab, fresh_db: Path) -> None:
    browser = tab()
    assert "Masukkan nomor tiket" in page(browser, "/daftar")
    assert 'value="33">Jawa Tengah' in page(browser, "/daftar/baru")
    assert 'value="33.71">Kota Magelang' in page(browser, "/daftar/baru?wilayah=33")
    text = page(browser, "/daftar/baru?wilayah=33.71")
    assert "checked" not in text and "selected" not in text  # nothing is answered beforehand
    assert "Foto berkas dapat menyusul" in text and "Magelang Tengah" in text and "Panti" not in text
    key = hidden(text, "kunci")
    wrong = browser.post("/daftar", data=form(key, nama="", alamat="Jalan <b>Uji</b>"), headers=HTML)
    assert wrong.status_code == 422 and "Ada 1 isian" in wrong.text and hidden(wrong.text, "kunci") == key
    assert "Jalan &lt;b&gt;Uji&lt;/b&gt;" in wrong.text and "0812 3456 7890" in wrong.text
    done = browser.post("/daftar", data=form(key), headers=HTML)
    assert (done.status_code, done.headers["location"]) == (303, "/daftar/tiket")
    told = page(browser, "/daftar/tiket")
    ticket = re.search(r"Nomor tiket <strong>([2-9A-Z-]{14})</strong>", told)
    assert ticket and "Diterima, menunggu diperiksa" in told and "Akta pendirian / akta notaris" in told
    assert "0812" not in told and "+62" not in told  # a ticket that was found opens no telephone numbers
    browser.post("/daftar/keluar")
    assert "Dua belas huruf dan angka" in page(browser, "/daftar/tiket")
    assert browser.post("/daftar/tiket", data={"tiket": ticket[1].lower()}, headers=HTML).status_code == 303
    assert ticket[1] in page(browser, "/daftar/tiket")


def test_a_wrong_ticket_is_told_and_guessing_ends(tab: Tab, fresh_db: Path) -> None:
    browser = tab()
    wrong = browser.post("/daftar/tiket", data={"tiket": "ABCD-EFGH-JKMN"}, headers=HTML)
    assert wrong.status_code == 403 and "Nomor tiket ini tidak dikenal." in wrong.text
    found = {browser.post("/daftar/tiket", data={"tiket": f"ABCD{n}"}, headers=HTML).status_code for n in range(40)}
    assert found == {403, 429} and len(rows(gagal_pintu)) == application_doors.ADDRESS_LIMIT
    for value in ("", "x" * 290, "' OR 1=1 --"):
        assert browser.post("/daftar/tiket", data={"tiket": value}).status_code == 429


def return_it(*asked: str) -> None:
    with writing() as connection:
        values = {"status": "dikembalikan", "diminta": list(asked), "catatan": "Akta <i>tidak</i> terbaca", "versi": 2}
        connection.execute(update(pengajuan).values(**values))
        commands.add_step(connection, rows(pengajuan)[0]["id"], "dikembalikan", clock.now(), "uji.rahasia", "Buram")


def test_what_was_asked_for_is_completed_by_ticket(tab: Tab, fresh_db: Path) -> None:
    browser = tab()
    application = new_key()
    browser.post("/daftar", data=form(application), headers=HTML)
    return_it("berkas:akta", "isian:telepon")
    told = page(browser, "/daftar/tiket")
    assert "Akta &lt;i&gt;tidak&lt;/i&gt; terbaca" in told and "uji.rahasia" not in told
    assert "saya antar ke kantor" in told and f'data-pengajuan="{application}"' in told
    sent = {"token": hidden(told, "token"), "versi": hidden(told, "versi"), "isian.telepon": "0293 123456"}
    missing = browser.post("/daftar/tiket/lengkapi", data=sent, headers=HTML)
    assert missing.status_code == 422 and "Yang ini diminta dan belum ada." in missing.text
    content = jpeg(20, 20)
    assert put(browser, new_key(), 0, content, about(application, content)).json()["selesai"] is True
    assert "sudah diterima" in page(browser, "/daftar/tiket")
    assert browser.post("/daftar/tiket/lengkapi", data=sent, headers=HTML).status_code == 303
    assert "Sudah dilengkapi, menunggu diperiksa lagi" in page(browser, "/daftar/tiket")
    again = browser.post("/daftar/tiket/lengkapi", data=sent, headers=HTML)
    assert again.status_code in (403, 409)
    assert [row["nilai"] for row in rows(pengajuan_isian) if row["bidang"] == "telepon"] == ["+62293123456"]
    assert tab().post("/daftar/tiket/lengkapi", data=sent).status_code == 403


# --- personal links --------------------------------------------------------------------------------------------------


def test_a_link_is_exchanged_at_once_and_shows_one_profile(tab: Tab, link: tuple[int, str]) -> None:
    lks_id, token = link
    browser = tab()
    assert "Salin seluruh tautan" in page(browser, "/daftar/lks")
    entered = browser.post(
        "/daftar/lks/masuk", data={"tautan": f" http://localhost:8501/daftar/lks#{token} "}, headers=HTML
    )
    assert (entered.status_code, entered.headers["location"]) == (303, "/daftar/lks")
    cookie = entered.headers["set-cookie"]
    assert "HttpOnly" in cookie and "Path=/daftar" in cookie and token not in cookie
    text = page(browser, "/daftar/lks")
    assert "Panti Lama" in text and "Panti Rahasia" not in text
    assert "7890" in text and "81234567890" not in text and token not in text
    other = tab().get(f"/daftar/lks/{token}", headers=HTML)
    assert (other.status_code, other.headers["referrer-policy"]) == (303, "no-referrer")
    assert other.headers["location"] == "/daftar/lks"


def test_corrections_by_link_hold_what_changed_and_are_followed(tab: Tab, link: tuple[int, str]) -> None:
    lks_id, token = link
    browser = tab()
    browser.get(f"/daftar/lks/{token}", headers=HTML)
    text = page(browser, "/daftar/lks")
    fields = {f"isian.{name}": "" for name in TAKEN if name not in ("kluster", "layanan")}
    fields |= {
        "isian.nama": "Panti Baru",
        "isian.kode_wilayah": "33.71.01",
        "isian.alamat": "Jl. 1",
        "isian.ketua": "Ani",
    }
    sent: dict[str, Any] = {
        "kunci": hidden(text, "kunci"),
        **fields,
        "isian.kluster": ["", "anak"],
        "isian.layanan": "",
    }
    unsigned = browser.post("/daftar/lks", data=sent | {"persetujuan": VERSION}, headers=HTML)
    assert unsigned.status_code == 422 and "Nama Anda: Isian ini wajib diisi." in unsigned.text
    assert 'value="Panti Baru"' in unsigned.text
    unread = browser.post("/daftar/lks", data=sent | {"pengaju": "Ani"}, headers=HTML)
    assert unread.status_code == 422 and "Persetujuan penggunaan data belum dicentang." in unread.text
    done = browser.post("/daftar/lks", data=sent | {"persetujuan": VERSION, "pengaju": "Ani"}, headers=HTML)
    assert done.status_code == 303, done.text
    assert [(row["bidang"], row["sebelum"], row["nilai"]) for row in rows(pengajuan_isian)] == [
        ("nama", "Panti Lama", "Panti Baru")
    ]
    assert {row["nama"] for row in rows(lks)} == {"Panti Lama", "Panti Rahasia"}
    after = page(browser, "/daftar/lks")
    assert "Diterima, menunggu diperiksa" in after and "Kirim perbaikan" not in after
    with writing() as connection:
        connection.execute(update(pengajuan).values(status="ditolak", catatan="Akta belum berubah"))
    assert "Akta belum berubah" in page(browser, "/daftar/lks")


def test_a_link_that_was_taken_back_shuts_the_page_that_is_open(tab: Tab, link: tuple[int, str]) -> None:
    lks_id, token = link
    browser = tab()
    browser.get(f"/daftar/lks/{token}", headers=HTML)
    with writing() as connection:
        connection.execute(update(tautan_lks).values(dicabut_pada=clock.now()))
    shut = browser.get("/daftar/lks", headers=HTML)
    assert shut.status_code == 403 and "Tautan ini tidak berlaku." in shut.text and "Panti Lama" not in shut.text
    assert browser.get(f"/daftar/lks/{token}", headers=HTML).status_code == 403
    assert browser.post("/daftar/lks", json=body()).status_code == 403
    assert browser.post("/daftar/lks/masuk", data={"tautan": token}, headers=HTML).status_code == 403
    assert rows(pengajuan) == []


def test_a_cookie_of_one_kind_opens_nothing_of_another(tab: Tab, link: tuple[int, str]) -> None:
    _, token = link
    browser = tab()
    browser.get(f"/daftar/lks/{token}", headers=HTML)
    stolen = browser.cookies[daftar.LINK_COOKIE]
    other = tab()
    other.cookies.set(daftar.TICKET_COOKIE, stolen, path="/daftar")
    assert "Dua belas huruf dan angka" in page(other, "/daftar/tiket")
    assert other.get("/bimtek/kegiatan").status_code == 303  # and the staff's screens ask for a sign-in
    assert rows(permintaan) and len(rows(tautan_lks)) == 1


# --- weight and words ------------------------------------------------------------------------------------------------


def test_the_first_load_of_the_form_is_three_requests_and_light(tab: Tab, fresh_db: Path) -> None:
    browser = tab()
    answer = browser.get("/daftar/baru?wilayah=33.71", headers=HTML | {"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    addresses = re.findall(r'(?:src|href)="(/aset/[^"]+)"', answer.text)
    assert len(addresses) == 2 and "//" not in re.sub(r"https?://localhost", "", "".join(addresses))
    assets = [look.asset(name) for name in ("isi.css", "daftar.js")]
    weight = len(gzip.compress(answer.content, 5)) + sum(len(one.content) for one in assets if one)
    assert weight <= 60_000, weight


def test_every_field_that_is_taken_has_its_place_and_word() -> None:
    told = daftar_views.words()
    placed = [name for part in told["bagian"] for name in part["isian"]]
    assert sorted(placed) == sorted(TAKEN) and set(TAKEN) <= set(told["isian"])
    assert daftar_views.consent()["versi"] == VERSION
