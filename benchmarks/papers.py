"""Certificates of a large Bimtek: issued and printed in a process of their own, so that the peak of memory is theirs."""

import json
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

import settings
from benchmarks.report import Line
from data_access import engine
from data_access import tables_bimtek as t
from data_access.commands import events as event_commands
from data_access.commands import roster as roster_commands
from domain.permissions import COMMAND_LINE
from services import certificates, clock, installation

GOAL_S = 10
GOAL_MB = 600  # of the whole process; 130 MB of them are there before anything is made


def _event(people: int) -> tuple[int, list[int]]:
    """A finished event of two days with ten sessions, attended by everybody: (id, ids of its people)."""
    now, last = clock.now(), clock.today() - timedelta(days=7)
    with engine.writing() as connection:
        values: dict[str, Any] = {
            "judul": "Bimbingan Teknis Pengelolaan LKS",
            "maksud": "bimtek",
            "penyelenggara_jenis": "dinas",
        }
        values |= {"penyelenggara": "Dinas Sosial", "wilayah": "33.71", "jangkauan": "33.71", "tempat": "Aula"}
        values |= {"zona": "WIB", "mulai": last - timedelta(days=1), "selesai": last, "tautan": "UKURAN"}
        event_id = event_commands.add(
            connection, values | {"status": "selesai", "dibuat_pada": now, "diubah_pada": now}
        )
        rows = [
            {
                "kegiatan_id": event_id,
                "tanggal": last,
                "materi": f"Materi bimbingan ke {number}",
                "jp": 2,
                "urutan": number,
            }
            for number in range(10)
        ]
        sessions = list(connection.execute(insert(t.kegiatan_sesi).returning(t.kegiatan_sesi.c.id), rows).scalars())
        named = [
            {"kegiatan_id": event_id, "nama": f"Peserta Ukuran {number}", "jenis": "lks", "dibuat_pada": now}
            | {"instansi": f"LKS Ukuran {number // 2}"}
            for number in range(people)
        ]
        ids = [made for made, _ in roster_commands.add(connection, named)]
        marks = [
            {"sesi_id": session, "peserta_id": one, "cara": "petugas", "pada": now}
            for session in sessions
            for one in ids
        ]
        connection.execute(insert(t.kehadiran), marks)
    return event_id, ids


def run(people: int) -> dict[str, float]:
    """Issues and prints certificates for so many people and says how long each took, how large, and the peak memory."""
    event_id, ids = _event(people)
    begun = time.perf_counter()
    made = certificates.issue(COMMAND_LINE, event_id, ids, clock.today(), "ukur")
    issued = time.perf_counter()
    content, count = certificates.pdf(COMMAND_LINE, event_id, "http://192.168.1.10:8501", made)
    printed = time.perf_counter()
    found = {"terbit": issued - begun, "cetak": printed - issued, "lembar": count, "mb": len(content) / 1e6}
    return found | {"puncak_mb": _peak()}


def _peak() -> float:
    """The most memory that this process ever held, in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((float(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def measured(data: Path, people: int) -> list[Line]:
    """The figures of run() in a fresh process over a fresh store."""
    command = [sys.executable, "-m", "benchmarks.papers", str(data), str(people)]
    done = subprocess.run(command, cwd=settings.ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr[-2_000:])
    told = json.loads(done.stdout.splitlines()[-1])
    if told["lembar"] != people:
        raise RuntimeError(f"{told['lembar']} of {people} certificates printed")
    note = f"{people} people: issued in {told['terbit']:.2f} s, one PDF of {told['mb']:.1f} MB in {told['cetak']:.2f} s"
    lines = [Line("certificates: issue + PDF", told["terbit"] + told["cetak"], "s", goal=GOAL_S, note=note)]
    if told["puncak_mb"]:
        lines.append(Line("certificates: peak memory", told["puncak_mb"], "MB", goal=GOAL_MB))
    return lines


if __name__ == "__main__":
    settings.use_data_dir(sys.argv[1])
    engine.configure(settings.load().database_url)
    installation.prepare(sample=False)
    print(json.dumps(run(int(sys.argv[2]))))
