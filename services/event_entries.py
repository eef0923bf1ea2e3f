"""What somebody typed for an event: its facts, aims, speakers and sessions, read, checked and limited."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from data_access import assets
from data_access.engine import Connection
from data_access.queries import events as queries
from data_access.queries import wilayah as wilayah_queries
from domain.bimtek import PURPOSES, ZONES
from domain.errors import InvalidInput, NotFound, Problem
from domain.impor import repair
from domain.permissions import Actor

Row = dict[str, Any]
TEXTS = {
    "judul": 300,
    "nomor": 100,
    "penyelenggara": 200,
    "tempat": 300,
    "pemandu": 200,
    "dibuka_oleh": 200,
    "laporan_oleh": 200,
    "sumber_anggaran": 200,
    "seri": 200,
    "catatan": 5000,
}
ORGANISERS = ("dinas", "lkks", "lain")
RULES = ("pertama", "terakhir")
CHOICES: dict[str, tuple[str, ...]] = {
    "maksud": PURPOSES,
    "penyelenggara_jenis": ORGANISERS,
    "zona": tuple(ZONES),
    "aturan_pre": RULES,
    "aturan_post": RULES,
}
REQUIRED = ("judul", "maksud", "penyelenggara_jenis", "penyelenggara", "wilayah", "mulai", "selesai")
DATES, REGIONS, PERCENTS = (
    ("mulai", "selesai"),
    ("wilayah", "jangkauan", "tempat_wilayah"),
    ("batas_hadir", "batas_lulus"),
)
FIELDS = (*TEXTS, *CHOICES, *DATES, *REGIONS, *PERCENTS, "dasar_hukum")
MOST_DAYS, MOST_AIMS, MOST_SPEAKERS, MOST_SESSIONS, MOST_JP = 60, 30, 100, 300, 24
JP_MINUTES = 45
_EARLIEST, _LATEST = date(2000, 1, 1), date(2099, 12, 31)
_TIME = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)", re.ASCII)
_AIM = re.compile(r"[A-Za-z0-9_]{1,24}")


@cache
def _zones() -> dict[str, str]:
    return assets.time_zones()


def zone_of(kode: str | None) -> str:
    """The time zone of a region by its province; WIB where that is not known."""
    return _zones().get((kode or "")[:2], "WIB")


def facts(connection: Connection, by: Actor, typed: Mapping[str, Any], before: Row | None) -> Row:
    """The typed facts of an event as they would be stored; InvalidInput names each that was refused.

    `before` is the event that they change, None for a new one, which then gets its defaults. NotFound for a region of
    the event that lies outside the actor's own.
    """
    problems = [Problem(name, "", "bidang_tidak_dikenal") for name in typed if name not in FIELDS]
    found: Row = {}
    for name, value in typed.items():
        if name in FIELDS:
            _one(connection, name, value, found, problems)
    if "wilayah" in found and found["wilayah"] and not by.scope.covers(found["wilayah"]):
        raise NotFound("wilayah_di_luar", kode=found["wilayah"])
    after = (before or {}) | found
    refused = {problem.column for problem in problems}
    for name in REQUIRED:
        if (before is None or name in found) and after.get(name) in (None, "") and name not in refused:
            problems.append(Problem(name, "", "wajib_diisi"))
    start, end = after.get("mulai"), after.get("selesai")
    if start and end and end < start:
        problems.append(Problem("selesai", end.isoformat(), "kegiatan_selesai_sebelum_mulai"))
    elif start and end and (end - start).days >= MOST_DAYS:
        problems.append(Problem("selesai", end.isoformat(), "kegiatan_terlalu_panjang", {"batas": str(MOST_DAYS)}))
    if problems:
        raise InvalidInput(problems)
    if before is None:
        found["jangkauan"] = found.get("jangkauan") or found["wilayah"]
        found["zona"] = found.get("zona") or zone_of(found.get("tempat_wilayah") or found["wilayah"])
    for name in ("jangkauan", "zona", *PERCENTS, "aturan_pre", "aturan_post"):
        if found.get(name, "") is None:  # these have a default and are never empty
            del found[name]
    return found


def _one(connection: Connection, name: str, value: Any, into: Row, problems: list[Problem]) -> None:
    if value is None or (isinstance(value, str) and not value.strip()):
        into[name] = None
        return
    if name in TEXTS:
        read = repair.read_text(value if isinstance(value, str) else "", TEXTS[name], lines=name == "catatan")
        if read.refused:
            problems.append(Problem(name, repair.shown(value), read.refused.code, read.refused.facts))
        into[name] = read.value
        return
    code = None
    if name in CHOICES:
        code = None if value in CHOICES[name] else "pilihan_di_luar_daftar"
    elif name in DATES:
        fits = isinstance(value, date) and not isinstance(value, datetime) and _EARLIEST <= value <= _LATEST
        code = None if fits else "tanggal_bukan_tanggal"
    elif name in REGIONS:
        known = isinstance(value, str) and wilayah_queries.exists(connection, value)
        code = None if known else "kegiatan_wilayah_tidak_dikenal"
    elif name in PERCENTS:
        fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 100
        code = None if fits else "kegiatan_persen_keliru"
    elif value not in {row["kode"] for row in queries.legal_bases(connection)}:
        code = "kegiatan_dasar_hukum_tidak_dikenal"
    if code:
        problems.append(Problem(name, str(value)[:80], code))
    into[name] = value


def _text(row: Mapping[str, Any], name: str, limit: int, column: str, problems: list[Problem], required: bool) -> Any:
    value = row.get(name)
    value = None if value is None or value != value else value  # a grid's empty cell may be NaN
    read = repair.read_text(value if isinstance(value, str) else None, limit)
    if read.refused:
        problems.append(Problem(column, repair.shown(value), read.refused.code, read.refused.facts))
    elif required and not read.value:
        problems.append(Problem(column, "", "wajib_diisi"))
    return read.value or None


def _too_many(rows: Sequence[Any], most: int, what: str) -> None:
    if len(rows) > most:
        raise InvalidInput([Problem(what, str(len(rows)), "kegiatan_terlalu_banyak_baris", {"batas": str(most)})])


def aims(rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Aims as they would be stored, in the order given; InvalidInput names each refused cell by its row."""
    _too_many(rows, MOST_AIMS, "tujuan")
    problems: list[Problem] = []
    found: list[Row] = []
    for number, row in enumerate(rows, 1):
        kode = _text(row, "kode", 24, f"tujuan {number} / kode", problems, True)
        nama = _text(row, "nama", 500, f"tujuan {number} / nama", problems, True)
        if kode and not _AIM.fullmatch(kode):
            problems.append(Problem(f"tujuan {number} / kode", kode, "kegiatan_kode_tujuan_keliru"))
        elif kode and any(kode == other["kode"] for other in found):
            problems.append(Problem(f"tujuan {number} / kode", kode, "kegiatan_baris_ganda"))
        found.append({"kode": kode, "nama": nama})
    if problems:
        raise InvalidInput(problems)
    return found


