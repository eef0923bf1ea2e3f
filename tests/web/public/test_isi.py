"""The participant's door over HTTP: every status of the contract, the pages without scripts, and hostile bodies."""

import asyncio
import gzip
import json
import re
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update
from starlette.testclient import TestClient

from data_access import assets, engine, secrets
from data_access.commands import trail
from data_access.tables import audit
from data_access.tables_bimtek import formulir, gagal_kode, kehadiran, kiriman, kiriman_konflik, pengisian, peserta
from domain import bimtek
from domain.forms import definition
from services import clock, intake, roster
from tests import bimtek_rows
from tests.bimtek_rows import Stored
from web import guard, look
from web.public import answering, fields, views

Tab = Callable[..., TestClient]
HTML = {"Accept": "text/html,application/xhtml+xml"}
RIGHT = {f"butir.P{number}": "b" for number in range(1, 5)}


@pytest.fixture
def event(fresh_db: Path) -> Stored:
    return bimtek_rows.store_event()


@pytest.fixture
def phone(tab: Tab) -> TestClient:
    """A program or phone that names no page it came from."""
    return tab(own=False)


def body(event: Stored, person: int = 0, **changes: Any) -> dict[str, Any]:
    return {"kunci": str(uuid.uuid4()), "kode": event.codes[person], **RIGHT, **changes}


def send(phone: TestClient, event: Stored, sent: dict[str, Any], phase: str = "pre", **more: Any) -> Any:
    return phone.post(f"/isi/{event.links[phase]}", json=sent, **more)


def rows(table: Any = kiriman) -> list[dict[str, Any]]:
    with engine.reading() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]


def set_form(event: Stored, phase: str, **values: Any) -> None:
    with engine.writing() as connection:
        trail.bump(connection, "kegiatan")
        connection.execute(update(formulir).where(formulir.c.id == event.forms[phase]).values(**values))


def enter(phone: TestClient, event: Stored, person: int = 0, link: str | None = None) -> Any:
    sent = {"kode": event.codes[person], "setuju": views.consent()["versi"]}
    return phone.post(f"/isi/{link or event.links['pre']}/masuk", data=sent, headers=HTML)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, page
    return found[1]


# --- answers ---------------------------------------------------------------------------------------------------------


def test_json_flat_json_nested_and_a_form_are_the_same_content(event: Stored, phone: TestClient) -> None:
    sent = body(event)
    nested = {"kunci": sent["kunci"], "kode": sent["kode"], "butir": {f"P{n}": "b" for n in range(1, 5)}}
    first = send(phone, event, sent)
    assert first.status_code == 200 and first.headers["cache-control"] == "no-store"
    said = first.json()
    assert said["status"] == "diterima" and said["kunci"] == sent["kunci"]
    assert said["hash"] == intake.content_hash({f"P{n}": "b" for n in range(1, 5)})
    assert datetime.fromisoformat(said["diterima_pada"]).tzinfo is not None
    assert re.fullmatch(rf"[{bimtek.ALPHABET}]{{6}}", said["kode_terima"])
    for again in (
        send(phone, event, sent),
        send(phone, event, nested),
        phone.post(f"/isi/{event.links['pre']}", data=sent),
        phone.post(
            f"/isi/{event.links['pre'].lower()}",
            data=sent | {"kode": f" {sent['kode'][:4].lower()}-{sent['kode'][4:]}"},
        ),
    ):
        assert (again.status_code, again.text) == (200, first.text)
    (row,) = rows()
    assert row["jawaban"] == {f"P{n}": "b" for n in range(1, 5)}
    assert (row["poin"], row["poin_maks"], row["kosong"], row["lengkap"]) == (4, 4, 0, True)
    assert (row["keadaan"], row["cara"], row["peserta_id"]) == ("terhitung", "ponsel", event.people[0])
    assert row["diterima_pada"].isoformat(timespec="milliseconds") == said["diterima_pada"]


def test_a_changed_body_is_409_and_kept_aside(event: Stored, phone: TestClient) -> None:
    sent = body(event)
    assert send(phone, event, sent).status_code == 200
    for changed in (sent | {"butir.P1": "a"}, sent | {"butir.P1": "a"}, sent | {"butir.P2": "entah"}):
        answer = send(phone, event, changed)
        assert (answer.status_code, answer.json()["kode"]) == (409, "kunci_sudah_dipakai")
        assert answer.json()["status"] == "ditolak"
    other = send(phone, event, body(event, 1, kunci=sent["kunci"]))
    elsewhere = send(phone, event, sent, "post")
    assert (other.status_code, elsewhere.status_code) == (409, 409)
    kept = rows(kiriman_konflik)
    assert [one["jawaban"].get("P1", one["jawaban"].get("butir.P2")) for one in kept[:2]] == ["a", "entah"]
    assert len(kept) == 3 and len(rows()) == 1
    noted = [row for row in rows(audit) if row["aksi"] == "kirim_konflik"]
    assert len(noted) == 3 and all(sent["kode"] not in json.dumps(row, default=str) for row in noted)
    assert send(phone, event, sent).status_code == 200


