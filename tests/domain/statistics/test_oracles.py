"""Agreement with SciPy and statsmodels (development only) to 1e-6 on 240 random fixtures, each drawn from its own seed.

Among them are ties, everybody at the maximum, items that all answer alike, people with one half only.
"""

import gc
import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy import integrate, special, stats

from domain.pairing import Submission, pair
from domain.statistics.describing import describe
from domain.statistics.gain import gain
from domain.statistics.items import analyse
from domain.statistics.mcnemar import bonett_price, exact_p, holm
from domain.statistics.paired import correction, difference, effects, stayers_and_leavers, wilcoxon
from domain.statistics.proportions import wilson
from domain.statistics.reliability import reliability
from domain.statistics.summary import summarize_pairs
from domain.statistics.withheld import Withheld, given

contingency = pytest.importorskip("statsmodels.stats.contingency_tables", reason="a development-only oracle")
multitest = pytest.importorskip("statsmodels.stats.multitest", reason="a development-only oracle")
shares = pytest.importorskip("statsmodels.stats.proportion", reason="a development-only oracle")

SEEDS = range(240)
CLOSE = 1e-6
TOGETHER = 20  # seeds per test: pytest's own work for thousands of tests would outweigh theirs


def every_seed(check: Callable[[int], None]) -> Callable[[int], None]:
    """A test of `check` on all seeds, in groups; a failure shows its seed."""

    @pytest.mark.parametrize("first", SEEDS[::TOGETHER])
    def run(first: int) -> None:
        for seed in range(first, first + TOGETHER):
            check(seed)

    run.__doc__ = check.__doc__
    return run


@pytest.fixture(autouse=True)
def _no_collecting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gc, "collect", lambda: 0)  # statsmodels' Holm collects at each call: a minute in all


