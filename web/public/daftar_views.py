"""The pages and answers of the online door, made from what its services say."""

import tomllib
import uuid
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse, Response

from domain import figures
from domain.errors import InvalidInput, PilarError, Problem
from domain.pengajuan import FILE_KINDS, MOST_BYTES, OPEN
from domain.personal import PERSONAL
from services import application_fields, application_forms, application_standing, wording
from services.application_doors import Own
from services.application_standing import Standing
from web import look, pages
from web.public import answering

# Photographs are shown small and made smaller on the phone from what it holds itself: blob:.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_OWN_WORDS = {
    "terlalu_sering": "daftar_terlalu_sering",
    "simpanan_sibuk": "pintu_sibuk",
    "isian_ditolak": "pengajuan_perlu_diperbaiki",
    "langkah_pengajuan_tidak_boleh": "pengajuan_tidak_diminta",
    "wilayah_tidak_dikenal": "halaman_daftar_tidak_ada",
    "tidak_ditemukan": "halaman_daftar_tidak_ada",
}
_SENDER = ("pengaju", "pengaju_jabatan", "pengaju_telepon")
_FIXED = ("setting", "hukum")
_MAY_FOLLOW = ("diterima", "diperiksa", "dilengkapi")  # states in which papers that are still missing may follow


@cache
def words() -> dict[str, Any]:
    """The words of these pages (assets/teks/daftar.toml)."""
    return tomllib.loads((look.ASSETS / "teks" / "daftar.toml").read_text(encoding="utf-8"))


@cache
def consent() -> dict[str, Any]:
    """The consent text: versi, judul, dasar, paragraf, setuju."""
    return tomllib.loads((look.ASSETS / "teks" / "persetujuan_daring.toml").read_text(encoding="utf-8"))


