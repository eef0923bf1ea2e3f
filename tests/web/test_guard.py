"""What the guard lets through to Streamlit, from whom, and what every answer carries."""

import asyncio
import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.types import Message
from starlette.websockets import WebSocketDisconnect

from data_access import engine
from domain.permissions import ROLES, Actor
from services import accounts
from tests.web.conftest import HOST, Inner
from web import bundle, guard, threads

Tab = Callable[..., TestClient]

BUNDLE = next(path for path in sorted(bundle._files()) if path.startswith("/static/js/index."))


# --- who passes, by table: method, path, what a stranger gets, what somebody signed in gets ---

PASSES: list[tuple[str, str, int, int]] = [
    ("GET", "/", 303, 200),
    ("HEAD", "/", 303, 200),
    ("GET", "/daftar-lks", 303, 200),
    ("GET", "/peta", 303, 200),
    ("GET", "/tidak-ada", 303, 200),
    ("GET", "/daftar-lks/_stcore/health", 404, 404),
    ("POST", "/daftar-lks", 403, 405),
    ("DELETE", "/", 403, 405),
    ("GET", "/_stcore/health", 200, 200),
    ("GET", "/_stcore/host-config", 200, 200),
    ("GET", "/static/media/x.woff2", 200, 200),
    ("GET", "/_stcore/stream", 403, 200),
    ("PUT", "/_stcore/upload_file/sesi/berkas", 403, 200),
    ("POST", "/_stcore/upload_file/sesi/berkas", 403, 200),
    ("OPTIONS", "/_stcore/upload_file/sesi/berkas", 403, 200),
    ("GET", "/media/abc.xlsx", 403, 200),
    ("GET", "/component/peta/index.html", 403, 200),
    ("GET", "/_stcore/apa-saja", 403, 200),
    ("GET", "/_stcore/metrics", 404, 404),
    ("GET", "/_stcore/agent/openapi.json", 404, 404),
    ("POST", "/_stcore/agent/interact", 404, 404),
    ("POST", "/_stcore/agent/mcp", 404, 404),
    ("GET", "/_stcore/script-health-check", 404, 404),
    ("GET", "/auth/login", 404, 404),
    ("GET", "/oauth2callback", 404, 404),
    ("GET", "/sehat", 200, 200),
    ("GET", "/sandi", 303, 200),
    ("GET", "/keluar", 303, 200),
    ("GET", "/masuk", 200, 303),
    ("GET", "/masuk/apa", 404, 404),
    ("GET", "/aset/masuk.css", 200, 200),
    ("GET", "/aset/rahasia.txt", 404, 404),
    ("GET", "/aset/..%2f..%2fsettings.py", 404, 404),
    ("GET", "/aset", 404, 404),
    ("GET", "/peta/provinsi.json", 403, 200),
    ("GET", "/peta/desa.json", 403, 404),
    ("GET", "/unduh/apa", 403, 404),
    ("GET", "/unduh/" + "a" * 32, 403, 404),
]


@pytest.mark.parametrize(("method", "path", "stranger", "_member"), PASSES)
def test_a_stranger_passes_nowhere_but_here(
    fresh_db: Path, tab: Tab, inner: Inner, method: str, path: str, stranger: int, _member: int
) -> None:
    for cookie in (None, "tidak-dikenal", "a" * 500):
        client = tab()
        if cookie:
            client.cookies.set("pilar_sesi", cookie)
        assert client.request(method, path).status_code == stranger
    assert bool(inner.seen) == (stranger == 200 and path.startswith(("/_stcore", "/static")))


@pytest.mark.parametrize("role", list(ROLES))
def test_every_role_passes_alike(signed_in: Tab, role: str) -> None:
    client = signed_in(role=role)
    got = [(method, path, client.request(method, path).status_code) for method, path, _, _ in PASSES]
    assert got == [(method, path, member) for method, path, _, member in PASSES]


def test_a_deep_link_survives_the_sign_in(fresh_db: Path, tab: Tab) -> None:
    answer = tab().get("/daftar-lks?provinsi=33&cari=panti+asuhan&q=a%26b")
    assert (
        answer.headers["location"] == "/masuk?lanjut=/daftar-lks%3Fprovinsi%3D33%26cari%3Dpanti%2Basuhan%26q%3Da%2526b"
    )
    page = tab().get(answer.headers["location"])
    assert 'value="/daftar-lks?provinsi=33&amp;cari=panti+asuhan&amp;q=a%26b"' in page.text


def test_an_upload_without_a_session_is_refused_unread(fresh_db: Path, app: Starlette, inner: Inner) -> None:
    """Streamlit takes uploads from anybody into memory (RELIABILITY finding 11)."""
    asked: list[str] = []
    sent: list[Message] = []

    async def receive() -> Message:
        asked.append("body")
        return {"type": "http.request", "body": b"x" * 1_000_000, "more_body": True}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", HOST.encode()), (b"content-length", b"20000000")]
    asyncio.run(app(_scope("PUT", "/_stcore/upload_file/s/f", headers), receive, send))
    assert sent[0]["status"] == 403
    assert asked == [] and inner.seen == []


