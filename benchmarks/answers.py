"""Submissions of participants: how many a second beside a bare route, and whether each is stored exactly once, whatever happens."""

import asyncio
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import phones, servers
from benchmarks.phones import Phone
from benchmarks.report import Line
from data_access import engine, secrets
from data_access.commands import sample_events as commands
from data_access.commands import trail
from domain import bimtek
from domain.forms import definition, parsing
from domain.names import name_key
from services import clock

ITEMS, CONNECTIONS, ARRIVAL_SECONDS = 20, 32, 10.0
FLOOR_A_SECOND, PEER_A_SECOND = 300, 41.2  # the aim, and the best published figure of a peer


@dataclass(frozen=True)
class Hall:
    """An event with open forms: their links and everybody's code."""

    links: list[str]
    codes: list[str]


def hall(people: int, forms: int) -> Hall:
    """Stores an event with so many people and open forms of twenty questions."""
    now, key = clock.now(), secrets.derived(bimtek.CODE_KEY)
    letters = [{"kode": letter, "teks": f"Jawaban {letter}"} for letter in "abcd"]
    items = [
        {
            "kode": f"P{n:02d}",
            "jenis": "pilihan",
            "teks": f"Pertanyaan {n}?",
            "poin": 1,
            "kunci": ["b"],
            "pilihan": letters,
        }
        for n in range(1, ITEMS + 1)
    ]
    data = {"kode": "ukur", "versi": 1, "judul": "Uji beban", "jenis": "prepost"}
    form = parsing.from_mapping(data | {"bagian": [{"kode": "A", "judul": "Soal", "butir": items}]})
    with engine.writing() as connection:
        trail.bump(connection, "kegiatan")
        event = {
            "judul": "Uji beban (contoh)", "maksud": "bimtek", "penyelenggara_jenis": "dinas", "penyelenggara": "Uji",
            "wilayah": "33", "jangkauan": "33", "zona": "WIB", "mulai": clock.today(), "selesai": clock.today(),
            "tautan": bimtek.new_link(), "status": "berjalan", "dibuat_pada": now, "diubah_pada": now,
        }  # fmt: skip
        event_id = commands.add(connection, "kegiatan", event)
        codes = [bimtek.new_code(key) for _ in range(people)]
        rows = [
            {
                "kegiatan_id": event_id, "nama": f"Peserta {n}", "nama_kunci": name_key(f"Peserta {n}"), "jenis": "lks",
                "kode_sandi": secrets.seal(code), "kode_sidik": secrets.fingerprint(code), "dibuat_pada": now,
            }
            for n, code in enumerate(codes)
        ]  # fmt: skip
        commands.add_many(connection, "peserta", rows)
        head = {"kode": form.kode, "judul": form.judul, "jenis": form.jenis, "dibuat_pada": now}
        instrument = commands.add(connection, "instrumen", head)
        body = {"instrumen_id": instrument, "nomor": 1, "definisi": definition.to_mapping(form)}
        body |= {"sidik": definition.digest(form), "terbit_pada": now}
        version = commands.add(connection, "instrumen_versi", body)
        links = [bimtek.new_link() for _ in range(forms)]
        for number, link in enumerate(links):
            row = {"kegiatan_id": event_id, "instrumen_versi_id": version, "fase": "pasca3", "urutan": number}
            row |= {"judul": f"Formulir {number}", "tautan": link, "status": "dibuka"}
            commands.add(connection, "formulir", row)
    return Hall(links, codes)


def finished(made: Hall, link: str, chance: random.Random) -> list[Phone]:
    """Everybody of a hall with the form of a link filled in."""
    return [
        phones.phone(link, code, {f"P{n:02d}": chance.choice("abcd") for n in range(1, ITEMS + 1)})
        for code in made.codes
    ]


class Server:
    """Pilar on a fixed port, which may be killed without a word and started again."""

    def __init__(self, data: Path, logs: Path) -> None:
        self.kind, self.logs = servers.pilar(data), logs
        self.port = servers.free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it and returns when it answers."""
        command = [str(self.port) if part == "0" else part for part in self.kind.command]
        log = self.logs / "pintu.log"
        more = {**self.kind.more, "PILAR_PORT": str(self.port)}
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                command, cwd=self.kind.folder, env=servers.environment(self.logs, more), stdin=subprocess.DEVNULL,
                stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip
        servers.wait_for(f"http://{servers.HOST}:{self.port}", "/_stcore/health", self.process, log)

    def kill(self) -> None:
        """kill -9: nothing is flushed, closed or said."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.kill()


@contextmanager
def bare(place: Path) -> Iterator[int]:
    """The bare route on a port of its own, with the journal that Pilar uses here."""
    port = servers.free_port() + 1
    folder = place / "bare"
    folder.mkdir(parents=True, exist_ok=True)
    more = {
        "BARE_STORE": str(folder / "bare.db"),
        "BARE_JOURNAL": engine.journal_mode(),
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
    }
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "benchmarks.bare_route:app",
        "--host",
        servers.HOST,
        "--port",
        str(port),
    ]
    command += ["--log-level", "warning"]
    log = folder / "bare.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, cwd=servers.settings.ROOT, env=servers.environment(folder, more), stdout=output, stderr=output
        )
        try:
            servers.wait_for(f"http://{servers.HOST}:{port}", "/_stcore/health", process, log)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=15)


