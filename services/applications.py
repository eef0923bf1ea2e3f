"""What LKS handed in online, for those who review it: the queue with its clock, one application field by field, its papers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from data_access import submitted_files
from data_access.commands import trail
from data_access.engine import Connection, reading, writing
from data_access.queries import application_queue as queries
from data_access.queries import profile as profile_queries
from data_access.queries import wilayah as wilayah_queries
from data_access.queries.records import Record, by_ids
from domain import pengajuan, registration, telaah
from domain.errors import NotFound, Problem
from domain.permissions import Actor, Permission, require
from domain.personal import PERSONAL, mask
from domain.wilayah import lineage, short_name
from services import clock, entries
from services import profile as profiles

APPLICANT = "pengaju_telepon"  # personal as well, though no field of the record
_WIB = ZoneInfo("Asia/Jakarta")
_QUEUE = (
    *("id", "jenis", "nama", "kode_wilayah", "kabkota_kode", "status", "diterima_pada", "lengkap_pada", "tenggat"),
    *("isian", "berkas", "belum_diputus", "kode_lks", "contoh"),
)


@dataclass(frozen=True)
class Field:
    """One field that was handed in, beside what the register says now; personal values are masked."""

    bidang: str
    sekarang: Any  # of the register now; None for a new LKS
    nilai: Any
    keadaan: str
    alasan: str | None
    conflict: bool  # the register changed since it was handed in or decided: to be decided again
    clean: bool  # nothing is refused or doubtful; of a change also: only another spelling
    problems: list[Problem]
    doubts: list[Problem]


@dataclass(frozen=True)
class Paper:
    """One paper: what the region's list says of it, and the file that counts (None: nothing came)."""

    syarat: str
    nama: str
    wajib: bool
    file: Record | None
    earlier: int  # files of this paper that a later one replaced


@dataclass(frozen=True)
class Application:
    """Everything one page shows of an application."""

    row: Record
    path: list[tuple[str, str]]  # (kode, name) from the province down
    fields: list[Field]
    gaps: list[Problem]  # what the register would refuse though nothing was handed in for it
    papers: list[Paper]
    steps: list[Record]
    clock: registration.Clock | None
    service_time: profiles.ServiceTime | None
    complete_on: date | None
    next_steps: list[str]
    near: list[Record]  # LKS of the same kab/kota with a like name
    register_version: int | None  # of the LKS it is about
    labels: dict[str, dict[str, str]]

    @property
    def undecided(self) -> int:
        """How many fields and papers nobody has decided on, those to be decided again included."""
        fields = sum(
            field.keadaan == "menunggu" or (field.keadaan == "diterima" and field.conflict) for field in self.fields
        )
        return fields + sum(paper.file is not None and paper.file["keadaan"] == "menunggu" for paper in self.papers)

    @property
    def to_ask(self) -> list[str]:
        """What the LKS has to bring so far: what was sent back, what is required and lacking; fields first."""
        fields = [field.bidang for field in self.fields if field.keadaan == "ditolak"]
        fields += [gap.column for gap in self.gaps if gap.column in pengajuan.FIELDS]
        back = [p.syarat for p in self.papers if p.file is not None and p.file["keadaan"] == "ditolak"]
        papers = dict.fromkeys([*back, *(paper.syarat for paper in self.missing)])
        return [telaah.FIELD + name for name in dict.fromkeys(fields)] + [telaah.PAPER + kode for kode in papers]

    @property
    def missing(self) -> list[Paper]:
        """The required papers that have not come, or were sent back."""
        lacking = (paper.file is None or paper.file["keadaan"] == "ditolak" for paper in self.papers)
        return [paper for paper, gone in zip(self.papers, lacking, strict=True) if paper.wajib and gone]


@dataclass(frozen=True)
class _Whole:
    """An application with its children inside one reading."""

    row: Record
    fields: list[Record]
    files: list[Record]
    steps: list[Record]


def day_of(moment: datetime) -> date:
    """The calendar date in WIB that a moment belongs to."""
    return moment.astimezone(_WIB).date()


def home(row: Mapping[str, Any]) -> str:
    """The kab/kota that an application belongs to; the audit rows about it carry this region."""
    return lineage(row["kode_wilayah"])[:2][-1]


