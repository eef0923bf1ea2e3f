"""The floor for submissions: Starlette and SQLite with nothing around them, one durable insert per request."""

import json
import os
import sqlite3
import threading

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route

_local = threading.local()
_limiter: list[CapacityLimiter] = []


def _connection() -> sqlite3.Connection:
    found: sqlite3.Connection | None = getattr(_local, "connection", None)
    if found is None:
        found = _local.connection = sqlite3.connect(os.environ["BARE_STORE"], timeout=15, isolation_level=None)
        for pragma in (f"journal_mode={os.environ['BARE_JOURNAL']}", "synchronous=FULL", "busy_timeout=15000"):
            found.execute("PRAGMA " + pragma)
        found.execute("CREATE TABLE IF NOT EXISTS kiriman (kunci TEXT PRIMARY KEY, formulir TEXT, isi TEXT)")
    return found


def _insert(kunci: str, form: str, text: str) -> None:
    connection = _connection()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO kiriman VALUES (?, ?, ?)", (kunci, form, text))
    connection.execute("COMMIT")


async def submit(request: Request) -> JSONResponse:
    """Stores one body in a transaction of its own and answers after the commit."""
    body = json.loads(await request.body())
    if not _limiter:
        _limiter.append(CapacityLimiter(8))
    text = json.dumps(body)
    await to_thread.run_sync(_insert, body["kunci"], request.path_params["form"], text, limiter=_limiter[0])
    return JSONResponse({"status": "diterima", "kunci": body["kunci"], "hash": "-"})


async def health(request: Request) -> PlainTextResponse:
    """Says that it is there."""
    return PlainTextResponse("ok")


app = Starlette(
    routes=[Route("/isi/{form}", submit, methods=["POST"]), Route("/_stcore/health", health, methods=["GET"])]
)
