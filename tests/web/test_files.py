"""Files: the look of our pages, the map shapes, and downloads that only their maker's live session may fetch."""

import gzip
import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from domain.permissions import Actor
from services import accounts, clock, downloads, peta

Tab = Callable[..., TestClient]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def who(client: TestClient) -> Actor:
    found = accounts.actor_of(client.cookies["pilar_sesi"])
    assert found is not None
    return found


def test_the_style_is_kept_by_browsers_until_it_changes(fresh_db: Path, tab: Tab) -> None:
    page = tab().get("/masuk").text
    address = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    answer = tab().get(address)
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]
    assert tab().get("/aset/masuk.css?v=lama").headers["cache-control"] == "no-cache"
    again = tab().get("/aset/masuk.css", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304 and not again.content


def test_our_pages_name_no_other_host(fresh_db: Path, tab: Tab) -> None:
    for path in ("/masuk", "/aset/masuk.css", "/aset/masuk.js", "/aset/tidak-ada"):
        text = tab().get(path).text
        assert "http:" not in text and "https:" not in text and 'src="//' not in text


@pytest.mark.parametrize("name", ["logo.svg", "icon.png", "plus-jakarta-sans.woff2", "masuk.css", "masuk.js"])
def test_every_file_of_the_look_is_there(fresh_db: Path, tab: Tab, name: str) -> None:
    assert tab().get(f"/aset/{name}").status_code == 200


def test_the_icon_is_there_for_every_browser(fresh_db: Path, tab: Tab) -> None:
    assert tab().get("/favicon.ico").headers["content-type"] == "image/x-icon"


def test_shapes_are_packed_and_kept_by_their_hash(signed_in: Tab) -> None:
    client = signed_in()
    address = peta.shapes_url(who(client), "kabkota")
    with client.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"].startswith("private") and "immutable" in answer.headers["cache-control"]
    assert len(json.loads(gzip.decompress(raw))["objects"]["kabkota"]["geometries"]) == 514
    plain = client.get("/peta/kabkota.json", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers and plain.headers["cache-control"] == "private, no-cache"
    assert plain.content == gzip.decompress(raw) and plain.headers["etag"] != answer.headers["etag"]
    for etag, accepted in ((answer.headers["etag"], "gzip"), (plain.headers["etag"], "identity")):
        again = client.get(address, headers={"If-None-Match": etag, "Accept-Encoding": accepted})
        assert again.status_code == 304 and not again.content


def test_the_offices_own_boundaries_get_a_new_address(signed_in: Tab, fresh_db: Path) -> None:
    client = signed_in()
    before = peta.shapes_url(who(client), "provinsi")
    square = [[[110.0, -7.0], [111.0, -7.0], [111.0, -6.0], [110.0, -6.0], [110.0, -7.0]]]
    feature = {"properties": {"kode": "33"}, "geometry": {"type": "Polygon", "coordinates": square}}
    (fresh_db / "batas").mkdir()
    (fresh_db / "batas" / "provinsi.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": [feature]})
    )
    after = peta.shapes_url(who(client), "provinsi")
    assert after != before
    assert client.get(before).headers["cache-control"] == "private, no-cache"  # an old address is not kept for long
    (fresh_db / "batas" / "provinsi.geojson").write_text("{")
    broken = client.get("/peta/provinsi.json")
    assert broken.status_code == 503 and "batas" in broken.text


# --- downloads --------------------------------------------------------------------------------------------------------


def test_the_maker_fetches_exactly_what_was_made(signed_in: Tab, fresh_db: Path) -> None:
    client = signed_in()
    content = bytes(range(256)) * 5_000
    address = downloads.put(who(client), 'Daftar "LKS" Éé\r\n.xlsx', content, XLSX)
    answer = client.get(address)
    assert answer.content == content
    assert answer.headers["content-type"] == XLSX
    assert answer.headers["cache-control"] == "no-store" and answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"Daftar LKS __.xlsx\"; filename*=UTF-8''Daftar%20LKS%20%C3%89%C3%A9.xlsx"
    )
    kept = [path.name for path in (fresh_db / "unduhan").glob("*.isi")]
    assert len(kept) == 1 and hashlib.sha256(content).hexdigest() in kept[0]
    assert address.rpartition("/")[2] not in kept[0]  # a listing of the folder opens nothing


def test_html_is_never_run_from_a_download(signed_in: Tab) -> None:
    client = signed_in()
    answer = client.get(downloads.put(who(client), "a.html", b"<script>alert(1)</script>", "text/html"))
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["content-security-policy"]


def test_another_person_and_a_stranger_get_nothing(signed_in: Tab, tab: Tab) -> None:
    owner, other = signed_in("sari"), signed_in("budi", role="admin")
    address = downloads.put(who(owner), "a.xlsx", b"rahasia", XLSX)
    foreign, unknown = other.get(address), other.get("/unduh/" + "x" * 32)
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.text == unknown.text  # "not yours" and "does not exist" look alike
    assert tab().get(address).status_code == 403
    assert owner.get(address).content == b"rahasia"


def test_a_download_ends_with_the_session_and_with_time(signed_in: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in()
    address = downloads.put(who(client), "a.xlsx", b"isi", XLSX)
    real = clock.now()
    monkeypatch.setattr(clock, "now", lambda: real + timedelta(minutes=14, seconds=50))
    assert client.get(address).status_code == 200
    monkeypatch.setattr(clock, "now", lambda: real + timedelta(minutes=15, seconds=5))
    assert client.get(address).status_code == 404
    monkeypatch.setattr(clock, "now", lambda: real)
    accounts.sign_out(client.cookies["pilar_sesi"])
    assert client.get(address).status_code == 403


def test_a_damaged_file_is_not_delivered(signed_in: Tab, fresh_db: Path) -> None:
    client = signed_in()
    address = downloads.put(who(client), "a.xlsx", b"isi", XLSX)
    next((fresh_db / "unduhan").glob("*.isi")).write_bytes(b"isu")
    assert client.get(address).status_code == 404
