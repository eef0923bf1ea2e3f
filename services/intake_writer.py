"""One thread that carries out what many requests wait for, as many at a time as are there: group commit.

SQLite makes every transaction durable by waiting for the disk (synchronous=FULL). A transaction for each submission
would pay that wait 500 times for 500 phones; here all that wait together share one, and nobody is answered before it.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import Empty, Full, Queue
from typing import Any, Generic, TypeVar

from domain.errors import PilarError, StoreUnavailable

LARGEST_GROUP, MOST_WAITING = 200, 2_000
T = TypeVar("T")


@dataclass
class Ticket(Generic[T]):
    """One job, and where its outcome is put."""

    job: T
    outcome: "Future[Any]" = field(default_factory=Future)


class GroupWriter(Generic[T]):
    """A bounded queue with one thread behind it.

    `carry_out` gets the jobs of a group and returns an outcome for each, an exception being one that is raised to the
    waiter. When it raises as a whole, nothing was committed: everybody of the group gets that error, or
    StoreUnavailable for one that has no name of ours; such an error also ends the thread, so that it is logged, and
    the next one takes its place.
    """

    def __init__(self, carry_out: Callable[[Sequence[T]], Sequence[Any]], name: str) -> None:
        self._carry_out = carry_out
        self._name = name
        self._waiting: Queue[Ticket[T]] = Queue(MOST_WAITING)
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def put(self, job: T) -> "Future[Any]":
        """The future outcome of the job; StoreUnavailable when too many wait already."""
        ticket = Ticket(job)
        try:
            self._waiting.put_nowait(ticket)
        except Full as error:
            raise StoreUnavailable("pintu_penuh") from error
        if self._thread is None or not self._thread.is_alive():
            self._start()
        return ticket.outcome

    def _start(self) -> None:
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                # A daemon: what is not committed when the process ends was never acknowledged, and is sent again.
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()

    def _run(self) -> None:
        try:
            while True:
                self._answer(self._group())
        finally:
            with self._lock:
                self._thread = None
            if not self._waiting.empty():
                self._start()

    def _group(self) -> list[Ticket[T]]:
        """Whoever waits first, and all who wait by then."""
        group = [self._waiting.get()]
        try:
            while len(group) < LARGEST_GROUP:
                group.append(self._waiting.get_nowait())
        except Empty:
            pass
        return group

    def _answer(self, group: Sequence[Ticket[T]]) -> None:
        outcomes: Sequence[Any] = [StoreUnavailable()] * len(group)
        try:
            outcomes = self._carry_out([ticket.job for ticket in group])
        except PilarError as error:
            outcomes = [error] * len(group)
        finally:
            for ticket, outcome in zip(group, outcomes, strict=True):
                _hand_over(ticket.outcome, outcome)


def _hand_over(waiting: "Future[Any]", outcome: Any) -> None:
    if not waiting.set_running_or_notify_cancel():
        return  # the phone hung up; what was stored stays, and it will ask again with the same key
    if isinstance(outcome, BaseException):
        waiting.set_exception(outcome)
    else:
        waiting.set_result(outcome)
