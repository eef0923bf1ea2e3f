"""The whole evaluation of one training: every figure of the rules from the pairing and the scored items."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from domain.pairing import Pairing, Submission, person_key
from domain.scoring import KINDS_WITH_OPTIONS, ScoredItem, chosen
from domain.statistics.describing import Description, describe
from domain.statistics.gain import Gain, gain
from domain.statistics.items import ItemResult, analyse
from domain.statistics.mcnemar import Transition, transitions
from domain.statistics.paired import (
    Difference,
    Effects,
    TwoGroups,
    Wilcoxon,
    difference,
    effects,
    stayers_and_leavers,
    wilcoxon,
)
from domain.statistics.proportions import Proportion, proportion
from domain.statistics.reliability import Reliability, reliability
from domain.statistics.small import Kind, Level, show
from domain.statistics.withheld import Withheld

CEILING_SHARE = 0.15  # of the pairs at the maximum in post
UNPAIRED_SHARE = 0.20  # of everybody who took either side
IDENTICAL_SHARE = 0.50  # of the pairs with the same answers twice
CUTOFF = 70.0  # the score to pass; a setting of the event
_SAME = 1e-9


@dataclass(frozen=True)
class PairSummary:
    """Everything about paired percent scores of the same people."""

    n: int
    level: Level
    pre: Description
    post: Description
    difference: Difference
    wilcoxon: Wilcoxon
    effects: Effects
    gain: Gain
    at_top: int  # pairs at the maximum in post
    ceiling: bool
    methods_disagree: bool
    passed_pre: Proportion
    passed_post: Proportion
    cutoff: float
    maximum: float = 100.0


@dataclass(frozen=True)
class Phase:
    """All counted submissions of one phase: scores, blanks, items and reliability."""

    n: int
    scores: Description
    blanks: int
    items: tuple[ItemResult, ...]
    reliability: Reliability


@dataclass(frozen=True)
class Evaluation:
    """One training: the pairs, each phase by itself, the items' changes, the aims, and who could not be compared."""

    pairing: Pairing
    pairs: PairSummary
    phases: Mapping[str, Phase]
    changes: tuple[Transition, ...]
    aims: Mapping[str, PairSummary]
    unpaired_share: float
    unpaired_warning: bool
    leavers: TwoGroups
    identical: int
    identical_warning: bool
    shared_items: tuple[str, ...] = field(default=())


def summarize_pairs(
    pre: Sequence[float], post: Sequence[float], *, maximum: float = 100.0, cutoff: float = CUTOFF
) -> PairSummary:
    """Every figure about the same people's scores before and after, on a scale from 0 to `maximum`."""
    pre, post = [float(value) for value in pre], [float(value) for value in post]
    change, ranks = difference(pre, post), wilcoxon(pre, post)
    n = change.n
    at_top = sum(value >= maximum - _SAME for value in post)
    disagree = False
    if not isinstance(change.p, Withheld) and not isinstance(ranks.p, Withheld):
        disagree = (change.p < 0.05) != (ranks.p < 0.05)
    return PairSummary(
        n=n,
        level=show(n, Kind.DIFFERENCE),
        pre=describe(pre),
        post=describe(post),
        difference=change,
        wilcoxon=ranks,
        effects=effects(pre, post),
        gain=gain(pre, post, maximum),
        at_top=at_top,
        ceiling=n > 0 and at_top / n > CEILING_SHARE + 1e-12,
        methods_disagree=disagree,
        passed_pre=proportion(sum(value >= cutoff - _SAME for value in pre), n),
        passed_post=proportion(sum(value >= cutoff - _SAME for value in post), n),
        cutoff=cutoff,
        maximum=maximum,
    )


def _points(submission: Submission, ids: Sequence[str]) -> tuple[float, float]:
    """(points, maximum) of one submission over some items."""
    met = [submission.items[item] for item in ids if item in submission.items]
    return sum(one.points for one in met), sum(one.maximum for one in met)


