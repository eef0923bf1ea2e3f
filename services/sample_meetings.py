"""One invented, marked rakor per article region: closed with frozen panels, with actions in every state, and the next one."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from data_access import assets
from data_access.commands import rapat as commands
from data_access.commands import trail
from data_access.engine import Connection, writing
from data_access.queries import rapat as queries
from domain.permissions import ROLES, Actor, Scope
from services import clock, freezing
from services import meeting_entries as entries

Row = dict[str, Any]
_WIB = ZoneInfo("Asia/Jakarta")
_NOTE_TAKER = "Notulis (contoh)"
_ACTION = ("apa", "jenis", "tugas", "pic", "pic_instansi", "pic_jenis", "sumber_dana", "indikator")
_HOURS = {"mulai": "09.00", "selesai": "12.00"}


def load(now: datetime) -> int:
    """Stores the sample meetings after the sample LKS stand (their panels count them) and returns how many."""
    today = clock.today()
    facts = assets.sample_meetings()
    for fact in facts:
        with writing() as connection:
            trail.bump(connection, "rapat")
            rapat_id, made = _held(connection, fact, today)
        # Closed as any other meeting is, as of the noon of its day.
        noon = datetime.combine(today + timedelta(days=fact["hari"]), time(12), _WIB)
        by = Actor(None, "contoh", _NOTE_TAKER, ROLES["admin"], Scope(None), contoh=True)
        freezing.freeze(by, rapat_id, 1, f"contoh-{rapat_id}-{now.timestamp()}", noon)
        with writing() as connection:
            trail.bump(connection, "rapat")
            _since(connection, fact, made, today)
            _prepared(connection, fact, rapat_id, today)
    return 2 * len(facts)


def _meeting(fact: Row, title: str, day: date, now: datetime, **more: Any) -> Row:
    head = {"wilayah": fact["wilayah"], "jenis": "rakor", "judul": title, "tanggal": day, "tempat": fact["tempat"]}
    return head | _HOURS | more | {"contoh": True, "versi": 1, "dibuat_pada": now, "diubah_pada": now}


def _agenda(connection: Connection, rapat_id: int, fact: Row, day: date) -> list[int]:
    items = entries.template("rakor", fact["wilayah"], day)
    return [commands.add(connection, "rapat_butir", row | {"rapat_id": rapat_id}) for row in items]


def _held(connection: Connection, fact: Row, today: date) -> tuple[int, list[int]]:
    """The meeting as it ran, with what it made: (its id, the ids of its actions)."""
    day = today + timedelta(days=fact["hari"])
    then = datetime.combine(day, time(9), _WIB)
    head = {"status": "berjalan", "pimpinan": "Ketua LKKS (contoh)", "notulis": _NOTE_TAKER}
    rapat_id = commands.add(connection, "rapat", _meeting(fact, fact["judul"], day, then, **head))
    items = _agenda(connection, rapat_id, fact, day)
    people = [
        row | {"nama": f"Hadirin contoh {number:02d}", "rapat_id": rapat_id, "urutan": number}
        for number, row in enumerate(fact["hadir"], 1)
    ]
    commands.add_many(connection, "rapat_hadir", people)
    by = {"dibuat_pada": then, "dibuat_oleh": _NOTE_TAKER}
    for row in fact["keputusan"]:
        decided = {"rapat_id": rapat_id, "butir_id": items[row["butir"] - 1], "isi": row["isi"]}
        commands.add(connection, "rapat_keputusan", decided | by)
    titles = [row["judul"] for row in assets.agenda_templates()["rakor"]]
    made = []
    for row in fact["tindak_lanjut"]:
        values: Row = {name: row[name] for name in _ACTION if name in row}
        values |= {"rapat_id": rapat_id, "butir_id": items[row["butir"] - 1], "topik": titles[row["butir"] - 1]}
        values |= {"wilayah_rapat": fact["wilayah"], "wilayah": fact["wilayah"], "status": "belum", "contoh": True}
        values |= {"tenggat": today + timedelta(days=row["hari"]), "diubah_pada": then}
        made.append(commands.add(connection, "tindak_lanjut", values | by))
    return rapat_id, made


def _since(connection: Connection, fact: Row, made: list[int], today: date) -> None:
    """What became of the actions since the meeting."""
    for action_id, row in zip(made, fact["tindak_lanjut"], strict=True):
        if row["status"] == "belum":
            continue
        day = today + timedelta(days=row.get("selesai_hari", fact["hari"] + 7))
        values: Row = {"status": row["status"], "diubah_pada": datetime.combine(day, time(10), _WIB)}
        if row["status"] == "selesai":
            values |= {"bukti": row["bukti"], "selesai_pada": day}
        commands.change(connection, "tindak_lanjut", action_id, 1, values)


def _prepared(connection: Connection, fact: Row, before: int, today: date) -> None:
    day, now = today + timedelta(days=fact["berikut_hari"]), clock.now()
    head = {"status": "disiapkan", "sebelumnya_id": before}
    rapat_id = commands.add(connection, "rapat", _meeting(fact, fact["berikut_judul"], day, now, **head))
    _agenda(connection, rapat_id, fact, day)


def remove(connection: Connection) -> int:
    """Takes the sample meetings and actions out within a running transaction; how many meetings there were."""
    commands.remove_many(connection, "tindak_lanjut", queries.sample_actions(connection))
    ids = queries.sample_meetings(connection)
    commands.remove_many(connection, "rapat", ids)
    return len(ids)
