"""The door of online applications: a form that works without scripts, its files in pieces, tickets and personal links.

For programs, and for the script of the page:
  POST /daftar, form-encoded or JSON: kunci (UUID made by the sender), persetujuan (version of the consent text), and the
    fields as "isian.<name>" or in one object "isian". 200 {"status": "diterima", "kunci", "hash", "tiket",
    "diterima_pada"} after the commit; the same key and content get the same answer for ever, another content 409.
    `hash` is SHA-256 over the fields as JSON, keys sorted, no spaces, lists sorted.
  PUT /daftar/berkas/{kunci}?dari=N with at most 48,000 bytes of a file: 200 {"sampai", "selesai"}; 409 with the right
    "sampai" when N is not where it stands. Headers of the first piece (allowed on each): Berkas-Pengajuan (key of the
    application), Berkas-Syarat (code of the paper), Berkas-Jenis (media type), Berkas-Ukuran, Berkas-Sidik (SHA-256 of
    the whole, hex), Berkas-Nama (percent-encoded). GET of the same address says how far it is.
408, 429, 5xx and anything that is not our JSON mean: not received, send again.
"""

from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any, TypeVar
from urllib.parse import unquote

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

import settings
from domain.errors import FileRefused, InvalidInput, NotFound, PilarError, SignInRequired
from services import (
    application_doors,
    application_fields,
    application_forms,
    application_intake,
    application_standing,
    application_uploads,
)
from services.application_uploads import Announced, WrongOffset
from web import trust
from web.public import answering, daftar_views, fields, views

START = "/daftar"
TICKET_COOKIE, LINK_COOKIE = "pilar_tiket", "pilar_tautan"
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
_THREADS = 4
_DIGITS = 9
Endpoint = Callable[[Request], Awaitable[Response]]
T = TypeVar("T")


@cache
def _limiter() -> CapacityLimiter:
    # Pictures are unpacked here: few at a time, and the places of the form in a hall and of the staff stay free.
    return CapacityLimiter(_THREADS)


async def _in_thread(function: Callable[..., T], *args: Any, **named: Any) -> T:
    return await to_thread.run_sync(lambda: function(*args, **named), limiter=_limiter())


async def _body(request: Request) -> fields.Body:
    return fields.read(fields.kind(request.headers) or fields.FORM, await request.body())


def _remember(response: Response, name: str, value: str, samesite: Any) -> Response:
    response.set_cookie(
        name,
        value,
        max_age=application_doors.SESSION_HOURS * 3600,
        path=START,
        httponly=True,
        samesite=samesite,
        secure=settings.load().secure_cookie,
    )
    return response


def _forget(response: Response, name: str) -> Response:
    response.delete_cookie(name, path=START, httponly=True, secure=settings.load().secure_cookie)
    return response


# --- a new application -----------------------------------------------------------------------------------------------


async def start(request: Request) -> Response:
    """The three ways in: apply, follow a ticket, open a personal link; and what waits on this phone."""
    return daftar_views.page("daftar.html", {})


def _new(wilayah: str | None) -> Response:
    if wilayah is None or "." not in wilayah:
        return daftar_views.choose(application_forms.step(wilayah or None))
    return daftar_views.new_form(application_forms.form(wilayah))


async def new(request: Request) -> Response:
    """The choice of a region in two steps, then the form of that kab/kota."""
    page = await _in_thread(_new, request.query_params.get("wilayah"))
    return views.packed(request.headers, page)


def _receive(body: fields.Body, address: str) -> application_intake.Ack:
    sent = application_intake.Sent(
        body.text("kunci"), application_fields.sent(body.values), body.text("persetujuan"), address
    )
    return application_intake.receive(sent, daftar_views.consent()["versi"])


async def receive(request: Request) -> Response:
    """Takes a new application and acknowledges it after the commit; a page to browsers without scripts."""
    if fields.kind(request.headers) is None:
        return answering.plain(request.headers, 415, "kiriman_jenis_keliru")
    body = await _body(request)
    try:
        ack = await _in_thread(_receive, body, trust.address(request))
    except InvalidInput as error:
        if not answering.wants_page(request.headers) or body.shape != "medan":
            raise
        page = await _in_thread(_new_again, body, error)
        return page or daftar_views.refusal(error, request.headers)
    return _acknowledged(request, ack, f"{START}/tiket")


def _acknowledged(request: Request, ack: application_intake.Ack, where: str) -> Response:
    page = answering.wants_page(request.headers)
    response = RedirectResponse(where, 303) if page else JSONResponse(ack.body(), headers=answering.STORE)
    return _remember(response, TICKET_COOKIE, application_doors.ticket_session(ack.id), "strict")