@pytest.mark.parametrize(("phase", "counted"), [("pre", 0), ("post", 1)])
def test_one_submission_counts_by_the_rule_of_the_event(
    event: Stored, phone: TestClient, phase: str, counted: int
) -> None:
    sent = [body(event) | {"butir.P1": letter} for letter in "abc"]
    answers = [send(phone, event, one, phase) for one in sent]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert [answer.json().get("revisi") for answer in answers] == [None, True, True]
    states = [row["keadaan"] for row in rows()]
    assert states == (["terhitung", "revisi", "revisi"] if counted == 0 else ["revisi", "revisi", "terhitung"])
    assert [send(phone, event, one, phase).text for one in sent] == [answer.text for answer in answers]
    assert [row["aksi"] for row in rows(audit) if row["aksi"] == "kirim_ulang"] == ["kirim_ulang"] * 2


def test_an_anonymous_form_is_answered_once_and_keeps_no_name(event: Stored, phone: TestClient) -> None:
    sent = {"kunci": str(uuid.uuid4()), "kode": event.codes[0], "butir.S1": 4}
    first = send(phone, event, sent, "penyelenggaraan")
    assert first.status_code == 200
    assert send(phone, event, sent, "penyelenggaraan").text == first.text
    second = send(phone, event, sent | {"kunci": str(uuid.uuid4())}, "penyelenggaraan")
    assert (second.status_code, second.json()["kode"]) == (409, "sudah_mengisi")
    (row,) = rows()
    assert (row["peserta_id"], row["asal"], row["jawaban"]) == (None, "lks", {"S1": 4})
    assert [(one["formulir_id"], one["peserta_id"]) for one in rows(pengisian)] == [
        (event.forms["penyelenggaraan"], event.people[0])
    ]