def stored(data: Path) -> list[tuple[int, int, str, str]]:
    """(form, participant, key, state) of everything in the store's file, read past the product; integrity checked."""
    connection = sqlite3.connect(data / "pilar.db")
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        query = "SELECT formulir_id, peserta_id, kunci, keadaan FROM kiriman"
        return [(int(a), int(b), str(c), str(d)) for a, b, c, d in connection.execute(query)]
    finally:
        connection.close()


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    listed = sorted(values)
    return listed[min(len(listed) - 1, int(0.95 * len(listed)))]


def throughput(data: Path, place: Path, people: int, forms: int) -> list[Line]:
    """Durable submissions a second and their p95, beside the bare route in the same run; both answer after the commit."""
    made, chance = hall(people, forms), random.Random(7)
    every = [one for link in made.links for one in finished(made, link, chance)]
    with Server(data, place) as server, bare(place) as floor_port:
        floor = asyncio.run(phones.steady(servers.HOST, floor_port, _again(every), CONNECTIONS))
        own = asyncio.run(phones.steady(servers.HOST, server.port, every, CONNECTIONS))
        floor_after = asyncio.run(phones.steady(servers.HOST, floor_port, _again(every), CONNECTIONS))
    if own.refused or len(own.latencies) != len(every):
        raise RuntimeError(f"submissions refused: {own.refused}, acknowledged {len(own.latencies)} of {len(every)}")
    found = stored(data)
    keys = {key for _, _, key, _ in found}
    if not all(one.kunci in keys for one in every):
        raise RuntimeError("an acknowledged submission is not in the store")
    rate = len(every) / own.seconds
    bare_rate = 2 * len(every) / (floor.seconds + floor_after.seconds)
    note = f"{len(every):,} of {ITEMS} answers over {CONNECTIONS} connections, synchronous=FULL, journal {engine.journal_mode()}"
    bare_name = "bare Starlette + SQLite route"
    return [
        Line("submissions, durable", rate, "per s", bare_name, bare_rate, note=note),
        Line("submissions, seconds for all", own.seconds, "s", bare_name, len(every) / bare_rate, 2.0),
        Line("seconds for 300 durable submissions", FLOOR_A_SECOND / rate, "s", goal=1.0),
        Line("submissions, p95", p95(own.latencies) * 1000, "ms", goal=1_000),
        Line(
            "submissions, against the best published peer",
            PEER_A_SECOND,
            "per s",
            "durable submissions here",
            rate,
            1.0,
        ),
    ]


def _again(every: list[Phone]) -> list[Phone]:
    """The same bodies under fresh keys."""
    found = []
    for one in every:
        kunci = str(uuid.uuid4())
        found.append(Phone(one.link, one.body.replace(one.kunci.encode(), kunci.encode()), kunci))
    return found


def exactly_once(data: Path, place: Path, people: int, arrivals: float = ARRIVAL_SECONDS) -> list[Line]:
    """A hall with 30 % of requests dropped, 20 % of replies lost after the commit, and one kill -9 of the server."""
    made = hall(people, 1)
    every = finished(made, made.links[0], random.Random(11))
    with Server(data, place) as server:

        def strike() -> None:
            server.kill()
            time.sleep(0.5)
            server.start()

        killer = threading.Timer(arrivals / 2, strike)
        killer.start()
        heard = asyncio.run(phones.hall(servers.HOST, server.port, every, arrivals, 13))
        killer.join()
    by_key = {key: (form, person, state) for form, person, key, state in stored(data)}
    mine = [by_key[one.kunci] for one in every if one.kunci in by_key]
    counted = {(form, person) for form, person, state in mine if state == "terhitung"}
    acked = sum(one.acked is not None for one in every)
    if not (len(mine) == len(counted) == acked == people):
        raise RuntimeError(f"stored {len(mine)}, counted {len(counted)}, acknowledged {acked} of {people}")
    tries = sum(one.tries for one in every)
    note = f"{people} phones, {tries} requests, 30 % dropped, 20 % of replies lost, one kill -9; refused {heard.refused or 0}"
    return [
        Line("stored exactly once", len(counted), "", note=f"of {people}. {note}"),
        Line("until acknowledged, slowest phone", max(heard.latencies), "s", goal=60),
    ]