def typed(bidang: str, value: Any) -> Any:
    """A value as the register takes it: dates were kept as text; a text that is no date stays and is refused there."""
    if bidang in entries.DATES and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def hidden(bidang: str, value: Any) -> Any:
    """A value as screens and the audit show it: personal ones masked."""
    return mask(bidang, value) if bidang in PERSONAL or bidang == APPLICANT else value


# --- the clock -------------------------------------------------------------------------------------------------------


def complete_on(row: Record, files: Sequence[Record], steps: Iterable[Record], required: Iterable[str]) -> date | None:
    """The day on which the service time of an application began; None while something is missing or asked for."""
    if row["status"] == "dikembalikan":
        return None
    if row["lengkap_pada"] is not None:
        found: date = row["lengkap_pada"]
        return found
    brought = [step["pada"] for step in steps if step["status"] == "dilengkapi"]
    dated = [(file, day_of(file["dibuat_pada"])) for file in files]
    last = day_of(brought[-1]) if brought else None
    return telaah.complete_on(row["jenis"], required, dated, day_of(row["diterima_pada"]), last)


def due_on(row: Record, start: date | None, time: profiles.ServiceTime | None) -> date | None:
    """The last day of the service time; None when the clock does not run or no region set one."""
    if start is None or row["tenggat"] is not None:
        return None if start is None else row["tenggat"]
    return registration.deadline(start, time.length, time.working_days) if time else None


def required_papers(connection: Connection, region: str) -> list[str]:
    """The codes of the papers that a region's list requires today."""
    _, asked = profile_queries.checklist(connection, region, clock.today())
    return [row["kode"] for row in asked if row["wajib"]]


def queue(by: Actor) -> pd.DataFrame:
    """The open applications of the actor's region, the most urgent first, with the service-time clock of each.

    Columns: _QUEUE (isian and berkas count what came, belum_diputus what nobody decided on), then hari_ke, lama and
    sisa (days gone, given and left; below 0 when late), hari_kerja (working days) and keadaan (registration.URGENCIES).
    Those that are with the LKS come last.
    """
    require(by, Permission.REVIEW_REGISTRATION)
    today = clock.today()
    with reading() as connection:
        rows = queries.open_rows(connection, by.scope)
        ids = [row["id"] for row in rows]
        fields, files = queries.fields(connection, by.scope, ids), queries.files(connection, by.scope, ids)
        steps = queries.steps(connection, by.scope, ids)
        times = profiles.service_times(connection, [row["kode_wilayah"] for row in rows])
        required = {place: required_papers(connection, place) for place in {row["kode_wilayah"] for row in rows}}
    found = []
    for row in rows:
        mine, place = files[row["id"]], row["kode_wilayah"]
        start = complete_on(row, mine, steps[row["id"]], required[place])
        due, time = due_on(row, start, times[place]), times[place]
        ticking = registration.clock(start, due, None, today, time is None or time.working_days)
        counting = telaah.newest(mine).values()
        waits = sum(part["keadaan"] == "menunggu" for part in [*fields[row["id"]], *counting])
        found.append(
            {name: row.get(name) for name in _QUEUE}
            | {"kabkota_kode": home(row), "lengkap_pada": start, "tenggat": due, "diterima_pada": row["diterima_pada"]}
            | {"isian": len(fields[row["id"]]), "berkas": len(counting), "belum_diputus": waits}
            | {"hari_ke": ticking.day if ticking else None, "lama": ticking.length if ticking else None}
            | {"sisa": ticking.left if ticking else None, "hari_kerja": time is None or time.working_days}
            | {"keadaan": registration.urgency(ticking.left if ticking else None)}
        )
    found.sort(key=_urgency)
    columns = [*_QUEUE, "hari_ke", "lama", "sisa", "hari_kerja", "keadaan"]
    frame = pd.DataFrame(found, columns=columns, dtype=object)
    return frame.astype({name: "Int64" for name in ("hari_ke", "lama", "sisa")} | {"contoh": bool, "hari_kerja": bool})


