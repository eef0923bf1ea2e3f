"""The check of a certificate over HTTP: without sign-in, for reading only, with nothing of a hostile name come alive."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from data_access.engine import writing
from data_access.tables_dokumen import sertifikat
from domain.permissions import Actor
from services import certificates, clock
from tests.certificate_rows import LAST, an_event, code_of

Tab = Callable[..., TestClient]
NOW = datetime(2026, 6, 1, 3, tzinfo=UTC)


@pytest.fixture
def code(fresh_db: Path, actor: Callable[..., Actor], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", NOW.date)
    event = an_event(1, tempat="Gedung A")
    [made] = certificates.issue(actor("pelatih", "33.71"), event.event_id, event.people, LAST, "a", named=event.people)
    return code_of(made)


def test_a_code_opens_what_the_paper_says(code: str, tab: Tab) -> None:
    answer = tab(own=False).get(f"/sertifikat/{code}")
    assert answer.status_code == 200
    for said in ("Sertifikat ini tercatat", "1/V/2026", "Peserta Uji 001", "Bimtek uji", "Gedung A", "4 JP"):
        assert said in answer.text, said
    assert "22 Mei 2026 sampai 24 Mei 2026" in answer.text
    assert answer.headers["cache-control"] == "no-store" and answer.headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "script" not in answer.headers["content-security-policy"] and "<script" not in answer.text
    assert "set-cookie" not in answer.headers
    assert "LKS Uji 001" not in answer.text, "where somebody works was not agreed to be shown"


def test_a_name_that_was_not_agreed_to_stays_away(code: str, tab: Tab) -> None:
    with writing() as connection:
        connection.execute(update(sertifikat).values(tampil_nama=False))
    page = tab(own=False).get(f"/sertifikat/{code}").text
    assert "Peserta Uji 001" not in page and "Nama disamarkan" in page and "1/V/2026" in page


def test_a_withdrawn_one_says_since_when(code: str, tab: Tab) -> None:
    with writing() as connection:
        connection.execute(update(sertifikat).values(dicabut_pada=NOW, alasan_cabut="Alasan rahasia"))
    answer = tab(own=False).get(f"/sertifikat/{code}")
    assert answer.status_code == 200 and "Sertifikat ini sudah dicabut" in answer.text
    assert "Sertifikat ini tercatat" not in answer.text and "Alasan rahasia" not in answer.text
    assert "Dicabut pada 01/06/2026 10.00 WIB." in answer.text


@pytest.mark.parametrize("wrong", ["ABCD", "x" * 500, "%00", "..%5c", "<script>alert(1)</script>"])
def test_wrong_codes_all_get_the_same_page(wrong: str, code: str, tab: Tab) -> None:
    client = tab(own=False)
    usual = client.get("/sertifikat/" + "A" * 16)
    answer = client.get(f"/sertifikat/{wrong.replace('/', '%2F')}" if "<" not in wrong else "/sertifikat/%3Cscript%3E")
    assert (answer.status_code, usual.status_code) == (403, 403)
    assert answer.text == usual.text and "Tidak ada sertifikat dengan kode ini" in usual.text


def test_the_start_page_leads_a_typed_code_to_its_address(code: str, tab: Tab) -> None:
    client = tab(own=False)
    page = client.get("/sertifikat")
    assert page.status_code == 200 and 'name="kode"' in page.text and "<script" not in page.text
    typed = f"{code[:4]}-{code[4:8]} {code[8:]}".lower()
    answer = client.get("/sertifikat", params={"kode": typed}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/sertifikat/{code}")
    answer = client.get("/sertifikat", params={"kode": "//jahat.example/\r\nX: 1"}, follow_redirects=False)
    assert answer.headers["location"] == "/sertifikat/%2F%2FJAHATEXAMPLE%2FX%3A1"


def test_too_many_wrong_codes_are_told_to_wait(code: str, tab: Tab) -> None:
    client = tab(own=False)
    statuses = [client.get("/sertifikat/SALAH").status_code for _ in range(21)]
    assert statuses == [403] * 20 + [429]
    answer = client.get("/sertifikat/SALAH")
    assert answer.headers["retry-after"] == "60" and "Terlalu banyak kode keliru" in answer.text
    assert client.get(f"/sertifikat/{code}").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/sertifikat", 405),
        ("PUT", "/sertifikat/ABCD", 405),
        ("DELETE", "/sertifikat/ABCD", 405),
        ("OPTIONS", "/sertifikat/ABCD", 405),
        ("GET", "/sertifikat/ABCD/lagi", 404),
        ("GET", "/sertifikat/", 404),
        ("HEAD", "/sertifikat", 200),
        ("GET", "/sertifikatku", 303),  # no route of ours: the guard asks to sign in
    ],
)
def test_only_reading_and_nothing_below(method: str, path: str, status: int, code: str, tab: Tab) -> None:
    answer = tab(own=False).request(method, path, follow_redirects=False)
    assert answer.status_code == status
    assert "dalam" not in answer.text, "none of it reached Streamlit"


def test_markup_in_a_name_is_shown_as_text(code: str, tab: Tab) -> None:
    with writing() as connection:
        connection.execute(update(sertifikat).values(nama="<img src=x onerror=alert(1)>", judul="{{ 7*7 }}</dd>"))
    page = tab(own=False).get(f"/sertifikat/{code}").text
    assert "<img" not in page and "&lt;img src=x" in page and "{{ 7*7 }}&lt;/dd&gt;" in page
