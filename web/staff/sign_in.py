"""Signing in and out, and replacing one's own password."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.errors import InvalidInput, PilarError, SignInRefused, TooManyAttempts
from domain.permissions import Actor
from services import accounts, wording
from web import pages, threads, trust

MAX_NAME, MAX_PASSWORD = 100, 500  # a password longer than that costs time to hash and helps nobody
KABAR = ("keluar", "sandi_diganti", "sesi_berakhir")  # news that the sign-in page may open with, by message code


async def _form(request: Request, *names: str) -> dict[str, str]:
    """The named text fields of the form; absent ones and files are empty."""
    form = await request.form(max_files=0, max_fields=10)
    return {name: value if isinstance(value := form.get(name), str) else "" for name in names}


def _samples(request: Request) -> list[dict[str, str]]:
    """The one-click sample roles; empty unless the request comes from this very computer."""
    if not trust.from_this_computer(request):
        return []
    found = []
    for username, role in accounts.sample_roles():
        found.append({"nama": username} | wording.role(role))
    return found


async def _sign_in_page(
    request: Request, status: int = 200, *, error: PilarError | None = None, name: str = "", wanted: str | None = None
) -> Response:
    samples = await threads.look(_samples, request)
    kabar = request.query_params.get("kabar", "")
    values = {
        "galat": wording.of_error(error) if error else None,
        "kabar": wording.sentence("kabar_" + kabar) if kabar in KABAR and not error else None,
        "nama": name,
        "lanjut": trust.safe_next(wanted if wanted is not None else request.query_params.get("lanjut")),
        "contoh": samples,
    }
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, TooManyAttempts) else None
    return pages.page("masuk.html", values, status, headers)


async def sign_in_page(request: Request) -> Response:
    """The sign-in page; somebody already signed in is led on."""
    if await threads.look(accounts.actor_of, trust.token_of(request)):
        return RedirectResponse(trust.safe_next(request.query_params.get("lanjut")), 303)
    return await _sign_in_page(request)


async def _enter(request: Request, token: str, wanted: str) -> Response:
    """Leads on with the new token; whatever session the browser had before is ended, so none can be planted."""
    await threads.look(accounts.sign_out, trust.token_of(request))
    actor = await threads.look(accounts.actor_of, token)
    must_change = actor is not None and actor.must_change_password
    response = RedirectResponse("/sandi" if must_change else trust.safe_next(wanted), 303)
    trust.give_cookie(response, token)
    return response


async def sign_in(request: Request) -> Response:
    """A session for the right user and password; 401 for anything else, 429 after too many."""
    form = await _form(request, "nama_pengguna", "kata_sandi", "lanjut")
    name, password = form["nama_pengguna"].strip()[:MAX_NAME], form["kata_sandi"][:MAX_PASSWORD]
    try:
        token = await threads.hashing(accounts.sign_in, name, password, trust.address(request))
    except (SignInRefused, TooManyAttempts) as error:
        status = 429 if isinstance(error, TooManyAttempts) else 401
        return await _sign_in_page(request, status, error=error, name=name, wanted=form["lanjut"])
    return await _enter(request, token, form["lanjut"])


async def sign_in_sample(request: Request) -> Response:
    """A session for a sample role, only from this computer and only while nothing real is stored."""
    form = await _form(request, "nama", "lanjut")
    try:
        if not trust.from_this_computer(request):
            raise SignInRefused("contoh_ditutup")
        token = await threads.look(accounts.sign_in_sample, form["nama"][:MAX_NAME], trust.address(request))
    except SignInRefused:
        refused = SignInRefused("contoh_ditutup")
        return await _sign_in_page(request, 401, error=refused, wanted=form["lanjut"])
    return await _enter(request, token, form["lanjut"])


async def sign_out_page(request: Request) -> Response:
    """A page with the button that signs out: a link alone must not be able to."""
    actor = await threads.look(accounts.actor_of, trust.token_of(request))
    return pages.page("keluar.html", {"nama": actor.name}) if actor else RedirectResponse("/masuk", 303)


async def sign_out(request: Request) -> Response:
    """Ends the session and returns to the sign-in page."""
    await threads.look(accounts.sign_out, trust.token_of(request))
    response = RedirectResponse("/masuk?kabar=keluar", 303)
    trust.take_cookie(response)
    return response


def _password_page(actor: Actor, status: int = 200, error: wording.Sentence | None = None) -> Response:
    values = {
        "galat": error,
        "panjang": accounts.MIN_PASSWORD,
        "nama_pengguna": actor.username,
        "wajib": actor.must_change_password,
        "contoh": actor.contoh,
    }
    return pages.page("sandi.html", values, status)


async def password_page(request: Request) -> Response:
    """The form that replaces one's own password."""
    actor = await threads.look(accounts.actor_of, trust.token_of(request))
    return _password_page(actor) if actor else RedirectResponse("/masuk?kabar=sesi_berakhir", 303)


async def change_password(request: Request) -> Response:
    """Replaces the password and ends every session of the account, this one included."""
    actor = await threads.look(accounts.actor_of, trust.token_of(request))
    if actor is None:
        return RedirectResponse("/masuk?kabar=sesi_berakhir", 303)
    form = await _form(request, "lama", "baru", "ulang")
    if form["baru"] != form["ulang"] or len(form["baru"]) > MAX_PASSWORD:
        return _password_page(actor, 422, wording.sentence("sandi_tidak_sama"))
    try:
        await threads.hashing(accounts.change_own_password, actor, form["lama"][:MAX_PASSWORD], form["baru"])
    except InvalidInput as error:
        return _password_page(actor, 422, wording.of_problem(error.problems[0]))
    except SignInRefused as error:
        return _password_page(actor, 401, wording.of_error(error))
    except TooManyAttempts as error:
        response = _password_page(actor, 429, wording.of_error(error))
        response.headers["Retry-After"] = str(error.retry_after)
        return response
    response = RedirectResponse("/masuk?kabar=sandi_diganti", 303)
    trust.take_cookie(response)
    return response
