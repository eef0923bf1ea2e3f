"""Whatever a file or a client sends, it becomes a form or answers, or is refused by name; nothing else happens."""

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

from domain.errors import InvalidInput, Problem
from domain.forms import answers
from domain.forms.definition import digest, items, ordered, public
from domain.forms.parsing import from_mapping, from_toml, to_mapping, to_toml
from tests.form_rows import example

STRANGE: list[Any] = [
    *(None, True, False, 0, -1, 3, 1.5, float("nan"), float("inf"), 10**30, "", "x", "b", "2", "salah", "\0", "\ud800"),
    *("a" * 3000, [], {}, [None], [1], [[]], {"a": 1}, {"kode": "a", "teks": "b"}, [{"kode": "a", "teks": "b"}]),
    *(["a", "b"], ["a", None], {1: 2}, {"1": 2}, {"\ud800": 1}, b"x", (1, 2), "22/05/2026"),
]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield (*path, name)
        yield from places(part, (*path, name))


def spoilt(chance: random.Random) -> dict[str, Any]:
    data = example()
    for _ in range(chance.randint(1, 3)):
        *path, last = chance.choice(list(places(data)))
        owner: Any = data
        for name in path:
            owner = owner[name]
        if chance.random() < 0.2 and isinstance(owner, dict):
            del owner[last]
        elif chance.random() < 0.3 and isinstance(owner, dict):
            owner[chance.choice(["aneh", "poin", "kunci", "skala", "baris", "pilihan", "min", "\ud800"])] = (
                copy.deepcopy(chance.choice(STRANGE))
            )
        else:
            owner[last] = copy.deepcopy(chance.choice(STRANGE))
    return data


def told(problems: list[Problem]) -> None:
    """Problems can be stored and shown."""
    for problem in problems:
        assert problem.code
        json.dumps([problem.column, problem.value, problem.code, problem.facts], ensure_ascii=False).encode()


def test_a_spoilt_definition_is_refused_by_name_or_is_a_form_that_survives() -> None:
    chance = random.Random(20261121)
    taken = refused = 0
    for _ in range(1500):
        try:
            form = from_mapping(spoilt(chance))
        except InvalidInput as caught:
            refused += 1
            assert caught.problems
            told(caught.problems)
            continue
        taken += 1
        assert from_mapping(to_mapping(form)) == from_toml(to_toml(form)) == form
        assert digest(ordered(form, "x")) and json.dumps(public(form))
    assert taken > 50 and refused > 500


def test_strange_answers_are_refused_by_name_or_canonical() -> None:
    chance = random.Random(7)
    form = from_mapping(example())
    taken = 0
    for _ in range(1500):
        given = {item.kode: copy.deepcopy(chance.choice(STRANGE)) for item in items(form)}
        found, problems = answers.check_values(form, given, complete=False)
        told(problems)
        json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
        assert answers.check_values(form, found, complete=False) == (found, [])
        assert not {problem.column for problem in problems} & set(found)
        taken += len(found)
        for item in items(form):
            assert isinstance(answers.as_text(item, found.get(item.kode)), str)
    assert taken > 1000