def _sent_again(body: fields.Body) -> dict[str, Any]:
    """The fields of a form as the page shows them again; consent is asked anew."""
    return {
        name.removeprefix(application_fields.PREFIX): value
        for name, value in body.values.items()
        if name.startswith((application_fields.PREFIX, "pengaju"))
    }


def _new_again(body: fields.Body, error: InvalidInput) -> Response | None:
    region = body.text("isian.kode_wilayah") or body.text("wilayah") or ""
    try:
        form = application_forms.form(region)
    except NotFound:
        return None
    return daftar_views.new_form(
        form, problems=error.problems, given=_sent_again(body), key=body.text("kunci"), status=422
    )


# --- files -----------------------------------------------------------------------------------------------------------


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


def _announced(request: Request) -> Announced | None:
    """What the headers say of the file; None when they say nothing."""
    headers = request.headers
    if "berkas-sidik" not in headers:
        return None
    size = _whole(headers.get("berkas-ukuran"))
    if size is None:
        raise FileRefused("berkas_keterangan_keliru")
    return Announced(
        application_key=headers.get("berkas-pengajuan", ""),
        syarat=headers.get("berkas-syarat", ""),
        name=unquote(headers.get("berkas-nama", ""))[:200],
        mime=headers.get("berkas-jenis", ""),
        size=size,
        sha256=headers["berkas-sidik"],
    )


async def put_file(request: Request) -> Response:
    """Takes a piece of a file and says how far it has come."""
    offset, content = _whole(request.query_params.get("dari", "0")), await request.body()
    if offset is None:
        raise FileRefused("berkas_keterangan_keliru")
    kunci, told, address = request.path_params["kunci"], _announced(request), trust.address(request)
    try:
        found = await _in_thread(application_uploads.put, kunci, offset, content, told, address)
    except WrongOffset as error:
        body = answering.refused(409, error.code, error.facts) | error.progress.body()
        return JSONResponse(body, 409, headers=answering.STORE)
    return JSONResponse(found.body(), headers=answering.STORE)


async def file_state(request: Request) -> Response:
    """How far a file has come."""
    found = await _in_thread(application_uploads.state, request.path_params["kunci"])
    return JSONResponse(found.body(), headers=answering.STORE)


# --- by ticket -------------------------------------------------------------------------------------------------------


def _standing(token: str | None) -> Response:
    try:
        application_id = application_doors.read_ticket_session(token)
    except PilarError:
        return daftar_views.ask_ticket()
    found = application_standing.standing(application_id)
    return daftar_views.standing(found, application_forms.form(found.row["kode_wilayah"]))


async def ticket_page(request: Request) -> Response:
    """How the application of this ticket's cookie stands, or the page that asks for the ticket."""
    page = await _in_thread(_standing, request.cookies.get(TICKET_COOKIE))
    return views.packed(request.headers, page)


async def open_ticket(request: Request) -> Response:
    """A cookie for whoever brings a right ticket."""
    body = await _body(request)
    try:
        found = await _in_thread(application_doors.by_ticket, body.text("tiket") or "", trust.address(request))
    except PilarError as error:
        status = answering.status_of(error)
        if not answering.wants_page(request.headers) or status == 503:
            raise
        return daftar_views.ask_ticket(error, status)
    response = RedirectResponse(f"{START}/tiket", 303)
    return _remember(response, TICKET_COOKIE, application_doors.ticket_session(found), "strict")


def _complete(token: str | None, body: fields.Body) -> Response:
    application_id = application_doors.read_ticket_session(token)
    brought = body.values.get("antar", [])
    papers = frozenset(one for one in (brought if isinstance(brought, list) else [brought]) if isinstance(one, str))
    version = _whole(body.text("versi")) or 0
    try:
        application_standing.complete(
            application_id, version, application_fields.sent(body.values), papers, body.text("token") or ""
        )
    except InvalidInput as error:
        found = application_standing.standing(application_id)
        form = application_forms.form(found.row["kode_wilayah"])
        given = found.values | _sent_again(body)
        return daftar_views.standing(found, form, problems=error.problems, given=given, status=422)
    return RedirectResponse(f"{START}/tiket", 303)


async def complete(request: Request) -> Response:
    """Hands in what was asked for."""
    return await _in_thread(_complete, request.cookies.get(TICKET_COOKIE), await _body(request))


async def leave(request: Request) -> Response:
    """Forgets the ticket and the link on this phone's browser."""
    return _forget(_forget(RedirectResponse(START, 303), TICKET_COOKIE), LINK_COOKIE)


# --- by personal link ------------------------------------------------------------------------------------------------


def _own(token: str | None) -> Response:
    own = application_doors.linked(token)
    return daftar_views.own_form(own, application_forms.form(own.record["kabkota_kode"]), application_doors.sent(own))