def speakers(rows: Sequence[Mapping[str, Any]], known: Sequence[int]) -> list[Row]:
    """Speakers as they would be stored, `id` None for a new one; InvalidInput names each refused cell by its row."""
    _too_many(rows, MOST_SPEAKERS, "narasumber")
    problems: list[Problem] = []
    found: list[Row] = []
    for number, row in enumerate(rows, 1):
        where = f"narasumber {number}"
        read = {"id": _known(row, known, where, problems), "nama": _text(row, "nama", 200, where, problems, True)}
        read |= {name: _text(row, name, 200, f"{where} / {name}", problems, False) for name in ("instansi", "jabatan")}
        if read["nama"] and any(read["nama"] == other["nama"] for other in found):
            problems.append(Problem(where, read["nama"], "kegiatan_baris_ganda"))
        found.append(read)
    if problems:
        raise InvalidInput(problems)
    return found


def _known(row: Mapping[str, Any], known: Sequence[int], where: str, problems: list[Problem]) -> int | None:
    value = row.get("id")
    if value is None or value != value:
        return None
    if value not in known:
        problems.append(Problem(where, str(value), "kegiatan_baris_tidak_dikenal"))
        return None
    return int(value)


def time_text(value: Any) -> str | None:
    """A clock time as it is kept ("08.00"); None when it is none."""
    matched = _TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    return f"{int(matched[1]):02d}.{matched[2]}" if matched else None


