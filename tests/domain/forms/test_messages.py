"""Every code about forms has its sentence, every sentence its code, and each blank in it a fact."""

import ast
import re
import string
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from domain.errors import InvalidInput, Problem
from domain.forms import answers
from domain.forms.parsing import from_mapping
from services import wording
from tests.domain.forms.test_parsing import MISTAKES
from tests.form_rows import example

ROOT = Path(__file__).resolve().parents[3]
CODE = re.compile(r"(formulir|templat|butir)_[a-z0-9_]+")
SOURCES = (
    "domain/forms/parsing.py",
    "domain/forms/answers.py",
    "data_access/workbooks/read_form_template.py",
)


@cache
def raised() -> frozenset[str]:
    found: set[str] = set()
    for name in SOURCES:
        for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                found.add(node.value)
    return frozenset(found)


def test_codes_and_sentences_are_the_same_set() -> None:
    told = {code for code in wording.messages() if CODE.fullmatch(code)}
    own = set(tomllib.loads((wording.TEXTS / "pesan_formulir.toml").read_text(encoding="utf-8")))
    assert len(raised()) > 50
    assert raised() - told == set()
    assert own - raised() == set()


def filled(problem: Problem) -> None:
    entry = wording.messages()[problem.code]
    facts = {"nilai", "kolom", *problem.facts}
    for text in entry.values():
        blanks = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        assert blanks <= facts, problem.code
    told = str(wording.of_problem(problem))
    assert told and "{" not in told


@pytest.mark.parametrize("row", MISTAKES, ids=[row[0] for row in MISTAKES])
def test_every_refused_definition_is_told_in_full(row: tuple[Any, ...]) -> None:
    data = example()
    row[1](data)
    with pytest.raises(InvalidInput) as caught:
        from_mapping(data)
    for problem in caught.value.problems:
        filled(problem)


def test_every_refused_answer_is_told_in_full() -> None:
    form = from_mapping(example())
    bad = {
        "butir.p1": ["z"],
        "butir.p2": ["z"],
        "butir.s1": ["9"],
        "butir.m1.1": ["2"],
        "butir.n1": ["x"],
        "butir.n2": ["2,5"],
        "butir.d1": ["x"],
        "butir.x1": ["x" * 11],
        "butir.x2": ["a", "b"],
        "butir.q1": ["a"],
    }
    problems = answers.check(form, bad)[1]
    problems += answers.check(form, {"butir.n1": ["101"], "butir.m1.9": ["1"]})[1]
    problems += answers.check_values(form, {"p1": {"a": 1}})[1]
    assert {problem.code for problem in problems} == {code for code in raised() if code.startswith("butir_")}
    for problem in problems:
        filled(problem)


def test_a_sentence_reads_as_a_person_would_say_it() -> None:
    form = from_mapping(example())
    problem = answers.check(form, {"butir.n1": ["101"]}, complete=False)[1][0]
    assert (
        str(wording.of_problem(problem)) == "101 berada di luar batas 0 sampai 100,5. Tulis angka dari 0 sampai 100,5."
    )
