"""The people of a Bimtek: names made comparable, the kind of body they come from, and institutions counted apart."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.bimtek import KINDS_OF_PARTICIPANT
from domain.names import name_key

Row = Mapping[str, Any]
# Fields that reach a person: shown masked, kept masked in the trail.
PERSONAL = ("telepon", "email")

_BEFORE = frozenset(
    "h hj kh hb prof dr drs dra drg ir ust ustadz ustadzah bapak bpk ibu pak bu sdr sdri pdt pastor romo suster".split()
)
_DEGREES = frozenset(
    (
        "se sh st sp ss si sag sos spd spdi ssos ssi skom skm skep spsi sip sap stp ssosi shi sei"
        " mm mh mt msi mpd mpdi mkes mkom mag ma mph mpssp map mpsi msos amd ama aks akp cn phd"
    ).split()
)
_PARTS = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*\.?")


def person_key(nama: str) -> str:
    """The name without titles and degrees, comparable: "H. Contoh Satu, S.Sos" and "contoh satu" have one key."""
    tokens = _PARTS.findall(nama.partition(",")[0])
    while len(tokens) > 1 and tokens[0].rstrip(".").casefold() in _BEFORE:
        tokens = tokens[1:]
    while len(tokens) > 1 and _is_degree(tokens[-1]):
        tokens = tokens[:-1]
    return name_key(" ".join(tokens)) if tokens else name_key(nama)


def _is_degree(token: str) -> bool:
    # "S.Sos" is a degree by its dot, "MM" by its capitals; "Si" as somebody's last name stays.
    bare = token.replace(".", "").casefold()
    return bare in _DEGREES and ("." in token.rstrip(".") or token[:2].isupper())


_LKKS = re.compile(
    r"\b(?:lkks|bkkks|bk3s|k3s|dnikks|lembaga koordinasi kesejahteraan sosial"
    r"|koordinator kegiatan kesejahteraan sosial)\b"
)
_DINAS_FIRST = re.compile(
    r"(?:(?:staf|pegawai|bidang|seksi|uptd?|sekretariat)\b.*?)?\b(?:dinas\b|dinsos|dissos|dinkes)"
)
_DINAS = re.compile(r"\b(?:dinas|dinsos\w*|dissos\w*|uptd?|kemensos|kementerian sosial)\b")
_LKS = re.compile(
    r"\b(?:lks\w*|panti|yayasan|orsos|organisasi sosial|werdha|rumah singgah|ipwl|asuhan|rumah yatim|sekolah luar biasa"
    r"|perkumpulan)\b"
)


def guess_kind(instansi: str | None) -> tuple[str, bool]:
    """(kind of participant, whether a word of the institution says so); "lain" without any such word."""
    key = name_key(instansi or "")
    if _LKKS.search(key):
        return "lkks", True
    if _DINAS_FIRST.match(key):
        return "dinas", True
    if _LKS.search(key):
        return "lks", True
    return ("dinas", True) if _DINAS.search(key) else ("lain", False)


def institutions(rows: Iterable[Row]) -> dict[int, Hashable]:
    """Which institution each row comes from: its LKS of the register, else its name (in its kab/kota when known).

    Rows: id, instansi, kabkota_kode, lks_id, and lks_nama and lks_kabkota of the linked LKS. A row without a link joins
    the linked rows of the same name; rows without any institution are left out.
    """
    listed = list(rows)
    linked: dict[str, set[tuple[int, str | None]]] = defaultdict(set)
    places: dict[str, set[str]] = defaultdict(set)
    for row in listed:
        key = name_key(row["instansi"] or "")
        if row["lks_id"] is not None:
            for name in {key, name_key(row.get("lks_nama") or "")} - {""}:
                linked[name].add((row["lks_id"], row.get("lks_kabkota")))
        elif key and row["kabkota_kode"]:
            places[key].add(row["kabkota_kode"])
    found: dict[int, Hashable] = {}
    for row in listed:
        key, place = name_key(row["instansi"] or ""), row["kabkota_kode"]
        if row["lks_id"] is not None:
            found[row["id"]] = row["lks_id"]
            continue
        if not key:
            continue
        same = {lks for lks, kabkota in linked[key] if not place or not kabkota or place == kabkota}
        if len(same) == 1:
            found[row["id"]] = same.pop()
        else:
            only = next(iter(places[key])) if len(places[key]) == 1 else None
            found[row["id"]] = (key, place or only)
    return found


@dataclass(frozen=True)
class Counts:
    """People and institutions of a roster, always apart; `by_kind`: kind -> (people, institutions), present kinds only."""

    people: int
    institutions: int
    by_kind: dict[str, tuple[int, int]]
    women: int
    men: int
    walk_ins: int
    without_institution: int


def count(rows: Sequence[Row]) -> Counts:
    """The counts of the rows that are `aktif`; see institutions() for what one institution is."""
    active = [row for row in rows if row["aktif"]]
    of = institutions(active)
    by_kind = {}
    for kind in KINDS_OF_PARTICIPANT:
        mine = [row for row in active if row["jenis"] == kind]
        if mine:
            by_kind[kind] = (len(mine), len({of[row["id"]] for row in mine if row["id"] in of}))
    return Counts(
        people=len(active),
        institutions=len(set(of.values())),
        by_kind=by_kind,
        women=sum(row["kelamin"] == "P" for row in active),
        men=sum(row["kelamin"] == "L" for row in active),
        walk_ins=sum(bool(row["di_tempat"]) for row in active),
        without_institution=len(active) - len(of),
    )
