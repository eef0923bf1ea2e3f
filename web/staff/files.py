"""Files: the look, the map shapes, and what somebody made to download."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from domain.errors import NotFound, NotPermitted
from services import accounts, downloads, peta
from web import bundle, look, pages, threads, trust


async def _asset(request: Request, name: str) -> Response:
    found = await threads.filing(look.asset, name)
    if found is None:
        return pages.refusal(404, "halaman_tidak_ada")
    # With the hash in the address a change makes a new address; without it the browser asks each time.
    stable = request.query_params.get("v") == found.version
    etag = f'"{found.version}"'
    shared = {"ETag": etag, "Cache-Control": "public, max-age=31536000, immutable" if stable else "no-cache"}
    if bundle.matches(request.headers, etag):
        return Response(status_code=304, headers=shared)
    return Response(found.content, headers=shared, media_type=found.media_type)


async def asset(request: Request) -> Response:
    """A file of the look: logo, icon, heading font, style of the sign-in page."""
    return await _asset(request, request.path_params["name"])


async def favicon(request: Request) -> Response:
    """The icon, at the address that every browser asks for."""
    return await _asset(request, "favicon.ico")


async def shapes(request: Request) -> Response:
    """The shapes of a map layer as TopoJSON, for a live session; 403 for nobody, 404 for a layer that is not there."""
    actor = await threads.look(accounts.actor_of, trust.token_of(request))
    if actor is None:
        return pages.refusal(403, "perlu_masuk")
    try:
        found = await threads.filing(peta.shapes, actor, request.path_params["layer"])
    except NotFound:
        return pages.refusal(404, "halaman_tidak_ada")
    except NotPermitted as error:
        return pages.refusal(403, error.code, error.facts)
    packed = bundle.accepts_gzip(request.headers)
    etag = f'"{found.digest}-gz"' if packed else f'"{found.digest}"'
    stable = request.query_params.get("v") == found.digest
    cache_control = "private, max-age=31536000, immutable" if stable else "private, no-cache"
    shared = {"ETag": etag, "Cache-Control": cache_control, "Vary": "Accept-Encoding, Cookie"}
    if bundle.matches(request.headers, etag):
        return Response(status_code=304, headers=shared)
    if packed:
        return Response(found.gz, headers=shared | {"Content-Encoding": "gzip"}, media_type="application/json")
    return Response(found.plain, headers=shared, media_type="application/json")


async def download(request: Request) -> Response:
    """A file that the signed-in person made; one answer for another's, an expired and an unknown one."""
    actor = await threads.look(accounts.actor_of, trust.token_of(request))
    if actor is None:
        return pages.refusal(403, "perlu_masuk")
    try:
        found = await threads.filing(downloads.get, actor, request.path_params["token"])
    except NotFound as error:
        return pages.refusal(404, error.code)
    plain = "".join(c if c.isascii() and c not in '"\\' else "_" for c in found.name)
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(found.name, safe='')}"
    headers = {
        "Content-Disposition": disposition,
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return FileResponse(found.path, headers=headers, media_type=found.mime)
