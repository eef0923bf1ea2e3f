"""Our routes behind the guard, with a stand-in where Streamlit would be that notes what reached it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from data_access.commands import accounts as commands
from data_access.engine import writing
from services import accounts, clock
from web.routes import MIDDLEWARE, ROUTES

PASSWORD = "melati-putih-di-teras"
HOST = "localhost:8501"


@dataclass
class Inner:
    """What reached the stand-in: (method or "WS", path), and how many bytes of bodies it was given."""

    seen: list[tuple[str, str]] = field(default_factory=list)
    read: int = 0

    async def http(self, request: Request) -> Response:
        self.seen.append((request.method, request.url.path))
        self.read += len(await request.body())
        if request.url.path.startswith(("/_stcore", "/media", "/component", "/static")):
            return PlainTextResponse("dalam")
        return HTMLResponse("<title>dalam</title>", headers={"Cache-Control": "no-cache"})

    async def socket(self, websocket: WebSocket) -> None:
        self.seen.append(("WS", websocket.url.path))
        await websocket.accept()
        await websocket.close()


@pytest.fixture
def inner() -> Inner:
    return Inner()


@pytest.fixture
def app(inner: Inner) -> Starlette:
    methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]
    behind = [
        WebSocketRoute("/{path:path}", inner.socket),
        Route("/{path:path}", inner.http, methods=methods),
    ]
    return Starlette(routes=[*ROUTES, Mount("/", routes=behind)], middleware=MIDDLEWARE)


@pytest.fixture
def quick_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost next to nothing, so that a thousand guesses fit into a test."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    nobody = quick.hash("bukan siapa-siapa")
    monkeypatch.setattr(accounts, "_hasher", quick)
    monkeypatch.setattr(accounts, "_nobody", lambda: nobody)


@pytest.fixture
def user(fresh_db: Path, quick_hash: None) -> Callable[..., int]:
    """Makes an account that signs in with PASSWORD and returns its id."""

    def make(name: str = "sari", role: str = "operator", wilayah: str | None = None, once: bool = False) -> int:
        values = {
            "nama_pengguna": name,
            "nama": f"Uji {name}",
            "sandi": accounts.hash_password(PASSWORD),
            "sandi_sekali": once,
            "peran": role,
            "wilayah": wilayah,
            "dibuat_pada": clock.now(),
        }
        with writing() as connection:
            return commands.add_user(connection, values)

    return make


@pytest.fixture
def tab(app: Starlette) -> Callable[..., TestClient]:
    """Makes a browser: cookies kept, redirects not followed, forms sent from our own pages unless told otherwise."""

    def make(host: str = HOST, peer: str = "127.0.0.1", own: bool = True, **headers: str) -> TestClient:
        client = TestClient(app, base_url=f"http://{host}", client=(peer, 50_000), follow_redirects=False)
        if own:
            client.headers["Origin"] = f"http://{host}"
        client.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
        return client

    return make


@pytest.fixture
def signed_in(user: Callable[..., int], tab: Callable[..., TestClient]) -> Callable[..., TestClient]:
    """Makes an account and a browser that signed in to it."""

    def make(name: str = "sari", role: str = "operator", wilayah: str | None = None) -> TestClient:
        user(name, role, wilayah)
        client = tab()
        answer = client.post("/masuk", data={"nama_pengguna": name, "kata_sandi": PASSWORD})
        assert answer.status_code == 303, answer.text
        return client

    return make
