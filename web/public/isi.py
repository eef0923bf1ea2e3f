"""The participant's form: a link, a code, a page that works without scripts, and the route that takes the answers."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any, TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

import settings
from domain.errors import InvalidInput, NotFound, PilarError, Problem
from services import clock, intake, intake_marks
from web import trust
from web.public import answering, fields, views

COOKIE, COOKIE_PATH = "pilar_peserta", "/isi"
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
_READERS = 6
Endpoint = Callable[[Request], Awaitable[Response]]
T = TypeVar("T")


@cache
def _limiter() -> CapacityLimiter:
    # A hall that opens the form at once must leave the places of the staff's look-ups free.
    return CapacityLimiter(_READERS)


async def _in_thread(function: Callable[..., T], *args: Any) -> T:
    return await to_thread.run_sync(function, *args, limiter=_limiter())


async def _outcome(job: intake.Job) -> Any:
    return await asyncio.wrap_future(intake.receive(job))


def _session(request: Request) -> intake_marks.Session | None:
    return intake_marks.read_session(request.cookies.get(COOKIE), clock.now())


def _link(request: Request) -> str:
    return intake.link_of(request.path_params["tautan"])


async def _body(request: Request) -> fields.Body:
    return fields.read(fields.kind(request.headers) or fields.FORM, await request.body())


# --- answers ---------------------------------------------------------------------------------------------------------


async def receive(request: Request) -> Response:
    """Takes answers, form-encoded or JSON, and acknowledges them only after the commit.

    Fields: `kunci` (UUID), `kode` (or the mark `mulai` of the opened form, or the cookie), "butir.<id>" per item.
    """
    if fields.kind(request.headers) is None:
        return answering.plain(request.headers, 415, "kiriman_jenis_keliru")
    body = None
    try:
        body = await _body(request)
        agreed = body.text("persetujuan")
        job = intake.Job(
            _link(request),
            trust.address(request),
            code=body.text("kode"),
            started=body.text("mulai"),
            session=_session(request),
            kunci=intake.key_of(body.text("kunci")),
            values=body.values,
            shape=body.shape,
            consent=agreed if agreed == views.consent()["versi"] else None,
        )
        receipt: intake.Receipt = await _outcome(job)
    except PilarError as error:
        if not answering.wants_page(request.headers):
            return answering.refusal(error)
        return await _refused_page(request, error, body)
    if answering.wants_page(request.headers):
        where = views.receipt_address(job.link, receipt.kode_terima, receipt.pukul, receipt.terlambat)
        return RedirectResponse(where, 303)
    return JSONResponse(receipt.body(), headers=answering.STORE)


async def _refused_page(request: Request, error: PilarError, body: fields.Body | None) -> Response:
    """For a browser without scripts: the form again with what was sent, or a page with the sentence."""
    link = request.path_params["tautan"]
    if isinstance(error, InvalidInput) and body is not None and body.shape == "medan":
        found = [problem for problem in error.problems if problem.code.startswith("butir_")]
        if found:
            page = await _in_thread(_form_again, _link(request), request.cookies.get(COOKIE), body, found)
            if page is not None:
                return page
    return views.refusal(error, link)


def _form_again(link: str, token: str | None, body: fields.Body, problems: list[Problem]) -> Response | None:
    door = intake.open_door(link, token)
    if door.person is None or door.place.form is None:
        return None
    return views.form(
        door, link, problems=problems, given=body.values, key=body.text("kunci"), mark=body.text("mulai"), status=422
    )


# --- pages -----------------------------------------------------------------------------------------------------------


def _opened(link: str, token: str | None, again: bool) -> Response:
    door = intake.open_door(link, token)
    if door.place.form is None:
        return views.event(door, link) if door.person else views.sign_in(door, link)
    event_link = door.place.row["kegiatan_tautan"]
    if door.state == "disiapkan":
        remedy = f"Formulir dibuka {door.opens}. Muat ulang halaman ini sesudah itu." if door.opens else None
        return views.message("formulir_belum_dibuka", 403, link=link, event_link=event_link, remedy=remedy)
    if door.state == "ditutup":
        if door.received:
            return views.received(door, link, door.received, 410)
        return views.message("formulir_ditutup", 410, link=link, event_link=event_link, closed=True)
    if door.person is None:
        return views.sign_in(door, link)
    if door.received and not (again and door.again):
        return views.received(door, link, door.received)
    return views.form(door, link)


def _page_of(request: Request, link: str, again: bool) -> Response:
    return views.packed(request.headers, _opened(link, request.cookies.get(COOKIE), again))


async def open_link(request: Request) -> Response:
    """The page of a link: sign-in by code, the form, the event, or why there is none."""
    link = _link(request)
    if link != request.path_params["tautan"]:
        return RedirectResponse(f"/isi/{link}", 303)
    return await _in_thread(_page_of, request, link, request.query_params.get("ulang") == "1")


async def ask_link(request: Request) -> Response:
    """A page that asks for the word of the link and leads on to it."""
    typed = "".join(request.query_params.get("tautan", "").split())[:40]
    return (
        RedirectResponse(f"/isi/{intake.link_of(typed.rpartition('/')[2])}", 303)
        if typed
        else views.page("isi_tautan.html", {})
    )


def _receipt_page(link: str, token: str | None, mark: str | None) -> Response:
    told = intake_marks.read_receipt(mark)
    door = intake.open_door(link, token)
    if told is None or told[0] != link or door.place.form is None:
        raise NotFound("tautan_tidak_dikenal")
    return views.received(door, link, {"kode": told[1], "pukul": told[2], "terlambat": told[3]})


async def receipt_page(request: Request) -> Response:
    """What a browser without scripts is led to after its answers were stored."""
    mark = request.query_params.get("t")
    return await _in_thread(_receipt_page, _link(request), request.cookies.get(COOKIE), mark)


# --- who it is -------------------------------------------------------------------------------------------------------


def _refused_sign_in(link: str, error: PilarError | None, code: str | None, status: int, agreed: bool) -> Response:
    return views.sign_in(intake.open_door(link, None), link, error=error, code=code, status=status, agreed=agreed)


async def sign_in(request: Request) -> Response:
    """A cookie for whoever brings a right code and agrees to the consent text of this version."""
    link, body = _link(request), await _body(request)
    agreed = body.text("setuju") == views.consent()["versi"]
    code = body.text("kode")
    shut = await _in_thread(_shut, link)
    if shut is not None:
        return shut
    if not agreed or code is None:
        missing = "persetujuan_belum" if code else "kode_belum_ada"
        return await _in_thread(_refused_sign_in, link, None, missing, 422, agreed)
    try:
        person: intake.Person = await _outcome(intake.Job(link, trust.address(request), code=code))
    except PilarError as error:
        status = answering.status_of(error)
        if not answering.wants_page(request.headers):
            return answering.refusal(error)
        if status in (404, 503):
            return views.refusal(error, link)
        return await _in_thread(_refused_sign_in, link, error, None, status, agreed)
    response = RedirectResponse(f"/isi/{link}", 303)
    response.set_cookie(
        COOKIE,
        intake_marks.session(person.id, person.event_id, views.consent()["versi"], clock.now(), person.mark),
        max_age=intake_marks.SESSION_HOURS * 3600,
        path=COOKIE_PATH,
        httponly=True,
        samesite="strict",
        secure=settings.load().secure_cookie,
    )
    return response


def _shut(link: str) -> Response | None:
    """The page of a form that cannot be opened now, whoever asks; None when it can."""
    door = intake.open_door(link, None)
    return _opened(link, None, False) if door.state in ("disiapkan", "ditutup") else None


async def sign_out(request: Request) -> Response:
    """Forgets the participant on this phone; answers that wait there are still sent, for whom they are."""
    body = await _body(request)
    try:
        where = f"/isi/{intake.link_of(body.text('ke') or '')}"
    except NotFound:
        where = "/isi"
    response = RedirectResponse(where, 303)
    response.delete_cookie(
        COOKIE, path=COOKIE_PATH, httponly=True, samesite="strict", secure=settings.load().secure_cookie
    )
    return response


def _attend(link: str, token: str | None, code: str | None, session_id: int, address: str) -> dict[str, Any]:
    # Here, because its sheets bring workbooks and tables along, which would make every start of the server wait.
    from services import attendance

    found = attendance.by_code(link, code or intake.own_code(link, token), session_id, address)
    pada = found.pada.isoformat(timespec="milliseconds")
    return {"status": "hadir", "materi": found.materi, "pada": pada, "sudah": found.already}


def _event_again(link: str, token: str | None, error: PilarError, status: int) -> Response:
    door = intake.open_door(link, token)
    if door.person is None or door.place.form is not None:
        return views.refusal(error, link)
    return views.event(door, link, error=error, status=status)


async def attend(request: Request) -> Response:
    """Notes that a participant is here, for one of today's sessions; asking again changes nothing."""
    link, body, token = _link(request), await _body(request), request.cookies.get(COOKIE)
    text = body.values.get("sesi")
    text = str(text[0] if isinstance(text, list) and text else text)
    session_id = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    page = answering.wants_page(request.headers)
    try:
        found = await _in_thread(_attend, link, token, body.text("kode"), session_id, trust.address(request))
    except PilarError as error:
        if not page:
            return answering.refusal(error)
        return await _in_thread(_event_again, link, token, error, answering.status_of(error))
    if page:
        return RedirectResponse(f"/isi/{link}", 303)
    return JSONResponse(found, headers=answering.STORE)