def kills(data: Path, place: Path, rounds: int, acks: int) -> list[Line]:
    """R1: kill -9 at random acknowledgements, restart, compare; nothing that was acknowledged may be missing."""
    chance = random.Random(17)
    each = max(1, acks // rounds)
    made = hall(200, 10)
    acknowledged: list[str] = []
    started = time.perf_counter()
    server = Server(data, place)
    for _ in range(rounds):
        server.start()
        batch = [one for link in made.links for one in finished(made, link, chance)]
        rest = list(batch)
        while len(rest) < each + 500:
            rest += _again(batch)
        enough = each + chance.randrange(0, 100)
        done = asyncio.run(phones.until_cut(servers.HOST, server.port, rest, CONNECTIONS, enough, server.kill))
        acknowledged += [one.kunci for one in done]
        keys = {key for _, _, key, _ in stored(data)}
        lost = [key for key in acknowledged if key not in keys]
        if lost:
            raise RuntimeError(f"{len(lost)} acknowledged submissions are lost")
    spent = time.perf_counter() - started
    rows = stored(data)
    keys = {key for _, _, key, _ in rows}
    counted = [(form, person) for form, person, _, state in rows if state == "terhitung"]
    lost_at_all = len(set(acknowledged) - keys)
    doubled = len(counted) - len(set(counted))
    note = f"{len(acknowledged):,} acknowledged over {rounds} kill -9 in {spent:.0f} s; {doubled} counted twice; integrity ok"
    if doubled:
        raise RuntimeError(note)
    return [Line("acknowledged and lost", lost_at_all, "", goal=0, note=note)]


def _other_answer(body: bytes) -> bytes:
    """The body with another answer to its first question."""
    values = json.loads(body)
    values["butir.P01"] = "a" if values["butir.P01"] != "a" else "b"
    return json.dumps(values).encode()


def replays(data: Path, place: Path, count: int) -> list[Line]:
    """R2: each submission sent 1 to 5 times, shuffled, fifty at a time, then all again after a restart."""
    chance = random.Random(19)
    forms = max(1, count // 500)
    made = hall(min(count, 500), forms)
    every = [one for link in made.links for one in finished(made, link, chance)][:count]
    copies = [Phone(one.link, one.body, one.kunci) for one in every for _ in range(chance.randint(1, 5))]
    chance.shuffle(copies)
    with Server(data, place) as server:
        first = asyncio.run(phones.steady(servers.HOST, server.port, copies, 50))
    receipts: dict[str, set[str]] = {}
    for copy in copies:
        receipts.setdefault(copy.kunci, set()).add(json.dumps(copy.acked, sort_keys=True))
    again = [Phone(one.link, one.body, one.kunci) for one in every]
    changed = [Phone(one.link, _other_answer(one.body), one.kunci) for one in every[: max(1, count // 20)]]
    with Server(data, place) as server:
        second = asyncio.run(phones.steady(servers.HOST, server.port, again, 50))
        third = asyncio.run(phones.steady(servers.HOST, server.port, changed, 50))
    for copy in again:
        receipts[copy.kunci].add(json.dumps(copy.acked, sort_keys=True))
    mine = {one.kunci for one in every}
    rows = [key for _, _, key, _ in stored(data) if key in mine]
    problems = []
    if first.refused or second.refused:
        problems.append(f"refused {first.refused} {second.refused}")
    if len(rows) != len(mine):
        problems.append(f"{len(rows)} rows for {len(mine)} keys")
    if any(len(told) != 1 for told in receipts.values()):
        problems.append("the same request got different answers")
    if set(third.refused) - {409}:
        problems.append(f"changed bodies: {third.refused}")
    if problems:
        raise RuntimeError("; ".join(problems))
    note = f"{len(copies) + len(again):,} requests for {len(mine):,} keys; one answer each; changed bodies: {third.refused}"
    return [Line("rows beyond the distinct keys", len(rows) - len(mine), "", goal=0, note=note)]


def guessing(data: Path, place: Path, people: int, guesses: int) -> list[Line]:
    """R24: guessed codes and the right participants at the same time, all from one address."""
    made, chance = hall(people, 1), random.Random(23)
    right = finished(made, made.links[0], chance)
    wrong = [
        phones.phone(made.links[0], "".join(chance.choice(bimtek.ALPHABET) for _ in range(8)), {"P01": "b"})
        for _ in range(guesses)
    ]

    async def both(port: int) -> tuple[phones.Heard, phones.Heard]:
        flood = phones.steady(servers.HOST, port, wrong, CONNECTIONS)
        return await asyncio.gather(flood, phones.steady(servers.HOST, port, right, 16))

    with Server(data, place) as server:
        tried, passed = asyncio.run(both(server.port))
    inside = sum(one.acked is not None for one in wrong)
    if inside or len(passed.latencies) != people:
        raise RuntimeError(f"{inside} guesses entered; {len(passed.latencies)} of {people} right ones passed")
    note = f"{guesses:,} guesses from one address in {tried.seconds:.0f} s, answered {tried.refused}"
    return [
        Line("guessed codes that entered", inside, "", goal=0, note=note),
        Line(
            "right participants behind the same address, all through",
            passed.seconds,
            "s",
            goal=60,
            note=f"{people} people",
        ),
    ]
