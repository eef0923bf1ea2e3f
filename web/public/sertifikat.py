"""The check of a certificate: plain pages that need no sign-in and no scripts, and tell what the paper says.

GET /sertifikat asks for a code; with ?kode= it leads to the code's own address, GET /sertifikat/{kode}, which the QR code
of the paper opens. 200: there is such a certificate, in force or withdrawn; 403: there is none; 429: too many wrong codes.
"""

from collections.abc import Awaitable, Callable
from functools import cache
from urllib.parse import quote

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from domain import certificate, figures
from domain.errors import PilarError
from services import certificate_check, wording
from services.certificate_check import Checked
from web import pages, trust
from web.public import answering

START = "/sertifikat"
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
POLICY = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
_OWN_WORDS = {"terlalu_sering": "sertifikat_terlalu_sering", "simpanan_sibuk": "pintu_sibuk"}
Endpoint = Callable[[Request], Awaitable[Response]]


@cache
def _limiter() -> CapacityLimiter:
    return CapacityLimiter(4)  # a crowd of checks leaves the places of the form in a hall and of the staff free


async def start(request: Request) -> Response:
    """The page that asks for a code, or the way to the address of one that was typed into it."""
    typed = certificate.cleaned(request.query_params.get("kode", ""))
    if typed:
        return RedirectResponse(f"{START}/{quote(typed, safe='')}", 303, headers=POLICY | answering.STORE)
    return pages.page("sertifikat.html", {"galat": None, "kode": ""}, headers=POLICY)


async def check(request: Request) -> Response:
    """What the certificate of a code says."""
    typed = request.path_params["kode"]
    found = await to_thread.run_sync(
        lambda: certificate_check.by_code(typed, trust.address(request)), limiter=_limiter()
    )
    return pages.page("sertifikat_isi.html", _told(found), headers=POLICY)


def _told(found: Checked) -> dict[str, object]:
    days = dict.fromkeys(figures.date_long(day) for day in (found.mulai, found.selesai))
    jp = None if found.jp is None else certificate.hours(found.jp)
    withdrawn = None if found.dicabut_pada is None else figures.moment(found.dicabut_pada, found.wilayah)
    texts = {name: getattr(found, name) for name in ("nomor", "nama", "judul", "penyelenggara", "tempat", "contoh")}
    dated = {"hari": " sampai ".join(days), "tanggal": figures.date_long(found.tanggal)}
    return texts | dated | {"jp": jp, "dicabut": withdrawn}


def _refusal(error: PilarError) -> Response:
    status = answering.status_of(error)
    told = wording.sentence(_OWN_WORDS.get(error.code, error.code), **error.facts)
    values = {"galat": told, "kode": ""}
    return pages.page("sertifikat.html", values, status, POLICY | answering.waiting(error, status))


async def not_allowed(request: Request) -> Response:
    """405 for any method but reading."""
    return answering.plain(request.headers, 405, "cara_tidak_dikenal", {"Allow": "GET, HEAD"})


async def not_found(request: Request) -> Response:
    """404 for anything below a code."""
    return answering.plain(request.headers, 404, "halaman_tidak_ada")


def _answering(endpoint: Endpoint) -> Endpoint:
    """`endpoint`, with every named refusal told on the page that asks for a code."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except PilarError as error:
            return _refusal(error)

    return answer


ROUTES: list[Route] = [
    Route(START, _answering(start)),
    Route(START + "/{kode}", _answering(check)),
    Route(START, not_allowed, methods=METHODS),
    Route(START + "/{kode}", not_allowed, methods=METHODS),
    Route(START + "/{rest:path}", not_found, methods=METHODS),
]