def _scope(method: str, path: str, headers: list[tuple[bytes, bytes]]) -> dict[str, Any]:
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": headers,
        "client": ("127.0.0.1", 5),
        "server": ("127.0.0.1", 8501),
    }


def test_an_upload_beyond_the_limit_is_refused_unread(signed_in: Tab, inner: Inner) -> None:
    client = signed_in()
    inner.seen.clear()
    answer = client.put("/_stcore/upload_file/s/f", content=b"x", headers={"Content-Length": "30000000"})
    assert answer.status_code == 413 and inner.seen == []


def test_a_slow_body_does_not_hold_a_place(fresh_db: Path, app: Starlette, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "BODY_SECONDS", 0.05)
    sent: list[Message] = []

    async def receive() -> Message:
        await asyncio.sleep(60)
        raise AssertionError("waited to the end")

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", HOST.encode()), (b"origin", f"http://{HOST}".encode())]
    asyncio.run(app(_scope("POST", "/masuk", headers), receive, send))
    assert sent[0]["status"] == 408


def test_many_slow_senders_together_hold_no_more_than_the_limit(
    fresh_db: Path, app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand phones with a slow body of 64 KB each once cost 100 MB that were not given back."""
    monkeypatch.setattr(guard, "ALL_BODIES", 100_000)
    monkeypatch.setattr(guard, "BODY_SECONDS", 0.3)
    statuses: list[int] = []

    async def one() -> None:
        given = False

        async def receive() -> Message:
            nonlocal given
            if given:
                await asyncio.sleep(60)
            given = True
            return {"type": "http.request", "body": b"x" * 30_000, "more_body": True}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        await app(_scope("POST", "/isi/ABCDEF", [(b"host", HOST.encode())]), receive, send)

    async def crowd() -> None:
        await asyncio.gather(*(one() for _ in range(8)))
        await one()  # nothing is held any more: this one is read until its time is over

    asyncio.run(crowd())
    assert statuses.count(503) == 5 and statuses.count(408) == 4


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/_stcore/stream", {"Origin": "https://evil.example"}),
        ("/_stcore/stream", {"Origin": "http://localhost:8502"}),
        ("/_stcore/stream", {"Origin": "null"}),
        ("/_stcore/stream", {"Sec-Fetch-Site": "cross-site"}),
        ("/lain", {}),
        ("/_stcore/stream/x", {}),
    ],
)
def test_a_socket_from_elsewhere_is_refused_even_with_a_session(
    signed_in: Tab, inner: Inner, path: str, headers: dict[str, str]
) -> None:
    client = signed_in()
    inner.seen.clear()
    with pytest.raises(WebSocketDisconnect) as refused, client.websocket_connect(f"ws://{HOST}{path}", headers=headers):
        pass
    assert refused.value.code == 1008 and inner.seen == []


@pytest.mark.parametrize("cookie", [None, "tidak-dikenal"])
def test_a_socket_without_a_session_is_refused(fresh_db: Path, tab: Tab, inner: Inner, cookie: str | None) -> None:
    client = tab()
    if cookie:
        client.cookies.set("pilar_sesi", cookie)
    with pytest.raises(WebSocketDisconnect) as refused, client.websocket_connect(f"ws://{HOST}/_stcore/stream"):
        pass
    assert refused.value.code == 1008 and inner.seen == []


def test_a_socket_with_a_session_is_let_through_until_it_ends(signed_in: Tab, inner: Inner) -> None:
    client = signed_in()
    with client.websocket_connect(f"ws://{HOST}/_stcore/stream"):
        pass
    assert ("WS", "/_stcore/stream") in inner.seen
    accounts.sign_out(client.cookies["pilar_sesi"])
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(f"ws://{HOST}/_stcore/stream"):
        pass


@pytest.mark.parametrize("path", ["/", "/daftar-lks", "/_stcore/upload_file/s/f", "/masuk", "/keluar"])
def test_another_site_can_change_nothing(signed_in: Tab, inner: Inner, path: str) -> None:
    client = signed_in()
    inner.seen.clear()
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        for method in ("POST", "PUT", "DELETE"):
            assert client.request(method, path, headers=headers).status_code == 403
    assert inner.seen == []


def test_media_stop_at_most_two_seconds_after_the_session(signed_in: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in()
    assert client.get("/media/a.png").status_code == 200
    accounts.sign_out(client.cookies["pilar_sesi"])
    assert client.get("/").status_code == 303  # pages are never answered from memory
    real = guard.time.monotonic
    monkeypatch.setattr(guard.time, "monotonic", lambda: real() + 2.1)
    assert client.get("/media/a.png").status_code == 403


def test_look_ups_are_remembered_for_assets_only(signed_in: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in()
    asked: list[str | None] = []
    real = accounts.actor_of

    def asking(token: str | None) -> Actor | None:
        asked.append(token)
        return real(token)

    monkeypatch.setattr(accounts, "actor_of", asking)
    for _ in range(5):
        client.get("/media/a.png")
    assert len(asked) == 1
    for _ in range(3):
        client.get("/")
    assert len(asked) == 4


# --- headers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("method", "path"), [(method, path) for method, path, _, _ in PASSES])
def test_every_answer_carries_the_headers(signed_in: Tab, tab: Tab, method: str, path: str) -> None:
    for client in (signed_in(), tab(own=False)):
        answer = client.request(method, path)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["x-frame-options"] == "SAMEORIGIN"
        assert "camera=()" in answer.headers["permissions-policy"]
        policy = answer.headers["content-security-policy"]
        assert "frame-ancestors 'self'" in policy or policy.startswith("default-src 'none'")
        assert "http:" not in policy and "https:" not in policy and "*" not in policy
        assert "strict-transport-security" not in answer.headers
        if answer.headers.get("content-type", "").startswith("text/html"):
            assert answer.headers["cache-control"] == "no-store"


def test_our_own_pages_run_no_inline_script(fresh_db: Path, tab: Tab) -> None:
    policy = tab().get("/masuk").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy


def test_a_forged_host_does_not_reach_the_policy(fresh_db: Path, tab: Tab) -> None:
    answer = tab().get("/_stcore/health", headers={"Host": "a; script-src evil.example"})
    assert "evil.example" not in answer.headers["content-security-policy"]


def test_a_store_that_does_not_answer_is_503(
    fresh_db: Path, tab: Tab, inner: Inner, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = tab()
    client.cookies.set("pilar_sesi", "apa-saja")
    engine.configure(f"sqlite:///{fresh_db / 'tidak-ada' / 'kosong.db'}")
    for path in ("/", "/masuk", "/media/a", "/sehat"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5"), path
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(f"ws://{HOST}/_stcore/stream"):
        pass
    assert inner.seen == []


# --- the bundle -------------------------------------------------------------------------------------------------------


def test_the_bundle_is_packed_once_and_unchanged(
    fresh_db: Path, tab: Tab, inner: Inner, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle._packed.clear()
    packed: list[str] = []
    real = bundle._pack

    def packing(file: Path) -> bundle.Packed:
        packed.append(file.name)
        return real(file)

    monkeypatch.setattr(bundle, "_pack", packing)
    client = tab()
    with client.stream("GET", BUNDLE, headers={"Accept-Encoding": "gzip, br"}) as answer:
        raw = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == "gzip" and answer.headers["vary"] == "Accept-Encoding"
        assert "immutable" in answer.headers["cache-control"]
        assert int(answer.headers["content-length"]) == len(raw)
    original = bundle._files()[BUNDLE].read_bytes()
    assert gzip.decompress(raw) == original and len(raw) < len(original) * 0.45
    again = client.get(BUNDLE, headers={"Accept-Encoding": "gzip", "If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304 and not again.content
    assert packed == [BUNDLE.rpartition("/")[2]] and inner.seen == []


@pytest.mark.parametrize("encoding", ["identity", "br", "gzip;q=0", ""])
def test_a_client_without_gzip_gets_streamlits_own_bytes(fresh_db: Path, tab: Tab, inner: Inner, encoding: str) -> None:
    answer = tab().get(BUNDLE, headers={"Accept-Encoding": encoding})
    assert "content-encoding" not in answer.headers and inner.seen == [("GET", BUNDLE)]


@pytest.mark.parametrize(
    "path", ["/static/js/tidak-ada.js", "/static/../index.html", "/static/js/..%2f..%2findex.html"]
)
def test_no_other_file_is_served_as_a_script(fresh_db: Path, tab: Tab, inner: Inner, path: str) -> None:
    tab().get(path, headers={"Accept-Encoding": "gzip"})
    assert [seen for seen in inner.seen if seen[1].startswith("/static")] or not inner.seen
    assert bundle.packed(path) is None


def test_the_whole_first_load_weighs_less_than_half(fresh_db: Path) -> None:
    files = [path for path in bundle._files() if path.endswith(".js")]
    assert len(files) > 100
    index = bundle._files()[BUNDLE].parents[2] / "index.html"
    first = [path for path in bundle._files() if path in index.read_text(encoding="utf-8")]
    plain = sum(bundle._files()[path].stat().st_size for path in first)
    packed = [bundle.packed(path) for path in first]
    assert sum(len(found.body) for found in packed if found) <= 0.45 * plain


def test_hashing_has_its_own_few_places() -> None:
    """64 MiB each: a crowd of guesses must not take the memory, nor the places of the look-ups."""
    assert threads._limiter("hash").total_tokens == 3
    assert threads._limiter("hash") is not threads._limiter("look")