# --- the whole prefix ------------------------------------------------------------------------------------------------


async def not_found(request: Request) -> Response:
    """Our own 404 for whatever else lies below the prefix: a mistyped link must not load the staff's screens."""
    if request.method in ("GET", "HEAD"):
        rest = request.path_params.get("rest", "")
        if rest.endswith("/") and rest.strip("/"):
            return RedirectResponse(f"/isi/{rest.strip('/')}", 303) if "/" not in rest.strip("/") else _unknown()
        return _unknown()
    return answering.plain(request.headers, 404, "tautan_tidak_dikenal")


def _unknown() -> Response:
    return views.message("tautan_tidak_dikenal", 404)


async def not_allowed(request: Request) -> Response:
    """405 for a method that an address does not have."""
    return answering.plain(request.headers, 405, "cara_tidak_dikenal")


def _answering(endpoint: Endpoint) -> Endpoint:
    """`endpoint`, with every named refusal told as an answer; a page for whoever only opens an address."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except PilarError as error:
            if request.method in ("GET", "HEAD") or answering.wants_page(request.headers):
                return views.refusal(error, request.path_params.get("tautan"))
            return answering.refusal(error)

    return answer


def _route(path: str, endpoint: Endpoint, method: str = "GET") -> Route:
    return Route(path, _answering(endpoint), methods=[method])


ROUTES: list[Route] = [
    _route("/isi", ask_link),
    _route("/isi/keluar", sign_out, "POST"),
    _route("/isi/{tautan}", open_link),
    _route("/isi/{tautan}", receive, "POST"),
    _route("/isi/{tautan}/masuk", sign_in, "POST"),
    _route("/isi/{tautan}/hadir", attend, "POST"),
    _route("/isi/{tautan}/tanda", receipt_page),
    Route("/isi", not_allowed, methods=METHODS),
    Route("/isi/{tautan}", not_allowed, methods=METHODS),
    Route("/isi/{rest:path}", not_found, methods=METHODS),
]