async def own_page(request: Request) -> Response:
    """The profile of the link's cookie, or the page that takes the link."""
    token = request.cookies.get(LINK_COOKIE)
    try:
        page = await _in_thread(_own, token) if token else daftar_views.ask_link()
    except (SignInRequired, NotFound) as error:
        page = _forget(daftar_views.ask_link(error, answering.status_of(error)), LINK_COOKIE)
    return views.packed(request.headers, page)


async def _exchange(request: Request, token: str) -> Response:
    value = await _in_thread(application_doors.open_link, token, trust.address(request))
    response = RedirectResponse(f"{START}/lks", 303, headers={"Referrer-Policy": "no-referrer"})
    return _remember(response, LINK_COOKIE, value, "lax")


async def open_link(request: Request) -> Response:
    """A cookie in exchange for the token of a personal link, which then stands in no address any more."""
    typed = (await _body(request)).text("tautan") or ""
    try:
        return await _exchange(request, typed.strip().rpartition("#")[2].rpartition("/")[2])
    except PilarError as error:
        status = answering.status_of(error)
        if not answering.wants_page(request.headers) or status == 503:
            raise
        return daftar_views.ask_link(error, status)


async def open_link_address(request: Request) -> Response:
    """The same for a link that was written without the #."""
    return await _exchange(request, request.path_params["tautan"])


def _correct(token: str | None, body: fields.Body, address: str) -> application_intake.Ack:
    own = application_doors.linked(token)
    sender = {name: body.text(name) for name in ("pengaju", "pengaju_jabatan", "pengaju_telepon")}
    sent = application_intake.Sent(
        body.text("kunci"), application_fields.sent(body.values), body.text("persetujuan"), address,
        own.record["id"], sender,
    )  # fmt: skip
    return application_intake.receive(sent, daftar_views.consent()["versi"])


def _own_again(token: str | None, body: fields.Body, error: InvalidInput) -> Response:
    own = application_doors.linked(token)
    form = application_forms.form(own.record["kabkota_kode"])
    return daftar_views.own_form(
        own, form, application_doors.sent(own), problems=error.problems, given=_sent_again(body),
        key=body.text("kunci"), status=422,
    )  # fmt: skip


async def correct(request: Request) -> Response:
    """Takes corrections of the profile that the link opened."""
    if fields.kind(request.headers) is None:
        return answering.plain(request.headers, 415, "kiriman_jenis_keliru")
    body, token = await _body(request), request.cookies.get(LINK_COOKIE)
    try:
        ack = await _in_thread(_correct, token, body, trust.address(request))
    except InvalidInput as error:
        if not answering.wants_page(request.headers) or body.shape != "medan":
            raise
        return await _in_thread(_own_again, token, body, error)
    return _acknowledged(request, ack, f"{START}/lks")


# --- the whole prefix ------------------------------------------------------------------------------------------------


async def not_found(request: Request) -> Response:
    """Our own 404 for whatever else lies below the prefix."""
    if request.method in ("GET", "HEAD"):
        return daftar_views.message("halaman_daftar_tidak_ada", 404)
    return answering.plain(request.headers, 404, "halaman_daftar_tidak_ada")


async def not_allowed(request: Request) -> Response:
    """405 for a method that an address does not have."""
    return answering.plain(request.headers, 405, "cara_tidak_dikenal")


def _answering(endpoint: Endpoint) -> Endpoint:
    """`endpoint`, with every named refusal told as an answer."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except PilarError as error:
            return daftar_views.refusal(error, request.headers)

    return answer


def _route(path: str, endpoint: Endpoint, method: str = "GET") -> Route:
    return Route(START + path, _answering(endpoint), methods=[method])


ROUTES: list[Route] = [
    _route("", start),
    _route("", receive, "POST"),
    _route("/baru", new),
    _route("/berkas/{kunci}", file_state),
    _route("/berkas/{kunci}", put_file, "PUT"),
    _route("/tiket", ticket_page),
    _route("/tiket", open_ticket, "POST"),
    _route("/tiket/lengkapi", complete, "POST"),
    _route("/keluar", leave, "POST"),
    _route("/lks", own_page),
    _route("/lks", correct, "POST"),
    _route("/lks/masuk", open_link, "POST"),
    _route("/lks/{tautan}", open_link_address),
    *(
        Route(START + path, not_allowed, methods=METHODS)
        for path in ("", "/baru", "/berkas/{kunci}", "/tiket", "/tiket/lengkapi", "/keluar", "/lks", "/lks/masuk")
    ),
    Route(START + "/{rest:path}", not_found, methods=METHODS),
]
