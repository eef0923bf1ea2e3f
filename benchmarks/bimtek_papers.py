"""The whole pack of papers of one Bimtek: how long it takes to make for a full hall, and how much memory."""

import random
import resource
import time
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import Connection, insert

from benchmarks.report import Line
from data_access import secrets
from data_access import tables_bimtek as t
from data_access.commands import trail
from data_access.engine import writing
from domain import bimtek
from domain.forms import definition, parsing
from domain.names import name_key
from domain.permissions import COMMAND_LINE, Actor
from services import bimtek_documents as papers
from services import clock, events, samples

GOAL_S = 60.0
AIM_S = 10.0
_PHASES = {"pre": 0.45, "post": 0.75}


def pack(people: int) -> list[Line]:
    """Seconds, and growth of the process at its peak, for every paper of a sample event with so many people.

    All papers at once, one after the other: report as PDF and Word, both attendance lists, scores as PDF and Excel,
    each speaker's own result, question and answer sheet of every form.
    """
    samples.load(COMMAND_LINE)
    event_id = int(events.listed(COMMAND_LINE)["id"].iloc[0])
    _crowd(event_id, people)
    # Files are kept for somebody who signed in.
    by = Actor(1, "pengukur", "Pengukur Contoh", COMMAND_LINE.role, COMMAND_LINE.scope)
    found = events.get(by, event_id)
    made: list[Callable[[], str]] = [
        lambda: papers.report_pdf(by, event_id),
        lambda: papers.report_docx(by, event_id),
        lambda: papers.attendance_pdf(by, event_id, False),
        lambda: papers.attendance_pdf(by, event_id, True),
        lambda: papers.scores_pdf(by, event_id),
        lambda: papers.scores_xlsx(by, event_id),
        *(lambda id=row["id"]: papers.speaker_pdf(by, event_id, id) for row in found.speakers),
        *(lambda id=row["id"]: papers.questions_pdf(by, event_id, id) for row in found.forms),
        *(lambda id=row["id"]: papers.answer_sheet_pdf(by, event_id, id) for row in found.forms),
    ]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    for make in made:
        make()
    taken = time.perf_counter() - begun
    # Nothing where an earlier bench of this process had needed more: then it says nothing about these papers.
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    name = f"pack of a Bimtek, {people} people, {len(made)} files"
    lines = [Line(name, taken, "s", goal=GOAL_S, note=f"aim {AIM_S:g} s")]
    return lines + [Line(f"{name}: growth of the process at its peak", grown, "MiB")] * bool(grown)


def _crowd(event_id: int, people: int) -> None:
    """Fills an event's roster up to so many people, who attend and take both tests."""
    chance, key, now = random.Random(people), secrets.derived(bimtek.CODE_KEY), clock.now()
    found = events.get(COMMAND_LINE, event_id)
    forms = {form["fase"]: form["id"] for form in found.forms}
    with writing() as connection:
        trail.bump(connection, "jawaban")
        listed = connection.execute(t.peserta.select().where(t.peserta.c.kegiatan_id == event_id)).all()
        for place in range(len(listed), people):
            name, code = f"Peserta Contoh Nomor {place:03d}", bimtek.new_code(key)
            row = {"kegiatan_id": event_id, "nama": name, "nama_kunci": name_key(name), "jenis": "lks",
                   "instansi": f"LKS Contoh {place % 90:02d}", "kode_sandi": secrets.seal(code), "contoh": True,
                   "kode_sidik": secrets.fingerprint(code), "dibuat_pada": now}  # fmt: skip
            person = connection.execute(insert(t.peserta).values(**row).returning(t.peserta.c.id)).scalar_one()
            for session in found.sessions:
                mark = {"sesi_id": session["id"], "peserta_id": person, "cara": "ponsel", "pada": now}
                connection.execute(insert(t.kehadiran).values(**mark))
            for phase, right in _PHASES.items():
                answers = {code: chance.choice("abcd") for code in _codes(connection, forms[phase])}
                points = sum(chance.random() < right for _ in answers)
                row = {"formulir_id": forms[phase], "peserta_id": person, "kunci": f"ukur-{phase}-{place}",
                       "sidik_isi": "x", "jawaban": answers, "poin": points, "poin_maks": len(answers),
                       "keadaan": "terhitung", "diterima_pada": now + timedelta(seconds=place),
                       "cara": "ponsel"}  # fmt: skip
                connection.execute(insert(t.kiriman).values(**row))


def _codes(connection: Connection, form_id: int) -> list[str]:
    query = t.instrumen_versi.select().join(t.formulir, t.formulir.c.instrumen_versi_id == t.instrumen_versi.c.id)
    row = connection.execute(query.where(t.formulir.c.id == form_id)).mappings().one()
    return [item.kode for item in definition.items(parsing.from_mapping(row["definisi"]))]
