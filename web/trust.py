"""What may be believed of a request: its cookie, its origin, its address, and where it wants to go next."""

import ipaddress
import re
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import Response

import settings
from services import accounts

LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
# Set by a proxy, or forged by anybody: a request that carries one did not provably come from this computer.
_FORWARDED = ("x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "forwarded", "via")
_NOT_A_PAGE = (
    *("/masuk", "/keluar", "/sandi", "/sehat", "/aset", "/_stcore", "/static", "/media", "/component"),
    *("/isi", "/daftar"),
)
_HOST = re.compile(r"[A-Za-z0-9._-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")


def token_of(connection: HTTPConnection) -> str | None:
    """The session token that the request brings, unchecked; None when it brings none."""
    return connection.cookies.get(accounts.cookie_name())


def give_cookie(response: Response, token: str) -> None:
    """Puts the session token into the response; the browser forgets it when it closes."""
    secure = settings.load().secure_cookie
    response.set_cookie(accounts.cookie_name(), token, path="/", httponly=True, samesite="lax", secure=secure)


def take_cookie(response: Response) -> None:
    """Makes the browser forget the session token."""
    secure = settings.load().secure_cookie
    response.delete_cookie(accounts.cookie_name(), path="/", httponly=True, samesite="lax", secure=secure)


def _authority(url: str) -> str | None:
    """Host and port of a URL, without the port that its scheme implies; None when it has no host."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if not host or parts.scheme not in ("http", "https"):
        return None
    default = 443 if parts.scheme == "https" else 80
    return f"{host}:{port or default}"


def _same_host(source: str, host: str) -> bool:
    found = _authority(source)
    return found is not None and found == _authority(f"{urlsplit(source).scheme}://{host}")


def foreign(headers: Headers) -> bool:
    """True when the browser says that another site caused the request; no name is looked up."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin, host = headers.get("origin"), headers.get("host", "")
    return origin is not None and not _same_host(origin, host)


def from_own_page(headers: Headers) -> bool:
    """True when a form provably stood on a page of ours: Origin, or else Referer, names the host it was sent to."""
    source = headers.get("origin") or headers.get("referer")
    return not foreign(headers) and source is not None and _same_host(source, headers.get("host", ""))


def clean_host(headers: Headers) -> str | None:
    """The Host header when it is nothing but a host and a port; None otherwise."""
    host = headers.get("host", "")
    return host if _HOST.fullmatch(host) else None


def _is_loopback(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None)
    return (mapped or parsed).is_loopback


def address(connection: HTTPConnection) -> str:
    """The address that failures are counted for.

    The server believes X-Forwarded-For from this computer, so whoever can reach it from here could choose a new address
    for each guess. Unless a proxy was declared (PILAR_SECURE_COOKIE=1) such requests all count as one.
    """
    if "x-forwarded-for" in connection.headers and not settings.load().secure_cookie:
        return "diteruskan"
    return connection.client.host[:64] if connection.client else "-"


def from_this_computer(connection: HTTPConnection) -> bool:
    """True when peer and Host are both loopback and no proxy stands between (DNS rebinding shows in the Host)."""
    if any(name in connection.headers for name in _FORWARDED) or connection.client is None:
        return False
    host = _authority("http://" + connection.headers.get("host", ""))
    named = host is not None and host.rpartition(":")[0] in LOOPBACK_HOSTS
    return named and _is_loopback(connection.client.host)


def safe_next(wanted: str | None) -> str:
    """`wanted` when it is a page on this very host, else "/"; never another site and never a route that is no page."""
    if not wanted or len(wanted) > 2000 or not wanted.startswith("/") or "\\" in wanted:
        return "/"
    if any(ord(character) < 0x21 or ord(character) == 0x7F for character in wanted):
        return "/"
    path = wanted.partition("?")[0].partition("#")[0]
    if "//" in path or path.startswith("/peta/") or any(path == p or path.startswith(p + "/") for p in _NOT_A_PAGE):
        return "/"
    return wanted


def sign_in_url(wanted: str) -> str:
    """The address of the sign-in page that leads on to `wanted`."""
    following = safe_next(wanted)
    return "/masuk" if following == "/" else "/masuk?lanjut=" + quote(following, safe="/")
