"""Phones in a hall: raw HTTP over asyncio, cheap enough to stand beside the server on two cores, and as clumsy as real ones."""

import asyncio
import json
import random
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

DROPPED, REPLY_LOST = 0.30, 0.20
PATIENCE_SECONDS = 120.0


@dataclass
class Phone:
    """One participant with a finished form: its key made once, its body the same at every try."""

    link: str
    body: bytes
    kunci: str
    tries: int = 0
    acked: dict[str, Any] | None = None
    seconds: float = 0.0  # from the first press of "send" to the acknowledgement


@dataclass
class Heard:
    """What a run came to: seconds of each acknowledged submission, wrong answers by status, and how long it all took."""

    latencies: list[float] = field(default_factory=list)
    refused: dict[int, int] = field(default_factory=dict)
    seconds: float = 0.0


def phone(link: str, code: str, answers: dict[str, str]) -> Phone:
    """A phone about to send its answers."""
    kunci = str(uuid.uuid4())
    body = {"kunci": kunci, "kode": code, **{f"butir.{item}": value for item, value in answers.items()}}
    return Phone(link, json.dumps(body).encode(), kunci)


def _request(host: str, port: int, phone: Phone) -> bytes:
    head = (
        f"POST /isi/{phone.link} HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/json\r\n"
        f"Accept: application/json\r\nContent-Length: {len(phone.body)}\r\n\r\n"
    )
    return head.encode() + phone.body


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return int(lines[0].split(" ")[1]), body


def _is_receipt(phone: Phone, status: int, body: bytes) -> bool:
    """Only a receipt with the phone's own key counts, as in the page itself."""
    if status != 200:
        return False
    phone.acked = json.loads(body)
    return phone.acked is not None and phone.acked.get("kunci") == phone.kunci and bool(phone.acked.get("hash"))


async def _worker(host: str, port: int, queue: list[Phone], heard: Heard) -> None:
    reader, writer = await asyncio.open_connection(host, port)
    while queue:
        one = queue.pop()
        start = time.perf_counter()
        writer.write(_request(host, port, one))
        status, body = await _answer(reader)
        if _is_receipt(one, status, body):
            heard.latencies.append(time.perf_counter() - start)
        else:
            heard.refused[status] = heard.refused.get(status, 0) + 1
    writer.close()


async def steady(host: str, port: int, phones: Sequence[Phone], connections: int) -> Heard:
    """Every phone once, over so many kept connections, each sending as soon as it was answered."""
    heard, queue = Heard(), list(reversed(phones))
    start = time.perf_counter()
    await asyncio.gather(*(_worker(host, port, queue, heard) for _ in range(connections)))
    heard.seconds = time.perf_counter() - start
    return heard


async def _clumsy(host: str, port: int, one: Phone, chance: random.Random, after: float, heard: Heard) -> None:
    await asyncio.sleep(after)
    start = time.perf_counter()
    while time.perf_counter() - start < PATIENCE_SECONDS:
        one.tries += 1
        luck = chance.random()
        try:
            reader, writer = await asyncio.open_connection(host, port)
        except OSError:  # the server is down
            await asyncio.sleep(0.2 + 0.3 * chance.random())
            continue
        request = _request(host, port, one)
        try:
            if luck < DROPPED:
                writer.write(request[: int(len(request) * chance.random())])
            else:
                writer.write(request)
                if luck < DROPPED + REPLY_LOST:
                    await asyncio.sleep(0.05)  # the server has it; the radio goes before the answer comes
                else:
                    status, body = await asyncio.wait_for(_answer(reader), 20)
                    if _is_receipt(one, status, body):
                        one.seconds = time.perf_counter() - start
                        heard.latencies.append(one.seconds)
                        return
                    heard.refused[status] = heard.refused.get(status, 0) + 1
        except (TimeoutError, OSError, EOFError):  # cut off in the middle, or never answered
            pass
        finally:
            writer.transport.abort()
        await asyncio.sleep(0.1 + 0.4 * chance.random())


async def hall(host: str, port: int, phones: Sequence[Phone], arrivals: float, seed: int) -> Heard:
    """Every phone starts at its own moment within `arrivals` seconds; requests get lost, answers get lost, all try again."""
    chance, heard = random.Random(seed), Heard()
    start = time.perf_counter()
    jobs = [
        _clumsy(host, port, one, random.Random(chance.random()), chance.random() * arrivals, heard) for one in phones
    ]
    await asyncio.gather(*jobs)
    heard.seconds = time.perf_counter() - start
    return heard


async def until_cut(
    host: str, port: int, phones: Sequence[Phone], connections: int, enough: int, cut: Callable[[], None]
) -> list[Phone]:
    """Sends from many connections, calls `cut` at the acknowledgement number `enough`, and goes on until all is cut off.

    Returns the phones that were acknowledged, those whose answer was still on its way at the cut included.
    """
    acked: list[Phone] = []
    queue = list(reversed(phones))

    async def worker() -> None:
        try:
            reader, writer = await asyncio.open_connection(host, port)
            while queue:
                one = queue.pop()
                writer.write(_request(host, port, one))
                status, body = await _answer(reader)
                if _is_receipt(one, status, body):
                    acked.append(one)
                    if len(acked) == enough:
                        cut()
        except (OSError, EOFError):
            return

    await asyncio.gather(*(worker() for _ in range(connections)))
    return acked
