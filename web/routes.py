"""Every route of our own and the middleware, as app.py hands them to the server."""

from collections.abc import Awaitable, Callable

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from data_access.engine import reading
from data_access.queries import state
from domain.errors import PilarError
from web import pages, threads
from web.guard import OWN, Guard
from web.public import daftar, isi, sertifikat
from web.staff import files, sign_in

Endpoint = Callable[[Request], Awaitable[Response]]


def _revision() -> int:
    with reading() as connection:
        return state.revision(connection, "register")


async def health(request: Request) -> Response:
    """ "ok" when the store answers a question, 503 when it does not; nothing else, because anybody may ask."""
    try:
        await threads.look(_revision)
    except PilarError:
        return PlainTextResponse("tidak siap", 503, headers={"Retry-After": "5"})
    return PlainTextResponse("ok", headers={"Cache-Control": "no-store"})


async def not_found(request: Request) -> Response:
    """Our own 404: without it, a mistyped address below our prefixes would load the whole of Streamlit."""
    return pages.refusal(404, "halaman_tidak_ada")


async def first_page(request: Request) -> Response:
    """The first screen has the address `/`; its own name leads there, with its filters."""
    return RedirectResponse("/" + (f"?{request.url.query}" if request.url.query else ""), 307)


def _answering(endpoint: Endpoint) -> Endpoint:
    """`endpoint`, with a store that does not answer told as 503 instead of a bare 500."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except PilarError as error:
            return pages.refusal(503, error.code, error.facts, {"Retry-After": "5"})

    return answer


def _route(path: str, endpoint: Endpoint, method: str = "GET") -> Route:
    return Route(path, _answering(endpoint), methods=[method])


ROUTES: list[Route] = [
    _route("/masuk", sign_in.sign_in_page),
    _route("/masuk", sign_in.sign_in, "POST"),
    _route("/masuk/contoh", sign_in.sign_in_sample, "POST"),
    _route("/keluar", sign_in.sign_out_page),
    _route("/keluar", sign_in.sign_out, "POST"),
    _route("/sandi", sign_in.password_page),
    _route("/sandi", sign_in.change_password, "POST"),
    _route("/aset/{name}", files.asset),
    _route("/favicon.ico", files.favicon),
    _route("/peta/{layer}.json", files.shapes),
    _route("/unduh/{token}", files.download),
    _route("/sehat", health),
    _route("/ringkasan", first_page),
    *isi.ROUTES,
    *daftar.ROUTES,
    *sertifikat.ROUTES,
    *(Route(prefix.rstrip("/") + "/{rest:path}", not_found) for prefix in OWN),
    *(Route(prefix, not_found) for prefix in ("/aset", "/unduh")),
]
MIDDLEWARE: list[Middleware] = [Middleware(Guard)]
