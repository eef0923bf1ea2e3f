"""The tree of named refusals: codes, facts as text, and what pages may rely on."""

import inspect

import pytest

from domain import errors
from domain.errors import InvalidInput, NotFound, PilarError, Problem, StaleEdit, TooManyAttempts

KINDS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, PilarError)]


def test_every_kind_has_a_code_of_its_own() -> None:
    assert len(KINDS) == 14
    assert len({kind.code for kind in KINDS}) == len(KINDS)


def test_facts_are_text_and_a_code_of_its_own_wins() -> None:
    error = NotFound("wilayah_di_luar", kode="33.71", jumlah=3)
    assert (error.code, error.facts) == ("wilayah_di_luar", {"kode": "33.71", "jumlah": "3"})
    assert NotFound().code == "tidak_ditemukan"
    assert NotFound.code == "tidak_ditemukan", "one instance's code must not become the kind's"


@pytest.mark.parametrize(("seconds", "minutes"), [(1, "1"), (60, "1"), (61, "2"), (900, "15"), (0, "1")])
def test_waiting_is_told_in_whole_minutes_rounded_up(seconds: int, minutes: str) -> None:
    error = TooManyAttempts(seconds)
    assert (error.retry_after, error.facts) == (seconds, {"menit": minutes})


def test_refused_values_are_counted_and_carried() -> None:
    problems = [Problem("nama", "", "wajib_diisi"), Problem("lat", "x", "koordinat_keliru", {"a": "b"})]
    error = InvalidInput(problems)
    assert (error.problems, error.facts, error.code) == (problems, {"jumlah": "2"}, "isian_ditolak")


def test_kinds_are_told_apart() -> None:
    with pytest.raises(StaleEdit):
        raise StaleEdit("impor_pratinjau_usang")
    assert not issubclass(StaleEdit, NotFound)
