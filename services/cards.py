"""What participants hold in their hands: QR codes, the sheet of cards with personal codes, the posters of a room.

Cards and posters are single HTML files that need nothing else: they open offline and print on A4.
"""

import io
import ipaddress
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from data_access.assets import ASSETS
from data_access.engine import reading
from data_access.queries import roster as queries
from domain.bimtek import clean_code
from domain.errors import InvalidInput, NotFound, Problem
from domain.permissions import Actor, Permission, require
from services import roster

HTML = "text/html; charset=utf-8"
PER_PAGE = 10  # two columns of five cards, 95 x 55 mm
_GROUP = 3  # letters of a link word that are read out at once
_MOST = 200  # characters of an address


def qr_svg(text: str, *, border: int = 4, error: str = "M", title: str = "") -> str:
    """A QR code of the text as an <svg> element without size of its own: whoever places it says how large it is.

    The border is the quiet zone in modules, 4 by the standard; `error` is the correction level L, M, Q or H.
    """
    buffer = io.BytesIO()
    segno.make_qr(text, error=error).save(
        buffer, kind="svg", border=border, xmldecl=False, omitsize=True, nl=False, title=title or None, light="#fff"
    )
    return buffer.getvalue().decode()


def server_address(text: str) -> str:
    """The origin that participants open ("http://192.168.1.10:8501") from what was typed or pasted.

    A missing scheme is http, a path is cut off; InvalidInput for anything that no phone could open.
    """
    typed = text.strip()
    try:
        parts = urlsplit(typed if "://" in typed else f"http://{typed}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    named = "".join(host.split(".")).replace("-", "").replace(":", "").isalnum() and host.isascii()
    if parts.scheme not in ("http", "https") or not named or parts.username is not None or len(typed) > _MOST:
        raise InvalidInput([Problem("alamat", typed[:_MOST], "alamat_server_keliru")])
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port else "")


def is_loopback(address: str) -> bool:
    """True when only this very computer can open the address."""
    host = urlsplit(address).hostname or ""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return found.is_loopback or found.is_unspecified


def link_address(address: str, link: str) -> str:
    """Where a form or an event is opened."""
    return f"{address}/isi/{link}"


def personal_address(address: str, link: str, code: str) -> str:
    """link_address() with somebody's code behind the #, which browsers never send to a server."""
    return f"{link_address(address, link)}#k={clean_code(code)}"


def spelled(link: str) -> str:
    """A link word in groups, as it is read aloud and typed: "K7M 4QX"."""
    return " ".join(link[at : at + _GROUP] for at in range(0, len(link), _GROUP))


@cache
def _templates() -> Environment:
    loader = FileSystemLoader(ASSETS / "templates")
    return Environment(loader=loader, autoescape=select_autoescape(default=True), undefined=StrictUndefined)


def _page(template: str, values: dict[str, Any]) -> bytes:
    return _templates().get_template(template).render(**values).encode()


def _short(address: str) -> str:
    """The address as it is printed: browsers add http:// themselves, but not https://."""
    return address.removeprefix("http://")


def card_sheet(by: Actor, event_id: int, base_url: str, ids: list[int] | None = None) -> tuple[bytes, int]:
    """(HTML file, number of cards) for the active people of an event, or for those of `ids`; ten cards a page, by name.

    Needs the permission to manage events, and is written down in the trail like every look at the codes.
    """
    require(by, Permission.MANAGE_EVENTS)
    address = server_address(base_url)
    event = roster.event(by, event_id)
    people = [
        {name: row[name] for name in ("nama", "kode")}
        | {"asal": row["lks_nama"] or row["instansi"] or ""}
        | {"qr": Markup(qr_svg(personal_address(address, event["tautan"], row["kode"]), border=2))}
        for row in roster.codes(by, event_id, ids)
    ]
    pages = [people[at : at + PER_PAGE] for at in range(0, len(people), PER_PAGE)]
    values = {
        "judul": event["judul"],
        "alamat": _short(f"{address}/isi"),
        "kata": spelled(event["tautan"]),
        "halaman": pages,
    }
    return _page("kartu.html", values), len(people)


def poster(by: Actor, event_id: int, base_url: str, form_id: int | None = None) -> bytes:
    """The HTML file of an A4 poster: QR, short address and link word of an event, or of one of its forms."""
    require(by, Permission.VIEW_EVENTS)
    address = server_address(base_url)
    event = roster.event(by, event_id)
    title, link = event["judul"], event["tautan"]
    if form_id is not None:
        with reading() as connection:
            form = queries.form(connection, by.scope, form_id)
        if form is None or form["kegiatan_id"] != event_id:
            raise NotFound()
        title, link = form["judul"], form["tautan"]
    values = {
        "judul": title,
        "kegiatan": event["judul"] if form_id is not None else "",
        "qr": Markup(qr_svg(link_address(address, link), error="Q")),
        "alamat": _short(f"{address}/isi"),
        "alamat_penuh": _short(link_address(address, link)),
        "kata": spelled(link),
        "huruf": list(link),
    }
    return _page("kartu_poster.html", values)


def forms(by: Actor, event_id: int) -> list[dict[str, Any]]:
    """id, judul, fase and tautan of an event's forms, to choose a poster from."""
    require(by, Permission.VIEW_EVENTS)
    with reading() as connection:
        return queries.forms(connection, by.scope, event_id)
