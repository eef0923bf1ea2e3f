"""R1, short form: the server is killed during submissions; what it acknowledged is stored, what it did not is sent again.

The full count (50 kills) is run by the benchmark. The last test breaks the build on purpose, to show that this notices.
"""

import http.client
import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import select

import settings
from data_access import engine
from data_access.tables_bimtek import kiriman
from tests import bimtek_rows
from tests.bimtek_rows import Stored

CLIENTS, PEOPLE = 8, 40
SERVE = """
import sys
import uvicorn
from starlette.applications import Starlette
from services import installation
from web.routes import MIDDLEWARE, ROUTES
installation.ready()
{broken}
uvicorn.run(Starlette(routes=ROUTES, middleware=MIDDLEWARE), host="127.0.0.1", port={port}, log_level="warning")
"""
# Acknowledges a group while its transaction is still open: the mistake that all of this is about.
BROKEN = """
import threading
from contextlib import contextmanager
from data_access.engine import engine
from services import intake_store
@contextmanager
def early():
    connection = engine().connect().execution_options(pilar_writing=True)
    transaction = connection.begin()
    yield connection
    threading.Timer(0.3, lambda: (transaction.commit(), connection.close())).start()
intake_store.writing = early
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """Our routes alone in a process of their own, on the store of the test."""

    broken: bool = False
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = SERVE.format(port=self.port, broken=BROKEN if self.broken else "")
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", program],
            cwd=settings.ROOT,
            env=dict(os.environ, PYTHONPATH=str(settings.ROOT)),
        )
        for _ in range(400):
            try:
                socket.create_connection(("127.0.0.1", self.port), 0.2).close()
                return
            except OSError:
                assert self.process.poll() is None, "the server did not start"
                time.sleep(0.05)
        pytest.fail("the server did not start")

    def kill(self) -> None:
        """End it as a power cut does."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()


@dataclass
class Hall:
    """Phones that each hand in one thing after the other, and send again with the same key until acknowledged."""

    event: Stored
    port: int
    acknowledged: dict[str, str] = field(default_factory=dict)  # key -> hash
    sent: set[str] = field(default_factory=set)
    odd: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def phone(self, number: int) -> None:
        drawn = random.Random(number)
        while not self.stop.is_set():
            key = str(uuid.UUID(int=drawn.getrandbits(128), version=4))
            person = drawn.randrange(number, PEOPLE, CLIENTS)
            body = {"kunci": key, "kode": self.event.codes[person]}
            body |= {f"butir.P{item}": drawn.choice("abcd") for item in range(1, 5)}
            link = self.event.links[drawn.choice(("pre", "post"))]
            self.sent.add(key)
            while not self.hand_in(link, key, json.dumps(body)):
                if self.stop.wait(0.02):
                    return

    def hand_in(self, link: str, key: str, body: str) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("POST", f"/isi/{link}", body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            said = json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError):
            return False
        finally:
            connection.close()
        if answer.status == 200 and said["kunci"] == key:
            before = self.acknowledged.setdefault(key, said["hash"])
            if before != said["hash"]:
                self.odd.append(f"{key}: two answers")
            return True
        if answer.status < 500:
            self.odd.append(f"{answer.status} {said}")
        return False

    def lost(self) -> list[str]:
        """The keys that were acknowledged and are not stored as they were acknowledged."""
        with engine.reading() as connection:
            stored = {
                row.kunci: row.sidik_isi for row in connection.execute(select(kiriman.c.kunci, kiriman.c.sidik_isi))
            }
        return [key for key, mark in dict(self.acknowledged).items() if stored.get(key) != mark]


def stored_keys() -> list[str]:
    with engine.reading() as connection:
        return list(connection.execute(select(kiriman.c.kunci)).scalars())


def run(event: Stored, server: Server, kills: int, every: int) -> tuple[Hall, list[list[str]]]:
    """The hall after so many kills, and what was lost at each."""
    hall = Hall(event, server.port)
    drawn, lost = random.Random(20261121), []
    server.start()
    phones = [threading.Thread(target=hall.phone, args=(number,), daemon=True) for number in range(CLIENTS)]
    for phone in phones:
        phone.start()
    try:
        for _ in range(kills):
            target = len(hall.acknowledged) + drawn.randint(every // 2, every)
            deadline = time.monotonic() + 60
            while len(hall.acknowledged) < target:
                assert time.monotonic() < deadline, hall.odd[:3]
                time.sleep(0.002)
            server.kill()
            lost.append(hall.lost())
            server.start()
        if not server.broken:
            seen = len(hall.acknowledged)
            deadline = time.monotonic() + 60
            while len(hall.acknowledged) < seen + CLIENTS:
                assert time.monotonic() < deadline, hall.odd[:3]
                time.sleep(0.01)
    finally:
        hall.stop.set()
        for phone in phones:
            phone.join(20)
        server.kill()
    return hall, lost


@pytest.fixture
def event(fresh_db: Path) -> Stored:
    return bimtek_rows.store_event(people=[(f"Peserta Contoh {n}", "lks", "LKS Contoh") for n in range(PEOPLE)])


def test_r1_nothing_acknowledged_is_lost_over_three_kills(event: Stored) -> None:
    hall, lost = run(event, Server(), kills=3, every=120)
    assert lost == [[], [], []] and hall.lost() == [] and hall.odd == []
    assert len(hall.acknowledged) > 180
    stored = stored_keys()
    assert len(stored) == len(set(stored)) and set(hall.acknowledged) <= set(stored) <= hall.sent
    if engine.engine().dialect.name == "sqlite":
        with engine.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def test_r1_notices_a_build_that_acknowledges_before_the_commit(event: Stored) -> None:
    _, lost = run(event, Server(broken=True), kills=2, every=40)
    assert any(lost), "a server that acknowledges too early looked sound: this test sees nothing"


def test_two_processes_serve_one_store(event: Stored) -> None:
    """The same submission sent to both at the same instant is stored once and answered alike."""
    servers = [Server(), Server()]
    for server in servers:
        server.start()
    told: dict[str, set[bytes]] = {}
    odd: list[str] = []
    lock = threading.Lock()

    def hand_in(port: int, numbers: list[int]) -> None:
        for number in numbers:
            key = str(uuid.UUID(int=number + 2**64, version=4))
            body = {
                "kunci": key,
                "kode": event.codes[number % PEOPLE],
                **{f"butir.P{n}": "abcd"[number % 4] for n in range(1, 5)},
            }
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            sent = json.dumps(body)
            connection.request("POST", f"/isi/{event.links['post']}", sent, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            content = answer.read()
            connection.close()
            with lock:
                told.setdefault(key, set()).add(content)
                if answer.status != 200:
                    odd.append(f"{answer.status} {content!r}")

    drawn = random.Random(3)
    phones = []
    for server in servers * 3:
        numbers = list(range(60))
        drawn.shuffle(numbers)
        phones.append(threading.Thread(target=hand_in, args=(server.port, numbers)))
    try:
        for phone in phones:
            phone.start()
        for phone in phones:
            phone.join(120)
    finally:
        for server in servers:
            server.kill()
    assert odd == [] and len(told) == 60
    assert [key for key, answers in told.items() if len(answers) != 1] == []
    assert sorted(stored_keys()) == sorted(told)
    with engine.reading() as connection:
        states = select(kiriman.c.peserta_id).where(kiriman.c.keadaan == "terhitung")
        counted = list(connection.execute(states).scalars())
    assert sorted(counted) == sorted(event.people), "one counts for each person"
