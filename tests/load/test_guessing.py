"""R24: 10,000 guessed codes from one and from a thousand addresses; the right ones behind the same address pass."""

import random
import uuid
from collections import Counter
from concurrent.futures import Future, wait
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from data_access import engine
from data_access.tables_bimtek import gagal_kode, kiriman
from domain.bimtek import ALPHABET
from domain.errors import PilarError
from services import intake
from tests import bimtek_rows

GUESSES, PEOPLE = 10_000, 100
RIGHT = {f"P{number}": "b" for number in range(1, 5)}


def ask(link: str, code: str, address: str) -> Any:
    """The outcome, or the error in its place, without waiting."""
    try:
        return intake.receive(intake.Job(link, address, code=code, kunci=str(uuid.uuid4()), values=RIGHT))
    except PilarError as error:
        return error


def outcome(found: Any) -> Any:
    if isinstance(found, Future):
        return found.exception() or found.result()
    return found


@pytest.mark.parametrize("addresses", [1, 1_000])
def test_r24_no_guess_enters_and_the_right_ones_pass(fresh_db: Path, addresses: int) -> None:
    event = bimtek_rows.store_event(people=[(f"Peserta Contoh {n}", "lks", "LKS Contoh") for n in range(PEOPLE)])
    link, drawn = event.links["pre"], random.Random(20261121)
    found, right = [], []
    for number in range(GUESSES):
        code = "".join(drawn.choice(ALPHABET) for _ in range(8))
        found.append(ask(link, code, f"10.0.{number % addresses // 250}.{number % addresses % 250}"))
        if number % 100 == 0:  # in the middle of it, behind the first address
            right.append(ask(link, event.codes[number // 100], "10.0.0.0"))
        if number % 500 == 0:  # phones ask one after the other; the queue is not what is tested here
            wait([one for one in found + right if isinstance(one, Future)], 60)
    wait([one for one in found + right if isinstance(one, Future)], 60)
    kinds = Counter(type(outcome(one)).__name__ for one in found)
    assert kinds["Receipt"] == 0 and sum(kinds.values()) == GUESSES, kinds
    assert [type(outcome(one)).__name__ for one in right] == ["Receipt"] * PEOPLE
    with engine.reading() as connection:
        tried = select(gagal_kode.c.alamat, func.count()).where(gagal_kode.c.dicoba).group_by(gagal_kode.c.alamat)
        assert all(count <= 20 for _, count in connection.execute(tried))
        kept = connection.execute(select(func.count()).select_from(gagal_kode)).scalar() or 0
        # at most the failures that a minute allows, plus look-ups; a slow run may take two minutes
        assert kept <= 2 * (20 * addresses if addresses == 1 else 300) + 50
        assert connection.execute(select(func.count()).select_from(kiriman)).scalar() == PEOPLE