def _urgency(row: Record) -> tuple[bool, bool, int, datetime, int]:
    left = row["sisa"]
    return (row["status"] == "dikembalikan", left is None, left or 0, row["diterima_pada"], row["id"])


def waiting(by: Actor) -> int:
    """How many applications of the actor's region wait for the office."""
    require(by, Permission.REVIEW_REGISTRATION)
    with reading() as connection:
        return queries.count_waiting(connection, by.scope)


# --- one application -------------------------------------------------------------------------------------------------


def locate(connection: Connection, by: Actor, application_id: int) -> Record:
    """The row of an application; NotFound alike when there is none and when it was handed in elsewhere."""
    row = queries.one(connection, by.scope, application_id)
    if row is None:
        raise NotFound("pengajuan_tidak_ada")
    return row


def whole(connection: Connection, by: Actor, application_id: int) -> _Whole:
    """locate() with the fields, files and steps."""
    row, one = locate(connection, by, application_id), [application_id]
    return _Whole(
        row,
        queries.fields(connection, by.scope, one)[application_id],
        queries.files(connection, by.scope, one)[application_id],
        queries.steps(connection, by.scope, one)[application_id],
    )


def of_register(connection: Connection, by: Actor, row: Record) -> Record | None:
    """The LKS that an application is about, as the register has it now; None for a new one."""
    return by_ids(connection, by.scope, [row["lks_id"]]).get(row["lks_id"]) if row["lks_id"] is not None else None


def get(by: Actor, application_id: int) -> Application:
    """One application, closed ones too; NotFound outside the actor's region."""
    require(by, Permission.REVIEW_REGISTRATION)
    today = clock.today()
    with reading() as connection:
        found = whole(connection, by, application_id)
        row, region = found.row, found.row["kode_wilayah"]
        record = of_register(connection, by, row)
        _, asked = profile_queries.checklist(connection, region, today)
        time = profiles.service_time(connection, region)
        names = wilayah_queries.names(connection, lineage(region))
        labels = profiles.labels(connection, region, today)
        checked = _checked(connection, by, found, record)
    start = complete_on(row, found.files, found.steps, [paper["kode"] for paper in asked if paper["wajib"]])
    due, working = due_on(row, start, time), time is None or time.working_days
    likely = proposal(row, found.fields, None) | {"kode_wilayah": region, "id": row["lks_id"]}
    named = {line["bidang"] for line in found.fields}
    return Application(
        row=row | {APPLICANT: hidden(APPLICANT, row[APPLICANT])},
        path=[(kode, short_name(*names[kode])) for kode in lineage(region) if kode in names],
        fields=_fields(found, record, checked),
        gaps=[problem for problem in checked.problems if problem.column not in named],
        papers=_papers(asked, found.files, row["jenis"]),
        steps=found.steps,
        clock=registration.clock(start, due, row["selesai_pada"], today, working),
        service_time=time,
        complete_on=start,
        next_steps=pengajuan.allowed(row["status"]),
        near=entries.near(by, likely) if row["jenis"] == "baru" and row["status"] in pengajuan.OPEN else [],
        register_version=record["versi"] if record else None,
        labels=labels,
    )


def _fields(found: _Whole, record: Record | None, checked: entries.Checked) -> list[Field]:
    is_open = found.row["status"] in pengajuan.OPEN
    lines = []
    for line in found.fields:
        bidang = line["bidang"]
        now = record.get(bidang) if record else None
        problems = [problem for problem in checked.problems if problem.column == bidang]
        doubts = [problem for problem in checked.doubts if problem.column == bidang]
        light = not (problems or doubts) and (record is None or telaah.same_meaning(trail.plain(now), line["nilai"]))
        conflict = is_open and record is not None and moved(line, now)
        lines.append(
            Field(
                bidang=bidang,
                sekarang=hidden(bidang, now),
                nilai=hidden(bidang, typed(bidang, line["nilai"])),
                keadaan=line["keadaan"],
                alasan=line["alasan"],
                conflict=conflict,
                clean=light and not conflict,
                problems=problems if is_open else [],
                doubts=doubts if is_open else [],
            )
        )
    return lines