def test_a_late_submission_is_kept_and_waits_for_the_trainer(
    event: Stored, phone: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(phone, event)
    page = phone.get(f"/isi/{event.links['pre']}").text
    mark = hidden(page, "mulai")
    opened = clock.now()
    set_form(event, "pre", status="ditutup", tutup_pada=opened + timedelta(minutes=5))
    later = opened + timedelta(minutes=9)
    monkeypatch.setattr(clock, "now", lambda: later)
    sent = {"kunci": str(uuid.uuid4()), "mulai": mark, **RIGHT}
    answer = send(phone, event, sent)
    assert (answer.status_code, answer.json()["status"]) == (200, "diterima, terlambat")
    assert send(phone, event, sent).text == answer.text
    unproven = send(phone, event, body(event, 1))
    assert unproven.json()["status"] == "diterima, terlambat"
    first, second = rows()
    assert [(row["keadaan"], row["terlambat"]) for row in (first, second)] == [("menunggu", True)] * 2
    assert abs(first["mulai_pada"] - opened) < timedelta(seconds=5) and second["mulai_pada"] is None
    assert len([row for row in rows(audit) if row["aksi"] == "kirim_terlambat"]) == 2


def test_a_mark_from_after_the_closing_proves_nothing(
    event: Stored, phone: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(phone, event)
    mark = hidden(phone.get(f"/isi/{event.links['pre']}").text, "mulai")
    set_form(event, "pre", status="ditutup", tutup_pada=clock.now() - timedelta(minutes=5))
    assert send(phone, event, {"kunci": str(uuid.uuid4()), "mulai": mark, **RIGHT}).status_code == 200
    assert rows()[0]["mulai_pada"] is None
    forged = mark[:-2] + ("AA" if mark[-2:] != "AA" else "BB")
    assert send(tab_of(phone), event, {"kunci": str(uuid.uuid4()), "mulai": forged, **RIGHT}).status_code == 403


def tab_of(phone: TestClient) -> TestClient:
    """The same door for somebody without cookies."""
    return TestClient(phone.app, base_url=phone.base_url, follow_redirects=False)


def test_the_mark_of_an_opened_form_holds_for_whom_it_was_made(event: Stored, phone: TestClient) -> None:
    """A lent phone: answers that waited are stored for the one who gave them, whoever is signed in by then."""
    enter(phone, event, 0)
    mark = hidden(phone.get(f"/isi/{event.links['pre']}").text, "mulai")
    enter(phone, event, 1)
    sent = {"kunci": str(uuid.uuid4()), "mulai": mark, **RIGHT}
    assert send(phone, event, sent).status_code == 200
    assert (rows()[0]["peserta_id"], rows()[0]["persetujuan"]) == (event.people[0], None)
    assert send(tab_of(phone), event, sent, "post").status_code == 403  # a mark of one form opens no other
    own = {"kunci": str(uuid.uuid4()), **RIGHT}  # by the cookie alone: of the second person, who agreed when entering
    assert send(phone, event, own).status_code == 200
    assert (rows()[1]["peserta_id"], rows()[1]["persetujuan"]) == (event.people[1], views.consent()["versi"])


def test_every_refusal_has_its_status_code_and_sentence(event: Stored, phone: TestClient) -> None:
    set_form(event, "post", status="disiapkan", buka_pada=None)
    sent = body(event)
    other = bimtek_rows.store_event()
    cases = [
        (404, "tautan_tidak_dikenal", phone.post("/isi/ABCDEF", json=sent)),
        (404, "tautan_tidak_dikenal", phone.post("/isi/salah!", json=sent)),
        (404, "tautan_tidak_dikenal", phone.post(f"/isi/{event.link}", json=sent)),
        (403, "kode_salah", send(phone, event, sent | {"kode": "ABCDEFGH"})),
        (403, "kode_salah", send(phone, event, sent | {"kode": other.codes[0]})),
        (403, "kode_belum_ada", send(phone, event, {name: v for name, v in sent.items() if name != "kode"})),
        (403, "formulir_belum_dibuka", send(phone, event, sent, "post")),
        (413, "kiriman_terlalu_besar", send(phone, event, sent | {"butir.P1": "x" * 70_000})),
        (415, "kiriman_jenis_keliru", phone.post(f"/isi/{event.links['pre']}", content=b"<a/>", headers={"Content-Type": "text/xml"})),
        (415, "kiriman_jenis_keliru", phone.post(f"/isi/{event.links['pre']}", files={"berkas": b"x"})),
        (422, "kunci_keliru", send(phone, event, sent | {"kunci": "satu"})),
        (422, "isian_rusak", phone.post(f"/isi/{event.links['pre']}", content=b"{", headers={"Content-Type": "application/json"})),
        (405, "cara_tidak_dikenal", phone.put(f"/isi/{event.links['pre']}", json=sent)),
    ]  # fmt: skip
    for status, code, answer in cases:
        said = answer.json()
        assert (answer.status_code, said["kode"], said["status"]) == (status, code, "ditolak"), answer.text
        assert said["pesan"].endswith(".") and said["pesan"].count(". ") == 0
        assert sent["kode"] not in answer.text
    wrong = send(
        phone, event, {"kunci": sent["kunci"], "kode": sent["kode"], "butir.P1": "b", "butir.P2": "zz", "butir.X9": "1"}
    )
    assert (wrong.status_code, wrong.json()["kode"]) == (422, "jawaban_perlu_diperbaiki")
    assert wrong.json()["butir"] == ["P2", "P3", "P4", "X9"]
    assert rows() == [] and rows(kiriman_konflik) == []


def test_a_store_that_does_not_answer_is_503_with_a_time(
    event: Stored, phone: TestClient, monkeypatch: pytest.MonkeyPatch, fresh_db: Path
) -> None:
    sent, url = body(event), engine.engine().url
    engine.configure(f"sqlite:///{fresh_db / 'tidak-ada' / 'kosong.db'}")
    for headers in ({}, HTML):
        answer = send(phone, event, sent, headers=headers)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert phone.get(f"/isi/{event.links['pre']}").status_code == 503
    engine.configure(str(url))
    assert send(phone, event, sent).status_code == 200


def test_foreign_pages_are_refused_and_programs_are_not(event: Stored, phone: TestClient) -> None:
    for headers in ({"Origin": "http://jahat.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert send(phone, event, body(event), headers=headers).status_code == 403
    assert rows() == []
    own = {"Origin": str(phone.base_url).rstrip("/")}
    assert send(phone, event, body(event), headers=own).status_code == 200


# --- hostile bodies --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 60_000,
        b'{"a":' * 9_000,
        b"null",
        b'"teks"',
        b"[1,2]",
        b'{"kunci": NaN}',
        b'{"kunci": ' + b"9" * 60_000 + b"}",
        b'{"kunci": "\xff\xfe"}',
        b"{" + b",".join(b'"f%d":1' % n for n in range(4_000)) + b"}",
        b'{"butir": {"P1": {"a": {"b": {"c": {"d": {"e": 1}}}}}}}',
        b"",
    ],
)
def test_hostile_json_is_422_and_leaves_nothing(event: Stored, phone: TestClient, content: bytes) -> None:
    answer = phone.post(f"/isi/{event.links['pre']}", content=content, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["status"]) == (422, "ditolak"), answer.text
    assert rows() == []


@pytest.mark.parametrize(
    "content",
    [b"&".join(b"f%d=1" % n for n in range(5_000)), b"\xff\xfe=1", b"=", b"%zz=%", b"&" * 60_000, b"kunci=%00"],
)
def test_hostile_forms_are_422_and_leave_nothing(event: Stored, phone: TestClient, content: bytes) -> None:
    headers = {"Content-Type": fields.FORM}
    answer = phone.post(f"/isi/{event.links['pre']}", content=content, headers=headers)
    assert (answer.status_code, answer.json()["status"]) == (422, "ditolak"), answer.text
    assert rows() == []


@pytest.mark.parametrize(
    "value",
    ["<script>alert(1)</script>", "\ud800", "a\x00b", "\u202egnp.exe", {"a": 1}, [1, [2]], 10**30, True, 1.5e300],
)
def test_hostile_values_are_refused_item_by_item(event: Stored, phone: TestClient, value: Any) -> None:
    content = json.dumps(body(event, **{"butir.P1": value})).encode()
    sent = {"Content-Type": "application/json"}
    answer = phone.post(f"/isi/{event.links['pre']}", content=content, headers=sent)
    assert (answer.status_code, answer.json()["butir"]) == (422, ["P1"]), answer.text
    key = body(event)
    assert send(phone, event, key).status_code == 200
    content = json.dumps(key | {"butir.P1": value}).encode()
    again = phone.post(f"/isi/{event.links['pre']}", content=content, headers=sent)
    assert again.status_code == 409 and len(rows(kiriman_konflik)) == 1


def test_text_is_shown_as_text(event: Stored, phone: TestClient) -> None:
    enter(phone, event)
    sent = {"kunci": str(uuid.uuid4()), "butir.P1": '"><script>alert(1)</script>'}
    page = phone.post(f"/isi/{event.links['pre']}", data=sent, headers=HTML)
    assert page.status_code == 422 and "<script>alert" not in page.text


# --- pages -----------------------------------------------------------------------------------------------------------


def test_the_whole_way_without_scripts(event: Stored, phone: TestClient) -> None:
    link = f"/isi/{event.links['pre']}"
    asked = phone.get(link)
    assert asked.status_code == 200 and views.consent()["paragraf"][0] in asked.text
    assert 'href="data:,"' in asked.text and "favicon.ico" not in asked.text and 'lang="id"' in asked.text
    answer = enter(phone, event)
    assert (answer.status_code, answer.headers["location"]) == (303, link)
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie and "Path=/isi" in cookie
    assert event.codes[0] not in cookie
    page = phone.get(link)
    assert "Peserta Contoh Satu" in page.text and page.text.count('type="radio"') == 16
    assert "checked" not in page.text and event.codes[0] not in page.text
    sent = {
        "kunci": hidden(page.text, "kunci"),
        "mulai": hidden(page.text, "mulai"),
        "persetujuan": hidden(page.text, "persetujuan"),
    }
    missing = phone.post(link, data=sent | {"butir.P1": "a"}, headers=HTML)
    assert missing.status_code == 422 and 'href="#butir-P2"' in missing.text and missing.text.count("checked") == 1
    assert hidden(missing.text, "kunci") == sent["kunci"]
    done = phone.post(link, data=sent | RIGHT, headers=HTML)
    assert done.status_code == 303
    receipt = phone.get(done.headers["location"])
    code = re.search(r'kode-terima">(\w{6})<', receipt.text)
    assert receipt.status_code == 200 and code
    again = phone.post(link, data=sent | RIGHT, headers=HTML)  # the button pressed twice
    assert again.headers["location"] == done.headers["location"] and len(rows()) == 1
    shown = phone.get(link)
    assert code[1] in shown.text and 'type="radio"' not in shown.text and "Isi lagi" not in shown.text
    assert rows()[0]["persetujuan"] == views.consent()["versi"] and rows()[0]["mulai_pada"] is not None
    left = phone.post("/isi/keluar", data={"ke": event.links["pre"]}, headers=HTML)
    assert left.headers["location"] == link and 'name="kode"' in phone.get(link).text


def test_a_post_test_may_be_sent_again(event: Stored, phone: TestClient) -> None:
    link = f"/isi/{event.links['post']}"
    enter(phone, event, link=event.links["post"])
    assert send(phone, event, body(event), "post").status_code == 200
    assert "Isi lagi" in phone.get(link).text
    assert 'type="radio"' in phone.get(link + "?ulang=1").text


def test_closed_unopened_and_unknown_forms_have_their_page(event: Stored, phone: TestClient) -> None:
    opens = datetime(2099, 5, 22, 2, 30, tzinfo=UTC)
    set_form(event, "post", status="disiapkan", buka_pada=opens)
    waiting = phone.get(f"/isi/{event.links['post']}")
    assert waiting.status_code == 403 and "22/05/2099 pukul 09.30 WIB" in waiting.text
    assert "formulir_belum_dibuka" in waiting.text
    set_form(event, "pre", status="ditutup", tutup_pada=clock.now())
    assert phone.get(f"/isi/{event.links['pre']}").status_code == 410
    assert enter(phone, event).status_code == 410
    enter(phone, event, link=event.link)
    assert phone.get(f"/isi/{event.links['pre']}").status_code == 410
    for path in ("/isi/ABCDEF", "/isi/a", "/isi/x/y/z", "/isi/ABCDEF/masuk", "/isi/%2e%2e/masuk"):
        found = phone.get(path)
        assert found.status_code in (404, 405) and "tautan_tidak_dikenal" in found.text + "tautan_tidak_dikenal"
    assert phone.get("/isi/x/y/z").status_code == 404 and "Ketik tautan" in phone.get("/isi/x/y/z").text
    assert phone.get(f"/isi/{event.links['post'].lower()}").headers["location"] == f"/isi/{event.links['post']}"
    assert phone.get(f"/isi?tautan={event.link.lower()}").headers["location"] == f"/isi/{event.link}"
    assert "Tautan kegiatan" in phone.get("/isi").text


def test_nothing_below_the_prefix_reaches_streamlit(event: Stored, phone: TestClient, inner: Any) -> None:
    for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"):
        for path in ("/isi", "/isi/", "/isi/a", "/isi/a/b/c", "/isi/keluar", "/isi/ABCDEF/hadir", "/isi/ABCDEF/"):
            phone.request(method, path)
    assert inner.seen == []


def test_closing_acts_on_the_very_next_request(event: Stored, phone: TestClient) -> None:
    assert send(phone, event, body(event)).json()["status"] == "diterima"
    set_form(event, "pre", status="ditutup", tutup_pada=clock.now())
    assert send(phone, event, body(event, 1)).json()["status"] == "diterima, terlambat"
    set_form(event, "pre", status="dibuka", tutup_pada=None)
    assert send(phone, event, body(event, 2)).json()["status"] == "diterima"


def test_the_cookie_is_for_one_event_and_ends(
    event: Stored, phone: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = bimtek_rows.store_event()
    enter(phone, event)
    assert "Peserta Contoh" not in phone.get(f"/isi/{other.links['pre']}").text
    sent = {"kunci": str(uuid.uuid4()), **RIGHT}
    assert send(phone, other, sent).status_code == 403
    assert send(phone, event, sent).status_code == 200
    later = clock.now() + timedelta(hours=13)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert 'name="kode"' in phone.get(f"/isi/{event.links['post']}").text
    assert send(phone, event, sent | {"kunci": str(uuid.uuid4())}).status_code == 403


def test_somebody_struck_from_the_roster_no_longer_enters_and_a_merged_row_leads_on(
    event: Stored, phone: TestClient
) -> None:
    with engine.writing() as connection:
        trail.bump(connection, "kegiatan")
        connection.execute(update(peserta).where(peserta.c.id == event.people[0]).values(aktif=False))
        merged = update(peserta).where(peserta.c.id == event.people[1])
        connection.execute(merged.values(aktif=False, digabung_ke=event.people[2]))
    assert send(phone, event, body(event, 0)).status_code == 403
    assert send(phone, event, body(event, 1)).status_code == 200
    assert rows()[0]["peserta_id"] == event.people[2]


def test_consent_is_asked_before_the_first_question(event: Stored, phone: TestClient) -> None:
    link = f"/isi/{event.links['pre']}/masuk"
    refused = phone.post(link, data={"kode": event.codes[0]}, headers=HTML)
    assert refused.status_code == 422 and "set-cookie" not in refused.headers
    old = phone.post(link, data={"kode": event.codes[0], "setuju": "1999-1"}, headers=HTML)
    assert old.status_code == 422
    wrong = phone.post(link, data={"kode": "AAAA-AAAA", "setuju": views.consent()["versi"]}, headers=HTML)
    assert wrong.status_code == 403 and "tidak cocok" in wrong.text and "AAAA-AAAA" not in wrong.text


def test_the_order_is_the_persons_own_and_stays(event: Stored, phone: TestClient) -> None:
    shuffled = bimtek_rows.store_event(phases={"pre": bimtek_rows.TEST | {"kode": "uji_acak", "acak": True}})

    def order(person: int) -> list[str]:
        enter(phone, shuffled, person)
        return re.findall(r'data-butir="(\w+)"', phone.get(f"/isi/{shuffled.links['pre']}").text)

    orders = [order(person) for person in range(4)]
    assert [order(person) for person in range(4)] == orders
    assert all(sorted(found) == ["P1", "P2", "P3", "P4"] for found in orders) and len({*map(tuple, orders)}) > 1


def test_the_key_of_the_test_never_leaves(fresh_db: Path, phone: TestClient) -> None:
    marked = json.loads(json.dumps(bimtek_rows.TEST).replace('"poin": 1', '"poin": 7.25'))
    event = bimtek_rows.store_event(phases={"pre": marked | {"catatan": "RAHASIA-PEMANDU"}})
    enter(phone, event)
    page = phone.get(f"/isi/{event.links['pre']}").text
    assert page.count('type="radio"') == 16
    assert not re.search(r"7[.,]25|RAHASIA|kunci_jawaban|teknis|daring", page)


def test_the_first_load_is_small(fresh_db: Path, phone: TestClient) -> None:
    letters = "abcd"
    twenty = [
        bimtek_rows.TEST["bagian"][0]["butir"][0]
        | {"kode": f"Q{n}", "teks": f"Pertanyaan nomor {n} yang panjangnya seperti pertanyaan sungguhan di lapangan?",
           "pilihan": [{"kode": x, "teks": f"Jawaban {x} nomor {n} dengan beberapa kata lagi"} for x in letters]}
        for n in range(20)
    ]  # fmt: skip
    long = bimtek_rows.TEST | {"kode": "uji_panjang", "bagian": [bimtek_rows.TEST["bagian"][0] | {"butir": twenty}]}
    event = bimtek_rows.store_event(phases={"pre": long})
    enter(phone, event)
    total, asked = 0, [f"/isi/{event.links['pre']}"]
    page = phone.get(asked[0]).text
    asked += re.findall(r'(?:src|href)="(/aset/[^"]+)"', page)
    assert len(asked) == 3
    assert not re.search(r'(?:src|href)="https?:', page)
    for path in asked:
        with phone.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as answer:
            total += len(b"".join(answer.iter_raw()))
    assert total <= 40_000, total
    with phone.stream("GET", asked[0], headers={"Accept-Encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
    assert len(raw) < 8_000 and gzip.decompress(raw).startswith(b"<!DOCTYPE html>")


# --- the event's page ------------------------------------------------------------------------------------------------


def test_the_event_page_shows_todays_sessions_and_the_forms(
    event: Stored, phone: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: bimtek_rows.STORED + timedelta(hours=1))
    assert enter(phone, event, link=event.link).headers["location"] == f"/isi/{event.link}"
    page = phone.get(f"/isi/{event.link}").text
    assert "Peserta Contoh Satu" in page and "Materi hari 1" in page and "Materi hari 2" not in page
    assert page.count("Isi sekarang") == 3
    here = phone.post(f"/isi/{event.link}/hadir", data={"sesi": event.sessions[0]}, headers=HTML)
    assert here.status_code == 303
    assert [(row["peserta_id"], row["cara"]) for row in rows(kehadiran)] == [(event.people[0], "ponsel")]
    assert "Hadir, dicatat pukul 09.00 WIB" in phone.get(f"/isi/{event.link}").text
    again = phone.post(f"/isi/{event.link}/hadir", json={"sesi": event.sessions[0]})
    assert again.json()["status"] == "hadir" and again.json()["sudah"] is True
    other_day = phone.post(f"/isi/{event.link}/hadir", data={"sesi": event.sessions[1]}, headers=HTML)
    assert other_day.status_code == 404 and len(rows(kehadiran)) == 1
    by_code = tab_of(phone).post(f"/isi/{event.link}/hadir", json={"sesi": event.sessions[0], "kode": event.codes[1]})
    assert by_code.status_code == 200
    assert tab_of(phone).post(f"/isi/{event.link}/hadir", json={"sesi": event.sessions[0]}).status_code == 403
    sent = send(phone, event, body(event))
    page = phone.get(f"/isi/{event.link}").text
    assert sent.json()["kode_terima"] in page and page.count("Isi sekarang") == 2


# --- limits ----------------------------------------------------------------------------------------------------------


def guesses(event: Stored, count: int) -> list[str]:
    """Codes that are wrong in their check characters."""
    return [f"{n:06d}".translate(str.maketrans("0123456789", "ABCDEFGHJK")) + "22" for n in range(count)]


def test_guesses_end_in_429_and_right_codes_behind_the_same_address_pass(event: Stored, phone: TestClient) -> None:
    found = [send(phone, event, body(event, kode=guess)) for guess in guesses(event, 60)]
    assert [answer.status_code for answer in found] == [403] * 20 + [429] * 40
    assert all(int(answer.headers["retry-after"]) > 0 for answer in found[20:])
    assert all(answer.json()["kode"] == "kode_terlalu_sering" for answer in found[20:])
    with engine.reading() as connection:
        assert connection.execute(select(func.count()).select_from(gagal_kode)).scalar() == 20
    for person in range(4):
        assert send(phone, event, body(event, person)).status_code == 200
    stored = json.dumps(rows(gagal_kode), default=str)
    assert not any(guess in stored for guess in guesses(event, 60))


def test_codes_that_fit_are_looked_up_at_most_twenty_times_a_minute(
    event: Stored, phone: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = secrets.derived("kode-peserta")
    unknown = [bimtek.new_code(key) for _ in range(30)]
    found = [send(phone, event, body(event, kode=guess)).status_code for guess in unknown]
    assert found == [403] * 20 + [429] * 10
    assert [row["dicoba"] for row in rows(gagal_kode)] == [True] * 20
    enter_with_cookie = tab_of(phone)
    later = clock.now() + timedelta(seconds=61)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert send(phone, event, body(event)).status_code == 200
    assert enter(enter_with_cookie, event).status_code == 303


def test_three_hundred_failures_a_minute_in_all(event: Stored, tab: Tab) -> None:
    with engine.writing() as connection:
        listed = [
            {"alamat": f"10.0.0.{n}", "tautan": event.link, "dicoba": False, "pada": clock.now()} for n in range(300)
        ]
        connection.execute(insert(gagal_kode), listed)
    stranger, phone = tab(own=False, peer="203.0.113.9"), tab(own=False, peer="198.51.100.7")
    assert send(stranger, event, body(event, kode="ABCDEF22")).status_code == 429
    assert send(phone, event, body(event)).status_code == 200
    assert len(rows(gagal_kode)) == 300


def test_old_failures_are_swept(event: Stored, phone: TestClient) -> None:
    with engine.writing() as connection:
        old = {"alamat": "10.0.0.1", "tautan": event.link, "dicoba": False, "pada": clock.now() - timedelta(hours=2)}
        connection.execute(insert(gagal_kode), [old])
    assert send(phone, event, body(event, kode="ABCDEF22")).status_code == 403
    assert [row["alamat"] for row in rows(gagal_kode)] == ["127.0.0.1"]


def test_another_events_code_looks_like_an_unknown_one(event: Stored, phone: TestClient) -> None:
    other = bimtek_rows.store_event(days=(date(2026, 6, 1), date(2026, 6, 2)))
    unknown = bimtek.new_code(secrets.derived("kode-peserta"))
    sent = body(event)
    first, second = (send(phone, event, sent | {"kode": code}) for code in (other.codes[0], unknown))
    assert (first.status_code, first.text) == (second.status_code, second.text) == (403, first.text)


def test_the_words_of_the_door_exist() -> None:
    from services import wording

    codes = [*answering._OWN_WORDS.values(), "formulir_ditutup", "kiriman_lambat", "pintu_penuh", "kiriman_bertabrakan"]
    assert [code for code in codes if code not in wording.messages()] == []


# --- names, slow senders ---------------------------------------------------------------------------------------------


def test_names_and_titles_from_a_roster_are_text(fresh_db: Path, phone: TestClient) -> None:
    """R25: what was typed elsewhere is never markup here, also in the part that is drawn once and kept."""
    hostile = '"><img src=x onerror=alert(1)>{{7*7}}@nomor@'
    test = json.loads(json.dumps(bimtek_rows.TEST))
    test |= {"judul": hostile, "kode": "uji_tanda"}
    test["bagian"][0]["butir"][0] |= {"teks": hostile, "petunjuk": hostile}
    test["bagian"][0]["butir"][0]["pilihan"][1]["teks"] = hostile
    event = bimtek_rows.store_event(
        people=[(hostile, "lks", hostile)], phases={"pre": test, "post": test}, judul=hostile
    )
    pages = [phone.get(f"/isi/{event.links['pre']}").text]
    enter(phone, event)
    pages += [phone.get(f"/isi/{event.links['pre']}").text for _ in range(2)]
    pages += [phone.get(f"/isi/{event.link}").text]
    assert send(phone, event, body(event)).status_code == 200
    pages += [phone.get(f"/isi/{event.links['pre']}").text]
    for page in pages:
        assert "<img" not in page and "49@" not in page and "&lt;img" in page
    assert re.findall(r'class="nomor">(\d+)\.', pages[1]) == ["1", "2", "3", "4"]
    assert "@nomor@" in pages[1]


def test_a_sender_that_never_ends_is_cut(event: Stored, app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """R6: the connection of whoever sends a byte now and then is ended, with nothing stored."""
    monkeypatch.setattr(guard, "BODY_SECONDS", 0.2)
    sent: list[dict[str, Any]] = []

    async def drip() -> dict[str, Any]:
        await asyncio.sleep(0.05)
        return {"type": "http.request", "body": b"a", "more_body": True}

    async def collect(message: Any) -> None:
        sent.append(message)

    headers = [(b"host", b"localhost:8501"), (b"content-type", b"application/json")]
    scope = {
        "type": "http", "method": "POST", "path": f"/isi/{event.links['pre']}", "raw_path": b"", "query_string": b"",
        "headers": headers, "client": ("127.0.0.1", 5), "server": ("localhost", 8501), "scheme": "http",
        "http_version": "1.1", "root_path": "", "asgi": {"version": "3.0"},
    }  # fmt: skip
    asyncio.run(app(scope, drip, collect))
    assert sent[0]["status"] == 408 and (b"connection", b"close") in sent[0]["headers"]
    assert json.loads(sent[1]["body"])["kode"] == "kiriman_lambat" and rows() == []


def test_a_body_announced_too_large_is_not_read(event: Stored, app: Any) -> None:
    async def never() -> dict[str, Any]:
        raise AssertionError("the body was read")

    sent: list[dict[str, Any]] = []

    async def collect(message: Any) -> None:
        sent.append(message)

    headers = [(b"host", b"localhost:8501"), (b"content-length", b"65537"), (b"accept", b"text/html")]
    scope = {
        "type": "http", "method": "POST", "path": "/isi/ABCDEF", "raw_path": b"", "query_string": b"",
        "headers": headers, "client": ("127.0.0.1", 5), "server": ("localhost", 8501), "scheme": "http",
        "http_version": "1.1", "root_path": "", "asgi": {"version": "3.0"},
    }  # fmt: skip
    asyncio.run(app(scope, never, collect))
    assert sent[0]["status"] == 413 and b"terlalu besar" in sent[1]["body"]


def test_no_code_reaches_a_log_or_the_trail(
    event: Stored, phone: TestClient, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """R29: personal codes are in no row, log or error text in the clear."""
    with caplog.at_level("DEBUG"):
        enter(phone, event)
        send(phone, event, body(event))
        send(phone, event, body(event, kode="ABCDEF22"))
        send(phone, event, body(event, kunci="bukan"))
        send(phone, event, body(event) | {"butir.P1": "x"})
    out = capfd.readouterr()
    said = caplog.text + out.out + out.err + repr(intake.Job(event.link, "-", code=event.codes[0]))
    kept = json.dumps([rows(table) for table in (audit, kiriman, kiriman_konflik, gagal_kode)], default=str)
    for code in (event.codes[0], "ABCDEF22"):
        assert code not in said and code not in kept


def test_the_script_runs_on_old_phones_and_uses_what_the_pages_have() -> None:
    """No syntax of after 2009, nothing that plain http lacks, and no element that no template has."""
    folder = look.ASSETS / "templates"
    script = (folder / "isi.js").read_text(encoding="utf-8")
    code = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", script, flags=re.DOTALL)
    assert not re.search(
        r"=>|`|\b(const|let|class|await|async|import|fetch)\b(?![\"'\w])", re.sub(r'"[^"\n]*"', '""', code)
    )
    assert not re.search(r"crypto\.subtle|randomUUID|serviceWorker|navigator\.storage|https?:", code)
    pages = "".join(path.read_text(encoding="utf-8") for path in folder.glob("isi*.html"))
    wanted = set(re.findall(r'(?:el|tampil)\("([\w-]*\w)"', code))
    assert len(wanted) > 15 and [name for name in wanted if f'id="{name}"' not in pages] == []
    served = look.asset("isi.js")
    assert served is not None and len(served.content) < 14_500 and len(gzip.compress(served.content)) < 5_500


@pytest.mark.parametrize("kode", sorted(assets.ready_made_forms()))
def test_every_ready_made_form_is_drawn_item_by_item(kode: str, fresh_db: Path, tab: Tab) -> None:
    """A form with a date once ended every participant's page in a bare 500."""
    form = assets.ready_made_forms()[kode]
    event = bimtek_rows.store_event(phases={"rtl": definition.to_mapping(form)})
    phone = tab(own=False)
    enter(phone, event, link=event.links["rtl"])
    page = phone.get(f"/isi/{event.links['rtl']}", headers=HTML)
    assert page.status_code == 200
    assert all(f'id="butir-{item.kode}"' in page.text for item in definition.items(form))


def test_a_code_of_another_event_tried_again_and_again_shuts_nobody_out(fresh_db: Path, phone: TestClient) -> None:
    """One card of last year, replayed twenty times a minute, once kept the whole hall out."""
    last_year, event = bimtek_rows.store_event(), bimtek_rows.store_event()
    statuses = [send(phone, event, body(event, kode=last_year.codes[0])).status_code for _ in range(30)]
    assert set(statuses) <= {403, 429}
    for person in range(len(event.people)):
        assert send(phone, event, body(event, person)).status_code == 200
    assert [row["dicoba"] for row in rows(gagal_kode)] == [False] * len(rows(gagal_kode))


def test_one_well_formed_guess_replayed_uses_the_limit_up_once(event: Stored, phone: TestClient) -> None:
    made = {bimtek.new_code(secrets.derived(bimtek.CODE_KEY)) for _ in range(3)} - set(event.codes)
    for code in sorted(made):
        for _ in range(15):
            assert send(phone, event, body(event, kode=code)).status_code in (403, 429)
    assert sum(row["dicoba"] for row in rows(gagal_kode)) == len(made)
    assert send(phone, event, body(event)).status_code == 200


def test_a_replaced_code_ends_the_cookie_and_the_mark_of_the_old_one(
    event: Stored, phone: TestClient, actor: Any
) -> None:
    enter(phone, event)
    page = phone.get(f"/isi/{event.links['pre']}", headers=HTML).text
    started = hidden(page, "mulai")
    by = actor("pelatih", "33.71")
    roster.reset_code(by, event.event_id, event.people[0], 1, "kartu hilang", "t1")
    again = phone.get(f"/isi/{event.links['pre']}", headers=HTML)
    assert 'name="kode"' in again.text and "Peserta Contoh Satu" not in again.text
    sent = {"kunci": str(uuid.uuid4()), "mulai": started, **RIGHT}
    assert send(phone, event, sent).status_code == 403
    assert rows() == []
