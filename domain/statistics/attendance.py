"""Attendance of sessions and completion of an event, as shares with Wilson's interval."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.statistics.proportions import Proportion, proportion
from domain.statistics.withheld import Figure, Withheld

THRESHOLD = 80  # percent; a setting of the event


@dataclass(frozen=True)
class Presence:
    """One registered person: sessions present, and whether the pre- and post-test were taken."""

    sessions: int
    pre: bool
    post: bool


@dataclass(frozen=True)
class Attendance:
    """Counts of an event and its shares: mean attendance (0 to 1), who met the threshold, who completed."""

    registered: int
    present_once: int
    took_pre: int
    took_post: int
    pairs: int
    held: int
    threshold: float
    mean: Figure
    each: tuple[Figure, ...]
    met: Proportion
    completed: Proportion


def share_of(present: int, held: int) -> Figure:
    """sessions present / sessions held of one person; withheld while no session was held."""
    if held == 0:
        return Withheld("tanpa_sesi")
    if not 0 <= present <= held:
        raise ValueError("present in more sessions than were held")
    return present / held


def attendance(people: Sequence[Presence], held: int, threshold: float = THRESHOLD) -> Attendance:
    """Attendance of all registered people; completed = took the post-test and attended at least `threshold` percent."""
    each = tuple(share_of(one.sessions, held) for one in people)
    enough = [held > 0 and 100 * one.sessions >= threshold * held - 1e-9 for one in people]
    shares = [share for share in each if not isinstance(share, Withheld)]
    mean: Figure = sum(shares) / len(shares) if shares else Withheld("tanpa_sesi" if people else "tanpa_data")
    return Attendance(
        registered=len(people),
        present_once=sum(one.sessions > 0 for one in people),
        took_pre=sum(one.pre for one in people),
        took_post=sum(one.post for one in people),
        pairs=sum(one.pre and one.post for one in people),
        held=held,
        threshold=threshold,
        mean=mean,
        each=each,
        met=proportion(sum(enough), len(people)),
        completed=proportion(
            sum(ok and one.post for ok, one in zip(enough, people, strict=True)), len(people)
        ),
    )  # fmt: skip
