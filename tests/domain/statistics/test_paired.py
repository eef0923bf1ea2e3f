"""Paired figures against a table worked out by hand, and the cases in which there is no figure."""

import tomllib
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from domain.statistics.paired import (
    correction,
    difference,
    differences,
    effects,
    exact_p,
    noncentral_limits,
    signed_ranks,
    stayers_and_leavers,
    wilcoxon,
)
from domain.statistics.withheld import Withheld

GOLDEN: dict[str, Any] = tomllib.loads(
    (Path(__file__).resolve().parents[2] / "golden" / "evaluasi_10_pasangan.toml").read_text(encoding="utf-8")
)
PRE, POST = GOLDEN["pre"], GOLDEN["post"]


def test_the_difference_of_the_hand_worked_table() -> None:
    found, wanted = difference(PRE, POST), GOLDEN["selisih"]
    assert (found.up, found.same, found.down) == (wanted["naik"], wanted["tetap"], wanted["turun"])
    figures = (found.mean, found.sd, found.se, found.t, found.low, found.high)
    names = ("rata_rata", "sd", "se", "t", "sk_bawah", "sk_atas")
    assert figures == pytest.approx([wanted[name] for name in names], abs=1e-6)
    assert (found.n, found.df) == (10, 9)


def test_wilcoxon_of_the_hand_worked_table() -> None:
    found, wanted = wilcoxon(PRE, POST), GOLDEN["wilcoxon"]
    assert (found.w_plus, found.w_minus) == (wanted["w_plus"], wanted["w_minus"])
    assert found.p == pytest.approx(wanted["p"], abs=1e-12)
    assert found.r == pytest.approx(wanted["r"], abs=1e-6)
    assert (found.nonzero, found.zeros, found.method) == (9, 1, "eksak")


def test_effect_sizes_of_the_hand_worked_table() -> None:
    found, wanted = effects(PRE, POST), GOLDEN["ukuran_efek"]
    assert (found.d_z, found.d_av, found.g_av) == pytest.approx(
        [wanted[name] for name in ("d_z", "d_av", "g_av")], abs=1e-6
    )
    assert correction(9) == pytest.approx(wanted["j"], abs=1e-6)
    assert correction(9) != pytest.approx(1 - 3 / (4 * 9 - 1), abs=1e-5)  # the usual approximation is not used


def test_the_sign_turns_with_the_sides() -> None:
    there, back = difference(PRE, POST), difference(POST, PRE)
    assert (back.mean, back.low, back.high) == pytest.approx([-15.0, -24.685978, -5.314022], abs=1e-6)
    assert there.p == pytest.approx(back.p)
    forth, turned = effects(PRE, POST), effects(POST, PRE)
    assert turned.d_z_low == pytest.approx(-float(forth.d_z_high))  # type: ignore[arg-type]  # ten pairs: given
    assert wilcoxon(POST, PRE).r == pytest.approx(-0.9111111)


def test_float_noise_makes_no_difference() -> None:
    third = [100 / 3, 200 / 3, 0.1 + 0.2, 10, 20, 30]
    after = [value + 0.3 for value in third]
    assert len(set(differences(third, after))) == 1
    assert difference(third, after).t == Withheld("selisih_seragam", {"n": 6, "selisih": 0.3})


@pytest.mark.parametrize("n", range(1, 5))
def test_below_five_pairs_only_the_mean(n: int) -> None:
    pre, post = PRE[:n], POST[:n]
    found = difference(pre, post)
    few = Withheld("terlalu_sedikit", {"n": n, "minimum": 5})
    assert (found.t, found.p, found.low, found.high, found.df) == (few,) * 5
    assert found.mean == sum(b - a for a, b in zip(pre, post, strict=True)) / n
    assert wilcoxon(pre, post).p == wilcoxon(pre, post).r == few
    assert effects(pre, post).d_z == effects(pre, post).g_av == few


def test_five_pairs_have_an_interval_but_no_wilcoxon() -> None:
    found, ranks = difference(PRE[:5], POST[:5]), wilcoxon([10] * 5, [11, 12, 13, 14, 15])
    assert isinstance(found.low, float)
    assert ranks.p == Withheld("wilcoxon_kurang", {"n": 5, "terkecil": 0.0625})
    assert ranks.r == 1.0 and ranks.r_low == Withheld("korelasi_penuh")


