"""Who has earned a certificate, at the very edge of the limit; numbers that follow; codes that cannot be made up."""

from collections.abc import Mapping
from typing import Any

import pytest

from domain import certificate as rules
from domain.bimtek import ALPHABET

KEY = b"kunci uji"


def session(number: int, jp: float | None = 2.0, dihitung: bool = True) -> Mapping[str, Any]:
    return {"id": number, "materi": f"Materi {number}", "jp": jp, "dihitung": dihitung}


TEN = [session(number) for number in range(1, 11)]


@pytest.mark.parametrize(
    ("attended", "limit", "reasons"),
    [
        (range(1, 9), 80, ()),  # exactly 80 percent
        (range(1, 8), 80, ("kurang_hadir",)),
        (range(1, 8), 70, ()),
        ([], 0, ("kurang_hadir",)),  # a limit of 0 is no certificate for somebody who never came
        ([1], 0, ()),
        (range(1, 10), 100, ("kurang_hadir",)),
        (range(1, 11), 100, ()),
    ],
)
def test_the_limit_is_met_exactly(attended: Any, limit: int, reasons: tuple[str, ...]) -> None:
    found = rules.earned(TEN, set(attended), limit, True, False)
    assert found.alasan == reasons
    assert (found.hadir, found.dari) == (len(attended), 10)


def test_two_of_three_is_not_67_percent() -> None:
    """66.7 percent rounds to 67; whoever rounds gives certificates that the rule does not give."""
    three = [session(number) for number in range(3)]
    assert rules.earned(three, {0, 1}, 67, True, False).alasan == ("kurang_hadir",)
    assert rules.earned(three, {0, 1}, 66, True, False).alasan == ()


def test_sessions_that_do_not_count_give_nothing() -> None:
    sessions = [session(1), session(2), session(3, dihitung=False)]
    found = rules.earned(sessions, {1, 3}, 80, True, False)
    assert (found.hadir, found.dari, found.jp, found.materi) == (1, 2, 2.0, (("Materi 1", 2.0),))
    assert found.alasan == ("kurang_hadir",)
    nothing = rules.earned([session(3, dihitung=False)], {3}, 0, True, False)
    assert nothing.alasan == ("tanpa_sesi",) and nothing.jp is None


def test_jp_are_those_of_attended_sessions_and_none_when_no_session_has_any() -> None:
    mixed = [session(1, 1.5), session(2, None), session(3, 0.0)]
    assert rules.earned(mixed, {1, 2}, 50, True, False).jp == 1.5
    assert rules.earned(mixed, {2}, 0, True, False).jp is None
    assert rules.earned(mixed, {3}, 0, True, False).jp == 0.0


def test_before_the_last_day_and_a_second_time_nobody_gets_one() -> None:
    assert rules.earned(TEN, set(range(1, 11)), 80, False, False).alasan == ("kegiatan_belum_selesai",)
    assert rules.earned(TEN, set(range(1, 11)), 80, True, True).alasan == ("sudah_terbit",)
    assert rules.earned([], set(), 80, False, True).alasan == ("kegiatan_belum_selesai", "tanpa_sesi", "sudah_terbit")


def test_numbers_follow_the_last_one_and_those_of_samples_stand_apart() -> None:
    assert list(rules.next_numbers(None, 3, False)) == [1, 2, 3]
    assert list(rules.next_numbers(41, 2, False)) == [42, 43]
    assert list(rules.next_numbers(None, 1, True)) == [90_001]
    assert list(rules.next_numbers(90_001, 1, True)) == [90_002]


def test_codes_are_checked_without_a_list() -> None:
    codes = {rules.new_code(KEY) for _ in range(500)}
    assert len(codes) == 500
    for code in codes:
        assert len(code) == 16 and set(code) <= set(ALPHABET) and rules.well_formed(code, KEY)
        assert not rules.well_formed(code, b"kunci lain")
        assert rules.cleaned(f" {rules.shown_code(code).lower()} ") == code
    code = codes.pop()
    for place in range(len(code)):
        other = ALPHABET[(ALPHABET.index(code[place]) + 1) % len(ALPHABET)]
        assert not rules.well_formed(code[:place] + other + code[place + 1 :], KEY)
    assert not rules.well_formed(code[:-1], KEY) and not rules.well_formed("", KEY)
    assert rules.shown_code("ABCDEFGHJKMNPQRT") == "ABCD-EFGH-JKMN-PQRT"


def test_jp_are_written_the_indonesian_way() -> None:
    assert [rules.hours(value) for value in (2.0, 1.5, 1.25, 0.0, None)] == ["2", "1,5", "1,25", "0", "-"]
