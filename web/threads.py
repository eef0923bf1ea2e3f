"""Blocking calls off the event loop, on limiters of our own: Streamlit's static files use up the shared one."""

from collections.abc import Callable
from functools import cache
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

T = TypeVar("T")


@cache
def _limiter(name: str) -> CapacityLimiter:
    # Password hashes take 64 MiB and 90 ms of a core each, so only a few run at once; look-ups are short.
    return CapacityLimiter({"look": 8, "hash": 3, "file": 4}[name])


async def look(function: Callable[..., T], *args: object) -> T:
    """What a short look-up in the database returns or raises."""
    return await to_thread.run_sync(function, *args, limiter=_limiter("look"))


async def hashing(function: Callable[..., T], *args: object) -> T:
    """What a call that hashes a password returns or raises; at most three at a time in this process."""
    return await to_thread.run_sync(function, *args, limiter=_limiter("hash"))


async def filing(function: Callable[..., T], *args: object) -> T:
    """What a call that reads, writes or packs a file returns or raises."""
    return await to_thread.run_sync(function, *args, limiter=_limiter("file"))