def _phase(
    submissions: Sequence[Submission], items: Sequence[ScoredItem], options: Mapping[str, Sequence[str]]
) -> Phase:
    """One phase; an item that nobody's form of this phase held is left out of it."""
    held = {name for one in submissions for name in one.items}
    asked = [item for item in items if item.id in held]
    table = np.zeros((len(submissions), len(asked)))
    blank = np.zeros(table.shape, dtype=bool)
    for row, one in enumerate(submissions):
        for column, item in enumerate(asked):
            score = one.items.get(item.id)
            table[row, column] = score.points if score else 0.0
            blank[row, column] = score is None or score.blank
    picked: list[Sequence[Sequence[str]] | None] = []
    for item in asked:
        if item.jenis not in KINDS_WITH_OPTIONS or not submissions:
            picked.append(None)
            continue
        picked.append([chosen(item.jenis, one.answers.get(item.id)) for one in submissions])
    results = analyse(
        [item.id for item in asked],
        table,
        [float(item.poin) for item in asked],
        blank,
        chosen=picked,
        keys=[frozenset(chosen(item.jenis, item.kunci)) for item in asked],
        declared=[tuple(options.get(item.id, ())) for item in asked],
    )
    scores = describe([one.percent for one in submissions])
    return Phase(len(submissions), scores, int(blank.sum()), results, reliability(table))


def _same_answers(before: Submission, after: Submission, ids: Sequence[str]) -> bool:
    return all(before.answers.get(item) == after.answers.get(item) for item in ids)


def evaluate(
    pairing: Pairing,
    items: Sequence[ScoredItem],
    *,
    aims: Mapping[str, str] | None = None,
    options: Mapping[str, Sequence[str]] | None = None,
    cutoff: float = CUTOFF,
) -> Evaluation:
    """The evaluation. `items`: those with a key and points (others are ignored); `aims`: item id -> aim; `options`: item id
    -> its options in order, so that one that nobody chose is seen too."""
    scored = [item for item in items if item.poin > 0]
    pairs = pairing.pairs
    whole = summarize_pairs(
        [one.pre.percent for one in pairs], [one.post.percent for one in pairs], cutoff=cutoff
    )  # fmt: skip
    in_pre = {name for one in pairing.pre for name in one.items}
    in_post = {name for one in pairing.post for name in one.items}
    shared = tuple(item.id for item in scored if item.id in in_pre and item.id in in_post)
    changes = transitions(
        [
            (
                name,
                [name in one.pre.items and one.pre.items[name].right for one in pairs],
                [name in one.post.items and one.post.items[name].right for one in pairs],
            )
            for name in shared
        ]
    )
    by_aim: dict[str, list[str]] = {}
    for item in scored:
        aim = (aims or {}).get(item.id, "")
        if aim:
            by_aim.setdefault(aim, []).append(item.id)
    identical = sum(bool(shared) and _same_answers(one.pre, one.post, shared) for one in pairs)
    one_sided = len(pairing.only_pre) + len(pairing.only_post)
    share = one_sided / pairing.union if pairing.union else 0.0
    return Evaluation(
        pairing=pairing,
        pairs=whole,
        phases={
            "pre": _phase(pairing.pre, scored, options or {}),
            "post": _phase(pairing.post, scored, options or {}),
        },
        changes=changes,
        aims={aim: _aim(pairing, ids, cutoff) for aim, ids in by_aim.items()},
        unpaired_share=share,
        unpaired_warning=share > UNPAIRED_SHARE + 1e-12,
        leavers=stayers_and_leavers(
            [one.pre.percent for one in pairs], [one.percent for one in pairing.only_pre]
        ),
        identical=identical,
        identical_warning=bool(pairs) and identical / len(pairs) > IDENTICAL_SHARE + 1e-12,
        shared_items=shared,
    )  # fmt: skip


def _aim(pairing: Pairing, ids: Sequence[str], cutoff: float) -> PairSummary:
    """The pairs' percent scores on the items of one aim; a pair counts when both of its forms held such items."""
    pre, post = [], []
    for one in pairing.pairs:
        (got_before, of_before), (got_after, of_after) = _points(one.pre, ids), _points(one.post, ids)
        if of_before > 0 and of_after > 0:
            pre.append(100 * got_before / of_before)
            post.append(100 * got_after / of_after)
    return summarize_pairs(pre, post, cutoff=cutoff)


def group_summaries(pairing: Pairing, group_of: Mapping[str, Any], cutoff: float = CUTOFF) -> dict[str, PairSummary]:
    """The pairs' summary per group (kluster, asal, kab/kota); `group_of`: person id -> group, others under ""."""
    group_by_key = {person_key(person): str(group) for person, group in group_of.items()}
    groups: dict[str, list[tuple[float, float]]] = {}
    for one in pairing.pairs:
        groups.setdefault(group_by_key.get(person_key(one.person), ""), []).append((one.pre.percent, one.post.percent))
    return {
        name: summarize_pairs([pre for pre, _ in scores], [post for _, post in scores], cutoff=cutoff)
        for name, scores in groups.items()
    }
