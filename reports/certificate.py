"""Certificates as one PDF: for each person a front and a back on A4 across; typst lays them out (certificate.typ).

Whatever was typed is data: it is read as text, broken where a word is longer than its line, and made smaller until the
whole of it stands on the page.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from domain import figures
from domain.certificate import hours
from domain.identity import Identity
from reports.model import breakable, plain
from reports.typeset import fonts, typeset

_HERE = Path(__file__).resolve().parent
_WORD = 24  # characters of a word that surely fit every line
_PIXELS = 96.0  # an inch, of the picture that is only looked at
Row = Mapping[str, Any]


@cache
def _layout() -> bytes:
    return (_HERE / "certificate.typ").read_bytes()


def pdf(
    papers: Sequence[Row],
    event: Row,
    offices: Mapping[date, Identity],
    logos: Mapping[date, bytes | None],
    labels: Row,
    made: datetime,
) -> bytes:
    """The PDF of some certificates of one event; the same papers and moment give the same bytes.

    papers: stored certificates with kode, alamat and qr (an SVG) beside; offices and logos by the date of the paper.
    """
    text, moment = _data(papers, event, offices, logos, labels), int(made.timestamp())
    return typeset("certificate.typ", text, moment)


def picture(paper: Row, event: Row, office: Identity, logo: bytes | None, labels: Row) -> bytes:
    """The front of one certificate as a PNG picture, to look at an identity before anything is printed."""
    day = paper["kantor"]
    data = _data([paper], event, {day: office}, {day: logo}, labels)
    compiler = typst.Compiler(input=_layout(), font_paths=fonts(), sys_inputs={"laporan": data})
    found = compiler.compile(format="png", ppi=_PIXELS)
    front = found[0] if isinstance(found, list) else found
    assert front is not None  # there is a front and a back
    return front


def _data(
    papers: Sequence[Row], event: Row, offices: Mapping[date, Identity], logos: Mapping[date, bytes | None], labels: Row
) -> str:
    data = words(papers, event, offices, labels)
    data["logo"] = {str(day): list(content) for day, content in logos.items() if content}
    return json.dumps(data)


def words(papers: Sequence[Row], event: Row, offices: Mapping[date, Identity], labels: Row) -> dict[str, Any]:
    """Everything the papers print, as texts, and the words that are the same on each."""
    fixed = ("judul", "diberikan", "sebagai", "dalam", "belakang", "no", "materi", "jam", "jumlah", "satu_jp")
    title = _text(labels["judul_berkas"].format(judul=plain(event["judul"])))
    return {
        "kata": {name: labels[name] for name in fixed} | {"contoh": labels["contoh"], "berkas": title},
        "catatan": labels["contoh_catatan"],
        "kertas": [_paper(one, event, offices[one["kantor"]], labels) for one in papers],
    }


def _text(value: object) -> str:
    return breakable(plain(value), _WORD)


def _paper(one: Row, event: Row, office: Identity, labels: Row) -> dict[str, Any]:
    signs = office.signatory("sertifikat")
    place = office.tempat or ""
    below = [signs.pangkat, labels["nip"].format(nip=signs.nip) if signs.nip else ""] if signs else []
    address = _text(one["alamat"])
    return {
        "kop": [{"teks": _text(line), "tegas": line == office.nama} for line in office.lines],
        "logo": str(one["tanggal"]),
        "logo_kata": _text(labels["logo"].format(nama=plain(office.nama))),
        "nomor": _text(labels["nomor"].format(nomor=plain(one["nomor"]))),
        "nama": _text(one["nama"]),
        "instansi": _text(labels["dari"].format(instansi=plain(one["instansi"]))) if one["instansi"] else "",
        "kegiatan": _text(one["judul"]),
        "keterangan": _text(_when_and_where(one, event, labels)),
        "jp": _text(labels["jp"].format(jp=hours(one["jp"]))) if one["jp"] is not None else "",
        "tempat_tanggal": _text(", ".join(part for part in (plain(place), figures.date_long(one["tanggal"])) if part)),
        "jabatan": _text(signs.jabatan) if signs else "",
        "penandatangan": _text(signs.nama) if signs else "",
        "di_bawah": [_text(line) for line in below if line],
        "periksa": labels["periksa"].format(alamat=address),
        "kode": one["kode"],
        "qr": one["qr"],
        "qr_kata": labels["qr"].format(kode=one["kode"]),
        "materi": [[str(at), _text(row["materi"]), hours(row["jp"])] for at, row in enumerate(one["materi"], 1)],
        "jumlah": hours(one["jp"]),
        "contoh": bool(one["contoh"]),
    }


def _when_and_where(one: Row, event: Row, labels: Row) -> str:
    first, last = figures.date_long(one["mulai"]), figures.date_long(one["selesai"])
    when = labels["satu_hari" if first == last else "beberapa_hari"].format(mulai=first, selesai=last)
    line = labels["keterangan_tempat" if one["tempat"] else "keterangan"]
    return str(line.format(penyelenggara=plain(event["penyelenggara"]), tempat=plain(one["tempat"]), waktu=when))
