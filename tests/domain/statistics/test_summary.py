"""The whole evaluation: what goes where, and whom each figure counts."""

from dataclasses import dataclass
from typing import Any

import pytest

from domain.pairing import Submission, pair
from domain.scoring import score
from domain.statistics.small import Level
from domain.statistics.summary import Evaluation, evaluate, group_summaries, summarize_pairs
from domain.statistics.withheld import Withheld


@dataclass
class Item:
    id: str
    jenis: str = "pilihan"
    poin: float = 1.0
    kunci: Any = "a"


ITEMS = [Item("S1"), Item("S2"), Item("S3"), Item("S4")]
AIMS = {"S1": "T1", "S2": "T1", "S3": "T2"}


def sent(person: str | None, phase: str, answers: str, items: list[Item] | None = None, order: int = 1) -> Submission:
    """A submission of one letter per item, "-" for a blank."""
    asked = items or ITEMS
    given = {item.id: letter for item, letter in zip(asked, answers, strict=True) if letter != "-"}
    scored = score(asked, given)
    by_item = {one.item: one for one in scored.items}
    return Submission(person, phase, order, scored.percent or 0.0, scored.complete, by_item, given)


def class_of(n: int, before: str = "abbb", after: str = "aaab") -> list[Submission]:
    people = [f"P{place}" for place in range(n)]
    return [sent(one, "pre", before) for one in people] + [sent(one, "post", after) for one in people]


def evaluated(made: list[Submission]) -> Evaluation:
    return evaluate(pair(made), ITEMS, aims=AIMS)


def test_pairs_aims_phases_and_changes() -> None:
    made = class_of(12) + [sent("hanya pre", "pre", "aaaa"), sent("hanya post", "post", "bbbb")]
    found = evaluated(made)
    assert found.pairs.n == 12
    assert found.pairs.difference.mean == 50.0  # the two others never get in
    assert found.phases["pre"].n == found.phases["post"].n == 13
    assert found.phases["pre"].scores.mean == pytest.approx((12 * 25 + 100) / 13)
    assert {aim: one.difference.mean for aim, one in found.aims.items()} == {"T1": 50.0, "T2": 100.0}
    by_item = {one.item: (one.b, one.c) for one in found.changes}
    assert by_item == {"S1": (0, 0), "S2": (0, 12), "S3": (0, 12), "S4": (0, 0)}
    assert found.shared_items == ("S1", "S2", "S3", "S4")
    assert found.unpaired_share == pytest.approx(2 / 14) and not found.unpaired_warning


def test_only_shared_items_are_compared_and_percent_comes_first() -> None:
    shorter = [Item("S1"), Item("S5")]
    made = [sent(f"P{n}", "pre", "abbb") for n in range(6)]
    made += [sent(f"P{n}", "post", "aa", shorter) for n in range(6)]
    found = evaluate(pair(made), [*ITEMS, Item("S5")])
    assert found.shared_items == ("S1",)
    assert found.pairs.difference.mean == 75.0
    assert [item.item for item in found.phases["post"].items] == ["S1", "S5"]


def test_blanks_are_zero_points_and_counted() -> None:
    found = evaluated([sent("A", "pre", "a---"), sent("A", "post", "aa-a")])
    assert (found.phases["pre"].blanks, found.phases["post"].blanks) == (3, 1)
    assert found.pairs.difference.mean == 50.0


def test_more_than_a_fifth_unpaired_warns() -> None:
    four = class_of(4) + [sent("X", "pre", "aaaa")]
    assert not evaluated(four).unpaired_warning  # one of five is exactly 20%
    assert evaluated([*four, sent("Y", "post", "aaaa")]).unpaired_warning


def test_identical_answers_are_kept_and_flagged_above_half() -> None:
    same = [sent(f"K{n}", phase, "abab") for n in range(3) for phase in ("pre", "post")]
    found = evaluated(same + class_of(3))
    assert (found.identical, found.pairs.n, found.identical_warning) == (3, 6, False)
    assert found.pairs.difference.same == 3
    assert evaluated(same + class_of(2)).identical_warning


def test_ceiling_and_pass_rate() -> None:
    found = summarize_pairs([50] * 20, [100] * 3 + [60] * 17)
    assert not found.ceiling  # 3 of 20 is exactly 15%
    assert summarize_pairs([50] * 20, [100] * 4 + [70] * 16).ceiling
    assert (found.passed_post.count, found.passed_pre.count) == (3, 0)
    assert summarize_pairs([70] * 5, [69.999] * 5).passed_pre.count == 5
    assert found.level == Level.SMALL


def test_methods_disagree() -> None:
    # one huge value widens the t interval beyond nought; the ranks see eleven of twelve rise
    pre = [10.0] * 12
    post = [12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 100, 9.0]
    found = summarize_pairs(pre, post)
    assert isinstance(found.difference.p, float) and isinstance(found.wilcoxon.p, float)
    assert found.difference.p > 0.05 > found.wilcoxon.p
    assert found.methods_disagree


def test_nobody() -> None:
    found = evaluated([])
    assert found.pairs.gain.class_gain == Withheld("tanpa_pasangan")
    assert found.phases["pre"].items == ()
    assert not found.unpaired_warning and not found.identical_warning and not found.pairs.ceiling


def test_groups_take_the_pairs_only() -> None:
    made = class_of(6) + [sent("P0x", "pre", "aaaa")]
    found = group_summaries(pair(made), {f" p{n}": "LKS" if n < 4 else "Dinas" for n in range(6)})
    assert {name: one.n for name, one in found.items()} == {"LKS": 4, "Dinas": 2}
