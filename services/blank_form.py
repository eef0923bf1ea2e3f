"""A form to print and fill in by hand: one HTML file that needs nothing else, A4, with boxes to tick."""

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from data_access.assets import ASSETS
from data_access.engine import reading
from data_access.queries import events as event_queries
from domain import bimtek
from domain.errors import NotFound
from domain.forms.definition import MULTIPLE, PARAGRAPH, Form, public
from domain.permissions import Actor, Permission, require
from services import live

_LINES = {PARAGRAPH: 4}  # empty lines to write on; one for everything else


@cache
def _templates() -> Environment:
    loader = FileSystemLoader(ASSETS / "templates")
    return Environment(loader=loader, autoescape=select_autoescape(default=True), undefined=StrictUndefined)


def of_form(by: Actor, event_id: int, form_id: int) -> bytes:
    """The printable file of one form of an event; NotFound outside the actor's region."""
    require(by, Permission.ENTER_ANSWERS)
    form = live.definition(by, event_id, form_id)
    with reading() as connection:
        event = event_queries.event(connection, by.scope, event_id)
        row = event_queries.form(connection, by.scope, form_id)
    if event is None or row is None:
        raise NotFound()
    return page(form, row["judul"], event["judul"], row["anonim"], event["contoh"])


def page(form: Form, title: str, event: str = "", anonymous: bool = False, sample: bool = False) -> bytes:
    """The file for a definition under a title; it holds what a participant may see and nothing of the key."""
    shown = public(form)
    # The order of the definition, whatever `acak` says: paper is typed in column by column.
    kinds = {item.kode: item for section in form.bagian for item in section.butir}
    number = 0
    for section in shown["bagian"]:
        for item in section["butir"]:
            number += 1
            own = kinds[item["kode"]]
            item["nomor"] = number
            for name in ("baris", "skala", "pilihan"):
                item.setdefault(name, [])
            item["baris_kosong"] = _LINES.get(own.jenis, 1)
            item["boleh_banyak"] = own.jenis == MULTIPLE
    values = {
        "judul": title,
        "kegiatan": event,
        "anonim": anonymous or form.anonim,
        "contoh": sample,
        "formulir": shown,
        "kotak_kode": bimtek.CODE_LENGTH,
    }
    return _templates().get_template("formulir_kosong.html").render(**values).encode()
