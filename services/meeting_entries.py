"""What somebody typed for a meeting, an agenda item, an attendee, a decision or an action: read, checked and limited."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from data_access import assets
from data_access.engine import Connection
from data_access.queries import events as event_queries
from data_access.queries import profile as profile_queries
from data_access.queries import references
from data_access.queries import wilayah as wilayah_queries
from domain.errors import InvalidInput, NotFound, Problem
from domain.impor import repair
from domain.lkks import DUTIES
from domain.permissions import Actor, Scope
from domain.rapat import ACTION_KINDS, BODIES, KINDS, MOST_PANELS, PANELS, PanelSpec
from domain.wilayah import level
from services import clock
from services.event_entries import time_text
from services.indicator_values import definitions

Row = dict[str, Any]
HORIZONS = (30, 90, 180)
NEEDS_CODE = ("indikator", "target_wilayah")
# What only makes sense where there are kab/kota (or kecamatan) below.
_LEVELS: dict[str, tuple[str, ...]] = {
    "lkks_wilayah": ("nasional", "provinsi"),
    "target_wilayah": ("nasional", "provinsi"),
}
_LEVELS |= {"wilayah": ("nasional", "provinsi", "kabkota")}
_EARLIEST, _LATEST = date(2000, 1, 1), date(2099, 12, 31)
TEXTS: dict[str, int] = {
    **{"judul": 200, "tempat": 300, "pimpinan": 200, "notulis": 200, "catatan": 5000, "uraian": 2000},
    **{"nama": 200, "jabatan": 200, "instansi": 200, "keterangan": 300, "isi": 2000, "apa": 1000},
    **{"pic": 200, "pic_instansi": 200, "bukti": 2000, "topik": 200},
}
_LINES = ("catatan", "uraian", "isi", "apa", "bukti")
MEETING = ("wilayah", "jenis", "judul", "tanggal", "mulai", "selesai", "tempat", "pimpinan", "notulis", "catatan")
ITEM = ("judul", "uraian", "menit", "panel", "catatan")
ATTENDEE = ("nama", "jabatan", "instansi", "jenis", "hadir", "keterangan")
ACTION = (
    *("jenis", "apa", "pic", "pic_instansi", "pic_jenis", "tenggat", "tugas", "wilayah", "lks_id", "indikator"),
    *("sumber_dana",),
)
_CHOICES = {"pic_jenis": BODIES, "tugas": DUTIES}


def _text(name: str, value: Any, problems: list[Problem]) -> str | None:
    read = repair.read_text(value if isinstance(value, str) else None, TEXTS[name], lines=name in _LINES)
    if read.refused:
        problems.append(Problem(name, repair.shown(value), read.refused.code, read.refused.facts))
    return str(read.value) if read.value else None


def _day(name: str, value: Any, problems: list[Problem]) -> date | None:
    if value is None:
        return None
    if not isinstance(value, date) or isinstance(value, datetime) or not _EARLIEST <= value <= _LATEST:
        problems.append(Problem(name, str(value)[:20], "tanggal_bukan_tanggal"))
        return None
    return value


def _choice(name: str, value: Any, choices: Sequence[str], problems: list[Problem]) -> Any:
    if value is not None and value not in choices:
        problems.append(Problem(name, str(value)[:80], "pilihan_di_luar_daftar"))
    return value


def _known(typed: Mapping[str, Any], names: Sequence[str]) -> list[Problem]:
    return [Problem(name, "", "bidang_tidak_dikenal") for name in typed if name not in names]


def _required(row: Mapping[str, Any], names: Sequence[str], problems: list[Problem]) -> None:
    refused = {problem.column for problem in problems}
    for name in names:
        if name in row and row[name] in (None, "") and name not in refused:
            problems.append(Problem(name, "", "wajib_diisi"))


def _or_refused(found: Row, problems: list[Problem]) -> Row:
    if problems:
        raise InvalidInput(problems)
    return found


def text(name: str, value: Any) -> str:
    """One required text as it would be stored; InvalidInput when it is empty or too long."""
    problems: list[Problem] = []
    row = {name: _text(name, value, problems)}
    _required(row, (name,), problems)
    return str(_or_refused(row, problems)[name])


def meeting(connection: Connection, typed: Mapping[str, Any], before: Row | None) -> Row:
    """The typed facts of a meeting as they would be stored; `before` is the one they change, None for a new one."""
    problems = _known(typed, MEETING)
    row: Row = {} if before else dict.fromkeys(("jenis", "judul", "tanggal", "wilayah"))
    for name in MEETING:
        if name not in typed:
            continue
        value = typed[name]
        if name in TEXTS:
            row[name] = _text(name, value, problems)
        elif name == "jenis":
            row[name] = _choice(name, value, KINDS, problems)
        elif name == "tanggal":
            row[name] = _day(name, value, problems)
        elif name == "wilayah":
            row[name] = value
            if value and not wilayah_queries.exists(connection, value):
                problems.append(Problem(name, str(value)[:20], "rapat_wilayah_tidak_dikenal"))
        else:
            row[name] = time_text(value)
            if value and row[name] is None:
                problems.append(Problem(name, str(value)[:20], "rapat_jam_keliru"))
    _required(row, ("jenis", "judul", "tanggal"), problems)
    if before is None and row["wilayah"] is None:
        problems.append(Problem("wilayah", "", "wajib_diisi"))
    after = (before or {}) | row
    if after.get("mulai") and after.get("selesai") and after["selesai"] <= after["mulai"]:
        problems.append(Problem("selesai", after["selesai"], "rapat_jam_terbalik"))
    return _or_refused(row, problems)


def fits(jenis: str, wilayah: str) -> bool:
    """True when a panel says anything about a region of this level."""
    here = level(wilayah or None)
    return here in _LEVELS.get(jenis, (here,))


def panels(connection: Connection, wilayah: str, specs: Sequence[PanelSpec]) -> list[Row]:
    """The panels of an agenda item as they are stored; 1 to 4, none twice, each one that the region can show."""
    problems: list[Problem] = []
    if not 1 <= len(specs) <= MOST_PANELS:
        problems.append(Problem("panel", str(len(specs)), "rapat_jumlah_panel", {"batas": str(MOST_PANELS)}))
    if len(set(specs)) != len(specs):
        problems.append(Problem("panel", "", "rapat_panel_ganda"))
    codes = {one.kode for one in definitions(connection, clock.today())}
    for spec in specs:
        refusal = _panel_refusal(connection, wilayah, spec, codes)
        if refusal:
            problems.append(Problem("panel", spec.jenis, refusal))
    if problems:
        raise InvalidInput(problems)
    return [spec.as_data() for spec in specs]


def _panel_refusal(connection: Connection, wilayah: str, spec: PanelSpec, codes: set[str]) -> str | None:
    if spec.jenis not in PANELS:
        return "rapat_panel_tidak_dikenal"
    place = wilayah if spec.wilayah is None else spec.wilayah
    inside = not wilayah or place == wilayah or place.startswith(wilayah + ".")
    if not inside or (place and not wilayah_queries.exists(connection, place)):
        return "rapat_panel_di_luar_wilayah"
    if not fits(spec.jenis, place):
        return "rapat_panel_tidak_berlaku"
    if (spec.jenis in NEEDS_CODE) != (spec.kode is not None) or (spec.kode and spec.kode not in codes):
        return "rapat_panel_indikator"
    if spec.hari is not None and (spec.jenis != "berakhir" or spec.hari not in HORIZONS):
        return "rapat_panel_hari"
    if spec.kegiatan is not None:
        if (
            spec.jenis != "hasil_bimtek"
            or event_queries.event(connection, Scope(wilayah or None), spec.kegiatan) is None
        ):
            return "rapat_panel_kegiatan"
    return None


def template(kind: str, wilayah: str, day: date) -> list[Row]:
    """The agenda that a kind of meeting starts with, without the panels that its region cannot show."""
    found = []
    for number, row in enumerate(assets.agenda_templates()[kind], 1):
        kept = [dict(one) for one in row["panel"] if fits(one["jenis"], wilayah)]
        for one in kept:
            if one.get("sampai") == "akhir_tahun":
                one["sampai"] = date(day.year, 12, 31).isoformat()
        found.append({"urutan": number, "judul": row["judul"], "uraian": row["uraian"], "menit": row["menit"]})
        found[-1]["panel"] = kept
    return found


def item(connection: Connection, wilayah: str, typed: Mapping[str, Any], new: bool) -> Row:
    """The typed facts of an agenda item as they would be stored; `panel` is a sequence of PanelSpec."""
    problems = _known(typed, ITEM)
    row: Row = {"judul": None, "panel": []} if new else {}
    for name in ("judul", "uraian", "catatan"):
        if name in typed:
            row[name] = _text(name, typed[name], problems)
    if "menit" in typed:
        row["menit"] = typed["menit"]
        fine = typed["menit"] is None or (isinstance(typed["menit"], int) and 0 <= typed["menit"] <= 600)
        if not fine:
            problems.append(Problem("menit", str(typed["menit"])[:20], "rapat_menit_keliru"))
    _required(row, ("judul",), problems)
    if new or "panel" in typed:
        try:
            row["panel"] = panels(connection, wilayah, list(typed.get("panel") or []))
        except InvalidInput as refused:
            problems += refused.problems
    return _or_refused(row, problems)


def attendee(typed: Mapping[str, Any], new: bool) -> Row:
    """The typed facts of somebody on the attendance list as they would be stored."""
    problems = _known(typed, ATTENDEE)
    row: Row = {"nama": None, "jenis": None} if new else {}
    for name in ATTENDEE:
        if name not in typed:
            continue
        if name in TEXTS:
            row[name] = _text(name, typed[name], problems)
        else:
            row[name] = bool(typed[name]) if name == "hadir" else _choice(name, typed[name], BODIES, problems)
    _required(row, ("nama", "jenis"), problems)
    return _or_refused(row, problems)


def action(connection: Connection, by: Actor, typed: Mapping[str, Any], before: Row | None) -> Row:
    """The typed facts of an action as they would be stored; region and LKS must lie in the actor's region."""
    problems = _known(typed, ACTION)
    row: Row = {} if before else {"jenis": None, "apa": None}
    for name in ACTION:
        if name not in typed:
            continue
        value = typed[name]
        if name in TEXTS:
            row[name] = _text(name, value, problems)
        elif name == "jenis":
            row[name] = _choice(name, value, ACTION_KINDS, problems)
        elif name in _CHOICES:
            row[name] = _choice(name, value, _CHOICES[name], problems)
        elif name == "tenggat":
            row[name] = _day(name, value, problems)
        else:
            row[name] = value or None
    _required(row, ("jenis", "apa"), problems)
    _references(connection, by, row, problems)
    return _or_refused(row, problems)


def _references(connection: Connection, by: Actor, row: Row, problems: list[Problem]) -> None:
    """Refuses a region, LKS, indicator or source that is not there; NotFound for what lies outside the actor's region."""
    place = row.get("wilayah")
    if place:
        if not by.scope.covers(place):
            raise NotFound("wilayah_di_luar", kode=place)
        if not wilayah_queries.exists(connection, place):
            problems.append(Problem("wilayah", str(place)[:20], "rapat_wilayah_tidak_dikenal"))
    if row.get("lks_id") and profile_queries.kode_of(connection, by.scope, row["lks_id"]) is None:
        raise NotFound()
    code = row.get("indikator")
    if code and code not in {one.kode for one in definitions(connection, clock.today())}:
        problems.append(Problem("indikator", str(code)[:80], "indikator_tidak_dikenal", {"kode": str(code)[:80]}))
    source = row.get("sumber_dana")
    if source and source not in {
        one["kode"] for one in references.options(connection, "sumber_bantuan", clock.today())
    }:
        problems.append(Problem("sumber_dana", str(source)[:80], "pilihan_di_luar_daftar"))