def moved(line: Record, now: Any) -> bool:
    """True when the register no longer says what the field was held against, and not what it proposes either.

    A field that came while the LKS completed was held against nothing yet: the first decision on it does that.
    """
    unseen = line["keadaan"] == "menunggu" and line["sebelum"] is None
    return not unseen and not telaah.same(now, line["sebelum"]) and not telaah.same(now, line["nilai"])


def proposal(row: Record, fields: Iterable[Record], record: Record | None) -> Record:
    """The handed-in values as the register takes them; name and region of a new LKS stand on the application itself."""
    values = {line["bidang"]: typed(line["bidang"], line["nilai"]) for line in fields}
    return values if record is not None else {name: row[name] for name in ("nama", "kode_wilayah")} | values


def _checked(connection: Connection, by: Actor, found: _Whole, record: Record | None) -> entries.Checked:
    """What the register's own checks say of the proposal as a whole."""
    asked = proposal(found.row, found.fields, record)
    region = asked.get("kode_wilayah")
    away: list[Problem] = []
    if region is not None and not (isinstance(region, str) and by.scope.covers(region)):
        away = [Problem("kode_wilayah", str(region), "wilayah_lks_keliru", {"kode": str(region)})]
        del asked["kode_wilayah"]
    checked = entries.check(connection, by, asked, record)
    own = [problem for problem in checked.problems if not (away and problem.column == "kode_wilayah")]
    return entries.Checked(checked.fields, own + away, checked.doubts)


def _papers(asked: Sequence[Record], files: Sequence[Record], jenis: str) -> list[Paper]:
    counting = telaah.newest(files)
    came = [file["syarat"] for file in files if file["selesai"]]
    listed = [(row["kode"], row["nama"], bool(row["wajib"])) for row in asked]
    known = {kode for kode, *_ in listed}
    listed += [(kode, kode.replace("_", " "), False) for kode in dict.fromkeys(came) if kode not in known]
    found = []
    for kode, nama, wajib in listed:
        file = counting.get(kode)
        if file is None and jenis != "baru":  # corrections need no papers: only those that came are shown
            continue
        kept = {name: value for name, value in file.items() if name != "kunci"} if file else None
        found.append(Paper(kode, nama, wajib and jenis == "baru", kept, max(0, came.count(kode) - 1)))
    return found


def file(by: Actor, application_id: int, file_id: int) -> tuple[str, str, bytes]:
    """(name, media type, bytes) of a paper, after the look was written into the audit: papers name people."""
    require(by, Permission.REVIEW_REGISTRATION)
    with reading() as connection:
        found = whole(connection, by, application_id)
    row = next((one for one in found.files if one["id"] == file_id and one["selesai"]), None)
    if row is None:
        raise NotFound("pengajuan_tidak_ada")
    try:
        content = submitted_files.read(row["kunci"])
    except NotFound as error:
        raise NotFound("berkas_pengajuan_hilang") from error
    with writing() as connection:
        looked = {"syarat": row["syarat"], "berkas_id": file_id}
        place = home(found.row)
        entry = trail.audit_row(
            by, clock.now(), "buka_berkas", "pengajuan", application_id, wilayah=place, after=looked
        )
        trail.record(connection, entry)
    ending = pengajuan.FILE_KINDS.get(row["mime"], "")
    return f"pengajuan_{application_id}_{row['syarat']}{ending}", row["mime"], content


def reveal(by: Actor, application_id: int, bidang: str) -> tuple[Any, Any]:
    """(register now, handed in) of a personal field in clear, after the look was written into the audit."""
    require(by, Permission.REVEAL_PERSONAL)
    require(by, Permission.REVIEW_REGISTRATION)
    with writing() as connection:
        found = whole(connection, by, application_id)
        values = {line["bidang"]: line["nilai"] for line in found.fields if line["bidang"] in PERSONAL}
        values |= {APPLICANT: found.row[APPLICANT]}
        if bidang not in values:
            raise NotFound("pengajuan_tidak_ada")
        record = of_register(connection, by, found.row)
        place = home(found.row)
        entry = trail.audit_row(
            by, clock.now(), "buka_data_pribadi", "pengajuan", application_id, wilayah=place, after={"bidang": bidang}
        )
        trail.record(connection, entry)
    return (record or {}).get(bidang), values[bidang]