def test_no_pairs() -> None:
    none = Withheld("tanpa_pasangan")
    assert difference([], []).mean == difference([], []).sd == wilcoxon([], []).p == effects([], []).d_z == none


def test_all_differences_equal() -> None:
    found = difference([10, 20, 30, 40, 50, 60], [20, 30, 40, 50, 60, 70])
    alike = Withheld("selisih_seragam", {"n": 6, "selisih": 10.0})
    assert (found.mean, found.sd, found.t, found.low) == (10.0, 0.0, alike, alike)
    assert found.uniform
    sizes = effects([10, 20, 30, 40, 50, 60], [20, 30, 40, 50, 60, 70])
    assert sizes.d_z == sizes.d_av_low == alike
    assert isinstance(sizes.d_av, float)
    ranks = wilcoxon([10, 20, 30, 40, 50, 60], [20, 30, 40, 50, 60, 70])
    assert ranks.p == 2 / 64  # allowed: two of 64 sign flips


def test_all_differences_zero() -> None:
    same = [10.0, 20, 30, 40, 50, 60]
    nothing = Withheld("selisih_nol", {"n": 6})
    assert difference(same, same).p == nothing
    assert wilcoxon(same, same).p == wilcoxon(same, same).r == nothing
    assert effects(same, same).d_z == nothing


def test_the_exact_distribution_equals_every_sign_flip() -> None:
    rng = np.random.default_rng(20)
    for n in range(1, 13):
        d = rng.choice([-3, -2, -1, 1, 2, 2, 3, 5], n).astype(float)
        w_plus, _, ranks = signed_ranks(d)
        every = np.array([np.dot(signs, ranks) for signs in product((0, 1), repeat=n)])
        below, above = (every <= w_plus).mean(), (every >= w_plus).mean()
        assert exact_p(ranks, w_plus) == pytest.approx(min(1.0, 2 * min(below, above)), abs=1e-12)


def test_above_a_hundred_the_normal_approximation() -> None:
    rng = np.random.default_rng(21)
    pre = rng.integers(20, 60, 101).astype(float)
    assert wilcoxon(pre, pre + rng.choice([-5, 4, 9], 101)).method == "normal"
    post = pre + rng.choice([-5, 4, 9], 101)
    post[0] = pre[0]
    assert wilcoxon(pre, post).method == "eksak"


def test_a_symmetric_change_has_p_one() -> None:
    pre = np.full(202, 50.0)
    post = pre + np.repeat([-1.0, 1.0], 101)
    assert wilcoxon(pre, post).p == 1.0
    assert wilcoxon(pre[:200], post[1:201]).method == "normal"


@pytest.mark.parametrize(("t", "df"), [(0.0, 9), (3.5, 9), (-3.5, 9), (35, 200), (300, 4)])
def test_noncentral_limits_put_t_at_both_ends(t: float, df: int) -> None:
    from scipy import stats

    limits = noncentral_limits(t, df)
    assert limits is not None
    assert stats.nct.cdf(t, df, limits[0]) == pytest.approx(0.975, abs=1e-8)
    assert stats.nct.cdf(t, df, limits[1]) == pytest.approx(0.025, abs=1e-8)


def test_different_people_are_refused() -> None:
    with pytest.raises(ValueError, match="same people"):
        difference([1, 2], [1])
    with pytest.raises(ValueError, match="finite"):
        wilcoxon([1.0], [float("nan")])


def test_stayers_and_leavers_need_five_each() -> None:
    assert isinstance(stayers_and_leavers([1, 2, 3, 4, 5], [1, 2, 3, 4]).difference, Withheld)
    found = stayers_and_leavers([10, 20, 30, 40, 50], [10, 10, 20, 20, 30])
    assert (found.mean_stayers, found.mean_leavers, found.difference) == (30, 18, 12)
    flat = stayers_and_leavers([10] * 5, [20] * 5)
    assert (flat.difference, flat.low) == (-10, Withheld("tanpa_ragam"))
