"""The facts of an event as the documents of a Bimtek print them: texts only, in plain data."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from data_access.engine import reading
from data_access.queries import attendance as attendance_queries
from data_access.queries import events as queries
from data_access.queries import followup as followup_queries
from domain import bimtek, figures
from domain.errors import NotFound
from domain.permissions import Actor, Permission, require
from services import attendance, clock, wilayah, wording
from services.sentences import plain

Row = dict[str, Any]


@dataclass(frozen=True)
class Stored:
    """What is stored of one event but its answers; `people` are those on the roster now."""

    event: Row
    aims: list[Row]
    speakers: list[Row]
    sessions: list[Row]
    people: list[Row]
    marks: Mapping[tuple[int, int], datetime]  # (participant, session) -> when
    plans: list[Row]
    basis: Row | None

    @property
    def zone(self) -> ZoneInfo:
        """The clock at the event's own place."""
        return ZoneInfo(bimtek.ZONES[self.event["zona"]])


@cache
def words() -> dict[str, dict[str, str]]:
    """Every word of assets/teks/dokumen_bimtek.toml; nobody may change it."""
    return tomllib.loads((wording.TEXTS / "dokumen_bimtek.toml").read_text(encoding="utf-8"))


def stored(by: Actor, event_id: int) -> Stored:
    """One event of the actor's region, whatever its documents need of it."""
    require(by, Permission.VIEW_EVENTS)
    with reading() as connection:
        event = queries.event(connection, by.scope, event_id)
        if event is None:
            raise NotFound(id=event_id)
        bases = queries.legal_bases(connection)
        return Stored(
            event,
            queries.aims(connection, by.scope, event_id),
            queries.speakers(connection, by.scope, event_id),
            queries.sessions(connection, by.scope, event_id),
            attendance.roster_of(connection, by.scope, event_id),
            {
                (row["peserta_id"], row["sesi_id"]): row["pada"]
                for row in attendance_queries.marks(connection, event_id)
            },
            followup_queries.plans(connection, by.scope, event_id),
            next((row for row in bases if row["kode"] == event["dasar_hukum"]), None),
        )


def head(found: Stored) -> Row:
    """Title, organiser, days and place of an event, and when the document was made."""
    event, say, now = found.event, words()["umum"], clock.now()
    several = event["selesai"] != event["mulai"]
    days = {"mulai": figures.date_long(event["mulai"]), "selesai": figures.date_long(event["selesai"])}
    return {
        "judul": event["judul"],
        "nomor": event["nomor"] or "",
        "penyelenggara": event["penyelenggara"],
        "wilayah": wilayah.name(event["wilayah"]),
        "jangkauan": wilayah.name(event["jangkauan"]),
        "tempat": event["tempat"] or "",
        "hari": say["hari_banyak" if several else "hari_satu"].format(**days),
        "selesai": days["selesai"],
        "contoh": bool(event["contoh"]),
        "dibuat": now.isoformat(),
        "dibuat_kata": figures.moment(now, event["wilayah"]),
        "hari_ini": figures.date_long(now.astimezone(found.zone).date()),
    }


def about(found: Stored) -> Row:
    """The purpose, the legal basis, the officials and the money of an event."""
    event, say = found.event, words()
    basis = ""
    if found.basis is not None:
        basis = found.basis["judul"]
        if found.basis["status"] != "berlaku":
            basis = say["laporan"]["dasar_diganti"].format(nama=basis)
    names = {name: event[name] or "" for name in ("pemandu", "dibuka_oleh", "laporan_oleh")}
    return names | {
        "maksud": say["maksud"][event["maksud"]],
        "tujuan": [aim["nama"] for aim in found.aims],
        "dasar": basis,
        "anggaran": event["sumber_anggaran"] or "",
        "narasumber": [[row[name] or "" for name in ("nama", "jabatan", "instansi")] for row in found.speakers],
    }


def hours(session: Mapping[str, Any], zone: str) -> str:
    """ "08.00-09.30 WIB", or "" when nothing is stated."""
    if not session["mulai"]:
        return ""
    code = "wib" if session["selesai"] else "mulai_saja"
    return words()["umum"][code].format(mulai=session["mulai"], selesai=session["selesai"], zona=zone)


