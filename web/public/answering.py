"""What the participant's door says: a JSON object to programs, a page with one sentence to browsers without scripts."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, Response

from domain.errors import (
    AlreadyDone,
    FileRefused,
    InvalidInput,
    NotFound,
    NotPermitted,
    PilarError,
    SignInRefused,
    SignInRequired,
    StaleEdit,
    TooManyAttempts,
)
from services import wording
from web import pages

STORE = {"Cache-Control": "no-store"}
BUSY_SECONDS = 5
_STATUS: tuple[tuple[type[PilarError], int], ...] = (
    (NotFound, 404),
    (SignInRefused, 403),
    (SignInRequired, 403),
    (NotPermitted, 403),
    (AlreadyDone, 409),
    (StaleEdit, 409),
    (InvalidInput, 422),
    (FileRefused, 422),
    (TooManyAttempts, 429),
)
# Participants know no "admin" and no "data": the general sentences say it in words of the room.
_OWN_WORDS = {"terlalu_sering": "kode_terlalu_sering", "simpanan_sibuk": "pintu_sibuk"} | {
    "isian_ditolak": "jawaban_perlu_diperbaiki"
}


def wants_page(headers: Headers) -> bool:
    """True for a browser that sends the form by itself and shows what comes back."""
    return "text/html" in headers.get("accept", "").lower()


def status_of(error: PilarError) -> int:
    """The status that tells what kind of refusal this is; 503 when it is the store's doing."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 503)


def code_of(error: PilarError) -> str:
    """The code of the sentence; a body that could not be read at all is told by its own one."""
    if isinstance(error, InvalidInput) and error.problems and not error.problems[0].code.startswith("butir_"):
        return error.problems[0].code
    return _OWN_WORDS.get(error.code, error.code)


def waiting(error: PilarError, status: int) -> dict[str, str]:
    """Retry-After where asking again later helps."""
    if isinstance(error, TooManyAttempts):
        return {"Retry-After": str(error.retry_after)}
    return {"Retry-After": str(BUSY_SECONDS)} if status == 503 else {}


def refused(status: int, code: str, facts: Mapping[str, str] | None = None, **more: Any) -> dict[str, Any]:
    """The JSON of a refusal."""
    reason, remedy = wording.sentence(code, **(facts or {}))
    return {"status": "ditolak", "kode": code, "pesan": reason, "tindakan": remedy, **more}


def _details(error: PilarError) -> dict[str, Any]:
    if not isinstance(error, InvalidInput):
        return {}
    found = [problem for problem in error.problems if problem.code.startswith("butir_")]
    listed = [
        {"butir": problem.column, "kode": problem.code, "pesan": str(wording.of_problem(problem))} for problem in found
    ]
    return {"butir": list(dict.fromkeys(problem.column for problem in found)), "rincian": listed}


def refusal(error: PilarError) -> Response:
    """The JSON answer to a request that was refused."""
    status, code = status_of(error), code_of(error)
    extra = waiting(error, status)
    return JSONResponse(refused(status, code, error.facts, **_details(error)), status, headers=STORE | extra)


def plain(headers: Headers, status: int, code: str, extra: Mapping[str, str] | None = None) -> Response:
    """A refusal for which there is no error: by size, kind of body, or time."""
    if wants_page(headers):
        return page(status, code, None, extra)
    return JSONResponse(refused(status, code), status, headers=STORE | dict(extra or {}))


def page(
    status: int, code: str, facts: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """A page with one sentence, for everything that ends here."""
    reason, remedy = wording.sentence(code, **(facts or {}))
    return pages.page("isi_pesan.html", {"alasan": reason, "tindakan": remedy, "kode": code}, status, headers)
