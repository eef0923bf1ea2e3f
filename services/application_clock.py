"""When an online application is complete, which starts its service time, and what its checklist asks for."""

from datetime import date, datetime
from typing import Any

from data_access.commands import applications as commands
from data_access.engine import Connection
from data_access.queries import applications as queries
from data_access.queries import profile as profile_queries
from domain import registration
from services import clock, profile


def deadline(connection: Connection, region: str, complete_on: date) -> date | None:
    """The last day of the region's service time; None when no region above it set one."""
    time = profile.service_time(connection, region)
    return registration.deadline(complete_on, time.length, time.working_days) if time else None


def checklist(connection: Connection, region: str) -> list[dict[str, Any]]:
    """The papers that a region asks for today, in their order: kode, nama, wajib."""
    _, rows = profile_queries.checklist(connection, region, clock.today())
    return [{name: row[name] for name in ("kode", "nama", "wajib")} for row in rows]


def lacking(connection: Connection, row: dict[str, Any]) -> list[dict[str, Any]]:
    """The required papers of which an application has no whole file that was not refused."""
    have = {
        found["syarat"]
        for found in queries.files(connection, row["kunci"])
        if found["selesai"] and found["keadaan"] != "ditolak"
    }
    return [
        paper for paper in checklist(connection, row["kode_wilayah"]) if paper["wajib"] and paper["kode"] not in have
    ]


def start_if_complete(connection: Connection, application_id: int, now: datetime) -> bool:
    """Starts the service time when the last required paper is there (corrections need none); True when it started."""
    row = queries.by_id(connection, application_id)
    if row is None or row["lengkap_pada"] is not None or row["status"] not in ("diterima", "diperiksa", "dilengkapi"):
        return False
    if row["jenis"] == "baru" and lacking(connection, row):
        return False
    today = clock.today()
    until = deadline(connection, row["kode_wilayah"], today)
    commands.start_clock(connection, application_id, {"lengkap_pada": today, "tenggat": until})
    return True
