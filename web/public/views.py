"""The pages of the participant's door, made from what the service says is behind a link."""

import gzip
import tomllib
import uuid
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from markupsafe import Markup
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response

from domain.errors import PilarError, Problem
from domain.forms import definition
from services import intake_marks, wording
from services.intake import Door
from web import bundle, look, pages
from web.public import answering

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_MANY = 6  # lines of an error summary; every item is marked in its place


@cache
def consent() -> dict[str, Any]:
    """The consent text: versi, judul, dasar, paragraf, setuju."""
    path = look.ASSETS / "teks" / "persetujuan.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def page(
    template: str, values: Mapping[str, object], status: int = 200, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    """A page that may talk to its own server: what was kept on the phone is sent from every one of them."""
    own = {"Content-Security-Policy": POLICY}
    return pages.page(template, values, status, own | dict(headers or {}))


def packed(asked: Headers, response: Response) -> Response:
    """The response with its body compressed when the phone can read that: a third of the bytes on a slow link."""
    if bundle.accepts_gzip(asked) and len(response.body) > 1_000:
        response.body = gzip.compress(response.body, 5, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.body))
    response.headers["Vary"] = "Accept-Encoding"
    return response


def message(
    code: str, status: int, *, link: str | None = None, event_link: str = "", closed: bool = False,
    facts: Mapping[str, str] | None = None, remedy: str | None = None, headers: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    """A page with one sentence, for everything that ends here."""
    said = wording.sentence(code, **(facts or {}))
    values: dict[str, object] = {"alasan": said.reason, "tindakan": remedy or said.remedy, "kode": code}
    if link is not None:
        values |= {"tautan": link, "kegiatan": event_link, "tutup": int(closed)}
    return page("isi_pesan.html", values, status, headers)


def refusal(error: PilarError, link: str | None = None) -> Response:
    """The page of a request that was refused."""
    status = answering.status_of(error)
    known = link if status != 404 else None
    return message(
        answering.code_of(error), status, link=known, facts=error.facts, headers=answering.waiting(error, status)
    )


def sign_in(
    door: Door,
    link: str,
    *,
    error: PilarError | None = None,
    code: str | None = None,
    status: int = 200,
    agreed: bool = False,
) -> Response:
    """The page that asks for the code, with the consent text before the first question."""
    row = door.place.row
    told = None
    headers: dict[str, str] = {}
    if error is not None:
        told, headers = wording.sentence(answering.code_of(error), **error.facts), answering.waiting(error, status)
    elif code is not None:
        told = wording.sentence(code)
    values = {
        "judul": row["judul"],
        "kegiatan": row.get("kegiatan_judul", row.get("penyelenggara", "")),
        "tautan": link,
        "galat": told,
        "persetujuan": consent(),
        "setuju": agreed,
    }
    return page("isi_masuk.html", values, status, headers)


def event(door: Door, link: str, *, error: PilarError | None = None, status: int = 200) -> Response:
    """The event's page for one participant: today's sessions, and the forms as they stand."""
    assert door.person is not None
    values = {
        "kegiatan": door.place.row["judul"],
        "zona": door.place.row["zona"],
        "tautan": link,
        "nama": door.person.name,
        "cek": door.check,
        "sesi": door.sessions,
        "formulir": door.forms,
        "galat": wording.of_error(error) if error else None,
    }
    return page("isi_kegiatan.html", values, status)


def form(
    door: Door,
    link: str,
    *,
    problems: Sequence[Problem] = (),
    given: Mapping[str, Sequence[str]] | None = None,
    key: str | None = None,
    mark: str | None = None,
    status: int = 200,
) -> Response:
    """The form in this person's own order; with problems, the same page with what was sent and what is wrong."""
    assert door.person is not None and door.place.form is not None
    shown, count = _numbered(definition.public(definition.ordered(door.place.form, str(door.person.id))))
    wrong: dict[str, str] = {}
    for problem in problems:
        wrong.setdefault(problem.column, wording.of_problem(problem).reason)
    listed = [item for part in shown["bagian"] for item in part["butir"] if item["kode"] in wrong]
    values = {
        "formulir": shown,
        "kegiatan": door.place.row["kegiatan_judul"],
        "narasumber": door.place.row["narasumber"],
        "tautan": link,
        "nama": door.person.name,
        "cek": door.check,
        "draf": door.draft,
        "jumlah": count,
        "kunci": key or str(uuid.uuid4()),
        "mulai": mark or door.started,
        "persetujuan": consent()["versi"],
        "siap": {} if given else _blank_items(door, shown),
        "nilai": given or {},
        "masalah": wrong,
        "galat": wording.sentence("jawaban_perlu_diperbaiki", jumlah=len(wrong)) if wrong else None,
        "daftar_galat": [
            {"kode": item["kode"], "teks": f"Nomor {item['nomor']}: {wrong[item['kode']]}"} for item in listed[:_MANY]
        ],
        "galat_lain": max(0, len(listed) - _MANY),
    }
    return page("isi_formulir.html", values, status)


_blank: dict[tuple[int, str], dict[str, str]] = {}
_MOST_BLANK = 200
_NUMBER = "@nomor@"


def _blank_items(door: Door, shown: Mapping[str, Any]) -> dict[str, Markup]:
    """Each item as it looks before anything is chosen; drawn once per definition, because a hall opens it at once."""
    row = door.place.row
    key = (row["instrumen_versi_id"], row["sidik_definisi"])
    ready = _blank.get(key)
    if ready is None:
        listed = [item for part in shown["bagian"] for item in part["butir"]]
        drawn = (pages.page("isi_satu.html", {"b": item, "nomor": _NUMBER}) for item in listed)
        ready = {item["kode"]: bytes(one.body).decode() for item, one in zip(listed, drawn, strict=True)}
        if len(_blank) >= _MOST_BLANK:
            _blank.clear()
        _blank[key] = ready
    # The number stands before every text of the item, so the first place is always its own.
    return {
        item["kode"]: Markup(ready[item["kode"]].replace(_NUMBER, str(item["nomor"]), 1))
        for part in shown["bagian"]
        for item in part["butir"]
    }


def _numbered(shown: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """The form with item numbers and, for whatever is chosen from a list, that list as (value, words)."""
    count = 0
    for part in shown["bagian"]:
        for item in part["butir"]:
            count += 1
            item["nomor"] = count
            item.setdefault("baris", [])
            if "skala" in item:
                item["daftar"] = [
                    (str(step["nilai"]), f"{step['nilai']} · {step['teks']}" if step["teks"] else str(step["nilai"]))
                    for step in item["skala"]
                ]
            else:
                item["daftar"] = [(option["kode"], option["teks"]) for option in item.get("pilihan", ())]
    return shown, count


def received(door: Door, link: str, told: Mapping[str, Any], status: int = 200) -> Response:
    """The receipt: `told` has kode, pukul and terlambat."""
    row = door.place.row
    closed = door.state == "ditutup"
    values = {
        "judul": f"{row['judul']}: formulir sudah ditutup" if closed else row["judul"],
        "kegiatan": row["kegiatan_judul"],
        "tautan": link,
        "tautan_kegiatan": row["kegiatan_tautan"],
        "nama": door.person.name if door.person else "",
        "cek": door.check,
        "kode": told["kode"],
        "pukul": told["pukul"],
        "terlambat": told["terlambat"],
        "lagi": door.again,
    }
    return page("isi_tanda.html", values, status)


def receipt_address(link: str, code: str, clock_text: str, late: bool) -> str:
    """Where a browser without scripts is led after its answers were stored."""
    return f"/isi/{link}/tanda?t={intake_marks.receipt(link, code, clock_text, late)}"