def speaking(found: Stored, session: Mapping[str, Any]) -> str:
    """The names of those who speak in a session."""
    names = {row["id"]: row["nama"] for row in found.speakers}
    return ", ".join(names[one] for one in session["narasumber"] if one in names)


def timetable(found: Stored) -> list[Row]:
    """Every session in its order, numbered, with its hours, speakers, JP and how many of the roster attended."""
    present = Counter(session for person, session in found.marks if person in {row["id"] for row in found.people})
    return [
        {
            "nomor": str(number),
            "tanggal": figures.date_long(session["tanggal"]),
            "waktu": hours(session, found.event["zona"]),
            "materi": session["materi"],
            "narasumber": speaking(found, session),
            "jp": plain(session["jp"]),
            "hadir": figures.integer(present[session["id"]]),
        }
        for number, session in enumerate(found.sessions, 1)
    ]


def total_jp(found: Stored) -> str:
    """The sum of the sessions' hours of 45 minutes."""
    return plain(sum(session["jp"] for session in found.sessions))


def office(person: Mapping[str, Any]) -> str:
    """The institution of somebody as the attendance list names it."""
    return str(person["lks_nama"] or person["instansi"] or "")


def kinds(rows: Iterable[Mapping[str, Any]]) -> list[list[str]]:
    """(kind, how many people) of a roster, in the order of the kinds."""
    counted = Counter(row["jenis"] for row in rows)
    return [
        [words()["asal"][kind], figures.integer(counted[kind])] for kind in bimtek.KINDS_OF_PARTICIPANT if counted[kind]
    ]


def institutions(found: Stored, called: Mapping[int, str]) -> list[list[str]]:
    """(institution, kind, how many people), by name; one row for each that services.results counts.

    `called` names the institution of each participant as the results do.
    """
    groups: dict[Any, list[Row]] = {}
    for row in found.people:
        key = row["lks_id"] or " ".join((row["instansi"] or "").split()).casefold() or None
        if key is not None:
            groups.setdefault(key, []).append(row)
    listed = [
        (
            next((called[row["id"]] for row in rows if called.get(row["id"])), words()["umum"]["tidak_dicatat"]),
            "/".join(dict.fromkeys(words()["asal"][row["jenis"]] for row in rows)),
            figures.integer(len(rows)),
        )
        for rows in groups.values()
    ]
    return [list(row) for row in sorted(listed, key=lambda row: row[0].casefold())]


def present(found: Stored, called: Mapping[int, str]) -> list[Row]:
    """Everybody of the roster with the numbers of the sessions that they attended; `called` as for institutions()."""
    rows = []
    for place, person in enumerate(found.people, 1):
        numbers = [str(n) for n, held in enumerate(found.sessions, 1) if (person["id"], held["id"]) in found.marks]
        rows.append(
            {
                "no": str(place),
                "nama": person["nama"],
                "kelamin": person["kelamin"] or "",
                "jabatan": person["jabatan"] or "",
                "instansi": called.get(person["id"], ""),
                "sesi": ", ".join(numbers),
                "hadir": words()["umum"]["dari"].format(bagian=len(numbers), semua=len(found.sessions)),
            }
        )
    return rows


def plans(found: Stored, named: bool) -> Row:
    """What participants plan to do: how many in which state, and each of them by name when names are asked for."""
    say = words()
    counted = Counter(row["status"] for row in found.plans)
    told = [f"{counted[code]} {word.lower()}" for code, word in say["status_rtl"].items() if counted[code]]
    summary = ""
    if found.plans:
        summary = say["laporan"]["tindak_isi"].format(jumlah=len(found.plans), rincian=", ".join(told))
    rows: list[list[str]] = []
    if named:
        rows = [
            [row["nama"], row["rencana"], figures.date_long(row["tenggat"]), say["status_rtl"][row["status"]]]
            for row in found.plans
        ]
    return {"kalimat": summary, "baris": rows}


def chosen(found: Stored, session_ids: Sequence[int] | None) -> list[tuple[int, Row]]:
    """(number, session) of those asked for, or of all; NotFound for one that is no session of the event."""
    wanted = set(session_ids) if session_ids else {session["id"] for session in found.sessions}
    listed = [(number, row) for number, row in enumerate(found.sessions, 1) if row["id"] in wanted]
    if not listed or len(listed) != len(wanted):
        raise NotFound("kegiatan_tanpa_sesi")
    return listed
