"""A figure that must not be given is never a number by accident."""

from domain.statistics.withheld import Withheld, given


def test_only_numbers_are_given() -> None:
    assert given(0.0) and given(-1) and given(12.5)
    assert not given(Withheld("tanpa_data")) and not given(None)


def test_reasons_are_equal_by_code_and_facts() -> None:
    assert Withheld("terlalu_sedikit", {"n": 4}) == Withheld("terlalu_sedikit", {"n": 4})
    assert Withheld("terlalu_sedikit", {"n": 4}) != Withheld("terlalu_sedikit", {"n": 5})