def scores(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Pre and post percent scores of 5 to 150 people; many ties, losses, ceilings."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(5, 40)) if seed % 8 else int(rng.integers(95, 150))
    items = int(rng.choice([4, 10, 14, 20]))
    pre = rng.binomial(items, rng.uniform(0.2, 0.8), n)
    post = np.clip(pre + rng.integers(-2, items // 2 + 2, n), 0, items)
    if seed % 11 == 0:
        post[: n // 2] = items
    if seed % 13 == 0:
        pre[0] = items
    return 100 * pre / items, 100 * post / (items if seed % 3 else items + 1)


def answers(seed: int) -> np.ndarray:
    """People x items of points: 10 to 60 people, 3 to 20 items, some right for all, some with part points."""
    rng = np.random.default_rng(1000 + seed)
    n, k = int(rng.integers(10, 60)), int(rng.integers(3, 20))
    skill, ease = rng.normal(0, 1, (n, 1)), rng.normal(0.3, 1, (1, k))
    table = (rng.random((n, k)) < 1 / (1 + np.exp(-skill - ease))).astype(float)
    if seed % 4 == 0:
        table[:, 0] = 1
    if seed % 5 == 0:
        table[:, 1] *= rng.choice([0.5, 1.0], n)
    return table


@every_seed
def test_paired_differences(seed: int) -> None:
    pre, post = scores(seed)
    d = np.round(post - pre, 10)
    found = difference(pre, post)
    if (d == d[0]).all():
        assert isinstance(found.t, Withheld)
        return
    oracle = stats.ttest_rel(post, pre)
    interval = oracle.confidence_interval(0.95)
    ours = (found.t, found.p, found.low, found.high, found.se)
    assert ours == pytest.approx(
        (oracle.statistic, oracle.pvalue, interval.low, interval.high, stats.sem(d)), abs=CLOSE
    )
    assert found.df == oracle.df
    assert (found.up, found.down, found.up + found.same + found.down) == ((d > 0).sum(), (d < 0).sum(), len(d))


def all_flips(doubled: np.ndarray) -> dict[int, int]:
    """How many sign flips give each doubled W+, in whole numbers of any size."""
    counts = {0: 1}
    for rank in doubled.tolist():
        grown = dict(counts)
        for total, times in counts.items():
            grown[total + rank] = grown.get(total + rank, 0) + times
        counts = grown
    return counts


@every_seed
def test_wilcoxon_with_ties(seed: int) -> None:
    pre, post = scores(seed)
    d = np.round(post - pre, 10)
    d = d[d != 0]
    found = wilcoxon(pre, post)
    assert found.nonzero == len(d)
    if not given(found.p):
        assert len(d) < 6
        return
    oracle = stats.wilcoxon(d, method="asymptotic", correction=True, alternative="two-sided")
    assert min(float(found.w_plus), float(found.w_minus)) == pytest.approx(oracle.statistic)  # type: ignore[arg-type]  # p is given
    if found.method == "normal":
        assert len(d) > 100
        assert found.p == pytest.approx(oracle.pvalue, abs=CLOSE)
        return
    doubled = np.rint(2 * stats.rankdata(np.abs(d))).astype(int)
    at = int(doubled[d > 0].sum())
    flips = all_flips(doubled)
    below = sum(times for total, times in flips.items() if total <= at)
    above = sum(times for total, times in flips.items() if total >= at)
    assert found.p == pytest.approx(min(1.0, 2 * min(below, above) / 2 ** len(d)), abs=1e-9)
    if len(np.unique(np.abs(d))) == len(d):  # without ties SciPy has the exact distribution too
        assert found.p == pytest.approx(stats.wilcoxon(d, method="exact").pvalue, abs=CLOSE)


@every_seed
def test_wilcoxon_without_ties(seed: int) -> None:
    rng = np.random.default_rng(2000 + seed)
    n = int(rng.integers(6, 50))
    pre = rng.uniform(20, 60, n)
    post = pre + rng.normal(3, 8, n)
    found, oracle = wilcoxon(pre, post), stats.wilcoxon(post - pre, method="exact")
    assert found.p == pytest.approx(oracle.pvalue, abs=CLOSE)
    plus = stats.wilcoxon(post - pre, alternative="greater").statistic  # one-sided: SciPy's statistic is W+
    assert found.r == pytest.approx(4 * plus / (n * (n + 1)) - 1)


def integrated_nct(t: float, df: int, delta: float) -> float:
    """P(T <= t) of the noncentral t by integration: the definition, not SciPy's function."""

    def inside(u: float) -> float:
        return float(stats.norm.cdf(t * u - delta) * 2 * u * df * stats.chi2.pdf(u * u * df, df))

    centre, width = 1.0, 12 / math.sqrt(2 * df)
    return float(integrate.quad(inside, max(0.0, centre - width), centre + width, epsabs=1e-12, limit=400)[0])


@every_seed
def test_effect_sizes(seed: int) -> None:
    pre, post = scores(seed)
    n = len(pre)
    found = effects(pre, post)
    d = np.round(post - pre, 10)
    if not given(found.d_z) or not given(found.d_z_low) or not given(found.d_z_high):
        assert (d == d[0]).all()
        return
    assert found.d_z == pytest.approx(stats.ttest_1samp(d, 0).statistic / math.sqrt(n), abs=CLOSE)
    exact = math.gamma((n - 1) / 2) / (math.sqrt((n - 1) / 2) * math.gamma((n - 2) / 2))
    assert correction(n - 1) == pytest.approx(exact, abs=CLOSE)
    table = np.cov(pre, post)
    d_av = d.mean() / math.sqrt((table[0, 0] + table[1, 1]) / 2)
    assert (found.d_av, found.g_av) == pytest.approx((d_av, d_av * exact), abs=CLOSE)
    if given(found.correlation):
        assert found.correlation == pytest.approx(stats.pearsonr(pre, post).statistic, abs=CLOSE)
    t = float(found.d_z) * math.sqrt(n)
    if seed % 24 == 1:  # integration is slow
        assert integrated_nct(t, n - 1, found.d_z_low * math.sqrt(n)) == pytest.approx(0.975, abs=CLOSE)
        assert integrated_nct(t, n - 1, found.d_z_high * math.sqrt(n)) == pytest.approx(0.025, abs=CLOSE)
    low = special.nctdtrinc(n - 1, 0.975, t)
    assert found.d_z_low == pytest.approx(low / math.sqrt(n), abs=CLOSE)
    scale = math.sqrt(
        2 * (table[0, 0] + table[1, 1] - 2 * table[0, 1]) / (n * (table[0, 0] + table[1, 1]))
    )  # fmt: skip
    assert found.d_av_low == pytest.approx(low * scale, abs=CLOSE)


@every_seed
def test_gains_and_descriptions(seed: int) -> None:
    pre, post = scores(seed)
    found = gain(pre, post)
    frame = pd.DataFrame({"pre": pre, "post": post})
    below = frame[frame.pre < 100]
    assert found.class_gain == pytest.approx(
        (frame.post.mean() - frame.pre.mean()) / (100 - frame.pre.mean()), abs=CLOSE
    )
    assert found.individual == pytest.approx(((below.post - below.pre) / (100 - below.pre)).mean(), abs=CLOSE)
    assert found.excluded == (frame.pre >= 100).sum()
    about, wanted = describe(post), frame.post.describe()
    names = ("mean", "std", "25%", "50%", "75%")
    ours = (about.mean, about.sd, about.q1, about.median, about.q3)
    assert ours == pytest.approx([wanted[name] for name in names], abs=CLOSE)


@every_seed
def test_items_and_reliability(seed: int) -> None:
    table = answers(seed)
    n, k = table.shape
    found = analyse([str(place) for place in range(k)], table, [1] * k, np.zeros(table.shape, dtype=bool))
    totals = table.sum(axis=1)
    ordered = pd.Series(totals).sort_values().to_numpy()
    size = max(1, math.floor(0.27 * n + 0.5))
    upper, lower = totals >= ordered[-size] - 1e-9, totals <= ordered[size - 1] + 1e-9
    for place, item in enumerate(found):
        own = table[:, place]
        assert item.facility == pytest.approx(own.mean(), abs=CLOSE)
        low, high = shares.proportion_confint(own.sum(), n, method="wilson")
        assert (item.low, item.high) == pytest.approx((low, high), abs=CLOSE)
        if np.ptp(own) == 0:
            assert isinstance(item.r, Withheld) and isinstance(item.d, Withheld)
            continue
        assert item.r == pytest.approx(stats.pearsonr(own, totals - own).statistic, abs=CLOSE)
        if set(np.unique(own)) <= {0.0, 1.0}:
            assert item.r == pytest.approx(stats.pointbiserialr(own, totals - own).statistic, abs=CLOSE)
        if (upper & lower).any():
            assert isinstance(item.d, Withheld)
        else:
            assert item.d == pytest.approx(own[upper].mean() - own[lower].mean(), abs=CLOSE)
    whole = reliability(table)
    # alpha from the covariance matrix: k/(k-1) (1 - trace/sum)
    matrix = np.cov(table, rowvar=False)
    alpha = k / (k - 1) * (1 - np.trace(matrix) / matrix.sum())
    assert whole.alpha == pytest.approx(alpha, abs=CLOSE)
    if given(whole.alpha) and given(whole.low) and given(whole.high):
        # the F probability at both ends, asked the other way round
        ratio = (1 - whole.low) / (1 - whole.alpha), (1 - whole.high) / (1 - whole.alpha)
        df = (n - 1, (n - 1) * (k - 1))
        assert stats.f.cdf(ratio, *df) == pytest.approx((0.975, 0.025), abs=CLOSE)
        # Feldt by the two-way analysis of variance: 1 - MS(residual)/MS(people) is alpha
        people, items = table.mean(axis=1, keepdims=True), table.mean(axis=0, keepdims=True)
        residual = ((table - people - items + table.mean()) ** 2).sum() / df[1]
        assert whole.alpha == pytest.approx(
            1 - residual / (k * ((people - table.mean()) ** 2).sum() / df[0]), abs=CLOSE
        )


@every_seed
def test_mcnemar_holm_and_wilson(seed: int) -> None:
    rng = np.random.default_rng(3000 + seed)
    b, c, rest = (int(value) for value in rng.integers(0, 30, 3))
    table = [[rest, b], [c, 3]]
    if b + c:
        assert exact_p(b, c) == pytest.approx(contingency.mcnemar(table, exact=True).pvalue, abs=CLOSE)
        assert exact_p(b, c) == pytest.approx(stats.binomtest(min(b, c), b + c).pvalue, abs=CLOSE)
    n = b + c + rest + 3
    low, high = bonett_price(b, c, n)
    # the interval is Wald's for proportions after adding one to each discordant cell and two to n
    z = stats.norm.ppf(0.975)
    first, second = (c + 1) / (n + 2), (b + 1) / (n + 2)
    assert (low + high) / 2 == pytest.approx(first - second, abs=CLOSE)
    assert ((high - low) / 2 / z) ** 2 * (n + 2) == pytest.approx(first + second - (first - second) ** 2, abs=CLOSE)
    p_values = rng.random(int(rng.integers(1, 12))) ** 3
    assert holm(p_values.tolist()) == pytest.approx(multitest.multipletests(p_values, method="holm")[1], abs=CLOSE)
    count = int(rng.integers(0, n + 1))
    assert wilson(count, n) == pytest.approx(shares.proportion_confint(count, n, method="wilson"), abs=CLOSE)
    assert wilson(count, n) == pytest.approx(tuple(stats.binomtest(count, n).proportion_ci(method="wilson")), abs=CLOSE)


@every_seed
def test_missing_halves(seed: int) -> None:
    """People with one half only change nothing about the pairs; stayers and leavers are compared by Welch's interval."""
    pre, post = scores(seed)
    rng = np.random.default_rng(4000 + seed)
    has_pre, has_post = rng.random(len(pre)) < 0.8, rng.random(len(pre)) < 0.8
    made = [
        Submission(f" P{place} " if phase == "pre" else f"p{place}", phase, place, float(value))
        for phase, values, there in (("pre", pre, has_pre), ("post", post, has_post))
        for place, value in enumerate(values)
        if there[place]
    ]
    rng.shuffle(made)
    joined = pair(made)
    both = has_pre & has_post
    assert (len(joined.pairs), len(joined.only_pre)) == (both.sum(), (has_pre & ~has_post).sum())
    assert len(joined.only_post) == (has_post & ~has_pre).sum()
    found = summarize_pairs([one.pre.percent for one in joined.pairs], [one.post.percent for one in joined.pairs])
    if both.sum() >= 5 and given(found.difference.t):
        assert found.difference.t == pytest.approx(stats.ttest_rel(post[both], pre[both]).statistic, abs=CLOSE)
    stayed, left = pre[both], pre[has_pre & ~has_post]
    groups = stayers_and_leavers(stayed.tolist(), left.tolist())
    if min(len(stayed), len(left)) < 5:
        assert isinstance(groups.difference, Withheld)
    elif given(groups.low):
        interval = stats.ttest_ind(stayed, left, equal_var=False).confidence_interval(0.95)
        assert (groups.low, groups.high) == pytest.approx((interval.low, interval.high), abs=CLOSE)


def test_there_are_enough_fixtures_of_every_kind() -> None:
    """The promise is 200 fixtures with ties, ceilings and items that all answer alike: they are really among them."""
    assert len(SEEDS) >= 200
    drawn = [scores(seed) for seed in SEEDS]
    tied = [len(np.unique(np.abs(d := np.round(post - pre, 10))[d != 0])) < (d != 0).sum() for pre, post in drawn]
    assert sum(tied) > 150
    assert sum((np.round(post - pre, 10) != 0).sum() > 100 for pre, post in drawn) >= 5
    assert sum((pre >= 100).any() for pre, _ in drawn) > 15
    assert sum(bool((np.ptp(answers(seed), axis=0) == 0).any()) for seed in SEEDS) > 50