def page(
    template: str, values: Mapping[str, object], status: int = 200, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    """A page that may talk to its own server and show what lies on the phone."""
    return pages.page(template, values, status, {"Content-Security-Policy": POLICY} | dict(headers or {}))


# --- refusals --------------------------------------------------------------------------------------------------------


def code_of(error: PilarError) -> str:
    """The code of the sentence; a body that could not be read at all is told by its own one."""
    if isinstance(error, InvalidInput) and len(error.problems) == 1:
        only = error.problems[0]
        if only.column in ("", "kunci", "isian", "persetujuan"):
            return only.code
    return _OWN_WORDS.get(error.code, error.code)


def refusal(error: PilarError, headers: Headers) -> Response:
    """The answer to a request that was refused: a page to a browser, JSON to a program."""
    status = answering.status_of(error)
    waiting = answering.waiting(error, status)
    if answering.wants_page(headers):
        return message(code_of(error), status, error.facts, waiting)
    found = error.problems if isinstance(error, InvalidInput) else []
    listed = [{"isian": one.column, "kode": one.code, "pesan": str(wording.of_problem(one))} for one in found]
    body = answering.refused(status, code_of(error), error.facts)
    return JSONResponse(body | ({"rincian": listed} if listed else {}), status, headers=answering.STORE | waiting)


def message(
    code: str, status: int, facts: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """A page with one sentence, for everything that ends here."""
    said = wording.sentence(code, **(facts or {}))
    values = {"alasan": said.reason, "tindakan": said.remedy, "kode": code}
    return page("daftar_pesan.html", values, status, headers)


# --- forms -----------------------------------------------------------------------------------------------------------


def _field(name: str, options: Mapping[str, Sequence[tuple[str, str]]], needed: Sequence[str]) -> dict[str, Any]:
    told, kinds = words(), application_forms.kinds()
    return {
        "kode": name,
        "label": told["isian"][name],
        "petunjuk": told["petunjuk"].get(name),
        "jenis": kinds.get(name, "text"),
        "daftar": options.get(name, ()),
        "wajib": name in needed,
        "batas": application_forms.limits().get(name, 120),
        "tersamar": None,
    }


def _options(form: application_forms.Form) -> dict[str, Sequence[tuple[str, str]]]:
    fixed = {name: list(words()["pilihan"][name].items()) for name in _FIXED}
    return {**form.lists, **fixed, "kode_wilayah": [*form.kecamatan, (form.kabkota, "Tidak ada dalam daftar ini")]}


def _sections(
    form: application_forms.Form, needed: Sequence[str], masked: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    options = _options(form)
    found = []
    for part in words()["bagian"]:
        fields = [_field(name, options, needed) for name in part["isian"]]
        for field in fields:
            field["tersamar"] = (masked or {}).get(field["kode"])
        found.append({"judul": part["judul"], "petunjuk": part.get("petunjuk"), "isian": fields})
    return found


def _told(problems: Sequence[Problem]) -> dict[str, Any]:
    """What a form page says of problems: by field, and as a list that leads to each."""
    wrong: dict[str, str] = {}
    for problem in problems:
        wrong.setdefault(problem.column, wording.of_problem(problem).reason)
    names = words()["isian"]
    return {
        "masalah": wrong,
        "galat": wording.sentence("pengajuan_perlu_diperbaiki", jumlah=len(wrong)) if wrong else None,
        "daftar_galat": [{"kode": name, "teks": f"{names.get(name, name)}: {said}"} for name, said in wrong.items()],
    }


def choose(step: application_forms.Step) -> Response:
    """The page on which a province, or a kab/kota of one, is chosen."""
    label = "Kabupaten atau kota" if step.kode else "Provinsi"
    return page("daftar_wilayah.html", {"langkah": step, "label": label})


def _given(values: Mapping[str, Any]) -> dict[str, list[str]]:
    return {name: value if isinstance(value, list) else [str(value)] for name, value in values.items()}


def new_form(
    form: application_forms.Form,
    *,
    problems: Sequence[Problem] = (),
    given: Mapping[str, Any] | None = None,
    key: str | None = None,
    status: int = 200,
) -> Response:
    """The form of a new application; with problems, the same page with what was sent and what is wrong."""
    values = {
        "form": form,
        "bagian": _sections(form, application_fields.REQUIRED),
        "nilai": _given(given or {}),
        "kunci": key or str(uuid.uuid4()),
        "persetujuan": consent(),
        "jenis_berkas": ",".join(FILE_KINDS),
        "batas_berkas": MOST_BYTES,
    }
    return page("daftar_formulir.html", values | _told(problems), status)


def own_form(
    own: Own,
    form: application_forms.Form,
    sent: Sequence[Mapping[str, Any]],
    *,
    problems: Sequence[Problem] = (),
    given: Mapping[str, Any] | None = None,
    key: str | None = None,
    status: int = 200,
) -> Response:
    """The profile that a personal link opens, to be looked over and corrected."""
    masked = {name: str(own.record[name]) for name in PERSONAL if own.record.get(name)}
    shown: dict[str, Any] = {}
    for name, value in own.record.items():
        if name not in PERSONAL and value not in (None, ""):
            shown[name] = [str(one) for one in value] if isinstance(value, list) else [_plain(value)]
    state = words()["status"]
    values = {
        "lks": own,
        "form": form,
        "bagian": _sections(form, ("nama", "alamat", "ketua", "kluster"), masked),
        "pengaju": [_field(name, {}, ("pengaju",)) for name in _SENDER],
        "nilai": _given(given) if given else shown,
        "kunci": key or str(uuid.uuid4()),
        "persetujuan": consent(),
        "dikirim": [
            {"pada": figures.moment(row["diterima_pada"], row["kode_wilayah"]), "keadaan": state[row["status"]]}
            | {"catatan": row["catatan"]}
            for row in sent
        ],
        "terbuka": any(row["status"] in OPEN for row in sent),
    }
    return page("daftar_lks.html", values | _told(problems), status)


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


# --- how it stands ---------------------------------------------------------------------------------------------------


def ask_ticket(error: PilarError | None = None, status: int = 200) -> Response:
    """The page that asks for a ticket."""
    told = wording.sentence(code_of(error), **error.facts) if error else None
    waiting = answering.waiting(error, status) if error else {}
    return page("daftar_tiket.html", {"galat": told}, status, waiting)


def ask_link(error: PilarError | None = None, status: int = 200) -> Response:
    """The page that takes a personal link's token from behind the # of its address, or pasted."""
    told = wording.sentence(code_of(error), **error.facts) if error else None
    return page("daftar_tautan.html", {"galat": told}, status)


def standing(
    found: Standing,
    form: application_forms.Form,
    *,
    problems: Sequence[Problem] = (),
    given: Mapping[str, Any] | None = None,
    error: PilarError | None = None,
    status: int = 200,
) -> Response:
    """How an application stands, with what is asked for when it was returned."""
    row, told = found.row, words()
    region = row["kode_wilayah"]
    options = _options(form)
    wanted = [_field(one.code, options, [one.code]) for one in found.asked if one.kind == application_standing.FIELD]
    why = {one.code: one.reason for one in found.asked}
    stored = {name: value for name, value in found.values.items() if name not in PERSONAL and value is not None}
    steps = [
        {"keadaan": told["status"][one["status"]], "pada": figures.moment(one["pada"], region)}
        | {"catatan": one["catatan"]}
        for one in found.steps
    ]
    request = found.request
    values = {
        "baris": row,
        "tiket": found.ticket,
        "keadaan": told["status"][row["status"]],
        "lanjut": told["lanjut"][row["status"]],
        "diterima": figures.moment(row["diterima_pada"], region),
        "jam": found.clock,
        "tenggat": figures.date_long(found.clock.due) if found.clock else None,
        "langkah": steps,
        "daftar_berkas": found.papers,
        "susulan": [one for one in found.papers if not one["ada"]] if row["status"] in _MAY_FOLLOW else [],
        "diminta_berkas": [one for one in found.asked if one.kind == application_standing.FILE],
        "diminta_isian": wanted,
        "alasan": why,
        "ditolak": [(told["isian"].get(name, name), reason) for name, reason in found.refused],
        "permohonan": told["permohonan"].get(request["status"]) if request else None,
        "nomor": request["nomor"] if request and request["status"] == "terbit" else None,
        "sampai": figures.date_long(request["berlaku_sampai"]) if request else None,
        "nilai": _given(given if given is not None else stored),
        "token": str(uuid.uuid4()),
        "jenis_berkas": ",".join(FILE_KINDS),
        "batas_berkas": MOST_BYTES,
        "pesan": wording.sentence(code_of(error), **error.facts) if error else None,
    }
    short = [Problem(one.column.rpartition(":")[2], one.value, one.code, one.facts) for one in problems]
    return page("daftar_keadaan.html", values | _told(short), status)