def hours(start: str | None, end: str | None) -> float:
    """The JP (45 minutes each) between two clock times, to two decimals; 0 when one is not known."""
    if not start or not end:
        return 0.0
    first, last = (int(clock[:2]) * 60 + int(clock[3:]) for clock in (start, end))
    return round(max(0, last - first) / JP_MINUTES, 2)


def sessions(rows: Sequence[Mapping[str, Any]], event: Row, known: Sequence[int], people: Sequence[int]) -> list[Row]:
    """Sessions as they would be stored, by day and time, `id` None for a new one, `narasumber` ids of `people`.

    JP that were left empty follow from the clock times. InvalidInput names each refused cell by its row.
    """
    _too_many(rows, MOST_SESSIONS, "sesi")
    problems: list[Problem] = []
    found = [_session(row, f"sesi {number}", event, known, people, problems) for number, row in enumerate(rows, 1)]
    given = [row["id"] for row in found if row["id"] is not None]
    for twice in {number for number in given if given.count(number) > 1}:
        problems.append(Problem("sesi", str(twice), "kegiatan_baris_ganda"))
    if problems:
        raise InvalidInput(problems)
    placed = sorted(enumerate(found), key=lambda pair: (pair[1]["tanggal"], pair[1]["mulai"] or "99", pair[0]))
    return [row | {"urutan": number} for number, (_, row) in enumerate(placed)]


def _session(
    row: Mapping[str, Any],
    where: str,
    event: Row,
    known: Sequence[int],
    people: Sequence[int],
    problems: list[Problem],
) -> Row:
    day = row.get("tanggal")
    if isinstance(day, datetime) and day == day:
        day = day.date()
    if not isinstance(day, date) or day != day:  # a grid's empty date is unequal to itself
        problems.append(Problem(f"{where} / tanggal", "", "wajib_diisi"))
        day = event["mulai"]
    elif not event["mulai"] <= day <= event["selesai"]:
        problems.append(Problem(f"{where} / tanggal", day.isoformat(), "kegiatan_sesi_di_luar_tanggal"))
    times: dict[str, str | None] = {}
    for name in ("mulai", "selesai"):
        value = row.get(name)
        times[name] = time_text(value)
        if value and value == value and times[name] is None:
            problems.append(Problem(f"{where} / {name}", str(value)[:20], "kegiatan_jam_keliru"))
    if times["mulai"] and times["selesai"] and times["selesai"] <= times["mulai"]:
        problems.append(Problem(f"{where} / selesai", times["selesai"], "kegiatan_jam_terbalik"))
    jp = row.get("jp")
    if jp is None or jp != jp:
        jp = hours(times["mulai"], times["selesai"])
    elif isinstance(jp, bool) or not isinstance(jp, int | float) or not 0 <= jp <= MOST_JP:
        problems.append(Problem(f"{where} / jp", str(jp)[:20], "kegiatan_jp_keliru", {"batas": str(MOST_JP)}))
        jp = 0
    speaking = sorted(set(row.get("narasumber") or ()))
    for number in speaking:
        if number not in people:
            problems.append(Problem(f"{where} / narasumber", str(number)[:20], "kegiatan_baris_tidak_dikenal"))
    counted = row.get("dihitung")
    return {
        "id": _known(row, known, where, problems),
        "tanggal": day,
        **times,
        "materi": _text(row, "materi", 300, f"{where} / materi", problems, True),
        "jp": float(jp),
        "dihitung": True if counted is None or counted != counted else bool(counted),
        "narasumber": speaking,
    }
