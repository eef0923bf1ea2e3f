"""The thread behind the door: groups, a bounded queue, and a life after every error."""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any

import pytest

from domain.errors import NotFound, StoreUnavailable
from services import intake_writer
from services.intake_writer import GroupWriter


def test_all_that_wait_are_one_group_and_get_their_own_outcome() -> None:
    groups: list[list[int]] = []
    go = threading.Event()

    def carry_out(jobs: Sequence[int]) -> list[Any]:
        go.wait(5)
        groups.append(list(jobs))
        return [NotFound("uji") if job == 3 else job * 10 for job in jobs]

    writer = GroupWriter(carry_out, "uji")
    waiting = [writer.put(1)]
    time.sleep(0.05)
    waiting += [writer.put(job) for job in (2, 3, 4)]
    go.set()
    assert [waiting[n].result(5) for n in (0, 1, 3)] == [10, 20, 40]
    with pytest.raises(NotFound):
        waiting[2].result(5)
    assert groups == [[1], [2, 3, 4]]


def test_nobody_is_answered_before_the_group_is_carried_out() -> None:
    go, done = threading.Event(), threading.Event()

    def carry_out(jobs: Sequence[int]) -> list[int]:
        go.wait(5)
        done.set()
        return list(jobs)

    waiting = GroupWriter(carry_out, "uji").put(1)
    time.sleep(0.05)
    assert not waiting.done()
    go.set()
    assert waiting.result(5) == 1 and done.is_set()


def test_a_group_that_ends_in_an_error_is_told_and_the_next_one_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    logged = threading.Event()

    def log(told: Any) -> None:
        assert told.exc_type is ZeroDivisionError
        logged.set()

    monkeypatch.setattr(threading, "excepthook", log)

    def carry_out(jobs: Sequence[int]) -> list[int]:
        calls.append(len(jobs))
        if len(calls) == 1:
            raise NotFound("uji")
        if len(calls) == 2:
            raise ZeroDivisionError  # nobody foresaw it
        return list(jobs)

    writer = GroupWriter(carry_out, "uji")
    with pytest.raises(NotFound):
        writer.put(1).result(5)
    with pytest.raises(StoreUnavailable):
        writer.put(2).result(5)
    assert logged.wait(5), "what nobody foresaw must show in the log"
    assert writer.put(3).result(5) == 3


def test_the_queue_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake_writer, "MOST_WAITING", 3)
    go = threading.Event()

    def carry_out(jobs: Sequence[int]) -> list[int]:
        go.wait(5)
        return list(jobs)

    writer = GroupWriter(carry_out, "uji")
    waiting: list[Future[Any]] = [writer.put(0)]
    time.sleep(0.05)
    waiting += [writer.put(n) for n in range(3)]
    with pytest.raises(StoreUnavailable):
        writer.put(9)
    go.set()
    assert [one.result(5) for one in waiting] == [0, 0, 1, 2]


def test_whoever_hung_up_does_not_stop_the_others() -> None:
    go = threading.Event()

    def carry_out(jobs: Sequence[int]) -> list[int]:
        go.wait(5)
        return list(jobs)

    writer = GroupWriter(carry_out, "uji")
    writer.put(0)
    time.sleep(0.05)
    gone, stays = writer.put(1), writer.put(2)
    assert gone.cancel()
    go.set()
    assert stays.result(5) == 2
