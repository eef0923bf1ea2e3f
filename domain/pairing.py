"""Joins each person's pre and post: which submission counts, who has only one side, which ids look alike."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz.distance import OSA

from domain.scoring import ItemScore

PRE, POST = "pre", "post"
FIRST, LAST = "pertama", "terakhir"


def person_key(person: str | None) -> str | None:
    """The id as it is compared: trimmed, case aside, nothing else; None for an anonymous submission."""
    key = (person or "").strip().casefold()
    return key or None


@dataclass(frozen=True)
class Submission:
    """One submission of a phase: who (None: anonymous), its order of receipt, percent score, points and answers by item."""

    person: str | None
    phase: str
    order: int
    percent: float
    complete: bool = True
    items: Mapping[str, ItemScore] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Pair:
    """One person's counted pre and post."""

    person: str
    pre: Submission
    post: Submission


@dataclass(frozen=True)
class NearMatch:
    """Two ids on different sides that may be one person: proposed, never merged."""

    pre: str
    post: str
    distance: int


@dataclass(frozen=True)
class Pairing:
    """Counted submissions: pairs, one-sided ones, anonymous ones, and how many further ones of a person were ignored."""

    pairs: tuple[Pair, ...]
    only_pre: tuple[Submission, ...]
    only_post: tuple[Submission, ...]
    nameless_pre: tuple[Submission, ...]
    nameless_post: tuple[Submission, ...]
    ignored_pre: int
    ignored_post: int

    @property
    def pre(self) -> tuple[Submission, ...]:
        """Every counted pre submission."""
        return (*(pair.pre for pair in self.pairs), *self.only_pre, *self.nameless_pre)

    @property
    def post(self) -> tuple[Submission, ...]:
        """Every counted post submission."""
        return (*(pair.post for pair in self.pairs), *self.only_post, *self.nameless_post)

    @property
    def anonymous(self) -> bool:
        """True when one side, or both, was answered without ids: nobody can be compared with himself."""
        sides = ((self.nameless_pre, self.only_pre), (self.nameless_post, self.only_post))
        return not self.pairs and any(nameless and not named for nameless, named in sides)

    @property
    def union(self) -> int:
        """How many people took either side."""
        return len(self.pairs) + len(self.only_pre) + len(self.only_post)


def _counted(submissions: Sequence[Submission], rule: str) -> tuple[dict[str, Submission], int]:
    """The submission of each person that counts, and how many others there were.

    Complete ones come first; only a person without any is counted with a partial one, in which blanks are 0 points.
    """
    kept: dict[str, Submission] = {}
    ignored = 0
    for one in sorted(submissions, key=lambda submission: submission.order):
        key = person_key(one.person)
        if key is None:
            continue
        before = kept.get(key)
        if before is None:
            kept[key] = one
            continue
        ignored += 1
        better = one.complete and not before.complete
        if better or (rule == LAST and one.complete == before.complete):
            kept[key] = one
    return kept, ignored


def pair(submissions: Iterable[Submission], pre_rule: str = FIRST, post_rule: str = LAST) -> Pairing:
    """The pairing of submissions of the phases "pre" and "post"; other phases are not looked at.

    The rules say which complete submission of a person counts: the first or the last received.
    """
    listed = list(submissions)
    before = [one for one in listed if one.phase == PRE]
    after = [one for one in listed if one.phase == POST]
    pre, ignored_pre = _counted(before, pre_rule)
    post, ignored_post = _counted(after, post_rule)
    return Pairing(
        tuple(Pair((one.person or "").strip(), one, post[key]) for key, one in pre.items() if key in post),
        tuple(one for key, one in pre.items() if key not in post),
        tuple(one for key, one in post.items() if key not in pre),
        tuple(one for one in before if person_key(one.person) is None),
        tuple(one for one in after if person_key(one.person) is None),
        ignored_pre,
        ignored_post,
    )


def near_matches(pairing: Pairing, most: int = 2) -> tuple[NearMatch, ...]:
    """Ids with only a pre and ids with only a post that differ by a slip or two, nearest first.

    Spaces, punctuation and leading zeros do not count; O and l beside digits are read as 0 and 1. Short ids whose numbers
    differ (P01, P02) are different people; from six characters on one differing or two swapped digits may be a slip.
    """
    found = []
    for before in pairing.only_pre:
        for after in pairing.only_post:
            a, b = _letters(before.person), _letters(after.person)
            least = min(len(a), len(b))
            allowed = min(most, least // 3)
            if _digits(a) != _digits(b):
                allowed = 1 if least >= 6 else -1
            distance = OSA.distance(a, b) if allowed >= 0 else most + 1
            if distance <= allowed:
                found.append(NearMatch((before.person or "").strip(), (after.person or "").strip(), int(distance)))
    return tuple(sorted(found, key=lambda match: match.distance))


def _letters(person: str | None) -> str:
    """The id without spaces and punctuation, numbers without leading zeros."""
    text = "".join(char for char in (person_key(person) or "") if char.isalnum())
    if any(char.isdigit() for char in text):
        text = re.sub("(?<=[0-9])[oO]|[oO](?=[0-9])", "0", text)
        text = re.sub("(?<=[0-9])[lI]|[lI](?=[0-9])", "1", text)
    return re.sub("(?<![0-9])0+(?=[0-9])", "", text)


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())
