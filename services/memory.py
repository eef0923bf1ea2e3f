"""Keeping results in memory by key: bounded, shared, worked out once however many ask at the same moment."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")


class Memory:
    """At most `size` values by key, the longest unused one going first.

    Streamlit's own cache copies every value at every hit, hashes each argument anew, and can be emptied for everybody by one
    message of an anonymous client; this one hands out the value itself, so only what nobody changes may be kept.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._values: OrderedDict[Hashable, Any] = OrderedDict()
        self._working: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], R]) -> R:
        """The value of a key, made at the first call; others who ask meanwhile wait for that one."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return cast(R, self._values[key])
            working = self._working.setdefault(key, Lock())
        with working:
            with self._lock:
                if key in self._values:
                    return cast(R, self._values[key])
            value = make()
            with self._lock:
                self._values[key] = value
                self._working.pop(key, None)
                while len(self._values) > self.size:
                    self._values.popitem(last=False)
        return value


def kept(size: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keeps a function's results by its positional arguments, all of which must be hashable."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        memory = Memory(size)

        @wraps(function)
        def ask(*args: P.args, **kwargs: P.kwargs) -> R:
            return memory.get(args, lambda: function(*args, **kwargs))

        return ask

    return decorate
