"""Stands before Streamlit and before our own routes: who may pass, from where, with how much, under which headers."""

import time
from collections.abc import Iterable

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import settings
from domain.errors import PilarError
from domain.permissions import Actor
from services import accounts
from web import bundle, pages, public, threads, trust
from web.public import answering, fields

# Ours; each route below these checks the session itself. "/peta" alone is a page: its shapes lie below "/peta/".
OWN = ("/masuk", "/keluar", "/sandi", "/sehat", "/aset", "/peta/", "/unduh", "/favicon.ico", *public.PREFIXES)
# Streamlit's, without a sign-in: its bundle, and the two addresses that its page asks before it connects.
OPEN = ("/static", "/_stcore/health", "/_stcore/host-config", "/favicon.png", "/manifest.json")
# Streamlit's, never: figures about the server, the page tree for programs, and a second way to sign in.
CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check", "/auth", "/oauth2callback")
INNER = ("/_stcore", "/media", "/component")
BODY_LIMIT, BODY_SECONDS = 8_192, 15
ALL_BODIES = (
    8_000_000  # bytes of bodies held at one moment, all senders together: a slow crowd must not fill the memory
)
UPLOAD_LIMIT = 27_000_000  # server.maxUploadSize is 25 MB; the rest is the form around it
ASSET_SECONDS, ASSET_SESSIONS = 2.0, 2_000


def below(path: str, prefixes: Iterable[str]) -> bool:
    """True when the path is one of the prefixes or lies under it; one that ends in "/" has only what lies under it."""
    return any(path == prefix or path.startswith(prefix.rstrip("/") + "/") for prefix in prefixes)


def page_policy(host: str | None) -> str:
    """The content policy of Streamlit's pages: nothing from another host, scripts only as its bundle needs them."""
    sockets = f" ws://{host} wss://{host}" if host else ""  # older Safari does not count sockets as 'self'
    return (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:{sockets}; "
        "media-src 'self' data: blob:; frame-src 'self' data: blob:; worker-src 'self' blob:; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    )


class Guard:
    """ASGI middleware; refuses early, reads no body that it refuses, and never blocks the event loop."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._assets: dict[str, tuple[float, Actor | None]] = {}
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or answers it."""
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        # A foreign origin is refused here: Streamlit would look up its own external address, blocking the loop.
        allowed = scope["path"] == "/_stcore/stream" and not trust.foreign(connection.headers)
        try:
            allowed = allowed and await self._actor(connection) is not None
        except PilarError:
            allowed = False
        if allowed:
            await self.app(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": ""})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        send = _with_headers(send, connection.headers)
        try:
            answer = await self._answer(connection, scope)
        except PilarError as error:
            answer = pages.refusal(503, error.code, error.facts, {"Retry-After": "5"})
        if answer is None and below(scope["path"], OWN) and scope["method"] not in ("GET", "HEAD"):
            body = await self._read(scope, receive)
            if isinstance(body, Response):
                answer = body
            else:
                receive = _replay(body, receive)
        await (answer or self.app)(scope, receive, send)

    async def _read(self, scope: Scope, receive: Receive) -> bytes | Response:
        """The whole body when it is small and arrives in time, else the refusal; never more than the limit is held."""
        headers, door = Headers(scope=scope), below(scope["path"], public.PREFIXES)
        limit = fields.LIMIT if door else BODY_LIMIT
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length[:12]) > limit:
            return _too_large(headers, door)  # nothing of it is read, and the connection ends
        body = bytearray()
        try:
            with anyio.move_on_after(BODY_SECONDS):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return PlainTextResponse("400", 400)
                    piece = message.get("body", b"")
                    body += piece
                    self._held += len(piece)
                    if len(body) > limit:
                        return _too_large(headers, door)
                    if self._held > ALL_BODIES:
                        return _busy(headers, door)
                    if not message.get("more_body", False):
                        return bytes(body)
        finally:
            self._held -= len(body)
        closing = {"Connection": "close"}
        return (
            answering.plain(headers, 408, "kiriman_lambat", closing) if door else PlainTextResponse("408", 408, closing)
        )

    async def _answer(self, connection: HTTPConnection, scope: Scope) -> Response | None:
        """The answer when the request must not go on; None lets it pass."""
        path, method, headers = scope["path"], scope["method"], connection.headers
        reading = method in ("GET", "HEAD")
        if below(path, CLOSED):
            return PlainTextResponse("404", 404)
        if not reading and trust.foreign(headers):
            return PlainTextResponse("403", 403)
        if below(path, OWN):
            if reading or trust.from_own_page(headers):
                return None
            # A program that hands in answers names no page that it came from; it brings a code with each request.
            return None if below(path, public.PREFIXES) else pages.refusal(403, "asal_asing")
        if below(path, OPEN):
            return await bundle.response(path, headers) if reading else None
        if below(path, INNER):
            asset = reading and below(path, ("/media", "/component"))
            if await self._actor(connection, asset=asset) is None:
                return PlainTextResponse("403", 403)
            size = headers.get("content-length", "0")
            return PlainTextResponse("413", 413) if not size.isdigit() or int(size) > UPLOAD_LIMIT else None
        return await self._page(connection, scope, reading)

    async def _page(self, connection: HTTPConnection, scope: Scope, reading: bool) -> Response | None:
        if "/_stcore/" in scope["path"]:
            # On a deep link the page asks for its server below that address too, and goes by the status alone.
            return PlainTextResponse("404", 404)
        actor = await self._actor(connection)
        if not reading:
            return PlainTextResponse("405", 405) if actor else PlainTextResponse("403", 403)
        query = scope["query_string"].decode("latin-1")
        wanted = scope["path"] + (f"?{query}" if query else "")
        if actor is None:
            return RedirectResponse(trust.sign_in_url(wanted), 303)
        return RedirectResponse("/sandi", 303) if actor.must_change_password else None

    async def _actor(self, connection: HTTPConnection, *, asset: bool = False) -> Actor | None:
        """Whoever is signed in now; for assets, of which a page loads many, as of at most two seconds ago."""
        token = trust.token_of(connection)
        if not token:
            return None
        key, now = accounts.digest(token), time.monotonic()
        if asset and key in self._assets and now - self._assets[key][0] < ASSET_SECONDS:
            return self._assets[key][1]
        actor = await threads.look(accounts.actor_of, token)
        if asset:
            if len(self._assets) >= ASSET_SESSIONS:
                self._assets.clear()
            self._assets[key] = (now, actor)
        return actor


def _too_large(headers: Headers, door: bool) -> Response:
    if door:
        return answering.plain(headers, 413, "kiriman_terlalu_besar", {"Connection": "close"})
    return pages.refusal(413, "isian_terlalu_besar")


def _busy(headers: Headers, door: bool) -> Response:
    later = {"Connection": "close", "Retry-After": "5"}
    return answering.plain(headers, 503, "pintu_sibuk", later) if door else PlainTextResponse("503", 503, later)


def _replay(body: bytes, receive: Receive) -> Receive:
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


def _with_headers(send: Send, asked: Headers) -> Send:
    """`send` that adds what every answer carries; what an answer set for itself stays."""
    always = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "SAMEORIGIN",
        "Permissions-Policy": "camera=(), geolocation=(self), microphone=(), payment=(), usb=()",
        "Content-Security-Policy": page_policy(trust.clean_host(asked)),
    }
    if settings.load().secure_cookie:
        always["Strict-Transport-Security"] = "max-age=31536000"

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in always.items():
                headers.setdefault(name, value)
            if headers.get("content-type", "").startswith("text/html"):
                headers["Cache-Control"] = "no-store"
        await send(message)

    return sending
