"""What is kept is made once, however many ask, and the longest unused goes first."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from services.memory import Memory, kept


def test_a_value_is_made_once_even_when_many_ask_at_once() -> None:
    made, gate, memory = [], threading.Event(), Memory(4)

    def make() -> str:
        gate.wait(5)
        made.append(1)
        return "nilai"

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(memory.get, "kunci", make) for _ in range(8)]
        gate.set()
        assert [future.result() for future in asked] == ["nilai"] * 8
    assert made == [1]


def test_the_longest_unused_goes_first() -> None:
    memory, made = Memory(2), []

    def make(name: str) -> str:
        made.append(name)
        return name

    for name in ("a", "b", "a", "c", "a", "b"):
        memory.get(name, lambda name=name: make(name))  # type: ignore[misc]  # a default binds the loop's name
    assert made == ["a", "b", "c", "b"]


def test_a_failure_is_not_kept() -> None:
    memory = Memory(2)

    def fail() -> int:
        raise ValueError

    with pytest.raises(ValueError):
        memory.get("kunci", fail)
    assert memory.get("kunci", lambda: 7) == 7


def test_arguments_are_the_key() -> None:
    asked: list[tuple[int, str]] = []

    @kept(8)
    def ask(number: int, text: str) -> str:
        asked.append((number, text))
        return text * number

    assert [ask(2, "a"), ask(2, "a"), ask(1, "a"), ask(2, "b")] == ["aa", "aa", "a", "bb"]
    assert asked == [(2, "a"), (1, "a"), (2, "b")]
